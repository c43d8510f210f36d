// Names of documents: between 《》, by the shape 关于…的意见, and as the object of a verb of
// publishing. What stands between 《》 is a document by its last word or by the verbs of
// issuing around it; films, books and programmes are told by theirs.
#include <algorithm>
#include <string>

#include "extract/ner/candidates.h"
#include "extract/norm/numeral.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::uint32_t kMaxTitle = 120;
constexpr std::uint32_t kMinCut = 10;  // characters of a title that was cut short
constexpr std::uint32_t kMinLine = 8;  // characters of a regulation's name on its own line
constexpr std::uint32_t kMaxLine = 50;
constexpr std::uint32_t kMaxObject = 32;  // characters of a name without 《》
constexpr std::uint32_t kMinDescribed = 10, kMaxDescribed = 60;

class DocumentReader {
 public:
  DocumentReader(const Knowledge& know, const AnalysedSentence& sent, std::vector<Candidate>& out)
      : know_(know), sent_(sent), out_(out) {}

  void Run() {
    for (std::uint32_t pos = 0; pos < sent_.size(); ++pos) {
      char32_t c = sent_.chars[pos];
      if (c == U'《' && sent_.mate[pos] != kNothing) {
        Bracketed(pos, sent_.mate[pos]);
        pos = sent_.mate[pos];
      } else if (c == U'关' && sent_.chars[pos + 1] == U'于') {
        About(pos);
      } else if (c == U'法' && pos > 3) {
        Law(pos);
      }
    }
    Line();
    for (std::uint32_t t = 0; t < sent_.tokens.size(); ++t) {
      // 《关于实施竹林普查试点工作的通知》: one document, whose title is a sentence of its own.
      const std::uint32_t begin = sent_.tokens[t].begin;
      if (sent_.chars[begin] == U'《' && sent_.mate[begin] != kNothing) {
        t = sent_.token_at[sent_.mate[begin]];
        continue;
      }
      if (Cues(t) & kPublish) {
        Object(t, kPublished);
        Described(t);
        Subject(t);
      } else if (Cues(t) & kAmend) {
        Object(t, kAmended);
      } else if (Deploys(t)) {
        Object(t, kPublished);
      }
    }
  }

 private:
  std::uint32_t Cues(std::uint32_t token) const {
    return token < sent_.tokens.size() ? sent_.Cues(sent_.tokens[token], know_.lexicon) : 0;
  }

  void Add(std::uint32_t begin, std::uint32_t end, Kind kind, const char* rule, int tier,
           double confidence = 1) {
    if (begin >= end) return;
    Candidate candidate;
    candidate.begin = begin;
    candidate.end = end;
    candidate.kind = kind;
    candidate.rule = rule;
    candidate.tier = tier;
    candidate.confidence = confidence;
    out_.push_back(std::move(candidate));
  }

  // Whether a word that ends the titles of documents ends at `end`.
  bool EndsLikeDocument(std::uint32_t begin, std::uint32_t end) const {
    if (end - begin >= 3 && sent_.chars[end - 1] == U'法' && EndsLikeSkill(end)) return false;
    for (std::uint32_t size = 4; size >= 1; --size) {
      if (end < begin + size) continue;
      const Word* word = know_.lexicon.Find(sent_.Text(end - size, end));
      if (word && (word->cues & kDocument)) return true;
      if (word && word->head >= 0 &&
          know_.lexicon.heads()[static_cast<std::size_t>(word->head)].kind == kPolicy) {
        return true;
      }
    }
    return end - begin >= 3 && sent_.chars[end - 1] == U'法';
  }

  // 《竹编技法》, 《孙子兵法》: no law.
  bool EndsLikeSkill(std::uint32_t end) const {
    static constexpr std::u32string_view kSkills = U"兵方书技手心看说想用魔唱针";
    return kSkills.find(sent_.chars[end - 2]) != std::u32string_view::npos;
  }

  // Without 2025, （试行）, （2024—2030年） at the end.
  std::uint32_t BareEnd(std::uint32_t begin, std::uint32_t end) const {
    for (int turns = 0; turns < 3 && end > begin; ++turns) {
      char32_t last = sent_.chars[end - 1];
      std::uint32_t mate = sent_.mate[end - 1];
      if ((last == U'）' || last == U')') && mate != kNothing && mate > begin) {
        end = mate;
      } else if (DigitOf(last) >= 0) {
        while (end > begin && DigitOf(sent_.chars[end - 1]) >= 0) --end;
      } else {
        break;
      }
    }
    return end;
  }

