// Names by structure: a head (公司, 开发区, 峰会) and what belongs to it on its left. The walk goes
// token by token until a word that stands in no name of the family; then leading words that start
// no name are cut off, and what remains must be specific: a place, an unknown word, a number or a
// quotation tells it apart from the class (合肥高新区, not 国家级高新区).
#include <algorithm>
#include <string_view>

#include "extract/ner/candidates.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::uint32_t kMaxOrganisation = 30;  // characters
constexpr std::uint32_t kMaxDescription = 48;

bool IsOrganisationFamily(Family family) {
  return family == Family::kCompany || family == Family::kBrand || family == Family::kInstitution ||
         family == Family::kGovernment || family == Family::kDepartment;
}
bool IsDescriptionFamily(Family family) {
  return family == Family::kEvent || family == Family::kPolicy || family == Family::kCampaign ||
         family == Family::kIndustry;
}

class HeadReader {
 public:
  HeadReader(const Knowledge& know, const AnalysedSentence& sent) : know_(know), sent_(sent) {}

  void Read(std::uint32_t end, const Head& head, std::vector<Candidate>& out) const {
    auto head_size = static_cast<std::uint32_t>(CountCodePoints(head.form));
    std::uint32_t head_begin = end - head_size;
    const Token& last = sent_.tokens[sent_.token_at[end - 1]];
    if (last.end != end) return;
    if (head_size == 1 && last.size() == 2 && last.word_class != WordClass::kName) return;
    if (head_size == 1 && last.size() > 1 && last.word == kNothing) return;
    if (last.begin < head_begin && (Cues(last) & kStop)) return;            // 子公司
    if (const Word* word = WordOf(last); word && word->title >= 0) return;  // 区委常委
    if (FollowedByTail(end, head)) return;
    std::uint32_t head_token = sent_.token_at[head_begin];
    std::uint32_t begin = Walk(head_token, head, end);
    begin = Trim(begin, head_token, head);
    if (sent_.tokens[begin].begin >= head_begin) {
      ReadBare(head_begin, end, head, out);
      return;
    }
    Emit(begin, head_begin, end, head, out);
  }

 private:
  const Word* WordOf(const Token& token) const {
    return token.word == kNothing ? nullptr : &know_.lexicon.word(token.word);
  }
  std::uint32_t Cues(const Token& token) const {
    return token.word == kNothing ? 0 : know_.lexicon.word(token.word).cues;
  }
  const Head* HeadAt(std::uint32_t end) const {
    std::uint32_t index = sent_.head_end[end];
    return index == kNothing ? nullptr : &know_.lexicon.heads()[index];
  }
  bool IsRegion(const Token& token) const { return IsRegionToken(know_, sent_, token); }
  char32_t At(std::uint32_t pos) const { return sent_.chars[pos]; }

  // 政府工作报告 needs nothing before it; 新闻发布会 somebody who holds it.
  void ReadBare(std::uint32_t begin, std::uint32_t end, const Head& head,
                std::vector<Candidate>& out) const {
    bool bare = head.flags.find("bare") != std::string::npos;
    bool hosted = head.flags.find("hosted") != std::string::npos && IsHosted(begin);
    if ((!bare && !hosted) || !sent_.IsBoundary(begin)) return;
    Candidate candidate;
    candidate.begin = begin;
    candidate.end = end;
    candidate.kind = head.kind;
    candidate.rule = bare ? "head.bare" : "event.hosted";
    candidate.tier = kTierLoose;
    candidate.confidence = bare ? 0.9 : 0.6;
    out.push_back(std::move(candidate));
  }

  // An organisation and 举行, 召开 or 举办 in front, in the same sentence.
  bool IsHosted(std::uint32_t begin) const {
    bool held = false;
    std::uint32_t first = sent_.token_at[begin];
    for (std::uint32_t t = first; t > 0 && first - t < 40; --t) {
      const Token& token = sent_.tokens[t - 1];
      std::string_view text = sent_.Text(token.begin, token.end);
      held = held || text == "举行" || text == "召开" || text == "举办";
      std::uint8_t kind = KindOf(know_, sent_, token);
      if (held && kind <= kInstitution) return true;
    }
    return false;
  }

