#include "extract/facts/scorer_regression.h"

#include <algorithm>
#include <cmath>

namespace tupu::extract {
namespace {

constexpr int kRoundsBeforeChoice = 3;
constexpr double kLargest = 4;  // weight that can be written

std::uint64_t NextRandom(std::uint64_t& state) {
  state += 0x9E3779B97F4A7C15ULL;
  std::uint64_t z = state;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

class Regression {
 public:
  Regression(const std::vector<std::string>& relations, const std::vector<PlaceOfPair>& places,
             const std::vector<std::uint32_t>& features, std::size_t pairs,
             const RegressionOptions& options)
      : relations_(relations),
        places_(places),
        options_(options),
        pairs_(pairs),
        weights_(ScorerModel::kSlots, 0.0f),
        steps_(ScorerModel::kSlots, 1e-2f),
        bias_(relations.size(), -2.0),
        left_out_(places.size(), 0) {
    KeepCommon(features);
  }

  ScorerModel Run() {
    std::vector<std::uint32_t> order(places_.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    for (int round = 0; round < options_.epochs; ++round) {
      if (round >= kRoundsBeforeChoice) ChoosePlaces();
      Shuffle(order, options_.seed * 1000 + static_cast<std::uint64_t>(round));
      const double rate = options_.rate / (1.0 + 0.15 * round);
      for (const std::uint32_t i : order) Learn(i, rate);
    }
    return Quantise();
  }

 private:
  // Cues of one document alone teach nothing.
  void KeepCommon(const std::vector<std::uint32_t>& features) {
    constexpr std::size_t kSeen = 1u << 22;
    std::vector<std::uint32_t> last(kSeen, 0xFFFFFFFFu);
    std::vector<std::uint8_t> documents(kSeen, 0);
    const auto slot = [](std::uint32_t feature) { return (feature * 0x9E3779B1u) >> 10; };
    for (const PlaceOfPair& place : places_) {
      for (std::size_t f = place.begin; f < place.end; ++f) {
        const std::uint32_t s = slot(features[f]);
        if (last[s] == place.document) continue;
        last[s] = place.document;
        if (documents[s] < 255) ++documents[s];
      }
    }
    for (const PlaceOfPair& place : places_) {
      begins_.push_back(kept_.size());
      for (std::size_t f = place.begin; f < place.end; ++f) {
        if (documents[slot(features[f])] >= options_.least_documents) kept_.push_back(features[f]);
      }
    }
    begins_.push_back(kept_.size());
  }

  double Sum(std::uint32_t i, std::uint32_t head) const {
    double sum = bias_[head];
    for (std::size_t f = begins_[i]; f < begins_[i + 1]; ++f) {
      sum += static_cast<double>(weights_[ScorerModel::Slot(kept_[f], head)]);
    }
    return sum;
  }

  void Learn(std::uint32_t i, double rate) {
    const PlaceOfPair& place = places_[i];
    for (std::uint32_t h = 0; h < relations_.size(); ++h) {
      if ((place.allowed >> h & 1u) == 0 || (left_out_[i] >> h & 1u) != 0) continue;
      const double right = (place.right >> h & 1u) != 0 ? 1 : 0;
      const double error = 1 / (1 + std::exp(-Sum(i, h))) - right;
      if (std::abs(error) < 0.01) continue;
      bias_[h] -= rate * 0.05 * error;
      for (std::size_t f = begins_[i]; f < begins_[i + 1]; ++f) {
        const std::uint32_t slot = ScorerModel::Slot(kept_[f], h);
        const double weight = static_cast<double>(weights_[slot]);
        const double slope = error + options_.shrink * weight;
        steps_[slot] += static_cast<float>(slope * slope);
        weights_[slot] = static_cast<float>(
            weight - rate * slope / std::sqrt(static_cast<double>(steps_[slot])));
      }
    }
  }

  void ChoosePlaces() {
    std::fill(left_out_.begin(), left_out_.end(), 0u);
    std::vector<double> best(pairs_);
    for (std::uint32_t h = 0; h < relations_.size(); ++h) {
      std::fill(best.begin(), best.end(), -1e9);
      for (std::uint32_t i = 0; i < places_.size(); ++i) {
        if ((places_[i].right >> h & 1u) == 0) continue;
        double& known = best[places_[i].pair];
        known = std::max(known, Sum(i, h));
      }
      for (std::uint32_t i = 0; i < places_.size(); ++i) {
        if ((places_[i].right >> h & 1u) == 0) continue;
        const double sum = Sum(i, h);
        if (sum < best[places_[i].pair] && sum < 0) left_out_[i] |= 1u << h;
      }
    }
  }

  ScorerModel Quantise() const {
    double largest = 0.5;
    for (const float weight : weights_) {
      largest = std::max(largest, std::abs(static_cast<double>(weight)));
    }
    ScorerModel model;
    model.scale = static_cast<std::int32_t>(std::floor(127 / std::min(largest, kLargest)));
    model.weights.resize(ScorerModel::kSlots);
    for (std::size_t i = 0; i < weights_.size(); ++i) {
      const long whole = std::lround(static_cast<double>(weights_[i]) * model.scale);
      model.weights[i] = static_cast<std::int8_t>(std::clamp(whole, -127L, 127L));
    }
    for (std::size_t h = 0; h < relations_.size(); ++h) {
      ScorerHead head;
      head.relation = relations_[h];
      head.bias = static_cast<std::int32_t>(std::lround(bias_[h] * model.scale));
      model.heads.push_back(std::move(head));
    }
    return model;
  }

  const std::vector<std::string>& relations_;
  const std::vector<PlaceOfPair>& places_;
  const RegressionOptions& options_;
  std::size_t pairs_;
  std::vector<std::uint32_t> kept_;
  std::vector<std::size_t> begins_;
  std::vector<float> weights_, steps_;
  std::vector<double> bias_;
  std::vector<std::uint32_t> left_out_;
};

}  // namespace

ScorerModel FitScorer(const std::vector<std::string>& relations,
                      const std::vector<PlaceOfPair>& places,
                      const std::vector<std::uint32_t>& features, std::size_t pairs,
                      const RegressionOptions& options) {
  return Regression(relations, places, features, pairs, options).Run();
}

void Shuffle(std::vector<std::uint32_t>& items, std::uint64_t seed) {
  std::uint64_t state = seed;
  for (std::size_t i = items.size(); i > 1; --i) {
    std::swap(items[i - 1], items[NextRandom(state) % i]);
  }
}

}  // namespace tupu::extract
