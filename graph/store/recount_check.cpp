// What the documents' statements say, counted anew from nothing, and compared with what is stored
// of nodes and edges.
#include <algorithm>
#include <map>
#include <unordered_map>

#include "graph/base/coding.h"
#include "graph/base/hash.h"
#include "graph/store/checker.h"

namespace tupu::graph {
namespace {

bool SameCount(const Count& a, const Count& b, bool dated) {
  return a.documents == b.documents &&
         (!dated || (a.latest == b.latest && a.of_latest == b.of_latest));
}

}  // namespace

Status Checker::CountDocuments(std::uint64_t part, std::uint64_t parts) {
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

Status Checker::CheckDocument(const std::string& who, const FoundDocument& doc) {
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

Status Checker::CountDocument(const std::string& who, const FoundDocument& doc,
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
      TUPU_ASSIGN(const std::optional<std::string> bytes, kv_.Get(Space::kGraph, NodeKey(number)));
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
      TUPU_ASSIGN(const std::optional<std::string> record, kv_.Get(Space::kGraph, EdgeKey(number)));
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

Status Checker::FindNumbers(const std::string& who, const StatementTable& table,
                            DocumentFacts& facts, std::uint64_t part,
                            std::vector<std::optional<NodeId>>& numbers) {
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

Status Checker::CountFacts(SupportKind kind, Expected& expected, const std::string& who,
                           DocumentId doc, DateNumber date, const DocumentFacts& facts,
                           FactRange range) {
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

void Checker::Compare(const Expected& expected) {
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
    const bool equal = a.size() == b.size() &&
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

Status Checker::CompareNodes(std::uint64_t part, std::uint64_t parts) {
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

Status Checker::CompareEdges(std::uint64_t part, std::uint64_t parts) {
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

}  // namespace tupu::graph
