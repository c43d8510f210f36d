// The syntax tree of a query: what was written, before anything is known about names.
//
// One struct stands for all expressions: a kind, its parts in `children`, and the few fields that
// some kinds need. That keeps walking, comparing and printing one loop each. Depth is limited by
// the parser, so that recursion over a tree is safe; long chains of AND, OR and XOR are flat.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "graph/base/span.h"
#include "graph/model/value.h"

namespace tupu::query {

struct Expr;
struct PathPattern;
struct Query;
using ExprPtr = std::unique_ptr<Expr>;

enum class ExprKind : std::uint8_t {
  kLiteral,               // literal
  kParameter,             // name
  kVariable,              // name
  kProperty,              // children[0].name
  kIndex,                 // children[0][children[1]]
  kSlice,                 // children[0][children[1]..children[2]]; either bound may be null
  kHasLabels,             // children[0]:names…, by `ops` as in LabelOps
  kNot,                   // NOT children[0]
  kNegate,                // -children[0]
  kPlusSign,              // +children[0]
  kArithmetic,            // children[0] op children[1]
  kLogic,                 // children joined by op: AND, OR or XOR
  kComparison,            // children[0] ops[0] children[1] ops[1] …
  kIn,                    // children[0] IN children[1]
  kStringTest,            // children[0] op children[1]: STARTS WITH, ENDS WITH, CONTAINS, =~
  kIsNull,                // children[0] IS NULL
  kIsNotNull,             // children[0] IS NOT NULL
  kList,                  // [children…]
  kMap,                   // {names[i]: children[i]}
  kCase,                  // children: operand or null; then WHEN, THEN pairs; then ELSE or null
  kFunction,              // name([DISTINCT] children…)
  kCountStar,             // count(*)
  kListComprehension,     // [name IN children[0] WHERE children[1] | children[2]]; both may be null
  kQuantifier,            // op(name IN children[0] WHERE children[1])
  kReduce,                // reduce(name = children[0], names[0] IN children[1] | children[2])
  kPatternPredicate,      // pattern
  kPatternComprehension,  // [pattern WHERE children[0] | children[1]]; WHERE may be null
  kExists,                // EXISTS { query }
  kCountRows,             // COUNT { query }
  kCollectRows,           // COLLECT { query }
  kMapProjection          // children[0]{names[i]: children[i + 1]}; ops[i] is * for .*
};

enum class Operator : std::uint8_t {
  kNone,
  kAnd,
  kOr,
  kXor,
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kModulo,
  kPower,
  kStartsWith,
  kEndsWith,
  kContains,
  kMatches,
  kAll,
  kAny,
  kNoneOf,
  kSingle,
  kNot  // of labels
};
std::string_view OperatorText(Operator op);  // as Cypher writes it

struct Expr {
  ExprKind kind = ExprKind::kLiteral;
  Operator op = Operator::kNone;
  bool distinct = false;
  std::uint16_t depth = 1;   // of this tree
  Span at;                   // all of it
  std::uint32_t anchor = 0;  // where a caret goes: the operator, the name
  std::size_t hash = 0;      // of the structure; the same for trees that Same() holds equal
  std::string name;
  std::vector<std::string> names;
  std::vector<Operator> ops;
  graph::Value literal;
  std::vector<ExprPtr> children;
  std::unique_ptr<PathPattern> pattern;
  std::unique_ptr<Query> query;

