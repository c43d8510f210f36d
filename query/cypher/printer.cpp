#include "query/cypher/printer.h"

#include <algorithm>
#include <cmath>

namespace tupu::query {
namespace {

// How tightly the outermost sign of an expression binds, in the parser's order.
enum Power {
  kOrPower,
  kXorPower,
  kAndPower,
  kNotPower,
  kComparePower,
  kPredicatePower,
  kAddPower,
  kMultiplyPower,
  kPowerPower,
  kSignPower,
  kPostfixPower,
  kAtomPower
};

Power PowerOf(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::kLogic:
      return expr.op == Operator::kOr    ? kOrPower
             : expr.op == Operator::kXor ? kXorPower
                                         : kAndPower;
    case ExprKind::kNot:
      return kNotPower;
    case ExprKind::kComparison:
      return kComparePower;
    case ExprKind::kIn:
    case ExprKind::kStringTest:
    case ExprKind::kIsNull:
    case ExprKind::kIsNotNull:
      return kPredicatePower;
    case ExprKind::kArithmetic:
      return expr.op == Operator::kAdd || expr.op == Operator::kSubtract ? kAddPower
             : expr.op == Operator::kPower                               ? kPowerPower
                                                                         : kMultiplyPower;
    case ExprKind::kNegate:
    case ExprKind::kPlusSign:
      return kSignPower;
    case ExprKind::kProperty:
    case ExprKind::kIndex:
    case ExprKind::kSlice:
    case ExprKind::kHasLabels:
    case ExprKind::kMapProjection:
      return kPostfixPower;
    case ExprKind::kLiteral:
      // -1 is written with a sign.
      return expr.literal.is_number() && std::signbit(expr.literal.as_number()) ? kSignPower
                                                                                : kAtomPower;
    default:
      return kAtomPower;
  }
}

// :A:B, :A|B, :A&!(B|C); where a bar ends what it stands in, :(A|B).
std::string PrintLabels(const std::vector<std::string>& names, const LabelOps& ops, Operator plain,
                        bool bar_ends = false) {
  std::string out;
  if (ops.empty()) {
    for (const std::string& name : names) {
      out += (out.empty() || plain == Operator::kAnd ? ':' : '|') + PrintName(name);
    }
    return out;
  }
  struct Part {
    std::string text;
    Operator op;
  };
  std::vector<Part> parts;
  std::size_t next = 0;
  const auto bracketed = [](const Part& part, bool needed) {
    return needed ? '(' + part.text + ')' : part.text;
  };
  for (const Operator op : ops) {
    if (op == Operator::kNone) {
      parts.push_back({PrintName(names[next++]), op});
      continue;
    }
    Part last = std::move(parts.back());
    if (op == Operator::kNot) {
      parts.back() = {'!' + bracketed(last, last.op == Operator::kAnd || last.op == Operator::kOr),
                      op};
      continue;
    }
    parts.pop_back();
    Part first = std::move(parts.back());
    const bool both = op == Operator::kAnd;
    // A term joined to others on its right keeps brackets of its own, so that the tree stays.
    parts.back() = {bracketed(first, both && first.op == Operator::kOr) + (both ? "&" : "|") +
                        bracketed(last, last.op == op || (both && last.op == Operator::kOr)),
                    op};
  }
  return ':' + bracketed(parts.back(), bar_ends && parts.back().op == Operator::kOr);
}

class Printer {
 public:
  std::string out;

  void Expression(const Expr& expr, int least = kOrPower) {
    const Power power = PowerOf(expr);
    const bool brackets = power < least;
    if (brackets) out += '(';
    Bare(expr, power);
    if (brackets) out += ')';
  }

  void Path(const PathPattern& path) {
    if (!path.variable.empty()) out += PrintName(path.variable.text) + " = ";
    if (path.shortest != Shortest::kNo) {
      out += path.shortest == Shortest::kOne ? "shortestPath(" : "allShortestPaths(";
    }
    for (std::size_t i = 0; i < path.nodes.size(); ++i) {
      if (i > 0) Relationship(path.rels[i - 1]);
      Node(path.nodes[i]);
    }
    if (path.shortest != Shortest::kNo) out += ")";
  }

