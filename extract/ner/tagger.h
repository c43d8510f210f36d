// The statistical tagger: labels the characters of a sentence, for the names that no list holds.
//
// Immutable once loaded; share freely. Same sentence, same spans on every machine: integer weights,
// no floating point in decoding.
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

struct TaggedSpan {
  Span span;               // bytes in the sentence
  std::string_view label;  // as in the training data; lives as long as the tagger
  double confidence = 0;   // 0 < c <= 1
};

class Tagger {
 public:
  Tagger(Tagger&&) noexcept;
  Tagger& operator=(Tagger&&) noexcept;
  ~Tagger();

  // kIo if there is no such file, kCorruption if it is not a model of a version that we read.
  static Result<Tagger> Load(const std::filesystem::path& file);

  // Spans without overlap, in order. `matches`: the gazetteer's of this sentence, as features.
  std::vector<TaggedSpan> Tag(std::string_view sentence,
                              std::span<const GazetteerMatch> matches) const;

  const std::vector<std::string>& labels() const;

 private:
  struct Impl;
  explicit Tagger(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace tupu::extract
