#include "graph/model/value.h"

#include <charconv>
#include <cmath>

#include "graph/base/coding.h"
#include "graph/base/error.h"

namespace tupu::graph {
namespace {

// Stored: never change one.
constexpr char kNullByte = 'n', kTrueByte = 't', kFalseByte = 'f', kIntByte = 'i',
               kDoubleByte = 'd', kStringByte = 's', kListByte = 'l', kMapByte = 'm',
               kDateByte = 'D', kTimeByte = 'T', kLocalTimeByte = 'C', kDateTimeByte = 'Z',
               kLocalDateTimeByte = 'L', kDurationByte = 'P';

// Deeper nesting than this is not stored; it keeps the readers' stacks bounded.
constexpr int kMaxDepth = 100;

// Exact, although a double cannot hold every integer: compares in the integers where it can.
std::strong_ordering OrderNumbers(std::int64_t a, double b) {
  if (std::isnan(b)) return std::strong_ordering::less;
  constexpr double kLimit = 9223372036854775808.0;  // 2^63
  if (b >= kLimit) return std::strong_ordering::less;
  if (b < -kLimit) return std::strong_ordering::greater;
  const double whole = std::trunc(b);
  const auto order = a <=> static_cast<std::int64_t>(whole);
  if (order != 0) return order;
  if (b > whole) return std::strong_ordering::less;
  return b < whole ? std::strong_ordering::greater : std::strong_ordering::equal;
}

std::strong_ordering OrderDoubles(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) <=> std::isnan(b);
  return a < b   ? std::strong_ordering::less
         : a > b ? std::strong_ordering::greater
                 : std::strong_ordering::equal;
}

std::strong_ordering Reverse(std::strong_ordering order) { return 0 <=> order; }

int Rank(ValueKind kind) {
  return static_cast<int>(kind == ValueKind::kDouble ? ValueKind::kInt : kind);
}

template <class Range>
std::strong_ordering OrderRanges(const Range& a, const Range& b, const auto& order) {
  auto x = a.begin();
  auto y = b.begin();
  for (; x != a.end() && y != b.end(); ++x, ++y) {
    const std::strong_ordering by_element = order(*x, *y);
    if (by_element != 0) return by_element;
  }
  return a.size() <=> b.size();
}

std::size_t MixHash(std::size_t seed, std::size_t value) {
  return (seed ^ (value + 0x9e3779b97f4a7c15ULL + (seed << 6) + (seed >> 2))) *
         0xff51afd7ed558ccdULL;
}

char KindByte(TemporalKind kind) {
  switch (kind) {
    case TemporalKind::kDate:
      return kDateByte;
    case TemporalKind::kTime:
      return kTimeByte;
    case TemporalKind::kLocalTime:
      return kLocalTimeByte;
    case TemporalKind::kDateTime:
      return kDateTimeByte;
    case TemporalKind::kLocalDateTime:
      return kLocalDateTimeByte;
  }
  return 0;
}

void EncodeTemporal(std::string& out, const Temporal& value) {
  out += KindByte(value.kind);
  if (HasDate(value.kind)) PutVarint(out, ZigZag(value.days));
  if (HasTime(value.kind)) PutVarint(out, static_cast<std::uint64_t>(value.nanos));
  if (HasZone(value.kind)) PutVarint(out, ZigZag(value.offset));
  if (value.kind == TemporalKind::kDateTime) {
    PutLengthPrefixed(out, value.zone.empty() ? std::string_view() : ZoneName(value.zone));
  }
}

bool DecodeTemporal(std::string_view& in, TemporalKind kind, Value& value) {
  Temporal out;
  out.kind = kind;
  std::uint64_t number = 0;
  if (HasDate(kind)) {
    if (!GetVarint(in, number)) return false;
    out.days = UnZigZag(number);
    if (!IsDayInRange(out.days)) return false;
  }
  if (HasTime(kind)) {
    if (!GetVarint(in, number) || number >= static_cast<std::uint64_t>(kNanosPerDay)) return false;
    out.nanos = static_cast<std::int64_t>(number);
  }
  if (HasZone(kind)) {
    if (!GetVarint(in, number)) return false;
    const std::int64_t offset = UnZigZag(number);
    if (offset < -kMaxOffset || offset > kMaxOffset) return false;
    out.offset = static_cast<std::int32_t>(offset);
  }
  std::string_view zone;
  if (kind == TemporalKind::kDateTime && !GetLengthPrefixed(in, zone)) return false;
  if (!zone.empty()) {
    const auto id = InternZone(zone);
    if (!id) return false;
    out.zone = *id;
  }
  value = Value(out);
  return true;
}

bool DecodeDuration(std::string_view& in, Value& value) {
  std::uint64_t months = 0, days = 0, seconds = 0, nanos = 0;
  if (!GetVarint(in, months) || !GetVarint(in, days) || !GetVarint(in, seconds) ||
      !GetVarint(in, nanos) || nanos >= static_cast<std::uint64_t>(kNanosPerSecond)) {
    return false;
  }
  const auto out = MakeDuration(UnZigZag(months), UnZigZag(days), UnZigZag(seconds),
                                static_cast<std::int64_t>(nanos));
  if (!out.ok()) return false;
  value = Value(*out);
  return true;
}

bool Decode(std::string_view& in, Value& value, int depth) {
  if (in.empty() || depth > kMaxDepth) return false;
  const char kind = in.front();
  std::string_view rest = in.substr(1);
  std::uint64_t number = 0;
  std::string_view text;
  switch (kind) {
    case kNullByte:
      value = Value();
      break;
    case kTrueByte:
      value = Value(true);
      break;
    case kFalseByte:
      value = Value(false);
      break;
    case kIntByte:
      if (!GetVarint(rest, number)) return false;
      value = Value(UnZigZag(number));
      break;
    case kDoubleByte: {
      double real = 0;
      if (!GetDouble(rest, real)) return false;
      value = Value(real);
      break;
    }
    case kStringByte:
      if (!GetLengthPrefixed(rest, text)) return false;
      value = Value(text);
      break;
    case kListByte: {
      if (!GetVarint(rest, number) || number > rest.size()) return false;
      List list(static_cast<std::size_t>(number));
      for (Value& element : list) {
        if (!Decode(rest, element, depth + 1)) return false;
      }
      value = Value(std::move(list));
      break;
    }
    case kMapByte: {
      if (!GetVarint(rest, number) || number > rest.size()) return false;
      Map map;
      for (std::uint64_t i = 0; i < number; ++i) {
        if (!GetLengthPrefixed(rest, text)) return false;
        if (!Decode(rest, map[std::string(text)], depth + 1)) return false;
      }
      value = Value(std::move(map));
      break;
    }
    case kDateByte:
      if (!DecodeTemporal(rest, TemporalKind::kDate, value)) return false;
      break;
    case kTimeByte:
      if (!DecodeTemporal(rest, TemporalKind::kTime, value)) return false;
      break;
    case kLocalTimeByte:
      if (!DecodeTemporal(rest, TemporalKind::kLocalTime, value)) return false;
      break;
    case kDateTimeByte:
      if (!DecodeTemporal(rest, TemporalKind::kDateTime, value)) return false;
      break;
    case kLocalDateTimeByte:
      if (!DecodeTemporal(rest, TemporalKind::kLocalDateTime, value)) return false;
      break;
    case kDurationByte:
      if (!DecodeDuration(rest, value)) return false;
      break;
    default:
      return false;
  }
  in = rest;
  return true;
}

void AppendJson(std::string& out, const Value& value) {
  switch (value.kind()) {
    case ValueKind::kNull:
      out += "null";
      break;
    case ValueKind::kBool:
      out += value.as_bool() ? "true" : "false";
      break;
    case ValueKind::kInt:
      out += std::to_string(value.as_int());
      break;
    case ValueKind::kDouble:
      if (std::isfinite(value.as_double())) {
        out += DoubleToString(value.as_double());
      } else {
        AppendJsonString(out, DoubleToString(value.as_double()));
      }
      break;
    case ValueKind::kString:
      AppendJsonString(out, value.as_string());
      break;
    case ValueKind::kList: {
      out += '[';
      bool first = true;
      for (const Value& element : value.as_list()) {
        if (!first) out += ',';
        first = false;
        AppendJson(out, element);
      }
      out += ']';
      break;
    }
    case ValueKind::kMap: {
      out += '{';
      bool first = true;
      for (const auto& [key, element] : value.as_map()) {
        if (!first) out += ',';
        first = false;
        AppendJsonString(out, key);
        out += ':';
        AppendJson(out, element);
      }
      out += '}';
      break;
    }
    case ValueKind::kDateTime:
    case ValueKind::kLocalDateTime:
    case ValueKind::kDate:
    case ValueKind::kTime:
    case ValueKind::kLocalTime:
      AppendJsonString(out, ToString(value.as_temporal()));
      break;
    case ValueKind::kDuration:
      AppendJsonString(out, ToString(value.as_duration()));
      break;
    case ValueKind::kNode:
    case ValueKind::kEdge:
    case ValueKind::kPath:
      TUPU_CONTRACT(!"nodes, edges and paths have no JSON of their own");
  }
}

}  // namespace

