#include <algorithm>
#include <cmath>

#include "query/cypher/printer.h"
#include "query/plan/plan.h"
#include "query/procedures.h"

namespace tupu::query {
namespace {

class Dumper {
 public:
  explicit Dumper(const std::vector<SlotInfo>& slots) : slots_(slots) {}

  std::vector<PlanLine> lines;

  void Operator(const Plan& plan, std::size_t depth) {
    lines.push_back({depth, Describe(plan), &plan});
    // Subqueries stand right below the operator that evaluates them.
    for (const BoundExprPtr& expr : plan.exprs) Subqueries(*expr, depth);
    for (const BoundExprPtr& expr : plan.each_step) Subqueries(*expr, depth);
    for (const Computed& computed : plan.computed) Subqueries(*computed.expr, depth);
    for (const Aggregate& aggregate : plan.aggregates) {
      if (aggregate.argument) Subqueries(*aggregate.argument, depth);
    }
    const bool branches = plan.children.size() > 1;
    for (std::size_t i = plan.children.size(); i-- > 0;) {
      // The main input comes last, so that a chain reads straight down.
      Operator(*plan.children[branches ? plan.children.size() - 1 - i : i],
               depth + (branches ? 2 : 1));
    }
  }

  std::string Expr(const BoundExpr& expr) const { return PrintBound(expr, slots_); }

 private:
  std::string Name(Slot slot) const { return slot == kNoSlot ? "" : slots_[slot].name; }

  std::string Names(const std::vector<Slot>& slots) const {
    std::string out;
    for (const Slot slot : slots) out += (out.empty() ? "" : ", ") + Name(slot);
    return out;
  }

  std::string Arrow(Slot from, Slot edge, Slot to, Walk walk, const std::vector<std::string>& types,
                    const std::string& length) const {
    std::string inside = edge == kNoSlot ? "" : Name(edge);
    for (std::size_t i = 0; i < types.size(); ++i) inside += (i == 0 ? ":" : "|") + types[i];
    std::string out = "(" + Name(from) + ")";
    out += walk == Walk::kIn ? "<-[" : "-[";
    out += inside + length;
    out += walk == Walk::kOut ? "]->" : "]-";
    return out + "(" + Name(to) + ")";
  }

  std::string Arrow(const Plan& plan) const {
    std::string length;
    if (plan.kind == PlanKind::kVarExpand || plan.kind == PlanKind::kShortestPath) {
      length = "*" + std::to_string(plan.min) + "..";
      if (!plan.unbounded) length += std::to_string(plan.max);
    }
    std::string out = Arrow(plan.from, plan.edge, plan.to, plan.walk, plan.types, length);
    if (!plan.unlike.empty()) out += " unlike " + Names(plan.unlike);
    return out;
  }

  std::string Order(const Plan& plan) const {
    std::string out;
    for (const SortKey& key : plan.order) {
      out += (out.empty() ? "" : ", ") + Name(key.slot) + (key.descending ? " DESC" : "");
    }
    return out;
  }

  std::string Exprs(const Plan& plan, std::string_view separator) const {
    return Exprs(plan.exprs, separator);
  }
  std::string Exprs(const std::vector<BoundExprPtr>& exprs, std::string_view separator) const {
    std::string out;
    for (const BoundExprPtr& expr : exprs) {
      if (!out.empty()) out += separator;
      out += Expr(*expr);
    }
    return out;
  }

  std::string SeekText(const Plan& plan) const {
    const std::string first = Expr(*plan.exprs[0]);
    switch (plan.seek) {
      case SeekKind::kEqual:
        return "= " + first;
      case SeekKind::kIn:
        return "IN " + first;
      case SeekKind::kPrefix:
        return "STARTS WITH " + first;
      case SeekKind::kRange:
        break;
    }
    return (plan.seek_lower ? "from " + first : "") +
           (plan.seek_lower && plan.seek_upper ? " " : "") +
           (plan.seek_upper ? "up to " + Expr(*plan.exprs.back()) : "");
  }

