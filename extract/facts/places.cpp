#include <algorithm>
#include <array>
#include <map>

#include "extract/facts/rules.h"
#include "extract/facts/structure.h"
#include "extract/facts/terms.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

class Places {
 public:
  explicit Places(StructureContext& context)
      : work_(*context.work), sets_(*context.sets), gazetteer_(context.gazetteer) {}

  void Chains() {
    for (std::uint32_t s = 0; s < work_.sentences().size(); ++s) {
      const std::vector<MentionId>& mentions = work_.sentence(s).mentions;
      for (std::size_t i = 0; i < mentions.size(); ++i) {
        if (RegionDepth(work_, mentions[i]) < 0) continue;
        for (std::size_t j = i + 1; j < mentions.size(); ++j) {
          const std::uint32_t end = work_.mention(mentions[i]).span.end;
          const std::uint32_t begin = work_.mention(mentions[j]).span.begin;
          if (begin > end + 12) break;
          if (begin < end) continue;
          if (!Joined(s, end, begin)) continue;
          // 黑龙江大庆喇嘛甸油田: of names that begin there, the shortest region.
          std::size_t shortest = j;
          for (std::size_t k = j; k < mentions.size(); ++k) {
            if (work_.mention(mentions[k]).span.begin != begin) break;
            if (RegionDepth(work_, mentions[k]) >= 0) shortest = k;
          }
          if (Above(mentions[i], mentions[shortest])) {
            Propose(mentions[shortest], mentions[i], "place.chain", 0.95);
            Siblings(s, mentions, i, shortest);
          } else if (begin == end && shortest == j) {
            Beside(mentions[i], mentions[j]);
          }
          break;
        }
      }
    }
  }

  // Regions inside names that recognition did not mark: 南京 in …部南京环境科学研究所. Those of a
  // company stand at its start or in brackets; elsewhere they may be any two characters.
  void MarkRegions() {
    if (gazetteer_ == nullptr) return;
    const std::uint32_t size = work_.size();
    for (MentionId id = 0; id < size; ++id) {
      const WorkMention mention = work_.mention(id);
      if (mention.antecedent != kNoMention || mention.type == "Ministry") continue;
      const bool bearer = work_.Is(id, "Organisation") || mention.type == "Zone" ||
                          mention.type == "Event" || mention.type == "Project";
      if (!bearer || mention.span.size() > 300) continue;
      bool marked = false;
      for (const MentionId inner : work_.Inner(id)) {
        marked = marked || RegionDepth(work_, inner) >= 0;
      }
      if (marked) continue;
      MarkRegionsIn(id);
    }
  }

