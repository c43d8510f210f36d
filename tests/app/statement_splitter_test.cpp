#include "app/statement_splitter.h"

#include <doctest/doctest.h>

#include <vector>

namespace tupu::app {
namespace {

struct Sample {
  const char* name;
  std::vector<std::string> lines;
  std::vector<std::string> statements;
  std::string rest;
};

TEST_CASE("statements end at semicolons that are not part of them") {
  const std::vector<Sample> samples{
      {"nothing", {""}, {}, ""},
      {"nothing but semicolons and comments", {";; // 空", "/* ; */ ;"}, {}, ""},
      {"one line, two statements", {"RETURN 1; RETURN 2;"}, {"RETURN 1", "RETURN 2"}, ""},
      {"many lines", {"MATCH (n)", "RETURN n;"}, {"MATCH (n)\nRETURN n"}, ""},
      {"no semicolon", {"RETURN 1; RETURN", "2"}, {"RETURN 1"}, "RETURN\n2"},
      {"in quotes",
       {"RETURN '一；二;三', \"a;b\", `c;d`;"},
       {"RETURN '一；二;三', \"a;b\", `c;d`"},
       ""},
      {"escaped quotes", {R"(RETURN 'a\';b', "\\";)"}, {R"(RETURN 'a\';b', "\\")"}, ""},
      {"a backslash means nothing in backticks", {R"(RETURN `a\`;)"}, {R"(RETURN `a\`)"}, ""},
      {"quotes over lines", {"RETURN 'a;", "b';"}, {"RETURN 'a;\nb'"}, ""},
      {"line comments end with the line",
       {"RETURN 1 // a;b", "+ 1;"},
       {"RETURN 1 // a;b\n+ 1"},
       ""},
      {"block comments over lines", {"RETURN /* ;", "' */ 1;"}, {"RETURN /* ;\n' */ 1"}, ""},
      {"division is no comment", {"RETURN 4 / 2;"}, {"RETURN 4 / 2"}, ""},
      {"a quote left open", {"RETURN 'a;"}, {}, "RETURN 'a;"},
  };
  for (const Sample& sample : samples) {
    CAPTURE(std::string(sample.name));
    StatementSplitter splitter;
    std::vector<std::string> got;
    for (const std::string& line : sample.lines) {
      splitter.Feed(line);
      while (auto stmt = splitter.Next()) got.push_back(std::move(*stmt));
    }
    CHECK(got == sample.statements);
    CHECK(splitter.pending() == !sample.rest.empty());
    CHECK(splitter.TakeRest() == sample.rest);
    CHECK_FALSE(splitter.pending());
  }
}

TEST_CASE("what is open shows") {
  StatementSplitter splitter;
  splitter.Feed("RETURN \"");
  CHECK_FALSE(splitter.Next());
  CHECK(splitter.open() == '"');
  splitter.Clear();
  CHECK(splitter.open() == 0);
  splitter.Feed("/* ");
  CHECK_FALSE(splitter.Next());
  CHECK(splitter.open() == '*');
}

TEST_CASE("a line of very many statements is split in linear time") {
  StatementSplitter splitter;
  std::string line;
  for (int i = 0; i < 200000; ++i) line += "1;";
  splitter.Feed(line);
  int count = 0;
  while (splitter.Next()) ++count;
  CHECK(count == 200000);
}

}  // namespace
}  // namespace tupu::app
