// CALL: each input row once with every row that the procedure gives for it. A procedure without
// columns lets rows pass.
#include <algorithm>

#include "query/cypher/diagnostic.h"
#include "query/exec/cursors_impl.h"
#include "query/procedures.h"

namespace tupu::query {
namespace {

using graph::Value;

class CallCursor : public Cursor {
 public:
  CallCursor(const Plan& plan, ExecContext& context, CursorPtr input)
      : plan_(plan), context_(context), reader_(std::move(input), context), evaluator_(context) {
    for (const Slot slot : plan.live) {
      if (std::find(plan.slots.begin(), plan.slots.end(), slot) == plan.slots.end()) {
        kept_.push_back(slot);
      }
    }
  }

  bool Next(Batch& out) override {
    out.Clear(plan_.live);
    for (const Slot slot : plan_.slots) out.column(slot).Clear();
    while (out.rows() < kBatchRows) {
      if (next_ >= found_.size()) {
        if (!reader_.Next() || !Call()) break;
        continue;
      }
      if (!context_.Tick()) return false;
      out.AppendRow(reader_.batch(), reader_.row(), kept_);
      for (const auto& [output, slot] : plan_.yields) {
        out.column(slot).values.push_back(found_[next_][output]);
      }
      ++next_;
    }
    return !context_.failed() && out.rows() > 0;
  }
  void Reset() override {
    reader_.Reset();
    found_.clear();
    next_ = 0;
  }

 private:
  bool Call() {
    found_.clear();
    next_ = 0;
    evaluator_.SetRow(&reader_.batch(), reader_.row());
    std::vector<Value> arguments(plan_.exprs.size());
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      if (!evaluator_.Eval(*plan_.exprs[i], arguments[i])) return false;
      const ProcedureField& field = plan_.procedure->inputs[i];
      if (!arguments[i].is_null() && (TypeOf(arguments[i].kind()) & field.types) == 0) {
        return context_.Fail(ValueError(
            plan_.exprs[i]->pos,
            field.name + " needs " + TypeNames(field.types) + ", this is " + TypeName(arguments[i]),
            detail::kInvalidArgumentType));
      }
    }
    if (plan_.procedure->outputs.empty()) {
      found_.emplace_back();
      return true;
    }
    const Status status =
        plan_.procedure->run(context_.view(), arguments, [&](std::vector<Value> row) {
          found_.push_back(std::move(row));
          return context_.Tick();
        });
    if (!status.ok()) return context_.Fail(Error(status.error()));
    if (found_.empty() && plan_.optional) found_.emplace_back(plan_.procedure->outputs.size());
    return !context_.failed();
  }

  const Plan& plan_;
  ExecContext& context_;
  RowReader reader_;
  Evaluator evaluator_;
  std::vector<Slot> kept_;
  std::vector<std::vector<Value>> found_;
  std::size_t next_ = 0;
};

}  // namespace

CursorPtr BuildCall(const Plan& plan, ExecContext& context, CursorPtr input) {
  return std::make_unique<CallCursor>(plan, context, std::move(input));
}

}  // namespace tupu::query
