#include "graph/model/schema.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "graph/base/hash.h"

namespace tupu::graph {
namespace {

using Json = nlohmann::json;

// Reads one JSON object and remembers where it is, so that a mistake names its place.
class ObjectReader {
 public:
  ObjectReader(const Json& json, std::string path, std::string_view file)
      : json_(json), path_(std::move(path)), file_(file) {}

  Error Wrong(const std::string& key, const std::string& what) const {
    return Error{ErrorCode::kSchema, "at " + path_ + (key.empty() ? "" : "/" + key) + ": " + what,
                 std::string(file_)};
  }

  Status CheckObject(std::initializer_list<std::string_view> keys) const {
    if (!json_.is_object()) return Wrong("", "expected an object, found " + Kind(json_));
    for (const auto& [key, value] : json_.items()) {
      if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
        std::string known;
        for (std::string_view name : keys) known += (known.empty() ? "" : ", ") + std::string(name);
        return Wrong(key, "unknown key; expected one of " + known);
      }
    }
    return {};
  }

  Result<std::string> Text(const std::string& key, bool required) const {
    const auto it = json_.find(key);
    if (it == json_.end()) {
      if (required) return Wrong(key, "missing; expected a text");
      return std::string();
    }
    if (!it->is_string() || it->get<std::string>().empty()) {
      return Wrong(key, "expected a text that is not empty, found " + Kind(*it));
    }
    return it->get<std::string>();
  }

  Result<std::vector<std::string>> Texts(const std::string& key, bool required) const {
    const auto it = json_.find(key);
    if (it == json_.end()) {
      if (required) return Wrong(key, "missing; expected a list of texts");
      return std::vector<std::string>();
    }
    std::vector<std::string> out;
    if (!it->is_array() || it->empty()) {
      return Wrong(key, "expected a list of texts that is not empty, found " + Kind(*it));
    }
    for (const Json& element : *it) {
      if (!element.is_string()) {
        return Wrong(key + "/" + std::to_string(out.size()),
                     "expected a text, found " + Kind(element));
      }
      out.push_back(element.get<std::string>());
    }
    return out;
  }

  Result<bool> Flag(const std::string& key) const {
    const auto it = json_.find(key);
    if (it == json_.end()) return false;
    if (!it->is_boolean()) return Wrong(key, "expected true or false, found " + Kind(*it));
    return it->get<bool>();
  }

  Status Label(std::string& zh, std::string& en) const {
    const auto it = json_.find("label");
    if (it == json_.end()) return Wrong("label", "missing; expected {\"zh\": …, \"en\": …}");
    const ObjectReader label(*it, path_ + "/label", file_);
    TUPU_TRY(label.CheckObject({"zh", "en"}));
    TUPU_ASSIGN(zh, label.Text("zh", true));
    TUPU_ASSIGN(en, label.Text("en", true));
    return {};
  }

  Result<std::vector<PropertyDef>> PropertyDefs() const {
    std::vector<PropertyDef> out;
    const auto it = json_.find("properties");
    if (it == json_.end()) return out;
    if (!it->is_array()) return Wrong("properties", "expected a list, found " + Kind(*it));
    for (const Json& element : *it) {
      const ObjectReader reader(element, path_ + "/properties/" + std::to_string(out.size()),
                                file_);
      TUPU_TRY(reader.CheckObject({"name", "kind", "label", "values"}));
      PropertyDef def;
      TUPU_ASSIGN(def.name, reader.Text("name", true));
      TUPU_ASSIGN(def.kind, reader.Text("kind", true));
      static constexpr std::string_view kKinds[] = {"string", "number", "date", "amount"};
      if (std::find(std::begin(kKinds), std::end(kKinds), def.kind) == std::end(kKinds)) {
        return reader.Wrong(
            "kind", "unknown kind " + def.kind + "; expected string, number, date or amount");
      }
      TUPU_ASSIGN(def.values, reader.Texts("values", false));
      TUPU_TRY(reader.Label(def.label_zh, def.label_en));
      out.push_back(std::move(def));
    }
    return out;
  }

