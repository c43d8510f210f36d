#include "extract/facts/scorer_trainer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <sstream>
#include <unordered_map>

#include "extract/facts/facts.h"
#include "extract/facts/scorer_regression.h"
#include "extract/ingest/reader.h"
#include "extract/ner/recogniser.h"

namespace tupu::extract {
namespace {

using Pair = std::uint64_t;

// A pair of a document, with the relations that are right for it.
struct LabelledPair {
  std::uint32_t document = 0;
  std::uint32_t allowed = 0;
  std::uint32_t proposed = 0;
  std::uint32_t right = 0;
};

// The chance of a pair as a model that has not seen its document gives it.
struct Judged {
  std::int64_t sum = 0;
  bool proposed = false;
  bool right = false;
};

class Learner {
 public:
  Learner(const std::vector<ScorerPage>& pages, const graph::Schema& schema, const RuleBook& rules,
          const Gazetteer* gazetteer, const ScorerOptions& options)
      : pages_(pages), schema_(schema), rules_(rules), gazetteer_(gazetteer), options_(options) {
    for (const graph::RelationTypeDef& type : schema.relation_types()) {
      if (relations_.size() < kMaxScoredRelations) relations_.push_back(type.name);
    }
  }

  Result<std::pair<ScorerModel, ScorerReport>> Run() {
    ScorerReport report;
    report.documents = pages_.size();
    facts_.reserve(pages_.size());
    for (std::uint32_t d = 0; d < pages_.size(); ++d) Prepare(d);
    report.pairs = pairs_.size();
    AssignFolds();
    const auto folds = static_cast<std::uint32_t>(std::max(2, options_.folds));
    std::vector<ScorerModel> models;
    for (std::uint32_t fold = 0; fold < folds; ++fold) models.push_back(Fit(fold));
    TUPU_ASSIGN(report.rules, Measure({}));
    TUPU_ASSIGN(std::vector<ScorerHead> heads, Decide(models, report.rules, options_.least_added));
    TUPU_TRY(DropLosers(models, heads, report.rules));
    TUPU_ASSIGN(report.both, Measure(With(models, heads)));
    // Rather silent than wrong: precision stays above recall.
    for (double least = options_.least_added + 0.1;
         least < 0.9 && report.both.all().precision() < report.both.all().recall(); least += 0.1) {
      TUPU_ASSIGN(heads, Decide(models, report.rules, least));
      TUPU_TRY(DropLosers(models, heads, report.rules));
      TUPU_ASSIGN(report.both, Measure(With(models, heads)));
    }
    ScorerModel model = With({Fit(folds)}, heads).front();
    report.weights = static_cast<std::size_t>(
        std::count_if(model.weights.begin(), model.weights.end(), [](auto w) { return w != 0; }));
    return std::pair(std::move(model), std::move(report));
  }

 private:
  void Prepare(std::uint32_t d) {
    const ScorerPage& page = pages_[d];
    facts_.push_back(ProposeFacts(page.doc, page.page, page.found, schema_, rules_, gazetteer_));
    const ProposedFacts& facts = facts_.back();
    const std::map<std::pair<GroupId, GroupId>, std::uint32_t> right = RightPairs(facts, page.gold);
    const PairSpace space(schema_, relations_);
    std::unordered_map<Pair, std::uint32_t> known;
    ViewPairs(
        space, facts.work, facts.names,
        [&](const PairView& view) {
          const auto [it, fresh] = known.try_emplace((Pair{view.from} << 32) | view.to,
                                                     static_cast<std::uint32_t>(pairs_.size()));
          if (fresh) {
            LabelledPair pair{d, view.allowed, view.proposed, 0};
            const auto found = right.find({view.from, view.to});
            if (found != right.end()) pair.right = found->second & view.allowed;
            pairs_.push_back(pair);
          }
          PlaceOfPair place;
          place.document = d;
          place.pair = it->second;
          place.allowed = view.allowed;
          place.right = pairs_[it->second].right;
          place.begin = features_.size();
          features_.insert(features_.end(), view.features->begin(), view.features->end());
          features_.insert(features_.end(), view.shared->begin(), view.shared->end());
          place.end = features_.size();
          places_.push_back(place);
        },
        nullptr);
  }

