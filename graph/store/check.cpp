// Cross-checks the store. What the documents' statements say is counted anew, from nothing; then
// every record is compared with it, every index entry is looked up from what should have made it,
// and what should have made it from every index entry.
// Asserted elements, overlays and what is rejected are checked apart (asserted_check.cpp,
// overlay_check.cpp, reject_check.cpp).
//
// Counting anew needs memory, so it goes by parts: each pass over the documents looks at the nodes
// and edges of one part only.
#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "graph/base/coding.h"
#include "graph/base/hash.h"
#include "graph/base/unicode.h"
#include "graph/store/asserted.h"
#include "graph/store/facts.h"
#include "graph/store/overlays.h"
#include "graph/store/search_index.h"
#include "graph/store/view_impl.h"

namespace tupu::graph {
namespace {

constexpr std::uint64_t kPartSize = 1 << 20;  // nodes and edges counted at a time, about
constexpr std::size_t kMaxFindings = 1000;

struct Expected {
  std::string who;
  bool broken = false;  // reported already; nothing below it can be compared
  std::uint64_t number = 0;
  Profile stored;
  Profile counted;
  // Of nodes: documents by the hash of each key.
  std::map<Hash128, std::uint64_t> stored_keys, counted_keys;
};

bool SameCount(const Count& a, const Count& b, bool dated) {
  return a.documents == b.documents &&
         (!dated || (a.latest == b.latest && a.of_latest == b.of_latest));
}

class Checker {
 public:
  Checker(const KvSnapshot& kv, const Names& names)
      : kv_(kv),
        names_(names),
        name_property_(names.Find(NameKind::kProperty, "name").value_or(0)) {}

  Result<std::vector<std::string>> Run() {
    if (auto judgements = LoadJudgements(kv_); judgements.ok()) {
      judgements_ = std::move(*judgements);
    } else {
      Find("the judgements: " + judgements.error().message);
      judgements_ = std::make_shared<Judgements>();
    }
    TUPU_TRY(CheckRules());
    TUPU_TRY(CheckNodes());
    TUPU_TRY(CheckEdges());
    const std::uint64_t parts = 1 + (nodes_.size() + edges_) / kPartSize;
    for (std::uint64_t part = 0; part < parts; ++part) {
      TUPU_TRY(CountDocuments(part, parts));
      TUPU_TRY(CompareNodes(part, parts));
      TUPU_TRY(CompareEdges(part, parts));
    }
    TUPU_TRY(CheckIndex());
    TUPU_TRY(CheckAdjacency());
    TUPU_TRY(CheckDocumentSpaces());
    TUPU_TRY(CheckCounters());
    TUPU_TRY(CheckSequences());
    TUPU_TRY(CheckAsserted(kv_, names_, findings_));
    TUPU_TRY(CheckOverlays(kv_, names_, findings_));
    TUPU_TRY(CheckRejected(kv_, *judgements_, findings_));
    TUPU_TRY(CheckSearch(kv_, names_, findings_));
    TUPU_TRY(CheckIndexes(kv_, names_, findings_));
    if (dropped_ > 0) findings_.push_back("… and " + std::to_string(dropped_) + " more");
    return std::move(findings_);
  }

 private:
  void Find(std::string finding) {
    if (findings_.size() < kMaxFindings) {
      findings_.push_back(std::move(finding));
    } else {
      ++dropped_;
    }
  }

  template <class Visit>
  Status Scan(Space space, const std::string& prefix, const Visit& visit) {
    const auto cursor = kv_.Scan(space, prefix);
    for (; cursor->Valid(); cursor->Next()) TUPU_TRY(visit(cursor->key(), cursor->value()));
    return cursor->status();
  }

  Result<bool> Has(Space space, const std::string& key) {
    TUPU_ASSIGN(const std::optional<std::string> found, kv_.Get(space, key));
    return found.has_value();
  }

  Status CheckRules() {
    std::string ours;
    PutVarint(ours, kRulesVersion);
    TUPU_ASSIGN(const std::optional<std::string> format, kv_.Get(Space::kMeta, FormatKey()));
    TUPU_ASSIGN(const std::optional<std::string> rules, kv_.Get(Space::kMeta, RulesKey()));
    if (format && rules != ours) {
      Find("names are joined by the rules of another version of tupu; the next build joins anew");
    }
    return {};
  }

