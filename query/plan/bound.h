// A query whose names mean something: every variable is a slot, every function is known.
//
// A slot is a numbered column that one place in the query fills. WITH gives slots new names and
// drops names, but never moves a value: a slot means the same from where it is filled to the end.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "graph/model/value.h"
#include "query/cypher/ast.h"
#include "query/plan/functions.h"
#include "query/plan/types.h"

namespace tupu::query {

using Slot = std::uint32_t;
inline constexpr Slot kNoSlot = static_cast<Slot>(-1);

// How a slot's column is kept: as numbers or as values.
enum class SlotKind : std::uint8_t { kNode, kEdge, kValue, kRow };  // kRow: a row's number

struct SlotInfo {
  std::string name;  // the variable, or what stands for one in plans: "#3"
  SlotKind kind = SlotKind::kValue;
};

struct BoundExpr;
using BoundExprPtr = std::unique_ptr<BoundExpr>;
struct Subquery;

enum class BoundKind : std::uint8_t {
  kLiteral,
  kParameter,  // name
  kSlot,       // slot of the row
  kLocal,      // a variable within the expression: `local` counts from outside in
  kProperty,   // children[0].name
  kIndex,      // as in the syntax tree
  kSlice,
  kHasLabels,  // children[0] has all of `names`
  kNot,
  kNegate,
  kPlusSign,
  kArithmetic,
  kLogic,
  kComparison,
  kIn,
  kStringTest,
  kIsNull,
  kIsNotNull,
  kList,
  kMap,
  kCase,
  kFunction,           // function(children…)
  kListComprehension,  // local; children as in the syntax tree
  kQuantifier,
  kReduce,        // local is the total, local + 1 the element
  kPath,          // a path of children in turn: nodes, edges, paths of variable length
  kExists,        // whether the subquery has a row
  kCollect,       // the list of the subquery's one column
  kCollectRows,   // a list of lists: the rows of the subquery
  kCountRows,     // how many rows the subquery has
  kMapProjection  // as in the syntax tree
};

struct BoundExpr {
  BoundKind kind = BoundKind::kLiteral;
  Operator op = Operator::kNone;
  Function function = Function::kCount;
  TypeSet types = kAnyType;
  TypeSet elements = kAnyType;  // of a list
  std::uint32_t pos = 0;        // for the caret of errors
  Slot slot = kNoSlot;
  std::uint32_t local = 0;
  std::string name;
  std::vector<std::string> names;
  std::vector<Operator> ops;
  graph::Value literal;
  std::vector<BoundExprPtr> children;
  std::shared_ptr<Subquery> subquery;

