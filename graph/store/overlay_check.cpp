// Overlays against themselves, and against the records of the elements that they lie on.
#include <map>
#include <set>

#include "graph/base/unicode.h"
#include "graph/store/overlays.h"

namespace tupu::graph {
namespace {

// To the bit: equality of values is looser, and NaN is not even equal to itself.
bool SameBits(const StoredProperties& a, const StoredProperties& b) {
  std::string left, right;
  EncodeProperties(left, a);
  EncodeProperties(right, b);
  return left == right;
}

class OverlayChecker {
 public:
  OverlayChecker(const KvSnapshot& kv, const Names& names, std::vector<std::string>& findings)
      : kv_(kv), names_(names), findings_(findings) {}

  Status Run() {
    TUPU_TRY(ReadOrigins());
    const Status nodes = ForEachNodeOverlay(kv_, [&](const NodeOverlay& overlay) -> Status {
      CheckItems("the overlay of " + overlay.key.ToString(), overlay.items,
                 overlay.kind == NodeOverlayKind::kLabels ? NameKind::kLabel : NameKind::kProperty);
      return {};
    });
    const Status edges = ForEachEdgeOverlay(
        kv_, [&](const EdgeOverlay& overlay) { return CheckEdgeOverlay(overlay); });
    for (const Status* read : {&nodes, &edges}) {
      if (read->ok()) continue;
      if (read->error().code != ErrorCode::kCorruption) return *read;
      findings_.push_back(read->error().message);
    }
    TUPU_TRY(CheckMirror());
    TUPU_TRY(CheckNodes());
    TUPU_TRY(CheckLabels());
    return CheckEdges();
  }

 private:
  Status ReadOrigins() {
    const auto cursor = kv_.Scan(Space::kMeta, OriginPrefix());
    for (; cursor->Valid(); cursor->Next()) {
      OriginId origin;
      if (DecodeOriginKey(cursor->key(), origin)) origins_.insert(origin.value);
    }
    return cursor->status();
  }

  void CheckItems(const std::string& who, const OverlayItems& items, NameKind kind) {
    for (const OverlayItem& item : items) {
      if (!origins_.contains(item.origin.value)) {
        findings_.push_back(who + " is of origin " + std::to_string(item.origin.value) +
                            ", which is none");
      }
      if (names_.NameOf(kind, item.property).empty()) {
        findings_.push_back(who + " has something without a name");
      }
    }
  }

  Status CheckEdgeOverlay(const EdgeOverlay& overlay) {
    const std::string who =
        "the overlay of " + overlay.from.ToString() + " -> " + overlay.to.ToString();
    CheckItems(who, overlay.items, NameKind::kProperty);
    TUPU_ASSIGN(const auto mirrored,
                kv_.Get(Space::kGraph, EdgeOverlayKey(Direction::kIn, EntryOf(overlay))));
    if (!mirrored) findings_.push_back(who + " is not found from its end");
    return {};
  }

  Status CheckMirror() {
    const auto cursor = kv_.Scan(Space::kGraph, EdgeOverlayPrefix(Direction::kIn));
    for (; cursor->Valid(); cursor->Next()) {
      EdgeOverlayEntry entry;
      if (!DecodeEdgeOverlayKey(cursor->key(), Direction::kIn, entry)) {
        findings_.push_back("an overlay's key is unreadable");
        continue;
      }
      TUPU_ASSIGN(const auto there, kv_.Get(Space::kGraph, EdgeOverlayKey(Direction::kOut, entry)));
      if (!there) findings_.push_back("an overlay is found from its end that is not there");
    }
    return cursor->status();
  }

