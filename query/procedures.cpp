#include "query/procedures.h"

#include <set>
#include <utility>

#include "graph/base/text_forms.h"

namespace tupu::query {
namespace {

using graph::Value;
using ResultVisit = std::function<bool(std::vector<Value>)>;

// A procedure without arguments that gives one column of names.
Procedure Listing(std::string name, std::string column,
                  std::vector<std::string> (graph::View::*list)() const) {
  Procedure out;
  out.name = std::move(name);
  out.outputs.push_back({std::move(column), kStringType});
  out.run = [list](const graph::View& view, const std::vector<Value>&,
                   const ResultVisit& row) -> Status {
    for (const std::string& one : (view.*list)()) {
      if (!row({Value(one)})) break;
    }
    return {};
  };
  return out;
}

// Full text over the names of entities (index `entities`), the best first.
Procedure QueryNodes() {
  Procedure out;
  out.name = "db.index.fulltext.queryNodes";
  out.inputs = {{"indexName", kStringType}, {"queryString", kStringType}};
  out.outputs = {{"node", kNodeType}, {"score", kDoubleType}};
  out.run = [](const graph::View& view, const std::vector<Value>& arguments,
               const ResultVisit& row) -> Status {
    if (arguments[0].is_null() || arguments[1].is_null()) return {};
    if (arguments[0].as_string() != "entities") {
      return Error{
          ErrorCode::kInvalidInput,
          "there is no full-text index '" + arguments[0].as_string() + "'; there is 'entities'"};
    }
    TUPU_ASSIGN(const graph::SearchQuery query, graph::ParseSearch(arguments[1].as_string()));
    TUPU_ASSIGN(const auto hits, view.Search(graph::SearchKind::kEntities, query, 0));
    for (const graph::SearchHit& hit : hits) {
      if (!row({Value(hit.node), Value(hit.score)})) break;
    }
    return {};
  };
  return out;
}

// Nodes of which a name or alias is like this: case, width and quotation marks aside, in simplified
// or traditional characters; by number.
Procedure Named() {
  Procedure out;
  out.name = "db.named";
  out.inputs = {{"name", kStringType}};
  out.outputs = {{"node", kNodeType}};
  out.run = [](const graph::View& view, const std::vector<Value>& arguments,
               const ResultVisit& row) -> Status {
    if (arguments[0].is_null()) return {};
    const std::string& name = arguments[0].as_string();
    std::set<NodeId> found;
    for (const std::string& form : {name, ToSimplified(name), ToTraditional(name)}) {
      TUPU_ASSIGN(const std::vector<NodeId> nodes, view.FindNodesByName(form));
      found.insert(nodes.begin(), nodes.end());
    }
    for (const NodeId node : found) {
      if (!row({Value(node)})) break;
    }
    return {};
  };
  return out;
}

// db.indexes and db.constraints: what SHOW shows.
Procedure Indexes(bool constraints) {
  Procedure out;
  out.name = constraints ? "db.constraints" : "db.indexes";
  out.outputs = {{"id", kIntType},
                 {"name", kStringType},
                 {"type", kStringType},
                 {"entityType", kStringType},
                 {"labelsOrTypes", kListType},
                 {"properties", kListType}};
  if (constraints) {
    out.outputs.push_back({"ownedIndex", kStringType});
  } else {
    out.outputs.push_back({"state", kStringType});
    out.outputs.push_back({"owningConstraint", kStringType});
    out.outputs.push_back({"entries", kIntType});
  }
  out.run = [constraints](const graph::View& view, const std::vector<Value>&,
                          const ResultVisit& row) -> Status {
    for (const graph::IndexInfo& index : view.Indexes()) {
      if (constraints && !index.unique) continue;
      std::vector<Value> values = {Value(static_cast<std::int64_t>(index.number)),
                                   Value(index.name),
                                   Value(constraints ? "UNIQUENESS" : "RANGE"),
                                   Value(index.of_edges ? "RELATIONSHIP" : "NODE"),
                                   Value(graph::List{Value(index.label)}),
                                   Value(graph::List{Value(index.property)})};
      if (constraints) {
        values.emplace_back(index.name);
      } else {
        TUPU_ASSIGN(const graph::IndexCounts counts, view.CountIndex(index.number));
        values.emplace_back("ONLINE");
        values.push_back(index.unique ? Value(index.name) : Value());
        values.emplace_back(static_cast<std::int64_t>(counts.entries));
      }
      if (!row(std::move(values))) break;
    }
    return {};
  };
  return out;
}

}  // namespace

void Procedures::Add(Procedure procedure) {
  std::string name = procedure.name;
  procedures_.insert_or_assign(std::move(name), std::move(procedure));
}

const Procedure* Procedures::Find(std::string_view name) const {
  const auto found = procedures_.find(name);
  return found == procedures_.end() ? nullptr : &found->second;
}

std::vector<std::string_view> Procedures::Names() const {
  std::vector<std::string_view> out;
  for (const auto& entry : procedures_) out.push_back(entry.first);
  return out;
}

const Procedures& BuiltInProcedures() {
  static const Procedures procedures = [] {
    Procedures out;
    out.Add(Listing("db.labels", "label", &graph::View::Labels));
    out.Add(Listing("db.relationshipTypes", "relationshipType", &graph::View::RelationTypes));
    out.Add(Listing("db.propertyKeys", "propertyKey", &graph::View::PropertyKeys));
    out.Add(QueryNodes());
    out.Add(Named());
    out.Add(Indexes(false));
    out.Add(Indexes(true));
    return out;
  }();
  return procedures;
}

}  // namespace tupu::query
