#include "query/plan/plan_cache.h"

#include <algorithm>

namespace tupu::query {
namespace {

constexpr std::size_t kMostPlans = 256;
constexpr std::size_t kLongestText = 16 << 10;

std::uint64_t StateOf(const graph::View& view) {
  const graph::SharedReads* shared = view.shared();
  return shared ? shared->number() : 0;
}

bool Alike(std::uint64_t a, std::uint64_t b) { return std::max(a, b) <= 2 * std::min(a, b) + 16; }

}  // namespace

std::string PlanCache::Key(std::string_view text,
                           const std::map<std::string, graph::Value>& parameters) {
  std::string key(text);
  for (const auto& [name, value] : parameters) {
    key += '\0';
    key += name;
  }
  return key;
}

std::shared_ptr<const PlannedStatement> PlanCache::Find(const std::string& key,
                                                        const graph::View& view) {
  const auto found = entries_.find(key);
  if (found == entries_.end()) return nullptr;
  Entry& entry = found->second;
  if (entry.indexes != view.index_version()) {
    entries_.erase(found);
    return nullptr;
  }
  const std::uint64_t state = StateOf(view);
  if (state != 0 && state == entry.state) return entry.plan;
  const auto nodes = view.CountNodes(std::nullopt);
  const auto edges = view.CountEdges(std::nullopt);
  bool good = nodes.ok() && edges.ok() && Alike(*nodes, entry.nodes) && Alike(*edges, entry.edges);
  for (const std::string& name : entry.plan->assumed_labels) {
    if (!good) break;
    const auto label = view.FindLabel(name);
    const auto with = label ? view.CountNodes(label) : Result<std::uint64_t>(std::uint64_t{0});
    good = with.ok() && *with == *nodes;
  }
  if (!good) {
    entries_.erase(found);
    return nullptr;
  }
  entry.state = state;
  return entry.plan;
}

std::shared_ptr<const PlannedStatement> PlanCache::Keep(const std::string& key,
                                                        PlannedStatement plan,
                                                        const graph::View& view) {
  auto out = std::make_shared<const PlannedStatement>(std::move(plan));
  const auto nodes = view.CountNodes(std::nullopt);
  const auto edges = view.CountEdges(std::nullopt);
  if (out->explain || out->profile || key.size() > kLongestText || !nodes.ok() || !edges.ok())
    return out;
  if (entries_.size() >= kMostPlans) entries_.clear();
  entries_[key] = {out, StateOf(view), *nodes, *edges, view.index_version()};
  return out;
}

}  // namespace tupu::query
