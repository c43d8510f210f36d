// Asserted elements: nodes and edges that somebody wrote by hand or imported, as opposed to those
// computed from documents. Keys, records and counts, as FORMAT.md has them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/model/value.h"
#include "graph/store/keys.h"
#include "graph/store/names.h"

namespace tupu::graph {

// Asserted elements are told from computed ones by their numbers.
inline constexpr std::uint64_t kFirstAssertedNode = std::uint64_t{1} << 40;
inline constexpr std::uint64_t kAssertedEdgeBit = std::uint64_t{1} << (kEdgeSequenceBits - 1);
constexpr bool IsAsserted(NodeId node) { return node.value >= kFirstAssertedNode; }
constexpr bool IsAsserted(EdgeId edge) { return (edge.value & kAssertedEdgeBit) != 0; }

// What wrote it: an import, a transaction.
using OriginId = Id<struct OriginTag>;
using StoredProperties = std::vector<std::pair<std::uint32_t, Value>>;  // by property number

struct AssertedNode {
  OriginId origin;
  std::vector<std::uint32_t> labels;  // interned, ascending
  StoredProperties properties;
};
struct AssertedEdge {
  NodeId from, to;
  OriginId origin;
  StoredProperties properties;
};
void EncodeAssertedNode(std::string& out, const AssertedNode& node);
bool DecodeAssertedNode(std::string_view in, AssertedNode& node);
void EncodeAssertedEdge(std::string& out, const AssertedEdge& edge);
bool DecodeAssertedEdge(std::string_view in, AssertedEdge& edge);

// meta
std::string AssertedNodeSequenceKey();
std::string AssertedEdgeSequenceKey(TypeId type);
std::string OriginSequenceKey();
std::string OriginKey(OriginId origin);

// counters
std::string AssertedNodesKey();
std::string AssertedNodesKey(std::uint32_t label);
std::string AssertedEdgesKey(TypeId type);

// graph
std::string AssertedNodeKey(NodeId node);
std::string AssertedNodePrefix();
bool DecodeAssertedNodeKey(std::string_view key, NodeId& node);
std::string AssertedEdgeKey(EdgeId edge);
std::string AssertedEdgePrefix();
std::string AssertedEdgePrefix(TypeId type);
bool DecodeAssertedEdgeKey(std::string_view key, EdgeId& edge);
// Stands where computed edges have the hash of a title, so parallel edges have keys of their own.
std::string AdjacencySuffix(EdgeId edge);

// index
std::string AssertedLabelKey(std::uint32_t label, NodeId node);
std::string AssertedLabelPrefix(std::uint32_t label);
bool DecodeAssertedLabelKey(std::string_view key, std::uint32_t& label, NodeId& node);
// Nodes by the value of a property, for the properties that are indexed: `id` and `name`. Equal
// numbers have one key, whether integer or not.
bool IsIndexed(std::string_view property);
std::string PropertyIndexKey(std::uint32_t property, const Value& value, NodeId node);
std::string PropertyIndexPrefix(std::uint32_t property, const Value& value);
// The same of a value whose hash is these 16 bytes.
std::string PropertyIndexKeyOf(std::uint32_t property, std::uint64_t hash_high,
                               std::uint64_t hash_low, NodeId node);
bool DecodePropertyIndexKey(std::string_view key, std::uint32_t& property, NodeId& node);

// Whether a key of this space belongs to asserted elements alone.
bool IsAssertedKey(Space space, std::string_view key);

// Appends one line for everything about asserted elements that contradicts itself.
Status CheckAsserted(const KvSnapshot& kv, const Names& names, std::vector<std::string>& findings);

}  // namespace tupu::graph
