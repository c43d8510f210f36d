// GEXF 1.3 (gexf.net), as Gephi reads it. An edge that has a date exists from its first day on, so
// that Gephi's timeline plays the graph; what has none is always there. Parallel edges are told
// apart by `kind`, the type of the relation.
#include <map>
#include <set>

#include "graph/exchange/columns.h"
#include "graph/exchange/escape.h"
#include "graph/exchange/formats.h"
#include "graph/exchange/xml_graph.h"

namespace tupu::graph {
namespace {

// GexfAttributes of nodes or edges under numbered ids: the fixed ones first.
class GexfAttributes {
 public:
  GexfAttributes(std::string_view domain, std::vector<std::string> fixed)
      : domain_(domain), fixed_(std::move(fixed)) {}

  void Learn(const Properties& properties) { columns_.Learn(properties); }

  std::string Declarations() const {
    static constexpr const char* kNames[] = {"long", "double", "boolean", "string"};
    std::string out = "    <attributes class=\"" + domain_ + "\" mode=\"static\">\n";
    std::size_t id = 0;
    const auto declare = [&](const std::string& name, ColumnType type) {
      out += "      <attribute id=\"" + std::to_string(id++) + "\" title=\"";
      AppendXmlText(out, name);
      out += std::string("\" type=\"") + kNames[static_cast<std::size_t>(type)] + "\"/>\n";
    };
    for (const std::string& name : fixed_) declare(name, ColumnType::kString);
    for (const auto& [name, type] : columns_.types()) declare(name, type);
    return out + "    </attributes>\n";
  }

  // `fixed` in the order of the constructor's.
  std::string Values(const std::vector<std::string>& fixed, const Properties& properties) const {
    std::string out = "<attvalues>";
    std::size_t id = 0;
    const auto append = [&](const std::string& text) {
      if (!text.empty()) {
        out += "<attvalue for=\"" + std::to_string(id) + "\" value=\"";
        AppendXmlText(out, text);
        out += "\"/>";
      }
      ++id;
    };
    for (const std::string& text : fixed) append(text);
    for (const auto& [name, type] : columns_.types()) append(PlainText(properties, name));
    return out + "</attvalues>";
  }

 private:
  std::string domain_;
  std::vector<std::string> fixed_;
  Columns columns_;
};

void AppendAttribute(std::string& out, std::string_view name, std::string_view text) {
  out += ' ';
  out += name;
  out += "=\"";
  AppendXmlText(out, text);
  out += '"';
}

std::string NodeLine(const GexfAttributes& attributes, const EntityRow& row) {
  std::string out = "      <node";
  AppendAttribute(out, "id", row.id);
  AppendAttribute(out, "label", row.name);
  const std::string aliases =
      row.aliases.empty() ? "" : ToJson(List(row.aliases.begin(), row.aliases.end()));
  out += ">" + attributes.Values({row.type, aliases}, row.properties) + "</node>\n";
  return out;
}

std::string EdgeLine(const GexfAttributes& attributes, const RelationRow& row) {
  std::string out = "      <edge";
  AppendAttribute(out, "id", row.id);
  AppendAttribute(out, "source", row.from.id);
  AppendAttribute(out, "target", row.to.id);
  AppendAttribute(out, "label", row.type);
  AppendAttribute(out, "kind", row.type);
  const std::string date = PlainText(row.properties, "date");
  if (date.size() >= 4) AppendAttribute(out, "start", FirstDay(date));
  out += ">" + attributes.Values({row.status}, row.properties) + "</edge>\n";
  return out;
}

}  // namespace

Status ExportGexf(Rows& rows, const ExportSink& sink) {
  GexfAttributes nodes("node", {"type", "aliases"});
  GexfAttributes edges("edge", {"status"});
  XmlGraph graph;
  graph.head =
      "<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n"
      "  <graph mode=\"dynamic\" defaultedgetype=\"directed\" "
      "idtype=\"string\" timeformat=\"date\">\n";
  graph.open = "    <nodes>\n";
  graph.between = "    </nodes>\n    <edges>\n";
  graph.close = "    </edges>\n  </graph>\n</gexf>\n";
  graph.learn_node = [&](const Properties& properties) { nodes.Learn(properties); };
  graph.learn_edge = [&](const Properties& properties) { edges.Learn(properties); };
  graph.declarations = [&] { return nodes.Declarations() + edges.Declarations(); };
  graph.node = [&](const EntityRow& row) { return NodeLine(nodes, row); };
  graph.edge = [&](const RelationRow& row) { return EdgeLine(edges, row); };
  return WriteXmlGraph(rows, graph, sink);
}

}  // namespace tupu::graph
