// Cross-checks asserted elements: every record against the indexes and counters that it makes, and
// as many index entries as records make.
#include <algorithm>
#include <map>
#include <set>

#include "graph/base/unicode.h"
#include "graph/store/asserted.h"
#include "graph/store/edge_pages.h"
#include "graph/store/packed_list.h"

namespace tupu::graph {
namespace {

constexpr std::size_t kEdgeListRoot = 1 + 8 + 4;  // bytes

class AssertedChecker {
 public:
  AssertedChecker(const KvSnapshot& kv, const Names& names, std::vector<std::string>& findings)
      : kv_(kv), names_(names), findings_(findings) {}

  Status Run() {
    TUPU_TRY(Scan(Space::kMeta, OriginPrefix(), [&](std::string_view key, std::string_view) {
      OriginId origin;
      if (!DecodeOriginKey(key, origin)) findings_.push_back("an origin's key is unreadable");
      origins_.insert(origin.value);
      next_origin_ = std::max(next_origin_, origin.value + 1);
      return Status();
    }));
    TUPU_TRY(CheckNodes());
    TUPU_TRY(CheckEdges());
    TUPU_TRY(CheckLists(Space::kGraph, EdgeListPrefix(Direction::kOut), kEdgeListRoot, edges_,
                        "adjacency"));
    TUPU_TRY(CheckLists(Space::kGraph, EdgeListPrefix(Direction::kIn), kEdgeListRoot, edges_,
                        "adjacency"));
    TUPU_TRY(CheckLists(Space::kIndex, ValuePrefix(), kValueRoot, values_, "values of properties"));
    TUPU_TRY(CountIndex());
    TUPU_TRY(CheckCounters());
    return CheckSequences();
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

  void NeedOrigin(const std::string& who, OriginId origin) {
    if (origins_.contains(origin.value)) return;
    findings_.push_back(who + " is of origin " + std::to_string(origin.value) +
                        ", of which there is no record");
  }

  Status CheckNodes() {
    return Scan(Space::kGraph, AssertedNodePrefix(),
                [&](std::string_view key, std::string_view value) {
                  NodeId id;
                  AssertedNode node;
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
    next_node_ = std::max(next_node_, id.value - kFirstAssertedNode + 1);
    NeedOrigin(who, node.origin);
    for (const std::uint32_t label : node.labels) {
      ++counters_[AssertedNodesKey(label)];
      TUPU_TRY(Need(Space::kIndex, AssertedLabelKey(label, id), who + " is not found by its label",
                    index_entries_));
    }
    for (const auto& [property, value] : node.properties) {
      const std::string& name = names_.NameOf(NameKind::kProperty, property);
      if (name.empty()) findings_.push_back(who + " has a property without a name");
      if (IsIndexed(name, value)) {
        ++values_;
        const ValuePlace place(property, value);
        TUPU_ASSIGN(const bool found, HasPacked(kv_, Space::kIndex, place.Root(),
                                                {place.First(), ValueNode(id, value).Code()}));
        if (!found) {
          findings_.push_back(who + " is not found by its " + name);
        }
      }
      if (name != "name" || value.kind() != ValueKind::kString) continue;
      TUPU_TRY(Need(Space::kIndex, NameIndexKey(FoldName(value.as_string()), value.as_string(), id),
                    who + " is missing from the index of names", index_entries_));
    }
    return {};
  }

  Status CheckEdges() {
    const auto check_page = [&](std::string_view key, std::string_view value) -> Status {
      EdgeId first;
      std::vector<PagedEdge> edges;
      const auto keep = [&](const PagedEdge& edge) { edges.push_back(edge); };
      if (!DecodeEdgePageKey(key, first) || !VisitEdgePage(value, keep) || edges.empty()) {
        findings_.push_back("a page of asserted edges is unreadable");
        return {};
      }
      for (const PagedEdge& edge : edges) {
        TUPU_TRY(CheckEdge(EdgeId{first.value + edge.slot}, edge));
      }
      return {};
    };
    TUPU_TRY(Scan(Space::kGraph, EdgePagePrefix(), check_page));
    std::uint64_t found = 0;
    TUPU_TRY(Scan(Space::kGraph, ApartPrefix(), [&](std::string_view, std::string_view) {
      ++found;
      return Status();
    }));
    if (found != apart_) {
      findings_.push_back("properties of " + std::to_string(found) +
                          " asserted edges stand apart, and should of " + std::to_string(apart_));
    }
    return {};
  }

  Status CheckEdge(EdgeId id, const PagedEdge& edge) {
    ++edges_;
    const TypeId type = TypeOf(id);
    const std::string who = "asserted edge " + names_.NameOf(NameKind::kType, type.value);
    ++counters_[AssertedEdgesKey(type)];
    std::uint64_t& next = next_edge_[type.value];
    next = std::max(next, EdgeCode(id) + 1);
    NeedOrigin(who, edge.origin);
    std::optional<std::string> bytes;
    std::string_view encoded = edge.properties;
    if (edge.apart) {
      ++apart_;
      TUPU_ASSIGN(bytes, kv_.Get(Space::kGraph, ApartKey(id)));
      if (!bytes) {
        findings_.push_back(who + " has lost its properties");
      } else {
        encoded = *bytes;
      }
    }
    StoredProperties properties;
    if (!DecodeProperties(encoded, properties)) findings_.push_back(who + " is unreadable");
    for (const auto& [property, value] : properties) {
      if (names_.NameOf(NameKind::kProperty, property).empty()) {
        findings_.push_back(who + " has a property without a name");
      }
    }
    const auto need = [&](NodeId node, Direction direction, NodeId other,
                          const std::string& end) -> Status {
      // Not by the other end alone: two nodes may have very many edges.
      TUPU_ASSIGN(const bool listed,
                  HasPacked(kv_, Space::kGraph, EdgeListRoot(node, direction, type),
                            {NodeCode(other), EdgeCode(id)}));
      if (!listed) {
        findings_.push_back(who + " is missing from the adjacency of its " + end);
      }
      TUPU_ASSIGN(const std::optional<std::string> record,
                  kv_.Get(Space::kGraph, IsAsserted(node) ? AssertedNodeKey(node) : NodeKey(node)));
      if (!record) findings_.push_back(who + " has an end that is no node");
      return {};
    };
    TUPU_TRY(need(edge.from, Direction::kOut, edge.to, "start"));
    return need(edge.to, Direction::kIn, edge.from, "end");
  }

  // Whether packed lists are well-formed, and have as many entries as something else makes.
  Status CheckLists(Space space, const std::string& prefix, std::size_t root_size,
                    std::uint64_t expected, const std::string& what) {
    std::string root, bound;
    bool split = false;
    std::uint64_t found = 0;
    const auto wrong = [&] { findings_.push_back("a list of " + what + " is damaged"); };
    TUPU_TRY(Scan(space, prefix, [&](std::string_view key, std::string_view value) -> Status {
      PackedEntry first, last;
      std::uint64_t entries = 0;
      bool blocks_follow = false;
      const bool read = VisitPacked(value, blocks_follow, [&](PackedEntry entry) {
        if (entries++ == 0) first = entry;
        last = entry;
      });
      found += entries;
      const bool is_root = key.size() == root_size;
      if (!read || (!is_root && key.size() != root_size + kPackedBound)) {
        wrong();
        return {};
      }
      if (is_root) {
        if (split && bound.empty()) wrong();  // the one before has lost its blocks
        root = key;
        bound.clear();
        split = blocks_follow;
        return {};
      }
      const std::string_view ends = key.substr(root_size);
      const bool fits = split && key.starts_with(root) && !blocks_follow &&
                        (bound.empty() || PackedBound(first) > bound) && PackedBound(last) <= ends;
      if (!fits) wrong();
      bound = ends;
      return {};
    }));
    if (split && bound.empty()) wrong();
    if (found != expected) {
      findings_.push_back("asserted elements have " + std::to_string(found) + " entries of " +
                          what + " and should have " + std::to_string(expected));
    }
    return {};
  }

  // The other indexes have as many entries as nodes make.
  Status CountIndex() {
    std::uint64_t found = 0;
    TUPU_TRY(Scan(Space::kIndex, {}, [&](std::string_view key, std::string_view) {
      found += IsAssertedKey(Space::kIndex, key) && !key.starts_with(ValuePrefix()) ? 1 : 0;
      return Status();
    }));
    if (found != index_entries_) {
      findings_.push_back("asserted elements have " + std::to_string(found) +
                          " entries of the indexes and should have " +
                          std::to_string(index_entries_));
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

  Status CheckSequences() {
    TUPU_TRY(CheckSequence(kv_, OriginSequenceKey(), next_origin_, "origins", findings_));
    TUPU_TRY(
        CheckSequence(kv_, AssertedNodeSequenceKey(), next_node_, "asserted nodes", findings_));
    for (const auto& [type, used] : next_edge_) {
      TUPU_TRY(CheckSequence(kv_, AssertedEdgeSequenceKey(TypeId{type}), used,
                             "asserted " + names_.NameOf(NameKind::kType, type) + " edges",
                             findings_));
    }
    return {};
  }

  const KvSnapshot& kv_;
  const Names& names_;
  std::vector<std::string>& findings_;
  std::uint64_t next_origin_ = 0, next_node_ = 0;  // by the numbers in use
  std::map<std::uint32_t, std::uint64_t> next_edge_;
  std::map<std::string, std::int64_t> counters_;
  std::set<std::uint64_t> origins_;
  std::uint64_t index_entries_ = 0, values_ = 0, edges_ = 0, apart_ = 0;
};

}  // namespace

Status CheckSequence(const KvSnapshot& kv, const std::string& key, std::uint64_t used,
                     const std::string& what, std::vector<std::string>& findings) {
  TUPU_ASSIGN(const std::optional<std::string> bytes, kv.Get(Space::kMeta, key));
  std::uint64_t next = 0;
  if (bytes && !DecodeNumber(*bytes, next))
    findings.push_back("the sequence of " + what + " is none");
  if (next < used) {
    findings.push_back("the sequence of " + what + " is behind the numbers in use");
  }
  return {};
}

Status CheckAsserted(const KvSnapshot& kv, const Names& names, std::vector<std::string>& findings) {
  return AssertedChecker(kv, names, findings).Run();
}

}  // namespace tupu::graph
