// PART_OF from names that begin with the parent's name, and BUILDS and HELD where a project's or an
// event's name begins with its company or host.
#include <algorithm>
#include <map>

#include "extract/facts/rules.h"
#include "extract/facts/structure.h"
#include "extract/facts/terms.h"

namespace tupu::extract {
namespace {

class Parents {
 public:
  explicit Parents(StructureContext& context)
      : work_(*context.work),
        units_(WordsOf(*context.sets, "unit_tail")),
        suffixes_(WordsOf(*context.sets, "org_suffix")),
        own_events_(WordsOf(*context.sets, "own_event")) {}

  void Run() {
    FindGroups();
    const std::uint32_t size = work_.size();
    for (MentionId id = 0; id < size; ++id) {
      if (work_.mention(id).antecedent != kNoMention) continue;
      const MentionId leader = Leader(id);
      if (work_.Is(id, "Organisation")) {
        Department(id, leader);
        if (work_.mention(id).type == "Company" && leader == kNoMention) Subsidiary(id);
      } else if (leader != kNoMention && work_.mention(id).type == "Project") {
        // 海川电气储能电池项目: the company that the name begins with builds it.
        const std::string& type = work_.mention(leader).type;
        if (type == "Company") Propose("BUILDS", leader, id, "builds.own_name", 0.75);
      } else if (leader != kNoMention && work_.mention(id).type == "Event") {
        // 国务院新闻办公室新闻发布会.
        if (IsOwnMeeting(Rest(id, leader))) {
          Propose("HELD", leader, id, "held.own_name", 0.7);
          const WorkMention& event = work_.mention(id);
          const graph::Date date = DateBefore(work_, work_.sentence(event.sentence), event.span);
          if (!date.empty()) work_.proposals().back().properties["date"] = date.ToString();
        }
      }
    }
  }

 private:
  // The longest organisation that the name begins with.
  MentionId Leader(MentionId id) const {
    const Span span = work_.mention(id).span;
    MentionId leader = kNoMention;
    for (const MentionId inner : work_.Inner(id)) {
      if (work_.mention(inner).span.begin != span.begin || !work_.Is(inner, "Organisation"))
        continue;
      if (leader == kNoMention ||
          work_.mention(inner).span.size() > work_.mention(leader).span.size()) {
        leader = inner;
      }
    }
    return leader;
  }

  std::string_view Rest(MentionId id, MentionId leader) const {
    return work_.Text(id).substr(work_.mention(leader).span.size());
  }

  // What a body holds itself: 新闻发布会, its 第九次会议 (第九届 counts what others hold, too).
  bool IsOwnMeeting(std::string_view rest) const {
    if (LongestAt(rest, 0, own_events_) > 0) return true;
    return rest.substr(0, 3) == "第" && rest.substr(0, 24).find("次") != std::string_view::npos;
  }

  void Department(MentionId id, MentionId leader) {
    if (leader == kNoMention) return;
    const std::string_view text = work_.Text(id);
    const auto end = static_cast<std::uint32_t>(text.size());
    if (LongestBefore(text, end, units_) == 0) return;
    Propose("PART_OF", id, leader, "parent.in_name", 0.9);
  }

  // The cores of 集团 in each article: 中粮 of 中粮集团.
  void FindGroups() {
    for (MentionId id = 0; id < work_.size(); ++id) {
      const WorkMention& mention = work_.mention(id);
      if (mention.type != "Company" || mention.nested || mention.antecedent != kNoMention) continue;
      const std::string_view text = work_.Text(id);
      plain_.emplace(std::pair(work_.Article(id), std::string(text)), id);
      const std::size_t at = text.find("集团");
      if (at == std::string_view::npos || at < 4 || at > 18) continue;
      const std::string_view rest = text.substr(at + 6);
      const auto end = static_cast<std::uint32_t>(rest.size());
      if (!rest.empty() && LongestBefore(rest, end, suffixes_) != end) continue;
      groups_.emplace(std::pair(work_.Article(id), std::string(text.substr(0, at))), id);
    }
  }

  // 中粮粮谷 beside 中粮集团.
  void Subsidiary(MentionId id) {
    const std::string_view text = work_.Text(id);
    // 格力电器(重庆)有限公司.
    const std::size_t bracket = std::min(text.find("("), text.find("（"));
    if (bracket != std::string_view::npos && bracket >= 6) {
      const auto it = plain_.find({work_.Article(id), std::string(text.substr(0, bracket))});
      if (it != plain_.end()) Propose("PART_OF", id, it->second, "parent.bracketed", 0.8);
    }
    if (work_.mention(id).nested || groups_.empty()) return;
    if (text.find("集团") != std::string_view::npos) return;
    const std::uint32_t article = work_.Article(id);
    for (auto it = groups_.lower_bound({article, std::string()});
         it != groups_.end() && it->first.first == article; ++it) {
      const std::string& core = it->first.second;
      if (text.substr(0, core.size()) != core) continue;
      const std::string_view rest = text.substr(core.size());
      const auto end = static_cast<std::uint32_t>(rest.size());
      // The group itself by another form: 中粮, 中粮有限公司.
      if (rest.size() < 6 || LongestBefore(rest, end, suffixes_) == end) continue;
      Propose("PART_OF", id, it->second, "parent.group_name", 0.75);
      return;
    }
  }

  void Propose(const char* type, MentionId from, MentionId to, const char* rule,
               double confidence) {
    Proposal proposal;
    proposal.type = type;
    proposal.from = from;
    proposal.to = to;
    proposal.evidence = work_.mention(from).sentence;
    proposal.rule = rule;
    proposal.confidence = confidence;
    work_.Propose(std::move(proposal));
  }

  Workspace& work_;
  const std::vector<std::string>& units_;
  const std::vector<std::string>& suffixes_;
  const std::vector<std::string>& own_events_;
  std::map<std::pair<std::uint32_t, std::string>, MentionId> groups_;
  std::map<std::pair<std::uint32_t, std::string>, MentionId> plain_;
};

}  // namespace

void FindParents(StructureContext& context) { Parents(context).Run(); }

}  // namespace tupu::extract
