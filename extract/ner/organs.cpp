// Organisations told by what they stand beside: offices of a central organ, committees and
// congresses of a region, the outlet of a dateline.
#include <algorithm>
#include <string_view>

#include "extract/ner/candidates.h"
#include "extract/norm/numeral.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

bool IsForeignCountry(const Knowledge& know, const AnalysedSentence& sent, const Token& token) {
  if (token.match == kNothing) return false;
  const auto& entries = know.gazetteer.entries();
  for (const Sense& sense : sent.matches[token.match].senses) {
    const std::string& id = entries[sense.entry].id;
    if (!sense.weak && id.compare(0, 8, "country/") == 0 && id != "country/中国") return true;
  }
  return false;
}

// The end of the office of a body that begins at `begin`: a few nouns and one of `units`; 0 if
// there is none.
std::uint32_t UnitEnd(const Knowledge& know, const AnalysedSentence& sent, std::uint32_t begin,
                      std::u32string_view units) {
  constexpr std::uint32_t kMaxUnit = 14;                                              // characters
  static constexpr std::u32string_view kOther = U"级技学研员目普分理置罚于门队下署";  // 科级, 处理
  static constexpr std::u32string_view kAnd = U"与和";
  const auto in = [](std::u32string_view set, char32_t c) {
    return c != 0 && set.find(c) != std::u32string_view::npos;
  };
  for (std::uint32_t t = sent.token_at[begin];
       t < sent.tokens.size() && sent.tokens[t].end <= begin + kMaxUnit; ++t) {
    const Token& token = sent.tokens[t];
    // 处长; 处处长, which reads as 处处.
    const bool post = token.size() == 2 && (sent.chars[token.end - 1] == U'长' ||
                                            sent.chars.StartsAt(token.begin, U"处处长"));
    const std::uint32_t end = post ? token.end - 1 : token.end;
    if (in(units, sent.chars[end - 1]) && end >= begin + 3 &&
        (token.size() == 1 || post || token.word == kNothing) && !in(kOther, sent.chars[end])) {
      return end;
    }
    const bool joins =
        token.size() == 1 && token.begin > begin && in(kAnd, sent.chars[token.begin]);
    const std::uint32_t cues = sent.Cues(token, know.lexicon);
    const bool inside =
        token.word_class == WordClass::kNoun || token.word_class == WordClass::kInner ||
        token.word_class == WordClass::kUnknown ||
        (token.word_class == WordClass::kVerb && cues == 0 &&
         (token.size() == 2 || (token.size() == 1 && token.begin > begin))) ||
        (token.word_class == WordClass::kName && KindOf(know, sent, token) == kIndustry);
    if (!joins && (!inside || (cues & (kStop | kSpeech)) != 0)) return 0;
    if (token.word != kNothing && know.lexicon.word(token.word).title >= 0) return 0;
  }
  return 0;
}

// Somebody is spoken of behind it: 总监, 负责人.
bool HasPostBehind(const AnalysedSentence& sent, std::uint32_t pos) {
  for (std::u32string_view word : {U"负责人", U"人士", U"相关", U"有关", U"工作人员"}) {
    if (sent.chars.StartsAt(pos, word)) return true;
  }
  for (std::uint32_t end = pos + 1; end <= pos + 6 && end <= sent.size(); ++end) {
    if (sent.title_end[end] == pos) return true;
  }
  return false;
}

// Behind the term of an assembly at `pos`, 十三届 or 第十四届, or `pos`.
std::uint32_t PastTerm(const AnalysedSentence& sent, std::uint32_t pos) {
  std::uint32_t at = pos;
  if (sent.chars[at] == U'第') ++at;
  const std::uint32_t number = at;
  while (at < number + 4 && ChineseDigitOf(sent.chars[at]) >= 0) ++at;
  while (at < number + 4 && sent.chars[at] == U'十') ++at;
  while (at < number + 4 && ChineseDigitOf(sent.chars[at]) >= 0) ++at;
  return at > number && sent.chars[at] == U'届' ? at + 1 : pos;
}

}  // namespace

