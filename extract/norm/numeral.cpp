// One pass from the left. `section` gathers what stands below 万 (三千五百), `total` what has been
// closed by 万 or 亿; 亿 after 万 multiplies (5万亿), 万 after 亿 adds (37亿8000万).
#include "extract/norm/numeral.h"

namespace tupu::extract {
namespace {

double ScaleOf(char32_t c) {
  switch (c) {
    case U'十':
    case U'拾':
      return 10;
    case U'百':
    case U'佰':
      return 100;
    case U'千':
    case U'仟':
      return 1000;
    case U'万':
    case U'萬':
      return 1e4;
    case U'亿':
    case U'億':
      return 1e8;
    default:
      return 0;
  }
}

bool IsMore(char32_t c) { return c == U'多' || c == U'余' || c == U'几'; }

// Digits with thousands separators and a fraction. Returns the end, `pos` if there are none.
std::size_t ReadDigits(const Chars& chars, std::size_t pos, double& value) {
  std::size_t at = pos;
  value = 0;
  int length = 0;
  while (DigitOf(chars[at]) >= 0 && length < 18) {
    value = value * 10 + DigitOf(chars[at]);
    ++at;
    ++length;
    bool separator = chars[at] == U',' || chars[at] == U'，';
    if (separator && length <= 15) {
      // Only 1,234 is one number; 1,2 and 2021,3000 are lists.
      bool three = DigitOf(chars[at + 1]) >= 0 && DigitOf(chars[at + 2]) >= 0 &&
                   DigitOf(chars[at + 3]) >= 0 && DigitOf(chars[at + 4]) < 0;
      bool again = three && (length <= 3 || chars[at - 4] == chars[at]);
      bool longer = DigitOf(chars[at + 1]) >= 0 && DigitOf(chars[at + 2]) >= 0 &&
                    DigitOf(chars[at + 3]) >= 0 && chars[at + 4] == chars[at];
      if ((three && again) || (longer && length <= 3) || (longer && chars[at - 4] == chars[at])) {
        ++at;
      }
    }
  }
  if (at == pos) return pos;
  bool point = chars[at] == U'.' || chars[at] == U'．';
  if (point && DigitOf(chars[at + 1]) >= 0) {
    double unit = 0.1;
    ++at;
    for (int i = 0; DigitOf(chars[at]) >= 0 && i < 12; ++i, ++at) {
      value += unit * DigitOf(chars[at]);
      unit /= 10;
    }
    // Read again with few roundings: 37.83 must be the double nearest to it.
    double whole = 0;
    double divisor = 1;
    bool after = false;
    int digits = 0;
    for (std::size_t i = pos; i < at; ++i) {
      int digit = DigitOf(chars[i]);
      if (digit < 0) {
        after = after || chars[i] == U'.' || chars[i] == U'．';
        continue;
      }
      if (++digits > 15) break;
      whole = whole * 10 + digit;
      if (after) divisor *= 10;
    }
    if (digits <= 15) value = whole / divisor;
  }
  return at;
}

}  // namespace

Numeral ReadNumeral(const Chars& chars, std::size_t pos) {
  Numeral out;
  std::size_t at = pos;
  double total = 0;     // closed by 亿
  double middle = 0;    // closed by 万
  double section = 0;   // below 万
  double pending = -1;  // digits not yet given a scale
  double floor = 1e12;  // scales within a section fall: 三百五十, never 五十三百
  double last = 1;      // the scale that closed the last part
  bool any = false;
  bool zero = false;
  for (;;) {
    char32_t c = chars[at];
    if (pending < 0) {
      double digits = 0;
      std::size_t end = ReadDigits(chars, at, digits);
      if (end != at) {
        if (any && !out.arabic && section > 0) break;
        out.arabic = true;
        pending = digits;
        at = end;
        any = true;
        last = 1;
        continue;
      }
      int digit = ChineseDigitOf(c);
      if (digit >= 0) {
        // 二〇二五: a row of digits is read as digits; 三点五 has a fraction.
        double row = 0;
        std::size_t run = at;
        while (ChineseDigitOf(chars[run]) >= 0 && run < at + 12) {
          row = row * 10 + ChineseDigitOf(chars[run]);
          ++run;
        }
        if (chars[run] == U'点' && ChineseDigitOf(chars[run + 1]) >= 0) {
          double divisor = 1;
          ++run;
          for (int i = 0; ChineseDigitOf(chars[run]) >= 0 && i < 10; ++i, ++run) {
            row = row * 10 + ChineseDigitOf(chars[run]);
            divisor *= 10;
          }
          row /= divisor;
        }
        zero = c == U'零' || c == U'〇';
        pending = row;
        at = run;
        any = true;
        last = 1;
        continue;
      }
      if ((c == U'十' || c == U'拾') && (!any || zero)) {  // 十五
        section += 10;
        ++at;
        any = true;
        last = 10;
        floor = 10;
        out.has_scale = true;
        if (IsMore(chars[at]) && ScaleOf(chars[at + 1]) > 0) {
          out.more = true;
          ++at;
        }
        continue;
      }
    }
    std::size_t unit = at;
    bool more = false;
    if (any && chars[unit] == U' ' && ScaleOf(chars[unit + 1]) > 0 && out.arabic) ++unit;
    if (any && IsMore(chars[unit]) && ScaleOf(chars[unit + 1]) > 0) {  // 2000多万
      more = true;
      ++unit;
    }
    double scale = any ? ScaleOf(chars[unit]) : 0;
    if (scale == 0) break;
    if (scale < 1e4) {
      if (pending < 0 || scale >= floor) {
        // 5百万: a scale directly after digits; 百 after 十 is another word.
        break;
      }
      section += pending * scale;
      pending = -1;
      floor = scale;
    } else if (scale < 1e8) {
      double part = section + (pending < 0 ? 0 : pending);
      if (part == 0) break;
      middle += part * 1e4;
      section = 0;
      pending = -1;
      floor = 1e12;
    } else {
      double part = middle + section + (pending < 0 ? 0 : pending);
      if (part == 0) break;
      total += part * 1e8;
      middle = section = 0;
      pending = -1;
      floor = 1e12;
    }
    last = (scale == 1e8 && last == 1e4) ? 1e12 : scale;
    zero = false;
    out.more = out.more || more;
    out.has_scale = true;
    at = unit + 1;
  }
  if (!any) return {};
  out.end = at;
  out.last_scale = last;
  out.value = total + middle + section + (pending < 0 ? 0 : pending);
  if (IsMore(chars[at]) && chars[at] != U'几' && out.has_scale) out.more = true;
  return out;
}

}  // namespace tupu::extract
