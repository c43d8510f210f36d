// Between the tagger and the other layers: what these find are clues for it, and what it then takes
// for likely decides.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "extract/ner/candidates.h"
#include "extract/ner/overlap.h"
#include "extract/ner/tagger.h"

namespace tupu::extract {

// The words of a sentence; appends them.
void FillWords(const AnalysedSentence& sent, std::vector<WordClue>& out);
// What the other layers say of a sentence.
void FillClues(const AnalysedSentence& sent, const std::vector<Standing>& standing, Clues& out);

// A page's sentences and, by sentence, the number of its article, all candidates, and which stand.
struct PageNames {
  std::vector<AnalysedSentence> sents;
  std::vector<std::uint32_t> articles;  // neighbours are equal
  std::vector<std::vector<Candidate>> candidates;
  std::vector<std::vector<Standing>> standing;
};

// The tagger weighs what stands. A name that it takes for too unlikely wherever its article has it
// goes; what only it reads is added where it is sure enough and nothing stands, there and in the
// rest of the article. Time is linear in the page, its sentences being of bounded length.
void Arbitrate(const Tagger& tagger, const Knowledge& know, PageNames& page);

}  // namespace tupu::extract
