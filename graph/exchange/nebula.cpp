// CSV files and importer.yaml for NebulaGraph Importer 4 (NebulaGraph 3):
//
//   nebula-importer --config importer.yaml
//
// One tag `entity` with the type as a property, one edge type a relation type. An edge's rank is 0
// but where several edges of one type join the same ends (one_per_title): there it comes from the
// relation's id.
#include <array>
#include <map>

#include "graph/exchange/columns.h"
#include "graph/exchange/escape.h"
#include "graph/exchange/formats.h"

namespace tupu::graph {
namespace {

constexpr std::string_view kEntities = "entities.csv";

struct Column {
  std::string name;
  ColumnType type;
};

std::string Quoted(std::string_view name) {
  std::string out = "`";
  for (const char c : name) {
    if (c != '`' && c != '\\') out += c;
  }
  return out + "`";
}

// A name for a file: what is no letter, digit or _ as its hexadecimal value.
std::string FileOf(std::string_view type) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out = "edge_";
  for (const char c : type) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    if (plain) {
      out += c;
    } else {
      out += std::string("%") + kHex[byte >> 4] + kHex[byte & 15];
    }
  }
  return out + ".csv";
}

std::string Rank(const Schema& schema, const RelationRow& row) {
  const RelationTypeDef* type = schema.FindRelationType(row.type);
  if (type == nullptr || !type->one_per_title) return "0";
  return std::to_string(std::stoll(row.id.substr(0, 15), nullptr, 16));
}

std::vector<Column> EntityColumns(const Columns& learnt) {
  std::vector<Column> out{{"name", ColumnType::kString},
                          {"type", ColumnType::kString},
                          {"aliases", ColumnType::kString}};
  for (const auto& [name, type] : learnt.types()) out.push_back({name, type});
  return out;
}

std::vector<Column> EdgeColumns(const Columns& learnt) {
  std::vector<Column> out{{"status", ColumnType::kString},
                          {"evidence", ColumnType::kString},
                          {"document", ColumnType::kString},
                          {"rule", ColumnType::kString},
                          {"confidence", ColumnType::kDouble}};
  for (const auto& [name, type] : learnt.types()) out.push_back({name, type});
  return out;
}

// The importer reads line ends within fields badly.
std::string OneLine(std::string text) {
  for (char& c : text) {
    if (c == '\n' || c == '\r') c = ' ';
  }
  return text;
}

std::string Props(const std::vector<Column>& columns, std::size_t first) {
  static constexpr std::array kNames = {"INT", "DOUBLE", "BOOL", "STRING"};
  std::string out;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    out += "          - name: " + ToJson(Value(columns[i].name)) + "\n            type: \"" +
           kNames[static_cast<std::size_t>(columns[i].type)] +
           "\"\n            index: " + std::to_string(first + i) +
           "\n            nullable: true\n            nullValue: \"\"\n";
  }
  return out;
}

std::string Declaration(std::string_view what, std::string_view name,
                        const std::vector<Column>& columns) {
  static constexpr std::array kNames = {"int64", "double", "bool", "string"};
  std::string out =
      "            CREATE " + std::string(what) + " IF NOT EXISTS " + Quoted(name) + "(";
  for (std::size_t i = 0; i < columns.size(); ++i) {
    out += (i == 0 ? "" : ", ") + Quoted(columns[i].name) + " " +
           kNames[static_cast<std::size_t>(columns[i].type)] + " NULL";
  }
  return out + ");\n";
}

constexpr std::string_view kSource = R"(    csv:
      delimiter: ","
      withHeader: true
)";

