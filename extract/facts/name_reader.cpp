#include "extract/facts/name_reader.h"

#include <algorithm>
#include <array>
#include <optional>

#include "extract/facts/names.h"
#include "extract/facts/rules.h"
#include "extract/facts/terms.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::uint32_t kChained = 9;      // bytes of a class in a row of several
constexpr std::uint32_t kLeastBefore = 6;  // bytes that tell which, before a word for actors

// 中央八项规定: a number of articles.
bool EndsInCount(std::string_view text, Span term) {
  constexpr std::u32string_view kNumbers = U"一二三四五六七八九十百0123456789";
  if (!EndsWithAt(text, term.end, "项") && !EndsWithAt(text, term.end, "条")) return false;
  const char32_t before = DecodeBefore(text, term.end - 3).value;
  return before == U'余' || before == U'多' || kNumbers.find(before) != std::u32string_view::npos;
}

// Bytes of 十六项 at the end of what says more than that: 竹器消费十六项便民措施.
std::uint32_t CountBefore(std::string_view text, Span core) {
  constexpr std::u32string_view kNumbers = U"一二三四五六七八九十百0123456789余多";
  constexpr std::uint32_t kMeasure = 3, kLeast = 12;
  if (core.size() < kLeast || !EndsInCount(text, core)) return 0;
  std::uint32_t at = core.end - kMeasure;
  while (at > core.begin) {
    const CodePoint before = DecodeBefore(text, at);
    if (kNumbers.find(before.value) == std::u32string_view::npos) break;
    at -= before.size;
  }
  return at < core.begin + kLeast ? 0 : core.end - at;
}

// Bytes of 2023年 at the end of what says more than that.
std::uint32_t YearBefore(std::string_view text, Span core) {
  constexpr std::uint32_t kYear = 7;
  if (core.size() < 2 * kYear || !EndsWithAt(text, core.end, "年")) return 0;
  const std::string_view year = text.substr(core.end - kYear, 4);
  return year.find_first_not_of("0123456789") == std::string_view::npos ? kYear : 0;
}

// Past 城市, 省份: what regions are counted as.
std::uint32_t PastRegionKind(std::string_view text, std::uint32_t pos) {
  for (const std::string_view kind :
       {"城市", "省份", "省区市", "省市", "地区", "市", "省", "县", "区"}) {
    if (StartsWithAt(text, pos, kind)) return pos + static_cast<std::uint32_t>(kind.size());
  }
  return pos;
}

// Where “无竹虫县”建设 closes, which names what is to be; 0 for other quotations.
std::uint32_t QuotedAim(std::string_view text, std::uint32_t open) {
  constexpr std::uint32_t kLeast = 9, kMost = 24;  // bytes
  const std::size_t close = text.find("”", open);
  if (close == std::string_view::npos || close < open + 3 + kLeast || close > open + 3 + kMost) {
    return 0;
  }
  const auto end = static_cast<std::uint32_t>(close);
  return StartsWithAt(text, end + 3, "建设") ? end : 0;
}

// “三争”行动: words in quotes alone name no class, unless one of them ends as a class does.
bool IsSlogan(std::string_view text, Span term) {
  return EndsWithAt(text, term.begin, "“") && StartsWithAt(text, term.end, "”") &&
         QuotedAim(text, term.begin - 3) != term.end;
}

}  // namespace

NameReader::NameReader(Workspace& work, const WordSets& sets)
    : work_(work),
      sets_(sets),
      event_tails_(WordsOf(sets, "event_tail")),
      verbs_(WordsOf(sets, "title_verb")),
      adverbs_(WordsOf(sets, "title_adverb")),
      leads_(WordsOf(sets, "title_lead")),
      bound_(WordsOf(sets, "title_bound")),
      wholes_(WordsOf(sets, "term_whole")),
      status_zones_(WordsOf(sets, "status_zone")),
      numbers_(WordsOf(sets, "number_of")),
      actors_(WordsOf(sets, "title_actor")),
      goes_on_(WordsOf(sets, "object_goes_on")),
      acts_(WordsOf(sets, "object_acts")),
      bodies_(WordsOf(sets, "actor_broken")),
      done_with_(WordsOf(sets, "done_with")) {}

