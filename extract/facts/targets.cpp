// What a policy or an event is about, from its own name:
//   关于支持承德市发展文化旅游产业的若干措施    承德市, 文化旅游产业
//   第三届中国冷链物流大会                      冷链物流
// and who issued it, where the name holds the issuer.
#include <algorithm>
#include <optional>
#include <set>

#include "extract/facts/name_fields.h"
#include "extract/facts/name_reader.h"
#include "extract/facts/rules.h"
#include "extract/facts/structure.h"
#include "extract/facts/terms.h"
#include "extract/facts/topics.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::size_t kTargetsMaxTargets = 8;
constexpr std::uint32_t kKnownClass = 12;  // bytes of a class that is taken wherever it stands

class Targets {
 public:
  explicit Targets(StructureContext& context)
      : work_(*context.work),
        sets_(*context.sets),
        policy_tails_(WordsOf(*context.sets, "policy_tail")),
        event_tails_(WordsOf(*context.sets, "event_tail")),
        treaties_(WordsOf(*context.sets, "treaty_name")),
        sports_(WordsOf(*context.sets, "sports_event")),
        law_tails_(WordsOf(*context.sets, "law_tail")),
        fairs_(WordsOf(*context.sets, "fair_tail")),
        drives_(WordsOf(*context.sets, "drive_event")),
        home_(WordsOf(*context.sets, "home_country")),
        signed_(WordsOf(*context.sets, "signed_paper_name")),
        areas_(WordsOf(*context.sets, "event_area")),
        wholes_(WordsOf(*context.sets, "term_whole")),
        reader_(*context.work, *context.sets),
        fields_(context.fields) {}

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
    if (IsReport(name, sets_) || IsEssay(work_, id) || SuspendsLaw(name)) return;
    if (EndsWithAt(Text(id), work_.mention(id).span.begin, "报告《")) return;  // 智库报告《…》
    const std::string_view text = Text(id);
    Span core = work_.mention(id).span;
    reader_.found.clear();
    // 关于印发〈…〉的通知: the inner name is a mention of its own.
    for (const MentionId inner : work_.Inner(id)) {
      const bool passed_on = name.starts_with("关于转发");
      if (work_.mention(inner).type == "Policy" && !passed_on) return;
    }
    core = Bracketed(text, core);
    const std::string_view about = "关于";
    const std::size_t at = Slice(text, core).find(about);
    if (at != std::string_view::npos) {
      const std::uint32_t subject = core.begin + static_cast<std::uint32_t>(at + about.size());
      if (HoldsAny(name, treaties_)) Parties(id, core.begin);
      core.begin = subject;
    } else {
      if (NamesWhereSigned(id, core)) return;
      if (HoldsAny(name, treaties_)) core.begin = Parties(id, core.begin);
      core = reader_.SkipIssuers(id, core);
    }
    const Span law = reader_.StripTail(id, core, law_tails_);
    reader_.takes_short = IsLaw(law, text);
    const std::uint32_t ending = LongestBefore(text, law.end, policy_tails_);
    if (reader_.takes_short && core.begin + ending + kKnownClass <= law.end) {
      core.end = law.end - ending;  // 竹乡规划法: what ends other names does not end a law's
    } else {
      core = reader_.StripTail(id, core, policy_tails_);
    }
    core = reader_.SkipRegions(id, core);
    // 竹篾管理条例: two characters are all that there is.
    constexpr std::uint32_t kShort = 6;
    if (EndsWithAt(text, law.end, "条例") && core.size() <= kShort) reader_.takes_short = true;
    reader_.Objects(id, core);
    if (core.size() >= kKnownClass && reader_.takes_short && EndsWithAt(text, law.end, "法")) {
      // 规划 of 国家竹业发展规划法: the rest of a name that verbs took apart.
      std::erase_if(reader_.found, [&](const NameObject& object) {
        return object.mention == kNoMention && object.term.size() < kKnownClass &&
               object.term.begin > core.begin;
      });
    }
    if (reader_.takes_short && reader_.found.empty() && EndsWithAt(text, law.end, "法")) {
      // 农业技术推广法: verbs inside are no verbs there.
      const std::optional<Span> all = Terms(sets_).Clean(text, {law.begin, law.end - 3});
      if (all && all->size() >= kKnownClass) reader_.found.push_back({kNoMention, *all});
    }
    reader_.takes_short = false;
    Emit(id, "target.policy_name");
  }

  // 关于印发<甲办法>的通知 where recognition found no inner name: what stands in the brackets.
  static Span Bracketed(std::string_view text, Span core) {
    constexpr std::uint32_t kMinInnerTitle = 15;
    for (const auto& [open, close] : {std::pair{"《", "》"}, {"〈", "〉"}, {"<", ">"}}) {
      const std::string_view name = Slice(text, core);
      const std::size_t from = name.find(open);
      const std::size_t to = name.find(close, from == std::string_view::npos ? 0 : from);
      if (from == std::string_view::npos || to == std::string_view::npos) continue;
      const Span inner{
          core.begin + static_cast<std::uint32_t>(from + std::string_view(open).size()),
          core.begin + static_cast<std::uint32_t>(to)};
      if (inner.begin + kMinInnerTitle <= inner.end) return inner;
    }
    return core;
  }

  // 巴黎协定, 吉达声明: what was agreed on is known by the place, which it is not about.
  bool NamesWhereSigned(MentionId id, Span core) const {
    const MentionId place = reader_.RegionAt(id, core.begin);
    if (place == kNoMention) return false;
    const Span rest{work_.mention(place).span.end, core.end};
    return !rest.empty() && LongestBefore(Text(id), rest.end, signed_) == rest.size();
  }

  // 学位法草案, 引渡条约: what stands before says what it is about, however short.
  static bool IsLaw(Span core, std::string_view text) {
    return (EndsWithAt(text, core.end, "法") && !EndsWithAt(text, core.end, "办法")) ||
           EndsWithAt(text, core.end, "条约");
  }

  // The regions that the name of a treaty begins with; returns where they end.
  std::uint32_t Parties(MentionId id, std::uint32_t pos) {
    const std::string_view text = Text(id);
    for (MentionId party = reader_.RegionAt(id, pos); party != kNoMention;
         party = reader_.RegionAt(id, pos)) {
      reader_.AddMention(party);
      pos = work_.mention(party).span.end;
      for (const std::string_view mark : {"和", "与", "—", "－", "-"}) {
        if (StartsWithAt(text, pos, mark)) pos += static_cast<std::uint32_t>(mark.size());
      }
    }
    return pos;
  }

  // 第三届中国冷链物流大会: fairs, forums and drives are about a field; whether what a meeting, a
  // contest or a festival says of one is what it is for only the tagger tells.
  void Event(MentionId id) {
    const std::string_view name = work_.Text(id);
    reader_.found.clear();
    const bool field = IsAboutField(name, sets_) && !HoldsAny(name, sports_);
    if (!field) return Emit(id, "target.event_field");
    Span core = work_.mention(id).span;
    const std::uint32_t end = core.end;
    core = reader_.SkipIssuers(id, core);
    const Span stripped = reader_.StripTail(id, core, event_tails_);
    // No head noun that says what is left is a field.
    if (stripped.end == end) return Emit(id, "target.event_field");
    core = reader_.SkipRegions(id, stripped);
    // 东盟 of 中国—东盟博览会 is no field.
    const bool pair =
        EndsWithAt(Text(id), core.begin, "—") || EndsWithAt(Text(id), core.begin, "－");
    const auto size = static_cast<std::uint32_t>(name.size());
    reader_.takes_short = !pair && LongestBefore(name, size, fairs_) > 0;
    reader_.Objects(id, core);
    reader_.takes_short = false;
    if (LongestBefore(name, size, drives_) > 0) {
      // 平安寄递专项行动: what a drive is against is a class where a list has it.
      std::erase_if(reader_.found, [&](const NameObject& object) {
        return object.mention == kNoMention && !BeginsKnown(id, object.term);
      });
    }
    Emit(id, "target.event_name");
  }

  // An event is held in the region or by the body; only what is no place to meet in is what it is
  // about.
  bool IsWhere(MentionId id, MentionId to) const {
    if (work_.mention(id).type != "Event") return false;
    const std::string_view type = work_.mention(to).type;
    if (type == "Zone" || type == "Project" || type == "Industry") return false;
    const std::string_view name = work_.Text(to);
    return LongestBefore(name, static_cast<std::uint32_t>(name.size()), areas_) == 0;
  }

  bool BeginsKnown(MentionId id, Span term) const {
    constexpr std::uint32_t kLeast = 6;  // bytes
    const MentionId known = reader_.IndustryAt(id, term.begin);
    return known != kNoMention && !work_.mention(known).entries.empty() &&
           work_.mention(known).span.size() >= kLeast;
  }

  void Emit(MentionId id, const char* rule) {
    const bool read = !reader_.found.empty();
    if (fields_ != nullptr) fields_->Weigh(work_, id, reader_.found);
    if (Give(id, rule) > 0 || work_.mention(id).type == "Event") return;
    if (read && reader_.found.empty()) return;  // taken apart, and nothing of it holds
    // Where the name could not be taken apart, the classes in it that are known.
    reader_.found.clear();
    std::uint32_t last = 0;
    for (const MentionId inner : work_.Inner(id)) {
      const WorkMention& mention = work_.mention(inner);
      if (mention.type != "Industry" || mention.entries.empty() || mention.span.begin < last)
        continue;
      if (mention.span.size() < kKnownClass) continue;
      if (std::find(wholes_.begin(), wholes_.end(), work_.Text(inner)) != wholes_.end()) continue;
      last = mention.span.end;
      reader_.AddMention(inner);
    }
    Give(id, rule);
  }

  // 产品技术 of 产品技术评价细则, 国土绿化 of 大规模国土绿化行动: of words that say little by
  // themselves only the title of a document makes something, where a list knows them.
  bool SaysNothing(MentionId id, MentionId to) const {
    if (std::find(wholes_.begin(), wholes_.end(), work_.Text(to)) == wholes_.end()) return false;
    const bool titled = EndsWithAt(Text(id), work_.mention(id).span.begin, "《") ||
                        work_.Text(id).find("关于") != std::string_view::npos;
    return !titled || work_.mention(to).entries.empty();
  }

  // 中华人民共和国成立八十周年: of the country only treaties say something.
  bool IsOwnCountry(MentionId id, MentionId to) const {
    const std::string_view name = work_.Text(to);
    return work_.mention(id).type == "Policy" && !HoldsAny(work_.Text(id), treaties_) &&
           std::find(home_.begin(), home_.end(), name) != home_.end();
  }

  std::size_t Give(MentionId id, const char* rule) {
    const std::uint32_t sentence = work_.mention(id).sentence;
    std::size_t given = 0;
    for (const NameObject& found : reader_.found) {
      if (given >= kTargetsMaxTargets) break;
      MentionId to = found.mention;
      if (to == kNoMention) {
        to = TermMention(work_, sets_, sentence, found.term, "Industry", rule, 0.7,
                         found.exact ? TermBorder::kExact : TermBorder::kFirm);
      }
      if (to == kNoMention || to == id) continue;
      if (found.mention == kNoMention && SaysNothing(id, to)) continue;
      if (IsOwnCountry(id, to) || IsWhere(id, to)) continue;
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

  Workspace& work_;
  const WordSets& sets_;
  const WordList& policy_tails_;
  const WordList& event_tails_;
  const WordList& treaties_;
  const WordList& sports_;
  const WordList& law_tails_;
  const WordList& fairs_;
  const WordList& drives_;
  const WordList& home_;
  const WordList& signed_;
  const WordList& areas_;
  const WordList& wholes_;
  NameReader reader_;
  const NameFields* fields_;
};

}  // namespace

void FindTargets(StructureContext& context) { Targets(context).Run(); }

}  // namespace tupu::extract
