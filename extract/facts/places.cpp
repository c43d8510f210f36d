#include <algorithm>
#include <set>

#include "extract/facts/ladder.h"
#include "extract/facts/structure.h"
#include "extract/facts/terms.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

class Places {
 public:
  explicit Places(StructureContext& context)
      : work_(*context.work),
        sets_(*context.sets),
        gazetteer_(context.gazetteer),
        ladder_(*context.work, *context.sets, context.gazetteer) {
    for (MentionId id = 0; id < work_.size(); ++id) {
      const WorkMention& mention = work_.mention(id);
      if (!mention.nested && mention.entries.size() == 1 && RegionDepth(work_, id) >= 0) {
        spoken_of_.emplace(work_.Article(id), mention.entries.front());
      }
    }
  }

  void Names() {
    const std::uint32_t size = work_.size();
    for (MentionId id = 0; id < size; ++id) {
      if (work_.mention(id).antecedent != kNoMention) continue;
      if (!work_.mention(id).full.empty()) continue;  // placed where its name was put together
      const std::string_view type = work_.mention(id).type;
      if (work_.Is(id, "Organisation") && type != "Ministry") {
        Organisation(id);
      } else if (type == "Zone") {
        if (const MentionId region = NamedRegion(id); region != kNoMention) {
          Propose(id, region, "place.in_name", 0.9);
        }
      } else if (RegionDepth(work_, id) >= 0 && !ladder_.IsStreet(id)) {
        for (const MentionId region : NamedRegions(id)) {
          if (ladder_.Above(region, id) && !IsOwnWord(id, region)) {
            Propose(id, region, "place.in_name", 0.9);
          }
        }
        OfShortCountry(id);
      }
    }
  }

  // 俄列宁格勒州, 美阿肯色州: the country by its one letter.
  void OfShortCountry(MentionId id) {
    const WorkMention& mention = work_.mention(id);
    if (mention.type != "Place" || mention.nested || mention.entries.size() != 1 ||
        gazetteer_ == nullptr) {
      return;
    }
    const std::string_view text = work_.sentence(mention.sentence).text;
    std::uint32_t end = mention.span.begin;  // 乌北部丙城
    for (const std::string_view part :
         {"东北部", "西北部", "东南部", "西南部", "东部", "西部", "南部", "北部", "中部"}) {
      if (!EndsWithAt(text, end, part)) continue;
      end -= static_cast<std::uint32_t>(part.size());
      break;
    }
    if (end < 3) return;
    const std::string& above = gazetteer_->entries()[mention.entries.front()].parent_id;
    const std::string_view letter = text.substr(end - 3, 3);
    if (!above.starts_with("country/") || above == "country/中国" ||
        !std::string_view(above).substr(8).starts_with(letter)) {
      return;
    }
    const MentionId country = CountryOf(id, letter);
    if (country != kNoMention) Propose(id, country, "place.short_country", 0.85);
  }

