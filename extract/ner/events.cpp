// Names of events that a sentence tells by what is done with them, whatever words they hold:
//   2025竹艺优品交易会今天在上海开幕    召开国有林场改革发展座谈会    在全省竹业振兴座谈会上
// or by their count: 第三届青年竹艺创作营. Heads (heads.cpp) read leftwards until a word that few
// names hold; here the clause says where the name begins, and what follows it where it ends.
#include <algorithm>
#include <string>

#include "extract/ner/candidates.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::uint32_t kMaxName = 48;     // characters
constexpr std::uint32_t kMaxLead = 16;     // characters of a clause before the name: its day
constexpr std::uint32_t kMinOwnWords = 4;  // characters beside words that say the kind only
constexpr std::uint32_t kMaxTopic = 24;    // characters from 关于 to 的
constexpr std::uint32_t kMaxPlace = 24;    // characters between a name and 举行

class EventReader {
 public:
  EventReader(const Knowledge& know, const AnalysedSentence& sent, std::vector<Candidate>& out)
      : know_(know), sent_(sent), out_(out) {}

  void Run() {
    for (std::uint32_t t = 0; t < sent_.tokens.size(); ++t) {
      const Token& token = sent_.tokens[t];
      const std::uint32_t cues = Cues(t);
      if (cues & kOpens) Subject(t);
      if (cues & kHolds) Object(t);
      if (token.size() == 1 && At(token.begin) == U'在') Scene(t);
    }
    for (std::uint32_t pos = 1; pos < sent_.size(); ++pos) {
      if (At(pos) == U'届') Edition(pos);
    }
  }

 private:
  struct Name {
    std::uint32_t first = kNothing;  // token
    std::uint32_t last = kNothing;   // token, part of the name
    bool found() const { return last != kNothing; }
  };

  char32_t At(std::uint32_t pos) const { return sent_.chars[pos]; }
  std::uint32_t Count() const { return static_cast<std::uint32_t>(sent_.tokens.size()); }
  // Those of the word, and what its last two characters do: 主持召开, 正式启动.
  std::uint32_t Cues(std::uint32_t t) const {
    const Token& token = sent_.tokens[t];
    std::uint32_t cues = sent_.Cues(token, know_.lexicon);
    if (token.size() == 4) {
      const Word* verb = know_.lexicon.Find(sent_.Text(token.end - 2, token.end));
      if (verb != nullptr) cues |= verb->cues & (kHolds | kOpens);
    }
    return cues;
  }
  bool Is(std::uint32_t t, std::u32string_view word) const {
    return t < Count() && sent_.tokens[t].size() == word.size() &&
           sent_.chars.StartsAt(sent_.tokens[t].begin, word);
  }

  // A mark between clauses, or the sentence's end.
  bool EndsClause(std::uint32_t t) const {
    static constexpr std::u32string_view kEnds = U"，。；：！？,;:!?\n \u3000";
    return t >= Count() || (sent_.tokens[t].word_class == WordClass::kMark &&
                            kEnds.find(At(sent_.tokens[t].begin)) != std::u32string_view::npos);
  }
  std::uint32_t ClauseFirst(std::uint32_t t) const {
    while (t > 0 && !EndsClause(t - 1)) --t;
    return t;
  }

  // 开幕, 在京举行: the name is at the start of the clause, but for its day or who holds it (由某某
  // 主办的…).
  void Subject(std::uint32_t verb) {
    if (!EndsClause(verb + 1)) return;  // 举行大会
    std::uint32_t first = ClauseFirst(verb);
    const std::uint32_t start = first < Count() ? sent_.tokens[first].begin : 0;
    while (first < verb && IsDay(first) && sent_.tokens[first].begin < start + kMaxLead) {
      first = Behind(first);
    }
    const Name name = Read(PastAttributes(first, verb), verb, /*whole=*/true);
    if (!name.found()) return;
    const std::uint32_t next = name.last + 1;
    if (sent_.tokens[verb].begin - sent_.tokens[name.last].end > kMaxPlace) return;
    if (next < verb && !LeadsToVerb(next)) return;
    Add(name, "event.subject", /*firm=*/true);
  }

