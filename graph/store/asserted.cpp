#include "graph/store/asserted.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "graph/base/coding.h"
#include "graph/base/hash.h"
#include "graph/store/records.h"

namespace tupu::graph {
namespace {

std::string Key32(char letter, std::uint32_t number) {
  std::string out(1, letter);
  PutFixed32(out, number);
  return out;
}
std::string Key64(char letter, std::uint64_t number) {
  std::string out(1, letter);
  PutFixed64(out, number);
  return out;
}
bool Take(std::string_view& in, char letter) {
  if (!in.starts_with(letter)) return false;
  in.remove_prefix(1);
  return true;
}

void PutProperties(std::string& out, const StoredProperties& properties) {
  PutVarint(out, properties.size());
  for (const auto& [number, value] : properties) {
    PutVarint(out, number);
    EncodeValue(out, value);
  }
}
bool GetProperties(std::string_view& in, StoredProperties& properties) {
  std::uint64_t size = 0;
  if (!GetVarint(in, size) || size > in.size()) return false;
  properties.resize(static_cast<std::size_t>(size));
  return std::all_of(properties.begin(), properties.end(), [&](auto& property) {
    return GetUint32(in, property.first) && DecodeValue(in, property.second);
  });
}

// Values that Cypher's = holds equal have the same canonical form.
Value Canonical(const Value& value) {
  switch (value.kind()) {
    case ValueKind::kDouble: {
      const double real = value.as_double();
      const bool whole = real >= -9223372036854775808.0 && real < 9223372036854775808.0 &&
                         std::trunc(real) == real;
      return whole ? Value(static_cast<std::int64_t>(real)) : value;
    }
    case ValueKind::kList: {
      List list;
      for (const Value& element : value.as_list()) list.push_back(Canonical(element));
      return Value(std::move(list));
    }
    default:
      return value;
  }
}

}  // namespace

void EncodeAssertedNode(std::string& out, const AssertedNode& node) {
  PutVarint(out, node.origin.value);
  PutVarint(out, node.labels.size());
  for (const std::uint32_t label : node.labels) PutVarint(out, label);
  PutProperties(out, node.properties);
}

bool DecodeAssertedNode(std::string_view in, AssertedNode& node) {
  std::uint64_t size = 0;
  if (!GetVarint(in, node.origin.value) || !GetVarint(in, size) || size > in.size()) return false;
  node.labels.resize(static_cast<std::size_t>(size));
  for (std::uint32_t& label : node.labels) {
    if (!GetUint32(in, label)) return false;
  }
  return GetProperties(in, node.properties) && in.empty();
}

void EncodeAssertedEdge(std::string& out, const AssertedEdge& edge) {
  PutFixed64(out, edge.from.value);
  PutFixed64(out, edge.to.value);
  PutVarint(out, edge.origin.value);
  PutProperties(out, edge.properties);
}

bool DecodeAssertedEdge(std::string_view in, AssertedEdge& edge) {
  return GetFixed64(in, edge.from.value) && GetFixed64(in, edge.to.value) &&
         GetVarint(in, edge.origin.value) && GetProperties(in, edge.properties) && in.empty();
}

std::string AssertedNodeSequenceKey() { return "Qa"; }
std::string AssertedEdgeSequenceKey(TypeId type) { return "Q" + Key32('E', type.value); }
std::string OriginSequenceKey() { return "Qo"; }
std::string OriginKey(OriginId origin) { return Key64('O', origin.value); }

std::string AssertedNodesKey() { return "N"; }
std::string AssertedNodesKey(std::uint32_t label) { return Key32('a', label); }
std::string AssertedEdgesKey(TypeId type) { return Key32('E', type.value); }

std::string AssertedNodeKey(NodeId node) { return Key64('N', node.value); }
std::string AssertedNodePrefix() { return "N"; }
bool DecodeAssertedNodeKey(std::string_view key, NodeId& node) {
  return Take(key, 'N') && GetFixed64(key, node.value) && key.empty();
}
std::string AssertedEdgeKey(EdgeId edge) { return Key64('E', edge.value); }
std::string AssertedEdgePrefix() { return "E"; }
std::string AssertedEdgePrefix(TypeId type) {
  std::string out = AssertedEdgeKey(MakeEdgeId(type, 0));
  out.resize(1 + (64 - kEdgeSequenceBits) / 8);
  return out;
}
bool DecodeAssertedEdgeKey(std::string_view key, EdgeId& edge) {
  return Take(key, 'E') && GetFixed64(key, edge.value) && key.empty();
}
std::string AdjacencySuffix(EdgeId edge) { return EncodeNumber(edge.value); }

std::string AssertedLabelPrefix(std::uint32_t label) { return Key32('a', label); }
std::string AssertedLabelKey(std::uint32_t label, NodeId node) {
  std::string out = AssertedLabelPrefix(label);
  PutFixed64(out, node.value);
  return out;
}
bool DecodeAssertedLabelKey(std::string_view key, std::uint32_t& label, NodeId& node) {
  return Take(key, 'a') && GetFixed32(key, label) && GetFixed64(key, node.value) && key.empty();
}

bool IsIndexed(std::string_view property) { return property == "id" || property == "name"; }

std::string PropertyIndexPrefix(std::uint32_t property, const Value& value) {
  std::string bytes;
  EncodeValue(bytes, Canonical(value));
  const Hash128 hash = HashFields({bytes});
  std::string out = Key32('p', property);
  out.append(reinterpret_cast<const char*>(hash.bytes.data()), hash.bytes.size());
  return out;
}
std::string PropertyIndexKey(std::uint32_t property, const Value& value, NodeId node) {
  std::string out = PropertyIndexPrefix(property, value);
  PutFixed64(out, node.value);
  return out;
}
std::string PropertyIndexKeyOf(std::uint32_t property, std::uint64_t hash_high,
                               std::uint64_t hash_low, NodeId node) {
  std::string out = Key32('p', property);
  PutFixed64(out, hash_high);
  PutFixed64(out, hash_low);
  PutFixed64(out, node.value);
  return out;
}
bool DecodePropertyIndexKey(std::string_view key, std::uint32_t& property, NodeId& node) {
  if (!Take(key, 'p') || !GetFixed32(key, property) || key.size() != 16 + 8) return false;
  key.remove_prefix(16);
  return GetFixed64(key, node.value);
}

bool IsAssertedKey(Space space, std::string_view key) {
  if (key.empty()) return false;
  NameEntry name;
  Adjacency entry;
  switch (space) {
    case Space::kCounters:
      return key[0] == 'N' || key[0] == 'a' || key[0] == 'E';
    case Space::kGraph:
      return key[0] == 'N' || key[0] == 'E' ||
             (DecodeAdjacencyKey(key, entry) && entry.title.size() == 8);
    case Space::kIndex:
      return key[0] == 'a' || key[0] == 'p' ||
             (DecodeNameIndexKey(key, name) && IsAsserted(name.node));
    default:
      return false;
  }
}

}  // namespace tupu::graph
