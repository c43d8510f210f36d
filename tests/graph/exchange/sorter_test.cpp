#include "graph/exchange/sorter.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace tupu::graph {
namespace {

std::vector<std::string> Sorted(Sorter& sorter) {
  std::vector<std::string> out;
  const Status drained = sorter.Drain([&](std::string_view line) {
    out.emplace_back(line);
    return true;
  });
  REQUIRE(drained.ok());
  return out;
}

TEST_CASE("lines come by key, equal keys by line, in memory and through files alike") {
  // 600 lines with many equal keys, in an order that a small generator shuffles.
  std::vector<std::pair<std::string, std::string>> lines;
  std::uint32_t state = 7;
  for (int i = 0; i < 600; ++i) {
    state = state * 1664525u + 1013904223u;
    lines.emplace_back("键" + std::to_string(state >> 24), "行\n" + std::to_string(i));
  }
  auto want = lines;
  std::sort(want.begin(), want.end());
  for (const std::size_t memory : {std::size_t{1} << 30, std::size_t{10000}, std::size_t{1}}) {
    CAPTURE(memory);
    Sorter sorter(memory);
    for (const auto& [key, line] : lines) REQUIRE(sorter.Add(key, line).ok());
    const auto got = Sorted(sorter);
    REQUIRE(got.size() == want.size());
    for (std::size_t i = 0; i < got.size(); ++i) CHECK(got[i] == want[i].second);
    CHECK(Sorted(sorter).empty());
  }
}

TEST_CASE("a reader that has enough stops it") {
  for (const std::size_t memory : {std::size_t{1} << 30, std::size_t{1}}) {
    Sorter sorter(memory);
    for (const char* key : {"c", "a", "b"}) REQUIRE(sorter.Add(key, key).ok());
    std::string got;
    CHECK(sorter
              .Drain([&](std::string_view line) {
                got += line;
                return got.size() < 2;
              })
              .ok());
    CHECK(got == "ab");
  }
}

}  // namespace
}  // namespace tupu::graph
