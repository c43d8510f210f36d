// A cheap test before a pattern is tried in a sentence: whether what it cannot do without stands
// there at all, mentions of its types, amounts, dates, titles and words. Most patterns whose
// trigger stands in a sentence lack something else.
//
// The gate is immutable once filled; share freely. GatedSentence is one thread's.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "extract/facts/pattern.h"
#include "extract/facts/word_list.h"
#include "extract/facts/workspace.h"
#include "graph/base/name_hash.h"

namespace tupu::extract {

class RuleGate {
 public:
  // Patterns have numbers in the order in which they are added.
  void Add(const LinearPattern& pattern);

 private:
  friend class GatedSentence;
  struct Mentions {
    std::uint64_t types = 0;  // one of them
    bool nested = false;      // may lie inside others
    bool taken_over = false;  // or be the subject that a clause takes over
  };
  struct Needs {
    std::vector<Mentions> mentions;
    std::vector<std::uint32_t> words;  // one of each list, the longest words first
    bool amounts = false, dates = false, titles = false;
  };

  std::vector<Needs> patterns_;
  std::unordered_map<std::string, std::uint64_t, NameHash, std::equal_to<>> types_;  // their bits
  std::map<std::vector<std::string>, std::uint32_t> numbers_;                        // of lists
  std::vector<WordList> lists_;
};

class GatedSentence {
 public:
  // One sentence after the other; `gate` and `work` must outlive their use.
  void Open(const RuleGate& gate, const Workspace& work, std::uint32_t sentence);
  // Whether pattern `number` may match: no false no.
  bool Lets(std::uint32_t number);

 private:
  void NoteTypes();

  const RuleGate* gate_ = nullptr;
  const Workspace* work_ = nullptr;
  const WorkSentence* sent_ = nullptr;
  std::size_t mentions_ = 0;             // in types_
  std::uint64_t outer_ = 0, types_ = 0;  // of the mentions outside others, of all
  std::vector<std::uint8_t> words_;      // by list: unknown, missing, there
};

}  // namespace tupu::extract
