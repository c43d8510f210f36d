#include "extract/facts/claim_scorer.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "extract/facts/claim_trainer.h"
#include "tests/extract/facts/marked_document.h"
#include "tests/temp_folder.h"

using namespace tupu;
using namespace tupu::extract;

namespace {

using Hashes = std::vector<std::uint32_t>;
using Lines = std::vector<std::string>;

Hashes FeaturesOf(const graph::Document& doc, const graph::Claims& claims, std::size_t relation,
                  Lines* names = nullptr) {
  Hashes hashes;
  CollectClaimFeatures(doc, claims, claims.relations[relation], hashes, names);
  return hashes;
}

graph::Claims ClaimsOf(const FactsFixture& fixture, const MarkedDocument& marked,
                       const ClaimScorer* scorer = nullptr, std::string* explain = nullptr) {
  auto claims = FindFacts(marked.doc, marked.page, marked.found, fixture.schema(), fixture.rules(),
                          nullptr, nullptr, scorer, explain);
  REQUIRE(claims.ok());
  return std::move(*claims);
}

Lines RelationsOf(const graph::Claims& claims) {
  Lines out;
  for (const graph::LocalRelation& rel : claims.relations) {
    out.push_back(rel.type + " " + claims.entities[rel.from].name + " " +
                  claims.entities[rel.to].name);
  }
  std::sort(out.begin(), out.end());
  return out;
}

constexpr std::string_view kIssued =
    "[LocalGovernment:云山省财政厅]印发《[Policy:云山省支持[Industry:竹编产业]发展若干措施]》。\n";

// A model in which claims of `type` are as unlikely as can be.
ClaimModel Against(const graph::Document& doc, const graph::Claims& claims, std::string_view type) {
  std::set<std::uint32_t> against, others;
  for (std::size_t i = 0; i < claims.relations.size(); ++i) {
    for (const std::uint32_t hash : FeaturesOf(doc, claims, i)) {
      (claims.relations[i].type == type ? against : others).insert(hash);
    }
  }
  ClaimModel model;
  model.bias = 1000;
  for (const std::uint32_t hash : against) {
    if (others.count(hash) == 0) model.weights.emplace_back(hash, -1000);
  }
  return model;
}

}  // namespace

TEST_CASE_FIXTURE(FactsFixture, "what is seen of a claim") {
  const MarkedDocument marked = ParseDocument(kIssued, schema());
  const graph::Claims claims = ClaimsOf(*this, marked);
  const auto issued =
      std::find_if(claims.relations.begin(), claims.relations.end(),
                   [](const graph::LocalRelation& rel) { return rel.type == "ISSUED"; });
  REQUIRE(issued != claims.relations.end());
  Lines names;
  const Hashes hashes = FeaturesOf(
      marked.doc, claims, static_cast<std::size_t>(issued - claims.relations.begin()), &names);
  CHECK(names.size() == hashes.size());
  CHECK(std::set<std::uint32_t>(hashes.begin(), hashes.end()).size() == hashes.size());
  for (const char* expected :
       {"the ends' types LocalGovernment Policy", "status done", "field text",
        "the name's last two from 政厅", "the name's first two to 云山",
        "order of the ends forward", "between the ends 印发", "between the ends 发《",
        "behind the ends 》", "behind the ends 》。"}) {
    CAPTURE(expected);
    CHECK(std::find(names.begin(), names.end(), expected) != names.end());
  }
}

TEST_CASE_FIXTURE(FactsFixture, "features do not hang on the order of claims") {
  const MarkedDocument marked = ParseDocument(kIssued, schema());
  const graph::Claims claims = ClaimsOf(*this, marked);
  REQUIRE(claims.relations.size() > 1);
  graph::Claims turned = claims;
  std::reverse(turned.entities.begin(), turned.entities.end());
  std::reverse(turned.relations.begin(), turned.relations.end());
  const auto last = static_cast<std::uint32_t>(claims.entities.size() - 1);
  for (graph::LocalRelation& rel : turned.relations) {
    rel.from = last - rel.from;
    rel.to = last - rel.to;
  }
  for (std::size_t i = 0; i < claims.relations.size(); ++i) {
    CHECK(FeaturesOf(marked.doc, claims, i) ==
          FeaturesOf(marked.doc, turned, claims.relations.size() - 1 - i));
  }
}

