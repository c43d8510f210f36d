#include "graph/store/transaction.h"

#include <algorithm>

#include "graph/base/coding.h"
#include "graph/base/unicode.h"
#include "graph/store/edge_pages.h"
#include "graph/store/index_value.h"
#include "graph/store/packed_list.h"
#include "graph/store/records.h"
#include "graph/store/search_index.h"
#include "graph/store/view_impl.h"

namespace tupu::graph {
namespace {

// Lists of plain values are stored, deeper values are not.
bool IsStorable(const Value& value, bool in_list = false) {
  switch (value.kind()) {
    case ValueKind::kMap:
    case ValueKind::kNode:
    case ValueKind::kEdge:
    case ValueKind::kPath:
      return false;
    case ValueKind::kList:
      return !in_list &&
             std::all_of(value.as_list().begin(), value.as_list().end(),
                         [](const Value& element) { return IsStorable(element, true); });
    case ValueKind::kNull:
      return !in_list;
    default:
      return true;
  }
}

Status CheckStorable(std::string_view name, const Value& value) {
  if (IsStorable(value)) return {};
  Error error(ErrorCode::kInvalidInput, "the property " + std::string(name) +
                                            " can hold a plain value or a list of them, no more");
  error.detail = "TypeError: InvalidPropertyType";
  return error;
}

}  // namespace

UpdateCounts UpdateCounts::operator-(const UpdateCounts& before) const {
  UpdateCounts out;
  for (const auto field :
       {&UpdateCounts::nodes_created, &UpdateCounts::nodes_deleted, &UpdateCounts::edges_created,
        &UpdateCounts::edges_deleted, &UpdateCounts::labels_added, &UpdateCounts::labels_removed,
        &UpdateCounts::properties_set, &UpdateCounts::indexes_added, &UpdateCounts::indexes_removed,
        &UpdateCounts::constraints_added, &UpdateCounts::constraints_removed}) {
    out.*field = this->*field - before.*field;
  }
  return out;
}

Transaction::Transaction(Host host)
    : host_(std::move(host)),
      kv_(std::make_shared<LayeredKv>(host_.kv)),
      impl_(std::make_shared<View::Impl>()),
      view_(impl_) {
  impl_->kv = kv_;
  impl_->names = host_.names;
  impl_->indexes = host_.indexes;
  const auto search = kv_->Get(Space::kMeta, SearchStateKey());
  search_ = !search.ok() || search->has_value();  // noting too much does no harm
  if (!host_.first) return;
  std::string version;
  PutVarint(version, kFormatVersion);
  kv_->Put(Space::kMeta, FormatKey(), version);
  version.clear();
  PutVarint(version, kRulesVersion);
  kv_->Put(Space::kMeta, RulesKey(), version);
}

Transaction::~Transaction() = default;

std::uint32_t Transaction::Intern(NameKind kind, std::string_view name) {
  if (const auto number = impl_->names->Find(kind, name)) return *number;
  if (!new_names_) impl_->names = new_names_ = host_.names->Clone();
  const std::uint32_t number = new_names_->Add(kind, name);
  kv_->Put(Space::kMeta, NameKey(kind, number), name);
  return number;
}

Result<std::uint64_t> Transaction::TakeNumber(const std::string& key) {
  auto sequence = sequences_.find(key);
  if (sequence == sequences_.end()) {
    TUPU_ASSIGN(const std::optional<std::string> bytes, kv_->Get(Space::kMeta, key));
    std::uint64_t next = 0;
    if (bytes && !DecodeNumber(*bytes, next)) return Damaged("a sequence is not a number");
    sequence = sequences_.emplace(key, next).first;
  }
  return sequence->second++;
}

Result<OriginId> Transaction::Origin() {
  if (!origin_) {
    TUPU_ASSIGN(const std::uint64_t number, TakeNumber(OriginSequenceKey()));
    origin_ = OriginId{number};
    std::string record;
    PutLengthPrefixed(record, "query");
    kv_->Put(Space::kMeta, OriginKey(*origin_), record);
  }
  return *origin_;
}

Result<StoredProperties> Transaction::ToStored(const Properties& properties) {
  StoredProperties out;
  for (const auto& [name, value] : properties) {
    if (value.is_null()) continue;
    TUPU_TRY(CheckStorable(name, value));
    out.emplace_back(Intern(NameKind::kProperty, name), value);
    ++counts_.properties_set;
  }
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  return out;
}

Result<NodeId> Transaction::CreateNode(const std::vector<std::string>& labels,
                                       const Properties& properties) {
  AssertedNode node;
  TUPU_ASSIGN(node.origin, Origin());
  TUPU_ASSIGN(node.properties, ToStored(properties));
  TUPU_ASSIGN(const std::uint64_t number, TakeNumber(AssertedNodeSequenceKey()));
  const NodeId id{kFirstAssertedNode + number};
  for (const std::string& label : labels) {
    node.labels.push_back(Intern(NameKind::kLabel, label));
  }
  std::sort(node.labels.begin(), node.labels.end());
  node.labels.erase(std::unique(node.labels.begin(), node.labels.end()), node.labels.end());
  for (const std::uint32_t label : node.labels) {
    kv_->Put(Space::kIndex, AssertedLabelKey(label, id), {});
    kv_->Add(AssertedNodesKey(label), 1);
  }
  for (const auto& [property, value] : node.properties) {
    TUPU_TRY(IndexProperty(id, property, value, true));
  }
  kv_->Add(AssertedNodesKey(), 1);
  WriteNode(id, node);
  TUPU_TRY((Reindex<NodeId, AssertedNode>(id, nullptr, &node)));
  ++counts_.nodes_created;
  counts_.labels_added += node.labels.size();
  return id;
}

void Transaction::WriteNode(NodeId id, const AssertedNode& node) {
  std::string bytes;
  EncodeAssertedNode(bytes, node);
  kv_->Put(Space::kGraph, AssertedNodeKey(id), bytes);
}

Status Transaction::IndexProperty(NodeId id, std::uint32_t property, const Value& value, bool add) {
  const std::string& name = impl_->names->NameOf(NameKind::kProperty, property);
  if (IsIndexed(name, value)) {
    const ValuePlace place(property, value);
    const PackedEntry entry{place.First(), ValueNode(id, value).Code()};
    return add ? InsertPacked(*kv_, Space::kIndex, place.Root(), entry)
               : ErasePacked(*kv_, Space::kIndex, place.Root(), entry);
  }
  if (name == "name" && value.kind() == ValueKind::kString) {
    const std::string key = NameIndexKey(FoldName(value.as_string()), value.as_string(), id);
    if (add) {
      kv_->Put(Space::kIndex, key, {});
    } else {
      kv_->Delete(Space::kIndex, key);
    }
    if (search_) kv_->Put(Space::kIndex, PendingKey(SearchKind::kEntities, id.value), {});
  }
  return {};
}

Status Transaction::Reindex(const std::vector<IndexEntry>& before,
                            const std::vector<IndexEntry>& after, bool bound) {
  std::vector<const IndexEntry*> added;
  CompareEntries(
      before, after,
      [&](const IndexEntry& entry) {
        kv_->Put(Space::kIndex, entry.key, {});
        kv_->Add(IndexEntriesKey(entry.index->info.number), 1);
        if (entry.index->info.unique && bound) added.push_back(&entry);
      },
      [&](const IndexEntry& entry) {
        kv_->Delete(Space::kIndex, entry.key);
        kv_->Add(IndexEntriesKey(entry.index->info.number), -1);
      });
  for (const IndexEntry* entry : added) {
    std::uint32_t index = 0;
    std::string_view value;
    std::uint64_t element = 0;
    TUPU_INVARIANT(DecodeIndexEntryKey(entry->key, index, value, element));
    if (IsNaNIndexValue(value)) continue;
    const auto cursor = kv_->Scan(Space::kIndex, IndexValuePart(entry->key), {});
    for (; cursor->Valid(); cursor->Next()) {
      if (cursor->key() == entry->key || cursor->key().size() != entry->key.size()) continue;
      TUPU_ASSIGN(const NodeRecord record, view_.Node(NodeId{element}));
      const auto shown = record.properties.find(entry->index->info.property);
      return NotUnique(*entry->index,
                       shown == record.properties.end() ? "" : ToJson(shown->second));
    }
    TUPU_TRY(cursor->status());
  }
  return {};
}

template <class Id, class Record>
Status Transaction::Reindex(Id id, const Record* before, const Record* after) {
  if (host_.indexes->empty()) return {};
  std::vector<IndexEntry> old, now;
  if (before) old = host_.indexes->Of(*impl_->names, id, *before);
  if (after) now = host_.indexes->Of(*impl_->names, id, *after);
  return Reindex(old, now, true);
}

Result<EdgeId> Transaction::CreateEdge(std::string_view type, NodeId from, NodeId to,
                                       const Properties& properties) {
  const TypeId type_id{Intern(NameKind::kType, type)};
  if (type_id.value >> (64 - kEdgeSequenceBits) != 0) {
    return Error{ErrorCode::kLimit, "too many relation types in one store"};
  }
  AssertedEdge edge{from, to, {}, {}};
  TUPU_ASSIGN(edge.origin, Origin());
  TUPU_ASSIGN(edge.properties, ToStored(properties));
  TUPU_ASSIGN(const std::uint64_t number, TakeNumber(AssertedEdgeSequenceKey(type_id)));
  const EdgeId id = MakeEdgeId(type_id, kAssertedEdgeBit | number);
  TUPU_TRY(PutAssertedEdge(*kv_, id, edge));
  TUPU_TRY(InsertPacked(*kv_, Space::kGraph, EdgeListRoot(from, Direction::kOut, type_id),
                        {NodeCode(to), EdgeCode(id)}));
  TUPU_TRY(InsertPacked(*kv_, Space::kGraph, EdgeListRoot(to, Direction::kIn, type_id),
                        {NodeCode(from), EdgeCode(id)}));
  kv_->Add(AssertedEdgesKey(type_id), 1);
  TUPU_TRY((Reindex<EdgeId, AssertedEdge>(id, nullptr, &edge)));
  ++counts_.edges_created;
  return id;
}

Status Transaction::Fetch(std::span<const EdgeList> lists) {
  std::vector<std::string> keys;
  keys.reserve(lists.size());
  for (const EdgeList& list : lists) {
    const auto type = impl_->names->Find(NameKind::kType, list.type);
    if (type) keys.push_back(EdgeListRoot(list.node, list.direction, TypeId{*type}));
  }
  return kv_->Fetch(Space::kGraph, std::move(keys));
}

namespace {

// Puts the value in its place; returns what stood there.
Value Replace(StoredProperties& properties, std::uint32_t number, const Value& value) {
  const auto place =
      std::lower_bound(properties.begin(), properties.end(), number,
                       [](const auto& property, std::uint32_t n) { return property.first < n; });
  const bool there = place != properties.end() && place->first == number;
  Value before = there ? place->second : Value();
  if (value.is_null()) {
    if (there) properties.erase(place);
  } else if (there) {
    place->second = value;
  } else {
    properties.insert(place, {number, value});
  }
  return before;
}

}  // namespace

Status Transaction::SetProperty(NodeId id, std::string_view name, const Value& value) {
  TUPU_TRY(CheckStorable(name, value));
  if (!IsAsserted(id)) return SetOverlay(id, name, value);
  TUPU_ASSIGN(AssertedNode node, impl_->ReadAssertedNode(id));
  const AssertedNode old = host_.indexes->empty() ? AssertedNode() : node;
  const std::uint32_t property = Intern(NameKind::kProperty, name);
  const Value before = Replace(node.properties, property, value);
  if (before.is_null() && value.is_null()) return {};
  ++counts_.properties_set;
  if (!before.is_null()) TUPU_TRY(IndexProperty(id, property, before, false));
  if (!value.is_null()) TUPU_TRY(IndexProperty(id, property, value, true));
  WriteNode(id, node);
  return Reindex(id, &old, &node);
}

Status Transaction::SetProperty(EdgeId id, std::string_view name, const Value& value) {
  TUPU_TRY(CheckStorable(name, value));
  if (!IsAsserted(id)) return SetOverlay(id, name, value);
  TUPU_ASSIGN(AssertedEdge edge, impl_->ReadAssertedEdge(id));
  const AssertedEdge old = host_.indexes->empty() ? AssertedEdge() : edge;
  const Value before = Replace(edge.properties, Intern(NameKind::kProperty, name), value);
  if (before.is_null() && value.is_null()) return {};
  ++counts_.properties_set;
  TUPU_TRY(PutAssertedEdge(*kv_, id, edge));
  return Reindex(id, &old, &edge);
}

Status Transaction::AddLabel(NodeId id, std::string_view label) {
  if (!IsAsserted(id)) return SetLabelOverlay(id, label, true);
  TUPU_ASSIGN(AssertedNode node, impl_->ReadAssertedNode(id));
  const std::uint32_t number = Intern(NameKind::kLabel, label);
  const auto place = std::lower_bound(node.labels.begin(), node.labels.end(), number);
  if (place != node.labels.end() && *place == number) return {};
  const AssertedNode old = host_.indexes->empty() ? AssertedNode() : node;
  node.labels.insert(place, number);
  kv_->Put(Space::kIndex, AssertedLabelKey(number, id), {});
  kv_->Add(AssertedNodesKey(number), 1);
  WriteNode(id, node);
  ++counts_.labels_added;
  return Reindex(id, &old, &node);
}

Status Transaction::RemoveLabel(NodeId id, std::string_view label) {
  if (!IsAsserted(id)) return SetLabelOverlay(id, label, false);
  TUPU_ASSIGN(AssertedNode node, impl_->ReadAssertedNode(id));
  const auto number = impl_->names->Find(NameKind::kLabel, label);
  const AssertedNode old = host_.indexes->empty() ? AssertedNode() : node;
  if (!number || std::erase(node.labels, *number) == 0) return {};
  kv_->Delete(Space::kIndex, AssertedLabelKey(*number, id));
  kv_->Add(AssertedNodesKey(*number), -1);
  WriteNode(id, node);
  ++counts_.labels_removed;
  return Reindex(id, &old, &node);
}

Status Transaction::DeleteAsserted(NodeId id) {
  TUPU_ASSIGN(const AssertedNode node, impl_->ReadAssertedNode(id));
  for (const std::uint32_t label : node.labels) {
    kv_->Delete(Space::kIndex, AssertedLabelKey(label, id));
    kv_->Add(AssertedNodesKey(label), -1);
  }
  for (const auto& [property, value] : node.properties) {
    TUPU_TRY(IndexProperty(id, property, value, false));
  }
  kv_->Delete(Space::kGraph, AssertedNodeKey(id));
  kv_->Add(AssertedNodesKey(), -1);
  deleted_nodes_.insert(id.value);
  ++counts_.nodes_deleted;
  return Reindex<NodeId, AssertedNode>(id, &node, nullptr);
}

Status Transaction::DeleteAsserted(EdgeId id) {
  TUPU_ASSIGN(const AssertedEdge edge, impl_->ReadAssertedEdge(id));
  const TypeId type = TypeOf(id);
  TUPU_TRY(DeleteAssertedEdge(*kv_, id));
  TUPU_TRY(ErasePacked(*kv_, Space::kGraph, EdgeListRoot(edge.from, Direction::kOut, type),
                       {NodeCode(edge.to), EdgeCode(id)}));
  TUPU_TRY(ErasePacked(*kv_, Space::kGraph, EdgeListRoot(edge.to, Direction::kIn, type),
                       {NodeCode(edge.from), EdgeCode(id)}));
  kv_->Add(AssertedEdgesKey(type), -1);
  deleted_edges_.insert(id.value);
  ++counts_.edges_deleted;
  return Reindex<EdgeId, AssertedEdge>(id, &edge, nullptr);
}

void Transaction::ForgetOrigin(OriginId origin) { kv_->Delete(Space::kMeta, OriginKey(origin)); }

Status Transaction::Commit() {
  if (kv_->changed()) {
    for (const auto& [key, next] : sequences_) kv_->Put(Space::kMeta, key, EncodeNumber(next));
  }
  const Status status = kv_->changed() ? host_.commit(kv_->ToBatch(), impl_->names,
                                                      judged_.after ? &judged_ : nullptr)
                                       : Status();
  host_.lock.reset();
  return status;
}

}  // namespace tupu::graph
