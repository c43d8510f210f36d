// A text as code points with their byte offsets, decoded once and read by every finder that works
// character by character. Positions are indices of code points; reading outside gives 0.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "graph/base/span.h"

namespace tupu::extract {

class Chars {
 public:
  // Valid UTF-8 of less than 4 GiB.
  explicit Chars(std::string_view text);

  std::size_t size() const { return points_.size(); }
  char32_t operator[](std::size_t pos) const { return pos < points_.size() ? points_[pos] : 0; }
  // Byte offset of a position; the text's size at size().
  std::uint32_t ByteAt(std::size_t pos) const { return offsets_[pos]; }
  Span Bytes(std::size_t begin, std::size_t end) const {
    return Span{offsets_[begin], offsets_[end]};
  }
  // The position that begins at `byte`, which must be a boundary. O(log n).
  std::size_t PositionOf(std::uint32_t byte) const;
  std::string_view text() const { return text_; }
  std::string_view Slice(std::size_t begin, std::size_t end) const {
    return text_.substr(offsets_[begin], offsets_[end] - offsets_[begin]);
  }

  // Whether `word` stands at `pos`, or ends there. Nearly all words that are asked for differ in
  // their first character.
  bool StartsAt(std::size_t pos, std::u32string_view word) const {
    if (pos >= points_.size() || word.empty()) return pos <= points_.size() && word.empty();
    return points_[pos] == word[0] && RestStartsAt(pos, word);
  }
  bool EndsAt(std::size_t pos, std::u32string_view word) const;

 private:
  bool RestStartsAt(std::size_t pos, std::u32string_view word) const;

  std::string_view text_;
  std::vector<char32_t> points_;
  std::vector<std::uint32_t> offsets_;
};

// 0–9, half or full width; -1 for anything else.
inline int DigitOf(char32_t c) {
  if (c >= U'0' && c <= U'9') return static_cast<int>(c - U'0');
  if (c >= U'０' && c <= U'９') return static_cast<int>(c - U'０');
  return -1;
}

}  // namespace tupu::extract
