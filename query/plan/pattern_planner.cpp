// Lowers a pattern into scans, expansions and filters.
//
// Greedy: begin at the cheapest node or relationship, then always take the relationship that adds
// the fewest rows. A known end costs nothing; two known ends only filter. Everything that has to
// hold is tested as soon as all that it reads is there.
#include <algorithm>
#include <limits>
#include <optional>

#include "query/plan/pattern_seeks.h"
#include "query/plan/planner_impl.h"

namespace tupu::query {
namespace {

// How many nodes share a name, and what a filter lets through, where nothing is counted.
constexpr double kNodesOfName = 1.5;
constexpr double kFilterShare = 0.25;
constexpr double kWalkSteps = 3;

struct Start {
  double rows = std::numeric_limits<double>::infinity();
  std::optional<std::size_t> node;
  std::optional<std::size_t> rel;
  std::string label;              // of a scan
  const KeySeek* seek = nullptr;  // of a seek
  std::optional<IndexSeek> index;
  bool any_label = false;
};

class PatternPlanner {
 public:
  PatternPlanner(PlanPtr pattern, PlannerContext& context)
      : context_(context), match_(std::move(pattern->match)) {
    plan_ = std::move(pattern->children[0]);
    known_ = Produced(*plan_, context_.slots.size());
    placed_.assign(match_.rels.size(), false);
    reached_.assign(match_.nodes.size(), false);
    rarest_.resize(match_.nodes.size());
    for (std::size_t i = 0; i < match_.conjuncts.size(); ++i) Register(i);
  }

  Result<PlanPtr> Run() {
    const bool smart = context_.options.rewrites;
    TestBound();
    if (smart) Settle();
    while (true) {
      const std::optional<std::size_t> rel = smart ? CheapestRel() : FirstRel();
      if (rel) {
        TUPU_TRY(Place(*rel));
      } else if (Open()) {
        TUPU_TRY(Begin());
      } else {
        break;
      }
      if (smart) Settle();
    }
    Settle();
    TUPU_INVARIANT(settled_ == match_.conjuncts.size() && match_.paths.empty());
    return std::move(plan_);
  }

 private:
  bool Known(Slot slot) const { return slot < known_.size() && known_[slot]; }
  void MarkKnown(Slot slot) {
    if (slot == kNoSlot) return;
    if (known_.size() <= slot) known_.resize(slot + 1, false);
    if (known_[slot]) return;
    known_[slot] = true;
    const auto readers = readers_.find(slot);
    if (readers == readers_.end()) return;
    for (const std::size_t conjunct : readers->second) {
      if (--missing_[conjunct] == 0) ready_.push_back(conjunct);
    }
  }

  // Notes what a conjunct waits for, and whether it can be sought by.
  void Register(std::size_t conjunct) {
    const BoundExpr& expr = *match_.conjuncts[conjunct];
    std::vector<Slot> slots;
    CollectSlots(expr, slots);
    std::sort(slots.begin(), slots.end());
    slots.erase(std::unique(slots.begin(), slots.end()), slots.end());
    missing_.push_back(0);
    for (const Slot slot : slots) {
      if (Known(slot)) continue;
      ++missing_[conjunct];
      readers_[slot].push_back(conjunct);
    }
    if (missing_[conjunct] == 0) ready_.push_back(conjunct);
    seeks_.Register(expr);
  }

  Slot SlotOf(std::size_t node) const { return match_.nodes[node].slot; }

  static BoundExprPtr SlotExpr(Slot slot, TypeSet types) {
    auto out = std::make_unique<BoundExpr>();
    out->kind = BoundKind::kSlot;
    out->slot = slot;
    out->types = types;
    return out;
  }

  void AddFilter(BoundExprPtr expr) {
    if (plan_->kind != PlanKind::kFilter) {
      plan_ = NewPlan(PlanKind::kFilter, std::move(plan_));
    }
    plan_->exprs.push_back(std::move(expr));
    plan_->rows *= kFilterShare;
  }

  // Nodes that an earlier clause found: they are there, unless they are null.
  void TestBound() {
    for (std::size_t i = 0; i < match_.nodes.size(); ++i) {
      if (!match_.nodes[i].bound) continue;
      auto there = std::make_unique<BoundExpr>();
      there->kind = BoundKind::kIsNotNull;
      there->types = kBoolType;
      there->children.push_back(SlotExpr(SlotOf(i), kNodeType));
      AddFilter(std::move(there));
      plan_->rows /= kFilterShare;
      Reach(i, {});
    }
  }