double Value::as_number() const {
  return kind() == ValueKind::kInt ? static_cast<double>(as_int()) : as_double();
}

std::strong_ordering Value::Order(const Value& a, const Value& b) {
  const ValueKind x = a.kind(), y = b.kind();
  if (Rank(x) != Rank(y)) return Rank(x) <=> Rank(y);
  switch (x) {
    case ValueKind::kNull:
      return std::strong_ordering::equal;
    case ValueKind::kBool:
      return a.as_bool() <=> b.as_bool();
    case ValueKind::kInt:
      return y == ValueKind::kInt ? a.as_int() <=> b.as_int()
                                  : OrderNumbers(a.as_int(), b.as_double());
    case ValueKind::kDouble:
      return y == ValueKind::kInt ? Reverse(OrderNumbers(b.as_int(), a.as_double()))
                                  : OrderDoubles(a.as_double(), b.as_double());
    case ValueKind::kString:
      return a.as_string().compare(b.as_string()) <=> 0;
    case ValueKind::kList:
      return OrderRanges(a.as_list(), b.as_list(), Order);
    case ValueKind::kMap:
      return OrderRanges(a.as_map(), b.as_map(), [](const auto& p, const auto& q) {
        const std::strong_ordering by_key = p.first.compare(q.first) <=> 0;
        return by_key != 0 ? by_key : Order(p.second, q.second);
      });
    case ValueKind::kNode:
      return a.as_node() <=> b.as_node();
    case ValueKind::kEdge:
      return a.as_edge() <=> b.as_edge();
    case ValueKind::kPath: {
      const auto plain = [](const auto& p, const auto& q) { return p <=> q; };
      const auto by_nodes = OrderRanges(a.as_path().nodes, b.as_path().nodes, plain);
      return by_nodes != 0 ? by_nodes : OrderRanges(a.as_path().edges, b.as_path().edges, plain);
    }
    case ValueKind::kDateTime:
    case ValueKind::kLocalDateTime:
    case ValueKind::kDate:
    case ValueKind::kTime:
    case ValueKind::kLocalTime:
      return graph::Order(a.as_temporal(), b.as_temporal());
    case ValueKind::kDuration:
      return graph::Order(a.as_duration(), b.as_duration());
  }
  return std::strong_ordering::equal;
}