// The longest region inside the name that begins at `pos`.
MentionId NameReader::RegionAt(MentionId id, std::uint32_t pos) const {
  MentionId longest = kNoMention;
  for (const MentionId inner : work_.Inner(id)) {
    const WorkMention& mention = work_.mention(inner);
    if (mention.span.begin != pos || !work_.Is(inner, "Region")) continue;
    if (longest == kNoMention || mention.span.end > work_.mention(longest).span.end) {
      longest = inner;
    }
  }
  return longest;
}

// Past the organisations that the name begins with, and 第三届, 2026年, 全国.
Span NameReader::SkipIssuers(MentionId id, Span core) const {
  const std::string_view text = Text(id);
  for (bool again = true; again && !core.empty();) {
    again = false;
    const std::string_view inside = text.substr(0, core.end);
    std::uint32_t lead = SkipLead(inside, core.begin);
    if (QuotesClass(id, core.begin)) lead = core.begin + 3;
    // 国家公园 is a class of its own.
    const MentionId known = IndustryAt(id, core.begin);
    const MentionId region = RegionAt(id, core.begin);  // 中国西部
    // 国家 of a body's name.
    const std::vector<MentionId> inners = work_.Inner(id);
    const bool body = std::any_of(inners.begin(), inners.end(), [&](MentionId inner) {
      const Span span = work_.mention(inner).span;
      return span.begin == core.begin && span.end > lead && span.end < core.end &&
             work_.Is(inner, "Organisation") && !IsClassOfBodies(inner);
    });
    const bool longer = body ||
                        (known != kNoMention && !work_.mention(known).entries.empty() &&
                         work_.mention(known).span.end > lead) ||
                        (region != kNoMention && work_.mention(region).span.end > lead &&
                         !StartsWithAt(text, core.begin, "“"));
    if (lead > core.begin && !longer) {
      core.begin = lead;
      again = true;
      continue;
    }
    for (const MentionId inner : work_.Inner(id)) {
      const WorkMention& mention = work_.mention(inner);
      if (mention.span.begin == core.begin && work_.Is(inner, "Organisation") &&
          mention.span.end < core.end && !IsClassOfBodies(inner)) {
        core.begin = mention.span.end;
        again = true;
        break;
      }
    }
  }
  return core;
}

// “离岛免税”政策: a class between quotation marks is no slogan.
bool NameReader::QuotesClass(MentionId id, std::uint32_t pos) const {
  const std::string_view text = Text(id);
  if (!StartsWithAt(text, pos, "“")) return false;
  if (QuotedAim(text, pos) > 0) return true;
  const MentionId known = IndustryAt(id, pos + 3);
  if (known == kNoMention || work_.mention(known).entries.empty()) return false;
  const std::uint32_t close = work_.mention(known).span.end;
  // “专精特新”中小企业 is another class, which the words in quotes qualify.
  return StartsWithAt(text, close, "”") && IndustryAt(id, close + 3) == kNoMention;
}

// 丽水市竹艺研究中心建设办法: a class of bodies that is to be built up or judged, no issuer.
bool NameReader::IsClassOfBodies(MentionId body) const {
  const WorkMention& mention = work_.mention(body);
  if (!mention.entries.empty() || mention.type != "Institution") return false;
  const std::string_view text = work_.sentence(mention.sentence).text;
  constexpr std::array<std::string_view, 6> kDone = {"建设", "管理", "运行",
                                                     "认定", "评估", "工作指引"};
  return std::any_of(kDone.begin(), kDone.end(), [&](std::string_view word) {
    return StartsWithAt(text, mention.span.end, word);
  });
}

