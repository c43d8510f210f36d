// Numerals inside a text: 1,234.5 · ３０万 · 三十七亿八千万 · 2000多万 · 5万亿.
#pragma once

#include <cstddef>

#include "extract/norm/chars.h"

namespace tupu::extract {

struct Numeral {
  std::size_t end = 0;  // 0: no numeral here
  double value = 0;
  double last_scale = 1;  // of the units at its end: 1e8 for 1.2亿, 1 for 6
  bool arabic = false;
  bool more = false;  // 多, 余, 几 stands in it: at least so much
  bool has_scale = false;
  explicit operator bool() const { return end != 0; }
};

// The longest numeral that begins at `pos`. A lone 十 begins one; a lone 百, 千, 万, 亿 does not
// (千元机, 万家). Linear in the numeral's length.
Numeral ReadNumeral(const Chars& chars, std::size_t pos);

// 〇–九, 零, 两; -1 for anything else.
int ChineseDigitOf(char32_t c);

}  // namespace tupu::extract
