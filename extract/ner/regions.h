// Names of the gazetteer in a sentence, with the senses that the article bears out: 吉林 is the
// province unless 吉林市 is spoken of, 滨海 a county only beside what contains it.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "extract/ner/candidates.h"

namespace tupu::extract {

// What one article names without doubt.
class RegionEvidence {
 public:
  void Note(const Knowledge& know, const AnalysedSentence& sent);
  bool Names(std::uint32_t entry) const { return named_.count(entry) != 0; }
  // Whether something that contains the entry is named.
  bool NamesAbove(const Knowledge& know, std::uint32_t entry) const;

 private:
  std::unordered_set<std::uint32_t> named_;
  std::unordered_map<std::uint32_t, int> counts_;  // of companies by their doubtful forms
};

// Towns and villages named right behind their county or city: 襄州区黄集镇.
void FindTowns(const Knowledge& know, const AnalysedSentence& sent, std::vector<Candidate>& out);

// Villages right behind a town that was found before: 叶坪镇朱坊村.
void FindVillages(const AnalysedSentence& sent, std::vector<Candidate>& out);

void FindKnownNames(const Knowledge& know, const AnalysedSentence& sent,
                    const RegionEvidence& evidence, std::vector<Candidate>& out);

}  // namespace tupu::extract
