// What a policy or an event is about, from its own name:
//   关于支持承德市发展文化旅游产业的若干措施    承德市, 文化旅游产业
//   第三届中国冷链物流大会                      冷链物流
// and who issued it, where the name holds the issuer.
#include <algorithm>
#include <optional>
#include <set>

#include "extract/facts/rules.h"
#include "extract/facts/structure.h"
#include "extract/facts/terms.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::size_t kMaxTargets = 8;
constexpr std::uint32_t kKnownClass = 12;  // bytes of a class that is taken wherever it stands
constexpr std::uint32_t kChained = 9;      // bytes of a class in a row of several

class Targets {
 public:
  explicit Targets(StructureContext& context)
      : work_(*context.work),
        sets_(*context.sets),
        policy_tails_(WordsOf(*context.sets, "policy_tail")),
        event_tails_(WordsOf(*context.sets, "event_tail")),
        verbs_(WordsOf(*context.sets, "title_verb")),
        adverbs_(WordsOf(*context.sets, "title_adverb")),
        leads_(WordsOf(*context.sets, "title_lead")),
        fieldless_(WordsOf(*context.sets, "fieldless_event")),
        treaties_(WordsOf(*context.sets, "treaty_name")),
        sports_(WordsOf(*context.sets, "sports_event")),
        law_tails_(WordsOf(*context.sets, "law_tail")),
        fairs_(WordsOf(*context.sets, "fair_tail")),
        bound_(WordsOf(*context.sets, "title_bound")),
        wholes_(WordsOf(*context.sets, "term_whole")),
        status_zones_(WordsOf(*context.sets, "status_zone")),
        numbers_(WordsOf(*context.sets, "number_of")) {}

  void Run() {
    std::set<std::pair<std::uint32_t, std::string>> done;
    const std::uint32_t size = work_.size();
    for (MentionId id = 0; id < size; ++id) {
      const std::string_view type = work_.mention(id).type;
      if (type != "Policy" && type != "Event") continue;
      if (work_.mention(id).antecedent != kNoMention) continue;
      if (!done.emplace(work_.Article(id), std::string(work_.Text(id))).second) continue;
      if (type == "Policy") {
        Policy(id);
      } else {
        Event(id);
      }
    }
  }

 private:
  std::string_view Text(MentionId id) const {
    return work_.sentence(work_.mention(id).sentence).text;
  }

  // “科创九条”: a nickname says nothing of its field.
  static bool IsQuoted(std::string_view name) {
    return (name.substr(0, 3) == "“" && name.find("”") + 3 >= name.size()) ||
           (name.size() <= 24 && name.ends_with("条"));
  }

  void Policy(MentionId id) {
    const std::string_view name = work_.Text(id);
    if (IsQuoted(name)) return;
    if (IsReport(name, sets_) || SuspendsLaw(name)) return;
    const std::string_view text = Text(id);
    Span core = work_.mention(id).span;
    found_.clear();
    // 关于印发〈…〉的通知: the inner name is a mention of its own.
    for (const MentionId inner : work_.Inner(id)) {
      if (work_.mention(inner).type == "Policy") return;
    }
    const std::string_view about = "关于";
    const std::size_t at = Slice(text, core).find(about);
    if (at != std::string_view::npos) {
      const std::uint32_t subject = core.begin + static_cast<std::uint32_t>(at + about.size());
      if (HoldsAny(name, treaties_)) Parties(id, core.begin);
      core.begin = subject;
    } else {
      if (HoldsAny(name, treaties_)) core.begin = Parties(id, core.begin);
      core = SkipIssuers(id, core);
    }
    const Span law = StripTail(id, core, law_tails_);
    short_ = IsLaw(law, text);
    core = StripTail(id, core, policy_tails_);
    core = SkipRegions(id, core);
    Objects(id, core);
    if (short_ && found_.empty() && EndsWithAt(text, law.end, "法")) {
      // 农业技术推广法: verbs inside are no verbs there.
      const std::optional<Span> all = Terms(sets_).Clean(text, {law.begin, law.end - 3});
      if (all && all->size() >= kKnownClass) found_.push_back({kNoMention, *all});
    }
    short_ = false;
    Emit(id, "target.policy_name");
  }

  // 学位法草案, 引渡条约: what stands before says what it is about, however short.
  static bool IsLaw(Span core, std::string_view text) {
    return (EndsWithAt(text, core.end, "法") && !EndsWithAt(text, core.end, "办法")) ||
           EndsWithAt(text, core.end, "条约");
  }

