#include "extract/ner/candidates.h"

namespace tupu::extract {

std::uint8_t KindOf(const Knowledge& know, const AnalysedSentence& sent, const Token& token) {
  if (token.match == kNothing) return kNoKind;
  std::uint8_t weak = kNoKind;
  for (const Sense& sense : sent.matches[token.match].senses) {
    if (!sense.weak) return know.entry_kinds[sense.entry];
    if (weak == kNoKind) weak = know.entry_kinds[sense.entry];
  }
  return weak;
}

bool IsRegionToken(const Knowledge& know, const AnalysedSentence& sent, const Token& token,
                   bool weak) {
  if (token.match == kNothing) return false;
  for (const Sense& sense : sent.matches[token.match].senses) {
    if (sense.weak && !weak) continue;
    std::uint8_t kind = know.entry_kinds[sense.entry];
    if (kind < kKinds && IsRegion(static_cast<Kind>(kind))) {
      // A weak form that is a common word is one: 和平, 市中.
      return !sense.weak || token.word_class == WordClass::kName;
    }
  }
  return false;
}

bool IsLevelToken(const AnalysedSentence& sent, const Token& token) {
  static constexpr std::u32string_view kLevels = U"省市区县州旗";
  return token.size() == 1 && kLevels.find(sent.chars[token.begin]) != std::u32string_view::npos;
}

bool IsFunctionWord(const Knowledge& know, const AnalysedSentence& sent, const Token& token) {
  switch (token.word_class) {
    case WordClass::kPreposition:
    case WordClass::kConjunction:
    case WordClass::kParticle:
    case WordClass::kPronoun:
    case WordClass::kAdverb:
      return true;
    default:
      return (sent.Cues(token, know.lexicon) & kStop) != 0;
  }
}

bool OfEveryLevel(const AnalysedSentence& sent, std::uint32_t pos) {
  static constexpr std::u32string_view kLevels = U"省市县区州旗盟";
  static constexpr std::u32string_view kMarks = U"、（(和及或/";
  const char32_t next = sent.chars[pos + 1];
  if (next == U'（' || next == U'(') return true;
  if (pos < 2 || sent.chars[pos] == U'省' ||
      kMarks.find(sent.chars[pos - 1]) == std::u32string_view::npos) {
    return false;
  }
  // 昆山市、区科技局 has a name, 各市、区科技局 has none.
  const Token& left = sent.tokens[sent.token_at[pos - 2]];
  return kLevels.find(sent.chars[pos - 2]) != std::u32string_view::npos &&
         (left.size() == 1 || sent.chars[left.begin] == U'各');
}

Candidate PersonCandidate(std::uint32_t begin, std::uint32_t end, TitleKind kind, const char* rule,
                          double confidence) {
  Candidate candidate;
  candidate.begin = begin;
  candidate.end = end;
  candidate.kind = kind == TitleKind::kOfficial ? kOfficial : kPerson;
  candidate.rule = rule;
  candidate.tier = kTierPerson;
  candidate.confidence = confidence;
  return candidate;
}

bool EndsBody(const Knowledge& know, const AnalysedSentence& sent, std::uint32_t pos) {
  const std::uint32_t head = pos > 4 ? sent.head_end[pos] : kNothing;
  return head != kNothing && know.lexicon.heads()[head].kind <= kInstitution;
}

}  // namespace tupu::extract
