// What GraphML and GEXF have in common: attributes declared at the top, so a pass that learns them
// and one that writes; nodes, then edges.
#pragma once

#include <functional>
#include <string>

#include "graph/exchange/export.h"
#include "graph/exchange/rows.h"

namespace tupu::graph {

struct XmlGraph {
  std::string head, open, between, close;  // around declarations, nodes and edges
  std::function<void(const Properties&)> learn_node, learn_edge;
  std::function<std::string()> declarations;  // once all is learnt
  std::function<std::string(const EntityRow&)> node;
  std::function<std::string(const RelationRow&)> edge;
};

Status WriteXmlGraph(Rows& rows, const XmlGraph& graph, const ExportSink& sink);

}  // namespace tupu::graph