  std::map<std::pair<GroupId, GroupId>, std::uint32_t> RightPairs(const ProposedFacts& facts,
                                                                  const GoldDocument& gold) const {
    std::vector<NamedThing> found;
    for (const NameGroup& group : facts.names.groups()) {
      found.push_back(MakeNamed(group.type, group.name, group.aliases));
    }
    const std::vector<std::size_t> ends = AlignThings(gold.things, found, schema_, true);
    std::vector<GroupId> group_of(gold.things.size(), kNoGroup);
    for (GroupId id = 0; id < ends.size(); ++id) {
      if (ends[id] != kUnaligned) group_of[ends[id]] = id;
    }
    std::map<std::pair<GroupId, GroupId>, std::uint32_t> right;
    for (const GoldRelation& rel : gold.relations) {
      const auto type = std::find(relations_.begin(), relations_.end(), rel.type);
      const GroupId from = group_of[rel.from], to = group_of[rel.to];
      if (type == relations_.end() || from == kNoGroup || to == kNoGroup) continue;
      right[{from, to}] |= 1u << (type - relations_.begin());
    }
    return right;
  }

  // Documents that tell the same story stay together: else a fold would know what it is asked.
  std::vector<std::uint32_t> Stories() const {
    std::vector<std::uint32_t> story(pages_.size());
    for (std::uint32_t d = 0; d < story.size(); ++d) story[d] = d;
    std::map<std::string, std::vector<std::uint32_t>> told;
    for (std::uint32_t d = 0; d < pages_.size(); ++d) {
      const GoldDocument& gold = pages_[d].gold;
      for (const GoldRelation& rel : gold.relations) {
        if (rel.type == "LOCATED_IN") continue;  // bodies are where they are in every story
        told[rel.type + "\n" + gold.things[rel.from].forms[0] + "\n" + gold.things[rel.to].forms[0]]
            .push_back(d);
      }
    }
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> common;
    for (const auto& [relation, documents] : told) {
      for (std::size_t i = 1; i < documents.size(); ++i) {
        if (documents[i - 1] != documents[i]) ++common[{documents[i - 1], documents[i]}];
      }
    }
    for (const auto& [pair, count] : common) {
      if (count < kSameStory) continue;
      const std::uint32_t from = story[pair.second], to = story[pair.first];
      std::replace(story.begin(), story.end(), from, to);
    }
    return story;
  }

  void AssignFolds() {
    const std::vector<std::uint32_t> story = Stories();
    std::vector<std::uint32_t> order = story;
    std::sort(order.begin(), order.end());
    order.erase(std::unique(order.begin(), order.end()), order.end());
    Shuffle(order, options_.seed);
    const auto folds = static_cast<std::uint32_t>(std::max(2, options_.folds));
    fold_of_.resize(pages_.size());
    for (std::uint32_t d = 0; d < pages_.size(); ++d) {
      const auto at = std::find(order.begin(), order.end(), story[d]) - order.begin();
      fold_of_[d] = static_cast<std::uint32_t>(at) % folds;
    }
  }

  // A model from all documents but those of `fold`.
  ScorerModel Fit(std::uint32_t fold) const {
    std::vector<PlaceOfPair> places;
    for (const PlaceOfPair& place : places_) {
      if (fold_of_[place.document] != fold) places.push_back(place);
    }
    RegressionOptions options;
    options.epochs = options_.epochs;
    options.rate = options_.rate;
    options.shrink = options_.shrink;
    options.seed = options_.seed;
    options.least_documents = options_.least_documents;
    return FitScorer(relations_, places, features_, pairs_.size(), options);
  }

  // Every pair judged by the model that has not seen it.
  std::vector<std::vector<Judged>> Judge(const std::vector<ScorerModel>& models) const {
    const std::size_t heads = relations_.size();
    std::vector<std::int64_t> best(pairs_.size() * heads, std::numeric_limits<std::int64_t>::min());
    for (const PlaceOfPair& place : places_) {
      const ScorerModel& model = models[fold_of_[place.document]];
      for (std::uint32_t h = 0; h < heads; ++h) {
        if ((place.allowed >> h & 1u) == 0) continue;
        std::int64_t sum = model.heads[h].bias;
        for (std::size_t f = place.begin; f < place.end; ++f) {
          sum += model.weights[ScorerModel::Slot(features_[f], h)];
        }
        // All models in one unit.
        sum = sum * kUnit / model.scale;
        std::int64_t& kept = best[place.pair * heads + h];
        kept = std::max(kept, sum);
      }
    }
    std::vector<std::vector<Judged>> judged(heads);
    for (std::size_t p = 0; p < pairs_.size(); ++p) {
      for (std::uint32_t h = 0; h < heads; ++h) {
        if ((pairs_[p].allowed >> h & 1u) == 0) continue;
        judged[h].push_back({best[p * heads + h], (pairs_[p].proposed >> h & 1u) != 0,
                             (pairs_[p].right >> h & 1u) != 0});
      }
    }
    return judged;
  }

