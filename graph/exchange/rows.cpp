#include "graph/exchange/rows.h"

#include <algorithm>
#include <set>
#include <utility>

#include "graph/exchange/sorter.h"

namespace tupu::graph {
namespace {

void Mark(std::vector<bool>& bits, std::uint64_t at) {
  if (bits.size() <= at) bits.resize(std::max<std::size_t>(at + 1, bits.size() * 2));
  bits[at] = true;
}
bool Has(const std::vector<bool>& bits, std::uint64_t at) { return at < bits.size() && bits[at]; }

Status CheckDate(const std::string& date) {
  static constexpr std::string_view kShape = "0000-00-00";
  bool good = date.size() == 4 || date.size() == 7 || date.size() == 10;
  for (std::size_t i = 0; good && i < date.size(); ++i) {
    good = kShape[i] == '-' ? date[i] == '-' : date[i] >= '0' && date[i] <= '9';
  }
  if (good) return {};
  return Error(ErrorCode::kInvalidInput, "expected a date such as 2026, 2026-02 or 2026-02-25",
               date);
}

// The two kinds of types in a filter.
struct Types {
  std::vector<std::string> entities, relations;

  bool TakesEntity(const Schema& schema, std::string_view type) const {
    return entities.empty() ||
           std::any_of(entities.begin(), entities.end(),
                       [&](const std::string& one) { return schema.IsA(type, one); });
  }
  bool TakesRelation(std::string_view type) const {
    return relations.empty() ||
           std::find(relations.begin(), relations.end(), type) != relations.end();
  }
};

Result<Types> SortTypes(const Schema& schema, const std::vector<std::string>& names) {
  Types out;
  for (const std::string& name : names) {
    if (schema.FindEntityType(name) != nullptr) {
      out.entities.push_back(name);
    } else if (schema.FindRelationType(name) != nullptr) {
      out.relations.push_back(name);
    } else {
      return Error(ErrorCode::kInvalidInput,
                   "the schema has neither an entity type nor a relation type of this name", name);
    }
  }
  return out;
}

// The regions of this name and all that lies in them.
Result<std::vector<bool>> Within(const View& view, const Schema& schema, const std::string& name) {
  std::vector<bool> inside;
  std::vector<NodeId> open;
  TUPU_ASSIGN(const std::vector<NodeId> named, view.FindNodesByName(name));
  for (const NodeId node : named) {
    TUPU_ASSIGN(const NodeRecord record, view.Node(node));
    if (!schema.IsA(PrimaryType(schema, record), "Region")) continue;
    Mark(inside, node.value);
    open.push_back(node);
  }
  if (open.empty()) {
    return Error(ErrorCode::kInvalidInput, "the graph has no region of this name", name);
  }
  const std::optional<TypeId> located = view.FindType("LOCATED_IN");
  if (!located) return inside;
  std::vector<Neighbour> found;
  while (!open.empty()) {
    const NodeId node = open.back();
    open.pop_back();
    found.clear();
    TUPU_TRY(view.Expand(node, Direction::kIn, std::span(&*located, 1), found));
    for (const Neighbour& neighbour : found) {
      if (Has(inside, neighbour.node.value)) continue;
      Mark(inside, neighbour.node.value);
      open.push_back(neighbour.node);
    }
  }
  return inside;
}

class Times {
 public:
  Times(const View& view, const ExportFilter& filter)
      : view_(view),
        bounded_(!filter.from.empty() || !filter.to.empty()),
        from_(filter.from.empty() ? "" : FirstDay(filter.from)),
        to_(filter.to.empty() ? "9999-12-31" : LastDay(filter.to)) {}

  Result<bool> Takes(EdgeId edge) const {
    if (!bounded_) return true;
    TUPU_ASSIGN(const EdgeRecord record, view_.Edge(edge));
    const std::string own = PropertyText(record.properties, "date");
    if (!own.empty()) return Overlaps(own);
    TUPU_ASSIGN(const std::vector<Statement> statements, view_.EdgeStatements(edge));
    for (const Statement& stmt : statements) {
      TUPU_ASSIGN(const auto header, view_.FindDocument(stmt.provenance.document_id));
      if (header && !header->date.empty() && Overlaps(header->date)) return true;
    }
    return false;
  }

 private:
  bool Overlaps(const std::string& date) const {
    return date.size() >= 4 && LastDay(date) >= from_ && FirstDay(date) <= to_;
  }

