// Grouping that reads columns: over all nodes (with a label), by properties of theirs; and over
// rows that a property tells apart already, so that every row is a group of its own.
//
// Which of these can be had shows only when the query runs: BuildColumnGroup gives null where
// grouping has to go row by row.
#include <algorithm>

#include "query/exec/aggregate.h"
#include "query/exec/cursors_impl.h"
#include "query/exec/graph_reads.h"

namespace tupu::query {
namespace {

using graph::ColumnImage;
using graph::Value;

constexpr std::size_t kMostGroups = std::size_t{1} << 20;
// Columns are made for labels that this share of all nodes has.
constexpr std::uint64_t kLabelShare = 4;

bool IsSlot(const BoundExpr& expr, Slot slot) {
  return expr.kind == BoundKind::kSlot && expr.slot == slot;
}
// node.property
bool IsPropertyOf(const BoundExpr& expr, Slot node) {
  return expr.kind == BoundKind::kProperty && IsSlot(*expr.children[0], node);
}

// The property of the node that the slot is, below the aggregate; empty if it is something else.
const BoundExpr* PropertyOf(const Plan& project, Slot slot, Slot node) {
  for (const Computed& computed : project.computed) {
    if (computed.slot == slot && IsPropertyOf(*computed.expr, node)) return computed.expr.get();
  }
  return nullptr;
}

// MATCH (n:Label) RETURN n.a, …, count(*), avg(n.b), …
class ColumnGroupCursor : public Cursor {
 public:
  // Null where some column is not to be had.
  static CursorPtr Make(const Plan& plan, const Plan& project, const Plan& scan,
                        ExecContext& context) {
    auto cursor = std::make_unique<ColumnGroupCursor>(plan, scan, context);
    if (!cursor->TakeNodes()) return nullptr;
    std::size_t groups = 1;
    for (const Slot key : plan.keys) {
      const BoundExpr* property = PropertyOf(project, key, scan.to);
      if (!property) return nullptr;
      const ColumnImage* column = cursor->Column(property->name);
      const bool coded = column && (column->kind() == ColumnImage::Kind::kCodes ||
                                    column->kind() == ColumnImage::Kind::kEmpty);
      if (!coded || !column->codes_are_values()) return nullptr;
      cursor->keys_.push_back(column);
      groups *= column->values().size() + 1;
      if (groups > kMostGroups) return nullptr;
    }
    for (const Aggregate& aggregate : plan.aggregates) {
      if (aggregate.distinct || aggregate.second) return nullptr;
      const bool rows = aggregate.function == Function::kCount &&
                        (!aggregate.argument || IsSlot(*aggregate.argument, scan.to));
      if (!rows && (!aggregate.argument || !IsPropertyOf(*aggregate.argument, scan.to))) {
        return nullptr;
      }
      const ColumnImage* column = rows ? nullptr : cursor->Column(aggregate.argument->name);
      if (!rows && !column) return nullptr;
      cursor->arguments_.push_back(column);
    }
    cursor->group_of_.assign(groups, 0);
    return cursor;
  }

  ColumnGroupCursor(const Plan& plan, const Plan& scan, ExecContext& context)
      : plan_(plan), scan_(scan), context_(context) {}

  bool Next(Batch& out) override {
    if (!filled_ && !Fill()) return false;
    filled_ = true;
    out.Clear(plan_.live);
    for (const Slot slot : plan_.keys) out.column(slot).Clear();
    for (const Aggregate& aggregate : plan_.aggregates) out.column(aggregate.slot).Clear();
    std::size_t rows = 0;
    for (; next_ < groups_.size() && rows < kBatchRows; ++next_, ++rows) {
      Group& group = groups_[next_];
      for (std::size_t i = 0; i < keys_.size(); ++i) {
        out.column(plan_.keys[i])
            .values.push_back(keys_[i]->Has(group.first) ? keys_[i]->At(group.first) : Value());
      }
      for (std::size_t i = 0; i < arguments_.size(); ++i) {
        Value value;
        if (!Finish(group, i, value)) return false;
        out.column(plan_.aggregates[i].slot).values.push_back(std::move(value));
      }
    }
    out.set_rows(rows);
    return rows > 0;
  }
  void Reset() override {
    filled_ = false;
    groups_.clear();
    std::fill(group_of_.begin(), group_of_.end(), 0);
    next_ = 0;
  }

