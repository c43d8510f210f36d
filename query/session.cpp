#include "query/session.h"

#include "query/cypher/diagnostic.h"
#include "query/cypher/parser.h"
#include "query/exec/cursors.h"
#include "query/plan/binder.h"
#include "query/plan/plan_cache.h"
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

Status Execute(const PlannedStatement& plan, const RunSettings& settings,
               const Parameters& parameters, const ColumnsVisit& columns, const RowVisit& visit) {
  const QueryLimits& limits = settings.limits;
  ExecContext context(settings.view, limits, parameters, plan.slots, plan.locals,
                      settings.transaction);
  columns(plan.columns);
  const CursorPtr root = BuildCursor(*plan.root, context, nullptr);
  Batch batch(plan.slots);
  Row row(plan.outputs.size());
  std::uint64_t rows = 0;
  bool wanted = plan.returns;
  while (root->Next(batch)) {
    for (std::size_t i = 0; i < batch.rows() && wanted; ++i) {
      if (limits.max_rows > 0 && ++rows > limits.max_rows) {
        return Error(ErrorCode::kLimit, "the result has more than " +
                                            std::to_string(limits.max_rows) +
                                            " rows; add LIMIT to see the first of them");
      }
      for (std::size_t j = 0; j < row.size(); ++j) row[j] = batch.Get(plan.outputs[j], i);
      wanted = visit(row);
      // What writes goes on to its end.
      if (!wanted && !plan.updating) return {};
    }
    if (!context.CheckTime()) break;
  }
  if (context.failed()) return context.TakeError();
  return {};
}

Result<PlannedStatement> PlanText(const Query& query, std::string_view text,
                                  const RunSettings& settings, const Parameters& parameters) {
  TUPU_TRY(CheckParameters(parameters));
  TUPU_ASSIGN(BoundStatement bound, Bind(query, text, parameters, settings.procedures));
  return MakePlan(std::move(bound), settings.view, settings.options);
}

Status RunPlan(const PlannedStatement& plan, const RunSettings& settings,
               const Parameters& parameters, const ColumnsVisit& columns, const RowVisit& row) {
  if (plan.explain) return Explain(plan, columns, row);
  if (plan.updating && !settings.transaction) {
    return Error(ErrorCode::kInvalidInput, "this statement writes; the store is open for reading");
  }
  return Execute(plan, settings, parameters, columns, row);
}

}  // namespace

Session::Session(graph::View view, QueryLimits limits)
    : procedures_(BuiltInProcedures()),
      view_(std::move(view)),
      plans_(std::make_shared<PlanCache>()),
      limits_(limits) {}

Session::Session(graph::Store& store, QueryLimits limits, const Procedures& procedures)
    : store_(&store),
      procedures_(procedures),
      view_(store.Snapshot()),
      plans_(std::make_shared<PlanCache>()),
      limits_(limits) {}

Status RunStatement(const RunSettings& settings, std::string_view text,
                    const Parameters& parameters, const ColumnsVisit& columns,
                    const RowVisit& row) {
  TUPU_ASSIGN(const std::unique_ptr<Query> query, Parse(text));
  TUPU_ASSIGN(const PlannedStatement plan, PlanText(*query, text, settings, parameters));
  return RunPlan(plan, settings, parameters, columns, row);
}

Status Session::Stream(std::string_view text, const Parameters& parameters,
                       const ColumnsVisit& columns, const RowVisit& row) {
  updates_ = {};
  if (store_) view_ = store_->Snapshot();
  // Parsing, binding and planning are left out for what ran before.
  const std::string key = PlanCache::Key(text, parameters);
  std::shared_ptr<const PlannedStatement> plan = plans_->Find(key, view_);
  std::unique_ptr<Query> query;
  if (!plan) {
    TUPU_ASSIGN(query, Parse(text));
  }
  const auto run = [&](const RunSettings& settings) -> Status {
    TUPU_TRY(CheckParameters(parameters));
    if (!plan) {
      TUPU_ASSIGN(PlannedStatement made, PlanText(*query, text, settings, parameters));
      plan = plans_->Keep(key, std::move(made), settings.view);
    }
    return RunPlan(*plan, settings, parameters, columns, row);
  };
  if (!store_ || !(plan ? plan->updating : IsUpdating(*query) && !query->explain)) {
    return run({view_, limits_, {}, nullptr, procedures_});
  }
  TUPU_ASSIGN(const std::unique_ptr<graph::Transaction> transaction, store_->Begin());
  view_ = transaction->view();
  if (plan && !plan->assumed_labels.empty()) {
    // Others may have written before we could.
    plan = plans_->Find(key, view_);
    if (!plan) {
      TUPU_ASSIGN(query, Parse(text));
    }
  }
  const Status ran = run({view_, limits_, {}, transaction.get(), procedures_});
  view_ = store_->Snapshot();
  if (!ran.ok()) return ran;
  TUPU_TRY(transaction->Commit());
  updates_ = transaction->counts();
  view_ = store_->Snapshot();
  return {};
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

bool IsWriting(std::string_view text) {
  const auto query = Parse(text);
  return query.ok() && IsUpdating(**query) && !(*query)->explain;
}

const std::vector<std::string_view>& CypherKeywords() {
  static const std::vector<std::string_view> keywords = {
      "ALL",     "AND",      "AS",    "ASC",    "BY",       "CALL",   "CASE",  "CONTAINS", "COUNT",
      "CREATE",  "DELETE",   "DESC",  "DETACH", "DISTINCT", "ELSE",   "END",   "ENDS",     "EXISTS",
      "EXPLAIN", "FALSE",    "IN",    "IS",     "LIMIT",    "MATCH",  "MERGE", "NOT",      "NULL",
      "ON",      "OPTIONAL", "OR",    "ORDER",  "REMOVE",   "RETURN", "SET",   "SKIP",     "STARTS",
      "THEN",    "TRUE",     "UNION", "UNWIND", "WHEN",     "WHERE",  "WITH",  "XOR",      "YIELD"};
  return keywords;
}

const std::vector<std::string_view>& CypherFunctions() { return FunctionNames(); }

}  // namespace tupu::query
