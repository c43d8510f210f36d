// People whose names are written in letters of another script or transliterated from one:
//   米洛·多兰科维奇    外长让-马克·迪朗    总裁 Nora Feld    总监诺拉·费尔德（Nora Feld）
// Transliterated names are told by · between their parts, Latin ones by the post before them.
#include <algorithm>
#include <utility>
#include <vector>

#include "extract/ner/candidates.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::uint32_t kMaxPart = 7;    // characters of a transliterated part
constexpr std::uint32_t kMaxLatin = 40;  // characters of a Latin name
constexpr std::uint32_t kMaxLatinWords = 5;
constexpr std::uint32_t kMinLatinWord = 3;  // letters of a name of one word

bool IsUpper(char32_t c) { return c >= U'A' && c <= U'Z'; }
bool IsLower(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'À' && c <= U'ÿ'); }
bool IsLetter(char32_t c) { return IsUpper(c) || IsLower(c); }
bool IsDot(char32_t c) { return c == U'·' || c == U'•' || c == U'‧' || c == U'・' || c == U'．'; }
bool IsHyphen(char32_t c) { return c == U'-' || c == U'－' || c == U'—' || c == U'–'; }

class ForeignReader {
 public:
  ForeignReader(const Knowledge& know, const AnalysedSentence& sent,
                const std::vector<TitleSpan>& titles, std::vector<Candidate>& out)
      : know_(know), sent_(sent), titles_(titles), out_(out) {}

  void Run() {
    Dotted();
    Founded();
    for (const TitleSpan& title : titles_) {
      if (title.kind == TitleKind::kMedia) {
        Signed(title);
        continue;
      }
      BeforeTitle(title);
      Hyphened(title);
      Bracketed(title);
      AfterTitle(title);
    }
  }

 private:
  char32_t At(std::uint32_t pos) const { return sent_.chars[pos]; }
  const Token& TokenAt(std::uint32_t pos) const { return sent_.tokens[sent_.token_at[pos]]; }
  std::uint32_t CuesAt(std::uint32_t pos) const {
    return pos < sent_.size() ? sent_.Cues(TokenAt(pos), know_.lexicon) : 0;
  }
  bool MayEnd(std::uint32_t end) const {
    return end >= sent_.size() || !IsHan(At(end)) || sent_.IsBoundary(end);
  }

  void Add(std::uint32_t begin, std::uint32_t end, TitleKind kind, const char* rule,
           double confidence) {
    out_.push_back(PersonCandidate(begin, end, kind, rule, confidence));
  }

  // 玉苏甫江·麦麦提
  void Dotted() {
    for (std::uint32_t pos = 1; pos + 1 < sent_.size(); ++pos) {
      if (!IsDot(At(pos)) || !IsHan(At(pos - 1)) || !IsHan(At(pos + 1))) continue;
      const std::uint32_t begin = DottedBegin(pos);
      std::uint32_t end = DottedEnd(pos + 1);
      while (end > pos + 2 && !MayEnd(end)) --end;
      if (pos - begin < 2 || end - pos < 3) continue;
      TitleKind kind = TitleKind::kPerson;
      for (const TitleSpan& title : titles_) {
        if (title.end == begin) kind = title.kind;
      }
      Add(begin, end, kind, "person.foreign", 0.9);
      pos = end;
    }
  }

  // Where the first part begins that ends at the dot, with what a hyphen joins to it (让-马克·).
  std::uint32_t DottedBegin(std::uint32_t pos) const {
    std::uint32_t begin = PartBegin(pos);
    // Up to a post any letters are a name's.
    std::uint32_t post = pos;
    while (post > 0 && pos - post < kMaxPart + 1 && IsHan(At(post - 1)) && !TitleEndsAt(post) &&
           !IsLongVerb(TokenAt(post - 1))) {
      --post;
    }
    if (TitleEndsAt(post) && pos - post >= 2) begin = post;
    if (begin > 1 && IsHyphen(At(begin - 1)) && pos > begin && IsTransliterated(begin - 2)) {
      // 让-马克: 让 is a verb elsewhere.
      begin = At(begin - 2) == U'让' ? begin - 2 : PartBegin(begin - 1);
    }
    return begin;
  }
  std::uint32_t PartBegin(std::uint32_t end) const {
    std::uint32_t begin = end;
    while (begin > 0 && end - begin < kMaxPart && Joins(begin - 1) && !TitleEndsAt(begin)) --begin;
    return begin;
  }

