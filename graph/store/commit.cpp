#include "graph/store/commit.h"

#include <algorithm>

#include "graph/base/coding.h"
#include "graph/base/unicode.h"

namespace tupu::graph {
namespace {

bool IsSaid(const Count& count) { return count.documents > 0; }
bool WasSaid(const Count& count) { return count.before > 0; }

// A value's count in a tally that may not be there.
Count CountOf(const Tally* tally, const Value& value) {
  if (tally == nullptr) return {};
  const auto found = tally->counts().find(value);
  return found == tally->counts().end() ? Count() : found->second;
}

}  // namespace

Commit::Commit(const KvSnapshot& kv, std::shared_ptr<const Names> names, bool first)
    : kv_(kv), names_(std::move(names)) {
  if (!first) return;
  std::string version;
  PutVarint(version, kFormatVersion);
  batch_.Put(Space::kMeta, FormatKey(), version);
}

Status Commit::Run(const CommitDocuments& removed, const CommitDocuments& added) {
  for (const auto& doc : removed) removed_numbers_.insert(doc->number.value);
  TUPU_TRY(NumberDocuments(added));
  TUPU_TRY(LoadNodes(removed, added));
  TUPU_TRY(LoadEdges(removed, added));
  for (std::size_t i = 0; i < removed.size(); ++i) {
    TUPU_TRY(Subtract(*removed[i], removed_places_[i]));
  }
  TUPU_TRY(RefreshLatest());
  for (std::size_t i = 0; i < added.size(); ++i) Add(*added[i], added_places_[i]);
  WriteDocuments(removed, added);
  for (NodeWork& work : nodes_) TUPU_TRY(WriteNode(work));
  for (EdgeWork& work : edges_) WriteEdge(work);
  WriteCounters();
  return {};
}

Error Commit::Damaged(const std::string& what) const {
  return Error{ErrorCode::kCorruption, "the store is damaged: " + what};
}

Result<std::uint64_t> Commit::Sequence(const std::string& key) {
  TUPU_ASSIGN(const std::optional<std::string> bytes, kv_.Get(Space::kMeta, key));
  std::uint64_t next = 0;
  if (bytes && !DecodeNumber(*bytes, next)) return Damaged("a sequence is not a number");
  return next;
}

std::uint32_t Commit::Intern(NameKind kind, std::string_view name) {
  if (const auto number = names_->Find(kind, name)) return *number;
  if (!new_names_) names_ = new_names_ = names_->Clone();
  const std::uint32_t number = new_names_->Add(kind, name);
  batch_.Put(Space::kMeta, NameKey(kind, number), name);
  return number;
}

std::uint32_t Commit::PropertyNumber(const Fact& fact) {
  return fact.reserved < kFirstProperty ? fact.reserved : Intern(NameKind::kProperty, fact.name);
}

Status Commit::NumberDocuments(const CommitDocuments& added) {
  TUPU_ASSIGN(std::uint64_t next, Sequence(SequenceKey('d')));
  const std::uint64_t first = next;
  for (const auto& doc : added) {
    if (doc->number == kNewDocument) doc->number = DocumentId{next++};
  }
  if (next != first) batch_.Put(Space::kMeta, SequenceKey('d'), EncodeNumber(next));
  return {};
}

Status Commit::LoadNodes(const CommitDocuments& removed, const CommitDocuments& added) {
  const auto collect = [&](const CommitDocuments& docs, std::vector<Places>& places) {
    for (const auto& doc : docs) {
      Places& of_doc = places.emplace_back();
      of_doc.nodes.reserve(doc->facts.nodes.size());
      for (const DocumentFacts::Node& node : doc->facts.nodes) {
        const EntityKey& key = doc->table.keys()[node.key];
        const Hash128 id = EntityIdOf(key);
        const auto [entry, fresh] =
            node_index_.emplace(id, static_cast<std::uint32_t>(nodes_.size()));
        if (fresh) {
          NodeWork& work = nodes_.emplace_back();
          work.id = id;
          work.node.key = key;
        }
        of_doc.nodes.push_back(entry->second);
      }
    }
  };
  collect(removed, removed_places_);
  removed_nodes_ = nodes_.size();
  collect(added, added_places_);

  std::vector<std::string> keys;
  keys.reserve(nodes_.size());
  for (const NodeWork& work : nodes_) keys.push_back(IdKey(work.id));
  std::vector<std::optional<std::string>> found;
  TUPU_TRY(kv_.MultiGet(Space::kIndex, keys, found));

  TUPU_ASSIGN(std::uint64_t next, Sequence(SequenceKey('n')));
  const std::uint64_t first = next;
  std::vector<std::uint32_t> stored;
  keys.clear();
  for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
    NodeWork& work = nodes_[i];
    if (found[i]) {
      if (!DecodeNumber(*found[i], work.number.value)) return Damaged("a node has no number");
      work.stored = true;
      stored.push_back(i);
      keys.push_back(NodeKey(work.number));
    } else if (i < removed_nodes_) {
      return Damaged(work.node.key.ToString() + " is not indexed by its id");
    } else {
      work.number = NodeId{next++};
    }
  }
  if (next != first) batch_.Put(Space::kMeta, SequenceKey('n'), EncodeNumber(next));

