#include "graph/resolve/judgements.h"

#include <doctest/doctest.h>

namespace tupu::graph {
namespace {

TEST_CASE("keys as fields read back as they were") {
  const std::vector<std::pair<EntityKey, std::string>> cases = {
      {{"Company", "远澜汽车", ""}, "Company:远澜汽车"},
      {{"Person", "周明远", "海州商务局"}, "Person:周明远@海州商务局"},
      {{"Person", "周明远", "通报@官网"}, "Person:周明远@通报@官网"},
      {{"Company", "a@b", ""}, "Company:a\\@b"},
      {{"Company", "一\t二\\三", "四\n五"}, "Company:一\\t二\\\\三@四\\n五"},
      {{"Ministry", "organ/x:y", ""}, "Ministry:organ/x:y"}};
  for (const auto& [key, field] : cases) {
    CAPTURE(field);
    CHECK(KeyToField(key) == field);
    CHECK(KeyFromField(field).value() == key);
  }
  for (const char* field : {"", "远澜汽车", ":远澜汽车", "Company:", "Company:@上海",
                            "Company:远澜@", "Company:远\\澜", "Company:远澜\\"}) {
    CAPTURE(field);
    CHECK_FALSE(KeyFromField(field).ok());
  }
}

TEST_CASE("lines are read in any order and written in one") {
  const std::string text =
      "# 两家是一家\r\n"
      "split\tPerson:周明远@海州商务局\tPerson:周明远@临江市\r\n"
      "\n"
      "reject\t*\tINVESTS\tCompany:海右重工\tProject:云岭铁路\t\n"
      "reject\t文1\tHOLDS_POSITION\tPerson:沈若兰\tMinistry:海州商务局\t局长\n"
      "merge\tCompany:远澜汽车\tCompany:远澜\n"
      "merge\tCompany:远澜\tCompany:远澜汽车";
  const Judgements judgements = Judgements::Parse(text, "文件").value();
  CHECK(judgements.ToText() ==
        "merge\tCompany:远澜\tCompany:远澜汽车\n"
        "reject\t*\tINVESTS\tCompany:海右重工\tProject:云岭铁路\t\n"
        "reject\t文1\tHOLDS_POSITION\tPerson:沈若兰\tMinistry:海州商务局\t局长\n"
        "split\tPerson:周明远@临江市\tPerson:周明远@海州商务局\n");
  CHECK(Judgements::Parse(judgements.ToText(), "文件").value().ToText() == judgements.ToText());
}

TEST_CASE("what is wrong with a line is said, and where") {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"merge\tCompany:远澜", "two keys"},
      {"merge\tCompany:远澜\tCompany:远澜", "the same"},
      {"join\tCompany:远澜\tCompany:海右", "merge, split, reject or confirm"},
      {"reject\t文1\tINVESTS\tCompany:远澜", "document, type, two keys and title"},
      {"confirm\t文1\tINVESTS\tCompany:远澜", "confirm, document, type, two keys and title"},
      {"reject\t文1", "document, type, two keys and title, or reject, document and key"},
      {"reject\t\tCompany:远澜", "an id or *"},
      {"reject\t*\t远澜", "Type:name"},
      {"confirm\t*\tCompany:远澜", "confirm, document, type, two keys and title, separated"},
      {"reject\t\tINVESTS\tCompany:远澜\tProject:云岭铁路\t", "an id or *"},
      {"split\t远澜\tCompany:海右", "Type:name"}};
  for (const auto& [line, message] : cases) {
    CAPTURE(line);
    const Result<Judgements> out = Judgements::Parse("\n" + line + "\n", "文件");
    REQUIRE_FALSE(out.ok());
    CHECK(out.error().where == "文件 line 2");
    CHECK(out.error().message.find(message) != std::string::npos);
  }
}

