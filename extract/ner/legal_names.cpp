// Legal names of companies, which hold what no other name does and begin with the region of their
// register: such a name stands whole, so that it reaches to the nearest word or mark that no name
// holds.
#include <algorithm>
#include <string>
#include <string_view>

#include "extract/ner/head_reader.h"

namespace tupu::extract {
namespace {

constexpr std::uint32_t kMaxLegalName = 30;  // characters

}  // namespace

bool HeadReader::IsLegalForm(const Head& head) {
  return head.family == Family::kCompany && head.form.find("有限") != std::string::npos;
}

void HeadReader::LookUpWithoutQuote(Candidate& company) const {
  for (std::uint32_t at = company.begin; at < company.end; ++at) {
    const std::uint32_t close = sent_.mate[at];
    if (close == kNothing || close < at || close >= company.end || !IsStockQuote(at, close)) {
      continue;
    }
    const std::string name = std::string(sent_.Text(company.begin, at)) +
                             std::string(sent_.Text(close + 1, company.end));
    for (const Sense& sense : know_.gazetteer.Lookup(name)) {
      if (know_.entry_kinds[sense.entry] == kCompany) company.entries = {sense.entry};
    }
    return;
  }
}

bool HeadReader::InLegalName(std::uint32_t index, const Head& head) const {
  if (!IsLegalForm(head)) return false;
  const Token& token = sent_.tokens[index];
  const std::string_view word = sent_.Text(token.begin, token.end);
  if (word == "并购" || OfBusiness(index)) return true;  // 并购基金合伙企业（有限合伙）
  return token.size() == 2 && !(Cues(token) & kStop) &&
         (token.word_class == WordClass::kLocative || token.word_class == WordClass::kAdverb ||
          token.word_class == WordClass::kTime);
}

// 青禾企业管理有限公司: what the company does for others.
bool HeadReader::OfBusiness(std::uint32_t index) const {
  const Token& token = sent_.tokens[index];
  if (token.size() != 2 || !sent_.chars.StartsAt(token.begin, U"企业")) return false;
  static constexpr std::u32string_view kDone[] = {U"管理", U"咨询", U"服务", U"发展", U"策划"};
  return std::any_of(std::begin(kDone), std::end(kDone), [&](std::u32string_view word) {
    return sent_.chars.StartsAt(token.end, word);
  });
}

std::uint32_t HeadReader::FromRegion(std::uint32_t begin, const Head& head,
                                     std::uint32_t end) const {
  // 四川省食品发酵研究设计院: institutes too are named after what they are about.
  const bool institute = head.form.ends_with("研究院") || head.form.ends_with("研究所") ||
                         head.form.ends_with("设计院");
  if ((!IsLegalForm(head) && !institute) || IsRegion(sent_.tokens[begin])) return begin;
  for (std::uint32_t t = begin; t > 0 && end - sent_.tokens[t - 1].begin <= kMaxLegalName; --t) {
    const Token& token = sent_.tokens[t - 1];
    if (IsRegion(token)) return t == begin ? begin : t - 1;
    if (!MayBreakLegalName(t - 1)) break;
  }
  return begin;
}

bool HeadReader::MayBreakLegalName(std::uint32_t index) const {
  if (index == 0) return false;
  const Token& token = sent_.tokens[index];
  const Head* head = HeadAt(token.end);
  // Another company, but for the group that a subsidiary's name begins with.
  if (head != nullptr && head->family == Family::kCompany && head->form != "集团") return false;
  const bool first = IsRegion(sent_.tokens[index - 1]);
  switch (token.word_class) {
    case WordClass::kUnknown:
    case WordClass::kNoun:
    case WordClass::kInner:
    case WordClass::kAdjective:
    case WordClass::kName:
      if (OfBusiness(index)) return true;
      // 青石远山新材料有限公司: the company that it belongs to, right behind the region.
      return !(Cues(token) & (kStop | kSpeech)) &&
             (KindOf(know_, sent_, token) != kCompany || first);
    case WordClass::kVerb:
    case WordClass::kAdverb:
    case WordClass::kLocative:
    case WordClass::kNumeral:
    case WordClass::kMeasure: {
      // 上海收购甲公司, 上海拟与甲公司 say what Shanghai does.
      static constexpr std::u32string_view kDoes =
          U"有在由向对给把被让使令是为等某拟将已曾又再也均都还就才仅家个";
      if (token.size() > 1) {
        const bool may = !first || token.word_class == WordClass::kAdverb || IsObject(index - 1);
        return may && !(Cues(token) & (kStop | kSpeech | kAction));
      }
      return kDoes.find(At(token.begin)) == std::u32string_view::npos;
    }
    case WordClass::kConjunction:  // 禾和, but not 浙江和甲公司
      if (first && IsObject(index - 1) && At(token.begin) == U'和') return true;
      return index > 1 && At(token.begin) == U'和' && token.size() == 1 &&
             sent_.tokens[index - 1].size() == 1 && IsRegion(sent_.tokens[index - 2]);
    default:
      return false;
  }
}

// 持有杭州遥望甲公司: behind a verb or in a list no region does anything.
bool HeadReader::IsObject(std::uint32_t region) const {
  if (region == 0) return false;
  const Token& left = sent_.tokens[region - 1];
  return left.word_class == WordClass::kVerb || left.word_class == WordClass::kPreposition ||
         left.word_class == WordClass::kParticle || At(left.begin) == U'、';
}

bool HeadReader::IsStockQuote(std::uint32_t open, std::uint32_t close) const {
  constexpr std::uint32_t kMaxQuote = 26;
  if (close - open > kMaxQuote) return false;
  std::uint32_t digits = 0;
  for (std::uint32_t at = open + 1; at < close; ++at) {
    static constexpr std::u32string_view kMarks = U".,-+% 行情诊股买入";
    if (DigitOf(At(at)) >= 0 && At(at) < 0x80) {
      ++digits;
    } else if (kMarks.find(At(at)) == std::u32string_view::npos) {
      return false;
    }
  }
  return digits >= 6;  // a code, or a price and two changes
}

// Single characters behind which a company's name begins, whatever word they belong to.
bool HeadReader::LeadsToName(std::uint32_t index) const {
  static constexpr std::u32string_view kLeads =
      U"的了着过在由对向把被将让为是称获购系即如因以及至从据给跟同拟并或但而且则就仍还也都又再已曾"
      U"该此本各每"
      U"某其之等家名个位只座项条到告见访查函诉找聘任请派送含按照自往因则例类型现前后时内外间号日月"
      U"年元"
      U"经和与于得";
  const Token& token = sent_.tokens[index];
  return token.size() == 1 && kLeads.find(At(token.begin)) != std::u32string_view::npos;
}

// A character or a word that is no word of names by itself but may be a part of one.
bool HeadReader::InMadeUpWord(std::uint32_t index, bool named) const {
  const Token& token = sent_.tokens[index];
  if (!IsHan(At(token.begin)) || IsRegion(token)) return false;
  if (token.size() == 1) {
    return token.word_class != WordClass::kMark && At(token.begin) != U'的' &&
           !(index > 0 && DigitOf(At(token.begin - 1)) >= 0);
  }
  if (token.size() != 2) return false;
  if (const Word* word = WordOf(token); word != nullptr && word->title >= 0) return false;
  const std::uint32_t cues = Cues(token);
  if (token.word_class == WordClass::kLocative) {
    return (cues & (kStop | kGeneric)) == 0 && sent_.chars.EndsAt(token.end, U"方");  // 北方
  }
  // 青禾拓展投资有限公司: where nothing behind the verb tells the company apart.
  const bool own =
      index > 0 && (IsUnknown(sent_.tokens[index - 1]) || IsRegion(sent_.tokens[index - 1]) ||
                    (index > 1 && IsLoose(index - 1) && IsLoose(index - 2)));
  return token.word_class == WordClass::kVerb && !named && own &&
         (cues & (kSpeech | kAction | kIssue)) == 0;
}

// 上海拟与甲公司: what stands behind a region may also say what it does, and with whom; 和诚 of
// 青石市和诚实业有限公司 is a word.
bool HeadReader::ActsBetween(std::uint32_t first, std::uint32_t begin, bool named) const {
  static constexpr std::u32string_view kDoes = U"的了在由对向把被将让为是称获购拟并或已曾";
  static constexpr std::u32string_view kWith = U"和与及同";
  for (std::uint32_t t = first; t < begin; ++t) {
    const char32_t c = At(sent_.tokens[t].begin);
    if (sent_.tokens[t].size() == 1 && kDoes.find(c) != std::u32string_view::npos) return true;
  }
  return kWith.find(At(sent_.tokens[first].begin)) != std::u32string_view::npos &&
         sent_.tokens[first].size() == 1 && (named || sent_.tokens[first + 1].size() > 1);
}

std::uint32_t HeadReader::LegalBegin(std::uint32_t begin, std::uint32_t head_token) const {
  constexpr std::uint32_t kMaxWord = 6;  // characters
  if (begin < head_token && IsRegion(sent_.tokens[begin])) return begin;
  bool named = false;
  for (std::uint32_t t = begin; t < head_token && !named; ++t) {
    named = IsSpecific(t, Family::kCompany);
  }
  std::uint32_t first = begin;
  const std::uint32_t end = sent_.tokens[begin].begin;
  while (first > 0 && end - sent_.tokens[first - 1].begin <= kMaxWord) {
    const Token& left = sent_.tokens[first - 1];
    if (IsUnknown(left) && IsHan(At(left.begin)) && left.word_class == WordClass::kUnknown) {
      --first;
    } else if (InMadeUpWord(first - 1, named)) {
      --first;
    } else {
      break;
    }
  }
  if (first > 0 && first < begin && IsRegion(sent_.tokens[first - 1]) &&
      !ActsBetween(first, begin, named)) {
    --first;
    while (first > 0 && IsRegion(sent_.tokens[first - 1]) &&
           sent_.tokens[first - 1].end == sent_.tokens[first].begin) {
      --first;
    }
    return first;
  }
  // Words that lead to it, the last of them; behind the first character a word may hold them.
  std::uint32_t from = first;
  while (from < begin && LeadsToName(from)) ++from;
  for (std::uint32_t t = from + 1; t < begin; ++t) {
    // 中易金经 holds 经; 远山获青禾 has a verb.
    static constexpr std::u32string_view kInside = U"经同时外间日月元位后内";
    if (LeadsToName(t) && kInside.find(At(sent_.tokens[t].begin)) == std::u32string_view::npos) {
      from = t + 1;
    }
  }
  if (from >= begin) return begin;
  // One character alone is no word, unless it stands between an edge and an unknown one.
  const std::uint32_t length = end - sent_.tokens[from].begin;
  const bool starts_word = named && IsLoose(begin);
  return length >= 2 || starts_word ? from : begin;
}

}  // namespace tupu::extract
