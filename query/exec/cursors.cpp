// Operators that pass rows on: arguments, filters, projections, SKIP and LIMIT, UNWIND, OPTIONAL
// MATCH, UNION. And the switch that builds a plan.
#include "query/exec/cursors.h"

#include <algorithm>
#include <limits>

#include "query/cypher/diagnostic.h"
#include "query/exec/cursors_impl.h"
#include "query/exec/profile.h"

namespace tupu::query {

using graph::Value;
using graph::ValueKind;

bool EvalCount(const BoundExpr& expr, std::string_view what, Evaluator& evaluator,
               std::uint64_t& out) {
  Value value;
  evaluator.SetRow(nullptr, 0);
  if (!evaluator.Eval(expr, value)) return false;
  if (value.kind() != ValueKind::kInt) {
    return evaluator.context().Fail(
        ValueError(expr.pos, std::string(what) + " needs an integer, this is " + TypeName(value),
                   detail::kInvalidArgumentType));
  }
  if (value.as_int() < 0) {
    return evaluator.context().Fail(ValueError(
        expr.pos,
        std::string(what) + " cannot be negative, this is " + std::to_string(value.as_int()),
        detail::kNegativeIntegerArgument));
  }
  out = static_cast<std::uint64_t>(value.as_int());
  return true;
}

namespace {

// Counts what evaluating a batch makes, and gives it back when the batch is done with.
class Transient {
 public:
  explicit Transient(ExecContext& context) : context_(context) {}
  ~Transient() { Drop(); }
  Transient(const Transient&) = delete;
  Transient& operator=(const Transient&) = delete;

  void Drop() {
    context_.Release(static_cast<std::size_t>(held_));
    held_ = 0;
  }
  void Begin() { before_ = context_.memory(); }
  void End() { held_ += std::max<std::int64_t>(0, context_.memory() - before_); }

 private:
  ExecContext& context_;
  std::int64_t held_ = 0;
  std::int64_t before_ = 0;
};

class SingleRowCursor : public Cursor {
 public:
  bool Next(Batch& out) override {
    if (done_) return false;
    done_ = true;
    out.set_rows(1);
    return true;
  }
  void Reset() override { done_ = false; }

 private:
  bool done_ = false;
};

class ArgumentCursor : public Cursor {
 public:
  ArgumentCursor(const Plan& plan, const ArgumentSource* source) : plan_(plan), source_(source) {
    TUPU_CONTRACT(source != nullptr);
  }
  bool Next(Batch& out) override {
    if (done_ || source_->batch->rows() == 0) return false;
    done_ = true;
    out.Clear(plan_.live);
    for (const Slot slot : plan_.live) out.column(slot) = source_->batch->column(slot);
    out.set_rows(source_->batch->rows());
    return true;
  }
  void Reset() override { done_ = false; }

 private:
  const Plan& plan_;
  const ArgumentSource* source_;
  bool done_ = false;
};

class FilterCursor : public Cursor {
 public:
  FilterCursor(const Plan& plan, ExecContext& context, CursorPtr input)
      : plan_(plan), context_(context), input_(std::move(input)), evaluator_(context) {}

  bool Next(Batch& out) override {
    while (input_->Next(out)) {
      kept_.clear();
      for (std::size_t row = 0; row < out.rows(); ++row) {
        if (!context_.Tick()) return false;
        const std::int64_t before = context_.memory();
        evaluator_.SetRow(&out, row);
        bool keep = false;
        if (!evaluator_.Test(plan_.exprs, keep)) return false;
        if (keep) kept_.push_back(static_cast<std::uint32_t>(row));
        const std::int64_t made = context_.memory() - before;
        if (made > 0) context_.Release(static_cast<std::size_t>(made));
      }
      if (kept_.empty()) continue;
      if (kept_.size() < out.rows()) out.Keep(kept_, plan_.live);
      return true;
    }
    return false;
  }
  void Reset() override { input_->Reset(); }

 private:
  const Plan& plan_;
  ExecContext& context_;
  CursorPtr input_;
  Evaluator evaluator_;
  std::vector<std::uint32_t> kept_;
};

class ProjectCursor : public Cursor {
 public:
  ProjectCursor(const Plan& plan, ExecContext& context, CursorPtr input)
      : plan_(plan),
        context_(context),
        input_(std::move(input)),
        evaluator_(context),
        transient_(context) {}

