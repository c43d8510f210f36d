// The patterns and clauses of random statements.
#include "tests/fuzz/query_maker.h"

#include <algorithm>

namespace tupu::fuzz {
namespace {

constexpr std::uint32_t kMostOpenNodes = 6;
constexpr std::uint32_t kMostWalks = 2;
constexpr int kDepth = 2;

}  // namespace

bool QueryMaker::MayMatch(std::uint32_t nodes) { return open_nodes_ + nodes <= kMostOpenNodes; }

// ---- patterns ---------------------------------------------------------------------------------

std::string QueryMaker::Labels() {
  return choices_.Pick({":A", ":B", ":A|B", ":!A", ":Organisation", ":Company", ":A", ":B", ":A&B",
                        ":A:B", ":!(A|B)", ":Policy|C", ":不在"});
}

std::string QueryMaker::Types() {
  if (choices_.OneIn(8)) return choices_.Pick({":!T", ":!(T|S)"});
  return choices_.OneIn(2) ? TypesOfWalk() : "";
}

std::string QueryMaker::TypesOfWalk() {
  return choices_.Pick(
      {"", "", ":T", ":S", ":T|S", ":INVESTS", ":T", ":ISSUED|INVESTS", ":T|不在"});
}

std::string QueryMaker::Inline(const std::string& variable) {
  const std::string name = choices_.Pick({"x", "s", "name"});
  const std::string value = choices_.OneIn(4) ? Any(0) : LiteralOf(choices_, name);
  if (choices_.OneIn(2) && !variable.empty()) {
    return " WHERE " + variable + "." + name + choices_.Pick({" = ", " > ", " <> "}) + value;
  }
  return " {" + name + ": " + value + "}";
}

std::string QueryMaker::NodePattern(bool named) {
  if (Has(Kind::kNode) && choices_.OneIn(5)) return "(" + Some(Kind::kNode) + ")";
  ++open_nodes_;
  std::string name;
  if (named && !choices_.OneIn(4)) name = Fresh("n");
  std::string out = "(" + name;
  if (choices_.OneIn(4)) out += Labels();
  if (choices_.OneIn(16)) out += Inline(name);
  if (!name.empty()) scope_.push_back({name, Kind::kNode});
  return out + ")";
}

std::string QueryMaker::EdgePattern(bool named) {
  const bool left = choices_.OneIn(3);
  const bool right = !left && !choices_.OneIn(3);
  const bool walk = walks_ < kMostWalks && choices_.OneIn(6);
  std::string name;
  if (named && choices_.OneIn(2)) name = Fresh("r");
  std::string out = (left ? "<-[" : "-[") + name;
  std::string behind;
  if (walk) {
    ++walks_;
    const std::string length =
        choices_.Pick({"*1..2", "*0..1", "*2", "*..3", "{1,2}", "{0,2}", "*0..2"});
    out += TypesOfWalk();
    (length[0] == '{' ? behind : out) += length;
  } else {
    out += Types();
    if (choices_.OneIn(16)) out += Inline(name);
  }
  if (!name.empty()) scope_.push_back({name, walk ? Kind::kEdges : Kind::kEdge});
  return out + (right ? "]->" : "]-") + behind;
}

std::string QueryMaker::PathPattern(bool named, std::uint32_t most_steps) {
  std::string out = NodePattern(named);
  for (std::uint32_t i = choices_.Below(most_steps + 1); i > 0 && MayMatch(1); --i) {
    out += EdgePattern(named);
    out += NodePattern(named);
  }
  return out;
}

std::string QueryMaker::Where() {
  if (!choices_.OneIn(3)) return {};
  in_where_ = true;
  const std::string out = " WHERE " + Bool(kDepth);
  in_where_ = false;
  return out;
}

// ---- clauses that read ------------------------------------------------------------------------

std::string QueryMaker::Match() {
  std::string out = choices_.OneIn(4) ? " OPTIONAL MATCH " : " MATCH ";
  const std::string path = choices_.OneIn(4) ? Fresh("p") : "";
  if (!path.empty()) out += path + " = ";
  out += PathPattern(true, 2);
  if (!path.empty()) scope_.push_back({path, Kind::kPath});
  if (choices_.OneIn(3) && MayMatch(2)) out += ", " + PathPattern(true, 2);
  return out + Where();
}

std::string QueryMaker::ShortestPaths() {
  const std::string from = Some(Kind::kNode), to = Some(Kind::kNode);
  const std::string path = Fresh("p");
  const bool all = choices_.OneIn(2);
  const std::string arrow = choices_.Pick({"]->", "]-"});
  const std::string out = " MATCH " + path + " = " + (all ? "allShortestPaths" : "shortestPath") +
                          "((" + from + ")-[" + TypesOfWalk() +
                          choices_.Pick({"*", "*..3", "*1..2"}) + arrow + "(" + to + ")) WHERE " +
                          from + " <> " + to;
  if (all) {
    scope_.push_back({path, Kind::kPath});
    return out;
  }
  // Which of several shortest ones comes is open; all that stays in scope is its length.
  std::string keep;
  for (const Variable& variable : scope_) keep += variable.name + ", ";
  const std::string length = Fresh("i");
  scope_.push_back({length, Kind::kInt});
  return out + " WITH " + keep + "length(" + path + ") AS " + length;
}

std::string QueryMaker::Unwind() {
  const bool bag = Has(Kind::kBag) && choices_.OneIn(2);
  const std::string list = bag ? Some(Kind::kBag) : List(1);
  const std::string name = Fresh("v");
  scope_.push_back({name, Kind::kAny});
  return " UNWIND " + list + " AS " + name;
}

std::string QueryMaker::Aggregate(Kind& kind) {
  kind = Kind::kInt;
  const std::string distinct = choices_.OneIn(3) ? "DISTINCT " : "";
  const auto element = [&]() -> std::string {
    for (const Kind each : {Kind::kNode, Kind::kEdge, Kind::kPath}) {
      if (Has(each) && choices_.OneIn(2)) return Some(each);
    }
    return Any(1);
  };
  switch (choices_.Below(7)) {
    case 0:
      return "count(*)";
    case 1:
    case 2:
      return "count(" + distinct + element() + ")";
    case 3:
      return "sum(" + distinct + Int(1) + ")";
    case 4:
      kind = Kind::kAny;
      return choices_.Pick({"min(", "max("}) + Any(1) + ")";
    case 5:
      kind = Kind::kBag;
      collects_ = true;
      return "collect(" + distinct + Any(1) + ")";
    default:
      kind = Kind::kAny;
      return "avg(" + Int(1) + ")";
  }
}

void QueryMaker::AddItem(Projection& out, bool aggregate, bool for_return) {
  Kind kind = Kind::kAny;
  std::string text;
  if (aggregate) {
    text = Aggregate(kind);
    out.aggregates = true;
  } else {
    switch (choices_.Below(for_return ? 7 : 5)) {
      case 0:
        kind = Has(Kind::kNode) ? Kind::kNode : Kind::kInt;
        text = Has(Kind::kNode) ? Some(Kind::kNode) : Int(kDepth);
        break;
      case 1:
        kind = Kind::kInt;
        text = Int(kDepth);
        break;
      case 2:
        kind = Kind::kText;
        text = Text(kDepth);
        break;
      case 3:
        kind = Has(Kind::kEdge) ? Kind::kEdge : Kind::kAny;
        text = Has(Kind::kEdge) ? Some(Kind::kEdge) : Any(kDepth);
        break;
      case 5:
        text = Bool(kDepth);
        break;
      case 6:
        kind = Has(Kind::kPath) ? Kind::kPath : Kind::kList;
        text = Has(Kind::kPath) ? Some(Kind::kPath) : List(1);
        break;
      default:
        text = Any(kDepth);
        break;
    }
  }
  // Columns of a result go by their number: those of a union have to be the same.
  const std::string name = for_return ? "o" + std::to_string(out.names.size()) : Fresh("c");
  out.items += (out.items.empty() ? "" : ", ") + text + " AS " + name;
  out.names.push_back(name);
  out.scope.push_back({name, kind});
  out.sortable = out.sortable && (kind == Kind::kInt || kind == Kind::kText || kind == Kind::kAny);
}

QueryMaker::Projection QueryMaker::Project(std::size_t columns, bool for_return) {
  Projection out;
  const bool aggregates = choices_.OneIn(3);
  for (std::size_t i = 0; i < columns; ++i) {
    AddItem(out, aggregates && (i + 1 == columns || choices_.OneIn(2)), for_return);
  }
  return out;
}

std::string QueryMaker::OrderBy(const Projection& projection, bool& limited) {
  std::string out;
  for (const std::string& name : projection.names) {
    out += (out.empty() ? " ORDER BY " : ", ") + name + choices_.Pick({"", " DESC"});
  }
  if (choices_.OneIn(4)) out += " SKIP " + std::to_string(choices_.Below(3));
  if (choices_.OneIn(2)) out += " LIMIT " + std::to_string(choices_.Below(5));
  limited = true;
  return out;
}

std::string QueryMaker::With() {
  const bool distinct = choices_.OneIn(4);
  Projection projection = Project(1 + choices_.Below(3), false);
  std::string out = std::string(" WITH ") + (distinct ? "DISTINCT " : "") + projection.items;
  const bool bags = std::any_of(projection.scope.begin(), projection.scope.end(),
                                [](const Variable& v) { return v.kind == Kind::kBag; });
  // Bags that differ in the order of their elements alone must not be told apart.
  if (distinct && bags) out = " WITH " + projection.items;
  bool limited = false;
  if (projection.sortable && choices_.OneIn(3)) out += OrderBy(projection, limited);
  scope_ = std::move(projection.scope);
  return out + Where();
}

std::string QueryMaker::Call() {
  const Scope outer = scope_;
  std::string imports;
  scope_.clear();
  for (const Variable& variable : outer) {
    if (!choices_.OneIn(2)) continue;
    imports += (imports.empty() ? "" : ", ") + variable.name;
    scope_.push_back(variable);
  }
  std::string out = choices_.OneIn(4) ? " OPTIONAL CALL (" : " CALL (";
  out += imports + ") {" + (choices_.OneIn(2) ? Match() : Unwind());
  if (choices_.OneIn(3)) out += With();
  Projection projection = Project(1, false);
  out += " RETURN " + projection.items + " }";
  scope_ = outer;
  scope_.push_back(projection.scope[0]);
  return out;
}

std::string QueryMaker::ReadingClauses(std::uint32_t most) {
  std::string out;
  for (std::uint32_t i = 1 + choices_.Below(most); i > 0; --i) {
    const std::uint32_t which = choices_.Below(10);
    if (which == 6) {
      out += Unwind();
    } else if (which == 7 && !scope_.empty()) {
      out += With();
    } else if (which == 8 && MayMatch(2)) {
      out += Call();
    } else if (which == 9 && Has(Kind::kNode)) {
      out += ShortestPaths();
    } else if (MayMatch(2)) {
      out += Match();
    }
  }
  return out;
}

std::string QueryMaker::Return(std::size_t columns, bool& ordered) {
  const Projection projection = Project(columns, true);
  const bool bags = std::any_of(projection.scope.begin(), projection.scope.end(),
                                [](const Variable& v) { return v.kind == Kind::kBag; });
  std::string out = " RETURN ";
  if (!bags && choices_.OneIn(4)) out += "DISTINCT ";
  out += projection.items;
  if (projection.sortable && choices_.OneIn(2)) out += OrderBy(projection, ordered);
  return out;
}

CaseStatement QueryMaker::Reading() {
  CaseStatement out;
  out.text = ReadingClauses(3);
  const bool united = choices_.OneIn(8);
  const std::size_t columns = 1 + choices_.Below(3);
  out.text += Return(columns, out.ordered);
  if (united) {
    scope_.clear();
    const std::uint32_t open = open_nodes_;
    open_nodes_ = 0;
    std::string other = ReadingClauses(2);
    other += Return(columns, out.ordered);
    out.text += (choices_.OneIn(2) && !collects_ ? " UNION" : " UNION ALL") + other;
    out.ordered = false;
    open_nodes_ += open;
  }
  out.text.erase(0, 1);
  out.collects = collects_;
  return out;
}

// ---- clauses that write -----------------------------------------------------------------------

std::string QueryMaker::Create() {
  const auto node = [&]() -> std::string {
    if (Has(Kind::kNode) && choices_.OneIn(2)) return "(" + Some(Kind::kNode) + ")";
    return "(" + choices_.Pick({"", ":A", ":B", ":A:B"}) + " {x: " + LiteralOf(choices_, "x") +
           ", s: " + LiteralOf(choices_, "s") + "})";
  };
  std::string out = " CREATE " + node();
  if (out.ends_with("})") && !choices_.OneIn(2)) return out;
  out += choices_.Pick({"-[:T {x: 1}]->", "<-[:S]-", "-[:U {k: 7}]->"});
  return out + node();
}

std::string QueryMaker::Merge() {
  if (Has(Kind::kNode) && choices_.OneIn(2)) {
    const std::string from = Some(Kind::kNode), to = Some(Kind::kNode);
    return " MERGE (" + from + ")-[:" + choices_.Pick({"T", "S {x: 1}", "U"}) + "]->(" + to + ")";
  }
  const std::string name = Fresh("n");
  const std::string key = choices_.Pick({"x: 1", "s: 'a'", "k: 3", "name: '甲'", "x: 1, s: 'b'"});
  std::string out = " MERGE (" + name + choices_.Pick({":A", "", ":B", ":D"}) + " {" + key + "})";
  if (choices_.OneIn(2)) out += " ON CREATE SET " + name + ".c = 1";
  if (choices_.OneIn(2)) out += " ON MATCH SET " + name + ".c = coalesce(" + name + ".c, 0) + 1";
  scope_.push_back({name, Kind::kNode});
  return out;
}

std::string QueryMaker::Assignment(const std::string& target) {
  switch (choices_.Below(5)) {
    case 0:
      return target + ".x = " + LiteralOf(choices_, "x");
    case 1:
      return target + ".c = coalesce(" + target + ".c, 0) + 1";
    case 2:
      return target + ".s = " + LiteralOf(choices_, "s");
    case 3:
      return target + ".x = " + target + ".k";
    default:
      return target + " += {d: " + LiteralOf(choices_, "d") + ", l: " + LiteralOf(choices_, "l") +
             "}";
  }
}

// One variable only: two may stand for the same element in different rows.
std::string QueryMaker::Set() {
  const bool edge = Has(Kind::kEdge) && choices_.OneIn(3);
  const std::string target = Some(edge ? Kind::kEdge : Kind::kNode);
  switch (choices_.Below(edge ? 4 : 7)) {
    case 3:
      return " REMOVE " + target + choices_.Pick({".x", ".s", ".d"});
    case 4:
      return " SET " + target + choices_.Pick({":A", ":B", ":A:D"});
    case 5:
      return " REMOVE " + target + choices_.Pick({":A", ":B"});
    case 6:
      return " SET " + target + " = {k: " + std::to_string(20 + choices_.Below(4)) + ", s: 'r'}";
    default:
      break;
  }
  std::string out = " SET " + Assignment(target);
  if (choices_.OneIn(3)) out += ", " + Assignment(target);
  return out;
}

// Nothing that may be deleted is named behind it.
std::string QueryMaker::Delete() {
  const bool edge = Has(Kind::kEdge) && choices_.OneIn(2);
  const std::string what = Some(edge ? Kind::kEdge : Kind::kNode);
  const std::string count = Fresh("i");
  scope_ = {{count, Kind::kInt}};
  open_end_ = true;
  return (edge ? " DELETE " : choices_.Pick({" DETACH DELETE ", " DELETE "})) + what +
         " WITH count(*) AS " + count;
}

std::string QueryMaker::WriteInside() {
  const Scope outer = scope_;
  const bool node = Has(Kind::kNode);
  const std::string import = node ? Some(Kind::kNode) : "";
  scope_.clear();
  if (node) scope_.push_back({import, Kind::kNode});
  open_end_ = false;
  std::string out = " CALL (" + import + ") {";
  if (choices_.OneIn(2)) out += Unwind();
  out += choices_.OneIn(2) && node ? Set() : Create();
  if (choices_.OneIn(2)) {
    const std::string count = Fresh("i");
    out += " RETURN count(*) AS " + count;
    scope_ = outer;
    scope_.push_back({count, Kind::kInt});
    open_end_ = true;
  } else {
    scope_ = outer;
  }
  return out + " }";
}

std::string QueryMaker::PassOn() {
  std::string keep;
  for (const Variable& variable : scope_) keep += (keep.empty() ? "" : ", ") + variable.name;
  if (!keep.empty()) return " WITH " + keep;
  const std::string count = Fresh("i");
  scope_ = {{count, Kind::kInt}};
  return " WITH count(*) AS " + count;
}

std::string QueryMaker::WritingClause(bool first) {
  const std::uint32_t which = choices_.Below(7);
  open_end_ = false;
  if (which == 1) return Merge();
  if (which >= 2 && which <= 3 && Has(Kind::kNode)) return Set();
  if (which == 4 && Has(Kind::kNode)) return Delete();
  if (which == 5) {
    const std::string passed = first ? "" : PassOn();
    return passed + WriteInside();
  }
  return Create();
}

CaseStatement QueryMaker::Writing() {
  CaseStatement out;
  if (!choices_.OneIn(5)) out.text = ReadingClauses(2);
  const std::uint32_t clauses = 1 + choices_.Below(2);
  for (std::uint32_t i = 0; i < clauses; ++i) out.text += WritingClause(i == 0);
  const bool reads_on = choices_.OneIn(3);
  if (reads_on) {
    out.text += PassOn();
    if (MayMatch(2)) out.text += Match();
  }
  if (reads_on || open_end_ || choices_.OneIn(2)) {
    out.text += Return(1 + choices_.Below(2), out.ordered);
  }
  out.text.erase(0, 1);
  out.collects = collects_;
  return out;
}

}  // namespace tupu::fuzz
