// The conditional random field in training: weights as floating point, their gradients, AdaGrad.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "extract/ner/tagger_model.h"

namespace tupu::extract::tagger {

// A row of weights that stands for a place in the sentence.
struct Firing {
  std::uint32_t place = 0;
  std::uint32_t row = 0;
};

struct CrfOptions {
  float rate = 0.1F;
  float l2 = 1e-6F;
};

// Not for sharing between threads.
class Crf {
 public:
  Crf(std::size_t labels, std::size_t rows, CrfOptions options);

  // One step on one sentence of `places` characters. `gold[i]` is the tag, or kUnknown. Returns the
  // loss: minus the logarithm of the probability of all readings that agree with `gold`.
  double Step(std::size_t places, std::span<const Firing> firings,
              std::span<const std::uint8_t> gold);
  static constexpr std::uint8_t kUnknown = 255;

  const Tags& tags() const { return tags_; }
  // tags().size() weights.
  std::span<const float> Row(std::size_t row) const {
    return {weights_.data() + row * tags_.size(), tags_.size()};
  }
  std::span<const float> transitions() const { return transitions_.weights; }
  std::span<const float> steps() const { return steps_.weights; }

 private:
  struct Dense {
    std::vector<float> weights;
    std::vector<float> squares;
    std::vector<float> gradient;  // of the sentence at hand
    std::vector<float> exponents;
  };
  // Fills `marginals` with the probability of each tag at each place; where `gold` is given, only
  // of readings that agree with it. Adds `sign` times the expected counts to the gradients of
  // transitions and steps. Returns the logarithm of the sum over readings, less the largest scores.
  double Expect(std::size_t places, const std::uint8_t* gold, float sign,
                std::vector<float>& marginals);
  void Update(float& weight, float& square, float gradient) const;
  void UpdateDense(Dense& dense) const;

  Tags tags_;
  CrfOptions options_;
  std::vector<float> weights_;
  std::vector<float> squares_;
  Dense transitions_;
  Dense steps_;
  std::vector<float> scores_;  // exponents, places × tags
  std::vector<float> alpha_;
  std::vector<float> beta_;
  std::vector<float> free_;
  std::vector<float> bound_;
};

}  // namespace tupu::extract::tagger
