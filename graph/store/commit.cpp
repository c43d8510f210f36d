#include "graph/store/commit.h"

#include <algorithm>

#include "graph/base/coding.h"
#include "graph/base/unicode.h"
#include "graph/store/overlays.h"
#include "graph/store/search_index.h"

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

bool DropMember(StoredNode& node, const EntityKey& key) {
  NodeMember* member = node.FindMember(key);
  if (member == nullptr || member->documents == 0) return false;
  --member->documents;
  return true;
}

void AddMember(StoredNode& node, const EntityKey& key) {
  if (NodeMember* member = node.FindMember(key)) {
    ++member->documents;
  } else {
    node.members.push_back({key, 1});
  }
}

EntityKey SmallestKey(const std::vector<NodeMember>& members) {
  if (members.size() == 1) return members.front().key;
  return std::min_element(members.begin(), members.end(),
                          [](const NodeMember& a, const NodeMember& b) {
                            return EntityIdOf(a.key) < EntityIdOf(b.key);
                          })
      ->key;
}

}  // namespace

Commit::Commit(const Setting& setting, std::shared_ptr<const Names> names)
    : setting_(setting), kv_(setting.kv), names_(std::move(names)) {
  std::string version;
  if (setting.first) {
    PutVarint(version, kFormatVersion);
    batch_.Put(Space::kMeta, FormatKey(), version);
  }
  if (setting.first || setting.resolve_all) {
    version.clear();
    PutVarint(version, kRulesVersion);
    batch_.Put(Space::kMeta, RulesKey(), version);
  }
}

Status Commit::Run(const CommitDocuments& removed, const CommitDocuments& added) {
  TUPU_ASSIGN(const auto search, ReadSearchState(kv_));
  search_ = search.has_value();
  TUPU_ASSIGN(overlaid_, HasOverlays(kv_));
  Documents subtracted, counted;
  for (const auto& doc : removed) {
    removed_numbers_.insert(doc->number.value);
    subtracted.push_back(doc.get());
    TUPU_TRY(CollectKeys(*doc, -1, removed_places_.emplace_back()));
  }
  TUPU_TRY(NumberDocuments(added));
  for (const auto& doc : added) {
    counted.push_back(doc.get());
    TUPU_TRY(CollectKeys(*doc, 1, added_places_.emplace_back()));
  }
  TUPU_TRY(MoveRejected(subtracted, counted));
  TUPU_TRY(LoadKeys());
  TUPU_TRY(CountKeys());
  TUPU_TRY(Resolve());
  TUPU_TRY(MoveDocuments(subtracted, counted));
  for (std::size_t i = 0; i < subtracted.size(); ++i) {
    Place(*subtracted[i], true, removed_places_[i]);
  }
  for (std::size_t i = 0; i < counted.size(); ++i) Place(*counted[i], false, added_places_[i]);
  TUPU_TRY(LoadEdges(subtracted, counted));
  for (std::size_t i = 0; i < subtracted.size(); ++i) {
    TUPU_TRY(Subtract(*subtracted[i], removed_places_[i]));
  }
  TUPU_TRY(RefreshLatest());
  for (std::size_t i = 0; i < counted.size(); ++i) Add(*counted[i], added_places_[i]);
  WriteDocuments(removed, added);
  for (NodeWork& work : nodes_) {
    if (work.touched) TUPU_TRY(WriteNode(work));
  }
  TUPU_TRY(AddOverlaidEdges());
  for (EdgeWork& work : edges_) TUPU_TRY(WriteEdge(work));
  TUPU_TRY(MoveAsserted());
  WriteKeys();
  WriteCounters();
  return {};
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

Status Commit::FindEdges(const Documents& docs, std::vector<Places>& places) {
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

Status Commit::LoadEdges(const Documents& removed, const Documents& added) {
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
    EdgeWork& work = edges_[stored[i]];
    work.entries = setting_.indexes.Of(*names_, work.number, work.edge);
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
      return Damaged("what '" + doc.table.document_id() + "' says of " + work.node.key.ToString() +
                     " was never counted");
    }
    if (!DropMember(work.node, doc.table.keys()[doc.facts.nodes[i].key])) {
      return Damaged("'" + doc.table.document_id() + "' names a key that its node has not");
    }
  }
  for (const auto& [node, key] : doc.facts.joined) {
    if (!DropMember(nodes_[places.nodes[node]].node, doc.table.keys()[key])) {
      return Damaged("'" + doc.table.document_id() + "' names a key that its node has not");
    }
  }
  for (const std::uint32_t key : doc.facts.rejected) {
    batch_.Delete(Space::kIndex,
                  RejectedKey(EntityIdOf(doc.table.keys()[key]), doc.date, doc.number));
  }
  for (std::size_t i = 0; i < doc.facts.edges.size(); ++i) {
    EdgeWork& work = edges_[places.edges[i]];
    batch_.Delete(Space::kIndex,
                  SupportKey(SupportKind::kEdge, work.number.value, doc.date, doc.number));
    if (!SubtractFacts(doc, doc.facts.edges[i].facts, work.edge.profile)) {
      return Damaged("what '" + doc.table.document_id() + "' says of an edge was never counted");
    }
  }
  return {};
}

