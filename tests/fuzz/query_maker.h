// Writes statements of the language at random, mostly such as run without an error. See
// graph_case.h for what they keep to.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/fuzz/choices.h"
#include "tests/fuzz/graph_case.h"

namespace tupu::fuzz {

enum class VariableKind : std::uint8_t {
  kNode,
  kEdge,
  kEdges,  // of a walk
  kPath,
  kInt,
  kText,
  kAny,  // any value that can be ordered and told from others
  kList,
  kBag,  // a list whose elements have no order
};
struct Variable {
  std::string name;
  VariableKind kind;
};

// A literal of the kind that properties of elements have.
std::string LiteralOf(Choices& choices, std::string_view property);

class QueryMaker {
 public:
  explicit QueryMaker(Choices& choices) : choices_(choices) {}

  CaseStatement Reading();
  CaseStatement Writing();

 private:
  using Kind = VariableKind;
  using Scope = std::vector<Variable>;

  // Expressions; the depth bounds what is nested in them.
  std::string Bool(int depth);
  std::string PropertyTest();
  std::string Comparison(int depth);
  std::string ListTest(int depth);
  std::string Int(int depth);
  std::string Text(int depth);
  std::string Any(int depth);
  std::string List(int depth);
  std::string Literal();
  std::string Subquery(std::string_view keyword);
  std::string Property(Kind kind);  // of a variable of the kind, or null

  // Patterns; new variables join the scope, where `named`.
  std::string NodePattern(bool named);
  std::string EdgePattern(bool named);
  std::string PathPattern(bool named, std::uint32_t most_steps);
  std::string Labels();
  std::string Types();
  std::string TypesOfWalk();  // negations do not go with lengths
  std::string Inline(const std::string& variable);
  std::string Where();

  // Clauses, each with a blank before it.
  std::string Match();
  std::string ShortestPaths();
  std::string Unwind();
  std::string With();
  std::string Call();
  std::string ReadingClauses(std::uint32_t most);
  struct Projection {
    std::string items;
    std::vector<std::string> names;
    Scope scope;
    bool sortable = true;  // by all columns, to a full order
    bool aggregates = false;
  };
  Projection Project(std::size_t columns, bool for_return);
  void AddItem(Projection& out, bool aggregate, bool for_return);
  std::string Aggregate(Kind& kind);
  std::string OrderBy(const Projection& projection, bool& limited);
  // RETURN of so many columns.
  std::string Return(std::size_t columns, bool& ordered);

  std::string Create();
  std::string Merge();
  std::string Set();
  std::string Delete();
  std::string WriteInside();
  std::string WritingClause(bool first);
  std::string PassOn();  // WITH everything
  std::string Assignment(const std::string& target);

  bool Has(Kind kind) const;
  std::string Some(Kind kind);  // a variable in scope
  std::string Fresh(std::string_view stem) { return std::string(stem) + std::to_string(fresh_++); }
  bool MayMatch(std::uint32_t nodes);

  Choices& choices_;
  Scope scope_;
  std::uint32_t fresh_ = 0;
  std::uint32_t open_nodes_ = 0;  // brought so far: what the number of rows grows with
  std::uint32_t walks_ = 0;
  bool collects_ = false;
  bool in_where_ = false;  // the only place where patterns are values
  bool open_end_ = false;  // the statement may not end here
};

}  // namespace tupu::fuzz
