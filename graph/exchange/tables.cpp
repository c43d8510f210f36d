// Entities and relations as flat tables, for spreadsheets and data frames.
//
// The columns depend on the schema alone: what stands in front is fixed, then come the properties
// that the schema names, in order of name; what the schema does not name goes into the last
// column, `properties`, as JSON.
#include <set>
#include <utility>

#include "graph/exchange/columns.h"
#include "graph/exchange/escape.h"
#include "graph/exchange/formats.h"

namespace tupu::graph {
namespace {

using TableFields = std::vector<std::pair<std::string, Value>>;

template <class TypeDefs>
std::set<std::string> PropertyColumns(const TypeDefs& types) {
  std::set<std::string> out;
  for (const auto& type : types) {
    for (const PropertyDef& property : type.properties) {
      out.insert(property.name);
      if (property.kind == "amount") out.insert("currency");
    }
  }
  return out;
}

void AddProperties(TableFields& fields, const std::set<std::string>& columns,
                   Properties properties) {
  for (const std::string& column : columns) {
    const auto found = properties.find(column);
    fields.emplace_back(column, found == properties.end() ? Value() : found->second);
    if (found != properties.end()) properties.erase(found);
  }
  fields.emplace_back("properties",
                      properties.empty() ? Value() : Value(Map(std::move(properties))));
}

TableFields RelationFields(const RelationRow& row, const std::set<std::string>& columns) {
  TableFields fields{{"id", row.id},
                     {"type", row.type},
                     {"from_id", row.from.id},
                     {"from_name", row.from.name},
                     {"from_type", row.from.type},
                     {"to_id", row.to.id},
                     {"to_name", row.to.name},
                     {"to_type", row.to.type},
                     {"status", row.status}};
  // Without evidence the columns stand there all the same, so that the header is one.
  const auto add = [&](const char* name, Value value) {
    fields.emplace_back(name, row.evidence ? std::move(value) : Value());
  };
  const EvidenceRow evidence = row.evidence.value_or(EvidenceRow{});
  add("evidence", evidence.sentence);
  add("document", evidence.document);
  add("document_title", evidence.document_title);
  add("document_date", evidence.document_date);
  add("field", evidence.field == Field::kText ? "text" : "title");
  add("start", static_cast<std::int64_t>(evidence.at.begin));
  add("end", static_cast<std::int64_t>(evidence.at.end));
  add("rule", evidence.rule);
  add("confidence", evidence.confidence);
  fields.emplace_back("documents", static_cast<std::int64_t>(row.documents));
  fields.emplace_back("statements", static_cast<std::int64_t>(row.statements));
  AddProperties(fields, columns, row.properties);
  return fields;
}

TableFields EntityFields(const EntityRow& row, const std::set<std::string>& columns) {
  TableFields fields{{"id", row.id},
                     {"type", row.type},
                     {"name", row.name},
                     {"aliases", List(row.aliases.begin(), row.aliases.end())},
                     {"labels", List(row.labels.begin(), row.labels.end())}};
  AddProperties(fields, columns, row.properties);
  return fields;
}

std::string CsvHeader(const TableFields& fields) {
  std::vector<std::string> names;
  for (const auto& [name, value] : fields) names.push_back(name);
  return CsvRecord(names);
}

// CSV ends its records; JSON Lines need the line feed. Absent values are left out of JSON.
std::string Line(const TableFields& fields, bool csv) {
  if (csv) {
    std::vector<std::string> texts;
    for (const auto& [name, value] : fields) texts.push_back(PlainText(value));
    return CsvRecord(texts);
  }
  Map map;
  for (const auto& [name, value] : fields) {
    if (!value.is_null()) map.emplace(name, value);
  }
  return ToJson(Value(std::move(map))) + "\n";
}

}  // namespace

Status ExportRelations(Rows& rows, bool csv, const ExportSink& sink) {
  const auto columns = PropertyColumns(rows.schema().relation_types());
  const Rows::Write write = [&](std::string_view text) { return sink("", text); };
  if (csv && !write(CsvHeader(RelationFields({}, columns)))) return {};
  return Done(rows.RelationLines(
      true, [&](const RelationRow& row) { return Line(RelationFields(row, columns), csv); },
      write));
}

Status ExportEntities(Rows& rows, bool csv, const ExportSink& sink) {
  const auto columns = PropertyColumns(rows.schema().entity_types());
  const Rows::Write write = [&](std::string_view text) { return sink("", text); };
  if (csv && !write(CsvHeader(EntityFields({}, columns)))) return {};
  return Done(rows.EntityLines(
      [&](const EntityRow& row) { return Line(EntityFields(row, columns), csv); }, write));
}

}  // namespace tupu::graph
