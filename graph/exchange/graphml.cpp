// GraphML 1.0, as networkx and Gephi read it. Two passes: the first learns which attributes there
// are and of what type, since they are declared at the top; the second writes.
//
// Nodes carry label (the name, which Gephi shows), type, labels and aliases; edges carry label (the
// type of the relation). Lists and mixed values are JSON text.
#include <set>
#include <utility>

#include "graph/exchange/columns.h"
#include "graph/exchange/escape.h"
#include "graph/exchange/formats.h"
#include "graph/exchange/xml_graph.h"

namespace tupu::graph {
namespace {

// The attributes of nodes or of edges: name to GraphML type and key.
class GraphmlAttributes {
 public:
  GraphmlAttributes(std::string_view domain, std::set<std::string> fixed)
      : domain_(domain), fixed_(std::move(fixed)) {}

  void Learn(const Properties& properties) { columns_.Learn(properties); }

  std::string Declarations() const {
    std::string out;
    for (const std::string& name : fixed_) Declare(out, name, ColumnType::kString);
    for (const auto& [name, type] : columns_.types()) Declare(out, NameOf(name), type);
    return out;
  }

  void Append(std::string& out, const std::string& name, std::string_view text) const {
    if (text.empty()) return;
    out += "<data key=\"";
    AppendXmlText(out, KeyOf(name));
    out += "\">";
    AppendXmlText(out, text);
    out += "</data>";
  }

  void Append(std::string& out, const Properties& properties) const {
    for (const auto& [name, value] : properties) Append(out, NameOf(name), PlainText(value));
  }

 private:
  // A property's name, out of the way of the fixed ones.
  std::string NameOf(const std::string& property) const {
    return fixed_.count(property) != 0 ? "property_" + property : property;
  }
  void Declare(std::string& out, const std::string& name, ColumnType type) const {
    static constexpr const char* kNames[] = {"long", "double", "boolean", "string"};
    out += "  <key id=\"";
    AppendXmlText(out, KeyOf(name));
    out += "\" for=\"" + domain_ + "\" attr.name=\"";
    AppendXmlText(out, name);
    out += std::string("\" attr.type=\"") + kNames[static_cast<std::size_t>(type)] + "\"/>\n";
  }
  std::string KeyOf(const std::string& name) const { return domain_ + "_" + name; }

  std::string domain_;
  std::set<std::string> fixed_;
  Columns columns_;
};

std::string NodeLine(const GraphmlAttributes& attributes, const EntityRow& row) {
  std::string out = "    <node id=\"";
  AppendXmlText(out, row.id);
  out += "\">";
  attributes.Append(out, "label", row.name);
  attributes.Append(out, "type", row.type);
  attributes.Append(out, "labels", ToJson(List(row.labels.begin(), row.labels.end())));
  if (!row.aliases.empty()) {
    attributes.Append(out, "aliases", ToJson(List(row.aliases.begin(), row.aliases.end())));
  }
  attributes.Append(out, row.properties);
  out += "</node>\n";
  return out;
}

std::string EdgeLine(const GraphmlAttributes& attributes, const RelationRow& row) {
  std::string out = "    <edge id=\"";
  AppendXmlText(out, row.id);
  out += "\" source=\"";
  AppendXmlText(out, row.from.id);
  out += "\" target=\"";
  AppendXmlText(out, row.to.id);
  out += "\">";
  attributes.Append(out, "label", row.type);
  attributes.Append(out, "status", row.status);
  attributes.Append(out, row.properties);
  out += "</edge>\n";
  return out;
}

}  // namespace

Status ExportGraphml(Rows& rows, const ExportSink& sink) {
  GraphmlAttributes nodes("node", {"label", "type", "labels", "aliases"});
  GraphmlAttributes edges("edge", {"label", "status"});
  XmlGraph graph;
  graph.head =
      "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" "
      "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
      "xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns "
      "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n";
  graph.open = "  <graph id=\"tupu\" edgedefault=\"directed\">\n";
  graph.close = "  </graph>\n</graphml>\n";
  graph.learn_node = [&](const Properties& properties) { nodes.Learn(properties); };
  graph.learn_edge = [&](const Properties& properties) { edges.Learn(properties); };
  graph.declarations = [&] { return nodes.Declarations() + edges.Declarations(); };
  graph.node = [&](const EntityRow& row) { return NodeLine(nodes, row); };
  graph.edge = [&](const RelationRow& row) { return EdgeLine(edges, row); };
  return WriteXmlGraph(rows, graph, sink);
}

}  // namespace tupu::graph