  void WholeQuery(const Query& query) {
    if (query.explain) out += "EXPLAIN ";
    if (query.profile) out += "PROFILE ";
    if (query.schema) Print(*query.schema);
    for (std::size_t i = 0; i < query.parts.size(); ++i) {
      if (i > 0) out += query.union_all ? " UNION ALL " : " UNION ";
      for (std::size_t j = 0; j < query.parts[i].clauses.size(); ++j) {
        if (j > 0) out += ' ';
        std::visit([&](const auto& clause) { Print(clause); }, query.parts[i].clauses[j].body);
      }
    }
  }

 private:
  void Bare(const Expr& expr, Power power) {
    switch (expr.kind) {
      case ExprKind::kLiteral:
        out += PrintValue(expr.literal);
        break;
      case ExprKind::kParameter:
        out += '$' + PrintName(expr.name);
        break;
      case ExprKind::kVariable:
        out += PrintName(expr.name);
        break;
      case ExprKind::kProperty:
        Base(*expr.children[0]);
        out += '.' + PrintName(expr.name);
        break;
      case ExprKind::kIndex:
        Base(*expr.children[0]);
        out += '[';
        Expression(*expr.children[1]);
        out += ']';
        break;
      case ExprKind::kSlice:
        Base(*expr.children[0]);
        out += '[';
        Optional("", expr.children[1]);
        out += "..";
        Optional("", expr.children[2]);
        out += ']';
        break;
      case ExprKind::kHasLabels:
        Base(*expr.children[0]);
        out += PrintLabels(expr.names, expr.ops, Operator::kAnd, comprehensions_ > 0);
        break;
      case ExprKind::kNot:
        out += "NOT ";
        Expression(*expr.children[0], kNotPower);
        break;
      case ExprKind::kNegate:
        out += '-';
        Signed(*expr.children[0]);
        break;
      case ExprKind::kPlusSign:
        out += '+';
        Signed(*expr.children[0]);
        break;
      case ExprKind::kArithmetic:
        Expression(*expr.children[0], power);
        out += ' ' + std::string(OperatorText(expr.op)) + ' ';
        Expression(*expr.children[1], power + 1);
        break;
      case ExprKind::kLogic:
        for (std::size_t i = 0; i < expr.children.size(); ++i) {
          if (i > 0) out += ' ' + std::string(OperatorText(expr.op)) + ' ';
          Expression(*expr.children[i], power + 1);
        }
        break;
      case ExprKind::kComparison:
        for (std::size_t i = 0; i < expr.children.size(); ++i) {
          if (i > 0) out += ' ' + std::string(OperatorText(expr.ops[i - 1])) + ' ';
          Expression(*expr.children[i], kPredicatePower);
        }
        break;
      case ExprKind::kIn:
      case ExprKind::kStringTest:
        Expression(*expr.children[0], kPredicatePower);
        out += expr.kind == ExprKind::kIn ? " IN " : ' ' + std::string(OperatorText(expr.op)) + ' ';
        Expression(*expr.children[1], kAddPower);
        break;
      case ExprKind::kIsNull:
        Expression(*expr.children[0], kPredicatePower);
        out += " IS NULL";
        break;
      case ExprKind::kIsNotNull:
        Expression(*expr.children[0], kPredicatePower);
        out += " IS NOT NULL";
        break;
      case ExprKind::kList:
        out += '[';
        // [x IN y] alone would be a comprehension.
        Arguments(expr, expr.children.size() == 1 && expr.children[0]->kind == ExprKind::kIn
                            ? kAtomPower
                            : kOrPower);
        out += ']';
        break;
      case ExprKind::kMap:
        out += '{';
        for (std::size_t i = 0; i < expr.children.size(); ++i) {
          if (i > 0) out += ", ";
          out += PrintName(expr.names[i]) + ": ";
          Expression(*expr.children[i]);
        }
        out += '}';
        break;
      case ExprKind::kCase:
        out += "CASE";
        Optional(" ", expr.children[0]);
        for (std::size_t i = 1; i + 2 < expr.children.size(); i += 2) {
          Optional(" WHEN ", expr.children[i]);
          Optional(" THEN ", expr.children[i + 1]);
        }
        Optional(" ELSE ", expr.children.back());
        out += " END";
        break;
      case ExprKind::kFunction:
        out += PrintFunctionName(expr.name);
        out += expr.distinct ? "(DISTINCT " : "(";
        Arguments(expr, kOrPower);
        out += ')';
        break;
      case ExprKind::kCountStar:
        out += "count(*)";
        break;
      case ExprKind::kListComprehension:
        ++comprehensions_;
        out += '[' + PrintName(expr.name) + " IN ";
        Expression(*expr.children[0]);
        Optional(" WHERE ", expr.children[1]);
        Optional(" | ", expr.children[2]);
        out += ']';
        --comprehensions_;
        break;
      case ExprKind::kQuantifier:
        out += std::string(OperatorText(expr.op)) + '(' + PrintName(expr.name) + " IN ";
        Expression(*expr.children[0]);
        Optional(" WHERE ", expr.children[1]);
        out += ')';
        break;
      case ExprKind::kReduce:
        ++comprehensions_;
        out += "reduce(" + PrintName(expr.name) + " = ";
        Expression(*expr.children[0]);
        out += ", " + PrintName(expr.names[0]) + " IN ";
        Expression(*expr.children[1]);
        out += " | ";
        Expression(*expr.children[2]);
        out += ')';
        --comprehensions_;
        break;
      case ExprKind::kPatternPredicate:
        Path(*expr.pattern);
        break;
      case ExprKind::kPatternComprehension:
        ++comprehensions_;
        out += '[';
        Path(*expr.pattern);
        Optional(" WHERE ", expr.children[0]);
        Optional(" | ", expr.children[1]);
        out += ']';
        --comprehensions_;
        break;
      case ExprKind::kExists:
      case ExprKind::kCountRows:
      case ExprKind::kCollectRows:
        out += expr.kind == ExprKind::kExists      ? "EXISTS { "
               : expr.kind == ExprKind::kCountRows ? "COUNT { "
                                                   : "COLLECT { ";
        WholeQuery(*expr.query);
        out += " }";
        break;
      case ExprKind::kMapProjection:
        out += PrintName(expr.children[0]->name) + '{';
        for (std::size_t i = 0; i < expr.names.size(); ++i) {
          if (i > 0) out += ", ";
          if (expr.ops[i] == Operator::kMultiply) {
            out += ".*";
          } else {
            out += PrintName(expr.names[i]) + ": ";
            Expression(*expr.children[i + 1]);
          }
        }
        out += '}';
        break;
    }
  }