  // A head that goes on is another word: 公司法, 会议室, 项目部, 港口.
  bool FollowedByTail(std::uint32_t end, const Head& head) const {
    const Head* longer = end < sent_.size() ? HeadAt(end + 1) : nullptr;
    if (longer && head.family != Family::kGovernment &&
        longer->form.size() > head.form.size() + 3 &&
        longer->form.compare(0, head.form.size(), head.form) == 0 && sent_.IsBoundary(end + 1)) {
      return true;
    }
    if (At(end) == U'门' && At(end - 1) == U'部') return true;
    // 政府采购, 政府投资
    if (At(end - 1) == U'府' && head.kind == kLocalGovernment) {
      for (std::u32string_view tail : {U"采购", U"投资", U"引导", U"购买", U"产业", U"专项"}) {
        if (sent_.chars.StartsAt(end, tail)) return true;
      }
    }
    static constexpr std::u32string_view kTails = U"级型类式界化率";
    return kTails.find(At(end)) != std::u32string_view::npos && At(end) != 0;
  }

  // Whether the token may stand inside a name of the family.
  bool Allowed(const Token& token, Family family) const {
    std::uint32_t cues = Cues(token);
    if (cues & kStop) return false;
    bool organisation = IsOrganisationFamily(family);
    bool description = IsDescriptionFamily(family);
    if ((cues & kAction) && !organisation) return false;
    const Word* word = WordOf(token);
    if (word && word->title >= 0 && !description) return false;
    char32_t first = At(token.begin);
    switch (token.word_class) {
      case WordClass::kUnknown:
      case WordClass::kNoun:
      case WordClass::kInner:
        return true;
      case WordClass::kAdjective:
        return token.size() > 1 || !organisation || token.size() == 1;
      case WordClass::kName: {
        std::uint8_t kind = KindOf(know_, sent_, token);
        if (kind == kPolicy) return description;
        if (kind == kMinistry || kind == kLocalGovernment) {
          return family == Family::kInstitution || description || family == Family::kGovernment;
        }
        return true;
      }
      case WordClass::kVerb:
        if (family == Family::kEvent || family == Family::kCampaign) {
          return token.size() > 1 && !(cues & (kSpeech | kIssue));
        }
        if (family == Family::kZone) return token.size() > 1;
        return token.size() == 1 && organisation;
      case WordClass::kNumeral:
        if (description || family == Family::kProject) return true;
        if (first == U'年' || first == U'月' || first == U'日') return false;
        return token.begin > 0 &&
               (At(token.begin - 1) == U'第' || first == U'第' || family == Family::kCompany) &&
               token.size() <= 3 && At(token.begin) != U'数' && At(token.begin) != U'几';
      case WordClass::kMeasure:
        if (first == U'元') return false;
        return description || family == Family::kProject ||
               (token.begin > 1 && At(token.begin - 2) == U'第');
      case WordClass::kTime:
        return description;
      case WordClass::kIdiom:
        return description || family == Family::kZone || family == Family::kInstitution ||
               family == Family::kProject;
      case WordClass::kLocative:
        return token.size() == 1 || description || family == Family::kProject ||
               family == Family::kZone || family == Family::kPlace;
      case WordClass::kAscii: {
        if (At(token.end - 1) == U'%') return false;
        if (DigitOf(first) < 0 || description || family == Family::kProject) return true;
        return family == Family::kCompany && token.size() <= 3;
      }
      case WordClass::kMark:
        if (first == U'·' || first == U'•') return true;
        if (first == U'—' && (At(token.begin + 1) == U'—' || At(token.begin - 1) == U'—')) {
          return false;
        }
        return (first == U'—' || first == U'-' || first == U'–' || first == U'－') &&
               family != Family::kCompany;
      case WordClass::kAdverb:
        return description && token.size() > 1;
      case WordClass::kConjunction:
      case WordClass::kPreposition:
      case WordClass::kParticle:
      case WordClass::kPronoun:
        return false;
    }
    return false;
  }