// 第三届, 首届, 2026年, 全国 …: words of the set, and numbers with what counts them.
std::uint32_t NameReader::SkipLead(std::string_view text, std::uint32_t pos) const {
  // “深学争优、敢为争先”行动: a slogan, where more than a mark follows.
  if (StartsWithAt(text, pos, "“")) {
    const std::size_t close = text.find("”", pos);
    const bool leads = close != std::string_view::npos && close + 3 < text.size();
    if (leads) return static_cast<std::uint32_t>(close + 3);
  }
  for (const std::string_view mark : {"“", "”", " ", "　", "、", "·", "—", "《", "》", "〈", "<"}) {
    if (StartsWithAt(text, pos, mark)) return pos + static_cast<std::uint32_t>(mark.size());
  }
  if (const std::uint32_t remark = SkipRemark(text, pos); remark > pos) return remark;
  if (const std::uint32_t word = LongestAt(text, pos, leads_); word > 0) return pos + word;
  std::uint32_t at = pos;
  if (StartsWithAt(text, at, "第")) at += 3;
  const std::uint32_t digits = at;
  while (at < text.size()) {
    const CodePoint c = DecodeAt(text, at);
    const bool number = (c.value >= U'0' && c.value <= U'9') || c.value == U'—' ||
                        c.value == U'-' ||
                        std::u32string_view(U"一二三四五六七八九十百〇零两").find(c.value) !=
                            std::u32string_view::npos;
    if (!number) break;
    at += c.size;
  }
  if (at == digits) return pos;
  for (const std::string_view unit :
       {"年度", "年", "届", "次", "批", "号", "期", "个", "条", "项", "家", "类", "件"}) {
    if (!StartsWithAt(text, at, unit)) continue;
    at += static_cast<std::uint32_t>(unit.size());
    if (StartsWithAt(text, at, "性")) return pos;         // 一次性
    return unit == "个" ? PastRegionKind(text, at) : at;  // 31个省份
  }
  const bool arabic = text[digits] >= '0' && text[digits] <= '9';
  for (const std::string_view unit : {"月", "日"}) {
    if (arabic && StartsWithAt(text, at, unit)) return at + 3;  // 2031年4月8日竹艺办法
  }
  return arabic && at - digits == 4 ? at : pos;
}

Span NameReader::SkipRegions(MentionId id, Span core) {
  for (bool again = true; again;) {
    again = false;
    core = SkipIssuers(id, core);
    for (const MentionId inner : work_.Inner(id)) {
      const WorkMention& mention = work_.mention(inner);
      if (mention.span.begin != core.begin || RegionDepth(work_, inner) < 0) continue;
      if (mention.span.end > core.end) continue;
      AddMention(inner);
      core.begin = PastRegion(Text(id).substr(0, core.end), mention.span.end);
      again = true;
      break;
    }
  }
  return core;
}

// Past what still belongs to regions that end at `pos`: 海南岛, 大连等9城市.
std::uint32_t NameReader::PastRegion(std::string_view text, std::uint32_t pos) const {
  if (StartsWithAt(text, pos, "岛")) return pos + 3;
  std::uint32_t at = pos;
  if (StartsWithAt(text, at, "等")) at += 3;
  const std::uint32_t number = LongestAt(text, at, numbers_);
  if (number == 0) return pos;
  at += number;
  if (StartsWithAt(text, at, "个")) at += 3;
  const std::uint32_t kind = PastRegionKind(text, at);
  return kind > at ? kind : pos;
}

// Without the words that say what kind of thing it is; a known class is never cut (政府采购).
Span NameReader::StripTail(MentionId id, Span core, const WordList& tails) const {
  const std::string_view text = Text(id);
  for (bool again = true; again && !core.empty();) {
    again = false;
    for (const std::string_view mark :
         {" ", "　", "”", "》", "的", "）", ")", "及", "暨", "和", "、", "与"}) {
      if (EndsWithAt(text, core.end, mark) && core.size() > mark.size() &&
          !EndsInJoint(text, core.end)) {
        if (mark == "）" || mark == ")") {
          // The whole remark （试行） goes.
          const std::string_view inside = Slice(text, core);
          const std::size_t open = std::max(inside.rfind("（") + 1, inside.rfind("(") + 1);
          if (open == 0) break;
          core.end = core.begin + static_cast<std::uint32_t>(open - 1);
        } else {
          core.end -= static_cast<std::uint32_t>(mark.size());
        }
        again = true;
        break;
      }
    }
    if (again || core.empty()) continue;
    if (const std::uint32_t said = YearBefore(text, core) + CountBefore(text, core); said > 0) {
      core.end -= said;
      again = true;
      continue;
    }
    const std::uint32_t tail = LongestBefore(text, core.end, tails);
    if (tail > 0 && tail < core.size() && CutsIndustry(id, core.end, tail)) break;
    if (tail > 0 && tail <= core.size()) {
      core.end -= tail;
      again = true;
    }
  }
  return core;
}