  // 《竹林收购协议》: what two parties agree on between themselves rules nobody else;
  // 《竹农申报书》: nor does a form that is filled in.
  bool EndsLikeContract(std::uint32_t end) const {
    static constexpr std::u32string_view kEnds[] = {
        U"合同",   U"合同书", U"协议",   U"协议书", U"意向书", U"申报书", U"申请书",
        U"任务书", U"承诺书", U"告知函", U"推荐书", U"申报表", U"申请表", U"推荐表",
        U"登记表", U"汇总表", U"审批表", U"备案表", U"回执"};
    return std::any_of(std::begin(kEnds), std::end(kEnds),
                       [&](std::u32string_view word) { return sent_.chars.EndsAt(end, word); });
  }

  void Bracketed(std::uint32_t open, std::uint32_t close) {
    std::uint32_t begin = open + 1;
    std::uint32_t end = close;
    if (end <= begin || end - begin > kMaxTitle) return;
    std::uint32_t bare = BareEnd(begin, end);
    std::uint32_t before = sent_.token_at[open];
    std::uint32_t after = sent_.token_at[close] + 1;
    bool document = EndsLikeDocument(begin, bare) || sent_.chars.StartsAt(begin, U"关于") ||
                    NamedAsDocument(close + 1) || NamedAsEssay(open);
    if (EndsLikeContract(bare) && !sent_.chars.StartsAt(begin, U"关于")) return;
    // 影片《绿竹书》: a film, whatever its last word.
    if (!NamedAsEssay(open) && before > 0 && NamesMedia(before - 1)) return;
    std::uint32_t left = 0;
    for (std::uint32_t back = 1; back <= 4 && back <= before; ++back) left |= Cues(before - back);
    std::uint32_t right = 0;
    for (std::uint32_t t = after; t < after + 3; ++t) right |= Cues(t);
    if (!document && EndsLikePaper(begin, bare)) {
      Add(begin, end, kInstitution, "outlet.title", kTierTitle, 0.9);
      return;
    }
    if (!document && ((left | right) & kMediaTitle)) return;
    if (!document && BesideMedia(before, after)) return;
    bool strong = document && end - begin >= 5;
    if (!document && !((left | right) & kIssue)) return;
    if (((left & kMediaTitle) != 0) && !strong && !NamedAsEssay(open)) return;
    const char* rule = NamedAsEssay(open) ? "document.essay"
                       : end - begin <= 4 ? "document.short"
                                          : "document.title";
    Add(begin, end, kPolicy, rule, kTierTitle, document ? 1 : 0.7);
  }

  // 重要文章《竹乡振兴之路》: a leader's, which journals publish as they do documents.
  bool NamedAsEssay(std::uint32_t open) const { return sent_.chars.EndsAt(open, U"重要文章"); }

  // 影片, 歌曲; 刊发 is also said of documents.
  bool NamesMedia(std::uint32_t token) const {
    return (Cues(token) & kMediaTitle) != 0 && sent_.tokens[token].word_class == WordClass::kNoun;
  }

  // 节目片单…推出《竹影》《山月》等十部…节目: a word of films and programmes within the sentence,
  // some way before the token `before` or behind `after`.
  bool BesideMedia(std::uint32_t before, std::uint32_t after) const {
    constexpr std::uint32_t kFar = 12, kFarther = 24;
    std::uint32_t cues = 0;
    for (std::uint32_t t = before - std::min(before, kFar); t < before; ++t) cues |= Cues(t);
    for (std::uint32_t t = after; t < after + kFarther; ++t) cues |= Cues(t);
    return (cues & kMediaTitle) != 0;
  }

  // 《新时代的中国茶业》白皮书, 《茶叶分级》国家标准
  bool NamedAsDocument(std::uint32_t pos) const {
    static constexpr std::u32string_view kWords[] = {U"白皮书",   U"蓝皮书",   U"强制性国家标准",
                                                     U"国家标准", U"行业标准", U"地方标准",
                                                     U"团体标准", U"国际标准", U"倡议书"};
    return std::any_of(std::begin(kWords), std::end(kWords),
                       [&](std::u32string_view word) { return sent_.chars.StartsAt(pos, word); });
  }