  // 和 inside 石油和化学工业联合会: only where the left side is the name's own beginning.
  bool JoinsNouns(std::uint32_t index, std::uint32_t end, const Head& head) const {
    static constexpr std::u32string_view kAnd = U"和与及";
    const Token& token = sent_.tokens[index];
    if (head.family == Family::kEvent && token.size() == 1 && At(token.begin) == U'暨') return true;
    // 西安至延安高铁
    if (head.family == Family::kProject && token.size() == 1 && At(token.begin) == U'至' &&
        index > 0 && index + 1 < sent_.tokens.size()) {
      auto is_place = [&](const Token& side) {
        return IsRegion(side) || side.word_class == WordClass::kUnknown ||
               side.word_class == WordClass::kName;
      };
      return is_place(sent_.tokens[index - 1]) && is_place(sent_.tokens[index + 1]);
    }
    if (token.size() != 1 || kAnd.find(At(token.begin)) == std::u32string_view::npos) return false;
    if (head.family == Family::kCompany || head.family == Family::kBrand ||
        head.family == Family::kZone || head.family == Family::kPlace ||
        head.family == Family::kSite || head.family == Family::kProject) {
      return false;
    }
    if (IsDescriptionFamily(head.family)) {
      if (index == 0) return false;
      const Token& left = sent_.tokens[index - 1];
      const Head* before = HeadAt(left.end);
      if (before && before->kind == head.kind) return false;  // 计划和方案 are two
      return left.word_class == WordClass::kInner || left.word_class == WordClass::kNoun;
    }
    // No region and no other head on the right of it.
    for (std::uint32_t t = index + 1; t < sent_.tokens.size() && sent_.tokens[t].end < end; ++t) {
      if (IsRegion(sent_.tokens[t])) return false;
      const Head* inner = HeadAt(sent_.tokens[t].end);
      if (inner && IsOrganisationFamily(inner->family) && inner->family != Family::kBrand &&
          inner->form.size() > 3) {
        return false;
      }
    }
    // A region, 中国 or 省 within a few nouns on the left.
    for (std::uint32_t steps = 1; steps <= 3 && steps <= index; ++steps) {
      const Token& left = sent_.tokens[index - steps];
      std::string_view text = sent_.Text(left.begin, left.end);
      bool nation = text == "中国" || text == "中华" || text == "全国";
      if (IsRegion(left) || IsLevelToken(sent_, left) || nation) return true;
      if (left.word_class != WordClass::kNoun && left.word_class != WordClass::kInner) return false;
      const Head* inner = HeadAt(left.end);
      if (inner && IsOrganisationFamily(inner->family) && inner->family != Family::kBrand) {
        return false;
      }
    }
    return false;
  }

  // 中国, 国家, 国际: words that many names begin with.
  bool StartsNames(const Token& token) const {
    std::string_view text = sent_.Text(token.begin, token.end);
    static constexpr std::string_view kStarts[] = {"中国", "全国", "国家", "国际",   "中央",
                                                   "中华", "亚洲", "世界", "联合国", "欧洲"};
    return std::find(std::begin(kStarts), std::end(kStarts), text) != std::end(kStarts);
  }

  // The first token of the name, going left from its head's.
  std::uint32_t Walk(std::uint32_t head_token, const Head& head, std::uint32_t end) const {
    bool organisation = IsOrganisationFamily(head.family);
    bool strong = head.flags.find("strong") != std::string::npos;
    std::uint32_t limit = organisation ? kMaxOrganisation : kMaxDescription;
    std::uint32_t at = head_token;
    while (at > 0) {
      std::uint32_t previous = at - 1;
      const Token& token = sent_.tokens[previous];
      if (end - token.begin > limit) break;
      char32_t c = At(token.begin);
      std::uint32_t mate = sent_.mate[token.begin];
      if (token.size() == 1 && mate != kNothing && mate < token.begin) {
        bool quote = c == U'”' || c == U'’' || c == U'」';
        bool bracket = c == U'）' || c == U')';
        std::uint32_t inside = token.begin - mate - 1;
        bool title = c == U'》' && head.family == Family::kEvent;
        bool fine = (quote && head.family != Family::kCompany && inside <= 30) ||
                    (title && inside <= 40) ||
                    (bracket && inside <= 8 && mate > 0 && head.family != Family::kGovernment &&
                     head.family != Family::kDepartment);
        if (!fine || end - mate > limit) break;
        at = sent_.token_at[mate];
        continue;
      }
      Family family = strong ? Family::kCampaign : head.family;
      if (!Allowed(token, family) && !JoinsNouns(previous, end, head)) break;
      // 开发区建设铁路专用线项目, 共建西部科学城: what is built begins behind the verb.
      bool known = sent_.tokens[head_token].match != kNothing;
      if ((at != head_token || known) && !organisation && !IsDescriptionFamily(head.family)) {
        std::string_view text = sent_.Text(token.begin, token.end);
        if (text == "建设" || text == "共建" || text == "投资" || text == "申报" ||
            text == "贯穿" || text == "合作") {
          break;
        }
      }
      if (organisation || head.family == Family::kZone || head.family == Family::kPlace ||
          head.family == Family::kSite) {
        if (IsLevelToken(sent_, token) && !(previous > 0 && IsRegion(sent_.tokens[previous - 1]) &&
                                            sent_.tokens[previous - 1].end == token.begin)) {
          return organisation ? previous : at;
        }
        // A complete company before a region: another name begins here.
        if (IsRegion(sent_.tokens[at]) && at != head_token) {
          const Head* before = HeadAt(token.end);
          bool goes_on = IsRegion(token) || StartsNames(token) ||
                         (c == U'—' && head.family == Family::kInstitution) ||
                         (token.word_class == WordClass::kName && organisation) ||
                         (before && organisation && before->form == "集团");
          if (!goes_on) break;
        }
      }
      at = previous;
    }
    return at;
  }