std::size_t Value::Hash() const {
  const auto seed = static_cast<std::size_t>(Rank(kind()));
  switch (kind()) {
    case ValueKind::kNull:
      return MixHash(seed, 0);
    case ValueKind::kBool:
      return MixHash(seed, as_bool() ? 1 : 0);
    case ValueKind::kInt:
      return MixHash(seed, std::hash<std::int64_t>{}(as_int()));
    case ValueKind::kDouble: {
      const double real = as_double();
      if (real >= -9223372036854775808.0 && real < 9223372036854775808.0 &&
          std::trunc(real) == real) {
        return MixHash(seed, std::hash<std::int64_t>{}(static_cast<std::int64_t>(real)));
      }
      return MixHash(seed, std::isnan(real) ? 1 : std::hash<double>{}(real));
    }
    case ValueKind::kString:
      return MixHash(seed, std::hash<std::string>{}(as_string()));
    case ValueKind::kList: {
      std::size_t out = seed;
      for (const Value& element : as_list()) out = MixHash(out, element.Hash());
      return out;
    }
    case ValueKind::kMap: {
      std::size_t out = seed;
      for (const auto& [key, element] : as_map()) {
        out = MixHash(MixHash(out, std::hash<std::string>{}(key)), element.Hash());
      }
      return out;
    }
    case ValueKind::kNode:
      return MixHash(seed, std::hash<NodeId>{}(as_node()));
    case ValueKind::kEdge:
      return MixHash(seed, std::hash<EdgeId>{}(as_edge()));
    case ValueKind::kPath: {
      std::size_t out = seed;
      for (NodeId node : as_path().nodes) out = MixHash(out, std::hash<NodeId>{}(node));
      for (EdgeId edge : as_path().edges) out = MixHash(out, std::hash<EdgeId>{}(edge));
      return out;
    }
    case ValueKind::kDateTime:
    case ValueKind::kLocalDateTime:
    case ValueKind::kDate:
    case ValueKind::kTime:
    case ValueKind::kLocalTime:
      return MixHash(seed, graph::Hash(as_temporal()));
    case ValueKind::kDuration:
      return MixHash(seed, graph::Hash(as_duration()));
  }
  return seed;
}

