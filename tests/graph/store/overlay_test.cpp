// Overlays: what hands write over what documents say stays, comes back, moves and goes.
#include <doctest/doctest.h>

#include "graph/store/overlays.h"
#include "graph/store/transaction.h"
#include "tests/graph/store/reports.h"

namespace tupu::graph {
namespace {

template <class Id>
void Set(Store& store, Id id, std::string_view name, const Value& value) {
  auto transaction = Get(store.Begin());
  Ok(transaction->SetProperty(id, name, value));
  Ok(transaction->Commit());
  transaction.reset();
  CHECK(Findings(store) == "");
}

std::string ShownProperty(const Properties& properties, const std::string& name) {
  const auto found = properties.find(name);
  return found == properties.end() ? "none" : ToJson(found->second);
}
std::string ShownProperty(const View& view, std::string_view node, const std::string& name) {
  const auto id = Called(view, node);
  return id ? ShownProperty(Get(view.Node(*id)).properties, name) : "no node";
}
std::string ShownOfEdge(const View& view, std::string_view from, const char* type,
                        const std::string& name) {
  const auto edges = From(view, from, type);
  return edges.empty() ? "no edge" : ShownProperty(Get(view.Edge(edges.front())).properties, name);
}

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
    CHECK(ShownProperty(store->Snapshot(), kPolicy, "date") == "\"2026-03\"");
    CHECK(ShownProperty(store->Snapshot(), kPolicy, "复核") == "[1,2]");
    const auto overlays = Get(store->Snapshot().Overlays(policy));
    REQUIRE(overlays.size() == 2);
    CHECK(overlays[0].name == "date");
    CHECK(overlays[0].origin.number == 0);
    CHECK(overlays[0].origin.kind == "query");
    // Another document, a correction, and all of them gone and back.
    Add(*store, Report("文二", kPolicy));
    Add(*store, Report("文一", kPolicy, "海州商务局"));
    CHECK(ShownProperty(store->Snapshot(), kPolicy, "date") == "\"2026-03\"");
    Take(*store, "文一");
    Take(*store, "文二");
    CHECK(ShownProperty(store->Snapshot(), kPolicy, "date") == "no node");
    Add(*store, Report("文一", kPolicy));
    CHECK(ShownProperty(store->Snapshot(), kPolicy, "date") == "\"2026-03\"");
    const auto origins = Get(store->Snapshot().Origins());
    REQUIRE(origins.size() == 2);
    CHECK(origins[0].properties == 1);
    CHECK(Get(store->RemoveOrigin(0)).properties == 1);
    CHECK(ShownProperty(store->Snapshot(), kPolicy, "date") == "\"2026-02\"");
    CHECK(ShownProperty(store->Snapshot(), kPolicy, "复核") == "[1,2]");
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
  CHECK(ShownProperty(store->Snapshot(), kPolicy, "date") == "none");
  Set(*store, policy, "date", Value());  // there is nothing to take away
  Set(*store, policy, "date", Value("2026-05"));
  CHECK(ShownProperty(store->Snapshot(), kPolicy, "date") == "\"2026-05\"");
  CHECK(Get(store->Snapshot().Origins()).size() == 3);
  Get(store->RemoveOrigin(2));
  CHECK(ShownProperty(store->Snapshot(), kPolicy, "date") == "none");
  Get(store->RemoveOrigin(0));
  CHECK(ShownProperty(store->Snapshot(), kPolicy, "date") == "none");
  Get(store->RemoveOrigin(1));
  CHECK(ShownProperty(store->Snapshot(), kPolicy, "date") == "\"2026-02\"");
  // Very many of one property do not grow without end.
  for (int i = 0; i < 80; ++i) {
    auto transaction = Get(store->Begin());
    Ok(transaction->SetProperty(policy, "次", Value(i)));
    Ok(transaction->Commit());
  }
  CHECK(ShownProperty(store->Snapshot(), kPolicy, "次") == "79");
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
  const std::string title =
      ShownProperty(Get(store->Snapshot().Edge(posts[1])).properties, "title");
  Set(*store, posts[1], "任期", Value(3));
  CHECK(ShownProperty(Get(store->Snapshot().Edge(posts[0])).properties, "任期") == "none");
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
  CHECK(ShownProperty(store->Snapshot(), kBody, "name") == "\"省能源局\"");
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
    Ok(transaction->AddLabel(policy, "Policy"));
    refused(transaction->RemoveLabel(policy, "Policy"));
    refused(transaction->RemoveLabel(policy, "Entity"));
    Ok(transaction->RemoveLabel(policy, "新"));
    CHECK(transaction->counts() == UpdateCounts());
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

std::vector<std::string> LabelsOf(const View& view, std::string_view node) {
  const auto id = Called(view, node);
  return id ? Get(view.Node(*id)).labels : std::vector<std::string>{"no node"};
}
// How many nodes have the label, as counted and as found; -1 where these differ.
int WithLabel(const View& view, const char* label) {
  const auto id = view.FindLabel(label);
  if (!id) return 0;
  std::uint64_t found = 0;
  Ok(view.ForEachNode(*id, [&](NodeId node) {
    CHECK(Get(view.HasLabel(node, *id)));
    return ++found > 0;
  }));
  return found == Get(view.CountNodes(*id)) ? static_cast<int>(found) : -1;
}
void Label(Store& store, NodeId node, const char* label, bool has) {
  auto transaction = Get(store.Begin());
  Ok(has ? transaction->AddLabel(node, label) : transaction->RemoveLabel(node, label));
  Ok(transaction->Commit());
  transaction.reset();
  CHECK(Findings(store) == "");
}
using Labels = std::vector<std::string>;

TEST_CASE("labels by hand stand beside those of the type, as long as documents make the node") {
  for (const StoreKind kind : {StoreKind::kMemory, StoreKind::kRocks}) {
    CAPTURE(static_cast<int>(kind));
    const TempDir dir;
    const auto store = OpenStore(kind, dir / "s");
    Add(*store, Report("文一", kPolicy));
    Add(*store, Report("文二", "产业规划"));
    const std::string before = Dump(store->Snapshot());
    const NodeId policy = *Called(store->Snapshot(), kPolicy);
    Label(*store, policy, "要点", true);
    Label(*store, policy, "Company", true);  // a type of the schema, and not its own
    CHECK(LabelsOf(store->Snapshot(), kPolicy) == Labels{"Company", "Entity", "Policy", "要点"});
    CHECK(Get(store->Snapshot().Node(policy)).type == "Policy");
    CHECK(WithLabel(store->Snapshot(), "要点") == 1);
    CHECK(WithLabel(store->Snapshot(), "Company") == 1);
    CHECK(WithLabel(store->Snapshot(), "Organisation") == 1);  // of the other body alone
    CHECK(WithLabel(store->Snapshot(), "Policy") == 2);
    const auto labels = Get(store->Snapshot().OverlaidLabels(policy));
    REQUIRE(labels.size() == 2);
    CHECK(labels[0].name == "Company");
    CHECK(labels[0].origin.number == 1);
    // Gone and back; what was taken away by another origin comes back with that.
    Take(*store, "文一");
    CHECK(WithLabel(store->Snapshot(), "要点") == 0);
    Add(*store, Report("文一", kPolicy));
    CHECK(WithLabel(store->Snapshot(), "要点") == 1);
    Label(*store, *Called(store->Snapshot(), kPolicy), "要点", false);
    CHECK(LabelsOf(store->Snapshot(), kPolicy) == Labels{"Company", "Entity", "Policy"});
    CHECK(WithLabel(store->Snapshot(), "要点") == 0);
    const auto origins = Get(store->Snapshot().Origins());
    REQUIRE(origins.size() == 3);
    for (const OriginInfo& one : origins) CHECK(one.labels == 1);
    CHECK(Get(store->RemoveOrigin(2)).labels == 1);
    CHECK(WithLabel(store->Snapshot(), "要点") == 1);
    CHECK(Get(store->RemoveOrigin(0)).labels == 1);
    CHECK(Get(store->RemoveOrigin(1)).labels == 1);
    CHECK(Dump(store->Snapshot()) == before);
    CHECK(Findings(*store) == "");
  }
}

TEST_CASE("labels by hand follow keys that are joined and parted, and other types") {
  const auto store = OpenStore(StoreKind::kMemory, {});
  Add(*store, Report("文一", kPolicy));
  Add(*store, Report("文二", kPolicy, "海州商务局"));
  Label(*store, *Called(store->Snapshot(), kBody), "省级", true);
  Label(*store, *Called(store->Snapshot(), kBody), "Company", true);
  CHECK(WithLabel(store->Snapshot(), "Organisation") == 2);
  Ok(store->Judge(
      Get(Judgements::Parse("merge\tMinistry:云岭省能源局\tMinistry:海州商务局", "-"))));
  CHECK(Findings(*store) == "");
  CHECK(LabelsOf(store->Snapshot(), "海州商务局") ==
        Labels{"Company", "Entity", "Ministry", "Organisation", "省级"});
  Take(*store, "文一");
  CHECK(WithLabel(store->Snapshot(), "省级") == 0);
  Add(*store, Report("文一", kPolicy));
  Ok(store->Judge(Judgements()));
  CHECK(Findings(*store) == "");
  CHECK(LabelsOf(store->Snapshot(), "海州商务局") == Labels{"Entity", "Ministry", "Organisation"});
  CHECK(WithLabel(store->Snapshot(), "省级") == 1);
  // Documents come to say what the hand said: shown and counted once, and then it is theirs.
  Label(*store, *Called(store->Snapshot(), "周明远"), "Person", true);
  Label(*store, *Called(store->Snapshot(), kBody), "Policy", true);
  for (const char* id : {"文三", "文四", "文五"}) {
    DocumentMaker other(id, "2026-05-01");
    other.Entity("Policy", kBody, {}, {}, "");
    DocumentClaims claims = other.Done();
    claims.claims.entities[0].key.type = "Ministry";
    Add(*store, claims);
  }
  CHECK(Get(store->Snapshot().Node(*Called(store->Snapshot(), kBody))).type == "Policy");
  CHECK(LabelsOf(store->Snapshot(), kBody) == Labels{"Company", "Entity", "Policy", "省级"});
  CHECK(WithLabel(store->Snapshot(), "Policy") == 2);
  CHECK(WithLabel(store->Snapshot(), "省级") == 1);
  for (const OriginInfo& one : Get(store->Snapshot().Origins())) {
    Get(store->RemoveOrigin(one.number));
  }
  CHECK(Findings(*store) == "");
  CHECK(LabelsOf(store->Snapshot(), kBody) == Labels{"Entity", "Policy"});
}

TEST_CASE("indexes of users have nodes by labels that were set by hand") {
  const auto store = OpenStore(StoreKind::kMemory, {});
  Get(store->CreateIndex({"日", false, false, "要点", "date"}, false));
  Get(store->CreateIndex({"号", true, false, "唯", "date"}, false));
  Add(*store, Report("文一", kPolicy));
  Add(*store, Report("文二", "产业规划"));
  const auto found = [&] {
    const View view = store->Snapshot();
    std::size_t count = 0;
    IndexRange range;
    range.equal = Value("2026-02");
    Ok(view.SeekIndex(view.FindIndex(false, "要点", "date")->number, range,
                      [&](std::uint64_t) { return ++count > 0; }));
    return count;
  };
  CHECK(found() == 0);
  Label(*store, *Called(store->Snapshot(), kPolicy), "要点", true);
  CHECK(found() == 1);
  Label(*store, *Called(store->Snapshot(), kPolicy), "唯", true);
  {
    auto transaction = Get(store->Begin());
    const Status taken = transaction->AddLabel(*Called(store->Snapshot(), "产业规划"), "唯");
    REQUIRE(!taken.ok());
    CHECK(taken.error().detail == "ConstraintValidationFailed: UniquenessViolated");
  }
  Get(store->CreateIndex({"后", false, false, "要点", "name"}, false));
  CHECK(Findings(*store) == "");
  Take(*store, "文一");
  CHECK(found() == 0);
  Add(*store, Report("文一", kPolicy));
  CHECK(found() == 1);
  Label(*store, *Called(store->Snapshot(), kPolicy), "要点", false);
  CHECK(found() == 0);
}

TEST_CASE("a store of version 2 or 3 opens as one of today") {
  for (const char* version : {"\2", "\3"})
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
        batch.Put(Space::kMeta, "F", version);
        Ok(kv->Write(batch, true));
      }
      CHECK(Dump(OpenStore(StoreKind::kRocks, dir / "s", mode)->Snapshot()) == before);
      const auto store = OpenStore(StoreKind::kRocks, dir / "s", OpenMode::kReadWrite);
      Set(*store, *Called(store->Snapshot(), kPolicy), "date", Value("2026-03"));
      CHECK(ShownProperty(store->Snapshot(), kPolicy, "date") == "\"2026-03\"");
    }
}

}  // namespace
}  // namespace tupu::graph
