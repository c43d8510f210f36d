#include "extract/facts/scorer.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "extract/facts/scorer_trainer.h"
#include "tests/extract/facts/marked_document.h"
#include "tests/temp_folder.h"

using namespace tupu;
using namespace tupu::extract;

namespace {

// Pages in a made-up manner of speaking that no rule knows: 牵手 means that a company builds, 绕开
// that it does not.
ScorerPage MadeUp(std::size_t number, const graph::Schema& schema) {
  const std::vector<std::string> firms = {"远山", "海川", "北岭", "东湖", "青禾", "金石"};
  const std::string firm = firms[number % firms.size()] + "集团";
  const std::string other = firms[(number + 1) % firms.size()] + "股份";
  const std::string works = firms[(number + 2) % firms.size()] + "水库";
  const std::string text = "[Company:" + firm + "]此番牵手[Project:" + works +
                           "]。\n[Company:" + other + "]一直绕开[Project:" + works + "]。";
  MarkedDocument marked = ParseDocument(text, schema);
  ScorerPage page;
  page.doc = std::move(marked.doc);
  page.page = std::move(marked.page);
  page.found = std::move(marked.found);
  page.gold.id = page.doc.id;
  page.gold.things = {MakeNamed("Company", firm, {}), MakeNamed("Company", other, {}),
                      MakeNamed("Project", works, {})};
  page.gold.relations = {{"BUILDS", 0, 2}};
  return page;
}

class ScorerFixture : public FactsFixture {
 public:
  std::pair<ScorerModel, ScorerReport> Learn() const {
    std::vector<ScorerPage> pages;
    for (std::size_t i = 0; i < 60; ++i) pages.push_back(MadeUp(i, schema()));
    auto learned = LearnScorer(pages, schema(), rules(), nullptr, {});
    REQUIRE(learned.ok());
    return std::move(learned).value();
  }

  Lines With(const Scorer& scorer, std::string_view lines, std::string* explain = nullptr) const {
    const MarkedDocument marked = ParseDocument(lines, schema());
    auto claims = FindFacts(marked.doc, marked.page, marked.found, schema(), rules(), nullptr,
                            explain, &scorer);
    REQUIRE(claims.ok());
    Lines shown;
    for (const graph::LocalRelation& rel : claims->relations) {
      shown.push_back(rel.type + " " + claims->entities[rel.from].name + " > " +
                      claims->entities[rel.to].name + " (" + rel.rule + ")");
    }
    return shown;
  }
};

}  // namespace

TEST_CASE("a model that is cut off or damaged is corrupt") {
  ScorerModel model;
  model.heads.push_back({"BUILDS", -7, 9000, -120, 4500, 100});
  model.scale = 31;
  model.weights.assign(ScorerModel::kSlots, 0);
  model.weights[0] = 5;
  model.weights[70000] = -127;
  model.weights[ScorerModel::kSlots - 1] = 127;
  const std::string bytes = EncodeScorer(model);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const auto cut = DecodeScorer(std::string_view(bytes).substr(0, size), "cut");
    REQUIRE(!cut.ok());
    CHECK(cut.error().code == ErrorCode::kCorruption);
    CHECK(cut.error().where == "cut");
  }
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x40);
    CHECK(!DecodeScorer(damaged, "damaged").ok());
  }
  CHECK(!DecodeScorer(bytes + "x", "longer").ok());

  const auto back = DecodeScorer(bytes, "whole");
  REQUIRE(back.ok());
  CHECK(back->weights == model.weights);
  CHECK(back->scale == 31);
  REQUIRE(back->heads.size() == 1);
  CHECK(back->heads[0].relation == "BUILDS");
  CHECK(back->heads[0].bias == -7);
  CHECK(back->heads[0].add == 4500);
  CHECK(EncodeScorer(*back) == bytes);
}

