// The parts of the shell that need neither terminal nor store.
#include <doctest/doctest.h>

#include "app/completion.h"
#include "app/repl.h"
#include "app/why.h"

namespace tupu::app {
namespace {

TEST_CASE("words of a shell command") {
  const std::pair<const char*, std::vector<std::string>> cases[] = {
      {"", {}},
      {"  ", {}},
      {"why 上海市", {"why", "上海市"}},
      {"why \"A B 公司\" INVESTS 'C D'", {"why", "A B 公司", "INVESTS", "C D"}},
      {"why ''", {"why", ""}},
      {"param a=\"b\"", {"param", "a=\"b\""}},
      {"why 上海市;", {"why", "上海市"}},
      {"why \"open end", {"why", "open end"}},
  };
  for (const auto& [text, want] : cases) {
    CAPTURE(std::string(text));
    CHECK(SplitWords(text) == want);
  }
}

TEST_CASE("the longest common beginning holds whole characters") {
  CHECK(CommonPrefix({}).empty());
  CHECK(CommonPrefix({"工信部"}) == "工信部");
  CHECK(CommonPrefix({"上海市", "上海港"}) == "上海");
  // 市 and 布 share their first byte.
  CHECK(CommonPrefix({"市", "布"}).empty());
  CHECK(CommonPrefix({"上", "上海"}) == "上");
  CHECK(CommonPrefix({"上海", "上"}) == "上");
  CHECK(CommonPrefix({"a", "b"}).empty());
}

TEST_CASE("marks in a sentence") {
  const std::string_view text = "国家统计局发布公报";  // three bytes a character
  CHECK(MarkSpans(text, {}, false) == text);
  CHECK(MarkSpans(text, {{0, 15}}, false) == "【国家统计局】发布公报");
  CHECK(MarkSpans(text, {{21, 27}, {0, 15}}, false) == "【国家统计局】发布【公报】");
  CHECK(MarkSpans(text, {{0, 6}, {6, 15}, {3, 9}}, false) == "【国家统计局】发布公报");
  CHECK(MarkSpans(text, {{0, 15}}, true) == "\x1b[1;33m国家统计局\x1b[0m发布公报");
  CHECK(MarkSpans("a\x1b[31mb", {{0, 1}}, false) == "【a】\\u{1B}[31mb");
}

}  // namespace
}  // namespace tupu::app
