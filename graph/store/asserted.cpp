#include "graph/store/asserted.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>

#include "graph/base/coding.h"
#include "graph/base/hash.h"
#include "graph/store/edge_pages.h"
#include "graph/store/key_parts.h"
#include "graph/store/records.h"

namespace tupu::graph {
namespace {

// Doubles that are written with few digits take less as such: tenths to millionths.
constexpr char kDecimal = 'e';
constexpr int kMostDigits = 6;
constexpr double kTens[kMostDigits + 1] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};

void PutStored(std::string& out, const Value& value) {
  if (value.kind() == ValueKind::kDouble && std::abs(value.as_double()) < 1e6) {
    const double real = value.as_double();
    for (int digits = 0; digits <= kMostDigits; ++digits) {
      const double scaled = std::nearbyint(real * kTens[digits]);
      // To the bit: zero has two signs.
      if (std::bit_cast<std::uint64_t>(scaled / kTens[digits]) !=
          std::bit_cast<std::uint64_t>(real)) {
        continue;
      }
      if (scaled == 0 && std::signbit(scaled)) break;
      out += kDecimal;
      out += static_cast<char>(digits);
      PutVarint(out, ZigZag(static_cast<std::int64_t>(scaled)));
      return;
    }
  }
  EncodeValue(out, value);
}
bool GetStored(std::string_view& in, Value& value) {
  if (!in.starts_with(kDecimal)) return DecodeValue(in, value);
  if (in.size() < 2 || in[1] < 0 || in[1] > kMostDigits) return false;
  const int digits = in[1];
  in.remove_prefix(2);
  std::uint64_t scaled = 0;
  if (!GetVarint(in, scaled)) return false;
  value = Value(static_cast<double>(UnZigZag(scaled)) / kTens[digits]);
  return true;
}

bool GetProperties(std::string_view& in, StoredProperties& properties) {
  std::uint64_t size = 0;
  if (!GetVarint(in, size) || size > in.size()) return false;
  properties.resize(static_cast<std::size_t>(size));
  return std::all_of(properties.begin(), properties.end(), [&](auto& property) {
    return GetUint32(in, property.first) && GetStored(in, property.second);
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
  PutVarint(out, node.properties.size());
  EncodeProperties(out, node.properties);
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

bool DecodeHasLabel(std::string_view in, std::uint32_t label, bool& has) {
  std::uint64_t origin = 0, size = 0;
  if (!GetVarint(in, origin) || !GetVarint(in, size)) return false;
  has = false;
  for (std::uint64_t i = 0; i < size && !has; ++i) {
    std::uint32_t one = 0;
    if (!GetUint32(in, one)) return false;
    has = one == label;
  }
  return true;
}

void EncodeProperties(std::string& out, const StoredProperties& properties) {
  for (const auto& [number, value] : properties) {
    PutVarint(out, number);
    PutStored(out, value);
  }
}

bool DecodeProperties(std::string_view in, StoredProperties& properties) {
  properties.clear();
  while (!in.empty()) {
    auto& [number, value] = properties.emplace_back();
    if (!GetUint32(in, number) || !GetStored(in, value)) return false;
  }
  return true;
}

std::string AssertedNodeSequenceKey() { return "Qa"; }
std::string AssertedEdgeSequenceKey(TypeId type) { return "Q" + Letter32('E', type.value); }
std::string OriginSequenceKey() { return "Qo"; }
std::string OriginKey(OriginId origin) { return Letter64('O', origin.value); }
std::string OriginPrefix() { return "O"; }
bool DecodeOriginKey(std::string_view key, OriginId& origin) {
  return TakeLetter(key, 'O') && GetFixed64(key, origin.value) && key.empty();
}

std::string AssertedNodesKey() { return "N"; }
std::string AssertedNodesKey(std::uint32_t label) { return Letter32('a', label); }
std::string AssertedEdgesKey(TypeId type) { return Letter32('E', type.value); }

std::string AssertedNodeKey(NodeId node) { return Letter64('N', node.value); }
std::string AssertedNodePrefix() { return "N"; }
bool DecodeAssertedNodeKey(std::string_view key, NodeId& node) {
  return TakeLetter(key, 'N') && GetFixed64(key, node.value) && key.empty();
}

std::string AssertedLabelPrefix(std::uint32_t label) { return Letter32('a', label); }
std::string AssertedLabelKey(std::uint32_t label, NodeId node) {
  std::string out = AssertedLabelPrefix(label);
  PutFixed64(out, node.value);
  return out;
}
bool DecodeAssertedLabelKey(std::string_view key, std::uint32_t& label, NodeId& node) {
  return TakeLetter(key, 'a') && GetFixed32(key, label) && GetFixed64(key, node.value) &&
         key.empty();
}

bool IsIndexed(std::string_view property, const Value& value) {
  return property == "id" || (property == "name" && value.kind() != ValueKind::kString);
}

namespace {

// Integers in one list. Where numbers run on, as those of rows do, a list is still read in less
// time than the key above it is found, and there are few enough of them to stay in memory.
constexpr int kPlaceBits = 5;

bool IsIntegerPlace(const ValuePlace& place) { return (place.property_and_kind & 0xff) == 'i'; }

}  // namespace

ValuePlace::ValuePlace(std::uint32_t property, const Value& value) {
  const Value canonical = Canonical(value);
  // Integers by size, so that those that are close stand close; of all others a hash.
  const bool is_integer = canonical.kind() == ValueKind::kInt;
  property_and_kind =
      std::uint64_t{property} << 8 | static_cast<std::uint8_t>(is_integer ? 'i' : 'h');
  if (is_integer) {
    number = static_cast<std::uint64_t>(canonical.as_int()) ^ std::uint64_t{1} << 63;
    return;
  }
  std::string bytes;
  EncodeValue(bytes, canonical);
  const Hash128 hash = HashFields({bytes});
  std::string_view head(reinterpret_cast<const char*>(hash.bytes.data()), 8);
  TUPU_INVARIANT(GetFixed64(head, number));
}
std::string ValuePlace::Root() const {
  std::string out = Letter32('V', static_cast<std::uint32_t>(property_and_kind >> 8));
  out += static_cast<char>(property_and_kind & 0xff);
  PutFixed64(out, IsIntegerPlace(*this) ? number >> kPlaceBits : number);
  return out;
}
std::uint64_t ValuePlace::First() const {
  return IsIntegerPlace(*this) ? number & ((1u << kPlaceBits) - 1) : 0;
}
ValueNode::ValueNode(NodeId id, const Value& value)
    : node(id), integer(value.kind() == ValueKind::kInt) {}
ValueNode::ValueNode(std::uint64_t code) : node(NodeOfCode(code >> 1)), integer((code & 1) != 0) {}
std::uint64_t ValueNode::Code() const { return NodeCode(node) << 1 | (integer ? 1 : 0); }
std::string ValuePrefix() { return "V"; }

bool IsAssertedKey(Space space, std::string_view key) {
  if (key.empty()) return false;
  NameEntry name;
  switch (space) {
    case Space::kCounters:
      return key[0] == 'N' || key[0] == 'a' || key[0] == 'E';
    case Space::kGraph:
      return std::string_view("NPXoi").find(key[0]) != std::string_view::npos;
    case Space::kIndex:
      return key[0] == 'a' || key[0] == 'V' ||
             (DecodeNameIndexKey(key, name) && IsAsserted(name.node));
    default:
      return false;
  }
}

}  // namespace tupu::graph
