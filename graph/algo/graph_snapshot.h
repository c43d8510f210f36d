// A read-only compressed copy of the graph's shape (CSR), and the algorithms that run over it.
//
// The only folder that includes Boost.Graph. Results are keyed by node numbers and do not depend
// on how nodes are numbered: two stores of the same documents give the same figures.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "graph/base/error.h"
#include "graph/base/ids.h"
#include "graph/store/store.h"

namespace tupu::graph {

struct Component {
  std::vector<NodeId> nodes;  // in order of number
};

struct PageRankOptions {
  double damping = 0.85;  // 0 <= d < 1
  int max_iterations = 100;
  // Stops once the ranks of one round differ from the last by less than this, summed up.
  double tolerance = 1e-9;
};

struct Ranked {
  NodeId node;
  double rank = 0;
  auto operator<=>(const Ranked&) const = default;
};

struct Degree {
  std::uint64_t out = 0;
  std::uint64_t in = 0;
};

// Immutable once built; share freely. Memory: about 16 bytes a node and 12 an edge, 36
// an edge while building.
class GraphSnapshot {
 public:
  GraphSnapshot(GraphSnapshot&&) noexcept;
  GraphSnapshot& operator=(GraphSnapshot&&) noexcept;
  ~GraphSnapshot();

  // All nodes of the view, and its edges of the types given (empty: all). kLimit beyond 2^32 - 1
  // nodes or edges.
  static Result<GraphSnapshot> Build(const View& view, std::span<const TypeId> types = {});
  // The same from plain lists: `nodes` ascending without repeats, edges between them.
  static Result<GraphSnapshot> FromLists(std::vector<NodeId> nodes,
                                         std::span<const std::pair<NodeId, NodeId>> edges);

  std::size_t node_count() const;
  std::size_t edge_count() const;
  // Parallel edges count each. `node` must be one of the snapshot's.
  Degree DegreeOf(NodeId node) const;

  // The sets of nodes connected by edges in whatever direction, the largest first, equal sizes by
  // their smallest number.
  std::vector<Component> WeakComponents() const;

  // PageRank (Page et al. 1999) over directed edges, in order of number; the ranks sum to 1. What
  // ends in a node without outgoing edges is spread over all nodes; parallel edges weigh more.
  std::vector<Ranked> PageRank(const PageRankOptions& options = {}) const;

 private:
  struct Impl;
  explicit GraphSnapshot(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace tupu::graph
