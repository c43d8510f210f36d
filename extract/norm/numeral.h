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

// 〇–九, 零, 两, 壹–玖; -1 for anything else. Asked of every character of a text.
inline int ChineseDigitOf(char32_t c) {
  if (c < U'〇' || c > U'零') return -1;
  switch (c) {
    case U'〇':
    case U'零':
      return 0;
    case U'一':
    case U'壹':
      return 1;
    case U'二':
    case U'贰':
    case U'两':
      return 2;
    case U'三':
    case U'叁':
      return 3;
    case U'四':
    case U'肆':
      return 4;
    case U'五':
    case U'伍':
      return 5;
    case U'六':
    case U'陆':
      return 6;
    case U'七':
    case U'柒':
      return 7;
    case U'八':
    case U'捌':
      return 8;
    case U'九':
    case U'玖':
      return 9;
    default:
      return -1;
  }
}

}  // namespace tupu::extract
