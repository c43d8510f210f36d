// Classes of actor and fields of the economy as a text names them: 中小企业, 集成电路产业.
//
// They stand in no gazetteer; patterns and titles of policies say where one is, and here its
// borders are cleaned: 加快新材料产业发展等领域 is about 新材料产业. The words are word sets of
// schemas/rules.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "extract/facts/pattern.h"

namespace tupu::extract {

// Characters of a class that sentences name, and of one that a title does, which says where it
// ends.
inline constexpr std::size_t kTerm = 16, kTitleTerm = 22;
// Bytes before a class that make another one of it.
inline constexpr std::uint32_t kQualifies = 12;

class Terms {
 public:
  // `sets` must outlive this and hold term_head, term_tail, term_stop, term_whole,
  // term_part, company_stop, company_kind and unit_tail.
  explicit Terms(const WordSets& sets);

  // The term within `span`, or nothing where none is left or it is no class (企业, 今年以来).
  std::optional<Span> Clean(std::string_view text, Span span, std::size_t most = kTerm) const;

  // The same for free text that is a name of its own (a project): only marks around it go, and
  // what holds a stop word, is too long or says no more than one of `heads` (数据中心) is none.
  // `heads` may be null.
  std::optional<Span> CleanName(std::string_view text, Span span, const WordList* heads) const;

  // The same for a company that only what it does tells for one (由甲资本、乙创投领投): behind
  // 子公司, 旗下 and what kind of company it is (set company_kind: 智能马桶制造商…), and none that
  // a word of the set company_stop says nothing of (老股东).
  std::optional<Span> CleanCompany(std::string_view text, Span span) const;

 private:
  // Where the name begins behind a date and the words for its kind.
  std::uint32_t PastKind(std::string_view text, Span span) const;

  const WordList& heads_;
  const WordList& tails_;
  const WordList& stops_;
  const WordList& wholes_;
  const WordList& no_company_;
  const WordList& company_kinds_;
  const WordList& units_;
  const WordList& parts_;
};

// The set, which must be there (RuleBook::Load checks those that code needs).
const WordList& WordsOf(const WordSets& sets, std::string_view name);

// The words on which free text of this type ends (the set free_project and the like), or null.
const WordList* FreeHeads(const WordSets& sets, std::string_view type);

// Whether a document of this name reports (…统计公报（2031年）), which addresses nobody; a
// government's report on its work does. Needs the set report_name.
bool IsReport(std::string_view name, const WordSets& sets);

// Whether 及, 与 or 和 at `pos` only ends a word: 普及, 参与.
bool EndsInJoint(std::string_view text, std::uint32_t pos);

// Whether any of the words stands in the text.
inline bool HoldsAny(std::string_view text, const WordList& words) { return words.StandsIn(text); }

// The longest word of `words` (any order) that begins or ends at `pos`; its bytes, or 0.
inline std::uint32_t LongestAt(std::string_view text, std::uint32_t pos, const WordList& words) {
  return words.LongestAt(text, pos);
}
inline std::uint32_t LongestBefore(std::string_view text, std::uint32_t pos,
                                   const WordList& words) {
  return words.LongestBefore(text, pos);
}

}  // namespace tupu::extract