  // Where the parts end that begin at `end`, joined by dots and hyphens.
  std::uint32_t DottedEnd(std::uint32_t end) const {
    std::uint32_t done = end;  // without the sign that joins the next part
    for (;;) {
      const std::uint32_t start = end;
      while (end < sent_.size() && end - start < kMaxPart && Joins(end)) ++end;
      if (end == start) return done;
      done = end;
      const bool goes_on = IsDot(At(end)) ? IsHan(At(end + 1))
                                          : IsHyphen(At(end)) && end + 1 < sent_.size() &&
                                                Joins(end + 1) && Joins(end + 2);
      if (!goes_on) return end;
      ++end;
    }
  }

  bool TitleEndsAt(std::uint32_t pos) const {
    return std::any_of(titles_.begin(), titles_.end(),
                       [&](const TitleSpan& title) { return title.end == pos; });
  }

  // A letter of transliterations that is no word of its own here.
  bool Joins(std::uint32_t pos) const {
    if (!IsHan(At(pos)) || !know_.lexicon.IsTransliteration(At(pos))) return false;
    const Token& token = TokenAt(pos);
    if (token.size() == 1 && IsFunctionWord(know_, sent_, token) && !IsInnerLetter(pos)) {
      return false;
    }
    return !IsLongVerb(token) && !(token.size() > 1 && token.word_class == WordClass::kTime);
  }
  // 以, 达, 特, 莫; 因 and 比 where letters of names surround them: 因默古特, 奥比昂.
  bool IsInnerLetter(std::uint32_t pos) const {
    const char32_t c = At(pos);
    if (c == U'以' || c == U'达' || c == U'特' || c == U'莫') return true;
    return (c == U'因' || c == U'比' || c == U'别' || c == U'多' || c == U'里' || c == U'本') &&
           know_.lexicon.IsTransliteration(At(pos + 1)) && TokenAt(pos + 1).size() == 1;
  }
  static bool IsLongVerb(const Token& token) {
    return token.size() > 1 && token.word_class == WordClass::kVerb;
  }

  // 议长布朗-皮埃, 发言人瑞秋－史坦: a hyphen between letters of names, behind a post only; between
  // places it says from where to where.
  void Hyphened(const TitleSpan& title) {
    std::uint32_t pos = title.end;
    while (pos < sent_.size() && pos - title.end < kMaxPart && IsTransliterated(pos)) ++pos;
    if (!IsHyphen(At(pos)) || pos < title.end + 2) return;
    std::uint32_t end = DottedEnd(pos + 1);
    while (end > pos + 2 && !MayEnd(end)) --end;
    if (end < pos + 3) return;
    Add(title.end, end, title.kind, "person.foreign", 0.85);
  }
  bool IsTransliterated(std::uint32_t pos) const {
    return IsHan(At(pos)) && know_.lexicon.IsTransliteration(At(pos));
  }

