// The part of a commit that sees to overlays: they hold by key, records by node and edge.
#include "graph/store/commit.h"
#include "graph/store/overlays.h"

namespace tupu::graph {

Result<StoredProperties> Commit::OverlayOfNode(const NodeWork& work) const {
  if (!overlaid_ || work.node.profile.documents == 0) return StoredProperties();
  TUPU_ASSIGN(const OverlayItems items, ShownItems(kv_, work.node, NodeOverlayKind::kProperties));
  return OverlayOf(items);
}

Result<std::vector<std::uint32_t>> Commit::LabelsOfNode(const NodeWork& work) const {
  if (!overlaid_ || work.node.profile.documents == 0) return std::vector<std::uint32_t>();
  TUPU_ASSIGN(const OverlayItems items, ShownItems(kv_, work.node, NodeOverlayKind::kLabels));
  return LabelsOf(items);
}

Result<StoredProperties> Commit::OverlayOfEdge(const EdgeWork& work) const {
  if (!overlaid_) return StoredProperties();
  TUPU_ASSIGN(
      const OverlayItems items,
      ShownItems(kv_, nodes_[work.from].node, nodes_[work.to].node, work.type, work.edge.title));
  return OverlayOf(items);
}

Status Commit::AddOverlaidEdges() {
  if (!overlaid_) return {};
  std::vector<EdgeOverlayEntry> entries;
  for (const KeyWork& work : keys_) {
    const std::uint32_t before = work.was ? work.old_node : kNone;
    const std::uint32_t after = work.is ? work.new_node : kNone;
    if (before == after) continue;
    for (const Direction direction : {Direction::kOut, Direction::kIn}) {
      const auto cursor = kv_.Scan(Space::kGraph, EdgeOverlayPrefix(direction, work.id));
      for (; cursor->Valid(); cursor->Next()) {
        if (!DecodeEdgeOverlayKey(cursor->key(), direction, entries.emplace_back())) {
          return Damaged("an overlay's key");
        }
      }
      TUPU_TRY(cursor->status());
    }
  }
  for (const EdgeOverlayEntry& entry : entries) {
    TUPU_ASSIGN(const auto bytes, kv_.Get(Space::kGraph, EdgeOverlayKey(Direction::kOut, entry)));
    EdgeOverlay overlay;
    if (!bytes || !DecodeEdgeOverlay(*bytes, overlay)) return Damaged("an overlay");
    const std::uint32_t from = AddKey(overlay.from), to = AddKey(overlay.to);
    TUPU_TRY(LoadKeys());
    for (const bool old_start : {true, false}) {
      for (const bool old_end : {true, false}) {
        const KeyWork& a = keys_[from];
        const KeyWork& b = keys_[to];
        const std::uint32_t start = old_start ? a.old_node : a.is ? a.new_node : kNone;
        const std::uint32_t end = old_end ? b.old_node : b.is ? b.new_node : kNone;
        TUPU_TRY(AddOverlaidEdge(start, end, entry.type, entry.title));
      }
    }
  }
  return {};
}

Status Commit::AddOverlaidEdge(std::uint32_t from, std::uint32_t to, TypeId type,
                               const std::string& title) {
  if (from == kNone || to == kNone || !nodes_[from].stored || !nodes_[to].stored) return {};
  std::string key =
      AdjacencyKey(nodes_[from].number, Direction::kOut, type, nodes_[to].number, title);
  if (edge_index_.contains(key)) return {};  // a document here says it
  TUPU_ASSIGN(const auto number, kv_.Get(Space::kGraph, key));
  if (!number) return {};
  EdgeWork work;
  if (!DecodeNumber(*number, work.number.value)) return Damaged("an edge has no number");
  TUPU_ASSIGN(const auto record, kv_.Get(Space::kGraph, EdgeKey(work.number)));
  if (!record || !DecodeEdge(*record, work.edge)) return Damaged("an edge has no readable record");
  work.type = type;
  work.from = from;
  work.to = to;
  work.stored = true;
  work.key = key;
  work.entries = setting_.indexes.Of(*names_, work.number, work.edge);
  edge_index_.emplace(std::move(key), static_cast<std::uint32_t>(edges_.size()));
  edges_.push_back(std::move(work));
  return {};
}

}  // namespace tupu::graph
