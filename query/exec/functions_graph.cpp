// Nodes, edges, paths, and where they come from.
#include "graph/store/keys.h"
#include "query/cypher/diagnostic.h"
#include "query/exec/functions.h"

namespace tupu::query {
namespace {

using graph::List;
using graph::Map;
using graph::Value;
using graph::ValueKind;

// An edge has no id of its own, but its ends, its type and its title tell it from all others.
bool DescribeEdgeId(ExecContext& context, EdgeId edge, Value& out) {
  const graph::EdgeRecord* record = context.Edge(edge);
  if (!record) return false;
  const graph::EdgeRecord copy = *record;
  const auto own = copy.properties.find("id");
  if (own != copy.properties.end()) {
    out = own->second;
    return true;
  }
  const graph::NodeRecord* from = context.Node(copy.from);
  if (!from) return false;
  std::string text = EntityIdOf(*from) + "-" + copy.type + "-";
  const graph::NodeRecord* to = context.Node(copy.to);
  if (!to) return false;
  text += EntityIdOf(*to);
  const auto title = copy.properties.find("title");
  if (title != copy.properties.end() && title->second.kind() == ValueKind::kString) {
    text += "-" + title->second.as_string();
  }
  out = Value(std::move(text));
  return true;
}

List Strings(const std::vector<std::string>& strings) {
  return List(strings.begin(), strings.end());
}

// properties, keys: of a node, an edge or a map.
bool PropertiesOf(ExecContext& context, const Value& value, Function function, std::uint32_t pos,
                  Map& out) {
  switch (value.kind()) {
    case ValueKind::kMap:
      out = value.as_map();
      return true;
    case ValueKind::kNode: {
      const graph::NodeRecord* node = context.Node(value.as_node());
      if (!node) return false;
      out = node->properties;
      return true;
    }
    case ValueKind::kEdge: {
      const graph::EdgeRecord* edge = context.Edge(value.as_edge());
      if (!edge) return false;
      out = edge->properties;
      return true;
    }
    default:
      return WrongType(context, function, value, pos);
  }
}

bool CallOnNode(ExecContext& context, Function function, const Value& value, std::uint32_t pos,
                Value& out) {
  if (value.kind() != ValueKind::kNode) return WrongType(context, function, value, pos);
  const graph::NodeRecord* node = context.Node(value.as_node());
  if (!node) return false;
  if (function == Function::kLabels) {
    out = Value(Strings(node->labels));
    return true;
  }
  const auto aliases = node->properties.find("aliases");
  out = aliases != node->properties.end() ? aliases->second : Value(List());
  return true;
}

bool CallOnEdge(ExecContext& context, Function function, const Value& value, std::uint32_t pos,
                Value& out) {
  if (value.kind() != ValueKind::kEdge) return WrongType(context, function, value, pos);
  if (function == Function::kType) {
    // Its number tells, also where the relationship is deleted by now.
    out = Value(context.view().TypeName(graph::TypeOf(value.as_edge())));
    return true;
  }
  const graph::EdgeRecord* edge = context.Edge(value.as_edge());
  if (!edge) return false;
  out = Value(function == Function::kStartNode ? edge->from : edge->to);
  return true;
}

bool CallOnPath(ExecContext& context, Function function, const Value& value, std::uint32_t pos,
                Value& out) {
  if (value.kind() != ValueKind::kPath) return WrongType(context, function, value, pos);
  const graph::Path& path = value.as_path();
  switch (function) {
    case Function::kLength:
      out = Value(static_cast<std::int64_t>(path.edges.size()));
      return true;
    case Function::kNodes:
      if (!context.Charge(path.nodes.size() * sizeof(Value))) return false;
      out = Value(List(path.nodes.begin(), path.nodes.end()));
      return true;
    default:
      if (!context.Charge(path.edges.size() * sizeof(Value))) return false;
      out = Value(List(path.edges.begin(), path.edges.end()));
      return true;
  }
}

}  // namespace

std::string EntityIdOf(const graph::NodeRecord& node) {
  const auto id = node.properties.find("id");
  return id != node.properties.end() && id->second.kind() == ValueKind::kString
             ? id->second.as_string()
             : std::string();
}

bool CallGraphFunction(ExecContext& context, Function function, std::vector<Value>& arguments,
                       std::uint32_t pos, Value& out) {
  const Value& value = arguments[0];
  switch (function) {
    case Function::kElementId:
      if (value.kind() == ValueKind::kEdge) return DescribeEdgeId(context, value.as_edge(), out);
      if (value.kind() != ValueKind::kNode) return WrongType(context, function, value, pos);
      {
        const graph::NodeRecord* node = context.Node(value.as_node());
        if (!node) return false;
        out = Value(EntityIdOf(*node));
        return true;
      }
    case Function::kEvidence:
      if (value.kind() != ValueKind::kEdge && value.kind() != ValueKind::kNode) {
        return WrongType(context, function, value, pos);
      }
      return CallEvidence(context, value, out);
    case Function::kProperties:
    case Function::kKeys: {
      Map map;
      if (!PropertiesOf(context, value, function, pos, map)) return false;
      if (function == Function::kProperties) {
        out = Value(std::move(map));
        return context.Charge(HeapBytes(out));
      }
      List keys;
      for (const auto& entry : map) keys.emplace_back(entry.first);
      out = Value(std::move(keys));
      return context.Charge(HeapBytes(out));
    }
    case Function::kLabels:
    case Function::kAliases:
      return CallOnNode(context, function, value, pos, out);
    case Function::kType:
    case Function::kStartNode:
    case Function::kEndNode:
      return CallOnEdge(context, function, value, pos, out);
    default:
      return CallOnPath(context, function, value, pos, out);
  }
}

}  // namespace tupu::query