  // 《滨海晚报》, 《青年报》; reports end otherwise (公报, 年报).
  bool EndsLikePaper(std::uint32_t begin, std::uint32_t end) const {
    static constexpr std::u32string_view kNotBefore = U"公年季月简通海快电预申情画谍";
    if (sent_.chars.EndsAt(end, U"周刊")) return true;
    return sent_.chars.EndsAt(end, U"报") && end - begin >= 3 && end - begin <= 12 &&
           kNotBefore.find(sent_.chars[end - 2]) == std::u32string_view::npos;
  }

  // 海东省城市供水管理办法, 中华人民共和国湿地法 on a line of its own: the regulation of a whole
  // region, by the full name of the region and by its last word.
  void Line() {
    const auto size = static_cast<std::uint32_t>(sent_.size());
    if (size < kMinLine || size > kMaxLine) return;
    const bool country = sent_.chars.StartsAt(0, U"中华人民共和国");
    const Token& first = sent_.tokens.front();
    const bool region = IsDivision(static_cast<Kind>(KindOf(know_, sent_, first))) &&
                        IsLevel(sent_.chars[first.end - 1]);
    if (!country && !region) return;
    const std::uint32_t end = BareEnd(0, size);
    static constexpr std::u32string_view kEnds[] = {U"办法", U"条例", U"规定", U"细则"};
    const bool rules = std::any_of(std::begin(kEnds), std::end(kEnds),
                                   [&](auto word) { return sent_.chars.EndsAt(end, word); });
    if (!rules && !(country && sent_.chars[end - 1] == U'法')) return;
    for (std::uint32_t t = 0; t < sent_.tokens.size(); ++t) {
      static constexpr std::u32string_view kMarks = U"《》〈〉<>“”（）()、-—";
      const Token& token = sent_.tokens[t];
      const bool mark = token.word_class == WordClass::kMark;
      if (mark && kMarks.find(sent_.chars[token.begin]) == std::u32string_view::npos) return;
      if (token.begin < end && (Cues(t) & kIssue) != 0) return;
    }
    // （试行）, （修正）; not （2019年某月某日通过） nor （第9号令）.
    const bool edition = size - end <= 6 && sent_.chars[size - 2] != U'令';
    Add(0, edition ? size : end, kPolicy, "document.line", kTierTitle, 0.9);
  }

  static bool IsLevel(char32_t c) {
    static constexpr std::u32string_view kLevels = U"省市区县州盟旗";
    return kLevels.find(c) != std::u32string_view::npos;
  }

