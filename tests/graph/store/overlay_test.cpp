// Overlays and rejects: what hands write over what documents say stays, comes back, moves and goes.
#include <doctest/doctest.h>

#include "graph/store/overlays.h"
#include "graph/store/transaction.h"
#include "tests/graph/store/fixture.h"

namespace tupu::graph {
namespace {

template <class T>
T Get(Result<T> result) {
  REQUIRE_MESSAGE(result.ok(), (result.ok() ? "" : result.error().ToString()));
  return std::move(result).value();
}
void Ok(const Status& status) {
  REQUIRE_MESSAGE(status.ok(), (status.ok() ? "" : status.error().ToString()));
}

std::string Findings(const Store& store) {
  std::string out;
  for (const std::string& line : Get(store.Check())) out += line + "\n";
  return out;
}

// A ministry that issued a policy, under one name or another, and has somebody at its head.
DocumentClaims Report(const std::string& id, const std::string& policy,
                      const std::string& ministry = "云岭省能源局") {
  DocumentMaker maker(id);
  const auto body = maker.Entity("Ministry", ministry);
  const auto rules = maker.Entity("Policy", policy, {}, {{"date", Value("2026-02")}});
  const auto person = maker.Entity("Official", "周明远");
  maker.Relation("ISSUED", body, rules, {{"date", Value("2026-02-01")}});
  maker.Relation("HOLDS_POSITION", person, body, {{"title", Value("局长")}});
  maker.Relation("HOLDS_POSITION", person, body, {{"title", Value("书记")}});
  return maker.Done();
}

void Add(Store& store, const DocumentClaims& doc) {
  Get(store.Apply(std::span(&doc, 1), "v"));
  CHECK(Findings(store) == "");
}
void Take(Store& store, const std::string& id) {
  Get(store.Remove(std::span(&id, 1), nullptr));
  CHECK(Findings(store) == "");
}

std::optional<NodeId> Called(const View& view, std::string_view name) {
  const auto nodes = Get(view.FindNodesByName(name));
  CHECK(nodes.size() <= 1);
  return nodes.empty() ? std::nullopt : std::optional(nodes.front());
}

// The edges of the type from what is called so, in order of number.
std::vector<EdgeId> From(const View& view, std::string_view name, const char* type) {
  std::vector<Neighbour> found;
  const auto id = view.FindType(type);
  const auto node = Called(view, name);
  if (!id || !node) return {};
  Ok(view.Expand(*node, Direction::kOut, std::span(&*id, 1), found));
  std::vector<EdgeId> out;
  for (const Neighbour& one : found) out.push_back(one.edge);
  std::sort(out.begin(), out.end());
  return out;
}

template <class Id>
void Set(Store& store, Id id, std::string_view name, const Value& value) {
  auto transaction = Get(store.Begin());
  Ok(transaction->SetProperty(id, name, value));
  Ok(transaction->Commit());
  transaction.reset();
  CHECK(Findings(store) == "");
}

std::string Shown(const Properties& properties, const std::string& name) {
  const auto found = properties.find(name);
  return found == properties.end() ? "none" : ToJson(found->second);
}
std::string Shown(const View& view, std::string_view node, const std::string& name) {
  const auto id = Called(view, node);
  return id ? Shown(Get(view.Node(*id)).properties, name) : "no node";
}
std::string ShownOfEdge(const View& view, std::string_view from, const char* type,
                        const std::string& name) {
  const auto edges = From(view, from, type);
  return edges.empty() ? "no edge" : Shown(Get(view.Edge(edges.front())).properties, name);
}

const std::string kPolicy = "园区提升方案";
const std::string kBody = "云岭省能源局";

TEST_CASE("what is set on a node lies over what documents say, as long as they make it") {
  for (const StoreKind kind : {StoreKind::kMemory, StoreKind::kRocks}) {
    CAPTURE(static_cast<int>(kind));
    const TempDir dir;
    const auto store = OpenStore(kind, dir / "s");
    Add(*store, Report("文一", kPolicy));
    const std::string before = Dump(store->Snapshot());
    const NodeId policy = *Called(store->Snapshot(), kPolicy);
    Set(*store, policy, "date", Value("2026-03"));
    Set(*store, policy, "复核", Value(List{Value(1), Value(2)}));
    CHECK(Shown(store->Snapshot(), kPolicy, "date") == "\"2026-03\"");
    CHECK(Shown(store->Snapshot(), kPolicy, "复核") == "[1,2]");
    const auto overlays = Get(store->Snapshot().Overlays(policy));
    REQUIRE(overlays.size() == 2);
    CHECK(overlays[0].name == "date");
    CHECK(overlays[0].origin.number == 0);
    CHECK(overlays[0].origin.kind == "query");
    // Another document, a correction, and all of them gone and back.
    Add(*store, Report("文二", kPolicy));
    Add(*store, Report("文一", kPolicy, "海州商务局"));
    CHECK(Shown(store->Snapshot(), kPolicy, "date") == "\"2026-03\"");
    Take(*store, "文一");
    Take(*store, "文二");
    CHECK(Shown(store->Snapshot(), kPolicy, "date") == "no node");
    Add(*store, Report("文一", kPolicy));
    CHECK(Shown(store->Snapshot(), kPolicy, "date") == "\"2026-03\"");
    const auto origins = Get(store->Snapshot().Origins());
    REQUIRE(origins.size() == 2);
    CHECK(origins[0].properties == 1);
    CHECK(Get(store->RemoveOrigin(0)).properties == 1);
    CHECK(Shown(store->Snapshot(), kPolicy, "date") == "\"2026-02\"");
    CHECK(Shown(store->Snapshot(), kPolicy, "复核") == "[1,2]");
    CHECK(Get(store->RemoveOrigin(1)).properties == 1);
    CHECK(Dump(store->Snapshot()) == before);
    CHECK(Findings(*store) == "");
  }
}

TEST_CASE("of several origins the latest shows; each goes by itself") {
  const auto store = OpenStore(StoreKind::kMemory, {});
  Add(*store, Report("文一", kPolicy));
  const NodeId policy = *Called(store->Snapshot(), kPolicy);
  Set(*store, policy, "date", Value("2026-03"));
  Set(*store, policy, "date", Value());
  CHECK(Shown(store->Snapshot(), kPolicy, "date") == "none");
  Set(*store, policy, "date", Value());  // there is nothing to take away
  Set(*store, policy, "date", Value("2026-05"));
  CHECK(Shown(store->Snapshot(), kPolicy, "date") == "\"2026-05\"");
  CHECK(Get(store->Snapshot().Origins()).size() == 3);
  Get(store->RemoveOrigin(2));
  CHECK(Shown(store->Snapshot(), kPolicy, "date") == "none");
  Get(store->RemoveOrigin(0));
  CHECK(Shown(store->Snapshot(), kPolicy, "date") == "none");
  Get(store->RemoveOrigin(1));
  CHECK(Shown(store->Snapshot(), kPolicy, "date") == "\"2026-02\"");
  // Very many of one property do not grow without end.
  for (int i = 0; i < 80; ++i) {
    auto transaction = Get(store->Begin());
    Ok(transaction->SetProperty(policy, "次", Value(i)));
    Ok(transaction->Commit());
  }
  CHECK(Shown(store->Snapshot(), kPolicy, "次") == "79");
  std::uint64_t items = 0;
  for (const OriginInfo& one : Get(store->Snapshot().Origins())) items += one.properties;
  CHECK(items == 64);
  CHECK(Findings(*store) == "");
}

TEST_CASE("what is set on an edge follows its ends") {
  const auto store = OpenStore(StoreKind::kMemory, {});
  Add(*store, Report("文一", kPolicy));
  Set(*store, From(store->Snapshot(), kBody, "ISSUED").at(0), "date", Value("2026-02-09"));
  Set(*store, From(store->Snapshot(), kBody, "ISSUED").at(0), "status", Value("planned"));
  CHECK(ShownOfEdge(store->Snapshot(), kBody, "ISSUED", "date") == "\"2026-02-09\"");
  CHECK(ShownOfEdge(store->Snapshot(), kBody, "ISSUED", "status") == "\"planned\"");
  // One of two posts.
  const auto posts = From(store->Snapshot(), "周明远", "HOLDS_POSITION");
  REQUIRE(posts.size() == 2);
  const std::string title = Shown(Get(store->Snapshot().Edge(posts[1])).properties, "title");
  Set(*store, posts[1], "任期", Value(3));
  CHECK(Shown(Get(store->Snapshot().Edge(posts[0])).properties, "任期") == "none");
  CHECK(Get(store->Snapshot().Overlays(posts[1])).size() == 1);

  // Merged: the other's edge is the same one from then on. The document that said it goes, and
  // comes.
  Add(*store, Report("文二", kPolicy, "海州商务局"));
  const auto merge =
      Get(Judgements::Parse("merge\tMinistry:云岭省能源局\tMinistry:海州商务局", "-"));
  Ok(store->Judge(merge));
  CHECK(Findings(*store) == "");
  CHECK(ShownOfEdge(store->Snapshot(), "海州商务局", "ISSUED", "date") == "\"2026-02-09\"");
  Take(*store, "文一");
  // No document names the key any more that it was set on.
  CHECK(ShownOfEdge(store->Snapshot(), "海州商务局", "ISSUED", "date") == "\"2026-02-01\"");
  // One does, though it says nothing of the edge.
  DocumentMaker names("文三");
  names.Entity("Ministry", kBody);
  Add(*store, names.Done());
  CHECK(ShownOfEdge(store->Snapshot(), "海州商务局", "ISSUED", "date") == "\"2026-02-09\"");
  Ok(store->Judge(Judgements()));
  CHECK(Findings(*store) == "");
  CHECK(ShownOfEdge(store->Snapshot(), "海州商务局", "ISSUED", "date") == "\"2026-02-01\"");
  CHECK(ShownOfEdge(store->Snapshot(), kBody, "ISSUED", "date") == "no edge");
  Add(*store, Report("文一", kPolicy));
  CHECK(ShownOfEdge(store->Snapshot(), kBody, "ISSUED", "date") == "\"2026-02-09\"");
  for (const OriginInfo& one : Get(store->Snapshot().Origins()))
    Get(store->RemoveOrigin(one.number));
  CHECK(ShownOfEdge(store->Snapshot(), kBody, "ISSUED", "date") == "\"2026-02-01\"");
  CHECK(Findings(*store) == "");
}

TEST_CASE("a name that is set finds the node, and the old one too") {
  const auto store = OpenStore(StoreKind::kMemory, {});
  Add(*store, Report("文一", kPolicy));
  Ok(store->UpdateSearch());
  const NodeId body = *Called(store->Snapshot(), kBody);
  Set(*store, body, "name", Value("省能源局"));
  CHECK(Called(store->Snapshot(), "省能源局") == body);
  CHECK(Called(store->Snapshot(), kBody) == body);
  CHECK(Shown(store->Snapshot(), kBody, "name") == "\"省能源局\"");
  CHECK_FALSE(Get(store->Snapshot().SearchIsCurrent()));
  Ok(store->UpdateSearch());
  CHECK(Findings(*store) == "");
  // A document comes to say it too, and goes.
  DocumentMaker other("文二");
  other.Entity("Ministry", kBody, {kBody, "省能源局"});
  Add(*store, other.Done());
  Take(*store, "文二");
  CHECK(Called(store->Snapshot(), "省能源局") == body);
  Set(*store, body, "name", Value("能源局"));
  CHECK_FALSE(Called(store->Snapshot(), "省能源局"));
  Take(*store, "文一");
  CHECK_FALSE(Called(store->Snapshot(), "能源局"));
  Add(*store, Report("文一", kPolicy));
  CHECK(Called(store->Snapshot(), "能源局"));
}

TEST_CASE("what documents alone decide is refused") {
  const auto store = OpenStore(StoreKind::kMemory, {});
  Add(*store, Report("文一", kPolicy));
  const std::string before = Dump(store->Snapshot());
  const NodeId policy = *Called(store->Snapshot(), kPolicy);
  const EdgeId issued = From(store->Snapshot(), kBody, "ISSUED").at(0);
  const auto refused = [&](const Status& status) {
    REQUIRE(!status.ok());
    CHECK(status.error().code == ErrorCode::kInvalidInput);
  };
  {
    auto transaction = Get(store->Begin());
    refused(transaction->SetProperty(policy, "id", Value("1")));
    refused(transaction->SetProperty(policy, "id", Value()));
    refused(transaction->SetProperty(policy, "name", Value(1)));
    refused(transaction->SetProperty(policy, "name", Value()));
    refused(transaction->SetProperty(issued, "status", Value("denied")));
    refused(transaction->SetProperty(issued, "status", Value()));
    refused(transaction->SetProperty(issued, "date", Value(Map{{"a", Value(1)}})));
    refused(transaction->AddLabel(policy, "新"));
    Ok(transaction->AddLabel(policy, "Policy"));
    refused(transaction->RemoveLabel(policy, "Policy"));
    Ok(transaction->RemoveLabel(policy, "新"));
    refused(transaction->DeleteNode(policy));
    Ok(transaction->Commit());
  }
  CHECK(Dump(store->Snapshot()) == before);
}

TEST_CASE("indexes of users have what is shown, and constraints bind what is set") {
  const auto store = OpenStore(StoreKind::kMemory, {});
  Get(store->CreateIndex({"日", false, false, "Policy", "date"}, false));
  Get(store->CreateIndex({"号", true, false, "Policy", "文号"}, false));
  Get(store->CreateIndex({"发", false, true, "ISSUED", "date"}, false));
  Add(*store, Report("文一", kPolicy));
  Add(*store, Report("文二", "产业规划"));
  const auto found = [&](const char* label, bool edges, const Value& value) {
    const View view = store->Snapshot();
    std::size_t count = 0;
    IndexRange range;
    range.equal = value;
    Ok(view.SeekIndex(view.FindIndex(edges, label, "date")->number, range,
                      [&](std::uint64_t) { return ++count > 0; }));
    return count;
  };
  const NodeId policy = *Called(store->Snapshot(), kPolicy);
  Set(*store, policy, "date", Value("2026-04"));
  Set(*store, policy, "文号", Value("一"));
  CHECK(found("Policy", false, Value("2026-04")) == 1);
  CHECK(found("Policy", false, Value("2026-02")) == 1);
  Set(*store, From(store->Snapshot(), kBody, "ISSUED").at(0), "date", Value("2026-02-10"));
  CHECK(found("ISSUED", true, Value("2026-02-10")) == 1);
  {
    auto transaction = Get(store->Begin());
    const Status taken =
        transaction->SetProperty(*Called(store->Snapshot(), "产业规划"), "文号", Value("一"));
    REQUIRE(!taken.ok());
    CHECK(taken.error().detail == "ConstraintValidationFailed: UniquenessViolated");
    CHECK(taken.error().message.find("文号 = \"一\"") != std::string::npos);
  }
  Take(*store, "文一");
  CHECK(found("Policy", false, Value("2026-04")) == 0);
  Add(*store, Report("文一", kPolicy));
  CHECK(found("Policy", false, Value("2026-04")) == 1);
  Get(store->RemoveOrigin(0));
  CHECK(found("Policy", false, Value("2026-04")) == 0);
  CHECK(Findings(*store) == "");
}

TEST_CASE("an edge that documents state is deleted by a reject") {
  for (const StoreKind kind : {StoreKind::kMemory, StoreKind::kRocks}) {
    CAPTURE(static_cast<int>(kind));
    const TempDir dir;
    const auto store = OpenStore(kind, dir / "s");
    Add(*store, Report("文一", kPolicy));
    Add(*store, Report("文二", kPolicy, "海州商务局"));
    const std::string before = Dump(store->Snapshot());
    std::vector<std::string> kept;
    Status answer;
    store->KeepJudgements([&](std::span<const Judgement> added) {
      for (const Judgement& one : added) kept.push_back(one.ToLine());
      return answer;
    });
    const auto posts = From(store->Snapshot(), "周明远", "HOLDS_POSITION");
    REQUIRE(posts.size() == 4);
    const EdgeId issued = From(store->Snapshot(), kBody, "ISSUED").at(0);
    {
      auto transaction = Get(store->Begin());
      Ok(transaction->DeleteEdges({issued, posts[0]}));
      CHECK(transaction->counts().edges_deleted == 2);
      CHECK(transaction->IsDeleted(issued));
      CHECK(From(transaction->view(), kBody, "ISSUED").empty());
      CHECK(From(transaction->view(), "周明远", "HOLDS_POSITION").size() == 3);
      CHECK(From(store->Snapshot(), kBody, "ISSUED").size() == 1);
      CHECK(Get(transaction->view().StoredJudgements())->lines().size() == 2);
      // Hand-written things stand beside it.
      const NodeId note = Get(transaction->CreateNode({"备忘"}, {}));
      Get(transaction->CreateEdge("关于", note, *Called(transaction->view(), kBody), {}));
    }
    CHECK(Dump(store->Snapshot()) == before);
    CHECK(kept.empty());
    {
      // Whoever keeps the judgements cannot.
      answer = Error(ErrorCode::kIo, "the disk is full");
      auto transaction = Get(store->Begin());
      Ok(transaction->DeleteEdge(issued));
      CHECK(transaction->Commit().error().code == ErrorCode::kIo);
      answer = {};
    }
    CHECK(Dump(store->Snapshot()) == before);
    kept.clear();
    {
      auto transaction = Get(store->Begin());
      Ok(transaction->DeleteEdge(issued));
      Ok(transaction->DeleteEdge(issued));
      Ok(transaction->DeleteEdge(posts[0]));
      Ok(transaction->Commit());
    }
    REQUIRE(kept.size() == 2);
    CHECK(kept[0] == "reject\t*\tISSUED\tMinistry:云岭省能源局\tPolicy:园区提升方案\t");
    CHECK(kept[1].starts_with("reject\t*\tHOLDS_POSITION\tPerson:周明远\tMinistry:"));
    CHECK(From(store->Snapshot(), kBody, "ISSUED").empty());
    CHECK(Findings(*store) == "");
    // It holds for documents to come, and is undone like any other.
    Add(*store, Report("文三", kPolicy));
    CHECK(From(store->Snapshot(), kBody, "ISSUED").empty());
    Take(*store, "文三");
    Ok(store->Judge(Judgements()));
    CHECK(Dump(store->Snapshot()) == before);
  }
}

TEST_CASE("a store of version 2 opens as one of today") {
  for (const OpenMode mode : {OpenMode::kReadWrite, OpenMode::kReadOnly}) {
    const TempDir dir;
    std::string before;
    {
      const auto store = OpenStore(StoreKind::kRocks, dir / "s");
      Add(*store, Report("文一", kPolicy));
      before = Dump(store->Snapshot());
    }
    {
      const auto kv = Get(OpenRocksKv(dir / "s", OpenMode::kReadWrite));
      KvBatch batch;
      batch.Put(Space::kMeta, "F", "\2");
      Ok(kv->Write(batch, true));
    }
    CHECK(Dump(OpenStore(StoreKind::kRocks, dir / "s", mode)->Snapshot()) == before);
    const auto store = OpenStore(StoreKind::kRocks, dir / "s", OpenMode::kReadWrite);
    Set(*store, *Called(store->Snapshot(), kPolicy), "date", Value("2026-03"));
    CHECK(Shown(store->Snapshot(), kPolicy, "date") == "\"2026-03\"");
  }
}

}  // namespace
}  // namespace tupu::graph