  // The regions that the name of a treaty begins with; returns where they end.
  std::uint32_t Parties(MentionId id, std::uint32_t pos) {
    const std::string_view text = Text(id);
    for (MentionId party = RegionAt(id, pos); party != kNoMention; party = RegionAt(id, pos)) {
      AddMention(party);
      pos = work_.mention(party).span.end;
      for (const std::string_view mark : {"和", "与", "—", "－", "-"}) {
        if (StartsWithAt(text, pos, mark)) pos += static_cast<std::uint32_t>(mark.size());
      }
    }
    return pos;
  }

  // The longest region inside the name that begins at `pos`.
  MentionId RegionAt(MentionId id, std::uint32_t pos) const {
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

  void Event(MentionId id) {
    const std::string_view name = work_.Text(id);
    if (HoldsAny(name, sports_)) return;
    found_.clear();
    Span core = work_.mention(id).span;
    const std::uint32_t end = core.end;
    core = SkipIssuers(id, core);
    const Span stripped = StripTail(id, core, event_tails_);
    if (stripped.end == end) return;  // no head noun that says what is left is a field
    core = stripped;
    std::vector<Found> regions;
    std::swap(regions, found_);
    core = SkipRegions(id, core);
    std::swap(regions, found_);  // an event is held in the region, it is not about it
    if (LongestBefore(name, static_cast<std::uint32_t>(name.size()), fieldless_) > 0) {
      // 产业发展会议, 开工仪式: a field only where it is known as one, by three characters or more.
      const MentionId known = IndustryAt(id, core.begin);
      if (known != kNoMention && work_.mention(known).span.size() >= 9) AddMention(known);
    } else {
      // 东盟 of 中国—东盟博览会 is no field.
      const bool pair =
          EndsWithAt(Text(id), core.begin, "—") || EndsWithAt(Text(id), core.begin, "－");
      short_ = !pair && LongestBefore(name, static_cast<std::uint32_t>(name.size()), fairs_) > 0;
      Objects(id, core);
      short_ = false;
    }
    Emit(id, "target.event_name");
  }

  // Past the organisations that the name begins with, and 第三届, 2026年, 全国.
  Span SkipIssuers(MentionId id, Span core) const {
    const std::string_view text = Text(id);
    for (bool again = true; again && !core.empty();) {
      again = false;
      const std::string_view inside = text.substr(0, core.end);
      const std::uint32_t lead = SkipLead(inside, core.begin);
      // 国家公园 is a class of its own.
      const MentionId known = IndustryAt(id, core.begin);
      const MentionId region = RegionAt(id, core.begin);  // 中国西部
      const bool longer = (known != kNoMention && !work_.mention(known).entries.empty() &&
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
            mention.span.end < core.end) {
          core.begin = mention.span.end;
          again = true;
          break;
        }
      }
    }
    return core;
  }

  // 第三届, 首届, 2026年, 全国 …: words of the set, and numbers with what counts them.
  std::uint32_t SkipLead(std::string_view text, std::uint32_t pos) const {
    // “深学争优、敢为争先”行动: a slogan, where more than a mark follows.
    if (StartsWithAt(text, pos, "“")) {
      const std::size_t close = text.find("”", pos);
      const bool leads = close != std::string_view::npos && close + 3 < text.size();
      if (leads) return static_cast<std::uint32_t>(close + 3);
    }
    for (const std::string_view mark :
         {"“", "”", " ", "　", "、", "·", "—", "《", "》", "〈", "<"}) {
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
      if (StartsWithAt(text, at, unit)) return at + static_cast<std::uint32_t>(unit.size());
    }
    const bool arabic = text[digits] >= '0' && text[digits] <= '9';
    for (const std::string_view unit : {"月", "日"}) {
      if (arabic && StartsWithAt(text, at, unit)) return at + 3;  // 2031年4月8日竹艺办法
    }
    return arabic && at - digits == 4 ? at : pos;
  }

