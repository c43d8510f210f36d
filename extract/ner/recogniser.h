// Finds the mentions of one page: gazetteers, tagger and structural recognisers under one overlap
// policy, with what the page itself teaches (a name introduced once is known in its whole article).
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "extract/ingest/page.h"
#include "extract/ner/gazetteer.h"
#include "extract/ner/mention.h"
#include "graph/base/error.h"
#include "graph/model/document.h"
#include "graph/model/schema.h"

namespace tupu::extract {

// Immutable once loaded; share freely.
class Recogniser {
 public:
  Recogniser(Recogniser&&) noexcept;
  Recogniser& operator=(Recogniser&&) noexcept;
  ~Recogniser();

  // Reads gazetteers, lexicons and the tagger's model below `schema_dir`, side by side in threads.
  // `cache_dir`: see CachedAutomaton.
  static Result<Recogniser> Load(const std::filesystem::path& schema_dir,
                                 const graph::Schema& schema,
                                 const std::filesystem::path& cache_dir = {});

  // One element a sentence of `page`, in its order. Mentions never cross a sentence.
  std::vector<SentenceMentions> Recognise(const graph::Document& doc, const Page& page) const;

  const Gazetteer& gazetteer() const;

 private:
  struct Impl;
  explicit Recogniser(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace tupu::extract