  const View& view_;
  bool bounded_;
  std::string from_, to_;
};

std::string Completed(std::string date, std::string_view rest) {
  const bool partial = date.size() == 4 || date.size() == 7;
  if (partial) date += rest.substr(date.size() - 4);
  return date;
}

}  // namespace

std::string FirstDay(std::string date) { return Completed(std::move(date), "-01-01"); }
std::string LastDay(std::string date) { return Completed(std::move(date), "-12-31"); }

Rows::Rows(const View& view, const Schema& schema)
    : view_(&view), schema_(&schema), reader_(view, schema) {}

Result<Rows> Rows::Select(const View& view, const Schema& schema, const ExportFilter& filter) {
  Rows rows(view, schema);
  rows.all_ = filter.empty();
  if (!rows.all_) TUPU_TRY(rows.SelectEdges(filter));
  return rows;
}

Status Rows::SelectEdges(const ExportFilter& filter) {
  for (const std::string& date : {filter.from, filter.to}) {
    if (!date.empty()) TUPU_TRY(CheckDate(date));
  }
  TUPU_ASSIGN(const Types types, SortTypes(*schema_, filter.types));
  std::vector<bool> inside;
  if (!filter.region.empty()) {
    TUPU_ASSIGN(inside, Within(*view_, *schema_, filter.region));
  }
  std::vector<bool> typed;  // nodes of the types, where any are named
  Status status;
  TUPU_TRY(view_->ForEachNode(std::nullopt, [&](NodeId node) {
    const auto record = view_->Node(node);
    if (!record.ok()) {
      status = record.error();
      return false;
    }
    if (types.TakesEntity(*schema_, PrimaryType(*schema_, *record))) Mark(typed, node.value);
    return true;
  }));
  TUPU_TRY(status);
  const Times times(*view_, filter);
  TUPU_TRY(view_->ForEachEdge(std::nullopt, [&](EdgeId edge, TypeId type, NodeId from, NodeId to) {
    if (!types.TakesRelation(view_->TypeName(type))) return true;
    if (!Has(typed, from.value) || !Has(typed, to.value)) return true;
    if (!filter.region.empty() && !Has(inside, from.value) && !Has(inside, to.value)) return true;
    const auto taken = times.Takes(edge);
    if (!taken.ok()) {
      status = taken.error();
      return false;
    }
    if (*taken) {
      edges_.insert(edge);
      Mark(nodes_, from.value);
      Mark(nodes_, to.value);
    }
    return true;
  }));
  TUPU_TRY(status);
  // What has no edge that passes: wanted for its own sake only where nothing but entity types and a
  // region was asked for.
  if (!types.relations.empty() || !filter.from.empty() || !filter.to.empty()) return {};
  for (std::size_t node = 0; node < typed.size(); ++node) {
    if (typed[node] && (filter.region.empty() || Has(inside, node))) Mark(nodes_, node);
  }
  return {};
}

Status Rows::ForEachEntity(const std::function<Status(const EntityRow&)>& visit) {
  Status status;
  TUPU_TRY(view_->ForEachNode(std::nullopt, [&](NodeId node) {
    if (!all_ && !Has(nodes_, node.value)) return true;
    const auto row = reader_.Entity(node);
    status = row.ok() ? visit(*row) : Status(row.error());
    return status.ok();
  }));
  return status;
}

Status Rows::ForEachRelation(bool with_evidence,
                             const std::function<Status(const RelationRow&)>& visit,
                             std::string_view type) {
  Status status;
  const std::optional<TypeId> only = type.empty() ? std::nullopt : view_->FindType(type);
  if (!type.empty() && !only) return status;
  TUPU_TRY(view_->ForEachEdge(only, [&](EdgeId edge, TypeId, NodeId, NodeId) {
    if (!all_ && edges_.count(edge) == 0) return true;
    const auto row = reader_.Relation(edge, with_evidence);
    status = row.ok() ? visit(*row) : Status(row.error());
    return status.ok();
  }));
  return status;
}

Result<bool> Rows::EntityLines(const std::function<std::string(const EntityRow&)>& line,
                               const Write& write) {
  Sorter sorter;
  bool wanted = true;
  TUPU_TRY(ForEachEntity([&](const EntityRow& row) { return sorter.Add(row.id, line(row)); }));
  TUPU_TRY(sorter.Drain([&](std::string_view text) { return wanted = write(text); }));
  return wanted;
}

Result<bool> Rows::RelationLines(bool with_evidence,
                                 const std::function<std::string(const RelationRow&)>& line,
                                 const Write& write, std::string_view type) {
  Sorter sorter;
  bool wanted = true;
  TUPU_TRY(ForEachRelation(
      with_evidence, [&](const RelationRow& row) { return sorter.Add(row.id, line(row)); }, type));
  TUPU_TRY(sorter.Drain([&](std::string_view text) { return wanted = write(text); }));
  return wanted;
}

}  // namespace tupu::graph
