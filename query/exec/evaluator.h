// Computes bound expressions, one row at a time.
#pragma once

#include <memory>
#include <unordered_map>
#include <vector>

#include "query/exec/batch.h"
#include "query/exec/compare.h"
#include "query/exec/context.h"

namespace tupu::query {

// Rows of a subquery, run again for each row around it.
class SubqueryRunner;
class ColumnReader;

// Not for several threads. One belongs to one operator.
class Evaluator {
 public:
  explicit Evaluator(ExecContext& context);
  ~Evaluator();

  // The row that slots are read from.
  void SetRow(const Batch* batch, std::size_t row) {
    batch_ = batch;
    row_ = row;
  }
  // False on an error, which the context has then.
  bool Eval(const BoundExpr& expr, graph::Value& out);
  // Whether a predicate is true; null counts as false.
  bool Test(const BoundExpr& expr, bool& out);
  bool Test(const std::vector<BoundExprPtr>& conjuncts, bool& out);

  ExecContext& context() { return context_; }
  const std::vector<graph::Value>& locals() const { return locals_; }
  const Batch* batch() const { return batch_; }
  std::size_t row() const { return row_; }

 private:
  bool EvalTruth(const BoundExpr& expr, std::string_view what, Truth& out);
  ColumnReader& Column(const BoundExpr& property);
  bool Property(const BoundExpr& expr, graph::Value& out);
  bool Index(const BoundExpr& expr, graph::Value& out);
  bool Slice(const BoundExpr& expr, graph::Value& out);
  bool HasLabels(const BoundExpr& expr, graph::Value& out);
  bool Logic(const BoundExpr& expr, graph::Value& out);
  bool Comparison(const BoundExpr& expr, graph::Value& out);
  bool StringTest(const BoundExpr& expr, graph::Value& out);
  bool ListLiteral(const BoundExpr& expr, graph::Value& out);
  bool MapLiteral(const BoundExpr& expr, graph::Value& out);
  bool MapProjection(const BoundExpr& expr, graph::Value& out);
  bool Case(const BoundExpr& expr, graph::Value& out);
  bool Function(const BoundExpr& expr, graph::Value& out);
  bool ListComprehension(const BoundExpr& expr, graph::Value& out);
  bool Quantifier(const BoundExpr& expr, graph::Value& out);
  bool Reduce(const BoundExpr& expr, graph::Value& out);
  bool MakePath(const BoundExpr& expr, graph::Value& out);
  bool RunSubquery(const BoundExpr& expr, graph::Value& out);
  bool EvalList(const BoundExpr& expr, graph::Value& out, bool& null);
  // Charges for a list or map just made, and checks how deep it is.
  bool Made(const graph::Value& value, std::uint32_t pos);

  ExecContext& context_;
  const Batch* batch_ = nullptr;
  std::size_t row_ = 0;
  std::vector<graph::Value> locals_;
  std::unordered_map<const BoundExpr*, std::unique_ptr<SubqueryRunner>> subqueries_;
  std::unordered_map<const BoundExpr*, std::unique_ptr<ColumnReader>> columns_;
};

}  // namespace tupu::query
