// What the tagger sees of a sentence: the same for training and decoding.
//
// A feature is a key; each key carries weights for one or more places around where it stands, so
// that one look-up of a character sequence serves every window that holds it. 〔浦东〕 found once
// speaks for the character before it, both of its own and the one after it.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "extract/ner/gazetteer.h"

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
inline constexpr int kMaxPlaces = 6;

struct Feature {
  std::uint64_t key;
  std::int32_t start;
  std::uint8_t family;
};

// A sentence as the features see it.
struct Observed {
  std::vector<char32_t> chars;  // folded: digits are one, full-width letters are ASCII
  std::vector<Shape> shapes;
  std::vector<std::uint32_t> offsets;  // bytes; one more than characters
  std::vector<std::uint8_t> classes;   // what the character mostly does in names
  std::vector<std::uint32_t> lexicon;  // which kind of known name covers it and where, or 0
};

// For every entry the bit of its type among `kinds`; 0 for types that are not among them.
std::vector<std::uint32_t> KindsOf(std::span<const GazetteerEntry> entries,
                                   std::span<const std::string> kinds);

// The class of each character by code point, as learned: 0 for those past its end.
using Classes = std::vector<std::uint8_t>;
inline constexpr char32_t kClassed = 0x10000;  // characters beyond have no class

// Fills `out` from a sentence of valid UTF-8. `kinds[entry]` is a bit set (non-zero) for the type
// of that gazetteer entry; matches without a kind are passed over.
void Observe(std::string_view sentence, std::span<const GazetteerMatch> matches,
             std::span<const std::uint32_t> kinds, const Classes& classes, Observed& out);

// Every feature of the sentence, in an order that depends on nothing but the sentence.
void CollectFeatures(const Observed& observed, std::vector<Feature>& out);

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
