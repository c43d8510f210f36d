#include "extract/facts/entity_key.h"

#include "extract/facts/names.h"
#include "graph/base/unicode.h"

namespace tupu::extract {
namespace {

// Bytes of the longest name of a document that many others may bear: 政府工作报告.
constexpr std::size_t kGenericPolicy = 24;

std::string ContextOf(const graph::LocalEntity& ent, const graph::Claims& claims) {
  const auto index = static_cast<std::uint32_t>(&ent - claims.entities.data());
  std::string best;
  for (const std::string_view type : {"HOLDS_POSITION", "HELD", "ISSUED", "BUILDS", "LOCATED_IN"}) {
    for (const graph::LocalRelation& rel : claims.relations) {
      if (rel.type != type) continue;
      const bool from = rel.from == index && (type == "HOLDS_POSITION" || type == "LOCATED_IN");
      const bool to = rel.to == index && type != "HOLDS_POSITION" && type != "LOCATED_IN";
      if (!from && !to) continue;
      const graph::LocalEntity& other = claims.entities[from ? rel.to : rel.from];
      std::string context =
          other.canonical_id.empty() ? FoldName(other.canonical_name) : other.canonical_id;
      const auto date = rel.properties.find("date");
      if (type == "HELD" && date != rel.properties.end()) {
        context += "/" + date->second.as_string();
      }
      if (best.empty() || context < best) best = std::move(context);
    }
    if (!best.empty()) break;
  }
  return best;
}

}  // namespace

graph::EntityKey KeyOf(const graph::LocalEntity& ent, const graph::Claims& claims,
                       const graph::Schema& schema) {
  graph::EntityKey key;
  key.type = schema.KeyType(ent.type);
  if (!ent.canonical_id.empty()) {
    key.name = ent.canonical_id;
    return key;
  }
  key.name = FoldName(ent.canonical_name);
  const bool generic = ent.type == "Policy" && key.name.size() <= kGenericPolicy;
  const bool bare = !BarePrefix(ent.canonical_name).empty();
  if (key.type != "Person" && ent.type != "Event" && ent.type != "Project" && !generic && !bare) {
    return key;
  }
  if (!bare) key.context = ContextOf(ent, claims);
  if (key.context.empty()) key.context = claims.document_id;
  return key;
}

}  // namespace tupu::extract
