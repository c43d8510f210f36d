// What each family of heads asks of a name before it is believed (schemas/lexicons/README.md).
#include <algorithm>
#include <string_view>

#include "extract/ner/head_reader.h"
#include "extract/norm/numeral.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

bool IsPlaceLike(std::uint8_t kind) { return kind == kZone || kind == kPlace; }

// Of a region of this country, one of its own organs: courts, procurators, statisticians.
bool IsOfState(std::string_view form) {
  return form.ends_with("法院") || form.ends_with("检察院") || form == "统计局";
}

// What a region has many of: schools, centres, laboratories.
bool IsManyHead(std::string_view form) {
  return form.ends_with("学校") || form.ends_with("中心") || form.ends_with("实验室");
}

}  // namespace

void HeadReader::ReadBare(std::uint32_t begin, std::uint32_t end, const Head& head,
                          std::vector<Candidate>& out) const {
  bool bare = head.flags.find("bare") != std::string::npos;
  bool hosted = (head.flags.find("hosted") != std::string::npos && IsHosted(begin)) ||
                (head.flags.find("object") != std::string::npos && IsHeldObject(begin));
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

// 德国电子设备生产商青禾电脑公司: what a company is stands before what it is called.
std::uint32_t HeadReader::PastTrade(std::uint32_t begin, std::uint32_t head_token) const {
  std::uint32_t past = begin;
  for (std::uint32_t t = begin; t < head_token; ++t) {
    if (!(Cues(sent_.tokens[t]) & kTrade)) continue;
    bool named = false;
    for (std::uint32_t rest = t + 1; rest < head_token && !named; ++rest) {
      named = IsSpecific(rest, Family::kCompany);
    }
    if (named) past = t + 1;
  }
  return past;
}

// 2031年5月青石大桥, “十二五”期间沿江铁路: when is no part of a work's name.
std::uint32_t HeadReader::PastTime(std::uint32_t begin, std::uint32_t head_token) const {
  for (std::uint32_t t = begin; t < head_token; ++t) {
    const Token& token = sent_.tokens[t];
    const char32_t last = At(token.end - 1);
    const bool unit = last == U'年' || last == U'月' || last == U'日' ||
                      sent_.Text(token.begin, token.end) == "月份";
    const bool number = DigitOf(last) >= 0 || token.word_class == WordClass::kNumeral;
    const bool period =
        sent_.chars.EndsAt(token.end, U"期间") || sent_.chars.EndsAt(token.end, U"时期");
    // 中日, 节日, 青年 are no days and years; 5月, 五月, 今年 are.
    static constexpr std::u32string_view kSpoken = U"今去明昨当本上下同次翌";
    const char32_t before = token.end >= 2 ? At(token.end - 2) : 0;
    const bool spoken = t == begin && (token.size() == 1 ||
                                       kSpoken.find(At(token.begin)) != std::u32string_view::npos);
    const bool counted =
        unit && (spoken || DigitOf(before) >= 0 || ChineseDigitOf(before) >= 0 || before == U'十');
    if (period || (counted && token.size() <= 6)) {
      begin = t + 1;
    } else if (!number && At(token.begin) != U'“' && At(token.begin) != U'”' &&
               sent_.Text(token.begin, token.end) != "五") {
      break;
    }
  }
  return begin;
}

bool HeadReader::IsHeldObject(std::uint32_t begin) const {
  if (begin > 0 && At(begin - 1) == U'了') --begin;
  for (const std::u32string_view verb : {U"举行", U"召开"}) {
    if (sent_.chars.EndsAt(begin, verb)) {
      return IsHosted(begin);
    }
  }
  return false;
}

bool HeadReader::IsHosted(std::uint32_t begin) const {
  bool held = false;
  std::uint32_t first = sent_.token_at[begin];
  for (std::uint32_t t = first; t > 0 && first - t < 40; --t) {
    const Token& token = sent_.tokens[t - 1];
    std::string_view text = sent_.Text(token.begin, token.end);
    held = held || text == "举行" || text == "召开" || text == "举办";
    std::uint8_t kind = KindOf(know_, sent_, token);
    if (held && (kind <= kInstitution || kind == kEvent || IsRegion(token))) return true;
  }
  return false;
}

void HeadReader::Emit(std::uint32_t begin, std::uint32_t head_begin, std::uint32_t end,
                      const Head& head, std::vector<Candidate>& out) const {
  std::uint32_t head_token = sent_.token_at[head_begin];
  std::uint32_t start = sent_.tokens[begin].begin;
  if (begin > head_token || start >= head_begin) return;
  bool specific = false;
  bool starts = false;  // 中国, 国家: specific only with more
  bool own = false;     // specific by something else
  bool named = false;   // likewise, but not by single characters in a row
  bool region = false;
  bool quoted = false;
  bool number = false;
  bool level = IsLevelToken(sent_, sent_.tokens[begin]);
  // 各市教育局, 各设区市科技局: one in every region.
  if (level && (sent_.chars.EndsAt(start, U"各") || sent_.chars.EndsAt(start, U"设区") ||
                OfEveryLevel(sent_, start))) {
    return;
  }
  std::uint32_t content = 0;  // characters of words that are not generic
  for (std::uint32_t t = begin;
       t < head_token || (t == head_token && sent_.tokens[t].begin < head_begin); ++t) {
    const Token& token = sent_.tokens[t];
    specific = specific || IsSpecific(t, head.family);
    starts = starts || StartsNames(token);
    own = own || (IsSpecific(t, head.family) && !StartsNames(token));
    named = named || StartsNames(token) || (head.family == Family::kEvent && StartsEvents(token)) ||
            (IsUnknown(token) && !IsLoose(t));
    region = region || IsRegion(token);
    quoted = quoted || At(token.begin) == U'“' ||
             (head.family == Family::kEvent && At(token.begin) == U'《');
    number = number || (head.family == Family::kEvent ? IsOrdinal(t) : IsQuantity(t, head.family));
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
      // 竹国第三大电商公司, 竹国教育科技公司Bambu: what it is, not what it is called.
      if (head.form == "公司" && ForeignRegion(begin) && IsPlainTrade(begin + 1, head_token, end)) {
        return;
      }
      // 美国公司, 北京分公司: one of many there.
      if ((head.form == "公司" || head.form == "分公司" || head.form == "厂") &&
          sent_.tokens[head_token].begin == head_begin && OnlyRegions(begin, head_token)) {
        return;
      }
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
      if (weak_head && !quoted && IsManyHead(head.form) && !NamedBesideRegion(begin, head_token)) {
        return;
      }
      // 国家技术创新中心 is a class, 国家计算机病毒应急处理中心 is not.
      if (!own && !level && weak_head && modifier < 7) return;
      if (!own && !level && modifier < 4) return;
      // 青石代表团, 竹国代表团: who came from there; 竹国体育代表团 has a name.
      if (head.form == "代表团" && !NamedBesideRegion(begin, head_token)) return;
      if ((level || IsDivisionToken(begin)) && IsOfState(head.form)) {
        candidate.kind = kLocalGovernment;
      }
      break;
    case Family::kGovernment:
      candidate.rule = "government.head";
      for (std::uint32_t at = start; at + 1 < end; ++at) {  // 福建省委省政府
        if (At(at) == U'委' && (At(at + 1) == U'省' || At(at + 1) == U'市' || At(at + 1) == U'县' ||
                                At(at + 1) == U'区')) {
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
      // 昆明市晋宁县局地有雨: nothing but regions.
      std::uint32_t regions = begin;
      while (regions + 1 < head_token && IsRegion(sent_.tokens[regions + 1])) ++regions;
      if (sent_.tokens[regions].end > head_begin) return;
      std::uint32_t body = head_begin - sent_.tokens[regions].end;
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
      // 省级开发区 and 吉林省省级开发区 are classes, 都山省级自然保护区 is not.
      for (std::uint32_t t = begin; t < head_token && !quoted; ++t) {
        const Token& token = sent_.tokens[t];
        if (At(token.end - 1) != U'级' || token.size() == 1) continue;
        if (t == begin || (IsRegion(sent_.tokens[t - 1]) && !ForeignRegion(t - 1))) return;
        if (begin > 0 && sent_.tokens[begin - 1].word_class == WordClass::kNumeral) return;
      }
      {
        // 湖南岳阳云溪园区: the city is the name's, the province only where the city is.
        const bool stacked = begin + 1 < head_token && IsRegion(sent_.tokens[begin + 1]) &&
                             KindOf(know_, sent_, sent_.tokens[begin]) == kProvince &&
                             KindOf(know_, sent_, sent_.tokens[begin + 1]) == kCity;
        candidate.begin = StripRegions(stacked ? begin + 1 : begin, head_token, head_begin);
        // 甲自由贸易试验区厦门片区: a part is named with the zone that it is a part of.
        if (head.form == "片区" || head.form == "起步区" || head.form == "启动区" ||
            head.form == "核心区") {
          for (std::uint32_t t = begin; t < head_token; ++t) {
            if (KindOf(know_, sent_, sent_.tokens[t]) != kZone) continue;
            candidate.begin = sent_.tokens[t].begin;
            break;
          }
        }
      }
      break;
    case Family::kPlace:
      candidate.rule = "place.head";
      // 竹溪路58号科技大厦
      if (start > 1 && At(start - 1) == U'号' && DigitOf(At(start - 2)) >= 0 && modifier >= 2) {
        break;
      }
      if (!specific || sent_.tokens[begin].word_class == WordClass::kAscii) return;
      if (weak_head) {  // 天津港口: a region and a common word
        // 原平市沙河公园: of two regions the second is its own word.
        static constexpr std::u32string_view kLevels = U"省市县区州旗盟";
        const auto levelled = [&](std::uint32_t t) {
          return kLevels.find(At(sent_.tokens[t].end - 1)) != std::u32string_view::npos;
        };
        bool only_regions = begin + 2 != head_token || !levelled(begin) || levelled(head_token - 1);
        for (std::uint32_t t = begin; t < head_token; ++t) {
          // 喀纳斯景区: the scenery is its own word.
          const bool scenery = head.form.ends_with("景区") && ForeignRegion(t);
          only_regions = only_regions && IsRegion(sent_.tokens[t]) && !scenery;
        }
        if (only_regions) return;
      }
      candidate.begin = head.form.ends_with("机场") ? PastCountry(begin, head_token)
                                                    : StripRegions(begin, head_token, head_begin);
      if (head.form.ends_with("灌区")) {
        candidate.begin = std::max(candidate.begin, LastRegion(begin, head_token));
        if (head_begin < candidate.begin + 2) return;
      }
      if (weak_head && head_begin < candidate.begin + 2) return;
      // 塘头镇青杠坝村 is a village in a town.
      for (std::uint32_t t = begin; t < head_token && CountCodePoints(head.form) <= 2; ++t) {
        const Head* town = HeadAt(sent_.tokens[t].end);
        bool inside = town && town->kind == kPlace && sent_.tokens[t].end < head_begin &&
                      (town->form == "镇" || town->form == "乡" || town->form == "街道");
        if (inside) candidate.begin = std::max(candidate.begin, sent_.tokens[t].end);
      }
      if (CountCodePoints(head.form) == 1 && end - candidate.begin < 3) return;  // 强镇, 茶乡
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
            next.word_class != WordClass::kPreposition && next.word_class != WordClass::kParticle) {
          return;
        }
      }
      candidate.tier = kTierLoose;
      break;
    case Family::kProject:
      candidate.rule = "project.head";
      if (head.form.find("期") != std::string::npos && At(head_begin - 1) == U'第')
        return;  // 第一期
      if (LinePair(begin, head_token)) break;
      // 远山集团工程总监, 海洋工程装备: the word goes on.
      if (weak_head && end < sent_.size() && sent_.IsBoundary(end) &&
          (Cues(sent_.tokens[sent_.token_at[end]]) & kBeyondWork)) {
        return;
      }
      if (IsClassOfWorks(begin, head_token, head_begin, head, quoted)) return;
      if (!own && !quoted && !number) return;
      if (weak_head && !quoted && !number && !OwnWord(begin, head_token)) return;
      if (weak_head && !region && !quoted && !number && content < 4) return;
      break;
    case Family::kEvent:
      candidate.rule = "event.head";
      // 甲同乙国总统会谈: who met says no name, but for a round that is counted.
      if (head.form.ends_with("会谈") && !number && !quoted) return;
      // 主席团举行第二次会议: a number is enough where somebody holds it.
      if (weak_head && number && modifier >= 3 && content <= 3 && IsHosted(start)) {
        candidate.rule = "event.hosted";
        break;
      }
      if (weak_head && !quoted && !((region || number || named) && modifier >= 4)) return;
      if (!specific && !quoted && !number && content < 4) return;
      if (modifier < 2) return;
      if (At(start) == U'《') candidate.tier = kTierTitle + 1;  // named after a document
      // 老挝人民代表大会 is a body, one that is counted a meeting.
      if (head.form == "代表大会" && !number && ForeignRegion(begin)) candidate.kind = kInstitution;
      break;
    case Family::kPolicy:
      candidate.rule = "policy.head";
      if (modifier < 2) return;
      // “清朗·…整治”专项行动: a campaign of enforcement.
      if (head.form.ends_with("行动") &&
          (HoldsDrive(begin, head_token) || EndsLikeDrive(sent_, start, end))) {
        candidate.kind = kEvent;
      }
      if (head.flags.find("strong") != std::string::npos) break;
      if (weak_head && !quoted && !(content >= 4 && IssuedBefore(begin))) return;
      if (weak_head && NounAt(end)) return;  // 启动建设预警措施通报平台
      if (!specific && !quoted && content < 4) return;
      break;
    case Family::kCampaign: {
      candidate.rule = "policy.campaign";
      if (!quoted && (content < 4 || !(StartedBefore(begin) || StartedAfter(end)))) return;
      if (HoldsDrive(begin, head_token) || EndsLikeDrive(sent_, start, end)) {
        candidate.kind = kEvent;
      }
      for (std::uint32_t t = begin; t < head_token && !quoted; ++t) {
        if (IsWarfare(sent_.tokens[t])) return;
      }
      break;
    }
    case Family::kIndustry:
      candidate.rule = "industry.head";
      break;
  }
  // 储能电池产业园项目: works, whatever is built.
  if (head.family == Family::kZone && end + 1 < sent_.size()) {
    std::uint32_t at = end;
    if (At(at) == U'建' && At(at + 1) == U'设' && at + 3 < sent_.size()) at += 2;
    if (At(at) == U'项' && At(at + 1) == U'目') {
      candidate.kind = kProject;
      candidate.rule = "project.head";
      candidate.end = at + 2;
    }
  }
  if (EndsInKnownName(candidate)) return;
  out.push_back(std::move(candidate));
}

bool HeadReader::EndsInKnownPolicy(const Candidate& candidate) const {
  if (candidate.kind != kPolicy) return false;
  const auto acts = [&](const Token& token) {
    return token.word_class == WordClass::kVerb || token.word_class == WordClass::kInner;
  };
  return std::any_of(sent_.matches.begin(), sent_.matches.end(), [&](const NameMatch& match) {
    if (match.end != candidate.end || match.begin <= candidate.begin) return false;
    if (know_.entry_kinds[match.senses.front().entry] != kPolicy) return false;
    return std::all_of(sent_.tokens.begin() + sent_.token_at[candidate.begin],
                       sent_.tokens.begin() + sent_.token_at[match.begin], acts);
  });
}

bool HeadReader::EndsInKnownName(const Candidate& candidate) const {
  if (EndsInKnownPolicy(candidate)) return true;
  if (candidate.kind > kInstitution && candidate.kind != kZone && candidate.kind != kPlace) {
    return false;
  }
  for (const NameMatch& match : sent_.matches) {
    if (match.end != candidate.end || match.begin <= candidate.begin) continue;
    std::uint8_t kind = know_.entry_kinds[match.senses.front().entry];
    bool same = kind == candidate.kind ||
                (kind <= kInstitution && candidate.kind <= kInstitution) ||
                (IsPlaceLike(kind) && IsPlaceLike(candidate.kind));
    if (!same || match.end - match.begin < 4 || match.senses.front().weak) continue;
    // 上海 of 上海临港新片区, 中国石油 of 中国石油吉林石化公司.
    bool names = true;
    for (std::uint32_t t = sent_.token_at[candidate.begin];
         t < sent_.tokens.size() && sent_.tokens[t].begin < match.begin; ++t) {
      const Token& token = sent_.tokens[t];
      names =
          names && (token.word_class == WordClass::kMark || KindOf(know_, sent_, token) <= kPlace);
    }
    if (!names) return true;
  }
  return false;
}

bool HeadReader::IsQuantity(std::uint32_t index, Family family) const {
  const Token& token = sent_.tokens[index];
  bool digits = token.word_class == WordClass::kNumeral ||
                (token.word_class == WordClass::kAscii && DigitOf(At(token.begin)) >= 0);
  if (!digits) return false;
  if (family != Family::kProject) return true;
  std::uint32_t end = token.end;
  while (At(end) == U'万' || At(end) == U'亿' || At(end) == U'余' || At(end) == U'多') ++end;
  static constexpr std::u32string_view kUnits = U"吨千兆号代寸台立平座标升颗片套瓦英t";
  return kUnits.find(At(end)) != std::u32string_view::npos && At(end) != 0;
}

bool HeadReader::IsOrdinal(std::uint32_t index) const {
  const Token& token = sent_.tokens[index];
  if (!IsQuantity(index, Family::kEvent)) return false;
  bool year = token.word_class == WordClass::kAscii && token.size() == 4;
  static constexpr std::u32string_view kUnits = U"届年次";
  return year || At(token.begin) == U'第' || (token.begin > 0 && At(token.begin - 1) == U'第') ||
         (At(token.end) != 0 && kUnits.find(At(token.end)) != std::u32string_view::npos) ||
         kUnits.find(At(token.end - 1)) != std::u32string_view::npos;
}

bool HeadReader::HoldsDrive(std::uint32_t begin, std::uint32_t head_token) const {
  return std::any_of(sent_.tokens.begin() + begin, sent_.tokens.begin() + head_token,
                     [&](const Token& token) { return (Cues(token) & kDrive) != 0; });
}

bool HeadReader::StartedBefore(std::uint32_t begin) const {
  if (begin == 0) return false;
  const Token& left = sent_.tokens[begin - 1];
  std::string_view text = sent_.Text(left.begin, left.end);
  return text == "实施" || text == "启动" || text == "部署" || text == "推进" || text == "开展";
}

// 地面军事行动 is no programme.
bool HeadReader::IsWarfare(const Token& token) const {
  for (std::u32string_view word : {U"军事", U"作战", U"进攻", U"袭击", U"地面", U"战斗", U"搜捕"}) {
    if (sent_.chars.StartsAt(token.begin, word)) return true;
  }
  return false;
}

// 全面, 扎实: how something is done, where the word is no adverb by its class.
bool HeadReader::IsManner(std::uint32_t pos) const {
  for (std::u32string_view word :
       {U"全面", U"正式", U"扎实", U"深入", U"圆满", U"持续", U"稳步", U"有序", U"加快", U"顺利"}) {
    if (sent_.chars.StartsAt(pos, word)) return true;
  }
  return false;
}

bool HeadReader::StartedAfter(std::uint32_t end) const {
  // 竹艺传承行动近日在全国全面铺开: adverbs and days, then what becomes of it.
  constexpr std::uint32_t kFar = 12;
  const std::uint32_t limit =
      std::min<std::uint32_t>(static_cast<std::uint32_t>(sent_.size()), end + kFar);
  for (std::uint32_t at = end; at < limit;) {
    for (std::u32string_view word :
         {U"启动", U"实施", U"开展", U"推进", U"深化", U"铺开", U"推行", U"落地", U"收官"}) {
      if (sent_.chars.StartsAt(at, word)) return true;
    }
    const Token& token = sent_.tokens[sent_.token_at[at]];
    const bool passed = token.word_class == WordClass::kAdverb ||
                        token.word_class == WordClass::kTime ||
                        token.word_class == WordClass::kAdjective;
    if (!passed && !IsManner(at)) return false;
    at = token.end;
  }
  return false;
}

bool HeadReader::IssuedBefore(std::uint32_t begin) const {
  if (begin == 0) return false;
  const Token& left = sent_.tokens[begin - 1];
  std::string_view text = sent_.Text(left.begin, left.end);
  // 应当制定工作方案, 采取措施: a duty, or what is done, is no document that there is.
  if (text == "采取" || text == "制定" || text == "编制") return false;
  return (Cues(left) & kIssue) != 0 || text == "启动" || text == "推出";
}

bool HeadReader::NounAt(std::uint32_t pos) const {
  return pos < sent_.size() && sent_.IsBoundary(pos) &&
         sent_.tokens[sent_.token_at[pos]].word_class == WordClass::kNoun;
}

bool HeadReader::TitleAt(std::uint32_t pos) const {
  for (std::uint32_t end = pos + 1; end <= pos + 6 && end <= sent_.size(); ++end) {
    if (sent_.title_end[end] == pos) return true;
  }
  return false;
}

bool HeadReader::BrandBefore(std::uint32_t begin, std::uint32_t head_token,
                             std::uint32_t head_begin) const {
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

bool HeadReader::OwnWord(std::uint32_t begin, std::uint32_t head_token) const {
  for (std::uint32_t t = begin; t < head_token; ++t) {
    const Token& token = sent_.tokens[t];
    if (!IsRegion(token) && !(Cues(token) & kGeneric) && token.word_class != WordClass::kMark &&
        token.word_class != WordClass::kNumeral && token.word_class != WordClass::kMeasure) {
      return true;
    }
  }
  return false;
}

bool HeadReader::OnlyRegions(std::uint32_t begin, std::uint32_t head_token) const {
  for (std::uint32_t t = begin; t < head_token; ++t) {
    if (!IsRegion(sent_.tokens[t])) return false;
  }
  return begin < head_token;
}

bool HeadReader::NamedBesideRegion(std::uint32_t begin, std::uint32_t head_token) const {
  for (std::uint32_t t = begin; t < head_token; ++t) {
    const Token& token = sent_.tokens[t];
    bool division = IsRegion(token) && !ForeignRegion(t);  // 太湖实验室 is named so
    // 青石市企业服务中心, but not 青石市企业技术中心, of which there are many.
    if (sent_.Text(token.begin, token.end) == "企业" &&
        (t + 1 < head_token || sent_.chars.StartsAt(token.end, U"服务"))) {
      return true;
    }
    if (!division && !IsLevelToken(sent_, token) && !(Cues(token) & kGeneric) &&
        token.word_class != WordClass::kAdjective && token.word_class != WordClass::kMark &&
        token.word_class != WordClass::kConjunction) {
      return true;
    }
  }
  return false;
}

bool HeadReader::LinePair(std::uint32_t begin, std::uint32_t head_token) const {
  std::uint32_t count = 0;
  for (std::uint32_t t = head_token; t > begin; --t) {
    const Token& token = sent_.tokens[t - 1];
    if (token.size() != 1 || !IsHan(At(token.begin))) return false;
    ++count;
  }
  return count >= 2 && count <= 4;
}

std::uint32_t HeadReader::StripRegions(std::uint32_t begin, std::uint32_t head_token,
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
  // 岳阳庄上村: behind a city two characters are a village's own name, whatever word they make.
  const auto is_upper = [&](std::uint32_t t) {
    const std::uint8_t kind = KindOf(know_, sent_, sent_.tokens[t]);
    return kind == kProvince || kind == kCity || has_level(t);
  };
  const bool village =
      head_begin < sent_.size() && at > begin && is_upper(at - 1) &&
      (At(head_begin) == U'村' || At(head_begin) == U'镇' || At(head_begin) == U'乡');
  bool own_word = at < head_token && at > begin && head_begin >= start + 2 &&
                  (village || IsUnknown(sent_.tokens[at]) || IsLoose(at)) &&
                  // 东湖乡东湖村: the town's own word.
                  At(start) != U'乡' && At(start) != U'镇';
  return own_word ? start : sent_.tokens[begin].begin;
}

bool HeadReader::IndustryPark(std::uint32_t begin, std::uint32_t head_token,
                              const Head& head) const {
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

bool HeadReader::ZoneBefore(std::uint32_t begin, std::uint32_t head_token) const {
  for (std::uint32_t t = begin; t < head_token; ++t) {
    const Head* head = HeadAt(sent_.tokens[t].end);
    if (head && head->kind == kZone) return true;
    if (KindOf(know_, sent_, sent_.tokens[t]) == kZone) return true;
  }
  return false;
}

bool HeadReader::ForeignRegion(std::uint32_t index) const {
  return KindOf(know_, sent_, sent_.tokens[index]) == kPlace;
}

}  // namespace tupu::extract
