#include "query/plan/pattern_seeks.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace tupu::query {
namespace {

// Which part of an index lies in a range, in one with both bounds, and begins with a text; how many
// elements a list has.
constexpr double kRangeShare = 0.3;
constexpr double kBoundedShare = 0.1;
constexpr double kPrefixShare = 0.05;
constexpr double kListLength = 5;

// Small enough to be copied into a seek.
bool Plain(const BoundExpr& expr) {
  switch (expr.kind) {
    case BoundKind::kLiteral:
    case BoundKind::kParameter:
    case BoundKind::kSlot:
      return true;
    case BoundKind::kProperty:
    case BoundKind::kIndex:
      return std::all_of(expr.children.begin(), expr.children.end(),
                         [](const BoundExprPtr& child) { return Plain(*child); });
    default:
      return false;
  }
}

// As Plain, with points in time and durations made of such values, and arithmetic.
bool Computable(const BoundExpr& expr, int depth = 0) {
  constexpr int kDeepest = 8;
  if (Plain(expr)) return true;
  bool computed = expr.kind == BoundKind::kArithmetic || expr.kind == BoundKind::kNegate;
  if (expr.kind == BoundKind::kFunction) {
    static constexpr std::string_view kMakers[] = {"date",          "time",     "localtime",
                                                   "localdatetime", "datetime", "duration"};
    computed = std::find(std::begin(kMakers), std::end(kMakers), Definition(expr.function).name) !=
               std::end(kMakers);
  }
  return computed && depth < kDeepest &&
         std::all_of(expr.children.begin(), expr.children.end(), [&](const BoundExprPtr& child) {
           return child && Computable(*child, depth + 1);
         });
}

bool PlainList(const BoundExpr& expr) {
  constexpr std::size_t kLongest = 64;
  if (expr.kind != BoundKind::kList) return Plain(expr);
  return expr.children.size() <= kLongest &&
         std::all_of(expr.children.begin(), expr.children.end(),
                     [](const BoundExprPtr& element) { return Plain(*element); });
}

}  // namespace

void PatternSeeks::Register(const BoundExpr& conjunct) {
  RegisterKeys(conjunct);
  RegisterTests(conjunct);
}

void PatternSeeks::RegisterKeys(const BoundExpr& expr) {
  if (expr.kind != BoundKind::kComparison || expr.ops.size() != 1 ||
      expr.ops[0] != Operator::kEqual) {
    return;
  }
  for (std::size_t side = 0; side < 2; ++side) {
    const BoundExpr& read = *expr.children[side];
    const BoundExpr& key = *expr.children[1 - side];
    const bool names = read.kind == BoundKind::kProperty && read.name == "name";
    const bool ids = read.kind == BoundKind::kProperty && read.name == "id";
    if ((ids || names) && read.children[0]->kind == BoundKind::kSlot && Plain(key)) {
      keys_[read.children[0]->slot].push_back({&key, ids});
    }
  }
}

void PatternSeeks::RegisterTests(const BoundExpr& expr) {
  const auto add = [&](const BoundExpr& read, const BoundExpr& value, SeekKind kind, bool lower) {
    const bool plain = kind == SeekKind::kIn ? PlainList(value) : Computable(value);
    if (read.kind != BoundKind::kProperty || read.children[0]->kind != BoundKind::kSlot || !plain) {
      return;
    }
    tests_[read.children[0]->slot].push_back({read.name, kind, lower, &value});
  };
  if (expr.kind == BoundKind::kIn) {
    add(*expr.children[0], *expr.children[1], SeekKind::kIn, false);
  } else if (expr.kind == BoundKind::kStringTest && expr.op == Operator::kStartsWith) {
    add(*expr.children[0], *expr.children[1], SeekKind::kPrefix, false);
  } else if (expr.kind == BoundKind::kComparison) {
    for (std::size_t i = 0; i < expr.ops.size(); ++i) {
      const BoundExpr& left = *expr.children[i];
      const BoundExpr& right = *expr.children[i + 1];
      const Operator op = expr.ops[i];
      if (op == Operator::kNotEqual) continue;
      const SeekKind kind = op == Operator::kEqual ? SeekKind::kEqual : SeekKind::kRange;
      const bool less = op == Operator::kLess || op == Operator::kLessEqual;
      add(left, right, kind, !less);
      add(right, left, kind, less);
    }
  }
}