TEST_CASE("a split of what merges join, however far apart, contradicts them") {
  CHECK(Judgements::Parse("merge\tA:一\tA:二\nmerge\tA:二\tA:三\nsplit\tA:三\tA:四\n", "x").ok());
  const auto out =
      Judgements::Parse("merge\tA:一\tA:二\nmerge\tA:二\tA:三\nsplit\tA:三\tA:一\n", "x");
  REQUIRE_FALSE(out.ok());
  CHECK(out.error().message.find("A:一 and A:三 are split") != std::string::npos);
}

TEST_CASE("a reject says which facts it means") {
  const Judgements judgements = Judgements::Parse(
                                    "reject\t文1\tINVESTS\tA:一\tB:二\t\n"
                                    "reject\t*\tHOLDS_POSITION\tA:一\tB:二\t局长\n"
                                    "reject\t\\*\tBUILDS\tA:一\tB:二\t*\n",
                                    "x")
                                    .value();
  const EntityKey one{"A", "一", ""}, two{"B", "二", ""};
  CHECK(judgements.IsRejected("文1", "INVESTS", one, two, ""));
  CHECK_FALSE(judgements.IsRejected("文2", "INVESTS", one, two, ""));
  CHECK_FALSE(judgements.IsRejected("文1", "INVESTS", two, one, ""));
  CHECK(judgements.IsRejected("文2", "HOLDS_POSITION", one, two, "局长"));
  CHECK_FALSE(judgements.IsRejected("文2", "HOLDS_POSITION", one, two, "副局长"));
  CHECK_FALSE(judgements.IsRejected("文2", "HOLDS_POSITION", one, two, ""));
  CHECK(judgements.IsRejected("*", "BUILDS", one, two, "随便"));
  CHECK_FALSE(judgements.IsRejected("文1", "BUILDS", one, two, ""));
}

TEST_CASE("a reject of an entity is of all that is said of it") {
  const std::string text =
      "reject\t*\tA:一\n"
      "reject\t文1\tB:二@地\n"
      "reject\t文2\tINVESTS\tA:三\tB:四\t\n";
  const Judgements judgements = Judgements::Parse(text, "x").value();
  CHECK(judgements.ToText() == text);
  const EntityKey one{"A", "一", ""}, two{"B", "二", "地"}, three{"A", "三", ""};
  CHECK(judgements.has_rejects());
  CHECK(judgements.rejects_entities());
  CHECK(judgements.IsRejected("文9", one));
  CHECK(judgements.IsRejected("文1", two));
  CHECK_FALSE(judgements.IsRejected("文2", two));
  CHECK_FALSE(judgements.IsRejected("文1", {"B", "二", ""}));
  CHECK_FALSE(judgements.IsRejected("文2", three));
  CHECK(judgements.IsRejected("文9", "INVESTS", three, one, ""));
  CHECK(judgements.IsRejected("文1", "INVESTS", two, three, ""));
  CHECK_FALSE(judgements.IsRejected("文2", "INVESTS", two, three, ""));
}

TEST_CASE("a confirmation is of one fact, and no reject of just that fact stands beside it") {
  const Judgements judgements = Judgements::Parse(
                                    "confirm\t文1\tINVESTS\tA:一\tB:二\t\n"
                                    "reject\t*\tINVESTS\tA:一\tB:二\t\n",
                                    "x")
                                    .value();
  const EntityKey one{"A", "一", ""}, two{"B", "二", ""};
  CHECK(judgements.IsConfirmed("文1", "INVESTS", one, two, ""));
  CHECK_FALSE(judgements.IsConfirmed("文2", "INVESTS", one, two, ""));
  CHECK_FALSE(judgements.IsConfirmed("文1", "INVESTS", two, one, ""));
  CHECK(judgements.IsRejected("文1", "INVESTS", one, two, ""));
  CHECK(judgements.ToText().starts_with("confirm\t文1\tINVESTS\tA:一\tB:二\t\n"));
  const auto both = Judgements::Parse(
      "confirm\t文1\tINVESTS\tA:一\tB:二\t\nreject\t文1\tINVESTS\tA:一\tB:二\t\n", "x");
  REQUIRE_FALSE(both.ok());
  CHECK(both.error().message.find("confirmed and rejected") != std::string::npos);
}

}  // namespace
}  // namespace tupu::graph
