// Functions that Cypher has got after openCypher 9, and that people type by habit.
#include <random>
#include <set>

#include "query/exec/compare.h"
#include "query/exec/functions.h"

namespace tupu::query {
namespace {

using graph::List;
using graph::Value;
using graph::ValueKind;

// The conversion that fails on no value, and what it can take.
struct Conversion {
  Function function;
  TypeSet takes;
};

Conversion ConversionOf(Function function) {
  switch (function) {
    case Function::kToStringOrNull:
    case Function::kToStringList:
      return {Function::kToString,
              kStringType | kBoolType | kNumberType | kTemporalType | kDurationType};
    case Function::kToIntegerOrNull:
    case Function::kToIntegerList:
      return {Function::kToInteger, kStringType | kBoolType | kNumberType};
    case Function::kToFloatOrNull:
    case Function::kToFloatList:
      return {Function::kToFloat, kStringType | kNumberType};
    default:
      return {Function::kToBoolean, kStringType | kBoolType};
  }
}

bool ConvertOrNull(ExecContext& context, const Conversion& to, const Value& value,
                   std::uint32_t pos, Value& out) {
  if ((TypeOf(value.kind()) & to.takes) == 0) {
    out = Value();
    return true;
  }
  return Convert(context, to.function, value, pos, out);
}

std::string_view PlainType(ValueKind kind) {
  switch (kind) {
    case ValueKind::kMap:
      return "MAP";
    case ValueKind::kNode:
      return "NODE";
    case ValueKind::kEdge:
      return "RELATIONSHIP";
    case ValueKind::kPath:
      return "PATH";
    case ValueKind::kDateTime:
      return "ZONED DATETIME";
    case ValueKind::kLocalDateTime:
      return "LOCAL DATETIME";
    case ValueKind::kDate:
      return "DATE";
    case ValueKind::kTime:
      return "ZONED TIME";
    case ValueKind::kLocalTime:
      return "LOCAL TIME";
    case ValueKind::kDuration:
      return "DURATION";
    case ValueKind::kString:
      return "STRING";
    case ValueKind::kBool:
      return "BOOLEAN";
    case ValueKind::kInt:
      return "INTEGER";
    case ValueKind::kDouble:
      return "FLOAT";
    case ValueKind::kNull:
      return "NULL";
    case ValueKind::kList:
      return "LIST";
  }
  return "";
}

// "LIST<INTEGER NOT NULL | STRING NOT NULL> NOT NULL", as GQL names types. Lists are no deeper than
// values are.
bool TypeText(ExecContext& context, const Value& value, std::string& out) {
  if (!context.Tick()) return false;
  if (value.is_null()) {
    out = "NULL";
    return true;
  }
  out = PlainType(value.kind());
  if (value.kind() == ValueKind::kList) {
    std::set<std::string> inner;
    for (const Value& element : value.as_list()) {
      std::string text;
      if (!TypeText(context, element, text)) return false;
      inner.insert(std::move(text));
    }
    std::string joined;
    for (const std::string& text : inner) joined += (joined.empty() ? "" : " | ") + text;
    out += "<" + (joined.empty() ? std::string("NOTHING") : joined) + ">";
  }
  out += " NOT NULL";
  return true;
}

// Version 4: of random bits only, and not the same twice.
std::string RandomUuid() {
  std::random_device source;
  constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  for (std::size_t i = 0; i < 32; ++i) {
    if (i == 8 || i == 12 || i == 16 || i == 20) out += '-';
    unsigned digit = source() & 15U;
    if (i == 12) digit = 4;
    if (i == 16) digit = 8 | (digit & 3U);
    out += kDigits[digit];
  }
  return out;
}

}  // namespace

bool CallLaterFunction(ExecContext& context, Function function, std::vector<Value>& arguments,
                       std::uint32_t pos, Value& out) {
  switch (function) {
    case Function::kNullIf:
      out = Equal(arguments[0], arguments[1]).value_or(false) ? Value() : arguments[0];
      return true;
    case Function::kIsEmpty: {
      const Value& value = arguments[0];
      if (value.kind() == ValueKind::kString) {
        out = Value(value.as_string().empty());
      } else if (value.kind() == ValueKind::kList) {
        out = Value(value.as_list().empty());
      } else if (value.kind() == ValueKind::kMap) {
        out = Value(value.as_map().empty());
      } else {
        return WrongType(context, function, value, pos);
      }
      return true;
    }
    case Function::kValueType: {
      std::string text;
      if (!TypeText(context, arguments[0], text)) return false;
      out = Value(std::move(text));
      return context.Charge(HeapBytes(out));
    }
    case Function::kRandomUuid:
      out = Value(RandomUuid());
      return true;
    case Function::kToStringList:
    case Function::kToIntegerList:
    case Function::kToFloatList:
    case Function::kToBooleanList: {
      if (arguments[0].kind() != ValueKind::kList) {
        return WrongType(context, function, arguments[0], pos);
      }
      List list;
      for (const Value& element : arguments[0].as_list()) {
        Value converted;
        if (!context.Tick() ||
            !ConvertOrNull(context, ConversionOf(function), element, pos, converted) ||
            !context.Charge(HeapBytes(converted) + sizeof(Value))) {
          return false;
        }
        list.push_back(std::move(converted));
      }
      out = Value(std::move(list));
      return true;
    }
    default:
      return ConvertOrNull(context, ConversionOf(function), arguments[0], pos, out);
  }
}

}  // namespace tupu::query
