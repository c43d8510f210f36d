#include "query/exec/path_search.h"

#include <algorithm>

namespace tupu::query {
namespace {

constexpr std::size_t kFirstTable = 64;  // a power of two

Walk Turned(Walk walk) {
  return walk == Walk::kBoth ? walk : walk == Walk::kOut ? Walk::kIn : Walk::kOut;
}

}  // namespace

PathSearch::PathSearch(ExecContext& context, const std::vector<std::string>& types, Walk walk)
    : context_(context), ahead_(context, types, walk), behind_(context, types, Turned(walk)) {}

void SearchSide::Begin(NodeId node) {
  visits_.clear();
  links_.clear();
  table_.assign(kFirstTable, 0);
  level_begin_ = 0;
  depth_ = 0;
  visits_.push_back({node, kNone});
  table_[Place(node)] = 1;
}

std::size_t SearchSide::Place(NodeId node) const {
  const std::size_t mask = table_.size() - 1;
  std::size_t at = static_cast<std::size_t>((node.value * 0x9e3779b97f4a7c15ULL) >> 20) & mask;
  while (table_[at] != 0 && visits_[table_[at] - 1].node != node) at = (at + 1) & mask;
  return at;
}

std::uint32_t SearchSide::Find(NodeId node) const {
  if (table_.empty()) return kNone;
  const std::uint32_t found = table_[Place(node)];
  return found == 0 ? kNone : found - 1;
}

void SearchSide::Grow() {
  table_.assign(table_.size() * 4, 0);
  for (std::uint32_t i = 0; i < size(); ++i) table_[Place(visits_[i].node)] = i + 1;
}

std::uint32_t SearchSide::Add(NodeId node, std::uint32_t from, EdgeId edge, bool all) {
  const std::size_t at = Place(node);
  if (table_[at] != 0) {
    const std::uint32_t known = table_[at] - 1;
    if (!all || known < level_begin_) return kNone;
    links_.push_back({from, edge, visits_[known].link});
    visits_[known].link = static_cast<std::uint32_t>(links_.size() - 1);
    return kNone;
  }
  links_.push_back({from, edge, kNone});
  visits_.push_back({node, static_cast<std::uint32_t>(links_.size() - 1)});
  table_[at] = size();
  if (visits_.size() * 2 > table_.size()) Grow();
  return size() - 1;
}

bool PathSearch::Charge() {
  const std::size_t bytes = from_.bytes() + to_.bytes();
  if (bytes <= held_) return true;
  const std::size_t more = bytes - held_;
  held_ = bytes;
  return context_.Charge(more);
}

void PathSearch::Forget() {
  context_.Release(held_);
  held_ = 0;
  from_ = {};
  to_ = {};
  met_.clear();
}

bool PathSearch::Run(NodeId from, NodeId to, std::uint32_t max, bool all, const StepTest* test) {
  from_.Begin(from);
  to_.Begin(to);
  met_.clear();
  next_met_ = 0;
  begun_ = false;
  while (met_.empty() && (max == 0 || length() < max)) {
    const std::uint32_t ahead = from_.size() - from_.level_begin();
    const std::uint32_t behind = to_.size() - to_.level_begin();
    if (ahead == 0 || behind == 0) return true;
    if (!Expand(ahead <= behind, all, test)) return false;
  }
  return true;
}

bool PathSearch::Expand(bool forward, bool all, const StepTest* test) {
  SearchSide& side = forward ? from_ : to_;
  const SearchSide& other = forward ? to_ : from_;
  const std::uint32_t begin = side.level_begin();
  const std::uint32_t end = side.size();
  side.NextLevel();
  for (std::uint32_t number = begin; number < end; ++number) {
    const NodeId node = side.visit(number).node;
    bool ok = true;
    bool done = false;
    const auto take = [&](std::uint64_t to, std::uint64_t edge) {
      ok = context_.Tick();
      if (test && ok) {
        bool fits = false;
        ok = (*test)(node, {EdgeId{edge}, TypeId{}, NodeId{to}}, forward, fits);
        if (!fits) return ok;
      }
      if (!ok) return false;
      const std::uint32_t added = side.Add(NodeId{to}, number, EdgeId{edge}, all);
      if (added == SearchSide::kNone) return true;
      const std::uint32_t met = other.Find(NodeId{to});
      if (met == SearchSide::kNone) return true;
      // What is met first is on the other side's last level: nothing shorter can follow.
      if (forward) {
        met_.emplace_back(added, met);
      } else {
        met_.emplace_back(met, added);
      }
      done = !all;
      return all;
    };
    if (!(forward ? ahead_ : behind_).ForEach(node.value, take) || !ok) return false;
    if (done) break;
  }
  return Charge();
}

bool PathSearch::Next(graph::Path& out) {
  if (next_met_ >= met_.size()) return false;
  const std::uint32_t ahead = from_.depth();
  const std::size_t length = ahead + to_.depth();
  const auto link = [&](std::size_t i) -> const SearchSide::Link& {
    return i < ahead ? from_.link(choices_[i]) : to_.link(choices_[i]);
  };
  // The visit that step i goes on from.
  const auto visit = [&](std::size_t i) -> const SearchSide::Visit& {
    if (i < ahead) return from_.visit(i == 0 ? met_[next_met_].first : link(i - 1).visit);
    return to_.visit(i == ahead ? met_[next_met_].second : link(i - 1).visit);
  };
  std::size_t keep = 0;  // choices that stand
  if (begun_) {
    keep = length;
    while (keep > 0 && link(keep - 1).next == SearchSide::kNone) --keep;
    if (keep > 0) {
      choices_[keep - 1] = link(keep - 1).next;
    } else if (++next_met_ >= met_.size()) {
      return false;
    }
  }
  begun_ = true;
  choices_.resize(length);
  for (std::size_t i = keep; i < length; ++i) choices_[i] = visit(i).link;
  out.nodes.assign(length + 1, from_.visit(met_[next_met_].first).node);
  out.edges.resize(length);
  for (std::size_t i = 0; i < length; ++i) {
    const SearchSide::Link& step = link(i);
    if (i < ahead) {
      out.edges[ahead - 1 - i] = step.edge;
      out.nodes[ahead - 1 - i] = from_.visit(step.visit).node;
    } else {
      out.edges[i] = step.edge;
      out.nodes[i + 1] = to_.visit(step.visit).node;
    }
  }
  return true;
}

bool PathSearch::MeasureFromEnd(NodeId to, std::uint32_t max, const StepTest* test) {
  from_ = {};
  met_.clear();
  to_.Begin(to);
  level_ends_ = {1};
  while (to_.size() > to_.level_begin() && (max == 0 || to_.depth() < max)) {
    if (!Expand(false, false, test)) return false;
    level_ends_.push_back(to_.size());
  }
  return true;
}

std::uint32_t PathSearch::DistanceToEnd(NodeId node) const {
  const std::uint32_t visit = to_.Find(node);
  if (visit == SearchSide::kNone) return SearchSide::kNone;
  return static_cast<std::uint32_t>(
      std::upper_bound(level_ends_.begin(), level_ends_.end(), visit) - level_ends_.begin());
}

}  // namespace tupu::query
