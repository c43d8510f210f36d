// The values of the store, as FORMAT.md has them. Decoders return false on anything malformed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/model/claims.h"
#include "graph/resolve/entity.h"
#include "graph/resolve/tally.h"
#include "graph/store/asserted.h"
#include "graph/store/keys.h"
#include "graph/store/store.h"

namespace tupu::graph {

inline constexpr std::uint64_t kFormatVersion = 5;

// Pieces that several records share.
void PutKey(std::string& out, const EntityKey& key);
bool GetKey(std::string_view& in, EntityKey& key);
void PutPlace(std::string& out, FieldSpan at);
bool GetPlace(std::string_view& in, FieldSpan& at);
bool GetString(std::string_view& in, std::string& out);
bool GetUint32(std::string_view& in, std::uint32_t& out);

void EncodeHeader(std::string& out, DocumentId number, const DocumentHeader& header);
bool DecodeHeader(std::string_view in, DocumentId& number, DocumentHeader& header);

// What is counted of a node or edge.
struct Profile {
  std::uint64_t documents = 0;                           // that speak of it
  std::uint32_t last_slot = 0;                           // the last one given
  std::vector<std::pair<std::uint32_t, Tally>> tallies;  // by property number

  Tally& operator[](std::uint32_t property);
  const Tally* Find(std::uint32_t property) const;  // null if nothing is counted
};

// One of the keys that are joined in a node.
struct NodeMember {
  EntityKey key;
  std::uint64_t documents = 0;  // that name it
};

struct StoredNode {
  LabelId type;                       // shown
  std::vector<std::uint32_t> labels;  // by hand, beside those of the type; ascending
  EntityKey key;                      // of the smallest hash
  Profile profile;                    // without kKeyProperty
  std::vector<NodeMember> members;    // all keys; with `documents` > 0 where it is stored
  StoredProperties overlay;           // set by hand; null: not shown

  NodeMember* FindMember(const EntityKey& key_of_it);
  bool HasMember(const EntityKey& key_of_it) const;
};
void EncodeNode(std::string& out, const StoredNode& node);
bool DecodeNode(std::string_view in, StoredNode& node);
// The shown type and the labels by hand alone; takes them from `in`.
bool GetNodeLabels(std::string_view& in, LabelId& type, std::vector<std::uint32_t>& labels);

struct StoredEdge {
  NodeId from;
  NodeId to;
  std::string title;  // hash of the title or empty
  Profile profile;
  StoredProperties overlay;  // set by hand; null: not shown
};
void EncodeEdge(std::string& out, const StoredEdge& edge);
bool DecodeEdge(std::string_view in, StoredEdge& edge);
// The ends alone.
bool DecodeEdgeEnds(std::string_view in, NodeId& from, NodeId& to);

}  // namespace tupu::graph
