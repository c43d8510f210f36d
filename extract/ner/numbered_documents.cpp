// Documents that a number names: 国函〔2018〕145号, 27号令, “高光20条”, 十项政策措施; and the
// congresses and plenums that name theirs (党的二十大报告).
#include <string>

#include "extract/ner/candidates.h"
#include "extract/norm/numeral.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

class NumberedReader {
 public:
  NumberedReader(const Knowledge& know, const AnalysedSentence& sent, std::vector<Candidate>& out)
      : know_(know), sent_(sent), out_(out) {}

  void Run() {
    for (std::uint32_t pos = 0; pos < sent_.size(); ++pos) {
      char32_t c = sent_.chars[pos];
      if (c == U'《' && sent_.mate[pos] != kNothing) {
        pos = sent_.mate[pos];
      } else if ((c == U'〔' || c == U'[' || c == U'［' || c == U'﹝') && pos > 1) {
        Numbered(pos);
      } else if (c == U'“' && sent_.mate[pos] != kNothing) {
        Clauses(pos, sent_.mate[pos]);
      } else if (c == U'届' || c == U'大') {
        Congress(pos);
      } else if (c == U'项' || c == U'条') {
        Measures(pos);
      } else if (c == U'号' && pos > 0 && DigitOf(sent_.chars[pos - 1]) >= 0 &&
                 (sent_.chars.StartsAt(pos + 1, U"令") || sent_.chars.StartsAt(pos + 1, U"文件"))) {
        std::uint32_t begin = pos;  // 27号令
        while (begin > 0 && DigitOf(sent_.chars[begin - 1]) >= 0) --begin;
        Add(begin, pos + (sent_.chars[pos + 1] == U'令' ? 2u : 3u), kPolicy, "document.number",
            kTierHead, 0.8);
      }
    }
  }

 private:
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

  // （国能发科技〔2030〕4号: behind a bracket all is the number's, whatever words it makes; `open`
  // where nothing like that stands before it.
  std::uint32_t FromMark(std::uint32_t open) const {
    constexpr std::uint32_t kMostMarked = 12;
    std::uint32_t begin = open;
    while (begin > 0 && open - begin < kMostMarked && IsHan(sent_.chars[begin - 1])) --begin;
    const char32_t before = begin > 0 ? sent_.chars[begin - 1] : 0;
    const bool bracket = before == U'（' || before == U'(' || before == U'《';
    const WordClass first = sent_.tokens[sent_.token_at[begin]].word_class;
    if (!bracket || first == WordClass::kPreposition || first == WordClass::kVerb) return open;
    return begin;
  }

  // 国函〔2018〕145号
  void Numbered(std::uint32_t open) {
    std::uint32_t at = open + 1;
    int digits = 0;
    while (DigitOf(sent_.chars[at]) >= 0) {
      ++at;
      ++digits;
    }
    char32_t close = sent_.chars[at];
    if (digits != 4 || (close != U'〕' && close != U']' && close != U'］' && close != U'﹞'))
      return;
    ++at;
    std::uint32_t number = at;
    if (sent_.chars[at] == U'第') ++number, ++at;
    while (DigitOf(sent_.chars[at]) >= 0) ++at;
    if (at == number || sent_.chars[at] != U'号') return;
    std::uint32_t begin = FromMark(open);
    const bool marked = begin < open;
    while (!marked && begin > 0 && open - begin < 8 && IsHan(sent_.chars[begin - 1])) {
      const Token& token = sent_.tokens[sent_.token_at[begin - 1]];
      if (sent_.Text(token.begin, token.end) == "通知") break;  // …的通知|丽绿规〔2031〕7号
      if (token.word_class == WordClass::kPreposition || token.word_class == WordClass::kParticle ||
          (sent_.Cues(token, know_.lexicon) & (kStop | kIssue)) != 0) {
        break;
      }
      --begin;
    }
    if (open - begin < 2) return;
    Add(begin, at + 1, kPolicy, "document.number", kTierTitle);
  }

