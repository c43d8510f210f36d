// What the tagger sees of a sentence: the same for training and decoding.
//
// A feature is a key; each key carries weights for one or more places around where it stands, so
// that one look-up of a character sequence serves every window that holds it. 〔浦东〕 found once
// speaks for the character before it, both of its own and the one after it.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "extract/ner/tagger_clues.h"

namespace tupu::extract::tagger {

// Part of the model's format: never renumber, only add.
enum class Shape : std::uint8_t {
  kHan = 0,
  kHanNumeral = 1,
  kDigit = 2,
  kUpper = 3,
  kLower = 4,
  kSpace = 5,
  kDot = 6,  // the middle dot of foreign names
  kComma = 7,
  kStop = 8,
  kEnumeration = 9,
  kOpen = 10,
  kClose = 11,
  kOpenTitle = 12,
  kCloseTitle = 13,
  kQuote = 14,
  kOther = 15,
};

// The places for which a key carries weights: `count` of them from `start + first` on.
struct Family {
  int first;
  int count;
};
inline constexpr std::size_t kFamilies = 4;
inline constexpr std::array<Family, kFamilies> kFamily = {{
    {0, 1},   // context: one place
    {-2, 5},  // one character: seen from two before to two after
    {-2, 6},  // two characters: from two before the first to two after the last
    {-1, 5},  // three characters: from one before to one after
}};

struct Feature {
  std::uint64_t key;
  std::int32_t start;
  std::uint8_t family;
};

struct SeenWord {
  std::uint32_t begin = 0;  // its first character
  std::uint32_t size = 0;   // characters
  std::uint8_t word_class = 0;
  std::uint32_t text = 0;  // hashes: of its own characters, of the words before and behind it
  std::uint32_t before = 0;
  std::uint32_t behind = 0;
};

// A sentence as the features see it.
struct Observed {
  std::vector<char32_t> chars;  // folded: digits are one, full-width letters are ASCII
  std::vector<Shape> shapes;
  std::vector<std::uint32_t> offsets;  // bytes; one more than characters
  std::vector<std::uint8_t> names;     // which kind of name stands over it and where, or 0
  std::vector<std::uint32_t> sources;  // who told that name, with the place in it, or 0
  std::vector<SeenWord> words;         // with one that stands for the edge before and behind them
};

// Fills `out` from a sentence of valid UTF-8 and what is known of it.
void Observe(std::string_view sentence, const Clues& clues, Observed& out);

// Every feature of the sentence, in an order that depends on nothing but the sentence. `wide`: with
// sequences of characters and pairs of words, too, which tell more and cost twice the time.
void CollectFeatures(const Observed& observed, bool wide, std::vector<Feature>& out);

// The 32 bits by which the model knows a key.
inline std::uint32_t KeyHash(std::uint64_t key) {
  key ^= key >> 32;
  key *= 0xd6e8feb86659fd93ULL;
  key ^= key >> 32;
  key *= 0xd6e8feb86659fd93ULL;
  key ^= key >> 32;
  return static_cast<std::uint32_t>(key);
}

}  // namespace tupu::extract::tagger
