#include "graph/base/coding.h"

#include <algorithm>
#include <bit>

namespace tupu {
namespace {

template <class Int>
void PutFixed(std::string& out, Int value) {
  char bytes[sizeof(Int)];
  for (std::size_t i = sizeof(Int); i > 0; value = static_cast<Int>(value >> 8)) {
    bytes[--i] = static_cast<char>(value & 0xff);
  }
  out.append(bytes, sizeof bytes);
}

template <class Int>
bool GetFixed(std::string_view& in, Int& value) {
  if (in.size() < sizeof(Int)) return false;
  Int out = 0;
  for (std::size_t i = 0; i < sizeof(Int); ++i) {
    out = static_cast<Int>(out << 8 | static_cast<std::uint8_t>(in[i]));
  }
  in.remove_prefix(sizeof(Int));
  value = out;
  return true;
}

}  // namespace

void PutFixed32(std::string& out, std::uint32_t value) { PutFixed(out, value); }
void PutFixed64(std::string& out, std::uint64_t value) { PutFixed(out, value); }

void PutVarint(std::string& out, std::uint64_t value) {
  char bytes[10];
  std::size_t size = 0;
  for (; value >= 0x80; value >>= 7) bytes[size++] = static_cast<char>(value | 0x80);
  bytes[size++] = static_cast<char>(value);
  out.append(bytes, size);
}

void PutLengthPrefixed(std::string& out, std::string_view value) {
  PutVarint(out, value.size());
  out += value;
}

void PutDouble(std::string& out, double value) {
  PutFixed64(out, std::bit_cast<std::uint64_t>(value));
}

bool GetFixed32(std::string_view& in, std::uint32_t& value) { return GetFixed(in, value); }
bool GetFixed64(std::string_view& in, std::uint64_t& value) { return GetFixed(in, value); }

bool GetLongVarint(std::string_view& in, std::uint64_t& value) {
  constexpr std::size_t kMost = 10;
  const char* at = in.data();
  const char* const end = at + std::min(in.size(), kMost);
  std::uint64_t out = 0;
  for (int shift = 0; at != end; shift += 7) {
    const auto byte = static_cast<std::uint8_t>(*at++);
    out |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
    if (byte >= 0x80) continue;
    if (shift == 63 && byte > 1) return false;  // would not fit 64 bits
    in.remove_prefix(static_cast<std::size_t>(at - in.data()));
    value = out;
    return true;
  }
  return false;
}

bool GetLengthPrefixed(std::string_view& in, std::string_view& value) {
  std::string_view rest = in;
  std::uint64_t size = 0;
  if (!GetVarint(rest, size) || size > rest.size()) return false;
  value = rest.substr(0, static_cast<std::size_t>(size));
  in = rest.substr(static_cast<std::size_t>(size));
  return true;
}

bool GetDouble(std::string_view& in, double& value) {
  std::uint64_t bits = 0;
  if (!GetFixed64(in, bits)) return false;
  value = std::bit_cast<double>(bits);
  return true;
}

}  // namespace tupu
