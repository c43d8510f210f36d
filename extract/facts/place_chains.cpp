// LOCATED_IN from how a sentence is built: regions side by side, names behind their place, the
// place that a sentence or a tour begins with, the ends of a line.
#include <algorithm>
#include <array>

#include "extract/facts/ladder.h"
#include "extract/facts/structure.h"
#include "extract/facts/terms.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::uint32_t kMaxLink = 24;  // bytes between a region and what is in it

class PlaceChains {
 public:
  explicit PlaceChains(StructureContext& context)
      : work_(*context.work),
        ladder_(*context.work, *context.sets, context.gazetteer),
        brands_(WordsOf(*context.sets, "brand_place")),
        unplaced_(WordsOf(*context.sets, "unplaced_name")),
        visits_(WordsOf(*context.sets, "visit_verb")),
        scenes_(WordsOf(*context.sets, "scene_word")),
        reaches_(WordsOf(*context.sets, "reach_verb")),
        called_(WordsOf(*context.sets, "place_called")),
        lines_(WordsOf(*context.sets, "line_tail")) {}

  void Run() {
    std::uint32_t article = static_cast<std::uint32_t>(-1);
    for (std::uint32_t s = 0; s < work_.sentences().size(); ++s) {
      const std::size_t known = work_.proposals().size();
      Chains(s);
      Addresses(s, known);
      if (work_.sentence(s).place.article != article) tour_ = line_ = kNoMention;
      article = work_.sentence(s).place.article;
      Capitals(s);
      Topics(s);
      Lines(s);
    }
  }

 private:
  // 福建漳州龙海: each in the one before it.
  void Chains(std::uint32_t s) {
    const std::vector<MentionId>& mentions = work_.sentence(s).mentions;
    for (std::size_t i = 0; i < mentions.size(); ++i) {
      if (RegionDepth(work_, mentions[i]) < 0) continue;
      for (std::size_t j = i + 1; j < mentions.size(); ++j) {
        const std::uint32_t end = work_.mention(mentions[i]).span.end;
        const std::uint32_t begin = work_.mention(mentions[j]).span.begin;
        if (begin > end + kMaxLink) break;
        if (begin < end) continue;
        // 黑龙江大庆喇嘛甸油田: of names that begin there, the shortest region.
        std::size_t shortest = j;
        for (std::size_t k = j; k < mentions.size(); ++k) {
          if (work_.mention(mentions[k]).span.begin != begin) break;
          if (RegionDepth(work_, mentions[k]) >= 0 && !NamesStreet(mentions[k]) &&
              !NamesScenery(mentions[k]) && !BeginsTown(mentions[k]) &&
              !(k > j && IsBrand(mentions[k]))) {
            shortest = k;
          }
        }
        if (!Joined(mentions[i], mentions[shortest])) continue;
        if (begin > end && !ladder_.Above(mentions[i], mentions[shortest])) continue;
        if (ladder_.Above(mentions[i], mentions[shortest])) {
          Propose(mentions[shortest], mentions[i], "place.chain", 0.95);
          Siblings(s, i, shortest);
        } else if (begin == end && shortest == j) {
          Beside(mentions[i], mentions[j]);
        }
        break;
      }
    }
  }

  // 常州市竹溪路58号科技大厦: the building is where the street is, which the sentence's own chains
  // say: the proposals from `first` on.
  void Addresses(std::uint32_t s, std::size_t first) {
    const std::size_t last = work_.proposals().size();
    const WorkSentence& sent = work_.sentence(s);
    MentionId street = kNoMention;
    for (const MentionId id : std::vector<MentionId>(sent.mentions)) {
      const WorkMention& mention = work_.mention(id);
      if (mention.type != "Place" || mention.nested) continue;
      if (street != kNoMention &&
          IsNumber(sent.text, work_.mention(street).span.end, mention.span.begin)) {
        for (std::size_t i = first; i < last; ++i) {
          const Proposal& chain = work_.proposals()[i];
          if (chain.from != street || chain.rule != "place.chain") continue;
          const MentionId region = chain.to;  // proposals move as more are made
          Propose(id, region, "place.chain", 0.8);
        }
      }
      street = mention.rule == "place.street" ? id : kNoMention;
    }
  }