  static std::string PrintFunctionName(const std::string& name) {
    std::string lower;
    for (const char c : name) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    if (lower == "exists") return lower;
    // Of a dotted name each part has quotes of its own; the parser knows no others with dots.
    std::string out;
    for (std::size_t begin = 0; begin <= lower.size();) {
      const std::size_t end = std::min(lower.find('.', begin), lower.size());
      out += (begin == 0 ? "" : ".") + PrintName(lower.substr(begin, end - begin));
      begin = end + 1;
    }
    return out;
  }

  // What .name and [index] hang on. A label test takes no further ones without brackets.
  void Base(const Expr& expr) {
    Expression(expr, expr.kind == ExprKind::kHasLabels ? kAtomPower : kPostfixPower);
  }

  // A sign before a sign or number needs brackets: --1 and - -1 read differently.
  void Signed(const Expr& expr) {
    const bool number = expr.kind == ExprKind::kLiteral && expr.literal.is_number();
    if (number) out += '(';
    Expression(expr, kSignPower);
    if (number) out += ')';
  }

  void Optional(std::string_view before, const ExprPtr& expr) {
    if (!expr) return;
    out += before;
    Expression(*expr);
  }

  void Arguments(const Expr& expr, int least) {
    for (std::size_t i = 0; i < expr.children.size(); ++i) {
      if (i > 0) out += ", ";
      Expression(*expr.children[i], least);
    }
  }

