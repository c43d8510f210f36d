#include "query/exec/compare.h"

#include <cmath>

namespace tupu::query {
namespace {

using graph::Value;
using graph::ValueKind;

bool IsNaN(const Value& value) {
  return value.kind() == ValueKind::kDouble && std::isnan(value.as_double());
}

// How two values of a common order stand; nullopt where that is not known. NaN is handled before.
std::optional<std::strong_ordering> OrderOf(const Value& a, const Value& b) {
  if (a.is_null() || b.is_null()) return std::nullopt;
  if (a.is_number() && b.is_number()) return Value::Order(a, b);
  if (a.kind() != b.kind()) return std::nullopt;
  switch (a.kind()) {
    case ValueKind::kString:
    case ValueKind::kBool:
    case ValueKind::kDateTime:
    case ValueKind::kLocalDateTime:
    case ValueKind::kDate:
    case ValueKind::kTime:
    case ValueKind::kLocalTime:
      return Value::Order(a, b);  // durations have no order: which is longer, P1M or P30D?
    case ValueKind::kList: {
      const graph::List& x = a.as_list();
      const graph::List& y = b.as_list();
      for (std::size_t i = 0; i < x.size() && i < y.size(); ++i) {
        const Truth equal = Equal(x[i], y[i]);
        if (!equal) return std::nullopt;
        if (!*equal) return OrderOf(x[i], y[i]);
      }
      return x.size() <=> y.size();
    }
    default:
      return std::nullopt;
  }
}

}  // namespace

Truth Equal(const Value& a, const Value& b) {
  if (a.is_null() || b.is_null()) return std::nullopt;
  if (a.is_number() && b.is_number()) return !IsNaN(a) && !IsNaN(b) && a == b;
  if (a.kind() != b.kind()) return false;
  if (a.kind() == ValueKind::kList) {
    const graph::List& x = a.as_list();
    const graph::List& y = b.as_list();
    if (x.size() != y.size()) return false;
    bool known = true;
    for (std::size_t i = 0; i < x.size(); ++i) {
      const Truth equal = Equal(x[i], y[i]);
      if (!equal) {
        known = false;
      } else if (!*equal) {
        return false;
      }
    }
    return known ? Truth(true) : std::nullopt;
  }
  if (a.kind() == ValueKind::kMap) {
    const graph::Map& x = a.as_map();
    const graph::Map& y = b.as_map();
    if (x.size() != y.size()) return false;
    bool known = true;
    for (auto i = x.begin(), j = y.begin(); i != x.end(); ++i, ++j) {
      if (i->first != j->first) return false;
      const Truth equal = Equal(i->second, j->second);
      if (!equal) {
        known = false;
      } else if (!*equal) {
        return false;
      }
    }
    return known ? Truth(true) : std::nullopt;
  }
  return a == b;
}

Truth Compare(Operator op, const Value& a, const Value& b) {
  if (op == Operator::kEqual) return Equal(a, b);
  if (op == Operator::kNotEqual) return Not(Equal(a, b));
  if (a.is_number() && b.is_number() && (IsNaN(a) || IsNaN(b))) return false;
  const auto order = OrderOf(a, b);
  if (!order) return std::nullopt;
  switch (op) {
    case Operator::kLess:
      return *order < 0;
    case Operator::kLessEqual:
      return *order <= 0;
    case Operator::kGreater:
      return *order > 0;
    default:
      return *order >= 0;
  }
}

Truth IsIn(const Value& element, const Value& list) {
  if (list.is_null()) return std::nullopt;
  bool known = true;
  for (const Value& candidate : list.as_list()) {
    const Truth equal = Equal(element, candidate);
    if (!equal) {
      known = false;
    } else if (*equal) {
      return true;
    }
  }
  return known ? Truth(false) : std::nullopt;
}

}  // namespace tupu::query
