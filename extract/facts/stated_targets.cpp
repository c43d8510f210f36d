// What the sentences around a policy's name say that it addresses.
#include <algorithm>

#include "extract/facts/rules.h"
#include "extract/facts/structure.h"
#include "extract/facts/terms.h"
#include "extract/facts/topics.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::size_t kStatedMaxSentence = 3000;  // bytes; what is longer is no sentence

// 《规划》提出，重点发展集成电路、工业母机: known classes that a sentence names after a policy,
// behind a verb of support or regulation, or where the policy is the subject of what names them.
class StatedTargets {
 public:
  explicit StatedTargets(StructureContext& context)
      : work_(*context.work),
        sets_(*context.sets),
        verbs_(WordsOf(*context.sets, "target_verb")),
        wholes_(WordsOf(*context.sets, "term_whole")),
        follow_(WordsOf(*context.sets, "object_follow")),
        kinds_(WordsOf(*context.sets, "field_kind")),
        numbers_(WordsOf(*context.sets, "number_of")),
        actors_(WordsOf(*context.sets, "object_actor")),
        on_(WordsOf(*context.sets, "object_goes_on")),
        cites_(WordsOf(*context.sets, "object_passing")),
        passing_(WordsOf(*context.sets, "title_passing")),
        says_(WordsOf(*context.sets, "topic_says")) {}

  void Run() {
    for (std::uint32_t s = 0; s < work_.sentences().size(); ++s) {
      const WorkSentence& sent = work_.sentence(s);
      if (sent.place.kind != SentenceKind::kByline && sent.text.size() <= kStatedMaxSentence) {
        Read(s);
      }
    }
  }

 private:
  // 根据《甲法》和《乙条例》, 实施《甲办法》: others only cite the document or carry it out.
  bool IsCited(std::uint32_t s, MentionId id) const {
    const std::uint32_t begin = work_.mention(id).span.begin;
    const std::string_view text = work_.sentence(s).text;
    return IsPassing(text, begin, passing_) || IsCitedByClause(text, begin) ||
           IsPassing(text, begin, cites_);
  }

  void Read(std::uint32_t s) {
    const WorkSentence& sent = work_.sentence(s);
    MentionId policy = kNoMention;  // that the sentence speaks of
    bool speaks = false;            // it is the subject of what follows it
    std::uint32_t told_from = 0;    // where that begins
    std::uint32_t last = 0;         // end of the class taken last
    for (const MentionId id : std::vector<MentionId>(sent.mentions)) {
      const WorkMention& mention = work_.mention(id);
      if (mention.nested) continue;
      if (mention.type == "Policy") {
        // What is said behind a programme that a document names is said of the programme.
        policy = IsDocument(id) && !IsCited(s, id) ? id : kNoMention;
        last = 0;
        told_from = mention.span.end;
        speaks = Speaks(sent.text, told_from);
        continue;
      }
      if (policy == kNoMention || mention.type != "Industry") continue;
      if (std::find(wholes_.begin(), wholes_.end(), work_.Text(id)) != wholes_.end()) continue;
      // What only looks like a class is seldom what a policy is about.
      if (mention.entries.empty() || !StandsFree(sent.text, mention.span.end)) continue;
      const bool specific =
          CountCodePoints(work_.Text(id)) >= 4 || NamesPeople(sent.text, mention.span.end);
      const std::uint32_t coordinator = last > 0 ? CoordinatorAt(sent.text, last) : 0;
      const bool listed = coordinator > 0 && last + coordinator == mention.span.begin;
      const bool verb = HasVerb(sent.text, mention.span.begin);
      const bool told = verb || (speaks && LacksActor(s, told_from, mention.span.begin));
      if (!(specific && told) && !listed && !(told && LeadsList(s, id))) continue;
      last = mention.span.end;
      Proposal proposal;
      proposal.type = "TARGETS";
      proposal.from = policy;
      proposal.to = id;
      proposal.evidence = s;
      proposal.rule = "target.stated";
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

  Workspace& work_;
  const WordSets& sets_;
  const WordList& verbs_;
  const WordList& wholes_;
  const WordList& follow_;
  const WordList& kinds_;
  const WordList& numbers_;
  const WordList& actors_;
  const WordList& on_;
  const WordList& cites_;
  const WordList& passing_;
  const WordList& says_;
};

}  // namespace

void FindStatedTargets(StructureContext& context) { StatedTargets(context).Run(); }

}  // namespace tupu::extract
