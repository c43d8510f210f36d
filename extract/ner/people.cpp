// People. A Chinese name is a surname and one or two characters; what makes it one is its
// surroundings: a post before it (省长刘小明), a post behind it (李强总理), a verb of speech
// (裴锋表示), a list that begins so (副市长甲、乙、丙). Transliterated names are told by · or by a
// post.
#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "extract/ner/candidates.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::int32_t kUnseen = -950;  // a character that no list has as part of a name
constexpr std::int32_t kStrongContext = -2755;
constexpr std::int32_t kWeakContext = kLooseName;
constexpr std::int32_t kLikelyName = -1350;  // of a word that may be a name too
constexpr std::int32_t kRareVerb = 1000;     // hundredths of -log probability

bool IsSpace(char32_t c) { return c == U' ' || c == U'　' || c == U'\t' || c == U'\u00a0'; }

class PeopleReader {
 public:
  PeopleReader(const Knowledge& know, const AnalysedSentence& sent,
               const std::vector<TitleSpan>& titles, std::vector<Candidate>& out)
      : know_(know), sent_(sent), titles_(titles), out_(out) {}

  void Run() {
    for (const TitleSpan& title : titles_) {
      AfterTitle(title);
      BeforeTitle(title);
    }
    AfterGroups();
    Appointed();
    InRosters();
    Lists();
    InSpacedRosters();
    BeforeSpeech();
  }

 private:
  char32_t At(std::uint32_t pos) const { return sent_.chars[pos]; }
  const Token& TokenAt(std::uint32_t pos) const { return sent_.tokens[sent_.token_at[pos]]; }
  std::uint32_t CuesAt(std::uint32_t pos) const {
    return pos < sent_.size() ? sent_.Cues(TokenAt(pos), know_.lexicon) : 0;
  }

  bool IsFunction(const Token& token) const { return IsFunctionWord(know_, sent_, token); }

  // Whether a name may end at `end`: the rest begins with a word or a mark.
  bool MayEnd(std::uint32_t end) const {
    if (end >= sent_.size() || !IsHan(At(end)) || sent_.IsBoundary(end)) return true;
    // 唐春|华表|示: the words are cut otherwise.
    return sent_.chars.StartsAt(end, U"表示") || sent_.chars.StartsAt(end, U"认为") ||
           sent_.chars.StartsAt(end, U"介绍") || sent_.chars.StartsAt(end, U"透露") ||
           sent_.chars.StartsAt(end, U"指出") || sent_.chars.StartsAt(end, U"说，") ||
           sent_.chars.StartsAt(end, U"说：");
  }

