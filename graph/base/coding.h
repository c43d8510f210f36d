// Bytes on disk: big-endian fixed integers (byte order is number order), varints (LEB128) and
// length-prefixed strings. Readers advance the view and return false on a short or malformed
// field, leaving the view where it was.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tupu {

void PutFixed32(std::string& out, std::uint32_t value);
void PutFixed64(std::string& out, std::uint64_t value);
void PutVarint(std::string& out, std::uint64_t value);
void PutLengthPrefixed(std::string& out, std::string_view value);
void PutDouble(std::string& out, double value);  // the IEEE bits, big-endian

bool GetFixed32(std::string_view& in, std::uint32_t& value);
bool GetFixed64(std::string_view& in, std::uint64_t& value);
bool GetLongVarint(std::string_view& in, std::uint64_t& value);
// Most are of one byte.
inline bool GetVarint(std::string_view& in, std::uint64_t& value) {
  if (in.empty() || static_cast<unsigned char>(in[0]) >= 0x80) return GetLongVarint(in, value);
  value = static_cast<unsigned char>(in[0]);
  in.remove_prefix(1);
  return true;
}
// The value points into the bytes behind `in`.
bool GetLengthPrefixed(std::string_view& in, std::string_view& value);
bool GetDouble(std::string_view& in, double& value);

// Signed numbers as varints: 0, -1, 1, -2 … become 0, 1, 2, 3 …
constexpr std::uint64_t ZigZag(std::int64_t value) {
  return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}
constexpr std::int64_t UnZigZag(std::uint64_t value) {
  return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

}  // namespace tupu
