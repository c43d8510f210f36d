// One sentence taken apart once, for all recognisers: characters, the known words and names in it,
// tokens by the cheapest path through them, and what brackets and quotation marks pair up.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "extract/ner/gazetteer.h"
#include "extract/ner/lexicon.h"
#include "extract/norm/chars.h"
#include "extract/norm/time.h"

namespace tupu::extract {

inline constexpr std::uint32_t kNothing = 0xFFFFFFFF;

// Positions are indices of characters, half-open.
struct Token {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  WordClass word_class = WordClass::kUnknown;
  std::uint32_t word = kNothing;   // of the lexicon
  std::uint32_t match = kNothing;  // of the gazetteer: index into AnalysedSentence::matches
  std::uint32_t size() const { return end - begin; }
};

struct NameMatch {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::span<const Sense> senses;
};

struct AnalysedSentence {
  AnalysedSentence(std::string_view text, const Lexicon& lexicon, const Gazetteer& gazetteer);

  Chars chars;
  std::vector<Token> tokens;
  std::vector<std::uint32_t> token_at;   // by position: the token that covers it; size()+1
  std::vector<NameMatch> matches;        // of the gazetteer, by begin, the longest first
  std::vector<std::uint32_t> head_end;   // by position: the longest head's index that ends there
  std::vector<std::uint32_t> title_end;  // by position: begin of the longest title that ends there
  std::vector<std::uint32_t> mate;       // by position: the other bracket or quotation mark

  std::size_t size() const { return chars.size(); }
  bool IsBoundary(std::uint32_t pos) const {
    return pos == 0 || pos >= chars.size() || tokens[token_at[pos]].begin == pos;
  }
  std::string_view Text(std::uint32_t begin, std::uint32_t end) const {
    return chars.Slice(begin, end);
  }
  std::uint32_t Cues(const Token& token, const Lexicon& lexicon) const {
    return token.word == kNothing ? 0 : lexicon.word(token.word).cues;
  }
};

bool IsHanAt(const AnalysedSentence& sent, std::size_t pos);

}  // namespace tupu::extract