Status Commit::RefreshLatest() {
  for (NodeWork& work : nodes_) {
    TUPU_TRY(RefreshLatest(SupportKind::kNode, work.number.value, work.node.profile));
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
    AddMember(work.node, doc.table.keys()[doc.facts.nodes[i].key]);
  }
  for (const auto& [node, key] : doc.facts.joined) {
    AddMember(nodes_[places.nodes[node]].node, doc.table.keys()[key]);
  }
  for (const std::uint32_t key : doc.facts.rejected) {
    batch_.Put(Space::kIndex, RejectedKey(EntityIdOf(doc.table.keys()[key]), doc.date, doc.number),
               {});
  }
  for (std::size_t i = 0; i < doc.facts.edges.size(); ++i) {
    EdgeWork& work = edges_[places.edges[i]];
    const std::string slots = AddFacts(doc, doc.facts.edges[i].facts, work.edge.profile);
    batch_.Put(Space::kIndex,
               SupportKey(SupportKind::kEdge, work.number.value, doc.date, doc.number), slots);
  }
}

void Commit::WriteDocuments(const CommitDocuments& removed, const CommitDocuments& added) {
  for (const CommitDocuments* docs : {&removed, &added}) {
    if (!search_) break;
    for (const auto& doc : *docs) {
      batch_.Put(Space::kIndex, PendingKey(SearchKind::kDocuments, doc->number.value), {});
    }
  }
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
  TUPU_ASSIGN(StoredProperties overlay, OverlayOfNode(work));
  WriteNames(work, overlay);
  node.overlay = std::move(overlay);
  std::erase_if(node.members, [](const NodeMember& member) { return member.documents == 0; });
  if (!node.members.empty()) node.key = SmallestKey(node.members);
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
  TUPU_ASSIGN(std::vector<std::uint32_t> labels, LabelsOfNode(work));
  CompareLabels(
      work.number, node.type, node.labels, now, labels,
      [&](const std::string& key) { batch_.Put(Space::kIndex, key, {}); },
      [&](const std::string& key) { batch_.Delete(Space::kIndex, key); },
      [&](const std::string& key, std::int64_t change) { counters_[key] += change; });
  node.labels = std::move(labels);
  if (gone) {
    batch_.Delete(Space::kGraph, NodeKey(work.number));
    Reindex(work.entries, {});
    return {};
  }
  node.type = now;
  std::string bytes;
  EncodeNode(bytes, node);
  batch_.Put(Space::kGraph, NodeKey(work.number), bytes);
  Reindex(work.entries, setting_.indexes.Of(*names_, work.number, node));
  return {};
}

