#include "query/session.h"

#include <cmath>
#include <thread>

#include "query/cypher/diagnostic.h"
#include "query/cypher/parser.h"
#include "query/exec/cursors.h"
#include "query/exec/profile.h"
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
               const Parameters& parameters, const ColumnsVisit& columns, const RowVisit& visit,
               Profile* profile) {
  const QueryLimits& limits = settings.limits;
  ExecContext context(settings.view, limits, parameters, plan.slots, plan.locals,
                      settings.transaction);
  context.set_profile(profile);
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

// Runs the plan, whose rows nobody sees, and shows what its operators did.
Status RunProfiled(const PlannedStatement& plan, const RunSettings& settings,
                   const Parameters& parameters, const ColumnsVisit& columns, const RowVisit& row,
                   std::vector<ProfiledOperator>* out) {
  Profile profile;
  TUPU_TRY(Execute(
      plan, settings, parameters, [](const std::vector<std::string>&) {},
      [](const Row&) { return true; }, &profile));
  std::vector<ProfiledOperator> lines;
  for (PlanLine& line : ListPlan(*plan.root, plan.slots)) {
    ProfiledOperator& one = lines.emplace_back();
    one.depth = line.depth;
    one.text = std::move(line.text);
    if (!line.plan) continue;
    one.estimated = EstimatedRows(*line.plan);
    const OperatorWork* work = profile.Find(*line.plan);
    one.ran = work != nullptr;
    if (!work) continue;
    const OperatorWork own = profile.Own(*line.plan);
    one.rows = work->rows;
    one.hits = own.hits;
    one.nanoseconds = own.nanoseconds;
  }
  columns({"plan", "estimated", "rows", "hits", "milliseconds"});
  for (const ProfiledOperator& one : lines) {
    const auto number = [](bool there, std::uint64_t value) {
      return there ? graph::Value(static_cast<std::int64_t>(value)) : graph::Value();
    };
    const double micros = std::round(static_cast<double>(one.nanoseconds) / 1000);
    const Row values = {graph::Value(std::string(one.depth * 2, ' ') + one.text),
                        number(one.estimated >= 0, static_cast<std::uint64_t>(one.estimated)),
                        number(one.ran, one.rows), number(one.ran, one.hits),
                        one.ran ? graph::Value(micros / 1000) : graph::Value()};
    if (!row(values)) break;
  }
  if (out) *out = std::move(lines);
  return {};
}

Result<PlannedStatement> PlanText(const Query& query, std::string_view text,
                                  const RunSettings& settings, const Parameters& parameters) {
  TUPU_TRY(CheckParameters(parameters));
  TUPU_ASSIGN(BoundStatement bound, Bind(query, text, parameters, settings.procedures));
  return MakePlan(std::move(bound), settings.view, settings.options);
}

Status RunPlan(const PlannedStatement& plan, const RunSettings& settings,
               const Parameters& parameters, const ColumnsVisit& columns, const RowVisit& row,
               std::vector<ProfiledOperator>* profile = nullptr) {
  if (plan.explain) return Explain(plan, columns, row);
  if (plan.updating && !settings.transaction) {
    return Error(ErrorCode::kInvalidInput, "this statement writes; the store is open for reading");
  }
  if (plan.profile) return RunProfiled(plan, settings, parameters, columns, row, profile);
  return Execute(plan, settings, parameters, columns, row, nullptr);
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

// The state of Begin until something is written.
struct Session::Open {
  graph::View view;
  std::unique_ptr<graph::Transaction> transaction;
  std::chrono::steady_clock::time_point used = std::chrono::steady_clock::now();
};

Status Session::Begin() {
  if (!store_) {
    return Error(ErrorCode::kInvalidInput, "this session reads one state; it has no transactions");
  }
  if (open_) return Error(ErrorCode::kInvalidInput, "a transaction is open already");
  // A snapshot taken while somebody commits is of no state that can be told from others.
  constexpr int kTries = 1000;
  graph::View view = store_->Snapshot();
  for (int i = 0; i < kTries && view.shared() == nullptr; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    view = store_->Snapshot();
  }
  open_ = std::make_shared<Open>(Open{view, nullptr});
  view_ = std::move(view);
  return {};
}

Status Session::Commit() {
  if (!open_) return Error(ErrorCode::kInvalidInput, "no transaction is open");
  const std::shared_ptr<Open> open = std::move(open_);
  open_ = nullptr;
  if (open->transaction) TUPU_TRY(open->transaction->Commit());
  open->transaction.reset();
  view_ = store_->Snapshot();
  return {};
}

Status Session::Rollback() {
  if (!open_) return Error(ErrorCode::kInvalidInput, "no transaction is open");
  open_ = nullptr;
  view_ = store_->Snapshot();
  return {};
}

bool Session::Expire(std::chrono::milliseconds idle) {
  if (!open_ || std::chrono::steady_clock::now() - open_->used < idle) return false;
  return Rollback().ok();
}

Status Session::RunSchema(const SchemaCommand& command) {
  if (!store_) {
    return Error(ErrorCode::kInvalidInput, "this statement writes; the store is open for reading");
  }
  if (open_) {
    return Error(ErrorCode::kInvalidInput,
                 "indexes and constraints are made and dropped outside transactions");
  }
  bool done = false;
  if (command.create) {
    graph::IndexDefinition definition;
    definition.name = command.name.text;
    definition.unique = command.constraint;
    definition.of_edges = command.of_edges;
    definition.label = command.label.text;
    definition.property = command.property.text;
    TUPU_ASSIGN(done, store_->CreateIndex(std::move(definition), command.guarded));
  } else {
    TUPU_ASSIGN(done, store_->DropIndex(command.name.text, command.constraint, command.guarded));
  }
  view_ = store_->Snapshot();
  if (!done) return {};
  (command.create       ? command.constraint ? updates_.constraints_added : updates_.indexes_added
   : command.constraint ? updates_.constraints_removed
                        : updates_.indexes_removed) = 1;
  return {};
}

Status Session::Stream(std::string_view text, const Parameters& parameters,
                       const ColumnsVisit& columns, const RowVisit& row) {
  Status status = StreamOne(text, parameters, columns, row);
  if (open_) {
    open_->used = std::chrono::steady_clock::now();
    if (!status.ok()) TUPU_TRY(Rollback());
  }
  return status;
}

Status Session::StreamOne(std::string_view text, const Parameters& parameters,
                          const ColumnsVisit& columns, const RowVisit& row) {
  updates_ = {};
  profile_.clear();
  if (store_ && !open_) view_ = store_->Snapshot();
  // Parsing, binding and planning are left out for what ran before.
  const std::string key = PlanCache::Key(text, parameters);
  std::shared_ptr<const PlannedStatement> plan = plans_->Find(key, view_);
  std::unique_ptr<Query> query;
  if (!plan) {
    TUPU_ASSIGN(query, Parse(text));
    if (query->schema) {
      columns({});
      return RunSchema(*query->schema);
    }
  }
  const auto run = [&](const RunSettings& settings) -> Status {
    TUPU_TRY(CheckParameters(parameters));
    if (!plan) {
      TUPU_ASSIGN(PlannedStatement made, PlanText(*query, text, settings, parameters));
      plan = plans_->Keep(key, std::move(made), settings.view);
    }
    return RunPlan(*plan, settings, parameters, columns, row, &profile_);
  };
  const bool writes = plan ? plan->updating : IsUpdating(*query) && !query->explain;
  if (open_) {
    if (writes && !open_->transaction) {
      TUPU_ASSIGN(open_->transaction, store_->BeginFrom(open_->view));
      view_ = open_->transaction->view();
    }
    graph::Transaction* transaction = open_->transaction.get();
    const graph::UpdateCounts before = transaction ? transaction->counts() : graph::UpdateCounts();
    TUPU_TRY(run({view_, limits_, {}, transaction, procedures_}));
    if (transaction) updates_ = transaction->counts() - before;
    return {};
  }
  if (!store_ || !writes) return run({view_, limits_, {}, nullptr, procedures_});
  const std::uint64_t indexes = view_.index_version();
  TUPU_ASSIGN(const std::unique_ptr<graph::Transaction> transaction, store_->Begin());
  view_ = transaction->view();
  if (plan && (!plan->assumed_labels.empty() || view_.index_version() != indexes)) {
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
  return query.ok() && ((*query)->schema || (IsUpdating(**query) && !(*query)->explain));
}

const std::vector<std::string_view>& CypherKeywords() {
  static const std::vector<std::string_view> keywords = {
      "ALL",        "AND",      "AS",    "ASC",     "BY",       "CALL",   "CASE",
      "CONSTRAINT", "CONTAINS", "COUNT", "CREATE",  "DELETE",   "DESC",   "DETACH",
      "DISTINCT",   "DROP",     "ELSE",  "END",     "ENDS",     "EXISTS", "EXPLAIN",
      "FALSE",      "IN",       "INDEX", "INDEXES", "IS",       "LIMIT",  "MATCH",
      "MERGE",      "NOT",      "NULL",  "ON",      "OPTIONAL", "OR",     "ORDER",
      "REMOVE",     "RETURN",   "SET",   "SKIP",    "STARTS",   "THEN",   "TRUE",
      "UNION",      "UNWIND",   "WHEN",  "WHERE",   "WITH",     "XOR",    "YIELD"};
  return keywords;
}

const std::vector<std::string_view>& CypherFunctions() { return FunctionNames(); }

}  // namespace tupu::query
