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
  void Read(std::uint32_t s) {
    const WorkSentence& sent = work_.sentence(s);
    MentionId policy = kNoMention;  // that the sentence speaks of
    bool speaks = false;            // it is the subject of what follows it
    bool acts = false;              // somebody is named behind it who may do what is said there
    std::uint32_t last = 0;         // end of the class taken last
    for (std::size_t i = 0; i < sent.mentions.size(); ++i) {
      const MentionId id = sent.mentions[i];
      const WorkMention& mention = work_.mention(id);
      if (mention.nested) continue;
      if (mention.type == "Policy") {
        // What is said behind a programme that a document names is said of the programme.
        policy = Speaks(id) ? id : kNoMention;
        last = 0;
        acts = false;
        speaks = IsSubject(sent.text, mention.span.end);
        continue;
      }
      if (mention.type == "Event") policy = kNoMention;  // what is said next may be said of it
      if (mention.type != "Industry") acts = true;
      if (policy == kNoMention || mention.type != "Industry") continue;
      if (std::find(wholes_.begin(), wholes_.end(), work_.Text(id)) != wholes_.end()) continue;
      // What only looks like a class is seldom what a policy is about.
      if (mention.entries.empty() || !StandsFree(sent.text, mention.span.end)) continue;
      const bool specific =
          CountCodePoints(work_.Text(id)) >= 4 || NamesPeople(sent.text, mention.span.end);
      const std::uint32_t coordinator = last > 0 ? CoordinatorAt(sent.text, last) : 0;
      const bool listed = coordinator > 0 && ClauseMarkAt(sent.text, last) == 0 &&
                          last + coordinator == mention.span.begin;
      const bool verb = HasVerb(sent.text, mention.span.begin);
      const bool told = verb || (speaks && !acts);
      if (!(specific && told) && !listed && !(told && LeadsList(s, i))) continue;
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

  // Whether what follows the mention may say what the document addresses.
  bool Speaks(MentionId id) const {
    return IsDocument(id) && TopicOf(work_, sets_, id) != kNoMention &&
           !IsCarriedOut(work_, sets_, id);
  }

  // 《办法》要求, 《办法》（试行），: what follows at `pos` is said of the policy, not of a part of
  // it (《办法》的附件, 《办法》起草过程中).
  bool IsSubject(std::string_view text, std::uint32_t pos) const {
    for (const std::string_view mark : {"》", "〉", "”"}) {
      if (StartsWithAt(text, pos, mark)) pos += static_cast<std::uint32_t>(mark.size());
    }
    pos = SkipRemark(text, pos);
    return pos >= text.size() || LongestAt(text, pos, says_) > 0;
  }

  // 石化、钢铁、建材: the first, mention number `first`, of three or more classes that stand in one
  // list.
  bool LeadsList(std::uint32_t s, std::size_t first) const {
    const WorkSentence& sent = work_.sentence(s);
    std::uint32_t end = work_.mention(sent.mentions[first]).span.end;
    int count = 1;
    for (std::size_t i = first + 1; i < sent.mentions.size() && count < 3; ++i) {
      const WorkMention& mention = work_.mention(sent.mentions[i]);
      if (mention.span.begin > end + 3 || !StartsWithAt(sent.text, end, "、")) break;
      if (mention.type != "Industry" || mention.span.begin != end + 3) continue;
      end = mention.span.end;
      ++count;
    }
    return count >= 3;
  }

  // Whether the class ends the word that it stands in: not 国有资产 of 国有资产类用房, nor
  // 可再生能源 of 可再生能源发电.
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
    while (work_.mention(id).antecedent != kNoMention) id = work_.mention(id).antecedent;
    const WorkMention& mention = work_.mention(id);
    const std::string_view text = work_.sentence(mention.sentence).text;
    const std::string_view name = Slice(text, mention.span);
    return EndsWithAt(text, mention.span.begin, "《") ||
           EndsWithAt(text, mention.span.begin, "〈") || mention.rule.starts_with("short") ||
           name.find("《") != std::string_view::npos || name.starts_with("关于");
  }

  // A verb of the set before `pos` in its clause, but for an attribute of a few characters.
  bool HasVerb(std::string_view text, std::uint32_t pos) const {
    constexpr int kMostAttribute = 3;  // characters
    for (int i = 0; i <= kMostAttribute; ++i) {
      if (LongestBefore(text, pos, verbs_) > 0) return true;
      const CodePoint before = DecodeBefore(text, pos);
      if (before.size == 0) return false;
      pos -= before.size;
      if (ClauseMarkAt(text, pos) > 0 || StartsWithAt(text, pos, "、")) return false;
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
  const WordList& says_;
};

}  // namespace

void FindStatedTargets(StructureContext& context) { StatedTargets(context).Run(); }

}  // namespace tupu::extract
