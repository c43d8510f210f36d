// Learns the scorer's model from annotated documents.
//
// The rules run first; the regressions see what they propose as cues. Five-fold cross-validation
// over documents gives each relation type its curve of chances and its thresholds, and shows what
// is gained over rules alone; a type that gains nothing is left to the rules. The model itself is
// then learned from all documents. The same documents give the same model.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "extract/facts/rules.h"
#include "extract/facts/scorer.h"
#include "extract/facts/scorer_gold.h"
#include "extract/ingest/page.h"
#include "extract/ner/gazetteer.h"
#include "extract/ner/mention.h"
#include "graph/model/document.h"
#include "graph/model/schema.h"

namespace tupu::extract {

struct ScorerOptions {
  int folds = 5;
  int epochs = 12;
  double rate = 0.05;
  double shrink = 0.1;                // L2
  std::uint64_t seed = 1;             // order of documents and places
  double least_added = 0.36;          // an added relation must be right more often than this
  double least_kept = 0.35;           // and one that rules propose more often than this
  std::uint32_t least_documents = 2;  // that a cue must stand in to be learned
};

// A recognised document with what is right for it.
struct ScorerPage {
  graph::Document doc;
  Page page;
  std::vector<SentenceMentions> found;
  GoldDocument gold;
};

struct ScorerReport {
  std::size_t documents = 0;
  std::size_t pairs = 0;    // that relations may join
  std::size_t weights = 0;  // that are not zero
  std::size_t bytes = 0;
  ClaimsAgreement rules;  // cross-validation: rules alone
  ClaimsAgreement both;   // rules and scorer
};

// Learns from pages in memory. `pages` must not be empty (kInvalidInput).
Result<std::pair<ScorerModel, ScorerReport>> LearnScorer(const std::vector<ScorerPage>& pages,
                                                         const graph::Schema& schema,
                                                         const RuleBook& rules,
                                                         const Gazetteer* gazetteer,
                                                         const ScorerOptions& options);

// Reads documents (what ReadDocuments reads) and their annotations, joined by id, recognises names
// with what is in `schema_dir`, and writes the model to `out`. A document without annotations, or
// annotations without a document, is an error.
Result<ScorerReport> TrainScorer(const std::filesystem::path& schema_dir,
                                 const std::filesystem::path& docs,
                                 const std::filesystem::path& gold,
                                 const std::filesystem::path& out, const ScorerOptions& options);

}  // namespace tupu::extract
