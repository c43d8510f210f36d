// People whom the form of a page gives away: to whom a letter is written, who wrote an article,
// whom to call.
//   甲、乙委员：    竹业网 甲? ?2026-03-05    人事处甲 010-12345678
#include <string_view>
#include <vector>

#include "extract/ner/candidates.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

bool IsBlank(char32_t c) { return c == U' ' || c == U'　' || c == U'\t' || c == U'\u00a0'; }

class CorrespondentReader {
 public:
  CorrespondentReader(const Knowledge& know, const AnalysedSentence& sent,
                      std::vector<Candidate>& out)
      : know_(know), sent_(sent), out_(out) {}

  void Run() {
    Addressed();
    Bylined();
    Called();
  }

 private:
  char32_t At(std::uint32_t pos) const { return sent_.chars[pos]; }
  void Add(std::uint32_t begin, std::uint32_t end, TitleKind kind, const char* rule,
           double confidence) {
    out_.push_back(PersonCandidate(begin, end, kind, rule, confidence));
  }
  // A word of the dictionary: 热线, 高峰.
  bool IsWord(std::uint32_t begin, std::uint32_t end) const {
    const Token& token = sent_.tokens[sent_.token_at[begin]];
    if (token.begin != begin || token.end < end) return false;
    const std::uint8_t kind = KindOf(know_, sent_, token);
    return kind >= kKinds || !IsPerson(static_cast<Kind>(kind));
  }

  // 甲、乙委员：, 丙代表：: a letter to those who made a proposal.
  void Addressed() {
    std::uint32_t end = 0;
    for (const std::u32string_view word : {U"代表：", U"委员：", U"副主席：", U"同志："}) {
      if (sent_.size() < word.size() || sent_.size() > 40) continue;
      const auto at = static_cast<std::uint32_t>(sent_.size() - word.size());
      if (sent_.chars.StartsAt(at, word)) end = at;
    }
    std::uint32_t begin = 0;
    for (std::uint32_t at = 0; at <= end && end > 0; ++at) {
      if (at < end && At(at) != U'、' && At(at) != U'，') continue;
      if (NameScore(know_.lexicon, sent_, begin, at) >= kLooseName) {
        Add(begin, at, TitleKind::kOfficial, "person.addressed", 0.85);
      }
      begin = at + 1;
    }
  }

  // 竹业网 吴竹? ?2026-03-05: who wrote it, between the outlet and the date.
  void Bylined() {
    constexpr std::uint32_t kMaxPen = 14;
    std::uint32_t space = 1;
    while (space < sent_.size() && space < 12 && At(space) != U' ') ++space;
    if (At(space) != U' ') return;
    std::uint32_t end = space + 1;
    while (end < sent_.size() && end < space + kMaxPen && At(end) != U'?') ++end;
    if (end < space + 3 || !sent_.chars.StartsAt(end, U"? ?20") || At(space - 1) == U'：') return;
    for (std::uint32_t at = space + 1; at < end; ++at) {
      if (At(at) == U'：' || At(at) == U':') return;  // read with its label
    }
    Add(space + 1, end, TitleKind::kMedia, "person.byline", 0.85);
  }

  // 吴竹声 12345678, 人事处林晚010-12345678: whom to call.
  void Called() {
    constexpr std::uint32_t kMinDigits = 7;
    for (std::uint32_t at = 2; at + kMinDigits <= sent_.size(); ++at) {
      if (DigitOf(At(at)) < 0 || DigitOf(At(at - 1)) >= 0 || At(at - 1) == U'-') continue;
      std::uint32_t digits = 0, stop = at;
      while (stop < sent_.size() && (DigitOf(At(stop)) >= 0 || At(stop) == U'-' ||
                                     At(stop) == U'—' || At(stop) == U'）' || At(stop) == U')')) {
        if (DigitOf(At(stop)) >= 0) ++digits;
        ++stop;
      }
      std::uint32_t end = at;
      while (end > 1 && at - end < 4 &&
             (IsBlank(At(end - 1)) || At(end - 1) == U'（' || At(end - 1) == U'(' ||
              At(end - 1) == U'，' || At(end - 1) == U'：')) {
        --end;
      }
      if (digits >= kMinDigits && digits <= 20 && IsHan(At(end - 1))) Contact(end);
      at = stop;
    }
  }
  void Contact(std::uint32_t end) {
    for (const std::uint32_t size : {3u, 2u}) {
      if (end < size) continue;
      const std::uint32_t begin = end - size;
      const bool edge = begin == 0 || !IsHan(At(begin - 1)) || EndsBody(know_, sent_, begin);
      if (!edge || IsWord(begin, end) || sent_.title_end[end] != kNothing) continue;
      if (NameScore(know_.lexicon, sent_, begin, end) < kLooseName) continue;
      Add(begin, end, TitleKind::kMedia, "person.contact", 0.85);
      return;
    }
  }

  const Knowledge& know_;
  const AnalysedSentence& sent_;
  std::vector<Candidate>& out_;
};

}  // namespace

void FindCorrespondents(const Knowledge& know, const AnalysedSentence& sent,
                        std::vector<Candidate>& out) {
  CorrespondentReader(know, sent, out).Run();
}

}  // namespace tupu::extract
