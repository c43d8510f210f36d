#include "graph/exchange/export.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "graph/exchange/records.h"
#include "graph/store/transaction.h"
#include "tests/graph/exchange/samples.h"

namespace tupu::graph {
namespace {

using namespace samples;

TEST_CASE("every name finds its format, others none") {
  for (const ExportFormatInfo& info : ExportFormats()) {
    CHECK(FindExportFormat(info.name) == info.format);
  }
  CHECK_FALSE(FindExportFormat("").has_value());
  CHECK_FALSE(FindExportFormat("JSONL").has_value());
}

TEST_CASE("an empty store gives files without rows") {
  const auto store = Build({});
  CHECK(Text(*store, ExportFormat::kJsonl).empty());
  CHECK(Text(*store, ExportFormat::kRelationsJsonl).empty());
  CHECK(CsvRows(Text(*store, ExportFormat::kRelationsCsv)).empty());
  CHECK(CsvRows(Text(*store, ExportFormat::kEntitiesCsv)).empty());
  const auto elements = ParseXml(Text(*store, ExportFormat::kGraphml));
  CHECK(std::none_of(elements.begin(), elements.end(),
                     [](const Element& element) { return element.name == "node"; }));
}

TEST_CASE("the order of building does not show, in any format") {
  const auto forth = Build(Samples());
  auto samples = Samples();
  std::reverse(samples.begin(), samples.end());
  const auto back = Build(std::move(samples));
  // And one that held something else in between.
  auto more = Samples();
  more.push_back(Builder("d0", "", "绿源公司落户金山工业园。")
                     .Entity("Company", "绿源公司")
                     .Entity("Zone", "金山工业园")
                     .Relation("LOCATED_IN")
                     .Take());
  std::rotate(more.begin(), more.begin() + 3, more.end());
  const auto less = Build(std::move(more));
  const std::string gone = "d0";
  REQUIRE(less->Remove(std::span(&gone, 1), nullptr).ok());
  for (const ExportFormatInfo& info : ExportFormats()) {
    CAPTURE(std::string(info.name));
    const Files want = Written(*forth, info.format);
    CHECK(Written(*back, info.format) == want);
    CHECK(Written(*less, info.format) == want);
  }
}

TEST_CASE("relations carry their ends, evidence and properties") {
  const auto store = Build(Samples());
  const auto rows = CsvRows(Text(*store, ExportFormat::kRelationsCsv));
  CHECK(rows.size() == 2);
  CHECK(std::is_sorted(rows.begin(), rows.end(),
                       [](const CsvRow& a, const CsvRow& b) { return a.at("id") < b.at("id"); }));
  const CsvRow issued = Only(rows, "type", "ISSUED");
  CHECK(issued.at("from_name") == "商务部");
  CHECK(issued.at("from_type") == "Ministry");
  CHECK(issued.at("to_name") == "进口,\"<目录>&\"");
  CHECK(issued.at("to_type") == "Policy");
  CHECK(issued.at("status") == "done");
  CHECK(issued.at("date") == "2026-03-01");
  CHECK(issued.at("amount").empty());
  // Of two that are equally strong and sure the later document speaks.
  CHECK(issued.at("document") == "d3");
  CHECK(issued.at("document_date") == "2026-03-09");
  CHECK(issued.at("document_title") == "标题,“一”");
  CHECK(issued.at("evidence") == "商务部再次发布《进口,\"<目录>&\"》。");
  CHECK(issued.at("field") == "text");
  CHECK(issued.at("start") == "0");
  CHECK(issued.at("end") == "20");
  CHECK(issued.at("rule") == "test-rule");
  CHECK(issued.at("confidence") == "0.9");
  CHECK(issued.at("documents") == "2");
  CHECK(issued.at("statements") == "2");
  const CsvRow invests = Only(rows, "type", "INVESTS");
  CHECK(invests.at("status") == "planned");
  CHECK(invests.at("amount") == "1250000000.0");
  CHECK(invests.at("properties").empty());

  const auto lines = Lines(Text(*store, ExportFormat::kRelationsJsonl), "\n");
  REQUIRE(lines.size() == 2);
  CHECK(std::any_of(lines.begin(), lines.end(), [](const std::string& line) {
    return line.find("\"to_name\":\"进口,\\\"<目录>&\\\"\"") != std::string::npos &&
           line.find("\"evidence\":\"商务部再次发布") != std::string::npos;
  }));
}

TEST_CASE("entities carry names, labels and properties") {
  const auto store = Build(Samples());
  const auto rows = CsvRows(Text(*store, ExportFormat::kEntitiesCsv));
  CHECK(rows.size() == 4);
  const CsvRow project = Only(rows, "name", "沙洲码头");
  CHECK(project.at("type") == "Project");
  CHECK(project.at("labels") == "[\"Entity\",\"Project\"]");
  CHECK(project.at("amount") == "1250000000.0");
  CHECK(project.at("id").size() > 8);
  CHECK(Only(rows, "name", "商务部").at("labels") == "[\"Entity\",\"Ministry\",\"Organisation\"]");
}

TEST_CASE("jsonl holds documents, entities, relations and statements, each kind by id") {
  const auto store = Build(Samples());
  const auto lines = Lines(Text(*store, ExportFormat::kJsonl), "\n");
  std::vector<std::pair<std::string, std::string>> seen;
  for (const std::string& line : lines) {
    const auto text_of = [&](const std::string& key) {
      const std::string mark = "\"" + key + "\":\"";
      const std::size_t at = line.rfind(mark);
      REQUIRE(at != std::string::npos);
      return line.substr(at + mark.size(), line.find('"', at + mark.size()) - at - mark.size());
    };
    seen.emplace_back(text_of("kind"), text_of("id"));
  }
  CHECK(std::is_sorted(seen.begin(), seen.end()));
  CHECK(std::adjacent_find(seen.begin(), seen.end()) == seen.end());
  std::map<std::string, int> kinds;
  for (const auto& [kind, id] : seen) ++kinds[kind];
  CHECK(kinds["document"] == 3);
  CHECK(kinds["entity"] == 4);
  CHECK(kinds["relation"] == 2);
  // Six forms, six full names, three relations, two properties.
  CHECK(kinds["statement"] == 17);
}

TEST_CASE("jsonl tells what was written by hand, and what origins there are") {
  const auto store = Build(Samples());
  const View before = store->Snapshot();
  const auto node = [&](const char* name) {
    return store->Snapshot().FindNodesByName(name).value().at(0);
  };
  std::vector<EdgeId> edges;
  const auto invests = before.FindType("INVESTS");
  REQUIRE(before
              .ForEachEdge(invests,
                           [&](EdgeId edge, TypeId, NodeId, NodeId) {
                             edges.push_back(edge);
                             return true;
                           })
              .ok());
  REQUIRE(edges.size() == 1);
  for (int origin = 0; origin < 2; ++origin) {
    auto transaction = store->Begin().value();
    REQUIRE(transaction->SetProperty(node("沙洲码头"), "amount", Value(origin)).ok());
    REQUIRE(transaction->SetProperty(edges[0], "date", Value()).ok());
    REQUIRE(transaction->SetProperty(edges[0], "评", Value("二")).ok());
    if (origin == 1) {
      REQUIRE(transaction->AddLabel(node("商务部"), "核").ok());
      const NodeId note = transaction->CreateNode({"备忘"}, {}).value();
      REQUIRE(transaction->CreateEdge("关于", note, node("商务部"), {}).ok());
    }
    REQUIRE(transaction->Commit().ok());
  }
  const auto count = [&](const std::vector<std::string>& parts) {
    const auto lines = Lines(Text(*store, ExportFormat::kJsonl), "\n");
    return std::count_if(lines.begin(), lines.end(), [&](const std::string& line) {
      return std::all_of(parts.begin(), parts.end(), [&](const std::string& part) {
        return line.find(part) != std::string::npos;
      });
    });
  };
  const std::string overlay = "\"kind\":\"overlay\"";
  const std::pair<std::vector<std::string>, int> cases[] = {
      {{overlay}, 5},
      {{overlay, "\"origin\":0", "\"property\":\"amount\"", "\"value\":0"}, 1},
      {{overlay, "\"origin\":1", "\"property\":\"amount\"", "\"value\":1", "\"entity\":"}, 1},
      {{overlay, "\"origin\":1", "\"label\":\"核\"", "\"value\":true", "\"name\":\"商务部\""}, 1},
      {{overlay, "\"type\":\"INVESTS\"", "\"relation\":", "\"value\":\"二\""}, 2},
      {{"\"kind\":\"origin\""}, 2},
      {{"\"kind\":\"origin\"", "\"number\":1", "\"labels\":1", "\"nodes\":1", "\"relationships\":1",
        "\"properties\":2", "\"wrote\":\"query\""},
       1},
      {{"\"kind\":\"entity\"", "\"origin\":1", "备忘"}, 1},
      {{"\"kind\":\"relation\"", "\"origin\":1", "关于"}, 1},
      {{"\"kind\":\"entity\"", "\"origin\""}, 1}};
  for (const auto& [parts, want] : cases) {
    CAPTURE(parts.back());
    CHECK(count(parts) == want);
  }
  // As many as `origins` counts, for each.
  const std::vector<OriginInfo> origins = store->Snapshot().Origins().value();
  for (const OriginInfo& one : origins) {
    CHECK(count({overlay, "\"origin\":" + std::to_string(one.number)}) ==
          static_cast<int>(one.properties + one.labels));
  }
  // What lies still is told too.
  std::vector<std::string> ids;
  REQUIRE(store->Snapshot()
              .ForEachDocument([&](const DocumentHeader& header) {
                ids.push_back(header.id);
                return true;
              })
              .ok());
  REQUIRE(store->Remove(ids, nullptr).ok());
  CHECK(count({overlay}) == 5);
  CHECK(count({overlay, "\"entity\":"}) == 0);
  CHECK(count({overlay, "\"relation\":"}) == 0);
}

TEST_CASE("jsonl tells which entities are rejected") {
  const auto store = Build(Samples());
  const auto lines_with = [&](const std::string& part) {
    const auto lines = Lines(Text(*store, ExportFormat::kJsonl), "\n");
    return std::count_if(lines.begin(), lines.end(), [&](const std::string& line) {
      return line.find(part) != std::string::npos;
    });
  };
  REQUIRE(store->Judge(Judgements::Parse("reject\t*\tProject:沙洲码头\n", "x").value()).ok());
  CHECK(lines_with("\"kind\":\"entity\"") == 3);
  CHECK(lines_with("\"kind\":\"relation\"") == 1);
  CHECK(lines_with("\"rejected\":true") > 2);  // a name at least, the amount and the relation
  CHECK(lines_with("{\"document\":null,\"key\":{\"context\":\"\",\"name\":\"沙洲码头\","
                   "\"type\":\"Project\"},\"kind\":\"judgement\",\"says\":\"reject\"}") == 1);
}

TEST_CASE("GraphML reads back as the same graph") {
  const auto store = Build(Samples());
  const auto elements = ParseXml(Text(*store, ExportFormat::kGraphml));
  std::map<std::string, std::pair<std::string, std::string>> keys;  // id to name and type
  std::map<std::string, std::map<std::string, std::string>> nodes, edges;
  std::map<std::string, std::string>* open = nullptr;
  for (const Element& element : elements) {
    const auto& at = element.attributes;
    if (element.name == "key") {
      keys[at.at("id")] = {at.at("attr.name"), at.at("attr.type")};
    } else if (element.name == "node") {
      open = &nodes[at.at("id")];
    } else if (element.name == "edge") {
      open = &edges[at.at("id")];
      (*open)["source"] = at.at("source");
      (*open)["target"] = at.at("target");
    } else if (element.name == "data") {
      REQUIRE(open != nullptr);
      REQUIRE(keys.count(at.at("key")) == 1);  // declared before
      (*open)[keys[at.at("key")].first] = element.text;
    }
  }
  CHECK(nodes.size() == 4);
  REQUIRE(edges.size() == 2);
  CHECK(keys["edge_amount"].second == "double");
  CHECK(keys["node_label"].second == "string");
  for (auto& [id, edge] : edges) {
    REQUIRE(nodes.count(edge["source"]) == 1);
    REQUIRE(nodes.count(edge["target"]) == 1);
    if (edge["label"] == "ISSUED") {
      CHECK(nodes[edge["source"]]["label"] == "商务部");
      CHECK(nodes[edge["target"]]["label"] == "进口,\"<目录>&\"");
      CHECK(nodes[edge["target"]]["type"] == "Policy");
    } else {
      CHECK(edge["label"] == "INVESTS");
      CHECK(edge["amount"] == "1250000000.0");
      CHECK(edge["status"] == "planned");
    }
  }
}

TEST_CASE("a sink that has enough ends every format early") {
  const auto store = Build(Samples());
  for (const ExportFormatInfo& info : ExportFormats()) {
    CAPTURE(std::string(info.name));
    int pieces = 0;
    const Status status = Export(store->Snapshot(), ShippedSchema(), info.format, {},
                                 [&](std::string_view, std::string_view) {
                                   ++pieces;
                                   return false;
                                 });
    CHECK(status.ok());
    CHECK(pieces == 1);
  }
}

TEST_CASE("the most special type of a node") {
  const std::pair<std::vector<std::string>, const char*> cases[] = {
      {{}, ""},
      {{"Entity"}, "Entity"},
      {{"Entity", "Official", "Person"}, "Official"},
      {{"Entity", "Ministry", "Organisation"}, "Ministry"},
      {{"Custom"}, "Custom"},
  };
  for (const auto& [labels, want] : cases) CHECK(PrimaryType(ShippedSchema(), labels) == want);
}

}  // namespace
}  // namespace tupu::graph
