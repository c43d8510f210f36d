// UTF-8 by hand: the little that is needed on hot paths. Everything that needs tables of
// characters (folding, widths, encodings) is in unicode.h.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/error.h"

namespace tupu {

struct CodePoint {
  char32_t value = 0;
  std::uint32_t size = 0;  // bytes; 0 at the end of the text
};

// The code point at `pos`. The text must be valid UTF-8 and `pos` a boundary. Inline, since
// extraction calls it for every character many times over.
inline CodePoint DecodeAt(std::string_view text, std::size_t pos) {
  if (pos >= text.size()) return {};
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[pos + i]); };
  const std::uint8_t lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::uint32_t size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  TUPU_CONTRACT(pos + size <= text.size());
  if (size == 3) {  // nearly all that is not ASCII
    return {char32_t{lead & 0x0fu} << 12 | char32_t{byte(1) & 0x3fu} << 6 | (byte(2) & 0x3fu), 3};
  }
  char32_t value = lead & (0xffu >> (size + 1));
  for (std::uint32_t i = 1; i < size; ++i) value = value << 6 | (byte(i) & 0x3f);
  return {value, size};
}
// The code point that ends at `pos`; size 0 at the start of the text.
CodePoint DecodeBefore(std::string_view text, std::size_t pos);

void AppendUtf8(std::string& out, char32_t code_point);
std::u32string ToUtf32(std::string_view text);  // valid UTF-8 only
std::string ToUtf8(std::u32string_view text);

// The offset of the first byte that is not well-formed UTF-8 (overlong forms, surrogates and
// values above U+10FFFF are not), or npos.
std::size_t FindInvalidUtf8(std::string_view text);

std::size_t CountCodePoints(std::string_view text);

// Whether a Han ideograph (the unified blocks and 〇).
bool IsHan(char32_t code_point);

// Turns byte offsets into code-point offsets and back, for one text; O(log n) and O(1).
// Keeps offsets only, so the text may go.
class CodePointIndex {
 public:
  explicit CodePointIndex(std::string_view text);
  std::uint32_t ToCodePoints(std::uint32_t byte) const;
  std::uint32_t ToBytes(std::uint32_t code_point) const;

 private:
  std::vector<std::uint32_t> starts_;  // byte offset of each code point, and the text's size
};

}  // namespace tupu
