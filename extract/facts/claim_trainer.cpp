#include "extract/facts/claim_trainer.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "graph/base/error.h"

namespace tupu::extract {
namespace {

constexpr double kMilli = 1000;

double Logistic(double x) { return 1 / (1 + std::exp(-x)); }

class ClaimTrainer {
 public:
  ClaimTrainer(const std::vector<const ClaimExample*>& examples, const ClaimTrainOptions& options)
      : examples_(examples), options_(options), margins_(examples.size(), 0) {
    std::map<std::uint32_t, std::vector<std::uint32_t>> by_feature;
    for (std::uint32_t i = 0; i < examples.size(); ++i) {
      bias_.examples.push_back(i);
      for (const std::uint32_t hash : examples[i]->features) by_feature[hash].push_back(i);
    }
    for (auto& [hash, seen] : by_feature) {
      if (seen.size() >= options.seen) weights_.push_back({hash, std::move(seen), 0, 1});
    }
  }

  ClaimModel Run() {
    constexpr double kStill = 1e-3;  // no weight moves any more
    for (int round = 0; round < options_.rounds; ++round) {
      double moved = Step(bias_, 0);
      for (Weight& weight : weights_) moved = std::max(moved, Step(weight, options_.precision));
      if (moved < kStill) break;
    }
    ClaimModel model;
    model.least = Rounded(std::log(options_.least / (1 - options_.least)));
    model.bias = Rounded(bias_.value);
    for (const Weight& weight : weights_) {
      if (std::abs(weight.value) < options_.threshold) continue;
      model.weights.emplace_back(weight.hash, Rounded(weight.value));
    }
    return model;
  }

 private:
  struct Weight {
    std::uint32_t hash = 0;
    std::vector<std::uint32_t> examples;  // that have the feature
    double value = 0;
    double trust = 1;  // the most that a step may be
  };

  static std::int32_t Rounded(double logit) {
    return static_cast<std::int32_t>(std::lround(logit * kMilli));
  }

  // One Newton step on one weight, within its trust region. Returns how far it went.
  double Step(Weight& weight, double precision) {
    double slope = precision * weight.value, curve = precision;
    for (const std::uint32_t i : weight.examples) {
      const double p = Logistic(margins_[i]);
      slope += p - (examples_[i]->right ? 1 : 0);
      curve += p * (1 - p);
    }
    if (curve <= 0) return 0;
    const double step = std::clamp(-slope / curve, -weight.trust, weight.trust);
    weight.trust = std::max(2 * std::abs(step), weight.trust / 2);
    weight.value += step;
    for (const std::uint32_t i : weight.examples) margins_[i] += step;
    return std::abs(step);
  }

  const std::vector<const ClaimExample*>& examples_;
  const ClaimTrainOptions& options_;
  std::vector<double> margins_;
  Weight bias_;
  std::vector<Weight> weights_;  // by rising hash
};

ClaimModel Train(const std::vector<const ClaimExample*>& examples,
                 const ClaimTrainOptions& options) {
  TUPU_CONTRACT(options.least > 0 && options.least < 1);
  return ClaimTrainer(examples, options).Run();
}

}  // namespace

ClaimModel TrainClaimModel(const std::vector<ClaimExample>& examples,
                           const ClaimTrainOptions& options) {
  std::vector<const ClaimExample*> all;
  for (const ClaimExample& example : examples) all.push_back(&example);
  return Train(all, options);
}

ClaimTrial CrossValidate(const std::vector<ClaimExample>& examples,
                         const ClaimTrainOptions& options, std::uint32_t folds) {
  ClaimTrial trial;
  for (std::uint32_t fold = 0; fold < folds; ++fold) {
    std::vector<const ClaimExample*> learned, judged;
    for (const ClaimExample& example : examples) {
      (example.document % folds == fold ? judged : learned).push_back(&example);
    }
    const ClaimScorer scorer(Train(learned, options));
    for (const ClaimExample* example : judged) {
      ++(example->right ? trial.right : trial.wrong);
      if (scorer.Stays(example->features)) ++(example->right ? trial.right_kept : trial.wrong_kept);
    }
  }
  return trial;
}

}  // namespace tupu::extract
