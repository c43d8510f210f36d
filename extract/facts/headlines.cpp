// Who issued a document of which the headline only says that it is out: 绿色工厂名单公布 above
// 工业和信息化部今天公布，…: the bodies that the first sentence begins with, where it says in the
// same clause that they publish something.
#include <set>
#include <string>
#include <vector>

#include "extract/facts/rules.h"
#include "extract/facts/structure.h"
#include "extract/facts/terms.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

// Bytes from the document to 公布 in a title (今天正式), and from the bodies to it below
// (等八部门今天（3月5日）联合).
constexpr std::uint32_t kMaxToTitleVerb = 12;
constexpr std::uint32_t kHeadlinesMaxToVerb = 60;

class Headlines {
 public:
  explicit Headlines(StructureContext& context)
      : work_(*context.work),
        verbs_(WordsOf(*context.sets, "issue_publish")),
        leads_(WordsOf(*context.sets, "clause_lead")),
        tells_(WordsOf(*context.sets, "headline_told")) {
    for (const Proposal& proposal : work_.proposals()) {
      if (proposal.type == "ISSUED") issued_.insert(work_.Text(proposal.to));
    }
  }

  void Run() {
    for (std::uint32_t s = 0; s + 1 < work_.sentences().size(); ++s) {
      if (work_.sentence(s).place.kind != SentenceKind::kTitle) continue;
      const std::uint32_t below = Below(s);
      if (below == s) continue;
      if (const MentionId paper = Published(s); paper != kNoMention) Told(paper, below);
    }
  }

 private:
  // The first sentence of the text below a title of one line, or the title itself.
  std::uint32_t Below(std::uint32_t title) const {
    const std::uint32_t article = work_.sentence(title).place.article;
    for (std::uint32_t s = title + 1; s < work_.sentences().size(); ++s) {
      const Sentence& place = work_.sentence(s).place;
      if (place.article != article || place.kind == SentenceKind::kTitle) return title;
      if (place.kind == SentenceKind::kBody) return s;
    }
    return title;
  }

  // The document that the title begins with and says to be out; no body and no region before it.
  MentionId Published(std::uint32_t title) const {
    const WorkSentence& sent = work_.sentence(title);
    for (const MentionId id : sent.mentions) {
      const WorkMention& paper = work_.mention(id);
      if (paper.nested) continue;
      if (paper.type != "Policy" || paper.antecedent != kNoMention) return kNoMention;
      if (issued_.count(work_.Text(id)) > 0) return kNoMention;
      std::uint32_t at = paper.span.end;
      if (StartsWithAt(sent.text, at, "》")) at += 3;
      const std::uint32_t verb = VerbAt(sent.text, at, kMaxToTitleVerb, verbs_);
      return verb == sent.text.size() ? id : kNoMention;
    }
    return kNoMention;
  }

  // The end of the first of `words` within `reach` bytes of the clause, or 0.
  static std::uint32_t VerbAt(std::string_view text, std::uint32_t at, std::uint32_t reach,
                              const WordList& words) {
    for (const std::uint32_t low = at; at < text.size() && at <= low + reach;) {
      const std::uint32_t size = LongestAt(text, at, words);
      if (size > 0 && !StartsWithAt(text, at + size, "会")) return at + size;  // 发布会
      if (ClauseMarkAt(text, at) > 0) return 0;
      at += DecodeAt(text, at).size;
    }
    return 0;
  }

  void Told(MentionId paper, std::uint32_t s) {
    const WorkSentence& sent = work_.sentence(s);
    std::uint32_t at = SkipLead(sent);
    std::vector<MentionId> bodies;
    for (const MentionId id : sent.mentions) {
      const WorkMention& body = work_.mention(id);
      if (body.nested || body.span.end <= at) continue;
      const std::uint32_t joint = bodies.empty() ? 0 : CoordinatorAt(sent.text, at);
      if (body.span.begin != at + joint || (joint == 0 && !bodies.empty())) break;
      if (!work_.Is(id, "Ministry") && !work_.Is(id, "LocalGovernment")) return;
      bodies.push_back(id);
      at = body.span.end;
    }
    if (bodies.empty()) return;
    const std::uint32_t verb = VerbAt(sent.text, at, kHeadlinesMaxToVerb, tells_);
    if (verb == 0 || NamesAnother(sent, at)) return;
    const graph::Date date = DateBefore(work_, sent, {0, verb});
    for (const MentionId body : bodies) {
      Proposal proposal;
      proposal.type = "ISSUED";
      proposal.from = body;
      proposal.to = paper;
      proposal.evidence = s;
      proposal.rule = "issued.headline";
      proposal.confidence = 0.8;
      if (!date.empty()) proposal.properties["date"] = date.ToString();
      work_.Propose(std::move(proposal));
    }
  }

  // Past 近日， and 今天（3月5日），.
  std::uint32_t SkipLead(const WorkSentence& sent) const {
    std::uint32_t at = 0;
    for (bool again = true; again;) {
      again = false;
      for (const WorkDate& date : sent.dates) {
        if (date.span.begin > at + 6 || date.span.end <= at) continue;
        at = date.span.end;
        again = true;
      }
      if (const std::uint32_t size = LongestAt(sent.text, at, leads_); size > 0) {
        at += size;
        again = true;
      }
      for (const std::string_view mark : {"（", "）", "，", "今天", "昨天"}) {
        if (!StartsWithAt(sent.text, at, mark)) continue;
        at += static_cast<std::uint32_t>(mark.size());
        again = true;
      }
    }
    return at;
  }

  // A document that the sentence names behind `at` is what it tells of.
  bool NamesAnother(const WorkSentence& sent, std::uint32_t at) const {
    for (const MentionId id : sent.mentions) {
      const WorkMention& mention = work_.mention(id);
      if (mention.type == "Policy" && !mention.nested && mention.span.begin >= at &&
          issued_.count(work_.Text(id)) > 0) {
        return true;
      }
    }
    return false;
  }

  Workspace& work_;
  const WordList& verbs_;
  const WordList& leads_;
  const WordList& tells_;
  // Names of documents of which a sentence says who issued them.
  std::set<std::string_view> issued_;
};

}  // namespace

void FindHeadlinedIssuers(StructureContext& context) { Headlines(context).Run(); }

}  // namespace tupu::extract