  // 召开…座谈会, 出席第二届…大会, 举办的…展
  void Object(std::uint32_t verb) {
    std::uint32_t first = verb + 1;
    if (Is(first, U"了") || Is(first, U"的") || Is(first, U"好")) ++first;
    // 一场“甲论坛”
    while (first + 1 < Count() && IsCount(first)) ++first;
    if (Is(first, U"为期")) first = PastAttributes(first, Count());
    Name name = Read(first, Count());
    // 关于纠正不公的会议: what it is about stands before 的.
    if (!name.found() && Is(first, U"关于")) {
      const std::uint32_t behind = PastTopic(first);
      if (behind != kNothing) name = Read(behind, Count());
      name.first = first;
    }
    if (name.found() && EndsName(name.last + 1)) Add(name, "event.object", /*firm=*/false);
  }

  // Behind the 的 that ends what a meeting is about; kNothing where the clause has none.
  std::uint32_t PastTopic(std::uint32_t about) const {
    const std::uint32_t begin = sent_.tokens[about].begin;
    for (std::uint32_t t = about + 1; !EndsClause(t); t = Behind(t)) {
      if (sent_.tokens[t].end > begin + kMaxTopic) break;
      if (Is(t, U"的")) return t + 1;
    }
    return kNothing;
  }

  // 在…座谈会上, 在…大会期间
  void Scene(std::uint32_t in) {
    const Name name = Read(in + 1, Count());
    if (!name.found()) return;
    const std::uint32_t next = name.last + 1;
    if (Is(next, U"上") || Is(next, U"期间") || Is(next, U"上的")) {
      Add(name, "event.scene", /*firm=*/false);
    }
  }

  // 第三届青年竹艺创作营: what is counted in 届 and is no body.
  void Edition(std::uint32_t pos) {
    std::uint32_t number = pos;
    while (number > 0 && (DigitOf(At(number - 1)) >= 0 || ChineseDigit(At(number - 1)))) --number;
    const bool first_one = At(pos - 1) == U'首';
    if (!first_one && (number == pos || number == 0 || At(number - 1) != U'第')) return;
    const std::uint32_t begin = first_one ? pos - 1 : number - 1;
    if (!sent_.IsBoundary(begin) || !sent_.IsBoundary(pos + 1) || pos + 1 >= sent_.size()) return;
    std::uint32_t first = sent_.token_at[begin];
    // 2026年第三届, 山城第三届: the year or place that the name begins with.
    while (first > 0 && (IsRegionToken(know_, sent_, sent_.tokens[first - 1]) || IsYear(first - 1)))
      --first;
    Name name = Read(sent_.token_at[pos + 1], Count());
    if (!name.found() || name.first != sent_.token_at[pos + 1]) return;
    if (!EndsName(name.last + 1) && !LeadsToVerb(name.last + 1)) return;
    name.first = first;
    Add(name, "event.edition", /*firm=*/true);
  }

  // 一场, 两个, 3次: how many of them; 第三次, 2026年 are of the name.
  bool IsCount(std::uint32_t t) const {
    static constexpr std::u32string_view kCounters = U"场个项次批";
    const Token& token = sent_.tokens[t];
    const bool numeral = token.word_class == WordClass::kNumeral ||
                         token.word_class == WordClass::kAscii ||
                         token.word_class == WordClass::kMeasure;
    if (!numeral || At(token.begin) == U'第' || EndsIn(token.begin, U'第')) return false;
    return kCounters.find(At(token.end - 1)) != std::u32string_view::npos ||
           (At(token.end) != 0 && kCounters.find(At(token.end)) != std::u32string_view::npos);
  }
  bool EndsIn(std::uint32_t pos, char32_t c) const { return pos > 0 && At(pos - 1) == c; }

  // 由甲会主办的, 以“乙”为主题的, 为期三天的: behind what is said of the event before its name.
  std::uint32_t PastAttributes(std::uint32_t first, std::uint32_t limit) const {
    bool attribute = Is(first, U"由");
    for (std::uint32_t t = first; t < limit && !EndsClause(t); t = Behind(t)) {
      attribute = attribute || (Cues(t) & kHolds) || Is(t, U"主题") || Is(t, U"为期");
      if (attribute && Is(t, U"的")) return t + 1;
    }
    return first;
  }

  static bool ChineseDigit(char32_t c) {
    static constexpr std::u32string_view kDigits = U"一二三四五六七八九十百零〇两";
    return kDigits.find(c) != std::u32string_view::npos;
  }