  std::string Describe(const Plan& plan) const {
    switch (plan.kind) {
      case PlanKind::kSingleRow:
        return "SingleRow";
      case PlanKind::kArgument:
        return "Argument" + (plan.slots.empty() ? "" : " " + Names(plan.slots));
      case PlanKind::kPattern:
        return "Pattern of " + std::to_string(plan.match.nodes.size()) + " nodes and " +
               std::to_string(plan.match.rels.size()) + " relationships";
      case PlanKind::kNodeScan:
        return "NodeScan " + Name(plan.to) + (plan.labels.empty() ? "" : ":" + plan.labels[0]);
      case PlanKind::kLabelsScan: {
        std::string out = "LabelsScan " + Name(plan.to) + ":";
        for (std::size_t i = 0; i < plan.labels.size(); ++i)
          out += (i > 0 ? "|" : "") + plan.labels[i];
        return out;
      }
      case PlanKind::kNodeSeek:
        return "NodeSeek " + Name(plan.to) + "." + plan.name + " = " + Expr(*plan.exprs[0]);
      case PlanKind::kIndexSeek:
        return "IndexSeek " + Name(plan.to) + ":" + plan.labels[0] + "(" + plan.name + ") " +
               SeekText(plan);
      case PlanKind::kEdgeSeek:
        return "EdgeSeek " + Arrow(plan) + " (" + plan.name + ") " + SeekText(plan);
      case PlanKind::kEdgeScan:
        return "EdgeScan " + Arrow(plan);
      case PlanKind::kEdgeEnds:
        return "EdgeEnds " + Arrow(plan);
      case PlanKind::kExpand:
        return "Expand " + Arrow(plan);
      case PlanKind::kExpandInto:
        return "ExpandInto " + Arrow(plan);
      case PlanKind::kVarExpand:
        return std::string(plan.to_known ? "VarExpandInto " : "VarExpand ") + Arrow(plan);
      case PlanKind::kTrails: {
        static constexpr const char* kResults[] = {"CountTrails", "CountTrailsPerRow", "TrailEnds"};
        std::string out = kResults[static_cast<std::size_t>(plan.trails)];
        for (const TrailStep& step : plan.steps) {
          out += " " + Arrow(step.from, step.edge, step.to, step.walk, step.types, "");
        }
        return out + " AS " + Name(plan.to);
      }
      case PlanKind::kShortestPath: {
        std::string out = plan.shortest == Shortest::kOne ? "ShortestPath " : "AllShortestPaths ";
        out += Arrow(plan);
        if (!plan.each_step.empty()) out += " each step: " + Exprs(plan.each_step, " AND ");
        if (!plan.exprs.empty()) out += " where " + Exprs(plan.exprs, " AND ");
        return out;
      }
      case PlanKind::kFilter:
        return "Filter " + Exprs(plan, " AND ");
      case PlanKind::kProject: {
        std::string out = "Project";
        for (std::size_t i = 0; i < plan.computed.size(); ++i) {
          out += (i == 0 ? " " : ", ") + Expr(*plan.computed[i].expr) + " AS " +
                 Name(plan.computed[i].slot);
        }
        return out;
      }
      case PlanKind::kAggregate: {
        std::string out = "Aggregate";
        for (std::size_t i = 0; i < plan.aggregates.size(); ++i) {
          const Aggregate& aggregate = plan.aggregates[i];
          out += (i == 0 ? " " : ", ") + std::string(Definition(aggregate.function).name) + "(";
          if (aggregate.distinct) out += "DISTINCT ";
          out += aggregate.argument ? Expr(*aggregate.argument) : "*";
          if (aggregate.second) out += ", " + Expr(*aggregate.second);
          out += ") AS " + Name(aggregate.slot);
        }
        if (!plan.keys.empty()) out += " BY " + Names(plan.keys);
        return out;
      }
      case PlanKind::kRecall:
        return "Recall " + Names(plan.slots);
      case PlanKind::kDistinct:
        return "Distinct " + Names(plan.keys);
      case PlanKind::kSort:
        return "Sort " + Order(plan);
      case PlanKind::kTop:
        return "Top " + Exprs(plan, "") + " BY " + Order(plan);
      case PlanKind::kSkip:
        return "Skip " + Exprs(plan, "");
      case PlanKind::kLimit:
        return "Limit " + Exprs(plan, "");
      case PlanKind::kUnwind:
        return "Unwind " + Exprs(plan, "") + " AS " + Name(plan.to);
      case PlanKind::kOptional:
        return "Optional " + Names(plan.slots);
      case PlanKind::kUnion:
        return "Union " + Names(plan.slots);
      case PlanKind::kCreate:
        return "Create " + Names(plan.slots);
      case PlanKind::kUpdate:
        return "Update " + std::to_string(plan.updates.size()) +
               (plan.updates.size() == 1 ? " item" : " items");
      case PlanKind::kMerge:
        return "Merge " + Names(plan.slots);
      case PlanKind::kDelete:
        return (plan.detach ? "DetachDelete " : "Delete ") + Exprs(plan, ", ");
      case PlanKind::kCall:
        return "Call " + plan.procedure->name + "(" + Exprs(plan, ", ") + ")" +
               (plan.slots.empty() ? "" : " AS " + Names(plan.slots));
      case PlanKind::kCount:
        return "Count " + std::string(plan.of_edges ? "relationships" : "nodes") +
               (plan.labels.empty() ? "" : ":" + plan.labels[0]) +
               (plan.types.empty() ? "" : ":" + plan.types[0]) + " AS " + Name(plan.to);
    }
    return "";
  }

