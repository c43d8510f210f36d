#include "graph/eval/annotated_document.h"

#include <map>
#include <utility>

#include "graph/eval/json_input.h"

namespace tupu::graph {
namespace {

std::string Known(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

Status CheckEntityType(const JsonObject& at, const std::string& type, const Schema* schema) {
  if (schema == nullptr) return {};
  const EntityTypeDef* def = schema->FindEntityType(type);
  if (def != nullptr && !def->abstract) return {};
  std::vector<std::string> names;
  for (const EntityTypeDef& known : schema->entity_types()) {
    if (!known.abstract) names.push_back(known.name);
  }
  return at.Wrong("type", "unknown type " + type + "; expected one of " + Known(names));
}

Status CheckRelationType(const JsonObject& at, const std::string& type, const Schema* schema) {
  if (schema == nullptr || schema->FindRelationType(type) != nullptr) return {};
  std::vector<std::string> names;
  for (const RelationTypeDef& known : schema->relation_types()) names.push_back(known.name);
  return at.Wrong("type", "unknown type " + type + "; expected one of " + Known(names));
}

Result<std::size_t> FindEnd(const JsonObject& at, const char* key,
                            const std::map<std::string, std::size_t>& places) {
  TUPU_ASSIGN(const std::string id, at.TextOrNumber(key));
  const auto found = places.find(id);
  if (found == places.end()) return at.Wrong(key, "no entity of the document has the id " + id);
  return found->second;
}

void AppendProperties(std::string& out, const Properties& properties) {
  out += ",\"props\":" + ToJson(Value(properties));
}

}  // namespace

Result<AnnotatedDocument> ParseAnnotatedDocument(std::string_view json, std::string_view where,
                                                 const Schema* schema) {
  TUPU_ASSIGN(const Json parsed, ParseJson(json, where));
  TUPU_ASSIGN(const JsonObject top, JsonObject::At(parsed, "", where));
  AnnotatedDocument doc;
  TUPU_ASSIGN(doc.id, top.TextOrNumber("id"));
  TUPU_ASSIGN(doc.text, top.TextOr("text", ""));
  std::map<std::string, std::size_t> places;
  TUPU_ASSIGN(const std::vector<JsonObject> entities, top.Objects("entities", true));
  for (const JsonObject& object : entities) {
    AnnotatedEntity entity;
    TUPU_ASSIGN(entity.id, object.TextOrNumber("id"));
    if (!places.emplace(entity.id, doc.entities.size()).second) {
      return object.Wrong("id", "stands twice: " + entity.id);
    }
    TUPU_ASSIGN(entity.type, object.Text("type"));
    TUPU_TRY(CheckEntityType(object, entity.type, schema));
    TUPU_ASSIGN(entity.name, object.Text("name"));
    TUPU_ASSIGN(entity.aliases, object.Texts("aliases"));
    TUPU_ASSIGN(entity.properties, object.Values("props"));
    doc.entities.push_back(std::move(entity));
  }
  TUPU_ASSIGN(const std::vector<JsonObject> relations, top.Objects("relations", true));
  for (const JsonObject& object : relations) {
    AnnotatedRelation relation;
    TUPU_ASSIGN(relation.type, object.Text("type"));
    TUPU_TRY(CheckRelationType(object, relation.type, schema));
    TUPU_ASSIGN(relation.from, FindEnd(object, "from", places));
    TUPU_ASSIGN(relation.to, FindEnd(object, "to", places));
    TUPU_ASSIGN(relation.properties, object.Values("props"));
    TUPU_ASSIGN(relation.evidence, object.TextOr("evidence", ""));
    doc.relations.push_back(std::move(relation));
  }
  return doc;
}

std::string ToJson(const AnnotatedDocument& doc) {
  std::string out;
  const auto member = [&](std::string_view key, std::string_view value) {
    if (out.back() != '{') out += ',';
    AppendJsonString(out, key);
    out += ':';
    AppendJsonString(out, value);
  };
  out += '{';
  member("id", doc.id);
  out += ",\"entities\":[";
  for (const AnnotatedEntity& entity : doc.entities) {
    if (out.back() != '[') out += ',';
    out += '{';
    member("id", entity.id);
    member("type", entity.type);
    member("name", entity.name);
    out += ",\"aliases\":" + ToJson(Value(List(entity.aliases.begin(), entity.aliases.end())));
    AppendProperties(out, entity.properties);
    out += '}';
  }
  out += "],\"relations\":[";
  for (const AnnotatedRelation& relation : doc.relations) {
    if (out.back() != '[') out += ',';
    out += '{';
    member("type", relation.type);
    member("from", doc.entities[relation.from].id);
    member("to", doc.entities[relation.to].id);
    AppendProperties(out, relation.properties);
    member("evidence", relation.evidence);
    out += '}';
  }
  out += ']';
  if (!doc.text.empty()) member("text", doc.text);
  out += '}';
  return out;
}

}  // namespace tupu::graph