  // What is damaged is found by the checks of records.
  Status CheckNodes() {
    const std::uint32_t name = names_.Find(NameKind::kProperty, "name").value_or(0);
    const auto cursor = kv_.Scan(Space::kGraph, NodePrefix());
    for (; cursor->Valid(); cursor->Next()) {
      NodeId id;
      StoredNode node;
      if (!DecodeNodeKey(cursor->key(), id) || !DecodeNode(cursor->value(), node)) continue;
      const auto items = ShownItems(kv_, node, NodeOverlayKind::kProperties);
      const auto labels = ShownItems(kv_, node, NodeOverlayKind::kLabels);
      for (const auto* read : {&items, &labels}) {
        if (!read->ok() && read->error().code != ErrorCode::kCorruption) return read->error();
      }
      if (!items.ok() || !labels.ok() || !SameBits(OverlayOf(*items), node.overlay) ||
          LabelsOf(*labels) != node.labels) {
        findings_.push_back("node " + node.key.ToString() + " shows other overlays than it has");
      }
      for (const std::uint32_t label : node.labels) {
        ++labels_[HandLabelsKey(label)];
        ++labels_[HandLabelsKey(label, node.type)];
        ++label_entries_;
        TUPU_ASSIGN(const auto found, kv_.Get(Space::kIndex, HandLabelKey(label, id)));
        if (!found) {
          findings_.push_back("node " + node.key.ToString() +
                              " is not found by a label that was set by hand");
        }
      }
      const std::string* overlaid = OverlaidName(node, name);
      if (overlaid == nullptr) continue;
      TUPU_ASSIGN(const auto named,
                  kv_.Get(Space::kIndex, NameIndexKey(FoldName(*overlaid), *overlaid, id)));
      if (!named) {
        findings_.push_back("node " + node.key.ToString() + " is not found by the name '" +
                            *overlaid + "' that was set by hand");
      }
    }
    return cursor->status();
  }

  // As many entries, and counters that say so.
  Status CheckLabels() {
    std::uint64_t found = 0;
    auto cursor = kv_.Scan(Space::kIndex, HandLabelPrefix());
    for (; cursor->Valid(); cursor->Next()) ++found;
    TUPU_TRY(cursor->status());
    if (found != label_entries_) {
      findings_.push_back("labels that were set by hand have " + std::to_string(found) +
                          " entries and should have " + std::to_string(label_entries_));
    }
    cursor = kv_.Scan(Space::kCounters, HandLabelsPrefix());
    for (; cursor->Valid(); cursor->Next()) {
      std::int64_t count = 0;
      const auto expected = labels_.find(std::string(cursor->key()));
      if (!DecodeCounter(cursor->value(), count) ||
          count != (expected == labels_.end() ? 0 : expected->second)) {
        findings_.push_back("a counter of labels that were set by hand is wrong");
      }
      if (expected != labels_.end()) labels_.erase(expected);
    }
    TUPU_TRY(cursor->status());
    if (!labels_.empty()) {
      findings_.push_back("a counter of labels that were set by hand is missing");
    }
    return {};
  }

  Status CheckEdges() {
    TUPU_ASSIGN(const bool any, HasOverlays(kv_));
    const auto cursor = kv_.Scan(Space::kGraph, EdgePrefix());
    for (; cursor->Valid(); cursor->Next()) {
      EdgeId id;
      StoredEdge edge;
      StoredNode from, to;
      if (!DecodeEdgeKey(cursor->key(), id) || !DecodeEdge(cursor->value(), edge)) continue;
      if (!any && edge.overlay.empty()) continue;
      TUPU_ASSIGN(const bool start, Read(edge.from, from));
      TUPU_ASSIGN(const bool end, Read(edge.to, to));
      if (!start || !end) continue;
      const auto items = ShownItems(kv_, from, to, TypeOf(id), edge.title);
      if (!items.ok() && items.error().code != ErrorCode::kCorruption) return items.error();
      if (!items.ok() || !SameBits(OverlayOf(*items), edge.overlay)) {
        findings_.push_back("an edge " + names_.NameOf(NameKind::kType, TypeOf(id).value) +
                            " from " + from.key.ToString() + " to " + to.key.ToString() +
                            " shows other overlays than it has");
      }
    }
    return cursor->status();
  }

  Result<bool> Read(NodeId id, StoredNode& node) {
    TUPU_ASSIGN(const auto bytes, kv_.Get(Space::kGraph, NodeKey(id)));
    return bytes.has_value() && DecodeNode(*bytes, node);
  }

  const KvSnapshot& kv_;
  const Names& names_;
  std::vector<std::string>& findings_;
  std::set<std::uint64_t> origins_;
  std::map<std::string, std::int64_t> labels_;  // counters, by key
  std::uint64_t label_entries_ = 0;
};

}  // namespace

Status CheckOverlays(const KvSnapshot& kv, const Names& names, std::vector<std::string>& findings) {
  return OverlayChecker(kv, names, findings).Run();
}

}  // namespace tupu::graph