  bool IsUnknown(const Token& token) const {
    if (token.word_class == WordClass::kUnknown) return true;
    if (token.word_class == WordClass::kAscii) return DigitOf(At(token.begin)) < 0;
    return token.word_class == WordClass::kName && KindOf(know_, sent_, token) != kIndustry;
  }
  // Single characters in a row are a word that no list holds.
  bool IsLoose(std::uint32_t index) const {
    const Token& token = sent_.tokens[index];
    if (token.size() != 1 || token.word_class == WordClass::kMark) return false;
    static constexpr std::u32string_view kCommon = U"大小新老高总第中东西南北上下省市区县级类型个";
    return kCommon.find(At(token.begin)) == std::u32string_view::npos;
  }
  bool IsSpecific(std::uint32_t index, Family family) const {
    const Token& token = sent_.tokens[index];
    if (StartsNames(token)) return IsOrganisationFamily(family) || family == Family::kEvent;
    if (IsUnknown(token) || IsRegion(token)) return true;
    if (At(token.begin) == U'“') return true;
    if (IsLoose(index) && ((index > 0 && IsLoose(index - 1)) ||
                           (index + 1 < sent_.tokens.size() && IsLoose(index + 1)))) {
      return true;
    }
    return false;
  }

  std::uint32_t Trim(std::uint32_t begin, std::uint32_t head_token, const Head& head) const {
    bool description = IsDescriptionFamily(head.family);
    auto bad_start = [&](std::uint32_t index) {
      const Token& token = sent_.tokens[index];
      std::uint32_t cues = Cues(token);
      if (IsSpecific(index, head.family)) return false;
      if (token.word_class == WordClass::kMark && At(token.begin) != U'“' &&
          At(token.begin) != U'（') {
        return true;
      }
      if (token.word_class == WordClass::kConjunction || token.word_class == WordClass::kLocative ||
          token.word_class == WordClass::kAdverb || token.word_class == WordClass::kMeasure) {
        return true;
      }
      if (cues & kAction) return true;
      if (token.size() == 1 && At(token.begin) == U'暨') return true;
      if (token.word_class == WordClass::kVerb && !description) return true;
      if (description && token.word_class == WordClass::kVerb && token.size() == 1) return true;
      if (!description && (cues & kGeneric)) return true;
      if (!description && token.word_class == WordClass::kAdjective) return true;
      return false;
    };
    // 七个平台项目, 22个省市重点项目: a count names nothing, and what it counts is a class.
    for (std::uint32_t t = begin; t + 1 < head_token; ++t) {
      const Token& token = sent_.tokens[t];
      bool digits = token.word_class == WordClass::kNumeral ||
                    (token.word_class == WordClass::kAscii && DigitOf(At(token.begin)) >= 0);
      static constexpr std::u32string_view kCounters = U"个项座条家批处类种所起余多场两";
      if (digits && head.family != Family::kCompany &&
          kCounters.find(At(token.end)) != std::u32string_view::npos && At(token.begin) != U'第' &&
          (token.begin == 0 || At(token.begin - 1) != U'第')) {
        begin = t + 2;
      }
    }
    while (begin < head_token && bad_start(begin)) ++begin;
    if (description) return begin;
    // Common words in front of the part that tells it apart: 项目业主中国雅江集团.
    if (head.family == Family::kProject) return begin;
    std::uint32_t specific = begin;
    while (specific < head_token && !IsSpecific(specific, head.family) &&
           !IsLevelToken(sent_, sent_.tokens[specific])) {
      ++specific;
    }
    return specific < head_token ? specific : begin;
  }

