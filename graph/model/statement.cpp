#include "graph/model/statement.h"

#include <algorithm>
#include <map>

#include "graph/base/coding.h"
#include "graph/base/hash.h"

namespace tupu::graph {
namespace {

void PutKey(std::string& out, const EntityKey& key) {
  PutLengthPrefixed(out, key.type);
  PutLengthPrefixed(out, key.name);
  PutLengthPrefixed(out, key.context);
}

void PutSpan(std::string& out, FieldSpan at) {
  out += static_cast<char>(at.field);
  PutVarint(out, at.span.begin);
  PutVarint(out, at.span.end);
}

bool GetText(std::string_view& in, std::string& out) {
  std::string_view text;
  if (!GetLengthPrefixed(in, text)) return false;
  out.assign(text);
  return true;
}

bool GetKey(std::string_view& in, EntityKey& key) {
  return GetText(in, key.type) && GetText(in, key.name) && GetText(in, key.context);
}

bool GetByte(std::string_view& in, std::uint8_t limit, std::uint8_t& out) {
  if (in.empty() || static_cast<std::uint8_t>(in.front()) > limit) return false;
  out = static_cast<std::uint8_t>(in.front());
  in.remove_prefix(1);
  return true;
}

bool GetUint32(std::string_view& in, std::uint32_t& out) {
  std::uint64_t value = 0;
  if (!GetVarint(in, value) || value > 0xffffffffu) return false;
  out = static_cast<std::uint32_t>(value);
  return true;
}

bool GetSpan(std::string_view& in, FieldSpan& at) {
  std::uint8_t field = 0;
  if (!GetByte(in, 1, field) || !GetUint32(in, at.span.begin) || !GetUint32(in, at.span.end)) {
    return false;
  }
  at.field = static_cast<Field>(field);
  return at.span.begin <= at.span.end;
}

}  // namespace

// The grammar, in order: kind byte; subject key; property; object key; value; number of properties,
// each name and value; status byte; document id; span; article; from span; to span; extractor;
// version; confidence. Strings are length-prefixed, numbers varints.
void EncodeStatement(std::string& out, const Statement& stmt) {
  out += static_cast<char>(stmt.kind);
  PutKey(out, stmt.subject);
  PutLengthPrefixed(out, stmt.property);
  PutKey(out, stmt.object);
  EncodeValue(out, stmt.value);
  PutVarint(out, stmt.properties.size());
  for (const auto& [name, value] : stmt.properties) {
    PutLengthPrefixed(out, name);
    EncodeValue(out, value);
  }
  out += static_cast<char>(stmt.status);
  const Provenance& source = stmt.provenance;
  PutLengthPrefixed(out, source.document_id);
  PutSpan(out, source.at);
  PutVarint(out, source.article);
  PutSpan(out, source.from_at);
  PutSpan(out, source.to_at);
  PutLengthPrefixed(out, source.extractor);
  PutLengthPrefixed(out, source.version);
  PutDouble(out, source.confidence);
}

bool DecodeStatement(std::string_view in, Statement& stmt) {
  std::uint8_t kind = 0, status = 0;
  std::uint64_t count = 0;
  if (!GetByte(in, 2, kind) || !GetKey(in, stmt.subject) || !GetText(in, stmt.property) ||
      !GetKey(in, stmt.object) || !DecodeValue(in, stmt.value) || !GetVarint(in, count) ||
      count > in.size()) {
    return false;
  }
  stmt.kind = static_cast<StatementKind>(kind);
  stmt.properties.clear();
  for (std::uint64_t i = 0; i < count; ++i) {
    std::string name;
    if (!GetText(in, name) || !DecodeValue(in, stmt.properties[name])) return false;
  }
  Provenance& source = stmt.provenance;
  if (!GetByte(in, 3, status) || !GetText(in, source.document_id) || !GetSpan(in, source.at) ||
      !GetUint32(in, source.article) || !GetSpan(in, source.from_at) ||
      !GetSpan(in, source.to_at) || !GetText(in, source.extractor) ||
      !GetText(in, source.version) || !GetDouble(in, source.confidence)) {
    return false;
  }
  stmt.status = static_cast<ClaimStatus>(status);
  return in.empty();
}

Hash128 Statement::ComputeId() const {
  std::string bytes;
  EncodeStatement(bytes, *this);
  return HashFields({bytes});
}

std::vector<Statement> ToStatements(const Claims& claims, std::string_view version) {
  std::map<Hash128, Statement> by_id;
  const auto add = [&](Statement stmt) {
    stmt.provenance.document_id = claims.document_id;
    stmt.provenance.version = version;
    const Hash128 id = stmt.ComputeId();
    by_id.emplace(id, std::move(stmt));
  };
  for (const LocalEntity& ent : claims.entities) {
    Provenance source;
    source.extractor = ent.rule;
    source.confidence = ent.confidence;
    for (const Mention& mention : ent.mentions) {
      source.at = mention.at;
      source.article = mention.article;
      Statement stmt;
      stmt.kind = StatementKind::kEntity;
      stmt.subject = ent.key;
      stmt.property = ent.type;
      stmt.value = Value(mention.form);
      stmt.provenance = source;
      add(std::move(stmt));
    }
    source.at = ent.mentions.front().at;
    source.article = ent.mentions.front().article;
    const auto add_property = [&](const std::string& name, const Value& value) {
      Statement stmt;
      stmt.kind = StatementKind::kProperty;
      stmt.subject = ent.key;
      stmt.property = name;
      stmt.value = value;
      stmt.provenance = source;
      add(std::move(stmt));
    };
    add_property("name", Value(ent.canonical_name.empty() ? ent.name : ent.canonical_name));
    for (const auto& [name, value] : ent.properties) add_property(name, value);
  }
  for (const LocalRelation& rel : claims.relations) {
    Statement stmt;
    stmt.kind = StatementKind::kRelation;
    stmt.subject = claims.entities[rel.from].key;
    stmt.property = rel.type;
    stmt.object = claims.entities[rel.to].key;
    stmt.properties = rel.properties;
    stmt.status = rel.status;
    stmt.provenance.at = rel.evidence.at;
    stmt.provenance.article = rel.evidence.article;
    stmt.provenance.from_at = rel.from_mention;
    stmt.provenance.to_at = rel.to_mention;
    stmt.provenance.extractor = rel.rule;
    stmt.provenance.confidence = rel.confidence;
    add(std::move(stmt));
  }
  std::vector<Statement> out;
  out.reserve(by_id.size());
  for (auto& [id, stmt] : by_id) out.push_back(std::move(stmt));
  return out;
}

}  // namespace tupu::graph