  // “科创九条”, “高光20条”; 茶园安全“八条硬措施” with the field before it.
  void Clauses(std::uint32_t open, std::uint32_t close) {
    if (close < open + 3 || close - open > 10) return;
    std::uint32_t count = close;
    for (const std::u32string_view head : {U"措施", U"举措", U"规定", U"意见", U"政策"}) {
      if (sent_.chars.EndsAt(close, head)) count = close - 2;
    }
    const bool measures = count < close;
    if (measures && sent_.chars[count - 1] == U'硬') --count;
    if (count < open + 3 || (sent_.chars[count - 1] != U'条' && !measures)) return;
    if (sent_.chars[count - 1] != U'条' && sent_.chars[count - 1] != U'项') return;
    const char32_t before = sent_.chars[count - 2];
    if (DigitOf(before) < 0 && ChineseDigitOf(before) < 0 && before != U'十') return;
    // “八条” alone is no name, nor “三项措施” what a headline counts.
    if (sent_.chars[count - 1] == U'项') return;
    const std::uint32_t field = FieldBefore(open);
    if (field < open) {
      Add(field, close + 1, kPolicy, "document.clauses", kTierHead, 0.9);
    } else if (close >= open + 4) {
      Add(open + 1, close, kPolicy, "document.clauses", kTierHead, 0.9);
    }
  }

  // The start of the nouns right before `open`, of four characters and more; else `open`.
  std::uint32_t FieldBefore(std::uint32_t open) const {
    constexpr std::uint32_t kLeast = 4, kMost = 10;
    std::uint32_t begin = open;
    while (begin > 0) {
      const Token& token = sent_.tokens[sent_.token_at[begin - 1]];
      const bool noun = token.word_class == WordClass::kNoun ||
                        token.word_class == WordClass::kInner ||
                        token.word_class == WordClass::kName;
      if (!noun || token.end != begin || open - token.begin > kMost ||
          (sent_.Cues(token, know_.lexicon) & (kStop | kIssue | kAction)) != 0) {
        break;
      }
      begin = token.begin;
    }
    return open - begin >= kLeast ? begin : open;
  }

  // 推出十项政策措施, 出台20条稳定用工的举措
  void Measures(std::uint32_t pos) {
    std::uint32_t begin = pos;
    while (begin > 0 && pos - begin < 4 &&
           (DigitOf(sent_.chars[begin - 1]) >= 0 || ChineseDigitOf(sent_.chars[begin - 1]) > 0 ||
            sent_.chars[begin - 1] == U'十')) {
      --begin;
    }
    if (begin == pos || begin == 0 || !sent_.IsBoundary(begin)) return;
    const Token& left = sent_.tokens[sent_.token_at[begin - 1]];
    if (!(sent_.Cues(left, know_.lexicon) & kIssue)) return;
    static constexpr std::u32string_view kHeads[] = {U"政策措施", U"举措", U"措施", U"政策",
                                                     U"重点工作"};
    for (std::uint32_t at = pos + 1; at < pos + 14 && at < sent_.size(); ++at) {
      if (!IsHan(sent_.chars[at])) return;
      for (std::u32string_view head : kHeads) {
        if (!sent_.chars.StartsAt(at, head)) continue;
        Add(begin, static_cast<std::uint32_t>(at + head.size()), kPolicy, "document.measures",
            kTierHead, 0.8);
        return;
      }
    }
  }

  // 党的二十大, 党的二十届三中全会, 党的二十大报告
  void Congress(std::uint32_t pos) {
    std::uint32_t begin = pos;
    while (begin > 0 && pos - begin < 3 &&
           (ChineseDigitOf(sent_.chars[begin - 1]) > 0 || sent_.chars[begin - 1] == U'十')) {
      --begin;
    }
    if (begin == pos) return;
    bool party = sent_.chars.EndsAt(begin, U"党的");
    std::uint32_t end = pos + 1;
    if (sent_.chars[pos] == U'大') {
      if (pos - begin < 2 || (!party && !sent_.IsBoundary(begin))) return;
      char32_t next = sent_.chars[end];
      static constexpr std::u32string_view kNot = U"重工行突领举创任变措产类";
      if (!party && next != 0 && kNot.find(next) != std::u32string_view::npos) return;
      if (pos - begin < 2) return;
    } else {
      std::uint32_t at = end;
      while (ChineseDigitOf(sent_.chars[at]) > 0) ++at;
      if (at == end || !sent_.chars.StartsAt(at, U"中全会")) return;
      end = at + 3;
    }
    if (party) begin -= 2;
    Add(begin, end, kEvent, "event.congress", kTierGazetteer);
    if (sent_.chars.StartsAt(end, U"报告")) {
      Add(begin, end + 2, kPolicy, "document.congress", kTierGazetteer);
    }
  }

  const Knowledge& know_;
  const AnalysedSentence& sent_;
  std::vector<Candidate>& out_;
};

}  // namespace

void FindNumberedDocuments(const Knowledge& know, const AnalysedSentence& sent,
                           std::vector<Candidate>& out) {
  NumberedReader(know, sent, out).Run();
}

}  // namespace tupu::extract