  void Emit(std::uint32_t begin, std::uint32_t head_begin, std::uint32_t end, const Head& head,
            std::vector<Candidate>& out) const {
    std::uint32_t head_token = sent_.token_at[head_begin];
    std::uint32_t start = sent_.tokens[begin].begin;
    if (begin > head_token || start >= head_begin) return;
    bool specific = false;
    bool starts = false;  // 中国, 国家: specific only with more
    bool own = false;     // specific by something else
    bool region = false;
    bool quoted = false;
    bool number = false;
    bool level = IsLevelToken(sent_, sent_.tokens[begin]);
    std::uint32_t content = 0;  // characters of words that are not generic
    for (std::uint32_t t = begin;
         t < head_token || (t == head_token && sent_.tokens[t].begin < head_begin); ++t) {
      const Token& token = sent_.tokens[t];
      specific = specific || IsSpecific(t, head.family);
      starts = starts || StartsNames(token);
      own = own || (IsSpecific(t, head.family) && !StartsNames(token));
      region = region || IsRegion(token);
      quoted = quoted || At(token.begin) == U'“';
      number = number || IsQuantity(t, head.family);
      if (!(Cues(token) & kGeneric) && token.word_class != WordClass::kMark) {
        content += token.size();
      }
    }
    bool weak_head = head.flags.find("weak") != std::string::npos;
    std::uint32_t modifier = head_begin - start;
    Candidate candidate;
    candidate.begin = start;
    candidate.end = end;
    candidate.kind = head.kind;
    candidate.tier = kTierHead;
    switch (head.family) {
      case Family::kCompany:
        candidate.rule = "company.head";
        if (!own && !(head.form.find("有限") != std::string::npos && content >= 4) &&
            !(starts && content >= 4) && !(level && modifier >= 3)) {
          return;
        }
        if (modifier < 2) return;
        break;
      case Family::kBrand:
        candidate.rule = "company.brand";
        if (!BrandBefore(begin, head_token, head_begin)) return;
        candidate.confidence = 0.6;
        if (own && KindOf(know_, sent_, sent_.tokens[begin]) == kCompany) {
          candidate.rule = "company.head";
        }
        candidate.tier = kTierLoose;
        break;
      case Family::kInstitution:
        candidate.rule = "institution.head";
        if (!specific && !level && !(TitleAt(end) && content >= 3 && !weak_head)) return;
        if (modifier < 2 && !level) return;
        // 国家技术创新中心 is a class, 国家计算机病毒应急处理中心 is not.
        if (!own && !level && weak_head && modifier < 7) return;
        if (!own && !level && modifier < 4) return;
        break;
      case Family::kGovernment:
        candidate.rule = "government.head";
        for (std::uint32_t at = start; at + 1 < end; ++at) {  // 福建省委省政府
          if (At(at) == U'委' && (At(at + 1) == U'省' || At(at + 1) == U'市' ||
                                  At(at + 1) == U'县' || At(at + 1) == U'区')) {
            return;
          }
        }
        if (!region && !ZoneBefore(begin, head_token) &&
            !(level && head.flags.find("level") != std::string::npos)) {
          return;
        }
        if (ForeignRegion(begin)) candidate.kind = kInstitution;
        break;
      case Family::kDepartment: {
        candidate.rule = "department.head";
        bool own_region = IsRegion(sent_.tokens[begin]);
        if (!own_region && !level) return;
        std::uint32_t body = head_begin - sent_.tokens[begin].end;
        if (sent_.tokens[begin].end > head_begin) return;
        if (CountCodePoints(head.form) == 1 && body < 2) return;
        if (own_region && ForeignRegion(begin)) candidate.kind = kInstitution;
        break;
      }
      case Family::kZone:
        candidate.rule = "zone.head";
        if (!specific && IndustryPark(begin, head_token, head)) {
          candidate.confidence = 0.6;
          candidate.tier = kTierLoose;
          break;
        }
        if (!specific || (!region && !quoted && content < 2)) return;
        for (std::uint32_t t = begin; t < head_token; ++t) {
          const Token& token = sent_.tokens[t];
          if (At(token.end - 1) == U'级' && token.size() > 1 && !quoted) return;  // 省级开发区
        }
        candidate.begin = StripRegions(begin, head_token, head_begin);
        break;
      case Family::kPlace:
        candidate.rule = "place.head";
        if (!specific || sent_.tokens[begin].word_class == WordClass::kAscii) return;
        if (weak_head) {  // 天津港口: a region and a common word
          bool only_regions = true;
          for (std::uint32_t t = begin; t < head_token; ++t) {
            only_regions = only_regions && IsRegion(sent_.tokens[t]);
          }
          if (only_regions) return;
        }
        candidate.begin = StripRegions(begin, head_token, head_begin);
        break;
      case Family::kSite:
        candidate.rule = "place.site";
        candidate.begin = StripRegions(begin, head_token, head_begin);
        if (!specific || head_begin - candidate.begin < 2 || head_begin - candidate.begin > 4) {
          return;
        }
        // 美国山尼瓦: the name goes on.
        if (end < sent_.size()) {
          const Token& next = sent_.tokens[sent_.token_at[end]];
          if (next.size() == 1 && next.word_class != WordClass::kMark && !(Cues(next) & kStop) &&
              next.word_class != WordClass::kPreposition &&
              next.word_class != WordClass::kParticle) {
            return;
          }
        }
        candidate.tier = kTierLoose;
        break;
      case Family::kProject:
        candidate.rule = "project.head";
        if (LinePair(begin, head_token)) break;
        if (weak_head && !quoted && head_token > 0 && head_token > begin) {
          // 重点项目, 重大项目, 示范类项目: one of many.
          const Token& left = sent_.tokens[head_token - 1];
          std::string_view text = sent_.Text(left.begin, left.end);
          if (text == "重点" || text == "重大" || text == "类" || text == "投资" ||
              text == "以上" || text == "新老" || text == "平台") {
            return;
          }
        }
        if (!own && !quoted && !number) return;
        if (weak_head && !quoted && !number && !OwnWord(begin, head_token)) return;
        if (weak_head && !region && !quoted && !number && content < 4) return;
        break;
      case Family::kEvent:
        candidate.rule = "event.head";
        if (weak_head && !quoted && !((region || number || specific) && modifier >= 4)) return;
        if (!specific && !quoted && !number && content < 4) return;
        if (modifier < 2) return;
        break;
      case Family::kPolicy:
        candidate.rule = "policy.head";
        if (modifier < 2) return;
        if (head.flags.find("strong") != std::string::npos) break;
        if (weak_head && !quoted && !(content >= 4 && IssuedBefore(begin))) return;
        if (!specific && !quoted && content < 4) return;
        break;
      case Family::kCampaign: {
        candidate.rule = "policy.campaign";
        if (!quoted && (content < 4 || !StartedBefore(begin))) return;
        for (std::uint32_t t = begin; t < head_token; ++t) {
          if (Cues(sent_.tokens[t]) & kDrive) candidate.kind = kEvent;
        }
        break;
      }
      case Family::kIndustry:
        candidate.rule = "industry.head";
        break;
    }
    out.push_back(std::move(candidate));
  }

