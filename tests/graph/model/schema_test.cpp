#include "graph/model/schema.h"

#include <doctest/doctest.h>

#include <string>

namespace tupu::graph {
namespace {

constexpr const char* kSmall = R"({
  "entity_types": [
    {"name": "Body", "abstract": true, "label": {"zh": "组织", "en": "body"}},
    {"name": "Firm", "parent": "Body", "label": {"zh": "企业", "en": "firm"}},
    {"name": "Person", "label": {"zh": "人物", "en": "person"}},
    {"name": "Official", "parent": "Person", "key_type": "Person",
     "label": {"zh": "官员", "en": "official"}}],
  "relation_types": [
    {"name": "LEADS", "from": ["Person"], "to": ["Body"], "one_per": "title",
     "label": {"zh": "领导", "en": "leads"},
     "properties": [{"name": "title", "kind": "string", "label": {"zh": "职务", "en": "title"}}]}]
})";

std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t pos = text.find(from);
  REQUIRE(pos != std::string::npos);
  return text.replace(pos, from.size(), to);
}

TEST_CASE("a mistake in the ontology is named with its place") {
  struct Case {
    const char* name;
    std::string json;
    const char* message;
  };
  const Case cases[] = {
      {"not JSON", "{", "not JSON at byte"},
      {"no types", "{}", "at /entity_types: expected a list that is not empty"},
      {"a list", "[]", "expected an object, found an empty list"},
      {"unknown key", Replaced(kSmall, "\"abstract\"", "\"abstrakt\""),
       "at /entity_types/0/abstrakt: unknown key; expected one of name, parent"},
      {"name missing", Replaced(kSmall, "\"name\": \"Person\",", ""),
       "at /entity_types/2/name: missing; expected a text"},
      {"label missing", Replaced(kSmall, ", \"en\": \"firm\"", ""),
       "at /entity_types/1/label/en: missing"},
      {"label a text", Replaced(kSmall, R"({"zh": "企业", "en": "firm"})", "\"企业\""),
       "at /entity_types/1/label: expected an object, found a text"},
      {"unknown parent", Replaced(kSmall, "\"parent\": \"Body\"", "\"parent\": \"Bodi\""),
       "at /entity_types/1/parent: unknown type Bodi; expected one that stands further up"},
      {"twice", Replaced(kSmall, "\"name\": \"Firm\"", "\"name\": \"Body\""),
       "at /entity_types/1/name: type Body stands twice"},
      {"reserved", Replaced(kSmall, "\"name\": \"Firm\"", "\"name\": \"Entity\""),
       "Entity is the label of every node"},
      {"unknown end", Replaced(kSmall, "[\"Body\"]", "[\"Body\", \"Zone\"]"),
       "at /relation_types/0/to/1: unknown type Zone; expected one of entity_types"},
      {"no end", Replaced(kSmall, "[\"Body\"]", "[]"),
       "at /relation_types/0/to: expected a list of texts that is not empty"},
      {"bad kind", Replaced(kSmall, "\"kind\": \"string\"", "\"kind\": \"text\""),
       "at /relation_types/0/properties/0/kind: unknown kind text; expected string, number"},
      {"no title", Replaced(kSmall, "\"name\": \"title\"", "\"name\": \"post\""),
       "at /relation_types/0/one_per: expected a property of the name title"},
      {"a number", Replaced(kSmall, "\"one_per\": \"title\"", "\"one_per\": 1"),
       "at /relation_types/0/one_per: expected a text that is not empty, found a number"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.name);
    const auto schema = Schema::Parse(c.json, "small.json");
    REQUIRE_FALSE(schema.ok());
    CHECK(schema.error().code == ErrorCode::kSchema);
    CHECK(schema.error().where == "small.json");
    CAPTURE(schema.error().message);
    CHECK(schema.error().message.find(c.message) != std::string::npos);
  }
  CHECK_FALSE(Schema::Load("no/such/folder").ok());
}

TEST_CASE("types are a tree, relations know their ends") {
  const auto schema = Schema::Parse(kSmall, "small.json");
  REQUIRE(schema.ok());
  CHECK(schema->IsA("Firm", "Body"));
  CHECK_FALSE(schema->IsA("Body", "Firm"));
  CHECK_FALSE(schema->IsA("Zone", "Zone"));
  CHECK(schema->Lineage("Official") == std::vector<std::string>{"Official", "Person"});
  CHECK(schema->KeyType("Official") == "Person");
  CHECK(schema->KeyType("Firm") == "Firm");
  CHECK(schema->Allows("LEADS", "Official", "Firm"));
  CHECK_FALSE(schema->Allows("LEADS", "Firm", "Official"));
  CHECK_FALSE(schema->Allows("OWNS", "Official", "Firm"));
  CHECK(schema->FindRelationType("LEADS")->one_per_title);
}

TEST_CASE("the hash is of the meaning, not of the spacing") {
  const std::string spaced = Replaced(kSmall, "\"entity_types\":", "\"entity_types\" :\n\n ");
  CHECK(Schema::Parse(kSmall, "a")->hash() == Schema::Parse(spaced, "b")->hash());
  CHECK(Schema::Parse(kSmall, "a")->hash() !=
        Schema::Parse(Replaced(kSmall, "企业", "公司"), "a")->hash());
}

TEST_CASE("the ontology that is shipped loads: fifteen types, ten relations") {
  const auto schema = Schema::Load(std::string(TUPU_SOURCE_DIR) + "/schemas");
  REQUIRE_MESSAGE(schema.ok(), schema.error().ToString());
  std::size_t concrete = 0;
  for (const EntityTypeDef& def : schema->entity_types()) concrete += def.abstract ? 0 : 1;
  CHECK(concrete == 15);
  CHECK(schema->relation_types().size() == 10);
}

}  // namespace
}  // namespace tupu::graph
