// Viterbi twice: forward for the best reading; backward, where it holds a span, for the margins.
// With begin, middle, end and single tags a reading has a span exactly when its characters have
// the span's tags, so the best reading without it differs at one of them at least: its score is the
// greatest, over the span's characters, of the best reading through another tag there.
#include "extract/ner/tagger_decode.h"

#include <algorithm>
#include <bit>
#include <limits>

namespace tupu::extract::tagger {
namespace {

constexpr std::int32_t kNever = std::numeric_limits<std::int32_t>::min() / 4;
constexpr std::size_t kMaxClosed = kMaxLabels + 1;

using Bytes16 = std::int8_t __attribute__((vector_size(16)));
using Shorts16 = std::int16_t __attribute__((vector_size(32)));

void AddBlock(const Block& block, std::int16_t* scores) {
  static_assert(sizeof(Bytes16) == sizeof(Block));
  Bytes16 weights;
  Shorts16 sum;
  __builtin_memcpy(&weights, &block, sizeof weights);
  __builtin_memcpy(&sum, scores, sizeof sum);
  sum += __builtin_convertvector(weights, Shorts16);
  __builtin_memcpy(scores, &sum, sizeof sum);
}

// At most some thirty features of at most 128 stand for a place: no overflow of 16 bits.
void Score(const Model& model, const Observed& observed, Workspace& work) {
  auto n = static_cast<std::int32_t>(observed.chars.size());
  work.scores.assign(static_cast<std::size_t>(n) * kRowWeights, 0);
  CollectFeatures(observed, model.wide, work.features);
  // Slots and blocks are all over memory, so both are asked for before they are needed: a feature's
  // slot two steps of kAhead early, and its blocks, which the slot names, one step early.
  constexpr std::size_t kAhead = 16;
  constexpr int kLineBlocks = 64 / sizeof(Block);  // memory brings 64 bytes at a time
  const Slot* found[kAhead] = {};
  std::size_t mask = model.slots.size() - 1;
  std::size_t count = work.features.size();
  for (std::size_t step = 0; step < count + 2 * kAhead; ++step) {
    if (step < count) __builtin_prefetch(&model.slots[KeyHash(work.features[step].key) & mask]);
    const Slot* slot = found[step % kAhead];
    if (step >= kAhead && step < count + kAhead) {
      const Slot* next = model.Find(KeyHash(work.features[step - kAhead].key));
      if (next != nullptr) {
        const Block* first = &model.blocks[next->first_block];
        const int blocks = std::popcount(next->blocks);
        for (int i = 0; i < blocks; i += kLineBlocks) __builtin_prefetch(first + i);
        __builtin_prefetch(first + blocks - 1);
      }
      found[step % kAhead] = next;
    }
    if (step < 2 * kAhead || slot == nullptr) continue;
    const Feature& feature = work.features[step - 2 * kAhead];
    const Block* block = &model.blocks[slot->first_block];
    const std::int32_t first = feature.start + kFamily[feature.family].first;
    for (std::uint32_t left = slot->blocks; left != 0; left &= left - 1, ++block) {
      const auto at = static_cast<std::size_t>(std::countr_zero(left));
      const std::int32_t place = first + static_cast<std::int32_t>(at / kRowBlocks);
      if (place < 0 || place >= n) continue;
      AddBlock(*block, &work.scores[static_cast<std::size_t>(place) * kRowWeights +
                                    at % kRowBlocks * kBlockWeights]);
    }
  }
}

using Ints16 = std::int32_t __attribute__((vector_size(64)));

// Greater of each two; by reference, since how vectors are passed depends on the machine.
void Raise(Ints16& greatest, const Ints16& other) {
  greatest = greatest > other ? greatest : other;
}

class Lattice {
 public:
  Lattice(const Model& model, const Observed& observed, Workspace& work)
      : model_(model), tags_(model.tags), work_(work), n_(observed.chars.size()) {
    static_assert(kMaxClosed <= 16);
    const std::size_t classes = tags_.labels + 1;
    for (std::size_t x = 0; x < 16; ++x) {
      for (std::size_t y = 0; y < 16; ++y) {
        const bool is = x < classes && y < classes;
        from_[x][y] = is ? model.transitions[x * classes + y] : kNever;
        to_[y][x] = from_[x][y];
      }
    }
  }

