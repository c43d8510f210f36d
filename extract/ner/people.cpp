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
constexpr std::int32_t kStrongContext = -2750;
constexpr std::int32_t kWeakContext = -1950;

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
    BeforeSpeech();
    Dotted();
  }

 private:
  char32_t At(std::uint32_t pos) const { return sent_.chars[pos]; }
  const Token& TokenAt(std::uint32_t pos) const { return sent_.tokens[sent_.token_at[pos]]; }
  std::uint32_t CuesAt(std::uint32_t pos) const {
    return pos < sent_.size() ? sent_.Cues(TokenAt(pos), know_.lexicon) : 0;
  }

  bool IsFunction(const Token& token) const {
    switch (token.word_class) {
      case WordClass::kPreposition:
      case WordClass::kConjunction:
      case WordClass::kParticle:
      case WordClass::kPronoun:
      case WordClass::kAdverb:
        return true;
      default:
        return (sent_.Cues(token, know_.lexicon) & kStop) != 0;
    }
  }

  // Whether a name may end at `end`: the rest begins with a word or a mark.
  bool MayEnd(std::uint32_t end) const {
    return end >= sent_.size() || !IsHan(At(end)) || sent_.IsBoundary(end);
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
      if (size > 2 && At(end - 1) == U'在') continue;  // hardly ever in a name
      // 王浩在: the last character is a word of its own kind.
      const Token& last = TokenAt(end - 1);
      bool word = IsFunction(last) || last.word_class == WordClass::kVerb;
      // A preposition in front of a mark is none: 总工程师朱宏任，.
      bool hanging = end >= sent_.size() || !IsHan(At(end));
      if (hanging &&
          (last.word_class == WordClass::kPreposition || last.word_class == WordClass::kAdverb ||
           last.word_class == WordClass::kVerb)) {
        word = At(end - 1) == U'称' || At(end - 1) == U'说' || At(end - 1) == U'等';
      }
      // 周思然指出, 赵永全与: what follows is a word of its own.
      bool plain =
          end < sent_.size() && word && !hanging &&
          ((CuesAt(end) & kSpeech) != 0 || TokenAt(end).word_class == WordClass::kPreposition ||
           TokenAt(end).word_class == WordClass::kConjunction) &&
          know_.lexicon.GivenSecond(At(end - 1)) > -800;
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
      if (first.size() == 1 && rare && (size != 3 || score < -1800)) continue;
      // A longer name costs a character more.
      std::int32_t balanced = score + static_cast<std::int32_t>(size) * 1100;
      if (best == 0 || balanced > best_score) {
        best = end;
        best_score = balanced;
      }
    }
    return best;
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
      if ((IsFunction(token) && !letter) ||
          (token.size() > 1 && token.begin == end &&
           (token.word_class == WordClass::kVerb || token.word_class == WordClass::kTime))) {
        break;
      }
      ++end;
    }
    while (end > begin && !MayEnd(end)) --end;
    return end - begin >= 2 && end - begin <= 6 ? end : 0;
  }

  void Add(std::uint32_t begin, std::uint32_t end, TitleKind kind, const char* rule,
           double confidence) {
    Candidate candidate;
    candidate.begin = begin;
    candidate.end = end;
    candidate.kind = kind == TitleKind::kOfficial ? kOfficial : kPerson;
    candidate.rule = rule;
    candidate.tier = kTierPerson;
    candidate.confidence = confidence;
    out_.push_back(std::move(candidate));
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

  void AfterTitle(const TitleSpan& title) {
    std::uint32_t at = title.end;
    bool media = title.kind == TitleKind::kMedia;
    bool spaced = false;
    while (at < sent_.size() &&
           (IsSpace(At(at)) || (media && (At(at) == U'/' || At(at) == U':' || At(at) == U'：')))) {
      spaced = true;
      ++at;
      if (at - title.end > 6) return;
    }
    if (at >= sent_.size() || !IsHan(At(at))) return;
    if (At(at) == U'国' && At(at - 1) == U'席') return;  // 轮值主席国
    bool loose = title.kind == TitleKind::kPerson;
    for (std::uint32_t dot = at + 1; dot < at + 7 && IsHan(At(dot - 1)); ++dot) {
      if (At(dot) == U'·' || At(dot) == U'•') return;  // Dotted() reads it whole
    }
    std::uint32_t end = NameAt(at, loose ? kWeakContext : kStrongContext);
    if (end == 0) {
      std::uint32_t foreign = ForeignAt(at);
      if (loose && foreign < at + 4) return;  // 负责人莫茨费尔特
      if (foreign != 0 && !IsKnownWord(at, foreign)) {
        if (At(foreign) == U'·') return;  // Dotted() reads it whole
        Add(at, foreign, title.kind, "person.foreign", 0.7);
      }
      return;
    }
    // 阿尔克明: a surname by chance.
    std::uint32_t foreign = ForeignAt(at);
    if (!media && foreign >= at + 4 && foreign > end && !loose) {
      Add(at, foreign, title.kind, "person.foreign", 0.7);
      return;
    }
    if (IsKnownWord(at, end) && !(media && spaced)) {
      // 专家代表: who is meant, not a name.
      if (sent_.title_end[end] == at || (CuesAt(at) & kGroup) != 0) return;
      bool speech = (CuesAt(end) & kSpeech) != 0 || !IsHan(At(end));
      if (!speech || loose) return;
    }
    // 副主任委员会: the word goes on. 村民高兴: a plain word.
    if (At(end) == U'·') return;
    Add(at, end, title.kind, "person.title", loose ? 0.8 : 0.95);
    List(end, title.kind, media);
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
    bool comrade = sent_.Text(title.begin, title.end) == "同志";
    if (title.kind == TitleKind::kMedia || (title.kind == TitleKind::kPerson && !comrade)) return;
    std::int32_t threshold = title.kind == TitleKind::kScholar ? -1300 : kWeakContext + 250;
    for (std::uint32_t size : {3u, 2u, 4u}) {
      if (title.begin < size) continue;
      std::uint32_t begin = title.begin - size;
      if (!sent_.IsBoundary(begin)) continue;
      if (begin > 0) {
        const Token& left = TokenAt(begin - 1);
        bool edge = left.word_class == WordClass::kMark || IsFunction(left) ||
                    left.word_class == WordClass::kVerb || left.word_class == WordClass::kName;
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
      const std::string_view text = sent_.Text(token.begin, token.end);
      if (std::find(std::begin(kVerbs), std::end(kVerbs), text) == std::end(kVerbs)) continue;
      std::uint32_t at = token.end;
      for (int count = 0; count < 60; ++count) {
        const std::uint32_t end = NameAt(at, kStrongContext);
        if (end == 0 || IsKnownWord(at, end)) break;
        const bool closed =
            std::any_of(std::begin(kBehind), std::end(kBehind),
                        [&](std::u32string_view word) { return sent_.chars.StartsAt(end, word); });
        if (!closed) break;
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

  void BeforeSpeech() {
    for (std::uint32_t t = 0; t < sent_.tokens.size(); ++t) {
      const Token& token = sent_.tokens[t];
      bool edge = t == 0;
      if (!edge) {
        const Token& left = sent_.tokens[t - 1];
        char32_t c = At(left.begin);
        edge = left.word_class == WordClass::kMark && c != U'、' && c != U'·' && c != U'“';
      }
      if (!edge || !IsHan(At(token.begin)) || token.size() > 3) continue;
      std::uint32_t end = NameAt(token.begin, kWeakContext, true);
      if (end == 0 || IsKnownWord(token.begin, end)) continue;
      // 信中指出, 会上强调: where it is said.
      const char32_t last = At(end - 1);
      if (end - token.begin == 2 && (last == U'中' || last == U'上' || last == U'里')) continue;
      if (TokenAt(end).size() < 2) continue;  // 在, 对: only in a list of names
      Add(token.begin, end, TitleKind::kPerson, "person.speech", 0.85);
    }
  }

  // 玉苏甫江·麦麦提
  void Dotted() {
    for (std::uint32_t pos = 1; pos + 1 < sent_.size(); ++pos) {
      if (At(pos) != U'·' && At(pos) != U'•') continue;
      if (!IsHan(At(pos - 1)) || !IsHan(At(pos + 1))) continue;
      std::uint32_t begin = pos;
      while (begin > 0 && pos - begin < 7 && Joins(begin - 1) && !TitleEndsAt(begin)) --begin;
      // Up to a post any letters are a name's.
      std::uint32_t post = pos;
      while (post > 0 && pos - post < 8 && IsHan(At(post - 1)) && !TitleEndsAt(post) &&
             !IsLongVerb(TokenAt(post - 1))) {
        --post;
      }
      if (TitleEndsAt(post) && pos - post >= 2) begin = post;
      std::uint32_t end = pos + 1;
      for (;;) {
        std::uint32_t start = end;
        while (end < sent_.size() && end - start < 7 && Joins(end)) ++end;
        if (end == start) break;
        if ((At(end) == U'·' || At(end) == U'•') && IsHan(At(end + 1))) {
          ++end;
          continue;
        }
        break;
      }
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
  bool TitleEndsAt(std::uint32_t pos) const {
    return std::any_of(titles_.begin(), titles_.end(),
                       [&](const TitleSpan& title) { return title.end == pos; });
  }
  bool Joins(std::uint32_t pos) const {
    if (!IsHan(At(pos))) return false;
    if (!know_.lexicon.IsTransliteration(At(pos))) return false;
    const Token& token = TokenAt(pos);
    if (token.size() == 1 && IsFunction(token) && At(pos) != U'以' && At(pos) != U'达' &&
        At(pos) != U'特' && At(pos) != U'莫')
      return false;
    return !IsLongVerb(token) && !(token.size() > 1 && token.word_class == WordClass::kTime);
  }
  static bool IsLongVerb(const Token& token) {
    return token.size() > 1 && token.word_class == WordClass::kVerb;
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

std::vector<TitleSpan> FindTitles(const Knowledge& know, const AnalysedSentence& sent) {
  std::vector<TitleSpan> single;
  for (std::uint32_t end = 1; end <= sent.size(); ++end) {
    std::uint32_t begin = sent.title_end[end];
    if (begin == kNothing || !sent.IsBoundary(end)) continue;
    // 主任 in 主任务 is none; a longer title that ends later takes its place.
    bool starts = sent.IsBoundary(begin);
    // 常务副|市长: the longest title begins inside a word, a shorter one may begin behind it.
    for (std::uint32_t at = begin + 1; !starts && at + 1 < end; ++at) {
      if (!sent.IsBoundary(at)) continue;
      const Word* word = know.lexicon.Find(sent.Text(at, end));
      if (!word || word->title < 0) continue;
      begin = at;
      starts = true;
    }
    std::uint32_t token = sent.token_at[begin];
    if (!starts) {
      // 办公室主任 as one token: the title is its end.
      if (sent.tokens[token].end != end) continue;
    }
    const Word* word = know.lexicon.Find(sent.Text(begin, end));
    if (!word || word->title < 0) continue;
    // 副, 常务副, 首席 in front.
    while (starts && token > 0) {
      const Token& left = sent.tokens[token - 1];
      if (!(sent.Cues(left, know.lexicon) & kTitleModifier)) break;
      std::string_view text = sent.Text(left.begin, left.end);
      if (text == "原" || text == "前" || text == "时任" || text == "现任" || text == "前任" ||
          text == "兼" || text == "国家" || text == "外交部" || text == "新任") {
        break;
      }
      begin = left.begin;
      --token;
    }
    while (!single.empty() && single.back().begin >= begin) single.pop_back();
    if (!single.empty() && single.back().end > begin) continue;
    single.push_back({begin, end, static_cast<TitleKind>(word->title)});
  }
  // 党组书记、局长 is one post in two words.
  std::vector<TitleSpan> out;
  for (const TitleSpan& title : single) {
    bool joins = false;
    if (!out.empty()) {
      std::uint32_t gap = title.begin - out.back().end;
      char32_t c = sent.chars[out.back().end];
      joins = (gap == 1 && (c == U'、' || c == U'兼')) || gap == 0;
      joins = joins && out.back().kind != TitleKind::kPerson && title.kind != TitleKind::kPerson &&
              out.back().kind != TitleKind::kMedia && title.kind != TitleKind::kMedia;
    }
    if (joins) {
      out.back().end = title.end;
      out.back().kind = title.kind;
    } else {
      out.push_back(title);
    }
  }
  return out;
}

void FindPeople(const Knowledge& know, const AnalysedSentence& sent,
                const std::vector<TitleSpan>& titles, std::vector<Candidate>& out) {
  PeopleReader(know, sent, titles, out).Run();
}

}  // namespace tupu::extract
