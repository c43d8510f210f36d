// Compares extracted graphs with gold ones: precision, recall and F1 of entities and relations.
//
// Everything is judged per document, as a small graph. The rules:
// - Forms (name and aliases) are compared folded: NFKC, lower case, without spaces, quotation
//   marks, 《》 and middle dots.
// - An output entity matches a gold one of the same type (Person and Official are one) when they
//   share a form; Industry, Project, Event and Policy, whose borders are a matter of taste, also
//   when a form holds one of the other and is not more than 1/0.6 times as long.
// - An output relation matches a gold one of the same type when both ends match, whatever the ends'
//   types.
// - Each gold item is matched at most once; what else would match it is a false positive.
// - A property of a matched relation is right when it is equal as a number, or else folded.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "graph/eval/annotated_document.h"

namespace tupu::graph {

struct Matches {
  std::uint64_t tp = 0, fp = 0, fn = 0;

  double precision() const;  // 0 where nothing was found
  double recall() const;     // 0 where nothing was to be found
  double f1() const;
  Matches& operator+=(const Matches& other);
  bool operator==(const Matches&) const = default;
};

struct Share {
  std::uint64_t right = 0, of = 0;
  bool operator==(const Share&) const = default;
};

// A false positive or negative.
struct ScoringError {
  bool relation = false;
  bool missed = false;  // else spurious
  std::string type;
  std::vector<std::string>
      forms;             // of an entity, its name first; of a relation its two ends' names
  std::string sentence;  // where it stands; empty where nothing tells
};

struct DocumentScore {
  std::string id;
  bool missing = false;  // no output
  Matches entity, entity_any_type, relation, core;
  std::map<std::string, Matches> entity_by_type;  // Person counts as Official
  std::map<std::string, Matches> relation_by_type;
  // By name, of matched relations; "title_spurious" counts those that only the output has.
  std::map<std::string, Share> properties;
  std::vector<ScoringError> errors;
  std::vector<bool> relation_right;  // by place in the output: whether it matches a gold one
};

// A form as the scorer compares it.
std::string FoldForm(std::string_view form);

// `output` may be null. `text` is the document's, to find sentences of entities in; may be empty.
DocumentScore ScoreDocument(const AnnotatedDocument& gold, const AnnotatedDocument* output,
                            std::string_view text);

// A 95 % interval: percentiles of the bootstrap.
struct Interval {
  double low = 0, high = 0;
};
struct ScoreRow {
  Matches count;
  Interval precision, recall, f1;
};

struct Evaluation {
  std::size_t documents = 0;
  std::vector<std::string> missing_documents;
  ScoreRow entity, entity_any_type, relation, core;
  std::map<std::string, ScoreRow> entity_by_type;
  std::map<std::string, ScoreRow> relation_by_type;
  std::map<std::string, Share> properties;
};

// Micro averages, with intervals from drawing documents with replacement (Efron, 1979), since what
// one document says hangs together. The generator and its seed are fixed: the same scores in the
// same order give the same intervals on every machine.
Evaluation Evaluate(const std::vector<DocumentScore>& scores);

// The sentence of `text` around [begin, end): from the stop or line end before it to the one after.
std::string_view SentenceAround(std::string_view text, std::size_t begin, std::size_t end);

}  // namespace tupu::graph
