#include "graph/store/facts.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <unordered_map>

#include "graph/base/hash.h"

namespace tupu::graph {
namespace {

using Row = StatementTable::Row;

constexpr std::uint32_t kNone = 0xffffffffu;
constexpr std::uint32_t kRejected = kNone - 1;

bool Less(const Fact& a, const Fact& b) {
  if (a.reserved != b.reserved) return a.reserved < b.reserved;
  if (a.name != b.name) return a.name < b.name;
  return ExactLess()(a.value, b.value);
}

// Sorts what was appended since `begin` and drops repetitions.
FactRange Close(std::vector<Fact>& facts, std::size_t begin) {
  const auto first = facts.begin() + static_cast<std::ptrdiff_t>(begin);
  std::sort(first, facts.end(), Less);
  facts.erase(std::unique(first, facts.end(),
                          [](const Fact& a, const Fact& b) { return !Less(a, b) && !Less(b, a); }),
              facts.end());
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(facts.size())};
}

Fact PropertyFact(std::string_view name, Value value) {
  if (name == "name") return {kNameProperty, {}, std::move(value)};
  return {kFirstProperty, name, std::move(value)};
}

// The facts of one subject: its rows are neighbours, entities before properties.
void CollectNode(const StatementTable& table, const Row* row, const Row* end,
                 std::vector<Fact>& facts) {
  const Value* currency = nullptr;
  Value held;
  for (const Row* at = row; at != end; ++at) {
    if (at->kind == StatementKind::kProperty && table.StringAt(at->property) == "currency") {
      held = table.ValueAt(at->object);
      currency = &held;
    }
  }
  bool amount = false;
  const std::size_t begin = facts.size();
  for (; row != end; ++row) {
    const std::string& property = table.StringAt(row->property);
    if (row->kind == StatementKind::kEntity) {
      // Rows of one type are neighbours: most repetitions are seen here and cost nothing.
      if (facts.size() == begin || row[-1].property != row->property) {
        facts.push_back({kTypeProperty, {}, Value(property)});
      }
      if (facts.back().reserved != kFormProperty || row[-1].object != row->object) {
        facts.push_back({kFormProperty, {}, table.ValueAt(row->object)});
      }
    } else if (property == "amount" && currency != nullptr) {
      amount = true;
      facts.push_back(PropertyFact(property, JoinAmount(table.ValueAt(row->object), *currency)));
    } else if (property != "currency") {
      facts.push_back(PropertyFact(property, table.ValueAt(row->object)));
    }
  }
  if (currency != nullptr && !amount) facts.push_back(PropertyFact("currency", held));
}

void CollectProperties(const StatementTable& table, const Row& row, std::vector<Fact>& facts) {
  std::optional<Value> amount, currency;
  table.ForEachProperty(row, [&](std::string_view name, Value value) {
    if (name == "amount") {
      amount = std::move(value);
    } else if (name == "currency") {
      currency = std::move(value);
    } else {
      facts.push_back({kFirstProperty, name, std::move(value)});
    }
  });
  if (amount && currency) {
    facts.push_back({kFirstProperty, "amount", JoinAmount(*amount, *currency)});
  } else if (amount || currency) {
    facts.push_back(
        {kFirstProperty, amount ? "amount" : "currency", std::move(amount ? *amount : *currency)});
  }
}

}  // namespace

std::string TitleHash(const StatementTable& table, const Row& row) {
  if (!row.by_title) return {};
  const Properties properties = table.PropertiesOf(row);
  const auto title = properties.find("title");
  if (title == properties.end()) return {};
  std::string bytes;
  EncodeValue(bytes, title->second);
  const Hash128 hash = HashFields({bytes});
  return {reinterpret_cast<const char*>(hash.bytes.data()), hash.bytes.size()};
}

bool IsRejected(const StatementTable& table, const Row& row, const Judgements& judgements) {
  if (!judgements.has_rejects()) return false;
  if (row.kind != StatementKind::kRelation) {
    return judgements.IsRejected(table.document_id(), table.keys()[row.subject]);
  }
  std::string title;
  if (row.by_title) {
    table.ForEachProperty(row, [&](std::string_view name, const Value& value) {
      if (name != "title") return;
      title = value.kind() == ValueKind::kString ? value.as_string() : ToJson(value);
    });
  }
  return judgements.IsRejected(table.document_id(), table.StringAt(row.property),
                               table.keys()[row.subject], table.keys()[row.object], title);
}