  Span SkipRegions(MentionId id, Span core) {
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
  std::uint32_t PastRegion(std::string_view text, std::uint32_t pos) const {
    if (StartsWithAt(text, pos, "岛")) return pos + 3;
    std::uint32_t at = pos;
    if (StartsWithAt(text, at, "等")) at += 3;
    const std::uint32_t number = LongestAt(text, at, numbers_);
    if (number == 0) return pos;
    at += number;
    if (StartsWithAt(text, at, "个")) at += 3;
    for (const std::string_view kind : {"城市", "省份", "省市", "地区", "市", "省", "县", "区"}) {
      if (StartsWithAt(text, at, kind)) return at + static_cast<std::uint32_t>(kind.size());
    }
    return pos;
  }

  // Without the words that say what kind of thing it is; a known class is never cut (政府采购).
  Span StripTail(MentionId id, Span core, const WordList& tails) const {
    const std::string_view text = Text(id);
    for (bool again = true; again && !core.empty();) {
      again = false;
      for (const std::string_view mark :
           {" ", "　", "”", "》", "的", "）", ")", "及", "暨", "和", "、", "与"}) {
        if (EndsWithAt(text, core.end, mark) && core.size() > mark.size()) {
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
  bool CutsIndustry(MentionId id, std::uint32_t end, std::uint32_t tail) const {
    const std::vector<MentionId> inner = work_.Inner(id);
    return std::any_of(inner.begin(), inner.end(), [&](MentionId one) {
      const WorkMention& mention = work_.mention(one);
      return mention.type == "Industry" && mention.span.end == end && mention.span.size() > tail;
    });
  }

  // 促进甲发展完善乙: what follows each verb is an object. A name without a verb at its start
  // (工业园区高质量发展指引) is one object as a whole.
  void Objects(MentionId id, Span core) {
    const std::string_view text = Text(id);
    const std::string_view inside = text.substr(0, core.end);
    core.begin = SkipAdverbs(inside, core.begin);
    std::uint32_t verb = VerbAt(id, inside, core.begin);
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
  std::uint32_t VerbAt(MentionId id, std::string_view text, std::uint32_t pos) const {
    const std::uint32_t verb = LongestAt(text, pos, verbs_);
    return verb > 0 && IndustryEnd(id, pos) > pos + verb ? 0 : verb;
  }

  // The longest class known by name that begins at `pos`, and its end (`pos` without one).
  MentionId IndustryAt(MentionId id, std::uint32_t pos) const {
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
  std::uint32_t IndustryEnd(MentionId id, std::uint32_t pos) const {
    const MentionId known = IndustryAt(id, pos);
    return known == kNoMention ? pos : work_.mention(known).span.end;
  }

  std::uint32_t SkipAdverbs(std::string_view text, std::uint32_t pos) const {
    for (std::uint32_t size = 1; size > 0;) {
      size = StartsWithAt(text, pos, " ") ? 1 : LongestAt(text, pos, adverbs_);
      pos += size;
    }
    return pos;
  }

  // The outermost mention inside `id` that begins at `pos`.
  MentionId InnerAt(MentionId id, std::uint32_t pos) const {
    for (const MentionId inner : work_.Inner(id)) {
      const WorkMention& mention = work_.mention(inner);
      if (mention.span.begin == pos && mention.type != "Industry") return inner;
    }
    return kNoMention;
  }

  void Object(MentionId id, Span span) {
    const std::string_view text = Text(id);
    if (span.begin >= span.end) return;
    for (Span part : SplitCoordinated(text, span)) {
      // …博览会暨2026国际创投论坛: each has its year and its own last word.
      if (work_.mention(id).type == "Event") part = StripTail(id, part, event_tails_);
      if (!part.empty() && text[part.begin] >= '0' && text[part.begin] <= '9') {
        part.begin = SkipLead(text.substr(0, part.end), part.begin);
      }
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
  bool StatusZone(MentionId id, Span part) {
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

  // Whether a list holds the class, which lies in `part` and says something.
  bool IsListed(MentionId id, Span part) const {
    if (id == kNoMention) return false;
    const WorkMention& mention = work_.mention(id);
    return !mention.entries.empty() && mention.span.end <= part.end &&
           mention.span.size() >= kChained &&
           std::find(wholes_.begin(), wholes_.end(), work_.Text(id)) == wholes_.end();
  }

  // 移动电源锂离子电池, 工程建设领域政府采购: classes that follow each other, all of them listed.
  bool Chain(MentionId id, Span part) {
    std::vector<MentionId> chain;
    for (std::uint32_t at = part.begin; at < part.end;) {
      const MentionId known = IndustryAt(id, at);
      if (!IsListed(known, part)) break;
      chain.push_back(known);
      at = work_.mention(known).span.end;
    }
    if (chain.size() < 2) return false;
    for (const MentionId one : chain) AddMention(one);
    return true;
  }

  // What a part of an object names: its cleaned text, but not less than a class that is known.
  void Class(MentionId id, Span part) {
    if (Chain(id, part)) return;
    const std::string_view text = Text(id);
    const std::optional<Span> term = Terms(sets_).Clean(text, part);
    const MentionId known = IndustryAt(id, term ? term->begin : part.begin);
    const std::uint32_t end = known == kNoMention ? 0 : work_.mention(known).span.end;
    if (known != kNoMention && end <= part.end && (!term || end >= term->end)) {
      const bool says_nothing =
          !short_ && std::find(wholes_.begin(), wholes_.end(), work_.Text(known)) != wholes_.end();
      if (!says_nothing) AddMention(known);
    } else if (term && !IsSlogan(text, *term) && !EndsInCount(text, *term) &&
               (short_ || CountCodePoints(Slice(text, *term)) > 2)) {
      // Two characters that nobody knows for a class (高企, 名品) say too little, but for what is
      // all of the name of a law or a fair.
      found_.push_back({kNoMention, *term});
    }
  }

  // 中央八项规定: a number of articles.
  static bool EndsInCount(std::string_view text, Span term) {
    constexpr std::u32string_view kNumbers = U"一二三四五六七八九十百0123456789";
    if (!EndsWithAt(text, term.end, "项") && !EndsWithAt(text, term.end, "条")) return false;
    return kNumbers.find(DecodeBefore(text, term.end - 3).value) != std::u32string_view::npos;
  }

  // “三争”行动: words in quotes alone name no class, unless one of them ends as a class does.
  static bool IsSlogan(std::string_view text, Span term) {
    return EndsWithAt(text, term.begin, "“") && StartsWithAt(text, term.end, "”");
  }

  void AddMention(MentionId id) { found_.push_back({id, {}}); }

  void Emit(MentionId id, const char* rule) {
    if (Give(id, rule) > 0 || work_.mention(id).type == "Event") return;
    // Where the name could not be taken apart, the classes in it that are known.
    found_.clear();
    std::uint32_t last = 0;
    for (const MentionId inner : work_.Inner(id)) {
      const WorkMention& mention = work_.mention(inner);
      if (mention.type != "Industry" || mention.entries.empty() || mention.span.begin < last)
        continue;
      if (mention.span.size() < kKnownClass) continue;
      if (std::find(wholes_.begin(), wholes_.end(), work_.Text(inner)) != wholes_.end()) continue;
      last = mention.span.end;
      AddMention(inner);
    }
    Give(id, rule);
  }

  std::size_t Give(MentionId id, const char* rule) {
    const std::uint32_t sentence = work_.mention(id).sentence;
    std::size_t given = 0;
    for (const Found& found : found_) {
      if (given >= kMaxTargets) break;
      MentionId to = found.mention;
      if (to == kNoMention) {
        to = TermMention(work_, sets_, sentence, found.term, "Industry", rule, 0.7,
                         TermBorder::kFirm);
      }
      if (to == kNoMention || to == id) continue;
      const std::string_view type = work_.mention(to).type;
      if (type == "Event" || type == "Policy" || work_.Is(to, "Person")) continue;
      Proposal proposal;
      proposal.type = "TARGETS";
      proposal.from = id;
      proposal.to = to;
      proposal.evidence = sentence;
      proposal.rule = rule;
      proposal.confidence = 0.8;
      work_.Propose(std::move(proposal));
      ++given;
    }
    return given;
  }

  struct Found {
    MentionId mention;
    Span term;
  };

  Workspace& work_;
  const WordSets& sets_;
  const WordList& policy_tails_;
  const WordList& event_tails_;
  const WordList& verbs_;
  const WordList& adverbs_;
  const WordList& leads_;
  const WordList& fieldless_;
  const WordList& treaties_;
  const WordList& sports_;
  const WordList& law_tails_;
  const WordList& fairs_;
  const WordList& bound_;
  const WordList& wholes_;
  const WordList& status_zones_;
  const WordList& numbers_;
  std::vector<Found> found_;
  bool short_ = false;  // two characters say enough
};

}  // namespace

void FindTargets(StructureContext& context) { Targets(context).Run(); }

}  // namespace tupu::extract
