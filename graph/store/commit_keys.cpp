// The part of a commit that knows which keys are one node, and which documents have to be counted
// anew because that changes.
#include <algorithm>
#include <set>

#include "graph/store/commit.h"

namespace tupu::graph {
namespace {

constexpr std::size_t kGroup = 64;  // blocks of other documents in memory at a time

// The judgements that stand in one set only.
std::vector<const Judgement*> Difference(const Judgements& a, const Judgements& b) {
  std::vector<const Judgement*> out;
  if (&a == &b) return out;
  for (const auto& [line, one] : a.lines()) {
    if (!b.lines().contains(line)) out.push_back(&one);
  }
  for (const auto& [line, one] : b.lines()) {
    if (!a.lines().contains(line)) out.push_back(&one);
  }
  return out;
}

}  // namespace

std::uint32_t Commit::AddKey(const EntityKey& key) {
  const Hash128 id = EntityIdOf(key);
  const auto [entry, fresh] = key_index_.emplace(id, static_cast<std::uint32_t>(keys_.size()));
  if (fresh) {
    KeyWork& work = keys_.emplace_back();
    work.key = key;
    work.id = id;
  }
  return entry->second;
}

Status Commit::LoadKeys() {
  std::vector<std::string> wanted;
  for (std::size_t i = loaded_keys_; i < keys_.size(); ++i) wanted.push_back(IdKey(keys_[i].id));
  std::vector<std::optional<std::string>> found;
  TUPU_TRY(kv_.MultiGet(Space::kIndex, wanted, found));
  const std::size_t first_node = nodes_.size();
  wanted.clear();
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!found[i]) continue;
    KeyWork& work = keys_[loaded_keys_ + i];
    if (!DecodeNumber(*found[i], work.number.value)) return Damaged("a node has no number");
    work.was = work.is = true;
    const auto [entry, fresh] =
        node_index_.emplace(work.number.value, static_cast<std::uint32_t>(nodes_.size()));
    work.old_node = work.new_node = entry->second;
    if (!fresh) continue;
    NodeWork& node = nodes_.emplace_back();
    node.number = work.number;
    node.stored = true;
    wanted.push_back(NodeKey(work.number));
  }
  TUPU_TRY(kv_.MultiGet(Space::kGraph, wanted, found));
  for (std::size_t i = 0; i < found.size(); ++i) {
    StoredNode& node = nodes_[first_node + i].node;
    if (!found[i] || !DecodeNode(*found[i], node)) {
      return Damaged("a node that is found by its id has no readable record");
    }
    NodeWork& work = nodes_[first_node + i];
    work.entries = setting_.indexes.Of(*names_, work.number, node);
  }
  for (std::size_t i = loaded_keys_; i < keys_.size(); ++i) {
    if (keys_[i].was && !nodes_[keys_[i].old_node].node.HasMember(keys_[i].key)) {
      return Damaged(keys_[i].key.ToString() + " leads to a node that is another");
    }
  }
  loaded_keys_ = keys_.size();
  return {};
}

Result<std::uint32_t> Commit::NewNode() {
  if (!next_node_) {
    TUPU_ASSIGN(next_node_, Sequence(SequenceKey('n')));
  }
  NodeWork& node = nodes_.emplace_back();
  node.number = NodeId{(*next_node_)++};
  batch_.Put(Space::kMeta, SequenceKey('n'), EncodeNumber(*next_node_));
  return static_cast<std::uint32_t>(nodes_.size() - 1);
}

Status Commit::CollectKeys(const CommitDocument& doc, int change, Places& places) {
  places.keys.assign(doc.table.keys().size(), kNone);
  for (const DocumentFacts::Node& node : doc.facts.nodes) {
    const std::uint32_t key = AddKey(doc.table.keys()[node.key]);
    keys_[key].change += change;
    places.keys[node.key] = key;
  }
  return {};
}

// Which keys documents name once this commit is done.
Status Commit::CountKeys() {
  for (KeyWork& work : keys_) {
    std::int64_t documents = work.change;
    if (work.was) {
      const NodeMember* member = nodes_[work.old_node].node.FindMember(work.key);
      documents += static_cast<std::int64_t>(member->documents);
    }
    if (documents < 0)
      return Damaged(work.key.ToString() + " is named by more documents than it counts");
    work.is = documents > 0;
  }
  return {};
}

