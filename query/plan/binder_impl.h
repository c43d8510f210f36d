// The binder's inside, shared by its sources: clauses, patterns, projections, expressions.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "query/cypher/diagnostic.h"
#include "query/plan/binder.h"

namespace tupu::query {

// A variable that can be seen.
struct Symbol {
  Slot slot = kNoSlot;
  bool is_local = false;  // within an expression
  std::uint32_t local = 0;
  TypeSet types = kAnyType;
  TypeSet elements = kAnyType;
};

// Names, looked up from the innermost scope outwards.
struct Scope {
  const Scope* parent = nullptr;
  std::map<std::string, Symbol, std::less<>> names;
  Subquery* boundary = nullptr;  // names further out belong to the query around this subquery
};

// An expression that has a slot already: wherever the same is written again, the slot is meant.
struct Projected {
  const Expr* expr = nullptr;
  Symbol symbol;
};

class Binder {
 public:
  Binder(std::string_view text, const std::map<std::string, graph::Value>& parameters,
         const Procedures& procedures)
      : text_(text), parameters_(parameters), procedures_(procedures) {}

  Result<BoundStatement> Statement(const Query& query);

 private:
  // How the parts of an expression may be used.
  struct Context {
    bool predicate = false;  // a pattern may stand here, meaning that it exists
    std::string_view where;  // for "… cannot stand in WHERE"
    // Where aggregates go; null where none may stand.
    std::vector<Aggregate>* aggregates = nullptr;
    bool within_aggregate = false;
    // Beside an aggregate: only these may be read. Null: anything.
    const std::vector<Projected>* grouping = nullptr;
    // After DISTINCT or aggregation (ORDER BY, WHERE): what stands for an expression.
    const std::vector<Projected>* projected = nullptr;
    bool simple_only = false;  // of `projected`, only variables, properties and aggregates
  };
  class ContextGuard {
   public:
    ContextGuard(Context& context, Context inner) : context_(context), outer_(context) {
      context_ = inner;
    }
    ~ContextGuard() { context_ = outer_; }
    ContextGuard(const ContextGuard&) = delete;
    ContextGuard& operator=(const ContextGuard&) = delete;

   private:
    Context& context_;
    Context outer_;
  };
  class ScopeGuard {
   public:
    ScopeGuard(const Scope*& current, const Scope* inner) : current_(current), outer_(current) {
      current_ = inner;
    }
    ~ScopeGuard() { current_ = outer_; }
    ScopeGuard(const ScopeGuard&) = delete;
    ScopeGuard& operator=(const ScopeGuard&) = delete;

   private:
    const Scope*& current_;
    const Scope* outer_;
  };

  // Queries and clauses (binder.cpp).
  Result<BoundQuery> BindQuery(const Query& query, const Scope* outer, Subquery* boundary);
  Result<BoundPart> BindSingle(const SingleQuery& query, Scope& scope,
                               std::vector<std::string>& columns);
  Result<BoundUnwind> BindUnwind(const UnwindClause& clause, Scope& scope);
  Result<Slot> NewSlot(std::string name, SlotKind kind, std::uint32_t pos);

  // Patterns (binder_pattern.cpp).
  Result<BoundMatch> BindMatch(std::span<const PathPattern> paths, const Expr* where, bool optional,
                               Scope& scope, bool may_declare);
  struct PatternState;
  Status BindPath(const PathPattern& path, PatternState& state);
  Result<std::size_t> BindNode(const NodePattern& node, PatternState& state);
  Status BindRel(const RelPattern& rel, std::size_t from, std::size_t to, PatternState& state);
  Status BindPathVariable(const PathPattern& path, const std::vector<std::size_t>& nodes,
                          std::size_t first_rel, PatternState& state);
  Status BindProperties(const Expr& properties, Slot slot, TypeSet type,
                        std::vector<BoundExprPtr>& out);
  Status BindWhere(const Expr& where, std::vector<BoundExprPtr>& out);
  Status BindPatternTests(const NodePattern& pattern, PatternNode& node,
                          std::vector<BoundExprPtr>& out);
  Status BindPatternTests(const RelPattern& pattern, const PatternRel& rel,
                          std::vector<BoundExprPtr>& out);
  // Label expressions, WHERE within patterns, CALL { } (binder_extension.cpp).
  Result<BoundExprPtr> BindLabelTest(const std::vector<std::string>& names, const LabelOps& ops,
                                     std::uint32_t pos,
                                     const std::function<Result<BoundExprPtr>()>& base);
  Status BindUnitSubquery(BoundExprPtr subquery, std::uint32_t pos, BoundPart& part);
  Status BindSubqueryClause(const SubqueryClause& clause, std::uint32_t pos, Scope& scope,
                            BoundPart& part);
  Status ImportNames(const SubqueryClause& clause, Scope& visible);