  // The end of the name that begins at `begin`, or 0.
  std::uint32_t NameAt(std::uint32_t begin, std::int32_t threshold,
                       bool speech_next = false) const {
    std::uint32_t best = 0;
    std::int32_t best_score = Lexicon::kNever;
    for (std::uint32_t size : {3u, 2u, 4u}) {
      std::uint32_t end = begin + size;
      if (end > sent_.size() || !MayEnd(end)) continue;
      if (speech_next && !(CuesAt(end) & kSpeech)) continue;
      std::int32_t score = NameScore(know_.lexicon, sent_, begin, end);
      if (score < threshold) continue;
      if (size > 2 && (At(end - 1) == U'在' || At(end - 1) == U'第'))
        continue;  // hardly ever in one
      // 官邸前, 项目后
      if (size > 2 && TokenAt(end - 1).size() == 1 &&
          TokenAt(end - 1).word_class == WordClass::kLocative && TokenAt(begin).size() > 1) {
        continue;
      }
      // 李先生, 周教授: a surname alone names nobody.
      if (size > 2 && sent_.title_end[end] == begin + 1) continue;
      if (size == 2 && end < sent_.size() && sent_.title_end[end + 1] == begin + 1) continue;
      // 王浩在: the last character is a word of its own kind.
      const Token& last = TokenAt(end - 1);
      bool word = IsFunction(last) ||
                  (last.word_class == WordClass::kVerb && !(size == 3 && IsRareVerb(last)));
      // A preposition in front of a mark is none: 总工程师朱宏任，.
      bool hanging = end >= sent_.size() || !IsHan(At(end));
      if (hanging &&
          (last.word_class == WordClass::kPreposition || last.word_class == WordClass::kAdverb ||
           last.word_class == WordClass::kConjunction || last.word_class == WordClass::kVerb)) {
        word = At(end - 1) == U'称' || At(end - 1) == U'说' || At(end - 1) == U'等';
      }
      // 周思然指出, 赵永全与: what follows is a word of its own.
      bool plain =
          end < sent_.size() && word && !hanging &&
          ((CuesAt(end) & kSpeech) != 0 || TokenAt(end).word_class == WordClass::kPreposition ||
           TokenAt(end).word_class == WordClass::kConjunction) &&
          know_.lexicon.GivenSecond(At(end - 1)) > -800;
      // 徐宜领表示: a verb with a verb of speech behind it.
      static constexpr std::u32string_view kNotLast = U"在说称笑答叹曾也又还都来去再";
      const bool told = end < sent_.size() && size == 3 && !hanging &&
                        last.word_class == WordClass::kVerb && (CuesAt(end) & kSpeech) != 0 &&
                        TokenAt(end).size() > 1 &&
                        kNotLast.find(At(end - 1)) == std::u32string_view::npos;
      if (told) word = false;
      if (plain) word = At(end - 1) == U'在' || At(end - 1) == U'说' || At(end - 1) == U'称';
      if (last.size() == 1 && last.begin + 1 == end && size > 2 && word &&
          NameScore(know_.lexicon, sent_, begin, end - 1) > threshold &&
          know_.lexicon.GivenSecond(At(end - 1)) <
              (last.word_class == WordClass::kVerb ? -720 : -560)) {
        continue;
      }
      const Token& first = TokenAt(begin);
      if (first.size() > 1 && first.begin == begin && first.word_class != WordClass::kName) {
        // The dictionary reads it otherwise: 高兴, 方便.
        if (first.word_class != WordClass::kNoun && first.word_class != WordClass::kTime) continue;
        if (first.end > end) continue;
        score -= 300;
      }
      if (first.begin < begin) continue;
      // 和, 于, 向, 来: surnames that are hardly ever one.
      const bool rare = IsFunction(first) || At(begin) == U'来';
      if (first.size() == 1 && rare && (size != 3 || score < -1800) &&
          !(IsSurnameToo(At(begin)) && score > kLikelyName - 400 && IsClosed(end))) {
        continue;
      }
      // A longer name costs a character more.
      std::int32_t balanced = score + static_cast<std::int32_t>(size) * 1100;
      if (best == 0 || balanced > best_score) {
        best = end;
        best_score = balanced;
      }
    }
    return best;
  }

  // 何, 于: words that are surnames often enough, in front of a mark or a verb of speech.
  static bool IsSurnameToo(char32_t c) {
    return c == U'何' || c == U'于' || c == U'常' || c == U'那';
  }
  bool IsClosed(std::uint32_t end) const {
    return end >= sent_.size() || !IsHan(At(end)) || (CuesAt(end) & kSpeech) != 0;
  }

  // 擎, 晴, 振: hardly ever a word of its own.
  bool IsRareVerb(const Token& token) const {
    return token.size() == 1 && token.word != kNothing &&
           know_.lexicon.word(token.word).cost > kRareVerb;
  }

  // A transliterated name of two to six characters that begins at `begin`, or 0.
  std::uint32_t ForeignAt(std::uint32_t begin) const {
    std::uint32_t end = begin;
    while (end < sent_.size() && end - begin < 7 && know_.lexicon.IsTransliteration(At(end))) {
      const Token& token = TokenAt(end);
      // 奥尔特加, 莫茨费尔特: adverbs in front of a word only.
      bool letter = token.size() == 1 && (At(end) == U'特' || At(end) == U'莫');
      // 姆本达: within the name.
      letter = letter || (token.size() == 1 && At(end) == U'本' && end > begin &&
                          know_.lexicon.IsTransliteration(At(end + 1)));
      letter = letter || IsLetterOfName(end);
      if ((IsFunction(token) && !letter) ||
          (token.size() > 1 && token.begin == end &&
           (token.word_class == WordClass::kVerb || token.word_class == WordClass::kTime))) {
        break;
      }
      ++end;
    }
    while (end > begin && !MayEnd(end)) --end;
    if (end - begin < 2 || end - begin > 6) return 0;
    // 甲六世
    static constexpr std::u32string_view kCounts = U"一二三四五六七八九十";
    const bool numbered =
        At(end + 1) == U'世' && kCounts.find(At(end)) != std::u32string_view::npos;
    return numbered ? end + 2 : end;
  }

