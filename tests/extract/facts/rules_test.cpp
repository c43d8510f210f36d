#include "extract/facts/rules.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "extract/extractor.h"
#include "extract/facts/schema_tests.h"
#include "extract/facts/structure.h"

using namespace tupu;
using namespace tupu::extract;

namespace {

graph::Schema TestSchema() {
  auto schema = graph::Schema::Load(TUPU_SOURCE_DIR "/schemas");
  REQUIRE(schema.ok());
  return std::move(schema).value();
}

// The sets that code needs, so that a test file can hold what it tests alone.
std::string NeededSetsFile() {
  std::string json = "{\"sets\":{";
  for (const std::string_view name : NeededSets()) {
    json += (json.back() == '{' ? "\"" : ",\"") + std::string(name) + "\":[\"无此词\"]";
  }
  return json + "}}";
}

std::string FirstError(const std::string& rules_json) {
  const graph::Schema schema = TestSchema();
  auto book = RuleBook::Parse({{"sets.json", NeededSetsFile()}, {"mine.json", rules_json}}, schema);
  return book.ok() ? "" : book.error().ToString();
}

std::string OneRule(const std::string& fields) {
  return R"({"rules":[{"id":"mine","relation":"ISSUED","from":"a","to":"b",)" + fields + "}]}";
}

}  // namespace

TEST_CASE("mistakes in rules are named with file, rule and what was expected") {
  struct Case {
    std::string json;
    std::string expected;
  };
  const std::string example = R"("examples":["[Ministry:甲部]发[Policy:乙法] => 甲部 > 乙法"])";
  const std::vector<Case> cases = {
      {"{", "mine.json: line 1: expected JSON"},
      {"[]", "mine.json: expected an object with \"sets\" and \"rules\""},
      {R"({"rule":[]})", "mine.json: /rule: expected one of the keys about, sets, rules"},
      {R"({"sets":{"X":["a"]}})", "expected a name of two letters or more"},
      {R"({"sets":{"mine":[]}})", "mine.json: /sets/mine: expected at least one word"},
      {R"({"sets":{"home_country":["a"]}})", "expected a set that no other file defines"},
      {R"({"rules":[{}]})", "/rules/0: expected the key \"id\""},
      {R"({"rules":[{"id":"x","relation":"OWNS"}]})",
       "rule \"x\" /rules/0/relation: expected a relation type of the ontology, not OWNS"},
      {OneRule("\"pattern\":\"<a:Ministry> 发 <b:Policy>\""), "expected at least one example"},
      {OneRule("\"pattern\":\"<a:Minister> 发 <b:Policy>\"," + example),
       "expected an entity type of the ontology in <a:Minister>"},
      {OneRule("\"pattern\":\"<a:Ministry> $nothing <b:Policy>\"," + example),
       "expected the name of a word set"},
      {OneRule("\"pattern\":\"<a:Ministry> (发 <b:Policy>\"," + example), "expected ')'"},
      {OneRule("\"pattern\":\"<a:Ministry> 发) <b:Policy>\"," + example), "expected nothing more"},
      {OneRule("\"pattern\":\"<a:Ministry> _9999 <b:Policy>\"," + example),
       "expected a gap of at most 200 characters"},
      {OneRule("\"pattern\":\"<a:Ministry> 发\"," + example), "expected <b:…> in every reading"},
      {OneRule("\"pattern\":\"<a:Ministry> 发 <b:Policy>\",\"status\":\"sure\"," + example),
       "expected auto, done, planned, proposed or denied"},
      {OneRule("\"pattern\":\"<a:Ministry> 发 <b:Policy>\",\"confidence\":2," + example),
       "expected a number above 0, at most 1"},
      {OneRule("\"pattern\":\"<a:Ministry> 发 <b:Policy>\",\"unles\":{}," + example),
       "expected a known key"},
      {OneRule(R"("pattern":"<a:Ministry> 发 <b:Policy>","examples":["没有箭头"])"),
       "in every example"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.json);
    const std::string error = FirstError(c.json);
    CHECK_MESSAGE(error.find(c.expected) != std::string::npos, error);
  }
}

TEST_CASE("a set that code needs must be somewhere") {
  const graph::Schema schema = TestSchema();
  auto book = RuleBook::Parse({{"empty.json", "{}"}}, schema);
  REQUIRE(!book.ok());
  CHECK(book.error().ToString().find("expected this set somewhere") != std::string::npos);
}

TEST_CASE("too many readings of a pattern are refused, not multiplied out") {
  std::string pattern = "<a:Ministry>";
  for (int i = 0; i < 20; ++i) pattern += " (词 _1 | 字 _2)";
  const std::string error =
      FirstError(OneRule("\"pattern\":\"" + pattern +
                         " <b:Policy>\",\"examples\":[\"[Ministry:甲部]发[Policy:乙法] => x\"]"));
  CHECK(error.find("at most 256 readings") != std::string::npos);
}

TEST_CASE("every example and counter-example of the schemas holds") {
  const auto extractor = Extractor::Load(TUPU_SOURCE_DIR "/schemas");
  REQUIRE_MESSAGE(extractor.ok(), (extractor.ok() ? "" : extractor.error().ToString()));
  for (const std::string& failure : extractor->RunExamples()) FAIL_CHECK(failure);
}

TEST_CASE("an example that does not hold is reported with what the rule gave") {
  const graph::Schema schema = TestSchema();
  const std::string json = OneRule(
      R"("pattern":"<a:Ministry> 发布 <b:Policy>","examples":["[Ministry:甲部]发布《[Policy:乙法]》 => 乙法 > 甲部"],"counter_examples":["[Ministry:甲部]发布[Policy:丙法]"])");
  auto book = RuleBook::Parse({{"sets.json", NeededSetsFile()}, {"mine.json", json}}, schema);
  REQUIRE_MESSAGE(book.ok(), (book.ok() ? "" : book.error().ToString()));
  const std::vector<std::string> failures = RunRuleExamples(*book, schema);
  REQUIRE(failures.size() == 2);
  CHECK(failures[0].find("gave 甲部 > 乙法") != std::string::npos);
  CHECK(failures[0].find("expected 乙法 > 甲部") != std::string::npos);
  CHECK(failures[1].find("expected nothing") != std::string::npos);
}

TEST_CASE("marked sentences") {
  const graph::Schema schema = TestSchema();
  SUBCASE("mistakes") {
    for (const char* text : {"[甲部", "甲部]", "[Ministry:]", "[Organisation:甲部]", "[Nothing:甲]",
                             "[@amount=很多:五亿元]"}) {
      CAPTURE(text);
      CHECK(!ParseMarked(text, schema).ok());
    }
  }
  SUBCASE("nested names and values") {
    auto marked = ParseMarked(
        "[LocalGovernment:[Province:河北省]财政厅][@date=2026-03:3月]安排[@amount=USD 5:五美元]",
        schema);
    REQUIRE(marked.ok());
    CHECK(marked->text == "河北省财政厅3月安排五美元");
    REQUIRE(marked->mentions.entities.size() == 2);
    CHECK(!marked->mentions.entities[0].nested);
    CHECK(marked->mentions.entities[1].nested);
    CHECK(marked->mentions.amounts[0].amount.currency == "USD");
    CHECK(marked->mentions.dates[0].date.from.ToString() == "2026-03");
  }
}