  // ---- records by themselves, and what must stand in the indexes because of them

  Status CheckNodes() {
    return Scan(Space::kGraph, NodePrefix(),
                [&](std::string_view key, std::string_view value) -> Status {
                  NodeId number;
                  StoredNode node;
                  if (!DecodeNodeKey(key, number) || !DecodeNode(value, node)) {
                    Find("a node's record is unreadable");
                    return {};
                  }
                  return CheckNode(number, node);
                });
  }

  Status CheckNode(NodeId number, const StoredNode& node) {
    const std::string who = "node " + node.key.ToString();
    nodes_.insert(number.value);
    last_node_ = std::max(last_node_, number.value + 1);
    ++counters_[NodesKey(node.type)];
    for (const NodeMember& member : node.members) {
      TUPU_ASSIGN(const std::optional<std::string> indexed,
                  kv_.Get(Space::kIndex, IdKey(EntityIdOf(member.key))));
      if (!indexed || *indexed != EncodeNumber(number.value)) {
        Find(who + " is not found by the id of " + member.key.ToString());
      }
    }
    TUPU_TRY(CheckJoined(who, node));
    const Tally* types = node.profile.Find(kTypeProperty);
    const Value* shown = types == nullptr ? nullptr : types->Shown();
    if (shown == nullptr || *shown != Value(names_.NameOf(NameKind::kLabel, node.type.value))) {
      Find(who + " is filed under another type than it is shown with");
    }
    TUPU_ASSIGN(const bool labelled, Has(Space::kIndex, LabelKey(node.type, number)));
    if (!labelled) Find(who + " is missing from the index of its type");
    for (std::uint32_t property : {kFormProperty, kNameProperty}) {
      const Tally* tally = node.profile.Find(property);
      if (tally == nullptr) continue;
      for (const auto& [value, count] : tally->counts()) {
        if (value.kind() != ValueKind::kString) continue;
        const std::string& surface = value.as_string();
        TUPU_ASSIGN(const bool named,
                    Has(Space::kIndex, NameIndexKey(FoldName(surface), surface, number)));
        if (!named) Find(who + " is not found by its name '" + surface + "'");
      }
    }
    CheckSlots(who, node.profile);
    return {};
  }

  // Whether exactly those keys are joined in the node that should be.
  Status CheckJoined(const std::string& who, const StoredNode& node) {
    const bool alone = node.members.size() == 1 && BlockOf(node.key).empty() &&
                       judgements_->MergedWith(EntityIdOf(node.key)).empty();
    if (alone) return {};
    TUPU_ASSIGN(const std::vector<Cluster> clusters,
                ResolveAround(std::span(&node.key, 1), *judgements_,
                              [&](const EntityKey& key) -> Result<bool> {
                                return Has(Space::kIndex, IdKey(EntityIdOf(key)));
                              }));
    std::vector<EntityKey> joined;
    for (const NodeMember& member : node.members) joined.push_back(member.key);
    std::sort(joined.begin(), joined.end());
    for (const Cluster& cluster : clusters) {
      std::vector<EntityKey> members = cluster.members;
      std::sort(members.begin(), members.end());
      if (members == joined && cluster.members.front() == node.key) return {};
    }
    Find(who + " joins other keys than rules and judgements do");
    return {};
  }

  void CheckSlots(const std::string& who, const Profile& profile) {
    std::unordered_set<std::uint32_t> slots;
    for (const auto& [property, tally] : profile.tallies) {
      for (const auto& [value, count] : tally.counts()) {
        if (IsDated(property) && !slots.insert(count.slot).second) {
          Find(who + " has two values under one slot");
        }
      }
    }
  }

