// Overlays: properties and labels that somebody set by hand on elements computed from documents.
// Keys, records, and what is shown of several, as FORMAT.md has them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/store/asserted.h"
#include "graph/store/kv.h"
#include "graph/store/names.h"
#include "graph/store/records.h"

namespace tupu::graph {

struct OverlayItem {
  std::uint32_t property = 0;  // or label
  OriginId origin;
  Value value;  // null: taken away; of a label else true
};
using OverlayItems = std::vector<OverlayItem>;  // by property, then origin

// Puts an item in its place; of too many with the same property the first goes.
void PutItem(OverlayItems& items, OverlayItem item);

enum class NodeOverlayKind : char { kProperties = 'y', kLabels = 'Y' };
struct NodeOverlay {
  NodeOverlayKind kind = NodeOverlayKind::kProperties;  // stands in the key
  EntityKey key;
  OverlayItems items;
};
struct EdgeOverlay {
  EntityKey from, to;
  TypeId type;        // these two stand in the key
  std::string title;  // hash of the title, or empty
  OverlayItems items;
};
// What stands under the key of an overlay.
void EncodeNodeOverlay(std::string& out, const NodeOverlay& overlay);
bool DecodeNodeOverlay(std::string_view in, NodeOverlay& overlay);
void EncodeEdgeOverlay(std::string& out, const EdgeOverlay& overlay);
bool DecodeEdgeOverlay(std::string_view in, EdgeOverlay& overlay);

// graph
std::string NodeOverlayKey(NodeOverlayKind kind, const Hash128& key);
std::string NodeOverlayPrefix(NodeOverlayKind kind);
struct EdgeOverlayEntry {
  Hash128 from, to;
  TypeId type;
  std::string title;
};
// By the key of the start (kOut) or of the end.
std::string EdgeOverlayKey(Direction direction, const EdgeOverlayEntry& entry);
std::string EdgeOverlayPrefix(Direction direction);
std::string EdgeOverlayPrefix(Direction direction, const Hash128& end);
bool DecodeEdgeOverlayKey(std::string_view key, Direction direction, EdgeOverlayEntry& entry);
EdgeOverlayEntry EntryOf(const EdgeOverlay& overlay);

// index: computed nodes by labels that were set by hand; counters: how many, and how many of the
// type that they are shown with.
std::string HandLabelKey(std::uint32_t label, NodeId node);
std::string HandLabelPrefix(std::uint32_t label);
std::string HandLabelPrefix();
bool DecodeHandLabelKey(std::string_view key, std::uint32_t& label, NodeId& node);
std::string HandLabelsKey(std::uint32_t label);
std::string HandLabelsKey(std::uint32_t label, LabelId type);
std::string HandLabelsPrefix();

// Whether a key of this space belongs to overlays alone.
bool IsOverlayKey(Space space, std::string_view key);

Result<bool> HasOverlays(const KvSnapshot& kv);
// kCorruption for what is unreadable.
// Properties, then labels.
Status ForEachNodeOverlay(const KvSnapshot& kv,
                          const std::function<Status(const NodeOverlay&)>& visit);
Status ForEachEdgeOverlay(const KvSnapshot& kv,
                          const std::function<Status(const EdgeOverlay&)>& visit);

// The items that an element shows, one a property, in their order.
Result<OverlayItems> ShownItems(const KvSnapshot& kv, const StoredNode& node, NodeOverlayKind kind);
Result<OverlayItems> ShownItems(const KvSnapshot& kv, const StoredNode& from, const StoredNode& to,
                                TypeId type, const std::string& title);
// What records hold of them.
StoredProperties OverlayOf(const OverlayItems& items);
std::vector<std::uint32_t> LabelsOf(const OverlayItems& items);

// Calls `put` and `drop` with the entries of the index, and `count` with counters and what is to be
// added to them, by which a node's labels by hand differ; it was shown with a type, and is.
template <class Put, class Drop, class Count>
void CompareLabels(NodeId node, LabelId old_type, const std::vector<std::uint32_t>& before,
                   LabelId type, const std::vector<std::uint32_t>& after, const Put& put,
                   const Drop& drop, const Count& count) {
  for (const std::uint32_t label : before) {
    const bool stays = std::binary_search(after.begin(), after.end(), label);
    if (!stays) drop(HandLabelKey(label, node));
    if (!stays) count(HandLabelsKey(label), -1);
    if (!stays || old_type != type) count(HandLabelsKey(label, old_type), -1);
  }
  for (const std::uint32_t label : after) {
    const bool stayed = std::binary_search(before.begin(), before.end(), label);
    if (!stayed) put(HandLabelKey(label, node));
    if (!stayed) count(HandLabelsKey(label), 1);
    if (!stayed || old_type != type) count(HandLabelsKey(label, type), 1);
  }
}

// The name that the node's overlay gives it; null where that is none.
const std::string* OverlaidName(const StoredNode& node, std::uint32_t name_property);
// Whether a document calls the node so.
bool SaysName(const StoredNode& node, const std::string& name);

// Appends one line for everything about overlays that contradicts itself, or the records.
Status CheckOverlays(const KvSnapshot& kv, const Names& names, std::vector<std::string>& findings);

}  // namespace tupu::graph
