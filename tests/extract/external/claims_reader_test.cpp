#include "extract/external/claims_reader.h"

#include <doctest/doctest.h>

#include "tests/extract/external/sample.h"

namespace tupu::extract {
namespace {

using namespace sample;

constexpr const char* kGood = R"({"id":"page","entities":[
  {"id":"a","type":"Company","name":"青禾集团","aliases":["青禾"],"confidence":0.5},
  {"id":"b","type":"Project","name":"沙洲码头","mentions":[{"field":"text","start":11,"end":15}],
   "props":{"amount":"USD 7"}}],
 "relations":[{"type":"INVESTS","from":"a","to":"b","props":{"amount":500000000},
   "status":"planned","evidence":"青禾集团投资5亿元建设沙洲码头。","confidence":0.8}]})";

TEST_CASE("claims join the built-in ones") {
  const graph::Document doc = Page();
  graph::Claims claims = BuiltIn(doc);
  const Status added = AddClaims(doc, TestSchema(), kGood, "extractor:mine", claims);
  if (!added.ok()) FAIL(added.error().ToString());
  REQUIRE(graph::Normalise(doc, claims).ok());
  REQUIRE(claims.entities.size() == 2);
  CHECK(claims.entities[0].rule == "gazetteer");  // still the built-in one
  CHECK(claims.entities[0].aliases == std::vector<std::string>{"青禾"});
  CHECK(claims.entities[0].mentions.size() == 3);  // 青禾集团, and 青禾 twice
  CHECK(claims.entities[1].rule == "extractor:mine");
  CHECK(claims.entities[1].mentions[0].form == "沙洲码头");
  CHECK(claims.entities[1].properties.at("currency").as_string() == "USD");
  REQUIRE(claims.relations.size() == 1);
  const graph::LocalRelation& rel = claims.relations[0];
  CHECK(rel.rule == "extractor:mine");
  CHECK(rel.status == graph::ClaimStatus::kPlanned);
  CHECK(rel.confidence == 0.8);
  CHECK(std::string(Slice(doc, rel.evidence.at)) == "青禾集团投资5亿元建设沙洲码头。");
  CHECK(std::string(Slice(doc, rel.to_mention)) == "沙洲码头");
}

TEST_CASE("what cannot be a claim is refused, and nothing is added") {
  struct Case {
    const char* line;
    const char* message;
  };
  const std::string head =
      R"({"id":"page","entities":[{"id":"a","type":"Company","name":"青禾集团"},)"
      R"({"id":"b","type":"County","name":"岭北县"},)"
      R"({"id":"c","type":"Project","name":"沙洲码头"}],"relations":[)";
  const std::pair<std::string, const char*> cases[] = {
      {"", "expected a JSON object"},
      {"hello", "found: hello"},
      {"[]", "expected a JSON object"},
      {"{\"id\":\"\xFF\"}", "not UTF-8"},
      {"{}", "an object with \"id\""},
      {R"({"id":"other"})", "at /id: expected \"page\""},
      {R"({"id":"page","entities":{}})", "at /entities: expected a list"},
      {R"({"id":"page","entities":[{"id":"a","type":"Firm","name":"青禾集团"}]})",
       "at /entities/0/type: expected an entity type"},
      {R"({"id":"page","entities":[{"id":"a","type":"Company","name":"青禾\u0007集团"}]})",
       "at /entities/0/name: expected a text without controls"},
      {R"({"id":"page","entities":[{"id":"c","type":"Project","name":"沙洲码头","props":{"stage":"停工"}}]})",
       "\"stage\" of kind string, one of 签约"},
      {R"({"id":"page","entities":[{"id":"c","type":"Project","name":"沙洲码头","props":{"stage":5}}]})",
       "\"stage\" of kind string"},
      {R"({"id":"page","entities":[{"id":"p","type":"Policy","name":"沙洲码头","props":{"date":"2026-13"}}]})",
       "\"date\" of kind date"},
      {head + R"({"type":"COOPERATES_WITH","from":"a","to":"a","evidence":"青禾发力。"}]})",
       "at /relations/0/to: expected another entity"},
      {R"({"id":"page","entities":[{"id":"a","type":"Organisation","name":"青禾集团"}]})",
       "at /entities/0/type"},
      {R"({"id":"page","entities":[{"id":"a","type":"Company","name":"赤禾集团"}]})",
       "at /entities/0/name: expected a name that stands in the text"},
      {R"({"id":"page","entities":[{"id":"a","type":"Company","name":"青禾集团","confidence":2}]})",
       "at /entities/0/confidence"},
      {R"({"id":"page","entities":[{"id":"a","type":"Company","name":"青禾集团","props":{"x":1}}]})",
       "properties of the schema, found \"x\""},
      {R"({"id":"page","entities":[{"id":"a","type":"Company","name":"青禾集团",)"
       R"("mentions":[{"start":0,"end":400}]}]})",
       "at /entities/0/mentions/0: expected \"end\", a place within the text"},
      {R"({"id":"page","entities":[{"id":"a","type":"Company","name":"青禾集团",)"
       R"("mentions":[{"start":-1,"end":4}]}]})",
       "\"start\""},
      {R"({"id":"page","entities":[{"id":"a","type":"Company","name":"青禾集团",)"
       R"("mentions":[{"start":4,"end":4}]}]})",
       "\"start\" before \"end\""},
      {head + R"({"type":"OWNS","from":"a","to":"c","evidence":"青禾发力。"}]})",
       "at /relations/0/type"},
      {head + R"({"type":"BUILDS","from":"a","to":"z","evidence":"青禾发力。"}]})",
       "at /relations/0/to"},
      {head + R"({"type":"BUILDS","from":"c","to":"a","evidence":"青禾发力。"}]})",
       "ends that BUILDS allows, found Project and Company"},
      {head + R"({"type":"BUILDS","from":"a","to":"c","evidence":"没有这句。"}]})",
       "at /relations/0/evidence"},
      {head + R"({"type":"LOCATED_IN","from":"a","to":"b","evidence":"岭北县开工。"}]})",
       "an article that mentions both ends"},
      {head + R"({"type":"BUILDS","from":"a","to":"c","status":"maybe","evidence":"青禾发力。"}]})",
       "at /relations/0/status"},
  };
  const graph::Document doc = Page();
  for (const auto& [line, message] : cases) {
    CAPTURE(line);
    graph::Claims claims = BuiltIn(doc);
    const Status added = AddClaims(doc, TestSchema(), line, "extractor:mine", claims);
    REQUIRE_FALSE(added.ok());
    CAPTURE(added.error().message);
    CHECK(added.error().message.find(message) != std::string::npos);
    CHECK(claims.entities.size() == 1);
    CHECK(claims.entities[0].mentions.size() == 1);
    CHECK(claims.relations.empty());
  }
}