  TUPU_TRY(kv_.MultiGet(Space::kGraph, keys, found));
  for (std::size_t i = 0; i < stored.size(); ++i) {
    NodeWork& work = nodes_[stored[i]];
    if (!found[i] || !DecodeNode(*found[i], work.node)) {
      return Damaged(work.node.key.ToString() + " has no readable record");
    }
  }
  return {};
}

Status Commit::FindEdges(const CommitDocuments& docs, std::vector<Places>& places) {
  for (std::size_t i = 0; i < docs.size(); ++i) {
    places[i].edges.reserve(docs[i]->facts.edges.size());
    for (const DocumentFacts::Edge& edge : docs[i]->facts.edges) {
      const TypeId type{Intern(NameKind::kType, edge.type)};
      if (type.value >> (64 - kEdgeSequenceBits) != 0) {
        return Error{ErrorCode::kLimit, "too many relation types in one store"};
      }
      const std::uint32_t from = places[i].nodes[edge.from], to = places[i].nodes[edge.to];
      std::string key =
          AdjacencyKey(nodes_[from].number, Direction::kOut, type, nodes_[to].number, edge.title);
      const auto [entry, fresh] =
          edge_index_.emplace(std::move(key), static_cast<std::uint32_t>(edges_.size()));
      if (fresh) {
        EdgeWork& work = edges_.emplace_back();
        work.type = type;
        work.from = from;
        work.to = to;
        work.key = entry->first;
        work.edge.from = nodes_[from].number;
        work.edge.to = nodes_[to].number;
        work.edge.title = edge.title;
      }
      places[i].edges.push_back(entry->second);
    }
  }
  return {};
}

Status Commit::LoadEdges(const CommitDocuments& removed, const CommitDocuments& added) {
  TUPU_TRY(FindEdges(removed, removed_places_));
  removed_edges_ = edges_.size();
  TUPU_TRY(FindEdges(added, added_places_));

  // An edge of a node that is new cannot be stored.
  std::vector<std::string> keys;
  std::vector<std::uint32_t> asked;
  for (std::uint32_t i = 0; i < edges_.size(); ++i) {
    if (!nodes_[edges_[i].from].stored || !nodes_[edges_[i].to].stored) continue;
    asked.push_back(i);
    keys.push_back(edges_[i].key);
  }
  std::vector<std::optional<std::string>> found;
  TUPU_TRY(kv_.MultiGet(Space::kGraph, keys, found));
  std::vector<std::uint32_t> stored;
  keys.clear();
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (!found[i]) continue;
    EdgeWork& work = edges_[asked[i]];
    if (!DecodeNumber(*found[i], work.number.value)) return Damaged("an edge has no number");
    work.stored = true;
    stored.push_back(asked[i]);
    keys.push_back(EdgeKey(work.number));
  }
  TUPU_TRY(kv_.MultiGet(Space::kGraph, keys, found));
  for (std::size_t i = 0; i < stored.size(); ++i) {
    if (!found[i] || !DecodeEdge(*found[i], edges_[stored[i]].edge)) {
      return Damaged("an edge has no readable record");
    }
  }

  for (std::size_t i = 0; i < edges_.size(); ++i) {
    EdgeWork& work = edges_[i];
    if (work.stored) continue;
    if (i < removed_edges_) return Damaged("an edge that a document says is missing");
    auto sequence = edge_sequences_.find(work.type.value);
    if (sequence == edge_sequences_.end()) {
      TUPU_ASSIGN(const std::uint64_t next, Sequence(EdgeSequenceKey(work.type)));
      sequence = edge_sequences_.emplace(work.type.value, next).first;
    }
    work.number = MakeEdgeId(work.type, sequence->second++);
  }
  for (const auto& [type, next] : edge_sequences_) {
    batch_.Put(Space::kMeta, EdgeSequenceKey(TypeId{type}), EncodeNumber(next));
  }
  return {};
}

