#include "graph/store/search.h"

#include <doctest/doctest.h>

#include <map>
#include <random>

#include "graph/store/bulk_load.h"
#include "tests/graph/store/fixture.h"

namespace tupu::graph {
namespace {

DocumentClaims TextDocument(const std::string& id, std::string_view text) {
  DocumentMaker maker(id);
  maker.Text(text);
  return maker.Done();
}

// Ids of the documents, the best first.
std::string FoundDocuments(const View& view, std::string_view query, std::size_t limit = 0) {
  const auto hits = view.Search(SearchKind::kDocuments, ParseSearch(query).value(), limit).value();
  std::string out;
  for (const SearchHit& hit : hits) out += (out.empty() ? "" : " ") + hit.document;
  return out;
}

TEST_CASE("what a query finds in documents, with an index and without") {
  const TempDir dir;
  const auto store = OpenStore(StoreKind::kMemory, dir / "s");
  const std::vector<DocumentClaims> docs = {
      TextDocument("甲", "云岭省支持数字经济发展，建设５Ｇ基站。"),
      TextDocument("乙", "经济发展要靠数字化，字经里没有。"),
      TextDocument("丙", "Low-altitude flights: 低空经济与数字经济，数字经济为主。"),
      TextDocument("丁", "lower costs for 5G"), TextDocument("戊", "沙灣碼頭擴建完成。")};
  REQUIRE(store->Apply(docs, "v").ok());
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"数字经济", "丙 乙 甲"},  // all pairs of it, in 乙 apart; of two as often the shorter first
      {"\"数字经济\"", "丙 甲"},
      {"\"经济发展\"", "乙 甲"},
      {"5g", "丁 甲"},
      {"5G 经济", "甲"},
      {"low*", "丁 丙"},
      {"low", "丙"},
      {"数字经*", "丙 甲"},
      {"LOWER cost*", "丁"},
      {"没有这样的话", ""},
      {"“低空经济”", "丙"},
      {"flights 数字", "丙"},
      {"數字經濟", "丙 乙 甲"},  // traditional and simplified forms are one
      {"\"碼頭\"", "戊"},
      {"码头 灣", "戊"},
      {"成", "戊"},  // one character, at the end of a row or within
      {"济", "丙 乙 甲"},
      {"展*", "乙 甲"},
      {"字5", ""}};
  for (int round = 0; round < 2; ++round) {
    for (const auto& [query, found] : cases) {
      CAPTURE(round);
      CAPTURE(query);
      CHECK(FoundDocuments(store->Snapshot(), query) == found);
    }
    CHECK(FoundDocuments(store->Snapshot(), "数字经济", 1) == "丙");
    REQUIRE(store->UpdateSearch().ok());
    CHECK(*store->Check() == std::vector<std::string>{});
  }
}

TEST_CASE("queries that are none") {
  for (const char* query : {"", "  ", "\"数字", "。", "*", "\"\"", "数字 、", "\xff"}) {
    CAPTURE(query);
    CHECK_FALSE(ParseSearch(query).ok());
  }
  std::string many;
  for (int i = 0; i < 33; ++i) many += "字 ";
  CHECK_FALSE(ParseSearch(many).ok());
  CHECK_FALSE(ParseSearch(std::string(5000, 'a')).ok());
}

TEST_CASE("places are marked in the text as it came") {
  const std::string text = "建设５Ｇ基站，支持数字经济。";
  const auto marked = [&](const char* query) {
    std::string out;
    for (const Span span : FindPieces(ParseSearch(query).value(), text)) {
      out += "[" + text.substr(span.begin, span.end - span.begin) + "]";
    }
    return out;
  };
  CHECK(marked("5g") == "[５Ｇ]");
  CHECK(marked("数字经济 基站") == "[基站][数字经济]");
  CHECK(marked("\"数字化\"") == "");
  CHECK(marked("數字經濟") == "[数字经济]");
}

// Names of the entities, the best first.
std::string FoundEntities(const View& view, std::string_view query) {
  const auto hits = view.Search(SearchKind::kEntities, ParseSearch(query).value(), 0).value();
  std::string out;
  for (const SearchHit& hit : hits) {
    out += (out.empty() ? "" : " ") + view.Node(hit.node).value().properties.at("name").as_string();
  }
  return out;
}