  Status CheckEdges() {
    return Scan(
        Space::kGraph, EdgePrefix(), [&](std::string_view key, std::string_view value) -> Status {
          EdgeId number;
          StoredEdge edge;
          if (!DecodeEdgeKey(key, number) || !DecodeEdge(value, edge)) {
            Find("an edge's record is unreadable");
            return {};
          }
          ++edges_;
          const TypeId type = TypeOf(number);
          ++counters_[EdgesKey(type)];
          std::uint64_t& next = last_edge_[type.value];
          next = std::max(next, number.value - MakeEdgeId(type, 0).value + 1);
          const std::string who = EdgeName(number);
          if (names_.NameOf(NameKind::kType, type.value).empty()) {
            Find(who + " is of a type that has no name");
          }
          if (!nodes_.contains(edge.from.value) || !nodes_.contains(edge.to.value)) {
            Find(who + " has an end that is no node");
          }
          for (const std::string& entry :
               {AdjacencyKey(edge.from, Direction::kOut, type, edge.to, edge.title),
                AdjacencyKey(edge.to, Direction::kIn, type, edge.from, edge.title)}) {
            TUPU_ASSIGN(const std::optional<std::string> found, kv_.Get(Space::kGraph, entry));
            if (!found || *found != EncodeNumber(number.value)) {
              Find(who + " is missing from the adjacency of an end");
            }
          }
          CheckSlots(who, edge.profile);
          return {};
        });
  }

  std::string EdgeName(EdgeId edge) const {
    return "edge " + names_.NameOf(NameKind::kType, TypeOf(edge).value) + " " +
           std::to_string(edge.value - MakeEdgeId(TypeOf(edge), 0).value);
  }

  // ---- counting anew

  Status CountDocuments(std::uint64_t part, std::uint64_t parts) {
    expected_nodes_.clear();
    expected_edges_.clear();
    return Scan(Space::kStatements, HeaderPrefix(),
                [&](std::string_view key, std::string_view value) -> Status {
                  FoundDocument doc;
                  doc.header.id = key.substr(HeaderPrefix().size());
                  const std::string who = "document '" + doc.header.id + "'";
                  if (!DecodeHeader(value, doc.number, doc.header)) {
                    if (part == 0) Find(who + " has an unreadable header");
                    return {};
                  }
                  if (part == 0) TUPU_TRY(CheckDocument(who, doc));
                  TUPU_ASSIGN(const std::optional<std::string> block,
                              kv_.Get(Space::kStatements, BlockKey(doc.number)));
                  StatementTable table;
                  DocumentFacts facts;
                  if (!block || !StatementTable::Decode(*block, table) ||
                      !CollectFacts(table, *judgements_, facts)) {
                    if (part == 0) Find(who + " has missing or unreadable statements");
                    return {};
                  }
                  if (part == 0 && (table.document_id() != doc.header.id ||
                                    table.version() != doc.header.version ||
                                    table.rows().size() != doc.header.statements)) {
                    Find(who + " has statements that are not its own");
                  }
                  return CountDocument(who, doc, table, facts, part, parts);
                });
  }

  Status CheckDocument(const std::string& who, const FoundDocument& doc) {
    if (!documents_.insert(doc.number.value).second) {
      Find(who + " shares its number with another document");
    }
    last_document_ = std::max(last_document_, doc.number.value + 1);
    ++counters_[DocumentsKey()];
    counters_[StatementsKey()] += doc.header.statements;
    TUPU_ASSIGN(const std::optional<std::string> text, kv_.Get(Space::kText, TextKey(doc.number)));
    if (!text) {
      Find(who + " has no text");
    } else if (HashFields({*text}) != doc.header.text_hash) {
      Find(who + " has another text than its header says");
    }
    return {};
  }