  // 同多兰卡总统会谈: letters of names up to a word that may stand before one.
  void BeforeTitle(const TitleSpan& title) {
    static constexpr std::string_view kPosts[] = {"总统", "首相", "总理", "国王", "外长", "防长"};
    const std::string_view said = sent_.Text(title.begin, title.end);
    if (std::find(std::begin(kPosts), std::end(kPosts), said) == std::end(kPosts)) return;
    std::uint32_t begin = title.begin;
    while (begin > 0 && title.begin - begin < kMaxPart && Joins(begin - 1)) {
      const std::uint8_t kind = KindOf(know_, sent_, TokenAt(begin - 1));
      if (kind < kKinds) return;  // 塞尔维亚总统, and whom the gazetteer knows
      --begin;
    }
    if (title.begin < begin + 3 || !sent_.IsBoundary(begin)) return;
    if (begin > 0 && IsHan(At(begin - 1)) && !IsFunctionWord(know_, sent_, TokenAt(begin - 1)))
      return;
    Add(begin, title.begin, title.kind, "person.foreign", 0.8);
  }

  // 首席财务官高尾清(Kiyoshi Takao): whatever stands before the name in its own script.
  void Bracketed(const TitleSpan& title) {
    std::uint32_t open = title.end;
    while (open < sent_.size() && open - title.end < 12 &&
           (IsHan(At(open)) || IsDot(At(open)) || IsHyphen(At(open)))) {
      ++open;
    }
    if (open < title.end + 2 || (At(open) != U'(' && At(open) != U'（')) return;
    const std::uint32_t close = sent_.mate[open];
    if (close == kNothing || close < open) return;
    const Latin name = LatinAt(open + 1);
    if (name.end != close || name.words < 2) return;
    Add(title.end, open, title.kind, "person.bracketed", 0.9);
  }

  // 总裁 Nora Feld, 总监NoraFeld; 创始人Nora Feld和Tim Ross.
  void AfterTitle(const TitleSpan& title) {
    if (title.kind == TitleKind::kPerson) return;
    std::uint32_t at = title.end;
    while (At(at) == U' ' || At(at) == U'\u00a0' || At(at) == U'：' || At(at) == U':') ++at;
    if (at > title.end + 2) return;
    for (int count = 0; count < 8; ++count) {
      const Latin name = LatinAt(at);
      if (name.end == 0 || (name.words < 2 && !IsNameOfOneWord(at, name.end))) return;
      Add(at, name.end, title.kind, "person.latin", 0.85);
      at = name.end;
      while (At(at) == U' ') ++at;
      const char32_t joint = At(at);
      if (joint != U'、' && joint != U'和' && joint != U'与' && joint != U'及') return;
      ++at;
      while (At(at) == U' ') ++at;
    }
  }

  // 作者/Nora, 校对：Nora Feld: up to a mark or the line's end.
  void Signed(const TitleSpan& title) {
    std::uint32_t at = title.end;
    const char32_t mark = At(at);
    if (mark != U'/' && mark != U'：' && mark != U':' && mark != U'|' && mark != U'丨') return;
    ++at;
    while (At(at) == U' ') ++at;
    const Latin name = LatinAt(at);
    if (name.end == 0 || name.end < at + kMinLatinWord) return;
    const char32_t next = At(name.end);
    const bool closed = name.end >= sent_.size() || next == U' ' || next == U'）' || next == U')' ||
                        next == U'　' || next == U'\n';
    if (closed) Add(at, name.end, title.kind, "person.latin", 0.85);
  }

  // 由Nora Feld和Tim Ross于2014年创立
  void Founded() {
    static constexpr std::u32string_view kVerbs[] = {U"创立", U"创办", U"成立", U"创建"};
    for (std::uint32_t by = 0; by + 6 < sent_.size(); ++by) {
      if (At(by) != U'由') continue;
      std::vector<std::pair<std::uint32_t, std::uint32_t>> names;
      std::uint32_t at = by + 1;
      for (int count = 0; count < 4; ++count) {
        while (At(at) == U' ') ++at;
        const Latin name = LatinAt(at);
        if (name.end == 0 || name.words < 2) break;
        names.emplace_back(at, name.end);
        at = name.end;
        while (At(at) == U' ') ++at;
        if (At(at) != U'、' && At(at) != U'和' && At(at) != U'与') break;
        ++at;
      }
      if (names.empty()) continue;
      for (std::uint32_t pos = at; pos < at + 40 && pos < sent_.size(); ++pos) {
        if (At(pos) == U'。' || At(pos) == U'，') break;
        const bool founded = std::any_of(std::begin(kVerbs), std::end(kVerbs), [&](auto verb) {
          return sent_.chars.StartsAt(pos, verb);
        });
        if (!founded) continue;
        for (const auto& [begin, end] : names) {
          Add(begin, end, TitleKind::kCompany, "person.latin", 0.8);
        }
        break;
      }
    }
  }