  bool Next(Batch& out) override {
    transient_.Drop();
    if (!input_->Next(out)) return false;
    transient_.Begin();
    for (const Computed& computed : plan_.computed) out.column(computed.slot).Clear();
    for (std::size_t row = 0; row < out.rows(); ++row) {
      if (!context_.Tick()) return false;
      evaluator_.SetRow(&out, row);
      for (const Computed& computed : plan_.computed) {
        Value value;
        if (!evaluator_.Eval(*computed.expr, value)) return false;
        out.column(computed.slot).values.push_back(std::move(value));
      }
    }
    transient_.End();
    return true;
  }
  void Reset() override {
    transient_.Drop();
    input_->Reset();
  }

 private:
  const Plan& plan_;
  ExecContext& context_;
  CursorPtr input_;
  Evaluator evaluator_;
  Transient transient_;
};

class SkipCursor : public Cursor {
 public:
  SkipCursor(const Plan& plan, ExecContext& context, CursorPtr input)
      : plan_(plan), input_(std::move(input)), evaluator_(context) {}

  bool Next(Batch& out) override {
    if (!counted_ && !EvalCount(*plan_.exprs[0], "SKIP", evaluator_, left_)) return false;
    counted_ = true;
    while (input_->Next(out)) {
      if (left_ >= out.rows()) {
        left_ -= out.rows();
        continue;
      }
      if (left_ > 0) out.Slice(static_cast<std::size_t>(left_), out.rows(), plan_.live);
      left_ = 0;
      return true;
    }
    return false;
  }
  void Reset() override {
    counted_ = false;
    input_->Reset();
  }

 private:
  const Plan& plan_;
  CursorPtr input_;
  Evaluator evaluator_;
  bool counted_ = false;
  std::uint64_t left_ = 0;
};

class LimitCursor : public Cursor {
 public:
  LimitCursor(const Plan& plan, ExecContext& context, CursorPtr input)
      : plan_(plan), input_(std::move(input)), evaluator_(context), writes_(IsUpdating(plan)) {}

  bool Next(Batch& out) override {
    if (!counted_) {
      if (!EvalCount(*plan_.exprs[0], "LIMIT", evaluator_, left_)) return false;
      counted_ = true;
      // What is below writes all that it has to as soon as it is asked for a row.
      if (left_ == 0 && writes_) input_->Next(out);
    }
    if (left_ == 0 || !input_->Next(out)) return false;
    if (out.rows() > left_) out.Slice(0, static_cast<std::size_t>(left_), plan_.live);
    left_ -= out.rows();
    return true;
  }
  void Reset() override {
    counted_ = false;
    input_->Reset();
  }

 private:
  const Plan& plan_;
  CursorPtr input_;
  Evaluator evaluator_;
  bool writes_;
  bool counted_ = false;
  std::uint64_t left_ = 0;
};

class UnwindCursor : public Cursor {
 public:
  UnwindCursor(const Plan& plan, ExecContext& context, CursorPtr input)
      : plan_(plan),
        context_(context),
        reader_(std::move(input), context),
        evaluator_(context),
        transient_(context) {
    for (const Slot slot : plan.live) {
      if (slot != plan.to) kept_.push_back(slot);
    }
  }

  bool Next(Batch& out) override {
    out.Clear(plan_.live);
    out.column(plan_.to).Clear();
    while (out.rows() < kBatchRows) {
      if (element_ >= Size()) {
        if (!NextList()) break;
        continue;
      }
      if (!context_.Tick()) return false;
      out.AppendRow(reader_.batch(), reader_.row(), kept_);
      const bool list = list_.kind() == ValueKind::kList;
      out.column(plan_.to).values.push_back(only_null_ ? Value()
                                            : list     ? list_.as_list()[element_]
                                                       : list_);
      ++element_;
    }
    return !context_.failed() && out.rows() > 0;
  }
  void Reset() override {
    reader_.Reset();
    list_ = Value();
    only_null_ = false;
    element_ = 0;
    transient_.Drop();
  }

 private:
  // Null has no elements; any other value that is no list is its own only element.
  std::size_t Size() const {
    if (list_.kind() == ValueKind::kList) {
      return std::max<std::size_t>(list_.as_list().size(), only_null_ ? 1 : 0);
    }
    return list_.is_null() ? 0 : 1;
  }
  bool NextList() {
    transient_.Drop();
    if (!reader_.Next()) return false;
    evaluator_.SetRow(&reader_.batch(), reader_.row());
    element_ = 0;
    transient_.Begin();
    const bool ok = evaluator_.Eval(*plan_.exprs[0], list_);
    transient_.End();
    only_null_ =
        ok && plan_.optional && list_.kind() == ValueKind::kList && list_.as_list().empty();
    return ok;
  }

