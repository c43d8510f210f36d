// What an expression does many times: lists element by element, paths step by step, subqueries row
// by row.
#include "query/cypher/diagnostic.h"
#include "query/exec/cursors.h"
#include "query/exec/evaluator.h"
#include "query/exec/graph_reads.h"

namespace tupu::query {

using graph::List;
using graph::Value;
using graph::ValueKind;

// The rows of a subquery for one row around it. Built once, run again and again.
class SubqueryRunner {
 public:
  SubqueryRunner(const Subquery& subquery, ExecContext& context)
      : subquery_(subquery), argument_(context.slots()), rows_(context.slots()) {
    source_.batch = &argument_;
    root_ = BuildCursor(*subquery.plan, context, &source_);
  }

  void Start(const Evaluator& evaluator) {
    for (const Import& import : subquery_.imports) {
      Column& column = argument_.column(import.slot);
      column.Clear();
      if (import.is_local) {
        column.values.push_back(evaluator.locals()[import.local]);
      } else {
        column.AppendFrom(evaluator.batch()->column(import.slot), evaluator.row());
      }
    }
    argument_.set_rows(1);
    root_->Reset();
  }
  bool Next() { return root_->Next(rows_); }
  const Batch& rows() const { return rows_; }
  const std::vector<Slot>& outputs() const { return subquery_.query.outputs; }

