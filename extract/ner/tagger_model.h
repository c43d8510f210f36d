// The tagger's weights, in memory and on disk.
//
// File, all integers big-endian or varints (graph/base/coding.h), strings length-prefixed:
//   "TUPUTAG" + version byte
//   wide                                     0 or 1, see CollectFeatures
//   scale                                    weights are multiples of 1/scale
//   count, labels                            in byte order
//   (labels+1)² zigzag varints               from outside/label to outside/label, row by row
//   labels × 4 zigzag varints                begin→middle, begin→end, middle→middle, middle→end
//   per label: count, (margin, permyriad)*   confidence, both rising
//   count of features, then each, by rising hash:
//     hash - forerunner's hash, places (bit set over its family's places),
//     per place set: tags (bit set of those with a weight), one byte each, two's complement
//   16 bytes                                 HashFields of all before
// Tags: 0 outside; then begin, middle, end and single, each for every label in order.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/base/error.h"
#include "graph/base/huge_vector.h"

namespace tupu::extract::tagger {

inline constexpr std::size_t kMaxLabels = 15;  // so that a row has at most 61 tags

// Numbers of tags. `label` counts from 0.
struct Tags {
  std::size_t labels = 0;
  std::size_t size() const { return 1 + 4 * labels; }
  std::size_t Begin(std::size_t label) const { return 1 + label; }
  std::size_t Middle(std::size_t label) const { return 1 + labels + label; }
  std::size_t End(std::size_t label) const { return 1 + 2 * labels + label; }
  std::size_t Single(std::size_t label) const { return 1 + 3 * labels + label; }
};

enum Step : std::uint8_t { kBeginMiddle = 0, kBeginEnd, kMiddleMiddle, kMiddleEnd };

// One point of a confidence curve; between points it runs straight.
struct CurvePoint {
  std::int32_t margin = 0;
  std::int32_t permyriad = 0;
};

// A row of weights, one for each tag, is made of blocks; the last is filled up with zeros.
inline constexpr std::size_t kBlockWeights = 16;
inline constexpr std::size_t kRowBlocks = (1 + 4 * kMaxLabels + kBlockWeights - 1) / kBlockWeights;
inline constexpr std::size_t kRowWeights = kRowBlocks * kBlockWeights;
using Block = std::array<std::int8_t, kBlockWeights>;

// A feature and its rows, one for each place. Half of the blocks have no weight but zero and are
// left out; what is there stands one after the other.
struct Slot {
  std::uint32_t hash = 0;
  std::uint32_t first_block = 0;
  std::uint32_t blocks = 0;  // bit place × kRowBlocks + i: block i is there; 0 marks a free slot
};
static_assert(8 * kRowBlocks <= 32, "eight places");

struct Model {
  Tags tags;
  bool wide = false;
  int scale = 1;
  std::vector<std::string> labels;
  std::vector<std::int32_t> transitions;  // (labels+1)²
  std::vector<std::int32_t> steps;        // labels × 4
  std::vector<std::vector<CurvePoint>> curves;

  // Open addressing, a power of two slots, at most half full: most features of a text are not
  // known, and the search for one ends at the first free slot.
  HugeVector<Slot> slots;
  HugeVector<Block> blocks;

  // Null where the model does not know the feature.
  const Slot* Find(std::uint32_t hash) const {
    std::size_t mask = slots.size() - 1;
    for (std::size_t i = hash & mask;; i = (i + 1) & mask) {
      if (slots[i].blocks == 0) return nullptr;
      if (slots[i].hash == hash) return &slots[i];
    }
  }
};

// What goes into a model, feature by feature.
struct WeightRow {
  std::uint32_t hash = 0;
  std::uint8_t places = 0;
  std::vector<std::int8_t> weights;  // one row of tags.size() for every place set
};

// Fills slots and rows. The rows must be of different hashes, in rising order.
void SetRows(Model& model, const std::vector<WeightRow>& rows);

std::string EncodeModel(const Model& model);
// `name` stands for the file in errors (kCorruption).
Result<Model> DecodeModel(std::string_view bytes, const std::string& name);

Status WriteModel(const Model& model, const std::filesystem::path& file);
Result<Model> ReadModel(const std::filesystem::path& file);

// The permyriad at `margin` by the curve of `label`.
std::int32_t Confidence(const Model& model, std::size_t label, std::int32_t margin);

}  // namespace tupu::extract::tagger
