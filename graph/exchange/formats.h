// The single formats behind Export. Each writes one whole file.
#pragma once

#include "graph/exchange/export.h"
#include "graph/exchange/records.h"

namespace tupu::graph {

// Calls `visit` with each entity / relation as a row.
Status ForEachEntity(const View& view, RecordReader& reader,
                     const std::function<Status(const EntityRow&)>& visit);
Status ForEachRelation(const View& view, RecordReader& reader, bool with_evidence,
                       const std::function<Status(const RelationRow&)>& visit);

Status ExportJsonl(const View& view, const Schema& schema, const ExportSink& sink);
Status ExportRelations(const View& view, const Schema& schema, bool csv, const ExportSink& sink);
Status ExportEntities(const View& view, const Schema& schema, bool csv, const ExportSink& sink);
Status ExportGraphml(const View& view, const Schema& schema, const ExportSink& sink);

}  // namespace tupu::graph