  // 别尔金诺, 因多瓦, 奥比达: letters that are words elsewhere, with letters of names on both
  // sides.
  bool IsLetterOfName(std::uint32_t pos) const {
    static constexpr std::u32string_view kLetters = U"因比别多里凡莫特兹什尤";
    if (kLetters.find(At(pos)) == std::u32string_view::npos || TokenAt(pos).size() > 1) {
      return false;
    }
    // 总统塔米什日前, 主席奥伦比18日: what follows is a word of its own.
    const char32_t next = At(pos + 1);
    if (!IsHan(next) || TokenAt(pos + 1).word_class == WordClass::kTime ||
        (CuesAt(pos + 1) & kSpeech) != 0) {
      return At(pos) == U'什' || At(pos) == U'比' || At(pos) == U'里' || At(pos) == U'兹';
    }
    return know_.lexicon.IsTransliteration(At(pos + 1)) && TokenAt(pos + 1).size() == 1 &&
           (!IsFunction(TokenAt(pos + 1)) ||
            kLetters.find(At(pos + 1)) != std::u32string_view::npos);
  }

  void Add(std::uint32_t begin, std::uint32_t end, TitleKind kind, const char* rule,
           double confidence) {
    out_.push_back(PersonCandidate(begin, end, kind, rule, confidence));
  }

  // Names behind the first one: 甲、乙、丙 — or apart by spaces for reporters.
  void List(std::uint32_t end, TitleKind kind, bool spaces) {
    for (int count = 0; count < 60; ++count) {
      std::uint32_t at = end;
      if (spaces && IsSpace(At(at))) {
        while (IsSpace(At(at))) ++at;
      } else if (At(at) == U'、') {
        ++at;
      } else {
        return;
      }
      std::uint32_t next = NameAt(at, kWeakContext - 500);
      if (next == 0) return;
      char32_t c = At(next);
      bool closed = c == 0 || c == U'、' || c == U'，' || c == U'。' || c == U'）' || c == U')' ||
                    c == U'；' || c == U'等' || c == U'（' || IsSpace(c) || c == U'/' ||
                    c == U'】' || (CuesAt(next) & (kSpeech | kStop)) != 0;
      if (!closed) return;
      Add(at, next, kind, "person.list", 0.9);
      end = next;
    }
  }

  // 编辑丨甲, 联系人：乙, 发布人：-丙
  static bool IsByline(char32_t c) {
    return c == U'/' || c == U':' || c == U'：' || c == U'|' || c == U'丨' || c == U'｜' ||
           c == U'-';
  }

