// Reading points in time and durations, in the forms of ISO 8601 that openCypher takes.
#include <algorithm>
#include <charconv>

#include "graph/model/temporal.h"

namespace tupu::graph {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Takes pieces off the front of a text; each returns false where the piece is not there.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool Done() const { return rest_.empty(); }
  bool At(char c) const { return rest_.starts_with(c); }
  bool Take(char c) {
    if (!At(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  // Units and designators may be written small.
  bool TakeLetter(char capital) { return Take(capital) || Take(static_cast<char>(capital + 32)); }
  // How many digits stand in front.
  std::size_t Digits() const {
    return static_cast<std::size_t>(std::find_if_not(rest_.begin(), rest_.end(), IsDigit) -
                                    rest_.begin());
  }
  bool Number(std::size_t digits, std::int64_t& out) {
    if (digits == 0 || Digits() < digits) return false;
    const auto read = std::from_chars(rest_.data(), rest_.data() + digits, out);
    if (read.ec != std::errc()) return false;
    rest_.remove_prefix(digits);
    return true;
  }
  // .5 as nanoseconds; what is beyond them is cut off. Nothing there is a fraction of 0.
  bool Fraction(std::int64_t& nanos) {
    nanos = 0;
    if (!At('.') && !At(',')) return true;
    rest_.remove_prefix(1);
    const std::size_t digits = Digits();
    if (digits == 0) return false;
    std::string padded(rest_.substr(0, std::min<std::size_t>(digits, 9)));
    padded.resize(9, '0');
    std::from_chars(padded.data(), padded.data() + 9, nanos);
    rest_.remove_prefix(digits);
    return true;
  }
  // Up to and without the first of `stops`, or all.
  std::string_view Until(std::string_view stops) {
    const std::string_view out = rest_.substr(0, rest_.find_first_of(stops));
    rest_.remove_prefix(out.size());
    return out;
  }

 private:
  std::string_view rest_;
};

// Whole weeks, quarters, days of the year: what follows the year, which has been taken.
bool ReadWithinYear(Reader& in, std::int64_t year, bool dashes, std::int64_t& days) {
  std::int64_t a = 0, b = 1;
  const auto second = [&](std::size_t digits) {
    return in.Done() || ((!dashes || in.Take('-')) && in.Number(digits, b));
  };
  if (in.TakeLetter('W')) {
    if (!in.Number(2, a) || !second(1)) return false;
    if (a < 1 || a > WeeksOfYear(year) || b < 1 || b > 7) return false;
    days = DaysFromWeek({year, static_cast<std::int32_t>(a)}) + b - 1;
    return in.Done();
  }
  if (in.TakeLetter('Q')) {
    if (!in.Number(1, a) || !second(2) || a < 1 || a > 4) return false;
    const auto quarter = static_cast<std::int32_t>(a);
    if (b < 1 || b > LengthOfQuarter(year, quarter)) return false;
    days = DaysFromCivil({year, quarter * 3 - 2, 1}) + b - 1;
    return in.Done();
  }
  if (in.Digits() == 3) {
    if (!in.Number(3, a) || a < 1 || a > LengthOfYear(year)) return false;
    days = DaysFromCivil({year, 1, 1}) + a - 1;
    return in.Done();
  }
  if (!in.Number(2, a) || a < 1 || a > 12 || !second(2)) return false;
  const auto month = static_cast<std::int32_t>(a);
  if (b < 1 || b > LengthOfMonth(year, month)) return false;
  days = DaysFromCivil({year, month, static_cast<std::int32_t>(b)});
  return in.Done();
}

// 2015, 2015-07, 2015-07-21, 2015-W30-2, 2015-202, 2015-Q2-60, and all without dashes. A year with
// a sign has up to nine digits, and dashes behind it.
bool ReadDate(Reader in, std::int64_t& days) {
  const bool negative = in.At('-');
  const bool signs = in.Take('-') || in.Take('+');
  std::int64_t year = 0;
  const std::size_t digits = in.Digits();
  if (signs && digits != 4 && (digits < 4 || digits > 9)) return false;
  if (!in.Number(signs ? digits : 4, year)) return false;
  if (negative) year = -year;
  if (in.Done()) {
    days = DaysFromCivil({year, 1, 1});
    return true;
  }
  const bool dashes = in.Take('-');
  return ReadWithinYear(in, year, dashes, days) && IsDayInRange(days);
}

// 21, 21:40, 21:40:32, 21:40:32.142, and all without colons.
bool ReadTime(Reader& in, std::int64_t& nanos) {
  std::int64_t hour = 0, minute = 0, second = 0, fraction = 0;
  if (!in.Number(2, hour)) return false;
  const bool colons = in.Take(':');
  if (colons || in.Digits() >= 2) {
    if (!in.Number(2, minute)) return false;
    if (colons ? in.Take(':') : in.Digits() >= 2) {
      if (!in.Number(2, second) || !in.Fraction(fraction)) return false;
    }
  }
  if (hour > 23 || minute > 59 || second > 59) return false;
  nanos = ((hour * 60 + minute) * 60 + second) * kNanosPerSecond + fraction;
  return true;
}

bool ReadOffset(Reader& in, std::int32_t& offset) {
  offset = 0;
  if (in.TakeLetter('Z')) return true;
  const bool negative = in.At('-');
  if (!in.Take('-') && !in.Take('+')) return false;
  std::int64_t hour = 0, minute = 0, second = 0;
  if (!in.Number(2, hour)) return false;
  const bool colons = in.Take(':');
  if (colons || in.Digits() >= 2) {
    if (!in.Number(2, minute)) return false;
    if ((colons ? in.Take(':') : in.Digits() >= 2) && !in.Number(2, second)) return false;
  }
  if (minute > 59 || second > 59) return false;
  const auto size = static_cast<std::int32_t>((hour * 60 + minute) * 60 + second);
  if (size > kMaxOffset) return false;
  offset = negative ? -size : size;
  return true;
}

// The sums of a duration that is being read, in units that cannot overflow on the way: each part
// has 18 digits at most, and there are few units.
struct Sums {
  Int128 months = 0, days = 0, seconds = 0, nanos = 0;
};

// Years and months; of a fraction of one the whole months, days and seconds of the average month.
void AddMonths(Sums& sums, Int128 count, std::int64_t fraction, std::int64_t months, int sign) {
  const Int128 part = static_cast<Int128>(fraction) * months;
  sums.months += sign * (count * months + part / kNanosPerSecond);
  const Int128 seconds = (part % kNanosPerSecond) * kSecondsPerMonth;  // in 1/10^9
  const Int128 per_day = static_cast<Int128>(kSecondsPerDay) * kNanosPerSecond;
  sums.days += sign * (seconds / per_day);
  sums.nanos += sign * (seconds % per_day);
}

void AddDays(Sums& sums, Int128 count, std::int64_t fraction, std::int64_t days, int sign) {
  const Int128 part = static_cast<Int128>(fraction) * days;
  sums.days += sign * (count * days + part / kNanosPerSecond);
  sums.nanos += sign * (part % kNanosPerSecond) * kSecondsPerDay;
}

// The unit that stands here, in the order in which they have to come.
struct Unit {
  char letter;
  bool time;
  std::int64_t size;  // in months, days or seconds
};
constexpr Unit kUnits[] = {{'Y', false, 12}, {'Q', false, 3},   {'M', false, 1}, {'W', false, 7},
                           {'D', false, 1},  {'H', true, 3600}, {'M', true, 60}, {'S', true, 1}};

// 1Y2M3W4DT5H6M7.8S, any part below zero.
bool ReadUnits(Reader in, int sign, Sums& sums) {
  bool time = false, any = false;
  std::size_t next = 0;
  while (!in.Done()) {
    if (!time && in.TakeLetter('T')) {
      time = true;
      if (in.Done()) return false;
    }
    const int own_sign = in.At('-') ? -sign : sign;
    if (!in.Take('-')) in.Take('+');
    std::int64_t count = 0, fraction = 0;
    const std::size_t digits = in.Digits();
    if (digits > 18 || !in.Number(digits, count) || !in.Fraction(fraction)) return false;
    while (next < std::size(kUnits) &&
           !(kUnits[next].time == time && in.TakeLetter(kUnits[next].letter))) {
      ++next;
    }
    if (next == std::size(kUnits)) return false;
    const Unit& unit = kUnits[next++];
    any = true;
    if (time) {
      sums.seconds += own_sign * static_cast<Int128>(count) * unit.size;
      sums.nanos += own_sign * static_cast<Int128>(fraction) * unit.size;
    } else if (unit.letter == 'W' || unit.letter == 'D') {
      AddDays(sums, count, fraction, unit.size, own_sign);
    } else {
      AddMonths(sums, count, fraction, unit.size, own_sign);
    }
  }
  return any;
}

// 2012-02-02T14:37:21.545, 20120202T143721.
bool ReadDurationDate(Reader in, int sign, Sums& sums) {
  std::int64_t years = 0, months = 0, days = 0, nanos = 0;
  if (!in.Number(4, years)) return false;
  const bool dashes = in.Take('-');
  if (!in.Number(2, months) || (dashes && !in.Take('-')) || !in.Number(2, days)) return false;
  if (months > 12 || days > 31) return false;
  if (in.TakeLetter('T') && !ReadTime(in, nanos)) return false;
  if (!in.Done()) return false;
  sums.months = sign * (years * 12 + months);
  sums.days = sign * days;
  sums.nanos = sign * nanos;
  return true;
}

// +02:00[Europe/Stockholm], or one of the two. Where both are said they have to agree.
bool ReadZone(Reader& in, Temporal& out, std::string& why) {
  const bool has_offset = !in.Done() && !in.At('[');
  if (has_offset && !ReadOffset(in, out.offset)) return false;
  if (!in.Take('[')) return true;
  if (out.kind != TemporalKind::kDateTime) return false;
  const std::string_view name = in.Until("]");
  if (!in.Take(']')) return false;
  const auto zone = FindZone(name);
  if (!zone) {
    why = "there is no time zone " + std::string(name);
    return false;
  }
  out.zone = *zone;
  const std::int32_t said = out.offset;
  SettleOffset(out);
  if (has_offset && said != out.offset) {
    why = std::string(name) + " is at " + OffsetToString(out.offset) + " then, not at " +
          OffsetToString(said);
    return false;
  }
  return true;
}

bool Read(TemporalKind kind, std::string_view text, Temporal& out, std::string& why) {
  Reader in(text);
  if (HasDate(kind)) {
    if (!ReadDate(Reader(in.Until(HasTime(kind) ? "Tt" : "")), out.days)) return false;
    if (kind == TemporalKind::kDate) return in.Done();
    if (in.Done()) return true;  // midnight
    in.TakeLetter('T');
  } else {
    in.TakeLetter('T');
  }
  if (!ReadTime(in, out.nanos)) return false;
  if (HasZone(kind) && !ReadZone(in, out, why)) return false;
  return in.Done();
}

Error NoSuch(std::string_view text, std::string_view kind, const std::string& why) {
  constexpr std::size_t kShown = 60;
  std::string shown(text.substr(0, kShown));
  while (text.size() > kShown && !shown.empty() &&
         (static_cast<unsigned char>(text[shown.size()]) & 0xc0) == 0x80) {
    shown.pop_back();
  }
  return Error(ErrorCode::kInvalidInput, "\"" + shown + (text.size() > kShown ? "…" : "") +
                                             "\" is no " + std::string(kind) +
                                             (why.empty() ? "" : ": " + why));
}

}  // namespace

bool ParseOffset(std::string_view text, std::int32_t& offset) {
  Reader in(text);
  return ReadOffset(in, offset) && in.Done();
}

Result<Temporal> ParseTemporal(TemporalKind kind, std::string_view text) {
  Temporal out;
  out.kind = kind;
  std::string why;
  if (Read(kind, text, out, why)) return out;
  return NoSuch(text, KindName(kind), why);
}

Result<Duration> ParseDuration(std::string_view text) {
  Reader in(text);
  const int sign = in.At('-') ? -1 : 1;
  if (!in.Take('-')) in.Take('+');
  Sums sums;
  if (!in.TakeLetter('P') || !(ReadDurationDate(in, sign, sums) || ReadUnits(in, sign, sums))) {
    return NoSuch(text, "duration", {});
  }
  return MakeDuration(sums.months, sums.days, sums.seconds, sums.nanos);
}

}  // namespace tupu::graph