  // 年产5万吨, 22号, 第六届: a number that tells one thing apart; a count or a year does not.
  bool IsQuantity(std::uint32_t index, Family family) const {
    const Token& token = sent_.tokens[index];
    bool digits = token.word_class == WordClass::kNumeral ||
                  (token.word_class == WordClass::kAscii && DigitOf(At(token.begin)) >= 0);
    if (!digits) return false;
    if (family != Family::kProject) return true;
    std::uint32_t end = token.end;
    while (At(end) == U'万' || At(end) == U'亿' || At(end) == U'余' || At(end) == U'多') ++end;
    static constexpr std::u32string_view kUnits = U"吨千兆号代寸台公立平座标升颗片套瓦英t";
    return kUnits.find(At(end)) != std::u32string_view::npos && At(end) != 0;
  }

  bool StartedBefore(std::uint32_t begin) const {
    if (begin == 0) return false;
    const Token& left = sent_.tokens[begin - 1];
    std::string_view text = sent_.Text(left.begin, left.end);
    return text == "实施" || text == "启动" || text == "部署" || text == "推进" || text == "开展";
  }

  // A verb of issuing or starting directly in front.
  bool IssuedBefore(std::uint32_t begin) const {
    if (begin == 0) return false;
    const Token& left = sent_.tokens[begin - 1];
    std::string_view text = sent_.Text(left.begin, left.end);
    return (Cues(left) & kIssue) != 0 || text == "启动" || text == "推出";
  }

  bool TitleAt(std::uint32_t pos) const {
    for (std::uint32_t end = pos + 1; end <= pos + 6 && end <= sent_.size(); ++end) {
      if (sent_.title_end[end] == pos) return true;
    }
    return false;
  }

  // A made-up word of two to four characters directly before the head, with an edge before it.
  bool BrandBefore(std::uint32_t begin, std::uint32_t head_token, std::uint32_t head_begin) const {
    std::uint32_t start = sent_.tokens[begin].begin;
    std::uint32_t size = head_begin - start;
    if (size < 2 || size > 4) return false;
    std::uint32_t loose = 0;
    if (begin + 1 == head_token && KindOf(know_, sent_, sent_.tokens[begin]) == kCompany) {
      return true;  // 广汽资本
    }
    for (std::uint32_t t = begin; t < head_token; ++t) {
      if (IsRegion(sent_.tokens[t])) continue;
      if (IsLoose(t) || sent_.tokens[t].word_class == WordClass::kUnknown) {
        loose += sent_.tokens[t].size();
      }
    }
    return loose >= 2;
  }