// Those whose coming or going, or the judgements about which, can change what is joined.
Result<std::vector<EntityKey>> Commit::ChangedKeys() {
  std::vector<EntityKey> out;
  for (const KeyWork& work : keys_) {
    if (work.was != work.is &&
        (!setting_.before.MergedWith(work.id).empty() ||
         !setting_.after.MergedWith(work.id).empty() || !BlockOf(work.key).empty())) {
      out.push_back(work.key);
    }
  }
  for (const Judgement* one : changed_keys_) {
    out.push_back(one->a);
    out.push_back(one->b);
  }
  if (!setting_.resolve_all) return out;
  const auto cursor = kv_.Scan(Space::kGraph, NodePrefix());
  for (; cursor->Valid(); cursor->Next()) {
    StoredNode node;
    if (!DecodeNode(cursor->value(), node)) return Damaged("a node's record is unreadable");
    for (const NodeMember& member : node.members) {
      if (!BlockOf(member.key).empty()) out.push_back(member.key);
    }
  }
  TUPU_TRY(cursor->status());
  return out;
}

// A key can change its node only together with one that has changed itself. Wherever keys part or
// come together, one of those or one beside it is among them; so what can be reached from there is
// all that there is to look at.
Status Commit::Resolve() {
  TUPU_ASSIGN(const std::vector<EntityKey> changed, ChangedKeys());
  if (changed.empty()) return Assign({});
  std::vector<EntityKey> starts = changed;
  for (const EntityKey& key : changed) {
    for (const EntityKey& other : BlockOf(key)) starts.push_back(other);
    const Hash128 id = EntityIdOf(key);
    for (const Judgements* judgements : {&setting_.before, &setting_.after}) {
      const std::vector<EntityKey>& others = judgements->MergedWith(id);
      starts.insert(starts.end(), others.begin(), others.end());
    }
  }
  for (const EntityKey& key : starts) AddKey(key);
  TUPU_TRY(LoadKeys());
  TUPU_ASSIGN(const std::vector<Cluster> clusters,
              ResolveAround(starts, setting_.after, [&](const EntityKey& key) -> Result<bool> {
                const std::uint32_t at = AddKey(key);
                TUPU_TRY(LoadKeys());
                return keys_[at].is;
              }));
  return Assign(clusters);
}

// A cluster keeps the node that most of its documents are counted in already.
Status Commit::Assign(const std::vector<Cluster>& clusters) {
  std::vector<bool> covered(keys_.size());
  std::set<std::uint32_t> taken;
  for (const Cluster& cluster : clusters) {
    std::map<std::uint32_t, std::uint64_t> documents;
    std::vector<std::uint32_t> members;
    for (const EntityKey& key : cluster.members) {
      const std::uint32_t at = AddKey(key);
      members.push_back(at);
      covered[at] = true;
      const KeyWork& work = keys_[at];
      if (!work.was || taken.contains(work.old_node)) continue;
      documents[work.old_node] += nodes_[work.old_node].node.FindMember(work.key)->documents;
    }
    std::uint32_t node = kNone;
    for (const auto& [candidate, count] : documents) {
      if (node == kNone || count > documents.at(node)) node = candidate;
    }
    if (node == kNone) {
      TUPU_ASSIGN(node, NewNode());
    } else {
      taken.insert(node);
    }
    for (const std::uint32_t at : members) keys_[at].new_node = node;
  }
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    if (covered[i] || !keys_[i].is || keys_[i].was) continue;
    TUPU_ASSIGN(keys_[i].new_node, NewNode());
  }
  return {};
}

Status Commit::AddSupports(NodeId node, DocumentDates& docs) const {
  const auto cursor = kv_.Scan(Space::kIndex, SupportPrefix(SupportKind::kNode, node.value));
  for (; cursor->Valid(); cursor->Next()) {
    std::uint64_t subject = 0;
    DateNumber date = 0;
    DocumentId doc;
    if (!DecodeSupportKey(cursor->key(), subject, date, doc)) return Damaged("a support's key");
    if (!removed_numbers_.contains(doc.value)) docs.emplace(doc.value, date);
  }
  return cursor->status();
}

Status Commit::AddRejecting(const Hash128& key, DocumentDates& docs) const {
  const auto cursor = kv_.Scan(Space::kIndex, RejectedPrefix(key));
  for (; cursor->Valid(); cursor->Next()) {
    Hash128 entity;
    DateNumber date = 0;
    DocumentId doc;
    if (!DecodeRejectedKey(cursor->key(), entity, date, doc)) return Damaged("a rejected key");
    if (!removed_numbers_.contains(doc.value)) docs.emplace(doc.value, date);
  }
  return cursor->status();
}

// The documents that may have to be counted anew.
Status Commit::FindMoved(DocumentDates& docs) const {
  std::set<std::uint64_t> nodes;
  for (const KeyWork& work : keys_) {
    if (work.was && work.is && work.old_node != work.new_node) nodes.insert(work.number.value);
  }
  for (const Judgement* one : changed_rejects_) {
    const auto from = key_index_.find(EntityIdOf(one->a));
    TUPU_INVARIANT(from != key_index_.end());
    if (keys_[from->second].was) nodes.insert(keys_[from->second].number.value);
  }
  for (const std::uint64_t node : nodes) TUPU_TRY(AddSupports(NodeId{node}, docs));
  return {};
}