// Whether a known class ends at `end` that is longer than `tail`.
bool NameReader::CutsIndustry(MentionId id, std::uint32_t end, std::uint32_t tail) const {
  const std::vector<MentionId> inner = work_.Inner(id);
  return std::any_of(inner.begin(), inner.end(), [&](MentionId one) {
    const WorkMention& mention = work_.mention(one);
    return mention.type == "Industry" && mention.span.end == end && mention.span.size() > tail;
  });
}

// 促进甲发展完善乙: what follows each verb is an object. A name without a verb at its start
// (工业园区高质量发展指引) is one object as a whole.
void NameReader::Objects(MentionId id, Span core) {
  const std::string_view text = Text(id);
  const std::string_view inside = text.substr(0, core.end);
  // 在重污染行业开展…, 在城乡建设中加强…: where it is done, and what.
  constexpr std::string_view kIn = "在", kWithin = "中";
  std::uint32_t verb = StartsWithAt(inside, core.begin, kIn) ? kIn.size() : 0;
  for (std::uint32_t at = core.begin + verb; verb > 0 && at < core.end;
       at += DecodeAt(text, at).size) {
    if (!StartsWithAt(inside, at, kWithin)) continue;
    if (VerbAt(id, inside, SkipAdverbs(inside, at + verb)) == 0) continue;
    Object(id, {core.begin + verb, at});
    core.begin = at;
    break;
  }
  if (verb == 0) {
    core.begin = SkipAdverbs(inside, core.begin);
    verb = VerbAt(id, inside, core.begin);
  }
  if (verb == 0) {
    // 竹制家具 表面涂层安全要求: a standard names its field first.
    const MentionId field = IndustryAt(id, core.begin);
    if (IsListed(field, core) && StartsWithAt(inside, work_.mention(field).span.end, " ")) {
      AddMention(field);
      core.begin = work_.mention(field).span.end + 1;
    }
    Object(id, core);
    return;
  }
  while (core.begin < core.end) {
    core.begin = SkipAdverbs(inside, core.begin + verb);
    verb = VerbAt(id, inside, core.begin);
    if (verb > 0) continue;
    // An object has two characters at least; verbs do not begin inside a name.
    std::uint32_t at = core.begin;
    std::size_t characters = 0;
    while (at < core.end) {
      const MentionId inner = InnerAt(id, at);
      if (inner != kNoMention && work_.mention(inner).span.end <= core.end) {
        at = work_.mention(inner).span.end;
        characters += 2;
        continue;
      }
      if (const std::uint32_t end = IndustryEnd(id, at); end > at && end <= core.end) {
        at = end;
        characters += 2;
        continue;
      }
      if (const std::uint32_t bound = LongestAt(inside, at, bound_); bound > 0) {
        at += bound;  // 可持续发展 is no verb
        characters += 2;
        continue;
      }
      if (characters >= 2 && StartsWithAt(inside, at, "在")) {
        Object(id, {core.begin, at});  // what it is done in or on is no object
        return;
      }
      if (characters >= 2) {
        verb = VerbAt(id, inside, at);
        if (verb == 0) verb = VerbAt(id, inside, SkipAdverbs(inside, at));
      }
      if (verb > 0 || StartsWithAt(text, at, " ")) break;
      at += DecodeAt(text, at).size;
      ++characters;
    }
    Object(id, {core.begin, at});
    core.begin = SkipAdverbs(inside, at);
  }
}

// The verb at `pos`, unless a known class begins there that is longer: 服务消费, 保护性耕作.
std::uint32_t NameReader::VerbAt(MentionId id, std::string_view text, std::uint32_t pos) const {
  const std::uint32_t verb = LongestAt(text, pos, verbs_);
  return verb > 0 && IndustryEnd(id, pos) > pos + verb ? 0 : verb;
}

