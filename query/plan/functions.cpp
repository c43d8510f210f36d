#include "query/plan/functions.h"

#include <algorithm>
#include <string>

#include "graph/base/error.h"

namespace tupu::query {
namespace {

constexpr std::uint8_t kMany = kUnlimitedArguments;
constexpr TypeSet kElement = kNodeType | kEdgeType;

// In the order of Function, so that the number is the index.
constexpr FunctionDef kFunctions[] = {
    {"count", Function::kCount, 1, 1, {kAnyType}, kIntType, true, false},
    {"collect", Function::kCollect, 1, 1, {kAnyType}, kListType, true, false},
    {"sum",
     Function::kSum,
     1,
     1,
     {kNumberType | kDurationType},
     kNumberType | kDurationType,
     true,
     false},
    {"avg",
     Function::kAvg,
     1,
     1,
     {kNumberType | kDurationType},
     kDoubleType | kDurationType,
     true,
     false},
    {"min", Function::kMin, 1, 1, {kAnyType}, kAnyType, true, false},
    {"max", Function::kMax, 1, 1, {kAnyType}, kAnyType, true, false},
    {"stDev", Function::kStDev, 1, 1, {kNumberType}, kDoubleType, true, false},
    {"stDevP", Function::kStDevP, 1, 1, {kNumberType}, kDoubleType, true, false},
    {"percentileCont",
     Function::kPercentileCont,
     2,
     2,
     {kNumberType, kNumberType},
     kDoubleType,
     true,
     false},
    {"percentileDisc",
     Function::kPercentileDisc,
     2,
     2,
     {kNumberType, kNumberType},
     kNumberType,
     true,
     false},
    {"elementId", Function::kElementId, 1, 1, {kElement}, kStringType},
    {"labels", Function::kLabels, 1, 1, {kNodeType}, kListType},
    {"type", Function::kType, 1, 1, {kEdgeType}, kStringType},
    {"properties", Function::kProperties, 1, 1, {kElement | kMapType}, kMapType},
    {"keys", Function::kKeys, 1, 1, {kElement | kMapType}, kListType},
    {"nodes", Function::kNodes, 1, 1, {kPathType}, kListType},
    {"relationships", Function::kRelationships, 1, 1, {kPathType}, kListType},
    {"length", Function::kLength, 1, 1, {kPathType}, kIntType},
    {"startNode", Function::kStartNode, 1, 1, {kEdgeType}, kNodeType},
    {"endNode", Function::kEndNode, 1, 1, {kEdgeType}, kNodeType},
    {"aliases", Function::kAliases, 1, 1, {kNodeType}, kListType},
    {"evidence", Function::kEvidence, 1, 1, {kElement}, kListType},
    {"size", Function::kSize, 1, 1, {kListType | kStringType}, kIntType},
    {"head", Function::kHead, 1, 1, {kListType}, kAnyType},
    {"last", Function::kLast, 1, 1, {kListType}, kAnyType},
    {"tail", Function::kTail, 1, 1, {kListType}, kListType},
    {"range", Function::kRange, 2, 3, {kAnyType, kAnyType, kAnyType}, kListType},
    {"reverse", Function::kReverse, 1, 1, {kListType | kStringType}, kListType | kStringType},
    {"coalesce",
     Function::kCoalesce,
     1,
     kMany,
     {kAnyType, kAnyType, kAnyType},
     kAnyType,
     false,
     false},
    {"exists", Function::kExists, 1, 1, {kAnyType}, kBoolType, false, false},
    {"toString", Function::kToString, 1, 1, {kAnyType}, kStringType},
    {"toInteger", Function::kToInteger, 1, 1, {kAnyType}, kIntType},
    {"toFloat", Function::kToFloat, 1, 1, {kAnyType}, kDoubleType},
    {"toBoolean", Function::kToBoolean, 1, 1, {kAnyType}, kBoolType},
    {"toUpper", Function::kToUpper, 1, 1, {kStringType}, kStringType},
    {"toLower", Function::kToLower, 1, 1, {kStringType}, kStringType},
    {"trim", Function::kTrim, 1, 1, {kStringType}, kStringType},
    {"lTrim", Function::kLTrim, 1, 2, {kStringType, kStringType}, kStringType},
    {"rTrim", Function::kRTrim, 1, 2, {kStringType, kStringType}, kStringType},
    {"replace", Function::kReplace, 3, 3, {kStringType, kStringType, kStringType}, kStringType},
    {"split", Function::kSplit, 2, 2, {kStringType, kStringType}, kListType},
    {"substring", Function::kSubstring, 2, 3, {kStringType, kIntType, kIntType}, kStringType},
    {"left", Function::kLeft, 2, 2, {kStringType, kIntType}, kStringType},
    {"right", Function::kRight, 2, 2, {kStringType, kIntType}, kStringType},
    {"abs", Function::kAbs, 1, 1, {kNumberType}, kNumberType},
    {"ceil", Function::kCeil, 1, 1, {kNumberType}, kDoubleType},
    {"floor", Function::kFloor, 1, 1, {kNumberType}, kDoubleType},
    {"round", Function::kRound, 1, 2, {kNumberType, kIntType}, kDoubleType},
    {"sign", Function::kSign, 1, 1, {kNumberType}, kIntType},
    {"sqrt", Function::kSqrt, 1, 1, {kNumberType}, kDoubleType},
    {"exp", Function::kExp, 1, 1, {kNumberType}, kDoubleType},
    {"log", Function::kLog, 1, 1, {kNumberType}, kDoubleType},
    {"log10", Function::kLog10, 1, 1, {kNumberType}, kDoubleType},
    {"sin", Function::kSin, 1, 1, {kNumberType}, kDoubleType},
    {"cos", Function::kCos, 1, 1, {kNumberType}, kDoubleType},
    {"tan", Function::kTan, 1, 1, {kNumberType}, kDoubleType},
    {"cot", Function::kCot, 1, 1, {kNumberType}, kDoubleType},
    {"asin", Function::kAsin, 1, 1, {kNumberType}, kDoubleType},
    {"acos", Function::kAcos, 1, 1, {kNumberType}, kDoubleType},
    {"atan", Function::kAtan, 1, 1, {kNumberType}, kDoubleType},
    {"atan2", Function::kAtan2, 2, 2, {kNumberType, kNumberType}, kDoubleType},
    {"degrees", Function::kDegrees, 1, 1, {kNumberType}, kDoubleType},
    {"radians", Function::kRadians, 1, 1, {kNumberType}, kDoubleType},
    {"haversin", Function::kHaversin, 1, 1, {kNumberType}, kDoubleType},
    {"pi", Function::kPi, 0, 0, {}, kDoubleType},
    {"e", Function::kE, 0, 0, {}, kDoubleType},
    {"rand", Function::kRand, 0, 0, {}, kDoubleType},
    {"isNaN", Function::kIsNaN, 1, 1, {kNumberType}, kBoolType},
    {"sinh", Function::kSinh, 1, 1, {kNumberType}, kDoubleType},
    {"cosh", Function::kCosh, 1, 1, {kNumberType}, kDoubleType},
    {"tanh", Function::kTanh, 1, 1, {kNumberType}, kDoubleType},
    {"coth", Function::kCoth, 1, 1, {kNumberType}, kDoubleType},
    {"nullIf", Function::kNullIf, 2, 2, {kAnyType, kAnyType}, kAnyType, false, false},
    {"isEmpty", Function::kIsEmpty, 1, 1, {kListType | kMapType | kStringType}, kBoolType},
    {"toStringOrNull", Function::kToStringOrNull, 1, 1, {kAnyType}, kStringType},
    {"toIntegerOrNull", Function::kToIntegerOrNull, 1, 1, {kAnyType}, kIntType},
    {"toFloatOrNull", Function::kToFloatOrNull, 1, 1, {kAnyType}, kDoubleType},
    {"toBooleanOrNull", Function::kToBooleanOrNull, 1, 1, {kAnyType}, kBoolType},
    {"toStringList", Function::kToStringList, 1, 1, {kListType}, kListType},
    {"toIntegerList", Function::kToIntegerList, 1, 1, {kListType}, kListType},
    {"toFloatList", Function::kToFloatList, 1, 1, {kListType}, kListType},
    {"toBooleanList", Function::kToBooleanList, 1, 1, {kListType}, kListType},
    {"valueType", Function::kValueType, 1, 1, {kAnyType}, kStringType, false, false},
    {"bTrim", Function::kBTrim, 1, 2, {kStringType, kStringType}, kStringType},
    {"randomUUID", Function::kRandomUuid, 0, 0, {}, kStringType},
    {"normalize", Function::kNormalize, 1, 2, {kStringType, kStringType}, kStringType},
    {"datetime",
     Function::kDateTime,
     0,
     1,
     {kStringType | kMapType | kTemporalType},
     kDateTimeType},
    {"datetime.truncate",
     Function::kDateTimeTruncate,
     1,
     3,
     {kStringType, kTemporalType, kMapType},
     kDateTimeType},
    {"datetime.transaction", Function::kDateTimeTransaction, 0, 1, {kStringType}, kDateTimeType},
    {"datetime.statement", Function::kDateTimeStatement, 0, 1, {kStringType}, kDateTimeType},
    {"datetime.realtime", Function::kDateTimeRealtime, 0, 1, {kStringType}, kDateTimeType},
    {"localdatetime",
     Function::kLocalDateTime,
     0,
     1,
     {kStringType | kMapType | kTemporalType},
     kLocalDateTimeType},
    {"localdatetime.truncate",
     Function::kLocalDateTimeTruncate,
     1,
     3,
     {kStringType, kTemporalType, kMapType},
     kLocalDateTimeType},
    {"localdatetime.transaction",
     Function::kLocalDateTimeTransaction,
     0,
     1,
     {kStringType},
     kLocalDateTimeType},
    {"localdatetime.statement",
     Function::kLocalDateTimeStatement,
     0,
     1,
     {kStringType},
     kLocalDateTimeType},
    {"localdatetime.realtime",
     Function::kLocalDateTimeRealtime,
     0,
     1,
     {kStringType},
     kLocalDateTimeType},
    {"date", Function::kDate, 0, 1, {kStringType | kMapType | kTemporalType}, kDateType},
    {"date.truncate",
     Function::kDateTruncate,
     1,
     3,
     {kStringType, kTemporalType, kMapType},
     kDateType},
    {"date.transaction", Function::kDateTransaction, 0, 1, {kStringType}, kDateType},
    {"date.statement", Function::kDateStatement, 0, 1, {kStringType}, kDateType},
    {"date.realtime", Function::kDateRealtime, 0, 1, {kStringType}, kDateType},
    {"time", Function::kTime, 0, 1, {kStringType | kMapType | kTemporalType}, kTimeType},
    {"time.truncate",
     Function::kTimeTruncate,
     1,
     3,
     {kStringType, kTemporalType, kMapType},
     kTimeType},
    {"time.transaction", Function::kTimeTransaction, 0, 1, {kStringType}, kTimeType},
    {"time.statement", Function::kTimeStatement, 0, 1, {kStringType}, kTimeType},
    {"time.realtime", Function::kTimeRealtime, 0, 1, {kStringType}, kTimeType},
    {"localtime",
     Function::kLocalTime,
     0,
     1,
     {kStringType | kMapType | kTemporalType},
     kLocalTimeType},
    {"localtime.truncate",
     Function::kLocalTimeTruncate,
     1,
     3,
     {kStringType, kTemporalType, kMapType},
     kLocalTimeType},
    {"localtime.transaction", Function::kLocalTimeTransaction, 0, 1, {kStringType}, kLocalTimeType},
    {"localtime.statement", Function::kLocalTimeStatement, 0, 1, {kStringType}, kLocalTimeType},
    {"localtime.realtime", Function::kLocalTimeRealtime, 0, 1, {kStringType}, kLocalTimeType},
    {"datetime.fromEpoch", Function::kDateTimeFromEpoch, 2, 2, {kIntType, kIntType}, kDateTimeType},
    {"datetime.fromEpochMillis",
     Function::kDateTimeFromEpochMillis,
     1,
     1,
     {kIntType},
     kDateTimeType},
    {"duration",
     Function::kDuration,
     1,
     1,
     {kStringType | kMapType | kDurationType},
     kDurationType},
    {"duration.between",
     Function::kDurationBetween,
     2,
     2,
     {kTemporalType, kTemporalType},
     kDurationType},
    {"duration.inMonths",
     Function::kDurationInMonths,
     2,
     2,
     {kTemporalType, kTemporalType},
     kDurationType},
    {"duration.inDays",
     Function::kDurationInDays,
     2,
     2,
     {kTemporalType, kTemporalType},
     kDurationType},
    {"duration.inSeconds",
     Function::kDurationInSeconds,
     2,
     2,
     {kTemporalType, kTemporalType},
     kDurationType},
    {"timestamp", Function::kTimestamp, 0, 0, {}, kIntType},
};

bool SameWord(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

const FunctionDef* FindFunction(std::string_view name) {
  // The older name; internal numbers never leave the store, so both are the `id` property.
  if (SameWord(name, "id")) name = "elementId";
  struct Alias {
    std::string_view other;
    std::string_view name;
  };
  static constexpr Alias kAliases[] = {
      {"upper", "toUpper"},     {"lower", "toLower"},    {"ln", "log"},
      {"ceiling", "ceil"},      {"char_length", "size"}, {"character_length", "size"},
      {"rels", "relationships"}};
  for (const Alias& alias : kAliases) {
    if (SameWord(name, alias.other)) name = alias.name;
  }
  for (const FunctionDef& function : kFunctions) {
    if (SameWord(function.name, name)) return &function;
  }
  return nullptr;
}

const FunctionDef& Definition(Function id) {
  const FunctionDef& found = kFunctions[static_cast<std::size_t>(id)];
  TUPU_INVARIANT(found.id == id);
  return found;
}

const std::vector<std::string_view>& FunctionNames() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> out;
    for (const FunctionDef& function : kFunctions) out.push_back(function.name);
    for (const std::string_view word : {"all", "any", "none", "single", "reduce"}) {
      out.push_back(word);
    }
    std::sort(out.begin(), out.end());
    return out;
  }();
  return names;
}

std::string TypeNames(TypeSet types) {
  struct Named {
    TypeSet type;
    std::string_view name;
  };
  static constexpr Named kNames[] = {{kBoolType, "a boolean"},
                                     {kIntType, "an integer"},
                                     {kDoubleType, "a float"},
                                     {kStringType, "a string"},
                                     {kListType, "a list"},
                                     {kMapType, "a map"},
                                     {kNodeType, "a node"},
                                     {kEdgeType, "a relationship"},
                                     {kPathType, "a path"},
                                     {kDateTimeType, "a datetime"},
                                     {kLocalDateTimeType, "a localdatetime"},
                                     {kDateType, "a date"},
                                     {kTimeType, "a time"},
                                     {kLocalTimeType, "a localtime"},
                                     {kDurationType, "a duration"}};
  if (types == kNullType) return "null";
  std::vector<std::string_view> found;
  const auto together = [&](TypeSet set, std::string_view name) {
    if ((types & set) != set) return;
    found.push_back(name);
    types = static_cast<TypeSet>(types & ~set);
  };
  together(kNumberType, "a number");
  for (const Named& named : kNames) {
    if (named.type == kDateTimeType) together(kTemporalType, "a date or time");
    if ((types & named.type) != 0) found.push_back(named.name);
  }
  std::string out;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (i > 0) out += i + 1 == found.size() ? " or " : ", ";
    out += found[i];
  }
  return out;
}

}  // namespace tupu::query