  void Subqueries(const BoundExpr& root, std::size_t depth) {
    ForEachExpr(root, [&](const BoundExpr& expr) {
      if (!expr.subquery || !expr.subquery->plan) return;
      lines.push_back({depth + 2,
                       expr.kind == BoundKind::kExists      ? "exists:"
                       : expr.kind == BoundKind::kCountRows ? "count:"
                                                            : "collect:",
                       nullptr});
      Operator(*expr.subquery->plan, depth + 3);
    });
  }

  const std::vector<SlotInfo>& slots_;
};

class BoundPrinter {
 public:
  explicit BoundPrinter(const std::vector<SlotInfo>& slots) : slots_(slots) {}

  std::string Text(const BoundExpr& expr) const {
    const auto child = [&](std::size_t i) {
      return i < expr.children.size() && expr.children[i] ? Operand(*expr.children[i])
                                                          : std::string();
    };
    switch (expr.kind) {
      case BoundKind::kLiteral:
        return PrintValue(expr.literal);
      case BoundKind::kParameter:
        return "$" + expr.name;
      case BoundKind::kSlot:
        return slots_[expr.slot].name;
      case BoundKind::kLocal:
        return slots_[expr.slot].name;
      case BoundKind::kProperty:
        return child(0) + "." + PrintName(expr.name);
      case BoundKind::kIndex:
        return child(0) + "[" + child(1) + "]";
      case BoundKind::kSlice:
        return child(0) + "[" + child(1) + ".." + child(2) + "]";
      case BoundKind::kHasLabels: {
        std::string out = child(0);
        for (const std::string& label : expr.names) out += ":" + label;
        return out;
      }
      case BoundKind::kNot:
        return "NOT " + child(0);
      case BoundKind::kNegate:
        return "-" + child(0);
      case BoundKind::kPlusSign:
        return "+" + child(0);
      case BoundKind::kArithmetic:
      case BoundKind::kLogic:
      case BoundKind::kStringTest:
        return Joined(expr, " " + std::string(OperatorText(expr.op)) + " ");
      case BoundKind::kComparison: {
        std::string out = child(0);
        for (std::size_t i = 1; i < expr.children.size(); ++i) {
          out += " " + std::string(OperatorText(expr.ops[i - 1])) + " " + child(i);
        }
        return out;
      }
      case BoundKind::kIn:
        return Joined(expr, " IN ");
      case BoundKind::kIsNull:
        return child(0) + " IS NULL";
      case BoundKind::kIsNotNull:
        return child(0) + " IS NOT NULL";
      case BoundKind::kList:
        return "[" + Joined(expr, ", ") + "]";
      case BoundKind::kMap: {
        std::string out;
        for (std::size_t i = 0; i < expr.children.size(); ++i) {
          out += (i == 0 ? "" : ", ") + PrintName(expr.names[i]) + ": " + child(i);
        }
        return "{" + out + "}";
      }
      case BoundKind::kCase: {
        std::string out = "CASE";
        if (expr.children[0]) out += " " + child(0);
        for (std::size_t i = 1; i + 2 < expr.children.size(); i += 2) {
          out += " WHEN " + child(i) + " THEN " + child(i + 1);
        }
        if (expr.children.back()) out += " ELSE " + child(expr.children.size() - 1);
        return out + " END";
      }
      case BoundKind::kFunction:
        return std::string(Definition(expr.function).name) + "(" + Joined(expr, ", ") + ")";
      case BoundKind::kListComprehension:
        return "[… IN " + child(0) + "]";
      case BoundKind::kQuantifier:
        return std::string(OperatorText(expr.op)) + "(… IN " + child(0) + ")";
      case BoundKind::kReduce:
        return "reduce(… IN " + child(1) + ")";
      case BoundKind::kPath:
        return "path(" + Joined(expr, ", ") + ")";
      case BoundKind::kExists:
        return "exists(…)";
      case BoundKind::kCollect:
      case BoundKind::kCollectRows:
        return "collect(…)";
      case BoundKind::kCountRows:
        return "count(…)";
      case BoundKind::kMapProjection:
        return child(0) + "{…}";
    }
    return "";
  }