 private:
  struct Sum {
    double sum = 0;
    std::uint64_t count = 0;
    std::unique_ptr<Accumulator> other;  // where sum and count do not do
  };
  struct Group {
    std::uint32_t first;  // place of a node of it
    std::vector<Sum> sums;
  };

  bool TakeNodes() {
    const graph::View& view = context_.view();
    graph::SharedReads* shared = view.shared();
    std::optional<LabelId> label;
    if (!scan_.labels.empty()) {
      label = view.FindLabel(scan_.labels[0]);
      if (!label) return false;
    }
    const auto with = view.CountNodes(label);
    const auto all = view.CountNodes(std::nullopt);
    if (!shared || !with.ok() || !all.ok() || *with < *all / kLabelShare) return false;
    nodes_ = LabelNodes(context_, label);
    return nodes_ != nullptr;
  }

  const ColumnImage* Column(const std::string& name) {
    columns_.push_back(std::make_unique<ColumnReader>(context_, name));
    return columns_.back()->Image();
  }

  // Whether the mean needs but the sum; the sum of integers has to be one, or an error.
  bool IsMean(std::size_t i) const {
    return plan_.aggregates[i].function == Function::kAvg &&
           (arguments_[i]->kind() == ColumnImage::Kind::kInts ||
            arguments_[i]->kind() == ColumnImage::Kind::kDoubles);
  }

  Group* NewGroup(std::uint32_t place) {
    Group group;
    group.first = place;
    group.sums.resize(arguments_.size());
    for (std::size_t i = 0; i < arguments_.size(); ++i) {
      const bool counts = plan_.aggregates[i].function == Function::kCount;
      if (!counts && !IsMean(i)) group.sums[i].other = MakeAccumulator(plan_.aggregates[i]);
    }
    if (!context_.Charge(sizeof(Group) + arguments_.size() * sizeof(Sum))) return nullptr;
    groups_.push_back(std::move(group));
    return &groups_.back();
  }

  bool Fill() {
    // Without keys there is one group, even of no rows.
    if (keys_.empty() && !NewGroup(graph::NodeIndex::kNone)) return false;
    if (keys_.empty()) group_of_[0] = 1;
    std::vector<bool> means;
    for (std::size_t i = 0; i < arguments_.size(); ++i) means.push_back(arguments_[i] && IsMean(i));
    std::size_t rows = 0;
    for (const std::uint32_t place : nodes_->places) {
      if ((++rows & 0xfff) == 0 && !context_.CheckTime()) return false;
      std::size_t code = 0;
      for (const ColumnImage* key : keys_) {
        code = code * (key->values().size() + 1) + (key->Has(place) ? key->CodeAt(place) + 1 : 0);
      }
      std::uint32_t& number = group_of_[code];
      if (number == 0) {
        if (!NewGroup(place)) return false;
        number = static_cast<std::uint32_t>(groups_.size());
      }
      Group& group = groups_[number - 1];
      for (std::size_t i = 0; i < arguments_.size(); ++i) {
        const ColumnImage* column = arguments_[i];
        Sum& sum = group.sums[i];
        if (column && !column->Has(place)) continue;
        ++sum.count;
        if (!column) continue;
        if (means[i]) {
          sum.sum += column->kind() == ColumnImage::Kind::kDoubles
                         ? column->DoubleAt(place)
                         : static_cast<double>(column->IntAt(place));
        } else if (sum.other && !sum.other->Add(context_, column->At(place), Value())) {
          return false;
        }
      }
    }
    return true;
  }

