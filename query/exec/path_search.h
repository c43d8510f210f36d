// Shortest paths between two nodes: breadth first from both ends, the smaller frontier first, until
// they meet (bidirectional search; Pohl 1971). Memory grows with the nodes seen and is charged to
// the query. Not for several threads.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "query/exec/context.h"
#include "query/exec/graph_reads.h"
#include "query/plan/plan.h"

namespace tupu::query {

// Where a search has been from one end: nodes by the level on which they were first met, and how.
class SearchSide {
 public:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};
  // A step back towards the end that the search began at.
  struct Link {
    std::uint32_t visit = kNone;  // of the node before
    EdgeId edge;
    std::uint32_t next = kNone;  // another step of the same length
  };
  struct Visit {
    NodeId node;
    std::uint32_t link = kNone;  // none at the beginning
  };

  void Begin(NodeId node);
  // The number of the node's visit, or kNone.
  std::uint32_t Find(NodeId node) const;
  const Visit& visit(std::uint32_t number) const { return visits_[number]; }
  const Link& link(std::uint32_t number) const { return links_[number]; }
  // The visits of the last level, from `begin` on.
  std::uint32_t level_begin() const { return level_begin_; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(visits_.size()); }
  std::uint32_t depth() const { return depth_; }
  std::size_t bytes() const {
    return visits_.capacity() * sizeof(Visit) + links_.capacity() * sizeof(Link) +
           table_.capacity() * sizeof(std::uint32_t);
  }

  // The visits from here on are of the next level.
  void NextLevel() {
    level_begin_ = size();
    ++depth_;
  }
  // A new node, or (with `all`) another step to one of this level. kNone where it was met before.
  std::uint32_t Add(NodeId node, std::uint32_t from, EdgeId edge, bool all);

 private:
  void Grow();
  std::size_t Place(NodeId node) const;

  std::vector<Visit> visits_;
  std::vector<Link> links_;
  std::vector<std::uint32_t> table_;  // of visits, plus one; open addressing
  std::uint32_t level_begin_ = 0;
  std::uint32_t depth_ = 0;
};

class PathSearch {
 public:
  // Whether the step from `node` to its neighbour (whose type is not told) may be taken, in the
  // path's direction or against it. False on an error.
  using StepTest =
      std::function<bool(NodeId node, const graph::Neighbour& step, bool forward, bool& fits)>;

  PathSearch(ExecContext& context, const std::vector<std::string>& types, Walk walk);
  ~PathSearch() { Forget(); }
  PathSearch(const PathSearch&) = delete;
  PathSearch& operator=(const PathSearch&) = delete;

  // Looks for the shortest paths of one to `max` edges (0: any number) between two different nodes:
  // for all of them, or one. `test` may be null. False on an error.
  bool Run(NodeId from, NodeId to, std::uint32_t max, bool all, const StepTest* test);
  // The next path found; false where there is none.
  bool Next(graph::Path& out);
  std::uint32_t length() const { return from_.depth() + to_.depth(); }

  // Goes on from the far end until everything that leads to it within `max` edges is known, and
  // tells how far the node is from it; SearchSide::kNone where it is further or unconnected.
  bool MeasureFromEnd(NodeId to, std::uint32_t max, const StepTest* test);
  std::uint32_t DistanceToEnd(NodeId node) const;

  void Forget();
  // Steps in the path's direction.
  AdjacencyReader& ahead() { return ahead_; }
  // Types may have come to be through writes of the same statement.
  void Refresh() {
    ahead_.Refresh();
    behind_.Refresh();
  }

 private:
  bool Expand(bool forward, bool all, const StepTest* test);
  bool Charge();

  ExecContext& context_;
  AdjacencyReader ahead_, behind_;
  SearchSide from_, to_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> met_;  // visits of both sides
  std::size_t next_met_ = 0;
  bool begun_ = false;                     // the path of `choices_` was given out
  std::vector<std::uint32_t> choices_;     // links from where they met to the beginning, to the end
  std::vector<std::uint32_t> level_ends_;  // of `to_`, for distances
  std::size_t held_ = 0;
};

}  // namespace tupu::query