  // A word that is neither a region nor generic: 北京工程, 京津项目 have none.
  bool OwnWord(std::uint32_t begin, std::uint32_t head_token) const {
    for (std::uint32_t t = begin; t < head_token; ++t) {
      const Token& token = sent_.tokens[t];
      if (!IsRegion(token) && !(Cues(token) & kGeneric) && token.word_class != WordClass::kMark &&
          token.word_class != WordClass::kNumeral && token.word_class != WordClass::kMeasure) {
        return true;
      }
    }
    return false;
  }

  // 西渝, 沪苏湖: one-letter places in a row directly before the head.
  bool LinePair(std::uint32_t begin, std::uint32_t head_token) const {
    std::uint32_t count = 0;
    for (std::uint32_t t = head_token; t > begin; --t) {
      const Token& token = sent_.tokens[t - 1];
      if (token.size() != 1 || !IsHan(At(token.begin))) return false;
      ++count;
    }
    return count >= 2 && count <= 4;
  }

  // Behind a region the name's own word is enough: 富池镇 of 阳新县富池镇.
  std::uint32_t StripRegions(std::uint32_t begin, std::uint32_t head_token,
                             std::uint32_t head_begin) const {
    auto has_level = [&](std::uint32_t t) {
      static constexpr std::u32string_view kLevels = U"省市县区州旗盟";
      return kLevels.find(At(sent_.tokens[t].end - 1)) != std::u32string_view::npos;
    };
    std::uint32_t at = begin;
    while (at < head_token && IsRegion(sent_.tokens[at])) ++at;
    // 新田岭矿区: what looks like a region is the name's own beginning.
    if (at > begin + 1 && head_begin < sent_.tokens[at].begin + 2 && !has_level(at - 1) &&
        has_level(at - 2)) {
      return sent_.tokens[at - 1].begin;
    }
    std::uint32_t start = sent_.tokens[at].begin;
    bool own_word = at < head_token && at > begin && head_begin >= start + 2 &&
                    (IsUnknown(sent_.tokens[at]) || IsLoose(at));
    return own_word ? start : sent_.tokens[begin].begin;
  }

  // 大健康产业园, 新材料产业园: a field and a park, where nothing says that it is one of many.
  bool IndustryPark(std::uint32_t begin, std::uint32_t head_token, const Head& head) const {
    if (head.flags.find("park") == std::string::npos || begin >= head_token) return false;
    if (begin > 0) {
      const Token& left = sent_.tokens[begin - 1];
      if (left.word_class == WordClass::kNumeral || left.word_class == WordClass::kMeasure ||
          left.word_class == WordClass::kPronoun || left.word_class == WordClass::kAscii ||
          left.word_class == WordClass::kParticle) {
        return false;
      }
    }
    return sent_.tokens[head_token].begin >= sent_.tokens[begin].begin + 2;
  }

  bool ZoneBefore(std::uint32_t begin, std::uint32_t head_token) const {
    for (std::uint32_t t = begin; t < head_token; ++t) {
      const Head* head = HeadAt(sent_.tokens[t].end);
      if (head && head->kind == kZone) return true;
      if (KindOf(know_, sent_, sent_.tokens[t]) == kZone) return true;
    }
    return false;
  }

  bool ForeignRegion(std::uint32_t index) const {
    return KindOf(know_, sent_, sent_.tokens[index]) == kPlace;
  }

  const Knowledge& know_;
  const AnalysedSentence& sent_;
};

}  // namespace

std::uint8_t KindOf(const Knowledge& know, const AnalysedSentence& sent, const Token& token) {
  if (token.match == kNothing) return kNoKind;
  std::uint8_t weak = kNoKind;
  for (const Sense& sense : sent.matches[token.match].senses) {
    if (!sense.weak) return know.entry_kinds[sense.entry];
    if (weak == kNoKind) weak = know.entry_kinds[sense.entry];
  }
  return weak;
}

