// One reader for each shape of date, tried at every character that can begin one. Each reads as far
// as its shape goes and says what it stands for; ranges and brackets are joined afterwards.
#include "extract/norm/time.h"

#include <array>
#include <cstdint>
#include <cstdlib>

#include "extract/norm/chars.h"
#include "extract/norm/numeral.h"

namespace tupu::extract {
namespace {

using graph::Date;

struct Reading {
  std::size_t end = 0;  // 0: nothing read
  ResolvedDate date;
  explicit operator bool() const { return end != 0; }
};

Date MakeDate(int year, int month = 0, int day = 0) {
  if (year < 1000 || year > 9999) return {};
  return Date{static_cast<std::int16_t>(year), static_cast<std::int8_t>(month),
              static_cast<std::int8_t>(day)};
}

bool DayExists(int year, int month, int day) {
  return month >= 1 && month <= 12 && day >= 1 && day <= graph::DaysInMonth(year, month);
}

Reading Between(std::size_t end, Date from, Date to, bool inferred) {
  Reading out;
  out.end = end;
  out.date.from = from;
  out.date.to = to;
  out.date.year_inferred = inferred;
  return out;
}
Reading At(std::size_t end, Date date, bool inferred) { return Between(end, date, date, inferred); }

// A whole number of at most `limit` digits, Arabic or Chinese. Returns the end or 0.
std::size_t ReadNumber(const Chars& chars, std::size_t pos, int limit, int& value) {
  std::size_t at = pos;
  value = 0;
  while (DigitOf(chars[at]) >= 0 && static_cast<int>(at - pos) < limit) {
    value = value * 10 + DigitOf(chars[at++]);
  }
  if (at > pos) return DigitOf(chars[at]) >= 0 ? 0 : at;
  while (ChineseDigitOf(chars[at]) >= 0 && static_cast<int>(at - pos) < limit) {
    value = value * 10 + ChineseDigitOf(chars[at++]);
  }
  if (limit <= 2) {  // 十二, 二十八
    Numeral numeral = ReadNumeral(chars, pos);
    if (numeral && !numeral.arabic && numeral.value < 100 && numeral.last_scale < 100) {
      value = static_cast<int>(numeral.value);
      return numeral.end;
    }
  }
  return at > pos ? at : 0;
}

// The year nearest to `reference` for a month and a day.
int NearestYear(int month, int day, Date reference) {
  if (reference.empty()) return 0;
  if (reference.month == 0) return reference.year;
  Date middle = reference;
  if (middle.day == 0) middle.day = 15;
  std::int64_t today = graph::ToDays(middle);
  int best = 0;
  std::int64_t distance = 0;
  for (int year = reference.year - 1; year <= reference.year + 1; ++year) {
    int last = graph::DaysInMonth(year, month);
    std::int64_t days = graph::ToDays(MakeDate(year, month, day == 0 ? 15 : std::min(day, last)));
    std::int64_t apart = std::abs(days - today);
    if (best == 0 || apart < distance) {
      best = year;
      distance = apart;
    }
  }
  return best;
}

// 底, 初, 上半年, 三季度 … behind a year: the end and the part of the year.
Reading PartOfYear(const Chars& chars, std::size_t pos, int year, bool inferred) {
  auto months = [&](std::size_t end, int first, int last) {
    return Between(end, MakeDate(year, first), MakeDate(year, last), inferred);
  };
  struct Part {
    std::u32string_view word;
    int first, last;
  };
  static constexpr std::array kParts = {
      Part{U"上半年", 1, 6},  Part{U"下半年", 7, 12}, Part{U"年底", 12, 12}, Part{U"年末", 12, 12},
      Part{U"年初", 1, 1},    Part{U"年中", 6, 6},    Part{U"底", 12, 12},   Part{U"末", 12, 12},
      Part{U"初", 1, 1},      Part{U"春季", 3, 5},    Part{U"夏季", 6, 8},   Part{U"秋季", 9, 11},
      Part{U"前三季度", 1, 9}};
  if (chars[pos] == U'的') ++pos;
  for (const Part& part : kParts) {
    if (chars.StartsAt(pos, part.word))
      return months(pos + part.word.size(), part.first, part.last);
  }
  std::size_t at = pos + (chars[pos] == U'第' ? 1 : 0);
  int quarter = DigitOf(chars[at]);
  if (quarter < 0) quarter = ChineseDigitOf(chars[at]);
  if (quarter >= 1 && quarter <= 4 &&
      (chars.StartsAt(at + 1, U"季度") || chars.StartsAt(at + 1, U"个季度"))) {
    std::size_t end = at + (chars[at + 1] == U'个' ? 4u : 3u);
    return months(end, quarter * 3 - 2, quarter * 3);
  }
  return {};
}

// 月 …: pos stands at the month's number. `year` 0: to be inferred.
Reading MonthDay(const Chars& chars, std::size_t pos, int year, Date reference) {
  int month = 0;
  std::size_t at = ReadNumber(chars, pos, 2, month);
  if (at == 0 || month < 1 || month > 12) return {};
  if (chars[at] == U'月' && chars[at + 1] == U'份') ++at;
  bool month_sign = chars[at] == U'月' || (chars[at] == U'份' && chars[at - 1] == U'月');
  if (!month_sign) return {};
  ++at;
  bool inferred = year == 0;
  auto year_for = [&](int day) { return inferred ? NearestYear(month, day, reference) : year; };
  int day = 0;
  std::size_t day_end = ReadNumber(chars, at, 2, day);
  if (day_end != 0 && (chars[day_end] == U'日' || chars[day_end] == U'号')) {
    int y = year_for(day);
    if (!DayExists(y == 0 ? 2000 : y, month, day)) return {};
    return At(day_end + 1, MakeDate(y, month, day), inferred);
  }
  // 6日-8日 and 22日至28日 are joined by the caller; 6-8日 here.
  if (day_end != 0 &&
      (chars[day_end] == U'-' || chars[day_end] == U'至' || chars[day_end] == U'—' ||
       chars[day_end] == U'、' || chars[day_end] == U'～')) {
    int last = 0;
    std::size_t end = ReadNumber(chars, day_end + 1, 2, last);
    int y = year_for(day);
    if (end != 0 && chars[end] == U'日' && last > day &&
        DayExists(y == 0 ? 2000 : y, month, last)) {
      return Between(end + 1, MakeDate(y, month, day), MakeDate(y, month, last), inferred);
    }
  }
  int y = year_for(0);
  static constexpr std::array<std::u32string_view, 6> kTails = {U"上旬", U"中旬", U"下旬",
                                                                U"底",   U"初",   U"末"};
  for (std::u32string_view tail : kTails) {
    if (chars.StartsAt(at, tail)) {
      at += tail.size();
      break;
    }
  }
  return At(at, MakeDate(y, month), inferred);
}

Reading FullDate(const Chars& chars, std::size_t pos, Date reference) {
  int year = 0;
  std::size_t at = ReadNumber(chars, pos, 4, year);
  if (at != pos + 4 || year < 1000) {
    return {};
  }
  char32_t sign = chars[at];
  if (sign == U'-' || sign == U'/' || sign == U'.') {
    int month = 0;
    int day = 0;
    std::size_t month_end = ReadNumber(chars, at + 1, 2, month);
    if (month_end == 0 || chars[month_end] != sign) return {};
    std::size_t day_end = ReadNumber(chars, month_end + 1, 2, day);
    if (day_end == 0 || year < 1900 || !DayExists(year, month, day)) return {};
    return At(day_end, MakeDate(year, month, day), false);
  }
  // 2023—2030年, 2016-2018年
  if (sign == U'—' || sign == U'-' || sign == U'至' || sign == U'–' || sign == U'～') {
    int last = 0;
    std::size_t after = at + 1;
    std::size_t end = ReadNumber(chars, after, 4, last);
    if (end == after + 4 && chars[end] == U'年' && last > year && last < year + 100) {
      return Between(end + 1, MakeDate(year), MakeDate(last), false);
    }
    return {};
  }
  if (sign != U'年') return {};
  ++at;
  if (Reading month = MonthDay(chars, at, year, reference)) return month;
  if (Reading part = PartOfYear(chars, at, year, false)) return part;
  return At(at, MakeDate(year), false);
}

// 今年, 去年, 上月, 今天 … and what follows them.
Reading Relative(const Chars& chars, std::size_t pos, Date reference) {
  struct Word {
    std::u32string_view word;
    int by;
  };
  static constexpr std::array kYears = {Word{U"今年", 0},  Word{U"去年", -1}, Word{U"明年", 1},
                                        Word{U"前年", -2}, Word{U"后年", 2},  Word{U"本年度", 0},
                                        Word{U"上年", -1}, Word{U"本年", 0}};
  for (const Word& word : kYears) {
    if (!chars.StartsAt(pos, word.word)) continue;
    std::size_t at = pos + word.word.size();
    int year = reference.empty() ? 0 : reference.year + word.by;
    if (chars.StartsAt(at, U"以来")) return At(at, MakeDate(year), true);
    if (Reading month = MonthDay(chars, at, year == 0 ? -1 : year, reference)) {
      month.date.year_inferred = true;
      return month;
    }
    if (Reading part = PartOfYear(chars, at, year, true)) return part;
    return At(at, MakeDate(year), true);
  }
  static constexpr std::array kMonths = {
      Word{U"上个月", -1}, Word{U"这个月", 0}, Word{U"下个月", 1}, Word{U"上月", -1},
      Word{U"本月", 0},    Word{U"下月", 1},   Word{U"当月", 0}};
  for (const Word& word : kMonths) {
    if (!chars.StartsAt(pos, word.word)) continue;
    std::size_t at = pos + word.word.size();
    Date month;
    if (reference.month != 0) {
      int index = reference.year * 12 + reference.month - 1 + word.by;
      month = MakeDate(index / 12, index % 12 + 1);
    }
    int day = 0;
    std::size_t end = ReadNumber(chars, at, 2, day);
    if (end != 0 && chars[end] == U'日') {
      if (month.empty() || !DayExists(month.year, month.month, day)) return At(end + 1, {}, true);
      return At(end + 1, MakeDate(month.year, month.month, day), true);
    }
    if (chars[at] == U'底' || chars[at] == U'初' || chars[at] == U'末') ++at;
    return At(at, month, true);
  }
  static constexpr std::array kDays = {
      Word{U"今天", 0},  Word{U"今日", 0},  Word{U"昨天", -1}, Word{U"昨日", -1}, Word{U"明天", 1},
      Word{U"明日", 1},  Word{U"前天", -2}, Word{U"后天", 2},  Word{U"今晨", 0},  Word{U"今晚", 0},
      Word{U"昨晚", -1}, Word{U"明晚", 1},  Word{U"今早", 0}};
  for (const Word& word : kDays) {
    if (!chars.StartsAt(pos, word.word)) continue;
    std::size_t at = pos + word.word.size();
    // 今天（8月28日）: the bracket knows best.
    if (chars[at] == U'（' || chars[at] == U'(') {
      Reading inner = MonthDay(chars, at + 1, 0, reference);
      if (!inner) inner = FullDate(chars, at + 1, reference);
      if (inner && (chars[inner.end] == U'）' || chars[inner.end] == U')')) {
        ++inner.end;
        return inner;
      }
    }
    if (reference.day == 0) return At(at, {}, true);
    return At(at, graph::FromDays(graph::ToDays(reference) + word.by), true);
  }
  static constexpr std::array kWeeks = {Word{U"上周", -1}, Word{U"本周", 0}, Word{U"下周", 1},
                                        Word{U"这周", 0},  Word{U"周", 0},   Word{U"星期", 0}};
  for (const Word& word : kWeeks) {
    if (!chars.StartsAt(pos, word.word)) continue;
    std::size_t at = pos + word.word.size();
    static constexpr std::u32string_view kNames = U"一二三四五六日";
    std::size_t weekday = kNames.find(chars[at]);
    bool bare = word.word == U"周" || word.word == U"星期";
    if (weekday == std::u32string_view::npos || chars[at] == 0) {
      if (bare || word.by == 0) return {};
      Reading vague = At(at, {}, true);
      vague.date.vague = true;
      return vague;
    }
    if (bare && (ChineseDigitOf(chars[at + 1]) >= 0 || chars[at + 1] == U'年' ||
                 chars[at + 1] == U'岁' || chars[at + 1] == U'期')) {
      return {};
    }
    if (bare && pos > 0 && (DigitOf(chars[pos - 1]) >= 0 || ChineseDigitOf(chars[pos - 1]) >= 0)) {
      return {};
    }
    if (reference.day == 0) return At(at + 1, {}, true);
    std::int64_t today = graph::ToDays(reference);
    std::int64_t monday = today - (today + 3) % 7;  // 1970-01-01 was a Thursday
    return At(at + 1, graph::FromDays(monday + 7 * word.by + static_cast<std::int64_t>(weekday)),
              true);
  }
  static constexpr std::array<std::u32string_view, 8> kVague = {
      U"日前", U"近日", U"近期", U"不久前", U"日内", U"最近", U"前不久", U"前些天"};
  for (std::u32string_view word : kVague) {
    if (!chars.StartsAt(pos, word)) continue;
    // 5日前, 近日本: other words.
    if (word == U"日前" || word == U"日内") {
      if (pos > 0 && (DigitOf(chars[pos - 1]) >= 0 || ChineseDigitOf(chars[pos - 1]) >= 0 ||
                      chars[pos - 1] == U'今' || chars[pos - 1] == U'昨' ||
                      chars[pos - 1] == U'作' || chars[pos - 1] == U'十')) {
        return {};
      }
      if (word == U"日内" && chars[pos + 2] == U'瓦') return {};
    }
    Reading out;
    out.end = pos + word.size();
    out.date.vague = true;
    return out;
  }
  static constexpr std::array kYearParts = {Word{U"新年伊始", 1}, Word{U"年底", 12},
                                            Word{U"年末", 12},    Word{U"年初", 1},
                                            Word{U"上半年", 16},  Word{U"下半年", 17}};
  for (const Word& word : kYearParts) {
    if (!chars.StartsAt(pos, word.word)) continue;
    std::size_t at = pos + word.word.size();
    int year = reference.year;
    if (word.by == 16) return Between(at, MakeDate(year, 1), MakeDate(year, 6), true);
    if (word.by == 17) return Between(at, MakeDate(year, 7), MakeDate(year, 12), true);
    return At(at, MakeDate(year, word.by), true);
  }
  return {};
}

// “十四五”期间: the years of a five-year plan. 一五 began in 1953, 六五 in 1981 and so on.
Reading FiveYears(const Chars& chars, std::size_t pos) {
  std::size_t at = pos;
  bool quoted = chars[at] == U'“' || chars[at] == U'"' || chars[at] == U'「';
  if (quoted) ++at;
  int number = 0;
  std::size_t after = at;
  if (chars[after] == U'十') {
    int ones = ChineseDigitOf(chars[after + 1]);
    if (ones < 1) return {};
    // 十五 (the tenth plan) and 十五五 (the fifteenth).
    if (ones == 5 && chars[after + 2] != U'五') {
      number = 10;
      after += 2;
    } else if (chars[after + 2] == U'五') {
      number = 10 + ones;
      after += 3;
    } else {
      return {};
    }
  } else {
    number = ChineseDigitOf(chars[after]);
    if (number < 6 || chars[after + 1] != U'五') return {};
    after += 2;
  }
  if (number == 10 && !quoted) return {};
  if (quoted) {
    if (chars[after] != U'”' && chars[after] != U'"' && chars[after] != U'“' &&
        chars[after] != U'」') {
      return {};
    }
    ++after;
  }
  int first = 1981 + (number - 6) * 5;
  struct Tail {
    std::u32string_view word;
    int from, to;
  };
  static constexpr std::array kTails = {
      Tail{U"期间", 0, 4}, Tail{U"时期", 0, 4}, Tail{U"开局之年", 0, 0}, Tail{U"收官之年", 4, 4},
      Tail{U"期末", 4, 4}, Tail{U"末", 4, 4},   Tail{U"初", 0, 0},       Tail{U"以来", 0, 4}};
  for (const Tail& tail : kTails) {
    if (!chars.StartsAt(after, tail.word)) continue;
    return Between(after + tail.word.size(), MakeDate(first + tail.from), MakeDate(first + tail.to),
                   false);
  }
  return {};
}

// 5日: the last such day not after the reference.
Reading BareDay(const Chars& chars, std::size_t pos, Date reference) {
  if (pos > 0) {
    char32_t before = chars[pos - 1];
    static constexpr std::u32string_view kNo = U"月.-/～~至第为近满前后期每隔达超过约共计限于";
    if (DigitOf(before) >= 0 || kNo.find(before) != std::u32string_view::npos) return {};
    if (before < 0x80 && before > U' ') return {};
  }
  int day = 0;
  std::size_t at = ReadNumber(chars, pos, 2, day);
  if (at == 0 || DigitOf(chars[pos]) < 0 || chars[at] != U'日' || day < 1 || day > 31) return {};
  static constexpr std::u32string_view kNotAfter = U"内均游后之间增";
  if (chars[at + 1] != 0 && kNotAfter.find(chars[at + 1]) != std::u32string_view::npos) return {};
  if (reference.month == 0) return At(at + 1, {}, true);
  int year = reference.year;
  int month = reference.month;
  for (int back = 0; back < 3; ++back) {
    bool past = back > 0 || reference.day == 0 || day <= reference.day;
    if (past && DayExists(year, month, day)) return At(at + 1, MakeDate(year, month, day), true);
    if (--month == 0) {
      month = 12;
      --year;
    }
  }
  return {};
}

bool IsRangeSign(char32_t c) {
  return c == U'至' || c == U'到' || c == U'-' || c == U'－' || c == U'—' || c == U'–' ||
         c == U'~' || c == U'～';
}

// The first characters of what Relative reads. Asked of every character of a text.
bool BeginsRelative(char32_t c) {
  switch (c) {
    case U'今':
    case U'去':
    case U'明':
    case U'前':
    case U'后':
    case U'上':
    case U'本':
    case U'下':
    case U'这':
    case U'当':
    case U'昨':
    case U'周':
    case U'星':
    case U'日':
    case U'近':
    case U'不':
    case U'最':
    case U'年':
    case U'新':
      return true;
    default:
      return false;
  }
}

// Of the ideographs, which most of a text is, those from which ReadAt reads something: a bit each.
class Beginnings {
 public:
  Beginnings() {
    for (char32_t c = kFirst; c <= kLast; ++c) {
      if (ChineseDigitOf(c) >= 0 || c == U'十' || c == U'第' || BeginsRelative(c)) {
        bits_[(c - kFirst) / 64] |= std::uint64_t{1} << ((c - kFirst) % 64);
      }
    }
  }
  bool Lacks(char32_t c) const {
    return c >= kFirst && c <= kLast && (bits_[(c - kFirst) / 64] >> ((c - kFirst) % 64) & 1) == 0;
  }

