#include "app/parameter.h"

#include <limits>
#include <nlohmann/json.hpp>

#include "graph/base/utf8.h"

namespace tupu::app {
namespace {

using graph::Value;

constexpr int kMaxDepth = 64;

Result<Value> FromJson(const nlohmann::json& json, int depth) {
  if (depth > kMaxDepth) {
    return Error(ErrorCode::kLimit, "a parameter nests lists and maps deeper than " +
                                        std::to_string(kMaxDepth) + " levels");
  }
  if (json.is_null()) return Value();
  if (json.is_boolean()) return Value(json.get<bool>());
  if (json.is_number_unsigned() &&
      json.get<std::uint64_t>() >
          static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
    return Value(static_cast<double>(json.get<std::uint64_t>()));
  }
  if (json.is_number_integer()) return Value(json.get<std::int64_t>());
  if (json.is_number_float()) return Value(json.get<double>());
  if (json.is_string()) return Value(json.get<std::string>());
  if (json.is_array()) {
    graph::List list;
    for (const auto& item : json) {
      TUPU_ASSIGN(Value value, FromJson(item, depth + 1));
      list.push_back(std::move(value));
    }
    return Value(std::move(list));
  }
  graph::Map map;
  for (const auto& [key, item] : json.items()) {
    TUPU_ASSIGN(Value value, FromJson(item, depth + 1));
    map.emplace(key, std::move(value));
  }
  return Value(std::move(map));
}

}  // namespace

Result<Value> ParseParameterValue(std::string_view text) {
  if (FindInvalidUtf8(text) != std::string_view::npos) {
    return Error(ErrorCode::kInvalidInput, "a parameter is not UTF-8");
  }
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (json.is_discarded()) return Value(text);
  return FromJson(json, 0);
}

Result<std::pair<std::string, Value>> ParseParameter(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) {
    return Error(ErrorCode::kInvalidInput,
                 "parameter \"" + std::string(text) + "\": expected name=value");
  }
  TUPU_ASSIGN(Value value, ParseParameterValue(text.substr(equals + 1)));
  return std::pair(std::string(text.substr(0, equals)), std::move(value));
}

}  // namespace tupu::app
