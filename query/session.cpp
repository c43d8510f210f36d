#include "query/session.h"

#include "query/cypher/diagnostic.h"
#include "query/cypher/parser.h"
#include "query/exec/cursors.h"
#include "query/plan/binder.h"
#include "query/plan/planner.h"
#include "query/run.h"

namespace tupu::query {
namespace {

using ColumnsVisit = std::function<void(const std::vector<std::string>&)>;
using RowVisit = std::function<bool(const Row&)>;

Status CheckParameters(const Parameters& parameters) {
  for (const auto& [name, value] : parameters) {
    if (!WithinDepth(value, kMaxValueDepth)) {
      return Error(ErrorCode::kLimit, "the parameter $" + name + " is nested more than " +
                                          std::to_string(kMaxValueDepth) + " deep");
    }
  }
  return {};
}

Status Explain(const PlannedStatement& plan, const ColumnsVisit& columns, const RowVisit& row) {
  columns({"plan"});
  for (std::string& line : DumpPlan(*plan.root, plan.slots, true)) {
    if (!row({graph::Value(std::move(line))})) break;
  }
  return {};
}

Status Execute(const PlannedStatement& plan, const graph::View& view, const QueryLimits& limits,
               const Parameters& parameters, const ColumnsVisit& columns, const RowVisit& visit) {
  ExecContext context(view, limits, parameters, plan.slots, plan.locals);
  const CursorPtr root = BuildCursor(*plan.root, context, nullptr);
  columns(plan.columns);
  Batch batch(plan.slots);
  Row row(plan.outputs.size());
  std::uint64_t rows = 0;
  while (root->Next(batch)) {
    for (std::size_t i = 0; i < batch.rows(); ++i) {
      if (limits.max_rows > 0 && ++rows > limits.max_rows) {
        return Error(ErrorCode::kLimit, "the result has more than " +
                                            std::to_string(limits.max_rows) +
                                            " rows; add LIMIT to see the first of them");
      }
      for (std::size_t j = 0; j < row.size(); ++j) row[j] = batch.Get(plan.outputs[j], i);
      if (!visit(row)) return {};
    }
    if (!context.CheckTime()) break;
  }
  if (context.failed()) return context.TakeError();
  return {};
}

}  // namespace

Session::Session(graph::View view, QueryLimits limits) : view_(std::move(view)), limits_(limits) {}

Status RunStatement(const graph::View& view, const QueryLimits& limits, std::string_view text,
                    const Parameters& parameters, const PlannerOptions& options,
                    const ColumnsVisit& columns, const RowVisit& row) {
  TUPU_TRY(CheckParameters(parameters));
  TUPU_ASSIGN(const std::unique_ptr<Query> query, Parse(text));
  TUPU_ASSIGN(BoundStatement bound, Bind(*query, text, parameters));
  TUPU_ASSIGN(const PlannedStatement plan, MakePlan(std::move(bound), view, options));
  if (plan.explain) return Explain(plan, columns, row);
  return Execute(plan, view, limits, parameters, columns, row);
}

Status Session::Stream(std::string_view text, const Parameters& parameters,
                       const ColumnsVisit& columns, const RowVisit& row) {
  return RunStatement(view_, limits_, text, parameters, {}, columns, row);
}

Result<QueryResult> Session::Run(std::string_view text, const Parameters& parameters) {
  QueryResult result;
  TUPU_TRY(Stream(
      text, parameters, [&](const std::vector<std::string>& columns) { result.columns = columns; },
      [&](const Row& row) {
        result.rows.push_back(row);
        return true;
      }));
  return result;
}

const std::vector<std::string_view>& CypherKeywords() {
  static const std::vector<std::string_view> keywords = {
      "ALL",      "AND",   "AS",   "ASC",   "BY",       "CASE",    "CONTAINS", "COUNT",  "DESC",
      "DISTINCT", "ELSE",  "END",  "ENDS",  "EXISTS",   "EXPLAIN", "FALSE",    "IN",     "IS",
      "LIMIT",    "MATCH", "NOT",  "NULL",  "OPTIONAL", "OR",      "ORDER",    "RETURN", "SKIP",
      "STARTS",   "THEN",  "TRUE", "UNION", "UNWIND",   "WHEN",    "WHERE",    "WITH",   "XOR"};
  return keywords;
}

const std::vector<std::string_view>& CypherFunctions() { return FunctionNames(); }

}  // namespace tupu::query
