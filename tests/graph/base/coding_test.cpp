#include "graph/base/coding.h"

#include <doctest/doctest.h>

#include <limits>
#include <string>

#include "graph/base/hash.h"

namespace tupu {
namespace {

TEST_CASE("integers keep their order as bytes, and short fields do not read") {
  std::string last;
  for (std::uint64_t value : {0ull, 1ull, 255ull, 256ull, 0xffffffffull, 0x100000000ull, ~0ull}) {
    std::string bytes;
    PutFixed64(bytes, value);
    CHECK(bytes.size() == 8);
    CHECK(last < bytes);
    last = bytes;
    std::string_view in = bytes;
    std::uint64_t back = 0;
    REQUIRE(GetFixed64(in, back));
    CHECK(back == value);
    in = std::string_view(bytes).substr(0, 7);
    CHECK_FALSE(GetFixed64(in, back));
    CHECK(in.size() == 7);
  }
}

TEST_CASE("varints: round trips, every truncation, and what is too long") {
  for (std::uint64_t value : {0ull, 127ull, 128ull, 16383ull, 16384ull, ~0ull}) {
    std::string bytes;
    PutVarint(bytes, value);
    std::string_view in = bytes;
    std::uint64_t back = 0;
    REQUIRE(GetVarint(in, back));
    CHECK(back == value);
    CHECK(in.empty());
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      in = std::string_view(bytes).substr(0, size);
      CHECK_FALSE(GetVarint(in, back));
    }
  }
  const std::string too_long(11, '\x80');
  std::string_view in = too_long;
  std::uint64_t back = 0;
  CHECK_FALSE(GetVarint(in, back));
  const std::string too_big = std::string(9, '\xff') + "\x02";
  in = too_big;
  CHECK_FALSE(GetVarint(in, back));
}

TEST_CASE("zigzag") {
  const std::pair<std::int64_t, std::uint64_t> cases[] = {
      {0, 0},
      {-1, 1},
      {1, 2},
      {-2, 3},
      {std::numeric_limits<std::int64_t>::max(), ~0ull - 1},
      {std::numeric_limits<std::int64_t>::min(), ~0ull}};
  for (const auto& [value, coded] : cases) {
    CHECK(ZigZag(value) == coded);
    CHECK(UnZigZag(coded) == value);
  }
}

TEST_CASE("a length that promises more than there is does not read") {
  std::string bytes;
  PutLengthPrefixed(bytes, "通知");
  std::string_view value, in = bytes;
  REQUIRE(GetLengthPrefixed(in, value));
  CHECK(value == "通知");
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    in = std::string_view(bytes).substr(0, size);
    CHECK_FALSE(GetLengthPrefixed(in, value));
  }
}

TEST_CASE("hashes are part of the format") {
  CHECK(HashFields({}).ToHex() == "99aa06d3014798d86001c324468d497f");
  CHECK(HashFields({"a", "bc"}) != HashFields({"ab", "c"}));
  CHECK(HashFields({"a", ""}) != HashFields({"a"}));
}

}  // namespace
}  // namespace tupu