std::string Config(const std::vector<Column>& entity,
                   const std::map<std::string, std::vector<Column>>& edges) {
  std::string out = R"(client:
  version: v3
  address: "127.0.0.1:9669"
  user: root
  password: nebula
manager:
  spaceName: tupu
  hooks:
    before:
      - statements:
          - |
            CREATE SPACE IF NOT EXISTS `tupu`(vid_type=FIXED_STRING(64));
        wait: 10s
      - statements:
          - |
            USE `tupu`;
)";
  out += Declaration("TAG", "entity", entity);
  for (const auto& [type, columns] : edges) out += Declaration("EDGE", type, columns);
  out += "        wait: 10s\nsources:\n  - path: ./" + std::string(kEntities) + "\n";
  out += kSource;
  out += R"(    tags:
      - name: entity
        id:
          type: "STRING"
          index: 0
        props:
)" + Props(entity, 1);
  for (const auto& [type, columns] : edges) {
    out += "  - path: " + ToJson(Value("./" + FileOf(type))) + "\n";
    out += kSource;
    out += "    edges:\n      - name: " + ToJson(Value(type)) + R"(
        src:
          id:
            type: "STRING"
            index: 0
        dst:
          id:
            type: "STRING"
            index: 1
        rank:
          index: 2
        props:
)" + Props(columns, 3);
  }
  return out;
}

std::vector<std::string> ColumnNames(std::vector<std::string> first,
                                     const std::vector<Column>& columns) {
  for (const Column& column : columns) first.push_back(column.name);
  return first;
}

std::string EdgeCsv(const Schema& schema, const RelationRow& row, const Columns& learnt) {
  const EvidenceRow evidence = row.evidence.value_or(EvidenceRow{});
  std::vector<std::string> record{row.from.id,
                                  row.to.id,
                                  Rank(schema, row),
                                  row.status,
                                  OneLine(evidence.sentence),
                                  evidence.document,
                                  evidence.rule,
                                  row.evidence ? DoubleToString(evidence.confidence) : ""};
  for (const auto& [name, type] : learnt.types()) {
    record.push_back(OneLine(PlainText(row.properties, name)));
  }
  return CsvRecord(record, "\n");
}

}  // namespace

Status ExportNebula(Rows& rows, const ExportSink& sink) {
  Columns learnt;
  std::map<std::string, Columns> learnt_of;
  TUPU_TRY(rows.ForEachEntity([&](const EntityRow& row) {
    learnt.Learn(row.properties);
    return Status();
  }));
  TUPU_TRY(rows.ForEachRelation(false, [&](const RelationRow& row) {
    learnt_of[row.type].Learn(row.properties);
    return Status();
  }));
  const std::vector<Column> entity = EntityColumns(learnt);
  std::map<std::string, std::vector<Column>> edges;
  for (const auto& [type, columns] : learnt_of) edges[type] = EdgeColumns(columns);
  if (!sink("importer.yaml", Config(entity, edges))) return {};

  if (!sink(kEntities, CsvRecord(ColumnNames({"id"}, entity), "\n"))) return {};
  TUPU_ASSIGN(bool wanted, rows.EntityLines(
                               [&](const EntityRow& row) {
                                 std::vector<std::string> record{
                                     row.id, OneLine(row.name), row.type,
                                     ToJson(List(row.aliases.begin(), row.aliases.end()))};
                                 for (const auto& [name, type] : learnt.types()) {
                                   record.push_back(OneLine(PlainText(row.properties, name)));
                                 }
                                 return CsvRecord(record, "\n");
                               },
                               [&](std::string_view text) { return sink(kEntities, text); }));
  for (const auto& [type, columns] : edges) {
    const std::string file = FileOf(type);
    if (!wanted || !sink(file, CsvRecord(ColumnNames({"from", "to", "rank"}, columns), "\n")))
      return {};
    const Columns& own = learnt_of[type];
    TUPU_ASSIGN(wanted,
                rows.RelationLines(
                    true, [&](const RelationRow& row) { return EdgeCsv(rows.schema(), row, own); },
                    [&](std::string_view text) { return sink(file, text); }, type));
  }
  return {};
}

}  // namespace tupu::graph