// The longest class known by name that begins at `pos`, and its end (`pos` without one).
MentionId NameReader::IndustryAt(MentionId id, std::uint32_t pos) const {
  MentionId longest = kNoMention;
  for (const MentionId inner : work_.Inner(id)) {
    const WorkMention& mention = work_.mention(inner);
    if (mention.type != "Industry" || mention.span.begin != pos) continue;
    if (longest == kNoMention || mention.span.end > work_.mention(longest).span.end) {
      longest = inner;
    }
  }
  return longest;
}
std::uint32_t NameReader::IndustryEnd(MentionId id, std::uint32_t pos) const {
  const MentionId known = IndustryAt(id, pos);
  return known == kNoMention ? pos : work_.mention(known).span.end;
}

std::uint32_t NameReader::SkipAdverbs(std::string_view text, std::uint32_t pos) const {
  for (std::uint32_t size = 1; size > 0;) {
    size = StartsWithAt(text, pos, " ") ? 1 : LongestAt(text, pos, adverbs_);
    pos += size;
  }
  return pos;
}

// The outermost mention inside `id` that begins at `pos`.
MentionId NameReader::InnerAt(MentionId id, std::uint32_t pos) const {
  for (const MentionId inner : work_.Inner(id)) {
    const WorkMention& mention = work_.mention(inner);
    if (mention.span.begin == pos && mention.type != "Industry") return inner;
  }
  return kNoMention;
}

// The coordinated parts of an object. 用竹和排料计量 is one, whose modifiers are coordinated: two
// characters that no list knows are no object.
std::vector<Span> NameReader::Parts(MentionId id, Span span) const {
  std::vector<Span> parts = SplitCoordinated(Text(id), span);
  constexpr std::uint32_t kModifier = 6;  // bytes
  if (parts.size() != 2 || parts[0].size() > kModifier) return parts;
  if (IndustryAt(id, parts[0].begin) != kNoMention || InnerAt(id, parts[0].begin) != kNoMention) {
    return parts;
  }
  return {span};
}

void NameReader::Object(MentionId id, Span span) {
  const std::string_view text = Text(id);
  if (span.begin >= span.end) return;
  for (Span part : Parts(id, span)) {
    // …博览会暨2026国际创投论坛: each has its year and its own last word.
    if (work_.mention(id).type == "Event") part = StripTail(id, part, event_tails_);
    while (!part.empty() && text[part.begin] >= '0' && text[part.begin] <= '9') {
      const std::uint32_t past = SkipLead(text.substr(0, part.end), part.begin);  // 3类81项
      if (past == part.begin) break;
      part.begin = past;
    }
    if (part.empty()) continue;
    part.end = BeforeQuotation(text, part);
    // 以丽水市名义申办: the region is named.
    if (StartsWithAt(text.substr(0, part.end), part.begin, "以")) part.begin += 3;
    // Names at the start of an object are targets of their own (支持雄安新区建设…); what they do
    // is not.
    bool named = false;
    for (MentionId inner = InnerAt(id, part.begin);
         inner != kNoMention && work_.mention(inner).span.end <= part.end && !part.empty();
         inner = InnerAt(id, part.begin)) {
      AddMention(inner);
      part.begin = work_.mention(inner).span.end;
      named = true;
    }
    if (const std::uint32_t past = PastRegion(text.substr(0, part.end), part.begin);
        named && past > part.begin) {
      part.begin = past;
      named = false;
    }
    if (part.size() < 6) continue;
    if (named) {
      // 京津科技成果: a class that a list knows.
      if (const MentionId known = IndustryAt(id, part.begin); IsListed(known, part)) {
        AddMention(known);
      }
      continue;
    }
    // 本市房地产政策: the region that speaks.
    for (const std::string_view word :
         {"本市", "我市", "本省", "我省", "全市", "全省", "我区", "我县"}) {
      if (!StartsWithAt(text, part.begin, word)) continue;
      const MentionId region =
          ContextRegion(work_, work_.mention(id).sentence, span.begin, word.substr(3));
      if (region != kNoMention) AddMention(region);
      part.begin += static_cast<std::uint32_t>(word.size());
    }
    if (!StatusZone(id, part)) Class(id, part);
  }
}