  void EventsAndProjects() {
    const std::uint32_t size = work_.size();
    std::vector<bool> has_topic(size);
    for (const Proposal& each : work_.proposals()) {
      if (each.rule == std::string_view("place.topic")) has_topic[each.from] = true;
    }
    for (MentionId id = 0; id < size; ++id) {
      const std::string_view type = work_.mention(id).type;
      if (type != "Event" && type != "Project") continue;
      std::vector<MentionId> regions = NamedRegions(id);
      if (type == "Event") {
        std::erase_if(regions, [&](MentionId region) { return IsQuoted(id, region); });
      }
      if (regions.empty()) continue;
      // 甲城冬奥会报道团出征仪式 is held where they set out.
      if (type == "Event" && work_.Text(id).find("出征") != std::string_view::npos) continue;
      // 在岳阳，洞庭湖治理工程: the sentence has said where.
      if (type == "Project" && has_topic[id]) continue;
      // 乙国总理会谈: whose, not where.
      const std::string_view name = work_.Text(id);
      if (type == "Event" && LongestBefore(name, static_cast<std::uint32_t>(name.size()),
                                           WordsOf(sets_, "talks_kind")) > 0) {
        continue;
      }
      // 黄河流域…座谈会 is about the river.
      const WordList& areas = WordsOf(sets_, "event_area");
      const std::string_view first = work_.Text(regions.front());
      if (type == "Event" && work_.mention(regions.front()).type == "Place" &&
          LongestBefore(first, static_cast<std::uint32_t>(first.size()), areas) > 0) {
        continue;
      }
      // 关于非洲的会议 is about the continent, 欧洲足球联赛 in it.
      if (type == "Event" && IsWide(regions.front()) &&
          work_.mention(regions.front()).span.begin != work_.mention(id).span.begin) {
        continue;
      }
      if (type == "Project") {
        const std::vector<MentionId> stops = LineStops(regions, work_.Text(id).ends_with("段"));
        for (const MentionId stop : stops) Propose(id, stop, "place.line", 0.85);
        if (!stops.empty()) continue;
      }
      // 中国—东盟博览会 is held in neither; 甲—乙航线 is at both.
      if (JoinedByDash(id, regions.front())) {
        if (type == "Project" && EndsInLine(id)) Propose(id, regions.front(), "place.line", 0.85);
        continue;
      }
      const MentionId where = type == "Project" ? AroundFeature(id, regions) : regions.front();
      if (where != kNoMention) Propose(id, where, "place.own_name", 0.6);
    }
  }

 private:
  // 《你好，南通》发布会, 第二届“乙国在呼唤”论坛: the meeting is named with a name.
  bool IsQuoted(MentionId id, MentionId region) const {
    const std::uint32_t begin = work_.mention(id).span.begin;
    const std::string_view before =
        work_.Text(id).substr(0, work_.mention(region).span.begin - begin);
    const auto open = [&](std::string_view left, std::string_view right) {
      const std::size_t at = before.rfind(left);
      return at != std::string_view::npos && before.find(right, at) == std::string_view::npos;
    };
    return open("《", "》") || open("“", "”");
  }

  // A port's extension, a river's bridge: where such a work is says the region that its name holds
  // too, or none.
  MentionId AroundFeature(MentionId id, const std::vector<MentionId>& regions) const {
    const MentionId first = regions.front();
    const std::string_view name = work_.Text(first);
    const std::string_view type = work_.mention(first).type;
    static constexpr std::string_view kFeatures[] = {"机场",   "港",   "流域", "油田", "水库",
                                                     "污水库", "公园", "瀑布", "江",   "河"};
    const bool feature = (type == "Place" || name.ends_with("油田")) &&
                         std::any_of(std::begin(kFeatures), std::end(kFeatures),
                                     [&](std::string_view word) { return name.ends_with(word); });
    // 甲机场T3航站楼 is in the airport.
    if (!feature || work_.Text(id).ends_with("航站楼")) return first;
    for (const MentionId inner : work_.Inner(first)) {
      const std::string_view kind = work_.mention(inner).type;
      if (kind == "Province" || kind == "City") return inner;
    }
    if (regions.size() > 1) return regions[1];
    return name.ends_with("机场") ? first : kNoMention;
  }

  // A continent or another part of the world that is in no country.
  bool IsWide(MentionId id) const {
    const WorkMention& mention = work_.mention(id);
    return mention.type == "Place" && mention.entries.size() == 1 && gazetteer_ != nullptr &&
           gazetteer_->entries()[mention.entries.front()].id.starts_with("place/") &&
           gazetteer_->entries()[mention.entries.front()].parent_id.empty();
  }

  // 唐河 of 唐河污水库 is the river, not the county that is named after it.
  bool NamesRiver(MentionId region) const {
    const WorkMention& mention = work_.mention(region);
    const std::string_view part = work_.Text(region);
    if (mention.type != "County" || part.size() != 6 ||
        !(part.ends_with("河") || part.ends_with("江") || part.ends_with("溪") ||
          part.ends_with("湖"))) {
      return false;
    }
    const std::string_view text = work_.sentence(mention.sentence).text;
    for (const std::string_view water :
         {"水库", "污水", "水电", "水利", "流域", "大桥", "特大桥", "河道", "航道", "灌区",
          "船闸", "治理", "湿地", "公园", "景区", "生态", "风景",   "堤",   "大坝", "源头"}) {
      if (StartsWithAt(text, mention.span.end, water)) return true;
    }
    return false;
  }

