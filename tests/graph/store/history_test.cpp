// The promise of the store: what it holds depends on the documents only, whatever came before.
#include <doctest/doctest.h>

#include <cstdint>
#include <cstdlib>
#include <map>
#include <random>
#include <set>

#include "tests/graph/store/fixture.h"

namespace tupu::graph {
namespace {

// A random history of adding, correcting, removing and judging in batches, against a build from
// scratch of what is left, in another order and other batches, the judgements at some moment.
struct HistoryCounts {
  std::uint64_t histories = 0, batches = 0, removals = 0, judged = 0;
};
HistoryCounts counts;

// Set by tests/durability/history_test.sh, for as many histories as one likes.
std::uint32_t FromEnvironment(const char* name, std::uint32_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : static_cast<std::uint32_t>(std::strtoul(text, nullptr, 10));
}

void CheckHistory(StoreKind kind, std::uint32_t seed, int steps) {
  CAPTURE(seed);
  ++counts.histories;
  std::mt19937 random(seed);
  const TempDir dir;
  const std::unique_ptr<Store> store = OpenStore(kind, dir / "history");
  std::map<std::string, DocumentClaims> documents;
  Judgements judgements;
  for (int step = 0; step < steps; ++step) {
    CAPTURE(step);
    if (random() % 4 == 0) {
      judgements = RandomJudgements(random);
      ++counts.judged;
      const Status judged = store->Judge(judgements);
      REQUIRE_MESSAGE(judged.ok(), (judged.ok() ? "" : judged.error().ToString()));
    } else if (random() % 4 == 0) {
      std::vector<std::string> ids = {"没有这一篇"};
      for (const auto& [id, doc] : documents) {
        if (random() % 3 == 0) ids.push_back(id);
      }
      std::vector<std::string> missing;
      const Result<ApplyReport> report = store->Remove(ids, &missing);
      REQUIRE(report.ok());
      CHECK(report->removed == ids.size() - 1);
      ++counts.removals;
      CHECK(missing == std::vector<std::string>{"没有这一篇"});
      for (const std::string& id : ids) documents.erase(id);
    } else {
      std::vector<DocumentClaims> batch;
      std::set<std::string> ids;
      for (unsigned i = 0; i < 1 + random() % 4; ++i) {
        const std::string id = "文" + std::to_string(random() % 8);
        if (!ids.insert(id).second) continue;
        const auto known = documents.find(id);
        const bool again = known != documents.end() && random() % 4 == 0;
        batch.push_back(again ? known->second : RandomDocument(random, id));
      }
      const Result<ApplyReport> report = store->Apply(batch, "版本一");
      REQUIRE_MESSAGE(report.ok(), (report.ok() ? "" : report.error().ToString()));
      ++counts.batches;
      CHECK(report->added + report->corrected + report->unchanged == batch.size());
      for (DocumentClaims& doc : batch) documents[doc.document.id] = std::move(doc);
    }
    const Result<std::vector<std::string>> findings = store->Check();
    REQUIRE(findings.ok());
    REQUIRE(*findings == std::vector<std::string>{});
  }

  const std::unique_ptr<Store> scratch = OpenStore(kind, dir / "scratch");
  std::vector<DocumentClaims> rest;
  for (const auto& [id, doc] : documents) rest.push_back(doc);
  std::shuffle(rest.begin(), rest.end(), random);
  const std::size_t judged_at = random() % (rest.size() + 1);
  bool judged = false;
  const auto judge = [&] {
    REQUIRE(scratch->Judge(judgements).ok());
    judged = true;
  };
  for (std::size_t begin = 0; begin < rest.size();) {
    if (!judged && begin >= judged_at) judge();
    const std::size_t count = std::min<std::size_t>(1 + random() % 5, rest.size() - begin);
    REQUIRE(scratch->Apply(std::span(rest).subspan(begin, count), "版本一").ok());
    begin += count;
  }
  if (!judged) judge();
  CHECK(Dump(store->Snapshot()) == Dump(scratch->Snapshot()));
  CHECK(*scratch->Check() == std::vector<std::string>{});

  // Judgements are undone exactly.
  const std::unique_ptr<Store> unjudged = OpenStore(kind, dir / "unjudged");
  if (!rest.empty()) REQUIRE(unjudged->Apply(rest, "版本一").ok());
  REQUIRE(store->Judge(Judgements()).ok());
  CHECK(Dump(store->Snapshot()) == Dump(unjudged->Snapshot()));
  CHECK(*store->Check() == std::vector<std::string>{});

  // And nothing is left when all are gone.
  std::vector<std::string> ids;
  for (const auto& [id, doc] : documents) ids.push_back(id);
  REQUIRE(store->Remove(ids, nullptr).ok());
  CHECK(Dump(store->Snapshot()) == Dump(OpenStore(StoreKind::kMemory, dir / "none")->Snapshot()));
  CHECK(*store->Check() == std::vector<std::string>{});
}

TEST_CASE("a store in memory is a function of its documents") {
  const std::uint32_t first = FromEnvironment("TUPU_FIRST_HISTORY", 0);
  const std::uint32_t last = first + FromEnvironment("TUPU_HISTORIES", 150);
  counts = {};
  for (std::uint32_t seed = first; seed < last; ++seed) CheckHistory(StoreKind::kMemory, seed, 12);
  MESSAGE(counts.histories, " histories: ", counts.batches, " batches of documents, ",
          counts.removals, " removals, ", counts.judged, " sets of judgements");
}

TEST_CASE("a store on disk is a function of its documents") {
  for (std::uint32_t seed = 1000; seed < 1010; ++seed) CheckHistory(StoreKind::kRocks, seed, 12);
}

TEST_CASE("both kinds of store hold the same") {
  std::mt19937 random(7);
  const TempDir dir;
  const auto memory = OpenStore(StoreKind::kMemory, dir / "a");
  const auto rocks = OpenStore(StoreKind::kRocks, dir / "b");
  std::vector<DocumentClaims> batch;
  for (int i = 0; i < 40; ++i) batch.push_back(RandomDocument(random, "文" + std::to_string(i)));
  REQUIRE(memory->Apply(batch, "v").ok());
  REQUIRE(rocks->Apply(batch, "v").ok());
  CHECK(Dump(memory->Snapshot()) == Dump(rocks->Snapshot()));
}

}  // namespace
}  // namespace tupu::graph
