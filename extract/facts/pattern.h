// Patterns over a sentence and the mentions in it: the language of schemas/rules (README.md there).
//
// A pattern is compiled into a few linear ones (alternatives multiplied out), each a row of
// elements matched left to right with bounded backtracking.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "extract/facts/word_list.h"
#include "extract/facts/workspace.h"
#include "graph/base/error.h"
#include "graph/base/name_hash.h"

namespace tupu::extract {

// Named lists of words, for patterns ($name) and for code.
using WordSets = std::unordered_map<std::string, WordList, NameHash, std::equal_to<>>;

struct PatternElement {
  enum class Kind : std::uint8_t {
    kMention,        // <role:Type|Type>   a mention of one of the types
    kWords,          // 印发, $set, (a|b): one of the words, the longest first
    kGap,            // _8, _8m, _8c, _8mc
    kFree,           // <role:?Industry>   text that becomes a mention
    kAmount,         // <role:@amount>
    kDate,           // <role:@date>
    kTitle,          // <role:@title>
    kSentenceStart,  // ^
    kClauseStart,    // ^c
    kSentenceEnd,    // $
    kClauseEnd,      // $c
  };
  Kind kind = Kind::kWords;
  std::string role;
  std::vector<std::string> types;  // concrete types, sorted
  bool list = false;               // +: one or more, coordinated
  bool nested = false;             // ~: also mentions inside others
  bool taken_over = false;         // ^: also the subject that a clause takes over
  // kWords: by length, the longest first. kFree: one of them ends the text, where there are any.
  std::vector<std::string> words;
  CharacterFilter border;      // kWords: of their first characters; kFree: of their last ones
  std::uint32_t optional = 0;  // this and what follows, so many, may be left out together
  std::uint32_t max = 0;       // of a gap, in characters
  bool over_mentions = false;
  bool over_commas = false;
};

struct LinearPattern {
  std::vector<PatternElement> elements;
  // One of these words must stand in the sentence; empty: nothing is known.
  std::vector<std::string> triggers;
};

// What a role was bound to. Of the two lists one is filled, by the kind of the element.
struct Binding {
  std::string_view role;
  std::vector<MentionId> mentions;
  std::vector<Span> texts;            // kFree, kTitle
  std::optional<std::size_t> amount;  // index into the sentence's amounts
  std::optional<std::size_t> date;
  std::string_view free_type;  // kFree
  bool taken_over = false;     // the subject of an earlier clause or sentence
};

struct PatternMatch {
  Span span;  // in the sentence's text
  std::vector<Binding> bindings;
  const Binding* Find(std::string_view role) const;
};

// Compiles `text`. Errors (kSchema) name the offending piece and what was expected; `where` says
// where the pattern stands.
Result<std::vector<LinearPattern>> CompilePattern(std::string_view text, const WordSets& sets,
                                                  const graph::Schema& schema,
                                                  const std::string& where);

// Every match of `pattern` in a sentence, the leftmost for each place of its first element; at
// most one for each start.
void MatchPattern(const LinearPattern& pattern, const Workspace& work, std::uint32_t sentence,
                  const std::function<void(const PatternMatch&)>& found);

// Helpers shared with the structural rules.

// The byte length of the coordinator that stands at `pos` (、 和 与 及 以及 …), 0 if none.
std::uint32_t CoordinatorAt(std::string_view text, std::uint32_t pos);
// The end of the bracketed remark that begins at `pos` （…）, or `pos` if there is none there.
std::uint32_t SkipRemark(std::string_view text, std::uint32_t pos);
// Asked of every word of long lists, so they look at one telling byte first: Chinese characters
// mostly share their first, and seldom the third.
inline bool StartsWithAt(std::string_view text, std::uint32_t pos, std::string_view word) {
  const std::size_t size = word.size();
  if (size == 0 || pos > text.size() || size > text.size() - pos) return false;
  const std::size_t telling = size < 3 ? 0 : 2;
  return text[pos + telling] == word[telling] && text.compare(pos, size, word) == 0;
}
inline bool EndsWithAt(std::string_view text, std::uint32_t pos, std::string_view word) {
  const std::size_t size = word.size();
  return pos <= text.size() && size <= pos && size != 0 && text[pos - 1] == word[size - 1] &&
         StartsWithAt(text, pos - static_cast<std::uint32_t>(size), word);
}
// The bytes of the comma, stop or other mark between clauses that stands at `pos`, 0 if none does.
std::uint32_t ClauseMarkAt(std::string_view text, std::uint32_t pos);
// The start of the clause that holds `pos` and its end: between ，；：。 and the like.
std::uint32_t ClauseBegin(std::string_view text, std::uint32_t pos);
std::uint32_t ClauseEnd(std::string_view text, std::uint32_t pos);
// Cuts `span` at coordinators that stand outside brackets, quotation marks and mentions of names.
std::vector<Span> SplitCoordinated(std::string_view text, Span span);

}  // namespace tupu::extract