  void AfterTitle(const TitleSpan& title) {
    std::uint32_t at = title.end;
    bool media = title.kind == TitleKind::kMedia;
    bool spaced = false;
    while (at < sent_.size() && (IsSpace(At(at)) || (media && IsByline(At(at))))) {
      spaced = true;
      ++at;
      if (at - title.end > 6) return;
    }
    if (at >= sent_.size() || !IsHan(At(at))) return;
    if (At(at) == U'国' && At(at - 1) == U'席') return;  // 轮值主席国
    bool loose = title.kind == TitleKind::kPerson;
    if (sent_.chars.StartsAt(at, U"之一")) at += 2;
    if (title.kind == TitleKind::kCompany && (At(at) == U'为' || At(at) == U'是')) {
      // 法定代表人为甲，
      const std::uint32_t end = NameAt(at + 1, kWeakContext);
      if (end != 0 && IsClosed(end) && !IsKnownWord(at + 1, end)) {
        Add(at + 1, end, title.kind, "person.title", 0.85);
      }
      return;
    }
    for (std::uint32_t dot = at + 1; dot < at + 7 && IsHan(At(dot - 1)); ++dot) {
      if (At(dot) == U'·' || At(dot) == U'•') return;  // foreign_people.cpp reads it whole
    }
    std::uint32_t end = NameAt(at, loose ? kWeakContext : kStrongContext);
    if (end == 0) {
      std::uint32_t foreign = ForeignAt(at);
      // 负责人莫茨费尔特, 乙国选手阿尼娃
      if (loose && foreign < at + (IsOfState(title) ? 3 : 4)) return;
      const bool common = media || title.kind == TitleKind::kScholar;
      if (common && foreign < at + 3) return;  // 专家库中
      const bool known_name = TokenAt(at).word_class == WordClass::kName && foreign > at + 2 &&
                              TokenAt(at).end == foreign && (CuesAt(foreign) & kSpeech) != 0;
      if (foreign != 0 && (known_name || !IsKnownWord(at, foreign))) {
        if (At(foreign) == U'·') return;  // foreign_people.cpp reads it whole
        Add(at, foreign, title.kind, "person.foreign", 0.7);
      }
      return;
    }
    // 阿尔克明: a surname by chance. 乙国总统洛伦索: also a name of three.
    std::uint32_t foreign = ForeignAt(at);
    const std::uint32_t least = foreign > end && IsOfState(title) ? 3 : 4;
    if (!media && foreign >= at + least && foreign > end && (!loose || IsOfState(title))) {
      Add(at, foreign, title.kind, "person.foreign", 0.7);
      return;
    }
    if (IsKnownWord(at, end) && !(media && spaced)) {
      // 专家代表: who is meant, not a name.
      if (sent_.title_end[end] == at || (CuesAt(at) & kGroup) != 0) return;
      // 摄影成果, CTO公司: what follows the word is none either; 主任高峰。
      const std::uint32_t head = sent_.head_end[end];
      if (media || (head != kNothing && know_.lexicon.heads()[head].kind <= kInstitution)) return;
      const bool post = title.kind == TitleKind::kOfficial || title.kind == TitleKind::kCompany;
      const bool likely = NameScore(know_.lexicon, sent_, at, end) > kLikelyName;
      bool speech = (CuesAt(end) & kSpeech) != 0 ||
                    (post && !IsHan(At(end)) && (likely || ForeignAt(at) == end));
      if (!speech || loose) return;
    }
    // 副主任委员会: the word goes on. 村民高兴: a plain word.
    if (At(end) == U'·') return;
    if (IsFirm(title, end) || sent_.chars.StartsAt(at, U"候选人") || IsHidden(end)) return;
    Add(at, end, title.kind, "person.title", loose ? 0.8 : 0.95);
    List(end, title.kind, media);
  }

  // 陈某, 邵总: no names.
  bool IsHidden(std::uint32_t end) const { return At(end - 1) == U'某' || At(end - 1) == U'总'; }

  // 老股东甲创投, 发布人：乙网: a firm's name, of which the first characters look like a person's.
  bool IsFirm(const TitleSpan& title, std::uint32_t end) const {
    if (title.kind == TitleKind::kMedia) return At(end - 1) == U'网' || At(end - 1) == U'报';
    if (title.kind != TitleKind::kPerson) return false;
    const std::string_view post = sent_.Text(title.begin, title.end);
    if (post != "股东" && post != "实控人" && post != "自然人") return false;
    if (title.begin > 0 && (At(title.begin - 1) == U'老' || At(title.begin - 1) == U'有')) {
      return true;
    }
    static constexpr std::u32string_view kBehind = U"拟持先女与和所计及将减质未等共";
    return end < sent_.size() && IsHan(At(end)) &&
           kBehind.find(At(end)) == std::u32string_view::npos;
  }

  // 甲国总统, 甲国前陆军司令: a state stands before the post in its clause.
  bool IsOfState(const TitleSpan& title) const {
    std::uint32_t t = sent_.token_at[title.begin];
    for (int back = 0; back < 5 && t > 0; ++back) {
      const Token& token = sent_.tokens[--t];
      if (token.word_class == WordClass::kMark) return false;
      const std::uint8_t kind = KindOf(know_, sent_, token);
      if (kind < kKinds && static_cast<Kind>(kind) == kPlace) {
        return sent_.Text(token.begin, token.end) != "中国";
      }
    }
    return false;
  }

  // A known office-holder whose name alone would not do: 书记林武.
  bool IsPersonToken(const Token& token) const {
    std::uint8_t kind = KindOf(know_, sent_, token);
    return kind < kKinds && IsPerson(static_cast<Kind>(kind));
  }

