// The fields that a sentence lists behind the policy or event that it goes on to speak of:
//   《规划》印发…。…涵盖竹纤维、竹板材等领域。 论坛…，下设产业合作、人才培养两个议题。
#include <algorithm>
#include <optional>

#include "extract/facts/rules.h"
#include "extract/facts/structure.h"
#include "extract/facts/terms.h"
#include "extract/facts/topics.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::size_t kMaxSentence = 3000;  // bytes; what is longer is no sentence
constexpr std::size_t kMinFields = 2;

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
        breaks_(WordsOf(*context.sets, "topic_break")) {}

  void Run() {
    const Sentence* last = nullptr;
    for (std::uint32_t s = 0; s < work_.sentences().size(); ++s) {
      const WorkSentence& sent = work_.sentence(s);
      const bool goes_on = last != nullptr && last->article == sent.place.article &&
                           last->paragraph == sent.place.paragraph;
      last = &sent.place;
      if (!goes_on) topic_ = kNoMention;
      if (sent.place.kind == SentenceKind::kByline || sent.text.size() > kMaxSentence) continue;
      Read(s);
    }
  }

 private:
  void Read(std::uint32_t s) {
    const std::string_view text = work_.sentence(s).text;
    bool same = false;
    const std::vector<MentionId> mentions = work_.sentence(s).mentions;
    std::size_t next = 0;
    std::optional<bool> breaks;  // whether the sentence speaks of something else; asked for late
    for (std::uint32_t at = 0; at < text.size();) {
      for (; next < mentions.size() && work_.mention(mentions[next]).span.begin <= at; ++next) {
        const WorkMention& mention = work_.mention(mentions[next]);
        if (mention.nested || (mention.type != "Policy" && mention.type != "Event")) continue;
        topic_ = TopicOf(work_, sets_, mentions[next]);
        same = true;
        at = std::max(at, mention.span.end);
      }
      std::uint32_t size = 0;
      if (topic_ != kNoMention) {
        size = LongestAt(text, at, covers_);
        if (size == 0 && work_.mention(topic_).type == "Event") size = LongestAt(text, at, shows_);
      }
      if (size > 0 && !same) {
        if (!breaks) breaks = HoldsAny(text, breaks_);
        if (*breaks) size = 0;
      }
      if (size > 0 && LacksSubject(s, at)) {
        at += size;
        at = std::max(at, List(s, at));
      } else if (at < text.size()) {
        at += size > 0 ? size : DecodeAt(text, at).size;
      }
    }
  }

  // Whether nobody else is the subject of the clause up to `pos` (福建近年聚焦…).
  bool LacksSubject(std::uint32_t s, std::uint32_t pos) const {
    const std::uint32_t begin = ClauseBegin(work_.sentence(s).text, pos);
    for (const MentionId id : work_.sentence(s).mentions) {
      const WorkMention& mention = work_.mention(id);
      if (mention.span.begin >= pos) break;
      if (mention.span.begin >= begin && id != topic_ && mention.antecedent != topic_) return false;
    }
    return true;
  }

  // The list that begins at `begin`, if words that count fields end it; where to read on.
  std::uint32_t List(std::uint32_t s, std::uint32_t begin) {
    const std::string_view text = work_.sentence(s).text;
    const std::string_view clause = text.substr(0, ClauseEnd(text, begin));
    std::uint32_t at = begin;
    while (at < clause.size() && !EndsList(clause, at)) at += DecodeAt(clause, at).size;
    if (at >= clause.size() || at == begin) return begin;
    const std::vector<Span> parts = SplitCoordinated(text, {begin, at});
    if (parts.size() < kMinFields) return begin;
    for (const Span part : parts) {
      const MentionId field =
          TermMention(work_, sets_, s, part, "Industry", "target.covered", kConfidence);
      if (field == kNoMention || work_.mention(field).type != "Industry") continue;
      Proposal proposal;
      proposal.type = "TARGETS";
      proposal.from = topic_;
      proposal.to = field;
      proposal.evidence = s;
      proposal.rule = "target.covered";
      proposal.confidence = kConfidence;
      work_.Propose(std::move(proposal));
    }
    return at;
  }

  // 等领域, 等三大行业, 三个议题
  bool EndsList(std::string_view text, std::uint32_t at) const {
    if (const std::uint32_t size = LongestAt(text, at, counted_); size > 0) {
      return IsField(text, at + size);
    }
    if (StartsWithAt(text, at, "等")) at += 3;
    const std::uint32_t number = LongestAt(text, at, numbers_);
    if (number == 0) return false;
    at += number;
    for (const std::string_view unit : {"大类", "大", "个", "类"}) {
      if (!StartsWithAt(text, at, unit)) continue;
      at += static_cast<std::uint32_t>(unit.size());
      const std::uint32_t kind = LongestAt(text, at, kinds_);
      return kind > 0 && IsField(text, at + kind);
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
  const WordList& breaks_;
  MentionId topic_ = kNoMention;  // the policy or event named last in the paragraph
};

}  // namespace

void FindCoveredFields(StructureContext& context) { CoveredFields(context).Run(); }

}  // namespace tupu::extract
