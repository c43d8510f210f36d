// The statements of one document as the store keeps them: each string, key and value once, and
// statements as rows of numbers. Made straight from claims, without a Statement each, because
// there are some hundred to a page; the same statements as ToStatements gives.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/model/claims.h"
#include "graph/model/schema.h"
#include "graph/model/statement.h"

namespace tupu::graph {

class StatementTable {
 public:
  struct Row {
    StatementKind kind = StatementKind::kEntity;
    ClaimStatus status = ClaimStatus::kDone;
    bool by_title = false;       // kRelation: one edge a title
    std::uint32_t subject = 0;   // key
    std::uint32_t property = 0;  // string
    std::uint32_t object = 0;    // kRelation: key; else a value (see ValueAt)
    std::uint32_t properties_begin = 0;
    std::uint32_t properties_end = 0;
    FieldSpan at;
    std::uint32_t article = 0;
    FieldSpan from_at, to_at;
    std::uint32_t extractor = 0;   // string
    std::uint32_t confidence = 0;  // a value, a double
  };

  // `schema` says which relation types have one edge a title.
  static StatementTable Build(const Claims& claims, std::string_view version, const Schema& schema);

  void Encode(std::string& out) const;
  // False on anything malformed.
  static bool Decode(std::string_view in, StatementTable& out);

  const std::string& document_id() const { return document_id_; }
  const std::string& version() const { return version_; }
  const std::vector<EntityKey>& keys() const { return keys_; }
  // Each once; those of entities by subject first, then relations by subject.
  const std::vector<Row>& rows() const { return rows_; }
  const std::string& StringAt(std::uint32_t number) const { return strings_[number]; }
  Value ValueAt(std::uint32_t number) const;
  Properties PropertiesOf(const Row& row) const;
  // Calls visit(std::string_view name, Value) in order of name.
  template <class Visit>
  void ForEachProperty(const Row& row, Visit&& visit) const {
    for (std::uint32_t i = row.properties_begin; i < row.properties_end; ++i) {
      visit(std::string_view(strings_[properties_[i].first]), ValueAt(properties_[i].second));
    }
  }
  Statement StatementOf(const Row& row) const;

  // All of them, sorted by id.
  std::vector<Statement> Statements() const;

 private:
  class Builder;

  std::string document_id_;
  std::string version_;
  std::vector<std::string> strings_;
  std::vector<EntityKey> keys_;
  std::vector<Value> values_;  // those that are no strings
  // (name: string, value) of relations, name by name.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> properties_;
  std::vector<Row> rows_;
};

// Sorts by document, then id.
void SortStatements(std::vector<Statement>& statements);

}  // namespace tupu::graph