  static std::vector<std::string> Texts(const std::vector<Name>& names) {
    std::vector<std::string> out;
    for (const Name& name : names) out.push_back(name.text);
    return out;
  }

  void Node(const NodePattern& node) {
    out += '(';
    if (!node.variable.empty()) out += PrintName(node.variable.text);
    out += PrintLabels(Texts(node.labels), node.label_ops, Operator::kAnd);
    if (node.properties) {
      if (out.back() != '(') out += ' ';
      Expression(*node.properties);
    }
    Optional(" WHERE ", node.where);
    out += ')';
  }

  void Relationship(const RelPattern& rel) {
    out += rel.arrow == Arrow::kLeft ? "<-" : "-";
    std::string inside;
    inside.swap(out);
    if (!rel.variable.empty()) out += PrintName(rel.variable.text);
    out += PrintLabels(Texts(rel.types), rel.type_ops, Operator::kOr);
    if (rel.variable_length) {
      out += '*';
      if (rel.min) out += std::to_string(*rel.min);
      if (rel.min != rel.max || (!rel.min && rel.max)) out += "..";
      if (rel.max && rel.min != rel.max) out += std::to_string(*rel.max);
    }
    if (rel.properties) {
      if (!out.empty()) out += ' ';
      Expression(*rel.properties);
    }
    Optional(" WHERE ", rel.where);
    inside.swap(out);
    if (!inside.empty()) out += '[' + inside + ']';
    out += rel.arrow == Arrow::kRight ? "->" : "-";
  }

  void Print(const MatchClause& match) {
    out += match.optional ? "OPTIONAL MATCH " : "MATCH ";
    for (std::size_t i = 0; i < match.paths.size(); ++i) {
      if (i > 0) out += ", ";
      Path(match.paths[i]);
    }
    Optional(" WHERE ", match.where);
  }

  void Print(const CreateClause& create) {
    for (std::size_t i = 0; i < create.paths.size(); ++i) {
      out += i == 0 ? "CREATE " : ", ";
      Path(create.paths[i]);
    }
  }

  void Print(const UpdateClause& update) {
    const UpdateKind kind = update.items[0].kind;
    const bool removes = kind == UpdateKind::kRemoveProperty || kind == UpdateKind::kRemoveLabels;
    Updates(removes ? "REMOVE " : "SET ", update.items);
  }