 private:
  const Subquery& subquery_;
  Batch argument_;
  Batch rows_;
  ArgumentSource source_;
  CursorPtr root_;
};

Evaluator::Evaluator(ExecContext& context) : context_(context), locals_(context.locals()) {}
Evaluator::~Evaluator() = default;

bool Evaluator::EvalList(const BoundExpr& expr, Value& out, bool& null) {
  if (!Eval(expr, out)) return false;
  null = out.is_null();
  if (null || out.kind() == ValueKind::kList) return true;
  return context_.Fail(
      ValueError(expr.pos, "IN needs a list, this is " + TypeName(out), detail::kArgumentType));
}

bool Evaluator::ListComprehension(const BoundExpr& expr, Value& out) {
  Value source;
  bool null = false;
  if (!EvalList(*expr.children[0], source, null)) return false;
  if (null) {
    out = Value();
    return true;
  }
  List list;
  for (const Value& element : source.as_list()) {
    if (!context_.Tick()) return false;
    locals_[expr.local] = element;
    bool wanted = true;
    if (expr.children[1] && !Test(*expr.children[1], wanted)) return false;
    if (!wanted) continue;
    if (expr.children[2]) {
      Value mapped;
      if (!Eval(*expr.children[2], mapped)) return false;
      list.push_back(std::move(mapped));
    } else {
      list.push_back(element);
    }
  }
  out = Value(std::move(list));
  return Made(out, expr.pos);
}

bool Evaluator::Quantifier(const BoundExpr& expr, Value& out) {
  Value source;
  bool null = false;
  if (!EvalList(*expr.children[0], source, null)) return false;
  if (null) {
    out = Value();
    return true;
  }
  std::size_t holds = 0;
  std::size_t unknown = 0;
  std::size_t fails = 0;
  for (const Value& element : source.as_list()) {
    if (!context_.Tick()) return false;
    locals_[expr.local] = element;
    Truth truth;
    if (!EvalTruth(*expr.children[1], "WHERE", truth)) return false;
    ++(!truth ? unknown : *truth ? holds : fails);
  }
  Truth truth;
  switch (expr.op) {
    case Operator::kAll:
      truth = fails > 0 ? Truth(false) : unknown > 0 ? std::nullopt : Truth(true);
      break;
    case Operator::kAny:
      truth = holds > 0 ? Truth(true) : unknown > 0 ? std::nullopt : Truth(false);
      break;
    case Operator::kNoneOf:
      truth = holds > 0 ? Truth(false) : unknown > 0 ? std::nullopt : Truth(true);
      break;
    default:
      truth = holds > 1 ? Truth(false) : unknown > 0 ? std::nullopt : Truth(holds == 1);
      break;
  }
  out = ToValue(truth);
  return true;
}

bool Evaluator::Reduce(const BoundExpr& expr, Value& out) {
  Value total;
  Value source;
  bool null = false;
  if (!Eval(*expr.children[0], total)) return false;
  if (!EvalList(*expr.children[1], source, null)) return false;
  if (null) {
    out = Value();
    return true;
  }
  for (const Value& element : source.as_list()) {
    if (!context_.Tick()) return false;
    locals_[expr.local] = std::move(total);
    locals_[expr.local + 1] = element;
    total = Value();
    // Only the last total is kept; what was charged for those before is free again.
    const std::int64_t before = context_.memory();
    if (!Eval(*expr.children[2], total)) return false;
    const std::int64_t made = context_.memory() - before;
    if (made > 0) context_.Release(static_cast<std::size_t>(made));
  }
  out = std::move(total);
  return context_.Charge(HeapBytes(out));
}

bool Evaluator::MakePath(const BoundExpr& expr, Value& out) {
  graph::Path path;
  Value part;
  for (std::size_t i = 0; i < expr.children.size(); ++i) {
    if (!Eval(*expr.children[i], part)) return false;
    if (part.is_null()) {
      out = Value();
      return true;
    }
    if (i % 2 == 0) {
      // A walk before it ends in this node already.
      const bool walked = path.nodes.size() > path.edges.size();
      if (!walked) path.nodes.push_back(part.as_node());
    } else if (part.kind() == ValueKind::kEdge) {
      path.edges.push_back(part.as_edge());
    } else {
      const graph::Path& walk = part.as_path();
      path.edges.insert(path.edges.end(), walk.edges.begin(), walk.edges.end());
      path.nodes.insert(path.nodes.end(), walk.nodes.begin() + 1, walk.nodes.end());
    }
  }
  out = Value(std::move(path));
  return context_.Charge(HeapBytes(out));
}

bool Evaluator::RunSubquery(const BoundExpr& expr, Value& out) {
  std::unique_ptr<SubqueryRunner>& runner = subqueries_[&expr];
  if (!runner) runner = std::make_unique<SubqueryRunner>(*expr.subquery, context_);
  runner->Start(*this);
  if (expr.kind == BoundKind::kExists) {
    const std::int64_t before = context_.memory();
    const bool found = runner->Next();
    if (!found && context_.failed()) return false;
    const std::int64_t held = context_.memory() - before;
    if (held > 0) context_.Release(static_cast<std::size_t>(held));
    out = Value(found);
    return true;
  }
  if (expr.kind == BoundKind::kCountRows) {
    const std::int64_t before = context_.memory();
    std::int64_t count = 0;
    while (runner->Next()) count += static_cast<std::int64_t>(runner->rows().rows());
    if (context_.failed()) return false;
    const std::int64_t held = context_.memory() - before;
    if (held > 0) context_.Release(static_cast<std::size_t>(held));
    out = Value(count);
    return true;
  }
  const std::vector<Slot>& outputs = runner->outputs();
  const bool rows = expr.kind == BoundKind::kCollectRows;
  List list;
  while (runner->Next()) {
    for (std::size_t row = 0; row < runner->rows().rows(); ++row) {
      if (!rows) {
        list.push_back(runner->rows().Get(outputs.at(0), row));
        continue;
      }
      List fields;
      fields.reserve(outputs.size());
      for (const Slot slot : outputs) fields.push_back(runner->rows().Get(slot, row));
      if (!context_.Charge(fields.size() * sizeof(Value) + 48)) return false;
      list.emplace_back(std::move(fields));
    }
    if (!context_.Charge(runner->rows().rows() * sizeof(Value))) return false;
  }
  if (context_.failed()) return false;
  out = Value(std::move(list));
  return Made(out, expr.pos);
}

}  // namespace tupu::query
