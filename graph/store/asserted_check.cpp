// Cross-checks asserted elements: every record against the indexes and counters that it makes, and
// as many index entries as records make.
#include <algorithm>
#include <map>

#include "graph/base/unicode.h"
#include "graph/store/asserted.h"

namespace tupu::graph {
namespace {

class AssertedChecker {
 public:
  AssertedChecker(const KvSnapshot& kv, const Names& names, std::vector<std::string>& findings)
      : kv_(kv), names_(names), findings_(findings) {}

  Status Run() {
    TUPU_TRY(CheckNodes());
    TUPU_TRY(CheckEdges());
    TUPU_TRY(Count(Space::kIndex, index_entries_, "entries of the indexes"));
    TUPU_TRY(Count(Space::kGraph, graph_entries_, "records and entries of adjacency"));
    return CheckCounters();
  }

 private:
  template <class Visit>
  Status Scan(Space space, const std::string& prefix, const Visit& visit) {
    const auto cursor = kv_.Scan(space, prefix);
    for (; cursor->Valid(); cursor->Next()) TUPU_TRY(visit(cursor->key(), cursor->value()));
    return cursor->status();
  }

  Status Need(Space space, const std::string& key, const std::string& what,
              std::uint64_t& counted) {
    ++counted;
    TUPU_ASSIGN(const std::optional<std::string> found, kv_.Get(space, key));
    if (!found) findings_.push_back(what);
    return {};
  }

  Status CheckNodes() {
    return Scan(Space::kGraph, AssertedNodePrefix(),
                [&](std::string_view key, std::string_view value) {
                  NodeId id;
                  AssertedNode node;
                  ++graph_entries_;
                  if (!DecodeAssertedNodeKey(key, id) || !DecodeAssertedNode(value, node)) {
                    findings_.push_back("an asserted node's record is unreadable");
                    return Status();
                  }
                  return CheckNode(id, node);
                });
  }

  Status CheckNode(NodeId id, const AssertedNode& node) {
    const std::string who = "asserted node " + std::to_string(id.value - kFirstAssertedNode);
    ++counters_[AssertedNodesKey()];
    for (const std::uint32_t label : node.labels) {
      ++counters_[AssertedNodesKey(label)];
      TUPU_TRY(Need(Space::kIndex, AssertedLabelKey(label, id), who + " is not found by its label",
                    index_entries_));
    }
    for (const auto& [property, value] : node.properties) {
      const std::string& name = names_.NameOf(NameKind::kProperty, property);
      if (name.empty()) findings_.push_back(who + " has a property without a name");
      if (!IsIndexed(name)) continue;
      TUPU_TRY(Need(Space::kIndex, PropertyIndexKey(property, value, id),
                    who + " is not found by its " + name, index_entries_));
      if (name != "name" || value.kind() != ValueKind::kString) continue;
      TUPU_TRY(Need(Space::kIndex, NameIndexKey(FoldName(value.as_string()), value.as_string(), id),
                    who + " is missing from the index of names", index_entries_));
    }
    return {};
  }

  Status CheckEdges() {
    return Scan(
        Space::kGraph, AssertedEdgePrefix(),
        [&](std::string_view key, std::string_view value) -> Status {
          EdgeId id;
          AssertedEdge edge;
          ++graph_entries_;
          if (!DecodeAssertedEdgeKey(key, id) || !DecodeAssertedEdge(value, edge)) {
            findings_.push_back("an asserted edge's record is unreadable");
            return {};
          }
          const TypeId type = TypeOf(id);
          const std::string who = "asserted edge " + names_.NameOf(NameKind::kType, type.value);
          ++counters_[AssertedEdgesKey(type)];
          const std::string suffix = AdjacencySuffix(id);
          TUPU_TRY(Need(Space::kGraph,
                        AdjacencyKey(edge.from, Direction::kOut, type, edge.to, suffix),
                        who + " is missing from the adjacency of its start", graph_entries_));
          TUPU_TRY(Need(Space::kGraph,
                        AdjacencyKey(edge.to, Direction::kIn, type, edge.from, suffix),
                        who + " is missing from the adjacency of its end", graph_entries_));
          for (const NodeId end : {edge.from, edge.to}) {
            TUPU_ASSIGN(
                const std::optional<std::string> node,
                kv_.Get(Space::kGraph, IsAsserted(end) ? AssertedNodeKey(end) : NodeKey(end)));
            if (!node) findings_.push_back(who + " has an end that is no node");
          }
          return {};
        });
  }

  Status Count(Space space, std::uint64_t expected, const std::string& what) {
    std::uint64_t found = 0;
    TUPU_TRY(Scan(space, {}, [&](std::string_view key, std::string_view) {
      found += IsAssertedKey(space, key) ? 1 : 0;
      return Status();
    }));
    if (found != expected) {
      findings_.push_back("asserted elements have " + std::to_string(found) + " " + what +
                          " and should have " + std::to_string(expected));
    }
    return {};
  }

  Status CheckCounters() {
    TUPU_TRY(Scan(Space::kCounters, {}, [&](std::string_view key, std::string_view value) {
      if (!IsAssertedKey(Space::kCounters, key)) return Status();
      std::int64_t count = 0;
      if (!DecodeCounter(value, count) || counters_[std::string(key)] != count) {
        findings_.push_back("a counter of asserted elements is wrong");
      }
      counters_.erase(std::string(key));
      return Status();
    }));
    if (!counters_.empty()) findings_.push_back("a counter of asserted elements is missing");
    return {};
  }

  const KvSnapshot& kv_;
  const Names& names_;
  std::vector<std::string>& findings_;
  std::map<std::string, std::int64_t> counters_;
  std::uint64_t index_entries_ = 0, graph_entries_ = 0;
};

}  // namespace

Status CheckAsserted(const KvSnapshot& kv, const Names& names, std::vector<std::string>& findings) {
  return AssertedChecker(kv, names, findings).Run();
}

}  // namespace tupu::graph
