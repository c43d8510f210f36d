// Treaties of states, which lists name without 《》:
//   审议中国和竹国刑事司法协助条约、中国和篾国移管被判刑人条约
//   关于修改中国和竹国刑事司法协助条约的议定书
// They begin with the states and end in what they are.
#include <algorithm>
#include <string>

#include "extract/ner/candidates.h"

namespace tupu::extract {
namespace {

constexpr std::uint32_t kMaxTreaty = 36;  // characters
constexpr std::uint32_t kLeastMatter = 2;

class TreatyReader {
 public:
  TreatyReader(const Knowledge& know, const AnalysedSentence& sent, std::vector<Candidate>& out)
      : know_(know), sent_(sent), out_(out) {}

  void Run() {
    for (std::uint32_t t = 0; t + 2 < sent_.tokens.size(); ++t) {
      if (IsState(t) && Joins(t + 1) && IsState(t + 2)) Read(t);
    }
  }

 private:
  bool IsState(std::uint32_t t) const {
    const Token& token = sent_.tokens[t];
    return KindOf(know_, sent_, token) == kPlace && token.word_class == WordClass::kName;
  }

  bool Joins(std::uint32_t t) const {
    const Token& token = sent_.tokens[t];
    const char32_t c = sent_.chars[token.begin];
    return token.size() == 1 && (c == U'和' || c == U'与');
  }

  void Read(std::uint32_t first) {
    const std::uint32_t begin = sent_.tokens[first].begin;
    const std::uint32_t matter = sent_.tokens[first + 2].end;
    static constexpr std::u32string_view kDone = U"签达缔就在于的间之将共开已";
    if (kDone.find(sent_.chars[matter]) != std::u32string_view::npos) return;
    for (std::uint32_t end = matter + 1; end <= sent_.size() && end <= begin + kMaxTreaty; ++end) {
      if (EndsName(end - 1)) return;
      if (end < matter + kLeastMatter + 2 || !sent_.IsBoundary(end) || !EndsTreaty(end)) continue;
      Add(begin, end);
      return;
    }
  }

  bool EndsName(std::uint32_t pos) const {
    static constexpr std::u32string_view kMarks = U"，。；：！？《》“”、";
    return kMarks.find(sent_.chars[pos]) != std::u32string_view::npos;
  }

  bool EndsTreaty(std::uint32_t end) const {
    static constexpr std::u32string_view kEnds[] = {U"条约", U"协定", U"公约", U"议定书"};
    return std::any_of(std::begin(kEnds), std::end(kEnds),
                       [&](std::u32string_view word) { return sent_.chars.EndsAt(end, word); });
  }

  // With 关于修改…的议定书 around it, which is the treaty then.
  void Add(std::uint32_t begin, std::uint32_t end) {
    for (const std::u32string_view verb : {U"关于修改", U"关于修订", U"关于延长"}) {
      if (!sent_.chars.EndsAt(begin, verb) || !sent_.chars.StartsAt(end, U"的议定书")) continue;
      begin -= static_cast<std::uint32_t>(verb.size());
      end += 4;
      break;
    }
    Candidate candidate;
    candidate.begin = begin;
    candidate.end = end;
    candidate.kind = kPolicy;
    candidate.rule = "document.treaty";
    candidate.tier = kTierTitle;
    candidate.confidence = 0.9;
    out_.push_back(std::move(candidate));
  }

  const Knowledge& know_;
  const AnalysedSentence& sent_;
  std::vector<Candidate>& out_;
};

}  // namespace

void FindTreaties(const Knowledge& know, const AnalysedSentence& sent,
                  std::vector<Candidate>& out) {
  TreatyReader(know, sent, out).Run();
}

}  // namespace tupu::extract
