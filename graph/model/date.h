// Dates with the precision that the text gave.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tupu::graph {

// A year, a month or a day. Zero means "not said". Ordered by start, the vaguer first.
struct Date {
  std::int16_t year = 0;
  std::int8_t month = 0;
  std::int8_t day = 0;

  bool empty() const { return year == 0; }
  std::string ToString() const;  // "2026", "2026-02", "2026-02-25", "" when empty
  auto operator<=>(const Date&) const = default;
};

// Reads exactly the three forms of ToString, of a date that exists; the empty text is no date.
std::optional<Date> ParseDate(std::string_view text);

// Days since 1970-01-01 and back (proleptic Gregorian). Needs a full date.
std::int64_t ToDays(Date date);
Date FromDays(std::int64_t days);
int DaysInMonth(int year, int month);

}  // namespace tupu::graph
