// CSV for `neo4j-admin database import full` (and apoc.import.csv), headers inside:
//
//   neo4j-admin database import full --nodes=nodes.csv --relationships=relationships.csv tupu
//
// Lists are divided by semicolons, which the format cannot escape: those inside an item become ；.
#include <algorithm>
#include <array>

#include "graph/exchange/columns.h"
#include "graph/exchange/escape.h"
#include "graph/exchange/formats.h"

namespace tupu::graph {
namespace {

constexpr std::string_view kNodes = "nodes.csv";
constexpr std::string_view kRelationships = "relationships.csv";

std::string Joined(const std::vector<std::string>& items) {
  std::string out;
  for (const std::string& item : items) {
    if (!out.empty()) out += ';';
    for (const char c : item) {
      if (c == ';') {
        out += "；";
      } else {
        out += c;
      }
    }
  }
  return out;
}

// name:type; a name may hold no colon of its own there.
std::string Header(std::string name, ColumnType type) {
  static constexpr std::array kNames = {"long", "double", "boolean", "string"};
  std::replace(name.begin(), name.end(), ':', '_');
  return name + ":" + kNames[static_cast<std::size_t>(type)];
}

void AddColumns(std::vector<std::string>& record, const Columns& columns,
                const Properties& properties) {
  for (const auto& [name, type] : columns.types()) record.push_back(PlainText(properties, name));
}

Status WriteNodes(Rows& rows, const ExportSink& sink, bool& wanted) {
  Columns columns;
  TUPU_TRY(rows.ForEachEntity([&](const EntityRow& row) {
    columns.Learn(row.properties);
    return Status();
  }));
  std::vector<std::string> header{"id:ID", "name:string", "aliases:string[]"};
  for (const auto& [name, type] : columns.types()) header.push_back(Header(name, type));
  header.emplace_back(":LABEL");
  wanted = sink(kNodes, CsvRecord(header));
  if (!wanted) return {};
  TUPU_ASSIGN(wanted, rows.EntityLines(
                          [&](const EntityRow& row) {
                            std::vector<std::string> record{row.id, row.name, Joined(row.aliases)};
                            AddColumns(record, columns, row.properties);
                            record.push_back(Joined(row.labels));
                            return CsvRecord(record);
                          },
                          [&](std::string_view text) { return sink(kNodes, text); }));
  return {};
}

}  // namespace

Status ExportNeo4jCsv(Rows& rows, const ExportSink& sink) {
  bool wanted = true;
  TUPU_TRY(WriteNodes(rows, sink, wanted));
  if (!wanted) return {};
  Columns columns;
  TUPU_TRY(rows.ForEachRelation(false, [&](const RelationRow& row) {
    columns.Learn(row.properties);
    return Status();
  }));
  std::vector<std::string> header{":START_ID", ":END_ID", "id:string", "status:string"};
  for (const auto& [name, type] : columns.types()) header.push_back(Header(name, type));
  for (const char* name : {"documents:long", "evidence:string", "document:string", "rule:string",
                           "confidence:double", ":TYPE"}) {
    header.emplace_back(name);
  }
  if (!sink(kRelationships, CsvRecord(header))) return {};
  return Done(rows.RelationLines(
      true,
      [&](const RelationRow& row) {
        std::vector<std::string> record{row.from.id, row.to.id, row.id, row.status};
        AddColumns(record, columns, row.properties);
        const EvidenceRow evidence = row.evidence.value_or(EvidenceRow{});
        record.push_back(std::to_string(row.documents));
        record.push_back(evidence.sentence);
        record.push_back(evidence.document);
        record.push_back(evidence.rule);
        record.push_back(row.evidence ? DoubleToString(evidence.confidence) : "");
        record.push_back(row.type);
        return CsvRecord(record);
      },
      [&](std::string_view text) { return sink(kRelationships, text); }));
}

}  // namespace tupu::graph
