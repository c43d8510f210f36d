// Functions about lists and conversions; the way to all others.
#include "query/exec/functions.h"

#include <charconv>
#include <cmath>

#include "graph/base/utf8.h"
#include "query/cypher/diagnostic.h"

namespace tupu::query {
namespace {

using graph::List;
using graph::Value;
using graph::ValueKind;

bool Range(ExecContext& context, const std::vector<Value>& arguments, std::uint32_t pos,
           Value& out) {
  for (const Value& argument : arguments) {
    if (argument.kind() != ValueKind::kInt) {
      return context.Fail(ValueError(pos, "range needs integers, this is " + TypeName(argument),
                                     "ArgumentError: InvalidArgumentType"));
    }
  }
  const std::int64_t first = arguments[0].as_int();
  const std::int64_t last = arguments[1].as_int();
  const std::int64_t step = arguments.size() > 2 ? arguments[2].as_int() : 1;
  if (step == 0) {
    return context.Fail(
        ValueError(pos, "the step of range cannot be 0", detail::kNumberOutOfRange));
  }
  List list;
  if (step > 0 ? first <= last : first >= last) {
    // Unsigned: the whole of 64 bits may lie between.
    const auto distance =
        step > 0 ? static_cast<std::uint64_t>(last) - static_cast<std::uint64_t>(first)
                 : static_cast<std::uint64_t>(first) - static_cast<std::uint64_t>(last);
    const std::uint64_t stride =
        step > 0 ? static_cast<std::uint64_t>(step) : ~static_cast<std::uint64_t>(step) + 1;
    const std::uint64_t count = distance / stride;  // without the first
    if (count >= (std::uint64_t{1} << 40) ||
        !context.Charge(static_cast<std::size_t>(count + 1) * sizeof(Value))) {
      return context.Fail(Error(ErrorCode::kLimit, "this range has too many elements", {}, pos));
    }
    list.reserve(static_cast<std::size_t>(count + 1));
    std::int64_t value = first;
    for (std::uint64_t i = 0;; ++i) {
      list.emplace_back(value);
      if (i == count) break;
      if (!context.Tick()) return false;
      value = static_cast<std::int64_t>(static_cast<std::uint64_t>(value) +
                                        static_cast<std::uint64_t>(step));
    }
  }
  out = Value(std::move(list));
  return true;
}

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::optional<double> ReadDouble(std::string_view text) {
  text = Trimmed(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size()) {
    return std::nullopt;
  }
  return value;
}

// Toward zero; nothing where no integer is near.
Value TruncatedToInt(double value) {
  if (!(value >= -9223372036854775808.0 && value < 9223372036854775808.0)) return {};
  return Value(static_cast<std::int64_t>(value));
}

bool CallListFunction(ExecContext& context, Function function, std::vector<Value>& arguments,
                      std::uint32_t pos, Value& out) {
  Value& value = arguments[0];
  if (function == Function::kSize || function == Function::kReverse) {
    if (value.kind() == ValueKind::kString) {
      if (function == Function::kSize) {
        out = Value(static_cast<std::int64_t>(CountCodePoints(value.as_string())));
      } else {
        const std::string& text = value.as_string();
        std::string reversed;
        reversed.reserve(text.size());
        for (std::size_t end = text.size(); end > 0;) {
          const CodePoint c = DecodeBefore(text, end);
          end -= c.size;
          reversed.append(text, end, c.size);
        }
        out = Value(std::move(reversed));
      }
      return true;
    }
  }
  if (value.kind() != ValueKind::kList) return WrongType(context, function, value, pos);
  const List& list = value.as_list();
  switch (function) {
    case Function::kSize:
      out = Value(static_cast<std::int64_t>(list.size()));
      return true;
    case Function::kHead:
      out = list.empty() ? Value() : Value(list.front());
      return true;
    case Function::kLast:
      out = list.empty() ? Value() : Value(list.back());
      return true;
    case Function::kTail:
      if (!context.Charge(HeapBytes(value))) return false;
      out = list.empty() ? Value(List()) : Value(List(list.begin() + 1, list.end()));
      return true;
    default:  // kReverse
      if (!context.Charge(HeapBytes(value))) return false;
      out = Value(List(list.rbegin(), list.rend()));
      return true;
  }
}

}  // namespace

bool Convert(ExecContext& context, Function function, const Value& value, std::uint32_t pos,
             Value& out) {
  const ValueKind kind = value.kind();
  switch (function) {
    case Function::kToString:
      if (kind == ValueKind::kString) {
        out = value;
      } else if (kind == ValueKind::kBool) {
        out = Value(value.as_bool() ? "true" : "false");
      } else if (kind == ValueKind::kInt) {
        out = Value(std::to_string(value.as_int()));
      } else if (kind == ValueKind::kDouble) {
        out = Value(graph::DoubleToString(value.as_double()));
      } else if (value.is_temporal()) {
        out = Value(ToString(value.as_temporal()));
      } else if (kind == ValueKind::kDuration) {
        out = Value(ToString(value.as_duration()));
      } else {
        return WrongType(context, function, value, pos);
      }
      return true;
    case Function::kToInteger:
      if (kind == ValueKind::kInt) {
        out = value;
      } else if (kind == ValueKind::kDouble) {
        out = TruncatedToInt(value.as_double());
      } else if (kind == ValueKind::kBool) {
        out = Value(value.as_bool() ? 1 : 0);
      } else if (kind == ValueKind::kString) {
        std::string_view text = Trimmed(value.as_string());
        if (text.starts_with('+')) text.remove_prefix(1);
        std::int64_t number = 0;
        const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
        if (!text.empty() && read.ec == std::errc() && read.ptr == text.data() + text.size()) {
          out = Value(number);
        } else {
          const auto real = ReadDouble(text);
          out = real ? TruncatedToInt(*real) : Value();
        }
      } else {
        return WrongType(context, function, value, pos);
      }
      return true;
    case Function::kToFloat:
      if (value.is_number()) {
        out = Value(value.as_number());
      } else if (kind == ValueKind::kString) {
        const auto real = ReadDouble(value.as_string());
        out = real ? Value(*real) : Value();
      } else {
        return WrongType(context, function, value, pos);
      }
      return true;
    default:  // kToBoolean
      if (kind == ValueKind::kBool) {
        out = value;
      } else if (kind == ValueKind::kString) {
        std::string word;
        for (const char c : Trimmed(value.as_string())) {
          word += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        }
        out = word == "true" ? Value(true) : word == "false" ? Value(false) : Value();
      } else {
        return WrongType(context, function, value, pos);
      }
      return true;
  }
}

bool WrongType(ExecContext& context, Function function, const Value& value, std::uint32_t pos) {
  const FunctionDef& definition = Definition(function);
  const std::string name(definition.name);
  std::string wanted = TypeNames(definition.arguments[0]);
  if (function == Function::kToString)
    wanted = "a string, a number, a boolean, a time or a duration";
  if (function == Function::kToInteger) wanted = "a number, a boolean or a string";
  if (function == Function::kToFloat) wanted = "a number or a string";
  if (function == Function::kToBoolean) wanted = "a boolean or a string";
  return context.Fail(ValueError(pos, name + " needs " + wanted + ", this is " + TypeName(value),
                                 detail::kArgumentValue));
}

bool CallFunction(ExecContext& context, Function function, std::vector<Value>& arguments,
                  std::uint32_t pos, Value& out) {
  switch (function) {
    case Function::kElementId:
    case Function::kLabels:
    case Function::kType:
    case Function::kProperties:
    case Function::kKeys:
    case Function::kNodes:
    case Function::kRelationships:
    case Function::kLength:
    case Function::kStartNode:
    case Function::kEndNode:
    case Function::kAliases:
    case Function::kEvidence:
      return CallGraphFunction(context, function, arguments, pos, out);
    case Function::kSize:
    case Function::kHead:
    case Function::kLast:
    case Function::kTail:
    case Function::kReverse:
      return CallListFunction(context, function, arguments, pos, out);
    case Function::kRange:
      return Range(context, arguments, pos, out);
    case Function::kCoalesce:
      out = Value();
      for (Value& argument : arguments) {
        if (argument.is_null()) continue;
        out = std::move(argument);
        break;
      }
      return true;
    case Function::kNullIf:
    case Function::kIsEmpty:
    case Function::kToStringOrNull:
    case Function::kToIntegerOrNull:
    case Function::kToFloatOrNull:
    case Function::kToBooleanOrNull:
    case Function::kToStringList:
    case Function::kToIntegerList:
    case Function::kToFloatList:
    case Function::kToBooleanList:
    case Function::kValueType:
    case Function::kRandomUuid:
      return CallLaterFunction(context, function, arguments, pos, out);
    case Function::kExists:
      out = Value(!arguments[0].is_null());
      return true;
    case Function::kToString:
    case Function::kToInteger:
    case Function::kToFloat:
    case Function::kToBoolean:
      return Convert(context, function, arguments[0], pos, out);
    case Function::kToUpper:
    case Function::kToLower:
    case Function::kTrim:
    case Function::kLTrim:
    case Function::kRTrim:
    case Function::kBTrim:
    case Function::kNormalize:
    case Function::kReplace:
    case Function::kSplit:
    case Function::kSubstring:
    case Function::kLeft:
    case Function::kRight:
      return CallStringFunction(context, function, arguments, pos, out);
    default:
      if (function >= Function::kDateTime) {
        return CallTemporalFunction(context, function, arguments, pos, out);
      }
      return CallMathFunction(context, function, arguments, pos, out);
  }
}

}  // namespace tupu::query
