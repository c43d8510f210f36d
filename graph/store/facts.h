// What one document says, without the places: the distinct facts that it counts for, once each.
// A pure function of the document's statements, of what is rejected and of which keys are joined:
// the same when it is added and when it is taken away.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/resolve/entity.h"
#include "graph/resolve/judgements.h"
#include "graph/store/kv.h"
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
  std::vector<Node> nodes;  // by key, until some are joined
  // Keys that were joined to another's node: (in `nodes`, in the table).
  std::vector<std::pair<std::uint32_t, std::uint32_t>> joined;
  std::vector<Edge> edges;              // each (from, to, type, title) once
  std::vector<std::uint32_t> rejected;  // keys, in the table, of the entities that are rejected
  std::vector<Fact> facts;              // within each range sorted, each once
};

// The hash that tells edges of one type and two ends apart; empty if the row does not want one.
std::string TitleHash(const StatementTable& table, const StatementTable::Row& row);

// Whether what the row states is rejected, itself or an entity that it speaks of.
bool IsRejected(const StatementTable& table, const StatementTable::Row& row,
                const Judgements& judgements);

// Leaves out what is rejected. Views point into `table`, which must stay where it is. Fails (false)
// if a relation's end is not named anywhere in the document: such a table was not made by Build.
bool CollectFacts(const StatementTable& table, const Judgements& judgements, DocumentFacts& out);

// Appends one line for every document that is not found by what of it is rejected, or wrongly.
Status CheckRejected(const KvSnapshot& kv, const Judgements& judgements,
                     std::vector<std::string>& findings);

// Makes one node of those with the same number in `node_of` (one for each of `facts.nodes`, and
// then shortened to what is left). An edge between two that are joined goes: it would say that a
// thing does something to itself.
void JoinFacts(DocumentFacts& facts, std::vector<std::uint32_t>& node_of);

}  // namespace tupu::graph