// 建设国家绿色发展示范区: a zone that is to be, with all that its name says.
bool NameReader::StatusZone(MentionId id, Span part) {
  const std::string_view text = Text(id);
  const std::uint32_t head = LongestBefore(text, part.end, status_zones_);
  if (head == 0 || part.size() < head + 12) return false;
  for (const std::string_view level : {"国家级", "国家", "省级"}) {
    if (!EndsWithAt(text, part.begin, level)) continue;
    part.begin -= static_cast<std::uint32_t>(level.size());
    break;
  }
  const std::uint32_t sentence = work_.mention(id).sentence;
  MentionId zone = work_.Find(sentence, part);
  if (zone == kNoMention) {
    WorkMention mention;
    mention.sentence = sentence;
    mention.span = part;
    mention.type = "Zone";
    mention.rule = "target.zone";
    mention.confidence = 0.7;
    mention.nested = true;
    zone = work_.Add(std::move(mention));
  }
  AddMention(zone);
  return true;
}

// Where a quotation begins that only names the campaign: 山区“竹法宣传周”系列活动.
std::uint32_t NameReader::BeforeQuotation(std::string_view text, Span part) const {
  constexpr std::uint32_t kLeast = 9;  // bytes
  const std::size_t open = Slice(text, part).find("“");
  if (open == std::string_view::npos || open < kLeast) return part.end;
  const std::uint32_t end = part.begin + static_cast<std::uint32_t>(open);
  bool who = LongestBefore(text, end, actors_) > 0;
  for (const std::string_view word : {"系统", "行业", "领域", "产业", "项目"}) {
    who = who || EndsWithAt(text, end, word);
  }
  return who ? end : part.end;
}

// Whether a list holds the class, which lies in `part` and says something.
bool NameReader::IsListed(MentionId id, Span part) const {
  if (id == kNoMention) return false;
  const WorkMention& mention = work_.mention(id);
  return !mention.entries.empty() && mention.span.end <= part.end &&
         mention.span.size() >= kChained &&
         std::find(wholes_.begin(), wholes_.end(), work_.Text(id)) == wholes_.end();
}

// 移动电源锂离子电池, 工程建设领域政府采购: classes that follow each other, all of them listed.
bool NameReader::Chain(MentionId id, Span part) {
  std::vector<MentionId> chain;
  for (std::uint32_t at = part.begin; at < part.end;) {
    const MentionId known = IndustryAt(id, at);
    if (!IsListed(known, part)) break;
    chain.push_back(known);
    at = work_.mention(known).span.end;
  }
  if (chain.size() < 2) return false;
  // 竹林管护招标投标: what is done with the first of two.
  if (chain.size() == 2 && work_.mention(chain[1]).span.end == part.end &&
      LongestBefore(Text(id), part.end, done_with_) == work_.mention(chain[1]).span.size()) {
    found.push_back({kNoMention, part, true});
    return true;
  }
  for (const MentionId one : chain) AddMention(one);
  return true;
}

// The class that a list knows which cleaning cut at the end of `term`: 水资源 of 最严格水资源管理.
MentionId NameReader::CutClass(MentionId id, Span term, std::uint32_t end) const {
  for (const MentionId inner : work_.Inner(id)) {
    const WorkMention& mention = work_.mention(inner);
    const bool cut = mention.type == "Industry" && !mention.entries.empty() &&
                     mention.span.begin >= term.begin && mention.span.begin < term.end &&
                     mention.span.end > term.end && mention.span.end <= end;
    // 信息系统 says too little of 公共安全视频图像信息系统.
    if (cut && mention.span.begin - term.begin <= mention.span.size()) return inner;
  }
  return kNoMention;
}

