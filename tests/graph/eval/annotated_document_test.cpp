#include "graph/eval/annotated_document.h"

#include <doctest/doctest.h>

namespace tupu::graph {
namespace {

const Schema& ShippedSchema() {
  static const Schema schema = [] {
    auto loaded = Schema::Load(TUPU_SOURCE_DIR "/schemas");
    REQUIRE(loaded.ok());
    return std::move(*loaded);
  }();
  return schema;
}

constexpr const char* kGood =
    R"({"id":7,"extra":[1],"entities":[{"id":"e1","type":"Ministry","name":"水务总署","aliases":["水务署"]},)"
    R"({"id":"e2","type":"Policy","name":"湖泊保护办法","props":{"date":"2026-03","n":3,"gone":null}}],)"
    R"("relations":[{"type":"ISSUED","from":"e1","to":"e2","props":{"amount":1.5},"evidence":"证"}]})";

TEST_CASE("an annotated document is read and written") {
  const auto doc = ParseAnnotatedDocument(kGood, "here", &ShippedSchema());
  if (!doc.ok()) FAIL(doc.error().ToString());
  CHECK(doc->id == "7");
  REQUIRE(doc->entities.size() == 2);
  CHECK(doc->entities[0].aliases == std::vector<std::string>{"水务署"});
  CHECK(doc->entities[1].properties ==
        Properties{{"date", "2026-03"}, {"n", 3}, {"gone", Value()}});
  REQUIRE(doc->relations.size() == 1);
  CHECK(doc->relations[0].to == 1);
  const auto again = ParseAnnotatedDocument(ToJson(*doc), "here", nullptr);
  REQUIRE(again.ok());
  CHECK(*again == *doc);
}

TEST_CASE("bad gold is named with its place") {
  const std::pair<const char*, const char*> cases[] = {
      {"", "not JSON"},
      {"[]", "expected an object, found a list"},
      {"{\"id\":\"\xff\"}", "not UTF-8 at byte 7"},
      {R"({"entities":[],"relations":[]})", "at /id: missing"},
      {R"({"id":"a","relations":[]})", "at /entities: missing; expected a list of objects"},
      {R"({"id":"a","entities":{},"relations":[]})", "at /entities: expected a list of objects"},
      {R"({"id":"a","entities":[3],"relations":[]})", "at /entities/0: expected an object"},
      {R"({"id":"a","entities":[{"id":"e","type":"Ministery","name":"部"}],"relations":[]})",
       "at /entities/0/type: unknown type Ministery; expected one of Ministry"},
      {R"({"id":"a","entities":[{"id":"e","type":"Region","name":"部"}],"relations":[]})",
       "unknown type Region"},
      {R"({"id":"a","entities":[{"id":"e","type":"City","name":""}],"relations":[]})",
       "at /entities/0/name: expected a text that is not empty"},
      {R"({"id":"a","entities":[{"id":"e","type":"City","name":"市","aliases":[1]}],"relations":[]})",
       "at /entities/0/aliases/0: expected a text, found the number 1"},
      {R"({"id":"a","entities":[{"id":"e","type":"City","name":"市","props":{"x":[]}}],"relations":[]})",
       "at /entities/0/props/x: expected a text, a number, a truth value or null, found a list"},
      {R"({"id":"a","entities":[{"id":"e","type":"City","name":"市"},{"id":"e","type":"City","name":"县"}],"relations":[]})",
       "at /entities/1/id: stands twice: e"},
      {R"({"id":"a","entities":[{"id":"e","type":"City","name":"市"}],"relations":[{"type":"ISSUED","from":"e","to":"f"}]})",
       "at /relations/0/to: no entity of the document has the id f"},
      {R"({"id":"a","entities":[{"id":"e","type":"City","name":"市"}],"relations":[{"type":"MAKES","from":"e","to":"e"}]})",
       "at /relations/0/type: unknown type MAKES"},
  };
  for (const auto& [json, want] : cases) {
    CAPTURE(std::string(json));
    const auto doc = ParseAnnotatedDocument(json, "gold.json", &ShippedSchema());
    REQUIRE_FALSE(doc.ok());
    CHECK(doc.error().where == "gold.json");
    CHECK_MESSAGE(doc.error().message.find(want) != std::string::npos, doc.error().message);
  }
  const std::string bomb = R"({"id":)" + std::string(100000, '[');
  const auto doc = ParseAnnotatedDocument(bomb, "bomb", nullptr);
  REQUIRE_FALSE(doc.ok());
  CHECK(doc.error().message.find("nested") != std::string::npos);
}

}  // namespace
}  // namespace tupu::graph