  // The node is in the row now: its labels have to be tested, but for the one that a scan has seen
  // to.
  void Reach(std::size_t node, const std::string& scanned) {
    reached_[node] = true;
    MarkKnown(SlotOf(node));
    auto test = std::make_unique<BoundExpr>();
    test->kind = BoundKind::kHasLabels;
    test->types = kBoolType;
    for (const std::string& label : match_.nodes[node].labels) {
      if (label != scanned && !AllHave(label)) test->names.push_back(label);
    }
    if (test->names.empty()) return;
    test->children.push_back(SlotExpr(SlotOf(node), kNodeType));
    AddFilter(std::move(test));
  }

  // Whether every node has the label, so that it need not be tested. What writes may change that.
  bool AllHave(const std::string& label) {
    if (!context_.options.rewrites || context_.changes_labels) return false;
    const auto with = context_.statistics.Nodes(label);
    const auto all = context_.statistics.Nodes(std::string());
    if (!with.ok() || !all.ok() || *with < *all) return false;
    context_.assumed_labels.insert(label);
    return true;
  }

  // Tests and computes whatever can be by now.
  void Settle() {
    bool again = true;
    while (again) {
      again = false;
      for (std::size_t i = 0; i < match_.paths.size();) {
        if (!AllKnown(*match_.paths[i].expr)) {
          ++i;
          continue;
        }
        plan_ = NewPlan(PlanKind::kProject, std::move(plan_));
        MarkKnown(match_.paths[i].slot);
        plan_->computed.push_back(std::move(match_.paths[i]));
        match_.paths.erase(match_.paths.begin() + static_cast<std::ptrdiff_t>(i));
        again = true;
      }
    }
    // In the order written.
    std::sort(ready_.begin(), ready_.end());
    for (const std::size_t conjunct : ready_) {
      // A search for shortest paths may have taken it.
      if (match_.conjuncts[conjunct]) AddFilter(std::move(match_.conjuncts[conjunct]));
    }
    settled_ += ready_.size();
    ready_.clear();
  }

  bool AllKnown(const BoundExpr& expr) const {
    std::vector<Slot> slots;
    CollectSlots(expr, slots);
    return std::all_of(slots.begin(), slots.end(), [&](Slot slot) { return Known(slot); });
  }

  // What the node's id or name is said to be, and an index that finds what is in the slot, if what
  // they are compared with is known already.
  const KeySeek* FindSeek(Slot slot) const {
    return seeks_.ByKey(slot, [&](const BoundExpr& key) { return AllKnown(key); });
  }
  std::optional<IndexSeek> FindIndexSeek(Slot slot, bool of_edges,
                                         const std::vector<std::string>& labels) const {
    if (!context_.options.rewrites) return std::nullopt;
    return seeks_.ByIndex(slot, of_edges, labels, context_.statistics,
                          [&](const BoundExpr& value) { return AllKnown(value); });
  }

  bool Open() const {
    return std::find(reached_.begin(), reached_.end(), false) != reached_.end() ||
           std::find(placed_.begin(), placed_.end(), false) != placed_.end();
  }

  // Begins at a new node or relationship.
  Status Begin() {
    Start best;
    if (context_.options.rewrites) {
      TUPU_ASSIGN(best, CheapestStart());
    } else {
      best = FirstStart();
    }
    if (best.rel) {
      BeginAtRel(*best.rel, best);
    } else {
      BeginAtNode(*best.node, best);
    }
    return {};
  }

  Start FirstStart() const {
    Start start;
    for (std::size_t i = 0; i < reached_.size(); ++i) {
      if (reached_[i]) continue;
      start.node = i;
      start.rows = 1;
      return start;
    }
    // All nodes are reached; a relationship between them is open, and Place takes it.
    TUPU_INVARIANT(false);
    return start;
  }

