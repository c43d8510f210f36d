#include "graph/model/value.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

namespace tupu::graph {
namespace {

const double kNaN = std::nan("");
constexpr std::int64_t kBig = std::int64_t{1} << 53;

TEST_CASE("values are ordered as ORDER BY needs them") {
  const std::vector<Value> ascending = {
      Value(Map{}),
      Value(Map{{"a", 1}}),
      Value(Map{{"a", 2}}),
      Value(Map{{"b", 1}}),
      Value(NodeId{1}),
      Value(NodeId{2}),
      Value(EdgeId{1}),
      Value(List{}),
      Value(List{Value(1)}),
      Value(List{Value(1), Value(2)}),
      Value(List{Value(2)}),
      Value(Path{{NodeId{1}}, {}}),
      Value(""),
      Value("a"),
      Value("上海"),
      Value("北京"),
      Value(false),
      Value(true),
      Value(-std::numeric_limits<double>::infinity()),
      Value(std::numeric_limits<std::int64_t>::min()),
      Value(-1.5),
      Value(0),
      Value(kBig),
      Value(kBig + 1),  // a double cannot tell these two apart
      Value(std::numeric_limits<std::int64_t>::max()),
      Value(9223372036854775808.0),
      Value(std::numeric_limits<double>::infinity()),
      Value(kNaN),
      Value(),
  };
  for (std::size_t i = 0; i < ascending.size(); ++i) {
    for (std::size_t k = 0; k < ascending.size(); ++k) {
      CAPTURE(i);
      CAPTURE(k);
      CHECK((Value::Order(ascending[i], ascending[k]) <=> 0) == (i <=> k));
    }
  }
}

TEST_CASE("equal numbers of two kinds are one value with one hash") {
  const std::pair<Value, Value> cases[] = {
      {Value(1), Value(1.0)},
      {Value(0), Value(-0.0)},
      {Value(kBig), Value(static_cast<double>(kBig))},
      {Value(kNaN), Value(kNaN)},
      {Value(List{Value(1)}), Value(List{Value(1.0)})},
  };
  for (const auto& [a, b] : cases) {
    CHECK(a == b);
    CHECK(a.Hash() == b.Hash());
  }
  CHECK_FALSE(Value(kBig + 1) == Value(static_cast<double>(kBig)));
}

TEST_CASE("values survive storing, and no truncation of one reads") {
  const Value cases[] = {
      Value(),
      Value(true),
      Value(false),
      Value(0),
      Value(-1),
      Value(std::numeric_limits<std::int64_t>::min()),
      Value(37.83e8),
      Value("工业园区"),
      Value(""),
      Value(List{Value("a"), Value(List{}), Value()}),
      Value(Map{{"金额", 1.5}, {"名", Value(List{Value("通知")})}}),
  };
  for (const Value& value : cases) {
    std::string bytes;
    EncodeValue(bytes, value);
    std::string_view in = bytes;
    Value back;
    REQUIRE(DecodeValue(in, back));
    CHECK(in.empty());
    CHECK(back.kind() == value.kind());
    CHECK(back == value);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      std::string_view cut = std::string_view(bytes).substr(0, size);
      Value none;
      CHECK_FALSE(DecodeValue(cut, none));
    }
  }
}

TEST_CASE("broken bytes are no value") {
  std::string deep(100000, 'l');
  for (std::size_t i = 1; i < deep.size(); i += 2) deep[i] = 1;  // a list of a list of a list …
  for (const std::string& bytes : {std::string("x"), std::string("l\xff\xff\xff\xff\x0f"),
                                   std::string("s\x05"
                                               "abc"),
                                   std::string("i"), deep}) {
    std::string_view in = bytes;
    Value value;
    CHECK_FALSE(DecodeValue(in, value));
  }
}

TEST_CASE("values as JSON") {
  const std::pair<Value, const char*> cases[] = {
      {Value(), "null"},
      {Value(true), "true"},
      {Value(-3), "-3"},
      {Value(2.0), "2.0"},
      {Value(0.1), "0.1"},
      {Value(1e21), "1e+21"},
      {Value(kNaN), "\"NaN\""},
      {Value("他说\"好\"\n\x01"), "\"他说\\\"好\\\"\\n\\u0001\""},
      {Value(List{Value(1), Value("二")}), "[1,\"二\"]"},
      {Value(Map{{"b", 1}, {"a", Value()}}), "{\"a\":null,\"b\":1}"},
  };
  for (const auto& [value, json] : cases) CHECK(ToJson(value) == json);
}

}  // namespace
}  // namespace tupu::graph
