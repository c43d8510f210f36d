// The expressions of random statements.
#include "tests/fuzz/query_maker.h"

namespace tupu::fuzz {
namespace {

constexpr int kBodyDepth = 1;  // of expressions within subqueries and lists

std::string Digit(Choices& choices) { return std::to_string(choices.Below(6)); }

std::string Operator(Choices& choices) {
  return choices.Pick({" = ", " <> ", " < ", " <= ", " > ", " >= "});
}

}  // namespace

// Stored numbers that are whole are integers: which of 1 and 1.0 stands for both is left open.
std::string LiteralOf(Choices& choices, std::string_view property) {
  if (property == "x") {
    return choices.Pick({"1", "2", "3", "1.5", "-2.5", "'a'", "null", "true", "0", "[1, 2]",
                         "date('2026-03-01')", "9007199254740993"});
  }
  if (property == "name" || property == "id") {
    return choices.Pick({"'甲'", "'乙'", "'商务部'", "1", "2.5", "'1'", "null", "'A'", "'a'"});
  }
  if (property == "s") return choices.Pick({"'a'", "'ab'", "''", "'b'", "'商务部'"});
  if (property == "d") {
    return choices.Pick({"date('2026-03-01')", "date('2025-12-31')", "duration('P1D')",
                         "localdatetime('2026-03-01T08:00')", "datetime('2026-03-01T08:00Z')",
                         "localtime('08:00')", "datetime('2026-03-01T16:00+08:00')"});
  }
  if (property == "l") return choices.Pick({"[1, 2]", "[]", "['a']", "[2, 1, 1]", "[1.5]"});
  return choices.Pick({"true", "false"});
}

bool QueryMaker::Has(Kind kind) const {
  for (const Variable& variable : scope_) {
    if (variable.kind == kind) return true;
  }
  return false;
}

std::string QueryMaker::Some(Kind kind) {
  std::vector<std::string> names;
  for (const Variable& variable : scope_) {
    if (variable.kind == kind) names.push_back(variable.name);
  }
  if (names.empty()) return "null";
  return names[choices_.Below(static_cast<std::uint32_t>(names.size()))];
}

std::string QueryMaker::Property(Kind kind) {
  const bool edge = !Has(Kind::kNode) || (Has(Kind::kEdge) && choices_.OneIn(3));
  const std::string element = Some(edge ? Kind::kEdge : Kind::kNode);
  if (element == "null") return element;
  switch (kind) {
    case Kind::kInt:
      return element + ".k";
    case Kind::kText:
      return element + ".s";
    case Kind::kList:
      return element + ".l";
    default:
      return element + choices_.Pick({".x", ".name", ".d", ".id", ".k", ".s", ".b", ".amount",
                                      ".date", ".l", ".status"});
  }
}

std::string QueryMaker::Literal() {
  static constexpr const char* kProperties[] = {"x", "x", "s", "name", "d", "l", "b"};
  const std::uint32_t place = choices_.Below(9);
  if (place < std::size(kProperties)) return LiteralOf(choices_, kProperties[place]);
  return choices_.Pick({"1.0", "0.0 / 0.0", "-3"});
}

std::string QueryMaker::Int(int depth) {
  switch (choices_.Below(depth > 0 ? 11 : 3)) {
    case 0:
      return Digit(choices_);
    case 1:
      return Has(Kind::kInt) ? Some(Kind::kInt) : Property(Kind::kInt);
    case 2:
      return Property(Kind::kInt);
    case 3:
      return "(" + Int(depth - 1) + choices_.Pick({" + ", " - ", " * "}) + Int(depth - 1) + ")";
    case 4:
      return "size(" + (Has(Kind::kBag) ? Some(Kind::kBag) : List(depth - 1)) + ")";
    case 5:
      return Has(Kind::kEdges) ? "size(" + Some(Kind::kEdges) + ")" : "abs(-2)";
    case 6:
      return Has(Kind::kPath) ? "length(" + Some(Kind::kPath) + ")" : "toInteger('7')";
    case 7:
      return "CASE WHEN " + Bool(depth - 1) + " THEN " + Int(depth - 1) + " ELSE " +
             Digit(choices_) + " END";
    case 8:
      return "coalesce(" + Int(depth - 1) + ", " + Digit(choices_) + ")";
    case 9:
      return Subquery("COUNT");
    default:
      return "reduce(z = 0, y IN " + choices_.Pick({"[1, 2, 3]", "range(0, 4)", "[]"}) +
             " | z + y)";
  }
}

std::string QueryMaker::Text(int depth) {
  switch (choices_.Below(depth > 0 ? 7 : 3)) {
    case 0:
      return LiteralOf(choices_, "s");
    case 1:
      return Has(Kind::kText) ? Some(Kind::kText) : Property(Kind::kText);
    case 2:
      return Property(Kind::kText);
    case 3:
      return "toUpper(" + Text(depth - 1) + ")";
    case 4:
      return "(" + Text(depth - 1) + " + " + Text(depth - 1) + ")";
    case 5:
      return Has(Kind::kEdge) ? "type(" + Some(Kind::kEdge) + ")"
                              : "toString(" + Digit(choices_) + ")";
    default:
      return "substring(" + Text(depth - 1) + ", 0, 1)";
  }
}

std::string QueryMaker::Any(int depth) {
  switch (choices_.Below(7)) {
    case 0:
    case 1:
      return Property(Kind::kAny);
    case 2:
      return Int(depth);
    case 3:
      return Text(depth);
    case 4:
      return Has(Kind::kAny) ? Some(Kind::kAny) : Property(Kind::kAny);
    case 5:
      return Literal();
    default:
      return depth > 0 ? "coalesce(" + Any(depth - 1) + ", " + Literal() + ")" : Literal();
  }
}

std::string QueryMaker::List(int depth) {
  switch (choices_.Below(7)) {
    case 0:
      return choices_.Pick({"[1, 2]", "['a', null, 1]", "[]", "[3, 1.0, 'ab']", "[[1], null]"});
    case 1:
      return Has(Kind::kList) ? Some(Kind::kList) : "[0, 1]";
    case 2:
      return "range(0, " + Digit(choices_) + ")";
    case 3:
      return Has(Kind::kNode) ? "labels(" + Some(Kind::kNode) + ")" : "[1, 1]";
    case 4:
      return Property(Kind::kList);
    case 5:
      return "[" + Any(depth - 1) + ", " + Any(depth - 1) + "]";
    default:
      return depth > 0 ? "[y IN " + List(depth - 1) + " WHERE y" + Operator(choices_) + Literal() +
                             " | [y, " + Int(0) + "]]"
                       : "['ab', 2]";
  }
}

std::string QueryMaker::Subquery(std::string_view keyword) {
  const Scope outer = scope_;
  const std::uint32_t open = open_nodes_;
  std::string body;
  if (choices_.OneIn(3)) {
    body = "MATCH " + PathPattern(true, 2);
    if (choices_.OneIn(2)) body += " WHERE " + Bool(kBodyDepth);
    body += " RETURN " + choices_.Pick({"1 AS one", "DISTINCT "});
    if (body.ends_with("DISTINCT ")) body += Any(0) + " AS one";
  } else {
    body = PathPattern(true, 2);
    if (choices_.OneIn(2)) body += " WHERE " + Bool(kBodyDepth);
  }
  scope_ = outer;
  open_nodes_ = open;
  return std::string(keyword) + " { " + body + " }";
}

std::string QueryMaker::PropertyTest() {
  const std::string element =
      Some(Has(Kind::kEdge) && choices_.OneIn(3) ? Kind::kEdge : Kind::kNode);
  if (element == "null") return "true";
  if (choices_.OneIn(3)) return element + ".k" + Operator(choices_) + Digit(choices_);
  const std::string name = choices_.Pick({"x", "s", "name", "d", "l", "b", "id"});
  const std::string read = element + "." + name;
  if (choices_.OneIn(4)) {
    return read + " IN [" + LiteralOf(choices_, name) + ", " + LiteralOf(choices_, name) + "]";
  }
  return read + Operator(choices_) + LiteralOf(choices_, name);
}

std::string QueryMaker::Comparison(int depth) {
  if (choices_.OneIn(6)) {
    return Literal() + choices_.Pick({" < ", " <= "}) + Any(depth) +
           choices_.Pick({" < ", " <= "}) + Literal();
  }
  std::string left = Any(depth);
  std::string right = choices_.OneIn(2) ? Any(depth) : Literal();
  if (choices_.OneIn(4)) std::swap(left, right);
  return left + Operator(choices_) + right;
}

std::string QueryMaker::ListTest(int depth) {
  if (Has(Kind::kEdges) && choices_.OneIn(3)) {
    return choices_.Pick({"all", "any", "none", "single"}) + "(y IN " + Some(Kind::kEdges) +
           " WHERE y" + choices_.Pick({".x", ".k", ".s", ".amount"}) + Operator(choices_) +
           Literal() + ")";
  }
  if (Has(Kind::kPath) && choices_.OneIn(3)) {
    return choices_.Pick({"all", "any", "none", "single"}) + "(y IN nodes(" + Some(Kind::kPath) +
           ") WHERE y" + choices_.Pick({".x", ".k", ".s", ":A", ":B|C"}) + " IS NOT NULL)";
  }
  const std::string list = Has(Kind::kBag) && choices_.OneIn(3) ? Some(Kind::kBag) : List(depth);
  return choices_.Pick({"all", "any", "none", "single"}) + "(y IN " + list + " WHERE y" +
         Operator(choices_) + Any(0) + ")";
}

std::string QueryMaker::Bool(int depth) {
  if (choices_.OneIn(3)) return PropertyTest();
  const std::uint32_t plain = 9, all = 14;
  switch (choices_.Below(depth > 0 ? all : plain)) {
    case 0:
    case 1:
      return PropertyTest();
    case 2:
      return Comparison(depth - 1);
    case 3:
      return Property(Kind::kAny) + choices_.Pick({" IS NULL", " IS NOT NULL"});
    case 4:
      return Any(0) + " IN " + (Has(Kind::kBag) && choices_.OneIn(3) ? Some(Kind::kBag) : List(0));
    case 5:
      return Has(Kind::kNode) ? "(" + Some(Kind::kNode) + Labels() + ")" : std::string("true");
    case 6:
      return Any(0) + choices_.Pick({" STARTS WITH ", " ENDS WITH ", " CONTAINS "}) +
             choices_.Pick({"'a'", "'商'", "''", "null"});
    case 7:
      return Property(Kind::kAny) + Operator(choices_) + Literal();
    case 8: {
      const Kind kind = Has(Kind::kEdge) && choices_.OneIn(2) ? Kind::kEdge : Kind::kNode;
      return Some(kind) + choices_.Pick({" = ", " <> "}) + Some(kind);
    }
    case 9:
      return "(" + Bool(depth - 1) + choices_.Pick({" AND ", " OR ", " XOR "}) + Bool(depth - 1) +
             ")";
    case 10:
      return "NOT (" + Bool(depth - 1) + ")";
    case 11:
      return Subquery("EXISTS");
    case 12:
      return ListTest(depth - 1);
    default:
      if (!in_where_ || !Has(Kind::kNode)) return "false";
      return "(" + Some(Kind::kNode) + ")" + EdgePattern(false) + NodePattern(false);
  }
}

}  // namespace tupu::fuzz