bool IsRegionToken(const Knowledge& know, const AnalysedSentence& sent, const Token& token,
                   bool weak) {
  if (token.match == kNothing) return false;
  for (const Sense& sense : sent.matches[token.match].senses) {
    if (sense.weak && !weak) continue;
    std::uint8_t kind = know.entry_kinds[sense.entry];
    if (kind < kKinds && IsRegion(static_cast<Kind>(kind))) {
      // A weak form that is a common word is one: 和平, 市中.
      return !sense.weak || token.word_class == WordClass::kName;
    }
  }
  return false;
}

bool IsLevelToken(const AnalysedSentence& sent, const Token& token) {
  static constexpr std::u32string_view kLevels = U"省市区县州旗";
  return token.size() == 1 && kLevels.find(sent.chars[token.begin]) != std::u32string_view::npos;
}

// 雄商高铁河北段, 高铁武汉至宜昌段, 黄河包头段: regions and 段 behind the head of a line or river.
void AddSection(const Knowledge& know, const AnalysedSentence& sent, std::uint32_t end,
                const Candidate& line, std::vector<Candidate>& out) {
  std::uint32_t t = sent.token_at[end];
  std::uint32_t last = t;
  while (last < sent.tokens.size() && last < t + 4) {
    const Token& token = sent.tokens[last];
    char32_t c = sent.chars[token.begin];
    if (!IsRegionToken(know, sent, token) && c != U'至' && c != U'西' && c != U'东' && c != U'南' &&
        c != U'北') {
      break;
    }
    ++last;
  }
  if (last == t || last >= sent.tokens.size()) return;
  const Token& token = sent.tokens[last];
  if (sent.chars[token.begin] != U'段') return;
  Candidate section = line;
  section.end = token.begin + 1;
  section.rule = "project.section";
  out.push_back(std::move(section));
}

// 年产5万吨磷酸铁锂正极材料项目: from the quantity to the next head of a work.
void FindCapacities(const Knowledge& know, const AnalysedSentence& sent,
                    std::vector<Candidate>& out) {
  static constexpr std::u32string_view kStarts[] = {U"年产", U"日产", U"年处理", U"日处理"};
  static constexpr std::u32string_view kEnds[] = {U"项目", U"生产线", U"装置",
                                                  U"工程", U"工厂",   U"生产基地"};
  for (std::uint32_t pos = 0; pos + 4 < sent.size(); ++pos) {
    std::uint32_t number = pos;
    for (std::u32string_view start : kStarts) {
      if (sent.chars.StartsAt(pos, start)) number = static_cast<std::uint32_t>(pos + start.size());
    }
    if (number == pos || DigitOf(sent.chars[number]) < 0) continue;
    std::uint32_t best = 0;
    for (std::uint32_t at = number + 2; at < sent.size() && at < number + 34; ++at) {
      char32_t c = sent.chars[at];
      if (c == U'，' || c == U'。' || c == U'、' || c == U'；' || c == U',') break;
      for (std::u32string_view end : kEnds) {
        if (sent.chars.StartsAt(at, end) && best == 0) {
          best = static_cast<std::uint32_t>(at + end.size());
        }
      }
      // 生产线项目: the longer one.
      if (best != 0 && at >= best) {
        if (sent.chars.StartsAt(best, U"项目")) best += 2;
        break;
      }
    }
    if (best == 0) continue;
    Candidate candidate;
    candidate.begin = pos;
    candidate.end = best;
    candidate.kind = kProject;
    candidate.rule = "project.capacity";
    candidate.tier = kTierHead;
    candidate.confidence = 0.9;
    out.push_back(std::move(candidate));
  }
  (void)know;
}

void FindByHead(const Knowledge& know, const AnalysedSentence& sent, std::vector<Candidate>& out) {
  FindCapacities(know, sent, out);
  HeadReader reader(know, sent);
  for (std::uint32_t end = 2; end <= sent.size(); ++end) {
    std::uint32_t index = sent.head_end[end];
    if (index == kNothing || !sent.IsBoundary(end)) continue;
    if (know.lexicon.heads()[index].family != Family::kIndustry) {
      std::size_t before = out.size();
      reader.Read(end, know.lexicon.heads()[index], out);
      const Head& head = know.lexicon.heads()[index];
      if (head.family != Family::kProject) continue;
      Candidate line;
      if (out.size() > before && out.back().end == end) {
        line = out.back();
      } else {  // 高铁武汉至宜昌段
        line.begin = end - static_cast<std::uint32_t>(CountCodePoints(head.form));
        line.kind = kProject;
        line.tier = kTierHead;
      }
      AddSection(know, sent, end, line, out);
    }
  }
}

}  // namespace tupu::extract
