// A read-only compressed copy of the adjacency of one relation type (CSR), and of columns of
// properties: what queries read instead of the store once they have read enough to pay for it.
//
// Nodes are numbered densely (NodeIndex): a node's place does not depend on the type. Immutable
// once built; share freely.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/error.h"
#include "graph/base/ids.h"
#include "graph/store/store.h"

namespace tupu::graph {

// Dense places for the nodes of one state of the store.
class NodeIndex {
 public:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  // kLimit beyond 2^32 - 2 places.
  static Result<NodeIndex> Of(const View& view);

  std::uint32_t size() const { return static_cast<std::uint32_t>(computed_ + asserted_); }
  // kNone for what is no number of a node of this state.
  std::uint32_t PlaceOf(std::uint64_t node) const {
    if (node < computed_) return static_cast<std::uint32_t>(node);
    const std::uint64_t beyond = node - first_asserted_;
    return node >= first_asserted_ && beyond < asserted_
               ? static_cast<std::uint32_t>(computed_ + beyond)
               : kNone;
  }
  std::uint64_t NodeAt(std::uint32_t place) const {
    return place < computed_ ? place : first_asserted_ + (place - computed_);
  }

 private:
  std::uint64_t computed_ = 0;
  std::uint64_t first_asserted_ = 0;
  std::uint64_t asserted_ = 0;
};

class AdjacencyImage {
 public:
  // The steps from one node in one direction, in order of the places of their other ends.
  struct Steps {
    const std::uint32_t* places = nullptr;
    const std::uint64_t* edges = nullptr;
    std::size_t count = 0;
  };

  // kLimit beyond 2^32 - 1 edges.
  static Result<std::shared_ptr<const AdjacencyImage>> Build(const View& view, TypeId type);
  // About what building takes and keeps.
  static std::size_t Bytes(std::uint64_t nodes, std::uint64_t edges) {
    return static_cast<std::size_t>(nodes * 8 + edges * 24);
  }

  const NodeIndex& nodes() const { return nodes_; }
  std::size_t edge_count() const { return out_.edges.size(); }
  Steps At(std::uint32_t place, Direction direction) const {
    const Half& half = direction == Direction::kOut ? out_ : in_;
    const std::uint32_t begin = half.begins[place];
    return {half.places.data() + begin, half.edges.data() + begin, half.begins[place + 1] - begin};
  }

 private:
  struct Half {
    std::vector<std::uint32_t> begins;  // one a place, and the end
    std::vector<std::uint32_t> places;
    std::vector<std::uint64_t> edges;
  };

  NodeIndex nodes_;
  Half out_, in_;
};

// One property of all nodes.
class ColumnImage {
 public:
  enum class Kind : std::uint8_t { kEmpty, kInts, kDoubles, kCodes };

  static Result<std::shared_ptr<const ColumnImage>> Build(const View& view, std::string_view name);
  static std::size_t Bytes(std::uint64_t nodes) { return static_cast<std::size_t>(nodes * 16); }

  // All values are of one kind, or else kCodes.
  Kind kind() const { return kind_; }
  const NodeIndex& nodes() const { return nodes_; }
  bool Has(std::uint32_t place) const { return (has_[place >> 6] >> (place & 63) & 1) != 0; }
  // Of a place that has a value.
  Value At(std::uint32_t place) const;
  std::int64_t IntAt(std::uint32_t place) const { return ints_[place]; }
  double DoubleAt(std::uint32_t place) const { return doubles_[place]; }
  // kCodes: different values have different codes, from 0 on; so have 1 and 1.0, which are equal.
  std::uint32_t CodeAt(std::uint32_t place) const { return codes_[place]; }
  const std::vector<Value>& values() const { return values_; }
  // Whether no two nodes have equal values; false also where nobody has looked.
  bool distinct() const { return distinct_; }
  // kCodes: whether equal values have one code.
  bool codes_are_values() const { return !(some_int_ && some_double_); }

 private:
  NodeIndex nodes_;
  Kind kind_ = Kind::kEmpty;
  bool distinct_ = false;
  bool some_int_ = false, some_double_ = false;
  std::vector<std::uint64_t> has_;
  std::vector<std::int64_t> ints_;
  std::vector<double> doubles_;
  std::vector<std::uint32_t> codes_;
  std::vector<Value> values_;  // by code
};

// The places of the nodes with one label, or of all nodes, in order.
struct LabelImage {
  NodeIndex nodes;
  std::vector<std::uint32_t> places;

  static Result<std::shared_ptr<const LabelImage>> Build(const View& view,
                                                         std::optional<LabelId> label);
};

}  // namespace tupu::graph