  // Whether the range is a word of the dictionary or a name of the gazetteer.
  bool IsKnownWord(std::uint32_t begin, std::uint32_t end) const {
    const Token& token = TokenAt(begin);
    if (token.begin != begin || token.end < end || token.size() < 2) return false;
    return !IsPersonToken(token);
  }

  void BeforeTitle(const TitleSpan& title) {
    const std::string_view said = sent_.Text(title.begin, title.end);
    const bool addressed = said == "同志" || said == "先生" || said == "女士";
    if (title.kind == TitleKind::kMedia || (title.kind == TitleKind::kPerson && !addressed)) return;
    std::int32_t threshold = title.kind == TitleKind::kScholar ? -1300 : kWeakContext + 250;
    for (std::uint32_t size : {3u, 2u, 4u}) {
      if (title.begin < size) continue;
      std::uint32_t begin = title.begin - size;
      if (!sent_.IsBoundary(begin)) continue;
      if (begin > 0) {
        const Token& left = TokenAt(begin - 1);
        bool edge = left.word_class == WordClass::kMark || IsFunction(left) ||
                    left.word_class == WordClass::kVerb || left.word_class == WordClass::kName ||
                    EndsBody(know_, sent_, begin);
        if (!edge) continue;
      }
      if (NameScore(know_.lexicon, sent_, begin, title.begin) < threshold) continue;
      const Token& first = TokenAt(begin);
      if (first.size() > 1 && !IsPersonToken(first)) continue;
      bool function = false;
      for (std::uint32_t i = begin; i < title.begin; ++i)
        function = function || IsFunction(TokenAt(i));
      if (function) continue;
      Add(begin, title.begin, title.kind, "person.before_title", 0.8);
      return;
    }
  }

  // 甲、乙、丙、丁出席: a list whose items look like names, most of them certainly.
  void Lists() {
    constexpr std::uint32_t kMinItems = 4;
    std::uint32_t begin = 0;  // of the item
    std::vector<std::uint32_t> items;
    const auto flush = [&](std::uint32_t end) {
      if (items.size() + 1 >= kMinItems) NameList(items, begin, end);
      items.clear();
    };
    for (std::uint32_t at = 0; at <= sent_.size(); ++at) {
      const char32_t c = At(at);
      if (c == U'、') {
        items.push_back(begin);
        begin = at + 1;
      } else if (c == 0 || !IsHan(c)) {
        flush(at);
        begin = at + 1;
      }
    }
  }

  // `items`: where all but the last begin; the last one begins at `last` and ends before `end`.
  void NameList(const std::vector<std::uint32_t>& items, std::uint32_t last, std::uint32_t end) {
    std::uint32_t sure = 0;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> names;
    for (std::size_t i = 0; i < items.size(); ++i) {
      const std::uint32_t stop = (i + 1 < items.size() ? items[i + 1] : last) - 1;
      std::uint32_t start = items[i];
      // 省政府领导刘海楼、: the first one may have a post before it.
      if (i == 0 && stop - start > 4) continue;
      const std::int32_t score = NameScore(know_.lexicon, sent_, start, stop);
      if (IsKnownWord(start, stop) || stop < start + 2 || stop > start + 3) continue;
      if (score >= kWeakContext) ++sure;
      names.emplace_back(start, stop);
    }
    if (sure < 3 || sure * 3 < items.size() * 2) return;
    // The last one goes up to 等 or the verb.
    const std::uint32_t next = NameAt(last, kWeakContext - 500);
    if (next != 0 && next <= end) names.emplace_back(last, next);
    for (const auto& [start, stop] : names) {
      Add(start, stop, TitleKind::kOfficial, "person.list", 0.85);
    }
  }

  // 市领导甲、乙、丙; 选手甲
  void AfterGroups() {
    for (const Token& token : sent_.tokens) {
      if (token.word == kNothing || !(know_.lexicon.word(token.word).cues & kGroup)) continue;
      std::uint32_t end = NameAt(token.end, kWeakContext + 250);
      if (end == 0 || IsKnownWord(token.end, end)) continue;
      if (end < sent_.size() && IsHan(At(end)) && !(CuesAt(end) & (kSpeech | kStop))) continue;
      Add(token.end, end, TitleKind::kOfficial, "person.group", 0.8);
      List(end, TitleKind::kOfficial, false);
    }
  }

