#include "graph/store/overlays.h"

#include <algorithm>
#include <map>
#include <optional>

#include "graph/base/coding.h"

namespace tupu::graph {
namespace {

constexpr std::size_t kMostOrigins = 64;  // of one property
constexpr char kOutLetter = 'z';
constexpr char kInLetter = 'Z';
constexpr char kHandLabel = 'b';
constexpr std::size_t kTitleBytes = sizeof(Hash128::bytes);

bool Before(const OverlayItem& a, const OverlayItem& b) {
  return a.property != b.property ? a.property < b.property : a.origin < b.origin;
}

void PutItems(std::string& out, const OverlayItems& items) {
  for (const OverlayItem& item : items) {
    PutVarint(out, item.property);
    PutVarint(out, item.origin.value);
    EncodeValue(out, item.value);
  }
}
bool GetItems(std::string_view in, OverlayItems& items) {
  items.clear();
  while (!in.empty()) {
    OverlayItem item;
    if (!GetUint32(in, item.property) || !GetVarint(in, item.origin.value) ||
        !DecodeValue(in, item.value) || (!items.empty() && !Before(items.back(), item))) {
      return false;
    }
    items.push_back(std::move(item));
  }
  return !items.empty();
}

// Of the items of several keys, told in the order of their hashes, those that are shown.
class Shown {
 public:
  void Add(OverlayItems items) {
    for (OverlayItem& item : items) {
      const auto [place, fresh] = items_.try_emplace(item.property, item);
      if (!fresh && !(item.origin < place->second.origin)) place->second = std::move(item);
    }
  }
  OverlayItems Take() {
    OverlayItems out;
    for (auto& [property, item] : items_) out.push_back(std::move(item));
    return out;
  }

