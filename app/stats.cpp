#include "app/stats.h"

#include <algorithm>
#include <cstdio>
#include <tuple>
#include <unordered_map>

#include "app/console.h"
#include "app/table.h"
#include "graph/algo/graph_snapshot.h"
#include "graph/base/unicode.h"
#include "graph/exchange/records.h"
#include "graph/model/value.h"

namespace tupu::app {
namespace {

using Entity = GraphStats::Entity;

constexpr std::size_t kNameColumns = 48;

// Turns ranked nodes into the first `top` entities by (rank, id). Ids are read only of those whose
// rank is among the first `top`, ties at the edge included.
class Best {
 public:
  Best(const graph::View& view, const graph::Schema& schema, const graph::GraphSnapshot& shape)
      : shape_(shape), reader_(view, schema) {}

  Result<std::vector<Entity>> Pick(std::vector<graph::Ranked> ranked, std::size_t top) {
    const auto higher = [](const graph::Ranked& a, const graph::Ranked& b) {
      return a.rank > b.rank;
    };
    if (ranked.size() > top) {
      const auto edge = ranked.begin() + static_cast<std::ptrdiff_t>(top);
      std::nth_element(ranked.begin(), edge - (top > 0 ? 1 : 0), ranked.end(), higher);
      const double least = top > 0 ? (edge - 1)->rank : 2;
      std::erase_if(ranked, [&](const graph::Ranked& one) { return one.rank < least; });
    }
    std::vector<Entity> entities;
    for (const graph::Ranked& one : ranked) {
      TUPU_ASSIGN(graph::EntityRow row, reader_.Entity(one.node));
      const graph::Degree degree = shape_.DegreeOf(one.node);
      entities.push_back({std::move(row.id), std::move(row.name), std::move(row.type), one.rank,
                          degree.out, degree.in});
    }
    std::sort(entities.begin(), entities.end(), [](const Entity& a, const Entity& b) {
      return a.rank != b.rank ? a.rank > b.rank : a.id < b.id;
    });
    if (entities.size() > top) entities.resize(top);
    return entities;
  }

 private:
  const graph::GraphSnapshot& shape_;
  graph::RecordReader reader_;
};

void Section(std::string& out, const std::string& title,
             const std::vector<std::vector<std::string>>& rows, const std::vector<bool>& right) {
  if (rows.empty()) return;
  out += "\n" + title + "\n";
  std::vector<std::size_t> widths(right.size(), 0);
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], DisplayWidth(row[i]));
    }
  }
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) line += "  " + Pad(row[i], widths[i], right[i]);
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
}

std::string RankText(double rank) {
  char text[32];
  std::snprintf(text, sizeof text, "%.5f", rank);
  return text;
}

graph::Value ToValue(std::uint64_t number) {
  return graph::Value(static_cast<std::int64_t>(number));
}

graph::Map ToMap(const Entity& entity) {
  return {{"id", entity.id},     {"name", entity.name},        {"type", entity.type},
          {"rank", entity.rank}, {"out", ToValue(entity.out)}, {"in", ToValue(entity.in)}};
}

}  // namespace

Result<GraphStats> ComputeStats(const graph::View& view, const graph::Schema& schema,
                                std::size_t top) {
  GraphStats stats;
  TUPU_ASSIGN(stats.counts, view.Counts());
  TUPU_ASSIGN(const auto shape, graph::GraphSnapshot::Build(view));
  const std::vector<graph::Ranked> ranks = shape.PageRank();
  Best best(view, schema, shape);
  TUPU_ASSIGN(stats.best, best.Pick(ranks, top));

  auto components = shape.WeakComponents();
  stats.component_count = components.size();
  // Those that tie with the last that is shown have to be looked at, too.
  std::size_t shown = std::min(top, components.size());
  while (shown > 0 && shown < components.size() &&
         components[shown].nodes.size() == components[shown - 1].nodes.size() &&
         components[shown].nodes.size() > 1) {
    ++shown;
  }
  for (std::size_t i = 0; i < shown; ++i) {
    // A node alone is no group worth naming.
    if (components[i].nodes.size() < 2) break;
    std::vector<graph::Ranked> inside;
    for (const NodeId node : components[i].nodes) {
      const auto place = std::lower_bound(
          ranks.begin(), ranks.end(), node,
          [](const graph::Ranked& one, NodeId wanted) { return one.node < wanted; });
      inside.push_back(*place);
    }
    TUPU_ASSIGN(auto centre, best.Pick(std::move(inside), 1));
    stats.components.push_back({components[i].nodes.size(), std::move(centre.front())});
  }
  std::sort(stats.components.begin(), stats.components.end(),
            [](const GraphStats::Component& a, const GraphStats::Component& b) {
              return std::tuple(b.nodes, std::string_view(a.centre.id)) <
                     std::tuple(a.nodes, std::string_view(b.centre.id));
            });
  if (stats.components.size() > top) stats.components.resize(top);
  return stats;
}

std::string StatsText(const GraphStats& stats) {
  const graph::StoreCounts& counts = stats.counts;
  std::string out;
  Section(out, "Counts",
          {{"documents", std::to_string(counts.documents)},
           {"statements", std::to_string(counts.statements)},
           {"nodes", std::to_string(counts.nodes)},
           {"edges", std::to_string(counts.edges)},
           {"components", std::to_string(stats.component_count)}},
          {false, true});
  out.erase(0, 1);
  const auto by_name = [](const auto& pairs) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& [name, count] : pairs) {
      rows.push_back({Printable(name), std::to_string(count)});
    }
    return rows;
  };
  Section(out, "Nodes by label", by_name(counts.nodes_by_label), {false, true});
  Section(out, "Edges by type", by_name(counts.edges_by_type), {false, true});
  std::vector<std::vector<std::string>> rows;
  for (const auto& component : stats.components) {
    rows.push_back({std::to_string(component.nodes), "nodes around",
                    Clip(Printable(component.centre.name), kNameColumns), component.centre.type});
  }
  Section(out, "Largest components", rows, {true, false, false, false});
  rows.clear();
  for (const Entity& entity : stats.best) {
    rows.push_back({RankText(entity.rank), Clip(Printable(entity.name), kNameColumns), entity.type,
                    std::to_string(entity.in), "in", std::to_string(entity.out), "out"});
  }
  Section(out, "Best connected (PageRank)", rows, {true, false, false, true, false, true, false});
  return out;
}

std::string StatsJson(const GraphStats& stats) {
  const auto by_name = [](const auto& pairs) {
    graph::Map map;
    for (const auto& [name, count] : pairs) map.emplace(name, ToValue(count));
    return map;
  };
  graph::List components;
  for (const auto& component : stats.components) {
    components.emplace_back(
        graph::Map{{"nodes", ToValue(component.nodes)}, {"centre", ToMap(component.centre)}});
  }
  graph::List best;
  for (const Entity& entity : stats.best) best.emplace_back(ToMap(entity));
  return graph::ToJson(graph::Map{{"documents", ToValue(stats.counts.documents)},
                                  {"statements", ToValue(stats.counts.statements)},
                                  {"nodes", ToValue(stats.counts.nodes)},
                                  {"edges", ToValue(stats.counts.edges)},
                                  {"components", ToValue(stats.component_count)},
                                  {"nodes_by_label", by_name(stats.counts.nodes_by_label)},
                                  {"edges_by_type", by_name(stats.counts.edges_by_type)},
                                  {"largest_components", std::move(components)},
                                  {"best_connected", std::move(best)}});
}

}  // namespace tupu::app