  // Curves and thresholds: all relation types at one level after the other through the whole
  // pipeline, and for each type the level that gains most beside its neighbours.
  Result<std::vector<ScorerHead>> Decide(const std::vector<ScorerModel>& models,
                                         const ClaimsAgreement& rules, double least_added) const {
    const std::vector<std::vector<Judged>> judged = Judge(models);
    std::vector<ScorerHead> heads(relations_.size());
    for (std::size_t h = 0; h < heads.size(); ++h) {
      heads[h].relation = relations_[h];
      Calibrate(judged[h], heads[h]);
    }
    const std::vector<ScorerHead> none = heads;
    std::vector<ScorerHead> chosen = heads;
    const auto level = [](std::size_t step) { return static_cast<std::int32_t>(750 + 500 * step); };
    for (const bool adding : {true, false}) {
      const double least = adding ? least_added : options_.least_kept;
      std::vector<std::vector<double>> gains(heads.size());
      for (std::size_t step = 0; step < (adding ? 18u : 9u); ++step) {
        for (std::size_t h = 0; h < heads.size(); ++h) {
          heads[h] = none[h];
          (adding ? heads[h].add : heads[h].keep) = level(step);
        }
        TUPU_ASSIGN(const ClaimsAgreement with, Measure(With(models, heads)));
        for (std::size_t h = 0; h < heads.size(); ++h) {
          gains[h].push_back(Gain(rules, with, relations_[h], least));
        }
      }
      for (std::size_t h = 0; h < heads.size(); ++h) {
        double best = kLeastGain;
        for (std::size_t step = 0; step < gains[h].size(); ++step) {
          const double before = gains[h][step == 0 ? 0 : step - 1];
          const double after = gains[h][std::min(step + 1, gains[h].size() - 1)];
          const double gain = (before + 2 * gains[h][step] + after) / 4;
          if (gain <= best) continue;
          best = gain;
          (adding ? chosen[h].add : chosen[h].keep) = level(step);
        }
      }
    }
    return chosen;
  }

  // Relations that become right, less `least` for each that is given.
  static double Gain(const ClaimsAgreement& before, const ClaimsAgreement& after,
                     const std::string& relation, double least) {
    const auto worth = [&](const ClaimsAgreement& agreement) {
      const auto it = agreement.relations.find(relation);
      if (it == agreement.relations.end()) return 0.0;
      return static_cast<double>(it->second.right) - least * static_cast<double>(it->second.given);
    };
    return worth(after) - worth(before);
  }

  // The logistic curve from sums to chances that fits best (Newton's method).
  static void Calibrate(const std::vector<Judged>& judged, ScorerHead& head) {
    const auto right =
        std::count_if(judged.begin(), judged.end(), [](const Judged& pair) { return pair.right; });
    if (right < 10 || judged.size() < 30) return;
    double a = 1, b = 0;
    for (int step = 0; step < 30; ++step) {
      double ga = (a - 1) * 0.5, gb = 0, haa = 0.5, hab = 0, hbb = 1e-6;
      for (const Judged& pair : judged) {
        const double x = static_cast<double>(pair.sum) / kUnit;
        const double p = 1 / (1 + std::exp(-(a * x + b)));
        const double error = p - (pair.right ? 1 : 0), weight = p * (1 - p);
        ga += error * x;
        gb += error;
        haa += weight * x * x;
        hab += weight * x;
        hbb += weight;
      }
      const double det = haa * hbb - hab * hab;
      if (!(det > 1e-9)) break;
      const double da = (hbb * ga - hab * gb) / det, db = (haa * gb - hab * ga) / det;
      a = std::clamp(a - da, 0.2, 3.0);
      b = std::clamp(b - db, -6.0, 6.0);
      if (std::abs(da) + std::abs(db) < 1e-5) break;
    }
    head.slope = static_cast<std::int32_t>(std::lround(a * 10000));
    head.offset = static_cast<std::int32_t>(std::lround(b * 10000));
  }

  // Relation types that the whole pipeline does not do better with are left to the rules.
  Status DropLosers(const std::vector<ScorerModel>& models, std::vector<ScorerHead>& heads,
                    const ClaimsAgreement& rules) const {
    TUPU_ASSIGN(const ClaimsAgreement both, Measure(With(models, heads)));
    for (ScorerHead& head : heads) {
      const auto alone = rules.relations.find(head.relation);
      const auto with = both.relations.find(head.relation);
      const double before = alone == rules.relations.end() ? 0 : alone->second.f1();
      const double after = with == both.relations.end() ? 0 : with->second.f1();
      if (after > before) continue;
      head.add = 10001;
      head.keep = 0;
    }
    return {};
  }

  // The models with the curves and thresholds of `heads`, and their own weights.
  static std::vector<ScorerModel> With(std::vector<ScorerModel> models,
                                       const std::vector<ScorerHead>& heads) {
    for (ScorerModel& model : models) {
      for (std::size_t h = 0; h < heads.size(); ++h) {
        const std::int32_t bias = model.heads[h].bias;
        model.heads[h] = heads[h];
        model.heads[h].bias = bias;
      }
    }
    return models;
  }