  Status CountDocument(const std::string& who, const FoundDocument& doc,
                       const StatementTable& table, DocumentFacts& facts, std::uint64_t part,
                       std::uint64_t parts) {
    const std::optional<Date> parsed = ParseDate(doc.header.date);
    const DateNumber date = parsed ? ToDateNumber(*parsed) : 0;
    std::vector<std::optional<NodeId>> numbers;
    TUPU_TRY(FindNumbers(who, table, facts, part, numbers));
    for (std::size_t i = 0; i < facts.nodes.size(); ++i) {
      if (!numbers[i] || numbers[i]->value % parts != part) continue;
      const EntityKey& key = table.keys()[facts.nodes[i].key];
      const NodeId number = *numbers[i];
      const auto [entry, fresh] = expected_nodes_.try_emplace(number.value);
      Expected& expected = entry->second;
      if (fresh) {
        expected.who = "node " + key.ToString();
        expected.number = number.value;
        TUPU_ASSIGN(const std::optional<std::string> bytes,
                    kv_.Get(Space::kGraph, NodeKey(number)));
        StoredNode node;
        expected.broken = !bytes || !DecodeNode(*bytes, node) || !node.HasMember(key);
        if (expected.broken) Find(expected.who + " has no record of its own");
        for (const NodeMember& member : node.members) {
          expected.stored_keys[EntityIdOf(member.key)] = member.documents;
        }
        expected.stored = std::move(node.profile);
      }
      TUPU_TRY(CountFacts(SupportKind::kNode, expected, who, doc.number, date, facts,
                          facts.nodes[i].facts));
      ++expected.counted_keys[EntityIdOf(key)];
    }
    for (const auto& [node, key] : facts.joined) {
      if (!numbers[node] || numbers[node]->value % parts != part) continue;
      ++expected_nodes_.at(numbers[node]->value).counted_keys[EntityIdOf(table.keys()[key])];
    }
    for (const DocumentFacts::Edge& edge : facts.edges) {
      const auto type = names_.Find(NameKind::kType, edge.type);
      if (!numbers[edge.from] || !numbers[edge.to]) continue;
      const std::string said = who + " says " + std::string(edge.type) + " between " +
                               table.keys()[facts.nodes[edge.from].key].ToString() + " and " +
                               table.keys()[facts.nodes[edge.to].key].ToString();
      std::optional<std::string> bytes;
      if (type) {
        TUPU_ASSIGN(bytes, kv_.Get(Space::kGraph,
                                   AdjacencyKey(*numbers[edge.from], Direction::kOut, TypeId{*type},
                                                *numbers[edge.to], edge.title)));
      }
      EdgeId number;
      if (!bytes || !DecodeNumber(*bytes, number.value)) {
        if (part == 0) Find(said + ", which is no edge");
        continue;
      }
      if (number.value % parts != part) continue;
      const auto [entry, fresh] = expected_edges_.try_emplace(number.value);
      Expected& expected = entry->second;
      if (fresh) {
        expected.who = EdgeName(number);
        expected.number = number.value;
        TUPU_ASSIGN(const std::optional<std::string> record,
                    kv_.Get(Space::kGraph, EdgeKey(number)));
        StoredEdge stored;
        expected.broken = !record || !DecodeEdge(*record, stored) ||
                          stored.from != *numbers[edge.from] || stored.to != *numbers[edge.to] ||
                          stored.title != edge.title;
        if (expected.broken) Find(said + ", but that edge has no record of its own");
        expected.stored = std::move(stored.profile);
      }
      TUPU_TRY(CountFacts(SupportKind::kEdge, expected, who, doc.number, date, facts, edge.facts));
    }
    return {};
  }

  // The numbers of a document's nodes, those that are one made one.
  Status FindNumbers(const std::string& who, const StatementTable& table, DocumentFacts& facts,
                     std::uint64_t part, std::vector<std::optional<NodeId>>& numbers) {
    std::vector<std::optional<NodeId>> distinct;
    std::vector<std::uint32_t> node_of;
    std::unordered_map<std::uint64_t, std::uint32_t> seen;
    for (const DocumentFacts::Node& node : facts.nodes) {
      const EntityKey& key = table.keys()[node.key];
      TUPU_ASSIGN(const std::optional<std::string> indexed,
                  kv_.Get(Space::kIndex, IdKey(EntityIdOf(key))));
      const auto next = static_cast<std::uint32_t>(distinct.size());
      NodeId number;
      if (!indexed || !DecodeNumber(*indexed, number.value)) {
        if (part == 0) Find(who + " speaks of " + key.ToString() + ", which is no node");
        node_of.push_back(next);
        distinct.emplace_back();
        continue;
      }
      const auto [entry, fresh] = seen.emplace(number.value, next);
      node_of.push_back(entry->second);
      if (fresh) distinct.emplace_back(number);
    }
    JoinFacts(facts, node_of);
    for (const std::uint32_t node : node_of) numbers.push_back(distinct[node]);
    return {};
  }

