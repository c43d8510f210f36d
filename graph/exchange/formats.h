// The single formats behind Export. Each writes all of its files.
#pragma once

#include "graph/exchange/export.h"
#include "graph/exchange/rows.h"

namespace tupu::graph {

Status ExportJsonl(const View& view, const Schema& schema, const ExportSink& sink);
Status ExportRelations(Rows& rows, bool csv, const ExportSink& sink);
Status ExportEntities(Rows& rows, bool csv, const ExportSink& sink);
Status ExportGraphml(Rows& rows, const ExportSink& sink);
Status ExportGexf(Rows& rows, const ExportSink& sink);
Status ExportDot(Rows& rows, const ExportSink& sink);
Status ExportCypher(Rows& rows, const ExportSink& sink);
Status ExportNeo4jCsv(Rows& rows, const ExportSink& sink);
Status ExportNebula(Rows& rows, const ExportSink& sink);
Status ExportRdf(Rows& rows, ExportFormat format, const ExportSink& sink);
Status ExportFtm(Rows& rows, const ExportSink& sink);

}  // namespace tupu::graph
