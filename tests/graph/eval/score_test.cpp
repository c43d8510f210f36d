#include "graph/eval/score.h"

#include <doctest/doctest.h>

#include <optional>

namespace tupu::graph {
namespace {

struct Forms {
  std::string type;
  std::vector<std::string> forms;  // the name first
};

AnnotatedDocument Make(const std::vector<Forms>& entities,
                       std::vector<AnnotatedRelation> relations = {}) {
  AnnotatedDocument doc;
  doc.id = "一";
  for (const Forms& one : entities) {
    doc.entities.push_back({"e" + std::to_string(doc.entities.size() + 1),
                            one.type,
                            one.forms.front(),
                            {one.forms.begin() + 1, one.forms.end()},
                            {}});
  }
  doc.relations = std::move(relations);
  return doc;
}

DocumentScore Compare(const AnnotatedDocument& gold, const AnnotatedDocument& output) {
  return ScoreDocument(gold, &output, "");
}

TEST_CASE("forms are folded") {
  const std::pair<const char*, const char*> cases[] = {
      {"《湖泊保护办法》", "湖泊保护办法"},
      {"“双链”行动", "双链行动"},
      {"ＡＢＣ　公司", "abc公司"},
      {"阿依·古丽", "阿依古丽"},
      {"第Ⅳ期", "第iv期"},
      {"", ""},
      {"「甲」『乙』〈丙〉", "甲乙丙"},
      {" \t\r\n", ""},
  };
  for (const auto& [form, want] : cases) {
    CAPTURE(std::string(form));
    CHECK(FoldForm(form) == want);
  }
}

TEST_CASE("which entities match") {
  struct Case {
    const char* about;
    std::vector<Forms> gold, output;
    Matches typed, untyped;
  };
  const Case cases[] = {
      {"the same name", {{"City", {"青岩市"}}}, {{"City", {"青岩市"}}}, {1, 0, 0}, {1, 0, 0}},
      {"another type", {{"City", {"青岩"}}}, {{"County", {"青岩"}}}, {0, 1, 1}, {1, 0, 0}},
      {"people are one type",
       {{"Official", {"白露"}}},
       {{"Person", {"白露"}}},
       {1, 0, 0},
       {1, 0, 0}},
      {"a shared alias",
       {{"Ministry", {"水务总署", "水务署"}}},
       {{"Ministry", {"水务署"}}},
       {1, 0, 0},
       {1, 0, 0}},
      {"a gold item only once",
       {{"Ministry", {"水务总署", "水务署"}}},
       {{"Ministry", {"水务署"}}, {"Ministry", {"水务总署"}}},
       {1, 1, 0},
       {1, 1, 0}},
      {"borders of a policy",
       {{"Policy", {"青岩市湖泊保护办法"}}},
       {{"Policy", {"湖泊保护办法"}}},
       {1, 0, 0},
       {1, 0, 0}},
      {"much shorter",
       {{"Policy", {"青岩市湖泊保护办法"}}},
       {{"Policy", {"保护办法"}}},
       {0, 1, 1},
       {0, 1, 1}},
      {"exactly 0.6 times as long",
       {{"Event", {"甲乙丙丁戊"}}},
       {{"Event", {"乙丙丁"}}},
       {1, 0, 0},
       {1, 0, 0}},
      {"one character holds nothing",
       {{"Event", {"会"}}},
       {{"Event", {"会"}}},
       {1, 0, 0},
       {1, 0, 0}},
      {"borders of a city count",
       {{"City", {"青岩市"}}},
       {{"City", {"青岩"}}},
       {0, 1, 1},
       {0, 1, 1}},
      {"nothing found", {{"City", {"青岩市"}}}, {}, {0, 0, 1}, {0, 0, 1}},
      {"an equal name goes before containment",
       {{"Policy", {"湖泊保护办法"}}, {"Policy", {"湖泊保护办法细则"}}},
       {{"Policy", {"湖泊保护办法细则"}}},
       {1, 0, 1},
       {1, 0, 1}},
  };
  for (const Case& c : cases) {
    CAPTURE(std::string(c.about));
    const DocumentScore score = Compare(Make(c.gold), Make(c.output));
    CHECK(score.entity == c.typed);
    CHECK(score.entity_any_type == c.untyped);
  }
}

TEST_CASE("which relations match") {
  const std::vector<Forms> three = {
      {"Ministry", {"水务总署"}}, {"Policy", {"湖泊保护办法"}}, {"City", {"青岩市"}}};
  std::vector<Forms> other_type = three;
  other_type[0].type = "Institution";
  struct Case {
    const char* about;
    std::vector<Forms> output;
    std::vector<AnnotatedRelation> relations;
    Matches want;
    std::vector<bool> right;
  };
  const Case cases[] = {
      {"the same", three, {{"ISSUED", 0, 1, {}, ""}}, {1, 0, 0}, {true}},
      {"the ends' types may differ", other_type, {{"ISSUED", 0, 1, {}, ""}}, {1, 0, 0}, {true}},
      {"the other way round", three, {{"ISSUED", 1, 0, {}, ""}}, {0, 1, 1}, {false}},
      {"another type", three, {{"TARGETS", 0, 1, {}, ""}}, {0, 1, 1}, {false}},
      {"twice",
       three,
       {{"ISSUED", 0, 1, {}, ""}, {"ISSUED", 0, 1, {}, ""}},
       {1, 1, 0},
       {true, false}},
      {"behind a wrong one",
       three,
       {{"TARGETS", 1, 2, {}, ""}, {"ISSUED", 0, 1, {}, ""}},
       {1, 1, 0},
       {false, true}},
      {"none", three, {}, {0, 0, 1}, {}},
  };
  const AnnotatedDocument gold = Make(three, {{"ISSUED", 0, 1, {}, ""}});
  for (const Case& c : cases) {
    CAPTURE(std::string(c.about));
    const DocumentScore score = Compare(gold, Make(c.output, c.relations));
    CHECK(score.relation == c.want);
    CHECK(score.core == c.want);
    CHECK(score.relation_right == c.right);
  }
  const DocumentScore part = Compare(Make(three, {{"LOCATED_IN", 0, 2, {}, ""}}), Make(three));
  CHECK(part.relation == Matches{0, 0, 1});
  CHECK(part.core == Matches{});
  CHECK(part.relation_by_type.at("LOCATED_IN") == Matches{0, 0, 1});
}

TEST_CASE("which properties are right") {
  struct Case {
    Properties gold, output;
    std::map<std::string, Share> want;
  };
  const Case cases[] = {
      {{{"amount", 1500}}, {{"amount", 1500.0}}, {{"amount", {1, 1}}}},
      {{{"amount", 1500}}, {{"amount", "1.5e3"}}, {{"amount", {1, 1}}}},
      {{{"amount", 1500}}, {{"amount", 1501}}, {{"amount", {0, 1}}}},
      {{{"amount", "USD 300"}}, {{"amount", "usd 300"}}, {{"amount", {1, 1}}}},
      {{{"title", "书记、主任"}}, {{"title", "书记"}}, {{"title", {0, 1}}}},
      {{{"date", "2026-03"}}, {}, {{"date", {0, 1}}}},
      {{}, {{"date", "2026-03"}}, {{"date_spurious", {0, 1}}}},
      {{}, {{"stage", "开工"}}, {}},
      {{{"date", Value()}}, {{"date", Value()}}, {{"date", {0, 1}}}},
  };
  for (const Case& c : cases) {
    CAPTURE(ToJson(Value(c.gold)));
    const std::vector<Forms> two = {{"Company", {"白鹭集团"}}, {"Project", {"白鹭湖电站"}}};
    const DocumentScore score = Compare(Make(two, {{"INVESTS", 0, 1, c.gold, ""}}),
                                        Make(two, {{"INVESTS", 0, 1, c.output, ""}}));
    CHECK(score.properties == c.want);
  }
}

TEST_CASE("errors name the form and its sentence") {
  const std::string text = "水务总署开会。\n白鹭集团将建白鹭湖电站。";
  const AnnotatedDocument gold =
      Make({{"Company", {"白鹭集团", "白鹭"}}, {"Project", {"白鹭湖电站"}}},
           {{"BUILDS", 0, 1, {}, "白鹭集团将建白鹭湖电站。"}});
  const AnnotatedDocument output = Make({{"Ministry", {"水务总署"}}, {"Project", {"白鹭湖电站"}}});
  const DocumentScore score = ScoreDocument(gold, &output, text);
  REQUIRE(score.errors.size() == 3);
  CHECK_FALSE(score.errors[0].missed);
  CHECK(score.errors[0].forms == std::vector<std::string>{"水务总署"});
  CHECK(score.errors[0].sentence == "水务总署开会。");
  CHECK(score.errors[1].missed);
  CHECK(score.errors[1].forms == std::vector<std::string>{"白鹭集团", "白鹭"});
  CHECK(score.errors[1].sentence == "白鹭集团将建白鹭湖电站。");
  CHECK(score.errors[2].relation);
  CHECK(score.errors[2].forms == std::vector<std::string>{"白鹭集团", "白鹭湖电站"});
}

TEST_CASE("sentences around a place") {
  const std::string text = "甲市发文。“乙市跟进！”丙市观望；\r\n　丁市无标点";
  const std::pair<const char*, const char*> cases[] = {
      {"甲市", "甲市发文。"},
      {"乙市", "“乙市跟进！”"},
      {"丙市", "丙市观望；"},
      {"丁市", "丁市无标点"},
  };
  for (const auto& [name, want] : cases) {
    CAPTURE(std::string(name));
    const std::size_t at = text.find(name);
    CHECK(SentenceAround(text, at, at + 6) == want);
  }
  CHECK(SentenceAround("", 0, 0).empty());
}

TEST_CASE("an evaluation sums up, and its intervals hold the figures") {
  std::vector<DocumentScore> scores;
  for (std::uint64_t i = 0; i < 20; ++i) {
    DocumentScore score;
    score.id = std::to_string(i);
    score.missing = i == 3;
    score.entity = {i, 20 - i, 5};
    score.entity_by_type["City"] = {i, 20 - i, 5};
    score.properties["date"] = {1, 2};
    scores.push_back(score);
  }
  const Evaluation once = Evaluate(scores), again = Evaluate(scores);
  CHECK(once.documents == 20);
  CHECK(once.missing_documents == std::vector<std::string>{"3"});
  CHECK(once.entity.count == Matches{190, 210, 100});
  CHECK(once.entity.count.precision() == doctest::Approx(0.475));
  CHECK(once.entity.f1.low < once.entity.count.f1());
  CHECK(once.entity.count.f1() < once.entity.f1.high);
  CHECK(once.entity.f1.low == again.entity.f1.low);
  CHECK(once.entity.f1.high == again.entity.f1.high);
  CHECK(once.entity_by_type.at("City").recall.low == once.entity.recall.low);
  CHECK(once.properties.at("date") == Share{20, 40});
  // Documents that are all alike leave nothing to chance.
  const Evaluation alike = Evaluate(std::vector<DocumentScore>(4, scores[10]));
  CHECK(alike.entity.f1.low == alike.entity.f1.high);
  const Evaluation nothing = Evaluate({});
  CHECK(nothing.entity.count.f1() == 0);
  CHECK(nothing.entity.f1.high == 0);
}

}  // namespace
}  // namespace tupu::graph
