// What kinds of value an expression may have, as far as can be told without running it.
#pragma once

#include <cstdint>
#include <string>

#include "graph/model/value.h"

namespace tupu::query {

// A set of kinds, one bit each. Null is in every set: nothing rules it out.
using TypeSet = std::uint16_t;

constexpr TypeSet TypeOf(graph::ValueKind kind) {
  return kind == graph::ValueKind::kNull ? TypeSet{0}
                                         : static_cast<TypeSet>(1U << static_cast<unsigned>(kind));
}

inline constexpr TypeSet kNullType = 0;
inline constexpr TypeSet kMapType = TypeOf(graph::ValueKind::kMap);
inline constexpr TypeSet kNodeType = TypeOf(graph::ValueKind::kNode);
inline constexpr TypeSet kEdgeType = TypeOf(graph::ValueKind::kEdge);
inline constexpr TypeSet kListType = TypeOf(graph::ValueKind::kList);
inline constexpr TypeSet kPathType = TypeOf(graph::ValueKind::kPath);
inline constexpr TypeSet kStringType = TypeOf(graph::ValueKind::kString);
inline constexpr TypeSet kBoolType = TypeOf(graph::ValueKind::kBool);
inline constexpr TypeSet kIntType = TypeOf(graph::ValueKind::kInt);
inline constexpr TypeSet kDoubleType = TypeOf(graph::ValueKind::kDouble);
inline constexpr TypeSet kNumberType = kIntType | kDoubleType;
inline constexpr TypeSet kDateTimeType = TypeOf(graph::ValueKind::kDateTime);
inline constexpr TypeSet kLocalDateTimeType = TypeOf(graph::ValueKind::kLocalDateTime);
inline constexpr TypeSet kDateType = TypeOf(graph::ValueKind::kDate);
inline constexpr TypeSet kTimeType = TypeOf(graph::ValueKind::kTime);
inline constexpr TypeSet kLocalTimeType = TypeOf(graph::ValueKind::kLocalTime);
inline constexpr TypeSet kDurationType = TypeOf(graph::ValueKind::kDuration);
// Points in time.
inline constexpr TypeSet kTemporalType =
    kDateTimeType | kLocalDateTimeType | kDateType | kTimeType | kLocalTimeType;
inline constexpr TypeSet kAnyType = kMapType | kNodeType | kEdgeType | kListType | kPathType |
                                    kStringType | kBoolType | kNumberType | kTemporalType |
                                    kDurationType;

constexpr TypeSet Either(TypeSet a, TypeSet b) { return static_cast<TypeSet>(a | b); }

// "a string", "a node or a relationship", for messages.
std::string TypeNames(TypeSet types);
inline std::string TypeName(const graph::Value& value) { return TypeNames(TypeOf(value.kind())); }

}  // namespace tupu::query
