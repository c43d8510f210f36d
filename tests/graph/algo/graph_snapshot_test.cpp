#include "graph/algo/graph_snapshot.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

namespace tupu::graph {
namespace {

using Edges = std::vector<std::pair<std::uint64_t, std::uint64_t>>;

GraphSnapshot Make(const std::vector<std::uint64_t>& numbers, const Edges& edges) {
  std::vector<NodeId> nodes;
  for (const std::uint64_t number : numbers) nodes.push_back(NodeId{number});
  std::vector<std::pair<NodeId, NodeId>> pairs;
  for (const auto& [from, to] : edges) pairs.emplace_back(NodeId{from}, NodeId{to});
  auto snapshot = GraphSnapshot::FromLists(std::move(nodes), pairs);
  REQUIRE(snapshot.ok());
  return std::move(*snapshot);
}

TEST_CASE("an edge to nowhere is corruption") {
  const std::vector<std::pair<NodeId, NodeId>> edges{{NodeId{1}, NodeId{3}}};
  const auto snapshot = GraphSnapshot::FromLists({NodeId{1}, NodeId{2}}, edges);
  REQUIRE_FALSE(snapshot.ok());
  CHECK(snapshot.error().code == ErrorCode::kCorruption);
}

TEST_CASE("nodes given twice or out of order break the contract") {
  CHECK_THROWS_AS((void)GraphSnapshot::FromLists({NodeId{2}, NodeId{1}}, {}), InternalError);
  CHECK_THROWS_AS((void)GraphSnapshot::FromLists({NodeId{1}, NodeId{1}}, {}), InternalError);
}

TEST_CASE("the empty graph has no components and no ranks") {
  const GraphSnapshot graph = Make({}, {});
  CHECK(graph.node_count() == 0);
  CHECK(graph.WeakComponents().empty());
  CHECK(graph.PageRank().empty());
}

TEST_CASE("degrees count parallel edges and loops") {
  const GraphSnapshot graph = Make({5, 9}, {{5, 9}, {5, 9}, {9, 9}});
  CHECK(graph.edge_count() == 3);
  CHECK(graph.DegreeOf(NodeId{5}).out == 2);
  CHECK(graph.DegreeOf(NodeId{5}).in == 0);
  CHECK(graph.DegreeOf(NodeId{9}).out == 1);
  CHECK(graph.DegreeOf(NodeId{9}).in == 3);
  CHECK_THROWS_AS((void)graph.DegreeOf(NodeId{6}), InternalError);
}

TEST_CASE("components ignore direction, the largest first, then by smallest number") {
  //  10 → 20 ← 30    40    50 → 60    70 → 80
  const GraphSnapshot graph =
      Make({10, 20, 30, 40, 50, 60, 70, 80}, {{70, 80}, {30, 20}, {60, 50}, {10, 20}});
  std::vector<std::vector<std::uint64_t>> got;
  for (const Component& component : graph.WeakComponents()) {
    got.emplace_back();
    for (const NodeId node : component.nodes) got.back().push_back(node.value);
  }
  const std::vector<std::vector<std::uint64_t>> want{{10, 20, 30}, {50, 60}, {70, 80}, {40}};
  CHECK(got == want);
}

// Expected ranks: the fixed points of the equations, to nine places.
TEST_CASE("PageRank gives the known values of small graphs") {
  struct Case {
    const char* name;
    double damping;
    std::vector<std::uint64_t> nodes;
    Edges edges;
    std::vector<double> ranks;
  };
  const std::vector<Case> cases{
      {"one node", 0.85, {7}, {}, {1.0}},
      {"two nodes that point at each other", 0.85, {1, 2}, {{1, 2}, {2, 1}}, {0.5, 0.5}},
      // r1 = 0.15 / 2 + 0.85 r2 / 2, r2 = 1 - r1
      {"a node without outgoing edges", 0.85, {1, 2}, {{1, 2}}, {0.350877193, 0.649122807}},
      {"a star",
       0.85,
       {1, 2, 3, 4},
       {{2, 1}, {3, 1}, {4, 1}},
       {0.541984733, 0.152671756, 0.152671756, 0.152671756}},
      {"no damping is the even spread",
       0.0,
       {1, 2, 3},
       {{1, 2}, {3, 2}},
       {1.0 / 3, 1.0 / 3, 1.0 / 3}},
      // r2 takes two thirds of what r1 gives away.
      {"parallel edges weigh more",
       0.85,
       {1, 2, 3},
       {{1, 2}, {1, 2}, {1, 3}, {2, 1}, {3, 1}},
       {0.486486486, 0.325675676, 0.187837838}},
  };
  for (const Case& one : cases) {
    CAPTURE(std::string(one.name));
    PageRankOptions options;
    options.damping = one.damping;
    options.max_iterations = 300;
    options.tolerance = 1e-13;
    const auto ranks = Make(one.nodes, one.edges).PageRank(options);
    REQUIRE(ranks.size() == one.ranks.size());
    double sum = 0;
    for (std::size_t i = 0; i < ranks.size(); ++i) {
      CHECK(ranks[i].node.value == one.nodes[i]);
      CHECK(ranks[i].rank == doctest::Approx(one.ranks[i]).epsilon(1e-7));
      sum += ranks[i].rank;
    }
    CHECK(sum == doctest::Approx(1.0).epsilon(1e-12));
  }
}

TEST_CASE("ranks do not depend on numbering or order, to the last bit") {
  // A tangle of 200 nodes; edges from a small congruential generator.
  Edges edges;
  std::uint64_t state = 12345;
  const auto draw = [&](std::uint64_t below) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return (state >> 33) % below;
  };
  for (int i = 0; i < 900; ++i) edges.emplace_back(draw(180), draw(200));
  std::vector<std::uint64_t> numbers(200);
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = i;
  const auto straight = Make(numbers, edges).PageRank();

  // Number n becomes 199 - n, and the edges come backwards.
  Edges turned;
  for (const auto& [from, to] : edges) turned.emplace_back(199 - from, 199 - to);
  std::reverse(turned.begin(), turned.end());
  const auto backwards = Make(numbers, turned).PageRank();
  for (std::size_t i = 0; i < 200; ++i) CHECK(straight[i].rank == backwards[199 - i].rank);
}

}  // namespace
}  // namespace tupu::graph