  // One word is a name where it speaks or is addressed: 会长Nora表示, 总裁Feld先生.
  bool IsNameOfOneWord(std::uint32_t begin, std::uint32_t end) const {
    if (end < begin + kMinLatinWord) return false;
    while (At(end) == U' ') ++end;
    return (CuesAt(end) & kSpeech) != 0 || sent_.chars.StartsAt(end, U"先生") ||
           sent_.chars.StartsAt(end, U"女士") || sent_.chars.StartsAt(end, U"博士") ||
           sent_.chars.StartsAt(end, U"向记者") || sent_.chars.StartsAt(end, U"接受");
  }

  struct Latin {
    std::uint32_t end = 0;    // 0: none
    std::uint32_t words = 0;  // parts of the name, also where nothing parts them: NoraFeld
  };

  // Words that begin with a capital and go on in small letters, initials and van, de between them.
  Latin LatinAt(std::uint32_t begin) const {
    static constexpr std::u32string_view kBetween[] = {U"de", U"van", U"von", U"der", U"den",
                                                       U"la", U"bin", U"al",  U"el",  U"di"};
    if (!IsUpper(At(begin)) || IsLetter(At(begin - 1))) return {};
    Latin name;
    std::uint32_t at = begin;
    bool full = false;  // a word of more than its initial
    std::uint32_t last = 0;
    for (std::uint32_t count = 0; count < kMaxLatinWords && at < begin + kMaxLatin; ++count) {
      std::uint32_t end = at;
      std::uint32_t capitals = 0, small = 0;
      while (IsLetter(At(end)) ||
             ((At(end) == U'\'' || At(end) == U'’' || At(end) == U'-') && end > at &&
              IsLetter(At(end + 1))) ||
             (At(end) == U'.' && end > at && IsLetter(At(end + 1)) &&
              (IsUpper(At(end - 1)) || At(end - 2) == U'.'))) {  // NoraV.d.Feld
        if (IsUpper(At(end))) ++capitals;
        if (IsLower(At(end))) ++small;
        ++end;
      }
      if (end == at) break;
      const bool between =
          std::any_of(std::begin(kBetween), std::end(kBetween), [&](std::u32string_view word) {
            return word.size() == end - at && sent_.chars.StartsAt(at, word);
          });
      const bool initial = capitals == 1 && small == 0;
      if (!between && !initial && (!IsUpper(At(at)) || small < capitals)) return {};
      if (!between) {
        name.words += initial ? 1 : capitals;
        full = full || small > 0;
        last = end;
      }
      if (At(end) == U'.' && (initial || between)) ++end;
      const bool spaced = At(end) == U' ' || At(end) == U'\u00a0' || IsDot(At(end));
      if (spaced && IsLetter(At(end + 1)))
        ++end;
      else if (!IsLetter(At(end)))
        break;
      at = end;
    }
    if (!full || last == 0 || IsLetter(At(last)) || DigitOf(At(last)) >= 0) return {};
    name.end = last;
    return name;
  }

  const Knowledge& know_;
  const AnalysedSentence& sent_;
  const std::vector<TitleSpan>& titles_;
  std::vector<Candidate>& out_;
};

}  // namespace

void FindForeignPeople(const Knowledge& know, const AnalysedSentence& sent,
                       const std::vector<TitleSpan>& titles, std::vector<Candidate>& out) {
  ForeignReader(know, sent, titles, out).Run();
}

}  // namespace tupu::extract
