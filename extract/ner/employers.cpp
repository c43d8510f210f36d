// Companies that only the post of their people gives away:
//   云芽创始人周远航    “小山岗”CEO李青山    NORDA总裁 Nora Feld
// The name reaches from the clause's beginning, or from a word that stands in no name, to the post.
#include <algorithm>
#include <utility>
#include <vector>

#include "extract/ner/candidates.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::uint32_t kMaxEmployer = 12;  // Chinese characters
constexpr std::uint32_t kMinTrade = 4;      // characters of a name of common words and its trade
constexpr std::uint32_t kMaxLatinEmployer = 40;  // characters of a name with Latin letters

class EmployerReader {
 public:
  EmployerReader(const Knowledge& know, const AnalysedSentence& sent,
                 const std::vector<TitleSpan>& titles, std::vector<Candidate>& out)
      : know_(know), sent_(sent), titles_(titles), out_(out) {}

  void Run() {
    const std::size_t found = out_.size();
    for (const TitleSpan& title : titles_) {
      const bool analyst = EndsIn(title, U"分析师");
      const bool plain = !IsOfCompany(title) && !analyst;
      if (plain && title.kind != TitleKind::kCompany) continue;
      if (!SomebodyAt(title.end, found)) continue;
      std::uint32_t end = title.begin;
      while (end > 0 && At(end - 1) == U' ') --end;
      if (end > 0 && At(end - 1) == U'前') --end;
      if (end > 0 && At(end - 1) == U'的') --end;
      if (end == 0 || TakenBefore(end, found)) continue;
      if (analyst) {
        Plain(end, /*latin=*/true);
      } else if (plain) {
        if (EndsInTrade(end)) Plain(end, /*latin=*/false);
      } else if (IsClosing(At(end - 1))) {
        Quoted(end);
      } else {
        Plain(end, /*latin=*/false);
      }
    }
  }

 private:
  char32_t At(std::uint32_t pos) const { return sent_.chars[pos]; }

  bool EndsIn(const TitleSpan& title, std::u32string_view word) const {
    return sent_.chars.EndsAt(title.end, word);
  }

  // Posts that only companies have; a 负责人 or 经理 is of a part of one as often.
  bool IsOfCompany(const TitleSpan& title) const {
    static constexpr std::u32string_view kPosts[] = {
        U"创始人", U"创办人", U"创立者", U"主理人",     U"董事长", U"总裁",
        U"总经理", U"CEO",    U"董秘",   U"首席执行官", U"合伙人", U"董事会秘书"};
    if (title.kind != TitleKind::kCompany) return false;
    for (const std::u32string_view post : kPosts) {
      for (std::uint32_t at = title.begin; at < title.end; ++at) {
        if (sent_.chars.StartsAt(at, post)) return true;
      }
    }
    return false;
  }

  // Whether a person's name begins there, after spaces.
  bool SomebodyAt(std::uint32_t pos, std::size_t found) const {
    while (At(pos) == U' ') ++pos;
    for (std::size_t i = 0; i < found; ++i) {
      const Candidate& other = out_[i];
      if (other.begin == pos && (other.kind == kPerson || other.kind == kOfficial)) return true;
    }
    return false;
  }

  // Whether an organisation or region ends there already.
  bool TakenBefore(std::uint32_t end, std::size_t found) const {
    for (std::size_t i = 0; i < found; ++i) {
      const Candidate& other = out_[i];
      if (other.end == end && other.kind < kOfficial) return true;
    }
    return false;
  }

  static bool IsClosing(char32_t c) { return c == U'”' || c == U'」' || c == U'』'; }

  void Quoted(std::uint32_t end) {
    const std::uint32_t open = sent_.mate[end - 1];
    if (open == kNothing || open + 2 > end - 1 || end - open > kMaxEmployer) return;
    for (std::uint32_t at = open + 1; at + 1 < end; ++at) {
      if (!IsHan(At(at)) && !IsLatin(At(at))) return;
    }
    Add(open + 1, end - 1);
  }

