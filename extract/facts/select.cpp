#include "extract/facts/select.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "extract/facts/entity_key.h"
#include "extract/facts/terms.h"
#include "graph/base/unicode.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::size_t kSelectMaxTargets = 8;

struct Chosen {
  Proposal proposal;
  GroupId from = kNoGroup;
  GroupId to = kNoGroup;
};

class Selector {
 public:
  Selector(const Workspace& work, Names& names, const Gazetteer* gazetteer, const WordSets& sets)
      : work_(work),
        names_(names),
        gazetteer_(gazetteer),
        home_(WordsOf(sets, "home_country")),
        platforms_(WordsOf(sets, "platform_name")),
        programmes_(WordsOf(sets, "programme_tail")),
        slogans_(WordsOf(sets, "slogan_tail")) {}

  void Run(const ClaimScorer* scorer, graph::Claims& claims, std::string* explain) {
    Choose();
    DropUnknownMeetings();
    DropWeakIssuers();
    DropMentionedProgrammes();
    DropWiderPlaces();
    DropPlacesOfParts();
    LimitTargets();  // before the scorer, which has learned from claims within the limit
    if (scorer != nullptr && DropUnlikely(*scorer, explain)) {
      // What stood only by what is gone.
      DropUnknownMeetings();
      DropMentionedProgrammes();
      DropPlacesOfParts();
    }
    Complete();
    Build(claims);
  }

 private:
  const NameGroup& Group(GroupId id) const { return names_.groups()[id]; }

  // The end's own mention, in the evidence's article.
  MentionId Anchor(MentionId id) const {
    const MentionId antecedent = work_.mention(id).antecedent;
    return antecedent == kNoMention ? id : antecedent;
  }

