// The fields that a sentence lists behind the policy or event that it goes on to speak of:
//   《规划》印发…。…涵盖竹纤维、竹板材等领域。 论坛…，下设产业合作、人才培养两个议题。
//   《措施》从竹材加工、提升竹林保护水平等四个方面提出二十条。
#include <algorithm>
#include <optional>

#include "extract/facts/rules.h"
#include "extract/facts/structure.h"
#include "extract/facts/terms.h"
#include "extract/facts/topics.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::size_t kCoveredFieldsMaxSentence = 3000;  // bytes; what is longer is no sentence
constexpr std::size_t kMinFields = 2;
constexpr std::size_t kMinDone = 6;      // characters of what begins with a verb and tells of it
constexpr std::uint32_t kMinAspect = 9;  // bytes of what stands alone among 方面

// Patterns see one sentence and a few characters of it; here the topic may stand anywhere before in
// the paragraph.
class CoveredFields {
 public:
  explicit CoveredFields(StructureContext& context)
      : work_(*context.work),
        sets_(*context.sets),
        covers_(WordsOf(*context.sets, "cover_verb")),
        shows_(WordsOf(*context.sets, "cover_verb_of_event")),
        counted_(WordsOf(*context.sets, "field_count")),
        numbers_(WordsOf(*context.sets, "number_of")),
        kinds_(WordsOf(*context.sets, "field_kind")),
        aspects_(WordsOf(*context.sets, "aspect_lead")),
        objects_(WordsOf(*context.sets, "object_verb")),
        title_verbs_(WordsOf(*context.sets, "title_verb")),
        inner_(WordsOf(*context.sets, "aspect_broken")),
        actors_(WordsOf(*context.sets, "object_actor")),
        fields_(WordsOf(*context.sets, "object_field")),
        breaks_(WordsOf(*context.sets, "topic_break")) {}

  void Run() {
    const Sentence* last = nullptr;
    std::uint32_t last_article = static_cast<std::uint32_t>(-1);
    for (std::uint32_t s = 0; s < work_.sentences().size(); ++s) {
      const WorkSentence& sent = work_.sentence(s);
      const bool goes_on = last != nullptr && last->article == sent.place.article &&
                           last->paragraph == sent.place.paragraph;
      last = &sent.place;
      // 这十项举措涵盖… in the paragraph below.
      const bool below =
          last_article == sent.place.article && s == named_ + 1 && sent.text.starts_with("这");
      last_article = sent.place.article;
      if (!goes_on && !below) topic_ = kNoMention;
      if (sent.place.kind == SentenceKind::kByline || sent.text.size() > kCoveredFieldsMaxSentence)
        continue;
      Read(s);
    }
  }

 private:
  void Read(std::uint32_t s) {
    const std::string_view text = work_.sentence(s).text;
    bool same = false;
    const bool counts = text.find("方面") != std::string_view::npos;
    const bool fields = text.find("领域") != std::string_view::npos;
    const std::vector<MentionId> mentions = work_.sentence(s).mentions;
    std::size_t next = 0;
    std::optional<bool> breaks;  // whether the sentence speaks of something else; asked for late
    for (std::uint32_t at = 0; at < text.size();) {
      for (; next < mentions.size() && work_.mention(mentions[next]).span.begin <= at; ++next) {
        const WorkMention& mention = work_.mention(mentions[next]);
        if (mention.nested || (mention.type != "Policy" && mention.type != "Event")) continue;
        topic_ = TopicOf(work_, sets_, mentions[next]);
        named_ = s;
        same = true;
        at = std::max(at, mention.span.end);
      }
      std::uint32_t size = 0, aspect = 0;
      if (topic_ != kNoMention) {
        size = LongestAt(text, at, covers_);
        const bool policy = work_.mention(topic_).type == "Policy";
        if (policy && (counts || (fields && IsNear(s)))) aspect = LongestAt(text, at, aspects_);
        if (aspect > 0 && !counts && IsElsewhere(text, at)) aspect = 0;
        if (size == 0 && !policy) size = LongestAt(text, at, shows_);
      }
      if (std::max(size, aspect) > 0 && !same) {
        if (!breaks) breaks = HoldsAny(text, breaks_);
        if (*breaks) size = aspect = 0;
      }
      if (std::max(size, aspect) > 0 && LacksSubject(s, at)) {
        const std::uint32_t past = at + std::max(size, aspect);
        std::uint32_t listed = size > 0 || IsNear(s) ? List(s, past) : at;
        if (aspect > 0 && listed <= past) listed = Aspects(s, at + aspect);
        at = std::max(past, listed);
      } else if (at < text.size()) {
        at += size > 0 ? size : DecodeAt(text, at).size;
      }
    }
  }

