#include <algorithm>
#include <queue>

#include "graph/store/edge_pages.h"
#include "graph/store/facts.h"
#include "graph/store/packed_list.h"
#include "graph/store/view_impl.h"

namespace tupu::graph {
namespace {

Error Damaged(const std::string& what) {
  return Error{ErrorCode::kCorruption, "the store is damaged: " + what};
}

// The documents behind a node or edge, the latest first.
Result<std::vector<DocumentId>> Supports(const KvSnapshot& kv, SupportKind kind,
                                         std::uint64_t number) {
  std::vector<DocumentId> out;
  const auto cursor = kv.Scan(Space::kIndex, SupportPrefix(kind, number));
  for (; cursor->Valid(); cursor->Next()) {
    std::uint64_t subject = 0;
    DateNumber date = 0;
    DocumentId doc;
    if (!DecodeSupportKey(cursor->key(), subject, date, doc)) return Damaged("a support's key");
    out.push_back(doc);
  }
  TUPU_TRY(cursor->status());
  return out;
}

// The statements of these documents that `wanted(table, row)` holds for, in order.
template <class Wanted>
Result<std::vector<Statement>> Collect(const KvSnapshot& kv, const std::vector<DocumentId>& docs,
                                       const Wanted& wanted) {
  constexpr std::size_t kGroup = 64;  // blocks in memory at a time
  std::vector<Statement> out;
  std::vector<std::string> keys;
  std::vector<std::optional<std::string>> blocks;
  for (std::size_t begin = 0; begin < docs.size(); begin += kGroup) {
    keys.clear();
    for (std::size_t i = begin; i < std::min(docs.size(), begin + kGroup); ++i) {
      keys.push_back(BlockKey(docs[i]));
    }
    TUPU_TRY(kv.MultiGet(Space::kStatements, keys, blocks));
    for (const std::optional<std::string>& block : blocks) {
      StatementTable table;
      if (!block || !StatementTable::Decode(*block, table)) {
        return Damaged("a document's statements are missing or unreadable");
      }
      for (const StatementTable::Row& row : table.rows()) {
        if (wanted(table, row)) out.push_back(table.StatementOf(row));
      }
    }
  }
  SortStatements(out);
  return out;
}

}  // namespace

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

// ---- documents and statements

Result<std::optional<DocumentHeader>> View::FindDocument(std::string_view id) const {
  TUPU_ASSIGN(std::optional<FoundDocument> found, impl_->ReadHeader(id));
  if (!found) return std::optional<DocumentHeader>();
  return std::optional<DocumentHeader>(std::move(found->header));
}

Result<std::string> View::DocumentText(std::string_view id) const {
  TUPU_ASSIGN(const std::optional<FoundDocument> found, impl_->ReadHeader(id));
  if (!found) {
    return Error{ErrorCode::kNotFound, "there is no document '" + std::string(id) + "'"};
  }
  TUPU_ASSIGN(std::optional<std::string> text,
              impl_->kv->Get(Space::kText, TextKey(found->number)));
  if (!text) return Damaged("the text of document '" + std::string(id) + "' is missing");
  return std::move(*text);
}

Status View::ForEachDocument(const std::function<bool(const DocumentHeader&)>& visit) const {
  const auto cursor = impl_->kv->Scan(Space::kStatements, HeaderPrefix());
  for (; cursor->Valid(); cursor->Next()) {
    FoundDocument doc;
    doc.header.id = cursor->key().substr(HeaderPrefix().size());
    if (!DecodeHeader(cursor->value(), doc.number, doc.header)) {
      return Damaged("the header of document '" + doc.header.id + "' is unreadable");
    }
    if (!visit(doc.header)) return {};
  }
  return cursor->status();
}

Status View::ForEachStatement(std::string_view document_id,
                              const std::function<bool(const Statement&)>& visit) const {
  TUPU_ASSIGN(const std::optional<FoundDocument> found, impl_->ReadHeader(document_id));
  if (!found) return {};
  TUPU_ASSIGN(const std::vector<Statement> statements,
              Collect(*impl_->kv, {found->number}, [](const auto&, const auto&) { return true; }));
  for (const Statement& stmt : statements) {
    if (!visit(stmt)) break;
  }
  return {};
}

Result<std::vector<Statement>> View::NodeStatements(NodeId node) const {
  if (IsAsserted(node)) return std::vector<Statement>();
  TUPU_ASSIGN(const StoredNode stored, impl_->ReadNode(node));
  TUPU_ASSIGN(const std::vector<DocumentId> docs,
              Supports(*impl_->kv, SupportKind::kNode, node.value));
  return Collect(
      *impl_->kv, docs, [&](const StatementTable& table, const StatementTable::Row& row) {
        return row.kind != StatementKind::kRelation && stored.HasMember(table.keys()[row.subject]);
      });
}

Result<std::vector<Statement>> View::EdgeStatements(EdgeId edge) const {
  if (IsAsserted(edge)) return std::vector<Statement>();
  TUPU_ASSIGN(const StoredEdge stored, impl_->ReadEdge(edge));
  TUPU_ASSIGN(const StoredNode from, impl_->ReadNode(stored.from));
  TUPU_ASSIGN(const StoredNode to, impl_->ReadNode(stored.to));
  TUPU_ASSIGN(const std::vector<DocumentId> docs,
              Supports(*impl_->kv, SupportKind::kEdge, edge.value));
  TUPU_ASSIGN(const auto judgements, impl_->ReadJudgements());
  const std::string type = TypeName(TypeOf(edge));
  return Collect(
      *impl_->kv, docs, [&](const StatementTable& table, const StatementTable::Row& row) {
        return row.kind == StatementKind::kRelation && row.status != ClaimStatus::kDenied &&
               table.StringAt(row.property) == type && from.HasMember(table.keys()[row.subject]) &&
               to.HasMember(table.keys()[row.object]) && TitleHash(table, row) == stored.title &&
               !IsRejected(table, row, *judgements);
      });
}

// ---- judgements

Result<std::shared_ptr<const Judgements>> LoadJudgements(const KvSnapshot& kv) {
  std::vector<Judgement> all;
  const auto cursor = kv.Scan(Space::kMeta, JudgementPrefix());
  for (; cursor->Valid(); cursor->Next()) {
    const std::string_view line = cursor->key().substr(JudgementPrefix().size());
    Result<Judgement> one = ParseJudgement(line);
    if (!one.ok() || one->ToLine() != line) return Damaged("a judgement is unreadable");
    all.push_back(std::move(*one));
  }
  TUPU_TRY(cursor->status());
  Result<Judgements> out = Judgements::Make(all);
  if (!out.ok()) return Damaged(out.error().message);
  return std::shared_ptr<const Judgements>(std::make_shared<Judgements>(std::move(*out)));
}

Result<std::shared_ptr<const Judgements>> View::Impl::ReadJudgements() const {
  const std::lock_guard lock(judged->mutex);
  if (!judged->judgements) {
    TUPU_ASSIGN(judged->judgements, LoadJudgements(*kv));
  }
  return judged->judgements;
}

Result<std::shared_ptr<const Judgements>> View::StoredJudgements() const {
  return impl_->ReadJudgements();
}

Result<std::vector<EntityKey>> View::NodeKeys(NodeId node) const {
  std::vector<EntityKey> out;
  if (IsAsserted(node)) return out;
  TUPU_ASSIGN(const StoredNode stored, impl_->ReadNode(node));
  for (const NodeMember& member : stored.members) out.push_back(member.key);
  std::sort(out.begin(), out.end());
  return out;
}

Result<std::vector<KeyLink>> View::NodeLinks(NodeId node) const {
  if (IsAsserted(node)) return std::vector<KeyLink>();
  TUPU_ASSIGN(const StoredNode stored, impl_->ReadNode(node));
  if (stored.members.size() < 2) return std::vector<KeyLink>();
  TUPU_ASSIGN(const auto judgements, impl_->ReadJudgements());
  TUPU_ASSIGN(std::vector<Cluster> clusters,
              ResolveAround(std::span(&stored.key, 1), *judgements,
                            [&](const EntityKey& key) -> Result<bool> {
                              TUPU_ASSIGN(const auto found,
                                          impl_->kv->Get(Space::kIndex, IdKey(EntityIdOf(key))));
                              return found.has_value();
                            }));
  for (Cluster& cluster : clusters) {
    if (cluster.members.front() == stored.key) return std::move(cluster.links);
  }
  return std::vector<KeyLink>();
}

Result<std::vector<Statement>> View::RejectedStatements(NodeId from, std::string_view type,
                                                        NodeId to) const {
  std::vector<Statement> none;
  if (IsAsserted(from) || IsAsserted(to)) return none;
  TUPU_ASSIGN(const auto judgements, impl_->ReadJudgements());
  if (!judgements->has_rejects()) return none;
  TUPU_ASSIGN(const StoredNode start, impl_->ReadNode(from));
  TUPU_ASSIGN(const StoredNode end, impl_->ReadNode(to));
  bool any = false;
  for (const NodeMember& a : start.members) {
    for (const NodeMember& b : end.members) {
      any = any || !judgements->RejectsOf(type, a.key, b.key).empty();
    }
  }
  if (!any) return none;
  TUPU_ASSIGN(const std::vector<DocumentId> docs,
              Supports(*impl_->kv, SupportKind::kNode, from.value));
  return Collect(
      *impl_->kv, docs, [&](const StatementTable& table, const StatementTable::Row& row) {
        return row.kind == StatementKind::kRelation && table.StringAt(row.property) == type &&
               start.HasMember(table.keys()[row.subject]) &&
               end.HasMember(table.keys()[row.object]) && IsRejected(table, row, *judgements);
      });
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
  const auto stored = label ? impl_->names->StoredLabel(*label) : std::nullopt;
  if (label && !stored) return sum;
  TUPU_ASSIGN(const std::uint64_t asserted,
              impl_->ReadCounter(label ? AssertedNodesKey(*stored) : AssertedNodesKey()));
  return sum + asserted;
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
  // One index scan a stored type, merged by number.
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
    if (!DecodeLabelKey(cursor->key(), type, scan.node)) return Damaged("a label's key");
    scan.cursor = std::move(cursor);
    heap.push_back(std::move(scan));
    std::push_heap(heap.begin(), heap.end());
    return {};
  };
  for (LabelId type : impl_->names->TypesBelow(label)) {
    TUPU_TRY(push(impl_->kv->Scan(Space::kIndex, LabelPrefix(type))));
  }
  while (!heap.empty()) {
    std::pop_heap(heap.begin(), heap.end());
    Scan scan = std::move(heap.back());
    heap.pop_back();
    if (!visit(scan.node)) return {};
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
  out.labels = impl_->names->LabelsOf(stored.type);
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
  LabelId type;
  if (!bytes || !DecodeNodeType(*bytes, type)) {
    return Damaged("node " + std::to_string(node.value) + " is missing or unreadable");
  }
  return impl_->names->HasLabel(type, label);
}

}  // namespace tupu::graph
