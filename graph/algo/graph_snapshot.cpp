#include "graph/algo/graph_snapshot.h"

#include <algorithm>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/pending/disjoint_sets.hpp>
#include <boost/property_map/property_map.hpp>
#include <limits>
#include <string>

namespace tupu::graph {
namespace {

using Index = std::uint32_t;
using Csr =
    boost::compressed_sparse_row_graph<boost::bidirectionalS, boost::no_property,
                                       boost::no_property, boost::no_property, Index, Index>;
constexpr std::uint64_t kMaxIndex = std::numeric_limits<Index>::max() - 1;

}  // namespace

struct GraphSnapshot::Impl {
  std::vector<NodeId> nodes;  // ascending; position = vertex
  Csr graph;

  Index VertexOf(NodeId node) const {
    const auto place = std::lower_bound(nodes.begin(), nodes.end(), node);
    TUPU_CONTRACT(place != nodes.end() && *place == node);
    return static_cast<Index>(place - nodes.begin());
  }
};

GraphSnapshot::GraphSnapshot(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
GraphSnapshot::GraphSnapshot(GraphSnapshot&&) noexcept = default;
GraphSnapshot& GraphSnapshot::operator=(GraphSnapshot&&) noexcept = default;
GraphSnapshot::~GraphSnapshot() = default;

Result<GraphSnapshot> GraphSnapshot::Build(const View& view, std::span<const TypeId> types) {
  std::vector<NodeId> nodes;
  TUPU_TRY(view.ForEachNode(std::nullopt, [&](NodeId node) {
    nodes.push_back(node);
    return true;
  }));
  std::vector<std::pair<NodeId, NodeId>> edges;
  const auto collect = [&](EdgeId, TypeId, NodeId from, NodeId to) {
    edges.emplace_back(from, to);
    return true;
  };
  if (types.empty()) TUPU_TRY(view.ForEachEdge(std::nullopt, collect));
  for (const TypeId type : types) TUPU_TRY(view.ForEachEdge(type, collect));
  return FromLists(std::move(nodes), edges);
}

Result<GraphSnapshot> GraphSnapshot::FromLists(std::vector<NodeId> nodes,
                                               std::span<const std::pair<NodeId, NodeId>> edges) {
  TUPU_CONTRACT(std::adjacent_find(nodes.begin(), nodes.end(), std::greater_equal<>()) ==
                nodes.end());
  if (nodes.size() > kMaxIndex || edges.size() > kMaxIndex) {
    return Error(ErrorCode::kLimit, "the graph has more than " + std::to_string(kMaxIndex) +
                                        " nodes or edges; algorithms take no more");
  }
  auto impl = std::make_unique<Impl>();
  impl->nodes = std::move(nodes);
  std::vector<std::pair<Index, Index>> pairs;
  pairs.reserve(edges.size());
  for (const auto& [from, to] : edges) {
    const auto known = [&](NodeId node) {
      return std::binary_search(impl->nodes.begin(), impl->nodes.end(), node);
    };
    if (!known(from) || !known(to)) {
      return Error(ErrorCode::kCorruption, "an edge ends at a node that is not there");
    }
    pairs.emplace_back(impl->VertexOf(from), impl->VertexOf(to));
  }
  impl->graph = Csr(boost::edges_are_unsorted_multi_pass, pairs.begin(), pairs.end(),
                    static_cast<Index>(impl->nodes.size()));
  return GraphSnapshot(std::move(impl));
}

std::size_t GraphSnapshot::node_count() const { return impl_->nodes.size(); }
std::size_t GraphSnapshot::edge_count() const { return boost::num_edges(impl_->graph); }

Degree GraphSnapshot::DegreeOf(NodeId node) const {
  const Index vertex = impl_->VertexOf(node);
  return {boost::out_degree(vertex, impl_->graph), boost::in_degree(vertex, impl_->graph)};
}

std::vector<Component> GraphSnapshot::WeakComponents() const {
  const std::size_t count = node_count();
  std::vector<Index> rank(count, 0), parent(count);
  const boost::typed_identity_property_map<Index> by_vertex;
  const auto ranks = boost::make_iterator_property_map(rank.begin(), by_vertex);
  const auto parents = boost::make_iterator_property_map(parent.begin(), by_vertex);
  boost::disjoint_sets sets(ranks, parents);
  for (Index v = 0; v < count; ++v) sets.make_set(v);
  for (Index v = 0; v < count; ++v) {
    const auto [begin, end] = boost::adjacent_vertices(v, impl_->graph);
    for (auto to = begin; to != end; ++to) sets.union_set(v, *to);
  }
  std::vector<Component> components;
  std::vector<Index> number(count, std::numeric_limits<Index>::max());  // by representative
  for (Index v = 0; v < count; ++v) {
    Index& at = number[sets.find_set(v)];
    if (at == std::numeric_limits<Index>::max()) {
      at = static_cast<Index>(components.size());
      components.emplace_back();
    }
    components[at].nodes.push_back(impl_->nodes[v]);
  }
  std::stable_sort(
      components.begin(), components.end(),
      [](const Component& a, const Component& b) { return a.nodes.size() > b.nodes.size(); });
  return components;
}

// Ranks are whole numbers, shares of kOne. Whole numbers add up to the same sum in every order, so
// neither the numbering of nodes nor the order of edges shows in the result, as it would in the
// last bits of doubles. What integer division drops (less than one unit an edge and round) is
// made up for by scaling at the end.
std::vector<Ranked> GraphSnapshot::PageRank(const PageRankOptions& options) const {
  TUPU_CONTRACT(options.damping >= 0 && options.damping < 1);
  constexpr std::uint64_t kOne = std::uint64_t{1} << 62;
  constexpr std::uint64_t kDampingOne = std::uint64_t{1} << 32;
  const auto damping =
      static_cast<std::uint64_t>(options.damping * static_cast<double>(kDampingOne));
  __extension__ using Wide = unsigned __int128;
  const auto damped = [&](std::uint64_t rank) {
    return static_cast<std::uint64_t>(Wide{rank} * damping / kDampingOne);
  };

  const std::size_t count = node_count();
  if (count == 0) return {};
  const Csr& graph = impl_->graph;
  std::vector<std::uint64_t> rank(count, kOne / count), next(count), share(count);
  const auto tolerance = static_cast<std::uint64_t>(options.tolerance * static_cast<double>(kOne));
  for (int round = 0; round < options.max_iterations; ++round) {
    std::uint64_t ended = 0;  // rank in nodes that lead nowhere
    for (Index v = 0; v < count; ++v) {
      const std::uint64_t degree = boost::out_degree(v, graph);
      if (degree == 0) {
        ended += rank[v];
      } else {
        share[v] = rank[v] / degree;
      }
    }
    const std::uint64_t base = (kOne - damped(kOne) + damped(ended)) / count;
    std::uint64_t change = 0;
    for (Index v = 0; v < count; ++v) {
      std::uint64_t sum = 0;
      const auto [begin, end] = boost::in_edges(v, graph);
      for (auto edge = begin; edge != end; ++edge) sum += share[boost::source(*edge, graph)];
      next[v] = base + damped(sum);
      change += next[v] > rank[v] ? next[v] - rank[v] : rank[v] - next[v];
    }
    rank.swap(next);
    if (change <= tolerance) break;
  }

  std::uint64_t total = 0;
  for (const std::uint64_t one : rank) total += one;
  std::vector<Ranked> out;
  out.reserve(count);
  for (Index v = 0; v < count; ++v) {
    out.push_back({impl_->nodes[v], static_cast<double>(rank[v]) / static_cast<double>(total)});
  }
  return out;
}

}  // namespace tupu::graph