  // 关于…的意见 at the beginning of a line or behind a verb of issuing.
  void About(std::uint32_t pos) {
    if (!sent_.IsBoundary(pos)) return;
    std::uint32_t token = sent_.token_at[pos];
    std::uint32_t begin = pos;
    bool issued = false;
    std::uint32_t t = token;
    // Issuers in front: 国务院关于…, 中共中央 国务院关于….
    while (t > 0) {
      const Token& left = sent_.tokens[t - 1];
      std::uint8_t kind = KindOf(know_, sent_, left);
      char32_t c = sent_.chars[left.begin];
      bool space = left.size() == 1 && (c == U' ' || c == U'　' || c == U'、');
      const bool done = left.size() == 1 && c == U'了' && t > 1 && (Cues(t - 2) & kIssue) != 0;
      if (done || (Cues(t - 1) & kIssue) != 0) {
        issued = true;
        break;
      }
      if (!space && kind != kMinistry && kind != kLocalGovernment) break;
      --t;
      if (!space) begin = left.begin;
    }
    bool first = t == 0 || begin == 0;
    if (!first && !issued) begin = pos;
    std::uint32_t limit =
        std::min<std::uint32_t>(static_cast<std::uint32_t>(sent_.size()), pos + kMaxTitle);
    const bool titled = first || FollowsBody(pos);
    if (const std::uint32_t cut = CutShort(); titled && cut > pos + kMinCut && cut <= limit) {
      const std::uint32_t opened = sent_.chars[0] == U'《' ? 1 : 0;
      Add(first ? begin : opened, cut, kPolicy, "document.about", kTierTitle, 0.8);
      return;
    }
    for (std::uint32_t at = pos + 4; at < limit; ++at) {
      char32_t c = sent_.chars[at];
      if (c == U'《' && sent_.mate[at] != kNothing) {
        at = sent_.mate[at];
        // 关于转发《甲办法》, all of a line
        const bool passed_on = sent_.chars.StartsAt(pos, U"关于转发");
        if (first && passed_on && at + 1 == sent_.size()) {
          Add(begin, at + 1, kPolicy, "document.about", kTierTitle, 0.9);
          return;
        }
        continue;
      }
      if (c == U'。' || c == U'；' || c == U'，' || c == U'：') return;
      if (c == U'、' && sent_.chars.StartsAt(at + 1, U"关于")) return;
      bool several = sent_.chars.StartsAt(at, U"若干");
      if (c != U'的' && !several) continue;
      std::uint32_t stop = DocumentWord(several ? at : at + 1);
      if (stop == 0) continue;
      // 关于提请审议甲法草案的议案: what is sent for approval, not the motion.
      if (sent_.chars.EndsAt(stop, U"议案") && sent_.chars.StartsAt(pos + 2, U"提请审议")) {
        const std::uint32_t draft = pos + 6 + (sent_.chars.StartsAt(pos + 6, U"批准") ? 2 : 0);
        if (EndsLikeDocument(draft, BareEnd(draft, at)) && sent_.chars[draft] != U'《') {
          Add(draft, at, kPolicy, "document.draft", kTierTitle, 0.9);
        }
        return;
      }
      if (!first && !issued && stop - pos < 12) return;
      Add(begin, stop, kPolicy, "document.about", kTierTitle, 0.9);
      return;
    }
  }

  // 丽水省竹业厅等三部门|关于…: a line that begins with bodies.
  bool FollowsBody(std::uint32_t pos) const {
    constexpr std::uint32_t kMaxBodies = 40;
    if (pos > kMaxBodies) return false;
    for (const std::u32string_view word :
         {U"厅", U"局", U"委", U"委员会", U"办公室", U"政府", U"部", U"部门", U"小组", U"院"}) {
      if (sent_.chars.EndsAt(pos, word)) return true;
    }
    return false;
  }

  // 关于做好竹匠统计工作的...: where a headline was cut short, without 的; 0 where it was not.
  std::uint32_t CutShort() const {
    auto end = static_cast<std::uint32_t>(sent_.size());
    std::uint32_t dots = 0;
    for (; end > 0 && (sent_.chars[end - 1] == U'.' || sent_.chars[end - 1] == U'…'); --end) ++dots;
    if (dots == 0 || (dots < 3 && sent_.chars[end] == U'.')) return 0;
    return end > 0 && sent_.chars[end - 1] == U'的' ? end - 1 : end;
  }

  bool EndsLikeTitle(std::uint32_t end) const {
    static constexpr std::u32string_view kEnds[] = {
        U"通知", U"意见", U"批复", U"决定", U"公告", U"报告", U"请示", U"措施", U"方案", U"规定",
        U"办法", U"通告", U"通报", U"决议", U"函",   U"草案", U"规划", U"细则", U"协议", U"议案",
        U"解释", U"举措", U"声明", U"倡议", U"条例", U"规则", U"指南", U"指引"};
    return std::any_of(std::begin(kEnds), std::end(kEnds),
                       [&](std::u32string_view word) { return sent_.chars.EndsAt(end, word); });
  }

  // The end of 若干措施, 指导意见, 审查结果报告 that begins at `pos` and ends before a mark, or 0.
  std::uint32_t DocumentWord(std::uint32_t pos) const {
    if (!sent_.IsBoundary(pos)) return 0;
    for (std::uint32_t t = sent_.token_at[pos]; t < sent_.tokens.size(); ++t) {
      const Token& token = sent_.tokens[t];
      if (token.end > pos + 8 || !IsHan(sent_.chars[token.begin])) return 0;
      bool noun = token.word_class == WordClass::kNoun || token.word_class == WordClass::kInner ||
                  token.word_class == WordClass::kAdjective ||
                  token.word_class == WordClass::kNumeral || token.word_class == WordClass::kName;
      if (!noun && !(Cues(t) & kDocument)) return 0;
      char32_t next = sent_.chars[token.end];
      bool ends = next == 0 || !IsHan(next) || next == U'等';
      if (ends) return EndsLikeTitle(token.end) ? token.end : 0;
    }
    return 0;
  }

