// GraphML 1.0, as networkx and Gephi read it. Two passes: the first learns which attributes there
// are and of what type, since they are declared at the top; the second writes.
//
// Nodes carry label (the name, which Gephi shows), type, labels and aliases; edges carry label (the
// type of the relation). Lists and mixed values are JSON text.
#include <map>
#include <set>
#include <utility>

#include "graph/exchange/escape.h"
#include "graph/exchange/formats.h"
#include "graph/exchange/sorter.h"

namespace tupu::graph {
namespace {

// The attributes of nodes or of edges: name to GraphML type and key.
class Attributes {
 public:
  Attributes(std::string_view domain, std::initializer_list<const char*> fixed) : domain_(domain) {
    for (const char* name : fixed) {
      fixed_.insert(name);
      types_[name] = "string";
    }
  }

  // A property's name, out of the way of the fixed ones.
  std::string NameOf(const std::string& property) const {
    return fixed_.count(property) != 0 ? "property_" + property : property;
  }

  void Learn(const Properties& properties) {
    for (const auto& [name, value] : properties) {
      const std::string type = TypeOf(value);
      std::string& known = types_.try_emplace(NameOf(name), type).first->second;
      if (known == type) continue;
      const bool numbers =
          known != "string" && known != "boolean" && type != "string" && type != "boolean";
      known = numbers ? "double" : "string";
    }
  }

  std::string Declarations() const {
    std::string out;
    for (const auto& [name, type] : types_) {
      out += "  <key id=\"";
      AppendXmlText(out, KeyOf(name));
      out += "\" for=\"" + domain_ + "\" attr.name=\"";
      AppendXmlText(out, name);
      out += "\" attr.type=\"" + type + "\"/>\n";
    }
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
    for (const auto& [name, value] : properties) {
      if (value.is_null()) continue;
      const std::string text =
          value.kind() == ValueKind::kString ? value.as_string() : ToJson(value);
      Append(out, NameOf(name), text);
    }
  }

 private:
  static std::string TypeOf(const Value& value) {
    switch (value.kind()) {
      case ValueKind::kInt:
        return "long";
      case ValueKind::kDouble:
        return "double";
      case ValueKind::kBool:
        return "boolean";
      default:
        return "string";
    }
  }
  std::string KeyOf(const std::string& name) const { return domain_ + "_" + name; }

  std::string domain_;
  std::set<std::string> fixed_;
  std::map<std::string, std::string> types_;
};

std::string NodeLine(const Attributes& attributes, const EntityRow& row) {
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

std::string EdgeLine(const Attributes& attributes, const RelationRow& row) {
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

Status ExportGraphml(const View& view, const Schema& schema, const ExportSink& sink) {
  RecordReader reader(view, schema);
  Attributes nodes("node", {"label", "type", "labels", "aliases"});
  Attributes edges("edge", {"label", "status"});
  TUPU_TRY(ForEachEntity(view, reader, [&](const EntityRow& row) {
    nodes.Learn(row.properties);
    return Status();
  }));
  TUPU_TRY(ForEachRelation(view, reader, false, [&](const RelationRow& row) {
    edges.Learn(row.properties);
    return Status();
  }));

  const bool more = sink(
                        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" "
                        "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
                        "xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns "
                        "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n") &&
                    sink(nodes.Declarations()) && sink(edges.Declarations()) &&
                    sink("  <graph id=\"tupu\" edgedefault=\"directed\">\n");
  if (!more) return {};
  bool wanted = true;
  const auto write = [&](std::string_view line) {
    wanted = sink(line);
    return wanted;
  };
  Sorter sorter;
  TUPU_TRY(ForEachEntity(view, reader, [&](const EntityRow& row) {
    return sorter.Add(row.id, NodeLine(nodes, row));
  }));
  TUPU_TRY(sorter.Drain(write));
  if (!wanted) return {};
  TUPU_TRY(ForEachRelation(view, reader, false, [&](const RelationRow& row) {
    return sorter.Add(row.id, EdgeLine(edges, row));
  }));
  TUPU_TRY(sorter.Drain(write));
  if (wanted) sink("  </graph>\n</graphml>\n");
  return {};
}

}  // namespace tupu::graph