bool Commit::IsMoved(const StatementTable& table) const {
  for (const EntityKey& key : table.keys()) {
    const auto found = key_index_.find(EntityIdOf(key));
    if (found == key_index_.end()) continue;
    const KeyWork& work = keys_[found->second];
    if (work.was && work.is && work.old_node != work.new_node) return true;
  }
  if (changed_rejects_.empty() && changed_entities_.empty()) return false;
  return std::any_of(table.rows().begin(), table.rows().end(), [&](const auto& row) {
    return IsRejected(table, row, setting_.before) != IsRejected(table, row, setting_.after);
  });
}

// Before it is known which keys documents name: that is what they change.
Status Commit::MoveRejected(Documents& removed, Documents& added) {
  for (const Judgement* one : Difference(setting_.before, setting_.after)) {
    if (one->about_keys()) changed_keys_.push_back(one);
    if (one->kind == JudgementKind::kReject) changed_rejects_.push_back(one);
    if (one->kind == JudgementKind::kRejectEntity) changed_entities_.push_back(one);
  }
  if (changed_entities_.empty()) return {};
  std::vector<std::uint32_t> keys;
  for (const Judgement* one : changed_entities_) keys.push_back(AddKey(one->a));
  TUPU_TRY(LoadKeys());
  DocumentDates docs;
  for (const std::uint32_t key : keys) {
    if (keys_[key].was) TUPU_TRY(AddSupports(keys_[key].number, docs));
    TUPU_TRY(AddRejecting(keys_[key].id, docs));
  }
  return Move(docs, removed, added);
}

Status Commit::MoveDocuments(Documents& removed, Documents& added) {
  for (const Judgement* one : changed_rejects_) AddKey(one->a);
  TUPU_TRY(LoadKeys());
  DocumentDates docs;
  TUPU_TRY(FindMoved(docs));
  TUPU_TRY(Move(docs, removed, added));
  return LoadKeys();
}

// Takes away as they counted, and adds as they count now, those of the documents that count
// otherwise.
Status Commit::Move(const DocumentDates& docs, Documents& removed, Documents& added) {
  std::vector<std::string> blocks;
  std::vector<std::optional<std::string>> found;
  for (auto at = docs.begin(); at != docs.end();) {
    blocks.clear();
    const auto first = at;
    for (; at != docs.end() && blocks.size() < kGroup; ++at) {
      blocks.push_back(BlockKey(DocumentId{at->first}));
    }
    TUPU_TRY(kv_.MultiGet(Space::kStatements, blocks, found));
    std::size_t i = 0;
    for (auto doc = first; doc != at; ++doc, ++i) {
      const auto decode = [&](const Judgements& judgements) -> std::unique_ptr<CommitDocument> {
        auto out = std::make_unique<CommitDocument>();
        out->number = DocumentId{doc->first};
        out->date = doc->second;
        if (!found[i] || !StatementTable::Decode(*found[i], out->table) ||
            !CollectFacts(out->table, judgements, out->facts)) {
          return nullptr;
        }
        return out;
      };
      auto before = decode(setting_.before);
      if (!before) return Damaged("a document's statements are missing or unreadable");
      if (!IsMoved(before->table)) continue;
      auto after = decode(setting_.after);
      TUPU_TRY(CollectKeys(*before, -1, removed_places_.emplace_back()));
      TUPU_TRY(CollectKeys(*after, 1, added_places_.emplace_back()));
      removed_numbers_.insert(doc->first);
      removed.push_back(before.get());
      added.push_back(after.get());
      moved_.push_back(std::move(before));
      moved_.push_back(std::move(after));
    }
  }
  return {};
}

// Finds the nodes of a document's keys, by what was joined before or is now.
void Commit::Place(CommitDocument& doc, bool before, Places& places) {
  ++placed_;
  bool joined = false;
  places.nodes.reserve(doc.facts.nodes.size());
  for (const DocumentFacts::Node& node : doc.facts.nodes) {
    const KeyWork& work = keys_[places.keys[node.key]];
    const std::uint32_t at = before ? work.old_node : work.new_node;
    TUPU_INVARIANT(at != kNone);
    if (nodes_[at].seen == placed_) joined = true;
    nodes_[at].seen = placed_;
    nodes_[at].touched = true;
    places.nodes.push_back(at);
  }
  if (joined) JoinFacts(doc.facts, places.nodes);
}

void Commit::WriteKeys() {
  for (const KeyWork& work : keys_) {
    if (!work.is) {
      if (work.was) batch_.Delete(Space::kIndex, IdKey(work.id));
      continue;
    }
    const NodeId number = nodes_[work.new_node].number;
    if (work.was && work.number == number) continue;
    batch_.Put(Space::kIndex, IdKey(work.id), EncodeNumber(number.value));
  }
}

}  // namespace tupu::graph