  // All documents through the whole pipeline, each with the model that has not seen it; without
  // models, with rules alone.
  Result<ClaimsAgreement> Measure(const std::vector<ScorerModel>& models) const {
    std::vector<Scorer> scorers;
    for (const ScorerModel& model : models) scorers.emplace_back(model, schema_);
    ClaimsAgreement sum;
    for (std::uint32_t d = 0; d < pages_.size(); ++d) {
      ProposedFacts facts = facts_[d];
      if (!scorers.empty()) {
        scorers[fold_of_[d]].Apply(facts.work, facts.names, rules_.sets());
      }
      TUPU_ASSIGN(const graph::Claims claims,
                  ConcludeFacts(pages_[d].doc, pages_[d].page, facts, gazetteer_));
      sum.Add(Compare(claims, pages_[d].gold, schema_));
    }
    return sum;
  }

  static constexpr std::uint32_t kSameStory = 3;  // relations that two documents share
  static constexpr std::int32_t kUnit = 1000;
  static constexpr double kLeastGain = 1.5;  // relations; less is chance

  const std::vector<ScorerPage>& pages_;
  const graph::Schema& schema_;
  const RuleBook& rules_;
  const Gazetteer* gazetteer_;
  const ScorerOptions& options_;
  std::vector<std::string> relations_;
  std::vector<ProposedFacts> facts_;
  std::vector<LabelledPair> pairs_;
  std::vector<PlaceOfPair> places_;
  std::vector<std::uint32_t> features_;
  std::vector<std::uint32_t> fold_of_;
};

Result<std::vector<ScorerPage>> ReadPages(const std::filesystem::path& docs,
                                          const std::filesystem::path& gold) {
  TUPU_ASSIGN(std::vector<GoldDocument> annotated, ReadGold(gold));
  std::map<std::string, GoldDocument> by_id;
  for (GoldDocument& document : annotated) by_id.emplace(document.id, std::move(document));
  std::vector<ScorerPage> pages;
  std::string unknown;
  std::istringstream nothing;
  TUPU_ASSIGN(const ReadReport report,
              ReadDocuments({docs.string()}, ReadLimits{}, nothing, [&](graph::Document doc) {
                const auto it = by_id.find(doc.id);
                if (it == by_id.end()) {
                  unknown = doc.id;
                  return false;
                }
                ScorerPage page;
                page.gold = std::move(it->second);
                by_id.erase(it);
                page.doc = std::move(doc);
                pages.push_back(std::move(page));
                return true;
              }));
  if (!report.rejections.empty()) {
    return Error(ErrorCode::kInvalidInput, report.rejections.front().reason,
                 report.rejections.front().where);
  }
  if (!unknown.empty()) {
    return Error(ErrorCode::kInvalidInput,
                 "document " + unknown + " has no annotations in " + gold.string(), docs.string());
  }
  if (!by_id.empty()) {
    return Error(
        ErrorCode::kInvalidInput,
        "annotations of " + by_id.begin()->first + " without a document in " + docs.string(),
        gold.string());
  }
  return pages;
}

}  // namespace

Result<std::pair<ScorerModel, ScorerReport>> LearnScorer(const std::vector<ScorerPage>& pages,
                                                         const graph::Schema& schema,
                                                         const RuleBook& rules,
                                                         const Gazetteer* gazetteer,
                                                         const ScorerOptions& options) {
  if (pages.empty()) {
    return Error(ErrorCode::kInvalidInput, "no documents to learn from; expected at least one");
  }
  return Learner(pages, schema, rules, gazetteer, options).Run();
}

Result<ScorerReport> TrainScorer(const std::filesystem::path& schema_dir,
                                 const std::filesystem::path& docs,
                                 const std::filesystem::path& gold,
                                 const std::filesystem::path& out, const ScorerOptions& options) {
  TUPU_ASSIGN(const graph::Schema schema, graph::Schema::Load(schema_dir));
  TUPU_ASSIGN(const RuleBook rules, RuleBook::Load(schema_dir, schema));
  TUPU_ASSIGN(const Recogniser recogniser, Recogniser::Load(schema_dir, schema));
  TUPU_ASSIGN(std::vector<ScorerPage> pages, ReadPages(docs, gold));
  for (ScorerPage& page : pages) {
    page.page = SplitPage(page.doc);
    page.found = recogniser.Recognise(page.doc, page.page);
  }
  TUPU_ASSIGN(auto learned, LearnScorer(pages, schema, rules, &recogniser.gazetteer(), options));
  learned.second.bytes = EncodeScorer(learned.first).size();
  TUPU_TRY(WriteScorer(learned.first, out));
  return std::move(learned.second);
}

}  // namespace tupu::extract