TEST_CASE("a relation that is claimed twice is one, the surer with what both know") {
  const graph::Document doc = Page();
  for (const bool surer : {false, true}) {
    graph::Claims claims = BuiltIn(doc);
    REQUIRE(AddClaims(doc, TestSchema(), kGood, "extractor:one", claims).ok());
    const std::string again = std::string(R"({"id":"page","entities":[
      {"id":"a","type":"Company","name":"青禾集团"},{"id":"b","type":"Project","name":"沙洲码头"}],
      "relations":[{"type":"INVESTS","from":"a","to":"b","evidence":"投资5亿元","confidence":)") +
                              (surer ? "0.9" : "0.7") + "}]}";
    REQUIRE(AddClaims(doc, TestSchema(), again, "extractor:two", claims).ok());
    REQUIRE(graph::Normalise(doc, claims).ok());
    REQUIRE(claims.relations.size() == 1);
    CHECK(claims.relations[0].rule == (surer ? "extractor:two" : "extractor:one"));
    CHECK(claims.relations[0].properties.at("amount") == graph::Value(500000000));
  }
}

TEST_CASE("new homonyms of two documents stay apart") {
  const auto key = [](const char* type, const char* name) {
    const graph::Document doc = Page();
    graph::Claims claims = BuiltIn(doc);
    const std::string line = std::string(R"({"id":"page","entities":[{"id":"x","type":")") + type +
                             R"(","name":")" + name + R"("}]})";
    REQUIRE(AddClaims(doc, TestSchema(), line, "extractor:mine", claims).ok());
    return claims.entities.back().key.ToString();
  };
  CHECK(key("Project", "沙洲码头") == "Project:沙洲码头@page");
  CHECK(key("Official", "岭北") == "Person:岭北@page");
  CHECK(key("County", "岭北县") == "County:岭北县");
}

TEST_CASE("an answer of too many items is refused") {
  const graph::Document doc = Page();
  graph::Claims claims = BuiltIn(doc);
  std::string line = R"({"id":"page","entities":[)";
  for (int i = 0; i < 20'001; ++i) {
    line += std::string(i == 0 ? "" : ",") + R"({"id":")" + std::to_string(i) +
            R"(","type":"Company","name":"青禾"})";
  }
  const Status status = AddClaims(doc, TestSchema(), line + "]}", "extractor:mine", claims);
  REQUIRE_FALSE(status.ok());
  CHECK(status.error().code == ErrorCode::kLimit);
  CHECK(claims.entities.size() == 1);
}

}  // namespace
}  // namespace tupu::extract