bool Commit::SubtractFacts(const CommitDocument& doc, FactRange range, Profile& profile) {
  if (profile.documents == 0) return false;
  --profile.documents;
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    const Fact& fact = doc.facts.facts[i];
    const std::uint32_t property = PropertyNumber(fact);
    if (!profile[property].Subtract(fact.value, IsDated(property) ? doc.date : 0)) return false;
  }
  return true;
}

Status Commit::Subtract(const CommitDocument& doc, const Places& places) {
  for (std::size_t i = 0; i < doc.facts.nodes.size(); ++i) {
    NodeWork& work = nodes_[places.nodes[i]];
    batch_.Delete(Space::kIndex,
                  SupportKey(SupportKind::kNode, work.number.value, doc.date, doc.number));
    if (!SubtractFacts(doc, doc.facts.nodes[i].facts, work.node.profile)) {
      return Damaged("what '" + doc.header.id + "' says of " + work.node.key.ToString() +
                     " was never counted");
    }
  }
  for (std::size_t i = 0; i < doc.facts.edges.size(); ++i) {
    EdgeWork& work = edges_[places.edges[i]];
    batch_.Delete(Space::kIndex,
                  SupportKey(SupportKind::kEdge, work.number.value, doc.date, doc.number));
    if (!SubtractFacts(doc, doc.facts.edges[i].facts, work.edge.profile)) {
      return Damaged("what '" + doc.header.id + "' says of an edge was never counted");
    }
  }
  return {};
}

Status Commit::RefreshLatest() {
  for (std::size_t i = 0; i < removed_nodes_; ++i) {
    TUPU_TRY(RefreshLatest(SupportKind::kNode, nodes_[i].number.value, nodes_[i].node.profile));
  }
  for (std::size_t i = 0; i < removed_edges_; ++i) {
    TUPU_TRY(RefreshLatest(SupportKind::kEdge, edges_[i].number.value, edges_[i].edge.profile));
  }
  return {};
}

Status Commit::RefreshLatest(SupportKind kind, std::uint64_t number, Profile& profile) {
  for (auto& [property, tally] : profile.tallies) {
    for (auto& [value, count] : tally.counts()) {
      if (count.stale()) TUPU_TRY(FindLatest(kind, number, count));
    }
  }
  return {};
}

Status Commit::FindLatest(SupportKind kind, std::uint64_t number, Count& count) {
  const auto cursor = kv_.Scan(Space::kIndex, SupportPrefix(kind, number),
                               SupportStart(kind, number, count.latest));
  for (; cursor->Valid(); cursor->Next()) {
    std::uint64_t subject = 0;
    DateNumber date = 0;
    DocumentId doc;
    if (!DecodeSupportKey(cursor->key(), subject, date, doc)) return Damaged("a support's key");
    if (count.of_latest > 0 && date != count.latest) break;
    if (removed_numbers_.contains(doc.value)) continue;
    for (std::string_view slots = cursor->value(); !slots.empty();) {
      std::uint32_t slot = 0;
      if (!GetUint32(slots, slot)) return Damaged("a support's slots");
      if (slot != count.slot) continue;
      count.latest = date;
      ++count.of_latest;
    }
  }
  TUPU_TRY(cursor->status());
  if (count.stale()) return Damaged("a value is counted that no document supports");
  return {};
}

std::string Commit::AddFacts(const CommitDocument& doc, FactRange range, Profile& profile) {
  std::string slots;
  ++profile.documents;
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    const Fact& fact = doc.facts.facts[i];
    const std::uint32_t property = PropertyNumber(fact);
    const bool dated = IsDated(property);
    Count& count = profile[property].Add(fact.value, dated ? doc.date : 0);
    if (!dated) continue;
    if (count.slot == 0) count.slot = ++profile.last_slot;
    PutVarint(slots, count.slot);
  }
  return slots;
}

void Commit::Add(const CommitDocument& doc, const Places& places) {
  for (std::size_t i = 0; i < doc.facts.nodes.size(); ++i) {
    NodeWork& work = nodes_[places.nodes[i]];
    const std::string slots = AddFacts(doc, doc.facts.nodes[i].facts, work.node.profile);
    batch_.Put(Space::kIndex,
               SupportKey(SupportKind::kNode, work.number.value, doc.date, doc.number), slots);
  }
  for (std::size_t i = 0; i < doc.facts.edges.size(); ++i) {
    EdgeWork& work = edges_[places.edges[i]];
    const std::string slots = AddFacts(doc, doc.facts.edges[i].facts, work.edge.profile);
    batch_.Put(Space::kIndex,
               SupportKey(SupportKind::kEdge, work.number.value, doc.date, doc.number), slots);
  }
}

