// Companies that only what is said beside them gives away:
//   7.云芽竹语获A轮数千万元融资    松谷资本担任独家财务顾问    子公司青石禾源
//   云芽生态(行情600000,诊股)
#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/ner/candidates.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::uint32_t kMaxTold = 10;       // Chinese characters
constexpr std::uint32_t kMaxToldLatin = 30;  // characters of a name with Latin letters
constexpr std::uint32_t kMaxRoundText = 26;  // between 获 and 融资

class ToldFirms {
 public:
  ToldFirms(const Knowledge& know, const AnalysedSentence& sent, std::vector<Candidate>& out)
      : know_(know), sent_(sent), out_(out), found_(out.size()) {}

  void Run() {
    for (std::uint32_t pos = 1; pos < sent_.size(); ++pos) {
      const char32_t c = At(pos);
      if (c >= U'A' && c <= U'Z' && !IsLetter(At(pos - 1))) Latin(pos);
      if ((c == U'获' || c == U'完' || c == U'宣') && IsRound(pos)) {
        Before(pos, /*sure=*/true);
      } else if (c == U'担' && IsAdviser(pos)) {
        Before(pos, /*sure=*/false);
      } else if ((c == U'(' || c == U'（') && IsQuote(pos)) {
        Before(pos, /*sure=*/false);
      } else if (c == U'东' || c == U'司' || c == U'人' || c == U'购') {
        if (const Lead* lead = LeadBefore(pos + 1)) Behind(pos + 1, *lead);
      }
    }
  }

 private:
  struct Lead {
    std::u32string_view word;
    bool people;  // may stand before a person, too
  };

  char32_t At(std::uint32_t pos) const { return sent_.chars[pos]; }

  // 股东, but not 股东大会; 子公司.
  const Lead* LeadBefore(std::uint32_t end) const {
    static constexpr Lead kLeads[] = {
        {U"股东", true},    {U"一致行动人", true}, {U"子公司", false},
        {U"母公司", false}, {U"参股公司", false},  {U"合营公司", false},
        {U"孙公司", false}, {U"收购", false},      {U"并购", false}};
    for (const Lead& lead : kLeads) {
      if (sent_.chars.EndsAt(end, lead.word)) return &lead;
    }
    return nullptr;
  }

  // 获A轮…融资, 完成数千万元天使轮投资, 宣布完成…
  bool IsRound(std::uint32_t pos) const {
    std::uint32_t at = pos;
    if (sent_.chars.StartsAt(at, U"宣布")) at += 2;
    if (sent_.chars.StartsAt(at, U"完成") || sent_.chars.StartsAt(at, U"获得")) {
      at += 2;
    } else if (At(at) == U'获') {
      at += 1;
    } else {
      return false;
    }
    for (std::uint32_t end = at; end < at + kMaxRoundText && end < sent_.size(); ++end) {
      const char32_t c = At(end);
      if (c == U'，' || c == U'。' || c == U'；' || c == U'、') return false;
      if (c == U'轮' && end > at) return true;
      if (end > at &&
          (sent_.chars.StartsAt(end, U"融资") || sent_.chars.StartsAt(end, U"战略投资"))) {
        return true;
      }
    }
    return false;
  }

  bool IsAdviser(std::uint32_t pos) const {
    if (!sent_.chars.StartsAt(pos, U"担任")) return false;
    for (std::uint32_t at = pos + 2; at < pos + 10; ++at) {
      if (sent_.chars.StartsAt(at, U"财务顾问")) return true;
      if (!IsHan(At(at))) return false;
    }
    return false;
  }

  // (行情600000,诊股), (600000): the code of a share.
  bool IsQuote(std::uint32_t pos) const {
    std::uint32_t at = pos + 1;
    if (sent_.chars.StartsAt(at, U"行情")) at += 2;
    std::uint32_t digits = 0;
    while (digits < 7 && DigitOf(At(at + digits)) >= 0 && At(at + digits) < 0x80) ++digits;
    const char32_t first = At(at);
    return digits == 6 && (first == U'6' || first == U'0' || first == U'3');
  }

  // What no company's name holds: marks, function words, verbs.
  bool EndsName(const Token& token) const {
    if (token.word_class == WordClass::kMark || IsFunctionWord(know_, sent_, token)) return true;
    const std::uint32_t cues = sent_.Cues(token, know_.lexicon);
    if (cues & (kSpeech | kAction | kHolds | kStop)) return true;
    if (token.word != kNothing && know_.lexicon.word(token.word).title >= 0) return true;
    switch (token.word_class) {
      case WordClass::kVerb:
      case WordClass::kLocative:
        return token.size() > 1;
      case WordClass::kNumeral:
      case WordClass::kMeasure:
      case WordClass::kTime:
        return true;
      default:
        return false;
    }
  }

