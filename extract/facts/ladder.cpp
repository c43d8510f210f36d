#include "extract/facts/ladder.h"

#include <algorithm>

#include "extract/facts/names.h"
#include "extract/facts/terms.h"

namespace tupu::extract {
namespace {

constexpr std::string_view kHome = "country/中国";  // where provinces, which have no parent, are

}  // namespace

bool IsForeignCountry(const GazetteerEntry& entry) {
  return entry.id.starts_with("country/") && entry.id != kHome;
}

Ladder::Ladder(const Workspace& work, const WordSets& sets, const Gazetteer* gazetteer)
    : work_(work),
      towns_(WordsOf(sets, "town_tail")),
      villages_(WordsOf(sets, "village_tail")),
      sites_(WordsOf(sets, "site_tail")),
      lines_(WordsOf(sets, "line_tail")),
      gazetteer_(gazetteer) {}

int Ladder::Rung(MentionId id) const {
  const int depth = RegionDepth(work_, id);
  if (depth < 4) return depth < 0 ? -1 : depth * 10;
  if (work_.mention(id).type == "Zone") return 45;
  if (IsCountry(id)) return 0;
  const std::string_view text = work_.Text(id);
  const auto end = static_cast<std::uint32_t>(text.size());
  const auto ends_in = [&](const WordList& tails) {
    const std::uint32_t size = LongestBefore(text, end, tails);
    return size > 0 && size < end;
  };
  if (ends_in(towns_)) return 50;
  if (ends_in(villages_)) return 60;
  if (ends_in(sites_)) return 70;
  return IsState(id) ? 10 : 40;
}

bool Ladder::IsForeign(MentionId id) const {
  const WorkMention& mention = work_.mention(id);
  if (mention.type != "Place") return false;
  if (mention.entries.empty()) return mention.rule == "place.foreign";
  if (gazetteer_ == nullptr) return false;
  return std::all_of(mention.entries.begin(), mention.entries.end(), [&](std::uint32_t entry) {
    const std::string& parent = gazetteer_->entries()[entry].parent_id;
    return parent.starts_with("country/") && parent != kHome;
  });
}

bool Ladder::IsSea(MentionId id) const {
  const WorkMention& mention = work_.mention(id);
  if (mention.type != "Place" || mention.entries.empty() || gazetteer_ == nullptr) return false;
  const GazetteerEntry& entry = gazetteer_->entries()[mention.entries.front()];
  return entry.parent_id.empty() && (entry.name.ends_with("海") || entry.name.ends_with("洋"));
}

// 阿肯色州, 加利福尼亚, 岐阜县: by its name or that of the gazetteer. Elsewhere counties are
// smaller.
bool Ladder::IsState(MentionId id) const {
  if (!IsForeign(id)) return false;
  const std::vector<std::uint32_t>& entries = work_.mention(id).entries;
  const std::string_view name = entries.empty() || gazetteer_ == nullptr
                                    ? work_.Text(id)
                                    : gazetteer_->entries()[entries.front()].name;
  static constexpr std::string_view kStates[] = {"州", "省", "邦", "区", "共和国", "道"};
  const bool prefecture = name.ends_with("县") && !entries.empty() && gazetteer_ != nullptr &&
                          gazetteer_->entries()[entries.front()].parent_id == "country/日本";
  return prefecture || std::any_of(std::begin(kStates), std::end(kStates),
                                   [&](std::string_view word) { return name.ends_with(word); });
}

bool Ladder::IsCountry(MentionId id) const {
  if (gazetteer_ == nullptr) return false;
  const std::vector<std::uint32_t>& entries = work_.mention(id).entries;
  return std::any_of(entries.begin(), entries.end(), [&](std::uint32_t entry) {
    return gazetteer_->entries()[entry].id.compare(0, 8, "country/") == 0;
  });
}

bool Ladder::IsStreet(MentionId id) const {
  const std::string_view text = work_.Text(id);
  return text.ends_with("路") || text.ends_with("街") || text.ends_with("大道");
}

bool Ladder::IsHome(MentionId id) const {
  const std::vector<std::uint32_t>& entries = work_.mention(id).entries;
  if (gazetteer_ == nullptr || entries.size() != 1) return work_.Text(id) == "我国";
  return gazetteer_->entries()[entries.front()].id == kHome;
}

bool Ladder::HoldsRegionBehind(MentionId whole, std::uint32_t pos) const {
  const std::vector<MentionId> inner = work_.Inner(whole);
  return std::any_of(inner.begin(), inner.end(), [&](MentionId id) {
    return work_.mention(id).span.begin >= pos && RegionDepth(work_, id) >= 0;
  });
}

bool Ladder::OfLine(MentionId whole, MentionId region) const {
  constexpr std::uint32_t kLeastRest = 9;  // bytes: 云溪段, but not the 公路 of 高速公路
  if (work_.mention(whole).type != "Project") return false;
  const Span span = work_.mention(whole).span;
  for (const MentionId inner : work_.Inner(whole)) {
    const WorkMention& line = work_.mention(inner);
    if (line.type != "Project" || line.span.begin != span.begin ||
        line.span.end + kLeastRest > span.end || !line.span.Contains(work_.mention(region).span)) {
      continue;
    }
    // 西延段: a section without a region of its own is where its line is.
    const bool placed =
        line.span.end + kLeastRest < span.end || HoldsRegionBehind(whole, line.span.end);
    const std::string_view name = work_.Text(inner);
    if (placed && LongestBefore(name, static_cast<std::uint32_t>(name.size()), lines_) > 0) {
      return true;
    }
  }
  return false;
}

bool Ladder::Above(MentionId upper, MentionId lower) const {
  const int a = Rung(upper), b = Rung(lower);
  if (a < 0 || b < 0) return false;
  const bool zones = work_.mention(upper).type == "Zone" && (b == 40 || b == 45);
  // 南美洲的乌拉圭
  if (b == 0 && a == 40 && Confirmed(upper, lower)) return true;
  const bool abroad = a == 40 && b == 40 && IsForeign(upper) && IsForeign(lower);
  if (a >= b && !zones && !abroad) return false;
  // 以色列红海城市: no sea lies in a country.
  if (IsSea(lower)) return false;
  // 我国新疆, 中国上海 say no more than 新疆 and 上海.
  if (a == 0 && IsHome(upper)) return false;
  return !Contradicted(upper, lower);
}

bool Ladder::Contradicted(MentionId upper, MentionId lower) const {
  if (gazetteer_ == nullptr) return false;
  const auto& above = work_.mention(upper).entries;
  const auto& below = work_.mention(lower).entries;
  if (above.size() != 1 || below.empty()) return false;
  const std::vector<GazetteerEntry>& entries = gazetteer_->entries();
  const std::string& top = entries[above.front()].id;
  return std::none_of(below.begin(), below.end(), [&](std::uint32_t each) {
    const GazetteerEntry& entry = entries[each];
    // Rivers, ranges and the like cross the borders of what is smaller than a province.
    if (entry.parent_id.empty()) {
      return entry.type == "Place" ? IsLocal(lower) || Rung(upper) <= 10 : top == kHome;
    }
    // What the gazetteer only has in the province may well be in the county that the text gives.
    return gazetteer_->IsWithin(entry.id, top) || gazetteer_->IsWithin(top, entry.parent_id);
  });
}

bool Ladder::Confirmed(MentionId upper, MentionId lower) const {
  if (gazetteer_ == nullptr) return false;
  const auto& above = work_.mention(upper).entries;
  const auto& below = work_.mention(lower).entries;
  if (above.size() != 1) return false;
  return std::any_of(below.begin(), below.end(), [&](std::uint32_t each) {
    const std::vector<GazetteerEntry>& entries = gazetteer_->entries();
    return each != above.front() &&
           gazetteer_->IsWithin(entries[each].id, entries[above.front()].id);
  });
}

}  // namespace tupu::extract
