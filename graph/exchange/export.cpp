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
};

}  // namespace

std::span<const ExportFormatInfo> ExportFormats() { return kFormats; }

std::optional<ExportFormat> FindExportFormat(std::string_view name) {
  for (const ExportFormatInfo& info : kFormats) {
    if (info.name == name) return info.format;
  }
  return std::nullopt;
}

Status ForEachEntity(const View& view, RecordReader& reader,
                     const std::function<Status(const EntityRow&)>& visit) {
  Status status;
  TUPU_TRY(view.ForEachNode(std::nullopt, [&](NodeId node) {
    const auto row = reader.Entity(node);
    status = row.ok() ? visit(*row) : Status(row.error());
    return status.ok();
  }));
  return status;
}

Status ForEachRelation(const View& view, RecordReader& reader, bool with_evidence,
                       const std::function<Status(const RelationRow&)>& visit) {
  Status status;
  TUPU_TRY(view.ForEachEdge(std::nullopt, [&](EdgeId edge, TypeId, NodeId, NodeId) {
    const auto row = reader.Relation(edge, with_evidence);
    status = row.ok() ? visit(*row) : Status(row.error());
    return status.ok();
  }));
  return status;
}

Status Export(const View& view, const Schema& schema, ExportFormat format, const ExportSink& sink) {
  switch (format) {
    case ExportFormat::kJsonl:
      return ExportJsonl(view, schema, sink);
    case ExportFormat::kRelationsCsv:
      return ExportRelations(view, schema, true, sink);
    case ExportFormat::kRelationsJsonl:
      return ExportRelations(view, schema, false, sink);
    case ExportFormat::kEntitiesCsv:
      return ExportEntities(view, schema, true, sink);
    case ExportFormat::kEntitiesJsonl:
      return ExportEntities(view, schema, false, sink);
    case ExportFormat::kGraphml:
      return ExportGraphml(view, schema, sink);
  }
  ThrowInternal("contract", "a format of ExportFormats", __FILE__, __LINE__);
}

}  // namespace tupu::graph