  // 青龙湖镇, 东山湾: two characters that are also a county's, but with only one more before the
  // word for a township, or right before one for a piece of nature, are the place's own word.
  bool IsOwnWord(MentionId id, MentionId region) const {
    const std::string_view name = work_.Text(id);
    const std::string_view part = work_.Text(region);
    if (!name.starts_with(part)) return false;
    if (name.substr(part.size()) == "县") return true;  // 南昌县 says nothing of 南昌
    if (work_.mention(id).type != "Place") return false;
    for (const std::string_view level : {"省", "市", "县", "区", "州", "旗"}) {
      if (part.ends_with(level)) return false;
    }
    const std::string_view rest = name.substr(part.size());
    static constexpr std::string_view kNature[] = {"湾", "江", "河", "湖", "山", "岛",
                                                   "海", "溪", "峡", "洋", "泉", "沟"};
    if (rest == "镇" || rest == "乡" || rest == "街道") return true;
    if (part.size() != 6) return false;
    if (NamesRiver(region) || rest == "村") return true;
    if (rest.size() == 3) {
      return std::find(std::begin(kNature), std::end(kNature), rest) != std::end(kNature);
    }
    return rest.size() > 3 && CountCodePoints(rest) == 2 &&
           (rest.ends_with("镇") || rest.ends_with("乡") || rest.ends_with("村"));
  }