void FindOffices(const Knowledge& know, const AnalysedSentence& sent, std::vector<Candidate>& out) {
  static constexpr std::u32string_view kOffices[] = {U"司",     U"局", U"中心",   U"研究院",
                                                     U"部",     U"处", U"办公厅", U"办公室",
                                                     U"研究所", U"署", U"厅"};
  for (std::uint32_t t = 0; t < sent.tokens.size(); ++t) {
    const Token& token = sent.tokens[t];
    std::uint8_t own = KindOf(know, sent, token);
    if (own != kMinistry && own != kInstitution && own != kCompany) continue;
    // Heads that name a body wherever they stand; of a company they need no post behind them.
    static constexpr std::u32string_view kBodies[] = {
        U"中心", U"研究院", U"研究所", U"实验室", U"学院", U"分会", U"委员会", U"办公室", U"系"};
    // 甲军训练中心, 乙党指挥中心: what an army has are no bodies.
    const bool armed = sent.chars.EndsAt(token.end, U"军") || sent.chars.EndsAt(token.end, U"党") ||
                       sent.chars.EndsAt(token.end, U"武装");
    // What an organ of state sets up for a task is an organ itself: 国务院事故调查组.
    static constexpr std::u32string_view kTeams[] = {U"调查组", U"检查组",   U"督查组", U"督导组",
                                                     U"巡视组", U"领导小组", U"工作组", U"指导组",
                                                     U"主席团", U"工作专班", U"指挥部"};
    bool body_head = false;
    bool team = false;
    std::uint32_t last = 0;
    for (std::uint32_t n = t + 1; n < sent.tokens.size() && n <= t + 7; ++n) {
      const Token& next = sent.tokens[n];
      if (KindOf(know, sent, next) == kMinistry) break;  // 财政部教育部: two that signed
      bool inside = next.word_class == WordClass::kNoun || next.word_class == WordClass::kInner ||
                    next.word_class == WordClass::kUnknown ||
                    (next.word_class == WordClass::kName &&
                     !IsDivision(static_cast<Kind>(
                         std::min<std::uint8_t>(KindOf(know, sent, next), kKinds))));
      if (next.word_class == WordClass::kAdjective && next.size() > 1) inside = true;
      // 甲协会统计中心, 乙商会调查办公室
      if (own == kInstitution && next.word_class == WordClass::kVerb && next.size() > 1)
        inside = true;
      // 甲组织上海中心
      if (own == kInstitution && n == t + 1 &&
          IsDivision(static_cast<Kind>(std::min<std::uint8_t>(KindOf(know, sent, next), kKinds)))) {
        inside = true;
      }
      if (!inside || (sent.Cues(next, know.lexicon) & kStop) || next.end - token.end > 14) {
        break;
      }
      if (next.word != kNothing && know.lexicon.word(next.word).title >= 0) break;
      for (std::u32string_view office : kOffices) {
        std::size_t body = office == U"办公室" || office == U"办公厅" ? 0 : 1;
        if (own == kCompany || !sent.chars.EndsAt(next.end, office) ||
            next.end < token.end + office.size() + body) {
          continue;
        }
        if (office.size() == 1 && next.size() > 1 && next.word != kNothing && next.size() == 2) {
          continue;  // 全部, 总局
        }
        last = next.end;
      }
      for (const std::u32string_view head : kTeams) {
        if (own != kMinistry || !sent.chars.EndsAt(next.end, head)) continue;
        last = next.end;
        team = true;
      }
      for (const std::u32string_view head : kBodies) {
        if (own == kMinistry || armed || !sent.chars.EndsAt(next.end, head) ||
            next.end < token.end + head.size() + 2) {
          continue;
        }
        // 公共关系, 产业体系: only universities have 系.
        if (head == U"系" && !sent.chars.EndsAt(token.end, U"大学")) continue;
        last = next.end;
        body_head = true;
      }
    }
    if (last == 0) continue;
    // Of a lesser body only where somebody holds a post in it: 信息中心运行监测分析部副主任.
    if (own != kMinistry && !body_head) {
      bool post = false;
      for (std::uint32_t end = last + 1; end <= last + 6 && end <= sent.size(); ++end) {
        post = post || sent.title_end[end] == last;
      }
      if (!post) continue;
    }
    Candidate candidate;
    candidate.begin = token.begin;
    candidate.end = last;
    candidate.kind = team ? kMinistry : kInstitution;
    candidate.rule = "institution.office";
    candidate.tier = kTierHead;
    candidate.confidence = 0.8;
    out.push_back(std::move(candidate));
  }
}