  // 58号 between `begin` and `end`.
  static bool IsNumber(std::string_view text, std::uint32_t begin, std::uint32_t end) {
    if (end < begin + 4 || end > begin + 9 || !EndsWithAt(text, end, "号")) return false;
    const std::string_view digits = text.substr(begin, end - 3 - begin);
    return std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
  }

  // 文昌 of 文昌南路, 青龙 of 青龙湖镇.
  bool NamesStreet(MentionId id) const {
    const MentionId outer = work_.Outer(id);
    if (outer == kNoMention || outer == id || work_.mention(outer).type != "Place") return false;
    const std::string_view name = work_.Text(outer);
    const WorkMention& mention = work_.mention(id);
    for (const std::string_view feature : {"湖", "湾", "溪", "沟", "河", "江"}) {
      if (StartsWithAt(work_.sentence(mention.sentence).text, mention.span.end, feature)) {
        return true;
      }
    }
    return name.ends_with("路") || name.ends_with("街") || name.ends_with("大道");
  }

  // 西湖 of 西湖景区, where that is also a county's word.
  bool NamesScenery(MentionId id) const {
    const MentionId outer = work_.Outer(id);
    if (outer == kNoMention || outer == id || work_.mention(outer).type != "Place" ||
        work_.mention(id).type != "County") {
      return false;
    }
    const std::string_view part = work_.Text(id);
    const bool water = part.ends_with("河") || part.ends_with("江") || part.ends_with("溪") ||
                       part.ends_with("湖");
    return water && part.size() == 6 && !work_.Text(outer).ends_with("村") &&
           !work_.Text(outer).ends_with("镇") && !work_.Text(outer).ends_with("站");
  }

  // 青龙 of 青龙湖镇.
  bool BeginsTown(MentionId id) const {
    const MentionId outer = work_.Outer(id);
    if (outer == kNoMention || outer == id || work_.mention(outer).type != "Place") return false;
    const std::string_view name = work_.Text(outer);
    const std::string_view part = work_.Text(id);
    if (!name.starts_with(part)) return false;
    if (part.ends_with("县") || part.ends_with("市") || part.ends_with("区")) return false;
    const std::string_view rest = name.substr(part.size());
    if (rest == "镇" || rest == "乡" || rest == "街道") return true;
    if (part.size() != 6 || CountCodePoints(name) != 4) return false;
    return name.ends_with("镇") || name.ends_with("乡") || name.ends_with("村");
  }

  // Nothing between two regions side by side, or 首都, 省会; 的 and 境内 where it is sure that the
  // second one is inside.
  bool Joined(MentionId upper, MentionId lower) const {
    const WorkMention& a = work_.mention(upper);
    const std::uint32_t end = a.span.end;
    const std::string_view between =
        work_.sentence(a.sentence).text.substr(end, work_.mention(lower).span.begin - end);
    if (between.empty() || between == "省会" || between == "首都" || between == "首府" ||
        between == "省" || between == "市" || between == "首都的" || IsCalled(between)) {
      return true;
    }
    const bool inside = between == "的" || between == "境内" || between == "境内的" ||
                        between == "地区的" || between == "地区" || between == "市的";
    return inside && ladder_.Rung(upper) >= 0 &&
           (ladder_.Confirmed(upper, lower) || ladder_.IsLocal(lower));
  }

  // 南部, 东部城市, 红海沿岸城市: the part of a region in which the next one lies, or what it is.
  bool IsCalled(std::string_view between) const {
    const auto end = static_cast<std::uint32_t>(between.size());
    if (LongestBefore(between, end, called_) == 0) return false;
    for (std::uint32_t at = 0; at < end; at += DecodeAt(between, at).size) {
      if (CoordinatorAt(between, at) > 0 || ClauseMarkAt(between, at) > 0) return false;
    }
    return true;
  }