  // What a company is, before what it is called: 竹器品牌, 芯片公司.
  bool IsKind(const Token& token) const {
    if (sent_.Cues(token, know_.lexicon) & kTrade) return true;
    for (const std::u32string_view word :
         {U"公司", U"品牌", U"企业", U"平台", U"厂商", U"服务商", U"提供商", U"机构", U"商",
          U"项目", U"团队", U"股东", U"应用", U"行业", U"领域", U"市场", U"标的"}) {
      if (sent_.chars.EndsAt(token.end, word) && token.size() <= word.size() + 2) return true;
    }
    return false;
  }

  static bool IsLetter(char32_t c) { return (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z'); }

  bool EndsInTrade(std::uint32_t end) const {
    const std::uint32_t head = sent_.head_end[end];
    return head != kNothing && know_.lexicon.heads()[head].kind == kCompany &&
           know_.lexicon.heads()[head].family == Family::kBrand;
  }

  // Something that names stand in already, but for a part of it.
  bool Taken(std::uint32_t begin, std::uint32_t end) const {
    for (std::size_t i = 0; i < found_; ++i) {
      const Candidate& other = out_[i];
      if (other.end <= begin || end <= other.begin || other.kind == kIndustry) continue;
      const bool region = other.kind < kKinds && IsRegion(static_cast<Kind>(other.kind));
      if (region && other.begin == begin && other.end < end) continue;
      if (other.rule == std::string_view("company.brand")) continue;
      const bool inside = begin <= other.begin && other.end <= end && other.size() < end - begin;
      if (inside && other.kind == kCompany && other.confidence < 1) continue;
      return true;
    }
    return false;
  }

  // The name that ends at `end`, from an edge on. `sure`: what is behind it is said of companies
  // only, so that common words may name one.
  void Before(std::uint32_t end, bool sure) {
    while (end > 0 && (At(end - 1) == U' ' || At(end - 1) == U'”' || At(end - 1) == U'」')) --end;
    // 近日, 已, 正式 between the name and what is said.
    while (end > 0) {
      const Token& token = sent_.tokens[sent_.token_at[end - 1]];
      if (!sure ||
          (token.word_class != WordClass::kAdverb && token.word_class != WordClass::kTime)) {
        break;
      }
      end = token.begin;
      while (end > 0 && (At(end - 1) == U' ' || At(end - 1) == U'”' || At(end - 1) == U'」')) --end;
    }
    std::uint32_t begin = end;
    bool own = false;
    bool loose = false;
    bool latin = false;
    bool kind = false;
    while (begin > 0) {
      const Token& token = sent_.tokens[sent_.token_at[begin - 1]];
      const char32_t c = At(token.begin);
      const bool letters = IsLetter(c) && IsLetter(At(token.end - 1));
      const bool gap =
          c == U' ' && token.size() == 1 && latin && begin > 1 && IsLetter(At(begin - 2));
      if (!letters && !gap) {
        if (!IsHan(c) || EndsName(token) || DigitOf(c) >= 0) break;
        if (begin < end && IsKind(token)) {
          kind = true;
          break;
        }
      }
      if (end - token.begin > (latin || letters ? kMaxToldLatin : kMaxTold)) return;
      const bool single = token.size() == 1 && !letters && !gap;
      own = own || token.word_class == WordClass::kUnknown || (single && loose) || letters;
      latin = latin || letters;
      loose = single;
      begin = token.begin;
    }
    Check(begin, end, own || sure, kind, sure);
  }

  void Check(std::uint32_t begin, std::uint32_t end, bool own, bool kind, bool sure) {
    while (begin < end && At(begin) == U' ') ++begin;
    for (const std::u32string_view word : {U"现有", U"前有", U"还有", U"以及"}) {
      if (sent_.chars.StartsAt(begin, word)) begin += 2;
    }
    if (end < begin + 3 || (sure && end > begin + 8 && IsHan(At(begin)))) return;
    if (At(begin) == U'轮' || sent_.chars.EndsAt(end, U"融资")) return;
    if (begin > 0 && !IsHan(At(begin)) && (At(begin - 1) == U' ' || IsLetter(At(begin - 1))))
      return;
    // At an edge.
    if (begin > 0 && !kind && IsHan(At(begin - 1))) {
      static constexpr std::u32string_view kLeads = U"由和与及等据是";
      if (kLeads.find(At(begin - 1)) == std::u32string_view::npos) return;
    }
    Finish(begin, end, own);
  }

  void Finish(std::uint32_t begin, std::uint32_t end, bool own) {
    const Token& last = sent_.tokens[sent_.token_at[end - 1]];
    if (last.end != end || IsKind(last) || !sent_.IsBoundary(begin)) return;
    if (!own && !(end >= begin + 4 && EndsInTrade(end))) return;
    const std::uint32_t head = sent_.head_end[end];
    if (head != kNothing && know_.lexicon.heads()[head].kind != kCompany) return;
    if (Taken(begin, end)) return;
    Tell(begin, end);
  }

  void Tell(std::uint32_t begin, std::uint32_t end) {
    Candidate candidate;
    candidate.begin = begin;
    candidate.end = end;
    candidate.kind = kCompany;
    candidate.rule = "company.told";
    candidate.tier = kTierHead;
    candidate.confidence = 0.8;
    out_.push_back(std::move(candidate));
  }

  // 竹器制造商Nord Fjord, 高端竹器品牌——Nordfjord.
  void Latin(std::uint32_t begin) {
    static constexpr std::u32string_view kKinds[] = {U"公司",   U"服务商", U"供应商", U"制造商",
                                                     U"运营商", U"零售商", U"提供商", U"开发商",
                                                     U"生产商", U"品牌",   U"巨头",   U"制造企业"};
    std::uint32_t lead = begin;
    while (lead > 0 && (At(lead - 1) == U'—' || At(lead - 1) == U'“' || At(lead - 1) == U' ' ||
                        At(lead - 1) == U'「')) {
      --lead;
    }
    const bool told = std::any_of(std::begin(kKinds), std::end(kKinds),
                                  [&](auto word) { return sent_.chars.EndsAt(lead, word); });
    if (!told) return;
    std::uint32_t end = begin;
    bool lower = false;
    while (end < sent_.size() && end < begin + kMaxToldLatin) {
      const char32_t c = At(end);
      const bool joins = (c == U' ' || c == U'-' || c == U'&' || c == U'.' || c == U'\'') &&
                         (IsLetter(At(end + 1)) || At(end + 1) == U'&' || At(end + 1) == U' ');
      if (!IsLetter(c) && DigitOf(c) < 0 && !joins) break;
      lower = lower || (c >= U'a' && c <= U'z');
      ++end;
    }
    while (end > begin && At(end - 1) == U' ') --end;
    // CEO, IPO, APP; 公司Nordfjord集团 is read by its head.
    if (end < begin + 3 || (!lower && end < begin + 5) || !sent_.IsBoundary(begin)) return;
    if (sent_.chars.StartsAt(end, U"公司") || sent_.chars.StartsAt(end, U"集团")) return;
    if (Taken(begin, end) || sent_.title_end[end] != kNothing) return;
    Tell(begin, end);
  }

  // The name that begins behind the lead.
  void Behind(std::uint32_t begin, const Lead& lead) {
    if (lead.word == U"收购" && At(begin) == U'了') ++begin;
    if (lead.people && At(begin) == U'为') ++begin;
    while (At(begin) == U'“' || At(begin) == U'：' || At(begin) == U'—') ++begin;
    std::uint32_t end = begin;
    bool own = false;
    bool loose = false;
    bool ordinary = false;  // begins with a common word
    while (end < sent_.size()) {
      const Token& token = sent_.tokens[sent_.token_at[end]];
      if (token.begin != end || !IsHan(At(end)) || EndsName(token) || IsKind(token)) {
        // 收购竹国竹器公司Bambu, 股东青石日丰…: the name goes on, or is behind.
        if (IsHan(At(end)) && (IsKind(token) || token.word_class == WordClass::kTime)) return;
        break;
      }
      if (token.end - begin > kMaxTold) return;
      const bool single = token.size() == 1;
      const bool made_up = token.word_class == WordClass::kUnknown || (single && loose);
      // It begins with its own word, or with its region: not 子公司对外担保.
      const bool starts = single || made_up || token.word_class == WordClass::kName;
      if (end == begin && !starts && !EndsInTrade(token.end)) ordinary = true;
      own = own || made_up;
      loose = single;
      end = token.end;
    }
    if (end < begin + (lead.people ? 4 : 3)) return;
    if (ordinary && !EndsInTrade(end)) return;
    // 竹国电动汽车: what it sells there.
    if (!own && KindOf(know_, sent_, sent_.tokens[sent_.token_at[begin]]) == kPlace) return;
    if (end > begin + 6 && !EndsInTrade(end)) return;
    Finish(begin, end, own);
  }

  const Knowledge& know_;
  const AnalysedSentence& sent_;
  std::vector<Candidate>& out_;
  const std::size_t found_;
};

}  // namespace

void FindToldFirms(const Knowledge& know, const AnalysedSentence& sent,
                   std::vector<Candidate>& out) {
  ToldFirms(know, sent, out).Run();
}

}  // namespace tupu::extract