  bool only_null_ = false;  // the list is empty, and a row is wanted all the same
  const Plan& plan_;
  ExecContext& context_;
  RowReader reader_;
  Evaluator evaluator_;
  Transient transient_;
  std::vector<Slot> kept_;
  Value list_;
  std::size_t element_ = 0;
};

// The inner rows come in the order of the outer rows that they belong to, and say which those are;
// so an outer row whose number is passed by had none.
class OptionalCursor : public Cursor {
 public:
  OptionalCursor(const Plan& plan, ExecContext& context, CursorPtr outer)
      : plan_(plan),
        context_(context),
        outer_(std::move(outer)),
        outer_rows_(context.slots()),
        inner_rows_(context.slots()) {
    source_.batch = &outer_rows_;
    inner_ = BuildCursor(*plan.children[1], context, &source_);
    for (const Slot slot : plan.live) {
      const bool fresh = std::find(plan.slots.begin(), plan.slots.end(), slot) != plan.slots.end();
      (fresh ? fresh_ : kept_).push_back(slot);
    }
  }

  bool Next(Batch& out) override {
    out.Clear(plan_.live);
    while (out.rows() < kBatchRows) {
      if (!open_ && !Open()) break;
      if (inner_row_ >= inner_rows_.rows() && !inner_done_) {
        inner_row_ = 0;
        if (!inner_->Next(inner_rows_)) {
          if (context_.failed()) return false;
          inner_done_ = true;
          inner_rows_.set_rows(0);
        }
      }
      const bool have = inner_row_ < inner_rows_.rows();
      const std::uint64_t at = have ? inner_rows_.column(plan_.row).ids[inner_row_]
                                    : static_cast<std::uint64_t>(outer_rows_.rows());
      if (next_outer_ < at) {
        // Outer rows without any inner one.
        out.AppendRow(outer_rows_, static_cast<std::size_t>(next_outer_), kept_);
        for (const Slot slot : fresh_) out.column(slot).AppendNull();
        ++next_outer_;
      } else if (have) {
        out.AppendRow(inner_rows_, inner_row_, plan_.live);
        ++inner_row_;
        next_outer_ = at + 1;
        // Further inner rows of the same outer row are not below `next_outer_`.
      } else {
        open_ = false;
      }
    }
    return !context_.failed() && out.rows() > 0;
  }
  void Reset() override {
    outer_->Reset();
    open_ = false;
  }

 private:
  bool Open() {
    if (!outer_->Next(outer_rows_)) return false;
    Column& numbers = outer_rows_.column(plan_.row);
    numbers.Clear();
    for (std::size_t row = 0; row < outer_rows_.rows(); ++row) numbers.ids.push_back(row);
    inner_->Reset();
    inner_rows_.set_rows(0);
    inner_row_ = 0;
    inner_done_ = false;
    next_outer_ = 0;
    open_ = true;
    return true;
  }

  const Plan& plan_;
  ExecContext& context_;
  CursorPtr outer_;
  CursorPtr inner_;
  ArgumentSource source_;
  Batch outer_rows_;
  Batch inner_rows_;
  std::vector<Slot> kept_;
  std::vector<Slot> fresh_;
  bool open_ = false;
  bool inner_done_ = false;
  std::size_t inner_row_ = 0;
  std::uint64_t next_outer_ = 0;
};

class UnionCursor : public Cursor {
 public:
  UnionCursor(const Plan& plan, ExecContext& context, std::vector<CursorPtr> inputs)
      : plan_(plan), context_(context), inputs_(std::move(inputs)), rows_(context.slots()) {}

  bool Next(Batch& out) override {
    for (; part_ < inputs_.size(); ++part_) {
      if (!inputs_[part_]->Next(rows_)) {
        if (context_.failed()) return false;
        continue;
      }
      for (std::size_t i = 0; i < plan_.slots.size(); ++i) {
        Column& to = out.column(plan_.slots[i]);
        const Column& from = rows_.column(plan_.outputs[part_][i]);
        to.Clear();
        for (std::size_t row = 0; row < rows_.rows(); ++row) to.AppendFrom(from, row);
      }
      out.set_rows(rows_.rows());
      return true;
    }
    return false;
  }
  void Reset() override {
    for (const CursorPtr& input : inputs_) input->Reset();
    part_ = 0;
  }

