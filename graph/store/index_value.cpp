#include "graph/store/index_value.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "graph/base/coding.h"
#include "graph/base/hash.h"
#include "graph/base/zones.h"
#include "graph/store/key_parts.h"

namespace tupu::graph {
namespace {

constexpr std::size_t kLongestText = 256;
constexpr std::uint64_t kTopBit = std::uint64_t{1} << 63;

void PutSigned(std::string& out, std::int64_t value) {
  PutFixed64(out, static_cast<std::uint64_t>(value) ^ kTopBit);
}

void PutHash(std::string& out, std::string_view bytes) {
  const Hash128 hash = HashFields({bytes});
  out.append(reinterpret_cast<const char*>(hash.bytes.data()), hash.bytes.size());
}

void PutText(std::string& out, std::string_view text) {
  PutEscaped(out, text.substr(0, kLongestText));
  out += '\0';
  if (text.size() <= kLongestText) {
    out += '\1';
  } else {
    out += '\2';
    PutHash(out, text);
  }
}

void PutNumber(std::string& out, double nearest, std::int64_t more) {
  if (nearest == 0) nearest = 0;  // -0 is 0
  std::uint64_t bits = 0;
  std::memcpy(&bits, &nearest, sizeof bits);
  PutFixed64(out, (bits & kTopBit) != 0 ? ~bits : bits ^ kTopBit);
  const auto offset = static_cast<std::uint16_t>(more + 0x8000);
  out += static_cast<char>(offset >> 8);
  out += static_cast<char>(offset & 0xff);
}

void PutPoint(std::string& out, const Temporal& value) {
  switch (value.kind) {
    case TemporalKind::kDate:
      out += 'D';
      return PutSigned(out, value.days);
    case TemporalKind::kLocalTime:
      out += 'C';
      return PutSigned(out, value.nanos);
    case TemporalKind::kLocalDateTime:
      out += 'L';
      PutSigned(out, value.days);
      return PutSigned(out, value.nanos);
    case TemporalKind::kTime:
      out += 'T';
      PutSigned(out, value.nanos - std::int64_t{value.offset} * kNanosPerSecond);
      return PutSigned(out, value.offset);
    case TemporalKind::kDateTime:
      out += 'Z';
      PutSigned(out, EpochSeconds(value));
      PutSigned(out, value.nanos % kNanosPerSecond);
      PutSigned(out, value.offset);
      return PutText(out, value.zone.empty() ? std::string_view() : ZoneName(value.zone));
  }
}

// What all keys of values that are equal to this one for comparing begin with: of a long text its
// beginning, of a point in time with a zone the instant.
std::string Comparable(const Value& value) {
  std::string out;
  PutIndexValue(out, value);
  if (value.kind() == ValueKind::kString && value.as_string().size() > kLongestText) {
    out.clear();
    out += 's';
    PutEscaped(out, std::string_view(value.as_string()).substr(0, kLongestText));
  } else if (value.kind() == ValueKind::kTime) {
    out.resize(1 + 8);
  } else if (value.kind() == ValueKind::kDateTime) {
    out.resize(1 + 16);
  }
  return out;
}

}  // namespace

bool IsIndexable(const Value& value) {
  switch (value.kind()) {
    case ValueKind::kNull:
    case ValueKind::kMap:
    case ValueKind::kNode:
    case ValueKind::kEdge:
    case ValueKind::kPath:
      return false;
    case ValueKind::kList:
      return std::all_of(value.as_list().begin(), value.as_list().end(), [](const Value& element) {
        return element.kind() != ValueKind::kList && IsIndexable(element);
      });
    default:
      return true;
  }
}

void PutIndexValue(std::string& out, const Value& value) {
  switch (value.kind()) {
    case ValueKind::kBool:
      out += 'b';
      out += value.as_bool() ? '\1' : '\0';
      return;
    case ValueKind::kInt: {
      out += 'n';
      const std::int64_t number = value.as_int();
      const auto nearest = static_cast<double>(number);
      // The nearest double of the largest numbers is 2^63, which is no integer of 64 bits.
      const Int128 whole = nearest >= 9223372036854775808.0
                               ? Int128{1} << 63
                               : Int128{static_cast<std::int64_t>(nearest)};
      return PutNumber(out, nearest, static_cast<std::int64_t>(number - whole));
    }
    case ValueKind::kDouble:
      out += 'n';
      if (std::isnan(value.as_double())) {
        out.append(10, '\xff');
        return;
      }
      return PutNumber(out, value.as_double(), 0);
    case ValueKind::kString:
      out += 's';
      return PutText(out, value.as_string());
    case ValueKind::kDuration: {
      out += 'P';
      std::string bytes;
      EncodeValue(bytes, value);
      return PutHash(out, bytes);
    }
    case ValueKind::kList: {
      out += 'l';
      std::string bytes;
      for (const Value& element : value.as_list()) PutIndexValue(bytes, element);
      return PutHash(out, bytes);
    }
    default:
      TUPU_CONTRACT(value.is_temporal());
      return PutPoint(out, value.as_temporal());
  }
}

bool IsNaNIndexValue(std::string_view bytes) {
  return bytes.size() == 11 && bytes[0] == 'n' &&
         bytes.find_first_not_of('\xff', 1) == std::string_view::npos;
}

std::optional<IndexSpan> SpanOf(const IndexRange& range) {
  IndexSpan span;
  if (range.equal) {
    if (!IsIndexable(*range.equal)) return std::nullopt;
    PutIndexValue(span.first, *range.equal);
    if (IsNaNIndexValue(span.first)) return std::nullopt;
    span.end = FirstBehind(span.first);
    return span;
  }
  if (range.prefix) {
    span.first = "s";
    PutEscaped(span.first, std::string_view(*range.prefix).substr(0, kLongestText));
    span.end = FirstBehind(span.first);
    return span;
  }
  if (!range.lower && !range.upper) return std::nullopt;
  for (const auto* bound : {&range.lower, &range.upper}) {
    if (*bound && !IsIndexable(**bound)) return std::nullopt;
  }
  const std::string low = range.lower ? Comparable(*range.lower) : std::string();
  const std::string high = range.upper ? Comparable(*range.upper) : std::string();
  const char letter = low.empty() ? high[0] : low[0];
  if (!high.empty() && high[0] != letter) return std::nullopt;
  // Lists are compared element by element, which their keys do not tell.
  const bool hashed = letter == 'l' || letter == 'P';
  span.first = low.empty() || hashed ? std::string(1, letter) : low;
  span.end =
      high.empty() || hashed ? std::string(1, static_cast<char>(letter + 1)) : FirstBehind(high);
  if (span.first >= span.end) return std::nullopt;
  return span;
}

}  // namespace tupu::graph
