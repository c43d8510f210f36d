// The statistical tagger: labels the characters of a sentence, weighing what other layers found.
//
// A linear-chain conditional random field over characters, decoded by Viterbi. Immutable once
// loaded; share freely. Same sentence, same spans on every machine: integer weights, no floating
// point in decoding. The model's file format is described in tagger_model.h.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "extract/ner/tagger_clues.h"
#include "graph/base/error.h"
#include "graph/base/span.h"

namespace tupu::extract {

namespace tagger {
struct Model;
}

struct TaggedSpan {
  Span span;               // bytes in the sentence
  std::string_view label;  // as in the training data; lives as long as the tagger
  // 0 < c < 1: the share of spans that were right among those held out in training with such a
  // distance to the best reading without this span. Grows with that distance.
  double confidence = 0;
};

// A span whose name others propose.
struct AskedName {
  Span span;               // bytes in the sentence, of whole characters, not empty
  std::string_view label;  // as in the training data
  // By how much the best reading beats the best one in which the name stands: a logarithm of how
  // much likelier the model takes it to be. 0 where the name is in it; infinite for a label that
  // the model does not know, and for a span that is none or too long for one.
  double deficit = 0;
};

class Tagger {
 public:
  Tagger(Tagger&&) noexcept;
  Tagger& operator=(Tagger&&) noexcept;
  ~Tagger();

  // kIo if there is no such file, kCorruption if it is not a model of a version that we read.
  static Result<Tagger> Load(const std::filesystem::path& file);
  // Of a model that has been read.
  explicit Tagger(tagger::Model model);

  // Spans without overlap, in order. `sentence` is valid UTF-8; `clues`: of the same source as in
  // training. Time is linear in both.
  // Fills in the deficits of `asked`.
  std::vector<TaggedSpan> Tag(std::string_view sentence, const Clues& clues,
                              std::span<AskedName> asked = {}) const;

  // As in the training data, in byte order.
  const std::vector<std::string>& labels() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tupu::extract
