// What the name of a policy or an event is about, as a tagger reads it.
//
// Rules take a name apart (targets.cpp); the tagger, trained on names whose fields people have
// written down, sees what they found together with the words around, and says what of it holds and
// what they missed. Its model is schemas/tagger/fields.bin, made by `tupu tagger train --fields`.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "extract/facts/name_reader.h"
#include "extract/facts/workspace.h"
#include "extract/ner/tagger.h"
#include "graph/base/error.h"

namespace tupu::extract {

// The one label of the model.
inline constexpr std::string_view kNameField = "Field";

// Immutable once loaded; share freely.
class NameFields {
 public:
  // Cuts a text into its words.
  using Words = std::function<void(std::string_view, std::vector<WordClue>&)>;
  // Called with the type of every policy and event, its name and what is known of that, before the
  // tagger reads it.
  using Visitor =
      std::function<void(std::string_view type, std::string_view name, const Clues& clues)>;

  // Nothing where `file` does not exist; kCorruption where it is no model of this kind.
  static Result<std::optional<NameFields>> Load(const std::filesystem::path& file, Words words);
  // Without a tagger: to show names to an visitor.
  NameFields(Words words, Visitor visitor);

  // Weighs what rules found in the name `id`: takes away what does not hold and adds what they
  // missed, in the order of the name.
  void Weigh(const Workspace& work, MentionId id, std::vector<NameObject>& found) const;

 private:
  explicit NameFields(Tagger tagger, Words words);
  Words words_;
  Visitor visitor_;
  std::optional<Tagger> tagger_;
};

}  // namespace tupu::extract
