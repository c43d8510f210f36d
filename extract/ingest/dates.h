// The dates that tell when a page was published: written out in full, in its URL, or a month and
// day whose year other dates of the text make plain. (Dates as facts are norm/time.h's business.)
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "graph/base/span.h"
#include "graph/model/date.h"

namespace tupu::extract {

struct FullDate {
  Span span;
  graph::Date date;      // year, month and day, all real
  bool planned = false;  // 到2027年6月1日, 预计…: says nothing of when the text was written
};

// Dates with year, month and day in Arabic digits: 2026年2月25日, 2026-02-25, 2026/2/25, 2026.2.25,
// 2011年09月27. In order of place.
std::vector<FullDate> FindFullDates(std::string_view text, Span within);

// A month and day without a year (9月23日) that begins exactly at `pos`; `end` receives its end.
std::optional<graph::Date> MonthDayAt(std::string_view text, Span within, std::uint32_t pos,
                                      std::uint32_t& end);

// The date in an address as content systems write it: /2024/04/29/, /2018-11/28/, t20230828_9.html.
graph::Date DateOfUrl(std::string_view url);

// What a publisher's form field means: 2026-02-25, 2026/2/25, 2026年2月25日, 2026-02, 2026年, with
// or without a time after it. Nothing if it is no date.
std::optional<graph::Date> ParseLooseDate(std::string_view text);

// The year in which month and day lie nearest to `evidence`, which must be a full date.
graph::Date NearestTo(graph::Date evidence, graph::Date month_day);

}  // namespace tupu::extract