  Status CountFacts(SupportKind kind, Expected& expected, const std::string& who, DocumentId doc,
                    DateNumber date, const DocumentFacts& facts, FactRange range) {
    ++supports_;
    if (expected.broken) return {};
    ++expected.counted.documents;
    std::string slots;
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
      const Fact& fact = facts.facts[i];
      std::uint32_t property = fact.reserved;
      if (property >= kFirstProperty) {
        const auto number = names_.Find(NameKind::kProperty, fact.name);
        if (!number) {
          Find(who + " gives a property '" + std::string(fact.name) + "' that has no number");
          continue;
        }
        property = *number;
      }
      const bool dated = IsDated(property);
      expected.counted[property].Add(fact.value, dated ? date : 0);
      if (!dated) continue;
      const Tally* tally = expected.stored.Find(property);
      const auto count =
          tally == nullptr ? Tally::Counts::const_iterator() : tally->counts().find(fact.value);
      PutVarint(slots, tally == nullptr || count == tally->counts().end() ? 0 : count->second.slot);
    }
    TUPU_ASSIGN(const std::optional<std::string> support,
                kv_.Get(Space::kIndex, SupportKey(kind, expected.number, date, doc)));
    if (!support) {
      Find(who + " is not among the supports of " + expected.who);
    } else if (*support != slots) {
      Find(who + " supports other values of " + expected.who + " than it gives");
    }
    return {};
  }

  void Compare(const Expected& expected) {
    if (expected.broken) return;
    if (expected.stored.documents != expected.counted.documents) {
      Find(expected.who + " counts " + std::to_string(expected.stored.documents) +
           " documents, there are " + std::to_string(expected.counted.documents));
    }
    if (expected.stored_keys != expected.counted_keys) {
      Find(expected.who + " counts other keys than its documents name");
    }
    std::map<std::uint32_t, const Tally*> stored, counted;
    for (const auto& [property, tally] : expected.stored.tallies) stored[property] = &tally;
    for (const auto& [property, tally] : expected.counted.tallies) counted[property] = &tally;
    for (const auto& [property, tally] : counted) stored.try_emplace(property, nullptr);
    for (const auto& [property, tally] : stored) {
      const auto other = counted.find(property);
      static const Tally kNothing;
      const auto& a = (tally == nullptr ? kNothing : *tally).counts();
      const auto& b = (other == counted.end() ? kNothing : *other->second).counts();
      const bool dated = IsDated(property);
      const bool equal =
          a.size() == b.size() &&
          std::equal(a.begin(), a.end(), b.begin(), [&](const auto& x, const auto& y) {
            const ExactLess less;  // 3 is not 3.0
            return !less(x.first, y.first) && !less(y.first, x.first) &&
                   SameCount(x.second, y.second, dated);
          });
      if (!equal) {
        Find(expected.who + " counts other values of property " + std::to_string(property) +
             " than its documents give");
      }
    }
  }

  Status CompareNodes(std::uint64_t part, std::uint64_t parts) {
    std::vector<std::uint64_t> numbers;
    for (const auto& [number, expected] : expected_nodes_) numbers.push_back(number);
    std::sort(numbers.begin(), numbers.end());
    for (std::uint64_t number : numbers) Compare(expected_nodes_.at(number));
    return Scan(Space::kGraph, NodePrefix(), [&](std::string_view key, std::string_view) -> Status {
      NodeId number;
      if (DecodeNodeKey(key, number) && number.value % parts == part &&
          !expected_nodes_.contains(number.value)) {
        Find("node number " + std::to_string(number.value) + " has no document");
      }
      return {};
    });
  }

