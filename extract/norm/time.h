// Dates in text against the date of the article: 2月25日, 昨日, 日前, 今年, 上月, “十四五”期间.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "extract/norm/chars.h"
#include "graph/base/span.h"
#include "graph/model/date.h"

namespace tupu::extract {

struct ResolvedDate {
  graph::Date from;            // first day of a span; empty where the year cannot be known
  graph::Date to;              // last day of a span; equal to `from` if none
  bool year_inferred = false;  // taken from the article's date
  bool vague = false;          // 日前, 近日: no date that one could write down
};

struct DateMatch {
  Span span;
  ResolvedDate date;
};

// `reference` is the article's date; empty: dates without a year stay empty. Never reads the clock.
// A bare day (5日) is the last such day not after `reference`; a bare month and day lie within half
// a year of it.
std::vector<DateMatch> FindDates(std::string_view text, graph::Date reference);
std::vector<DateMatch> FindDates(const Chars& chars, graph::Date reference);

}  // namespace tupu::extract
