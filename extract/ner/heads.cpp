// Names by structure: a head (公司, 开发区, 峰会) and what belongs to it on its left. The walk goes
// token by token until a word that stands in no name of the family; then leading words that start
// no name are cut off, and what remains must be specific: a place, an unknown word, a number or a
// quotation tells it apart from the class (合肥高新区, not 国家级高新区).
#include <algorithm>
#include <string_view>

#include "extract/ner/head_reader.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::uint32_t kMaxOrganisation = 30;  // characters
constexpr std::uint32_t kMaxDescription = 48;

}  // namespace

void HeadReader::Read(std::uint32_t end, const Head& head, std::vector<Candidate>& out) const {
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
  const std::uint32_t walked = Walk(head_token, head, end);
  std::uint32_t begin = FromRegion(Trim(walked, head_token, head), head, end);
  if (IsLegalForm(head)) {
    // The field before the form, which alone is no name, may stand behind one.
    if (begin == head_token && walked < head_token) --begin;
    begin = LegalBegin(begin, head_token);
  }
  if (sent_.tokens[begin].begin >= head_begin) {
    ReadBare(head_begin, end, head, out);
    return;
  }
  const std::size_t before = out.size();
  Emit(begin, head_begin, end, head, out);
  if (out.size() > before && IsLegalForm(head)) LookUpWithoutQuote(out.back());
}

bool HeadReader::FollowedByTail(std::uint32_t end, const Head& head) const {
  const Head* longer = end < sent_.size() ? HeadAt(end + 1) : nullptr;
  if (longer && head.family != Family::kGovernment && longer->form.size() > head.form.size() + 3 &&
      longer->form.compare(0, head.form.size(), head.form) == 0 && sent_.IsBoundary(end + 1)) {
    return true;
  }
  if (At(end) == U'门' && At(end - 1) == U'部') return true;
  if (head.family == Family::kGovernment &&
      (sent_.chars.EndsAt(end, U"反政府") || (At(end - 1) == U'府' && At(end) == U'军'))) {
    return true;
  }
  // 议会大楼 is no parliament.
  if (IsOrganisationFamily(head.family) &&
      (sent_.chars.StartsAt(end, U"大楼") || sent_.chars.StartsAt(end, U"大厦"))) {
    return true;
  }
  // 甲地空军基地 is a place.
  if (sent_.chars.EndsAt(end, U"军") && sent_.chars.StartsAt(end, U"基地")) return true;
  // 政府采购, 政府投资
  if (At(end - 1) == U'府' && head.kind == kLocalGovernment) {
    for (std::u32string_view tail : {U"采购", U"投资", U"引导", U"购买", U"产业", U"专项"}) {
      if (sent_.chars.StartsAt(end, tail)) return true;
    }
  }
  // 远山顾问食品行业: the field of which the company speaks.
  if (head.family == Family::kBrand) {
    for (std::u32string_view tail : {U"行业", U"产业", U"业务", U"板块", U"领域", U"市场", U"产品",
                                     U"价格", U"设备", U"系统"}) {
      if (sent_.chars.StartsAt(end, tail)) return true;
    }
  }
  // 特高压直流输电工程
  if (sent_.chars.EndsAt(end, U"特高压") &&
      (sent_.chars.StartsAt(end, U"直流") || sent_.chars.StartsAt(end, U"交流") ||
       sent_.chars.StartsAt(end, U"输电"))) {
    return true;
  }
  // 服务业商务活动指数
  if (sent_.chars.EndsAt(end, U"活动") && sent_.chars.StartsAt(end, U"指数")) return true;
  // 甲电气控股股东, 甲电气控股子公司
  if (sent_.chars.EndsAt(end, U"控股")) {
    for (std::u32string_view tail : {U"股东", U"子公司", U"权", U"孙公司", U"方", U"地位"}) {
      if (sent_.chars.StartsAt(end, tail)) return true;
    }
  }
  static constexpr std::u32string_view kTails = U"级型类式界化率";
  return kTails.find(At(end)) != std::u32string_view::npos && At(end) != 0;
}