  // 部署开展, 联合开展: 开展 alone is what is done with a programme that there is.
  bool Deploys(std::uint32_t token) const {
    const Token& verb = sent_.tokens[token];
    if (verb.size() != 2 || !sent_.chars.StartsAt(verb.begin, U"开展") || token == 0) return false;
    const std::uint32_t before = verb.begin;
    for (const std::u32string_view word : {U"部署", U"决定", U"联合", U"集中"}) {
      if (sent_.chars.EndsAt(before, word)) return true;
    }
    return false;
  }

  // 发布跨境电商检察典型案例, 启动社区助餐试点工作, 调整国家奖助学金政策: what a verb of publishing
  // or of changing has for its object, up to the end of its clause, where that ends like a
  // document, a programme or a policy: in a word with the cue `ends`.
  void Object(std::uint32_t verb, std::uint32_t ends) {
    const auto count = static_cast<std::uint32_t>(sent_.tokens.size());
    std::uint32_t first = verb + 1;
    std::uint32_t t = first;
    for (; t < count; ++t) {
      const Token& token = sent_.tokens[t];
      if (t == first ? LeadsObject(token) : CountsVaguely(token)) {
        first = t + 1;
        continue;
      }
      // 公布“最美茶园”名单
      if (sent_.chars[token.begin] == U'“' && sent_.mate[token.begin] != kNothing) {
        t = sent_.token_at[sent_.mate[token.begin]];
        if (sent_.tokens[t].end > sent_.tokens[first].begin + kMaxObject) return;
        continue;
      }
      const bool joint = token.word_class == WordClass::kConjunction;
      if (token.word_class == WordClass::kMark ||
          (joint && (sent_.chars.EndsAt(token.begin, U"行动") ||
                     HeadWith(ends, sent_.tokens[first].begin, token.begin) > 0))) {
        break;
      }
      if (token.end > sent_.tokens[first].begin + kMaxObject || !InObject(token, t == first)) {
        return;
      }
    }
    if (t == first || (t < count && !EndsObject(sent_.tokens[t]))) return;
    const bool noun = sent_.tokens[first].word_class == WordClass::kNoun;
    if ((Cues(first) & kStop) != 0 && !noun) return;  // 相关政策
    // Characters of words that are not generic; 215项标准 has none but of its last word.
    std::uint32_t content = 0;
    for (std::uint32_t i = first; i < t; ++i) {
      if (!(Cues(i) & kGeneric) && !Counts(sent_.tokens[i])) content += sent_.tokens[i].size();
    }
    const std::uint32_t begin = sent_.tokens[first].begin;
    const std::uint32_t end = sent_.tokens[t - 1].end;
    const std::uint32_t head = HeadWith(ends, begin, end);
    if (head == 0 || content < 4 || end - begin < head + 4) return;
    Add(begin, end, Drives(first, t) ? kEvent : kPolicy, "document.object", kTierHead, 0.8);
  }

  // 审议通过支持竹农增收、加快竹林修复的实施意见: what is done in it, then what it is, up to the
  // end of its sentence or clause.
  void Described(std::uint32_t verb) {
    const auto count = static_cast<std::uint32_t>(sent_.tokens.size());
    if (sent_.chars.EndsAt(sent_.tokens[verb].end, U"实施")) return;
    std::uint32_t first = verb + 1;
    if (first < count && sent_.chars[sent_.tokens[first].begin] == U'了') ++first;
    if (first >= count) return;
    const WordClass opens = sent_.tokens[first].word_class;
    if (opens != WordClass::kVerb && opens != WordClass::kInner && opens != WordClass::kAdverb) {
      return;
    }
    const std::uint32_t begin = sent_.tokens[first].begin;
    for (std::uint32_t t = first; t < count && sent_.tokens[t].end < begin + kMaxDescribed; ++t) {
      const char32_t c = sent_.chars[sent_.tokens[t].begin];
      if (c == U'“' && sent_.mate[sent_.tokens[t].begin] != kNothing) {
        t = sent_.token_at[sent_.mate[sent_.tokens[t].begin]];
        continue;
      }
      if (sent_.tokens[t].word_class == WordClass::kMark && c != U'、') return;
      const bool says = sent_.tokens[t].size() > 1 && (Cues(t) & kSpeech) != 0;  // not 和
      if (c == U'等' || c == U'了' || says || (Cues(t) & kIssue) != 0 ||
          sent_.chars.StartsAt(sent_.tokens[t].begin, U"关于")) {
        return;
      }
      if (c != U'的') continue;
      const std::uint32_t end = DocumentWord(sent_.tokens[t].end);
      if (end == 0) continue;
      if (end < begin + kMinDescribed || !EndsLikeRuling(end)) return;
      Add(begin, end, kPolicy, "document.described", kTierHead, 0.8);
      return;
    }
  }

