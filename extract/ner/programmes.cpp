// Programmes that somebody carries out, which have a name but no document between 《》:
//   实施竹业振兴行动、竹农培育工程    开展竹艺传承“青篾计划”
// What is carried out by that verb is a programme where it ends in 行动 or 计划, or in a 工程 that
// is no works (cue `published`); where a quotation names it, other verbs of beginning will do.
#include <algorithm>
#include <string>

#include "extract/ner/candidates.h"
#include "extract/norm/numeral.h"

namespace tupu::extract {
namespace {

constexpr std::uint32_t kMaxProgramme = 28;  // characters
constexpr std::uint32_t kMinField = 4;  // characters before the last word, where none is quoted
constexpr int kMaxListed = 6;

class ProgrammeReader {
 public:
  ProgrammeReader(const Knowledge& know, const AnalysedSentence& sent, std::vector<Candidate>& out)
      : know_(know), sent_(sent), out_(out) {}

  void Run() {
    for (std::uint32_t t = 0; t + 1 < sent_.tokens.size(); ++t) {
      const Verb verb = VerbAt(t);
      if (verb != Verb::kNone) List(t + 1, verb);
    }
    for (std::uint32_t pos = 4; pos + 3 < sent_.size(); ++pos) {
      if (DigitOf(sent_.chars[pos]) >= 0 && DigitOf(sent_.chars[pos - 1]) < 0) Money(pos);
    }
  }

 private:
  enum class Verb { kNone, kBegins, kCarriesOut };

  Verb VerbAt(std::uint32_t token) const {
    static constexpr std::u32string_view kLast = U"施展动出行";
    std::uint32_t end = sent_.tokens[token].end;
    if (sent_.tokens[token].size() > 2 && sent_.chars[end - 1] == U'好') --end;  // 实施好
    if (kLast.find(sent_.chars[end - 1]) == std::u32string_view::npos) return Verb::kNone;
    if (sent_.chars.EndsAt(end, U"实施")) return Verb::kCarriesOut;
    for (const std::u32string_view word : {U"开展", U"启动", U"推出", U"推行"}) {
      if (sent_.chars.EndsAt(end, word)) return Verb::kBegins;
    }
    return Verb::kNone;
  }

  // The objects of the verb, as long as each is a programme: 甲行动、乙工程和丙计划.
  void List(std::uint32_t first, Verb verb) {
    for (int i = 0; i < kMaxListed; ++i) {
      const std::uint32_t next = Object(first, verb);
      if (next >= sent_.tokens.size()) return;
      const bool beside = Opens(sent_.tokens[next]);  // “甲工程”“乙工程”
      if (!beside && !Joins(sent_.tokens[next])) return;
      first = beside ? next : next + 1;
    }
  }

  bool Joins(const Token& token) const {
    const char32_t c = sent_.chars[token.begin];
    return token.size() == 1 && (c == U'、' || c == U'和' || c == U'与' || c == U'及');
  }

  bool Opens(const Token& token) const { return sent_.chars[token.begin] == U'“'; }

  // 实施好“竹匠计划”, 实施了“竹匠计划”
  bool Links(const Token& token) const {
    const char32_t c = sent_.chars[token.begin];
    return token.size() == 1 && (c == U'好' || c == U'了');
  }

  bool Ends(const Token& token) const {
    static constexpr std::u32string_view kEnds = U"，。；：！？,;、（";
    return token.word_class == WordClass::kConjunction || Joins(token) ||
           kEnds.find(sent_.chars[token.begin]) != std::u32string_view::npos;
  }

