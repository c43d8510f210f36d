// Writes to elements computed from documents: what is set lies over what documents say.
#include <algorithm>

#include "graph/base/coding.h"
#include "graph/base/unicode.h"
#include "graph/store/overlays.h"
#include "graph/store/search_index.h"
#include "graph/store/transaction.h"
#include "graph/store/view_impl.h"

namespace tupu::graph {
namespace {

Error Refused(std::string message) {
  Error error(ErrorCode::kInvalidInput, std::move(message));
  error.detail = "TypeError: InvalidPropertyType";
  return error;
}

Status CheckNodeProperty(std::string_view name, const Value& value) {
  if (name == "id") {
    return Refused("the id of this node comes from the documents that name it; it cannot be set");
  }
  if (name == "name" && value.kind() != ValueKind::kString) {
    return Refused("the name of a node that documents name has to be a text");
  }
  return {};
}

Status CheckEdgeProperty(std::string_view name, const Value& value) {
  if (name != "status") return {};
  for (const ClaimStatus status :
       {ClaimStatus::kDone, ClaimStatus::kPlanned, ClaimStatus::kProposed}) {
    if (value == Value(ClaimStatusName(status))) return {};
  }
  return Refused(
      "the status of a relationship that documents state is \"done\", \"planned\" or \"proposed\"");
}

const Value* FindProperty(const Properties& properties, std::string_view name) {
  const auto found = properties.find(std::string(name));
  return found == properties.end() ? nullptr : &found->second;
}

// What is left without the items of an origin; how many those were.
std::uint64_t Without(OverlayItems& items, OriginId origin) {
  return std::erase_if(items, [&](const OverlayItem& item) { return item.origin == origin; });
}

}  // namespace

Status Transaction::SetOverlay(NodeId id, std::string_view name, const Value& value) {
  TUPU_TRY(CheckNodeProperty(name, value));
  TUPU_ASSIGN(const StoredNode node, impl_->ReadNode(id));
  if (value.is_null() && !FindProperty(ShownProperties(*impl_->names, node), name)) return {};
  TUPU_ASSIGN(const OriginId origin, Origin());
  ++counts_.properties_set;
  return PutOverlay(NodeOverlayKind::kProperties, id, node,
                    {Intern(NameKind::kProperty, name), origin, value});
}

Status Transaction::SetLabelOverlay(NodeId id, std::string_view label, bool has) {
  TUPU_ASSIGN(const StoredNode node, impl_->ReadNode(id));
  const auto known = impl_->names->FindLabel(label);
  const auto by_hand = impl_->names->Find(NameKind::kLabel, label);
  const bool of_type = known && impl_->names->HasLabel(node.type, *known);
  const bool shown =
      of_type || (by_hand && std::binary_search(node.labels.begin(), node.labels.end(), *by_hand));
  if (shown == has) return {};
  if (of_type) {
    return Error(ErrorCode::kInvalidInput,
                 "documents say that this node is a " + std::string(label) +
                     "; only labels that were set by hand can be taken away");
  }
  TUPU_ASSIGN(const OriginId origin, Origin());
  ++(has ? counts_.labels_added : counts_.labels_removed);
  return PutOverlay(NodeOverlayKind::kLabels, id, node,
                    {Intern(NameKind::kLabel, label), origin, has ? Value(true) : Value()});
}

Status Transaction::PutOverlay(NodeOverlayKind kind, NodeId id, const StoredNode& node,
                               OverlayItem item) {
  const std::string key = NodeOverlayKey(kind, EntityIdOf(node.key));
  TUPU_ASSIGN(const auto bytes, kv_->Get(Space::kGraph, key));
  NodeOverlay overlay;
  overlay.key = node.key;
  if (bytes && !DecodeNodeOverlay(*bytes, overlay)) {
    return Damaged("an overlay is unreadable");
  }
  PutItem(overlay.items, std::move(item));
  std::string record;
  EncodeNodeOverlay(record, overlay);
  kv_->Put(Space::kGraph, key, record);
  return WriteOverlaid(id, node, true);
}

Status Transaction::SetOverlay(EdgeId id, std::string_view name, const Value& value) {
  TUPU_TRY(CheckEdgeProperty(name, value));
  TUPU_ASSIGN(const StoredEdge edge, impl_->ReadEdge(id));
  if (value.is_null() && !FindProperty(ShownProperties(*impl_->names, edge), name)) return {};
  TUPU_ASSIGN(const StoredNode from, impl_->ReadNode(edge.from));
  TUPU_ASSIGN(const StoredNode to, impl_->ReadNode(edge.to));
  EdgeOverlay overlay{from.key, to.key, TypeOf(id), edge.title, {}};
  const std::string key = EdgeOverlayKey(Direction::kOut, EntryOf(overlay));
  TUPU_ASSIGN(const auto bytes, kv_->Get(Space::kGraph, key));
  if (bytes && !DecodeEdgeOverlay(*bytes, overlay)) {
    return Damaged("an overlay is unreadable");
  }
  TUPU_ASSIGN(const OriginId origin, Origin());
  PutItem(overlay.items, {Intern(NameKind::kProperty, name), origin, value});
  std::string record;
  EncodeEdgeOverlay(record, overlay);
  kv_->Put(Space::kGraph, key, record);
  kv_->Put(Space::kGraph, EdgeOverlayKey(Direction::kIn, EntryOf(overlay)), {});
  ++counts_.properties_set;
  return WriteOverlaid(id, edge, true);
}

Status Transaction::WriteOverlaid(NodeId id, const StoredNode& before, bool bound) {
  StoredNode after = before;
  TUPU_ASSIGN(const OverlayItems items, ShownItems(*kv_, before, NodeOverlayKind::kProperties));
  TUPU_ASSIGN(const OverlayItems labels, ShownItems(*kv_, before, NodeOverlayKind::kLabels));
  after.overlay = OverlayOf(items);
  after.labels = LabelsOf(labels);
  CompareLabels(
      id, before.type, before.labels, after.type, after.labels,
      [&](const std::string& key) { kv_->Put(Space::kIndex, key, {}); },
      [&](const std::string& key) { kv_->Delete(Space::kIndex, key); },
      [&](const std::string& key, std::int64_t change) { kv_->Add(key, change); });
  std::string record;
  EncodeNode(record, after);
  kv_->Put(Space::kGraph, NodeKey(id), record);
  const std::uint32_t name = impl_->names->Find(NameKind::kProperty, "name").value_or(0);
  const std::string* const old = OverlaidName(before, name);
  const std::string* const now = OverlaidName(after, name);
  const bool same = old && now ? *old == *now : old == now;
  if (!same) {
    if (old && !SaysName(before, *old)) {
      kv_->Delete(Space::kIndex, NameIndexKey(FoldName(*old), *old, id));
    }
    if (now) kv_->Put(Space::kIndex, NameIndexKey(FoldName(*now), *now, id), {});
    if (search_) kv_->Put(Space::kIndex, PendingKey(SearchKind::kEntities, id.value), {});
  }
  return Reindex(host_.indexes->Of(*impl_->names, id, before),
                 host_.indexes->Of(*impl_->names, id, after), bound);
}

Status Transaction::WriteOverlaid(EdgeId id, const StoredEdge& before, bool bound) {
  StoredEdge after = before;
  TUPU_ASSIGN(const StoredNode from, impl_->ReadNode(before.from));
  TUPU_ASSIGN(const StoredNode to, impl_->ReadNode(before.to));
  TUPU_ASSIGN(const OverlayItems items, ShownItems(*kv_, from, to, TypeOf(id), before.title));
  after.overlay = OverlayOf(items);
  std::string record;
  EncodeEdge(record, after);
  kv_->Put(Space::kGraph, EdgeKey(id), record);
  return Reindex(host_.indexes->Of(*impl_->names, id, before),
                 host_.indexes->Of(*impl_->names, id, after), bound);
}

Result<std::uint64_t> Transaction::TakeBack(const NodeOverlay& overlay, OriginId origin) {
  NodeOverlay left = overlay;
  const std::uint64_t dropped = Without(left.items, origin);
  if (dropped == 0) return dropped;
  const Hash128 id = EntityIdOf(overlay.key);
  if (left.items.empty()) {
    kv_->Delete(Space::kGraph, NodeOverlayKey(overlay.kind, id));
  } else {
    std::string record;
    EncodeNodeOverlay(record, left);
    kv_->Put(Space::kGraph, NodeOverlayKey(overlay.kind, id), record);
  }
  TUPU_ASSIGN(const auto node, view_.FindNodeById(id.ToHex()));
  if (!node) return dropped;
  TUPU_ASSIGN(const StoredNode before, impl_->ReadNode(*node));
  TUPU_TRY(WriteOverlaid(*node, before, false));
  return dropped;
}

Result<std::uint64_t> Transaction::TakeBack(const EdgeOverlay& overlay, OriginId origin) {
  EdgeOverlay left = overlay;
  const std::uint64_t dropped = Without(left.items, origin);
  if (dropped == 0) return dropped;
  const EdgeOverlayEntry entry = EntryOf(overlay);
  if (left.items.empty()) {
    kv_->Delete(Space::kGraph, EdgeOverlayKey(Direction::kOut, entry));
    kv_->Delete(Space::kGraph, EdgeOverlayKey(Direction::kIn, entry));
  } else {
    std::string record;
    EncodeEdgeOverlay(record, left);
    kv_->Put(Space::kGraph, EdgeOverlayKey(Direction::kOut, entry), record);
  }
  TUPU_ASSIGN(const auto edge, impl_->FindEdge(entry));
  if (!edge) return dropped;
  TUPU_ASSIGN(const StoredEdge before, impl_->ReadEdge(*edge));
  TUPU_TRY(WriteOverlaid(*edge, before, false));
  return dropped;
}

}  // namespace tupu::graph
