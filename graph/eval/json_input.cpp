#include "graph/eval/json_input.h"

#include "graph/base/utf8.h"

namespace tupu::graph {
namespace {

constexpr int kMaxNesting = 64;

// Brackets outside of texts; enough to keep a nesting bomb from the parser.
bool NestsTooDeep(std::string_view text) {
  int depth = 0;
  bool in_text = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_text) {
      if (c == '\\') ++i;
      if (c == '"') in_text = false;
    } else if (c == '"') {
      in_text = true;
    } else if (c == '[' || c == '{') {
      if (++depth > kMaxNesting) return true;
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  return false;
}

}  // namespace

Result<Json> ParseJson(std::string_view text, std::string_view where) {
  const auto fail = [&](std::string what) {
    return Error{ErrorCode::kInvalidInput, std::move(what), std::string(where)};
  };
  if (const std::size_t bad = FindInvalidUtf8(text); bad != std::string_view::npos) {
    return fail("not UTF-8 at byte " + std::to_string(bad));
  }
  if (NestsTooDeep(text)) return fail("nested more than " + std::to_string(kMaxNesting) + " deep");
  try {
    return Json::parse(text);
  } catch (const Json::exception& problem) {
    // "[json.exception.parse_error.101] parse error at line 1, column 5: syntax error …"
    std::string what = problem.what();
    if (const auto cut = what.find("] "); cut != std::string::npos) what.erase(0, cut + 2);
    return fail("not JSON: " + what);
  }
}

std::string JsonKind(const Json& json) {
  switch (json.type()) {
    case Json::value_t::null:
      return "null";
    case Json::value_t::boolean:
      return json.get<bool>() ? "true" : "false";
    case Json::value_t::string:
      return json.get_ref<const std::string&>().empty() ? "an empty text" : "a text";
    case Json::value_t::array:
      return "a list";
    case Json::value_t::object:
      return "an object";
    default:
      return "the number " + json.dump();
  }
}

Result<JsonObject> JsonObject::At(const Json& json, std::string place, std::string_view where) {
  JsonObject object(json, std::move(place), where);
  if (!json.is_object()) return object.Wrong("", "expected an object, found " + JsonKind(json));
  return object;
}

Error JsonObject::Wrong(const std::string& key, const std::string& what) const {
  const std::string at = place_ + (key.empty() ? "" : "/" + key);
  return Error{ErrorCode::kInvalidInput, (at.empty() ? "" : "at " + at + ": ") + what, where_};
}

const Json* JsonObject::Find(const char* key) const {
  const auto it = json_->find(key);
  return it == json_->end() || it->is_null() ? nullptr : &*it;
}

Result<std::string> JsonObject::Text(const char* key) const {
  const Json* value = Find(key);
  if (value == nullptr) return Wrong(key, "missing; expected a text");
  if (!value->is_string() || value->get_ref<const std::string&>().empty()) {
    return Wrong(key, "expected a text that is not empty, found " + JsonKind(*value));
  }
  return value->get<std::string>();
}

Result<std::string> JsonObject::TextOr(const char* key, std::string other) const {
  const Json* value = Find(key);
  if (value == nullptr) return other;
  if (!value->is_string()) return Wrong(key, "expected a text, found " + JsonKind(*value));
  return value->get<std::string>();
}

Result<std::string> JsonObject::TextOrNumber(const char* key) const {
  const Json* value = Find(key);
  if (value != nullptr && value->is_number()) return value->dump();
  return Text(key);
}

Result<std::uint64_t> JsonObject::Number(const char* key) const {
  const Json* value = Find(key);
  if (value == nullptr) return Wrong(key, "missing; expected a whole number");
  if (!value->is_number_unsigned()) {
    return Wrong(key, "expected a whole number from 0 on, found " + JsonKind(*value));
  }
  return value->get<std::uint64_t>();
}

Result<std::vector<std::string>> JsonObject::Texts(const char* key) const {
  std::vector<std::string> out;
  const Json* value = Find(key);
  if (value == nullptr) return out;
  if (!value->is_array()) return Wrong(key, "expected a list of texts, found " + JsonKind(*value));
  for (const Json& element : *value) {
    if (!element.is_string()) {
      return Wrong(key + ("/" + std::to_string(out.size())),
                   "expected a text, found " + JsonKind(element));
    }
    out.push_back(element.get<std::string>());
  }
  return out;
}

Result<std::vector<JsonObject>> JsonObject::Objects(const char* key, bool needed) const {
  std::vector<JsonObject> out;
  const Json* value = Find(key);
  if (value == nullptr && !needed) return out;
  if (value == nullptr) return Wrong(key, "missing; expected a list of objects");
  if (!value->is_array()) {
    return Wrong(key, "expected a list of objects, found " + JsonKind(*value));
  }
  for (const Json& element : *value) {
    TUPU_ASSIGN(JsonObject object,
                At(element, place_ + "/" + key + "/" + std::to_string(out.size()), where_));
    out.push_back(std::move(object));
  }
  return out;
}

Result<Properties> JsonObject::Values(const char* key) const {
  Properties out;
  const Json* value = Find(key);
  if (value == nullptr) return out;
  if (!value->is_object()) return Wrong(key, "expected an object, found " + JsonKind(*value));
  for (const auto& [name, element] : value->items()) {
    if (element.is_null()) {
      out[name] = Value();
    } else if (element.is_string()) {
      out[name] = element.get<std::string>();
    } else if (element.is_boolean()) {
      out[name] = element.get<bool>();
    } else if (element.is_number_float() || element.is_number_unsigned()) {
      out[name] = element.get<double>();
      if (element.is_number_unsigned() && element.get<std::uint64_t>() <= INT64_MAX) {
        out[name] = element.get<std::int64_t>();
      }
    } else if (element.is_number_integer()) {
      out[name] = element.get<std::int64_t>();
    } else {
      return Wrong(std::string(key) + "/" + name,
                   "expected a text, a number, a truth value or null, found " + JsonKind(element));
    }
  }
  return out;
}

}  // namespace tupu::graph
