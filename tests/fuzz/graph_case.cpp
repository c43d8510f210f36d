#include "tests/fuzz/graph_case.h"

#include "tests/fuzz/choices.h"
#include "tests/fuzz/query_maker.h"

namespace tupu::fuzz {
namespace {

// "{k: 7, x: 1.5}"; k is the element's own.
std::string ElementProperties(Choices& choices, std::uint32_t number) {
  std::string out = "{k: " + std::to_string(number);
  for (const char* name : {"x", "s", "name", "id", "d", "l", "b"}) {
    if (!choices.OneIn(2)) continue;
    out += std::string(", ") + name + ": " + LiteralOf(choices, name);
  }
  return out + "}";
}

std::string GraphByHand(Choices& choices) {
  if (choices.OneIn(10)) return {};
  const std::uint32_t nodes = 1 + choices.Below(8);
  std::string out = "CREATE ";
  for (std::uint32_t i = 0; i < nodes; ++i) {
    out += (i > 0 ? ", (n" : "(n") + std::to_string(i) +
           choices.Pick({":A", "", ":B", ":A:B", ":C", ":Company"}) + " " +
           ElementProperties(choices, i) + ")";
  }
  const std::uint32_t edges = choices.Below(16);
  for (std::uint32_t i = 0; i < edges; ++i) {
    out += ", (n" + std::to_string(choices.Below(nodes)) +
           ")-[:" + choices.Pick({"T", "S", "U", "INVESTS"}) + " " +
           ElementProperties(choices, 100 + i) + "]->(n" + std::to_string(choices.Below(nodes)) +
           ")";
  }
  return out;
}

}  // namespace

GraphCase MakeCase(std::span<const std::uint8_t> bytes) {
  Choices choices(bytes);
  GraphCase out;
  const std::uint32_t documents = choices.OneIn(2) ? 1 + choices.Below(2) : 0;
  for (std::uint32_t i = 0; i < documents; ++i) out.documents.push_back(choices.Below(256));
  out.create = GraphByHand(choices);
  if (choices.OneIn(4)) {
    out.constraints.push_back("CREATE CONSTRAINT FOR (n:A) REQUIRE n.k IS UNIQUE");
  }
  for (const char* index :
       {"CREATE INDEX FOR (n:A) ON (n.x)", "CREATE INDEX FOR (n:B) ON (n.s)",
        "CREATE INDEX FOR (n:A) ON (n.d)", "CREATE INDEX FOR (n:Organisation) ON (n.name)",
        "CREATE INDEX FOR ()-[r:T]-() ON (r.x)", "CREATE INDEX FOR (n:B) ON (n.l)"}) {
    if (choices.OneIn(3)) out.indexes.push_back(index);
  }
  const std::uint32_t statements = 1 + choices.Below(3);
  for (std::uint32_t i = 0; i < statements; ++i) {
    QueryMaker maker(choices);
    out.statements.push_back(choices.OneIn(2) ? maker.Writing() : maker.Reading());
  }
  return out;
}

}  // namespace tupu::fuzz