  Status CompareEdges(std::uint64_t part, std::uint64_t parts) {
    std::vector<std::uint64_t> numbers;
    for (const auto& [number, expected] : expected_edges_) numbers.push_back(number);
    std::sort(numbers.begin(), numbers.end());
    for (std::uint64_t number : numbers) Compare(expected_edges_.at(number));
    return Scan(Space::kGraph, EdgePrefix(), [&](std::string_view key, std::string_view) -> Status {
      EdgeId number;
      if (DecodeEdgeKey(key, number) && number.value % parts == part &&
          !expected_edges_.contains(number.value)) {
        Find(EdgeName(number) + " has no document");
      }
      return {};
    });
  }

  // ---- from index entries back to what should have made them

  Status CheckIndex() {
    std::uint64_t supports = 0;
    TUPU_TRY(Scan(Space::kIndex, {}, [&](std::string_view key, std::string_view value) -> Status {
      LabelId type;
      NodeId node;
      NameEntry name;
      std::uint64_t number = 0;
      DateNumber date = 0;
      DocumentId doc;
      if (IsAssertedKey(Space::kIndex, key) || IsOverlayKey(Space::kIndex, key) ||
          key.starts_with(RejectedPrefix()) || IsSearchKey(key) ||
          key.starts_with(IndexEntryPrefix())) {
        return {};
      } else if (DecodeLabelKey(key, type, node)) {
        TUPU_ASSIGN(const std::optional<StoredNode> stored, ReadNode(node));
        if (!stored || stored->type != type) {
          Find("the index of types has a node number " + std::to_string(node.value) +
               " under a type that it has not");
        }
      } else if (DecodeNameIndexKey(key, name)) {
        TUPU_ASSIGN(const std::optional<StoredNode> stored, ReadNode(name.node));
        const std::string* overlaid = stored ? OverlaidName(*stored, name_property_) : nullptr;
        const bool called =
            stored && (SaysName(*stored, name.surface) || (overlaid && *overlaid == name.surface));
        if (!called || FoldName(name.surface) != name.folded) {
          Find("the index of names has '" + name.surface + "' for a node that is not called so");
        }
      } else if (DecodeSupportKey(key, number, date, doc)) {
        ++supports;
        if (!documents_.contains(doc.value)) Find("a support is by a document that is not there");
      } else if (key.starts_with(IdPrefix()) && DecodeNumber(value, node.value)) {
        TUPU_ASSIGN(const std::optional<StoredNode> stored, ReadNode(node));
        if (!stored || std::none_of(stored->members.begin(), stored->members.end(),
                                    [&](const NodeMember& member) {
                                      return IdKey(EntityIdOf(member.key)) == key;
                                    })) {
          Find("the index of ids has a node number " + std::to_string(node.value) +
               " under an id that it has not");
        }
      } else {
        Find("the indexes have an entry that is none");
      }
      return {};
    }));
    if (supports != supports_) {
      Find("there are " + std::to_string(supports) + " supports, the documents make " +
           std::to_string(supports_));
    }
    return {};
  }

  Result<std::optional<StoredNode>> ReadNode(NodeId number) {
    TUPU_ASSIGN(const std::optional<std::string> bytes, kv_.Get(Space::kGraph, NodeKey(number)));
    StoredNode out;
    if (!bytes || !DecodeNode(*bytes, out)) return std::optional<StoredNode>();
    return std::optional<StoredNode>(std::move(out));
  }

  Status CheckAdjacency() {
    return Scan(Space::kGraph, {}, [&](std::string_view key, std::string_view value) -> Status {
      NodeId node;
      EdgeId edge;
      if (DecodeNodeKey(key, node) || DecodeEdgeKey(key, edge) ||
          IsAssertedKey(Space::kGraph, key) || IsOverlayKey(Space::kGraph, key)) {
        return {};
      }
      Adjacency entry;
      if (!DecodeAdjacencyKey(key, entry) || !DecodeNumber(value, edge.value)) {
        Find("the graph has an entry that is none");
        return {};
      }
      const bool out = entry.direction == Direction::kOut;
      const NodeId from = out ? entry.node : entry.neighbour;
      const NodeId to = out ? entry.neighbour : entry.node;
      TUPU_ASSIGN(const std::optional<std::string> bytes, kv_.Get(Space::kGraph, EdgeKey(edge)));
      StoredEdge stored;
      if (!bytes || !DecodeEdge(*bytes, stored) || TypeOf(edge) != entry.type ||
          stored.from != from || stored.to != to || stored.title != entry.title) {
        Find("the adjacency of node number " + std::to_string(entry.node.value) + " has " +
             EdgeName(edge) + ", which is not there or not so");
      }
      return {};
    });
  }

