#include "graph/model/temporal.h"

#include <doctest/doctest.h>

#include <limits>
#include <optional>
#include <vector>

#include "graph/model/temporal_calc.h"
#include "graph/model/temporal_fields.h"

namespace tupu::graph {
namespace {

constexpr TemporalKind kAllKinds[] = {TemporalKind::kDateTime, TemporalKind::kLocalDateTime,
                                      TemporalKind::kDate, TemporalKind::kTime,
                                      TemporalKind::kLocalTime};

Temporal Point(TemporalKind kind, std::string_view text) {
  const auto out = ParseTemporal(kind, text);
  REQUIRE_MESSAGE(out.ok(), text);
  return *out;
}
Temporal Date(std::string_view text) { return Point(TemporalKind::kDate, text); }
Temporal Moment(std::string_view text) { return Point(TemporalKind::kDateTime, text); }
Duration Length(std::string_view text) {
  const auto out = ParseDuration(text);
  REQUIRE_MESSAGE(out.ok(), text);
  return *out;
}
std::string Shown(const Result<Temporal>& value) {
  return value.ok() ? ToString(*value) : "error: " + value.error().message;
}
std::string Shown(const Result<Duration>& value) {
  return value.ok() ? ToString(*value) : "error: " + value.error().message;
}
std::string Shown(const Result<Value>& value) {
  if (!value.ok()) return "error: " + value.error().message;
  const std::string json = ToJson(*value);
  return json.starts_with('"') ? json.substr(1, json.size() - 2) : json;
}

TEST_CASE("texts that are no point in time") {
  struct {
    TemporalKind kind;
    std::string text;
  } const cases[] = {
      {TemporalKind::kDate, ""},
      {TemporalKind::kDate, "15"},
      {TemporalKind::kDate, "2015-"},
      {TemporalKind::kDate, "2015-13"},
      {TemporalKind::kDate, "2015-00-01"},
      {TemporalKind::kDate, "2015-02-29"},
      {TemporalKind::kDate, "1900-02-29"},
      {TemporalKind::kDate, "2015-07-21 "},
      {TemporalKind::kDate, "2015-0721"},
      {TemporalKind::kDate, "2015-07-21T00:00"},
      {TemporalKind::kDate, "2015-366"},
      {TemporalKind::kDate, "2015-W00"},
      {TemporalKind::kDate, "2014-W53"},
      {TemporalKind::kDate, "2015-W30-8"},
      {TemporalKind::kDate, "2015-Q5"},
      {TemporalKind::kDate, "2015-Q1-91"},
      {TemporalKind::kDate, "+1000000000-01-01"},
      {TemporalKind::kDate, "二〇一五年"},
      {TemporalKind::kLocalTime, "24:00"},
      {TemporalKind::kLocalTime, "1:00"},
      {TemporalKind::kLocalTime, "12:60"},
      {TemporalKind::kLocalTime, "12:00:60"},
      {TemporalKind::kLocalTime, "12:00:00."},
      {TemporalKind::kLocalTime, "12:00Z"},
      {TemporalKind::kTime, "12:00+18:01"},
      {TemporalKind::kTime, "12:00+1"},
      {TemporalKind::kTime, "12:00[Asia/Shanghai]"},
      {TemporalKind::kLocalDateTime, "2015-07-21T12:00+08:00"},
      {TemporalKind::kDateTime, "2015-07-21T12:00[Asia/Nowhere]"},
      {TemporalKind::kDateTime, "2015-07-21T12:00+09:00[Asia/Shanghai]"},
      {TemporalKind::kDateTime, "2015-07-21T12:00+08:00[Asia/Shanghai"},
  };
  for (const auto& [kind, text] : cases) {
    CAPTURE(text);
    const auto out = ParseTemporal(kind, text);
    REQUIRE_FALSE(out.ok());
    CHECK(out.error().code == ErrorCode::kInvalidInput);
  }
}

TEST_CASE("what is printed reads back the same") {
  struct {
    TemporalKind kind;
    std::string text;
    const char* printed;
  } const cases[] = {
      {TemporalKind::kDate, "20160229", "2016-02-29"},
      {TemporalKind::kDate, "-0044-03-15", "-0044-03-15"},
      {TemporalKind::kDate, "0000-01-01", "0000-01-01"},
      {TemporalKind::kDate, "-999999999-01-01", "-999999999-01-01"},
      {TemporalKind::kDate, "+999999999-12-31", "+999999999-12-31"},
      {TemporalKind::kDate, "+12026-03", "+12026-03-01"},
      {TemporalKind::kDate, "2020-W53-7", "2021-01-03"},
      {TemporalKind::kDate, "2016-Q1-91", "2016-03-31"},
      {TemporalKind::kDate, "2016366", "2016-12-31"},
      {TemporalKind::kLocalTime, "235959.999999999", "23:59:59.999999999"},
      {TemporalKind::kLocalTime, "09:30:00,5", "09:30:00.5"},
      {TemporalKind::kLocalTime, "09:30:00.0000000019", "09:30:00.000000001"},
      {TemporalKind::kTime, "09:30-18:00", "09:30-18:00"},
      {TemporalKind::kLocalDateTime, "2026-03-09", "2026-03-09T00:00"},
      {TemporalKind::kDateTime, "2026-03-09T08:00", "2026-03-09T08:00Z"},
      {TemporalKind::kDateTime, "2026-03-09T08:00[Asia/Shanghai]",
       "2026-03-09T08:00+08:00[Asia/Shanghai]"},
      // Shanghai's summer time of 1986 to 1991, and its local mean time before 1901.
      {TemporalKind::kDateTime, "1988-07-01T08:00[Asia/Shanghai]",
       "1988-07-01T08:00+09:00[Asia/Shanghai]"},
      {TemporalKind::kDateTime, "1850-01-01T00:00[Asia/Shanghai]",
       "1850-01-01T00:00+08:05:43[Asia/Shanghai]"},
      // A time that is skipped comes out as much later; of one that occurs twice the earlier.
      {TemporalKind::kDateTime, "2017-03-26T02:30[Europe/Stockholm]",
       "2017-03-26T03:30+02:00[Europe/Stockholm]"},
      {TemporalKind::kDateTime, "2017-10-29T02:30[Europe/Stockholm]",
       "2017-10-29T02:30+02:00[Europe/Stockholm]"},
      {TemporalKind::kDateTime, "2017-10-29T02:30+01:00[Europe/Stockholm]",
       "2017-10-29T02:30+01:00[Europe/Stockholm]"},
      {TemporalKind::kDateTime, "+999999999-07-01T00:00[Europe/Stockholm]",
       "+999999999-07-01T00:00+02:00[Europe/Stockholm]"},
  };
  for (const auto& [kind, text, printed] : cases) {
    CAPTURE(text);
    const Temporal value = Point(kind, text);
    CHECK(ToString(value) == printed);
    CHECK(Point(kind, printed) == value);
    std::string bytes;
    EncodeValue(bytes, Value(value));
    std::string_view in = bytes;
    Value back;
    REQUIRE(DecodeValue(in, back));
    CHECK(in.empty());
    CHECK(back.as_temporal() == value);
    CHECK(back.Hash() == Value(value).Hash());
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      std::string_view cut = std::string_view(bytes).substr(0, size);
      CHECK_FALSE(DecodeValue(cut, back));
    }
  }
}

TEST_CASE("durations as text") {
  struct {
    std::string text;
    const char* printed;  // null: none
  } const cases[] = {
      {"", nullptr},
      {"P", nullptr},
      {"PT", nullptr},
      {"P1", nullptr},
      {"P1DT", nullptr},
      {"P1S", nullptr},
      {"PT1D", nullptr},
      {"P1D1Y", nullptr},
      {"P1.D", nullptr},
      {"1D", nullptr},
      {"P2012-13-01", nullptr},
      {"P1000000000000000000Y", nullptr},
      {"P999999999999999999Y", nullptr},
      {"PT0S", "PT0S"},
      {"P0D", "PT0S"},
      {"-P1Y2M3DT4H5M6.7S", "P-1Y-2M-3DT-4H-5M-6.7S"},
      {"P-1Y+2M", "P-10M"},
      {"PT-0.6S", "PT-0.6S"},
      {"PT-1.5S", "PT-1.5S"},
      {"PT90M", "PT1H30M"},
      {"P1.5Y", "P1Y6M"},
      {"P1.5M", "P1M15DT5H14M33S"},
      {"P1Q", "P3M"},
      {"P1W2D", "P9D"},
      {"p1dt2h", "P1DT2H"},
      {"P20120202T143721.545", "P2012Y2M2DT14H37M21.545S"},
      {"PT0.000000001S", "PT0.000000001S"},
  };
  for (const auto& [text, printed] : cases) {
    CAPTURE(text);
    const auto value = ParseDuration(text);
    REQUIRE(value.ok() == (printed != nullptr));
    if (!value.ok()) continue;
    CHECK(ToString(*value) == printed);
    CHECK(Length(printed) == *value);
    std::string bytes;
    EncodeValue(bytes, Value(*value));
    std::string_view in = bytes;
    Value back;
    REQUIRE(DecodeValue(in, back));
    CHECK(back.as_duration() == *value);
  }
}

TEST_CASE("adding durations") {
  struct {
    TemporalKind kind;
    std::string value;
    const char* duration;
    int sign;
    const char* expected;
  } const cases[] = {
      {TemporalKind::kDate, "2024-01-31", "P1M", 1, "2024-02-29"},
      {TemporalKind::kDate, "2023-01-31", "P1M", 1, "2023-02-28"},
      {TemporalKind::kDate, "2024-02-29", "P1Y", 1, "2025-02-28"},
      {TemporalKind::kDate, "2024-03-31", "P1M", -1, "2024-02-29"},
      {TemporalKind::kDate, "2024-03-31", "P1M1D", -1, "2024-02-28"},
      {TemporalKind::kDate, "2024-03-01", "PT23H", 1, "2024-03-01"},
      {TemporalKind::kDate, "2024-03-01", "PT48H", 1, "2024-03-03"},
      {TemporalKind::kLocalTime, "23:00", "PT2H", 1, "01:00"},
      {TemporalKind::kLocalTime, "01:00", "PT50H", -1, "23:00"},
      {TemporalKind::kLocalTime, "01:00", "P1Y5D", 1, "01:00"},
      {TemporalKind::kTime, "23:00+08:00", "PT2H", 1, "01:00+08:00"},
      {TemporalKind::kLocalDateTime, "2024-02-28T23:59:59.5", "PT0.6S", 1, "2024-02-29T00:00:00.1"},
      // A day keeps the clock, 24 hours keep the moment.
      {TemporalKind::kDateTime, "2017-10-28T12:00[Europe/Stockholm]", "P1D", 1,
       "2017-10-29T12:00+01:00[Europe/Stockholm]"},
      {TemporalKind::kDateTime, "2017-10-28T12:00[Europe/Stockholm]", "PT24H", 1,
       "2017-10-29T11:00+01:00[Europe/Stockholm]"},
      {TemporalKind::kDateTime, "2017-10-29T02:30[Europe/Stockholm]", "PT1H", 1,
       "2017-10-29T02:30+01:00[Europe/Stockholm]"},
      {TemporalKind::kDate, "+999999999-12-31", "P1D", 1,
       "error: years go from -999999999 to 999999999, this is beyond"},
      {TemporalKind::kDate, "-999999999-01-01", "P1M", -1,
       "error: years go from -999999999 to 999999999, this is beyond"},
      {TemporalKind::kDateTime, "2024-01-01T00:00Z", "P200000000000Y", 1,
       "error: years go from -999999999 to 999999999, this is beyond"},
      {TemporalKind::kDateTime, "2024-01-01T00:00Z", "PT2000000000000000H", -1,
       "error: years go from -999999999 to 999999999, this is beyond"},
  };
  for (const auto& [kind, value, duration, sign, expected] : cases) {
    CAPTURE(value);
    CAPTURE(duration);
    CHECK(Shown(AddDuration(Point(kind, value), Length(duration), sign)) == expected);
  }
}

TEST_CASE("durations times and by numbers") {
  const Duration one = Length("P1Y1M1DT1H1M1.1S");
  CHECK(Shown(MultiplyDuration(one, Value(3))) == "P3Y3M3DT3H3M3.3S");
  CHECK(Shown(MultiplyDuration(one, Value(-1))) == "P-1Y-1M-1DT-1H-1M-1.1S");
  CHECK(Shown(MultiplyDuration(Length("P1M"), Value(0.5))) == "P15DT5H14M33S");
  CHECK(Shown(DivideDuration(Length("P1D"), Value(3))) == "PT8H");
  CHECK(Shown(DivideDuration(Length("PT1S"), Value(3))) == "PT0.333333333S");
  CHECK_FALSE(DivideDuration(one, Value(0)).ok());
  CHECK_FALSE(MultiplyDuration(one, Value(1e300)).ok());
  CHECK_FALSE(MultiplyDuration(one, Value(std::numeric_limits<std::int64_t>::min())).ok());
  CHECK_FALSE(MultiplyDuration(one, Value(std::numeric_limits<double>::quiet_NaN())).ok());
}

TEST_CASE("what lies between") {
  struct {
    TemporalKind from_kind;
    const char* from;
    TemporalKind to_kind;
    const char* to;
    const char* between;
    const char* months;
    const char* days;
    const char* seconds;
  } const cases[] = {
      {TemporalKind::kDate, "2024-01-31", TemporalKind::kDate, "2024-02-29", "P29D", "PT0S", "P29D",
       "PT696H"},
      {TemporalKind::kDate, "2024-02-29", TemporalKind::kDate, "2024-01-31", "P-29D", "PT0S",
       "P-29D", "PT-696H"},
      {TemporalKind::kDate, "2025-03-15", TemporalKind::kDate, "2024-01-14", "P-1Y-2M-1D",
       "P-1Y-2M", "P-426D", "PT-10224H"},
      {TemporalKind::kLocalDateTime, "2024-01-01T12:00", TemporalKind::kDate, "2024-02-01",
       "P30DT12H", "PT0S", "P30D", "PT732H"},
      // A day of 25 hours: a day by the calendar, 25 hours by the clock.
      {TemporalKind::kDateTime, "2017-10-29T00:00[Europe/Stockholm]", TemporalKind::kDate,
       "2017-10-30", "P1D", "PT0S", "P1D", "PT25H"},
      {TemporalKind::kDateTime, "2024-01-01T00:00+08:00", TemporalKind::kDateTime,
       "2023-12-31T16:00Z", "PT0S", "PT0S", "PT0S", "PT0S"},
      {TemporalKind::kTime, "12:00+08:00", TemporalKind::kTime, "12:00Z", "PT8H", "PT0S", "PT0S",
       "PT8H"},
  };
  for (const auto& one : cases) {
    CAPTURE(one.from);
    CAPTURE(one.to);
    const Temporal from = Point(one.from_kind, one.from), to = Point(one.to_kind, one.to);
    CHECK(Shown(DurationBetween(from, to, DurationUnit::kBetween)) == one.between);
    CHECK(Shown(DurationBetween(from, to, DurationUnit::kMonths)) == one.months);
    CHECK(Shown(DurationBetween(from, to, DurationUnit::kDays)) == one.days);
    CHECK(Shown(DurationBetween(from, to, DurationUnit::kSeconds)) == one.seconds);
  }
}

// For every pair of dates, what lies between them leads from the one to the other.
TEST_CASE("between is what has to be added") {
  const char* const dates[] = {"1582-10-15", "1900-02-28", "1999-12-31", "2000-01-01",
                               "2000-02-29", "2023-01-31", "2024-02-29", "2024-03-31"};
  for (const char* from : dates) {
    for (const char* to : dates) {
      CAPTURE(from);
      CAPTURE(to);
      const auto between = DurationBetween(Date(from), Date(to), DurationUnit::kBetween);
      REQUIRE(between.ok());
      CHECK(Shown(AddDuration(Date(from), *between, 1)) == to);
    }
  }
}

TEST_CASE("days, calendars and weeks go round") {
  for (const std::int64_t days : {-719528L, -1L, 0L, 59L, 11016L, 19782L, 3652059L}) {
    for (std::int64_t day = days - 400; day < days + 400; ++day) {
      const CivilDate date = CivilFromDays(day);
      REQUIRE(DaysFromCivil(date) == day);
      REQUIRE(date.day <= LengthOfMonth(date.year, date.month));
      REQUIRE(DaysFromWeek(WeekOf(day)) + DayOfWeek(day) - 1 == day);
    }
  }
}

TEST_CASE("fields") {
  struct {
    TemporalKind kind;
    Map fields;
    const char* expected;
  } const cases[] = {
      {TemporalKind::kDate, {{"year", 2026}, {"MONTH", 3}, {"day", 9}}, "2026-03-09"},
      {TemporalKind::kDate, {{"year", 2026}, {"month", Value()}}, "null"},
      {TemporalKind::kDate, {{"month", 3}}, "error: a date needs the field year"},
      {TemporalKind::kDate,
       {{"year", 2026}, {"day", 3}},
       "error: the field day needs the field month beside it"},
      {TemporalKind::kDate,
       {{"year", 2026}, {"month", 2}, {"day", 29}},
       "error: day lies between 1 and 28 here, this is 29"},
      {TemporalKind::kDate,
       {{"year", 2026}, {"week", 54}},
       "error: week lies between 1 and 53 here, this is 54"},
      {TemporalKind::kDate,
       {{"year", 2026}, {"week", 5}, {"month", 2}},
       "error: the fields month and week are two ways to say the day"},
      {TemporalKind::kDate, {{"year", 2026}, {"hour", 5}}, "error: a date has no field hour"},
      {TemporalKind::kDate, {{"year", 2026.0}}, "error: the field year needs an integer"},
      {TemporalKind::kDate, {{"date", Value(Date("2024-02-29"))}, {"year", 2025}}, "2025-02-28"},
      {TemporalKind::kLocalTime, {{"minute", 5}}, "error: a time needs the field hour"},
      {TemporalKind::kLocalTime,
       {{"hour", 5}, {"second", 5}},
       "error: the field second needs the field minute beside it"},
      {TemporalKind::kLocalTime,
       {{"hour", 24}},
       "error: hour lies between 0 and 23 here, this is 24"},
      {TemporalKind::kTime, {{"hour", 8}, {"timezone", "Asia/Shanghai"}}, "08:00+08:00"},
      {TemporalKind::kTime,
       {{"hour", 8}, {"timezone", "本地"}},
       "error: there is no time zone 本地"},
      {TemporalKind::kDateTime, {{"epochMillis", -1}}, "1969-12-31T23:59:59.999Z"},
      {TemporalKind::kDateTime,
       {{"epochSeconds", 0}, {"timezone", "Asia/Shanghai"}},
       "1970-01-01T08:00+08:00[Asia/Shanghai]"},
      {TemporalKind::kDateTime,
       {{"epochSeconds", 0}, {"nanosecond", 5}},
       "1970-01-01T00:00:00.000000005Z"},
      {TemporalKind::kDateTime,
       {{"datetime", Value(Moment("2026-03-09T01:00Z"))}, {"timezone", "America/New_York"}},
       "2026-03-08T21:00-04:00[America/New_York]"},
      {TemporalKind::kDateTime,
       {{"datetime", Value(Moment("2026-03-09T01:00Z"))}, {"date", Value(Date("2026-01-01"))}},
       "error: datetime, date and time, epochSeconds and epochMillis exclude each other"},
  };
  for (const auto& [kind, fields, expected] : cases) {
    CAPTURE(ToJson(Value(fields)));
    CHECK(Shown(TemporalFromFields(kind, fields, 0)) == expected);
  }
  CHECK(Shown(DurationFromFields({{"days", 0.5}, {"hours", 1}})) == "PT13H");
  CHECK(Shown(DurationFromFields({{"quarters", 1}, {"weeks", -1}})) == "P3M-7D");
  CHECK(Shown(DurationFromFields({{"years", Value()}})) == "null");
  CHECK_FALSE(DurationFromFields({}).ok());
  CHECK_FALSE(DurationFromFields({{"day", 1}}).ok());
  CHECK_FALSE(DurationFromFields({{"days", "一"}}).ok());
  CHECK_FALSE(DurationFromFields({{"years", std::numeric_limits<std::int64_t>::max()}}).ok());
}

TEST_CASE("components never overflow") {
  const Temporal late = Moment("+999999999-12-31T00:00Z");
  CHECK(Component(late, "epochSeconds").ok());
  CHECK_FALSE(Component(late, "epochMillis").ok());
  const Duration long_one = Length("PT2000000000000000H");
  CHECK(Component(long_one, "milliseconds").error().code == ErrorCode::kLimit);
  CHECK(Component(long_one, "nanoseconds").error().code == ErrorCode::kLimit);
  CHECK(Shown(Component(Length("PT-90.5S"), "milliseconds")) == "-90500");
  CHECK(Shown(Component(Date("2021-01-03"), "WeekYear")) == "2020");
  CHECK(Component(Date("2021-01-03"), "hour").error().code == ErrorCode::kNotFound);
}

TEST_CASE("truncating") {
  struct {
    TemporalKind kind;
    const char* unit;
    std::string value;
    const char* expected;
  } const cases[] = {
      {TemporalKind::kDate, "weekYear", "2021-01-03T12:00Z", "2019-12-30"},
      {TemporalKind::kDate, "decade", "2029-07-01T12:00Z", "2020-01-01"},
      {TemporalKind::kDate, "century", "-0001-07-01T12:00Z", "-0100-01-01"},
      {TemporalKind::kDate, "millennium", "-999999999-07-01T12:00Z",
       "error: years go from -999999999 to 999999999, this is beyond"},
      {TemporalKind::kDateTime, "day", "2017-10-29T12:00[Europe/Stockholm]",
       "2017-10-29T00:00+02:00[Europe/Stockholm]"},
      {TemporalKind::kLocalTime, "minute", "2017-10-29T12:34:56Z", "12:34"},
      {TemporalKind::kDate, "fortnight", "2017-10-29T12:34:56Z",
       "error: there is no unit fortnight; expected millennium, century, decade, year, weekYear, "
       "quarter, month, week, day, hour, minute, second, millisecond or microsecond"},
  };
  for (const auto& [kind, unit, value, expected] : cases) {
    CAPTURE(value);
    CHECK(Shown(TruncateTo(kind, unit, Moment(value), nullptr, 0)) == expected);
  }
}

TEST_CASE("points of one moment in several zones have one order, and are not the same") {
  const std::vector<Value> ascending = {
      Value(Moment("2026-01-01T00:00+08:00")),
      Value(Moment("2026-01-01T00:00+08:00[Asia/Shanghai]")),
      Value(Moment("2026-01-01T00:00Z")),
      Value(Point(TemporalKind::kLocalDateTime, "2020-01-01")),
      Value(Date("2019-01-01")),
      Value(Point(TemporalKind::kTime, "11:00Z")),
      Value(Point(TemporalKind::kTime, "12:00+01:00")),
      Value(Point(TemporalKind::kTime, "12:00Z")),
      Value(Point(TemporalKind::kLocalTime, "01:00")),
      Value(Length("P30D")),
      Value(Length("P1M")),
      Value("text"),
  };
  for (std::size_t i = 0; i < ascending.size(); ++i) {
    for (std::size_t k = 0; k < ascending.size(); ++k) {
      CAPTURE(ToJson(ascending[i]));
      CAPTURE(ToJson(ascending[k]));
      CHECK((Value::Order(ascending[i], ascending[k]) <=> 0) == (i <=> k));
    }
  }
  CHECK(sizeof(Value) <= 40);
}

TEST_CASE("a zone that only another machine knew is kept") {
  const auto zone = InternZone("Mars/Olympus");
  REQUIRE(zone.has_value());
  CHECK_FALSE(FindZone("Mars/Olympus").has_value());
  CHECK_FALSE(InternZone("no zone").has_value());
  CHECK_FALSE(InternZone("").has_value());
  Temporal value = Moment("2026-01-01T00:00+03:00");
  value.zone = *zone;
  CHECK(ToString(value) == "2026-01-01T00:00+03:00[Mars/Olympus]");
  CHECK(Shown(AddDuration(value, Length("P1DT1H"), 1)) == "2026-01-02T01:00+03:00[Mars/Olympus]");
  for (const TemporalKind kind : kAllKinds) CHECK(ConvertTemporal(kind, value).ok());
}

}  // namespace
}  // namespace tupu::graph