  // Leftmost-longest among the regions alone: the name itself may stand in the gazetteer too.
  void MarkRegionsIn(MentionId id) {
    const WorkMention mention = work_.mention(id);
    const std::string text(work_.Text(id));
    struct Found {
      Span span;
      std::string type;
      std::uint32_t entry;
    };
    std::vector<Found> found;
    for (const GazetteerMatch& match : gazetteer_->FindAll(text)) {
      if (match.span.size() >= text.size()) continue;
      const bool first = match.span.begin == 0 || EndsWithAt(text, match.span.begin, "(") ||
                         EndsWithAt(text, match.span.begin, "（");
      if (mention.type == "Company" && !first) continue;
      std::vector<Found> senses;
      for (const Sense& sense : match.senses) {
        const GazetteerEntry& entry = gazetteer_->entries()[sense.entry];
        if (sense.weak || entry.abolished) continue;
        const bool division =
            entry.type == "Province" || entry.type == "City" || entry.type == "County";
        const bool place =
            entry.type == "Place" && match.span.begin == 0 && mention.type != "Company";
        if (division || place) senses.push_back({match.span, entry.type, sense.entry});
      }
      if (senses.size() == 1) found.push_back(senses.front());
    }
    std::sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
      return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
    });
    std::uint32_t end = 0;
    for (const Found& each : found) {
      if (each.span.begin < end) continue;
      end = each.span.end;
      WorkMention region;
      region.sentence = mention.sentence;
      region.span = {mention.span.begin + each.span.begin, mention.span.begin + each.span.end};
      region.type = each.type;
      region.rule = "gazetteer";
      region.confidence = 0.8;
      region.entries = {each.entry};
      region.nested = true;
      work_.Add(std::move(region));
    }
  }

  void Names() {
    const std::uint32_t size = work_.size();
    for (MentionId id = 0; id < size; ++id) {
      if (work_.mention(id).antecedent != kNoMention) continue;
      const std::string& type = work_.mention(id).type;
      if (work_.Is(id, "Organisation") && type != "Ministry") {
        Organisation(id);
      } else if (type == "Zone") {
        if (const MentionId region = NamedRegion(id); region != kNoMention) {
          Propose(id, region, "place.in_name", 0.9);
        }
      } else if (RegionDepth(work_, id) >= 0 && !IsStreet(id)) {
        const std::vector<MentionId> regions = NamedRegions(id);
        if (!regions.empty() && Above(regions.front(), id)) {
          Propose(id, regions.front(), "place.in_name", 0.9);
        }
      }
    }
  }

  // 在常州，…项目: what a sentence names after its place is there.
  void Topics() {
    for (std::uint32_t s = 0; s < work_.sentences().size(); ++s) {
      const WorkSentence& sent = work_.sentence(s);
      MentionId place = kNoMention;
      for (const MentionId id : std::vector<MentionId>(sent.mentions)) {
        const WorkMention& mention = work_.mention(id);
        if (mention.nested) continue;
        if (RegionDepth(work_, id) >= 0 && IsTopic(sent.text, mention.span)) {
          place = id;
          continue;
        }
        if (place == kNoMention || mention.antecedent != kNoMention) continue;
        const std::string& type = mention.type;
        if (type != "Project" && type != "Zone" && type != "Company") continue;
        if (!NamedRegions(id).empty()) continue;
        Propose(id, place, "place.topic", type == "Company" ? 0.5 : 0.65);
      }
    }
  }

  // 在 at the start of the clause, the region, the clause's end.
  static bool IsTopic(std::string_view text, Span span) {
    if (!StartsWithAt(text, span.end, "，") && !StartsWithAt(text, span.end, ",")) return false;
    const std::uint32_t begin = ClauseBegin(text, span.begin);
    const std::string_view before = text.substr(begin, span.begin - begin);
    const std::size_t at = before.find("在");
    return at != std::string_view::npos && at <= 6 && before.size() <= at + 24;
  }

  void EventsAndProjects() {
    const std::uint32_t size = work_.size();
    for (MentionId id = 0; id < size; ++id) {
      const std::string& type = work_.mention(id).type;
      if (type != "Event" && type != "Project") continue;
      const std::vector<MentionId> regions = NamedRegions(id);
      if (regions.empty()) continue;
      if (type == "Project" && regions.size() >= 2 && IsLine(regions)) {
        for (const MentionId region : regions) Propose(id, region, "place.line", 0.85);
        continue;
      }
      // 中国—东盟博览会 is held in neither.
      if (JoinedByDash(id, regions.front())) continue;
      Propose(id, regions.front(), "place.own_name", 0.6);
    }
  }

 private:
  // Nothing between two regions side by side, or 首都, 省会.
  bool Joined(std::uint32_t s, std::uint32_t end, std::uint32_t begin) const {
    const std::string_view between = work_.sentence(s).text.substr(end, begin - end);
    return between.empty() || between == "省会" || between == "首都" || between == "首府" ||
           between == "省" || between == "市";
  }

  int Depth(MentionId id) const {
    if (work_.mention(id).type == "Place" && IsCountry(id)) return 0;
    return RegionDepth(work_, id);
  }

  bool IsCountry(MentionId id) const {
    const std::vector<std::string>& countries = WordsOf(sets_, "country");
    return std::find(countries.begin(), countries.end(), work_.Text(id)) != countries.end();
  }

  bool Above(MentionId upper, MentionId lower) const {
    const int a = Depth(upper), b = Depth(lower);
    if (a < 0 || b < 0) return false;
    const bool deeper = a < b || (a == 4 && b == 4 && work_.mention(upper).type == "Zone");
    if (!deeper) return false;
    if (a == 0 && b > 0 && work_.Text(upper) == "我国") return false;
    return !Contradicted(upper, lower);
  }

  // 文昌南路 is not in 文昌.
  bool IsStreet(MentionId id) const {
    const std::string_view text = work_.Text(id);
    return text.ends_with("路") || text.ends_with("街") || text.ends_with("大道");
  }

  // The gazetteer knows both and has the lower one elsewhere.
  bool Contradicted(MentionId upper, MentionId lower) const {
    if (gazetteer_ == nullptr) return false;
    const auto& above = work_.mention(upper).entries;
    const auto& below = work_.mention(lower).entries;
    if (above.size() != 1 || below.empty()) return false;
    return std::none_of(below.begin(), below.end(), [&](std::uint32_t entry) {
      return gazetteer_->IsWithin(gazetteer_->entries()[entry].id,
                                  gazetteer_->entries()[above.front()].id);
    });
  }

  bool Confirmed(MentionId upper, MentionId lower) const {
    return gazetteer_ != nullptr && !work_.mention(upper).entries.empty() &&
           !work_.mention(lower).entries.empty() && !Contradicted(upper, lower);
  }

  // 苏州高新区长光华芯: a body or a work named right after its place.
  void Beside(MentionId region, MentionId bearer) {
    if (work_.mention(region).nested || work_.mention(bearer).nested || IsBrand(region)) return;
    const std::string& type = work_.mention(bearer).type;
    if (type != "Company" && type != "Institution" && type != "Project" && type != "Event") return;
    if (work_.mention(bearer).antecedent != kNoMention) return;
    Propose(bearer, region, "place.beside", 0.75);
  }

  // 浙江宁波与舟山: the second is in 浙江 too, where the gazetteer says so.
  void Siblings(std::uint32_t s, const std::vector<MentionId>& mentions, std::size_t upper,
                std::size_t first) {
    const std::string_view text = work_.sentence(s).text;
    std::uint32_t end = work_.mention(mentions[first]).span.end;
    for (std::size_t k = first + 1; k < mentions.size(); ++k) {
      const Span span = work_.mention(mentions[k]).span;
      if (span.begin < end) continue;
      const std::uint32_t coordinator = CoordinatorAt(text, end);
      if (coordinator == 0 || span.begin != end + coordinator) return;
      if (Depth(mentions[k]) != Depth(mentions[first])) return;
      if (!Confirmed(mentions[upper], mentions[k])) return;
      Propose(mentions[k], mentions[upper], "place.chain", 0.85);
      end = span.end;
    }
  }

  // Regions inside a name that say where its bearer is, smallest of each chain, in order.
  std::vector<MentionId> NamedRegions(MentionId id) const {
    std::vector<MentionId> regions;
    for (const MentionId inner : work_.Inner(id)) {
      if (RegionDepth(work_, inner) < 0 || IsBrand(inner)) continue;
      // 鄂尔多斯羊绒集团年产40万件羊绒衫项目: the region is the company's.
      const MentionId around = work_.Outer(inner);
      const bool project = work_.mention(id).type == "Project" || work_.mention(id).type == "Event";
      if (project && around != id && around != kNoMention &&
          work_.mention(around).type == "Company") {
        continue;
      }
      if (!regions.empty()) {
        const Span last = work_.mention(regions.back()).span;
        const Span span = work_.mention(inner).span;
        // 福建漳州龙海: the last one; a zone named with its city: the zone.
        if (last.Contains(span)) continue;
        if (last.end == span.begin && Above(regions.back(), inner)) {
          regions.back() = inner;
          continue;
        }
      }
      regions.push_back(inner);
    }
    return regions;
  }

  MentionId NamedRegion(MentionId id) const {
    const std::vector<MentionId> regions = NamedRegions(id);
    return regions.empty() ? kNoMention : regions.back();
  }

  bool IsBrand(MentionId id) const {
    if (work_.mention(id).type != "Place") return false;
    const std::vector<std::string>& brands = WordsOf(sets_, "brand_place");
    return std::find(brands.begin(), brands.end(), work_.Text(id)) != brands.end();
  }

  bool JoinedByDash(MentionId id, MentionId region) const {
    const std::string_view text = work_.sentence(work_.mention(id).sentence).text;
    const Span span = work_.mention(region).span;
    for (const std::string_view dash : {"—", "－", "-", "–"}) {
      if (StartsWithAt(text, span.end, dash) || EndsWithAt(text, span.begin, dash)) return true;
    }
    return false;
  }

  // 武汉至宜昌段, 西安—延安高铁: two ends of a line.
  bool IsLine(const std::vector<MentionId>& regions) const {
    const WorkMention& a = work_.mention(regions[0]);
    const WorkMention& b = work_.mention(regions[1]);
    if (b.span.begin < a.span.end) return false;
    const std::string_view between =
        work_.sentence(a.sentence).text.substr(a.span.end, b.span.begin - a.span.end);
    return between == "至" || between == "间" || between == "经" || between == "到" ||
           between == "—" || between == "-" || between == "——" || between == "、";
  }

  void Organisation(MentionId id) {
    for (const std::string& name : WordsOf(sets_, "unplaced_name")) {
      if (work_.Text(id).find(name) != std::string_view::npos) return;
    }
    const MentionId region = NamedRegion(id);
    if (region != kNoMention) {
      Propose(id, region, "place.in_name", 0.95);
      return;
    }
    const std::string_view word = BarePrefix(work_.Text(id));
    if (word.empty()) return;
    const WorkMention& mention = work_.mention(id);
    const MentionId context = ContextRegion(work_, mention.sentence, mention.span.begin, word);
    if (context != kNoMention) Propose(id, context, "place.bare_name", 0.85);
  }

  void Propose(MentionId from, MentionId to, const char* rule, double confidence) {
    if (from == to) return;
    Proposal proposal;
    proposal.type = "LOCATED_IN";
    proposal.from = from;
    proposal.to = to;
    proposal.evidence = work_.mention(from).sentence;
    proposal.rule = rule;
    proposal.confidence = confidence;
    work_.Propose(std::move(proposal));
  }

  Workspace& work_;
  const WordSets& sets_;
  const Gazetteer* gazetteer_;
};

}  // namespace

void FindPlaces(StructureContext& context) {
  Places places(context);
  places.MarkRegions();
  places.Chains();
  places.Names();
  places.Topics();
}

void FindPlacesInNames(StructureContext& context) { Places(context).EventsAndProjects(); }

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
        if (LongestAt(Rest(id, leader), 0, own_events_) > 0) {
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
