// The statistical tagger: labels the characters of a sentence, for the names that no list holds.
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

#include "extract/ner/gazetteer.h"
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

class Tagger {
 public:
  Tagger(Tagger&&) noexcept;
  Tagger& operator=(Tagger&&) noexcept;
  ~Tagger();

  // kIo if there is no such file, kCorruption if it is not a model of a version that we read.
  // `entries` are those of the gazetteer whose matches Tag will get: their types are features.
  // They are not kept.
  static Result<Tagger> Load(const std::filesystem::path& file,
                             std::span<const GazetteerEntry> entries = {});
  // Of a model that has been read.
  Tagger(tagger::Model model, std::span<const GazetteerEntry> entries);

  // Spans without overlap, in order. `sentence` is valid UTF-8; `matches`: the gazetteer's of this
  // sentence (leftmost-longest, as Find gives them), in order. Time is linear in both.
  std::vector<TaggedSpan> Tag(std::string_view sentence,
                              std::span<const GazetteerMatch> matches) const;

  // As in the training data, in byte order.
  const std::vector<std::string>& labels() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tupu::extract