void FindUnits(const Knowledge& know, const AnalysedSentence& sent, std::vector<Candidate>& out) {
  const std::size_t count = out.size();
  for (std::size_t i = 0; i < count; ++i) {
    const bool local = out[i].kind == kLocalGovernment;
    if ((!local && out[i].kind != kCompany) || !sent.IsBoundary(out[i].end)) continue;
    const std::uint32_t end = UnitEnd(know, sent, out[i].end, local ? U"处科室" : U"部");
    if (end == 0 || (!local && !HasPostBehind(sent, end))) continue;
    Candidate unit = out[i];
    unit.end = end;
    unit.rule = local ? "department.unit" : "company.unit";
    unit.tier = kTierHead;
    unit.confidence = 0.8;
    unit.entries.clear();
    unit.national = false;
    out.push_back(std::move(unit));
  }
}

void FindForeignBodies(const Knowledge& know, const AnalysedSentence& sent,
                       std::vector<Candidate>& out) {
  static constexpr std::u32string_view kHeads[] = {
      U"部",     U"总局", U"委员会", U"电视台", U"通讯社", U"议院",   U"署",         U"局",
      U"司令部", U"法院", U"海军",   U"空军",   U"陆军",   U"国防军", U"海岸警卫队", U"武装部队"};
  static constexpr std::u32string_view kAnd = U"与和及";
  for (std::uint32_t t = 0; t < sent.tokens.size(); ++t) {
    const Token& country = sent.tokens[t];
    if (KindOf(know, sent, country) != kPlace || !IsForeignCountry(know, sent, country)) continue;
    std::uint32_t last = 0;
    bool joined = false;
    for (std::uint32_t n = t + 1; n < sent.tokens.size() && n <= t + 8; ++n) {
      const Token& next = sent.tokens[n];
      if (next.end - country.end > 14) break;
      if (joined && IsForeignCountry(know, sent, next)) break;  // 甲国海军和乙国空军
      bool joins = next.size() == 1 && n > t + 1 &&
                   kAnd.find(sent.chars[next.begin]) != std::u32string_view::npos;
      // 国际关系与合作部长: the post ends in what the body ends in.
      if (n > t + 1 && sent.Text(next.begin, next.end) == "部长" &&
          sent.chars[next.begin - 1] != U'部') {
        last = next.begin + 1;
      }
      bool inside = next.word_class == WordClass::kNoun || next.word_class == WordClass::kInner ||
                    next.word_class == WordClass::kUnknown || next.word_class == WordClass::kName ||
                    (next.word_class == WordClass::kAdjective) ||
                    (next.word_class == WordClass::kVerb && next.size() > 1);
      std::uint32_t cues = sent.Cues(next, know.lexicon);
      if (!joins && (!inside || (cues & (kStop | kSpeech)) != 0)) break;
      joined = joined || joins;
      if (next.word != kNothing && know.lexicon.word(next.word).title >= 0) break;
      for (std::u32string_view head : kHeads) {
        if (!sent.chars.EndsAt(next.end, head)) continue;
        // 全部, 当局: a word of its own.
        if (head.size() == 1 && next.size() == 2) continue;
        const bool force = head.ends_with(U"军") || head.ends_with(U"队");
        if (force && joined) continue;  // 情报机构和空军
        if (force && sent.chars.StartsAt(next.end, U"基地")) continue;
        if (next.end - country.end >= head.size() + (force ? 0 : 2)) last = next.end;
      }
    }
    if (last == 0) continue;
    Candidate candidate;
    candidate.begin = country.begin;
    candidate.end = last;
    candidate.kind = kInstitution;
    candidate.rule = "institution.foreign";
    candidate.tier = kTierHead;
    candidate.confidence = 0.8;
    out.push_back(std::move(candidate));
  }
}