  // 的措施 and 的政策 may be any.
  bool EndsLikeRuling(std::uint32_t end) const {
    static constexpr std::u32string_view kEnds[] = {U"意见", U"通知", U"若干措施", U"方案",
                                                    U"办法", U"规定", U"条例",     U"细则",
                                                    U"决定", U"决议", U"规划"};
    return std::any_of(std::begin(kEnds), std::end(kEnds),
                       [&](std::u32string_view word) { return sent_.chars.EndsAt(end, word); });
  }

  // 新一批绿色工厂名单今天公布: what was published, from the start of its clause to the verb that
  // ends it.
  void Subject(std::uint32_t verb) {
    const auto count = static_cast<std::uint32_t>(sent_.tokens.size());
    std::uint32_t after = verb + 1;
    while (after < count && (Cues(after) & (kPublish | kIssue)) != 0) ++after;
    if (after < count && sent_.chars.StartsAt(sent_.tokens[after].begin, U"实施")) ++after;
    if (after < count && !EndsObject(sent_.tokens[after])) return;
    std::uint32_t last = verb;
    for (int i = 0; i < 3 && last > 0; ++i) {
      const Token& token = sent_.tokens[last - 1];
      if (token.word_class != WordClass::kAdverb && token.word_class != WordClass::kTime &&
          !sent_.chars.StartsAt(token.begin, U"正式")) {
        break;
      }
      --last;
    }
    std::uint32_t first = last;
    while (first > 0) {
      const Token& token = sent_.tokens[first - 1];
      if (token.word_class == WordClass::kMark) {
        if (!EndsObject(token)) return;
        break;
      }
      if (!InObject(token, true)) return;
      --first;
    }
    while (first < last && (sent_.tokens[first].word_class == WordClass::kTime ||
                            CountsVaguely(sent_.tokens[first]) ||
                            KindOf(know_, sent_, sent_.tokens[first]) <= kInstitution)) {
      ++first;
    }
    if (first >= last || (Cues(first) & (kStop | kIssue)) != 0) return;
    const std::uint32_t begin = sent_.tokens[first].begin, end = sent_.tokens[last - 1].end;
    std::uint32_t content = 0;  // characters of words that are not generic
    for (std::uint32_t i = first; i < last; ++i) {
      if (!(Cues(i) & kGeneric)) content += sent_.tokens[i].size();
    }
    const std::uint32_t head = HeadWith(kPublished, begin, end);
    if (head == 0 || content < 4 || end - begin < head + 4 || end - begin > kMaxObject) return;
    Add(begin, end, Drives(first, last) ? kEvent : kPolicy, "document.subject", kTierHead, 0.8);
  }

  // 整治…专项行动: a campaign of enforcement or publicity, where its name ends as one's does.
  bool Drives(std::uint32_t first, std::uint32_t end) const {
    if (!sent_.chars.EndsAt(sent_.tokens[end - 1].end, U"行动")) return false;
    if (EndsLikeDrive(sent_, sent_.tokens[first].begin, sent_.tokens[end - 1].end)) return true;
    return std::any_of(
        sent_.tokens.begin() + first, sent_.tokens.begin() + end,
        [&](const Token& token) { return (sent_.Cues(token, know_.lexicon) & kDrive) != 0; });
  }

  bool EndsObject(const Token& token) const {
    static constexpr std::u32string_view kEnds = U"，。；：！？,;、";
    return token.word_class == WordClass::kConjunction ||
           kEnds.find(sent_.chars[token.begin]) != std::u32string_view::npos;
  }