  // Regions inside a name that say where its bearer is, smallest of each chain, in order.
  std::vector<MentionId> NamedRegions(MentionId id) const {
    std::vector<MentionId> regions;
    for (const MentionId inner : work_.Inner(id)) {
      if (RegionDepth(work_, inner) < 0 || IsBrand(inner) || ladder_.OfLine(id, inner)) {
        continue;
      }
      if (NamesRiver(inner) && work_.mention(id).type == "Project") continue;
      if (IsOnlyCalled(id, inner) || IsStray(id, inner, regions)) continue;
      const MentionId around = work_.Outer(inner);
      if (around != id && around != kNoMention && IsUnplaced(around)) continue;
      // 鄂尔多斯羊绒集团年产40万件羊绒衫项目: the region is the company's.
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
        if (last.end == span.begin && ladder_.Above(regions.back(), inner)) {
          regions.back() = inner;
          continue;
        }
      }
      regions.push_back(inner);
    }
    return regions;
  }

  // Places that a name holds and that do not say where its bearer is: the continent of 欧洲央行,
  // the sea of a fleet; what a zone is called after (太湖新城); the town of a university or a paper
  // abroad that the article does not speak of otherwise (加州大学), and that of a port or an
  // airport without a name of its own (青岛港).
  bool IsOnlyCalled(MentionId id, MentionId region) const {
    const WorkMention& bearer = work_.mention(id);
    const WorkMention& mention = work_.mention(region);
    const std::string_view name = work_.Text(id);
    if (bearer.type == "Place") {
      const std::string_view part = work_.Text(region);
      if (!name.starts_with(part) || IsSpokenOf(region)) return false;
      const std::string_view rest = name.substr(part.size());
      if (rest == "港") return true;
      static constexpr std::string_view kStations[] = {"机场", "国际机场", "站", "火车站"};
      return mention.type == "Place" &&
             std::find(std::begin(kStations), std::end(kStations), rest) != std::end(kStations);
    }
    if (mention.type != "Place" || ladder_.IsCountry(region)) return false;
    if (bearer.type == "Zone") {
      static constexpr std::string_view kAreas[] = {"岛", "三角", "地区", "大湾区"};
      return !mention.entries.empty() &&
             std::none_of(std::begin(kAreas), std::end(kAreas), [&](std::string_view word) {
               return work_.Text(region).ends_with(word);
             });
    }
    if (bearer.type != "Institution" && bearer.type != "Company") return false;
    // A union has bodies of its own: 欧盟委员会.
    if (IsWide(region)) return !work_.Text(region).ends_with("盟");
    static constexpr std::string_view kNamesakes[] = {"大学", "学院", "分校",
                                                      "日报", "时报", "邮报"};
    return !IsSpokenOf(region) &&
           std::any_of(std::begin(kNamesakes), std::end(kNamesakes),
                       [&](std::string_view word) { return name.ends_with(word); });
  }

  // 新宁 in 江苏新宁物流公司, 曲江 in 西安曲江新区: two characters that are also those of a county
  // elsewhere. Within an institution's name a county stands first or behind what it is in.
  bool IsStray(MentionId id, MentionId region, const std::vector<MentionId>& before) const {
    const WorkMention& mention = work_.mention(region);
    if (mention.type != "County" || work_.Text(region).size() != 6) return false;
    const WorkMention& bearer = work_.mention(id);
    if (bearer.type == "Event" || bearer.type == "Project") return false;
    if (!before.empty()) {
      const std::uint32_t end = work_.mention(before.back()).span.end;
      if (end == mention.span.begin) return !ladder_.Above(before.back(), region);
    }
    if (bearer.type != "Institution" || mention.span.begin == bearer.span.begin) return false;
    const std::string_view text = work_.sentence(mention.sentence).text;
    static constexpr std::string_view kMarks[] = {"（", "(", "—", "-"};
    return !FollowsName(id, mention.span.begin) &&
           std::none_of(std::begin(kMarks), std::end(kMarks), [&](std::string_view mark) {
             return EndsWithAt(text, mention.span.begin, mark);
           });
  }

  // Whether a name inside `id` ends at `pos`.
  bool FollowsName(MentionId id, std::uint32_t pos) const {
    const std::vector<MentionId> inner = work_.Inner(id);
    return std::any_of(inner.begin(), inner.end(),
                       [&](MentionId name) { return work_.mention(name).span.end == pos; });
  }

  // Whether its article names the region by itself.
  bool IsSpokenOf(MentionId region) const {
    const WorkMention& mention = work_.mention(region);
    return mention.entries.size() == 1 &&
           spoken_of_.count({work_.Article(region), mention.entries.front()}) > 0;
  }

  MentionId NamedRegion(MentionId id) const {
    const std::vector<MentionId> regions = NamedRegions(id);
    return regions.empty() ? kNoMention : regions.back();
  }

  bool IsBrand(MentionId id) const {
    if (work_.mention(id).type != "Place") return false;
    const WordList& brands = WordsOf(sets_, "brand_place");
    return std::find(brands.begin(), brands.end(), work_.Text(id)) != brands.end();
  }

  bool EndsInLine(MentionId id) const {
    const std::string_view name = work_.Text(id);
    return LongestBefore(name, static_cast<std::uint32_t>(name.size()),
                         WordsOf(sets_, "line_tail")) > 0;
  }

  // Within the name.
  bool JoinedByDash(MentionId id, MentionId region) const {
    const std::string_view text = work_.Text(id);
    const std::uint32_t start = work_.mention(id).span.begin;
    const Span span = work_.mention(region).span;
    for (const std::string_view dash : {"—", "－", "-", "–"}) {
      if (StartsWithAt(text, span.end - start, dash) ||
          EndsWithAt(text, span.begin - start, dash)) {
        return true;
      }
    }
    return false;
  }

  // 武汉至宜昌段, 西安—延安高铁, 甲高铁河北乙市至河南丙市段: the ends of a line and the stops
  // between them, wherever in the name they stand; of a section's name those that come last. Empty
  // where it names none.
  std::vector<MentionId> LineStops(const std::vector<MentionId>& regions, bool section) const {
    std::vector<MentionId> stops;
    bool closed = false;
    for (std::size_t i = 0; i + 1 < regions.size(); ++i) {
      if (!IsLinked(regions[i], regions[i + 1])) {
        if (!stops.empty() && !section) break;
        closed = true;
        continue;
      }
      if (closed) stops.clear();
      closed = false;
      if (stops.empty()) stops.push_back(regions[i]);
      stops.push_back(regions[i + 1]);
    }
    return stops;
  }

  bool IsLinked(MentionId first, MentionId second) const {
    const WorkMention& a = work_.mention(first);
    const WorkMention& b = work_.mention(second);
    if (b.span.begin < a.span.end) return false;
    const std::string_view text = work_.sentence(a.sentence).text;
    std::string_view between = text.substr(a.span.end, b.span.begin - a.span.end);
    if (between == "、" || between == "间") return true;
    for (const std::string_view link : {"至", "经", "到", "送", "——", "—", "-", "－"}) {
      if (!between.starts_with(link)) continue;
      between.remove_prefix(link.size());
      if (between.empty()) return true;
      // 至河南丙市: what stands between is the region above it.
      const Span upper{b.span.begin - static_cast<std::uint32_t>(between.size()), b.span.begin};
      const MentionId id = work_.Find(a.sentence, upper);
      return id != kNoMention && RegionDepth(work_, id) >= 0;
    }
    return false;
  }

  // 上海合作组织 is not in 上海.
  bool IsUnplaced(MentionId id) const {
    const WordList& names = WordsOf(sets_, "unplaced_name");
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
      return work_.Text(id).find(name) != std::string_view::npos;
    });
  }

  void Organisation(MentionId id) {
    const MentionId region = NamedRegion(id);
    // 联合国驻乙国部队
    const bool posted =
        region != kNoMention && EndsWithAt(work_.sentence(work_.mention(region).sentence).text,
                                           work_.mention(region).span.begin, "驻");
    if ((IsUnplaced(id) && !posted) || work_.mention(id).rule == "company.unit") return;
    if (region != kNoMention) {
      Propose(id, region, "place.in_name", 0.95);
      return;
    }
    if (work_.mention(id).rule == "institution.foreign_short") {
      const MentionId country = CountryOf(id, work_.Text(id).substr(0, 3));
      if (country != kNoMention) Propose(id, country, "place.short_country", 0.85);
      return;
    }
    const std::string_view word = BarePrefix(work_.Text(id));
    if (word.empty() || IsDivisionOfBare(work_.Text(id))) return;
    const WorkMention& mention = work_.mention(id);
    const MentionId context = ContextRegion(work_, mention.sentence, mention.span.begin, word);
    if (context != kNoMention) Propose(id, context, "place.bare_name", 0.85);
  }

  // 省教育厅人事处 is a part of the department, which is where the region is.
  static bool IsDivisionOfBare(std::string_view name) {
    if (!name.ends_with("处") && !name.ends_with("科")) return false;
    for (const std::string_view body : {"厅", "局", "委"}) {
      const std::size_t at = name.find(body);
      if (at != std::string_view::npos && at + 6 < name.size()) return true;
    }
    return false;
  }

  // 俄罗斯 of 俄国防部: the one country of the article whose name begins so.
  MentionId CountryOf(MentionId id, std::string_view first) const {
    if (gazetteer_ == nullptr) return kNoMention;
    const Span range = work_.ArticleSentences(work_.Article(id));
    MentionId found = kNoMention;
    std::uint32_t entry = 0;
    for (std::uint32_t s = range.begin; s < range.end && s < range.begin + 200; ++s) {
      for (const MentionId other : work_.sentence(s).mentions) {
        const WorkMention& mention = work_.mention(other);
        if (mention.type != "Place" || mention.entries.size() != 1) continue;
        const std::uint32_t one = mention.entries.front();
        if (!IsForeignCountry(gazetteer_->entries()[one]) ||
            !gazetteer_->entries()[one].name.starts_with(first)) {
          continue;
        }
        if (found != kNoMention && entry != one) return kNoMention;
        found = other;
        entry = one;
      }
    }
    return found;
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
  Ladder ladder_;
  std::set<std::pair<std::uint32_t, std::uint32_t>> spoken_of_;  // article, entry
};

}  // namespace

void FindPlaces(StructureContext& context) {
  FindPlaceChains(context);
  Places(context).Names();
}

void FindPlacesInNames(StructureContext& context) { Places(context).EventsAndProjects(); }

}  // namespace tupu::extract
