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
// Looks at the labels alone.
bool DecodeHasLabel(std::string_view in, std::uint32_t label, bool& has);
// Those of an edge (edge_pages.h has the rest of it); all of `in`.
void EncodeProperties(std::string& out, const StoredProperties& properties);
bool DecodeProperties(std::string_view in, StoredProperties& properties);

// meta
std::string AssertedNodeSequenceKey();
std::string AssertedEdgeSequenceKey(TypeId type);
std::string OriginSequenceKey();
std::string OriginKey(OriginId origin);
std::string OriginPrefix();
bool DecodeOriginKey(std::string_view key, OriginId& origin);

// counters
std::string AssertedNodesKey();
std::string AssertedNodesKey(std::uint32_t label);
std::string AssertedEdgesKey(TypeId type);

// graph
std::string AssertedNodeKey(NodeId node);
std::string AssertedNodePrefix();
bool DecodeAssertedNodeKey(std::string_view key, NodeId& node);

// index
std::string AssertedLabelKey(std::uint32_t label, NodeId node);
std::string AssertedLabelPrefix(std::uint32_t label);
bool DecodeAssertedLabelKey(std::string_view key, std::uint32_t& label, NodeId& node);
// Nodes by the value of a property, in packed lists (packed_list.h): those of `id`, and of `name`
// where that is no text (texts stand in the index of names). Equal numbers have one place, whether
// integer or not; different values may share one.
bool IsIndexed(std::string_view property, const Value& value);
// Where the nodes of a value stand: two numbers, by which places sort as their entries do.
struct ValuePlace {
  std::uint64_t property_and_kind = 0, number = 0;
  ValuePlace() = default;
  ValuePlace(std::uint64_t of, std::uint64_t in) : property_and_kind(of), number(in) {}
  ValuePlace(std::uint32_t property, const Value& value);
  // Of the list, which integers that are close share.
  std::string Root() const;
  // Within the list: the first number of the entries.
  std::uint64_t First() const;
};
// The second number: the node, and whether its own value is an integer.
struct ValueNode {
  NodeId node;
  bool integer = false;
  ValueNode(NodeId id, const Value& value);
  explicit ValueNode(std::uint64_t code);
  std::uint64_t Code() const;
};
std::string ValuePrefix();
inline constexpr std::size_t kValueRoot = 1 + 4 + 1 + 8;  // bytes

// Whether a key of this space belongs to asserted elements alone.
bool IsAssertedKey(Space space, std::string_view key);

// Appends one line for everything about asserted elements that contradicts itself.
Status CheckAsserted(const KvSnapshot& kv, const Names& names, std::vector<std::string>& findings);
// Appends a line where the sequence under `key` would give a number again: `used` is the one behind
// the greatest in use, 0 where none is.
Status CheckSequence(const KvSnapshot& kv, const std::string& key, std::uint64_t used,
                     const std::string& what, std::vector<std::string>& findings);

}  // namespace tupu::graph
