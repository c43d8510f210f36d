// From the entries of indexes back to what should have made them.
#include <algorithm>

#include "graph/base/unicode.h"
#include "graph/store/asserted.h"
#include "graph/store/checker.h"
#include "graph/store/overlays.h"
#include "graph/store/search_index.h"

namespace tupu::graph {

Status Checker::CheckIndex() {
  std::uint64_t supports = 0;
  TUPU_TRY(Scan(Space::kIndex, {}, [&](std::string_view key, std::string_view value) -> Status {
    LabelId type;
    NodeId node;
    NameEntry name;
    std::uint64_t number = 0;
    DateNumber date = 0;
    DocumentId doc;
    if (IsAssertedKey(Space::kIndex, key) || IsOverlayKey(Space::kIndex, key) ||
        key.starts_with(RejectedPrefix()) || IsSearchKey(key) ||
        key.starts_with(IndexEntryPrefix())) {
      return {};
    } else if (DecodeLabelKey(key, type, node)) {
      TUPU_ASSIGN(const std::optional<StoredNode> stored, ReadNode(node));
      if (!stored || stored->type != type) {
        Find("the index of types has a node number " + std::to_string(node.value) +
             " under a type that it has not");
      }
    } else if (DecodeNameIndexKey(key, name)) {
      TUPU_ASSIGN(const std::optional<StoredNode> stored, ReadNode(name.node));
      const std::string* overlaid = stored ? OverlaidName(*stored, name_property_) : nullptr;
      const bool called =
          stored && (SaysName(*stored, name.surface) || (overlaid && *overlaid == name.surface));
      if (!called || FoldName(name.surface) != name.folded) {
        Find("the index of names has '" + name.surface + "' for a node that is not called so");
      }
    } else if (DecodeSupportKey(key, number, date, doc)) {
      ++supports;
      if (!documents_.contains(doc.value)) Find("a support is by a document that is not there");
    } else if (key.starts_with(IdPrefix()) && DecodeNumber(value, node.value)) {
      TUPU_ASSIGN(const std::optional<StoredNode> stored, ReadNode(node));
      if (!stored || std::none_of(stored->members.begin(), stored->members.end(),
                                  [&](const NodeMember& member) {
                                    return IdKey(EntityIdOf(member.key)) == key;
                                  })) {
        Find("the index of ids has a node number " + std::to_string(node.value) +
             " under an id that it has not");
      }
    } else {
      Find("the indexes have an entry that is none");
    }
    return {};
  }));
  if (supports != supports_) {
    Find("there are " + std::to_string(supports) + " supports, the documents make " +
         std::to_string(supports_));
  }
  return {};
}

Result<std::optional<StoredNode>> Checker::ReadNode(NodeId number) const {
  TUPU_ASSIGN(const std::optional<std::string> bytes, kv_.Get(Space::kGraph, NodeKey(number)));
  StoredNode out;
  if (!bytes || !DecodeNode(*bytes, out)) return std::optional<StoredNode>();
  return std::optional<StoredNode>(std::move(out));
}

Status Checker::CheckAdjacency() {
  return Scan(Space::kGraph, {}, [&](std::string_view key, std::string_view value) -> Status {
    NodeId node;
    EdgeId edge;
    if (DecodeNodeKey(key, node) || DecodeEdgeKey(key, edge) || IsAssertedKey(Space::kGraph, key) ||
        IsOverlayKey(Space::kGraph, key)) {
      return {};
    }
    Adjacency entry;
    if (!DecodeAdjacencyKey(key, entry) || !DecodeNumber(value, edge.value)) {
      Find("the graph has an entry that is none");
      return {};
    }
    const bool out = entry.direction == Direction::kOut;
    const NodeId from = out ? entry.node : entry.neighbour;
    const NodeId to = out ? entry.neighbour : entry.node;
    TUPU_ASSIGN(const std::optional<std::string> bytes, kv_.Get(Space::kGraph, EdgeKey(edge)));
    StoredEdge stored;
    if (!bytes || !DecodeEdge(*bytes, stored) || TypeOf(edge) != entry.type ||
        stored.from != from || stored.to != to || stored.title != entry.title) {
      Find("the adjacency of node number " + std::to_string(entry.node.value) + " has " +
           EdgeName(edge) + ", which is not there or not so");
    }
    return {};
  });
}

Status Checker::CheckDocumentSpaces() {
  TUPU_TRY(Scan(Space::kText, {}, [&](std::string_view key, std::string_view) -> Status {
    std::uint64_t doc = 0;
    if (!DecodeNumber(key, doc) || !documents_.contains(doc)) Find("a text has no document");
    return {};
  }));
  return Scan(Space::kStatements, {}, [&](std::string_view key, std::string_view) -> Status {
    if (key.starts_with(HeaderPrefix())) return {};
    std::uint64_t doc = 0;
    if (!key.starts_with(BlockPrefix()) || !DecodeNumber(key.substr(1), doc) ||
        !documents_.contains(doc)) {
      Find("a block of statements has no document");
    }
    return {};
  });
}

}  // namespace tupu::graph