  void Forward() {
    work_.forward.resize(n_ * kRowWeights);
    std::int32_t closed[kMaxClosed];
    std::fill(closed, closed + kMaxClosed, kNever);
    closed[0] = 0;
    std::size_t labels = tags_.labels;
    for (std::size_t i = 0; i < n_; ++i) {
      const std::int16_t* score = &work_.scores[i * kRowWeights];
      std::int32_t* now = &work_.forward[i * kRowWeights];
      const std::int32_t* past = i == 0 ? nullptr : now - kRowWeights;
      Ints16 open = from_[0] + closed[0];
      for (std::size_t x = 1; x <= labels; ++x) Raise(open, from_[x] + closed[x]);
      now[0] = open[0] + score[0];
      for (std::size_t y = 1; y <= labels; ++y) {
        now[tags_.Begin(y - 1)] = open[y] + score[tags_.Begin(y - 1)];
        now[tags_.Single(y - 1)] = open[y] + score[tags_.Single(y - 1)];
      }
      for (std::size_t k = 0; k < labels; ++k) {
        const std::int32_t* step = &model_.steps[k * 4];
        std::int32_t begin = past == nullptr ? kNever : past[tags_.Begin(k)];
        std::int32_t middle = past == nullptr ? kNever : past[tags_.Middle(k)];
        now[tags_.Middle(k)] = std::max(begin + step[kBeginMiddle], middle + step[kMiddleMiddle]) +
                               score[tags_.Middle(k)];
        now[tags_.End(k)] =
            std::max(begin + step[kBeginEnd], middle + step[kMiddleEnd]) + score[tags_.End(k)];
      }
      closed[0] = now[0];
      for (std::size_t k = 0; k < labels; ++k) {
        closed[k + 1] = std::max(now[tags_.End(k)], now[tags_.Single(k)]);
      }
    }
  }

  // The tags of the best reading; returns its score.
  std::int32_t Trace() {
    work_.best.resize(n_);
    const std::int32_t* last = &work_.forward[(n_ - 1) * kRowWeights];
    std::size_t tag = 0;
    for (std::size_t k = 0; k < tags_.labels; ++k) {
      if (last[tags_.End(k)] > last[tag]) tag = tags_.End(k);
    }
    for (std::size_t k = 0; k < tags_.labels; ++k) {
      if (last[tags_.Single(k)] > last[tag]) tag = tags_.Single(k);
    }
    std::int32_t total = last[tag];
    for (std::size_t i = n_;;) {
      work_.best[--i] = static_cast<std::uint8_t>(tag);
      if (i == 0) return total;
      tag = Before(i, tag);
    }
  }

  // backward[i][t]: the best score of what follows character i, if i has tag t.
  void Backward() {
    work_.backward.resize(n_ * kRowWeights);
    std::size_t labels = tags_.labels;
    std::int32_t* last = &work_.backward[(n_ - 1) * kRowWeights];
    std::fill(last, last + tags_.size(), kNever);
    last[0] = 0;
    for (std::size_t k = 0; k < labels; ++k) last[tags_.End(k)] = last[tags_.Single(k)] = 0;
    for (std::size_t i = n_ - 1; i > 0; --i) {
      const std::int16_t* score = &work_.scores[i * kRowWeights];
      const std::int32_t* next = &work_.backward[i * kRowWeights];
      std::int32_t* now = &work_.backward[(i - 1) * kRowWeights];
      std::int32_t entry[kMaxClosed];
      entry[0] = next[0] + score[0];
      for (std::size_t k = 0; k < labels; ++k) {
        entry[k + 1] = std::max(next[tags_.Begin(k)] + score[tags_.Begin(k)],
                                next[tags_.Single(k)] + score[tags_.Single(k)]);
      }
      Ints16 best = to_[0] + entry[0];
      for (std::size_t y = 1; y <= labels; ++y) Raise(best, to_[y] + entry[y]);
      now[0] = best[0];
      for (std::size_t x = 1; x <= labels; ++x) {
        now[tags_.End(x - 1)] = now[tags_.Single(x - 1)] = best[x];
      }
      for (std::size_t k = 0; k < labels; ++k) {
        const std::int32_t* step = &model_.steps[k * 4];
        std::int32_t middle = next[tags_.Middle(k)] + score[tags_.Middle(k)];
        std::int32_t end = next[tags_.End(k)] + score[tags_.End(k)];
        now[tags_.Begin(k)] = std::max(middle + step[kBeginMiddle], end + step[kBeginEnd]);
        now[tags_.Middle(k)] = std::max(middle + step[kMiddleMiddle], end + step[kMiddleEnd]);
      }
    }
  }