  // 苏州高新区长光华芯: a body or a work named right after its place.
  void Beside(MentionId region, MentionId bearer) {
    if (work_.mention(region).nested || work_.mention(bearer).nested || IsBrand(region)) return;
    const std::string_view type = work_.mention(bearer).type;
    if (type != "Company" && type != "Institution" && type != "Project" && type != "Event") return;
    if (work_.mention(bearer).antecedent != kNoMention) return;
    // 广州甲超市, 林芝乙: a shop or a daughter of the company there; 台湾甲 and 乙国甲 are where
    // it comes from.
    const bool country = ladder_.IsCountry(region) || work_.mention(region).entries.empty();
    if (type == "Company" && !IsAway(region) &&
        !(work_.mention(region).type == "Place" ? country : work_.mention(region).type == "Zone")) {
      return;
    }
    // 香港联交所 is one name; 甲口岸中欧班列: the trains that pass there.
    if (type == "Institution" && work_.mention(region).type == "Province") return;
    if (type == "Project" && IsLine(bearer)) return;
    // 美国北约.
    const std::string_view name = work_.Text(bearer);
    if (std::any_of(unplaced_.begin(), unplaced_.end(), [&](const std::string& each) {
          return name.find(each) != std::string_view::npos;
        })) {
      return;
    }
    Propose(bearer, region, "place.beside", 0.75);
  }

  // Where companies are known by the place that they come from.
  bool IsAway(MentionId id) const {
    const std::string_view name = work_.Text(id);
    return name.starts_with("台湾") || name.starts_with("香港") || name.starts_with("澳门");
  }

  bool IsBrand(MentionId id) const {
    return work_.mention(id).type == "Place" &&
           std::find(brands_.begin(), brands_.end(), work_.Text(id)) != brands_.end();
  }

  // 浙江宁波与舟山, 四川境内隆昌经泸州至叙永: the others are in 浙江 too, where the gazetteer says
  // so.
  void Siblings(std::uint32_t s, std::size_t upper, std::size_t first) {
    const std::vector<MentionId>& mentions = work_.sentence(s).mentions;
    const std::string_view text = work_.sentence(s).text;
    std::uint32_t end = work_.mention(mentions[first]).span.end;
    const MentionId region = mentions[upper];
    MentionId last = mentions[first];
    for (std::size_t k = first + 1; k < mentions.size(); ++k) {
      const Span span = work_.mention(mentions[k]).span;
      if (span.begin < end) continue;
      // 乙国甲州丙市、丁州戊市: what lies in the one before it is passed over.
      if (span.begin == end && ladder_.Above(last, mentions[k])) {
        end = span.end;
        last = mentions[k];
        continue;
      }
      std::uint32_t between = CoordinatorAt(text, end);
      if (between == 0 && !work_.mention(mentions[k]).nested && LinkOfLine(text.substr(end, 3))) {
        between = 3;
      }
      if (between == 0) return;
      // 甲地北部乙城、南部丙城
      const std::uint32_t start = end + between;
      const bool called =
          span.begin > start && span.begin <= start + kMaxLink &&
          LongestBefore(text.substr(0, span.begin), span.begin, called_) == span.begin - start;
      if (span.begin != start && !called) return;
      if (!ladder_.Confirmed(region, mentions[k]) &&
          !(called && ladder_.Above(region, mentions[k]))) {
        return;
      }
      Propose(mentions[k], region, "place.chain", 0.85);
      end = span.end;
      last = mentions[k];
    }
  }

