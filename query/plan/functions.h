// The catalogue of functions: names, arguments, results. What they do is in exec/.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "query/plan/types.h"

namespace tupu::query {

enum class Function : std::uint8_t {
  // Aggregates.
  kCount,
  kCollect,
  kSum,
  kAvg,
  kMin,
  kMax,
  kStDev,
  kStDevP,
  kPercentileCont,
  kPercentileDisc,
  // Graph.
  kElementId,
  kLabels,
  kType,
  kProperties,
  kKeys,
  kNodes,
  kRelationships,
  kLength,
  kStartNode,
  kEndNode,
  kAliases,
  kEvidence,
  // Lists and general.
  kSize,
  kHead,
  kLast,
  kTail,
  kRange,
  kReverse,
  kCoalesce,
  kExists,
  kToString,
  kToInteger,
  kToFloat,
  kToBoolean,
  // Strings.
  kToUpper,
  kToLower,
  kTrim,
  kLTrim,
  kRTrim,
  kReplace,
  kSplit,
  kSubstring,
  kLeft,
  kRight,
  // Numbers.
  kAbs,
  kCeil,
  kFloor,
  kRound,
  kSign,
  kSqrt,
  kExp,
  kLog,
  kLog10,
  kSin,
  kCos,
  kTan,
  kCot,
  kAsin,
  kAcos,
  kAtan,
  kAtan2,
  kDegrees,
  kRadians,
  kHaversin,
  kPi,
  kE,
  kRand,
  kIsNaN,
  kSinh,
  kCosh,
  kTanh,
  kCoth,
  // What has come after openCypher 9.
  kNullIf,
  kIsEmpty,
  kToStringOrNull,
  kToIntegerOrNull,
  kToFloatOrNull,
  kToBooleanOrNull,
  kToStringList,
  kToIntegerList,
  kToFloatList,
  kToBooleanList,
  kValueType,
  kBTrim,
  kRandomUuid,
  kNormalize,
  // Points in time: five for each kind, in the order of TemporalKind.
  kDateTime,
  kDateTimeTruncate,
  kDateTimeTransaction,
  kDateTimeStatement,
  kDateTimeRealtime,
  kLocalDateTime,
  kLocalDateTimeTruncate,
  kLocalDateTimeTransaction,
  kLocalDateTimeStatement,
  kLocalDateTimeRealtime,
  kDate,
  kDateTruncate,
  kDateTransaction,
  kDateStatement,
  kDateRealtime,
  kTime,
  kTimeTruncate,
  kTimeTransaction,
  kTimeStatement,
  kTimeRealtime,
  kLocalTime,
  kLocalTimeTruncate,
  kLocalTimeTransaction,
  kLocalTimeStatement,
  kLocalTimeRealtime,
  kDateTimeFromEpoch,
  kDateTimeFromEpochMillis,
  kDuration,
  kDurationBetween,
  kDurationInMonths,
  kDurationInDays,
  kDurationInSeconds,
  kTimestamp
};

inline constexpr std::uint8_t kUnlimitedArguments = 255;

struct FunctionDef {
  std::string_view name;  // as people write it: toUpper
  Function id;
  std::uint8_t min_arguments;
  std::uint8_t max_arguments;
  std::array<TypeSet, 3> arguments;  // the last stands for all further ones
  TypeSet result;
  bool aggregate = false;
  bool null_in_null_out = true;  // null if any argument is
};

// Null for an unknown name; case does not matter.
const FunctionDef* FindFunction(std::string_view name);
const FunctionDef& Definition(Function id);
// In order of name.
const std::vector<std::string_view>& FunctionNames();

}  // namespace tupu::query
