// The interned names of a store and what the schema makes of them.
//
// On disk stand the types that entities are shown with, relation types and property names. Labels
// are those types, the types above them in the schema, and Entity above all. Numbers of labels as
// queries see them (LabelId) are the schema's positions, so they hold for the whole process; the
// numbers under which types are stored do not leave the store.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/model/schema.h"
#include "graph/store/keys.h"
#include "graph/store/kv.h"

namespace tupu::graph {

inline constexpr std::string_view kEntityLabel = "Entity";

// Immutable once shared.
class Names {
 public:
  static Result<std::shared_ptr<const Names>> Load(const KvSnapshot& kv, const Schema& schema);

  // Stored names by number and back. Numbers of another kind or unknown have the empty name.
  const std::string& NameOf(NameKind kind, std::uint32_t number) const;
  std::optional<std::uint32_t> Find(NameKind kind, std::string_view name) const;
  // All numbers of a kind that are in use, ascending.
  std::vector<std::uint32_t> Numbers(NameKind kind) const;

  // Labels as queries name them.
  std::optional<LabelId> FindLabel(std::string_view label) const;
  // The number under which the name of such a label is stored, if it is.
  std::optional<std::uint32_t> StoredLabel(LabelId label) const;
  // The stored types whose nodes have the label; all types for `nullopt`. Ascending.
  std::vector<LabelId> TypesBelow(std::optional<LabelId> label) const;
  bool HasLabel(LabelId stored_type, LabelId label) const;
  // Of a node shown with a type, sorted: the type, the types above it, Entity.
  std::vector<std::string> LabelsOf(LabelId stored_type) const;
  // Every label that some stored type has, sorted, with those types.
  std::map<std::string, std::vector<LabelId>> Labels() const;

  // For a commit that needs new names: a copy, and one more name in it, which gives its number.
  std::shared_ptr<Names> Clone() const { return std::shared_ptr<Names>(new Names(*this)); }
  std::uint32_t Add(NameKind kind, std::string_view name);

  const Schema& schema() const { return *schema_; }

 private:
  struct Kind {
    std::vector<std::string> names;  // by number, from `first`
    std::uint32_t first = 0;
    std::map<std::string, std::uint32_t, std::less<>> numbers;
  };
  explicit Names(const Schema& schema);
  const Kind& KindOf(NameKind kind) const;
  Kind& KindOf(NameKind kind);

  const Schema* schema_;
  Kind labels_, types_, properties_;
  std::vector<std::vector<LabelId>> label_ids_;  // of each stored type, all its labels
};

}  // namespace tupu::graph
