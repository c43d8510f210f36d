// What CALL calls: procedures by name, each giving rows of named columns.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/error.h"
#include "graph/store/store.h"
#include "query/plan/types.h"

namespace tupu::query {

struct ProcedureField {
  std::string name;
  TypeSet types = kAnyType;
};

struct Procedure {
  std::string name;  // with dots: db.labels
  std::vector<ProcedureField> inputs;
  std::vector<ProcedureField> outputs;
  // Calls `row` with the values of `outputs` for every row, until it returns false. There are as
  // many arguments as inputs, each of its type or null.
  std::function<Status(const graph::View& view, const std::vector<graph::Value>& arguments,
                       const std::function<bool(std::vector<graph::Value>)>& row)>
      run;
};

// Immutable while queries run.
class Procedures {
 public:
  // Takes the place of one of the same name.
  void Add(Procedure procedure);
  const Procedure* Find(std::string_view name) const;  // null for an unknown name
  std::vector<std::string_view> Names() const;         // sorted

 private:
  std::map<std::string, Procedure, std::less<>> procedures_;
};

// db.labels, db.relationshipTypes, db.propertyKeys, db.index.fulltext.queryNodes, db.indexes,
// db.constraints, db.named.
const Procedures& BuiltInProcedures();

}  // namespace tupu::query
