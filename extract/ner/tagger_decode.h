// From weights to spans: the scores of a sentence's characters, the best reading, its margins.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "extract/ner/tagger_features.h"
#include "extract/ner/tagger_model.h"

namespace tupu::extract::tagger {

struct DecodedSpan {
  std::size_t begin = 0;  // characters, half-open
  std::size_t end = 0;
  std::size_t label = 0;
  // By how much the best reading beats the best one in which this very span, with this label, does
  // not stand. Not negative; in units of 1/scale.
  std::int32_t margin = 0;
};

// A span of which the decoder is asked how far it is from the best reading.
struct AskedSpan {
  std::size_t begin = 0;  // characters, half-open, not empty
  std::size_t end = 0;
  std::size_t label = 0;
  // By how much the best reading beats the best one in which this very span stands with this label;
  // 0 where it stands in the best reading.
  std::int32_t deficit = 0;
};

// Working memory, kept between sentences.
struct Workspace {
  std::vector<Feature> features;
  std::vector<std::int16_t> scores;  // characters × kRowWeights
  std::vector<std::int32_t> forward;
  std::vector<std::int32_t> backward;
  std::vector<std::uint8_t> best;
};

// The spans of the best reading, in order. Of equal readings the one with smaller tags from the end
// wins. Fills in the deficits of `asked`.
void Decode(const Model& model, const Observed& observed, Workspace& work,
            std::vector<DecodedSpan>& out, std::span<AskedSpan> asked = {});

}  // namespace tupu::extract::tagger