void FindForeignShortForms(const AnalysedSentence& sent, std::vector<Candidate>& out) {
  // 以 and 日 are common words too: 以 stands before a body at the beginning of a clause, 日 not
  // behind a number.
  static constexpr std::u32string_view kCountries = U"俄美韩英法德乌伊巴印日以";
  static constexpr std::u32string_view kBodies[] = {U"国防部", U"外交部", U"财政部", U"司法部",
                                                    U"教育部", U"交通部", U"能源部", U"卫生部",
                                                    U"农业部", U"商务部", U"内政部", U"国务院"};
  for (std::uint32_t pos = 0; pos + 1 < sent.size(); ++pos) {
    char32_t c = sent.chars[pos];
    if (!sent.IsBoundary(pos) || kCountries.find(c) == std::u32string_view::npos) continue;
    char32_t before = pos == 0 ? 0 : sent.chars[pos - 1];
    if (c == U'以' && IsHan(before)) continue;
    if (c == U'日' && (DigitOf(before) >= 0 || ChineseDigitOf(before) >= 0)) continue;
    for (std::u32string_view body : kBodies) {
      if (!sent.chars.StartsAt(pos + 1, body)) continue;
      Candidate candidate;
      candidate.begin = pos;
      candidate.end = static_cast<std::uint32_t>(pos + 1 + body.size());
      candidate.kind = kInstitution;
      candidate.rule = "institution.foreign_short";
      candidate.tier = kTierHead;
      candidate.confidence = 0.75;
      out.push_back(std::move(candidate));
    }
  }
}