  // Whether the sentence or the one before it names the document: 《计划》印发。各方在甲、乙等领域
  // 合作; what is done in which fields far below is done under others.
  bool IsNear(std::uint32_t s) const {
    return s <= named_ + 1 && !IsUntitledProgramme(work_, sets_, topic_);
  }

  // 在竹材等领域合作, 有实力的企业…等领域: what is done there, not what the document deals with;
  // 在竹材、竹纤维两大领域 counts what that is.
  static bool IsElsewhere(std::string_view text, std::uint32_t at) {
    if (!StartsWithAt(text, at, "在") && !StartsWithAt(text, at, "有")) return false;
    const std::string_view list = text.substr(at, text.find("领域", at) - at);
    return list.find("等") != std::string_view::npos;
  }

  // Whether nobody else is the subject of the clause up to `pos` (福建近年聚焦…).
  bool LacksSubject(std::uint32_t s, std::uint32_t pos) const {
    const std::uint32_t begin = ClauseBegin(work_.sentence(s).text, pos);
    for (const MentionId id : work_.sentence(s).mentions) {
      const WorkMention& mention = work_.mention(id);
      if (mention.span.begin >= pos) break;
      // 三百家竹编企业集中展示…: those who show it at the fair.
      if (mention.type == "Industry" && work_.mention(topic_).type == "Event") continue;
      if (mention.span.begin >= begin && id != topic_ && mention.antecedent != topic_) return false;
    }
    return true;
  }

  // The parts of the list that begins at `begin` and goes up to where `ends` is true within the
  // clause; none where those are too few.
  template <class Ends>
  std::vector<Span> PartsUpTo(std::uint32_t s, std::uint32_t begin, Ends&& ends) const {
    const std::string_view text = work_.sentence(s).text;
    const std::string_view clause = text.substr(0, ClauseEnd(text, begin));
    std::uint32_t at = begin;
    while (at < clause.size() && !ends(clause, at)) at += DecodeAt(clause, at).size;
    if (at >= clause.size() || at == begin) return {};
    std::vector<Span> parts = SplitCoordinated(text, {begin, at});
    if (parts.size() < kMinFields) parts.clear();
    return parts;
  }

  // The list that begins at `begin`, if words that count fields end it; where to read on.
  std::uint32_t List(std::uint32_t s, std::uint32_t begin) {
    const std::vector<Span> parts =
        PartsUpTo(s, begin, [&](auto clause, auto at) { return EndsList(clause, at); });
    const std::string_view text = work_.sentence(s).text;
    const bool event = work_.mention(topic_).type == "Event";
    for (const Span part : parts) {
      // 聚焦提升竹林保护水平、…等议题: what is to be done, no field.
      if (event && LongestAt(text, part.begin, objects_) > 0 &&
          CountCodePoints(Slice(text, part)) >= kMinDone) {
        continue;
      }
      Propose(s, TermMention(work_, sets_, s, part, "Industry", "target.covered", kConfidence),
              "target.covered");
    }
    return parts.empty() ? begin : parts.back().end;
  }

  // The objects of the verbs, or the fields, that a policy counts as what it deals with:
  // 支持科技创新、提升竹林保护水平4方面. Where to read on.
  std::uint32_t Aspects(std::uint32_t s, std::uint32_t begin) {
    const std::string_view text = work_.sentence(s).text;
    const std::vector<Span> parts =
        PartsUpTo(s, begin, [&](auto clause, auto at) { return EndsAspects(clause, at); });
    for (Span part : parts) {
      const std::string_view inside = text.substr(0, part.end);
      for (std::uint32_t size = 1; size > 0; part.begin += size) {
        size = std::max(LongestAt(inside, part.begin, objects_),
                        LongestAt(inside, part.begin, title_verbs_));
        if (part.begin + size + kMinAspect > part.end) size = 0;
      }
      if (part.size() < kMinAspect || HoldsAny(Slice(text, part), inner_) || !IsClass(s, part)) {
        continue;
      }
      const std::optional<Span> field = Terms(sets_).Clean(text, part);
      if (!field) continue;
      const bool listed = Slice(text, *field).find("及") != std::string_view::npos ||
                          Slice(text, *field).find("和") != std::string_view::npos;
      Propose(s,
              TermMention(work_, sets_, s, *field, "Industry", "target.aspect", kConfidence,
                          listed ? TermBorder::kWhole : TermBorder::kExact),
              "target.aspect");
    }
    return parts.empty() ? begin : parts.back().end;
  }

