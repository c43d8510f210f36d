// Trains the model of the claim scorer.
//
// Logistic regression with a Gaussian prior, by cyclic coordinate descent with a trust region for
// each weight (Genkin, Lewis, Madigan: Large-scale Bayesian logistic regression for text
// categorization, Technometrics 2007). No randomness: the same examples in the same order make the
// same model on the same build.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "extract/facts/claim_scorer.h"

namespace tupu::extract {

// A claim that people have judged.
struct ClaimExample {
  std::vector<std::uint32_t> features;  // none twice
  std::uint32_t document = 0;           // what belongs together when folds are made
  bool right = false;
};

struct ClaimTrainOptions {
  double least = 0.3;       // 0 < least < 1: how likely a claim must be to stay
  double precision = 10;    // of the prior: the inverse of its variance
  int rounds = 40;          // over all features, at most
  std::uint32_t seen = 2;   // a feature of fewer examples is none
  double threshold = 0.02;  // weights below it are left out of the model
};

ClaimModel TrainClaimModel(const std::vector<ClaimExample>& examples,
                           const ClaimTrainOptions& options);

// What the scorer does to claims that it has not learned from.
struct ClaimTrial {
  std::size_t right = 0, wrong = 0;            // of all claims
  std::size_t right_kept = 0, wrong_kept = 0;  // of those that stay
};
// Trains `folds` times without the documents of one fold and judges those. Document d is in fold d
// mod `folds`.
ClaimTrial CrossValidate(const std::vector<ClaimExample>& examples,
                         const ClaimTrainOptions& options, std::uint32_t folds);

}  // namespace tupu::extract
