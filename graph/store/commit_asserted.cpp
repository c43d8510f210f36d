// The part of a commit that sees to edges by hand whose computed end goes.
#include <algorithm>

#include "graph/store/commit.h"
#include "graph/store/edge_pages.h"
#include "graph/store/layered_kv.h"
#include "graph/store/packed_list.h"

namespace tupu::graph {
namespace {

Status Relist(LayeredKv& kv, EdgeId id, const AssertedEdge& edge,
              Status (*change)(LayeredKv&, Space, std::string_view, PackedEntry)) {
  const TypeId type = TypeOf(id);
  TUPU_TRY(change(kv, Space::kGraph, EdgeListRoot(edge.from, Direction::kOut, type),
                  {NodeCode(edge.to), EdgeCode(id)}));
  return change(kv, Space::kGraph, EdgeListRoot(edge.to, Direction::kIn, type),
                {NodeCode(edge.from), EdgeCode(id)});
}

Result<std::vector<EdgeId>> AssertedEdgesOf(const KvSnapshot& kv, NodeId node,
                                            Direction direction) {
  std::vector<EdgeId> out;
  const auto cursor = kv.Scan(Space::kGraph, EdgeListPrefix(node, direction));
  for (; cursor->Valid(); cursor->Next()) {
    NodeId of;
    Direction way{};
    TypeId type;
    bool block = false, split = false;
    if (!DecodeEdgeListKey(cursor->key(), of, way, type, block) ||
        !VisitPacked(cursor->value(), split,
                     [&](PackedEntry entry) { out.push_back(EdgeOfCode(type, entry.second)); })) {
      return DamagedList();
    }
  }
  TUPU_TRY(cursor->status());
  return out;
}

}  // namespace

// The node that has the keys of one that goes, or nothing: no document names them any more.
std::optional<NodeId> Commit::HeirOf(std::uint32_t node) const {
  const KeyWork* heir = nullptr;
  for (const std::uint32_t at : nodes_[node].old_keys) {
    const KeyWork& key = keys_[at];
    if (!key.is || key.new_node == node) continue;
    // What the node was called by first, then whichever: always the same.
    const auto rank = [&](const KeyWork& one) {
      return std::pair(one.key != nodes_[node].node.key, one.id);
    };
    if (heir == nullptr || rank(key) < rank(*heir)) heir = &key;
  }
  if (heir == nullptr) return std::nullopt;
  return nodes_[heir->new_node].number;
}

Status Commit::MoveAsserted() {
  LayeredKv kv(std::shared_ptr<const KvSnapshot>(std::shared_ptr<void>(), &kv_));
  std::vector<std::uint32_t> gone;
  for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
    const NodeWork& work = nodes_[i];
    if (work.touched && work.stored && work.node.profile.documents == 0) gone.push_back(i);
  }
  if (gone.empty()) return {};
  for (std::uint32_t i = 0; i < keys_.size(); ++i) {
    if (keys_[i].was) nodes_[keys_[i].old_node].old_keys.push_back(i);
  }
  for (const std::uint32_t node : gone) {
    const NodeId number = nodes_[node].number;
    const std::optional<NodeId> heir = HeirOf(node);
    for (const Direction direction : {Direction::kOut, Direction::kIn}) {
      TUPU_ASSIGN(const std::vector<EdgeId> edges, AssertedEdgesOf(kv, number, direction));
      for (const EdgeId id : edges) {
        TUPU_ASSIGN(std::optional<AssertedEdge> edge, FindAssertedEdge(kv, id));
        if (!edge) return Damaged("edge " + std::to_string(id.value) + " is missing");
        TUPU_TRY(Relist(kv, id, *edge, ErasePacked));
        if (!heir) {
          Reindex(setting_.indexes.Of(*names_, id, *edge), {});
          TUPU_TRY(DeleteAssertedEdge(kv, id));
          --counters_[AssertedEdgesKey(TypeOf(id))];
          continue;
        }
        if (edge->from == number) edge->from = *heir;
        if (edge->to == number) edge->to = *heir;
        TUPU_TRY(PutAssertedEdge(kv, id, *edge));
        TUPU_TRY(Relist(kv, id, *edge, InsertPacked));
      }
    }
  }
  kv.ToBatch().ForEach(
      [&](KvBatch::Op op, Space space, std::string_view key, std::string_view value) {
        if (op == KvBatch::Op::kPut) {
          batch_.Put(space, key, value);
        } else {
          batch_.Delete(space, key);
        }
      });
  return {};
}

}  // namespace tupu::graph
