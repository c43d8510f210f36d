// Arithmetic of points in time and durations, and their components. Everything is checked: what
// leaves the years or the 64 bits that values hold is an error (kLimit), never wrong.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "graph/base/error.h"
#include "graph/model/temporal.h"
#include "graph/model/value.h"

namespace tupu::graph {

// A duration of fractions, as maps and division give them. What is left of a month goes over to
// days by the average month, of a day to seconds; below a nanosecond it is cut off. kInvalidInput
// for what is no number, kLimit where it does not fit.
Result<Duration> ApproximateDuration(double months, double days, double seconds, double nanos);

// value + duration, sign 1 or -1. Months first, the day cut to the length of the month arrived at;
// then days; then seconds. A time of day goes round the clock, a date ignores what is less than a
// day, a named zone keeps the clock for months and days and the moment for seconds.
Result<Temporal> AddDuration(const Temporal& value, const Duration& duration, int sign);
Result<Duration> AddDurations(const Duration& a, const Duration& b, int sign);
// Part by part; the factor is an integer or a double.
Result<Duration> MultiplyDuration(const Duration& duration, const Value& factor);
Result<Duration> DivideDuration(const Duration& duration, const Value& divisor);

// What has to be added to `from` to come to `to`. Of two points where one has no date the dates
// count as the same; where one has no zone it stands in the other's. kBetween: in months, days and
// seconds; the others in their one unit, the rest cut off.
enum class DurationUnit : std::uint8_t { kBetween, kMonths, kDays, kSeconds };
Result<Duration> DurationBetween(const Temporal& from, const Temporal& to, DurationUnit unit);

// The beginning of the unit ("month", "week" …; case does not matter) that the value lies in.
// kInvalidInput for an unknown unit, or one smaller than anything that the value has.
Result<Temporal> Truncate(const Temporal& value, std::string_view unit);

// The component of this name ("year", "offsetMinutes" …; case does not matter). kNotFound where
// the value has none, naming those it has.
Result<Value> Component(const Temporal& value, std::string_view name);
Result<Value> Component(const Duration& value, std::string_view name);

// The same moment by the clock of another zone, or of an offset where `zone` is empty.
Result<Temporal> InZone(const Temporal& value, ZoneId zone, std::int32_t offset);
// A moment in Greenwich; kLimit beyond the years that there are.
Result<Temporal> FromEpoch(Int128 seconds, Int128 nanos);

}  // namespace tupu::graph
