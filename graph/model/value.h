// The values of properties and of query results.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "graph/base/ids.h"
#include "graph/model/temporal.h"

namespace tupu::graph {

class Value;
using List = std::vector<Value>;
using Map = std::map<std::string, Value>;  // sorted, so output is the same everywhere

// An alternating walk: nodes.size() == edges.size() + 1.
struct Path {
  std::vector<NodeId> nodes;
  std::vector<EdgeId> edges;
  bool operator==(const Path&) const = default;
};

// In the order that Cypher's ORDER BY puts kinds (the two numbers count as one kind).
enum class ValueKind : std::uint8_t {
  kMap = 0,
  kNode,
  kEdge,
  kList,
  kPath,
  kDateTime,  // points in time, in the order of TemporalKind
  kLocalDateTime,
  kDate,
  kTime,
  kLocalTime,
  kDuration,
  kString,
  kBool,
  kInt,
  kDouble,
  kNull
};

// Immutable; lists, maps and paths are shared, so copies are cheap. Integers and doubles are
// different kinds that compare by number. Safe to read from several threads.
class Value {
 public:
  Value() = default;                                                            // null
  Value(bool value) : data_(value) {}                                           // NOLINT: implicit
  Value(std::int64_t value) : data_(value) {}                                   // NOLINT: implicit
  Value(int value) : data_(static_cast<std::int64_t>(value)) {}                 // NOLINT: implicit
  Value(double value) : data_(value) {}                                         // NOLINT: implicit
  Value(std::string value) : data_(std::move(value)) {}                         // NOLINT: implicit
  Value(std::string_view value) : data_(std::string(value)) {}                  // NOLINT: implicit
  Value(const char* value) : data_(std::string(value)) {}                       // NOLINT: implicit
  Value(List value) : data_(std::make_shared<const List>(std::move(value))) {}  // NOLINT: implicit
  Value(Map value) : data_(std::make_shared<const Map>(std::move(value))) {}    // NOLINT: implicit
  Value(NodeId value) : data_(value) {}                                         // NOLINT: implicit
  Value(EdgeId value) : data_(value) {}                                         // NOLINT: implicit
  Value(Path value) : data_(std::make_shared<const Path>(std::move(value))) {}  // NOLINT: implicit
  Value(Temporal value) : data_(value) {}                                       // NOLINT: implicit
  Value(Duration value) : data_(value) {}                                       // NOLINT: implicit

  ValueKind kind() const {
    constexpr ValueKind kKinds[] = {ValueKind::kNull,   ValueKind::kBool,    ValueKind::kInt,
                                    ValueKind::kDouble, ValueKind::kString,  ValueKind::kList,
                                    ValueKind::kMap,    ValueKind::kNode,    ValueKind::kEdge,
                                    ValueKind::kPath,   ValueKind::kDuration};
    if (is_temporal()) {
      return static_cast<ValueKind>(static_cast<int>(ValueKind::kDateTime) +
                                    static_cast<int>(as_temporal().kind));
    }
    return kKinds[data_.index()];
  }
  bool is_null() const { return std::holds_alternative<std::monostate>(data_); }
  bool is_temporal() const { return std::holds_alternative<Temporal>(data_); }
  bool is_number() const { return kind() == ValueKind::kInt || kind() == ValueKind::kDouble; }

  // Each needs the kind it names.
  bool as_bool() const { return std::get<bool>(data_); }
  std::int64_t as_int() const { return std::get<std::int64_t>(data_); }
  double as_double() const { return std::get<double>(data_); }
  double as_number() const;  // of an int or a double
  const std::string& as_string() const { return std::get<std::string>(data_); }
  const List& as_list() const { return *std::get<std::shared_ptr<const List>>(data_); }
  const Map& as_map() const { return *std::get<std::shared_ptr<const Map>>(data_); }
  NodeId as_node() const { return std::get<NodeId>(data_); }
  EdgeId as_edge() const { return std::get<EdgeId>(data_); }
  const Path& as_path() const { return *std::get<std::shared_ptr<const Path>>(data_); }
  const Temporal& as_temporal() const { return std::get<Temporal>(data_); }  // any point in time
  const Duration& as_duration() const { return std::get<Duration>(data_); }

  // Total order over all values, as ORDER BY needs it: by kind as listed in ValueKind with the two
  // numbers as one kind, null last; NaN after all numbers. Exact between int and double.
  static std::strong_ordering Order(const Value& a, const Value& b);
  // Same by that order (so null equals null: what DISTINCT and grouping need, not Cypher's `=`).
  bool operator==(const Value& other) const { return Order(*this, other) == 0; }
  std::size_t Hash() const;  // agrees with operator==

 private:
  std::variant<std::monostate, bool, std::int64_t, double, std::string, std::shared_ptr<const List>,
               std::shared_ptr<const Map>, NodeId, EdgeId, std::shared_ptr<const Path>, Duration,
               Temporal>
      data_;
};

// Stored properties: null, nodes, edges and paths never stand here.
using Properties = std::map<std::string, Value>;

// Bytes for the store, as FORMAT.md has them: kind byte, then the payload. Decode fails (false) on
// anything malformed.
void EncodeValue(std::string& out, const Value& value);
bool DecodeValue(std::string_view& in, Value& value);

// JSON text: raw UTF-8, keys sorted, doubles in the shortest form that reads back the same (whole
// doubles with ".0"; NaN and infinities as strings; points in time and durations as strings in ISO
// 8601). Nodes and edges are the caller's business:
// their numbers never leave the store.
std::string ToJson(const Value& value);
void AppendJsonString(std::string& out, std::string_view text);
std::string DoubleToString(double value);

}  // namespace tupu::graph
