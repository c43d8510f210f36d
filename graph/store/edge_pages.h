// The records of asserted edges, a few of consecutive numbers in one page, as FORMAT.md has them.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/coding.h"
#include "graph/store/asserted.h"
#include "graph/store/layered_kv.h"

namespace tupu::graph {

inline constexpr int kEdgePageBits = 5;
inline constexpr std::uint64_t kEdgesInPage = std::uint64_t{1} << kEdgePageBits;
constexpr EdgeId PageOf(EdgeId edge) { return EdgeId{edge.value & ~(kEdgesInPage - 1)}; }

// Nodes in packed lists and pages: asserted ones are odd, computed ones even, all of them small.
constexpr std::uint64_t NodeCode(NodeId node) {
  return IsAsserted(node) ? (node.value - kFirstAssertedNode) << 1 | 1 : node.value << 1;
}
constexpr NodeId NodeOfCode(std::uint64_t code) {
  return NodeId{(code & 1) != 0 ? kFirstAssertedNode + (code >> 1) : code >> 1};
}

// Keys in the space `graph`.
std::string EdgePageKey(EdgeId edge);  // of the page that it stands in
std::string EdgePagePrefix();
std::string EdgePagePrefix(TypeId type);
bool DecodeEdgePageKey(std::string_view key, EdgeId& first);
std::string ApartKey(EdgeId edge);  // properties that are too large for a page
std::string ApartPrefix();
bool DecodeApartKey(std::string_view key, EdgeId& edge);
// Roots of packed lists of (code of the neighbour, number within the type).
std::string EdgeListRoot(NodeId node, Direction direction, TypeId type);
std::string EdgeListPrefix(Direction direction);
std::string EdgeListPrefix(NodeId node, Direction direction);
// Of a root or a block; `is_block` says which.
bool DecodeEdgeListKey(std::string_view key, NodeId& node, Direction& direction, TypeId& type,
                       bool& is_block);
constexpr std::uint64_t EdgeCode(EdgeId edge) { return edge.value & (kAssertedEdgeBit - 1); }
constexpr EdgeId EdgeOfCode(TypeId type, std::uint64_t code) {
  return MakeEdgeId(type, kAssertedEdgeBit | code);
}

struct PagedEdge {
  std::uint64_t slot = 0;  // its number's last bits
  NodeId from, to;
  OriginId origin;
  bool apart = false;           // the properties stand under a key of their own
  std::string_view properties;  // as PutProperties writes them; empty where they are apart
};

// Calls visit(const PagedEdge&) by slot. False on anything malformed, perhaps after some visits.
template <class Visit>
bool VisitEdgePage(std::string_view in, Visit&& visit) {
  std::uint64_t missing = 0, from = 0, origin = 0;
  if (!GetVarint(in, missing) || (missing >> kEdgesInPage) != 0) return false;
  PagedEdge edge;
  for (; edge.slot < kEdgesInPage; ++edge.slot) {
    if ((missing >> edge.slot & 1) != 0) continue;
    std::uint64_t step = 0, to = 0, head = 0;
    if (!GetVarint(in, step) || !GetVarint(in, to) || !GetVarint(in, head)) return false;
    from += static_cast<std::uint64_t>(UnZigZag(step));
    if ((head & 1) != 0 && !GetVarint(in, origin)) return false;
    if (head >> 2 > in.size()) return false;
    edge.from = NodeOfCode(from);
    edge.to = NodeOfCode(to);
    edge.origin = OriginId{origin};
    edge.apart = (head & 2) != 0;
    edge.properties = in.substr(0, static_cast<std::size_t>(head >> 2));
    in.remove_prefix(edge.properties.size());
    visit(static_cast<const PagedEdge&>(edge));
  }
  return in.empty();
}

// Makes a page of edges that come by slot.
class EdgePageBuilder {
 public:
  void Add(const PagedEdge& edge);
  // Takes over a page to which an edge at `slot` is added next, if all its edges stand before that;
  // else, or on anything malformed, nothing is done, and it says so.
  bool Continue(std::string_view page, std::uint64_t slot);
  bool empty() const { return missing_ == kAll; }
  void Clear();
  std::string page() const;

 private:
  static constexpr std::uint64_t kAll = (std::uint64_t{1} << kEdgesInPage) - 1;
  std::uint64_t missing_ = kAll, from_ = 0, origin_ = 0;
  std::string body_;
};

// Properties longer than this stand apart.
inline constexpr std::size_t kPropertiesInPage = 256;

// Calls visit(id, edge) for all asserted edges, or those of a type, by number, until it returns
// false.
Status ForEachAssertedEdge(const KvSnapshot& kv, std::optional<TypeId> type,
                           const std::function<bool(EdgeId, const AssertedEdge&)>& visit);
// The edge, or nothing where there is none. kCorruption on anything malformed.
Result<std::optional<AssertedEdge>> FindAssertedEdge(const KvSnapshot& kv, EdgeId edge);
Status PutAssertedEdge(LayeredKv& kv, EdgeId id, const AssertedEdge& edge);
Status DeleteAssertedEdge(LayeredKv& kv, EdgeId id);

}  // namespace tupu::graph
