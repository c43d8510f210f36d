#include "graph/exchange/export.h"

#include <array>

#include "graph/exchange/formats.h"

namespace tupu::graph {
namespace {

constexpr std::array kFormats{
    ExportFormatInfo{ExportFormat::kJsonl, "jsonl",
                     "everything: documents, entities, relations, statements, one a line"},
    ExportFormatInfo{ExportFormat::kRelationsCsv, "relations-csv",
                     "one relation a line with its ends and evidence (CSV)"},
    ExportFormatInfo{ExportFormat::kRelationsJsonl, "relations-jsonl", "the same as JSON Lines"},
    ExportFormatInfo{ExportFormat::kEntitiesCsv, "entities-csv", "one entity a line (CSV)"},
    ExportFormatInfo{ExportFormat::kEntitiesJsonl, "entities-jsonl", "the same as JSON Lines"},
    ExportFormatInfo{ExportFormat::kGraphml, "graphml", "the graph, for Gephi and networkx"},
    ExportFormatInfo{ExportFormat::kGexf, "gexf", "the graph for Gephi, edges with their dates"},
    ExportFormatInfo{ExportFormat::kDot, "dot", "the graph for Graphviz"},
    ExportFormatInfo{ExportFormat::kCypher, "cypher", "a script of MERGE statements"},
    ExportFormatInfo{ExportFormat::kNeo4jCsv, "neo4j-csv",
                     "nodes.csv and relationships.csv for neo4j-admin (a folder)", true},
    ExportFormatInfo{ExportFormat::kNebula, "nebula",
                     "CSV files with importer.yaml for NebulaGraph Importer 4 (a folder)", true},
    ExportFormatInfo{ExportFormat::kTurtle, "turtle", "RDF in the words of schema.org and PROV"},
    ExportFormatInfo{ExportFormat::kNtriples, "ntriples", "the same, one triple a line"},
    ExportFormatInfo{ExportFormat::kJsonld, "jsonld", "the same as JSON-LD"},
    ExportFormatInfo{ExportFormat::kFtm, "ftm", "FollowTheMoney entities, one a line"},
};

}  // namespace

std::span<const ExportFormatInfo> ExportFormats() { return kFormats; }

std::optional<ExportFormat> FindExportFormat(std::string_view name) {
  for (const ExportFormatInfo& info : kFormats) {
    if (info.name == name) return info.format;
  }
  return std::nullopt;
}

Status Export(const View& view, const Schema& schema, ExportFormat format,
              const ExportFilter& filter, const ExportSink& sink) {
  if (format == ExportFormat::kJsonl) {
    if (filter.empty()) return ExportJsonl(view, schema, sink);
    return Error(ErrorCode::kInvalidInput,
                 "this format is always the whole graph; relations-jsonl takes filters", "jsonl");
  }
  TUPU_ASSIGN(Rows rows, Rows::Select(view, schema, filter));
  switch (format) {
    case ExportFormat::kJsonl:
      break;
    case ExportFormat::kRelationsCsv:
      return ExportRelations(rows, true, sink);
    case ExportFormat::kRelationsJsonl:
      return ExportRelations(rows, false, sink);
    case ExportFormat::kEntitiesCsv:
      return ExportEntities(rows, true, sink);
    case ExportFormat::kEntitiesJsonl:
      return ExportEntities(rows, false, sink);
    case ExportFormat::kGraphml:
      return ExportGraphml(rows, sink);
    case ExportFormat::kGexf:
      return ExportGexf(rows, sink);
    case ExportFormat::kDot:
      return ExportDot(rows, sink);
    case ExportFormat::kCypher:
      return ExportCypher(rows, sink);
    case ExportFormat::kNeo4jCsv:
      return ExportNeo4jCsv(rows, sink);
    case ExportFormat::kNebula:
      return ExportNebula(rows, sink);
    case ExportFormat::kTurtle:
    case ExportFormat::kNtriples:
    case ExportFormat::kJsonld:
      return ExportRdf(rows, format, sink);
    case ExportFormat::kFtm:
      return ExportFtm(rows, sink);
  }
  ThrowInternal("contract", "a format of ExportFormats", __FILE__, __LINE__);
}

}  // namespace tupu::graph