void FindOrgans(const Knowledge& know, const AnalysedSentence& sent, std::vector<Candidate>& out) {
  static constexpr std::u32string_view kLevels = U"省市区县州旗";
  // What stands behind the region, and what may follow 委.
  static constexpr std::u32string_view kBodies[] = {
      U"委", U"党委", U"政府", U"人大常委会", U"人大", U"政协", U"纪委监委", U"纪委", U"监委"};
  static constexpr std::u32string_view kParts[] = {
      U"办公厅", U"办公室",     U"组织部",       U"宣传部",       U"统战部",     U"政法委",
      U"网信办", U"编办",       U"政研室",       U"党校",         U"社会工作部", U"金融办",
      U"财经办", U"教育工委",   U"卫生健康工委", U"直属机关工委", U"机关工委",   U"农村工委",
      U"巡视办", U"巡察办",     U"老干部局",     U"军民融合办",   U"外办",       U"农办",
      U"台办",   U"党史研究室", U"督查室"};
  auto add = [&](std::uint32_t begin, std::uint32_t end, const char* rule, double confidence) {
    Candidate candidate;
    candidate.begin = begin;
    candidate.end = end;
    candidate.kind = kLocalGovernment;
    candidate.rule = rule;
    candidate.tier = kTierHead;
    candidate.confidence = confidence;
    out.push_back(std::move(candidate));
  };
  auto part_at = [&](std::uint32_t pos) -> std::uint32_t {
    for (std::u32string_view part : kParts) {
      if (sent.chars.StartsAt(pos, part)) return static_cast<std::uint32_t>(pos + part.size());
    }
    return 0;
  };
  for (std::uint32_t pos = 0; pos + 1 < sent.size(); ++pos) {
    char32_t c = sent.chars[pos];
    bool autonomous = sent.chars.StartsAt(pos, U"自治区");
    if (kLevels.find(c) == std::u32string_view::npos && !autonomous) continue;
    const std::uint32_t level_end = pos + (autonomous ? 3 : 1);
    std::uint32_t behind = PastTerm(sent, level_end);
    std::uint32_t end = 0;
    bool committee = false;
    for (std::u32string_view body : kBodies) {
      if (!sent.chars.StartsAt(behind, body)) continue;
      end = static_cast<std::uint32_t>(behind + body.size());
      committee = body == U"委";
      break;
    }
    // 市第五届政府 is nothing that news writes.
    const bool assembly = sent.chars.EndsAt(end, U"人大常委会") || sent.chars.EndsAt(end, U"政协");
    if (end == 0 || (behind != level_end && !assembly)) continue;
    char32_t next = sent.chars[end];
    // 市委员会, 县委托; 市委书记 is a committee and a post.
    if (committee && (next == U'员' || next == U'托' || next == U'派' || next == U'会')) continue;
    // The region that ends here or directly before the level.
    std::uint32_t begin = kNothing;
    for (const NameMatch& match : sent.matches) {
      if (match.begin > pos) break;
      if (match.end != level_end && match.end != pos) continue;
      if (!sent.IsBoundary(match.begin) || begin != kNothing) continue;
      for (const Sense& sense : match.senses) {
        std::uint8_t kind = know.entry_kinds[sense.entry];
        if (kind < kKinds && IsDivision(static_cast<Kind>(kind))) begin = match.begin;
      }
    }
    if (begin != kNothing && sent.chars.EndsAt(begin, U"中共")) begin -= 2;
    std::uint32_t part = part_at(end);
    if (next == U'采' && sent.chars[end + 1] == U'购') continue;
    if (begin != kNothing) {
      add(begin, end, "organ.region", 1);
      if (part != 0) add(begin, part, "organ.region", 1);
    } else if ((pos == 0 || !IsHan(sent.chars[pos - 1]) || sent.IsBoundary(pos)) &&
               !OfEveryLevel(sent, pos)) {
      bool council = sent.chars.EndsAt(end, U"人大常委会") || sent.chars.EndsAt(end, U"政协");
      if (part != 0) {
        add(pos, part, "organ.level", 0.9);
      } else {
        add(pos, end, council ? "organ.level" : "organ.elided", council ? 0.8 : 0.3);
      }
    }
  }
}