TEST_CASE_FIXTURE(ScorerFixture, "a model's file") {
  const auto dir = MakeTempFolder();
  std::filesystem::create_directories(dir / "scorer");
  // None: rules alone.
  auto none = Scorer::Load(dir, schema());
  REQUIRE(none.ok());
  CHECK(none->empty());
  const std::string text = "[Company:远山集团]此番牵手[Project:青溪水库]。";
  CHECK(With(*none, text) == Lines{});

  { std::ofstream(dir / "scorer" / "model.bin") << "no model"; }
  const auto broken = Scorer::Load(dir, schema());
  REQUIRE(!broken.ok());
  CHECK(broken.error().code == ErrorCode::kCorruption);
  CHECK(broken.error().where.find("model.bin") != std::string::npos);

  const ScorerModel model = Learn().first;
  REQUIRE(WriteScorer(model, dir / "scorer" / "model.bin").ok());
  const auto loaded = Scorer::Load(dir, schema());
  REQUIRE(loaded.ok());
  CHECK(EncodeScorer(loaded->model()) == EncodeScorer(model));
  std::filesystem::remove_all(dir);
}

TEST_CASE_FIXTURE(ScorerFixture, "learns what tells pairs apart, the same each time") {
  const auto [model, report] = Learn();
  CHECK(report.rules.all().right == 0);
  CHECK(report.both.all().recall() > 0.9);
  CHECK(report.both.all().precision() > 0.9);
  CHECK(EncodeScorer(model) == EncodeScorer(Learn().first));

  const Scorer scorer(model, schema());
  std::string explain;
  CHECK(With(scorer, "[Company:长风集团]此番牵手[Project:青溪水库]。", &explain) ==
        Lines{"BUILDS 长风集团 > 青溪水库 (scorer)"});
  CHECK(explain.find("scorer: added BUILDS 长风集团 -> 青溪水库") != std::string::npos);
  CHECK(explain.find("牵手") != std::string::npos);
  CHECK(With(scorer, "[Company:长风集团]一直绕开[Project:青溪水库]。") == Lines{});
}

TEST_CASE_FIXTURE(ScorerFixture, "takes back what rules propose and the model doubts") {
  const std::string text = "[Ministry:商务部]印发《[Policy:外贸办法]》。";
  ScorerModel model;
  model.heads.push_back({"ISSUED", -100, 10000, 0, 10001, 5000});
  model.scale = 10;
  model.weights.assign(ScorerModel::kSlots, 0);
  const auto issued = [&](const Scorer& scorer) {
    const Lines lines = With(scorer, text);
    return std::count_if(lines.begin(), lines.end(),
                         [](const std::string& line) { return line.starts_with("ISSUED"); });
  };
  CHECK(issued(Scorer(ScorerModel{}, schema())) == 1);
  CHECK(issued(Scorer(model, schema())) == 0);
  model.heads[0].bias = 100;
  CHECK(issued(Scorer(model, schema())) == 1);
}

TEST_CASE("chances follow the sum") {
  const ScorerHead head{"BUILDS", 0, 10000, 0, 5000, 0};
  CHECK(ChanceOf(head, 10, 0) == 5000);
  CHECK(ChanceOf(head, 10, 1000000) > 9990);
  CHECK(ChanceOf(head, 10, -1000000) < 10);
  CHECK(ChanceOf(head, 10, 5) > ChanceOf(head, 10, 2));
}

TEST_CASE_FIXTURE(FactsFixture, "nothing is learned from nothing") {
  const auto none = LearnScorer({}, schema(), rules(), nullptr, {});
  REQUIRE(!none.ok());
  CHECK(none.error().code == ErrorCode::kInvalidInput);
}

TEST_CASE_FIXTURE(FactsFixture, "claims against annotations") {
  const graph::Claims claims = Find("[Ministry:商务部]印发《[Policy:外贸稳增长办法]》。");
  GoldDocument gold;
  gold.things = {MakeNamed("Ministry", "商务部", {}), MakeNamed("Policy", "外贸稳增长", {}),
                 MakeNamed("Official", "王岩", {})};
  gold.relations = {{"ISSUED", 0, 1}, {"HOLDS_POSITION", 2, 0}};
  const ClaimsAgreement agreement = Compare(claims, gold, schema());
  CHECK(agreement.entities.wanted == 3);
  CHECK(agreement.entities.right == 2);
  CHECK(agreement.relations.at("ISSUED").right == 1);
  CHECK(agreement.relations.at("HOLDS_POSITION").right == 0);
  CHECK(agreement.relations.at("HOLDS_POSITION").wanted == 1);
  CHECK(agreement.all().wanted == 2);
}