 private:
  static constexpr char32_t kFirst = 0x4E00, kLast = 0x9FFF;
  std::array<std::uint64_t, (kLast - kFirst) / 64 + 1> bits_{};
};

Reading ReadAt(const Chars& chars, std::size_t pos, Date reference) {
  char32_t c = chars[pos];
  if (DigitOf(c) >= 0 || ChineseDigitOf(c) >= 0 || c == U'十' || c == U'“' || c == U'"') {
    if (Reading five = FiveYears(chars, pos)) return five;
    char32_t before = pos > 0 ? chars[pos - 1] : 0;
    bool inside = DigitOf(before) >= 0 || (DigitOf(c) < 0 && ChineseDigitOf(before) >= 0) ||
                  before == U'第' || (before == U'十' && DigitOf(c) < 0);
    if (inside) return {};
    if (Reading full = FullDate(chars, pos, reference)) return full;
    if (before == U'前' || before == U'近') return {};  // 前7月, 近3月: spans up to now
    if (Reading month = MonthDay(chars, pos, 0, reference)) {
      return month;
    }
    // 1-7月, 6月-8月 without a day
    int first = 0;
    std::size_t at = ReadNumber(chars, pos, 2, first);
    if (at != 0 && IsRangeSign(chars[at])) {
      Reading last = MonthDay(chars, at + 1, 0, reference);
      if (last && last.date.from.day == 0 && first >= 1 && first <= 12) {
        Date from = last.date.from.empty() ? Date{} : MakeDate(last.date.from.year, first);
        return Between(last.end, from, last.date.to, true);
      }
      int last_day = 0;
      std::size_t end = ReadNumber(chars, at + 1, 2, last_day);
      if (end != 0 && chars[end] == U'日' && DigitOf(chars[pos]) >= 0 && last_day > first) {
        Reading from = BareDay(chars, at + 1, reference);
        Date to = from ? from.date.from : Date{};
        if (reference.month == 0) return Between(end + 1, {}, {}, true);
        if (to.empty()) to = MakeDate(reference.year, reference.month, last_day);
        if (!DayExists(to.year, to.month, first)) return {};
        return Between(end + 1, MakeDate(to.year, to.month, first), to, true);
      }
    }
    Reading quarter = PartOfYear(chars, pos, reference.empty() ? 0 : reference.year, true);
    if (quarter && ChineseDigitOf(chars[pos]) >= 0) return quarter;
    return BareDay(chars, pos, reference);
  }
  if (c == U'第') {
    int quarter = DigitOf(chars[pos + 1]);
    if (quarter < 0) quarter = ChineseDigitOf(chars[pos + 1]);
    if (quarter >= 1 && quarter <= 4 && chars.StartsAt(pos + 2, U"季度")) {
      return PartOfYear(chars, pos, reference.empty() ? 0 : reference.year, true);
    }
    return {};
  }
  return BeginsRelative(c) ? Relative(chars, pos, reference) : Reading{};
}

}  // namespace

std::vector<DateMatch> FindDates(std::string_view text, graph::Date reference) {
  return FindDates(Chars(text), reference);
}

std::vector<DateMatch> FindDates(const Chars& chars, graph::Date reference) {
  static const Beginnings kBeginnings;
  std::vector<DateMatch> out;
  for (std::size_t pos = 0; pos < chars.size();) {
    if (kBeginnings.Lacks(chars[pos])) {
      ++pos;
      continue;
    }
    Reading reading = ReadAt(chars, pos, reference);
    if (!reading) {
      // A number that is no date is no date in its middle either.
      ++pos;
      continue;
    }
    // 3月1日至5日, 9月6日-8日, 2025年12月1日至2026年3月1日
    if (!reading.date.vague && IsRangeSign(chars[reading.end])) {
      std::size_t after = reading.end + 1;
      Date from = reading.date.from;
      Reading last;
      int day = 0;
      std::size_t day_end = ReadNumber(chars, after, 2, day);
      if (day_end != 0 && chars[day_end] == U'日' && reading.date.from == reading.date.to) {
        if (!from.empty() && from.day != 0 && DayExists(from.year, from.month, day)) {
          last = At(day_end + 1, MakeDate(from.year, from.month, day), false);
        } else if (from.empty()) {
          last = At(day_end + 1, {}, true);
        }
      } else if (!from.empty()) {
        last = FullDate(chars, after, reference);
        if (!last) last = MonthDay(chars, after, from.year, reference);
        if (last && last.date.from < from && last.date.from.year == from.year) {
          last.date.to = MakeDate(from.year + 1, last.date.to.month, last.date.to.day);
        }
      } else {
        last = MonthDay(chars, after, 0, reference);
      }
      if (last && (last.date.to.empty() || from < last.date.to)) {
        reading.end = last.end;
        reading.date.to = last.date.to;
      }
    }
    out.push_back({chars.Bytes(pos, reading.end), reading.date});
    pos = reading.end;
  }
  return out;
}

}  // namespace tupu::extract