  // 2026, 2026年: one token or the two of it.
  bool IsYear(std::uint32_t t) const {
    const Token& token = sent_.tokens[t];
    if (token.size() == 1 && At(token.begin) == U'年' && t > 0) {
      const Token& left = sent_.tokens[t - 1];
      return left.word_class == WordClass::kAscii && left.size() == 4;
    }
    return token.word_class == WordClass::kAscii && token.size() == 4 &&
           DigitOf(At(token.begin)) >= 0;
  }

  // 今天, 9月27日, （9月27日）, 近日, 当地时间: when, not what.
  bool IsDay(std::uint32_t t) const {
    const Token& token = sent_.tokens[t];
    const std::uint32_t mate = sent_.mate[token.begin];
    if (At(token.begin) == U'（' && mate != kNothing && mate > token.begin) {
      const char32_t last = At(mate - 1);
      return last == U'日' || last == U'月';
    }
    if (token.word_class == WordClass::kAscii) {
      const char32_t unit = At(token.end);
      return unit == U'日' || unit == U'月';
    }
    if (token.size() == 1 && (At(token.begin) == U'日' || At(token.begin) == U'月')) {
      return token.begin > 0 && DigitOf(At(token.begin - 1)) >= 0;
    }
    return (token.word_class == WordClass::kTime && (Cues(t) & kStop)) || Is(t, U"今天") ||
           Is(t, U"昨天") || Is(t, U"明天") || Is(t, U"日前") || Is(t, U"近日") || Is(t, U"昨晚") ||
           Is(t, U"今晚") || Is(t, U"上午") || Is(t, U"下午") || Is(t, U"晚") || Is(t, U"当天") ||
           Is(t, U"当地时间") || Is(t, U"连日来");
  }

  // The token behind this one, or behind the bracket that it opens.
  std::uint32_t Behind(std::uint32_t t) const {
    const Token& token = sent_.tokens[t];
    const std::uint32_t mate = sent_.mate[token.begin];
    if (token.size() == 1 && mate != kNothing && mate > token.begin) {
      return sent_.token_at[mate] + 1;
    }
    return t + 1;
  }

  // What may stand between an event and the verb that says it is held: a day, 在 and a place, an
  // adverb.
  bool LeadsToVerb(std::uint32_t t) const {
    if (t >= Count()) return false;
    const WordClass word_class = sent_.tokens[t].word_class;
    return IsDay(t) || Is(t, U"在") || Is(t, U"于") || Is(t, U"将") || Is(t, U"已") ||
           Is(t, U"正式") || Is(t, U"隆重") || Is(t, U"成功") || Is(t, U"圆满") || Is(t, U"盛大") ||
           Is(t, U"顺利") || word_class == WordClass::kAdverb || (Cues(t) & kOpens);
  }

  // What stands behind the name of an event that is an object.
  bool EndsName(std::uint32_t t) const {
    if (t >= Count()) return true;
    const Token& token = sent_.tokens[t];
    switch (token.word_class) {
      case WordClass::kMark:
        return At(token.begin) != U'—' && At(token.begin) != U'·' && At(token.begin) != U'-';
      case WordClass::kParticle:
      case WordClass::kPreposition:
      case WordClass::kConjunction:
      case WordClass::kAdverb:
        return true;
      default:
        return Is(t, U"上") || Is(t, U"等") || Is(t, U"期间") || Is(t, U"并") || Is(t, U"时") ||
               IsDay(t);
    }
  }

  // The longest name from `first` on, before `limit`; with `whole` it may hold a list (数据、场景
  // 对接会). Where a verb of holding and 的 come first
  // (由甲会主办的乙展), it begins behind them.
  Name Read(std::uint32_t first, std::uint32_t limit, bool whole = false) const {
    Name name;
    name.first = first;
    bool held = Is(first, U"由");
    for (std::uint32_t t = first; t < limit && t < Count();) {
      const Token& token = sent_.tokens[t];
      if (token.end > sent_.tokens[name.first].begin + kMaxName) break;
      held = held || (Cues(t) & kHolds);
      if (Is(t, U"的") && held) {
        name = Name();
        name.first = ++t;
        held = false;
        if (t >= Count()) break;
        continue;
      }
      const std::uint32_t mate = sent_.mate[token.begin];
      if (token.size() == 1 && mate != kNothing && mate > token.begin) {
        const std::uint32_t closing = sent_.token_at[mate];
        if (closing >= limit || !Encloses(token.begin, mate)) break;
        const bool quote = At(token.begin) != U'（' && At(token.begin) != U'(';
        if (quote && EndsEvent(sent_.tokens[closing - 1]) > 0) {
          name.last = closing;
        }
        t = closing + 1;
        continue;
      }
      // 国际书展和国际车展, 大会精神和工作会议: two things.
      if (t > name.first && (Is(t, U"和") || Is(t, U"与") || Is(t, U"及"))) {
        if (name.last != kNothing && name.last + 1 == t && EndsEvent(sent_.tokens[t - 1]) > 1)
          break;
        if (Is(t - 1, U"精神") || Is(t - 1, U"讲话") || Is(t - 1, U"部署")) break;
      }
      const bool listed = whole && Is(t, U"、") && t > first && EndsEvent(sent_.tokens[t - 1]) == 0;
      if (!listed && !InName(t)) break;
      if (EndsEvent(token) > 0 && t + 1 > name.first + (token.size() == 1 ? 1 : 0)) name.last = t;
      ++t;
    }
    return name;
  }