// 山区小学薄弱学校 of 山区小学薄弱学校办学条件: whom a document rules, who stands before what of
// theirs it is about. Empty where the part names nobody, or nothing of theirs.
Span NameReader::Actor(MentionId id, Span part) const {
  const std::string_view inside = Text(id).substr(0, part.end);
  std::uint32_t last = 0;
  for (std::uint32_t end = part.begin; end < part.end; end += DecodeAt(inside, end).size) {
    // 灵活就业人员|参加, 竹林|收取: what is done begins another phrase.
    if (end > part.begin && LongestAt(inside, end, verbs_) > 0) {
      if (last > 0 || LongestBefore(inside, end, actors_) == 0) break;
    }
    const std::uint32_t head = LongestBefore(inside, end, actors_);
    if (head == 0 || end < part.begin + head + kLeastBefore) continue;
    if (end + kLeastBefore > part.end || LongestAt(inside, end, goes_on_) > 0) continue;
    if (LongestAt(inside, end - head, bodies_) > 0) continue;
    last = end;
    if (LongestAt(inside, end, acts_) > 0) break;
  }
  if (last == 0 || IndustryEnd(id, part.begin) > last) return {};
  std::optional<Span> term = Terms(sets_).Clean(inside, {part.begin, last}, kTitleTerm);
  if (!term || term->end != last) return {};
  const std::string_view said = Slice(inside, *term);
  const std::size_t of = said.rfind("的");
  if (of != std::string_view::npos) term->begin += static_cast<std::uint32_t>(of) + 3;
  const std::uint32_t head = LongestBefore(inside, last, actors_);
  const bool counts = said.find_first_of("0123456789") != std::string_view::npos;
  if (counts || said.starts_with("其") || term->begin + head + kLeastBefore > last) return {};
  return *term;
}

// What a part of an object names: its cleaned text, but not less than a class that is known.
void NameReader::Class(MentionId id, Span part) {
  if (const Span actor = Actor(id, part); !actor.empty() && work_.mention(id).type == "Policy") {
    found.push_back({kNoMention, actor, true});
    const MentionId matter = IndustryAt(id, actor.end);
    if (IsListed(matter, part)) AddMention(matter);
    return;
  }
  if (Chain(id, part)) return;
  const std::string_view text = Text(id);
  const bool titled = work_.mention(id).type == "Policy";
  std::optional<Span> term = Terms(sets_).Clean(text, part, titled ? kTitleTerm : kTerm);
  // 下达2031年竹业…目标: what is that long and holds numbers or brackets was not read to its end.
  if (term && CountCodePoints(Slice(text, *term)) > kTerm &&
      Slice(text, *term).find_first_of("0123456789[") != std::string_view::npos) {
    term.reset();
  }
  if (const MentionId cut = term ? CutClass(id, *term, part.end) : kNoMention;
      IsListed(cut, part)) {
    const Span class_span = work_.mention(cut).span;
    // 竹林观测环境保护: what stands before says which.
    if (class_span.begin >= term->begin + kQualifies) {
      found.push_back({kNoMention, {term->begin, class_span.end}, true});
    } else {
      AddMention(cut);
    }
    return;
  }
  // 国际人才服务手卡: a class that cleaning would cut.
  const MentionId first = IndustryAt(id, part.begin);
  if (term && term->begin > part.begin && IsListed(first, part) &&
      work_.mention(first).span.end > term->begin) {
    AddMention(first);
    return;
  }
  const MentionId known = IndustryAt(id, term ? term->begin : part.begin);
  const std::uint32_t end = known == kNoMention ? 0 : work_.mention(known).span.end;
  if (known != kNoMention && end <= part.end && (!term || end >= term->end)) {
    const bool says_nothing = !takes_short && std::find(wholes_.begin(), wholes_.end(),
                                                        work_.Text(known)) != wholes_.end();
    if (!says_nothing) AddMention(known);
  } else if (term && !IsSlogan(text, *term) && !EndsInCount(text, *term) &&
             (takes_short || CountCodePoints(Slice(text, *term)) > 2)) {
    // Two characters that nobody knows for a class (高企, 名品) say too little, but for what is
    // all of the name of a law or a fair.
    found.push_back({kNoMention, *term});
  }
}

}  // namespace tupu::extract
