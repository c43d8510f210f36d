#include "graph/model/date.h"

#include <doctest/doctest.h>

namespace tupu::graph {
namespace {

TEST_CASE("dates that are none") {
  for (const char* text : {"", "20", "2026-", "2026-2", "2026-13", "2026-00", "2026-02-30",
                           "2025-02-29", "2026/02/25", "2026-02-2x", "0000", "2026-02-25 "}) {
    CAPTURE(text);
    CHECK_FALSE(ParseDate(text).has_value());
  }
}

TEST_CASE("dates keep their precision") {
  for (const char* text : {"2026", "2026-02", "2026-02-25", "2024-02-29"}) {
    const auto date = ParseDate(text);
    REQUIRE(date.has_value());
    CHECK(date->ToString() == text);
  }
  CHECK(*ParseDate("2026") < *ParseDate("2026-01"));
  CHECK(*ParseDate("2026-01-31") < *ParseDate("2026-02"));
}

TEST_CASE("days count from 1970") {
  const std::pair<const char*, std::int64_t> cases[] = {
      {"1970-01-01", 0}, {"1969-12-31", -1}, {"2000-03-01", 11017}, {"2026-02-25", 20509}};
  for (const auto& [text, days] : cases) {
    CHECK(ToDays(*ParseDate(text)) == days);
    CHECK(FromDays(days).ToString() == text);
  }
}

}  // namespace
}  // namespace tupu::graph
