#include "graph/resolve/clusters.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "graph/base/utf8.h"

namespace tupu::graph {
namespace {

// As FoldName leaves them; longer ones first.
constexpr std::array<std::string_view, 4> kLegalForms = {"股份有限公司", "有限责任公司", "有限公司",
                                                         "股份公司"};
// Code points. Shorter ones (长江, 东方) are too often words, or short for several.
constexpr std::size_t kShortestName = 3;

// Keys from a gazetteer have ids for names, `co/600104`; the gazetteer has all forms already.
bool IsGazetteerId(std::string_view name) {
  const std::size_t slash = name.find('/');
  return slash != std::string_view::npos && slash > 0 &&
         std::all_of(name.begin(), name.begin() + static_cast<std::ptrdiff_t>(slash),
                     [](char c) { return c >= 'a' && c <= 'z'; });
}

std::string_view WithoutForm(std::string_view name) {
  for (const std::string_view form : kLegalForms) {
    if (name.ends_with(form)) return name.substr(0, name.size() - form.size());
  }
  return name;
}

struct Vertex {
  EntityKey key;
  Hash128 hash;
  bool named = false;
};

// Keys that can be reached, and what joins them.
class Closure {
 public:
  Closure(const Judgements& judgements, const IsNamed& named)
      : judgements_(judgements), named_(named) {}

  Status Walk(std::span<const EntityKey> starts) {
    for (const EntityKey& start : starts) {
      const Result<std::uint32_t> added = Add(start);
      if (!added.ok()) return added.error();
    }
    for (std::uint32_t at = 0; at < vertices_.size(); ++at) {
      const Hash128 hash = vertices_[at].hash;
      for (const EntityKey& other : judgements_.MergedWith(hash)) {
        TUPU_ASSIGN(const std::uint32_t to, Add(other));
        if (hash < vertices_[to].hash) merges_.emplace_back(at, to);
      }
      TUPU_TRY(WalkBlock(at));
    }
    return {};
  }

  std::vector<Cluster> Clusters() {
    parents_.resize(vertices_.size());
    std::iota(parents_.begin(), parents_.end(), 0u);
    members_.resize(vertices_.size());
    for (std::uint32_t i = 0; i < members_.size(); ++i) members_[i] = {i};
    std::vector<std::pair<std::uint32_t, KeyLink>> links;
    const auto join = [&](std::uint32_t a, std::uint32_t b, std::string_view reason) {
      if (Root(a) == Root(b)) return;
      Join(Root(a), Root(b));
      links.emplace_back(a, KeyLink{vertices_[a].key, vertices_[b].key, std::string(reason)});
    };
    const auto by_hash = [&](const auto& x, const auto& y) {
      return std::tie(vertices_[x.first].hash, vertices_[x.second].hash) <
             std::tie(vertices_[y.first].hash, vertices_[y.second].hash);
    };
    std::sort(merges_.begin(), merges_.end(), by_hash);
    for (const auto& [a, b] : merges_) join(a, b, kMergeReason);
    for (const auto& [block, link] : rules_) {
      if (!AreApart(Root(link.first), Root(link.second))) {
        join(link.first, link.second, kCompanyForm);
      }
    }

    std::map<std::uint32_t, Cluster> by_root;
    std::vector<std::uint32_t> order(vertices_.size());
    std::iota(order.begin(), order.end(), 0u);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return vertices_[a].hash < vertices_[b].hash;
    });
    for (const std::uint32_t i : order) {
      if (vertices_[i].named) by_root[Root(i)].members.push_back(vertices_[i].key);
    }
    for (auto& [a, link] : links) {
      const auto found = by_root.find(Root(a));
      if (found != by_root.end()) found->second.links.push_back(std::move(link));
    }
    std::vector<Cluster> out;
    for (auto& [root, cluster] : by_root) out.push_back(std::move(cluster));
    std::sort(out.begin(), out.end(), [](const Cluster& a, const Cluster& b) {
      return a.members.front().Hash() < b.members.front().Hash();
    });
    return out;
  }

 private:
  Result<std::uint32_t> Add(const EntityKey& key) {
    const Hash128 hash = key.Hash();
    const auto [entry, fresh] = index_.emplace(hash, static_cast<std::uint32_t>(vertices_.size()));
    if (fresh) {
      TUPU_ASSIGN(const bool named, named_(key));
      vertices_.push_back({key, hash, named});
    }
    return entry->second;
  }

  Status WalkBlock(std::uint32_t at) {
    const std::vector<EntityKey> block = BlockOf(vertices_[at].key);
    if (block.empty() || rules_.contains(block.front().name)) return {};
    std::vector<std::uint32_t> full;
    TUPU_ASSIGN(const std::uint32_t short_name, Add(block.front()));
    for (std::size_t i = 1; i < block.size(); ++i) {
      TUPU_ASSIGN(const std::uint32_t one, Add(block[i]));
      if (vertices_[one].named) full.push_back(one);
    }
    if (vertices_[short_name].named && full.size() == 1) {
      rules_.emplace(block.front().name, std::pair(short_name, full.front()));
    }
    return {};
  }

  std::uint32_t Root(std::uint32_t at) {
    while (parents_[at] != at) at = parents_[at] = parents_[parents_[at]];
    return at;
  }

  // The larger takes in the smaller.
  void Join(std::uint32_t a, std::uint32_t b) {
    if (members_[a].size() < members_[b].size()) std::swap(a, b);
    parents_[b] = a;
    members_[a].insert(members_[a].end(), members_[b].begin(), members_[b].end());
    members_[b].clear();
  }

  // Whether a split keeps a key of one apart from a key of the other.
  bool AreApart(std::uint32_t a, std::uint32_t b) {
    if (members_[a].size() > members_[b].size()) std::swap(a, b);
    for (const std::uint32_t member : members_[a]) {
      for (const Hash128& other : judgements_.SplitFrom(vertices_[member].hash)) {
        const auto found = index_.find(other);
        if (found != index_.end() && Root(found->second) == b) return true;
      }
    }
    return false;
  }

  const Judgements& judgements_;
  const IsNamed& named_;
  std::vector<Vertex> vertices_;
  std::unordered_map<Hash128, std::uint32_t> index_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> merges_;
  std::map<std::string, std::pair<std::uint32_t, std::uint32_t>> rules_;  // by block
  std::vector<std::uint32_t> parents_;
  std::vector<std::vector<std::uint32_t>> members_;  // of roots
};

}  // namespace

std::vector<EntityKey> BlockOf(const EntityKey& key) {
  if (key.type != "Company" || !key.context.empty() || IsGazetteerId(key.name)) return {};
  const std::string_view stem = WithoutForm(key.name);
  // A doubled form would have a block of its own that overlaps this one.
  if (WithoutForm(stem) != stem || CountCodePoints(stem) < kShortestName) return {};
  std::vector<EntityKey> out = {{key.type, std::string(stem), {}}};
  for (const std::string_view form : kLegalForms) {
    out.push_back({key.type, std::string(stem) + std::string(form), {}});
  }
  return out;
}

Result<std::vector<Cluster>> ResolveAround(std::span<const EntityKey> keys,
                                           const Judgements& judgements, const IsNamed& named) {
  Closure closure(judgements, named);
  TUPU_TRY(closure.Walk(keys));
  return closure.Clusters();
}

}  // namespace tupu::graph
