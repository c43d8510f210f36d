#include "graph/exchange/escape.h"

#include <doctest/doctest.h>

namespace tupu::graph {
namespace {

TEST_CASE("CSV fields are quoted where RFC 4180 says so, and only there") {
  const std::pair<std::vector<std::string>, const char*> cases[] = {
      {{""}, "\"\"\r\n"},
      {{"", ""}, ",\r\n"},
      {{"上海市", "3"}, "上海市,3\r\n"},
      {{"a,b", "c"}, "\"a,b\",c\r\n"},
      {{"他说\"好\""}, "\"他说\"\"好\"\"\"\r\n"},
      {{"两\n行", "回\r车"}, "\"两\n行\",\"回\r车\"\r\n"},
      {{" 前后空格 ", "全角，逗号"}, " 前后空格 ,全角，逗号\r\n"},
      {{"\"", ","}, "\"\"\"\",\",\"\r\n"},
  };
  for (const auto& [fields, want] : cases) {
    CAPTURE(std::string(want));
    CHECK(CsvRecord(fields) == want);
  }
}

TEST_CASE("XML text has nothing in it that XML cannot hold") {
  const std::pair<std::string, const char*> cases[] = {
      {"", ""},
      {"《办法》<b>&\"'", "《办法》&lt;b&gt;&amp;&quot;'"},
      {"]]>", "]]&gt;"},
      {"a\tb\nc\rd", "a&#9;b&#10;c&#13;d"},
      {std::string("\x01\x1b", 2), "\xEF\xBF\xBD\xEF\xBF\xBD"},
      {"\xEF\xBF\xBE\xEF\xBF\xBF", "\xEF\xBF\xBD\xEF\xBF\xBD"},
      {"𠮷", "𠮷"},
  };
  for (const auto& [text, want] : cases) {
    CAPTURE(std::string(want));
    std::string out;
    AppendXmlText(out, text);
    CHECK(out == want);
  }
}

}  // namespace
}  // namespace tupu::graph
