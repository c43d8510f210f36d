// What wrote asserted elements and overlays, and taking away what one of them wrote.
#include <algorithm>
#include <map>

#include "graph/base/coding.h"
#include "graph/store/overlays.h"
#include "graph/store/transaction.h"
#include "graph/store/view_impl.h"

namespace tupu::graph {
namespace {

// Kinds by number.
Result<std::map<std::uint64_t, std::string>> Kinds(const KvSnapshot& kv) {
  std::map<std::uint64_t, std::string> out;
  const auto cursor = kv.Scan(Space::kMeta, OriginPrefix());
  for (; cursor->Valid(); cursor->Next()) {
    OriginId number;
    std::string_view in = cursor->value(), kind;
    if (!DecodeOriginKey(cursor->key(), number) || !GetLengthPrefixed(in, kind) || !in.empty()) {
      return Damaged("an origin is unreadable");
    }
    out.emplace(number.value, kind);
  }
  TUPU_TRY(cursor->status());
  return out;
}

}  // namespace

Status View::ForEachAsserted(const std::function<Status(std::uint64_t, NodeId)>& node,
                             const std::function<Status(std::uint64_t, EdgeId)>& edge) const {
  Status failed;
  TUPU_TRY(ForEachEdge(std::nullopt, [&](EdgeId id, TypeId, NodeId, NodeId) {
    if (!IsAsserted(id)) return true;
    const auto read = impl_->ReadAssertedEdge(id);
    failed = read.ok() ? edge(read->origin.value, id) : Status(read.error());
    return failed.ok();
  }));
  TUPU_TRY(failed);
  TUPU_TRY(ForEachAssertedNode(std::nullopt, [&](NodeId id) {
    const auto read = impl_->ReadAssertedNode(id);
    failed = read.ok() ? node(read->origin.value, id) : Status(read.error());
    return failed.ok();
  }));
  return failed;
}

Result<std::vector<OriginInfo>> View::Origins() const {
  TUPU_ASSIGN(const auto kinds, Kinds(*impl_->kv));
  std::map<std::uint64_t, OriginInfo> found;
  for (const auto& [number, kind] : kinds) found[number].kind = kind;
  const auto count = [&](std::uint64_t OriginInfo::*what, std::uint64_t origin) -> Status {
    const auto at = found.find(origin);
    if (at == found.end()) return Damaged("an origin is unreadable");
    ++(at->second.*what);
    return {};
  };
  TUPU_TRY(ForEachAsserted(
      [&](std::uint64_t origin, NodeId) { return count(&OriginInfo::nodes, origin); },
      [&](std::uint64_t origin, EdgeId) { return count(&OriginInfo::edges, origin); }));
  const auto count_items = [&](const OverlayItems& items, bool labels) -> Status {
    for (const OverlayItem& item : items) {
      TUPU_TRY(count(labels ? &OriginInfo::labels : &OriginInfo::properties, item.origin.value));
    }
    return {};
  };
  TUPU_TRY(ForEachNodeOverlay(*impl_->kv, [&](const NodeOverlay& overlay) {
    return count_items(overlay.items, overlay.kind == NodeOverlayKind::kLabels);
  }));
  TUPU_TRY(ForEachEdgeOverlay(
      *impl_->kv, [&](const EdgeOverlay& overlay) { return count_items(overlay.items, false); }));
  std::vector<OriginInfo> out;
  for (auto& [number, info] : found) {
    info.number = number;
    out.push_back(std::move(info));
  }
  return out;
}

Result<std::vector<OverlaidProperty>> View::Impl::Describe(
    const std::vector<OverlayItem>& items) const {
  std::vector<OverlaidProperty> out;
  for (const OverlayItem& item : items) {
    TUPU_ASSIGN(const auto origin, ReadOrigin(item.origin));
    out.push_back({names->NameOf(NameKind::kProperty, item.property), item.value, *origin});
  }
  std::sort(out.begin(), out.end(),
            [](const OverlaidProperty& a, const OverlaidProperty& b) { return a.name < b.name; });
  return out;
}

Result<std::vector<OverlaidProperty>> View::Overlays(NodeId node) const {
  if (IsAsserted(node)) return std::vector<OverlaidProperty>();
  TUPU_ASSIGN(const StoredNode stored, impl_->ReadNode(node));
  if (stored.overlay.empty()) return std::vector<OverlaidProperty>();
  TUPU_ASSIGN(const OverlayItems items,
              ShownItems(*impl_->kv, stored, NodeOverlayKind::kProperties));
  return impl_->Describe(items);
}

Result<std::vector<OverlaidLabel>> View::OverlaidLabels(NodeId node) const {
  std::vector<OverlaidLabel> out;
  if (IsAsserted(node)) return out;
  TUPU_ASSIGN(const StoredNode stored, impl_->ReadNode(node));
  if (stored.labels.empty()) return out;
  TUPU_ASSIGN(const OverlayItems items, ShownItems(*impl_->kv, stored, NodeOverlayKind::kLabels));
  for (const OverlayItem& item : items) {
    if (item.value != Value(true)) continue;
    TUPU_ASSIGN(const auto origin, impl_->ReadOrigin(item.origin));
    out.push_back({impl_->names->NameOf(NameKind::kLabel, item.property), *origin});
  }
  std::sort(out.begin(), out.end(),
            [](const OverlaidLabel& a, const OverlaidLabel& b) { return a.name < b.name; });
  return out;
}

Result<std::vector<OverlaidProperty>> View::Overlays(EdgeId edge) const {
  if (IsAsserted(edge)) return std::vector<OverlaidProperty>();
  TUPU_ASSIGN(const StoredEdge stored, impl_->ReadEdge(edge));
  if (stored.overlay.empty()) return std::vector<OverlaidProperty>();
  TUPU_ASSIGN(const StoredNode from, impl_->ReadNode(stored.from));
  TUPU_ASSIGN(const StoredNode to, impl_->ReadNode(stored.to));
  TUPU_ASSIGN(const OverlayItems items,
              ShownItems(*impl_->kv, from, to, TypeOf(edge), stored.title));
  return impl_->Describe(items);
}

Status View::ForEachOverlay(const std::function<bool(const OverlayRecord&)>& visit) const {
  bool more = true;
  TUPU_TRY(ForEachNodeOverlay(*impl_->kv, [&](const NodeOverlay& overlay) -> Status {
    if (!more) return {};
    OverlayRecord out;
    out.from = overlay.key;
    out.label = overlay.kind == NodeOverlayKind::kLabels;
    TUPU_ASSIGN(out.node, FindNodeById(EntityIdOf(overlay.key).ToHex()));
    const NameKind kind = out.label ? NameKind::kLabel : NameKind::kProperty;
    for (const OverlayItem& item : overlay.items) {
      out.name = impl_->names->NameOf(kind, item.property);
      out.value = item.value;
      out.origin = item.origin.value;
      more = more && visit(out);
    }
    return {};
  }));
  return ForEachEdgeOverlay(*impl_->kv, [&](const EdgeOverlay& overlay) -> Status {
    if (!more) return {};
    OverlayRecord out;
    out.from = overlay.from;
    out.to = overlay.to;
    out.type = TypeName(overlay.type);
    TUPU_ASSIGN(out.edge, impl_->FindEdge(EntryOf(overlay)));
    for (const OverlayItem& item : overlay.items) {
      out.name = impl_->names->NameOf(NameKind::kProperty, item.property);
      out.value = item.value;
      out.origin = item.origin.value;
      more = more && visit(out);
    }
    return {};
  });
}

// The edge that an overlay lies on.
Result<std::optional<EdgeId>> View::Impl::FindEdge(const EdgeOverlayEntry& entry) const {
  std::optional<EdgeId> none;
  NodeId ends[2];
  const Hash128* keys[2] = {&entry.from, &entry.to};
  for (int i = 0; i < 2; ++i) {
    TUPU_ASSIGN(const auto bytes, kv->Get(Space::kIndex, IdKey(*keys[i])));
    if (!bytes) return none;
    if (!DecodeNumber(*bytes, ends[i].value)) return Damaged("an origin is unreadable");
  }
  TUPU_ASSIGN(const auto bytes,
              kv->Get(Space::kGraph,
                      AdjacencyKey(ends[0], Direction::kOut, entry.type, ends[1], entry.title)));
  if (!bytes) return none;
  EdgeId edge;
  if (!DecodeNumber(*bytes, edge.value)) {
    return Damaged("an edge has no number");
  }
  return std::optional(edge);
}

Result<std::optional<OriginInfo>> View::OriginOf(NodeId node) const {
  if (!IsAsserted(node)) return std::optional<OriginInfo>();
  TUPU_ASSIGN(const AssertedNode read, impl_->ReadAssertedNode(node));
  return impl_->ReadOrigin(read.origin);
}

Result<std::optional<OriginInfo>> View::OriginOf(EdgeId edge) const {
  if (!IsAsserted(edge)) return std::optional<OriginInfo>();
  TUPU_ASSIGN(const AssertedEdge read, impl_->ReadAssertedEdge(edge));
  return impl_->ReadOrigin(read.origin);
}

Result<std::optional<OriginInfo>> View::Impl::ReadOrigin(OriginId origin) const {
  TUPU_ASSIGN(const auto bytes, kv->Get(Space::kMeta, OriginKey(origin)));
  if (!bytes) return Damaged("an origin is unreadable");
  std::string_view in = *bytes, kind;
  if (!GetLengthPrefixed(in, kind) || !in.empty()) return Damaged("an origin is unreadable");
  OriginInfo out;
  out.number = origin.value;
  out.kind = kind;
  return std::optional(std::move(out));
}

Result<OriginRemoval> Store::RemoveOrigin(std::uint64_t origin) {
  constexpr std::size_t kBatch = 20'000;  // elements; each costs some hundred bytes until written
  TUPU_ASSIGN(const std::shared_ptr<void> lock, Lock(std::chrono::seconds(10)));
  const View before = Snapshot();
  TUPU_ASSIGN(const auto kinds, Kinds(*before.impl_->kv));
  if (!kinds.contains(origin)) {
    return Error{ErrorCode::kInvalidInput, "there is no origin " + std::to_string(origin)};
  }
  OriginRemoval out;
  std::unique_ptr<Transaction> open = BeginLocked(lock);
  std::size_t pending = 0;
  const auto commit = [&]() -> Status {
    TUPU_TRY(open->Commit());
    open = BeginLocked(lock);
    pending = 0;
    return {};
  };
  const auto drop_edge = [&](EdgeId id) -> Status {
    TUPU_TRY(open->DeleteEdge(id));
    return ++pending < kBatch ? Status() : commit();
  };
  // All edges first, so that every commit leaves none without its ends.
  TUPU_TRY(before.ForEachAsserted([](std::uint64_t, NodeId) { return Status(); },
                                  [&](std::uint64_t of, EdgeId id) -> Status {
                                    if (of != origin) return {};
                                    ++out.edges;
                                    return drop_edge(id);
                                  }));
  const auto drop_node = [&](std::uint64_t of, NodeId id) -> Status {
    if (of != origin) return {};
    for (const Direction direction : {Direction::kOut, Direction::kIn}) {
      // As it is now: an edge from the node to itself went with the first direction.
      std::vector<Neighbour> others;
      TUPU_TRY(open->view().Expand(id, direction, {}, others));
      for (const Neighbour& other : others) {
        ++out.edges_of_others;
        TUPU_TRY(drop_edge(other.edge));
      }
    }
    TUPU_TRY(open->DeleteNode(id));
    ++out.nodes;
    return ++pending < kBatch ? Status() : commit();
  };
  TUPU_TRY(before.ForEachAsserted(drop_node, [](std::uint64_t, EdgeId) { return Status(); }));
  const auto take_back = [&](const auto& overlay, std::uint64_t& count) -> Status {
    TUPU_ASSIGN(const std::uint64_t dropped, open->TakeBack(overlay, OriginId{origin}));
    count += dropped;
    pending += dropped > 0 ? 1 : 0;
    return pending < kBatch ? Status() : commit();
  };
  TUPU_TRY(ForEachNodeOverlay(*before.impl_->kv, [&](const NodeOverlay& overlay) {
    return take_back(overlay,
                     overlay.kind == NodeOverlayKind::kLabels ? out.labels : out.properties);
  }));
  TUPU_TRY(ForEachEdgeOverlay(*before.impl_->kv, [&](const EdgeOverlay& overlay) {
    return take_back(overlay, out.properties);
  }));
  open->ForgetOrigin(OriginId{origin});
  TUPU_TRY(open->Commit());
  return out;
}

}  // namespace tupu::graph
