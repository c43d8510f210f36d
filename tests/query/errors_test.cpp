// Every kind of mistake, with its message, place and caret: errors.golden beside this file. Set
// TUPU_UPDATE_GOLDEN to have it written anew, and then read what has changed.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

#include "tests/query/graph.h"

namespace tupu::query {
namespace {

const std::string kGolden = std::string(TUPU_SOURCE_DIR) + "/tests/query/errors.golden";

// A query is one or more lines that begin with "> "; everything else is what it gave.
std::vector<std::string> QueriesOf(const std::string& golden) {
  std::vector<std::string> queries;
  std::istringstream in(golden);
  bool within = false;
  for (std::string line; std::getline(in, line);) {
    const bool query = line.starts_with("> ");
    if (query && within) {
      queries.back() += '\n' + line.substr(2);
    } else if (query) {
      queries.push_back(line.substr(2));
    }
    within = query;
  }
  return queries;
}

std::string Block(const std::string& query) {
  std::string out = "> ";
  for (const char c : query) {
    out += c;
    if (c == '\n') out += "> ";
  }
  const Answer answer = Ask(query);
  out += '\n' + (answer.error.empty() ? "no error" : answer.error) + '\n';
  return out + "[" + answer.detail + "]\n";
}

TEST_CASE("errors read as the golden file has them") {
  std::ifstream file(kGolden);
  const std::string golden{std::istreambuf_iterator<char>(file), {}};
  const std::vector<std::string> queries = QueriesOf(golden);
  REQUIRE(queries.size() > 90);
  std::string now;
  for (const std::string& query : queries) {
    const std::string block = Block(query);
    if (!now.empty()) now += '\n';
    now += block;
    CAPTURE(query);
    CHECK(block.find("no error") == std::string::npos);
    CHECK_MESSAGE(golden.find(block) != std::string::npos, block);
  }
  if (std::getenv("TUPU_UPDATE_GOLDEN")) {
    std::ofstream(kGolden) << now;
  } else {
    CHECK(now == golden);
  }
}

TEST_CASE("carets stand under the character") {
  struct Case {
    const char* text;
    std::size_t pos;
    const char* want;
  };
  static constexpr Case kCases[] = {
      {"abc", 1, "line 1, column 2: no\n  abc\n   ^"},
      {"abc", 3, "line 1, column 4: no\n  abc\n     ^"},
      {"上海b", 6, "line 1, column 3: no\n  上海b\n      ^"},
      {"一\n二三", 7, "line 2, column 2: no\n  二三\n    ^"},
      {"一\r\n二", 5, "line 2, column 1: no\n  二\n  ^"},
      {"\t上b", 4, "line 1, column 3: no\n  \t上b\n  \t  ^"},
      {"e\xcc\x81x", 3, "line 1, column 3: no\n  e\xcc\x81x\n   ^"},
      {"a\x1b[0mb", 5, "line 1, column 6: no\n  a\xef\xbf\xbd[0mb\n       ^"},
      {"\xff\xfe"
       "b",
       2,
       "line 1, column 3: no\n  \xef\xbf\xbd\xef\xbf\xbd"
       "b\n    ^"},
      {"", 0, "line 1, column 1: no\n  \n  ^"},
      {"abc", kNoPos, "no"},
      {"abc", 9, "no"},
  };
  for (const Case& c : kCases) {
    CAPTURE(c.text);
    CHECK(FormatQueryError(c.text, Error(ErrorCode::kSyntax, "no", {}, c.pos)) == c.want);
  }
}

TEST_CASE("of a long line only the part around the mistake is shown") {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "市";
  const std::string shown = FormatQueryError(text, Error(ErrorCode::kSyntax, "no", {}, 80 * 3));
  std::string want = "line 1, column 81: no\n  …";
  for (int i = 0; i < 90; ++i) want += "市";
  want += "\n   " + std::string(140, ' ') + "^";
  CHECK(shown == want);
}

}  // namespace
}  // namespace tupu::query
