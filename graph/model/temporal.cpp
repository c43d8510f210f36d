#include "graph/model/temporal.h"

#include <cstdlib>
#include <functional>
#include <limits>

namespace tupu::graph {
namespace {

std::int64_t FloorMod(std::int64_t a, std::int64_t b) { return a - FloorDiv(a, b) * b; }

std::string Padded(std::int64_t value, std::size_t width) {
  std::string digits = std::to_string(value);
  return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

bool IsLeap(std::int64_t year) {
  return FloorMod(year, 4) == 0 && (FloorMod(year, 100) != 0 || FloorMod(year, 400) == 0);
}

std::string DateText(std::int64_t days) {
  const CivilDate date = CivilFromDays(days);
  std::string out;
  if (date.year < 0) out = "-";
  if (date.year > 9999) out = "+";
  return out + Padded(std::abs(date.year), 4) + "-" + Padded(date.month, 2) + "-" +
         Padded(date.day, 2);
}

// The fraction of a second without trailing zeros, with its dot; empty where there is none.
std::string FractionText(std::int64_t nanos) {
  if (nanos == 0) return {};
  std::string digits = Padded(nanos, 9);
  digits.erase(digits.find_last_not_of('0') + 1);
  return "." + digits;
}

std::string TimeText(std::int64_t nanos) {
  const std::int64_t seconds = nanos / kNanosPerSecond;
  std::string out = Padded(seconds / 3600, 2) + ":" + Padded(seconds / 60 % 60, 2);
  const std::int64_t fraction = nanos % kNanosPerSecond;
  if (seconds % 60 != 0 || fraction != 0) out += ":" + Padded(seconds % 60, 2);
  return out + FractionText(fraction);
}

std::size_t MixField(std::size_t seed, std::int64_t value) {
  return (seed ^
          (static_cast<std::size_t>(value) + 0x9e3779b97f4a7c15ULL + (seed << 6) + (seed >> 2))) *
         0xff51afd7ed558ccdULL;
}

Int128 AverageSeconds(Int128 months, Int128 days, Int128 seconds) {
  return months * kSecondsPerMonth + days * kSecondsPerDay + seconds;
}

}  // namespace

std::string_view KindName(TemporalKind kind) {
  static constexpr std::string_view kNames[] = {"datetime", "localdatetime", "date", "time",
                                                "localtime"};
  return kNames[static_cast<std::size_t>(kind)];
}

// After Howard Hinnant, "chrono-compatible low-level date algorithms".
std::int64_t DaysFromCivil(CivilDate date) {
  const std::int64_t year = date.year - (date.month <= 2 ? 1 : 0);
  const std::int64_t era = FloorDiv(year, 400);
  const std::int64_t of_era = year - era * 400;
  const std::int64_t month = (date.month + 9) % 12;
  const std::int64_t of_year = (153 * month + 2) / 5 + date.day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

CivilDate CivilFromDays(std::int64_t days) {
  days += 719468;
  const std::int64_t era = FloorDiv(days, 146097);
  const std::int64_t of_era = days - era * 146097;
  const std::int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const std::int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
  const std::int64_t month = (5 * of_year + 2) / 153;
  CivilDate out;
  out.day = static_cast<std::int32_t>(of_year - (153 * month + 2) / 5 + 1);
  out.month = static_cast<std::int32_t>(month < 10 ? month + 3 : month - 9);
  out.year = year + era * 400 + (out.month <= 2 ? 1 : 0);
  return out;
}

std::int32_t LengthOfMonth(std::int64_t year, std::int32_t month) {
  static constexpr std::int32_t kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && IsLeap(year) ? 29 : kDays[month - 1];
}

std::int32_t LengthOfYear(std::int64_t year) { return IsLeap(year) ? 366 : 365; }

std::int32_t LengthOfQuarter(std::int64_t year, std::int32_t quarter) {
  const std::int32_t last = quarter * 3;
  return LengthOfMonth(year, last - 2) + LengthOfMonth(year, last - 1) + LengthOfMonth(year, last);
}

bool IsDayInRange(std::int64_t days) {
  static const std::int64_t first = DaysFromCivil({-kMaxYear, 1, 1});
  static const std::int64_t last = DaysFromCivil({kMaxYear, 12, 31});
  return days >= first && days <= last;
}

std::int32_t DayOfWeek(std::int64_t days) {
  return static_cast<std::int32_t>(FloorMod(days + 3, 7)) + 1;  // 1970-01-01 was a Thursday
}

WeekDate WeekOf(std::int64_t days) {
  // A week belongs to the year of its Thursday.
  const std::int64_t thursday = days - DayOfWeek(days) + 4;
  const CivilDate date = CivilFromDays(thursday);
  const std::int64_t first = DaysFromCivil({date.year, 1, 1});
  return {date.year, static_cast<std::int32_t>((thursday - first) / 7) + 1};
}

std::int64_t DaysFromWeek(WeekDate week) {
  const std::int64_t fourth = DaysFromCivil({week.year, 1, 4});  // always in week 1
  return fourth - DayOfWeek(fourth) + 1 + (week.week - 1) * 7;
}

std::int32_t WeeksOfYear(std::int64_t year) { return WeekOf(DaysFromCivil({year, 12, 28})).week; }

std::int64_t EpochSeconds(const Temporal& value) {
  return value.days * kSecondsPerDay + value.nanos / kNanosPerSecond - value.offset;
}

void SettleOffset(Temporal& value) {
  if (value.zone.empty()) return;
  const std::int64_t local = value.days * kSecondsPerDay + value.nanos / kNanosPerSecond;
  const LocalOffsets offsets = ZoneOffsets(value.zone, local, value.offset);
  const std::int32_t wanted = value.offset == offsets.last ? offsets.last : offsets.first;
  value.offset = ZoneOffset(value.zone, local - wanted, wanted);
  if (value.offset == wanted) return;
  // Skipped: the same moment by the clock after the gap.
  value.offset = ZoneOffset(value.zone, local - offsets.first, offsets.first);
  const std::int64_t moved = value.nanos + (value.offset - offsets.first) * kNanosPerSecond;
  value.days += FloorDiv(moved, kNanosPerDay);
  value.nanos = FloorMod(moved, kNanosPerDay);
}

std::string OffsetToString(std::int32_t offset) {
  if (offset == 0) return "Z";
  const std::int32_t size = std::abs(offset);
  std::string out =
      (offset < 0 ? "-" : "+") + Padded(size / 3600, 2) + ":" + Padded(size / 60 % 60, 2);
  if (size % 60 != 0) out += ":" + Padded(size % 60, 2);
  return out;
}

std::string ToString(const Temporal& value) {
  std::string out;
  if (HasDate(value.kind)) out += DateText(value.days);
  if (HasDate(value.kind) && HasTime(value.kind)) out += 'T';
  if (HasTime(value.kind)) out += TimeText(value.nanos);
  if (HasZone(value.kind)) out += OffsetToString(value.offset);
  if (!value.zone.empty()) out += "[" + std::string(ZoneName(value.zone)) + "]";
  return out;
}

std::string ToString(const Duration& value) {
  std::string out = "P";
  const auto add = [&](std::int64_t count, char unit) {
    if (count != 0) out += std::to_string(count) + unit;
  };
  add(value.months / 12, 'Y');
  add(value.months % 12, 'M');
  add(value.days, 'D');
  // Below zero the fraction counts downwards: -1 s and 0.4 s are -0.6 s.
  std::int64_t seconds = value.seconds;
  std::int64_t nanos = value.nanos;
  const bool negative = seconds < 0 && nanos != 0;
  if (negative) {
    ++seconds;
    nanos = kNanosPerSecond - nanos;
  }
  if (seconds == 0 && nanos == 0) return out.size() == 1 ? "PT0S" : out;
  out += 'T';
  add(seconds / 3600, 'H');
  add(seconds / 60 % 60, 'M');
  const std::int64_t rest = seconds % 60;
  if (rest != 0 || nanos != 0) {
    out += (negative && rest == 0 ? "-" : "") + std::to_string(rest) + FractionText(nanos) + "S";
  }
  return out;
}

Result<Duration> MakeDuration(Int128 months, Int128 days, Int128 seconds, Int128 nanos) {
  constexpr Int128 kLeast = std::numeric_limits<std::int64_t>::min();
  constexpr Int128 kGreatest = std::numeric_limits<std::int64_t>::max();
  const auto fits = [&](Int128 value) { return value >= kLeast && value <= kGreatest; };
  const Error too_large(ErrorCode::kLimit, "the duration is longer than 64 bits of seconds hold");
  // Each by itself first, so that no sum below can overflow.
  if (!fits(months) || !fits(days) || !fits(seconds / 2)) return too_large;
  seconds += nanos / kNanosPerSecond;
  nanos %= kNanosPerSecond;
  if (nanos < 0) {
    nanos += kNanosPerSecond;
    --seconds;
  }
  if (!fits(seconds) || !fits(AverageSeconds(months, days, seconds)) ||
      !fits(AverageSeconds(months, 0, 0)) || !fits(AverageSeconds(0, days, 0))) {
    return too_large;
  }
  Duration out;
  out.months = static_cast<std::int64_t>(months);
  out.days = static_cast<std::int64_t>(days);
  out.seconds = static_cast<std::int64_t>(seconds);
  out.nanos = static_cast<std::int32_t>(nanos);
  return out;
}

std::strong_ordering Order(const Temporal& a, const Temporal& b) {
  if (a.kind != b.kind) return a.kind <=> b.kind;
  if (a.kind == TemporalKind::kTime) {
    const std::int64_t x = a.nanos - a.offset * kNanosPerSecond;
    const std::int64_t y = b.nanos - b.offset * kNanosPerSecond;
    return x != y ? x <=> y : a.offset <=> b.offset;
  }
  const std::int64_t x = EpochSeconds(a), y = EpochSeconds(b);
  if (x != y) return x <=> y;
  const std::int64_t m = a.nanos % kNanosPerSecond, n = b.nanos % kNanosPerSecond;
  if (m != n) return m <=> n;
  if (a.offset != b.offset) return a.offset <=> b.offset;
  if (a.zone == b.zone) return std::strong_ordering::equal;
  const std::string_view p = a.zone.empty() ? std::string_view() : ZoneName(a.zone);
  const std::string_view q = b.zone.empty() ? std::string_view() : ZoneName(b.zone);
  return p.compare(q) <=> 0;
}

std::strong_ordering Order(const Duration& a, const Duration& b) {
  const Int128 x = AverageSeconds(a.months, a.days, a.seconds);
  const Int128 y = AverageSeconds(b.months, b.days, b.seconds);
  if (x != y) return x < y ? std::strong_ordering::less : std::strong_ordering::greater;
  if (a.nanos != b.nanos) return a.nanos <=> b.nanos;
  // Of one length, but not the same.
  if (a.months != b.months) return a.months <=> b.months;
  return a.days <=> b.days;
}

std::size_t Hash(const Temporal& value) {
  std::size_t out = MixField(static_cast<std::size_t>(value.kind), value.days);
  out = MixField(MixField(out, value.nanos), value.offset);
  return value.zone.empty() ? out
                            : MixField(out, static_cast<std::int64_t>(std::hash<std::string_view>{}(
                                                ZoneName(value.zone))));
}

std::size_t Hash(const Duration& value) {
  return MixField(MixField(MixField(MixField(0, value.months), value.days), value.seconds),
                  value.nanos);
}

}  // namespace tupu::graph
