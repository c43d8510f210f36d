// One document in, its claims out. The whole of extraction behind one function:
// split page → sentences → mentions → names of the document → relations → claims.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/error.h"
#include "graph/model/claims.h"
#include "graph/model/document.h"
#include "graph/model/schema.h"

namespace tupu::extract {

struct Clues;
// A policy or an event: its type, its name and what rules see in it.
using NameVisitor =
    std::function<void(std::string_view type, std::string_view name, const Clues& clues)>;

// Which of the learned models speak beside rules and lists: none; those that read names; these and
// the scorer of claims.
enum class Models : std::uint8_t { kNone, kTaggers, kAll };

// Immutable once loaded: one serves all threads. Never reads the clock, the locale or the network.
class Extractor {
 public:
  Extractor(Extractor&&) noexcept;
  Extractor& operator=(Extractor&&) noexcept;
  ~Extractor();

  // Reads ontology, gazetteers, lexicons, rules and the models below `schema_dir`. A
  // mistake is a kSchema error naming file, place and what was expected. What is costly to make of
  // them is kept in `cache_dir` for the next time (CachedAutomaton); an empty path: nothing is.
  // A model whose file is missing says nothing.
  static Result<Extractor> Load(const std::filesystem::path& schema_dir,
                                const std::filesystem::path& cache_dir = {},
                                Models models = Models::kAll);

  const graph::Schema& schema() const;
  // Hash of all that was loaded: another version may extract other claims.
  const std::string& version() const;

  // Shows `visitor` the names of policies and events in a document, for training (NameFields).
  // Fails as Extract does.
  Status ForEachName(const graph::Document& doc, const NameVisitor& visitor) const;

  // Runs the examples that the rules carry; one line a failure (RunRuleExamples).
  std::vector<std::string> RunExamples() const;

  // The claims, normalised (graph::Normalise). With `explain`, what each layer found is appended to
  // it as text for people. Fails with kLimit for a text beyond the limits; an InternalError thrown
  // is a bug and the caller's to catch per document.
  Result<graph::Claims> Extract(const graph::Document& doc, std::string* explain = nullptr) const;

 private:
  struct Impl;
  explicit Extractor(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// One line of `tupu extract`: GUIDELINES' form with mentions, evidence offsets (code points) and
// canonical names. No line feed at the end. `with_text` adds the text (for .txt and .html).
std::string ClaimsToJson(const graph::Document& doc, const graph::Claims& claims, bool with_text);

}  // namespace tupu::extract
