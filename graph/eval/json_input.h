// JSON from outside, with mistakes that name their place. Private to graph/eval.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "graph/base/error.h"
#include "graph/model/value.h"

namespace tupu::graph {

using Json = nlohmann::json;

// Parses strictly; kInvalidInput at `where` for bytes that are no JSON in UTF-8 and for nesting
// beyond 64.
Result<Json> ParseJson(std::string_view text, std::string_view where);

// "a text", "a list", …: what a message says was found.
std::string JsonKind(const Json& json);

// Reads one object, remembering where it stands ("/entities/3").
class JsonObject {
 public:
  static Result<JsonObject> At(const Json& json, std::string place, std::string_view where);

  Error Wrong(const std::string& key, const std::string& what) const;
  // The value of `key`; null where it is absent or null.
  const Json* Find(const char* key) const;
  Result<std::string> Text(const char* key) const;  // needed, not empty
  Result<std::string> TextOr(const char* key, std::string other) const;
  // A text, or a number taken as the text it is written as.
  Result<std::string> TextOrNumber(const char* key) const;
  Result<std::uint64_t> Number(const char* key) const;  // a whole number that is not negative
  Result<std::vector<std::string>> Texts(const char* key) const;  // none where absent
  Result<std::vector<JsonObject>> Objects(const char* key, bool needed) const;
  Result<Properties> Values(const char* key) const;  // of a flat object

  const std::string& place() const { return place_; }

 private:
  JsonObject(const Json& json, std::string place, std::string_view where)
      : json_(&json), place_(std::move(place)), where_(where) {}

  const Json* json_;
  std::string place_;
  std::string where_;
};

}  // namespace tupu::graph
