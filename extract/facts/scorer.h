// The learned scorer over pairs: adds relations that no rule proposes and takes back doubtful
// proposals of rules.
//
// One logistic regression for each relation type over hashed cues (scorer_features.h), learned from
// annotated pages (scorer_trainer.h), its weights whole numbers in one versioned file. Sums are
// integer arithmetic, so the same document gives the same answer everywhere. Immutable once loaded;
// share freely.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "extract/facts/names.h"
#include "extract/facts/pattern.h"
#include "extract/facts/scorer_features.h"
#include "extract/facts/workspace.h"
#include "graph/base/error.h"
#include "graph/model/schema.h"

namespace tupu::extract {

// What is learned of one relation type. Chances are in ten-thousandths.
struct ScorerHead {
  std::string relation;
  std::int32_t bias = 0;  // in the weights' unit
  // The chance that a pair holds is logistic((slope * sum / scale + offset) / 10000).
  std::int32_t slope = 10000;
  std::int32_t offset = 0;
  std::int32_t add = 10001;  // the least chance of a pair that is added; above 10000: none is
  std::int32_t keep = 0;     // proposals of rules that are less likely are taken back
};

struct ScorerModel {
  static constexpr std::uint32_t kSlots = 1u << 20;

  std::vector<ScorerHead> heads;
  std::int32_t scale = 1;            // of a weight: 1 is written as `scale`
  std::vector<std::int8_t> weights;  // kSlots of them

  static std::uint32_t Slot(std::uint32_t feature, std::uint32_t head) {
    const std::uint32_t hash = (feature ^ (head * 0x9E3779B1u)) * 0x85EBCA6Bu;
    return (hash ^ (hash >> 15)) & (kSlots - 1);
  }
};

std::string EncodeScorer(const ScorerModel& model);
// `name` stands for the file in errors (kCorruption).
Result<ScorerModel> DecodeScorer(std::string_view bytes, const std::string& name);
Status WriteScorer(const ScorerModel& model, const std::filesystem::path& file);

class Scorer {
 public:
  Scorer(ScorerModel model, const graph::Schema& schema);

  // Reads DIR/scorer/model.bin. Without that file there is nothing learned: a Scorer that changes
  // nothing. Errors: kCorruption, kIo.
  static Result<Scorer> Load(const std::filesystem::path& schema_dir, const graph::Schema& schema);

  // Adds and takes back proposals of `work`. `explain`: each change with its reasons is appended.
  void Apply(Workspace& work, const Names& names, const WordSets& sets,
             std::string* explain = nullptr) const;

  bool empty() const { return model_.heads.empty(); }
  const ScorerModel& model() const { return model_; }
  const PairSpace& space() const { return space_; }

 private:
  ScorerModel model_;
  PairSpace space_;
};

// The chance that `head` gives a sum of weights, in ten-thousandths.
std::int32_t ChanceOf(const ScorerHead& head, std::int32_t scale, std::int64_t sum);

}  // namespace tupu::extract