  // 首都甲城 of the state that the article spoke of last.
  void Capitals(std::uint32_t s) {
    const WorkSentence& sent = work_.sentence(s);
    for (const MentionId id : std::vector<MentionId>(sent.mentions)) {
      const WorkMention& mention = work_.mention(id);
      if (mention.type != "Place" || mention.nested || mention.antecedent != kNoMention) continue;
      if (!EndsWithAt(sent.text, mention.span.begin, "首都") &&
          !EndsWithAt(sent.text, mention.span.begin, "首府")) {
        continue;
      }
      const MentionId state = StateBefore(id);
      if (state != kNoMention) Propose(id, state, "place.chain", 0.8);
    }
  }

  // The nearest region before it, in its sentence or one of the two before that, in which the
  // gazetteer has it.
  MentionId StateBefore(MentionId id) const {
    const WorkMention& mention = work_.mention(id);
    const Span range = work_.ArticleSentences(work_.Article(id));
    for (std::uint32_t back = 0; back <= 2 && mention.sentence >= range.begin + back; ++back) {
      const std::vector<MentionId>& near = work_.sentence(mention.sentence - back).mentions;
      for (auto it = near.rbegin(); it != near.rend(); ++it) {
        if (back == 0 && work_.mention(*it).span.begin >= mention.span.begin) continue;
        if (RegionDepth(work_, *it) >= 0 && ladder_.Confirmed(*it, id)) return *it;
      }
    }
    return kNoMention;
  }

  // 在常州，…项目: what a sentence names after its place is there; so is what a tour visits in the
  // sentences that follow.
  void Topics(std::uint32_t s) {
    const WorkSentence& sent = work_.sentence(s);
    MentionId place = kNoMention;
    MentionId visited = kNoMention;
    for (const MentionId id : std::vector<MentionId>(sent.mentions)) {
      const WorkMention& mention = work_.mention(id);
      if (mention.nested) continue;
      if (RegionDepth(work_, id) >= 0) {
        if (IsTopic(sent.text, mention.span)) {
          place = id;
          tour_ = id;
          continue;
        }
        if (IsReached(sent.text, mention.span)) {
          if (tour_ != kNoMention) VisitOnTour(id);
          place = id;
          if (!IsSite(id)) tour_ = id;
          continue;
        }
        if (!IsSite(id)) {
          if (tour_ != kNoMention && work_.Text(tour_) != work_.Text(id)) {
            tour_ = place = kNoMention;  // another place is spoken of
          }
          continue;
        }
      }
      if (mention.antecedent != kNoMention) continue;
      if (HasRegion(id)) {
        if (place != kNoMention && mention.type == "Project" && IsWithinOwn(id, place)) {
          Propose(id, place, "place.topic", 0.65);
        }
        if (tour_ != kNoMention && IsVisited(sent.text, mention.span)) visited = id;
        continue;
      }
      const std::string_view type = mention.type;
      const bool listed =
          visited != kNoMention &&
          IsCoordinated(sent.text, work_.mention(visited).span.end, mention.span.begin);
      const bool organisation = type == "Company" || type == "Institution";
      const bool scene = organisation && IsTopic(sent.text, mention.span);  // 在甲集团，
      if (tour_ != kNoMention && (listed || scene || IsVisited(sent.text, mention.span))) {
        if (VisitOnTour(id)) visited = id;
        continue;
      }
      if (place == kNoMention) continue;
      // 走进甲园区，又来到乙园区: the next stop.
      if (type == "Zone" && IsSite(place) && IsVisited(sent.text, mention.span)) continue;
      const bool site = type == "Place" && IsSite(id) && ladder_.Above(place, id);
      // In a country or province a company does this and that.
      const bool seat = type == "Company" && (work_.mention(place).type == "City" ||
                                              work_.mention(place).type == "County");
      if (type != "Project" && type != "Zone" && type != "Institution" && !site && !seat) continue;
      if (type == "Project" && IsServed(sent.text, mention.span)) continue;
      // 在成都，国家信息中心的数据显示: what the whole country knows is somewhere else.
      if (type == "Institution" && !mention.entries.empty()) continue;
      Propose(id, place, "place.topic", organisation ? 0.5 : 0.65);
    }
  }

