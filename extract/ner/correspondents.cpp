// People whom the form of a page gives away: to whom a letter is written, who wrote an article,
// whom to call.
//   甲、乙委员：    竹业网 甲? ?2026-03-05    人事处甲 010-12345678
#include <string_view>
#include <vector>

#include "extract/ner/candidates.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::int32_t kContact = -2755;  // the least score of a name before its number
constexpr int kMaxContacts = 6;           // names before one number

bool IsBlank(char32_t c) {
  return c == U' ' || c == U'　' || c == U'\t' || c == U'\u00a0' || c == U'\u2002' ||
         c == U'\u2003';
}

class CorrespondentReader {
 public:
  CorrespondentReader(const Knowledge& know, const AnalysedSentence& sent,
                      std::vector<Candidate>& out)
      : know_(know), sent_(sent), out_(out) {}

  void Run() {
    Addressed();
    Bylined();
    Called();
    Labelled();
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

  // 吴竹声 12345678, 人事处林晚010-12345678, 联系人：林晚、吴　竹 电话：…: whom to call.
  void Called() {
    constexpr std::uint32_t kMinDigits = 7;
    for (std::uint32_t at = 2; at + 2 <= sent_.size(); ++at) {
      if (sent_.chars.StartsAt(at, U"电话")) {
        const char32_t next = At(at + 2);
        const bool number = next == U'：' || next == U':' || IsBlank(next) || DigitOf(next) >= 0;
        if (number) Contacts(BeforeLabel(at));
        continue;
      }
      if (DigitOf(At(at)) < 0 || DigitOf(At(at - 1)) >= 0 || At(at - 1) == U'-') continue;
      std::uint32_t digits = 0, stop = at;
      while (stop < sent_.size() && (DigitOf(At(stop)) >= 0 || At(stop) == U'-' ||
                                     At(stop) == U'—' || At(stop) == U'）' || At(stop) == U')')) {
        if (DigitOf(At(stop)) >= 0) ++digits;
        ++stop;
      }
      if (digits >= kMinDigits && digits <= 20) Contacts(at);
      at = stop;
    }
  }
  // 联系电话, 咨询电话: where the label begins that ends with the word at `pos`.
  std::uint32_t BeforeLabel(std::uint32_t pos) const {
    for (const std::u32string_view word : {U"联系", U"咨询", U"办公", U"座机"}) {
      const auto size = static_cast<std::uint32_t>(word.size());
      if (pos >= size && sent_.chars.StartsAt(pos - size, word)) return pos - size;
    }
    return pos;
  }

  // The names before `end`, the last one first.
  void Contacts(std::uint32_t end) {
    for (int count = 0; count < kMaxContacts; ++count) {
      const std::uint32_t from = end;
      while (end > 1 && from - end < 4 && IsGap(At(end - 1))) --end;
      if (count > 0 && end == from) return;
      if (!IsHan(At(end - 1))) return;
      const std::uint32_t begin = Contact(end);
      if (begin == end) return;
      end = begin;
    }
  }
  static bool IsGap(char32_t c) {
    return IsBlank(c) || c == U'（' || c == U'(' || c == U'，' || c == U'：' || c == U':' ||
           c == U'、' || c == U',';
  }

  // 联系人：林晚、吴竹
  void Labelled() {
    static constexpr std::u32string_view kLabel = U"联系人";
    for (std::uint32_t at = 0; at + kLabel.size() < sent_.size(); ++at) {
      if (!sent_.chars.StartsAt(at, kLabel)) continue;
      std::uint32_t begin = at + static_cast<std::uint32_t>(kLabel.size());
      if (At(begin) != U'：' && At(begin) != U':') continue;
      for (int count = 0; count < kMaxContacts; ++count) {
        while (begin < sent_.size() && IsGap(At(begin))) ++begin;
        std::uint32_t end = begin;
        while (end < sent_.size() && IsHan(At(end)) && end < begin + 4) ++end;
        if (!Piece(begin, end)) break;
        begin = end;
      }
    }
  }
  bool Piece(std::uint32_t begin, std::uint32_t end) {
    if (end < begin + 2 || end > begin + 3 || sent_.title_end[end] != kNothing) return false;
    if (IsWord(begin, end) || NameScore(know_.lexicon, sent_, begin, end) < kContact) return false;
    Add(begin, end, TitleKind::kMedia, "person.contact", 0.85);
    return true;
  }

  // Where the name begins that ends at `end`, which is added; `end`: none.
  std::uint32_t Contact(std::uint32_t end) {
    if (const std::uint32_t begin = Padded(end); begin != end) {
      Add(begin, end, TitleKind::kMedia, "person.contact", 0.85);
      return begin;
    }
    // 高新处, 值班室
    static constexpr std::u32string_view kUnits =
        U"处科部室局办会区站所院司厅厂组县镇村线网机话真址箱号";
    if (kUnits.find(At(end - 1)) != std::u32string_view::npos) return end;
    for (const std::uint32_t size : {3u, 2u}) {
      if (end < size) continue;
      const std::uint32_t begin = end - size;
      const bool alone = begin == 0 || !IsHan(At(begin - 1));
      // 商务处林晚: an office's name ends so whatever it is.
      static constexpr std::u32string_view kOffices = U"处科室司局办";
      const bool office = !alone && kOffices.find(At(begin - 1)) != std::u32string_view::npos;
      if (!alone && !office && !EndsBody(know_, sent_, begin)) continue;
      if (IsWord(begin, end) || sent_.title_end[end] != kNothing) continue;
      if (NameScore(know_.lexicon, sent_, begin, end) < (alone ? kContact : kLooseName)) continue;
      Add(begin, end, TitleKind::kMedia, "person.contact", 0.85);
      return begin;
    }
    return end;
  }

  // 吴　竹, 林  晚: a surname and a name of one character, set apart.
  std::uint32_t Padded(std::uint32_t end) const {
    std::uint32_t at = end - 1;
    while (at > 0 && end - at < 4 && IsBlank(At(at - 1))) --at;
    if (at == 0 || at + 1 == end || !IsHan(At(end - 1)) || !IsHan(At(at - 1))) return end;
    if (at > 1 && IsHan(At(at - 2))) return end;
    const char32_t surname = At(at - 1);
    const std::int32_t score = know_.lexicon.Surname(std::u32string_view(&surname, 1));
    const std::int32_t given = know_.lexicon.GivenSingle(At(end - 1));
    if (score == Lexicon::kNever || given == Lexicon::kNever) return end;
    return score + given >= kContact ? at - 1 : end;
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