  Status CheckDocumentSpaces() {
    TUPU_TRY(Scan(Space::kText, {}, [&](std::string_view key, std::string_view) -> Status {
      std::uint64_t doc = 0;
      if (!DecodeNumber(key, doc) || !documents_.contains(doc)) Find("a text has no document");
      return {};
    }));
    return Scan(Space::kStatements, {}, [&](std::string_view key, std::string_view) -> Status {
      if (key.starts_with(HeaderPrefix())) return {};
      std::uint64_t doc = 0;
      if (!key.starts_with(BlockPrefix()) || !DecodeNumber(key.substr(1), doc) ||
          !documents_.contains(doc)) {
        Find("a block of statements has no document");
      }
      return {};
    });
  }

  Status CheckCounters() {
    TUPU_TRY(
        Scan(Space::kCounters, {}, [&](std::string_view key, std::string_view value) -> Status {
          if (IsAssertedKey(Space::kCounters, key) || IsOverlayKey(Space::kCounters, key) ||
              key.starts_with('i')) {
            return {};
          }
          std::int64_t count = 0;
          const auto counted = counters_.find(std::string(key));
          const std::int64_t expected = counted == counters_.end() ? 0 : counted->second;
          if (counted != counters_.end()) counters_.erase(counted);
          if (!DecodeCounter(value, count) || count != expected) {
            Find(CounterName(key) + ": the counter says " + std::to_string(count) + ", there are " +
                 std::to_string(expected));
          }
          return {};
        }));
    for (const auto& [key, count] : counters_) {
      if (count != 0) {
        Find(CounterName(key) + ": the counter is missing, there are " + std::to_string(count));
      }
    }
    return {};
  }

  std::string CounterName(std::string_view key) const {
    if (key == DocumentsKey()) return "documents";
    if (key == StatementsKey()) return "statements";
    std::string_view rest = key;
    rest.remove_prefix(1);
    std::uint32_t number = 0;
    if (GetFixed32(rest, number) && rest.empty()) {
      if (key.front() == 'n') return "nodes " + names_.NameOf(NameKind::kLabel, number);
      if (key.front() == 'e') return "edges " + names_.NameOf(NameKind::kType, number);
    }
    return "a counter that is none";
  }

  Status CheckSequences() {
    const auto check = [&](const std::string& key, std::uint64_t used, const std::string& what) {
      return CheckSequence(kv_, key, used, what, findings_);
    };
    TUPU_TRY(check(SequenceKey('d'), last_document_, "documents"));
    TUPU_TRY(check(SequenceKey('n'), last_node_, "nodes"));
    for (const auto& [type, used] : last_edge_) {
      TUPU_TRY(check(EdgeSequenceKey(TypeId{type}), used,
                     names_.NameOf(NameKind::kType, type) + " edges"));
    }
    return {};
  }

  const KvSnapshot& kv_;
  const Names& names_;
  const std::uint32_t name_property_;
  std::shared_ptr<const Judgements> judgements_;
  std::vector<std::string> findings_;
  std::uint64_t dropped_ = 0;

  std::unordered_set<std::uint64_t> nodes_, documents_;
  std::uint64_t edges_ = 0, supports_ = 0;
  std::uint64_t last_document_ = 0, last_node_ = 0;  // the next numbers, by those in use
  std::map<std::uint32_t, std::uint64_t> last_edge_;
  std::map<std::string, std::int64_t> counters_;
  std::unordered_map<std::uint64_t, Expected> expected_nodes_, expected_edges_;
};

}  // namespace

Result<std::vector<std::string>> CheckStore(const KvSnapshot& kv, const Names& names) {
  return Checker(kv, names).Run();
}

}  // namespace tupu::graph
