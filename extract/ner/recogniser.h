// Finds the mentions of one page: gazetteers and structural recognisers under one overlap policy,
// with what the page itself teaches (a name introduced once is known in its whole article); the
// tagger weighs all of it at the end.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "extract/ingest/page.h"
#include "extract/ner/gazetteer.h"
#include "extract/ner/mention.h"
#include "extract/ner/tagger_clues.h"
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
  // `cache_dir`: see CachedAutomaton. `tagger`: whether to use the model, if there is one.
  static Result<Recogniser> Load(const std::filesystem::path& schema_dir,
                                 const graph::Schema& schema,
                                 const std::filesystem::path& cache_dir = {}, bool tagger = true);

  // One element a sentence of `page`, in its order. Mentions never cross a sentence.
  std::vector<SentenceMentions> Recognise(const graph::Document& doc, const Page& page) const;

  // What all layers but the tagger say of each sentence, to train a tagger with.
  void ForEachSentence(const graph::Document& doc, const Page& page,
                       const std::function<void(std::string_view, const Clues&)>& use) const;
  // The same of a sentence that stands alone.
  void CluesOf(std::string_view sentence, Clues& out) const;

  // The words of a text.
  void WordsOf(std::string_view text, std::vector<WordClue>& out) const;

  const Gazetteer& gazetteer() const;

 private:
  struct Impl;
  explicit Recogniser(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace tupu::extract