  Result<Start> CheapestStart() {
    Start best;
    const auto consider = [&](const Start& start) {
      if (start.rows < best.rows) best = start;
    };
    for (std::size_t i = 0; i < match_.nodes.size(); ++i) {
      if (reached_[i]) continue;
      Start start;
      start.node = i;
      start.seek = FindSeek(SlotOf(i));
      if (start.seek) {
        start.rows = start.seek->by_id ? 1 : kNodesOfName;
        consider(start);
        continue;
      }
      TUPU_ASSIGN(const Rarest rarest, RarestLabel(i));
      start.rows = rarest.nodes;
      start.label = rarest.label;
      // What tests the node at once makes it a better place to begin.
      double any = 0;
      for (const std::string& label : match_.nodes[i].any_label) {
        TUPU_ASSIGN(const double nodes, context_.statistics.Nodes(label));
        any += nodes;
      }
      if (!match_.nodes[i].any_label.empty() && any < rarest.nodes) {
        start.any_label = true;
        start.rows = any;
        start.label.clear();
      }
      start.rows *= TestedAtOnce(SlotOf(i)) ? kFilterShare : 1;
      start.index = FindIndexSeek(SlotOf(i), false, match_.nodes[i].labels);
      if (start.index && start.index->rows <= rarest.nodes) {
        start.rows = start.index->rows;
        start.label = start.index->label;
        start.any_label = false;
      } else {
        start.index.reset();
      }
      consider(start);
    }
    for (std::size_t i = 0; i < match_.rels.size(); ++i) {
      const PatternRel& rel = match_.rels[i];
      if (placed_[i] || rel.variable_length) continue;  // shortest paths among them
      Start start;
      start.rel = i;
      if (rel.bound) {
        start.rows = 1;
      } else if (rel.from == rel.to || reached_[rel.from] || reached_[rel.to]) {
        continue;
      } else {
        TUPU_ASSIGN(start.rows, context_.statistics.Edges(rel.types));
        if (rel.types.size() == 1) start.index = FindIndexSeek(rel.slot, true, rel.types);
        if (start.index) start.rows = start.index->rows;
        if (rel.arrow == Arrow::kBoth) start.rows *= 2;
      }
      consider(start);
    }
    TUPU_INVARIANT(best.node || best.rel);
    return best;
  }

  // Whether something can be tested as soon as this slot is there.
  bool TestedAtOnce(Slot slot) const {
    const auto readers = readers_.find(slot);
    return readers != readers_.end() &&
           std::any_of(readers->second.begin(), readers->second.end(),
                       [&](std::size_t conjunct) { return missing_[conjunct] == 1; });
  }

  struct Rarest {
    std::string label;  // "" where the node has none
    double nodes = 0;
  };
  Result<Rarest> RarestLabel(std::size_t node) {
    std::optional<Rarest>& known = rarest_[node];
    if (known) return *known;
    Rarest rarest;
    TUPU_ASSIGN(rarest.nodes, context_.statistics.Nodes(std::string()));
    for (const std::string& label : match_.nodes[node].labels) {
      TUPU_ASSIGN(const double nodes, context_.statistics.Nodes(label));
      if (nodes < rarest.nodes || rarest.label.empty()) rarest = {label, nodes};
    }
    known = rarest;
    return rarest;
  }

  void BeginAtNode(std::size_t node, const Start& start) {
    if (start.seek) {
      plan_ = NewPlan(PlanKind::kNodeSeek, std::move(plan_));
      plan_->name = start.seek->by_id ? "id" : "name";
      plan_->exprs.push_back(CopyExpr(*start.seek->key));
    } else if (start.index) {
      plan_ = NewPlan(PlanKind::kIndexSeek, std::move(plan_));
      plan_->labels.push_back(start.index->label);
      SetIndexSeek(*plan_, *start.index);
    } else if (start.any_label) {
      plan_ = NewPlan(PlanKind::kLabelsScan, std::move(plan_));
      plan_->labels = match_.nodes[node].any_label;
    } else {
      plan_ = NewPlan(PlanKind::kNodeScan, std::move(plan_));
      if (!start.label.empty()) plan_->labels.push_back(start.label);
    }
    plan_->to = SlotOf(node);
    plan_->rows *= start.rows;
    Reach(node, start.label);
  }

  void BeginAtRel(std::size_t index, const Start& start) {
    const PatternRel& rel = match_.rels[index];
    placed_[index] = true;
    if (rel.bound) {
      PlaceEnds(index);
      return;
    }
    plan_ = NewPlan(start.index ? PlanKind::kEdgeSeek : PlanKind::kEdgeScan, std::move(plan_));
    if (start.index) SetIndexSeek(*plan_, *start.index);
    SetEdge(*plan_, index);
    SetWalk(*plan_, rel, false);
    plan_->rows *= start.rows;
    MarkKnown(rel.slot);
    Reach(rel.from, {});
    Reach(rel.to, {});
    done_.push_back(index);
  }

  std::optional<std::size_t> FirstRel() const {
    for (std::size_t i = 0; i < match_.rels.size(); ++i) {
      const PatternRel& rel = match_.rels[i];
      if (placed_[i] || rel.shortest != Shortest::kNo) continue;
      if (rel.bound || reached_[rel.from] || reached_[rel.to]) return i;
    }
    return FirstShortest();
  }

