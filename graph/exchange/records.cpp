#include "graph/exchange/records.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "graph/base/hash.h"
#include "graph/exchange/columns.h"

namespace tupu::graph {
namespace {

constexpr std::size_t kMaxEnds = 1 << 20;
constexpr std::size_t kMaxDocumentBytes = 64 << 20;

std::vector<std::string> TextList(const Properties& properties, const std::string& name) {
  std::vector<std::string> out;
  const auto found = properties.find(name);
  if (found == properties.end() || found->second.kind() != ValueKind::kList) return out;
  for (const Value& item : found->second.as_list()) {
    out.push_back(PlainText(item));
  }
  return out;
}

// The statement that speaks for an edge: the strongest, the surest, the latest, then by id.
const Statement* Strongest(const std::vector<Statement>& statements,
                           const std::map<std::string, std::string>& dates) {
  const Statement* best = nullptr;
  const auto rank = [&](const Statement& stmt) {
    return std::tuple(stmt.status, stmt.provenance.confidence,
                      std::string_view(dates.at(stmt.provenance.document_id)));
  };
  for (const Statement& stmt : statements) {
    if (best == nullptr || rank(stmt) > rank(*best) ||
        (rank(stmt) == rank(*best) && stmt.ComputeId() < best->ComputeId())) {
      best = &stmt;
    }
  }
  return best;
}

}  // namespace

std::string PrimaryType(const Schema& schema, const std::vector<std::string>& labels) {
  std::string best;
  std::size_t best_depth = 0;
  for (const std::string& label : labels) {
    const std::size_t depth = schema.Lineage(label).size();
    if (depth > best_depth) {
      best = label;
      best_depth = depth;
    }
  }
  if (best.empty() && !labels.empty()) best = labels.front();
  return best;
}

std::string PrimaryType(const Schema& schema, const NodeRecord& record) {
  return record.type.empty() ? PrimaryType(schema, record.labels) : record.type;
}

std::string PropertyText(const Properties& properties, const std::string& name) {
  const auto found = properties.find(name);
  return found == properties.end() ? std::string() : PlainText(found->second);
}

namespace {

// What was written by hand may have no id of its own; its number in this store stands for one.
std::string IdOf(NodeId node, const NodeRecord& record) {
  std::string id = PropertyText(record.properties, "id");
  return id.empty() ? "asserted-" + std::to_string(node.value) : id;
}

}  // namespace

Span DocumentTexts::Shown(FieldSpan at) const {
  const CodePointIndex& index = at.field == Field::kText ? text_index : title_index;
  return {index.ToCodePoints(at.span.begin), index.ToCodePoints(at.span.end)};
}

Result<std::string> DocumentTexts::Cut(FieldSpan at) const {
  const std::string& whole = Of(at.field);
  if (at.span.begin > at.span.end || at.span.end > whole.size()) {
    return Error(ErrorCode::kCorruption,
                 "a statement stands at bytes " + std::to_string(at.span.begin) + " to " +
                     std::to_string(at.span.end) + ", beyond the document's end",
                 header.id);
  }
  return std::string(Slice(whole, at.span));
}

Result<EntityRow> RecordReader::Entity(NodeId node) {
  TUPU_ASSIGN(NodeRecord record, view_.Node(node));
  EntityRow row;
  row.type = PrimaryType(schema_, record);
  row.labels = std::move(record.labels);
  row.id = IdOf(node, record);
  row.name = PropertyText(record.properties, "name");
  row.aliases = TextList(record.properties, "aliases");
  TUPU_ASSIGN(const std::vector<EntityKey> keys, view_.NodeKeys(node));
  for (const EntityKey& key : keys) row.keys.push_back(KeyToField(key));
  row.properties = std::move(record.properties);
  for (const char* name : {"id", "name", "aliases"}) row.properties.erase(name);
  if (tell_origins_) {
    TUPU_ASSIGN(const auto origin, view_.OriginOf(node));
    if (origin) row.origin = origin->number;
  }
  return row;
}

Result<EndRow> RecordReader::End(NodeId node) {
  const auto found = ends_.find(node);
  if (found != ends_.end()) return found->second;
  TUPU_ASSIGN(const NodeRecord record, view_.Node(node));
  EndRow end{IdOf(node, record), PropertyText(record.properties, "name"),
             PrimaryType(schema_, record)};
  if (ends_.size() >= kMaxEnds) ends_.clear();
  ends_.emplace(node, end);
  return end;
}

Result<const DocumentTexts*> RecordReader::Document(const std::string& id) {
  const auto found = documents_.find(id);
  if (found != documents_.end()) return &found->second;
  TUPU_ASSIGN(auto header, view_.FindDocument(id));
  if (!header) {
    return Error(ErrorCode::kCorruption, "a statement names this document, which is not stored",
                 id);
  }
  TUPU_ASSIGN(std::string text, view_.DocumentText(id));
  if (document_bytes_ + text.size() > kMaxDocumentBytes) {
    documents_.clear();
    document_bytes_ = 0;
  }
  document_bytes_ += text.size();
  CodePointIndex text_index(text);
  CodePointIndex title_index(header->title);
  const auto [place, added] =
      documents_.emplace(id, DocumentTexts{std::move(*header), std::move(text),
                                           std::move(text_index), std::move(title_index)});
  return &place->second;
}

Result<RelationRow> RecordReader::Relation(EdgeId edge, bool with_evidence) {
  TUPU_ASSIGN(EdgeRecord record, view_.Edge(edge));
  RelationRow row;
  row.type = std::move(record.type);
  TUPU_ASSIGN(row.from, End(record.from));
  TUPU_ASSIGN(row.to, End(record.to));
  row.status = PropertyText(record.properties, "status");
  row.properties = std::move(record.properties);
  row.properties.erase("status");
  const RelationTypeDef* type = schema_.FindRelationType(row.type);
  const std::string title =
      type != nullptr && type->one_per_title ? PropertyText(row.properties, "title") : "";
  row.id = HashFields({"relation", row.type, row.from.id, row.to.id, title}).ToHex();
  if (tell_origins_) {
    TUPU_ASSIGN(const auto origin, view_.OriginOf(edge));
    if (origin) row.origin = origin->number;
  }
  if (!with_evidence) return row;

  TUPU_ASSIGN(const auto statements, view_.EdgeStatements(edge));
  std::map<std::string, std::string> dates;
  for (const Statement& stmt : statements) {
    const std::string& id = stmt.provenance.document_id;
    if (dates.count(id) != 0) continue;
    TUPU_ASSIGN(const auto header, view_.FindDocument(id));
    if (!header) {
      return Error(ErrorCode::kCorruption, "a statement names this document, which is not stored",
                   id);
    }
    dates.emplace(id, header->date);
  }
  row.statements = statements.size();
  row.documents = dates.size();
  const Statement* stmt = Strongest(statements, dates);
  if (stmt == nullptr) return row;
  TUPU_ASSIGN(const DocumentTexts* doc, Document(stmt->provenance.document_id));
  EvidenceRow evidence;
  TUPU_ASSIGN(evidence.sentence, doc->Cut(stmt->provenance.at));
  evidence.document = doc->header.id;
  evidence.document_title = doc->header.title;
  evidence.document_date = doc->header.date;
  evidence.field = stmt->provenance.at.field;
  evidence.at = doc->Shown(stmt->provenance.at);
  evidence.rule = stmt->provenance.extractor;
  evidence.confidence = stmt->provenance.confidence;
  row.evidence = std::move(evidence);
  return row;
}

}  // namespace tupu::graph
