// What an article teaches: names that it introduced in a context that left no doubt are known in
// the rest of it without one.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "extract/ner/automaton.h"
#include "extract/ner/candidates.h"
#include "extract/ner/overlap.h"

namespace tupu::extract {

class ArticleMemory {
 public:
  void Learn(const Knowledge& know, const AnalysedSentence& sent,
             const std::vector<Standing>& standing);
  // Made-up names in a list with companies: 华昌、锦懋、博阳等. Teaches them and proposes them.
  void LearnLists(const Knowledge& know, const AnalysedSentence& sent,
                  const std::vector<Standing>& standing, std::vector<Candidate>& out);
  // No more is learned after it.
  void Close(const Knowledge& know);
  // Adds a candidate for every known name; whether it added any.
  bool Recall(const Knowledge& know, const AnalysedSentence& sent,
              std::vector<Candidate>& out) const;

 private:
  struct Learned {
    std::uint8_t kind = kNoKind;
    const char* rule = "";
    std::vector<std::uint32_t> entries;
  };
  void Add(const Knowledge& know, std::string_view form, std::uint8_t kind, const char* rule,
           const std::vector<std::uint32_t>& entries = {});
  void LearnShortForms(const Knowledge& know, const AnalysedSentence& sent,
                       const std::vector<Standing>& standing);

  std::map<std::string, Learned, std::less<>> names_;
  std::vector<const Learned*> order_;
  Automaton automaton_;
};

}  // namespace tupu::extract