  // Shortest paths come last: what has to hold of them may speak of everything else.
  std::optional<std::size_t> FirstShortest() const {
    std::optional<std::size_t> first;
    for (std::size_t i = 0; i < match_.rels.size(); ++i) {
      if (placed_[i]) continue;
      if (match_.rels[i].shortest == Shortest::kNo) return std::nullopt;
      if (!first) first = i;
    }
    const bool all = std::find(reached_.begin(), reached_.end(), false) == reached_.end();
    return all ? first : std::nullopt;
  }

  std::optional<std::size_t> CheapestRel() {
    std::optional<std::size_t> best;
    double best_factor = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < match_.rels.size(); ++i) {
      const PatternRel& rel = match_.rels[i];
      if (placed_[i] || rel.shortest != Shortest::kNo) continue;
      if (!rel.bound && !reached_[rel.from] && !reached_[rel.to]) continue;
      const double factor = Factor(i);
      if (factor < best_factor) {
        best_factor = factor;
        best = i;
      }
    }
    return best ? best : FirstShortest();
  }

  // By how much placing the relationship multiplies the rows.
  double Factor(std::size_t index) {
    const PatternRel& rel = match_.rels[index];
    if (rel.bound) return 0;
    const auto edges = context_.statistics.Edges(rel.types);
    const auto nodes = context_.statistics.Nodes(std::string());
    // What cannot be counted costs like what is rare; reading it will report the error.
    double each = edges.ok() && nodes.ok() ? *edges / std::max(1.0, *nodes) : 1;
    if (rel.arrow == Arrow::kBoth) each *= 2;
    if (rel.variable_length) {
      const double steps = rel.unbounded ? kWalkSteps : std::min<double>(rel.max, kWalkSteps);
      double walks = 1;
      for (double step = 0; step < steps; ++step) walks *= std::max(each, 1.5);
      return walks * 10;
    }
    if (reached_[rel.from] && reached_[rel.to]) return std::min(each, 1.0) * 0.1;
    const std::size_t far = reached_[rel.from] ? rel.to : rel.from;
    const auto rarest = RarestLabel(far);
    double share = rarest.ok() && nodes.ok() ? rarest->nodes / std::max(1.0, *nodes) : 1;
    if (FindSeek(SlotOf(far))) share = 0.001;
    if (const auto seek = FindIndexSeek(SlotOf(far), false, match_.nodes[far].labels);
        seek && nodes.ok()) {
      share = std::min(share, seek->rows / std::max(1.0, *nodes));
    }
    return each * std::max(share, 0.0001);
  }

  void SetEdge(Plan& plan, std::size_t index) const {
    const PatternRel& rel = match_.rels[index];
    plan.edge = rel.slot;
    plan.types = rel.types;
    for (const std::size_t other : done_) {
      const PatternRel& before = match_.rels[other];
      if (context_.options.rewrites && Disjoint(before.types, rel.types)) continue;
      plan.unlike.push_back(before.variable_length ? before.path_slot : before.slot);
    }
  }

  // Whether no edge can be of both: then it need not be tested that they are not the same.
  static bool Disjoint(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    if (a.empty() || b.empty()) return false;
    std::vector<std::string> both;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
    return both.empty();
  }

  void SetWalk(Plan& plan, const PatternRel& rel, bool backwards) const {
    plan.from = SlotOf(backwards ? rel.to : rel.from);
    plan.to = SlotOf(backwards ? rel.from : rel.to);
    plan.walk = rel.arrow == Arrow::kBoth                   ? Walk::kBoth
                : (rel.arrow == Arrow::kRight) != backwards ? Walk::kOut
                                                            : Walk::kIn;
    plan.reversed = backwards;
  }

  Status Place(std::size_t index) {
    PatternRel& rel = match_.rels[index];
    placed_[index] = true;
    if (rel.bound) {
      PlaceEnds(index);
      return {};
    }
    if (rel.shortest != Shortest::kNo) {
      PlaceShortest(index);
      return {};
    }
    const double factor = Factor(index);
    const bool backwards = !reached_[rel.from];
    const bool into = reached_[rel.from] && reached_[rel.to];
    const PlanKind kind = rel.variable_length ? PlanKind::kVarExpand
                          : into              ? PlanKind::kExpandInto
                                              : PlanKind::kExpand;
    plan_ = NewPlan(kind, std::move(plan_));
    SetEdge(*plan_, index);
    SetWalk(*plan_, rel, backwards);
    plan_->rows *= std::max(factor, 0.0001) / (rel.variable_length ? 10 : 1);
    plan_->to_known = into;
    if (rel.variable_length) {
      plan_->path = rel.path_slot;
      plan_->min = rel.min;
      plan_->max = rel.max;
      plan_->unbounded = rel.unbounded;
      plan_->properties = std::move(rel.properties);
    }
    MarkKnown(rel.slot);
    MarkKnown(rel.path_slot);
    done_.push_back(index);
    if (!into) Reach(backwards ? rel.from : rel.to, {});
    return {};
  }

