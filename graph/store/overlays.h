// Overlays: properties that somebody set by hand on elements computed from documents. Keys,
// records, and what is shown of several, as FORMAT.md has them.
#pragma once

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
  std::uint32_t property = 0;
  OriginId origin;
  Value value;  // null: taken away
};
using OverlayItems = std::vector<OverlayItem>;  // by property, then origin

// Puts an item in its place; of too many with the same property the first goes.
void PutItem(OverlayItems& items, OverlayItem item);

struct NodeOverlay {
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
std::string NodeOverlayKey(const Hash128& key);
std::string NodeOverlayPrefix();
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
bool IsOverlayKey(std::string_view key);

Result<bool> HasOverlays(const KvSnapshot& kv);
// kCorruption for what is unreadable.
Status ForEachNodeOverlay(const KvSnapshot& kv,
                          const std::function<Status(const NodeOverlay&)>& visit);
Status ForEachEdgeOverlay(const KvSnapshot& kv,
                          const std::function<Status(const EdgeOverlay&)>& visit);

// The items that an element shows, one a property, in their order.
Result<OverlayItems> ShownItems(const KvSnapshot& kv, const StoredNode& node);
Result<OverlayItems> ShownItems(const KvSnapshot& kv, const StoredNode& from, const StoredNode& to,
                                TypeId type, const std::string& title);
// What records hold of them.
StoredProperties OverlayOf(const OverlayItems& items);

// The name that the node's overlay gives it; null where that is none.
const std::string* OverlaidName(const StoredNode& node, std::uint32_t name_property);
// Whether a document calls the node so.
bool SaysName(const StoredNode& node, const std::string& name);

// Appends one line for everything about overlays that contradicts itself, or the records.
Status CheckOverlays(const KvSnapshot& kv, const Names& names, std::vector<std::string>& findings);

}  // namespace tupu::graph
