// A set of words of schemas/rules, with an index by their first and by their last character, so
// that asking whether one stands at a place costs next to nothing where none does.
//
// Immutable once built; share freely.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tupu::extract {

// The bytes of the character at `pos`, which must be within the text, as one number.
inline std::uint32_t CharacterAt(std::string_view text, std::size_t pos) {
  const auto byte = [&](std::size_t at) {
    return std::uint32_t{static_cast<std::uint8_t>(text[at])};
  };
  std::uint32_t bytes = byte(pos);
  if (bytes >= 0xe0 && bytes < 0xf0 && pos + 3 <= text.size()) {  // most of a text
    return bytes << 16 | byte(pos + 1) << 8 | byte(pos + 2);
  }
  if (bytes < 0xc0) return bytes;
  const std::size_t end = std::min(text.size(), pos + (bytes >= 0xf0 ? 4 : bytes >= 0xe0 ? 3 : 2));
  for (std::size_t at = pos + 1; at < end; ++at) bytes = bytes << 8 | byte(at);
  return bytes;
}

// The same for the one that ends at `pos`, which must not be the text's beginning.
inline std::uint32_t CharacterBefore(std::string_view text, std::size_t pos) {
  std::size_t begin = pos - 1;
  while (begin > 0 && pos - begin < 4 && (text[begin] & 0xc0) == 0x80) --begin;
  return CharacterAt(text.substr(0, pos), begin);
}

// A set of characters, each given by its bytes as one number: no false no, and a few false yeses.
class CharacterFilter {
 public:
  void Add(std::uint32_t character) { bits_[Hash(character) >> 6] |= Bit(character); }
  bool MayHold(std::uint32_t character) const {
    return (bits_[Hash(character) >> 6] & Bit(character)) != 0;
  }
  // Whether the character that begins or that ends at `pos` may be in it.
  bool MayStandAt(std::string_view text, std::size_t pos) const {
    return pos < text.size() && MayHold(CharacterAt(text, pos));
  }
  bool MayStandBefore(std::string_view text, std::size_t pos) const {
    return pos > 0 && pos <= text.size() && MayHold(CharacterBefore(text, pos));
  }

 private:
  static std::uint32_t Hash(std::uint32_t character) { return (character * 0x9e3779b1u) >> 22; }
  static std::uint64_t Bit(std::uint32_t character) {
    return std::uint64_t{1} << (Hash(character) & 63);
  }
  std::array<std::uint64_t, 16> bits_{};
};

class WordList {
 public:
  using const_iterator = std::vector<std::string>::const_iterator;

  WordList() = default;
  // Valid UTF-8; empty words stand nowhere.
  WordList(std::vector<std::string> words);  // NOLINT: a list of words is one

  // As they were given.
  const std::vector<std::string>& words() const { return words_; }
  operator const std::vector<std::string>&() const { return words_; }  // NOLINT: the same words
  const_iterator begin() const { return words_.begin(); }
  const_iterator end() const { return words_.end(); }
  std::size_t size() const { return words_.size(); }
  bool empty() const { return words_.empty(); }

  // Bytes of the longest word that begins or that ends at `pos`, or 0. `pos` is a boundary of a
  // character in valid UTF-8, or past the end.
  std::uint32_t LongestAt(std::string_view text, std::size_t pos) const {
    if (pos >= text.size()) return 0;
    const std::uint32_t character = CharacterAt(text, pos);
    return first_.filter.MayHold(character) ? LongestOf(character, text.substr(pos)) : 0;
  }
  std::uint32_t LongestBefore(std::string_view text, std::size_t pos) const {
    if (pos == 0 || pos > text.size()) return 0;
    const std::uint32_t character = CharacterBefore(text, pos);
    return last_.filter.MayHold(character) ? LongestEndOf(character, text.substr(0, pos)) : 0;
  }
  bool StandsIn(std::string_view text) const;

 private:
  struct Bucket {
    std::uint32_t character = 0;  // its bytes
    std::uint32_t begin = 0, end = 0;
  };
  struct Index {
    void Build(const std::vector<std::string>& words, bool last);
    const Bucket* Find(std::uint32_t character) const;

    CharacterFilter filter;
    std::vector<Bucket> slots;         // by hash of the character; empty where begin is end
    std::vector<std::uint32_t> words;  // by character, the longest first
  };

  // Of the words that `text` begins with or ends with, from this character's.
  std::uint32_t LongestOf(std::uint32_t character, std::string_view text) const;
  std::uint32_t LongestEndOf(std::uint32_t character, std::string_view text) const;

  std::vector<std::string> words_;
  Index first_, last_;
};

// The filters of the words' first and of their last characters.
CharacterFilter FirstCharacters(const std::vector<std::string>& words);
CharacterFilter LastCharacters(const std::vector<std::string>& words);

}  // namespace tupu::extract
