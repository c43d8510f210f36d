#include <algorithm>
#include <queue>

#include "graph/store/edge_pages.h"
#include "graph/store/overlays.h"
#include "graph/store/packed_list.h"
#include "graph/store/view_impl.h"

namespace tupu::graph {
Result<StoredNode> View::Impl::ReadNode(NodeId node) const {
  TUPU_ASSIGN(const std::optional<std::string> bytes, kv->Get(Space::kGraph, NodeKey(node)));
  StoredNode out;
  if (!bytes || !DecodeNode(*bytes, out)) {
    return Damaged("node " + std::to_string(node.value) + " is missing or unreadable");
  }
  return out;
}

Result<StoredEdge> View::Impl::ReadEdge(EdgeId edge) const {
  TUPU_ASSIGN(const std::optional<std::string> bytes, kv->Get(Space::kGraph, EdgeKey(edge)));
  StoredEdge out;
  if (!bytes || !DecodeEdge(*bytes, out)) {
    return Damaged("edge " + std::to_string(edge.value) + " is missing or unreadable");
  }
  return out;
}

Result<AssertedNode> View::Impl::ReadAssertedNode(NodeId node) const {
  TUPU_ASSIGN(const std::optional<std::string> bytes,
              kv->Get(Space::kGraph, AssertedNodeKey(node)));
  AssertedNode out;
  if (!bytes || !DecodeAssertedNode(*bytes, out)) {
    return Damaged("node " + std::to_string(node.value) + " is missing or unreadable");
  }
  return out;
}

Result<AssertedEdge> View::Impl::ReadAssertedEdge(EdgeId edge) const {
  TUPU_ASSIGN(std::optional<AssertedEdge> out, FindAssertedEdge(*kv, edge));
  if (!out) return Damaged("edge " + std::to_string(edge.value) + " is missing");
  return std::move(*out);
}

Properties View::Impl::Named(StoredProperties properties) const {
  Properties out;
  for (auto& [number, value] : properties) {
    out.emplace(names->NameOf(NameKind::kProperty, number), std::move(value));
  }
  return out;
}

Result<std::optional<FoundDocument>> View::Impl::ReadHeader(std::string_view id) const {
  TUPU_ASSIGN(const std::optional<std::string> bytes, kv->Get(Space::kStatements, HeaderKey(id)));
  if (!bytes) return std::optional<FoundDocument>();
  FoundDocument out;
  out.header.id = id;
  if (!DecodeHeader(*bytes, out.number, out.header)) {
    return Damaged("the header of document '" + std::string(id) + "' is unreadable");
  }
  return std::optional<FoundDocument>(std::move(out));
}

Result<std::uint64_t> View::Impl::ReadCounter(const std::string& key) const {
  const bool stands_still = shared != nullptr;
  if (stands_still) {
    const std::lock_guard lock(counted->mutex);
    const auto known = counted->counts.find(key);
    if (known != counted->counts.end()) return known->second;
  }
  TUPU_ASSIGN(const std::optional<std::string> bytes, kv->Get(Space::kCounters, key));
  std::int64_t count = 0;
  if (bytes && (!DecodeCounter(*bytes, count) || count < 0)) return Damaged("a counter is none");
  if (stands_still) {
    const std::lock_guard lock(counted->mutex);
    counted->counts.emplace(key, static_cast<std::uint64_t>(count));
  }
  return static_cast<std::uint64_t>(count);
}

// ---- counts and names

SharedReads* View::shared() const { return impl_->shared.get(); }

Result<StoreCounts> View::Counts() const {
  StoreCounts out;
  TUPU_ASSIGN(out.documents, impl_->ReadCounter(DocumentsKey()));
  TUPU_ASSIGN(out.statements, impl_->ReadCounter(StatementsKey()));
  for (const auto& [label, types] : impl_->names->Labels()) {
    TUPU_ASSIGN(const std::uint64_t count, CountNodes(FindLabel(label)));
    if (count > 0) out.nodes_by_label.emplace_back(label, count);
  }
  TUPU_ASSIGN(out.nodes, CountNodes(std::nullopt));
  for (std::uint32_t number : impl_->names->Numbers(NameKind::kType)) {
    TUPU_ASSIGN(const std::uint64_t count, CountEdges(TypeId{number}));
    if (count > 0) {
      out.edges_by_type.emplace_back(impl_->names->NameOf(NameKind::kType, number), count);
    }
    out.edges += count;
  }
  std::sort(out.edges_by_type.begin(), out.edges_by_type.end());
  return out;
}

std::optional<LabelId> View::FindLabel(std::string_view label) const {
  return impl_->names->FindLabel(label);
}

std::optional<TypeId> View::FindType(std::string_view type) const {
  const auto number = impl_->names->Find(NameKind::kType, type);
  if (!number) return std::nullopt;
  return TypeId{*number};
}

std::string View::TypeName(TypeId type) const {
  return impl_->names->NameOf(NameKind::kType, type.value);
}

Result<std::uint64_t> View::CountNodes(std::optional<LabelId> label) const {
  std::uint64_t sum = 0;
  for (LabelId type : impl_->names->TypesBelow(label)) {
    TUPU_ASSIGN(const std::uint64_t count, impl_->ReadCounter(NodesKey(type)));
    sum += count;
  }
  if (!label) {
    TUPU_ASSIGN(const std::uint64_t asserted, impl_->ReadCounter(AssertedNodesKey()));
    return sum + asserted;
  }
  const std::optional<std::uint32_t> stored = impl_->names->StoredLabel(*label);
  if (!stored) return sum;
  const std::uint32_t number = *stored;
  TUPU_ASSIGN(const std::uint64_t asserted, impl_->ReadCounter(AssertedNodesKey(number)));
  TUPU_ASSIGN(const std::uint64_t by_hand, impl_->ReadCounter(HandLabelsKey(number)));
  sum += asserted + by_hand;
  if (by_hand == 0) return sum;
  // Of those by hand only what is of no type below the label.
  for (const LabelId type : impl_->names->TypesBelow(label)) {
    TUPU_ASSIGN(const std::uint64_t both, impl_->ReadCounter(HandLabelsKey(number, type)));
    sum -= both;
  }
  return sum;
}

Result<std::uint64_t> View::CountEdges(std::optional<TypeId> type) const {
  if (type) {
    TUPU_ASSIGN(const std::uint64_t computed, impl_->ReadCounter(EdgesKey(*type)));
    TUPU_ASSIGN(const std::uint64_t asserted, impl_->ReadCounter(AssertedEdgesKey(*type)));
    return computed + asserted;
  }
  std::uint64_t sum = 0;
  for (std::uint32_t number : impl_->names->Numbers(NameKind::kType)) {
    TUPU_ASSIGN(const std::uint64_t count, CountEdges(TypeId{number}));
    sum += count;
  }
  return sum;
}

std::vector<std::string> View::Labels() const {
  std::vector<std::string> out;
  if (const auto counts = Counts(); counts.ok()) {
    for (const auto& [label, count] : counts->nodes_by_label) out.push_back(label);
  }
  return out;
}

std::vector<std::string> View::RelationTypes() const {
  std::vector<std::string> out;
  if (const auto counts = Counts(); counts.ok()) {
    for (const auto& [type, count] : counts->edges_by_type) out.push_back(type);
  }
  return out;
}

std::vector<std::string> View::PropertyKeys() const {
  std::vector<std::string> out = {"aliases", "id", "name", "status"};
  for (const std::uint32_t number : impl_->names->Numbers(NameKind::kProperty)) {
    out.push_back(impl_->names->NameOf(NameKind::kProperty, number));
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

// ---- the graph

Status View::ForEachNode(std::optional<LabelId> label,
                         const std::function<bool(NodeId)>& visit) const {
  // One index scan a stored type, and one of those that have the label by hand, merged by number.
  struct Scan {
    NodeId node;
    std::unique_ptr<KvCursor> cursor;
    bool operator<(const Scan& other) const { return node > other.node; }
  };
  std::vector<Scan> heap;
  const auto push = [&](std::unique_ptr<KvCursor> cursor) -> Status {
    if (!cursor->Valid()) return cursor->status();
    Scan scan;
    LabelId type;
    std::uint32_t by_hand = 0;
    if (!DecodeLabelKey(cursor->key(), type, scan.node) &&
        !DecodeHandLabelKey(cursor->key(), by_hand, scan.node)) {
      return Damaged("a label's key");
    }
    scan.cursor = std::move(cursor);
    heap.push_back(std::move(scan));
    std::push_heap(heap.begin(), heap.end());
    return {};
  };
  for (LabelId type : impl_->names->TypesBelow(label)) {
    TUPU_TRY(push(impl_->kv->Scan(Space::kIndex, LabelPrefix(type))));
  }
  const auto stored = label ? impl_->names->StoredLabel(*label) : std::nullopt;
  if (stored) TUPU_TRY(push(impl_->kv->Scan(Space::kIndex, HandLabelPrefix(*stored))));
  std::optional<NodeId> last;
  while (!heap.empty()) {
    std::pop_heap(heap.begin(), heap.end());
    Scan scan = std::move(heap.back());
    heap.pop_back();
    if (last != scan.node && !visit(scan.node)) return {};
    last = scan.node;
    scan.cursor->Next();
    TUPU_TRY(push(std::move(scan.cursor)));
  }
  return ForEachAssertedNode(label, visit);
}

// Their numbers are above those of all computed nodes.
Status View::ForEachAssertedNode(std::optional<LabelId> label,
                                 const std::function<bool(NodeId)>& visit) const {
  const auto stored = label ? impl_->names->StoredLabel(*label) : std::nullopt;
  if (label && !stored) return {};
  const auto cursor = label ? impl_->kv->Scan(Space::kIndex, AssertedLabelPrefix(*stored))
                            : impl_->kv->Scan(Space::kGraph, AssertedNodePrefix());
  for (; cursor->Valid(); cursor->Next()) {
    NodeId node;
    std::uint32_t number = 0;
    if (label ? !DecodeAssertedLabelKey(cursor->key(), number, node)
              : !DecodeAssertedNodeKey(cursor->key(), node)) {
      return Damaged("the key of an asserted node");
    }
    if (!visit(node)) return {};
  }
  return cursor->status();
}

Status View::ForEachEdge(
    std::optional<TypeId> type,
    const std::function<bool(EdgeId, TypeId, NodeId from, NodeId to)>& visit) const {
  bool more = true;
  const auto of_type = [&](TypeId one) -> Status {
    auto cursor = impl_->kv->Scan(Space::kGraph, EdgePrefix(one));
    for (; more && cursor->Valid(); cursor->Next()) {
      EdgeId edge;
      NodeId from, to;
      if (!DecodeEdgeKey(cursor->key(), edge) || !DecodeEdgeEnds(cursor->value(), from, to)) {
        return Damaged("an edge is unreadable");
      }
      more = visit(edge, one, from, to);
    }
    TUPU_TRY(cursor->status());
    cursor = impl_->kv->Scan(Space::kGraph, EdgePagePrefix(one));
    for (; more && cursor->Valid(); cursor->Next()) {
      EdgeId first;
      const auto each = [&](const PagedEdge& edge) {
        more = more && visit(EdgeId{first.value + edge.slot}, one, edge.from, edge.to);
      };
      if (!DecodeEdgePageKey(cursor->key(), first) || !VisitEdgePage(cursor->value(), each)) {
        return Damaged("a page of edges is unreadable");
      }
    }
    return cursor->status();
  };
  if (type) return of_type(*type);
  for (const std::uint32_t number : impl_->names->Numbers(NameKind::kType)) {
    TUPU_TRY(of_type(TypeId{number}));
  }
  return {};
}

Status View::Expand(NodeId node, Direction direction, std::span<const TypeId> types,
                    std::vector<Neighbour>& out) const {
  // Computed edges join computed nodes; asserted ones join any.
  const auto scan = [&](const std::string& prefix) -> Status {
    if (IsAsserted(node)) return {};
    const auto cursor = impl_->kv->Scan(Space::kGraph, prefix);
    for (; cursor->Valid(); cursor->Next()) {
      Adjacency entry;
      Neighbour neighbour;
      if (!DecodeAdjacencyKey(cursor->key(), entry) ||
          !DecodeNumber(cursor->value(), neighbour.edge.value)) {
        return Damaged("the adjacency of node " + std::to_string(node.value));
      }
      neighbour.type = entry.type;
      neighbour.node = entry.neighbour;
      out.push_back(neighbour);
    }
    return cursor->status();
  };
  TypeId type;
  const auto add = [&](PackedEntry entry) {
    out.push_back({EdgeOfCode(type, entry.second), type, NodeOfCode(entry.first)});
  };
  for (const TypeId one : types) {
    TUPU_TRY(scan(AdjacencyPrefix(node, direction, one)));
    type = one;
    TUPU_TRY(ReadPacked(*impl_->kv, Space::kGraph, EdgeListRoot(node, direction, one), add));
  }
  if (!types.empty()) return {};
  TUPU_TRY(scan(AdjacencyPrefix(node, direction)));
  const auto cursor = impl_->kv->Scan(Space::kGraph, EdgeListPrefix(node, direction));
  for (; cursor->Valid(); cursor->Next()) {
    NodeId of;
    Direction way{};
    bool block = false, split = false;
    if (!DecodeEdgeListKey(cursor->key(), of, way, type, block) ||
        !VisitPacked(cursor->value(), split, add) || (block && split)) {
      return Damaged("the adjacency of node " + std::to_string(node.value));
    }
  }
  return cursor->status();
}

Status View::ExpandTo(NodeId node, Direction direction, std::span<const TypeId> types, NodeId other,
                      std::vector<Neighbour>& out) const {
  if (types.empty()) {
    std::vector<Neighbour> all;
    TUPU_TRY(Expand(node, direction, types, all));
    std::copy_if(all.begin(), all.end(), std::back_inserter(out),
                 [&](const Neighbour& one) { return one.node == other; });
    return {};
  }
  std::vector<std::uint64_t> numbers;
  for (const TypeId type : types) {
    if (!IsAsserted(node) && !IsAsserted(other)) {
      const auto cursor =
          impl_->kv->Scan(Space::kGraph, AdjacencyKey(node, direction, type, other, {}));
      for (; cursor->Valid(); cursor->Next()) {
        EdgeId edge;
        if (!DecodeNumber(cursor->value(), edge.value)) {
          return Damaged("the adjacency of node " + std::to_string(node.value));
        }
        out.push_back({edge, type, other});
      }
      TUPU_TRY(cursor->status());
    }
    numbers.clear();
    TUPU_TRY(FindPacked(*impl_->kv, Space::kGraph, EdgeListRoot(node, direction, type),
                        NodeCode(other), numbers));
    for (const std::uint64_t number : numbers)
      out.push_back({EdgeOfCode(type, number), type, other});
  }
  return {};
}

Result<NodeRecord> View::Node(NodeId node) const {
  if (IsAsserted(node)) {
    TUPU_ASSIGN(AssertedNode asserted, impl_->ReadAssertedNode(node));
    NodeRecord record;
    for (const std::uint32_t label : asserted.labels) {
      record.labels.push_back(impl_->names->NameOf(NameKind::kLabel, label));
    }
    std::sort(record.labels.begin(), record.labels.end());
    record.properties = impl_->Named(std::move(asserted.properties));
    return record;
  }
  TUPU_ASSIGN(const StoredNode stored, impl_->ReadNode(node));
  NodeRecord out;
  out.type = impl_->names->NameOf(NameKind::kLabel, stored.type.value);
  out.labels = impl_->names->LabelsOf(stored.type);
  if (!stored.labels.empty()) {
    for (const std::uint32_t label : stored.labels) {
      out.labels.push_back(impl_->names->NameOf(NameKind::kLabel, label));
    }
    std::sort(out.labels.begin(), out.labels.end());
    out.labels.erase(std::unique(out.labels.begin(), out.labels.end()), out.labels.end());
  }
  out.properties = ShownProperties(*impl_->names, stored);
  return out;
}

Result<EdgeRecord> View::Edge(EdgeId edge) const {
  if (IsAsserted(edge)) {
    TUPU_ASSIGN(AssertedEdge asserted, impl_->ReadAssertedEdge(edge));
    return EdgeRecord{TypeName(TypeOf(edge)), asserted.from, asserted.to,
                      impl_->Named(std::move(asserted.properties))};
  }
  TUPU_ASSIGN(const StoredEdge stored, impl_->ReadEdge(edge));
  EdgeRecord out;
  out.type = TypeName(TypeOf(edge));
  out.from = stored.from;
  out.to = stored.to;
  out.properties = ShownProperties(*impl_->names, stored);
  if (!out.properties.contains("status")) {
    return Damaged("edge " + std::to_string(edge.value) + " has no status");
  }
  return out;
}

Result<bool> View::HasLabel(NodeId node, LabelId label) const {
  if (IsAsserted(node)) {
    TUPU_ASSIGN(const std::optional<std::string> asserted,
                impl_->kv->Get(Space::kGraph, AssertedNodeKey(node)));
    const auto stored = impl_->names->StoredLabel(label);
    bool has = false;
    if (!asserted || (stored && !DecodeHasLabel(*asserted, *stored, has))) {
      return Damaged("node " + std::to_string(node.value) + " is missing or unreadable");
    }
    return has;
  }
  TUPU_ASSIGN(const std::optional<std::string> bytes, impl_->kv->Get(Space::kGraph, NodeKey(node)));
  std::string_view in = bytes ? std::string_view(*bytes) : std::string_view();
  LabelId type;
  std::vector<std::uint32_t> by_hand;
  if (!GetNodeLabels(in, type, by_hand)) {
    return Damaged("node " + std::to_string(node.value) + " is missing or unreadable");
  }
  if (impl_->names->HasLabel(type, label)) return true;
  const auto stored = by_hand.empty() ? std::nullopt : impl_->names->StoredLabel(label);
  return stored && std::binary_search(by_hand.begin(), by_hand.end(), *stored);
}

}  // namespace tupu::graph
