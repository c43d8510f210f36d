// Forward–backward in scaled probabilities (Rabiner 1989). Labels follow one another through a
// small table from outside-or-label to outside-or-label, so a place costs labels², not tags².
#include "extract/ner/tagger_crf.h"

#include <algorithm>
#include <cmath>

#include "graph/base/error.h"

namespace tupu::extract::tagger {
namespace {

// Smaller gradients are not worth touching memory for.
constexpr float kNegligible = 1e-3F;

}  // namespace

Crf::Crf(std::size_t labels, std::size_t rows, CrfOptions options) : options_(options) {
  tags_.labels = labels;
  weights_.assign(rows * tags_.size(), 0);
  squares_.assign(rows * tags_.size(), 0);
  for (auto [dense, size] :
       {std::pair(&transitions_, (labels + 1) * (labels + 1)), std::pair(&steps_, labels * 4)}) {
    dense->weights.assign(size, 0);
    dense->squares.assign(size, 0);
    dense->gradient.assign(size, 0);
    dense->exponents.assign(size, 1);
  }
}

void Crf::Update(float& weight, float& square, float gradient) const {
  square += gradient * gradient;
  weight += options_.rate * gradient / (std::sqrt(square) + 1e-6F) - options_.l2 * weight;
}

void Crf::UpdateDense(Dense& dense) const {
  for (std::size_t i = 0; i < dense.weights.size(); ++i) {
    float gradient = dense.gradient[i];
    dense.gradient[i] = 0;
    if (std::abs(gradient) < kNegligible) continue;
    Update(dense.weights[i], dense.squares[i], gradient);
    dense.exponents[i] = std::exp(dense.weights[i]);
  }
}

double Crf::Expect(std::size_t places, const std::uint8_t* gold, float sign,
                   std::vector<float>& marginals) {
  std::size_t labels = tags_.labels;
  std::size_t size = tags_.size();
  std::size_t classes = labels + 1;
  alpha_.assign(places * size, 0);
  beta_.assign(places * size, 0);
  marginals.assign(places * size, 0);
  std::vector<float> closed(classes, 0);
  std::vector<float> entry(classes, 0);
  const float* move = transitions_.exponents.data();
  double log_sum = 0;
  auto allow = [&](std::size_t place, float* row) {
    if (gold == nullptr || gold[place] == kUnknown) return;
    for (std::size_t t = 0; t < size; ++t) {
      if (t != gold[place]) row[t] = 0;
    }
  };
  closed[0] = 1;
  for (std::size_t i = 0; i < places; ++i) {
    const float* score = &scores_[i * size];
    float* now = &alpha_[i * size];
    for (std::size_t y = 0; y < classes; ++y) {
      float open = 0;
      for (std::size_t x = 0; x < classes; ++x) open += closed[x] * move[x * classes + y];
      if (y == 0) {
        now[0] = open * score[0];
      } else {
        now[tags_.Begin(y - 1)] = open * score[tags_.Begin(y - 1)];
        now[tags_.Single(y - 1)] = open * score[tags_.Single(y - 1)];
      }
    }
    if (i > 0) {
      const float* past = now - size;
      for (std::size_t k = 0; k < labels; ++k) {
        const float* step = &steps_.exponents[k * 4];
        float begin = past[tags_.Begin(k)];
        float middle = past[tags_.Middle(k)];
        now[tags_.Middle(k)] =
            (begin * step[kBeginMiddle] + middle * step[kMiddleMiddle]) * score[tags_.Middle(k)];
        now[tags_.End(k)] =
            (begin * step[kBeginEnd] + middle * step[kMiddleEnd]) * score[tags_.End(k)];
      }
    }
    allow(i, now);
    float sum = 0;
    if (i + 1 == places) {  // a reading cannot break off inside a span
      for (std::size_t k = 0; k < labels; ++k) now[tags_.Begin(k)] = now[tags_.Middle(k)] = 0;
    }
    for (std::size_t t = 0; t < size; ++t) sum += now[t];
    if (!(sum > 0)) return -1e30;
    for (std::size_t t = 0; t < size; ++t) now[t] /= sum;
    log_sum += std::log(static_cast<double>(sum));
    closed[0] = now[0];
    for (std::size_t k = 0; k < labels; ++k) {
      closed[k + 1] = now[tags_.End(k)] + now[tags_.Single(k)];
    }
  }
  float* last = &beta_[(places - 1) * size];
  last[0] = 1;
  for (std::size_t k = 0; k < labels; ++k) last[tags_.End(k)] = last[tags_.Single(k)] = 1;
  std::vector<float> next(size, 0);
  for (std::size_t i = places; i-- > 0;) {
    float* beta = &beta_[i * size];
    const float* alpha = &alpha_[i * size];
    float total = 0;
    for (std::size_t t = 0; t < size; ++t) total += alpha[t] * beta[t];
    if (!(total > 0)) return -1e30;
    for (std::size_t t = 0; t < size; ++t) {
      marginals[i * size + t] = alpha[t] * beta[t] / total;
      beta[t] /= total;  // so that alpha · beta is one
    }
    const float* score = &scores_[i * size];
    for (std::size_t t = 0; t < size; ++t) next[t] = score[t] * beta[t];
    allow(i, next.data());
    entry[0] = next[0];
    for (std::size_t k = 0; k < labels; ++k) {
      entry[k + 1] = next[tags_.Begin(k)] + next[tags_.Single(k)];
    }
    // Counts of what leads from i-1 to i, in proportion to the sum of all ways.
    const float* past = i == 0 ? nullptr : alpha - size;
    closed.assign(classes, 0);
    if (past == nullptr) {
      closed[0] = 1;
    } else {
      closed[0] = past[0];
      for (std::size_t k = 0; k < labels; ++k) {
        closed[k + 1] = past[tags_.End(k)] + past[tags_.Single(k)];
      }
    }
    float ways = 0;
    for (std::size_t x = 0; x < classes; ++x) {
      for (std::size_t y = 0; y < classes; ++y) {
        ways += closed[x] * move[x * classes + y] * entry[y];
      }
    }
    if (past != nullptr) {
      float* before = &beta_[(i - 1) * size];
      for (std::size_t k = 0; k < labels; ++k) {
        const float* step = &steps_.exponents[k * 4];
        float middle = next[tags_.Middle(k)];
        float end = next[tags_.End(k)];
        before[tags_.Begin(k)] = middle * step[kBeginMiddle] + end * step[kBeginEnd];
        before[tags_.Middle(k)] = middle * step[kMiddleMiddle] + end * step[kMiddleEnd];
        ways += past[tags_.Begin(k)] * before[tags_.Begin(k)] +
                past[tags_.Middle(k)] * before[tags_.Middle(k)];
      }
      for (std::size_t x = 0; x < classes; ++x) {
        float sum = 0;
        for (std::size_t y = 0; y < classes; ++y) sum += move[x * classes + y] * entry[y];
        if (x == 0) {
          before[0] = sum;
        } else {
          before[tags_.End(x - 1)] = before[tags_.Single(x - 1)] = sum;
        }
      }
    }
    if (!(ways > 0)) continue;
    float share = sign / ways;
    for (std::size_t x = 0; x < classes; ++x) {
      for (std::size_t y = 0; y < classes; ++y) {
        transitions_.gradient[x * classes + y] +=
            share * closed[x] * move[x * classes + y] * entry[y];
      }
    }
    if (past == nullptr) continue;
    for (std::size_t k = 0; k < labels; ++k) {
      const float* step = &steps_.exponents[k * 4];
      float* gradient = &steps_.gradient[k * 4];
      float begin = share * past[tags_.Begin(k)];
      float inner = share * past[tags_.Middle(k)];
      gradient[kBeginMiddle] += begin * step[kBeginMiddle] * next[tags_.Middle(k)];
      gradient[kBeginEnd] += begin * step[kBeginEnd] * next[tags_.End(k)];
      gradient[kMiddleMiddle] += inner * step[kMiddleMiddle] * next[tags_.Middle(k)];
      gradient[kMiddleEnd] += inner * step[kMiddleEnd] * next[tags_.End(k)];
    }
  }
  return log_sum;
}

double Crf::Step(std::size_t places, std::span<const Firing> firings,
                 std::span<const std::uint8_t> gold) {
  TUPU_CONTRACT(gold.size() == places);
  if (places == 0) return 0;
  std::size_t size = tags_.size();
  scores_.assign(places * size, 0);
  for (const Firing& firing : firings) {
    const float* row = &weights_[firing.row * size];
    float* score = &scores_[firing.place * size];
    for (std::size_t t = 0; t < size; ++t) score[t] += row[t];
  }
  for (std::size_t i = 0; i < places; ++i) {
    float* score = &scores_[i * size];
    float most = *std::max_element(score, score + size);
    for (std::size_t t = 0; t < size; ++t) score[t] = std::exp(score[t] - most);
  }
  double bound = Expect(places, gold.data(), 1, bound_);
  if (bound <= -1e29) {  // the labels rule one another out, as far as floats can tell
    std::fill(transitions_.gradient.begin(), transitions_.gradient.end(), 0.0F);
    std::fill(steps_.gradient.begin(), steps_.gradient.end(), 0.0F);
    return 0;
  }
  double all = Expect(places, nullptr, -1, free_);
  for (std::size_t i = 0; i < free_.size(); ++i) bound_[i] -= free_[i];
  for (const Firing& firing : firings) {
    const float* gradient = &bound_[firing.place * size];
    float* row = &weights_[firing.row * size];
    float* squares = &squares_[firing.row * size];
    for (std::size_t t = 0; t < size; ++t) {
      if (std::abs(gradient[t]) >= kNegligible) Update(row[t], squares[t], gradient[t]);
    }
  }
  UpdateDense(transitions_);
  UpdateDense(steps_);
  return all - bound;
}

}  // namespace tupu::extract::tagger