void Commit::WriteDocuments(const CommitDocuments& removed, const CommitDocuments& added) {
  for (const auto& doc : removed) {
    batch_.Delete(Space::kStatements, HeaderKey(doc->header.id));
    batch_.Delete(Space::kStatements, BlockKey(doc->number));
    batch_.Delete(Space::kText, TextKey(doc->number));
    --counters_[DocumentsKey()];
    counters_[StatementsKey()] -= doc->header.statements;
  }
  std::string bytes;
  for (const auto& doc : added) {
    bytes.clear();
    EncodeHeader(bytes, doc->number, doc->header);
    batch_.Put(Space::kStatements, HeaderKey(doc->header.id), bytes);
    batch_.Put(Space::kStatements, BlockKey(doc->number), doc->block);
    batch_.Put(Space::kText, TextKey(doc->number), doc->text);
    ++counters_[DocumentsKey()];
    counters_[StatementsKey()] += doc->header.statements;
  }
}

Status Commit::WriteNode(NodeWork& work) {
  StoredNode& node = work.node;
  WriteNames(work);
  const bool gone = node.profile.documents == 0;
  LabelId now;
  if (!gone) {
    const Tally* types = node.profile.Find(kTypeProperty);
    const Value* shown = types == nullptr ? nullptr : types->Shown();
    if (shown == nullptr || shown->kind() != ValueKind::kString) {
      return Damaged(node.key.ToString() + " has no type");
    }
    now = LabelId{Intern(NameKind::kLabel, shown->as_string())};
  }
  if (work.stored && (gone || node.type != now)) {
    batch_.Delete(Space::kIndex, LabelKey(node.type, work.number));
    --counters_[NodesKey(node.type)];
  }
  if (!gone && (!work.stored || node.type != now)) {
    batch_.Put(Space::kIndex, LabelKey(now, work.number), {});
    ++counters_[NodesKey(now)];
  }
  if (gone) {
    batch_.Delete(Space::kIndex, IdKey(work.id));
    batch_.Delete(Space::kGraph, NodeKey(work.number));
    return {};
  }
  node.type = now;
  if (!work.stored) batch_.Put(Space::kIndex, IdKey(work.id), EncodeNumber(work.number.value));
  std::string bytes;
  EncodeNode(bytes, node);
  batch_.Put(Space::kGraph, NodeKey(work.number), bytes);
  return {};
}

// Forms and names are indexed alike, a text that is both of them once.
void Commit::WriteNames(const NodeWork& work) {
  const Tally* forms = work.node.profile.Find(kFormProperty);
  const Tally* names = work.node.profile.Find(kNameProperty);
  const auto write = [&](const Value& value, const Count& a, const Count& b) {
    const bool before = WasSaid(a) || WasSaid(b), now = IsSaid(a) || IsSaid(b);
    if (before == now || value.kind() != ValueKind::kString) return;
    const std::string& surface = value.as_string();
    const std::string key = NameIndexKey(FoldName(surface), surface, work.number);
    if (now) {
      batch_.Put(Space::kIndex, key, {});
    } else {
      batch_.Delete(Space::kIndex, key);
    }
  };
  if (forms != nullptr) {
    for (const auto& [value, count] : forms->counts()) write(value, count, CountOf(names, value));
  }
  if (names != nullptr) {
    for (const auto& [value, count] : names->counts()) {
      if (forms == nullptr || !forms->counts().contains(value)) write(value, count, {});
    }
  }
}

void Commit::WriteEdge(EdgeWork& work) {
  const std::string in =
      AdjacencyKey(work.edge.to, Direction::kIn, work.type, work.edge.from, work.edge.title);
  if (work.edge.profile.documents == 0) {
    batch_.Delete(Space::kGraph, EdgeKey(work.number));
    batch_.Delete(Space::kGraph, work.key);
    batch_.Delete(Space::kGraph, in);
    --counters_[EdgesKey(work.type)];
    return;
  }
  if (!work.stored) {
    const std::string number = EncodeNumber(work.number.value);
    batch_.Put(Space::kGraph, work.key, number);
    batch_.Put(Space::kGraph, in, number);
    ++counters_[EdgesKey(work.type)];
  }
  std::string bytes;
  EncodeEdge(bytes, work.edge);
  batch_.Put(Space::kGraph, EdgeKey(work.number), bytes);
}

void Commit::WriteCounters() {
  for (const auto& [key, delta] : counters_) batch_.Add(Space::kCounters, key, delta);
}

}  // namespace tupu::graph
