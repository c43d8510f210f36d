// A Cypher script that any openCypher database runs: MERGE by id, so that it can be run again, and
// over a graph that has more.
#include <algorithm>

#include "graph/exchange/formats.h"

namespace tupu::graph {
namespace {

// Names of labels, types and properties in backticks, which are doubled inside.
std::string Name(std::string_view name) {
  std::string out = "`";
  for (const char c : name) {
    if (c == '`') out += c;
    out += c;
  }
  return out + "`";
}

// JSON's strings, numbers and lists are Cypher's, too; only maps name their keys otherwise, and
// times and durations are made by functions.
std::string Literal(const Value& value) {
  if (value.is_temporal()) {
    return std::string(KindName(value.as_temporal().kind)) + "(" + ToJson(value) + ")";
  }
  if (value.kind() == ValueKind::kDuration) return "duration(" + ToJson(value) + ")";
  if (value.kind() == ValueKind::kMap || value.kind() == ValueKind::kList) {
    const bool scalars =
        value.kind() == ValueKind::kList &&
        std::none_of(value.as_list().begin(), value.as_list().end(), [](const Value& one) {
          return one.kind() == ValueKind::kMap || one.kind() == ValueKind::kList;
        });
    // Properties hold no maps and no nested lists in openCypher: their JSON text stands for them.
    if (!scalars) return ToJson(Value(ToJson(value)));
    std::string out;
    for (const Value& one : value.as_list()) out += (out.empty() ? "" : ",") + Literal(one);
    return "[" + out + "]";
  }
  return ToJson(value);
}

std::string MapLiteral(const Properties& properties) {
  std::string out = "{";
  for (const auto& [name, value] : properties) {
    if (value.is_null()) continue;
    if (out.size() > 1) out += ", ";
    out += Name(name) + ": " + Literal(value);
  }
  return out + "}";
}

std::string NodeLine(const EntityRow& row) {
  Properties properties = row.properties;
  properties["name"] = row.name;
  if (!row.aliases.empty()) properties["aliases"] = List(row.aliases.begin(), row.aliases.end());
  std::string labels;
  for (const std::string& label : row.labels) {
    if (label != "Entity") labels += ":" + Name(label);
  }
  std::string out = "MERGE (n:Entity {id: " + Literal(row.id) + "}) SET ";
  if (!labels.empty()) out += "n" + labels + ", ";
  return out + "n += " + MapLiteral(properties) + ";\n";
}

std::string EdgeLine(const RelationRow& row) {
  Properties properties = row.properties;
  if (!row.status.empty()) properties["status"] = row.status;
  if (row.evidence) {
    properties["evidence"] = row.evidence->sentence;
    properties["document"] = row.evidence->document;
    properties["rule"] = row.evidence->rule;
    properties["confidence"] = row.evidence->confidence;
  }
  return "MATCH (a:Entity {id: " + Literal(row.from.id) +
         "}), (b:Entity {id: " + Literal(row.to.id) + "}) MERGE (a)-[r:" + Name(row.type) +
         " {id: " + Literal(row.id) + "}]->(b) SET r += " + MapLiteral(properties) + ";\n";
}

}  // namespace

Status ExportCypher(Rows& rows, const ExportSink& sink) {
  const Rows::Write write = [&](std::string_view text) { return sink("", text); };
  if (!write(
          "// An index on :Entity(id) makes this quick: CREATE INDEX FOR (n:Entity) ON (n.id);\n"))
    return {};
  TUPU_ASSIGN(const bool wanted, rows.EntityLines(NodeLine, write));
  if (!wanted) return {};
  return Done(rows.RelationLines(true, EdgeLine, write));
}

}  // namespace tupu::graph