void FindLatinCompanies(const AnalysedSentence& sent, std::vector<Candidate>& out) {
  // What only firms are called by, at the end of the whole name.
  static constexpr std::string_view kLast[] = {
      "Limited",      "Ltd",     "Ltd.",     "Inc",     "Inc.",     "Corp",       "Corp.",
      "Corporation",  "Company", "Holdings", "Capital", "Partners", "LLC",        "LLP",
      "LP",           "PLC",     "plc",      "GmbH",    "AG",       "Ventures",   "Securities",
      "Technologies", "Co.",     "Co",       "Equity",  "Motors",   "Investments"};
  const auto latin = [&](std::uint32_t pos) {
    const char32_t c = sent.chars[pos];
    return (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z') || c == U'&' || c == U'.' ||
           c == U'-' || c == U'\'' || (c >= U'0' && c <= U'9');
  };
  const auto upper = [&](std::uint32_t pos) {
    return sent.chars[pos] >= U'A' && sent.chars[pos] <= U'Z';
  };
  for (std::uint32_t pos = 0; pos < sent.size();) {
    // Not within a longer name, nor in brackets behind its Chinese one.
    const char32_t before = pos == 0 ? 0 : sent.chars[pos - 1];
    if (!upper(pos) || (pos > 0 && latin(pos - 1)) || before == U'(' || before == U'（' ||
        (before == U' ' && pos > 1 &&
         (latin(pos - 2) || sent.chars[pos - 2] == U'）' || sent.chars[pos - 2] == U')'))) {
      const bool word = latin(pos);
      ++pos;
      while (word && pos < sent.size() && latin(pos)) ++pos;
      continue;
    }
    // Words that begin with a capital, or & and of between them, apart by single spaces.
    std::uint32_t last = 0;  // the end of the last word, where that ends a company's name
    std::uint32_t words = 0;
    std::uint32_t at = pos;
    while (at < sent.size() && at - pos < 80) {
      std::uint32_t end = at;
      while (end < sent.size() && latin(end)) ++end;
      if (end == at) break;
      const std::string_view word = sent.Text(at, end);
      if (!upper(at) && word != "&" && word != "of" && word != "and") break;
      ++words;
      const bool ends = std::find(std::begin(kLast), std::end(kLast), word) != std::end(kLast);
      last = words > 1 && ends ? end : 0;
      at = end;
      if (at + 1 >= sent.size() || sent.chars[at] != U' ' || !latin(at + 1)) break;
      ++at;
    }
    if (last > 0 && sent.IsBoundary(pos)) {
      Candidate candidate;
      candidate.begin = pos;
      candidate.end = last;
      candidate.kind = kCompany;
      candidate.rule = "company.latin";
      candidate.tier = kTierHead;
      candidate.confidence = 0.85;
      out.push_back(std::move(candidate));
    }
    pos = std::max(at, pos + 1);
  }
}

void FindOutlets(const Knowledge& know, const AnalysedSentence& sent, std::vector<Candidate>& out) {
  // 某网消息, 某报讯, 某社电: the name reaches from the line's beginning or a bracket to the head.
  static constexpr std::u32string_view kBehind[] = {U"消息", U"讯", U"记者", U"报道"};
  static constexpr std::u32string_view kHeads = U"网报社台";
  for (std::uint32_t pos = 1; pos < sent.size() && pos < 400; ++pos) {
    if (kHeads.find(sent.chars[pos]) == std::u32string_view::npos) continue;
    std::uint32_t end = pos + 1;
    bool behind = false;
    for (std::u32string_view word : kBehind) behind = behind || sent.chars.StartsAt(end, word);
    // 新华社北京5月10日电
    if (!behind && (sent.chars[pos] == U'社' || sent.chars[pos] == U'网')) {
      for (std::uint32_t at = end; at < end + 14 && at < sent.size(); ++at) {
        if (sent.chars[at] == U'日' &&
            (sent.chars[at + 1] == U'电' || sent.chars[at + 1] == U'讯')) {
          behind = true;
        }
        if (sent.chars[at] == U'，' || sent.chars[at] == U'。') break;
      }
    }
    if (!behind) continue;
    std::uint32_t begin = end;
    while (begin > 0 && end - begin < 8) {
      char32_t c = sent.chars[begin - 1];
      if (!IsHan(c) && DigitOf(c) < 0 && !(c >= U'A' && c <= U'z')) break;
      const Token& token = sent.tokens[sent.token_at[begin - 1]];
      if (sent.Cues(token, know.lexicon) & (kStop | kSpeech | kMediaTitle)) {
        if (token.end < end) break;
      }
      if (token.word_class == WordClass::kPreposition || token.word_class == WordClass::kParticle) {
        break;
      }
      --begin;
    }
    if (end - begin < 3 || end - begin >= 8) continue;
    if (begin > 0 && IsHan(sent.chars[begin - 1]) && !sent.IsBoundary(begin)) continue;
    Candidate candidate;
    candidate.begin = begin;
    candidate.end = end;
    candidate.kind = kInstitution;
    candidate.rule = "outlet.dateline";
    candidate.tier = kTierHead;
    candidate.confidence = 0.8;
    out.push_back(std::move(candidate));
  }
}

}  // namespace tupu::extract