  static std::string Kind(const Json& json) {
    switch (json.type()) {
      case Json::value_t::null:
        return "null";
      case Json::value_t::boolean:
        return "a truth value";
      case Json::value_t::string:
        return json.get<std::string>().empty() ? "an empty text" : "a text";
      case Json::value_t::array:
        return json.empty() ? "an empty list" : "a list";
      case Json::value_t::object:
        return "an object";
      default:
        return "a number";
    }
  }

 private:
  const Json& json_;
  std::string path_;
  std::string_view file_;
};

Result<const Json*> ListAt(const Json& root, const std::string& key, std::string_view file) {
  const auto it = root.find(key);
  if (it == root.end() || !it->is_array() || it->empty()) {
    return Error{ErrorCode::kSchema, "at /" + key + ": expected a list that is not empty",
                 std::string(file)};
  }
  return &*it;
}

}  // namespace

Result<Schema> Schema::Load(const std::filesystem::path& dir) {
  const std::filesystem::path file = dir / "ontology.json";
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    return Error{ErrorCode::kSchema, "cannot be read; expected the ontology of a schema folder",
                 file.string()};
  }
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  return Parse(text, file.string());
}

Result<Schema> Schema::Parse(std::string_view text, std::string_view name) {
  Json root;
  try {
    root = Json::parse(text);
  } catch (const Json::parse_error& e) {
    return Error{ErrorCode::kSchema,
                 "not JSON at byte " + std::to_string(e.byte) + ": " + std::string(e.what()),
                 std::string(name), e.byte};
  }
  Schema schema;
  TUPU_TRY(ObjectReader(root, "", name).CheckObject({"entity_types", "relation_types"}));

  TUPU_ASSIGN(const Json* entity_types, ListAt(root, "entity_types", name));
  for (const Json& element : *entity_types) {
    const std::string path = "/entity_types/" + std::to_string(schema.entity_types_.size());
    const ObjectReader reader(element, path, name);
    TUPU_TRY(reader.CheckObject({"name", "parent", "abstract", "key_type", "label", "properties",
                                 "rdf_class", "ftm_schema"}));
    EntityTypeDef def;
    TUPU_ASSIGN(def.name, reader.Text("name", true));
    TUPU_ASSIGN(def.parent, reader.Text("parent", false));
    TUPU_ASSIGN(def.abstract, reader.Flag("abstract"));
    TUPU_ASSIGN(def.key_type, reader.Text("key_type", false));
    TUPU_TRY(reader.Label(def.label_zh, def.label_en));
    TUPU_ASSIGN(def.rdf_class, reader.Text("rdf_class", false));
    TUPU_ASSIGN(def.ftm_schema, reader.Text("ftm_schema", false));
    TUPU_ASSIGN(def.properties, reader.PropertyDefs());
    if (def.name == "Entity") return reader.Wrong("name", "Entity is the label of every node");
    if (schema.entity_index_.contains(def.name)) {
      return reader.Wrong("name", "type " + def.name + " stands twice");
    }
    // A parent stands before its children, so that the types are a tree.
    if (!def.parent.empty() && !schema.entity_index_.contains(def.parent)) {
      return reader.Wrong("parent",
                          "unknown type " + def.parent + "; expected one that stands further up");
    }
    if (!def.key_type.empty() && !schema.entity_index_.contains(def.key_type)) {
      return reader.Wrong("key_type",
                          "unknown type " + def.key_type + "; expected one that stands further up");
    }
    schema.entity_index_[def.name] = schema.entity_types_.size();
    schema.entity_types_.push_back(std::move(def));
  }

  TUPU_ASSIGN(const Json* relation_types, ListAt(root, "relation_types", name));
  for (const Json& element : *relation_types) {
    const std::string path = "/relation_types/" + std::to_string(schema.relation_types_.size());
    const ObjectReader reader(element, path, name);
    TUPU_TRY(reader.CheckObject({"name", "from", "to", "one_per", "label", "properties"}));
    RelationTypeDef def;
    TUPU_ASSIGN(def.name, reader.Text("name", true));
    TUPU_ASSIGN(def.from, reader.Texts("from", true));
    TUPU_ASSIGN(def.to, reader.Texts("to", true));
    TUPU_ASSIGN(const std::string one_per, reader.Text("one_per", false));
    TUPU_TRY(reader.Label(def.label_zh, def.label_en));
    TUPU_ASSIGN(def.properties, reader.PropertyDefs());
    if (schema.relation_index_.contains(def.name)) {
      return reader.Wrong("name", "relation " + def.name + " stands twice");
    }
    for (const auto& [key, ends] :
         {std::pair<std::string, const std::vector<std::string>*>{"from", &def.from},
          {"to", &def.to}}) {
      for (std::size_t i = 0; i < ends->size(); ++i) {
        if (!schema.entity_index_.contains((*ends)[i])) {
          return reader.Wrong(key + "/" + std::to_string(i),
                              "unknown type " + (*ends)[i] + "; expected one of entity_types");
        }
      }
    }
    if (!one_per.empty()) {
      if (one_per != "title") {
        return reader.Wrong("one_per", "expected \"title\", found \"" + one_per + "\"");
      }
      const bool has_title =
          std::any_of(def.properties.begin(), def.properties.end(),
                      [](const PropertyDef& property) { return property.name == "title"; });
      if (!has_title) return reader.Wrong("one_per", "expected a property of the name title");
      def.one_per_title = true;
    }
    schema.relation_index_[def.name] = schema.relation_types_.size();
    schema.relation_types_.push_back(std::move(def));
  }
  schema.hash_ = HashFields({root.dump()});
  return schema;
}

