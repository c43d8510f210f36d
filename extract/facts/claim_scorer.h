// Whether a claim that a rule makes is likely to hold.
//
// Rules see a pattern; how often they are right depends on more: how the ends were found, how their
// names end, what stands between and beside them, whether it is a headline. A logistic regression
// learned from annotated documents weighs that, drops what is too unlikely, and says of the rest
// how likely it is: of claims with a confidence of 0.8 four in five are right. Its model is
// schemas/scorer/claims.bin, made by `tupu scorer train`.
//
// File, integers as varints or zigzag varints (graph/base/coding.h):
//   "TUPUCLM" + version byte
//   least, bias                  in thousandths of a logit
//   count of features, then each, by rising hash:
//     hash - forerunner's hash, weight in thousandths of a logit
//   16 bytes                     HashFields of all before
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/base/error.h"
#include "graph/model/claims.h"
#include "graph/model/document.h"

namespace tupu::extract {

// What is seen of a relation of `claims`, as hashes of 32 bits in no order, none of them twice. It
// depends on the document and on the claims' content, not on their order. `names`, where given,
// gets what each hash stands for, in words.
void CollectClaimFeatures(const graph::Document& doc, const graph::Claims& claims,
                          const graph::LocalRelation& relation, std::vector<std::uint32_t>& hashes,
                          std::vector<std::string>* names = nullptr);

struct ClaimModel {
  std::int32_t least = 0;  // a claim below it is dropped; as all here, thousandths of a logit
  std::int32_t bias = 0;
  std::vector<std::pair<std::uint32_t, std::int32_t>> weights;  // by rising hash
};

std::string EncodeClaimModel(const ClaimModel& model);
// `name` stands for the file in errors (kCorruption).
Result<ClaimModel> DecodeClaimModel(std::string_view bytes, const std::string& name);

// What becomes of a claim.
struct Verdict {
  bool stays = true;
  std::optional<double> confidence;  // 0.01 to 0.99 in steps of 0.01; nothing where nobody judged
};

// Immutable once made; share freely. Sums of integers, and confidences far from where their last
// bit would round them elsewhere: the same verdict on every machine.
class ClaimScorer {
 public:
  // Nothing where `file` does not exist; kCorruption where it is no model of a version that we
  // read.
  static Result<std::optional<ClaimScorer>> Load(const std::filesystem::path& file);
  explicit ClaimScorer(ClaimModel model) : model_(std::move(model)) {}

  // How likely a claim with such features is, in thousandths of a logit.
  std::int64_t Score(const std::vector<std::uint32_t>& features) const;
  bool Stays(const std::vector<std::uint32_t>& features) const {
    return Score(features) >= model_.least;
  }

  // On each relation of `claims`, by their place. What a document denies stays: nobody has judged
  // such claims. With `explain`, those that go are appended to it, with how likely each is and what
  // speaks most against it.
  std::vector<Verdict> Judge(const graph::Document& doc, const graph::Claims& claims,
                             std::string* explain = nullptr) const;

 private:
  std::int32_t Weight(std::uint32_t hash) const;

  ClaimModel model_;
};

}  // namespace tupu::extract
