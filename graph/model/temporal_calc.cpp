#include "graph/model/temporal_calc.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace tupu::graph {
namespace {

constexpr double kNanosPerAverageMonth = 2'629'746e9;

Error OutOfRange() {
  return Error(ErrorCode::kLimit, "years go from -999999999 to 999999999, this is beyond");
}

// Local nanoseconds from the epoch, or of the day where there is no date.
Int128 LocalNanos(const Temporal& value) {
  return static_cast<Int128>(value.days) * kNanosPerDay + value.nanos;
}

Status SetLocal(Temporal& value, Int128 nanos) {
  Int128 days = nanos / kNanosPerDay;
  Int128 rest = nanos % kNanosPerDay;
  if (rest < 0) {
    rest += kNanosPerDay;
    --days;
  }
  constexpr Int128 kFar = Int128{1} << 60;
  if (days > kFar || days < -kFar || !IsDayInRange(static_cast<std::int64_t>(days))) {
    return OutOfRange();
  }
  value.days = static_cast<std::int64_t>(days);
  value.nanos = static_cast<std::int64_t>(rest);
  return {};
}

Int128 Instant(const Temporal& value) {
  return LocalNanos(value) - static_cast<Int128>(value.offset) * kNanosPerSecond;
}

// The local clock of value's zone at a moment.
Result<Temporal> AtInstant(const Temporal& value, Int128 instant) {
  Temporal out = value;
  if (!out.zone.empty()) {
    Int128 seconds = instant / kNanosPerSecond;
    if (instant % kNanosPerSecond < 0) --seconds;
    constexpr Int128 kFar = Int128{1} << 60;
    if (seconds > kFar || seconds < -kFar) return OutOfRange();
    out.offset = ZoneOffset(out.zone, static_cast<std::int64_t>(seconds), value.offset);
  }
  TUPU_TRY(SetLocal(out, instant + static_cast<Int128>(out.offset) * kNanosPerSecond));
  return out;
}

// Month by month, the day cut to the length of the month arrived at.
Result<std::int64_t> AddMonthsTo(std::int64_t days, std::int64_t months) {
  CivilDate date = CivilFromDays(days);
  std::int64_t month = 0;
  if (__builtin_add_overflow(date.year * 12 + date.month - 1, months, &month)) return OutOfRange();
  date.year = FloorDiv(month, 12);
  date.month = static_cast<std::int32_t>(month - date.year * 12) + 1;
  if (std::abs(date.year) > kMaxYear) return OutOfRange();
  date.day = std::min(date.day, LengthOfMonth(date.year, date.month));
  return DaysFromCivil(date);
}

// Of what a double holds of whole units; nullopt beyond 64 bits.
std::optional<std::int64_t> Whole(double value) {
  if (!(value > -9223372036854775808.0 && value < 9223372036854775808.0)) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return out;
}

}  // namespace

Result<Temporal> InZone(const Temporal& value, ZoneId zone, std::int32_t offset) {
  Temporal out = value;
  out.zone = zone;
  out.offset = offset;
  if (HasDate(value.kind)) return AtInstant(out, Instant(value));
  const Int128 moved = static_cast<Int128>(offset - value.offset) * kNanosPerSecond;
  TUPU_TRY(SetLocal(out, LocalNanos(value) + moved));
  out.days = 0;
  return out;
}

Result<Temporal> FromEpoch(Int128 seconds, Int128 nanos) {
  Temporal out;
  out.kind = TemporalKind::kDateTime;
  TUPU_TRY(SetLocal(out, seconds * kNanosPerSecond + nanos));
  return out;
}

// In doubles throughout: the results are those of other engines, digit for digit.
Result<Duration> ApproximateDuration(double months, double days, double seconds, double nanos) {
  constexpr double kNanosInDay = static_cast<double>(kNanosPerDay);
  constexpr double kNanosInSecond = static_cast<double>(kNanosPerSecond);
  const Error too_large(ErrorCode::kLimit, "the duration is longer than 64 bits of seconds hold");
  for (const double part : {months, days, seconds, nanos}) {
    if (!std::isfinite(part)) {
      return Error(ErrorCode::kInvalidInput, "a duration has no infinite parts");
    }
  }
  const auto whole_months = Whole(months);
  if (!whole_months) return too_large;
  days += (kNanosPerAverageMonth * months -
           kNanosPerAverageMonth * static_cast<double>(*whole_months)) /
          kNanosInDay;
  const auto whole_days = Whole(days);
  if (!whole_days) return too_large;
  nanos += kNanosInDay * days - kNanosInDay * static_cast<double>(*whole_days);
  const auto whole_seconds = Whole(seconds);
  if (!whole_seconds) return too_large;
  nanos += kNanosInSecond * seconds - kNanosInSecond * static_cast<double>(*whole_seconds);
  const auto whole_nanos = Whole(nanos);
  if (!whole_nanos) return too_large;
  return MakeDuration(*whole_months, *whole_days, *whole_seconds, *whole_nanos);
}

