// The ontology: which types of entity and relation there are, and what may stand where.
//
// Read from schemas/ontology.json; the file is the user's to edit. The schema binds claims, never
// Cypher writes. Immutable once loaded; share freely.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/base/error.h"
#include "graph/base/ids.h"
#include "graph/base/text_hash.h"

namespace tupu::graph {

struct PropertyDef {
  std::string name;                 // "amount"
  std::string kind;                 // "string", "number", "date", "amount"
  std::vector<std::string> values;  // the only ones allowed; empty: any
  std::string label_zh;
  std::string label_en;
};

struct EntityTypeDef {
  std::string name;       // "Ministry"
  std::string parent;     // "Organisation", or "" for a root
  bool abstract = false;  // has no entities of its own ("Organisation", "Region")
  // Types that name the same kind of thing for identity: an Official is the Person of another
  // document. Empty: the type itself.
  std::string key_type;
  std::string label_zh;
  std::string label_en;
  // What exports call it: the IRI of a public class, a FollowTheMoney schema. Empty: its own name,
  // and no such entity.
  std::string rdf_class;
  std::string ftm_schema;
  std::vector<PropertyDef> properties;
};

struct RelationTypeDef {
  std::string name;               // "ISSUED"
  std::vector<std::string> from;  // types, abstract ones standing for all below them
  std::vector<std::string> to;
  bool one_per_title = false;  // HOLDS_POSITION: one edge per `title` too
  std::string label_zh;
  std::string label_en;
  std::vector<PropertyDef> properties;
};

class Schema {
 public:
  // Reads DIR/ontology.json. A mistake is a kSchema error naming the file, the JSON path and what
  // was expected there.
  static Result<Schema> Load(const std::filesystem::path& dir);
  // The same from text; `name` stands for the file in errors.
  static Result<Schema> Parse(std::string_view json, std::string_view name);

  const std::vector<EntityTypeDef>& entity_types() const { return entity_types_; }
  const std::vector<RelationTypeDef>& relation_types() const { return relation_types_; }
  // Null where there is no such type. Pointers live as long as the schema.
  const EntityTypeDef* FindEntityType(std::string_view name) const;
  const RelationTypeDef* FindRelationType(std::string_view name) const;

  // Whether `type` is `ancestor` or below it. False for unknown names.
  bool IsA(std::string_view type, std::string_view ancestor) const;
  // `type` and its ancestors, nearest first. Empty for an unknown name.
  std::vector<std::string> Lineage(std::string_view type) const;
  // Whether the ontology allows relation(from, to), by the types of its ends.
  bool Allows(std::string_view relation, std::string_view from, std::string_view to) const;
  // The type that stands for `type` in an entity key.
  std::string_view KeyType(std::string_view type) const;

  // Hash of the file's meaning (order of keys and spacing do not matter).
  Hash128 hash() const { return hash_; }

 private:
  std::vector<EntityTypeDef> entity_types_;
  std::vector<RelationTypeDef> relation_types_;
  using NameIndex = std::unordered_map<std::string, std::size_t, TextHash, std::equal_to<>>;

  NameIndex entity_index_;
  NameIndex relation_index_;
  Hash128 hash_;
};

}  // namespace tupu::graph