  // 任命甲为, 免去乙、丙的: who is given a post, or loses one.
  void Appointed() {
    static constexpr std::string_view kVerbs[] = {"任命", "免去", "免除", "提名", "聘任", "委任",
                                                  "罢免", "选举", "补选", "增补", "推选", "撤销"};
    static constexpr std::u32string_view kBehind[] = {U"为", U"任",   U"担任", U"兼任",
                                                      U"的", U"同志", U"、",   U"所任"};
    for (const Token& token : sent_.tokens) {
      if (token.size() != 2) continue;
      const std::string_view text = sent_.Text(token.begin, token.end);
      if (std::find(std::begin(kVerbs), std::end(kVerbs), text) == std::end(kVerbs)) continue;
      std::uint32_t at = token.end;
      for (int count = 0; count < 60; ++count) {
        const std::uint32_t end = NameAt(at, kStrongContext);
        if (end == 0 || IsKnownWord(at, end)) break;
        const bool closed =
            std::any_of(std::begin(kBehind), std::end(kBehind),
                        [&](std::u32string_view word) { return sent_.chars.StartsAt(end, word); });
        // 免去甲水利部副部长职务: the body follows the name.
        const bool body = (text == "免去" || text == "撤销" || text == "罢免") &&
                          end < sent_.size() && TokenAt(end).begin == end &&
                          (TokenAt(end).word_class == WordClass::kName || At(end) == U'第');
        if (!closed && !body) break;
        Add(at, end, TitleKind::kOfficial, "person.appointed", 0.9);
        if (At(end) != U'、') break;
        at = end + 1;
      }
    }
  }

  // 成员：甲（县教育局副局长）乙（县水利局局长）: a name between marks, its post in the brackets.
  void InRosters() {
    for (std::uint32_t open = 2; open < sent_.size(); ++open) {
      if (At(open) != U'（' && At(open) != U'(') continue;
      const std::uint32_t close = sent_.mate[open];
      if (close == kNothing || close < open) continue;
      const bool post = std::any_of(titles_.begin(), titles_.end(), [&](const TitleSpan& title) {
        const char32_t next = At(title.end);
        return title.begin > open && title.end <= close &&
               (title.end == close || next == U'、' || next == U'，' || next == U'；' ||
                next == U'兼' || IsSpace(next)) &&
               title.kind != TitleKind::kPerson && title.kind != TitleKind::kMedia;
      });
      if (!post) continue;
      for (const std::uint32_t size : {3u, 2u, 4u}) {
        if (open < size) continue;
        const std::uint32_t begin = open - size;
        if (begin > 0 && IsHan(At(begin - 1))) continue;
        if (NameAt(begin, kWeakContext) != open || IsKnownWord(begin, open)) continue;
        Add(begin, open, TitleKind::kOfficial, "person.roster", 0.85);
        break;
      }
    }
  }

  // 周远航　　省水利局局长, 李　山　　省林业局副局长: a name and a gap, then the post that ends the
  // line or goes before the next name and gap.
  void InSpacedRosters() {
    for (std::uint32_t gap = 2; gap + 3 < sent_.size(); ++gap) {
      if (!IsSpace(At(gap)) || !IsHan(At(gap - 1))) continue;
      std::uint32_t behind = gap;
      while (IsSpace(At(behind))) ++behind;
      const bool wide = behind - gap > 1 || At(gap) == U'\t';
      if (!wide || !IsHan(At(behind)) || !PostFollows(behind)) continue;
      for (const std::uint32_t size : {3u, 2u, 4u}) {
        if (gap < size || !StartsEntry(gap - size)) continue;
        const std::uint32_t begin = gap - size;
        const bool padded = size == 3 && IsSpace(At(begin + 1));
        const std::int32_t score =
            padded ? PaddedScore(begin) : NameScore(know_.lexicon, sent_, begin, gap);
        if (score < kWeakContext - 500 || (!padded && IsKnownWord(begin, gap))) continue;
        Add(begin, gap, TitleKind::kOfficial, "person.roster", 0.85);
        break;
      }
      gap = behind;
    }
  }