void JoinFacts(DocumentFacts& facts, std::vector<std::uint32_t>& node_of) {
  std::unordered_map<std::uint32_t, std::uint32_t> first;
  std::vector<std::uint32_t> moved(facts.nodes.size());
  std::vector<DocumentFacts::Node> nodes;
  std::vector<std::uint32_t> numbers;
  std::vector<std::vector<std::uint32_t>> parts;  // in the old order
  for (std::uint32_t i = 0; i < facts.nodes.size(); ++i) {
    const auto [entry, fresh] = first.emplace(node_of[i], static_cast<std::uint32_t>(nodes.size()));
    if (fresh) {
      nodes.push_back(facts.nodes[i]);
      numbers.push_back(node_of[i]);
      parts.emplace_back();
    } else {
      facts.joined.emplace_back(entry->second, facts.nodes[i].key);
    }
    parts[entry->second].push_back(i);
    moved[i] = entry->second;
  }
  if (nodes.size() == facts.nodes.size()) return;
  const auto append = [&](FactRange range) {
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
      Fact copy = facts.facts[i];  // the vector may move
      facts.facts.push_back(std::move(copy));
    }
  };
  for (std::size_t n = 0; n < nodes.size(); ++n) {
    if (parts[n].size() == 1) continue;
    const std::size_t begin = facts.facts.size();
    for (const std::uint32_t part : parts[n]) append(facts.nodes[part].facts);
    nodes[n].facts = Close(facts.facts, begin);
  }
  facts.nodes = std::move(nodes);
  node_of = std::move(numbers);

  std::vector<DocumentFacts::Edge> edges;
  for (DocumentFacts::Edge& edge : facts.edges) {
    const bool loop = edge.from == edge.to;
    edge.from = moved[edge.from];
    edge.to = moved[edge.to];
    if (loop || edge.from != edge.to) edges.push_back(std::move(edge));
  }
  const auto key = [](const DocumentFacts::Edge& edge) {
    return std::tie(edge.from, edge.type, edge.to, edge.title);
  };
  std::stable_sort(edges.begin(), edges.end(),
                   [&](const auto& a, const auto& b) { return key(a) < key(b); });
  facts.edges.clear();
  for (std::size_t i = 0; i < edges.size();) {
    std::size_t end = i + 1;
    while (end < edges.size() && key(edges[end]) == key(edges[i])) ++end;
    if (end - i > 1) {
      const std::size_t begin = facts.facts.size();
      for (std::size_t j = i; j < end; ++j) append(edges[j].facts);
      edges[i].facts = Close(facts.facts, begin);
    }
    facts.edges.push_back(std::move(edges[i]));
    i = end;
  }
}

bool CollectFacts(const StatementTable& table, const Judgements& judgements, DocumentFacts& out) {
  out = DocumentFacts();
  const std::vector<Row>& rows = table.rows();
  const Row* row = rows.data();
  const Row* const end = row + rows.size();
  std::vector<std::uint32_t> node_of(table.keys().size(), kNone);
  while (row != end && row->kind != StatementKind::kRelation) {
    const Row* next = row;
    while (next != end && next->kind != StatementKind::kRelation && next->subject == row->subject) {
      ++next;
    }
    if (node_of[row->subject] != kNone) return false;
    if (judgements.IsRejected(table.document_id(), table.keys()[row->subject])) {
      node_of[row->subject] = kRejected;
      out.rejected.push_back(row->subject);
      row = next;
      continue;
    }
    node_of[row->subject] = static_cast<std::uint32_t>(out.nodes.size());
    const std::size_t begin = out.facts.size();
    CollectNode(table, row, next, out.facts);
    out.nodes.push_back({row->subject, Close(out.facts, begin)});
    row = next;
  }

  // Relations that say one edge become neighbours.
  struct Said {
    DocumentFacts::Edge edge;
    const Row* row;
  };
  std::vector<Said> said;
  for (; row != end; ++row) {
    if (row->kind != StatementKind::kRelation) return false;
    if (node_of[row->subject] == kNone || node_of[row->object] == kNone) return false;
    if (node_of[row->subject] == kRejected || node_of[row->object] == kRejected) continue;
    if (row->status == ClaimStatus::kDenied || IsRejected(table, *row, judgements)) continue;
    said.push_back({{node_of[row->subject],
                     node_of[row->object],
                     table.StringAt(row->property),
                     TitleHash(table, *row),
                     {}},
                    row});
  }
  const auto key = [](const Said& s) {
    return std::tie(s.edge.from, s.edge.type, s.edge.to, s.edge.title);
  };
  std::stable_sort(said.begin(), said.end(),
                   [&](const Said& a, const Said& b) { return key(a) < key(b); });
  for (std::size_t i = 0; i < said.size();) {
    const std::size_t begin = out.facts.size();
    const std::size_t first = i;
    for (; i < said.size() && key(said[i]) == key(said[first]); ++i) {
      out.facts.push_back(
          {kStatusProperty, {}, Value(static_cast<std::int64_t>(said[i].row->status))});
      CollectProperties(table, *said[i].row, out.facts);
    }
    out.edges.push_back(std::move(said[first].edge));
    out.edges.back().facts = Close(out.facts, begin);
  }
  return true;
}

}  // namespace tupu::graph
