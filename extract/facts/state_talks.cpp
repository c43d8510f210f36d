// COOPERATES_WITH from reports of talks between two states:
// 会谈后，两国元首共同见证签署多项合作文件 names neither, but the article says whose head of state
// or government came.
#include <algorithm>
#include <string_view>

#include "extract/facts/structure.h"
#include "extract/facts/terms.h"

namespace tupu::extract {
namespace {

class StateTalks {
 public:
  explicit StateTalks(StructureContext& context)
      : work_(*context.work),
        home_names_(WordsOf(*context.sets, "home_country")),
        heads_(WordsOf(*context.sets, "head_of_state")),
        papers_(WordsOf(*context.sets, "signed_paper")),
        hindered_(WordsOf(*context.sets, "signed_hindered")) {}

  void Run() {
    for (std::uint32_t s = 0; s < work_.sentences().size(); ++s) {
      if (!IsSigned(work_.sentence(s).text)) continue;
      const std::uint32_t article = work_.sentence(s).place.article;
      const MentionId home = Home(article);
      const MentionId guest = Guest(article);
      if (home == kNoMention || guest == kNoMention) continue;
      Proposal proposal;
      proposal.type = "COOPERATES_WITH";
      proposal.from = home;
      proposal.to = guest;
      proposal.evidence = s;
      proposal.rule = "cooperates.talks";
      proposal.confidence = 0.8;
      work_.Propose(std::move(proposal));
    }
  }

 private:
  // 两国总理共同见证签署…合作文件, not what they mean to sign.
  bool IsSigned(std::string_view text) const {
    std::size_t both = text.find("两国");
    if (both == std::string_view::npos) both = text.find("双方");
    if (both == std::string_view::npos) return false;
    const std::string_view rest = text.substr(both);
    const std::size_t sign = rest.find("签署");
    if (sign == std::string_view::npos) return false;
    if (IsHinderedBefore(text, both + sign)) return false;
    if (rest.find("双边合作文件") != std::string_view::npos) return true;
    return !HoldsAny(text, hindered_) && HoldsAny(rest.substr(0, sign), heads_) &&
           HoldsAny(rest, papers_);
  }

  // 双方愿签署, 两国企业签署: from the clause of the nearest 双方 or 两国 up to the verb. What
  // stands behind it may be the paper's name (落实竹业规划的双边合作文件), and 将 before
  // (将两国关系…) a mere preposition, so that it is no word of the set, which is looked for in all
  // of the sentence.
  bool IsHinderedBefore(std::string_view text, std::size_t verb) const {
    const std::string_view before = text.substr(0, verb);
    std::size_t both = 0;
    for (const std::string_view word : {"两国", "双方"}) {
      if (const std::size_t at = before.rfind(word); at != std::string_view::npos) {
        both = std::max(both, at);
      }
    }
    const std::string_view between = before.substr(both);
    return HoldsAny(before.substr(ClauseBegin(text, static_cast<std::uint32_t>(both))),
                    hindered_) ||
           between.find("将") != std::string_view::npos ||
           between.find("企业") != std::string_view::npos;
  }

  // The home country, where the article is about talks with it: it is called 中方 there.
  MentionId Home(std::uint32_t article) const {
    const Span sentences = work_.ArticleSentences(article);
    MentionId home = kNoMention;
    bool talks = false;
    for (std::uint32_t s = sentences.begin; s < sentences.end; ++s) {
      const WorkSentence& sent = work_.sentence(s);
      talks = talks || sent.text.find("中方") != std::string_view::npos;
      for (const MentionId id : sent.mentions) {
        if (home == kNoMention && !work_.mention(id).nested && IsHome(id)) home = id;
      }
    }
    return talks ? home : kNoMention;
  }

  bool IsHome(MentionId id) const {
    const std::string_view name = work_.Text(id);
    return work_.mention(id).type == "Place" &&
           std::find(home_names_.begin(), home_names_.end(), name) != home_names_.end();
  }

  // The one foreign state whose head the article names by the post; of two it would not be known.
  MentionId Guest(std::uint32_t article) const {
    MentionId guest = kNoMention;
    std::string_view person;
    for (const Proposal& proposal : work_.proposals()) {
      if (proposal.type != "HOLDS_POSITION" || work_.Article(proposal.to) != article ||
          work_.mention(proposal.to).type != "Place" || IsHome(proposal.to)) {
        continue;
      }
      const auto title = proposal.properties.find("title");
      if (title == proposal.properties.end() || !IsHead(title->second)) continue;
      const std::string_view name = work_.Text(proposal.from);
      if (guest != kNoMention && name != person) return kNoMention;
      guest = proposal.to;
      person = name;
    }
    return guest != kNoMention ? guest : GuestOfHeadline(article);
  }

  // 周远航会见老挝总统
  MentionId GuestOfHeadline(std::uint32_t article) const {
    const Span sentences = work_.ArticleSentences(article);
    if (sentences.begin == sentences.end) return kNoMention;
    const WorkSentence& headline = work_.sentence(sentences.begin);
    for (const MentionId id : headline.mentions) {
      const WorkMention& mention = work_.mention(id);
      if (mention.nested || mention.type != "Place" || IsHome(id)) continue;
      if (LongestAt(headline.text, mention.span.end, heads_) > 0) return id;
    }
    return kNoMention;
  }

  bool IsHead(const graph::Value& title) const {
    const std::string_view text = title.as_string();
    return HoldsAny(text, heads_) && text.find("副") == std::string_view::npos;
  }

  Workspace& work_;
  const WordList& home_names_;
  const WordList& heads_;
  const WordList& papers_;
  const WordList& hindered_;
};

}  // namespace

void FindStateTalks(StructureContext& context) { StateTalks(context).Run(); }

}  // namespace tupu::extract