TEST_CASE("entities are found by their names, their other forms and what was imported") {
  for (const StoreKind kind : {StoreKind::kMemory, StoreKind::kRocks}) {
    CAPTURE(static_cast<int>(kind));
    const TempDir dir;
    const auto store = OpenStore(kind, dir / "s");
    DocumentMaker maker("甲");
    maker.Text("云岭省能源局（以下简称能源局）发布通知，岭能局参加。");
    maker.Entity("Ministry", "云岭省能源局", {"云岭省能源局", "岭能局"});
    const DocumentClaims doc = maker.Done();
    REQUIRE(store->Apply(std::span(&doc, 1), "v").ok());
    CHECK(FoundEntities(store->Snapshot(), "岭能局") == "云岭省能源局");
    CHECK(FoundEntities(store->Snapshot(), "嶺能局") == "云岭省能源局");
    const auto load = [&](std::initializer_list<const char*> names) {
      auto bulk = store->BeginLoad("import").value();
      const std::uint32_t name = bulk->Property("name");
      for (const char* one : names) {
        REQUIRE(bulk->AddNode({}, StoredProperties{{name, Value(one)}}).ok());
      }
      REQUIRE(bulk->AddNode({}, {}).ok());
      REQUIRE(bulk->Finish().ok());
    };
    load({"沙洲港务集团"});
    CHECK(FoundEntities(store->Snapshot(), "沙洲") == "沙洲港务集团");
    REQUIRE(store->UpdateSearch().ok());
    CHECK(store->Snapshot().SearchIsCurrent().value());
    CHECK(FoundEntities(store->Snapshot(), "沙洲") == "沙洲港务集团");
    load({"沙洲矿业", "海右铁路公司", "长桥长桥", "长桥", "长桥矿业"});
    CHECK_FALSE(store->Snapshot().SearchIsCurrent().value());
    for (int round = 0; round < 2; ++round) {
      CAPTURE(round);
      CHECK(FoundEntities(store->Snapshot(), "沙洲") == "沙洲矿业 沙洲港务集团");
      CHECK(FoundEntities(store->Snapshot(), "\"海右铁路\"") == "海右铁路公司");
      CHECK(FoundEntities(store->Snapshot(), "岭能局") == "云岭省能源局");
      // The one that is called so, then by how often and how short.
      CHECK(FoundEntities(store->Snapshot(), "长桥") == "长桥 长桥长桥 长桥矿业");
      CHECK(*store->Check() == std::vector<std::string>{});
      REQUIRE(store->UpdateSearch().ok());
    }
  }
}

// Every hit and score that a few queries give.
std::string Everything(const View& view) {
  std::string out;
  for (const char* query :
       {"工信局", "海右重工", "\"云岭\"", "周*", "方案 园区", "商务局 海州", "重*"}) {
    const SearchQuery parsed = ParseSearch(query).value();
    for (const SearchKind kind : {SearchKind::kDocuments, SearchKind::kEntities}) {
      const auto hits = view.Search(kind, parsed, 0).value();
      for (const SearchHit& hit : hits) {
        out += std::string(query) + " " + DoubleToString(hit.score) + " " + hit.document;
        if (kind == SearchKind::kEntities) {
          out += view.Node(hit.node).value().properties.at("id").as_string();
        }
        out += "\n";
      }
    }
  }
  return out;
}

TEST_CASE("what is found depends on documents and judgements only, not on what is indexed") {
  bool found = false;
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    const TempDir dir;
    const auto store = OpenStore(StoreKind::kMemory, dir / "s");
    std::map<std::string, DocumentClaims> documents;
    Judgements judgements;
    for (int step = 0; step < 12; ++step) {
      CAPTURE(step);
      const std::string id = "文" + std::to_string(random() % 6);
      switch (random() % 5) {
        case 0:
          REQUIRE(store->Remove(std::vector{id}, nullptr).ok());
          documents.erase(id);
          break;
        case 1:
          REQUIRE(store->UpdateSearch().ok());
          break;
        case 2:
          judgements = RandomJudgements(random);
          REQUIRE(store->Judge(judgements).ok());
          break;
        default:
          documents.insert_or_assign(id, RandomDocument(random, id));
          REQUIRE(store->Apply(std::span(&documents.at(id), 1), "v").ok());
      }
      REQUIRE(*store->Check() == std::vector<std::string>{});
    }
    const auto scratch = OpenStore(StoreKind::kMemory, dir / "t");
    for (const auto& [id, doc] : documents) REQUIRE(scratch->Apply(std::span(&doc, 1), "v").ok());
    REQUIRE(scratch->Judge(judgements).ok());
    const std::string expected = Everything(scratch->Snapshot());
    found = found || !expected.empty();
    CHECK(Everything(store->Snapshot()) == expected);
    REQUIRE(store->UpdateSearch().ok());
    CHECK(Everything(store->Snapshot()) == expected);
    CHECK(*store->Check() == std::vector<std::string>{});
  }
  CHECK(found);
}

}  // namespace
}  // namespace tupu::graph
