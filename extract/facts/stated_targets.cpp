// What the sentences around a policy's name say that it addresses.
#include <algorithm>
#include <set>

#include "extract/facts/rules.h"
#include "extract/facts/structure.h"
#include "extract/facts/terms.h"
#include "extract/facts/topics.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

// Bytes of a name that is no short form.
constexpr std::uint32_t kFullName = 15;
// Sentences for which a policy stays the topic; the longer where the article's title names it and
// no other is named.
constexpr std::uint32_t kMaxDistance = 6;
constexpr std::uint32_t kMaxOwnDistance = 40;

// 《规划》提出，重点发展集成电路、工业母机: classes that a sentence names after a policy, and those
// that a verb of support or regulation has for its objects while the policy is still the topic.
class StatedTargets {
 public:
  explicit StatedTargets(StructureContext& context)
      : work_(*context.work),
        sets_(*context.sets),
        verbs_(WordsOf(*context.sets, "target_verb")),
        wholes_(WordsOf(*context.sets, "term_whole")),
        speech_(WordsOf(*context.sets, "topic_break")),
        follow_(WordsOf(*context.sets, "object_follow")),
        kinds_(WordsOf(*context.sets, "field_kind")),
        numbers_(WordsOf(*context.sets, "number_of")),
        actors_(WordsOf(*context.sets, "object_actor")),
        on_(WordsOf(*context.sets, "object_goes_on")),
        cites_(WordsOf(*context.sets, "object_passing")),
        passing_(WordsOf(*context.sets, "title_passing")),
        says_(WordsOf(*context.sets, "topic_says")) {}

  void Run() {
    std::uint32_t article = static_cast<std::uint32_t>(-1);
    for (std::uint32_t s = 0; s < work_.sentences().size(); ++s) {
      const WorkSentence& sent = work_.sentence(s);
      if (sent.place.article != article) {
        article = sent.place.article;
        topic_ = kNoMention;
        only_ = CountPolicies(article) == 1;
        own_ = {};
      }
      if (sent.place.kind == SentenceKind::kTitle) own_ = Titled(s);
      if (sent.place.kind != SentenceKind::kByline && sent.text.size() < 3000) Sentence(s);
    }
  }

 private:
  std::size_t CountPolicies(std::uint32_t article) const {
    const Span range = work_.ArticleSentences(article);
    std::set<std::string_view> names;
    for (std::uint32_t s = range.begin; s < range.end; ++s) {
      for (const MentionId id : work_.sentence(s).mentions) {
        const WorkMention& mention = work_.mention(id);
        // What is only known by its verb (实施促消费计划) may well be a part of the document.
        const bool named = mention.type == "Policy" && mention.rule != "document.object";
        if (named && !mention.nested && mention.span.size() > 15) {
          names.insert(work_.Text(id));
        }
      }
    }
    return names.size();
  }

  // The text of a title that names a document: the article is that document, or about it.
  std::string_view Titled(std::uint32_t s) const {
    for (const MentionId id : work_.sentence(s).mentions) {
      if (work_.mention(id).type == "Policy") return work_.sentence(s).text;
    }
    return {};
  }

  // 根据《甲法》和《乙条例》 in a document of another name, which goes on to speak of itself;
  // 实施《甲办法》 anywhere.
  bool IsCited(std::uint32_t s, MentionId id) const {
    const WorkMention& mention = work_.mention(id);
    const std::string_view text = work_.sentence(s).text;
    if (IsPassing(text, mention.span.begin, passing_)) return true;
    if (own_.empty() || mention.antecedent != kNoMention || mention.span.size() < kFullName) {
      return false;
    }
    if (own_.find(work_.Text(id)) != std::string_view::npos) return false;
    if (IsCitedByClause(text, mention.span.begin)) return true;
    return IsPassing(text, mention.span.begin, cites_);
  }

  void Sentence(std::uint32_t s) {
    const WorkSentence& sent = work_.sentence(s);
    bool same = false;
    bool passed = false;
    bool speaks = false;          // the policy named last is the subject of what follows it
    std::uint32_t told_from = 0;  // where that begins
    std::uint32_t last = 0;       // end of the object taken last
    for (const MentionId id : std::vector<MentionId>(sent.mentions)) {
      const WorkMention& mention = work_.mention(id);
      if (mention.nested) continue;
      if (mention.type == "Policy") {
        // What is said behind a programme that a document names is said of the programme; the next
        // sentence is about the document again.
        same = IsDocument(id);
        const bool cites = same && IsCited(s, id);
        if (same) topic_ = cites ? kNoMention : id;
        same = same && !cites;
        passed = !same;
        last = 0;
        told_from = mention.span.end;
        speaks = Speaks(sent.text, told_from);
        continue;
      }
      if (passed || topic_ == kNoMention || mention.type != "Industry") continue;
      if (std::find(wholes_.begin(), wholes_.end(), work_.Text(id)) != wholes_.end()) continue;
      // What only looks like a class is seldom what a policy is about.
      if (mention.entries.empty() || !StandsFree(sent.text, mention.span.end)) continue;
      const bool specific =
          CountCodePoints(work_.Text(id)) >= 4 || NamesPeople(sent.text, mention.span.end);
      const std::uint32_t coordinator = last > 0 ? CoordinatorAt(sent.text, last) : 0;
      const bool listed = coordinator > 0 && last + coordinator == mention.span.begin;
      const bool verb = HasVerb(sent.text, mention.span.begin);
      bool taken = false;
      if (same) {
        const bool told = verb || (speaks && LacksActor(s, told_from, mention.span.begin));
        taken = (specific && told) || listed || (told && LeadsList(s, id));
      } else {
        const Sentence_& place = work_.sentence(work_.mention(topic_).sentence).place;
        const bool near = (place.paragraph == sent.place.paragraph || only_) &&
                          s - work_.mention(topic_).sentence <=
                              (only_ && !own_.empty() ? kMaxOwnDistance : kMaxDistance);
        taken = near && !HoldsAny(sent.text, speech_) && (verb || listed) && specific &&
                LacksActor(s, 0, mention.span.begin);
      }
      if (!taken) continue;
      last = mention.span.end;
      Proposal proposal;
      proposal.type = "TARGETS";
      proposal.from = topic_;
      proposal.to = id;
      proposal.evidence = s;
      proposal.rule = same ? "target.stated" : "target.topic";
      proposal.confidence = verb ? 0.5 : 0.4;
      work_.Propose(std::move(proposal));
    }
  }

