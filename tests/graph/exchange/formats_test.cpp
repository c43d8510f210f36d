// What the single formats write, read back by the rules of each. tests/app/export_test.sh reads the
// same formats with foreign tools.
#include <doctest/doctest.h>

#include <set>

#include "tests/graph/exchange/samples.h"

namespace tupu::graph {
namespace {

using namespace samples;

bool Holds(const std::string& text, const std::string& piece) {
  return text.find(piece) != std::string::npos;
}

TEST_CASE("GEXF: nodes, edges with the day from which they hold, declared attributes") {
  const auto store = Build(Samples());
  std::set<std::string> nodes, declared;
  std::vector<Element> edges;
  for (const Element& element : ParseXml(Text(*store, ExportFormat::kGexf))) {
    const auto& at = element.attributes;
    if (element.name == "node") nodes.insert(at.at("id"));
    if (element.name == "attribute") declared.insert(at.at("id"));
    if (element.name == "attvalue") CHECK(declared.count(at.at("for")) == 1);
    if (element.name == "edge") edges.push_back(element);
  }
  CHECK(nodes.size() == 4);
  REQUIRE(edges.size() == 2);
  for (const Element& edge : edges) {
    CHECK(nodes.count(edge.attributes.at("source")) == 1);
    CHECK(nodes.count(edge.attributes.at("target")) == 1);
    const bool issued = edge.attributes.at("kind") == "ISSUED";
    CHECK(edge.attributes.count("start") == (issued ? 1 : 0));
    if (issued) CHECK(edge.attributes.at("start") == "2026-03-01");
  }
}

TEST_CASE("DOT escapes quotes") {
  const std::string text = Text(*Build(Samples()), ExportFormat::kDot);
  CHECK(Holds(text, "digraph tupu {"));
  CHECK(Holds(text, "[label=\"进口,\\\"<目录>&\\\"\", tooltip=\"Policy\"]"));
  CHECK(Holds(text, "[label=\"INVESTS\"]"));
}

TEST_CASE("Cypher merges nodes by id and edges between them") {
  const auto lines = Lines(Text(*Build(Samples()), ExportFormat::kCypher), "\n");
  REQUIRE(lines.size() == 1 + 4 + 2);
  std::map<std::string, int> begins;
  for (const std::string& line : lines) ++begins[line.substr(0, 6)];
  CHECK(begins["MERGE "] == 4);
  CHECK(begins["MATCH "] == 2);
  const std::string all = Text(*Build(Samples()), ExportFormat::kCypher);
  CHECK(Holds(all,
              "SET n:`Policy`, n += {`date`: \"2026-03-01\", `name`: \"进口,\\\"<目录>&\\\"\"}"));
  CHECK(Holds(all, "MERGE (a)-[r:`INVESTS` {id: "));
  CHECK(Holds(all, "`amount`: 1250000000.0"));
}

TEST_CASE("neo4j-admin CSV: two files whose ids join") {
  Files files = Written(*Build(Samples()), ExportFormat::kNeo4jCsv);
  REQUIRE(files.size() == 2);
  const auto nodes = CsvRows(files["nodes.csv"]);
  const auto edges = CsvRows(files["relationships.csv"]);
  REQUIRE(nodes.size() == 4);
  REQUIRE(edges.size() == 2);
  CHECK(Only(nodes, "name:string", "商务部").at(":LABEL") == "Entity;Ministry;Organisation");
  CHECK(Only(nodes, "name:string", "沙洲码头").at("amount:double") == "1250000000.0");
  const CsvRow issued = Only(edges, ":TYPE", "ISSUED");
  CHECK(issued.at(":START_ID") == Only(nodes, "name:string", "商务部").at("id:ID"));
  CHECK(issued.at("date:string") == "2026-03-01");
  CHECK(issued.at("documents:long") == "2");
  CHECK(issued.at("evidence:string") == "商务部再次发布《进口,\"<目录>&\"》。");
}

TEST_CASE("NebulaGraph: entities, one file an edge type, and the importer's configuration") {
  Files files = Written(*Build(Samples()), ExportFormat::kNebula);
  CHECK(files.size() == 4);
  const auto lines = Lines(files["entities.csv"], "\n");
  CHECK(lines.size() == 1 + 4);
  CHECK(Lines(files["edge_ISSUED.csv"], "\n").size() == 1 + 1);
  CHECK(Lines(files["edge_INVESTS.csv"], "\n").size() == 1 + 1);
  const std::string& config = files["importer.yaml"];
  for (const char* piece :
       {"spaceName: tupu", "CREATE TAG IF NOT EXISTS `entity`(", "- path: \"./edge_ISSUED.csv\"",
        "CREATE EDGE IF NOT EXISTS `INVESTS`(", "`amount` double NULL", "rank:"}) {
    CAPTURE(piece);
    CHECK(Holds(config, piece));
  }
}

TEST_CASE("RDF: the same triples as N-Triples and, shorter, as Turtle and JSON-LD") {
  const auto store = Build(Samples());
  const std::string triples = Text(*store, ExportFormat::kNtriples);
  std::set<std::string> subjects;
  for (const std::string& line : Lines(triples, "\n")) {
    REQUIRE(line.ends_with(" ."));
    subjects.insert(line.substr(0, line.find(' ')));
  }
  CHECK(subjects.size() == 3 + 4 + 2);  // documents, entities, relations
  CHECK(Holds(triples, "<https://schema.org/name> \"进口,\\\"<目录>&\\\"\"@zh ."));
  CHECK(Holds(triples, "<https://schema.org/Legislation>"));
  CHECK(Holds(triples, "\"2026-03-01\"^^<http://www.w3.org/2001/XMLSchema#date>"));
  CHECK(Holds(triples, "<http://www.w3.org/ns/prov#wasDerivedFrom> <urn:tupu:document:d3>"));
  const std::string turtle = Text(*store, ExportFormat::kTurtle);
  CHECK(Holds(turtle, "@prefix schema: <https://schema.org/> ."));
  CHECK(Holds(turtle, " a tupu:Policy , schema:Legislation ;"));
  CHECK(Holds(turtle, "tupu:amount \"1250000000.0\"^^xsd:double"));
  const std::string json = Text(*store, ExportFormat::kJsonld);
  CHECK(Holds(json, "\"schema:name\":{\"@language\":\"zh\",\"@value\":\"商务部\"}"));
}

TEST_CASE("FollowTheMoney: schemas of the ontology, edges as entities of their own") {
  const auto store = Build(Samples());
  std::map<std::string, int> schemas;
  for (const std::string& line : Lines(Text(*store, ExportFormat::kFtm), "\n")) {
    const std::size_t at = line.find("\"schema\":\"") + 10;
    ++schemas[line.substr(at, line.find('"', at) - at)];
  }
  const std::map<std::string, int> want{
      {"Company", 1}, {"Document", 3 + 1}, {"ProjectParticipant", 1},
      {"Project", 1}, {"PublicBody", 1},   {"UnknownLink", 1}};
  CHECK(schemas == want);
}

}  // namespace
}  // namespace tupu::graph
