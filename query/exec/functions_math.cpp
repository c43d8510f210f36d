// Numbers: integers of 64 bits that never wrap, doubles as IEEE has them.
#include <cmath>
#include <limits>
#include <numbers>

#include "query/cypher/ast.h"
#include "query/cypher/diagnostic.h"
#include "query/exec/functions.h"

namespace tupu::query {
namespace {

using graph::List;
using graph::Value;
using graph::ValueKind;

bool Overflow(ExecContext& context, Operator op, const Value& a, const Value& b,
              std::uint32_t pos) {
  return context.Fail(ValueError(pos,
                                 std::to_string(a.as_int()) + " " + std::string(OperatorText(op)) +
                                     " " + std::to_string(b.as_int()) +
                                     " does not fit into 64 bits",
                                 detail::kNumericOverflow));
}

bool IntegerArithmetic(ExecContext& context, Operator op, const Value& a, const Value& b,
                       std::uint32_t pos, Value& out) {
  const std::int64_t x = a.as_int();
  const std::int64_t y = b.as_int();
  std::int64_t result = 0;
  bool overflow = false;
  switch (op) {
    case Operator::kAdd:
      overflow = __builtin_add_overflow(x, y, &result);
      break;
    case Operator::kSubtract:
      overflow = __builtin_sub_overflow(x, y, &result);
      break;
    case Operator::kMultiply:
      overflow = __builtin_mul_overflow(x, y, &result);
      break;
    default:
      if (y == 0) {
        return context.Fail(ValueError(pos, "division of " + std::to_string(x) + " by zero",
                                       detail::kDivisionByZero));
      }
      if (y == -1) {
        // The one quotient that does not fit; its remainder is 0.
        overflow = op == Operator::kDivide && x == std::numeric_limits<std::int64_t>::min();
        result = op == Operator::kDivide && !overflow ? -x : 0;
      } else {
        result = op == Operator::kDivide ? x / y : x % y;
      }
      break;
  }
  if (overflow) return Overflow(context, op, a, b, pos);
  out = Value(result);
  return true;
}

bool ToText(const Value& value, std::string& out) {
  switch (value.kind()) {
    case ValueKind::kString:
      out = value.as_string();
      return true;
    case ValueKind::kInt:
      out = std::to_string(value.as_int());
      return true;
    case ValueKind::kDouble:
      out = graph::DoubleToString(value.as_double());
      return true;
    case ValueKind::kDuration:
      out = ToString(value.as_duration());
      return true;
    default:
      if (!value.is_temporal()) return false;
      out = ToString(value.as_temporal());
      return true;
  }
}

// Lists and strings, which + joins.
bool Join(ExecContext& context, const Value& a, const Value& b, bool& joined, Value& out) {
  joined = true;
  const bool left = a.kind() == ValueKind::kList;
  const bool right = b.kind() == ValueKind::kList;
  if (left || right) {
    List list;
    const std::size_t size = (left ? a.as_list().size() : 1) + (right ? b.as_list().size() : 1);
    if (!context.Charge(size * sizeof(Value))) return false;
    list.reserve(size);
    for (const Value* part : {&a, &b}) {
      if (part->kind() == ValueKind::kList) {
        list.insert(list.end(), part->as_list().begin(), part->as_list().end());
      } else {
        list.push_back(*part);
      }
    }
    out = Value(std::move(list));
    return true;
  }
  if (a.kind() == ValueKind::kString || b.kind() == ValueKind::kString) {
    std::string x;
    std::string y;
    if (ToText(a, x) && ToText(b, y)) {
      if (!context.Charge(x.size() + y.size())) return false;
      out = Value(x + y);
      return true;
    }
  }
  joined = false;
  return true;
}

// Half up, as Java's Math.round; exact for what has no fraction.
double Round(double value) {
  const double floor = std::floor(value);
  return value - floor >= 0.5 ? floor + 1 : floor;
}

// To so many digits behind the point; ties away from zero there, as people round.
bool RoundTo(ExecContext& context, double value, const Value* digits, std::uint32_t pos,
             Value& out) {
  if (!digits) {
    out = Value(Round(value));
    return true;
  }
  constexpr std::int64_t kMostDigits = 15;
  if (digits->kind() != ValueKind::kInt || digits->as_int() < 0 || digits->as_int() > kMostDigits) {
    return context.Fail(
        ValueError(pos, "round takes 0 to 15 digits behind the point", detail::kNumberOutOfRange));
  }
  const double scale = std::pow(10.0, static_cast<double>(digits->as_int()));
  const double scaled = value * scale;
  out = Value(std::isfinite(scaled) ? std::round(scaled) / scale : value);
  return true;
}

}  // namespace

bool Arithmetic(ExecContext& context, Operator op, const Value& a, const Value& b,
                std::uint32_t pos, Value& out) {
  if (op == Operator::kAdd && !(a.is_number() && b.is_number())) {
    bool joined = false;
    if (!Join(context, a, b, joined, out)) return false;
    if (joined) return true;
  }
  if (!a.is_number() || !b.is_number()) {
    bool known = false;
    if (!TemporalArithmetic(context, op, a, b, pos, known, out)) return false;
    if (known) return true;
    return context.Fail(ValueError(
        pos, std::string(OperatorText(op)) + " cannot take " + TypeName(a) + " and " + TypeName(b),
        detail::kArgumentType));
  }
  if (op == Operator::kPower) {
    out = Value(std::pow(a.as_number(), b.as_number()));
    return true;
  }
  if (a.kind() == ValueKind::kInt && b.kind() == ValueKind::kInt) {
    return IntegerArithmetic(context, op, a, b, pos, out);
  }
  const double x = a.as_number();
  const double y = b.as_number();
  switch (op) {
    case Operator::kAdd:
      out = Value(x + y);
      return true;
    case Operator::kSubtract:
      out = Value(x - y);
      return true;
    case Operator::kMultiply:
      out = Value(x * y);
      return true;
    case Operator::kDivide:
      out = Value(x / y);
      return true;
    default:
      out = Value(std::fmod(x, y));
      return true;
  }
}

bool CallMathFunction(ExecContext& context, Function function, std::vector<Value>& arguments,
                      std::uint32_t pos, Value& out) {
  for (const Value& argument : arguments) {
    if (!argument.is_number()) return WrongType(context, function, argument, pos);
  }
  if (function == Function::kPi || function == Function::kE) {
    out = Value(function == Function::kPi ? std::numbers::pi : std::numbers::e);
    return true;
  }
  if (function == Function::kRand) {
    out = Value(context.Random());
    return true;
  }
  const Value& value = arguments[0];
  const double x = value.as_number();
  switch (function) {
    case Function::kAbs:
      if (value.kind() == ValueKind::kDouble) {
        out = Value(std::fabs(x));
      } else if (value.as_int() == std::numeric_limits<std::int64_t>::min()) {
        return context.Fail(ValueError(pos, "abs of the smallest integer does not fit into 64 bits",
                                       detail::kNumericOverflow));
      } else {
        out = Value(value.as_int() < 0 ? -value.as_int() : value.as_int());
      }
      return true;
    case Function::kSign:
      out = Value(x > 0 ? 1 : x < 0 ? -1 : 0);
      return true;
    case Function::kCeil:
      out = Value(std::ceil(x));
      return true;
    case Function::kFloor:
      out = Value(std::floor(x));
      return true;
    case Function::kRound:
      return RoundTo(context, x, arguments.size() > 1 ? &arguments[1] : nullptr, pos, out);
    case Function::kIsNaN:
      out = Value(std::isnan(x));
      return true;
    case Function::kSinh:
      out = Value(std::sinh(x));
      return true;
    case Function::kCosh:
      out = Value(std::cosh(x));
      return true;
    case Function::kTanh:
      out = Value(std::tanh(x));
      return true;
    case Function::kCoth:
      out = Value(1.0 / std::tanh(x));
      return true;
    case Function::kSqrt:
      out = Value(std::sqrt(x));
      return true;
    case Function::kExp:
      out = Value(std::exp(x));
      return true;
    case Function::kLog:
      out = Value(std::log(x));
      return true;
    case Function::kLog10:
      out = Value(std::log10(x));
      return true;
    case Function::kSin:
      out = Value(std::sin(x));
      return true;
    case Function::kCos:
      out = Value(std::cos(x));
      return true;
    case Function::kTan:
      out = Value(std::tan(x));
      return true;
    case Function::kCot:
      out = Value(1.0 / std::tan(x));
      return true;
    case Function::kAsin:
      out = Value(std::asin(x));
      return true;
    case Function::kAcos:
      out = Value(std::acos(x));
      return true;
    case Function::kAtan:
      out = Value(std::atan(x));
      return true;
    case Function::kAtan2:
      out = Value(std::atan2(x, arguments[1].as_number()));
      return true;
    case Function::kDegrees:
      out = Value(x * 180.0 / std::numbers::pi);
      return true;
    case Function::kRadians:
      out = Value(x * std::numbers::pi / 180.0);
      return true;
    case Function::kHaversin:
      out = Value((1 - std::cos(x)) / 2);
      return true;
    default:
      TUPU_INVARIANT(!"a function without meaning");
      return false;
  }
}

}  // namespace tupu::query
