// Which entities and relations an export with a filter writes.
#include <doctest/doctest.h>

#include <set>

#include "tests/graph/exchange/samples.h"

namespace tupu::graph {
namespace {

using namespace samples;

std::vector<DocumentClaims> Regions() {
  std::vector<DocumentClaims> out = Samples();
  out.push_back(Builder("d4", "2025-12-30", "青山区隶属临江市。")
                    .Entity("County", "青山区")
                    .Entity("City", "临江市")
                    .Relation("LOCATED_IN")
                    .Take());
  out.push_back(Builder("d5", "2026-01", "绿源公司落户青山区。")
                    .Entity("Company", "绿源公司")
                    .Entity("County", "青山区")
                    .Relation("LOCATED_IN")
                    .Take());
  out.push_back(Builder("d6", "2026-04-01", "远洋公司投资绿源公司。")
                    .Entity("Company", "远洋公司")
                    .Entity("Company", "绿源公司")
                    .Relation("INVESTS")
                    .Take());
  return out;
}

// The names of the entities and "from TYPE to" of the relations that pass.
std::set<std::string> Passing(const Store& store, const ExportFilter& filter) {
  std::set<std::string> out;
  for (const CsvRow& row : CsvRows(Text(store, ExportFormat::kEntitiesCsv, filter))) {
    out.insert(row.at("name"));
  }
  for (const CsvRow& row : CsvRows(Text(store, ExportFormat::kRelationsCsv, filter))) {
    // Both ends are there.
    CHECK(out.count(row.at("from_name")) == 1);
    CHECK(out.count(row.at("to_name")) == 1);
    out.insert(row.at("from_name") + " " + row.at("type") + " " + row.at("to_name"));
  }
  return out;
}

using Names = std::set<std::string>;
const std::string kPolicy = "进口,\"<目录>&\"";

TEST_CASE("by type") {
  const auto store = Build(Regions());
  CHECK(Passing(*store, {{"Ministry", "Policy"}, "", "", ""}) ==
        Names{"商务部", kPolicy, "商务部 ISSUED " + kPolicy});
  CHECK(Passing(*store, {{"Region"}, "", "", ""}) ==
        Names{"青山区", "临江市", "青山区 LOCATED_IN 临江市"});
  CHECK(Passing(*store, {{"INVESTS", "Company"}, "", "", ""}) ==
        Names{"远洋公司", "绿源公司", "远洋公司 INVESTS 绿源公司"});
}

TEST_CASE("by region, however many steps away") {
  const auto store = Build(Regions());
  CHECK(Passing(*store, {{}, "临江市", "", ""}) ==
        Names{"临江市", "青山区", "绿源公司", "远洋公司", "青山区 LOCATED_IN 临江市",
              "绿源公司 LOCATED_IN 青山区", "远洋公司 INVESTS 绿源公司"});
}

TEST_CASE("by time: the edge's own date, else its documents'") {
  const auto store = Build(Regions());
  CHECK(Passing(*store, {{}, "", "2026-02", "2026-03-01"}) ==
        Names{"商务部", kPolicy, "商务部 ISSUED " + kPolicy});
  CHECK(Passing(*store, {{}, "", "", "2025"}) ==
        Names{"青山区", "临江市", "青山区 LOCATED_IN 临江市"});
  CHECK(Passing(*store, {{}, "", "2026-01-15", "2026-02"}) ==
        Names{"绿源公司", "青山区", "绿源公司 LOCATED_IN 青山区"});
  CHECK(Passing(*store, {{"LOCATED_IN"}, "临江市", "2026", ""}) ==
        Names{"绿源公司", "青山区", "绿源公司 LOCATED_IN 青山区"});
}

TEST_CASE("a filter that cannot be meant is refused before anything is written") {
  const auto store = Build(Regions());
  const std::pair<ExportFilter, const char*> cases[] = {
      {{{"Polici"}, "", "", ""}, "Polici"},   {{{}, "无名市", "", ""}, "无名市"},
      {{{}, "绿源公司", "", ""}, "绿源公司"},  // no region
      {{{}, "", "2026年", ""}, "2026年"},     {{{}, "", "", "2026-2-1"}, "2026-2-1"},
  };
  for (const auto& [filter, named] : cases) {
    CAPTURE(named);
    int pieces = 0;
    const Status status = Export(store->Snapshot(), ShippedSchema(), ExportFormat::kRelationsCsv,
                                 filter, [&](std::string_view, std::string_view) {
                                   ++pieces;
                                   return true;
                                 });
    REQUIRE_FALSE(status.ok());
    CHECK(status.error().ToString().find(named) != std::string::npos);
    CHECK(pieces == 0);
  }
  CHECK_FALSE(Export(store->Snapshot(), ShippedSchema(), ExportFormat::kJsonl,
                     {{"Policy"}, "", "", ""},
                     [](std::string_view, std::string_view) { return true; })
                  .ok());
}

}  // namespace
}  // namespace tupu::graph
