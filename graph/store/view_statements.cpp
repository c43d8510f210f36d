// Reads of documents, of statements, and of what judgements make of them.
#include <algorithm>

#include "graph/store/facts.h"
#include "graph/store/view_impl.h"

namespace tupu::graph {
namespace {

// The documents behind a node or edge, the latest first.
Result<std::vector<DocumentId>> Supports(const KvSnapshot& kv, SupportKind kind,
                                         std::uint64_t number) {
  std::vector<DocumentId> out;
  const auto cursor = kv.Scan(Space::kIndex, SupportPrefix(kind, number));
  for (; cursor->Valid(); cursor->Next()) {
    std::uint64_t subject = 0;
    DateNumber date = 0;
    DocumentId doc;
    if (!DecodeSupportKey(cursor->key(), subject, date, doc)) return Damaged("a support's key");
    out.push_back(doc);
  }
  TUPU_TRY(cursor->status());
  return out;
}

// The documents in which the key is rejected.
Result<std::vector<DocumentId>> Rejecting(const KvSnapshot& kv, const Hash128& key) {
  std::vector<DocumentId> out;
  const auto cursor = kv.Scan(Space::kIndex, RejectedPrefix(key));
  for (; cursor->Valid(); cursor->Next()) {
    Hash128 entity;
    DateNumber date = 0;
    if (!DecodeRejectedKey(cursor->key(), entity, date, out.emplace_back())) {
      return Damaged("a rejected key");
    }
  }
  TUPU_TRY(cursor->status());
  return out;
}

// The statements of these documents that `wanted(table, row)` holds for, in order.
template <class Wanted>
Result<std::vector<Statement>> Collect(const KvSnapshot& kv, const std::vector<DocumentId>& docs,
                                       const Wanted& wanted) {
  constexpr std::size_t kGroup = 64;  // blocks in memory at a time
  std::vector<Statement> out;
  std::vector<std::string> keys;
  std::vector<std::optional<std::string>> blocks;
  for (std::size_t begin = 0; begin < docs.size(); begin += kGroup) {
    keys.clear();
    for (std::size_t i = begin; i < std::min(docs.size(), begin + kGroup); ++i) {
      keys.push_back(BlockKey(docs[i]));
    }
    TUPU_TRY(kv.MultiGet(Space::kStatements, keys, blocks));
    for (const std::optional<std::string>& block : blocks) {
      StatementTable table;
      if (!block || !StatementTable::Decode(*block, table)) {
        return Damaged("a document's statements are missing or unreadable");
      }
      for (const StatementTable::Row& row : table.rows()) {
        if (wanted(table, row)) out.push_back(table.StatementOf(row));
      }
    }
  }
  SortStatements(out);
  return out;
}

}  // namespace

Result<std::optional<DocumentHeader>> View::FindDocument(std::string_view id) const {
  TUPU_ASSIGN(std::optional<FoundDocument> found, impl_->ReadHeader(id));
  if (!found) return std::optional<DocumentHeader>();
  return std::optional<DocumentHeader>(std::move(found->header));
}

Result<std::string> View::DocumentText(std::string_view id) const {
  TUPU_ASSIGN(const std::optional<FoundDocument> found, impl_->ReadHeader(id));
  if (!found) {
    return Error{ErrorCode::kNotFound, "there is no document '" + std::string(id) + "'"};
  }
  TUPU_ASSIGN(std::optional<std::string> text,
              impl_->kv->Get(Space::kText, TextKey(found->number)));
  if (!text) return Damaged("the text of document '" + std::string(id) + "' is missing");
  return std::move(*text);
}

Status View::ForEachDocument(const std::function<bool(const DocumentHeader&)>& visit) const {
  const auto cursor = impl_->kv->Scan(Space::kStatements, HeaderPrefix());
  for (; cursor->Valid(); cursor->Next()) {
    FoundDocument doc;
    doc.header.id = cursor->key().substr(HeaderPrefix().size());
    if (!DecodeHeader(cursor->value(), doc.number, doc.header)) {
      return Damaged("the header of document '" + doc.header.id + "' is unreadable");
    }
    if (!visit(doc.header)) return {};
  }
  return cursor->status();
}

Status View::ForEachStatement(std::string_view document_id,
                              const std::function<bool(const Statement&)>& visit) const {
  TUPU_ASSIGN(const std::optional<FoundDocument> found, impl_->ReadHeader(document_id));
  if (!found) return {};
  TUPU_ASSIGN(const std::vector<Statement> statements,
              Collect(*impl_->kv, {found->number}, [](const auto&, const auto&) { return true; }));
  for (const Statement& stmt : statements) {
    if (!visit(stmt)) break;
  }
  return {};
}

Result<std::vector<Statement>> View::NodeStatements(NodeId node) const {
  if (IsAsserted(node)) return std::vector<Statement>();
  TUPU_ASSIGN(const StoredNode stored, impl_->ReadNode(node));
  TUPU_ASSIGN(const std::vector<DocumentId> docs,
              Supports(*impl_->kv, SupportKind::kNode, node.value));
  TUPU_ASSIGN(const auto judgements, impl_->ReadJudgements());
  return Collect(
      *impl_->kv, docs, [&](const StatementTable& table, const StatementTable::Row& row) {
        return row.kind != StatementKind::kRelation &&
               stored.HasMember(table.keys()[row.subject]) && !IsRejected(table, row, *judgements);
      });
}

Result<std::vector<Statement>> View::EdgeStatements(EdgeId edge) const {
  if (IsAsserted(edge)) return std::vector<Statement>();
  TUPU_ASSIGN(const StoredEdge stored, impl_->ReadEdge(edge));
  TUPU_ASSIGN(const StoredNode from, impl_->ReadNode(stored.from));
  TUPU_ASSIGN(const StoredNode to, impl_->ReadNode(stored.to));
  TUPU_ASSIGN(const std::vector<DocumentId> docs,
              Supports(*impl_->kv, SupportKind::kEdge, edge.value));
  TUPU_ASSIGN(const auto judgements, impl_->ReadJudgements());
  const std::string type = TypeName(TypeOf(edge));
  return Collect(
      *impl_->kv, docs, [&](const StatementTable& table, const StatementTable::Row& row) {
        return row.kind == StatementKind::kRelation && row.status != ClaimStatus::kDenied &&
               table.StringAt(row.property) == type && from.HasMember(table.keys()[row.subject]) &&
               to.HasMember(table.keys()[row.object]) && TitleHash(table, row) == stored.title &&
               !IsRejected(table, row, *judgements);
      });
}

// ---- judgements

Result<std::shared_ptr<const Judgements>> LoadJudgements(const KvSnapshot& kv) {
  std::vector<Judgement> all;
  const auto cursor = kv.Scan(Space::kMeta, JudgementPrefix());
  for (; cursor->Valid(); cursor->Next()) {
    const std::string_view line = cursor->key().substr(JudgementPrefix().size());
    Result<Judgement> one = ParseJudgement(line);
    if (!one.ok() || one->ToLine() != line) return Damaged("a judgement is unreadable");
    all.push_back(std::move(*one));
  }
  TUPU_TRY(cursor->status());
  Result<Judgements> out = Judgements::Make(all);
  if (!out.ok()) return Damaged(out.error().message);
  return std::shared_ptr<const Judgements>(std::make_shared<Judgements>(std::move(*out)));
}

Result<std::shared_ptr<const Judgements>> View::Impl::ReadJudgements() const {
  const std::lock_guard lock(judged->mutex);
  if (!judged->judgements) {
    TUPU_ASSIGN(judged->judgements, LoadJudgements(*kv));
  }
  return judged->judgements;
}

Result<std::shared_ptr<const Judgements>> View::StoredJudgements() const {
  return impl_->ReadJudgements();
}

Result<std::vector<EntityKey>> View::NodeKeys(NodeId node) const {
  std::vector<EntityKey> out;
  if (IsAsserted(node)) return out;
  TUPU_ASSIGN(const StoredNode stored, impl_->ReadNode(node));
  for (const NodeMember& member : stored.members) out.push_back(member.key);
  std::sort(out.begin(), out.end());
  return out;
}

Result<std::vector<KeyLink>> View::NodeLinks(NodeId node) const {
  if (IsAsserted(node)) return std::vector<KeyLink>();
  TUPU_ASSIGN(const StoredNode stored, impl_->ReadNode(node));
  if (stored.members.size() < 2) return std::vector<KeyLink>();
  TUPU_ASSIGN(const auto judgements, impl_->ReadJudgements());
  TUPU_ASSIGN(std::vector<Cluster> clusters,
              ResolveAround(std::span(&stored.key, 1), *judgements,
                            [&](const EntityKey& key) -> Result<bool> {
                              TUPU_ASSIGN(const auto found,
                                          impl_->kv->Get(Space::kIndex, IdKey(EntityIdOf(key))));
                              return found.has_value();
                            }));
  for (Cluster& cluster : clusters) {
    if (cluster.members.front() == stored.key) return std::move(cluster.links);
  }
  return std::vector<KeyLink>();
}

Result<std::vector<Statement>> View::RejectedStatements(NodeId from, std::string_view type,
                                                        NodeId to) const {
  std::vector<Statement> none;
  if (IsAsserted(from) || IsAsserted(to)) return none;
  TUPU_ASSIGN(const auto judgements, impl_->ReadJudgements());
  if (!judgements->has_rejects()) return none;
  TUPU_ASSIGN(const StoredNode start, impl_->ReadNode(from));
  TUPU_ASSIGN(const StoredNode end, impl_->ReadNode(to));
  bool any = judgements->rejects_entities();
  for (const NodeMember& a : start.members) {
    for (const NodeMember& b : end.members) {
      any = any || !judgements->RejectsOf(type, a.key, b.key).empty();
    }
  }
  if (!any) return none;
  TUPU_ASSIGN(std::vector<DocumentId> docs, Supports(*impl_->kv, SupportKind::kNode, from.value));
  for (const NodeMember& member : start.members) {
    TUPU_ASSIGN(const auto rejecting, Rejecting(*impl_->kv, EntityIdOf(member.key)));
    docs.insert(docs.end(), rejecting.begin(), rejecting.end());
  }
  std::sort(docs.begin(), docs.end());
  docs.erase(std::unique(docs.begin(), docs.end()), docs.end());
  return Collect(
      *impl_->kv, docs, [&](const StatementTable& table, const StatementTable::Row& row) {
        return row.kind == StatementKind::kRelation && table.StringAt(row.property) == type &&
               start.HasMember(table.keys()[row.subject]) &&
               end.HasMember(table.keys()[row.object]) && IsRejected(table, row, *judgements);
      });
}

Result<std::vector<Statement>> View::RejectedStatements(const EntityKey& entity) const {
  TUPU_ASSIGN(const auto docs, Rejecting(*impl_->kv, EntityIdOf(entity)));
  return Collect(
      *impl_->kv, docs, [&](const StatementTable& table, const StatementTable::Row& row) {
        return row.kind != StatementKind::kRelation && table.keys()[row.subject] == entity;
      });
}

}  // namespace tupu::graph
