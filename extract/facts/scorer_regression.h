// Logistic regressions over hashed features, one a relation type, learned together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "extract/facts/scorer.h"

namespace tupu::extract {

// One place of a pair: features[begin, end).
struct PlaceOfPair {
  std::uint32_t document = 0;
  std::uint32_t pair = 0;
  std::uint32_t allowed = 0;  // relations, by bit
  std::uint32_t right = 0;    // those that hold for the pair
  std::size_t begin = 0;
  std::size_t end = 0;
};

struct RegressionOptions {
  int epochs = 12;
  double rate = 0.15;
  double shrink = 0.02;
  std::uint64_t seed = 1;
  std::uint32_t least_documents = 2;
};

// Learns by steps of AdaGrad in an order that `seed` gives. A pair that holds need not be said at
// each of its places: those that look least like it are left out after a few rounds.
ScorerModel FitScorer(const std::vector<std::string>& relations,
                      const std::vector<PlaceOfPair>& places,
                      const std::vector<std::uint32_t>& features, std::size_t pairs,
                      const RegressionOptions& options);

// The same order for the same seed, everywhere.
void Shuffle(std::vector<std::uint32_t>& items, std::uint64_t seed);

}  // namespace tupu::extract