  // The search tests what has to hold of its path itself: it looks for the shortest path of which
  // that holds. Other relationships of the clause may stand on the path, as in Neo4j.
  void PlaceShortest(std::size_t index) {
    PatternRel& rel = match_.rels[index];
    plan_ = NewPlan(PlanKind::kShortestPath, std::move(plan_));
    plan_->edge = rel.slot;
    plan_->types = rel.types;
    SetWalk(*plan_, rel, false);
    plan_->path = rel.path_slot;
    plan_->min = rel.min;
    plan_->max = rel.max;
    plan_->unbounded = rel.unbounded;
    plan_->shortest = rel.shortest;
    plan_->to_known = true;
    plan_->properties = std::move(rel.properties);
    std::vector<Slot> own = {rel.slot, rel.path_slot};
    std::erase_if(match_.paths, [&](Computed& path) {
      const auto& parts = path.expr->children;
      const bool of_it = parts.size() == 3 && parts[1]->slot == rel.path_slot;
      if (of_it) {
        own.push_back(path.slot);
        plan_->computed.push_back(std::move(path));
      }
      return of_it;
    });
    for (BoundExprPtr& conjunct : match_.conjuncts) {
      if (!conjunct || !SpeaksOf(*conjunct, own)) continue;
      (IsOfEachStep(*conjunct, own) ? plan_->each_step : plan_->exprs)
          .push_back(std::move(conjunct));
    }
    for (const Slot slot : own) MarkKnown(slot);
  }

  // Whether the conjunct reads some of these slots, and else what is known already.
  bool SpeaksOf(const BoundExpr& conjunct, const std::vector<Slot>& own) const {
    std::vector<Slot> slots;
    CollectSlots(conjunct, slots);
    bool some = false;
    for (const Slot slot : slots) {
      const bool is_own = std::find(own.begin(), own.end(), slot) != own.end();
      if (!is_own && !Known(slot)) return false;
      some = some || is_own;
    }
    return some;
  }

  // all(x IN relationships(p) WHERE …), none(x IN nodes(p) WHERE …) and the like hold of a path if
  // and only if they hold of each of its steps.
  static bool IsOfEachStep(const BoundExpr& conjunct, const std::vector<Slot>& own) {
    if (conjunct.kind != BoundKind::kQuantifier ||
        (conjunct.op != Operator::kAll && conjunct.op != Operator::kNoneOf)) {
      return false;
    }
    const BoundExpr* list = conjunct.children[0].get();
    if (list->kind == BoundKind::kFunction &&
        (list->function == Function::kRelationships || list->function == Function::kNodes)) {
      list = list->children[0].get();
    }
    std::vector<Slot> read;
    if (conjunct.children[1]) CollectSlots(*conjunct.children[1], read);
    const auto is_own = [&](Slot slot) {
      return std::find(own.begin(), own.end(), slot) != own.end();
    };
    return list->kind == BoundKind::kSlot && is_own(list->slot) &&
           std::none_of(read.begin(), read.end(), is_own);
  }

  // An edge that an earlier clause found.
  void PlaceEnds(std::size_t index) {
    const PatternRel& rel = match_.rels[index];
    plan_ = NewPlan(PlanKind::kEdgeEnds, std::move(plan_));
    SetEdge(*plan_, index);
    SetWalk(*plan_, rel, false);
    plan_->from_known = reached_[rel.from];
    plan_->to_known = reached_[rel.to];
    done_.push_back(index);
    if (!reached_[rel.from]) Reach(rel.from, {});
    if (!reached_[rel.to]) Reach(rel.to, {});
  }

  PlannerContext& context_;
  BoundMatch match_;
  PlanPtr plan_;
  std::vector<bool> known_;    // slots in the row
  std::vector<bool> reached_;  // pattern nodes in the row
  std::vector<bool> placed_;   // relationships in the plan
  std::vector<std::size_t> done_;
  std::vector<std::optional<Rarest>> rarest_;  // by node
  // Conjuncts by number: how many slots each waits for, who waits for a slot, and who waits no
  // more.
  std::vector<std::size_t> missing_;
  std::map<Slot, std::vector<std::size_t>> readers_;
  std::vector<std::size_t> ready_;
  std::size_t settled_ = 0;
  PatternSeeks seeks_;
};

}  // namespace

Result<PlanPtr> LowerPattern(PlanPtr pattern, PlannerContext& context) {
  return PatternPlanner(std::move(pattern), context).Run();
}

}  // namespace tupu::query