  // Whether nobody is named between `from` and `pos` who does what is said there: 双方要加强….
  bool LacksActor(std::uint32_t s, std::uint32_t from, std::uint32_t pos) const {
    const std::vector<MentionId>& mentions = work_.sentence(s).mentions;
    return std::none_of(mentions.begin(), mentions.end(), [&](MentionId id) {
      const WorkMention& mention = work_.mention(id);
      return mention.span.begin >= from && mention.span.begin < pos && !mention.nested &&
             mention.type != "Industry";
    });
  }

  // 《办法》要求, 《办法》（试行），: what follows at `pos` is said of the policy, not of a part of
  // it (《办法》的附件, 《办法》起草过程中).
  bool Speaks(std::string_view text, std::uint32_t pos) const {
    for (const std::string_view mark : {"》", "〉", "”"}) {
      if (StartsWithAt(text, pos, mark)) pos += static_cast<std::uint32_t>(mark.size());
    }
    pos = SkipRemark(text, pos);
    return pos >= text.size() || LongestAt(text, pos, says_) > 0;
  }

  // 石化、钢铁、建材: the first of three or more classes that stand in one list.
  bool LeadsList(std::uint32_t s, MentionId id) const {
    const std::string_view text = work_.sentence(s).text;
    std::uint32_t end = work_.mention(id).span.end;
    int count = 1;
    for (const MentionId next : work_.sentence(s).mentions) {
      const WorkMention& mention = work_.mention(next);
      if (mention.type != "Industry" || mention.span.begin != end + 3) continue;
      if (!StartsWithAt(text, end, "、")) break;
      end = mention.span.end;
      ++count;
    }
    return count >= 3;
  }

  // Whether the class ends what it stands in, and is no attribute: not 国有资产 of 国有资产类用房,
  // nor 可再生能源 of 可再生能源发电.
  bool StandsFree(std::string_view text, std::uint32_t end) const {
    if (end >= text.size() || ClauseMarkAt(text, end) > 0 || CoordinatorAt(text, end) > 0) {
      return true;
    }
    for (const std::string_view mark : {"的", "（", "(", "”", "等", "特别是", "尤其是"}) {
      if (StartsWithAt(text, end, mark)) return true;
    }
    if (LongestBefore(text, end, actors_) > 0) return LongestAt(text, end, on_) == 0;
    return LongestAt(text, end, follow_) > 0 || LongestAt(text, end, kinds_) > 0 ||
           LongestAt(text, end, numbers_) > 0;
  }

  // 投资者 and 老年人 say who, where 农业 says little.
  bool NamesPeople(std::string_view text, std::uint32_t end) const {
    constexpr std::u32string_view kPeople = U"者人工";
    return kPeople.find(DecodeBefore(text, end).value) != std::u32string_view::npos &&
           LongestBefore(text, end, actors_) > 0;
  }

  // A titled document, or its short form: only those go on to say what they are about.
  bool IsDocument(MentionId id) const {
    const WorkMention& mention = work_.mention(id);
    if (mention.antecedent != kNoMention) return IsDocument(mention.antecedent);
    const std::string_view text = work_.sentence(mention.sentence).text;
    if (IsReport(work_.Text(id), sets_) || IsEssay(work_, id)) return false;
    if (EndsWithAt(text, mention.span.begin, "《") || EndsWithAt(text, mention.span.begin, "〈")) {
      return true;
    }
    const std::string_view name = Slice(text, mention.span);
    return mention.rule.rfind("short", 0) == 0 || name.find("《") != std::string_view::npos ||
           name.substr(0, 6) == "关于";
  }

  // A verb of the set right before `pos`, but for an attribute of a few characters.
  bool HasVerb(std::string_view text, std::uint32_t pos) const {
    std::uint32_t at = pos;
    for (int i = 0; i < 4; ++i) {
      if (LongestBefore(text, at, verbs_) > 0) return true;
      const CodePoint before = DecodeBefore(text, at);
      if (before.size == 0 || before.value == U'，' || before.value == U'；' ||
          before.value == U',' || before.value == U'、') {
        return false;
      }
      at -= before.size;
    }
    return false;
  }

  using Sentence_ = extract::Sentence;

  Workspace& work_;
  const WordSets& sets_;
  const WordList& verbs_;
  const WordList& wholes_;
  const WordList& speech_;
  const WordList& follow_;
  const WordList& kinds_;
  const WordList& numbers_;
  const WordList& actors_;
  const WordList& on_;
  const WordList& cites_;
  const WordList& passing_;
  const WordList& says_;
  std::string_view own_;          // the article's title, where it names a document
  MentionId topic_ = kNoMention;  // the policy named last
  bool only_ = false;             // the article names no other
};

}  // namespace

void FindStatedTargets(StructureContext& context) { StatedTargets(context).Run(); }

}  // namespace tupu::extract