bool HeadReader::GovernsEvent(const Token& token) const {
  if (token.size() != 2) return false;
  const auto is = [&](std::u32string_view word) { return sent_.chars.StartsAt(token.begin, word); };
  // 宣讲活动 is a name, 宣讲二十届四中全会 is none.
  const bool inner = is(U"宣讲") || is(U"安排") || is(U"结合") || is(U"发起");
  if (!inner && !is(U"决定") && !is(U"建议") && !is(U"巡视") && !is(U"列席") && !is(U"兼任") &&
      !is(U"波及")) {
    return false;
  }
  const std::uint32_t next = sent_.token_at[token.begin] + 1;
  if (next >= sent_.tokens.size()) return false;
  const Token& after = sent_.tokens[next];
  const Head* head = HeadAt(after.end);
  return after.word_class == WordClass::kNumeral || after.word_class == WordClass::kName ||
         At(after.begin) == U'第' || (inner && At(after.begin) == U'“') ||
         (!inner && head != nullptr && head->kind == kEvent);
}

bool HeadReader::Allowed(const Token& token, Family family) const {
  std::uint32_t cues = Cues(token);
  if (cues & kStop) return false;
  if (family == Family::kEvent && GovernsEvent(token)) return false;
  // 3月5日绿道规划: the day on which it was signed.
  const bool policy = family == Family::kPolicy || family == Family::kCampaign;
  if (policy && At(token.end - 1) == U'日' && token.end > 1 && DigitOf(At(token.end - 2)) >= 0) {
    return false;
  }
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
      // 甲至乙正负800千伏输电工程
      if (family == Family::kProject && sent_.Text(token.begin, token.end) == "正负") {
        return DigitOf(At(token.end)) >= 0;
      }
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
      if (first == U'±') return family == Family::kProject;  // ±800千伏
      if (first == U'—' && (At(token.begin + 1) == U'—' || At(token.begin - 1) == U'—')) {
        return false;
      }
      return (first == U'—' || first == U'-' || first == U'–' || first == U'－') &&
             family != Family::kCompany && family != Family::kPlace;
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

bool HeadReader::JoinsNouns(std::uint32_t index, std::uint32_t end, const Head& head) const {
  static constexpr std::u32string_view kAnd = U"和与及";
  const Token& token = sent_.tokens[index];
  if (head.family == Family::kEvent && token.size() == 1 && At(token.begin) == U'暨') return true;
  // 美国驻丹麦大使馆
  if (head.family == Family::kInstitution && At(token.begin) == U'驻' && token.size() == 1 &&
      head.form.ends_with("馆")) {
    return index > 0 && index + 1 < sent_.tokens.size() && IsRegion(sent_.tokens[index - 1]) &&
           IsRegion(sent_.tokens[index + 1]);
  }
  // 西安至延安高铁
  if (head.family == Family::kProject && token.size() == 1 &&
      (At(token.begin) == U'至' || At(token.begin) == U'经' || At(token.begin) == U'送') &&
      index > 0 && index + 1 < sent_.tokens.size()) {
    auto is_place = [&](const Token& side) {
      return IsRegion(side) || side.word_class == WordClass::kUnknown ||
             side.word_class == WordClass::kName;
    };
    return is_place(sent_.tokens[index - 1]) && is_place(sent_.tokens[index + 1]);
  }
  if (token.size() != 1 || kAnd.find(At(token.begin)) == std::u32string_view::npos) return false;
  // 中国发展和政府工作: two things, no name.
  if (token.end + CountCodePoints(head.form) == end) return false;
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
    // 大会精神和工作会议, 讲话和全会
    const std::string_view word = sent_.Text(left.begin, left.end);
    if (head.kind == kEvent && (word == "精神" || word == "讲话" || word == "部署")) return false;
    const Token& right = sent_.tokens[index + 1];
    if (right.word_class == WordClass::kName && right.end == end) return false;  // 讲话和全国两会
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

bool HeadReader::OfEnterprises(std::uint32_t index, std::uint32_t head_token,
                               const Head& head) const {
  const Token& token = sent_.tokens[index];
  if (head.family != Family::kInstitution || token.word_class != WordClass::kNoun ||
      (Cues(token) & kGeneric) == 0) {
    return false;
  }
  if (index + 1 == head_token) return sent_.tokens[head_token].begin == token.end;
  // 青石市企业发展服务中心: behind its region, with a word for what it does.
  return index > 0 && index + 2 == head_token &&
         sent_.tokens[index + 1].word_class == WordClass::kInner &&
         (IsRegion(sent_.tokens[index - 1]) ||
          KindOf(know_, sent_, sent_.tokens[index - 1]) == kZone);
}

bool HeadReader::IsBracket(std::uint32_t index) const {
  const char32_t c = At(sent_.tokens[index].begin);
  return c == U'（' || c == U'(';
}

bool HeadReader::StartsNames(const Token& token) const {
  std::string_view text = sent_.Text(token.begin, token.end);
  static constexpr std::string_view kStarts[] = {"中国", "全国", "国家", "国际",   "中央",
                                                 "中华", "亚洲", "世界", "联合国", "欧洲"};
  return std::find(std::begin(kStarts), std::end(kStarts), text) != std::end(kStarts);
}

// 全军军事工作会议, 全球妇女峰会
bool HeadReader::StartsEvents(const Token& token) const {
  const std::string_view text = sent_.Text(token.begin, token.end);
  return StartsNames(token) || text == "全军" || text == "全球";
}

bool HeadReader::IsJubilee(const Token& token) const {
  std::uint32_t at = token.end;
  while (DigitOf(At(at)) >= 0) ++at;
  return token.word_class == WordClass::kVerb && at > token.end &&
         sent_.chars.StartsAt(at, U"周年");
}

std::uint32_t HeadReader::Walk(std::uint32_t head_token, const Head& head,
                               std::uint32_t end) const {
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
      // 禾和竹业(4.000,-0.07,-1.72%)集团有限公司: what a portal puts in counts for nothing.
      bool stock = bracket && IsLegalForm(head) && IsStockQuote(mate, token.begin);
      if (stock) limit += inside + 2;
      bool fine = (quote && head.family != Family::kCompany && inside <= 30) ||
                  (title && inside <= 40) || stock ||
                  (bracket && inside <= 8 && mate > 0 && At(token.begin - 1) != U'日' &&
                   head.family != Family::kGovernment && head.family != Family::kDepartment);
      if (!fine || end - mate > limit) break;
      at = sent_.token_at[mate];
      continue;
    }
    Family family = strong ? Family::kCampaign : head.family;
    // 湿地保护法实施座谈会
    const bool of_law = head.family == Family::kEvent && previous > 0 &&
                        sent_.Text(token.begin, token.end) == "实施" &&
                        KindOf(know_, sent_, sent_.tokens[previous - 1]) == kPolicy;
    if (!of_law && !Allowed(token, family) && !JoinsNouns(previous, end, head) &&
        !OfEnterprises(previous, head_token, head) && !InLegalName(previous, head) &&
        !(head.family == Family::kEvent && IsJubilee(token)) &&
        !InLooseWord(previous, head_token, head)) {
      break;
    }
    // 河北连接雄安新区, 长沙创建国家产业先导区: behind a verb another name begins.
    if (head.family == Family::kZone && at != head_token && token.word_class == WordClass::kVerb &&
        (IsRegion(sent_.tokens[at]) || StartsNames(sent_.tokens[at]))) {
      break;
    }
    // 至岳阳路段庄上村
    if (head.family == Family::kPlace && sent_.Text(token.begin, token.end) == "路段") break;
    // 开发区建设铁路专用线项目, 共建西部科学城: what is built begins behind the verb.
    // A head of several words says enough by itself: 合资建设炼化一体化项目.
    const bool known =
        sent_.tokens[head_token].match != kNothing || CountCodePoints(head.form) >= 5;
    if ((at != head_token || known) && !organisation && !IsDescriptionFamily(head.family)) {
      std::string_view text = sent_.Text(token.begin, token.end);
      if (text == "建设" || text == "共建" || text == "投资" || text == "申报" || text == "贯穿" ||
          text == "合作") {
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
        // 沁水县山西…公司: an address, and then a name that begins with its province.
        const std::uint8_t before_kind = KindOf(know_, sent_, token);
        const bool address = organisation && KindOf(know_, sent_, sent_.tokens[at]) == kProvince &&
                             (before_kind == kCity || before_kind == kCounty);
        if (address) break;
        bool goes_on = IsRegion(token) || StartsNames(token) || c == U'驻' ||
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

bool HeadReader::IsUnknown(const Token& token) const {
  if (token.word_class == WordClass::kUnknown) return true;
  if (token.word_class == WordClass::kAscii) return DigitOf(At(token.begin)) < 0;
  return token.word_class == WordClass::kName && KindOf(know_, sent_, token) != kIndustry;
}

bool HeadReader::IsLoose(std::uint32_t index) const {
  const Token& token = sent_.tokens[index];
  if (token.size() != 1 || token.word_class == WordClass::kMark) return false;
  static constexpr std::u32string_view kCommon = U"大小新老高总第中东西南北上下省市区县级类型个";
  return kCommon.find(At(token.begin)) == std::u32string_view::npos;
}

bool HeadReader::InLooseWord(std::uint32_t index, std::uint32_t head_token,
                             const Head& head) const {
  constexpr std::uint32_t kMaxWord = 4;
  const bool weak = head.flags.find("weak") != std::string::npos;
  if ((weak && head.family != Family::kPlace) || CountCodePoints(head.form) < 2) return false;
  if (head.family != Family::kProject && head.family != Family::kPlace) return false;
  static constexpr std::u32string_view kApart =
      U"的了着过在和与及从到对向将把被让使为以等是有个座条之于其该此这那各每又也都已再时年月日元"
      U"不未曾拟由因自至往给跟同或但而且则就才仅只约近超共还一二两三四五六七八九十"
      U"系走来去出入进回起建修造开";
  const auto loose = [&](std::uint32_t t) {
    const Token& token = sent_.tokens[t];
    return token.size() == 1 && IsHan(At(token.begin)) &&
           kApart.find(At(token.begin)) == std::u32string_view::npos && !IsRegion(token) &&
           !(Cues(token) & kStop);
  };
  std::uint32_t begin = head_token;
  while (begin > 0 && head_token - begin <= kMaxWord && loose(begin - 1)) --begin;
  if (index < begin || head_token - begin < 2 || head_token - begin > kMaxWord) return false;
  if (begin == 0) return !weak;
  // An edge before it: a mark, 的, a region; of a common word (大厦) only a region.
  const Token& left = sent_.tokens[begin - 1];
  if (weak) return IsRegion(left);
  return left.word_class == WordClass::kMark || left.word_class == WordClass::kParticle ||
         left.word_class == WordClass::kConjunction || IsRegion(left);
}

bool HeadReader::IsSpecific(std::uint32_t index, Family family) const {
  const Token& token = sent_.tokens[index];
  if (StartsNames(token)) return IsOrganisationFamily(family) || family == Family::kEvent;
  if (family == Family::kEvent && StartsEvents(token)) return true;
  if (IsUnknown(token) || IsRegion(token)) return true;
  if (At(token.begin) == U'“') return true;
  if (IsLoose(index) && ((index > 0 && IsLoose(index - 1)) ||
                         (index + 1 < sent_.tokens.size() && IsLoose(index + 1)))) {
    return true;
  }
  return false;
}

bool HeadReader::FirmStart(std::uint32_t index) const {
  if (index == 0) return true;
  const Token& left = sent_.tokens[index - 1];
  return left.word_class == WordClass::kMark || left.word_class == WordClass::kParticle;
}

// 参赛人员第三届茶艺大赛, 3月5日第二次会议: what is counted begins at its number, unless a name
// stands before it.
std::uint32_t HeadReader::FromOrdinal(std::uint32_t begin, std::uint32_t head_token) const {
  bool apart = false;  // a word or a day, not only a year, which may be the name's
  for (std::uint32_t t = begin; t < head_token; ++t) {
    const Token& token = sent_.tokens[t];
    if (At(token.begin) == U'第') return apart ? t : begin;
    const char32_t last = At(token.end - 1);
    const bool common = token.word_class == WordClass::kNoun && !IsSpecific(t, Family::kEvent);
    apart = apart || common || last == U'日';
    const bool date = last == U'日' || last == U'月' || last == U'年' || DigitOf(last) >= 0;
    if (!date && !common) return begin;
  }
  return begin;
}

// 9月26日竹业工作会议: the day is not of the name, a year (2026年) may be.
std::uint32_t HeadReader::PastDay(std::uint32_t begin, std::uint32_t head_token) const {
  std::uint32_t t = begin;
  while (t < head_token) {
    const char32_t last = At(sent_.tokens[t].end - 1);
    const bool unit = last == U'年' || last == U'月' || last == U'日';
    if (DigitOf(last) < 0 && !(unit && sent_.tokens[t].size() <= 3)) break;
    ++t;
    // 中日, 节日 are no days.
    const Token& day = sent_.tokens[t - 1];
    const bool numbered = day.size() > 1 ? DigitOf(At(day.end - 2)) >= 0
                                         : day.begin > 0 && DigitOf(At(day.begin - 1)) >= 0;
    if (last == U'日' && numbered) begin = t;
  }
  return begin;
}

std::uint32_t HeadReader::Trim(std::uint32_t begin, std::uint32_t head_token,
                               const Head& head) const {
  bool description = IsDescriptionFamily(head.family);
  // Works and parks are described by common words too; where 的 or a mark says that the name
  // begins, they stay.
  bool park = head.family == Family::kZone && head.flags.find("park") != std::string::npos;
  // 竹溪路58号科技大厦
  const bool address =
      head.family == Family::kPlace && begin > 0 &&
      sent_.Text(sent_.tokens[begin - 1].begin, sent_.tokens[begin - 1].end) == "号";
  bool firm = ((head.family == Family::kProject || park) && FirmStart(begin)) || address;
  auto bad_start = [&](std::uint32_t index) {
    const Token& token = sent_.tokens[index];
    std::uint32_t cues = Cues(token);
    if (IsSpecific(index, head.family)) return false;
    if (sent_.Text(token.begin, token.end) == "公司") return true;  // whose it is, by no name
    if (token.word_class == WordClass::kMark && At(token.begin) != U'“' &&
        At(token.begin) != U'（' && !(head.family == Family::kEvent && At(token.begin) == U'《')) {
      return true;
    }
    // 中俄投资合作委员会第十次会议
    static constexpr std::u32string_view kPartners =
        U"俄美欧日韩法德英意印巴哈乌吉塔土蒙越老柬泰缅马"
        U"新澳加非阿拉朝以沙伊智秘匈塞波荷西葡白";
    if (head.family == Family::kEvent && token.size() == 1 && At(token.begin) == U'中' &&
        kPartners.find(At(token.end)) != std::u32string_view::npos) {
      return false;
    }
    if (token.word_class == WordClass::kConjunction || token.word_class == WordClass::kLocative ||
        token.word_class == WordClass::kAdverb || token.word_class == WordClass::kMeasure) {
      return true;
    }
    if (cues & kAction) return true;
    if (token.size() == 1 && At(token.begin) == U'暨') return true;
    // 实施好“竹匠”计划
    if (token.size() == 1 && At(token.begin) == U'好' && At(token.end) == U'“') return true;
    // 贯彻好党的…全会
    if (token.size() == 1 && At(token.begin) == U'好' && head.family == Family::kEvent) return true;
    if (token.word_class == WordClass::kVerb && !description) return true;
    if (description && token.word_class == WordClass::kVerb && token.size() == 1) return true;
    if (description || firm) return false;
    if (cues & kGeneric) return true;
    if (token.word_class == WordClass::kAdjective) return true;
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
  // 7.08亿元滨江项目: the sum is no part of the name.
  for (std::uint32_t t = begin; t < head_token; ++t) {
    const Token& token = sent_.tokens[t];
    bool sum = At(token.end - 1) == U'元' && token.size() <= 3 && t > 0 &&
               (DigitOf(At(token.begin - 1)) >= 0 || sent_.tokens[t - 1].size() == 1);
    // 8亿PPP项目
    const bool short_sum = token.size() == 1 && At(token.begin) == U'亿' && token.begin > 0 &&
                           DigitOf(At(token.begin - 1)) >= 0 && t + 1 < head_token &&
                           sent_.tokens[t + 1].word_class != WordClass::kMeasure;
    if ((sum && token.word_class != WordClass::kUnknown) || short_sum) begin = t + 1;
  }
  if (head.family == Family::kCompany) begin = PastTrade(begin, head_token);
  if (head.family == Family::kProject) begin = PastTime(begin, head_token);
  while (begin < head_token && bad_start(begin)) ++begin;
  // （此件公开发布）竹业规划
  const std::uint32_t open = sent_.tokens[begin].begin;
  if (description && head.family != Family::kEvent && begin < head_token && At(open) == U'（' &&
      sent_.mate[open] != kNothing && sent_.mate[open] > open) {
    begin = std::min(head_token, sent_.token_at[sent_.mate[open]] + 1);
  }
  if (head.family == Family::kEvent) begin = FromOrdinal(PastDay(begin, head_token), head_token);
  if (description) return begin;
  // Common words in front of the part that tells it apart: 项目业主中国雅江集团.
  if (head.family == Family::kProject || address) return begin;
  std::uint32_t specific = begin;
  while (specific < head_token && !IsSpecific(specific, head.family) &&
         !IsLevelToken(sent_, sent_.tokens[specific])) {
    // 青禾科技（六安）有限公司: where the company is begins no name.
    if (IsBracket(specific)) return specific == begin ? head_token : begin;
    ++specific;
  }
  return specific < head_token ? specific : begin;
}

bool HeadReader::IsDivisionToken(std::uint32_t index) const {
  return IsRegion(sent_.tokens[index]) && !ForeignRegion(index);
}

bool HeadReader::IsPlainTrade(std::uint32_t begin, std::uint32_t head_token,
                              std::uint32_t end) const {
  bool counted = false;
  for (std::uint32_t t = begin; t < head_token; ++t) {
    const Token& token = sent_.tokens[t];
    if (token.word_class == WordClass::kNumeral || At(token.begin) == U'第') counted = true;
    for (const std::u32string_view word : {U"初创", U"创业", U"本土", U"最大", U"著名", U"知名"}) {
      counted = counted || sent_.chars.StartsAt(token.begin, word);
    }
    const bool own = IsUnknown(token) || (IsLoose(t) && t + 1 < head_token && IsLoose(t + 1));
    if (own && (token.word_class != WordClass::kAscii || token.size() > 3)) return false;
  }
  std::uint32_t next = end;
  while (At(next) == U' ' || At(next) == U'“') ++next;
  const char32_t c = At(next);
  return counted || (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z');
}

}  // namespace tupu::extract
