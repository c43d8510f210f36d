// Rejects: what is deleted of what documents say stays away until somebody takes that back.
#include <doctest/doctest.h>

#include <set>

#include "graph/store/transaction.h"
#include "tests/graph/store/reports.h"

namespace tupu::graph {
namespace {

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
      Ok(transaction->Delete({}, {issued, posts[0]}));
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

TEST_CASE("a node that documents name is deleted by a reject of each of its keys") {
  for (const StoreKind kind : {StoreKind::kMemory, StoreKind::kRocks}) {
    CAPTURE(static_cast<int>(kind));
    const TempDir dir;
    const auto store = OpenStore(kind, dir / "s");
    Add(*store, Report("文一", kPolicy));
    Add(*store, Report("文二", kPolicy, "海州商务局"));
    const std::string merge = "merge\tMinistry:云岭省能源局\tMinistry:海州商务局\n";
    Ok(store->Judge(Get(Judgements::Parse(merge, "-"))));
    {
      auto transaction = Get(store->Begin());
      Ok(transaction->SetProperty(*Called(store->Snapshot(), kBody), "评", Value("甲")));
      Ok(transaction->Commit());
    }
    const std::string before = Dump(store->Snapshot());
    std::vector<std::string> kept;
    store->KeepJudgements([&](std::span<const Judgement> added) {
      for (const Judgement& one : added) kept.push_back(one.ToLine());
      return Status();
    });
    const NodeId body = *Called(store->Snapshot(), kBody);
    std::set<EdgeId> edges;
    for (const Direction direction : {Direction::kOut, Direction::kIn}) {
      std::vector<Neighbour> found;
      Ok(store->Snapshot().Expand(body, direction, {}, found));
      for (const Neighbour& one : found) edges.insert(one.edge);
    }
    REQUIRE(edges.size() == 3);
    {
      auto transaction = Get(store->Begin());
      Ok(transaction->Delete({body}, edges));
      Ok(transaction->Delete({body}, edges));
      CHECK(transaction->counts().nodes_deleted == 1);
      CHECK(transaction->counts().edges_deleted == 3);
      CHECK(transaction->IsDeleted(body));
      CHECK(!Called(transaction->view(), kBody));
      CHECK(Called(store->Snapshot(), kBody) == body);
      Ok(transaction->Commit());
    }
    CHECK(kept == std::vector<std::string>{"reject\t*\tMinistry:云岭省能源局",
                                           "reject\t*\tMinistry:海州商务局"});
    CHECK(Findings(*store) == "");
    CHECK(!Called(store->Snapshot(), "海州商务局"));
    CHECK(Called(store->Snapshot(), kPolicy));
    CHECK(Get(store->Snapshot().CountEdges(std::nullopt)) == 0);
    CHECK(Get(store->Snapshot().RejectedStatements({"Ministry", kBody, ""})).size() == 2);
    // It holds for documents to come and those that are corrected, and goes with them.
    Add(*store, Report("文三", "产业规划"));
    CHECK(!Called(store->Snapshot(), kBody));
    Add(*store, Report("文三", "产业规划", "临江市工信局"));
    CHECK(From(store->Snapshot(), "临江市工信局", "ISSUED").size() == 1);
    Take(*store, "文三");
    Take(*store, "文一");
    Add(*store, Report("文一", kPolicy));
    // In one document alone it stays rejected.
    Ok(store->Judge(Get(Judgements::Parse(merge + "reject\t文一\tMinistry:云岭省能源局\n", "-"))));
    CHECK(Findings(*store) == "");
    CHECK(!Called(store->Snapshot(), kBody));
    CHECK(From(store->Snapshot(), "海州商务局", "ISSUED").size() == 1);
    Ok(store->Judge(Get(Judgements::Parse(merge, "-"))));
    CHECK(Findings(*store) == "");
    CHECK(Dump(store->Snapshot()) == before);
  }
}

TEST_CASE("what a rejected key stood between is joined or parted anew") {
  const auto store = OpenStore(StoreKind::kMemory, {});
  DocumentMaker maker("文一");
  maker.Entity("Company", "海右重工");
  const auto first = maker.Entity("Company", "海右重工有限公司");
  maker.Entity("Company", "海右重工股份有限公司");
  const auto project = maker.Entity("Project", "云岭铁路");
  maker.Relation("INVESTS", first, project);
  Add(*store, maker.Done());
  const std::string before = Dump(store->Snapshot());
  const NodeId longer = *Called(store->Snapshot(), "海右重工股份有限公司");
  const NodeId shorter = *Called(store->Snapshot(), "海右重工");
  CHECK(Called(store->Snapshot(), "海右重工有限公司") != shorter);
  {
    auto transaction = Get(store->Begin());
    const NodeId note = Get(transaction->CreateNode({"备忘"}, {}));
    Get(transaction->CreateEdge("关于", note, shorter, {}));
    // One full name is left, and so the short one is its.
    Ok(transaction->DeleteNode(longer));
    const auto one = Called(transaction->view(), "海右重工");
    CHECK(one == Called(transaction->view(), "海右重工有限公司"));
    CHECK((one == shorter || transaction->IsDeleted(shorter)));
    std::vector<Neighbour> about;
    Ok(transaction->view().Expand(note, Direction::kOut, {}, about));
    REQUIRE(about.size() == 1);
    CHECK(about[0].node == *one);
    Ok(transaction->Commit());
  }
  CHECK(Findings(*store) == "");
  Get(store->RemoveOrigin(0));
  Ok(store->Judge(Judgements()));
  CHECK(Findings(*store) == "");
  CHECK(Dump(store->Snapshot()) == before);
}

}  // namespace
}  // namespace tupu::graph