  Expr();
  ~Expr();
};

// Whether two expressions mean the same wherever they stand side by side: the same structure,
// spacing and the case of keywords and functions aside.
bool Same(const Expr& a, const Expr& b);

// A name with its place; empty where none was written.
struct Name {
  std::string text;
  Span at;
  bool empty() const { return text.empty(); }
};

// How labels go together, A&!B|C, in reverse Polish: kNone stands for the next label, kNot, kAnd
// and kOr for what is done with those before. Empty: what is plain, all labels of a node, any type
// of a relationship.
using LabelOps = std::vector<Operator>;

struct NodePattern {
  Span at;
  Name variable;
  std::vector<Name> labels;
  LabelOps label_ops;
  ExprPtr properties;  // a map, or null
  ExprPtr where;       // or null
};

enum class Arrow : std::uint8_t { kBoth, kRight, kLeft };

struct RelPattern {
  Span at;
  Name variable;
  std::vector<Name> types;  // empty: all
  LabelOps type_ops;
  ExprPtr properties;  // a map, or null
  ExprPtr where;       // or null
  Arrow arrow = Arrow::kBoth;
  bool variable_length = false;
  std::optional<std::int64_t> min, max;  // of a variable length, where written
};

enum class Shortest : std::uint8_t { kNo, kOne, kAll };

// (a)-[r]->(b)…: nodes.size() == rels.size() + 1.
struct PathPattern {
  Span at;
  Shortest shortest = Shortest::kNo;
  Name variable;
  std::vector<NodePattern> nodes;
  std::vector<RelPattern> rels;
};

struct MatchClause {
  bool optional = false;
  std::vector<PathPattern> paths;
  ExprPtr where;
};

struct UnwindClause {
  ExprPtr list;
  Name variable;
};

struct ProjectionItem {
  ExprPtr expr;
  Name alias;  // empty where none was written
  Span at;     // of the expression, brackets around it included: names the column without alias
};

struct SortItem {
  ExprPtr expr;
  bool descending = false;
};

// WITH and RETURN.
struct ProjectionClause {
  bool is_return = false;
  bool distinct = false;
  bool star = false;
  std::vector<ProjectionItem> items;
  std::vector<SortItem> order;
  ExprPtr skip;
  ExprPtr limit;
  ExprPtr where;  // WITH only
};

struct CreateClause {
  std::vector<PathPattern> paths;
};

// One thing that SET, REMOVE or the ON parts of MERGE do.
enum class UpdateKind : std::uint8_t {
  kSetProperty,     // target is a kProperty
  kReplace,         // target = value
  kAdd,             // target += value
  kAddLabels,       // target:labels…
  kRemoveProperty,  // target is a kProperty
  kRemoveLabels
};
struct UpdateItem {
  UpdateKind kind = UpdateKind::kSetProperty;
  ExprPtr target;
  ExprPtr value;  // where the kind has one
  std::vector<std::string> labels;
};

// SET and REMOVE.
struct UpdateClause {
  std::vector<UpdateItem> items;
};

struct MergeClause {
  PathPattern path;
  std::vector<UpdateItem> on_create;
  std::vector<UpdateItem> on_match;
};

struct DeleteClause {
  bool detach = false;
  std::vector<ExprPtr> exprs;
};

struct YieldItem {
  Name field;
  Name variable;  // the field's name where no other is written
};

// CALL (imports) { query }; a query of one part that begins with WITH and plain variables imports
// those. FOREACH (x IN list | clauses) is CALL (*) { UNWIND list AS x clauses } in a writing
// clause's place.
struct SubqueryClause {
  std::unique_ptr<Query> query;
  bool for_each = false;
  bool has_imports = false;  // brackets were written
  bool import_all = false;   // CALL (*) { }
  bool optional = false;
  std::vector<Name> imports;
};

// CALL name(arguments) YIELD items WHERE …
struct CallClause {
  Name name;
  bool has_arguments = false;  // brackets were written
  bool has_yield = false;
  bool yield_all = false;  // YIELD *
  bool optional = false;
  std::vector<ExprPtr> arguments;
  std::vector<YieldItem> yields;
  ExprPtr where;
};

struct Clause {
  Span at;
  std::variant<MatchClause, UnwindClause, ProjectionClause, CreateClause, UpdateClause, MergeClause,
               DeleteClause, CallClause, SubqueryClause>
      body;
};

// Whether running it may change the graph.
bool IsUpdating(const Clause& clause);

struct SingleQuery {
  Span at;
  std::vector<Clause> clauses;
};

// CREATE and DROP of an index or a constraint of uniqueness.
struct SchemaCommand {
  bool create = false;
  bool constraint = false;
  bool of_edges = false;
  bool guarded = false;  // IF NOT EXISTS, IF EXISTS
  Name name;             // empty where none was written
  Name label;            // or type; for what creates, as is the property
  Name property;
};

// Single queries joined by UNION; or one command, and no parts.
struct Query {
  bool explain = false;
  bool profile = false;
  std::unique_ptr<SchemaCommand> schema;
  std::vector<SingleQuery> parts;
  bool union_all = false;
};

// Whether any clause may change the graph.
bool IsUpdating(const Query& query);

}  // namespace tupu::query