void EncodeValue(std::string& out, const Value& value) {
  switch (value.kind()) {
    case ValueKind::kNull:
      out += kNullByte;
      return;
    case ValueKind::kBool:
      out += value.as_bool() ? kTrueByte : kFalseByte;
      return;
    case ValueKind::kInt:
      out += kIntByte;
      PutVarint(out, ZigZag(value.as_int()));
      return;
    case ValueKind::kDouble:
      out += kDoubleByte;
      PutDouble(out, value.as_double());
      return;
    case ValueKind::kString:
      out += kStringByte;
      PutLengthPrefixed(out, value.as_string());
      return;
    case ValueKind::kList:
      out += kListByte;
      PutVarint(out, value.as_list().size());
      for (const Value& element : value.as_list()) EncodeValue(out, element);
      return;
    case ValueKind::kMap:
      out += kMapByte;
      PutVarint(out, value.as_map().size());
      for (const auto& [key, element] : value.as_map()) {
        PutLengthPrefixed(out, key);
        EncodeValue(out, element);
      }
      return;
    case ValueKind::kDateTime:
    case ValueKind::kLocalDateTime:
    case ValueKind::kDate:
    case ValueKind::kTime:
    case ValueKind::kLocalTime:
      return EncodeTemporal(out, value.as_temporal());
    case ValueKind::kDuration:
      out += kDurationByte;
      PutVarint(out, ZigZag(value.as_duration().months));
      PutVarint(out, ZigZag(value.as_duration().days));
      PutVarint(out, ZigZag(value.as_duration().seconds));
      PutVarint(out, static_cast<std::uint64_t>(value.as_duration().nanos));
      return;
    case ValueKind::kNode:
    case ValueKind::kEdge:
    case ValueKind::kPath:
      TUPU_CONTRACT(!"nodes, edges and paths are not stored");
  }
}

bool DecodeValue(std::string_view& in, Value& value) { return Decode(in, value, 0); }

std::string ToJson(const Value& value) {
  std::string out;
  AppendJson(out, value);
  return out;
}

void AppendJsonString(std::string& out, std::string_view text) {
  constexpr char kDigits[] = "0123456789abcdef";
  out += '"';
  std::size_t plain = 0;  // where what needs no escape begins
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, plain, at - plain);
    plain = at + 1;
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        out += "\\u00";
        out += kDigits[static_cast<unsigned char>(c) >> 4];
        out += kDigits[static_cast<unsigned char>(c) & 15];
    }
  }
  out.append(text, plain);
  out += '"';
}

std::string DoubleToString(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
  char buffer[64];
  // Amounts of money are to be read by people: 3783000000.0 rather than 3.783e+09.
  const double size = std::abs(value);
  const auto format = size == 0 || (size >= 1e-6 && size < 1e17) ? std::chars_format::fixed
                                                                 : std::chars_format::general;
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value, format).ptr;
  std::string out(buffer, end);
  if (out.find_first_of(".e") == std::string::npos) out += ".0";
  return out;
}

}  // namespace tupu::graph