Result<Duration> AddDurations(const Duration& a, const Duration& b, int sign) {
  return MakeDuration(static_cast<Int128>(a.months) + sign * static_cast<Int128>(b.months),
                      static_cast<Int128>(a.days) + sign * static_cast<Int128>(b.days),
                      static_cast<Int128>(a.seconds) + sign * static_cast<Int128>(b.seconds),
                      static_cast<Int128>(a.nanos) + sign * static_cast<Int128>(b.nanos));
}

Result<Duration> MultiplyDuration(const Duration& duration, const Value& factor) {
  if (factor.kind() == ValueKind::kInt) {
    const Int128 times = factor.as_int();
    return MakeDuration(duration.months * times, duration.days * times, duration.seconds * times,
                        duration.nanos * times);
  }
  const double times = factor.as_double();
  return ApproximateDuration(
      static_cast<double>(duration.months) * times, static_cast<double>(duration.days) * times,
      static_cast<double>(duration.seconds) * times, static_cast<double>(duration.nanos) * times);
}

Result<Duration> DivideDuration(const Duration& duration, const Value& divisor) {
  const double by = divisor.as_number();
  if (by == 0) return Error(ErrorCode::kInvalidInput, "a duration cannot be divided by zero");
  return ApproximateDuration(
      static_cast<double>(duration.months) / by, static_cast<double>(duration.days) / by,
      static_cast<double>(duration.seconds) / by, static_cast<double>(duration.nanos) / by);
}

Result<Temporal> AddDuration(const Temporal& value, const Duration& duration, int sign) {
  Temporal out = value;
  const Int128 nanos =
      sign * (static_cast<Int128>(duration.seconds) * kNanosPerSecond + duration.nanos);
  if (!HasDate(value.kind)) {
    TUPU_TRY(SetLocal(out, out.nanos + nanos % kNanosPerDay));
    out.days = 0;
    return out;
  }
  // A duration's parts are far from the ends of 64 bits, so their signs can be turned.
  TUPU_ASSIGN(out.days, AddMonthsTo(out.days, sign * duration.months));
  Int128 days = static_cast<Int128>(out.days) + sign * static_cast<Int128>(duration.days);
  if (value.kind == TemporalKind::kDate) days += nanos / kNanosPerDay;
  TUPU_TRY(SetLocal(out, days * kNanosPerDay + value.nanos));
  if (value.kind == TemporalKind::kDate) return out;
  if (value.zone.empty()) {
    TUPU_TRY(SetLocal(out, LocalNanos(out) + nanos));
    return out;
  }
  SettleOffset(out);
  return AtInstant(out, Instant(out) + nanos);
}

namespace {

// Gives each of the two what only the other has: a date, a zone.
void Align(Temporal& a, Temporal& b) {
  const bool a_date = HasDate(a.kind), b_date = HasDate(b.kind);
  if (a_date && !b_date) b.days = a.days;
  if (b_date && !a_date) a.days = b.days;
  const bool a_zone = HasZone(a.kind), b_zone = HasZone(b.kind);
  const auto take = [](Temporal& to, const Temporal& from) {
    to.zone = from.zone;
    to.offset = from.offset;
    SettleOffset(to);
  };
  if (a_zone && !b_zone) take(b, a);
  if (b_zone && !a_zone) take(a, b);
}

}  // namespace

Result<Duration> DurationBetween(const Temporal& from, const Temporal& to, DurationUnit unit) {
  Temporal a = from, b = to;
  Align(a, b);
  if (unit == DurationUnit::kSeconds) return MakeDuration(0, 0, 0, Instant(b) - Instant(a));
  if (!HasDate(from.kind) || !HasDate(to.kind)) {
    if (unit == DurationUnit::kBetween) return MakeDuration(0, 0, 0, Instant(b) - Instant(a));
    return Duration();
  }
  // Months and days are counted on the calendar of the first.
  TUPU_ASSIGN(const Temporal end, AtInstant(a, Instant(b)));
  const Int128 target = LocalNanos(end);
  std::int64_t months = 0;
  Temporal reached = a;
  if (unit != DurationUnit::kDays) {
    // A month is whole once the day of the month and the time of day are reached again: from
    // January 31 to February 29 there is none.
    const bool forwards = end.days > a.days, backwards = end.days < a.days;
    const std::int64_t last_day = end.days - (forwards && end.nanos < a.nanos ? 1 : 0) +
                                  (backwards && end.nanos > a.nanos ? 1 : 0);
    const CivilDate first = CivilFromDays(a.days), last = CivilFromDays(last_day);
    constexpr std::int64_t kMoreThanDays = 32;
    months = (((last.year - first.year) * 12 + last.month - first.month) * kMoreThanDays +
              last.day - first.day) /
             kMoreThanDays;
    if (unit == DurationUnit::kMonths) return MakeDuration(months, 0, 0, 0);
    TUPU_ASSIGN(reached.days, AddMonthsTo(a.days, months));
  }
  const Int128 days = (target - LocalNanos(reached)) / kNanosPerDay;
  if (unit == DurationUnit::kDays) return MakeDuration(0, days, 0, 0);
  // What is left is a matter of moments: a day of 25 hours may lie between.
  reached.days += static_cast<std::int64_t>(days);
  SettleOffset(reached);
  return MakeDuration(months, days, 0, Instant(b) - Instant(reached));
}