 private:
  const Plan& plan_;
  ExecContext& context_;
  std::vector<CursorPtr> inputs_;
  Batch rows_;
  std::size_t part_ = 0;
};

// Adds what the row around a subquery has to rows that lost it in grouping.
class RecallCursor : public Cursor {
 public:
  RecallCursor(const Plan& plan, CursorPtr input, const ArgumentSource* source)
      : input_(std::move(input)), source_(source) {
    TUPU_CONTRACT(source != nullptr);
    for (const Slot slot : plan.slots) {
      if (std::binary_search(plan.live.begin(), plan.live.end(), slot)) slots_.push_back(slot);
    }
  }
  bool Next(Batch& out) override {
    if (!input_->Next(out)) return false;
    for (const Slot slot : slots_) {
      Column& column = out.column(slot);
      column.Clear();
      for (std::size_t row = 0; row < out.rows(); ++row) {
        column.AppendFrom(source_->batch->column(slot), 0);
      }
    }
    return true;
  }
  void Reset() override { input_->Reset(); }

 private:
  CursorPtr input_;
  const ArgumentSource* source_;
  std::vector<Slot> slots_;
};

}  // namespace

namespace {

CursorPtr BuildOperator(const Plan& plan, ExecContext& context, const ArgumentSource* argument) {
  const auto input = [&] { return BuildCursor(*plan.children[0], context, argument); };
  switch (plan.kind) {
    case PlanKind::kSingleRow:
      return std::make_unique<SingleRowCursor>();
    case PlanKind::kArgument:
      return std::make_unique<ArgumentCursor>(plan, argument);
    case PlanKind::kNodeScan:
    case PlanKind::kNodeSeek:
    case PlanKind::kIndexSeek:
    case PlanKind::kLabelsScan:
    case PlanKind::kEdgeSeek:
    case PlanKind::kEdgeScan:
      return BuildScan(plan, context, input());
    case PlanKind::kCount:
      return BuildScan(plan, context, nullptr);
    case PlanKind::kEdgeEnds:
    case PlanKind::kExpand:
    case PlanKind::kExpandInto:
      return BuildExpand(plan, context, input());
    case PlanKind::kVarExpand:
      return BuildWalk(plan, context, input());
    case PlanKind::kShortestPath:
      return BuildShortest(plan, context, input());
    case PlanKind::kTrails:
      return BuildTrails(plan, context, input());
    case PlanKind::kFilter:
      return std::make_unique<FilterCursor>(plan, context, input());
    case PlanKind::kProject:
      return std::make_unique<ProjectCursor>(plan, context, input());
    case PlanKind::kAggregate:
      if (CursorPtr columns = BuildColumnGroup(plan, context)) return columns;
      return BuildGroup(plan, context, input());
    case PlanKind::kDistinct:
    case PlanKind::kSort:
    case PlanKind::kTop:
      return BuildGroup(plan, context, input());
    case PlanKind::kRecall:
      return std::make_unique<RecallCursor>(plan, input(), argument);
    case PlanKind::kSkip:
      return std::make_unique<SkipCursor>(plan, context, input());
    case PlanKind::kLimit:
      return std::make_unique<LimitCursor>(plan, context, input());
    case PlanKind::kUnwind:
      return std::make_unique<UnwindCursor>(plan, context, input());
    case PlanKind::kOptional:
      return std::make_unique<OptionalCursor>(plan, context, input());
    case PlanKind::kCreate:
    case PlanKind::kUpdate:
    case PlanKind::kMerge:
    case PlanKind::kDelete:
      return BuildWrite(plan, context, input());
    case PlanKind::kCall:
      return BuildCall(plan, context, input());
    case PlanKind::kUnion: {
      std::vector<CursorPtr> inputs;
      for (const PlanPtr& child : plan.children) {
        inputs.push_back(BuildCursor(*child, context, argument));
      }
      return std::make_unique<UnionCursor>(plan, context, std::move(inputs));
    }
    case PlanKind::kPattern:
      break;
  }
  TUPU_INVARIANT(!"patterns are lowered before they run");
  return nullptr;
}

}  // namespace

CursorPtr BuildCursor(const Plan& plan, ExecContext& context, const ArgumentSource* argument) {
  CursorPtr cursor = BuildOperator(plan, context, argument);
  return context.profile() ? context.profile()->Watch(plan, context, std::move(cursor))
                           : std::move(cursor);
}

}  // namespace tupu::query
