// A set of words of schemas/rules, with an index by their first and by their last character, so
// that asking whether one stands at a place costs next to nothing where none does.
//
// Immutable once built; share freely.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tupu::extract {

// A set of characters, each given by its bytes as one number: no false no, and a few false yeses.
class CharacterFilter {
 public:
  void Add(std::uint32_t character) { bits_[Hash(character) >> 6] |= Bit(character); }
  bool MayHold(std::uint32_t character) const {
    return (bits_[Hash(character) >> 6] & Bit(character)) != 0;
  }
  // Whether the character that begins or that ends at `pos` may be in it.
  bool MayStandAt(std::string_view text, std::size_t pos) const;
  bool MayStandBefore(std::string_view text, std::size_t pos) const;

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
  std::uint32_t LongestAt(std::string_view text, std::size_t pos) const;
  std::uint32_t LongestBefore(std::string_view text, std::size_t pos) const;
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
    std::vector<Bucket> buckets;       // by character
    std::vector<std::uint32_t> words;  // by character, the longest first
  };

  std::vector<std::string> words_;
  Index first_, last_;
};

// The filters of the words' first and of their last characters.
CharacterFilter FirstCharacters(const std::vector<std::string>& words);
CharacterFilter LastCharacters(const std::vector<std::string>& words);

}  // namespace tupu::extract