  // Whether the part is or begins with a class that a list knows, or ends as classes do: most
  // aspects (制度建设, 突出问题导向) are none.
  bool IsClass(std::uint32_t s, Span part) const {
    for (const MentionId id : work_.sentence(s).mentions) {
      const WorkMention& mention = work_.mention(id);
      if (mention.span.begin != part.begin || mention.type != "Industry") continue;
      if (!mention.entries.empty() && mention.span.size() >= kMinAspect) return true;
    }
    const std::optional<Span> clean = Terms(sets_).Clean(work_.sentence(s).text, part);
    if (!clean) return false;
    const std::string_view text = work_.sentence(s).text;
    return LongestBefore(text, clean->end, actors_) > 0 ||
           LongestBefore(text, clean->end, fields_) > 0;
  }

  // 等五个方面, 4方面, 三大方面
  bool EndsAspects(std::string_view text, std::uint32_t at) const {
    if (StartsWithAt(text, at, "等")) at += 3;
    const std::uint32_t number = LongestAt(text, at, numbers_);
    if (number == 0) return false;
    at += number;
    for (const std::string_view unit : {"大", "个"}) {
      if (StartsWithAt(text, at, unit)) at += 3;
    }
    return StartsWithAt(text, at, "方面");
  }

  void Propose(std::uint32_t s, MentionId field, const char* rule) {
    if (field == kNoMention || work_.mention(field).type != "Industry") return;
    Proposal proposal;
    proposal.type = "TARGETS";
    proposal.from = topic_;
    proposal.to = field;
    proposal.evidence = s;
    proposal.rule = rule;
    proposal.confidence = kConfidence;
    work_.Propose(std::move(proposal));
  }

  // 等领域, 等重点展示板块, 等三大行业, 三个议题, 4个线上招聘专场
  bool EndsList(std::string_view text, std::uint32_t at) const {
    if (const std::uint32_t size = LongestAt(text, at, counted_); size > 0) {
      return IsField(text, at + size);
    }
    const bool more = StartsWithAt(text, at, "等");
    if (more) at += 3;
    const std::uint32_t number = LongestAt(text, at, numbers_);
    if (number == 0) return more && KindWithin(text, at);
    at += number;
    for (const std::string_view unit : {"大类", "大", "个", "类"}) {
      if (!StartsWithAt(text, at, unit)) continue;
      return KindWithin(text, at + static_cast<std::uint32_t>(unit.size()));
    }
    return false;
  }

  // Whether a kind of field stands at `at` or behind a few characters that say which.
  bool KindWithin(std::string_view text, std::uint32_t at) const {
    constexpr int kMostBefore = 4;  // characters
    for (int i = 0; i <= kMostBefore && at < text.size(); ++i) {
      const std::uint32_t kind = LongestAt(text, at, kinds_);
      if (kind > 0) return IsField(text, at + kind) && !GoesOn(text, at + kind);
      if (ClauseMarkAt(text, at) > 0) return false;
      at += DecodeAt(text, at).size;
    }
    return false;
  }

  // 产品质量, 产业结构: another word than the kind.
  static bool GoesOn(std::string_view text, std::uint32_t at) {
    for (const std::string_view word : {"质量", "结构", "安全", "政策", "项目", "工人", "园"}) {
      if (StartsWithAt(text, at, word)) return true;
    }
    return false;
  }

  // 融资、人才等方面 are aspects of what is done, seldom fields.
  static bool IsField(std::string_view text, std::uint32_t end) {
    return !EndsWithAt(text, end, "方面");
  }

  static constexpr double kConfidence = 0.6;

  Workspace& work_;
  const WordSets& sets_;
  const WordList& covers_;
  const WordList& shows_;
  const WordList& counted_;
  const WordList& numbers_;
  const WordList& kinds_;
  const WordList& aspects_;
  const WordList& objects_;
  const WordList& title_verbs_;
  const WordList& inner_;
  const WordList& actors_;
  const WordList& fields_;
  const WordList& breaks_;
  MentionId topic_ = kNoMention;  // the policy or event named last in the paragraph
  std::uint32_t named_ = 0;       // the sentence that names it
};

}  // namespace

void FindCoveredFields(StructureContext& context) { CoveredFields(context).Run(); }

}  // namespace tupu::extract
