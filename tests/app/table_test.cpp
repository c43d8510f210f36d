#include "app/table.h"

#include <doctest/doctest.h>

#include "app/console.h"

namespace tupu::app {
namespace {

struct TableSample {
  const char* name;
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
  std::vector<bool> right;
  const char* want;
};

std::string Render(const TableSample& sample, TableOptions options = {}) {
  std::string out;
  TableWriter table(options, [&](std::string_view text) {
    out += text;
    return true;
  });
  table.Columns(sample.columns);
  for (const auto& row : sample.rows) CHECK(table.Row(row, sample.right));
  CHECK(table.Finish());
  return out;
}

TEST_CASE("columns line up under Chinese text") {
  const std::vector<TableSample> samples{
      {"no rows", {"发布", "n"}, {}, {false, false}, " 发布 | n\n------+---\n"},
      {"names shorter and longer than cells",
       {"机关", "n"},
       {{"国家统计局", "7"}, {"NBS", "1200"}},
       {false, true},
       " 机关       | n\n"
       "------------+------\n"
       " 国家统计局 |    7\n"
       " NBS        | 1200\n"},
      {"half and full width digits take one and two columns",
       {"a", "b"},
       {{"１２", "x"}, {"12", "x"}},
       {false, false},
       " a    | b\n------+---\n １２ | x\n 12   | x\n"},
      {"a combining mark takes none",
       {"a", "b"},
       {{"e\xCC\x81", "x"}, {"ee", "x"}},
       {false, false},
       " a  | b\n----+---\n e\xCC\x81  | x\n ee | x\n"},
      {"nothing in a cell breaks the line or moves the cursor",
       {"a"},
       {{"一行\n两行\t\x1b[2J"}},
       {false},
       " a\n-----------------------\n 一行\\n两行\\t\\u{1B}[2J\n"},
  };
  for (const TableSample& sample : samples) {
    CAPTURE(std::string(sample.name));
    CHECK(Render(sample) == sample.want);
  }
}

TEST_CASE("rows beyond those measured are printed as they come") {
  TableOptions options;
  options.rows_for_widths = 1;
  const TableSample sample{"", {"a"}, {{"一"}, {"一二三"}}, {false}, ""};
  CHECK(Render(sample, options) == " a\n----\n 一\n 一二三\n");
}

TEST_CASE("a reader that has gone stops the table") {
  int writes = 0;
  TableOptions options;
  options.rows_for_widths = 1;
  TableWriter table(options, [&](std::string_view) { return ++writes < 2; });
  table.Columns({"a"});
  CHECK_FALSE(table.Row({"1"}, {false}));
  CHECK(writes == 2);
}

TEST_CASE("clipping keeps within the width and whole characters") {
  CHECK(Clip("上海市", 6) == "上海市");
  CHECK(Clip("上海市", 5) == "上海…");
  CHECK(Clip("上海市", 4) == "上…");
  CHECK(Clip("abc", 2) == "a…");
  CHECK(Clip("", 0).empty());
}

TEST_CASE("broken text is shown byte by byte") {
  CHECK(Printable("\xFF"
                  "a") == "\\xFFa");
  CHECK(Printable("\xE2\x80\xAE"
                  "abc") == "\\u{202E}abc");
}

}  // namespace
}  // namespace tupu::app