  // Reads a name from the token `first` on and adds it; the token behind it, or kNothing where
  // there is none.
  std::uint32_t Object(std::uint32_t first, Verb verb) {
    const auto count = static_cast<std::uint32_t>(sent_.tokens.size());
    if (first < count && Links(sent_.tokens[first])) ++first;
    if (first >= count) return kNothing;
    const std::uint32_t begin = sent_.tokens[first].begin;
    bool quoted = false;
    std::uint32_t t = first;
    for (; t < count; ++t) {
      const Token& token = sent_.tokens[t];
      if (token.end > begin + kMaxProgramme) return kNothing;
      // “甲工程”“乙工程”等
      const bool closed = quoted && sent_.chars.EndsAt(token.begin, U"”");
      if (closed && (Opens(token) || sent_.chars[token.begin] == U'等')) break;
      if (Opens(token) && sent_.mate[token.begin] != kNothing) {
        quoted = true;
        t = sent_.token_at[sent_.mate[token.begin]];
        if (sent_.tokens[t].end > begin + kMaxProgramme) return kNothing;
        continue;
      }
      if (Joins(token) && Head(begin, token.begin, quoted) == 0 && t > first &&
          sent_.chars[token.begin] != U'、') {
        continue;  // 新兴学科和交叉学科孵化行动
      }
      if (Ends(token)) break;
      if (!InName(token)) return kNothing;
    }
    const std::uint32_t end = t < count ? sent_.tokens[t].begin : sent_.tokens[count - 1].end;
    const std::uint32_t head = Head(begin, end, quoted);
    if (head == 0 || (!quoted && verb != Verb::kCarriesOut)) return kNothing;
    if (!quoted && end - begin < head + kMinField) return kNothing;
    Candidate candidate;
    candidate.begin = begin;
    candidate.end = end;
    candidate.kind = Drives(first, t) || EndsLikeDrive(sent_, begin, end) ? kEvent : kPolicy;
    candidate.rule = "programme.object";
    candidate.tier = kTierHead;
    candidate.confidence = 0.8;
    out_.push_back(std::move(candidate));
    return t < count ? t : kNothing;
  }

  // The size of the last word of a programme that ends at `end`, or that a quotation which ends
  // there ends in; 0 without one.
  std::uint32_t Head(std::uint32_t begin, std::uint32_t end, bool quoted) const {
    if (end > begin && sent_.chars[end - 1] == U'”') --end;
    for (const std::u32string_view word : {U"行动", U"计划"}) {
      if (end >= begin + 2 && sent_.chars.EndsAt(end, word)) return 2;
    }
    if (!sent_.chars.EndsAt(end, U"工程")) return 0;
    if (quoted) return 2;
    const std::uint32_t size = 4;  // 培育工程
    if (end < begin + size) return 0;
    const Word* word = know_.lexicon.Find(sent_.Text(end - size, end));
    return word != nullptr && (word->cues & kPublished) != 0 ? 2 : 0;
  }

  // 下达竹林修复补助资金（预算）3亿元: money that is called by what it is for, before the sum at
  // `sum`.
  void Money(std::uint32_t sum) {
    std::uint32_t end = sum;
    for (const std::u32string_view word : {U"约", U"近", U"超", U"共", U"共计", U"总计", U"预算"}) {
      if (sent_.chars.EndsAt(end, word)) end -= static_cast<std::uint32_t>(word.size());
    }
    if (!IsYuan(sum)) return;
    std::uint32_t head = 0;
    for (const std::u32string_view word :
         {U"补助资金", U"补贴资金", U"奖补资金", U"转移支付", U"保费补贴", U"补助经费"}) {
      if (sent_.chars.EndsAt(end, word)) head = static_cast<std::uint32_t>(word.size());
    }
    if (head == 0 || !sent_.IsBoundary(end)) return;
    std::uint32_t begin = end - head;
    for (std::uint32_t t = sent_.token_at[begin]; t > 0 && sent_.tokens[t].begin == begin; --t) {
      const Token& left = sent_.tokens[t - 1];
      if (end - left.begin > kMaxProgramme || !InMoney(left)) break;
      begin = left.begin;
    }
    // 中央财政补助资金: for nothing that is said.
    if (end < begin + head + kMinField || EndsLikePurse(begin, end - head)) return;
    Candidate candidate;
    candidate.begin = begin;
    candidate.end = end;
    candidate.kind = kPolicy;
    candidate.rule = "programme.money";
    candidate.tier = kTierHead;
    candidate.confidence = 0.8;
    out_.push_back(std::move(candidate));
  }

