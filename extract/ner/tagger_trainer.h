// Trains and measures taggers.
//
// Training is sequential and seeded: the same sentences in the same order with the same options
// make the same model on the same build.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "extract/ner/tagger.h"
#include "extract/ner/tagger_corpus.h"
#include "graph/base/error.h"

namespace tupu::extract {

struct TrainOptions {
  int epochs = 12;
  double rate = 0.1;        // of AdaGrad's steps
  double l2 = 1e-6;         // decay towards zero, a step
  bool wide = false;        // all features: see CollectFeatures
  double threshold = 0.05;  // weights below it are left out of the model
  // Added, in logits, to each transition that begins a span, after training: trades precision for
  // recall, or, below 0, the other way round. The confidence curves are drawn with it.
  double recall_bias = 0;
  // A character sequence seen less often is no feature: of two, of three characters.
  std::uint32_t min_pairs = 2;
  std::uint32_t min_triples = 3;
  // The share of the features that a sentence does without, others each time it is seen: so that
  // none leans on the characters of names that it knows by heart.
  double dropout = 0.3;
  std::uint64_t seed = 1;
  // Every so manieth sentence is kept out of training, for the confidence curves. 0: none, and no
  // confidence above the least.
  std::uint32_t hold_out_every = 20;
};

struct TrainProgress {
  int epoch = 0;  // from 1
  int epochs = 0;
  std::size_t sentences_done = 0;  // of this epoch
  std::size_t sentences = 0;
  double loss = 0;  // mean a character so far in this epoch
};

struct TrainReport {
  std::size_t sentences = 0;
  std::size_t characters = 0;
  std::size_t features = 0;  // in the model
  std::size_t bytes = 0;     // of the model's file
};

// Fails with kIo, or with kInvalidInput where there is nothing to learn or are more labels than a
// model holds. `progress` may be empty.
Result<TrainReport> TrainTagger(tagger::Corpus corpus, const std::filesystem::path& model,
                                const TrainOptions& options,
                                const std::function<void(const TrainProgress&)>& progress = {});

struct LabelScore {
  std::string label;
  std::size_t right = 0;
  std::size_t found = 0;
  std::size_t gold = 0;
  double precision() const { return found == 0 ? 0 : double(right) / double(found); }
  double recall() const { return gold == 0 ? 0 : double(right) / double(gold); }
  double f1() const { return found + gold == 0 ? 0 : 2 * double(right) / double(found + gold); }
};

struct Evaluation {
  std::vector<LabelScore> labels;  // in byte order; those of the model and of the corpus
  LabelScore all;                  // label "all"
};

// A span is right when its borders and its label are those of the corpus. Spans that touch a
// character of unknown label (`?`) do not count.
Evaluation EvaluateTagger(const Tagger& tagger, const tagger::Corpus& corpus);

}  // namespace tupu::extract
