// Points in time and durations, as openCypher has them: the proleptic ISO calendar, nanoseconds,
// offsets and named zones (CIP2015-08-06, date and time). Here: the values, their calendar, their
// text and their order. What can be computed with them is in temporal_calc.h, what can be made of
// maps in temporal_fields.h.
//
// Years go from -999,999,999 to 999,999,999. Everything that could leave that range, or 64 bits, is
// checked and comes back as an error.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "graph/base/error.h"
#include "graph/base/zones.h"

namespace tupu::graph {

// In the order in which ORDER BY puts them.
enum class TemporalKind : std::uint8_t { kDateTime, kLocalDateTime, kDate, kTime, kLocalTime };

__extension__ using Int128 = __int128;

inline constexpr std::int64_t kNanosPerSecond = 1'000'000'000;
inline constexpr std::int64_t kSecondsPerDay = 86'400;
inline constexpr std::int64_t kSecondsPerMonth = 2'629'746;  // of the average Gregorian month
inline constexpr std::int64_t kNanosPerDay = kSecondsPerDay * kNanosPerSecond;
inline constexpr std::int64_t kMaxYear = 999'999'999;
inline constexpr std::int32_t kMaxOffset = 18 * 3600;

// Rounded down, for a positive divisor.
constexpr std::int64_t FloorDiv(std::int64_t a, std::int64_t b) {
  return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
}

constexpr bool HasDate(TemporalKind kind) {
  return kind == TemporalKind::kDate || kind == TemporalKind::kDateTime ||
         kind == TemporalKind::kLocalDateTime;
}
constexpr bool HasTime(TemporalKind kind) { return kind != TemporalKind::kDate; }
constexpr bool HasZone(TemporalKind kind) {
  return kind == TemporalKind::kTime || kind == TemporalKind::kDateTime;
}

// A point in time, as the clock and calendar on the wall show it. Fields that the kind does not
// have are 0.
struct Temporal {
  std::int64_t days = 0;    // the local date, from 1970-01-01
  std::int64_t nanos = 0;   // the local time of day, in [0, kNanosPerDay)
  std::int32_t offset = 0;  // seconds east of Greenwich, of kTime and kDateTime
  ZoneId zone;              // of kDateTime; empty where only an offset is known
  TemporalKind kind = TemporalKind::kDate;

  bool operator==(const Temporal&) const = default;
};

// Months, days and seconds do not add up to each other: a month has no fixed length, a day may have
// 25 hours. Any of the three may be below zero, `nanos` is in [0, kNanosPerSecond): -0.4 s are -1 s
// and 600,000,000 ns. Its average length in seconds fits 64 bits.
struct Duration {
  std::int64_t months = 0;
  std::int64_t days = 0;
  std::int64_t seconds = 0;
  std::int32_t nanos = 0;

  bool operator==(const Duration&) const = default;
};

// "date", "localdatetime", …: the name of the function that makes it.
std::string_view KindName(TemporalKind kind);

// The calendar. Months from 1 to 12, days from 1.
struct CivilDate {
  std::int64_t year = 0;
  std::int32_t month = 1;
  std::int32_t day = 1;
};
std::int64_t DaysFromCivil(CivilDate date);
CivilDate CivilFromDays(std::int64_t days);
std::int32_t LengthOfMonth(std::int64_t year, std::int32_t month);
std::int32_t LengthOfYear(std::int64_t year);
std::int32_t LengthOfQuarter(std::int64_t year, std::int32_t quarter);
bool IsDayInRange(std::int64_t days);
// 1 (Monday) to 7.
std::int32_t DayOfWeek(std::int64_t days);
// ISO weeks: week 1 has the year's first Thursday.
struct WeekDate {
  std::int64_t year = 0;
  std::int32_t week = 1;
};
WeekDate WeekOf(std::int64_t days);
std::int64_t DaysFromWeek(WeekDate week);  // its Monday
std::int32_t WeeksOfYear(std::int64_t year);

// Seconds from 1970-01-01 in Greenwich; of a local date and time as if it stood there.
std::int64_t EpochSeconds(const Temporal& value);
// A local date and time of day in its zone: sets the offset that holds there. Of a time that occurs
// twice the earlier, unless `offset` says the later; one that is skipped comes out as much later.
void SettleOffset(Temporal& value);

// ISO 8601, as openCypher shows it: 2015-07-21T21:40:32.142+02:00[Europe/Stockholm], P1Y2M3DT4.5S.
std::string ToString(const Temporal& value);
std::string ToString(const Duration& value);
std::string OffsetToString(std::int32_t offset);  // "Z", "+08:00"

// The forms of ISO 8601 that openCypher takes. kInvalidInput for a text that is none of them, or
// that names a date, time or zone that does not exist.
Result<Temporal> ParseTemporal(TemporalKind kind, std::string_view text);
Result<Duration> ParseDuration(std::string_view text);
// "Z", "+01", "+01:00", "+0100", "+01:00:30".
bool ParseOffset(std::string_view text, std::int32_t& offset);

// A duration of whatever sizes and signs; kLimit where it does not fit.
Result<Duration> MakeDuration(Int128 months, Int128 days, Int128 seconds, Int128 nanos);

// Total orders. Points in time of one kind: by instant, then by offset and zone. Of different
// kinds: by kind. Durations by their average length, a month being 30.436875 days.
std::strong_ordering Order(const Temporal& a, const Temporal& b);
std::strong_ordering Order(const Duration& a, const Duration& b);
std::size_t Hash(const Temporal& value);
std::size_t Hash(const Duration& value);

}  // namespace tupu::graph
