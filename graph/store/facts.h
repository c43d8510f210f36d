// What one document says, without the places: the distinct facts that it counts for, once each.
// A pure function of the document's statements, the same when it is added and when it is taken
// away.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/resolve/entity.h"
#include "graph/store/statement_table.h"

namespace tupu::graph {

struct Fact {
  std::uint32_t reserved = 0;  // a ReservedProperty; kFirstProperty: the one named
  std::string_view name;       // of a property that is not reserved
  Value value;
};

struct FactRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

struct DocumentFacts {
  struct Node {
    std::uint32_t key;  // in the table
    FactRange facts;
  };
  struct Edge {
    std::uint32_t from;  // in `nodes`
    std::uint32_t to;
    std::string_view type;
    std::string title;  // hash of the title, or empty
    FactRange facts;
  };
  std::vector<Node> nodes;  // by key
  std::vector<Edge> edges;  // each (from, to, type, title) once
  std::vector<Fact> facts;  // within each range sorted, each once
};

// The hash that tells edges of one type and two ends apart; empty if the row does not want one.
std::string TitleHash(const StatementTable& table, const StatementTable::Row& row);

// Views point into `table`, which must stay where it is. Fails (false) if a relation's end is not
// named anywhere in the document: such a table was not made by Build.
bool CollectFacts(const StatementTable& table, DocumentFacts& out);

}  // namespace tupu::graph