  // 李　山: a surname and a name of one character, apart to be as wide as three.
  std::int32_t PaddedScore(std::uint32_t begin) const {
    const char32_t surname = At(begin);
    const std::int32_t score = know_.lexicon.Surname(std::u32string_view(&surname, 1));
    if (score == Lexicon::kNever || !IsHan(At(begin + 2))) return Lexicon::kNever;
    return score + std::max(know_.lexicon.GivenSingle(At(begin + 2)), kUnseen);
  }

  // At a line's start, behind a mark or a gap, or behind the post of the entry before.
  bool StartsEntry(std::uint32_t pos) const {
    if (pos == 0 || !IsHan(At(pos - 1))) return !(pos > 0 && IsDigitOrLetter(At(pos - 1)));
    return std::any_of(titles_.begin(), titles_.end(),
                       [&](const TitleSpan& title) { return title.end == pos; });
  }
  static bool IsDigitOrLetter(char32_t c) {
    return DigitOf(c) >= 0 || (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z');
  }

  // Whether a post ends the words that begin at `pos`, or stands before the next entry's name.
  bool PostFollows(std::uint32_t pos) const {
    constexpr std::uint32_t kMaxPost = 40;
    std::uint32_t end = pos;
    while (end < sent_.size() && end - pos < kMaxPost && (IsHan(At(end)) || At(end) == U'、')) {
      ++end;
    }
    return std::any_of(titles_.begin(), titles_.end(), [&](const TitleSpan& title) {
      return title.begin >= pos && title.end <= end && title.end + 4 >= end &&
             title.kind != TitleKind::kPerson && title.kind != TitleKind::kMedia;
    });
  }

  void BeforeSpeech() {
    for (std::uint32_t t = 0; t < sent_.tokens.size(); ++t) {
      const Token& token = sent_.tokens[t];
      bool edge = t == 0;
      if (!edge) {
        const Token& left = sent_.tokens[t - 1];
        char32_t c = At(left.begin);
        edge = left.word_class == WordClass::kMark && c != U'、' && c != U'·' && c != U'“';
        edge = edge || EndsBody(know_, sent_, token.begin);
      }
      if (!edge || !IsHan(At(token.begin)) || token.size() > 3) continue;
      std::uint32_t end = NameAt(token.begin, kWeakContext, true);
      if (end == 0 || IsKnownWord(token.begin, end)) continue;
      // 信中指出, 会上强调: where it is said.
      const char32_t last = At(end - 1);
      if (end - token.begin == 2 && (last == U'中' || last == U'上' || last == U'里')) continue;
      if (end - token.begin == 2 && IsHidden(end)) continue;
      if (TokenAt(end).size() < 2) continue;  // 在, 对: only in a list of names
      Add(token.begin, end, TitleKind::kPerson, "person.speech", 0.85);
    }
  }

  const Knowledge& know_;
  const AnalysedSentence& sent_;
  const std::vector<TitleSpan>& titles_;
  std::vector<Candidate>& out_;
};

}  // namespace

std::int32_t NameScore(const Lexicon& lexicon, const AnalysedSentence& sent, std::uint32_t begin,
                       std::uint32_t end) {
  std::uint32_t size = end - begin;
  if (size < 2 || size > 4 || end > sent.size()) return Lexicon::kNever;
  std::array<char32_t, 4> name{};
  for (std::uint32_t i = 0; i < size; ++i) {
    name[i] = sent.chars[begin + i];
    if (!IsHan(name[i])) return Lexicon::kNever;
  }
  std::u32string_view letters(name.data(), size);
  std::int32_t best = Lexicon::kNever;
  for (std::uint32_t surname : {1u, 2u}) {
    if (surname >= size || size - surname > 2) continue;
    std::int32_t score = lexicon.Surname(letters.substr(0, surname));
    if (score == Lexicon::kNever) continue;
    if (size - surname == 1) {
      score += std::max(lexicon.GivenSingle(letters[surname]), kUnseen);
    } else {
      score += std::max(lexicon.GivenFirst(letters[surname]), kUnseen);
      score += std::max(lexicon.GivenSecond(letters[surname + 1]), kUnseen);
    }
    best = std::max(best, score);
  }
  return best;
}

void FindPeople(const Knowledge& know, const AnalysedSentence& sent,
                const std::vector<TitleSpan>& titles, std::vector<Candidate>& out) {
  PeopleReader(know, sent, titles, out).Run();
}

}  // namespace tupu::extract