  static bool IsCoordinated(std::string_view text, std::uint32_t end, std::uint32_t begin) {
    return begin > end && CoordinatorAt(text, end) == begin - end;
  }

  // 在 at the start of the clause, the region, the clause's end (在海口期间，).
  static bool IsTopic(std::string_view text, Span span) {
    std::uint32_t end = span.end;
    for (const std::string_view word : {"期间", "考察时", "调研时", "境内"}) {
      if (StartsWithAt(text, end, word)) end += static_cast<std::uint32_t>(word.size());
    }
    if (!StartsWithAt(text, end, "，") && !StartsWithAt(text, end, ",")) return false;
    const std::uint32_t begin = ClauseBegin(text, span.begin);
    const std::string_view before = text.substr(begin, span.begin - begin);
    const std::size_t at = before.find("在");
    return at != std::string_view::npos && at <= 6 && before.size() <= at + 24;
  }

  // 来到甲产业园，: what the sentence goes on to name is there.
  bool IsReached(std::string_view text, Span span) const {
    if (!StartsWithAt(text, span.end, "，") && !StartsWithAt(text, span.end, ",")) return false;
    return LongestBefore(text, span.begin, reaches_) > 0;
  }

  // A zone, a village, a road: a stop of a tour, not where it goes next.
  bool IsSite(MentionId id) const {
    return work_.mention(id).type == "Zone" || ladder_.IsLocal(id);
  }

  bool VisitOnTour(MentionId id) {
    const WorkMention& mention = work_.mention(id);
    if (mention.antecedent != kNoMention || HasRegion(id)) return false;
    // A zone around the one that the tour is in.
    if (RegionDepth(work_, id) >= 0 && work_.mention(tour_).type == "Zone") return false;
    if (mention.type == "Place" && !ladder_.Above(tour_, id)) return false;
    Propose(id, tour_, "place.visited", 0.7);
    return true;
  }

  bool IsVisited(std::string_view text, Span span) const {
    std::uint32_t end = span.begin;
    if (end >= 3 && text.substr(end - 3, 3) == "了") end -= 3;
    if (end >= 3 && text.substr(end - 3, 3) == "“") end -= 3;
    if (LongestBefore(text, end, visits_) > 0) return true;
    // 在甲枢纽建设现场.
    return EndsWithAt(text, end, "在") && LongestAt(text, span.end, scenes_) > 0;
  }

  // 在常州，…为甲工程供电: what something is done for, or with, may be anywhere.
  static bool IsServed(std::string_view text, Span span) {
    std::uint32_t end = span.begin;
    if (EndsWithAt(text, end, "“")) end -= 3;
    for (const std::string_view word : {"为", "对", "与", "向", "自", "协同", "介绍"}) {
      if (EndsWithAt(text, end, word)) return true;
    }
    return false;
  }

  // 在岳阳，湖南供水工程 and 洞庭湖治理工程: the topic is smaller than the province in the work's
  // name, or that is no division; a line's ends (西宁至成都铁路) say more than the topic.
  bool IsWithinOwn(MentionId id, MentionId place) const {
    const std::string_view topic = work_.mention(place).type;
    if ((topic != "City" && topic != "County") || IsLine(id)) return false;
    for (const MentionId inner : work_.Inner(id)) {
      const int depth = RegionDepth(work_, inner);
      if (depth < 0) continue;
      const std::string_view type = work_.mention(inner).type;
      if (type == "City" || type == "County" || type == "Zone") return false;
      if (type == "Province" && !ladder_.Above(inner, place)) return false;
    }
    return true;
  }

  bool HasRegion(MentionId id) const {
    for (const MentionId inner : work_.Inner(id)) {
      if (ladder_.OfLine(id, inner)) continue;
      if (RegionDepth(work_, inner) >= 0 && !IsBrand(inner)) return true;
    }
    return false;
  }