TEST_CASE_FIXTURE(FactsFixture, "an unlikely claim goes, and what only counts in it") {
  const MarkedDocument marked = ParseDocument(kIssued, schema());
  const graph::Claims all = ClaimsOf(*this, marked);
  const auto holds = [](const graph::Claims& claims, std::string_view type) {
    return std::any_of(claims.entities.begin(), claims.entities.end(),
                       [&](const graph::LocalEntity& entity) { return entity.type == type; });
  };
  REQUIRE(holds(all, "Industry"));
  const ClaimScorer scorer(Against(marked.doc, all, "TARGETS"));
  std::string explain;
  const graph::Claims left = ClaimsOf(*this, marked, &scorer, &explain);
  Lines expected = RelationsOf(all);
  std::erase_if(expected, [](const std::string& line) { return line.starts_with("TARGETS"); });
  CHECK(RelationsOf(left) == expected);
  CHECK_FALSE(holds(left, "Industry"));
  CHECK(holds(left, "Policy"));
  CHECK(explain.find("unlikely, and dropped\n  TARGETS") != std::string::npos);
  CHECK(explain.find("竹编产业  (target.policy_name) 0.01: ") != std::string::npos);
  // Nothing against any: nothing changes.
  const ClaimScorer mild((ClaimModel()));
  CHECK(RelationsOf(ClaimsOf(*this, marked, &mild)) == RelationsOf(all));
}