  // 3000, 万亿, 亿元 of a sum of money.
  bool IsSum(const Token& token) const {
    static constexpr std::u32string_view kUnits = U"亿万";
    for (std::uint32_t at = token.begin; at < token.end; ++at) {
      const char32_t c = sent_.chars[at];
      const bool unit = kUnits.find(c) != std::u32string_view::npos;
      if (DigitOf(c) < 0 && !unit && !(c == U'元' && at > token.begin)) return false;
    }
    const char32_t last = sent_.chars[token.end - 1];
    return DigitOf(last) < 0 || kUnits.find(sent_.chars[token.end]) != std::u32string_view::npos;
  }

  // 215, 项
  static bool Counts(const Token& token) {
    return token.word_class == WordClass::kNumeral || token.word_class == WordClass::kMeasure ||
           token.word_class == WordClass::kAscii;
  }

  // 一批, 一系列
  bool CountsVaguely(const Token& token) const {
    return token.word_class == WordClass::kNumeral &&
           (sent_.Cues(token, know_.lexicon) & kStop) != 0;
  }

  // 了, 好, 实施, 一批, 3000亿元 between the verb and the name.
  bool LeadsObject(const Token& token) const {
    if (token.word_class == WordClass::kParticle) return sent_.chars[token.begin] == U'了';
    if (token.size() == 1 && sent_.chars[token.begin] == U'好') return true;
    if (sent_.Cues(token, know_.lexicon) & kPublished) return false;
    return CountsVaguely(token) || IsSum(token) ||
           (sent_.Cues(token, know_.lexicon) & (kIssue | kAction)) != 0;
  }

  // A word of the name itself: a clause of its own, or a description (…的政策), is none.
  bool InObject(const Token& token, bool first) const {
    switch (token.word_class) {
      case WordClass::kParticle:
      case WordClass::kPronoun:
      case WordClass::kAdverb:
        return false;
      case WordClass::kPreposition:
        return !first && sent_.chars[token.begin] == U'与';
      case WordClass::kConjunction:
        return !first;
      default:
        break;
    }
    return (sent_.Cues(token, know_.lexicon) & kPublish) == 0;
  }

  // The size of the word with this cue that ends a name at `end`, or 0.
  std::uint32_t HeadWith(std::uint32_t cue, std::uint32_t begin, std::uint32_t end) const {
    for (std::uint32_t size = 4; size >= 2; --size) {
      if (end < begin + size) continue;
      const Word* word = know_.lexicon.Find(sent_.Text(end - size, end));
      if (word && (word->cues & cue)) return size;
    }
    return 0;
  }

  // 食品安全法, 农业技术推广法: two or more nouns and 法, with an edge on both sides.
  void Law(std::uint32_t pos) {
    const Token& last = sent_.tokens[sent_.token_at[pos]];
    if (last.begin != pos) return;
    char32_t next = sent_.chars[pos + 1];
    static constexpr std::u32string_view kAfter = U"》，。、；）等的第实和与草修";
    if (next != 0 && kAfter.find(next) == std::u32string_view::npos &&
        !sent_.chars.StartsAt(pos + 1, U"有关") && !sent_.chars.StartsAt(pos + 1, U"规定")) {
      return;
    }
    std::uint32_t t = sent_.token_at[pos];
    std::uint32_t begin = pos;
    while (t > 0 && pos - sent_.tokens[t - 1].begin <= 14) {
      const Token& left = sent_.tokens[t - 1];
      bool noun = left.word_class == WordClass::kNoun || left.word_class == WordClass::kInner ||
                  (left.word_class == WordClass::kName && KindOf(know_, sent_, left) == kIndustry);
      if (!noun || left.size() < 2 || (sent_.Cues(left, know_.lexicon) & (kStop | kIssue))) break;
      begin = left.begin;
      --t;
    }
    if (pos - begin < 4) return;
    Add(begin, pos + 1, kPolicy, "document.law", kTierHead, 0.8);
  }

  const Knowledge& know_;
  const AnalysedSentence& sent_;
  std::vector<Candidate>& out_;
};

}  // namespace

void FindDocuments(const Knowledge& know, const AnalysedSentence& sent,
                   std::vector<Candidate>& out) {
  DocumentReader(know, sent, out).Run();
}

}  // namespace tupu::extract
