// Labelled sentences for the tagger: one character and its label a line, an empty line between
// sentences.
//
//   浦 B-Zone
//   东 I-Zone
//   的 O
//
// Between character and label stands a tab or a space. Labels: O, B-X and I-X (an I-X that does not
// continue an X begins one), also M-X, E-X and S-X; `?`, or nothing after the tab, where nobody
// knows: training takes every reading of such a character for possible. Files are plain UTF-8:
// unpack .xz first.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "extract/ner/tagger_clues.h"
#include "graph/base/error.h"

namespace tupu::extract::tagger {

// `label` is a number in Corpus::labels.
struct LabelledSpan {
  std::uint32_t begin = 0;  // characters, half-open
  std::uint32_t end = 0;
  std::uint32_t label = 0;
  auto operator<=>(const LabelledSpan&) const = default;
};

struct LabelledSentence {
  std::string text;
  std::vector<LabelledSpan> spans;  // in order, without overlap
  std::vector<bool> unknown;        // per character; empty where all are known
  Clues clues;
};

// A form of a name and what it is labelled.
struct LabelledForm {
  std::string form;
  std::string label;
};

struct Corpus {
  std::vector<std::string> labels;  // in byte order
  std::vector<LabelledSentence> sentences;

  // Adds a sentence in which every form is labelled wherever it stands: the longest first, of equal
  // ones the first of `forms`.
  void Add(std::string_view text, const Clues& clues, std::span<const LabelledForm> forms);
};

// Fails with kIo or, naming file:line and what was expected, with kInvalidInput.
Result<Corpus> ReadCorpus(std::span<const std::filesystem::path> files);
// The same from text; `name` stands for the file in errors.
Result<Corpus> ParseCorpus(std::string_view text, const std::string& name);

}  // namespace tupu::extract::tagger