  static bool IsLatin(char32_t c) {
    return (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z') || DigitOf(c) >= 0 || c == U'.' ||
           c == U'-' || c == U'&' || c == U'/';
  }

  // With `latin`, in Latin letters only: Nord Fjord分析师.
  void Plain(std::uint32_t end, bool latin) {
    std::uint32_t begin = end;
    bool own = false;    // a word that no list holds
    bool loose = false;  // the token to the right is a single character
    std::uint32_t names = 0;
    while (begin > 0) {
      const Token& token = sent_.tokens[sent_.token_at[begin - 1]];
      const char32_t c = At(token.begin);
      if (token.word_class == WordClass::kAscii || (token.size() == 1 && IsLatin(c))) {
        if (end - token.begin > kMaxLatinEmployer) return;
        own = own || (c >= U'A' && c <= U'Z');
        begin = token.begin;
        loose = false;
        continue;
      }
      // Between the words of a Latin name.
      if (c == U' ' && begin > 1 && IsLatin(At(begin - 2)) && IsLatin(At(begin))) {
        begin = token.begin;
        continue;
      }
      if (EndsName(token)) break;
      if (latin && IsHan(c)) return;
      if (token.end > begin || end - token.begin > kMaxEmployer) return;
      const bool single = token.size() == 1;
      own = own || token.word_class == WordClass::kUnknown || (single && loose);
      loose = single;
      if (token.word_class == WordClass::kName) ++names;
      begin = token.begin;
    }
    const std::uint32_t head = sent_.head_end[end];
    if (head != kNothing && know_.lexicon.heads()[head].kind != kCompany) return;
    own = own || (end >= begin + kMinTrade && EndsInTrade(end)) ||
          (!latin && head == kNothing && IsWholeClause(begin, end));
    if (end < begin + 2 || !own || names > 1 || !MayStart(begin)) return;
    const char32_t last = At(end - 1);
    if (last == U'部' || last == U'区' || last == U'方' || last == U'司' || last == U'其') return;
    Add(begin, end);
  }

  // 竹灯笼总裁某某: common words that are all that stands before the post.
  bool IsWholeClause(std::uint32_t begin, std::uint32_t end) const {
    if (end < begin + 3 || (begin > 0 && IsHan(At(begin - 1)))) return false;
    for (std::uint32_t at = begin; at < end; at = sent_.tokens[sent_.token_at[at]].end) {
      const Token& token = sent_.tokens[sent_.token_at[at]];
      if (sent_.Cues(token, know_.lexicon) & (kGeneric | kTitleModifier | kStop)) return false;
    }
    return true;
  }

  // 松谷资本, 云芽集团: a last word of companies' names.
  bool EndsInTrade(std::uint32_t end) const {
    const std::uint32_t head = sent_.head_end[end];
    if (head == kNothing) return false;
    const Head& last = know_.lexicon.heads()[head];
    return last.kind == kCompany && last.form != "公司" && last.form != "分公司" &&
           last.form != "子公司" && last.form != "厂";
  }

  // What no company's name holds: marks, function words, verbs.
  bool EndsName(const Token& token) const {
    if (token.word_class == WordClass::kMark || IsFunctionWord(know_, sent_, token)) return true;
    if (sent_.Cues(token, know_.lexicon) & (kSpeech | kAction | kHolds)) return true;
    switch (token.word_class) {
      case WordClass::kVerb:
      case WordClass::kNumeral:
      case WordClass::kMeasure:
      case WordClass::kTime:
      case WordClass::kLocative:
        return token.size() > 1;
      default:
        return false;
    }
  }

  // At the beginning of a clause, behind a bracket or quotation mark, or behind a word that leads
  // to whom it names.
  bool MayStart(std::uint32_t begin) const {
    static constexpr std::u32string_view kLeads = U"据由与和是对向为请被";
    if (begin == 0) return true;
    const char32_t left = At(begin - 1);
    if (left == U'、' || left == U'·' || left == U'的') return false;
    return !IsHan(left) || kLeads.find(left) != std::u32string_view::npos;
  }

  void Add(std::uint32_t begin, std::uint32_t end) {
    Candidate candidate;
    candidate.begin = begin;
    candidate.end = end;
    candidate.kind = kCompany;
    candidate.rule = "company.by_post";
    candidate.tier = kTierHead;
    candidate.confidence = 0.8;
    out_.push_back(std::move(candidate));
  }

  const Knowledge& know_;
  const AnalysedSentence& sent_;
  const std::vector<TitleSpan>& titles_;
  std::vector<Candidate>& out_;
};

}  // namespace

void FindEmployers(const Knowledge& know, const AnalysedSentence& sent,
                   const std::vector<TitleSpan>& titles, std::vector<Candidate>& out) {
  EmployerReader(know, sent, titles, out).Run();
}

}  // namespace tupu::extract