// Asked of every mention again and again, so each thread remembers where it found a name. What it
// remembers may be of another schema and is looked at before it is believed.
const EntityTypeDef* Schema::FindEntityType(std::string_view name) const {
  thread_local std::array<std::uint32_t, 64> found{};
  const std::size_t size = name.size();
  const auto letter = [&](std::size_t at) { return static_cast<unsigned char>(name[at]); };
  const std::size_t slot =
      size == 0 ? 0 : (size + 5u * letter(0) + 11u * letter(size / 2) + 3u * letter(size - 1)) % 64;
  if (found[slot] < entity_types_.size() && entity_types_[found[slot]].name == name) {
    return &entity_types_[found[slot]];
  }
  const auto it = entity_index_.find(name);
  if (it == entity_index_.end()) return nullptr;
  found[slot] = static_cast<std::uint32_t>(it->second);
  return &entity_types_[it->second];
}

const RelationTypeDef* Schema::FindRelationType(std::string_view name) const {
  const auto it = relation_index_.find(name);
  return it == relation_index_.end() ? nullptr : &relation_types_[it->second];
}

bool Schema::IsA(std::string_view type, std::string_view ancestor) const {
  for (const EntityTypeDef* def = FindEntityType(type); def != nullptr;
       def = FindEntityType(def->parent)) {
    if (def->name == ancestor) return true;
    if (def->parent.empty()) return false;
  }
  return false;
}

std::vector<std::string> Schema::Lineage(std::string_view type) const {
  std::vector<std::string> out;
  for (const EntityTypeDef* def = FindEntityType(type); def != nullptr;
       def = FindEntityType(def->parent)) {
    out.push_back(def->name);
  }
  return out;
}

bool Schema::Allows(std::string_view relation, std::string_view from, std::string_view to) const {
  const RelationTypeDef* def = FindRelationType(relation);
  if (def == nullptr) return false;
  const auto fits = [&](const std::vector<std::string>& ends, std::string_view type) {
    return std::any_of(ends.begin(), ends.end(),
                       [&](const std::string& end) { return IsA(type, end); });
  };
  return fits(def->from, from) && fits(def->to, to);
}

std::string_view Schema::KeyType(std::string_view type) const {
  const EntityTypeDef* def = FindEntityType(type);
  if (def == nullptr || def->key_type.empty()) return type;
  return def->key_type;
}

}  // namespace tupu::graph