  void Updates(std::string_view word, const std::vector<UpdateItem>& items) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      out += i == 0 ? word : ", ";
      Expression(*items[i].target, kPostfixPower);
      for (const std::string& label : items[i].labels) out += ':' + PrintName(label);
      Optional(items[i].kind == UpdateKind::kAdd ? " += " : " = ", items[i].value);
    }
  }

  void Print(const MergeClause& merge) {
    out += "MERGE ";
    Path(merge.path);
    Updates(" ON CREATE SET ", merge.on_create);
    Updates(" ON MATCH SET ", merge.on_match);
  }

  void Print(const DeleteClause& clause) {
    for (std::size_t i = 0; i < clause.exprs.size(); ++i) {
      out += i > 0 ? ", " : clause.detach ? "DETACH DELETE " : "DELETE ";
      Expression(*clause.exprs[i]);
    }
  }

  void Print(const CallClause& call) {
    out += call.optional ? "OPTIONAL CALL " : "CALL ";
    for (std::size_t begin = 0; begin <= call.name.text.size();) {
      const std::size_t end = std::min(call.name.text.find('.', begin), call.name.text.size());
      out += (begin > 0 ? "." : "") + PrintName(call.name.text.substr(begin, end - begin));
      begin = end + 1;
    }
    if (call.has_arguments) {
      out += '(';
      for (std::size_t i = 0; i < call.arguments.size(); ++i) {
        if (i > 0) out += ", ";
        Expression(*call.arguments[i]);
      }
      out += ')';
    }
    if (call.has_yield) out += call.yield_all ? " YIELD *" : call.yields.empty() ? " YIELD -" : "";
    for (std::size_t i = 0; i < call.yields.size(); ++i) {
      const YieldItem& item = call.yields[i];
      out += (i == 0 ? " YIELD " : ", ") + PrintName(item.field.text);
      if (item.variable.text != item.field.text) out += " AS " + PrintName(item.variable.text);
    }
    Optional(" WHERE ", call.where);
  }

  void Print(const SchemaCommand& command) {
    out += command.create ? "CREATE " : "DROP ";
    out += command.constraint ? "CONSTRAINT" : "INDEX";
    if (!command.name.empty()) out += " " + PrintName(command.name.text);
    if (command.guarded) out += command.create ? " IF NOT EXISTS" : " IF EXISTS";
    if (!command.create) return;
    const std::string label = PrintName(command.label.text);
    out += command.of_edges ? " FOR ()-[x:" + label + "]-() " : " FOR (x:" + label + ") ";
    const std::string property = "x." + PrintName(command.property.text);
    out += command.constraint ? "REQUIRE " + property + " IS UNIQUE" : "ON (" + property + ")";
  }

  void PrintForEach(const SingleQuery& body) {
    const auto& unwind = std::get<UnwindClause>(body.clauses.front().body);
    out += "FOREACH (" + PrintName(unwind.variable.text) + " IN (";  // a bar may stand in the list
    Expression(*unwind.list);
    out += ") |";
    for (std::size_t i = 1; i < body.clauses.size(); ++i) {
      out += ' ';
      std::visit([&](const auto& clause) { Print(clause); }, body.clauses[i].body);
    }
    out += ')';
  }

  void Print(const SubqueryClause& call) {
    if (call.for_each) return PrintForEach(call.query->parts.front());
    out += call.optional ? "OPTIONAL CALL " : "CALL ";
    if (call.has_imports) {
      out += call.import_all ? "(*" : "(";
      for (std::size_t i = 0; i < call.imports.size(); ++i) {
        out += (i == 0 ? "" : ", ") + PrintName(call.imports[i].text);
      }
      out += ") ";
    }
    out += "{ ";
    WholeQuery(*call.query);
    out += " }";
  }

  void Print(const UnwindClause& unwind) {
    out += "UNWIND ";
    Expression(*unwind.list);
    out += " AS " + PrintName(unwind.variable.text);
  }

  void Print(const ProjectionClause& projection) {
    out += projection.is_return ? "RETURN " : "WITH ";
    if (projection.distinct) out += "DISTINCT ";
    if (projection.star) out += '*';
    for (std::size_t i = 0; i < projection.items.size(); ++i) {
      if (i > 0 || projection.star) out += ", ";
      Expression(*projection.items[i].expr);
      if (!projection.items[i].alias.empty()) {
        out += " AS " + PrintName(projection.items[i].alias.text);
      }
    }
    for (std::size_t i = 0; i < projection.order.size(); ++i) {
      out += i == 0 ? " ORDER BY " : ", ";
      Expression(*projection.order[i].expr);
      if (projection.order[i].descending) out += " DESC";
    }
    Optional(" SKIP ", projection.skip);
    Optional(" LIMIT ", projection.limit);
    Optional(" WHERE ", projection.where);
  }

  int comprehensions_ = 0;  // around what is printed: a bar ends an expression there
};

}  // namespace

std::string Print(const Expr& expr) {
  Printer printer;
  printer.Expression(expr);
  return std::move(printer.out);
}

std::string Print(const PathPattern& path) {
  Printer printer;
  printer.Path(path);
  return std::move(printer.out);
}

std::string Print(const Query& query) {
  Printer printer;
  printer.WholeQuery(query);
  return std::move(printer.out);
}

}  // namespace tupu::query
