// Industries by their heads: 产业, 行业, 制造业, 技术 and what is said of them. Marked generously:
// whether a class takes part in a relation is for facts to see.
#include <algorithm>

#include "extract/ner/candidates.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::uint32_t kMaxIndustry = 12;

bool Joins(const Knowledge& know, const AnalysedSentence& sent, const Token& token) {
  std::uint32_t cues = sent.Cues(token, know.lexicon);
  if (cues & (kStop | kAction)) return false;
  if (token.word != kNothing && know.lexicon.word(token.word).title >= 0) return false;
  switch (token.word_class) {
    case WordClass::kNoun:
    case WordClass::kInner:
    case WordClass::kAdjective:
    case WordClass::kUnknown:
      return true;
    case WordClass::kName:
      return KindOf(know, sent, token) == kIndustry;
    case WordClass::kAscii:
      return DigitOf(sent.chars[token.begin]) < 0;
    default:
      return false;
  }
}

}  // namespace

void FindIndustries(const Knowledge& know, const AnalysedSentence& sent,
                    std::vector<Candidate>& out) {
  for (std::uint32_t end = 2; end <= sent.size(); ++end) {
    std::uint32_t index = sent.head_end[end];
    if (index == kNothing || !sent.IsBoundary(end)) continue;
    const Head& head = know.lexicon.heads()[index];
    if (head.family != Family::kIndustry) continue;
    auto head_begin = end - static_cast<std::uint32_t>(CountCodePoints(head.form));
    std::uint32_t token = sent.token_at[head_begin];
    while (token > 0 && end - sent.tokens[token - 1].begin <= kMaxIndustry &&
           Joins(know, sent, sent.tokens[token - 1])) {
      --token;
    }
    while (sent.tokens[token].end < head_begin &&
           (sent.Cues(sent.tokens[token], know.lexicon) & kClassLead) != 0) {
      ++token;
    }
    // 重点产业: a generic word names no industry.
    auto generic = [&](std::uint32_t t) {
      const Token& at = sent.tokens[t];
      return (sent.Cues(at, know.lexicon) & kGeneric) != 0 && at.size() <= 2 &&
             at.word_class != WordClass::kName;
    };
    std::uint32_t begin = sent.tokens[token].begin;
    std::uint32_t content = 0;
    for (std::uint32_t t = token; t < sent.tokens.size() && sent.tokens[t].begin < head_begin;
         ++t) {
      if (!generic(t)) content += std::min(sent.tokens[t].end, head_begin) - sent.tokens[t].begin;
    }
    if (begin >= head_begin || content == 0) continue;
    Candidate candidate;
    candidate.begin = begin;
    candidate.end = end;
    candidate.kind = kIndustry;
    candidate.rule = "industry.head";
    candidate.tier = kTierLoose;
    candidate.confidence = 0.5;
    out.push_back(std::move(candidate));
  }
}

}  // namespace tupu::extract