  bool Finish(Group& group, std::size_t i, Value& out) {
    Sum& sum = group.sums[i];
    if (sum.other) return sum.other->Finish(context_, out);
    if (plan_.aggregates[i].function == Function::kCount) {
      out = Value(static_cast<std::int64_t>(sum.count));
    } else {
      out = sum.count == 0 ? Value() : Value(sum.sum / static_cast<double>(sum.count));
    }
    return true;
  }

  const Plan& plan_;
  const Plan& scan_;
  ExecContext& context_;
  std::shared_ptr<const graph::LabelImage> nodes_;
  std::vector<std::unique_ptr<ColumnReader>> columns_;  // keep the images
  std::vector<const ColumnImage*> keys_;
  std::vector<const ColumnImage*> arguments_;  // null: rows are counted
  std::vector<std::uint32_t> group_of_;        // by code: the group's number plus one
  std::vector<Group> groups_;
  bool filled_ = false;
  std::size_t next_ = 0;
};

// Rows of one node each, no node twice, grouped by a property that no two nodes share: every row
// is a group, but for those of nodes without the property, which are one.
class DistinctGroupCursor : public Cursor {
 public:
  DistinctGroupCursor(const Plan& plan, const Plan& trails, std::unique_ptr<ColumnReader> column,
                      ExecContext& context)
      : plan_(plan),
        trails_(trails),
        column_(std::move(column)),
        context_(context),
        input_(BuildCursor(trails, context, nullptr)),
        rows_(context.slots()) {}

  bool Next(Batch& out) override {
    out.Clear(plan_.live);
    Column& keys = out.column(plan_.keys[0]);
    keys.Clear();
    for (const Aggregate& aggregate : plan_.aggregates) out.column(aggregate.slot).Clear();
    const ColumnImage& column = *column_->Image();
    while (input_->Next(rows_)) {
      if (!context_.CheckTime()) return false;
      const std::vector<std::uint64_t>& nodes = rows_.column(trails_.steps[0].from).ids;
      const std::vector<Value>& numbers = rows_.column(trails_.to).values;
      for (std::size_t row = 0; row < rows_.rows(); ++row) {
        const std::uint32_t place = column.nodes().PlaceOf(nodes[row]);
        if (place == graph::NodeIndex::kNone || !column.Has(place)) {
          without_ += numbers[row].as_int();
          continue;
        }
        keys.values.push_back(column.At(place));
        for (const Aggregate& aggregate : plan_.aggregates) {
          out.column(aggregate.slot).values.push_back(numbers[row]);
        }
      }
      out.set_rows(keys.values.size());
      if (out.rows() > 0) return true;
    }
    if (context_.failed() || without_ == 0) return false;
    keys.values.emplace_back();
    for (const Aggregate& aggregate : plan_.aggregates) {
      out.column(aggregate.slot).values.emplace_back(without_);
    }
    without_ = 0;
    out.set_rows(1);
    return true;
  }
  void Reset() override {
    input_->Reset();
    without_ = 0;
  }

 private:
  const Plan& plan_;
  const Plan& trails_;
  std::unique_ptr<ColumnReader> column_;
  ExecContext& context_;
  CursorPtr input_;
  Batch rows_;
  std::int64_t without_ = 0;
};

// count(DISTINCT end.property) over the different ends of trails. Where no two nodes share the
// property, it is enough that an end has it.
class EndsCountCursor : public Cursor {
 public:
  EndsCountCursor(const Plan& plan, const Plan& trails, ExecContext& context)
      : plan_(plan),
        trails_(trails),
        context_(context),
        input_(BuildCursor(trails, context, nullptr)),
        rows_(context.slots()),
        column_(context, plan.aggregates[0].argument->name) {}