 private:
  std::map<std::uint32_t, OverlayItem> items_;
};

std::vector<Hash128> HashesOf(const StoredNode& node) {
  std::vector<Hash128> out;
  for (const NodeMember& member : node.members) {
    if (member.documents > 0) out.push_back(EntityIdOf(member.key));
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

void PutItem(OverlayItems& items, OverlayItem item) {
  const auto place = std::lower_bound(items.begin(), items.end(), item, Before);
  if (place != items.end() && !Before(item, *place)) {
    place->value = std::move(item.value);
    return;
  }
  const std::uint32_t property = item.property;
  items.insert(place, std::move(item));
  const auto of_property = [&](const OverlayItem& one) { return one.property == property; };
  if (static_cast<std::size_t>(std::count_if(items.begin(), items.end(), of_property)) >
      kMostOrigins) {
    items.erase(std::find_if(items.begin(), items.end(), of_property));
  }
}

void EncodeNodeOverlay(std::string& out, const NodeOverlay& overlay) {
  PutKey(out, overlay.key);
  PutItems(out, overlay.items);
}
bool DecodeNodeOverlay(std::string_view in, NodeOverlay& overlay) {
  return GetKey(in, overlay.key) && GetItems(in, overlay.items);
}
void EncodeEdgeOverlay(std::string& out, const EdgeOverlay& overlay) {
  PutKey(out, overlay.from);
  PutKey(out, overlay.to);
  PutItems(out, overlay.items);
}
bool DecodeEdgeOverlay(std::string_view in, EdgeOverlay& overlay) {
  return GetKey(in, overlay.from) && GetKey(in, overlay.to) && GetItems(in, overlay.items);
}

std::string NodeOverlayPrefix(NodeOverlayKind kind) {
  return std::string(1, static_cast<char>(kind));
}
std::string NodeOverlayKey(NodeOverlayKind kind, const Hash128& key) {
  std::string out = NodeOverlayPrefix(kind);
  PutHash(out, key);
  return out;
}

std::string EdgeOverlayPrefix(Direction direction) {
  return std::string(1, direction == Direction::kOut ? kOutLetter : kInLetter);
}
std::string EdgeOverlayPrefix(Direction direction, const Hash128& end) {
  std::string out = EdgeOverlayPrefix(direction);
  PutHash(out, end);
  return out;
}
std::string EdgeOverlayKey(Direction direction, const EdgeOverlayEntry& entry) {
  const bool out_going = direction == Direction::kOut;
  std::string out = EdgeOverlayPrefix(direction, out_going ? entry.from : entry.to);
  PutHash(out, out_going ? entry.to : entry.from);
  PutFixed32(out, entry.type.value);
  return out + entry.title;
}
bool DecodeEdgeOverlayKey(std::string_view key, Direction direction, EdgeOverlayEntry& entry) {
  if (!key.starts_with(EdgeOverlayPrefix(direction))) return false;
  key.remove_prefix(1);
  const bool out_going = direction == Direction::kOut;
  if (!GetHash(key, out_going ? entry.from : entry.to) ||
      !GetHash(key, out_going ? entry.to : entry.from) || !GetFixed32(key, entry.type.value)) {
    return false;
  }
  entry.title = key;
  return key.empty() || key.size() == kTitleBytes;
}
EdgeOverlayEntry EntryOf(const EdgeOverlay& overlay) {
  return {EntityIdOf(overlay.from), EntityIdOf(overlay.to), overlay.type, overlay.title};
}

std::string HandLabelPrefix() { return std::string(1, kHandLabel); }
std::string HandLabelPrefix(std::uint32_t label) {
  std::string out = HandLabelPrefix();
  PutFixed32(out, label);
  return out;
}
std::string HandLabelKey(std::uint32_t label, NodeId node) {
  std::string out = HandLabelPrefix(label);
  PutFixed64(out, node.value);
  return out;
}
bool DecodeHandLabelKey(std::string_view key, std::uint32_t& label, NodeId& node) {
  if (!key.starts_with(kHandLabel)) return false;
  key.remove_prefix(1);
  return GetFixed32(key, label) && GetFixed64(key, node.value) && key.empty();
}
std::string HandLabelsPrefix() { return HandLabelPrefix(); }
std::string HandLabelsKey(std::uint32_t label) { return HandLabelPrefix(label); }
std::string HandLabelsKey(std::uint32_t label, LabelId type) {
  std::string out = HandLabelsKey(label);
  PutFixed32(out, type.value);
  return out;
}

bool IsOverlayKey(Space space, std::string_view key) {
  if (key.empty()) return false;
  switch (space) {
    case Space::kGraph:
      return key[0] == static_cast<char>(NodeOverlayKind::kProperties) ||
             key[0] == static_cast<char>(NodeOverlayKind::kLabels) || key[0] == kOutLetter ||
             key[0] == kInLetter;
    case Space::kIndex:
    case Space::kCounters:
      return key[0] == kHandLabel;
    default:
      return false;
  }
}

Result<bool> HasOverlays(const KvSnapshot& kv) {
  for (const std::string& prefix :
       {NodeOverlayPrefix(NodeOverlayKind::kProperties),
        NodeOverlayPrefix(NodeOverlayKind::kLabels), EdgeOverlayPrefix(Direction::kOut)}) {
    const auto cursor = kv.Scan(Space::kGraph, prefix);
    if (cursor->Valid()) return true;
    TUPU_TRY(cursor->status());
  }
  return false;
}

Status ForEachNodeOverlay(const KvSnapshot& kv,
                          const std::function<Status(const NodeOverlay&)>& visit) {
  for (const NodeOverlayKind kind : {NodeOverlayKind::kProperties, NodeOverlayKind::kLabels}) {
    const auto cursor = kv.Scan(Space::kGraph, NodeOverlayPrefix(kind));
    for (; cursor->Valid(); cursor->Next()) {
      NodeOverlay overlay;
      overlay.kind = kind;
      if (!DecodeNodeOverlay(cursor->value(), overlay) ||
          cursor->key() != NodeOverlayKey(kind, EntityIdOf(overlay.key))) {
        return Damaged("an overlay is unreadable");
      }
      TUPU_TRY(visit(overlay));
    }
    TUPU_TRY(cursor->status());
  }
  return {};
}

Status ForEachEdgeOverlay(const KvSnapshot& kv,
                          const std::function<Status(const EdgeOverlay&)>& visit) {
  const auto cursor = kv.Scan(Space::kGraph, EdgeOverlayPrefix(Direction::kOut));
  for (; cursor->Valid(); cursor->Next()) {
    EdgeOverlayEntry entry;
    EdgeOverlay overlay;
    if (!DecodeEdgeOverlayKey(cursor->key(), Direction::kOut, entry) ||
        !DecodeEdgeOverlay(cursor->value(), overlay) || entry.from != EntityIdOf(overlay.from) ||
        entry.to != EntityIdOf(overlay.to)) {
      return Damaged("an overlay is unreadable");
    }
    overlay.type = entry.type;
    overlay.title = entry.title;
    TUPU_TRY(visit(overlay));
  }
  return cursor->status();
}

Result<OverlayItems> ShownItems(const KvSnapshot& kv, const StoredNode& node,
                                NodeOverlayKind kind) {
  Shown shown;
  for (const Hash128& key : HashesOf(node)) {
    TUPU_ASSIGN(const auto bytes, kv.Get(Space::kGraph, NodeOverlayKey(kind, key)));
    NodeOverlay overlay;
    if (!bytes) continue;
    if (!DecodeNodeOverlay(*bytes, overlay)) return Damaged("an overlay is unreadable");
    shown.Add(std::move(overlay.items));
  }
  return shown.Take();
}

Result<OverlayItems> ShownItems(const KvSnapshot& kv, const StoredNode& from, const StoredNode& to,
                                TypeId type, const std::string& title) {
  Shown shown;
  const std::vector<Hash128> ends = HashesOf(to);
  for (const Hash128& start : HashesOf(from)) {
    for (const Hash128& end : ends) {
      TUPU_ASSIGN(
          const auto bytes,
          kv.Get(Space::kGraph, EdgeOverlayKey(Direction::kOut, {start, end, type, title})));
      EdgeOverlay overlay;
      if (!bytes) continue;
      if (!DecodeEdgeOverlay(*bytes, overlay)) return Damaged("an overlay is unreadable");
      shown.Add(std::move(overlay.items));
    }
  }
  return shown.Take();
}

StoredProperties OverlayOf(const OverlayItems& items) {
  StoredProperties out;
  for (const OverlayItem& item : items) out.emplace_back(item.property, item.value);
  return out;
}

std::vector<std::uint32_t> LabelsOf(const OverlayItems& items) {
  std::vector<std::uint32_t> out;
  for (const OverlayItem& item : items) {
    if (item.value == Value(true)) out.push_back(item.property);
  }
  return out;
}

const std::string* OverlaidName(const StoredNode& node, std::uint32_t name_property) {
  for (const auto& [property, value] : node.overlay) {
    if (property == name_property && value.kind() == ValueKind::kString) return &value.as_string();
  }
  return nullptr;
}

bool SaysName(const StoredNode& node, const std::string& name) {
  for (const std::uint32_t property : {kFormProperty, kNameProperty}) {
    const Tally* tally = node.profile.Find(property);
    if (tally == nullptr) continue;
    const auto found = tally->counts().find(Value(name));
    if (found != tally->counts().end() && found->second.documents > 0) return true;
  }
  return false;
}

}  // namespace tupu::graph