const KeySeek* PatternSeeks::ByKey(Slot slot, const IsKnown& known) const {
  const auto keys = keys_.find(slot);
  if (keys == keys_.end()) return nullptr;
  const KeySeek* found = nullptr;
  for (const KeySeek& seek : keys->second) {
    if (known(*seek.key) && (!found || (seek.by_id && !found->by_id))) found = &seek;
  }
  return found;
}

std::optional<IndexSeek> PatternSeeks::ByIndex(Slot slot, bool of_edges,
                                               const std::vector<std::string>& labels,
                                               Statistics& statistics, const IsKnown& known) const {
  std::optional<IndexSeek> best;
  const auto tests = tests_.find(slot);
  if (tests == tests_.end()) return best;
  for (const std::string& label : labels) {
    for (const IndexTest& test : tests->second) {
      if (!known(*test.value)) continue;
      const IndexChoice* index = statistics.Index(of_edges, label, test.property);
      if (!index) continue;
      IndexSeek seek{index->number, label, test.property, test.kind, test.value, nullptr, 0};
      switch (test.kind) {
        case SeekKind::kEqual:
          seek.rows = index->of_a_value;
          break;
        case SeekKind::kIn: {
          const BoundExpr& list = *test.value;
          const bool literal =
              list.kind == BoundKind::kLiteral && list.literal.kind() == graph::ValueKind::kList;
          const double length = list.kind == BoundKind::kList
                                    ? static_cast<double>(list.children.size())
                                : literal ? static_cast<double>(list.literal.as_list().size())
                                          : kListLength;
          seek.rows = std::min(index->entries, index->of_a_value * length);
          break;
        }
        case SeekKind::kPrefix:
          seek.rows = index->entries * kPrefixShare;
          break;
        case SeekKind::kRange: {
          const auto other =
              std::find_if(tests->second.begin(), tests->second.end(), [&](const IndexTest& two) {
                return two.kind == SeekKind::kRange && two.property == test.property &&
                       two.lower != test.lower && known(*two.value);
              });
          const bool both = other != tests->second.end();
          seek.rows = index->entries * (both ? kBoundedShare : kRangeShare);
          seek.second = test.lower ? (both ? other->value : nullptr) : test.value;
          seek.first = test.lower ? test.value : both ? other->value : nullptr;
          break;
        }
      }
      if (!best || seek.rows < best->rows) best = seek;
    }
  }
  return best;
}

void SetIndexSeek(Plan& plan, const IndexSeek& seek) {
  plan.index = seek.index;
  plan.name = seek.property;
  plan.seek = seek.kind;
  plan.seek_lower = seek.kind == SeekKind::kRange && seek.first;
  plan.seek_upper = seek.kind == SeekKind::kRange && seek.second;
  for (const BoundExpr* expr : {seek.first, seek.second}) {
    if (expr) plan.exprs.push_back(CopyExpr(*expr));
  }
}

BoundExprPtr CopyExpr(const BoundExpr& expr) {
  auto out = std::make_unique<BoundExpr>();
  out->kind = expr.kind;
  out->types = expr.types;
  out->elements = expr.elements;
  out->pos = expr.pos;
  out->slot = expr.slot;
  out->name = expr.name;
  out->op = expr.op;
  out->function = expr.function;
  out->literal = expr.literal;
  for (const BoundExprPtr& child : expr.children) out->children.push_back(CopyExpr(*child));
  return out;
}

}  // namespace tupu::query