 private:
  // Brackets round what has an operator in the middle.
  std::string Operand(const BoundExpr& expr) const {
    switch (expr.kind) {
      case BoundKind::kArithmetic:
      case BoundKind::kLogic:
      case BoundKind::kStringTest:
      case BoundKind::kComparison:
      case BoundKind::kIn:
      case BoundKind::kNot:
        return "(" + Text(expr) + ")";
      default:
        return Text(expr);
    }
  }

  std::string Joined(const BoundExpr& expr, std::string_view separator) const {
    std::string out;
    for (std::size_t i = 0; i < expr.children.size(); ++i) {
      if (i > 0) out += separator;
      out += Operand(*expr.children[i]);
    }
    return out;
  }

  const std::vector<SlotInfo>& slots_;
};

}  // namespace

std::string PrintBound(const BoundExpr& expr, const std::vector<SlotInfo>& slots) {
  return BoundPrinter(slots).Text(expr);
}

std::vector<std::string> DumpPlan(const Plan& plan, const std::vector<SlotInfo>& slots,
                                  bool estimates) {
  std::vector<std::string> out;
  for (const PlanLine& line : ListPlan(plan, slots)) {
    std::string& text = out.emplace_back(line.depth * 2, ' ');
    text += line.text;
    if (!estimates || !line.plan) continue;
    text += "  ~" + std::to_string(EstimatedRows(*line.plan)) +
            (line.plan->rows <= 1 ? " row" : " rows");
  }
  return out;
}

std::int64_t EstimatedRows(const Plan& plan) {
  return static_cast<std::int64_t>(std::min(std::ceil(plan.rows), 9e18));
}

std::vector<PlanLine> ListPlan(const Plan& plan, const std::vector<SlotInfo>& slots) {
  Dumper dumper(slots);
  dumper.Operator(plan, 0);
  return std::move(dumper.lines);
}

}  // namespace tupu::query
