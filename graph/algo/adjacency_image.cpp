#include "graph/algo/adjacency_image.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <unordered_map>

namespace tupu::graph {
namespace {

Error TooLarge(std::string_view what) {
  return Error{ErrorCode::kLimit, "the graph has too many " + std::string(what)};
}
Error OutOfPlace() {
  return Error{ErrorCode::kCorruption, "the store is damaged: a node beyond the last number"};
}

struct HashOfValue {
  std::size_t operator()(const Value& value) const { return value.Hash(); }
};
// Equal and written the same, if only one of numbers.
struct SameValue {
  bool operator()(const Value& a, const Value& b) const {
    if (a.kind() != b.kind()) return false;
    if (a.kind() == ValueKind::kList) return ToJson(a) == ToJson(b);
    if (a.kind() != ValueKind::kDouble) return a == b;
    return std::bit_cast<std::uint64_t>(a.as_double()) ==
           std::bit_cast<std::uint64_t>(b.as_double());
  }
};

}  // namespace

Result<NodeIndex> NodeIndex::Of(const View& view) {
  TUPU_ASSIGN(const NodeNumbers numbers, view.Numbers());
  NodeIndex out;
  out.computed_ = numbers.computed;
  out.first_asserted_ = numbers.first_asserted;
  out.asserted_ = numbers.asserted;
  if (numbers.computed >= kNone || numbers.asserted >= kNone - numbers.computed) {
    return TooLarge("nodes");
  }
  return out;
}

// Counting sorts, one end after the other, so that the steps of each node come out in order.
Result<std::shared_ptr<const AdjacencyImage>> AdjacencyImage::Build(const View& view, TypeId type) {
  auto out = std::make_shared<AdjacencyImage>();
  TUPU_ASSIGN(out->nodes_, NodeIndex::Of(view));
  struct Edge {
    std::uint64_t edge;
    std::uint32_t from, to;
  };
  std::vector<Edge> edges;
  TUPU_ASSIGN(const std::uint64_t expected, view.CountEdges(type));
  edges.reserve(static_cast<std::size_t>(expected));
  bool placed = true;
  TUPU_TRY(view.ForEachEdge(type, [&](EdgeId edge, TypeId, NodeId from, NodeId to) {
    const Edge each{edge.value, out->nodes_.PlaceOf(from.value), out->nodes_.PlaceOf(to.value)};
    placed = each.from != NodeIndex::kNone && each.to != NodeIndex::kNone;
    edges.push_back(each);
    return placed;
  }));
  if (!placed) return OutOfPlace();
  if (edges.size() >= std::numeric_limits<std::uint32_t>::max()) return TooLarge("edges");

  const std::size_t nodes = out->nodes_.size();
  const auto count = [&](std::uint32_t Edge::*end, Half& half) {
    half.begins.assign(nodes + 1, 0);
    for (const Edge& edge : edges) ++half.begins[edge.*end + 1];
    for (std::size_t i = 0; i < nodes; ++i) half.begins[i + 1] += half.begins[i];
    half.places.resize(edges.size());
    half.edges.resize(edges.size());
  };
  count(&Edge::from, out->out_);
  count(&Edge::to, out->in_);
  // First the edges by where they come from, in any order within; then both halves in order.
  std::vector<std::uint32_t> next(out->out_.begins.begin(), out->out_.begins.end() - 1);
  std::vector<std::uint32_t> by_from(edges.size());
  for (std::uint32_t i = 0; i < edges.size(); ++i) by_from[next[edges[i].from]++] = i;
  next.assign(out->in_.begins.begin(), out->in_.begins.end() - 1);
  for (const std::uint32_t i : by_from) {
    const std::uint32_t at = next[edges[i].to]++;
    out->in_.places[at] = edges[i].from;
    out->in_.edges[at] = edges[i].edge;
  }
  edges = {};
  next.assign(out->out_.begins.begin(), out->out_.begins.end() - 1);
  for (std::uint32_t to = 0; to < nodes; ++to) {
    for (std::uint32_t i = out->in_.begins[to]; i < out->in_.begins[to + 1]; ++i) {
      const std::uint32_t at = next[out->in_.places[i]]++;
      out->out_.places[at] = to;
      out->out_.edges[at] = out->in_.edges[i];
    }
  }
  return std::shared_ptr<const AdjacencyImage>(std::move(out));
}

Result<std::shared_ptr<const ColumnImage>> ColumnImage::Build(const View& view,
                                                              std::string_view name) {
  auto out = std::make_shared<ColumnImage>();
  TUPU_ASSIGN(out->nodes_, NodeIndex::Of(view));
  const std::size_t size = out->nodes_.size();
  out->has_.assign(size / 64 + 1, 0);
  bool placed = true;
  std::size_t values = 0;
  bool lists = false;
  std::unordered_map<Value, std::uint32_t, HashOfValue, SameValue> codes;
  const auto code_of = [&](const Value& value) {
    const auto [at, added] = codes.emplace(value, static_cast<std::uint32_t>(codes.size()));
    if (added) out->values_.push_back(value);
    return at->second;
  };
  // From numbers of one kind to codes, once another value turns up.
  const auto to_codes = [&] {
    out->codes_.resize(size);
    for (std::uint32_t place = 0; place < size; ++place) {
      if (out->Has(place)) out->codes_[place] = code_of(out->At(place));
    }
    out->ints_ = {};
    out->doubles_ = {};
    out->kind_ = Kind::kCodes;
  };
  TUPU_TRY(view.ForEachNodeProperty(name, [&](NodeId node, const Value& value) {
    const std::uint32_t place = out->nodes_.PlaceOf(node.value);
    placed = place != NodeIndex::kNone;
    if (!placed) return false;
    const Kind wanted = value.kind() == ValueKind::kInt      ? Kind::kInts
                        : value.kind() == ValueKind::kDouble ? Kind::kDoubles
                                                             : Kind::kCodes;
    out->some_int_ = out->some_int_ || value.kind() == ValueKind::kInt;
    out->some_double_ = out->some_double_ || value.kind() == ValueKind::kDouble;
    lists = lists || value.kind() == ValueKind::kList;
    if (out->kind_ == Kind::kEmpty) {
      out->kind_ = wanted;
      if (wanted == Kind::kInts) out->ints_.resize(size);
      if (wanted == Kind::kDoubles) out->doubles_.resize(size);
      if (wanted == Kind::kCodes) out->codes_.resize(size);
    } else if (out->kind_ != wanted && out->kind_ != Kind::kCodes) {
      to_codes();
    }
    switch (out->kind_) {
      case Kind::kInts:
        out->ints_[place] = value.as_int();
        break;
      case Kind::kDoubles:
        out->doubles_[place] = value.as_double();
        break;
      default:
        out->codes_[place] = code_of(value);
        break;
    }
    out->has_[place >> 6] |= std::uint64_t{1} << (place & 63);
    ++values;
    return true;
  }));
  if (!placed) return OutOfPlace();
  if (out->kind_ == Kind::kCodes) {
    out->distinct_ = out->values_.size() == values && out->codes_are_values() && !lists;
  } else if (out->kind_ == Kind::kInts) {
    std::vector<std::int64_t> sorted;
    sorted.reserve(values);
    for (std::uint32_t place = 0; place < size; ++place) {
      if (out->Has(place)) sorted.push_back(out->ints_[place]);
    }
    std::sort(sorted.begin(), sorted.end());
    out->distinct_ = std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end();
  }
  return std::shared_ptr<const ColumnImage>(std::move(out));
}

Value ColumnImage::At(std::uint32_t place) const {
  switch (kind_) {
    case Kind::kInts:
      return Value(ints_[place]);
    case Kind::kDoubles:
      return Value(doubles_[place]);
    default:
      return values_[codes_[place]];
  }
}

Result<std::shared_ptr<const LabelImage>> LabelImage::Build(const View& view,
                                                            std::optional<LabelId> label) {
  auto out = std::make_shared<LabelImage>();
  TUPU_ASSIGN(out->nodes, NodeIndex::Of(view));
  bool placed = true;
  TUPU_TRY(view.ForEachNode(label, [&](NodeId node) {
    const std::uint32_t place = out->nodes.PlaceOf(node.value);
    placed = place != NodeIndex::kNone;
    if (placed) out->places.push_back(place);
    return placed;
  }));
  if (!placed) return OutOfPlace();
  return std::shared_ptr<const LabelImage>(std::move(out));
}

}  // namespace tupu::graph
