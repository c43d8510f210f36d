// The lines of a page as its layout meant them, and the few questions that decide what a line is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/span.h"

namespace tupu::extract {

// White space as scraped pages have it: ASCII blanks, U+00A0, U+3000, the widths of U+2000–U+200F,
// U+FEFF.
bool IsBlank(char32_t c);
// Line feeds, carriage returns, U+0085, U+2028 and U+2029.
bool IsLineEnd(char32_t c);
// 。！？；… and their half-width forms.
bool IsStop(char32_t c);
// What may follow a stop within its sentence: closing quotes and brackets.
bool IsCloser(char32_t c);

// Whether a three-byte character of U+4000–U+9FFF begins at `pos`: nearly all of a text, and none
// of the above. Lets loops over characters pass them without decoding.
inline constexpr std::uint32_t kPlainHanBytes = 3;
inline bool IsPlainHan(std::string_view text, std::size_t pos) {
  const auto lead = static_cast<unsigned char>(text[pos]);
  return lead >= 0xe4 && lead <= 0xe9;
}

Span TrimBlanks(std::string_view text, Span span);

struct Line {
  Span span;                 // trimmed, never empty
  std::uint32_t points = 0;  // code points
  char32_t last = 0;         // the last character that is no closer
  bool inner_stop = false;   // 。 stands before its end
};

// Non-blank lines in order. Where line ends were lost, an indent in the middle of a line (two or
// more U+3000 between words) is one.
std::vector<Line> SplitLines(std::string_view text, Span within);

// Ends as a sentence does.
bool EndsStopped(const Line& line);
// Could be a title or a heading: short, one clause, no full stop, colon or comma at its end.
bool IsHeadingLike(const Line& line);

// Whether nothing but blanks stands in it.
bool IsAllBlank(std::string_view text);
// Without blanks, full-width letters and punctuation as half-width ones: for comparing lines.
std::string Squeeze(std::string_view text);

}  // namespace tupu::extract
