// The promise of the store: what it holds depends on the documents only, whatever came before.
#include <doctest/doctest.h>

#include <cstdint>
#include <cstdlib>
#include <map>
#include <optional>
#include <random>
#include <set>

#include "graph/store/transaction.h"
#include "tests/graph/store/fixture.h"

namespace tupu::graph {
namespace {

// What was set by hand on the node of a key, or on an edge between two, by the origin of that name.
struct Written {
  std::uint64_t origin = 0;
  std::string from, to, type, title;  // ids; only `from` of a node
  std::string property;               // or label
  Value value;                        // null: taken away
  bool label = false;
};

std::string IdOf(const View& view, NodeId node) {
  return view.Node(node).value().properties.at("id").as_string();
}
std::string TitleOf(const EdgeRecord& record) {
  const auto title = record.properties.find("title");
  return title == record.properties.end() ? "" : ToJson(title->second);
}

// Gives a node a label, or takes one away that was given so.
void SetLabel(Transaction& transaction, NodeId node, std::mt19937& random, Written& out) {
  static constexpr const char* kLabels[] = {"核", "存疑", "Policy", "Company"};
  out.label = true;
  out.property = kLabels[random() % std::size(kLabels)];
  const View& view = transaction.view();
  const std::vector<std::string> labels = view.Node(node).value().labels;
  const bool has = std::find(labels.begin(), labels.end(), out.property) != labels.end();
  Status status;
  if (has) {
    status = transaction.RemoveLabel(node, out.property);
    CHECK((status.ok() || status.error().code == ErrorCode::kInvalidInput));  // the type gives it
  } else {
    out.value = Value(true);
    status = transaction.AddLabel(node, out.property);
    REQUIRE(status.ok());
  }
}

// Sets a property or label of something at random; what, if it changed anything.
std::optional<Written> SetSomething(Store& store, std::mt19937& random) {
  const View view = store.Snapshot();
  std::vector<NodeId> nodes;
  REQUIRE(view.ForEachNode(std::nullopt,
                           [&](NodeId node) {
                             nodes.push_back(node);
                             return true;
                           })
              .ok());
  std::vector<EdgeId> edges;
  REQUIRE(view.ForEachEdge(std::nullopt,
                           [&](EdgeId edge, TypeId, NodeId, NodeId) {
                             edges.push_back(edge);
                             return true;
                           })
              .ok());
  const bool of_edge = random() % 2 == 0;
  if (of_edge ? edges.empty() : nodes.empty()) return std::nullopt;
  Written out;
  auto transaction = store.Begin().value();
  const auto set = [&](auto id, std::initializer_list<const char*> names) {
    out.property = *(names.begin() + random() % names.size());
    out.value = out.property != "name" && random() % 4 == 0
                    ? Value()
                    : Value("手" + std::to_string(random() % 3));
    const Status status = transaction->SetProperty(id, out.property, out.value);
    REQUIRE_MESSAGE(status.ok(), (status.ok() ? "" : status.error().ToString()));
  };
  if (of_edge) {
    const EdgeId edge = edges[random() % edges.size()];
    const EdgeRecord record = view.Edge(edge).value();
    out.from = IdOf(view, record.from);
    out.to = IdOf(view, record.to);
    out.type = record.type;
    out.title = TitleOf(record);
    set(edge, {"date", "amount", "评"});
  } else {
    const NodeId node = nodes[random() % nodes.size()];
    out.from = IdOf(view, node);
    if (random() % 3 == 0) {
      SetLabel(*transaction, node, random, out);
    } else {
      set(node, {"date", "amount", "name", "评"});
    }
  }
  const UpdateCounts& counts = transaction->counts();
  if (counts.properties_set + counts.labels_added + counts.labels_removed == 0) return std::nullopt;
  REQUIRE(transaction->Commit().ok());
  out.origin = store.Snapshot().Origins().value().back().number;
  return out;
}

// Writes on what there is of it now.
void SetAgain(Store& store, const std::vector<Written>& written) {
  for (const Written& one : written) {
    const View view = store.Snapshot();
    const auto from = view.FindNodeById(one.from).value();
    if (!from) continue;
    auto transaction = store.Begin().value();
    if (one.label) {
      const Status status = one.value.is_null() ? transaction->RemoveLabel(*from, one.property)
                                                : transaction->AddLabel(*from, one.property);
      CHECK((status.ok() || one.value.is_null()));  // the type may give it by now
    } else if (one.to.empty()) {
      REQUIRE(transaction->SetProperty(*from, one.property, one.value).ok());
    } else {
      const auto to = view.FindNodeById(one.to).value();
      const auto type = view.FindType(one.type);
      std::vector<Neighbour> found;
      if (!to || !type) continue;
      REQUIRE(view.ExpandTo(*from, Direction::kOut, std::span(&*type, 1), *to, found).ok());
      for (const Neighbour& edge : found) {
        if (TitleOf(view.Edge(edge.edge).value()) != one.title) continue;
        REQUIRE(transaction->SetProperty(edge.edge, one.property, one.value).ok());
      }
    }
    REQUIRE(transaction->Commit().ok());
  }
}

// Deletes a node with all of its edges, or an edge, at random, by rejects.
void DeleteSomething(Store& store, std::mt19937& random) {
  const View view = store.Snapshot();
  if (random() % 2 == 0) {
    std::vector<NodeId> nodes;
    REQUIRE(view.ForEachNode(std::nullopt,
                             [&](NodeId node) {
                               nodes.push_back(node);
                               return true;
                             })
                .ok());
    std::set<NodeId> chosen;
    for (unsigned i = 0; i < 2 && !nodes.empty(); ++i)
      chosen.insert(nodes[random() % nodes.size()]);
    std::set<EdgeId> along;
    for (const NodeId node : chosen) {
      for (const Direction direction : {Direction::kOut, Direction::kIn}) {
        std::vector<Neighbour> found;
        REQUIRE(view.Expand(node, direction, {}, found).ok());
        for (const Neighbour& one : found) along.insert(one.edge);
      }
    }
    auto transaction = store.Begin().value();
    REQUIRE(transaction->Delete(chosen, along).ok());
    CHECK(transaction->counts().nodes_deleted == chosen.size());
    CHECK(transaction->counts().edges_deleted == along.size());
    REQUIRE(transaction->Commit().ok());
    return;
  }
  std::vector<EdgeId> edges;
  REQUIRE(view.ForEachEdge(std::nullopt,
                           [&](EdgeId edge, TypeId, NodeId, NodeId) {
                             edges.push_back(edge);
                             return true;
                           })
              .ok());
  if (edges.empty()) return;
  auto transaction = store.Begin().value();
  REQUIRE(transaction->DeleteEdge(edges[random() % edges.size()]).ok());
  REQUIRE(transaction->Commit().ok());
}

Judgements JudgementsOf(const Store& store) {
  std::vector<Judgement> all;
  const auto stored = store.Snapshot().StoredJudgements().value();
  for (const auto& [line, one] : stored->lines()) all.push_back(one);
  return Judgements::Make(all).value();
}

// A random history of adding, correcting, removing, judging and writing by hand in batches, against
// a build from scratch of what is left, in another order and other batches, the judgements at some
// moment, what was written by hand at the end.
struct HistoryCounts {
  std::uint64_t histories = 0, batches = 0, removals = 0, judged = 0, written = 0;
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
  std::vector<Written> written;
  for (int step = 0; step < steps; ++step) {
    CAPTURE(step);
    const unsigned by_hand = random() % 8;
    if (by_hand < 2) {
      if (auto one = SetSomething(*store, random)) written.push_back(std::move(*one));
      ++counts.written;
    } else if (by_hand == 2) {
      DeleteSomething(*store, random);
      judgements = JudgementsOf(*store);
    } else if (by_hand == 3 && !written.empty()) {
      const std::uint64_t origin = written[random() % written.size()].origin;
      REQUIRE(store->RemoveOrigin(origin).ok());
      std::erase_if(written, [&](const Written& one) { return one.origin == origin; });
    } else if (random() % 4 == 0) {
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
  SetAgain(*scratch, written);
  CHECK(Dump(store->Snapshot()) == Dump(scratch->Snapshot()));
  CHECK(*scratch->Check() == std::vector<std::string>{});

  // Judgements are undone exactly.
  const std::unique_ptr<Store> unjudged = OpenStore(kind, dir / "unjudged");
  if (!rest.empty()) REQUIRE(unjudged->Apply(rest, "版本一").ok());
  SetAgain(*unjudged, written);
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
          counts.removals, " removals, ", counts.judged, " sets of judgements, ", counts.written,
          " writes by hand");
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