  // Quotation marks, 《》 and short brackets stand inside names, but not the day of an event.
  bool Encloses(std::uint32_t open, std::uint32_t close) const {
    const char32_t c = At(open);
    if (c == U'（' || c == U'(') return close - open <= 8 && !IsDay(sent_.token_at[open]);
    return (c == U'“' || c == U'‘' || c == U'《') && close - open <= 32;
  }

  bool InName(std::uint32_t t) const {
    const Token& token = sent_.tokens[t];
    const std::uint32_t cues = Cues(t);
    const char32_t c = At(token.begin);
    if (token.size() == 1 && (c == U'之' || c == U'与' || c == U'和' || c == U'及' || c == U'暨')) {
      return true;
    }
    // 设计之都大会
    if (t > 0 && Is(t - 1, U"之") && token.size() == 1 && IsHan(c)) return true;
    // 委员长会议决定第三次会议…
    if (Is(t, U"决定") || Is(t, U"建议") || Is(t, U"提请") || Is(t, U"听取") || Is(t, U"列席") ||
        Is(t, U"发起") || Is(t, U"安排") || Is(t, U"兼任") || Is(t, U"采用")) {
      return false;
    }
    // 宣讲党的…全会, but 宣讲活动
    if (Is(t, U"宣讲") && t + 1 < Count() && sent_.tokens[t + 1].word_class == WordClass::kName) {
      return false;
    }
    if (Is(t, U"特") || Is(t, U"最")) return true;  // 新特药品交易会
    // 成立80周年纪念活动
    if (Is(t + 2, U"周年") && (sent_.tokens[t + 1].word_class == WordClass::kAscii ||
                               sent_.tokens[t + 1].word_class == WordClass::kNumeral)) {
      return true;
    }
    if (Is(t, U"深入")) return true;  // 深入贯彻…研讨会
    // 国有企业…座谈会, 全面振兴…大会: what ends other names.
    // 形势分析座谈会: what says that somebody speaks elsewhere.
    const bool inner = token.word_class == WordClass::kInner;
    const bool noun = token.word_class == WordClass::kNoun && !(cues & kSpeech);
    if (token.size() > 1 && (noun || inner) && !(cues & (kHolds | kOpens)) && !IsDay(t)) {
      return true;
    }
    if (Is(t, U"上半年") || Is(t, U"下半年")) return true;
    if (IsDay(t) || (cues & (kStop | kSpeech | kHolds | kOpens))) return false;
    switch (token.word_class) {
      case WordClass::kParticle:
      case WordClass::kPronoun:
      case WordClass::kPreposition:
      case WordClass::kConjunction:
        return false;
      case WordClass::kAdverb:
        return token.size() > 1;
      case WordClass::kMark:
        return c == U'·' || c == U'•' || c == U'—' || c == U'-' || c == U'－' || c == U'–';
      default:
        return true;
    }
  }

  // How many characters at the token's end are those of an event (a head, or cue `event_end`); 0
  // where they are none, or a body's: 论坛, 创作营, but not 委员会, 社会.
  std::uint32_t EndsEvent(const Token& token) const {
    const std::uint32_t index = sent_.head_end[token.end];
    if (index != kNothing) {
      const Head& head = know_.lexicon.heads()[index];
      if (head.kind == kEvent) {
        const auto size = static_cast<std::uint32_t>(CountCodePoints(head.form));
        if (size > 1 || token.size() != 2) return size;
      } else if (head.kind <= kInstitution) {
        return 0;
      }
    }
    if (token.match != kNothing && KindOf(know_, sent_, token) == kEvent) return token.size();
    for (std::uint32_t size = std::min<std::uint32_t>(token.size(), 4); size > 0; --size) {
      const Word* word = know_.lexicon.Find(sent_.Text(token.end - size, token.end));
      if (word == nullptr || !(word->cues & kEventEnd)) continue;
      if (size == token.size() || size > 1 || token.size() > 2) return size;
    }
    return 0;
  }

