// What the other layers make of a sentence, for the tagger to weigh: it learns how far each of them
// is to be trusted, and where.
#pragma once

#include <cstdint>
#include <vector>

#include "graph/base/span.h"

namespace tupu::extract {

// A name that other layers found.
struct NameClue {
  Span span;                 // bytes in the sentence
  std::uint8_t kind = 0;     // a number below 31
  std::uint32_t source = 0;  // who found it: the hash of a rule's name
};

// A word of the sentence.
struct WordClue {
  Span span;
  std::uint8_t word_class = 0;  // a number below 31
};

// Both in order and without overlap.
struct Clues {
  std::vector<NameClue> names;
  std::vector<WordClue> words;
  void clear() {
    names.clear();
    words.clear();
  }
};

}  // namespace tupu::extract