// Forms, names and what was set by hand are indexed alike, a text that is several of them once.
void Commit::WriteNames(const NodeWork& work, const StoredProperties& overlay) {
  const Tally* forms = work.node.profile.Find(kFormProperty);
  const Tally* names = work.node.profile.Find(kNameProperty);
  StoredNode after;
  after.overlay = overlay;
  const std::uint32_t number = names_->Find(NameKind::kProperty, "name").value_or(0);
  const std::string* const old_name = OverlaidName(work.node, number);
  const std::string* const new_name = OverlaidName(after, number);
  const auto is = [](const std::string* name, const Value& value) {
    return name != nullptr && value == Value(*name);
  };
  const auto write = [&](const Value& value, const Count& a, const Count& b) {
    const bool before = WasSaid(a) || WasSaid(b) || is(old_name, value);
    const bool now = IsSaid(a) || IsSaid(b) || is(new_name, value);
    if (before == now || value.kind() != ValueKind::kString) return;
    const std::string& surface = value.as_string();
    const std::string key = NameIndexKey(FoldName(surface), surface, work.number);
    if (search_) {
      batch_.Put(Space::kIndex, PendingKey(SearchKind::kEntities, work.number.value), {});
    }
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
  const auto counted = [&](const Value& value) {
    return (forms != nullptr && forms->counts().contains(value)) ||
           (names != nullptr && names->counts().contains(value));
  };
  for (const std::string* name : {old_name, new_name}) {
    if (name != nullptr && !counted(Value(*name))) write(Value(*name), {}, {});
  }
}

Status Commit::WriteEdge(EdgeWork& work) {
  const std::string in =
      AdjacencyKey(work.edge.to, Direction::kIn, work.type, work.edge.from, work.edge.title);
  if (work.edge.profile.documents == 0) {
    batch_.Delete(Space::kGraph, EdgeKey(work.number));
    batch_.Delete(Space::kGraph, work.key);
    batch_.Delete(Space::kGraph, in);
    --counters_[EdgesKey(work.type)];
    Reindex(work.entries, {});
    return {};
  }
  if (!work.stored) {
    const std::string number = EncodeNumber(work.number.value);
    batch_.Put(Space::kGraph, work.key, number);
    batch_.Put(Space::kGraph, in, number);
    ++counters_[EdgesKey(work.type)];
  }
  TUPU_ASSIGN(work.edge.overlay, OverlayOfEdge(work));
  std::string bytes;
  EncodeEdge(bytes, work.edge);
  batch_.Put(Space::kGraph, EdgeKey(work.number), bytes);
  Reindex(work.entries, setting_.indexes.Of(*names_, work.number, work.edge));
  return {};
}

void Commit::Reindex(const std::vector<IndexEntry>& before, const std::vector<IndexEntry>& after) {
  CompareEntries(
      before, after,
      [&](const IndexEntry& entry) {
        batch_.Put(Space::kIndex, entry.key, {});
        ++counters_[IndexEntriesKey(entry.index->info.number)];
      },
      [&](const IndexEntry& entry) {
        batch_.Delete(Space::kIndex, entry.key);
        --counters_[IndexEntriesKey(entry.index->info.number)];
      });
}

std::vector<NodeId> Commit::GoneNodes() const {
  std::vector<NodeId> out;
  for (const NodeWork& work : nodes_) {
    if (work.stored && work.touched && work.node.profile.documents == 0) out.push_back(work.number);
  }
  return out;
}

std::vector<EdgeId> Commit::GoneEdges() const {
  std::vector<EdgeId> out;
  for (const EdgeWork& work : edges_) {
    if (work.stored && work.edge.profile.documents == 0) out.push_back(work.number);
  }
  return out;
}

void Commit::WriteCounters() {
  for (const auto& [key, delta] : counters_) batch_.Add(Space::kCounters, key, delta);
}

}  // namespace tupu::graph