  bool Next(Batch& out) override {
    if (done_) return false;
    done_ = true;
    const ColumnImage* image = column_.image();
    const bool look = image && image->distinct();
    std::int64_t count = 0;
    const auto values = MakeAccumulator(plan_.aggregates[0]);
    Value value;
    while (input_->Next(rows_)) {
      for (const std::uint64_t node : rows_.column(trails_.to).ids) {
        if (look) {
          const std::uint32_t place = image->nodes().PlaceOf(node);
          count += place != graph::NodeIndex::kNone && image->Has(place) ? 1 : 0;
          continue;
        }
        if (!context_.Tick() || !column_.Read(NodeId{node}, value)) return false;
        if (!value.is_null() && !values->Add(context_, value, Value())) return false;
      }
    }
    if (context_.failed() || (!look && !values->Finish(context_, value))) return false;
    Column& column = out.column(plan_.aggregates[0].slot);
    column.Clear();
    column.values.push_back(look ? Value(count) : std::move(value));
    out.set_rows(1);
    return true;
  }
  void Reset() override {
    input_->Reset();
    done_ = false;
  }

 private:
  const Plan& plan_;
  const Plan& trails_;
  ExecContext& context_;
  CursorPtr input_;
  Batch rows_;
  ColumnReader column_;
  bool done_ = false;
};

// Whether a plan, main inputs only, takes rows from around it.
bool HasArgument(const Plan& plan) {
  const Plan* at = &plan;
  while (!at->children.empty()) at = at->children[0].get();
  return at->kind == PlanKind::kArgument;
}

}  // namespace

CursorPtr BuildColumnGroup(const Plan& plan, ExecContext& context) {
  if (!context.view().shared()) return nullptr;
  static const Plan kNoProject;
  const Plan* below = plan.children[0].get();
  const Plan& project = below->kind == PlanKind::kProject ? *below : kNoProject;
  if (below->kind == PlanKind::kProject) below = below->children[0].get();
  const auto scans_all = [](const Plan& scan) {
    return scan.kind == PlanKind::kNodeScan && scan.children[0]->kind == PlanKind::kSingleRow;
  };
  if (scans_all(*below)) return ColumnGroupCursor::Make(plan, project, *below, context);
  if (below->kind == PlanKind::kTrails && below->trails == TrailResult::kEnds) {
    const bool counts =
        plan.keys.empty() && below == plan.children[0].get() && plan.aggregates.size() == 1 &&
        plan.aggregates[0].function == Function::kCount && plan.aggregates[0].distinct &&
        !HasArgument(*below) && IsPropertyOf(*plan.aggregates[0].argument, below->to);
    return counts ? std::make_unique<EndsCountCursor>(plan, *below, context) : nullptr;
  }
  if (below->kind != PlanKind::kTrails || below->trails != TrailResult::kPerRow ||
      !scans_all(*below->children[0]) || plan.keys.size() != 1) {
    return nullptr;
  }
  const Slot node = below->children[0]->to;
  const BoundExpr* property = PropertyOf(project, plan.keys[0], node);
  const bool sums =
      std::all_of(plan.aggregates.begin(), plan.aggregates.end(), [&](const Aggregate& aggregate) {
        return aggregate.function == Function::kSum && !aggregate.distinct &&
               IsSlot(*aggregate.argument, below->to);
      });
  if (!property || !sums || below->steps[0].from != node) return nullptr;
  auto column = std::make_unique<ColumnReader>(context, property->name);
  if (!column->Image() || !column->Image()->distinct()) return nullptr;
  return std::make_unique<DistinctGroupCursor>(plan, *below, std::move(column), context);
}

std::string LabelNodesName(std::optional<LabelId> label) {
  return label ? "label " + std::to_string(label->value) : "nodes";
}

std::shared_ptr<const graph::LabelImage> LabelNodes(ExecContext& context,
                                                    std::optional<LabelId> label) {
  graph::SharedReads* shared = context.view().shared();
  if (!shared) return nullptr;
  const std::string name = LabelNodesName(label);
  auto found = shared->Find<graph::LabelImage>(name);
  if (found) return found;
  const auto count = context.view().CountNodes(label);
  if (!count.ok() || !shared->Claim(name, static_cast<std::size_t>(*count) * 4)) return nullptr;
  auto made = graph::LabelImage::Build(context.view(), label);
  if (!made.ok()) return nullptr;
  shared->Keep(name, *made);
  return std::move(made).value();
}

}  // namespace tupu::query