  // 3亿元, 3.5万元 at `pos`.
  bool IsYuan(std::uint32_t pos) const {
    constexpr std::uint32_t kMostDigits = 10;
    const std::uint32_t limit = pos + kMostDigits;
    while (pos < limit && (DigitOf(sent_.chars[pos]) >= 0 || sent_.chars[pos] == U'.')) ++pos;
    while (sent_.chars[pos] == U'万' || sent_.chars[pos] == U'亿' || sent_.chars[pos] == U'多')
      ++pos;
    return sent_.chars[pos] == U'元';
  }

  // Whether only whose money it is stands in the span.
  bool EndsLikePurse(std::uint32_t begin, std::uint32_t end) const {
    static constexpr std::u32string_view kPurses[] = {U"财政", U"专项", U"预算内", U"中央",
                                                      U"省级"};
    for (bool found = true; found && end > begin;) {
      found = false;
      for (const std::u32string_view word : kPurses) {
        if (!sent_.chars.EndsAt(end, word)) continue;
        end -= static_cast<std::uint32_t>(word.size());
        found = true;
      }
    }
    return end <= begin;
  }

  // A word of what money is for; a year and a count are of it, who gives it and what is done are
  // not.
  bool InMoney(const Token& token) const {
    for (const std::u32string_view word :
         {U"下达", U"安排", U"拨付", U"预拨", U"投入", U"包括", U"发放", U"落实", U"下拨", U"提前",
          U"支持", U"争取", U"兑现", U"获得", U"累计", U"统筹", U"财政部"}) {
      if (sent_.chars.StartsAt(token.begin, word)) return false;
    }
    if (token.word_class == WordClass::kNumeral || token.word_class == WordClass::kTime)
      return true;
    if (token.word_class == WordClass::kConjunction) return true;
    if (token.word_class == WordClass::kName && KindOf(know_, sent_, token) <= kInstitution) {
      return false;
    }
    return InName(token);
  }

  // A word of a name: no count, clause or reference.
  bool InName(const Token& token) const {
    if ((sent_.Cues(token, know_.lexicon) & (kStop | kPublish)) != 0) return false;
    switch (token.word_class) {
      case WordClass::kParticle:
      case WordClass::kPronoun:
      case WordClass::kPreposition:
      case WordClass::kConjunction:
      case WordClass::kMark:
      case WordClass::kNumeral:
      case WordClass::kMeasure:
        return false;
      default:
        return true;
    }
  }

  // 整治, 宣传: a campaign of enforcement or publicity.
  bool Drives(std::uint32_t first, std::uint32_t end) const {
    return std::any_of(
        sent_.tokens.begin() + first, sent_.tokens.begin() + end,
        [&](const Token& token) { return (sent_.Cues(token, know_.lexicon) & kDrive) != 0; });
  }

  const Knowledge& know_;
  const AnalysedSentence& sent_;
  std::vector<Candidate>& out_;
};

}  // namespace

bool EndsLikeDrive(const AnalysedSentence& sent, std::uint32_t begin, std::uint32_t end) {
  if (end < begin + 4 || !sent.chars.EndsAt(end, U"行动")) return false;
  end -= 2;
  if (sent.chars.EndsAt(end, U"专项")) {
    static constexpr std::u32string_view kRaises[] = {U"提升", U"提质", U"壮大", U"培育", U"技能",
                                                      U"增效", U"攻坚", U"倍增", U"融合", U"发展"};
    for (std::uint32_t at = begin; at < end; ++at) {
      for (const std::u32string_view word : kRaises) {
        if (sent.chars.StartsAt(at, word)) return false;
      }
    }
    return true;
  }
  if (sent.chars[end - 1] == U'”') --end;
  const char32_t count = sent.chars[end - 2];
  return end >= begin + 3 && sent.chars[end - 1] == U'年' && DigitOf(count) < 0 &&
         ChineseDigitOf(count) < 0 && count != U'十' && count != U'百';
}

void FindProgrammes(const Knowledge& know, const AnalysedSentence& sent,
                    std::vector<Candidate>& out) {
  ProgrammeReader(know, sent, out).Run();
}

}  // namespace tupu::extract
