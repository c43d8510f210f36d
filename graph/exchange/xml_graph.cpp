#include "graph/exchange/xml_graph.h"

namespace tupu::graph {

Status WriteXmlGraph(Rows& rows, const XmlGraph& graph, const ExportSink& sink) {
  TUPU_TRY(rows.ForEachEntity([&](const EntityRow& row) {
    graph.learn_node(row.properties);
    return Status();
  }));
  TUPU_TRY(rows.ForEachRelation(false, [&](const RelationRow& row) {
    graph.learn_edge(row.properties);
    return Status();
  }));
  const Rows::Write write = [&](std::string_view text) { return sink("", text); };
  if (!write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + graph.head)) return {};
  if (!write(graph.declarations() + graph.open)) return {};
  TUPU_ASSIGN(bool wanted, rows.EntityLines(graph.node, write));
  if (!wanted || (!graph.between.empty() && !write(graph.between))) return {};
  TUPU_ASSIGN(wanted, rows.RelationLines(false, graph.edge, write));
  if (wanted) write(graph.close);
  return {};
}

}  // namespace tupu::graph