  // Returns whether any claim was dropped.
  bool DropUnlikely(const ClaimScorer& scorer, std::string* explain) {
    graph::Claims claims;
    Build(claims);
    const std::vector<Verdict> verdicts = scorer.Judge(work_.doc(), claims, explain);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < chosen_.size(); ++i) {
      if (!verdicts[i].stays) continue;
      if (verdicts[i].confidence) chosen_[i].proposal.confidence = *verdicts[i].confidence;
      if (kept < i) chosen_[kept] = std::move(chosen_[i]);
      ++kept;
    }
    const bool dropped = kept < chosen_.size();
    chosen_.resize(kept);
    return dropped;
  }

  void Choose() {
    std::map<std::tuple<std::string_view, GroupId, GroupId>, std::size_t> index;
    for (Proposal proposal : work_.proposals()) {
      proposal.from = Anchor(proposal.from);
      proposal.to = Anchor(proposal.to);
      const GroupId from = names_.Of(proposal.from), to = names_.Of(proposal.to);
      if (from == kNoGroup || to == kNoGroup || from == to) continue;
      if (!work_.schema().Allows(proposal.type, Group(from).type, Group(to).type)) continue;
      const auto [it, fresh] = index.try_emplace({proposal.type, from, to}, chosen_.size());
      if (fresh) {
        chosen_.push_back({std::move(proposal), from, to});
        continue;
      }
      Merge(chosen_[it->second].proposal, proposal);
    }
  }

  static bool Refines(std::string_view date, std::string_view other) {
    return date.size() > other.size() && date.starts_with(other);
  }

  static void Merge(Proposal& kept, Proposal& other) {
    const bool better =
        std::tuple(other.confidence, other.status) > std::tuple(kept.confidence, kept.status);
    if (better) std::swap(kept, other);
    for (const auto& [key, value] : other.properties) {
      if (key == "title" && kept.properties.count("title") > 0 &&
          value.as_string().size() > kept.properties["title"].as_string().size()) {
        kept.properties["title"] = value;
      }
      // 2031 of a headline, 2031-03-05 of the text.
      if (key == "date" && kept.properties.count("date") > 0 &&
          Refines(value.as_string(), kept.properties["date"].as_string())) {
        kept.properties["date"] = value;
      }
      // A sum of money comes with its currency or not at all.
      if (key == "currency" && kept.properties.count("amount") > 0) continue;
      kept.properties.try_emplace(key, value);
    }
  }

  // 开工仪式, 第二次会议: a meeting without a name is worth telling only where its host and who
  // took part are known.
  void DropUnknownMeetings() {
    std::set<GroupId> held, attended, unknown;
    std::set<std::pair<GroupId, GroupId>> hosts;
    for (const Chosen& c : chosen_) {
      if (c.proposal.type != "HELD") continue;
      held.insert(c.to);
      hosts.emplace(c.from, c.to);
    }
    for (const Chosen& c : chosen_) {
      // That the host was there says nothing more.
      if (c.proposal.type == "ATTENDED" && hosts.count({c.from, c.to}) == 0) attended.insert(c.to);
    }
    for (GroupId id = 0; id < names_.groups().size(); ++id) {
      const NameGroup& group = Group(id);
      if (group.type != "Event" || (held.count(id) > 0 && attended.count(id) > 0)) continue;
      const bool hosted = std::all_of(
          group.mentions.begin(), group.mentions.end(),
          [&](MentionId mention) { return work_.mention(mention).rule == "event.hosted"; });
      if (!hosted) continue;
      unknown.insert(id);
      names_.group(id).mentions.clear();
    }
    std::erase_if(chosen_, [&](const Chosen& c) {
      return unknown.count(c.from) > 0 || unknown.count(c.to) > 0;
    });
  }

  // The region in a plan's own name issued it only where nobody else did, and 河北 of a headline
  // (河北印发《甲办法》) gives way to 河北省财政厅, 我国 to any body.
  void DropWeakIssuers() {
    std::set<GroupId> issued, by_body;
    std::map<GroupId, std::vector<std::string_view>> bodies;
    for (const Chosen& c : chosen_) {
      if (c.proposal.type != "ISSUED") continue;
      if (c.proposal.rule != "issued.own_name") issued.insert(c.to);
      if (RegionDepth(work_, c.proposal.from) < 0) by_body.insert(c.to);
      if (Group(c.from).type == "LocalGovernment") bodies[c.to].push_back(Group(c.from).name);
    }
    constexpr std::size_t kShort = 6;  // bytes: two characters tell a region apart from others
    const auto of_region = [&](const Chosen& c) {
      const auto it = bodies.find(c.to);
      const std::string_view region = Group(c.from).name;
      return it != bodies.end() &&
             std::any_of(it->second.begin(), it->second.end(), [&](auto name) {
               return name.substr(0, kShort) == region.substr(0, kShort);
             });
    };
    std::erase_if(chosen_, [&](const Chosen& c) {
      if (c.proposal.type != "ISSUED" || RegionDepth(work_, c.proposal.from) < 0) return false;
      return (c.proposal.rule == "issued.own_name" && issued.count(c.to) > 0) || of_region(c) ||
             (by_body.count(c.to) > 0 && IsHome(Group(c.from)));
    });
  }

  // A strategy or programme is written down where something is said of it, a document wherever it
  // is named: 实施科教兴市战略 says nothing of the strategy, and its name is no statement of what
  // it addresses.
  void DropMentionedProgrammes() {
    std::set<GroupId> said;
    for (const Chosen& c : chosen_) {
      said.insert(c.to);
      if (c.proposal.rule != "target.policy_name" || !IsSlogan(Group(c.from))) said.insert(c.from);
    }
    std::set<GroupId> mentioned;
    for (GroupId id = 0; id < names_.groups().size(); ++id) {
      if (said.count(id) > 0 || !IsProgramme(Group(id))) continue;
      mentioned.insert(id);
      names_.group(id).mentions.clear();
    }
    std::erase_if(chosen_, [&](const Chosen& c) { return mentioned.count(c.from) > 0; });
  }

  // A policy that is no document: never between 《》, and named by what it does.
  bool IsProgramme(const NameGroup& group) const {
    if (group.type != "Policy" || TailOf(group.name, programmes_).empty()) return false;
    if (!group.canonical_id.empty() && group.name.ends_with("规划")) return false;  // “十四五”规划
    if (group.name.find("五”规划") != std::string::npos) return false;  // 竹业“十四五”规划
    return std::none_of(group.mentions.begin(), group.mentions.end(), [&](MentionId id) {
      const WorkMention& mention = work_.mention(id);
      return EndsWithAt(work_.sentence(mention.sentence).text, mention.span.begin, "《");
    });
  }

  // 落实“三农”政策, 开展“双百行动”: a programme that is only ever the object of a verb, its name a
  // slogan or a strategy's.
  bool IsSlogan(const NameGroup& group) const {
    if (!IsProgramme(group)) return false;
    const std::string_view tail = TailOf(group.name, programmes_);
    const bool quoted =
        tail.ends_with("”") ||
        std::string_view(group.name).substr(0, group.name.size() - tail.size()).ends_with("”");
    if (!quoted && TailOf(group.name, slogans_).empty()) return false;
    return std::none_of(group.mentions.begin(), group.mentions.end(), [&](MentionId id) {
      const WorkMention& mention = work_.mention(id);
      if (mention.nested) return false;
      const std::string_view text = work_.sentence(mention.sentence).text;
      std::uint32_t begin = mention.span.begin;
      if (EndsWithAt(text, begin, "“")) begin -= 3;
      if (begin == 0) return true;
      const char32_t before = DecodeBefore(text, begin).value;
      return std::u32string_view(U"，。；：！？,;").find(before) != std::u32string_view::npos;
    });
  }

  // The word of `words` that ends the name, with the quotation mark that may close it; or nothing.
  static std::string_view TailOf(std::string_view name, const WordList& words) {
    const std::size_t end = name.size() - (name.ends_with("”") ? 3 : 0);
    const std::uint32_t size = LongestBefore(name, static_cast<std::uint32_t>(end), words);
    return size > 0 ? name.substr(end - size) : std::string_view();
  }

  // In Hangzhou and in Zhejiang: in Hangzhou.
  void DropWiderPlaces() {
    std::map<GroupId, std::set<GroupId>> places;
    for (const Chosen& c : chosen_) {
      if (c.proposal.type == "LOCATED_IN") places[c.from].insert(c.to);
    }
    // What is only in the name gives way to what a sentence says.
    std::set<GroupId> stated, named;
    for (const Chosen& c : chosen_) {
      if (c.proposal.type != "LOCATED_IN" || c.proposal.rule == "located.first_of") continue;
      (c.proposal.rule == "place.own_name" ? named : stated).insert(c.from);
    }
    std::erase_if(chosen_, [&](const Chosen& c) {
      if (c.proposal.rule == "place.own_name") return stated.count(c.from) > 0;
      // 江淮地区首个核电项目——海州核电站 is in 海州.
      return c.proposal.rule == "located.first_of" && named.count(c.from) > 0;
    });
    const auto within = [&](GroupId lower, GroupId upper) {
      std::set<GroupId> seen{lower};
      std::vector<GroupId> open{lower};
      while (!open.empty()) {
        const GroupId at = open.back();
        open.pop_back();
        const auto it = places.find(at);
        if (it == places.end()) continue;
        for (const GroupId next : it->second) {
          if (next == upper) return true;
          if (seen.size() < 20 && seen.insert(next).second) open.push_back(next);
        }
      }
      return InGazetteer(lower, upper);
    };
    std::erase_if(chosen_, [&](const Chosen& c) {
      if (c.proposal.type != "LOCATED_IN") return false;
      const std::set<GroupId>& all = places[c.from];
      if (all.size() < 2 || all.size() > 40) return false;
      if (c.proposal.rule.find("line") != std::string::npos) return false;  // stops, all of them
      return std::any_of(all.begin(), all.end(), [&](GroupId other) {
        return other != c.to && other != c.from && within(other, c.to) && !within(c.to, other);
      });
    });
  }

  bool InGazetteer(GroupId lower, GroupId upper) const {
    const std::string& a = Group(lower).canonical_id;
    const std::string& b = Group(upper).canonical_id;
    return gazetteer_ != nullptr && !a.empty() && !b.empty() && a != b &&
           gazetteer_->IsWithin(a, b);
  }

  // 浙江天台电站 in 浙江天台电站1号机组: where the shorter name is, or whose it is, does not make
  // it an entity.
  void DropPlacesOfParts() {
    const auto of_name = [](const Chosen& c) {
      return c.proposal.type == "LOCATED_IN" || c.proposal.type == "PART_OF";
    };
    std::set<GroupId> used;
    for (const Chosen& c : chosen_) {
      used.insert(c.to);
      if (!of_name(c)) used.insert(c.from);
    }
    std::erase_if(chosen_, [&](const Chosen& c) {
      return of_name(c) && used.count(c.from) == 0 && OnlyInsideNames(Group(c.from));
    });
  }

  void LimitTargets() {
    // Those in the policy's own name first, then as the text goes.
    const auto order = [&](const Chosen& c) {
      const int rank = Rank(c);
      if (rank < 2) return std::tuple(rank, std::uint32_t{0}, std::uint32_t{0});
      return std::tuple(rank, c.proposal.evidence, work_.mention(c.proposal.to).span.begin);
    };
    std::stable_sort(chosen_.begin(), chosen_.end(),
                     [&](const Chosen& a, const Chosen& b) { return order(a) < order(b); });
    std::map<GroupId, std::vector<std::string>> given;
    std::erase_if(chosen_, [&](const Chosen& c) {
      if (c.proposal.type != "TARGETS") return false;
      std::vector<std::string>& names = given[c.from];
      if (names.size() >= kSelectMaxTargets) return true;
      // 就业服务 after 公共就业服务 says the same less well; 农技推广机构 after 农技推广 says more.
      std::string name = FoldName(Group(c.to).name);
      const bool closer = c.proposal.rule == "target.object" ||
                          c.proposal.rule == "target.object_topic" ||
                          c.proposal.rule == "target.ruled" || c.proposal.rule == "target.covers";
      const bool said = Rank(c) > 1 && std::any_of(names.begin(), names.end(), [&](const auto& n) {
                          return n.find(name) != std::string::npos ||
                                 (!closer && name.find(n) != std::string::npos);
                        });
      if (said) return true;
      names.push_back(std::move(name));
      return false;
    });
  }

  static int Rank(const Chosen& c) {
    if (c.proposal.type != "TARGETS") return 0;
    return c.proposal.rule.find("_name") != std::string::npos ? 1 : 2;
  }

  // Full names of bare departments: 市房屋管理局 in 上海市 is 上海市房屋管理局.
  void Complete() {
    for (const Chosen& c : chosen_) {
      if (c.proposal.type != "LOCATED_IN" || c.proposal.rule != "place.bare_name") continue;
      NameGroup& group = names_.group(c.from);
      if (!group.elided) continue;
      const std::string_view word = BarePrefix(group.name);
      std::string region = Group(c.to).canonical_name;
      if (region.size() >= word.size() &&
          std::string_view(region).substr(region.size() - word.size()) == word) {
        region.resize(region.size() - word.size());
      }
      group.canonical_name = region + group.name;
      group.elided = false;
    }
  }

  bool OnlyInsideNames(const NameGroup& group) const {
    return std::all_of(group.mentions.begin(), group.mentions.end(), [&](MentionId id) {
      if (!work_.mention(id).nested) return false;
      const MentionId outer = work_.Outer(id);
      return outer != kNoMention && !work_.Is(outer, "Organisation");
    });
  }

  // 中国 and 我国 are written down only where something is said of the country.
  bool IsHome(const NameGroup& group) const {
    return std::find(home_.begin(), home_.end(), group.name) != home_.end();
  }

  // 天猫, 小红书: mostly where something is sold or shown, not whom it is about.
  bool IsPlatform(const NameGroup& group) const {
    return group.type == "Company" &&
           std::find(platforms_.begin(), platforms_.end(), group.name) != platforms_.end();
  }

  void Build(graph::Claims& claims) {
    std::set<GroupId> used;
    for (const Chosen& c : chosen_) {
      used.insert(c.from);
      used.insert(c.to);
    }
    std::vector<std::uint32_t> number(names_.groups().size(), 0);
    for (GroupId id = 0; id < names_.groups().size(); ++id) {
      const NameGroup& group = Group(id);
      if (group.mentions.empty()) continue;
      if (used.count(id) == 0 && (group.type == "Industry" || IsHome(group) || IsPlatform(group) ||
                                  OnlyInsideNames(group))) {
        continue;
      }
      number[id] = static_cast<std::uint32_t>(claims.entities.size()) + 1;
      graph::LocalEntity ent;
      ent.type = group.type;
      ent.name = group.name;
      ent.aliases = group.aliases;
      ent.canonical_name = group.canonical_name;
      ent.canonical_id = group.canonical_id;
      AddSuccessor(ent);
      ent.rule = group.rule;
      ent.confidence = group.confidence;
      for (const MentionId mention : group.mentions) {
        graph::Mention at;
        at.at = work_.Place(mention);
        at.article = work_.Article(mention);
        ent.mentions.push_back(std::move(at));
      }
      claims.entities.push_back(std::move(ent));
    }
    for (const Chosen& c : chosen_) AddIssueDate(number, c, claims);
    Describe(number, claims);
    for (const Chosen& c : chosen_) {
      graph::LocalRelation rel;
      rel.type = c.proposal.type;
      rel.from = number[c.from] - 1;
      rel.to = number[c.to] - 1;
      rel.properties = c.proposal.properties;
      rel.status = c.proposal.status;
      rel.evidence.at = work_.sentence(c.proposal.evidence).place.at;
      rel.evidence.article = work_.sentence(c.proposal.evidence).place.article;
      rel.from_mention = work_.Place(c.proposal.from);
      rel.to_mention = work_.Place(c.proposal.to);
      rel.rule = c.proposal.rule;
      rel.confidence = c.proposal.confidence;
      TakeIssueDate(claims, rel);
      claims.relations.push_back(std::move(rel));
    }
    AddAmounts(claims);
    for (graph::LocalEntity& ent : claims.entities) ent.key = KeyOf(ent, claims, work_.schema());
  }

  // Properties of entities that sentences tell. `number`: of entities by group, counted from 1.
  void Describe(const std::vector<std::uint32_t>& number, graph::Claims& claims) const {
    std::map<std::pair<GroupId, std::string_view>, const Description*> best;
    for (const Description& description : work_.descriptions()) {
      const GroupId group = names_.Of(description.of);
      if (group == kNoGroup || number[group] == 0) continue;
      const auto [it, fresh] = best.try_emplace({group, description.key}, &description);
      if (!fresh && description.rank > it->second->rank) it->second = &description;
    }
    for (const auto& [at, description] : best) {
      graph::Properties& properties = claims.entities[number[at.first] - 1].properties;
      properties.emplace(description->key, description->value);
      if (!description->currency.empty()) properties.emplace("currency", description->currency);
    }
  }

  // What took the place of a body that is gone, which documents of its time cannot say.
  void AddSuccessor(graph::LocalEntity& ent) const {
    if (gazetteer_ == nullptr || ent.canonical_id.empty()) return;
    const GazetteerEntry* entry = gazetteer_->FindEntry(ent.canonical_id);
    const GazetteerEntry* next =
        entry != nullptr ? gazetteer_->FindEntry(entry->succeeded_by) : nullptr;
    if (next != nullptr) ent.properties.emplace("successor", graph::Value(next->name));
  }

  // A policy's date is the day it was issued.
  static void AddIssueDate(const std::vector<std::uint32_t>& number, const Chosen& chosen,
                           graph::Claims& claims) {
    const auto date = chosen.proposal.properties.find("date");
    if (chosen.proposal.type != "ISSUED" || date == chosen.proposal.properties.end()) return;
    claims.entities[number[chosen.to] - 1].properties.try_emplace("date", date->second);
  }

  // And the other way round, where only the policy's is known.
  static void TakeIssueDate(const graph::Claims& claims, graph::LocalRelation& rel) {
    if (rel.type != "ISSUED" || rel.properties.count("date") > 0) return;
    const graph::Properties& policy = claims.entities[rel.to].properties;
    const auto date = policy.find("date");
    if (date != policy.end()) rel.properties.emplace(*date);
  }

  // What its only investor puts into a project is what it costs, where nothing else says.
  static void AddAmounts(graph::Claims& claims) {
    std::map<std::uint32_t, const graph::LocalRelation*> only;
    for (const graph::LocalRelation& rel : claims.relations) {
      if (rel.type != "INVESTS") continue;
      const auto [it, fresh] = only.try_emplace(rel.to, &rel);
      if (!fresh) it->second = nullptr;
    }
    for (const auto& [to, rel] : only) {
      graph::LocalEntity& project = claims.entities[to];
      if (rel == nullptr || project.type != "Project") continue;
      const auto amount = rel->properties.find("amount");
      if (amount == rel->properties.end() || project.properties.count("amount") > 0) continue;
      project.properties.emplace(*amount);
      const auto currency = rel->properties.find("currency");
      if (currency != rel->properties.end()) project.properties.emplace(*currency);
    }
  }

  const Workspace& work_;
  Names& names_;
  const Gazetteer* gazetteer_;
  const WordList& home_;
  const WordList& platforms_;
  const WordList& programmes_;
  const WordList& slogans_;
  std::vector<Chosen> chosen_;
};

}  // namespace

void SelectClaims(const Workspace& work, Names& names, const Gazetteer* gazetteer,
                  const WordSets& sets, const ClaimScorer* scorer, graph::Claims& claims,
                  std::string* explain) {
  Selector(work, names, gazetteer, sets).Run(scorer, claims, explain);
}

}  // namespace tupu::extract
