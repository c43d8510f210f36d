// A stored claim with its provenance. Statements are kept; entities and edges are computed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "graph/base/ids.h"
#include "graph/model/claims.h"

namespace tupu::graph {

// Stored; never renumber.
enum class StatementKind : std::uint8_t {
  kEntity = 0,    // the subject is named `value` here and has type `property`
  kProperty = 1,  // the subject's `property` is `value`
  kRelation = 2,  // the subject stands in relation `property` to the object
};

struct Provenance {
  std::string document_id;
  FieldSpan at;  // of the mention (kEntity) or the evidence sentence
  std::uint32_t article = 0;
  FieldSpan from_at;  // kRelation: the ends' mentions
  FieldSpan to_at;
  std::string extractor;  // rule or model
  std::string version;    // of the schemas and model that produced it
  double confidence = 1;
};

struct Statement {
  StatementKind kind = StatementKind::kEntity;
  EntityKey subject;
  std::string property;   // entity type, property name or relation type
  EntityKey object;       // kRelation only
  Value value;            // kEntity: the surface form; kProperty: the value
  Properties properties;  // kRelation: title, amount, date …
  ClaimStatus status = ClaimStatus::kDone;
  Provenance provenance;

  // Content hash over every field above. The same claim made twice is one statement.
  Hash128 ComputeId() const;
};

// The statements of one document, sorted by id, each once.
std::vector<Statement> ToStatements(const Claims& claims, std::string_view version);

// For the store: reading fails (false) on anything malformed.
void EncodeStatement(std::string& out, const Statement& stmt);
bool DecodeStatement(std::string_view in, Statement& stmt);

}  // namespace tupu::graph
