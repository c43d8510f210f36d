#include "app/parameter.h"

#include <doctest/doctest.h>

namespace tupu::app {
namespace {

using graph::ToJson;

TEST_CASE("what is no parameter is refused") {
  for (const char* text : {"", "=", "=3", "name", "上海"}) {
    CAPTURE(std::string(text));
    const auto parameter = ParseParameter(text);
    REQUIRE_FALSE(parameter.ok());
    CHECK(parameter.error().code == ErrorCode::kInvalidInput);
  }
  CHECK_FALSE(ParseParameter("a=\xFF").ok());
  const std::string deep = std::string(100000, '[') + std::string(100000, ']');
  const auto nested = ParseParameter("a=" + deep);
  REQUIRE_FALSE(nested.ok());
  CHECK(nested.error().code == ErrorCode::kLimit);
}

TEST_CASE("values are JSON where they parse, else text") {
  const std::pair<const char*, const char*> cases[] = {
      {"a=3", "3"},
      {"a=3.5", "3.5"},
      {"a=9223372036854775807", "9223372036854775807"},
      {"a=9223372036854775808", "9.223372036854776e+18"},
      {"a=true", "true"},
      {"a=null", "null"},
      {"a=\"3\"", "\"3\""},
      {"a=上海市", "\"上海市\""},
      {"a=", "\"\""},
      {"a=b=c", "\"b=c\""},
      {"a=[1,\"二\",[]]", "[1,\"二\",[]]"},
      {"a={\"k\":{\"z\":1}}", "{\"k\":{\"z\":1}}"},
      {"a=[1,", "\"[1,\""},
      {"a=2026-02-25", "\"2026-02-25\""},
  };
  for (const auto& [text, want] : cases) {
    CAPTURE(std::string(text));
    const auto parameter = ParseParameter(text);
    REQUIRE(parameter.ok());
    CHECK(parameter->first == "a");
    CHECK(ToJson(parameter->second) == want);
  }
}

}  // namespace
}  // namespace tupu::app
