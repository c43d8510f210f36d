// Nodes and edges by themselves, and what must stand in the indexes because of them.
#include <algorithm>
#include <unordered_set>

#include "graph/base/unicode.h"
#include "graph/store/checker.h"

namespace tupu::graph {

Status Checker::CheckNodes() {
  return Scan(Space::kGraph, NodePrefix(),
              [&](std::string_view key, std::string_view value) -> Status {
                NodeId number;
                StoredNode node;
                if (!DecodeNodeKey(key, number) || !DecodeNode(value, node)) {
                  Find("a node's record is unreadable");
                  return {};
                }
                return CheckNode(number, node);
              });
}

Status Checker::CheckNode(NodeId number, const StoredNode& node) {
  const std::string who = "node " + node.key.ToString();
  nodes_.insert(number.value);
  last_node_ = std::max(last_node_, number.value + 1);
  ++counters_[NodesKey(node.type)];
  for (const NodeMember& member : node.members) {
    TUPU_ASSIGN(const std::optional<std::string> indexed,
                kv_.Get(Space::kIndex, IdKey(EntityIdOf(member.key))));
    if (!indexed || *indexed != EncodeNumber(number.value)) {
      Find(who + " is not found by the id of " + member.key.ToString());
    }
  }
  TUPU_TRY(CheckJoined(who, node));
  const Tally* types = node.profile.Find(kTypeProperty);
  const Value* shown = types == nullptr ? nullptr : types->Shown();
  if (shown == nullptr || *shown != Value(names_.NameOf(NameKind::kLabel, node.type.value))) {
    Find(who + " is filed under another type than it is shown with");
  }
  TUPU_ASSIGN(const bool labelled, Has(Space::kIndex, LabelKey(node.type, number)));
  if (!labelled) Find(who + " is missing from the index of its type");
  for (std::uint32_t property : {kFormProperty, kNameProperty}) {
    const Tally* tally = node.profile.Find(property);
    if (tally == nullptr) continue;
    for (const auto& [value, count] : tally->counts()) {
      if (value.kind() != ValueKind::kString) continue;
      const std::string& surface = value.as_string();
      TUPU_ASSIGN(const bool named,
                  Has(Space::kIndex, NameIndexKey(FoldName(surface), surface, number)));
      if (!named) Find(who + " is not found by its name '" + surface + "'");
    }
  }
  CheckSlots(who, node.profile);
  return {};
}

Status Checker::CheckJoined(const std::string& who, const StoredNode& node) {
  const bool alone = node.members.size() == 1 && BlockOf(node.key).empty() &&
                     judgements_->MergedWith(EntityIdOf(node.key)).empty();
  if (alone) return {};
  TUPU_ASSIGN(const std::vector<Cluster> clusters,
              ResolveAround(std::span(&node.key, 1), *judgements_,
                            [&](const EntityKey& key) -> Result<bool> {
                              return Has(Space::kIndex, IdKey(EntityIdOf(key)));
                            }));
  std::vector<EntityKey> joined;
  for (const NodeMember& member : node.members) joined.push_back(member.key);
  std::sort(joined.begin(), joined.end());
  for (const Cluster& cluster : clusters) {
    std::vector<EntityKey> members = cluster.members;
    std::sort(members.begin(), members.end());
    if (members == joined && cluster.members.front() == node.key) return {};
  }
  Find(who + " joins other keys than rules and judgements do");
  return {};
}

void Checker::CheckSlots(const std::string& who, const Profile& profile) {
  std::unordered_set<std::uint32_t> slots;
  for (const auto& [property, tally] : profile.tallies) {
    for (const auto& [value, count] : tally.counts()) {
      if (IsDated(property) && !slots.insert(count.slot).second) {
        Find(who + " has two values under one slot");
      }
    }
  }
}

Status Checker::CheckEdges() {
  return Scan(
      Space::kGraph, EdgePrefix(), [&](std::string_view key, std::string_view value) -> Status {
        EdgeId number;
        StoredEdge edge;
        if (!DecodeEdgeKey(key, number) || !DecodeEdge(value, edge)) {
          Find("an edge's record is unreadable");
          return {};
        }
        ++edges_;
        const TypeId type = TypeOf(number);
        ++counters_[EdgesKey(type)];
        std::uint64_t& next = last_edge_[type.value];
        next = std::max(next, number.value - MakeEdgeId(type, 0).value + 1);
        const std::string who = EdgeName(number);
        if (names_.NameOf(NameKind::kType, type.value).empty()) {
          Find(who + " is of a type that has no name");
        }
        if (!nodes_.contains(edge.from.value) || !nodes_.contains(edge.to.value)) {
          Find(who + " has an end that is no node");
        }
        for (const std::string& entry :
             {AdjacencyKey(edge.from, Direction::kOut, type, edge.to, edge.title),
              AdjacencyKey(edge.to, Direction::kIn, type, edge.from, edge.title)}) {
          TUPU_ASSIGN(const std::optional<std::string> found, kv_.Get(Space::kGraph, entry));
          if (!found || *found != EncodeNumber(number.value)) {
            Find(who + " is missing from the adjacency of an end");
          }
        }
        CheckSlots(who, edge.profile);
        return {};
      });
}

}  // namespace tupu::graph