Result<Temporal> Truncate(const Temporal& value, std::string_view unit) {
  struct TimeUnit {
    std::string_view name;
    std::int64_t nanos;
  };
  static constexpr TimeUnit kTimeUnits[] = {{"hour", 3600 * kNanosPerSecond},
                                            {"minute", 60 * kNanosPerSecond},
                                            {"second", kNanosPerSecond},
                                            {"millisecond", 1'000'000},
                                            {"microsecond", 1'000}};
  static constexpr std::string_view kDateUnits[] = {
      "millennium", "century", "decade", "year", "weekyear", "quarter", "month", "week", "day"};
  const std::string name = Lower(unit);
  Temporal out = value;
  for (const TimeUnit& one : kTimeUnits) {
    if (name != one.name) continue;
    if (!HasTime(value.kind)) {
      return Error(ErrorCode::kInvalidInput, "a date has no unit as small as " + name);
    }
    out.nanos -= out.nanos % one.nanos;
    return out;
  }
  if (std::find(std::begin(kDateUnits), std::end(kDateUnits), name) == std::end(kDateUnits)) {
    return Error(ErrorCode::kInvalidInput,
                 "there is no unit " + std::string(unit) +
                     "; expected millennium, century, decade, year, weekYear, quarter, month, "
                     "week, day, hour, minute, second, millisecond or microsecond");
  }
  out.nanos = 0;
  if (!HasDate(value.kind)) {
    if (name == "day") return out;
    return Error(ErrorCode::kInvalidInput, "a time of day has no unit as large as " + name);
  }
  const CivilDate date = CivilFromDays(value.days);
  const std::int64_t years = name == "millennium" ? 1000
                             : name == "century"  ? 100
                             : name == "decade"   ? 10
                             : name == "year"     ? 1
                                                  : 0;
  if (years > 0) {
    out.days = DaysFromCivil({FloorDiv(date.year, years) * years, 1, 1});
  } else if (name == "weekyear") {
    out.days = DaysFromWeek({WeekOf(value.days).year, 1});
  } else if (name == "quarter") {
    out.days = DaysFromCivil({date.year, (date.month - 1) / 3 * 3 + 1, 1});
  } else if (name == "month") {
    out.days = DaysFromCivil({date.year, date.month, 1});
  } else if (name == "week") {
    out.days -= DayOfWeek(value.days) - 1;
  }
  if (!IsDayInRange(out.days)) return OutOfRange();
  return out;
}

namespace {

std::optional<Value> DateComponent(const Temporal& value, std::string_view name) {
  const CivilDate date = CivilFromDays(value.days);
  const WeekDate week = WeekOf(value.days);
  const std::int32_t quarter = (date.month + 2) / 3;
  const auto number = [](std::int64_t n) { return Value(n); };
  if (name == "year") return number(date.year);
  if (name == "quarter") return number(quarter);
  if (name == "month") return number(date.month);
  if (name == "week") return number(week.week);
  if (name == "weekyear") return number(week.year);
  if (name == "day") return number(date.day);
  if (name == "ordinalday") return number(value.days - DaysFromCivil({date.year, 1, 1}) + 1);
  if (name == "weekday" || name == "dayofweek") return number(DayOfWeek(value.days));
  if (name == "dayofquarter") {
    return number(value.days - DaysFromCivil({date.year, quarter * 3 - 2, 1}) + 1);
  }
  return std::nullopt;
}

std::optional<Value> TimeComponent(const Temporal& value, std::string_view name) {
  const std::int64_t second = value.nanos / kNanosPerSecond;
  const std::int64_t part = value.nanos % kNanosPerSecond;
  if (name == "hour") return Value(second / 3600);
  if (name == "minute") return Value(second / 60 % 60);
  if (name == "second") return Value(second % 60);
  if (name == "millisecond") return Value(part / 1'000'000);
  if (name == "microsecond") return Value(part / 1'000);
  if (name == "nanosecond") return Value(part);
  return std::nullopt;
}

std::optional<Value> ZoneComponent(const Temporal& value, std::string_view name) {
  const std::string offset = OffsetToString(value.offset);
  if (name == "timezone") {
    return Value(value.zone.empty() ? offset : std::string(ZoneName(value.zone)));
  }
  if (name == "offset") return Value(offset);
  if (name == "offsetminutes") return Value(static_cast<std::int64_t>(value.offset / 60));
  if (name == "offsetseconds") return Value(static_cast<std::int64_t>(value.offset));
  return std::nullopt;
}

Result<Value> Narrowed(Int128 value, std::string_view name) {
  if (value > std::numeric_limits<std::int64_t>::max() ||
      value < std::numeric_limits<std::int64_t>::min()) {
    return Error(ErrorCode::kLimit, "." + std::string(name) + " does not fit into 64 bits");
  }
  return Value(static_cast<std::int64_t>(value));
}

Error NoComponent(std::string_view name, std::string_view kind, std::string_view those) {
  return Error(ErrorCode::kNotFound, "a " + std::string(kind) + " has no component " +
                                         std::string(name) + "; it has " + std::string(those));
}

constexpr std::string_view kDateNames =
    "year, quarter, month, week, weekYear, day, ordinalDay, weekDay, dayOfWeek, dayOfQuarter";
constexpr std::string_view kTimeNames =
    "hour, minute, second, millisecond, microsecond, nanosecond";
constexpr std::string_view kZoneNames = "timezone, offset, offsetMinutes, offsetSeconds";

}  // namespace

Result<Value> Component(const Temporal& value, std::string_view name) {
  const std::string lower = Lower(name);
  std::optional<Value> out;
  if (HasDate(value.kind)) out = DateComponent(value, lower);
  if (!out && HasTime(value.kind)) out = TimeComponent(value, lower);
  if (!out && HasZone(value.kind)) out = ZoneComponent(value, lower);
  if (out) return *out;
  const bool moment = value.kind == TemporalKind::kDateTime;
  if (moment && lower == "epochseconds") return Value(EpochSeconds(value));
  if (moment && lower == "epochmillis") {
    return Narrowed(
        static_cast<Int128>(EpochSeconds(value)) * 1000 + value.nanos % kNanosPerSecond / 1'000'000,
        name);
  }
  std::string those;
  const auto add = [&](std::string_view names) {
    those += (those.empty() ? "" : ", ") + std::string(names);
  };
  if (HasDate(value.kind)) add(kDateNames);
  if (HasTime(value.kind)) add(kTimeNames);
  if (HasZone(value.kind)) add(kZoneNames);
  if (moment) add("epochSeconds, epochMillis");
  return NoComponent(name, KindName(value.kind), those);
}

Result<Value> Component(const Duration& value, std::string_view name) {
  struct Part {
    std::string_view name;
    Int128 value;
  };
  const Int128 seconds = value.seconds, nanos = value.nanos;
  const Part parts[] = {{"years", value.months / 12},
                        {"quarters", value.months / 3},
                        {"months", value.months},
                        {"weeks", value.days / 7},
                        {"days", value.days},
                        {"hours", seconds / 3600},
                        {"minutes", seconds / 60},
                        {"seconds", seconds},
                        {"milliseconds", seconds * 1000 + nanos / 1'000'000},
                        {"microseconds", seconds * 1'000'000 + nanos / 1'000},
                        {"nanoseconds", seconds * kNanosPerSecond + nanos},
                        {"quartersofyear", value.months / 3 % 4},
                        {"monthsofyear", value.months % 12},
                        {"monthsofquarter", value.months % 3},
                        {"daysofweek", value.days % 7},
                        {"minutesofhour", seconds / 60 % 60},
                        {"secondsofminute", seconds % 60},
                        {"millisecondsofsecond", nanos / 1'000'000},
                        {"microsecondsofsecond", nanos / 1'000},
                        {"nanosecondsofsecond", nanos}};
  const std::string lower = Lower(name);
  for (const Part& part : parts) {
    if (part.name == lower) return Narrowed(part.value, name);
  }
  return NoComponent(
      name, "duration",
      "years, quarters, months, weeks, days, hours, minutes, seconds, milliseconds, microseconds, "
      "nanoseconds, quartersOfYear, monthsOfYear, monthsOfQuarter, daysOfWeek, minutesOfHour, "
      "secondsOfMinute, millisecondsOfSecond, microsecondsOfSecond, nanosecondsOfSecond");
}

}  // namespace tupu::graph
