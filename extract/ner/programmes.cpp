// Programmes that somebody carries out, which have a name but no document between 《》:
//   实施竹业振兴行动、竹农培育工程    开展竹艺传承“青篾计划”
// What is carried out by that verb is a programme where it ends in 行动 or 计划, or in a 工程 that
// is no works (cue `published`); where a quotation names it, other verbs of beginning will do.
#include <algorithm>
#include <string>

#include "extract/ner/candidates.h"

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
    candidate.kind = Drives(first, t) ? kEvent : kPolicy;
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

void FindProgrammes(const Knowledge& know, const AnalysedSentence& sent,
                    std::vector<Candidate>& out) {
  ProgrammeReader(know, sent, out).Run();
}

}  // namespace tupu::extract