  // Whether the name says which event it is: a number, a quotation, a place, or words enough that
  // are not only of its kind. 一场座谈会, 专题会议 say none.
  bool SaysWhich(const Name& name, bool firm) const {
    bool apart = false;  // a number, a quotation, 《》
    bool place = false;
    std::uint32_t own = 0;  // characters
    for (std::uint32_t t = name.first; t <= name.last; ++t) {
      const Token& token = sent_.tokens[t];
      const char32_t c = At(token.begin);
      // Whatever is quoted says which: “同一个家园”影像展.
      const std::uint32_t mate = sent_.mate[token.begin];
      if ((c == U'“' || c == U'《') && mate != kNothing && mate > token.begin &&
          sent_.token_at[mate] <= name.last) {
        apart = true;
        own += 1;
        t = sent_.token_at[mate];
        continue;
      }
      if (token.word_class == WordClass::kPronoun) return false;
      if (token.word_class == WordClass::kNumeral || token.word_class == WordClass::kAscii) {
        static constexpr std::u32string_view kCounters = U"场个项次多余家位名批余";
        const bool ordinal = c == U'第' || (token.begin > 0 && At(token.begin - 1) == U'第');
        if (!ordinal && kCounters.find(At(token.end)) != std::u32string_view::npos &&
            At(token.end) != 0) {
          return false;
        }
        apart = apart || ordinal || IsYear(t);
        continue;
      }
      apart = apart || c == U'“' || c == U'《' || c == U'届';
      if (token.word_class == WordClass::kMark || (Cues(t) & kEventPlain)) continue;
      if (token.word_class == WordClass::kName && KindOf(know_, sent_, token) != kIndustry) {
        place = true;
      }
      own += token.size() - (t == name.last ? std::min(token.size(), EndsEvent(token)) : 0);
    }
    if (apart) return own >= 1;
    if (IsWeakEnd(name.last) && !firm) return place && own >= kMinOwnWords;
    return own >= (place ? 3 : kMinOwnWords);
  }

  // 活动, 行动, 仪式: what anybody does.
  bool IsWeakEnd(std::uint32_t t) const {
    const std::uint32_t end = sent_.tokens[t].end;
    for (const std::u32string_view word :
         {U"活动", U"行动", U"仪式", U"对话", U"班", U"月", U"周", U"季", U"节", U"展", U"评选",
          U"普查", U"演练", U"演习"}) {
      if (sent_.chars.EndsAt(end, word)) return true;
    }
    return false;
  }

  // 参赛人员第三届茶艺大赛: words that stand before the number by chance.
  std::uint32_t FromOrdinal(const Name& name) const {
    for (std::uint32_t t = name.first; t <= name.last; ++t) {
      if (At(sent_.tokens[t].begin) == U'第') return t;
      const std::string_view word = sent_.Text(sent_.tokens[t].begin, sent_.tokens[t].end);
      const bool common = sent_.tokens[t].word_class == WordClass::kNoun && word != "中国" &&
                          word != "全国" && word != "国际" && word != "世界";
      if (!common) return name.first;
    }
    return name.first;
  }

  void Add(Name name, const char* rule, bool firm) {
    name.first = FromOrdinal(name);
    std::uint32_t begin = sent_.tokens[name.first].begin;
    std::uint32_t end = sent_.tokens[name.last].end;
    if (end < begin + 5 || !SaysWhich(name, firm)) return;
    if (sent_.mate[begin] == end - 1) {  // all of it is quoted
      ++begin;
      --end;
    }
    Candidate candidate;
    candidate.begin = begin;
    candidate.end = end;
    candidate.kind = kEvent;
    candidate.rule = rule;
    candidate.tier = kTierHead;
    candidate.confidence = 0.8;
    out_.push_back(std::move(candidate));
  }

  const Knowledge& know_;
  const AnalysedSentence& sent_;
  std::vector<Candidate>& out_;
};

}  // namespace

void FindEvents(const Knowledge& know, const AnalysedSentence& sent, std::vector<Candidate>& out) {
  EventReader(know, sent, out).Run();
}

}  // namespace tupu::extract
