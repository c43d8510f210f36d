// How far many places have come with one kind of works: 山东、安徽等12省开工率超过六成, in an
// article that speaks of one project only, says that each of them builds it.
#include <algorithm>
#include <map>

#include "extract/facts/names.h"
#include "extract/facts/structure.h"
#include "extract/facts/terms.h"

namespace tupu::extract {
namespace {

class Pace {
 public:
  explicit Pace(StructureContext& context)
      : work_(*context.work), words_(WordsOf(*context.sets, "pace_word")) {}

  void Run() {
    for (std::uint32_t s = 0; s < work_.sentences().size(); ++s) {
      const WorkSentence& sent = work_.sentence(s);
      if (sent.place.kind == SentenceKind::kByline) continue;
      const MentionId project = OnlyProject(sent.place.article);
      if (project == kNoMention || HasProject(sent)) continue;
      for (const std::string& word : words_) {
        const std::size_t at = sent.text.find(word);
        if (at == std::string_view::npos) continue;
        Tell(s, static_cast<std::uint32_t>(at), project);
        break;
      }
    }
  }

 private:
  bool HasProject(const WorkSentence& sent) const {
    return std::any_of(sent.mentions.begin(), sent.mentions.end(), [&](MentionId id) {
      return work_.mention(id).type == "Project" && work_.mention(id).antecedent == kNoMention;
    });
  }

  // The project that the article names, where it names no second one.
  MentionId OnlyProject(std::uint32_t article) {
    const auto known = only_.find(article);
    if (known != only_.end()) return known->second;
    MentionId only = kNoMention;
    const Span sentences = work_.ArticleSentences(article);
    for (std::uint32_t s = sentences.begin; s < sentences.end; ++s) {
      for (const MentionId id : work_.sentence(s).mentions) {
        const WorkMention& mention = work_.mention(id);
        if (mention.type != "Project" || mention.antecedent != kNoMention) continue;
        if (only == kNoMention) only = id;
        if (work_.Text(id) != work_.Text(only)) return only_[article] = kNoMention;
      }
    }
    return only_[article] = only;
  }

  // The regions before the word that nothing but words of their list stands between.
  void Tell(std::uint32_t s, std::uint32_t word, MentionId project) {
    const WorkSentence& sent = work_.sentence(s);
    for (const MentionId id : std::vector<MentionId>(sent.mentions)) {
      const WorkMention& mention = work_.mention(id);
      if (mention.span.end > word) break;
      const int depth = RegionDepth(work_, id);
      if (mention.nested || depth < 1 || depth > 3) continue;
      const std::string_view between = sent.text.substr(mention.span.end, word - mention.span.end);
      if (between.find("。") != std::string_view::npos || between.size() > 120) continue;
      Proposal proposal;
      proposal.type = "BUILDS";
      proposal.from = id;
      proposal.to = project;
      proposal.evidence = s;
      proposal.rule = "builds.pace";
      proposal.confidence = 0.6;
      work_.Propose(std::move(proposal));
    }
  }

  Workspace& work_;
  const WordList& words_;
  std::map<std::uint32_t, MentionId> only_;  // by article
};

}  // namespace

void FindPace(StructureContext& context) { Pace(context).Run(); }

}  // namespace tupu::extract
