// Points in time and durations: made, truncated, measured, added.
#include "graph/model/temporal_calc.h"
#include "graph/model/temporal_fields.h"
#include "query/cypher/ast.h"
#include "query/cypher/diagnostic.h"
#include "query/exec/functions.h"

namespace tupu::query {
namespace {

using graph::Duration;
using graph::Temporal;
using graph::TemporalKind;
using graph::Value;
using graph::ValueKind;

// What a function of the block of points in time does, and for which kind.
enum class Role : std::uint8_t { kMake, kTruncate, kTransaction, kStatement, kRealtime };
constexpr std::size_t kRoles = 5;

std::size_t PlaceInBlock(Function function) {
  return static_cast<std::size_t>(function) - static_cast<std::size_t>(Function::kDateTime);
}
Role RoleOf(Function function) { return static_cast<Role>(PlaceInBlock(function) % kRoles); }
TemporalKind TemporalKindOf(Function function) {
  return static_cast<TemporalKind>(PlaceInBlock(function) / kRoles);
}

bool Refuse(ExecContext& context, const Error& error, std::uint32_t pos) {
  return context.Fail(ValueError(pos, error.message, detail::kTemporalValue));
}

bool Give(ExecContext& context, Result<Value> result, std::uint32_t pos, Value& out) {
  if (!result.ok()) return Refuse(context, result.error(), pos);
  out = std::move(result).value();
  return true;
}

template <class T>
bool GiveAs(ExecContext& context, const Result<T>& result, std::uint32_t pos, Value& out) {
  if (!result.ok()) return Refuse(context, result.error(), pos);
  out = Value(*result);
  return true;
}

std::int64_t NowSeconds(const ExecContext& context) {
  return EpochSeconds(context.StatementTime());
}

// The clock, as one of `kind` in a zone.
bool Now(ExecContext& context, TemporalKind kind, const Temporal& now, const std::string* zone,
         std::uint32_t pos, Value& out) {
  Temporal there = now;
  if (zone) {
    const auto parsed = graph::ParseZone(*zone);
    if (!parsed.ok()) return Refuse(context, parsed.error(), pos);
    const auto moved = InZone(now, parsed->zone, parsed->offset);
    if (!moved.ok()) return Refuse(context, moved.error(), pos);
    there = *moved;
  }
  return GiveAs(context, ConvertTemporal(kind, there), pos, out);
}

// The zone of a map that says nothing else: the clock there is meant.
const std::string* OnlyZone(const graph::Map& map) {
  if (map.size() != 1 || map.begin()->second.kind() != ValueKind::kString) return nullptr;
  std::string name = map.begin()->first;
  for (char& c : name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return name == "timezone" ? &map.begin()->second.as_string() : nullptr;
}

bool MakeTemporal(ExecContext& context, Function function, const std::vector<Value>& arguments,
                  std::uint32_t pos, Value& out) {
  const TemporalKind kind = TemporalKindOf(function);
  if (arguments.empty()) return Now(context, kind, context.StatementTime(), nullptr, pos, out);
  const Value& value = arguments[0];
  if (value.kind() == ValueKind::kString) {
    return GiveAs(context, graph::ParseTemporal(kind, value.as_string()), pos, out);
  }
  if (value.kind() == ValueKind::kMap) {
    if (const std::string* zone = OnlyZone(value.as_map())) {
      return Now(context, kind, context.StatementTime(), zone, pos, out);
    }
    return Give(context, TemporalFromFields(kind, value.as_map(), NowSeconds(context)), pos, out);
  }
  if (!value.is_temporal()) return WrongType(context, function, value, pos);
  return GiveAs(context, ConvertTemporal(kind, value.as_temporal()), pos, out);
}

bool Truncated(ExecContext& context, Function function, const std::vector<Value>& arguments,
               std::uint32_t pos, Value& out) {
  if (arguments[0].kind() != ValueKind::kString) {
    return WrongType(context, function, arguments[0], pos);
  }
  const bool given = arguments.size() > 1;
  if (given && !arguments[1].is_temporal()) {
    return context.Fail(
        ValueError(pos, "truncate needs a date or time, this is " + TypeName(arguments[1]),
                   detail::kArgumentValue));
  }
  const bool fields = arguments.size() > 2;
  if (fields && arguments[2].kind() != ValueKind::kMap) {
    return context.Fail(
        ValueError(pos, "the fields of truncate are a map, this is " + TypeName(arguments[2]),
                   detail::kArgumentValue));
  }
  return Give(context,
              TruncateTo(TemporalKindOf(function), arguments[0].as_string(),
                         given ? arguments[1].as_temporal() : context.StatementTime(),
                         fields ? &arguments[2].as_map() : nullptr, NowSeconds(context)),
              pos, out);
}

bool Between(ExecContext& context, Function function, const std::vector<Value>& arguments,
             std::uint32_t pos, Value& out) {
  for (const Value& argument : arguments) {
    if (!argument.is_temporal()) return WrongType(context, function, argument, pos);
  }
  const auto unit = function == Function::kDurationBetween    ? graph::DurationUnit::kBetween
                    : function == Function::kDurationInMonths ? graph::DurationUnit::kMonths
                    : function == Function::kDurationInDays   ? graph::DurationUnit::kDays
                                                              : graph::DurationUnit::kSeconds;
  return GiveAs(context,
                DurationBetween(arguments[0].as_temporal(), arguments[1].as_temporal(), unit), pos,
                out);
}

bool MakeFromEpoch(ExecContext& context, Function function, const std::vector<Value>& arguments,
                   std::uint32_t pos, Value& out) {
  for (const Value& argument : arguments) {
    if (argument.kind() != ValueKind::kInt) return WrongType(context, function, argument, pos);
  }
  const graph::Int128 first = arguments[0].as_int();
  return GiveAs(context,
                function == Function::kDateTimeFromEpoch
                    ? graph::FromEpoch(first, arguments[1].as_int())
                    : graph::FromEpoch(0, first * 1'000'000),
                pos, out);
}

bool MakeLength(ExecContext& context, const Value& value, std::uint32_t pos, Value& out) {
  switch (value.kind()) {
    case ValueKind::kString:
      return GiveAs(context, graph::ParseDuration(value.as_string()), pos, out);
    case ValueKind::kMap:
      return Give(context, graph::DurationFromFields(value.as_map()), pos, out);
    case ValueKind::kDuration:
      out = value;
      return true;
    default:
      return WrongType(context, Function::kDuration, value, pos);
  }
}

}  // namespace

bool CallTemporalFunction(ExecContext& context, Function function, std::vector<Value>& arguments,
                          std::uint32_t pos, Value& out) {
  switch (function) {
    case Function::kDuration:
      return MakeLength(context, arguments[0], pos, out);
    case Function::kDurationBetween:
    case Function::kDurationInMonths:
    case Function::kDurationInDays:
    case Function::kDurationInSeconds:
      return Between(context, function, arguments, pos, out);
    case Function::kDateTimeFromEpoch:
    case Function::kDateTimeFromEpochMillis:
      return MakeFromEpoch(context, function, arguments, pos, out);
    case Function::kTimestamp: {
      const auto millis = graph::Component(context.StatementTime(), "epochMillis");
      return Give(context, millis, pos, out);
    }
    default:
      break;
  }
  const Role role = RoleOf(function);
  if (role == Role::kMake) return MakeTemporal(context, function, arguments, pos, out);
  if (role == Role::kTruncate) return Truncated(context, function, arguments, pos, out);
  const bool zone = !arguments.empty();
  if (zone && arguments[0].kind() != ValueKind::kString) {
    return WrongType(context, function, arguments[0], pos);
  }
  // A statement is a transaction of its own, so the two have one clock.
  return Now(context, TemporalKindOf(function),
             role == Role::kRealtime ? context.RealTime() : context.StatementTime(),
             zone ? &arguments[0].as_string() : nullptr, pos, out);
}

bool TemporalArithmetic(ExecContext& context, Operator op, const Value& a, const Value& b,
                        std::uint32_t pos, bool& known, Value& out) {
  const bool left = a.kind() == ValueKind::kDuration;
  const bool right = b.kind() == ValueKind::kDuration;
  const bool adds = op == Operator::kAdd || op == Operator::kSubtract;
  const int sign = op == Operator::kSubtract ? -1 : 1;
  known = true;
  if (adds && left && right) {
    return GiveAs(context, AddDurations(a.as_duration(), b.as_duration(), sign), pos, out);
  }
  if (adds && a.is_temporal() && right) {
    return GiveAs(context, AddDuration(a.as_temporal(), b.as_duration(), sign), pos, out);
  }
  if (op == Operator::kAdd && left && b.is_temporal()) {
    return GiveAs(context, AddDuration(b.as_temporal(), a.as_duration(), 1), pos, out);
  }
  if (op == Operator::kMultiply && left && b.is_number()) {
    return GiveAs(context, MultiplyDuration(a.as_duration(), b), pos, out);
  }
  if (op == Operator::kMultiply && a.is_number() && right) {
    return GiveAs(context, MultiplyDuration(b.as_duration(), a), pos, out);
  }
  if (op == Operator::kDivide && left && b.is_number()) {
    return GiveAs(context, DivideDuration(a.as_duration(), b), pos, out);
  }
  known = false;
  return true;
}

bool TemporalComponent(ExecContext& context, const Value& value, const std::string& name,
                       std::uint32_t pos, Value& out) {
  return Give(context,
              value.is_temporal() ? graph::Component(value.as_temporal(), name)
                                  : graph::Component(value.as_duration(), name),
              pos, out);
}

}  // namespace tupu::query