  // Writing clauses (binder_write.cpp).
  Result<BoundCreate> BindCreate(const CreateClause& clause, Scope& scope);
  Status BindCreatedPath(const PathPattern& path, Scope& scope, BoundCreate& out);
  Result<Slot> BindCreatedNode(const NodePattern& node, bool alone, Scope& scope, BoundCreate& out);
  Result<BoundMerge> BindMerge(const MergeClause& clause, Scope& scope);
  Status CheckNewNode(const NodePattern& node, bool alone) const;
  Status CheckNewRel(const RelPattern& rel, bool directed) const;
  Result<BoundExprPtr> BindPropertyMap(const Expr* properties);
  static Created CreatedPath(const Name& name, const std::vector<Slot>& parts, Slot slot);
  Result<std::vector<BoundUpdate>> BindUpdates(const std::vector<UpdateItem>& items);
  Result<BoundDelete> BindDelete(const DeleteClause& clause);
  // CALL (binder_call.cpp).
  Result<BoundCall> BindCall(const CallClause& clause, bool standalone, Scope& scope,
                             std::vector<Output>& outputs);
  Status BindArguments(const CallClause& clause, const Procedure& procedure, BoundCall& out);

  // Projections (binder_projection.cpp).
  Result<BoundProjection> BindProjection(const ProjectionClause& clause, Scope& scope,
                                         std::vector<std::string>& columns);
  struct ProjectionState;
  Status BindItems(const ProjectionClause& clause, const Scope& scope, ProjectionState& state);
  Status BindPlainItem(const Expr& expr, const std::string& name, ProjectionState& state);
  Status BindAggregatingItem(const Expr& expr, const std::string& name, ProjectionState& state);
  Status BindOrder(const ProjectionClause& clause, ProjectionState& state);
  Result<BoundExprPtr> BindCount(const Expr& expr, std::string_view what);

  // Expressions (binder_expression.cpp).
  Result<BoundExprPtr> BindExpr(const Expr& expr);
  Result<BoundExprPtr> BindKind(const Expr& expr);
  Result<BoundExprPtr> BindVariable(const Expr& expr);
  Result<BoundExprPtr> BindFunction(const Expr& expr);
  Result<BoundExprPtr> BindAggregate(const Expr& expr, const FunctionDef* function);
  Result<BoundExprPtr> BindList(const Expr& expr);
  Result<BoundExprPtr> BindWithVariable(const Expr& expr);
  Result<BoundExprPtr> BindReduce(const Expr& expr);
  Result<BoundExprPtr> BindSubquery(const Expr& expr);
  Status BindChildren(const Expr& expr, BoundExpr& out);
  void InferTypes(const Expr& expr, BoundExpr& out);
  Status CheckOperands(const Expr& expr, const BoundExpr& out);
  Status CheckArithmetic(Operator op, const BoundExpr& left, const BoundExpr& right);
  Status Require(const BoundExpr& operand, TypeSet accepted, std::string_view what,
                 std::string_view name = detail::kInvalidArgumentType);
  Result<Symbol> Lookup(std::string_view name, std::uint32_t pos);
  const Symbol* Find(std::string_view name, std::vector<Subquery*>* crossed) const;
  static BoundExprPtr SlotExpr(const Symbol& symbol, std::uint32_t pos);

  std::string_view text_;
  const std::map<std::string, graph::Value>& parameters_;
  const Procedures& procedures_;
  BoundStatement statement_;
  const Scope* scope_ = nullptr;
  Context context_;
  std::uint32_t local_depth_ = 0;
};

// In MATCH and MERGE what has to be equal is said property by property.
Status RejectParameterMap(const Expr& properties);
// Whether an aggregate stands anywhere in the expression, subqueries aside.
bool ContainsAggregate(const Expr& expr);
bool IsAggregate(const Expr& expr);
// A variable, or a property of one.
bool IsSimple(const Expr& expr);
// Whether a variable of this name is read anywhere in the expression.
bool Mentions(const Expr& expr, std::string_view variable);

}  // namespace tupu::query