TEST_CASE_FIXTURE(FactsFixture, "what stays is as sure as the scorer says") {
  const MarkedDocument marked = ParseDocument(kIssued, schema());
  for (const auto& [bias, expected] : {std::pair{1386, 0.8}, {100000, 0.99}, {0, 0.5}}) {
    ClaimModel model;
    model.bias = bias;
    const ClaimScorer scorer(std::move(model));
    const graph::Claims claims = ClaimsOf(*this, marked, &scorer);
    REQUIRE(claims.relations.size() > 1);
    for (const graph::LocalRelation& rel : claims.relations) CHECK(rel.confidence == expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "what is denied keeps the confidence of its rule") {
  const MarkedDocument marked = ParseDocument(
      "[LocalGovernment:云山省财政厅]否认印发《[Policy:竹编产业发展措施]》。\n", schema());
  const auto issued = [](const graph::Claims& claims) {
    const auto found = std::find_if(claims.relations.begin(), claims.relations.end(),
                                    [](const auto& rel) { return rel.type == "ISSUED"; });
    REQUIRE(found != claims.relations.end());
    REQUIRE(found->status == graph::ClaimStatus::kDenied);
    return found->confidence;
  };
  ClaimModel model;
  model.bias = 1386;
  const ClaimScorer scorer(std::move(model));
  CHECK(issued(ClaimsOf(*this, marked, &scorer)) == issued(ClaimsOf(*this, marked)));
}

TEST_CASE("a claim model comes back as it was written") {
  const ClaimModel model{-405, 1200, {{0, 7}, {5, -3}, {0xFFFFFFFFU, 1 << 20}}};
  const auto read = DecodeClaimModel(EncodeClaimModel(model), "m");
  REQUIRE(read.ok());
  CHECK(read->least == model.least);
  CHECK(read->bias == model.bias);
  CHECK(read->weights == model.weights);
}

TEST_CASE("a damaged claim model is an error") {
  const std::string whole = EncodeClaimModel({-405, 1200, {{1, 7}, {5, -3}}});
  for (std::size_t i = 0; i < whole.size(); ++i) {
    CAPTURE(i);
    std::string damaged = whole;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x10);
    const auto flipped = DecodeClaimModel(damaged, "m");
    REQUIRE_FALSE(flipped.ok());
    CHECK(flipped.error().code == ErrorCode::kCorruption);
    CHECK_FALSE(DecodeClaimModel(whole.substr(0, i), "m").ok());
  }
  // A good checksum over what makes no sense: a hash that stands twice.
  const auto twice = DecodeClaimModel(EncodeClaimModel({0, 0, {{5, 1}, {5, 2}}}), "m");
  REQUIRE_FALSE(twice.ok());
  CHECK(twice.error().message == "claim scorer's model is malformed");
}

TEST_CASE("without a model there is no claim scorer") {
  const auto folder = MakeTempFolder();
  const auto loaded = ClaimScorer::Load(folder / "none");
  REQUIRE(loaded.ok());
  CHECK_FALSE(loaded->has_value());
  std::filesystem::remove_all(folder);
}

TEST_CASE("training finds what tells right claims from wrong ones") {
  // Feature 1 speaks for a claim, 2 against it, 3 stands everywhere, 4 once.
  std::vector<ClaimExample> examples;
  for (std::uint32_t i = 0; i < 400; ++i) {
    const bool right = i % 4 != 0;
    examples.push_back({{right ? 1U : 2U, 3U}, i / 2, right});
  }
  examples.push_back({{4}, 200, true});
  const ClaimModel model = TrainClaimModel(examples, {});
  const ClaimScorer scorer(model);
  CHECK(scorer.Stays({1, 3}));
  CHECK_FALSE(scorer.Stays({2, 3}));
  CHECK(scorer.Score({4}) == model.bias);
  CHECK(model.least == -847);  // ln(0.3 / 0.7)
  CHECK(EncodeClaimModel(TrainClaimModel(examples, {})) == EncodeClaimModel(model));

  const ClaimTrial trial = CrossValidate(examples, {}, 5);
  CHECK(trial.right == 301);
  CHECK(trial.wrong == 100);
  CHECK(trial.right_kept == 301);
  CHECK(trial.wrong_kept == 0);
}

TEST_CASE("a claim is as likely as such claims were right") {
  std::vector<ClaimExample> examples;
  for (std::uint32_t i = 0; i < 1000; ++i) {
    examples.push_back({{1U}, i, i % 10 != 0});
  }
  const ClaimScorer scorer(TrainClaimModel(examples, {}));
  CHECK(scorer.Score({1}) == doctest::Approx(2197).epsilon(0.02));  // ln(0.9 / 0.1)
}

TEST_CASE_FIXTURE(FactsFixture, "what is denied is not judged") {
  const MarkedDocument marked = ParseDocument(kIssued, schema());
  graph::Claims claims = ClaimsOf(*this, marked);
  ClaimModel none;
  none.bias = -1000;
  const ClaimScorer scorer(none);
  for (const Verdict& verdict : scorer.Judge(marked.doc, claims)) {
    CHECK_FALSE(verdict.stays);
    CHECK(verdict.confidence == 0.27);  // 1 / (1 + e)
  }
  claims.relations[0].status = graph::ClaimStatus::kDenied;
  const std::vector<Verdict> verdicts = scorer.Judge(marked.doc, claims);
  REQUIRE(verdicts.size() == claims.relations.size());
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    CHECK(verdicts[i].stays == (i == 0));
    CHECK(verdicts[i].confidence.has_value() == (i != 0));
  }
}

TEST_CASE_FIXTURE(FactsFixture, "a meeting without a name goes with its host") {
  MarkedDocument marked = ParseDocument(
      "[LocalGovernment:云山省财政厅]举行[Event:开工仪式]，[Official:周远航]出席[Event:开工仪式]"
      "。\n",
      schema());
  for (EntityMention& mention : marked.found[0].entities) {
    if (mention.type == "Event") mention.rule = "event.hosted";
  }
  const graph::Claims all = ClaimsOf(*this, marked);
  const auto events = [](const graph::Claims& claims) {
    return std::count_if(claims.entities.begin(), claims.entities.end(),
                         [](const graph::LocalEntity& one) { return one.type == "Event"; });
  };
  REQUIRE(events(all) == 1);
  const ClaimScorer scorer(Against(marked.doc, all, "HELD"));
  CHECK(events(ClaimsOf(*this, marked, &scorer)) == 0);
}