  static bool LinkOfLine(std::string_view word) {
    return word == "至" || word == "到" || word == "经";
  }

  // 渝昆高铁通车后，重庆至昆明的…: a line is where its ends and the stops between them are, if it
  // is called after one of them.
  void Lines(std::uint32_t s) {
    const WorkSentence& sent = work_.sentence(s);
    MentionId line = s - line_sentence_ <= 2 ? line_ : kNoMention;  // still spoken of
    MentionId first = kNoMention;
    std::vector<MentionId> stops;
    std::uint32_t first_begin = 0;  // of the first stop
    const auto flush = [&] {
      // 甲铁路、南昌至黄山、乙铁路: an item of the list, not the ends of 甲铁路.
      if (line != kNoMention && stops.size() >= 2 && !EndsWithAt(sent.text, first_begin, "、") &&
          (work_.mention(line).sentence == s || IsNamedAfter(line, stops))) {
        for (const MentionId stop : stops) Propose(line, stop, s, "place.line_ends", 0.7);
      }
      stops.clear();
    };
    for (const MentionId id : std::vector<MentionId>(sent.mentions)) {
      const WorkMention& mention = work_.mention(id);
      if (mention.nested) continue;
      if (mention.type == "Project") {
        flush();
        line = IsLine(id) ? id : kNoMention;
        if (first == kNoMention) first = line;
      } else if (RegionDepth(work_, id) >= 0) {
        const std::uint32_t end = stops.empty() ? 0 : work_.mention(stops.back()).span.end;
        const bool linked =
            !stops.empty() && mention.span.begin == end + 3 && LinkOfLine(sent.text.substr(end, 3));
        if (!linked) {
          flush();
          first_begin = mention.span.begin;
        }
        stops.push_back(id);
      }
    }
    flush();
    if (first == kNoMention) return;
    line_ = first;
    line_sentence_ = s;
  }

  // Lines are called after their ends: 渝昆高铁 goes to 昆明.
  bool IsNamedAfter(MentionId line, const std::vector<MentionId>& stops) const {
    const std::string_view name = NameOf(line);
    return std::any_of(stops.begin(), stops.end(), [&](MentionId stop) {
      const std::string_view place = work_.Text(stop);
      return name.find(place.substr(0, DecodeAt(place, 0).size)) != std::string_view::npos;
    });
  }

  std::string_view NameOf(MentionId id) const {
    const MentionId antecedent = work_.mention(id).antecedent;
    return work_.Text(antecedent == kNoMention ? id : antecedent);
  }

  bool IsLine(MentionId id) const {
    const std::string_view name = NameOf(id);
    return LongestBefore(name, static_cast<std::uint32_t>(name.size()), lines_) > 0;
  }

  void Propose(MentionId from, MentionId to, const char* rule, double confidence) {
    Propose(from, to, work_.mention(from).sentence, rule, confidence);
  }

  void Propose(MentionId from, MentionId to, std::uint32_t evidence, const char* rule,
               double confidence) {
    if (from == to) return;
    Proposal proposal;
    proposal.type = "LOCATED_IN";
    proposal.from = from;
    proposal.to = to;
    proposal.evidence = evidence;
    proposal.rule = rule;
    proposal.confidence = confidence;
    work_.Propose(std::move(proposal));
  }

  Workspace& work_;
  Ladder ladder_;
  const WordList& brands_;
  const WordList& unplaced_;
  const WordList& visits_;
  const WordList& scenes_;
  const WordList& reaches_;
  const WordList& called_;
  const WordList& lines_;
  MentionId tour_ = kNoMention;  // the place that the article's last 在… began a sentence with
  MentionId line_ = kNoMention;  // the line that an earlier sentence spoke of first
  std::uint32_t line_sentence_ = 0;
};

}  // namespace

void FindPlaceChains(StructureContext& context) { PlaceChains(context).Run(); }

}  // namespace tupu::extract
