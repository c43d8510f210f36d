// The runner of the compatibility kit itself: that it fails what is wrong. What it passes is in
// features/.
#include <doctest/doctest.h>

#include "tests/graph/store/fixture.h"
#include "tests/query/tck/expected.h"
#include "tests/query/tck/scenario.h"

namespace tupu::query::tck {
namespace {

std::string RunOne(const std::string& steps) {
  const auto scenarios = ParseFeature("Feature: f\nScenario: s\n" + steps, "here");
  if (!scenarios.ok()) return scenarios.error().ToString();
  if (scenarios->size() != 1) return "not one scenario";
  const auto store = graph::OpenStore(graph::StoreKind::kMemory, {});
  return Run((*scenarios)[0], {*store, "nowhere"}).value_or("passed");
}

TEST_CASE("a scenario fails for the first thing that is not as it says") {
  struct Case {
    const char* query;
    const char* then;
    const char* want;  // the beginning
  };
  static constexpr Case kCases[] = {
      {"RETURN 1 AS x", "the result should be, in any order:\n| x |\n| 1 |", "passed"},
      {"RETURN 1 AS x", "the result should be, in any order:\n| x |\n| 1.0 |", "row 1 is not"},
      {"RETURN 1.0 AS x", "the result should be, in any order:\n| x |\n| 1 |", "row 1 is not"},
      {"RETURN 1 AS x", "the result should be, in any order:\n| y |\n| 1 |", "other columns"},
      {"RETURN 1 AS x", "the result should be, in any order:\n| x |\n| 1 |\n| 1 |", "other rows"},
      {"RETURN 1 AS x", "the result should be empty", "expected no rows"},
      {"UNWIND [1, 2] AS x RETURN x", "the result should be, in order:\n| x |\n| 2 |\n| 1 |",
       "row 1 is not"},
      {"UNWIND [1, 2] AS x RETURN x", "the result should be, in any order:\n| x |\n| 2 |\n| 1 |",
       "passed"},
      {"RETURN [1, 2] AS x", "the result should be, in order:\n| x |\n| [2, 1] |", "row 1 is not"},
      {"RETURN 'a' AS x", "the result should be, in any order:\n| x |\n| 'b' |", "row 1 is not"},
      {"RETURN 1 AS x", "no side effects", "passed"},
      {"CREATE ()", "no side effects", "side effects"},
      {"CREATE (), ()", "the side effects should be:\n| +nodes | 1 |", "side effects"},
      {"RETURN x", "a SyntaxError should be raised at compile time: UndefinedVariable", "passed"},
      {"RETURN x", "a SyntaxError should be raised at compile time: UnknownFunction", "expected"},
      {"RETURN x", "a TypeError should be raised at compile time: UndefinedVariable", "expected"},
      {"RETURN x", "a SyntaxError should be raised at runtime: UndefinedVariable",
       "the error came"},
      {"RETURN 1 / 0", "a ArithmeticError should be raised at runtime: *", "passed"},
      {"RETURN 1", "a SyntaxError should be raised at compile time: *", "expected"},
      {"RETURN x", "the result should be, in any order:\n| x |\n| 1 |", "failed"},
      {"RETURN 1", "something unheard of", "no such step"},
  };
  for (const Case& c : kCases) {
    CAPTURE(c.query);
    CAPTURE(c.then);
    const std::string found = RunOne("Given any graph\nWhen executing query:\n\"\"\"\n" +
                                     std::string(c.query) + "\n\"\"\"\nThen " + c.then);
    CHECK_MESSAGE(found.starts_with(c.want), found);
  }
}

TEST_CASE("what is no Gherkin is named by its line") {
  CHECK(RunOne("Given any graph\nPerhaps this") == "here:4: expected a step, found Perhaps this");
  CHECK(RunOne("Given any graph\n\"\"\"\nopen").starts_with("here:"));
}

TEST_CASE("values that tables cannot hold are refused") {
  for (const char* text : {"", "[1, 2", "{a 1}", "(:A", "<(:A)-[:T](:B)>", "1 2", "'open", "abc"}) {
    CAPTURE(text);
    CHECK(!ParseExpected(text).ok());
  }
}

}  // namespace
}  // namespace tupu::query::tck