  BoundExpr();
  ~BoundExpr();
};

struct PatternNode {
  Slot slot = kNoSlot;
  bool bound = false;  // by an earlier clause
  std::vector<std::string> labels;
  std::vector<std::string> any_label;  // a condition says that it has one of these; or empty
};

struct PatternRel {
  Slot slot = kNoSlot;       // the edge, or the list of edges of a variable length
  Slot path_slot = kNoSlot;  // variable length: the path walked, from `from` to `to`
  bool bound = false;        // by an earlier clause; then of variable length never
  std::size_t from = 0;      // indexes of pattern nodes, left and right as written
  std::size_t to = 0;
  Arrow arrow = Arrow::kBoth;
  std::vector<std::string> types;  // sorted, each once; empty: any
  bool variable_length = false;
  std::uint32_t min = 1;
  std::uint32_t max = 0;  // 0 with unbounded
  bool unbounded = false;
  Shortest shortest = Shortest::kNo;  // then variable_length
  // Variable length: what every edge's properties have to equal.
  std::vector<std::pair<std::string, BoundExprPtr>> properties;
  std::uint32_t pos = 0;
};

struct Computed {
  BoundExprPtr expr;
  Slot slot = kNoSlot;
};

struct BoundMatch {
  bool optional = false;
  std::vector<PatternNode> nodes;
  std::vector<PatternRel> rels;
  std::vector<Computed> paths;          // named paths
  std::vector<BoundExprPtr> conjuncts;  // all that has to hold, labels aside
  std::vector<Slot> fresh;              // slots that this clause fills
};

struct BoundUnwind {
  BoundExprPtr list;
  Slot slot = kNoSlot;
  bool optional = false;  // a row with null where the list is empty
  bool writes = false;    // making the list changes the graph
};

struct Aggregate {
  Function function = Function::kCount;
  bool distinct = false;
  BoundExprPtr argument;  // null: count(*)
  BoundExprPtr second;    // the percentile
  Slot slot = kNoSlot;
  std::uint32_t pos = 0;
};

struct SortKey {
  Slot slot = kNoSlot;
  bool descending = false;
};

struct Output {
  std::string name;
  Slot slot = kNoSlot;
};

// Computed in this order: items; then keys and aggregates; then `after`; DISTINCT; `order_items`;
// sorting; SKIP; LIMIT; WHERE.
struct BoundProjection {
  std::vector<Computed> items;  // what has to be computed per row; group keys among them
  bool aggregates = false;
  std::vector<Slot> keys;
  std::vector<Aggregate> aggregate;
  std::vector<Computed> after;  // over keys and aggregates
  bool distinct = false;
  std::vector<Computed> order_items;
  std::vector<SortKey> order;
  BoundExprPtr skip;
  BoundExprPtr limit;
  std::vector<BoundExprPtr> where;
  std::vector<Output> outputs;
};

// A node or an edge to be created, or a named path of some that are there by then.
struct Created {
  enum class Kind : std::uint8_t { kNode, kEdge, kPath };
  Kind kind = Kind::kNode;
  Slot slot = kNoSlot;
  std::vector<std::string> labels;  // of a node
  std::string type;                 // of an edge
  Slot from = kNoSlot;
  Slot to = kNoSlot;
  BoundExprPtr expr;  // the properties, a map or null; the path
};

struct BoundCreate {
  std::vector<Created> elements;  // in the order in which they come to be
  std::vector<Slot> fresh;        // slots that this clause fills
};

struct BoundUpdate {
  UpdateKind kind = UpdateKind::kSetProperty;
  BoundExprPtr target;
  BoundExprPtr value;  // where the kind has one
  std::string name;    // of the property
  std::vector<std::string> labels;
};

struct BoundUpdates {
  std::vector<BoundUpdate> items;
};

// Both fill the same slots.
struct BoundMerge {
  BoundMatch match;
  BoundCreate create;
  std::vector<BoundUpdate> on_create;
  std::vector<BoundUpdate> on_match;
};

struct BoundDelete {
  bool detach = false;
  std::vector<BoundExprPtr> exprs;
};

struct Procedure;

struct BoundCall {
  const Procedure* procedure = nullptr;
  std::vector<BoundExprPtr> arguments;
  std::vector<std::pair<std::size_t, Slot>> yields;  // number of the output, where it goes
  std::vector<BoundExprPtr> where;
  bool optional = false;
};

using BoundClause = std::variant<BoundMatch, BoundUnwind, BoundProjection, BoundCreate,
                                 BoundUpdates, BoundMerge, BoundDelete, BoundCall>;

struct BoundPart {
  std::vector<BoundClause> clauses;
  std::vector<Slot> outputs;  // of the columns; empty in a subquery without RETURN
};

struct BoundQuery {
  std::vector<std::string> columns;
  std::vector<BoundPart> parts;
  bool union_all = false;
  std::vector<Slot> outputs;  // with several parts: the slots that all of them are brought to
};

// What a subquery takes from the row, or expression, around it.
struct Import {
  Slot slot = kNoSlot;  // where it stands within; for a slot of the row, the same without
  bool is_local = false;
  std::uint32_t local = 0;
};

struct Plan;
struct Subquery {
  BoundQuery query;
  std::vector<Import> imports;
  std::unique_ptr<Plan> plan;  // made by the planner

  Subquery();
  ~Subquery();
};

struct BoundStatement {
  bool explain = false;
  bool profile = false;
  bool updating = false;  // running it may change the graph
  bool returns = true;    // it has rows to show
  BoundQuery query;
  std::vector<SlotInfo> slots;
  std::uint32_t locals = 0;  // deepest nesting of variables within expressions
};

// The slots of the row that an expression reads, its subqueries' imports included; in no order,
// possibly repeated.
void CollectSlots(const BoundExpr& expr, std::vector<Slot>& out);
// Calls visit for every expression of the tree, the root first; subqueries are not entered.
template <class Visit>
void ForEachExpr(const BoundExpr& expr, const Visit& visit) {
  visit(expr);
  for (const BoundExprPtr& child : expr.children) {
    if (child) ForEachExpr(*child, visit);
  }
}

}  // namespace tupu::query