  // The score of the best reading in which character i does not have tag `without`.
  std::int32_t BestThroughOther(std::size_t i, std::size_t without) const {
    const std::int32_t* forward = &work_.forward[i * kRowWeights];
    const std::int32_t* backward = &work_.backward[i * kRowWeights];
    std::int32_t best = kNever;
    for (std::size_t tag = 0; tag < tags_.size(); ++tag) {
      if (tag != without) best = std::max(best, forward[tag] + backward[tag]);
    }
    return best;
  }

  // The score of the best reading in which the span stands.
  std::int32_t BestWith(const AskedSpan& span) const {
    const auto score = [&](std::size_t i, std::size_t tag) {
      return work_.scores[i * kRowWeights + tag];
    };
    const std::size_t last = span.end - 1;
    if (span.begin == last) {
      const std::size_t tag = tags_.Single(span.label);
      return work_.forward[last * kRowWeights + tag] + work_.backward[last * kRowWeights + tag];
    }
    const std::int32_t* step = &model_.steps[span.label * 4];
    std::int32_t sum = work_.forward[span.begin * kRowWeights + tags_.Begin(span.label)];
    for (std::size_t i = span.begin + 1; i < last; ++i) {
      sum += step[i == span.begin + 1 ? kBeginMiddle : kMiddleMiddle] +
             score(i, tags_.Middle(span.label));
    }
    sum +=
        step[last == span.begin + 1 ? kBeginEnd : kMiddleEnd] + score(last, tags_.End(span.label));
    return sum + work_.backward[last * kRowWeights + tags_.End(span.label)];
  }

 private:
  // The tag of character i-1 on the best way to `tag` at i.
  std::size_t Before(std::size_t i, std::size_t tag) const {
    const std::int32_t* past = &work_.forward[(i - 1) * kRowWeights];
    std::size_t labels = tags_.labels;
    std::size_t role = tag == 0 ? 0 : (tag - 1) / labels;  // begin 0, middle 1, end 2, single 3
    std::size_t label = tag == 0 ? 0 : (tag - 1) % labels;
    if (tag != 0 && (role == 1 || role == 2)) {
      const std::int32_t* step = &model_.steps[label * 4];
      std::int32_t begin = past[tags_.Begin(label)] + step[role == 1 ? kBeginMiddle : kBeginEnd];
      std::int32_t middle =
          past[tags_.Middle(label)] + step[role == 1 ? kMiddleMiddle : kMiddleEnd];
      return begin >= middle ? tags_.Begin(label) : tags_.Middle(label);
    }
    std::size_t y = tag == 0 ? 0 : label + 1;
    std::size_t best = 0;
    std::int32_t best_score = past[0] + model_.transitions[y];
    for (std::size_t k = 0; k < labels; ++k) {
      std::int32_t step = model_.transitions[(k + 1) * (labels + 1) + y];
      for (std::size_t from : {tags_.End(k), tags_.Single(k)}) {
        if (past[from] + step > best_score) {
          best_score = past[from] + step;
          best = from;
        }
      }
    }
    return best;
  }

  const Model& model_;
  Tags tags_;
  Workspace& work_;
  std::size_t n_;
  // Transitions by where they come from and by where they go: outside, then the labels.
  Ints16 from_[16];
  Ints16 to_[16];
};

}  // namespace

void Decode(const Model& model, const Observed& observed, Workspace& work,
            std::vector<DecodedSpan>& out, std::span<AskedSpan> asked) {
  out.clear();
  std::size_t n = observed.chars.size();
  if (n == 0 || model.tags.labels == 0) return;
  Score(model, observed, work);
  Lattice lattice(model, observed, work);
  lattice.Forward();
  std::int32_t total = lattice.Trace();
  const Tags& tags = model.tags;
  for (std::size_t i = 0; i < n; ++i) {
    std::size_t tag = work.best[i];
    if (tag == 0) continue;
    std::size_t label = (tag - 1) % tags.labels;
    std::size_t begin = i;
    while (work.best[i] != tags.End(label) && work.best[i] != tags.Single(label)) ++i;
    out.push_back({begin, i + 1, label, 0});
  }
  if (out.empty() && asked.empty()) return;
  lattice.Backward();
  for (AskedSpan& span : asked) span.deficit = total - lattice.BestWith(span);
  for (DecodedSpan& span : out) {
    std::int32_t rival = kNever;
    for (std::size_t i = span.begin; i < span.end; ++i) {
      rival = std::max(rival, lattice.BestThroughOther(i, work.best[i]));
    }
    span.margin = total - rival;
  }
}

}  // namespace tupu::extract::tagger
