// Mentions of the regions that names hold and recognition did not mark.
#include <algorithm>
#include <set>

#include "extract/facts/ladder.h"
#include "extract/facts/structure.h"
#include "extract/facts/terms.h"

namespace tupu::extract {
namespace {

class RegionMarks {
 public:
  explicit RegionMarks(StructureContext& context)
      : work_(*context.work),
        suffixes_(WordsOf(*context.sets, "org_suffix")),
        gazetteer_(context.gazetteer),
        ladder_(*context.work, *context.sets, context.gazetteer) {}

  // Regions inside names that recognition did not mark: 南京 in …部南京环境科学研究所. Those of a
  // company stand at its start or in brackets; elsewhere they may be any two characters.
  void Run() {
    if (gazetteer_ == nullptr) return;
    const std::uint32_t size = work_.size();
    for (MentionId id = 0; id < size; ++id) {
      const WorkMention mention = work_.mention(id);
      if (mention.antecedent != kNoMention || mention.type == "Ministry") continue;
      const bool bearer = work_.Is(id, "Organisation") || mention.type == "Zone" ||
                          mention.type == "Event" || mention.type == "Project" ||
                          (ladder_.IsLocal(id) && !ladder_.IsStreet(id));
      if (!bearer || mention.span.size() > 300) continue;
      std::vector<Span> marked;
      for (const MentionId inner : work_.Inner(id)) {
        if (RegionDepth(work_, inner) >= 0) marked.push_back(work_.mention(inner).span);
      }
      const bool line = mention.type == "Project" && work_.Text(id).find("至") != std::string::npos;
      if (!marked.empty() && !line && !IsBranch(id, marked)) continue;
      MarkRegionsIn(id, marked);
    }
  }

 private:
  // 北京大学深圳研究院: what is marked is the mother body's.
  bool IsBranch(MentionId id, const std::vector<Span>& marked) const {
    if (work_.mention(id).type != "Institution") return false;
    const std::uint32_t begin = work_.mention(id).span.begin;
    const std::vector<MentionId> inner = work_.Inner(id);
    return std::any_of(inner.begin(), inner.end(), [&](MentionId body) {
      const Span span = work_.mention(body).span;
      return span.begin == begin && work_.Is(body, "Organisation") &&
             std::all_of(marked.begin(), marked.end(),
                         [&](Span region) { return span.Contains(region); });
    });
  }

  static bool IsAbroad(const GazetteerEntry& entry) {
    return entry.parent_id.starts_with("country/") && entry.parent_id != "country/中国";
  }

  // A company by its full name, which is no brand: 日内瓦竹伞公司.
  bool HasForm(std::string_view name) const {
    return LongestBefore(name, static_cast<std::uint32_t>(name.size()), suffixes_) > 0;
  }

  // Leftmost-longest among the regions alone: the name itself may stand in the gazetteer too.
  // `marked` are those that are there already.
  void MarkRegionsIn(MentionId id, const std::vector<Span>& marked) {
    const WorkMention mention = work_.mention(id);
    const std::string text(work_.Text(id));
    struct Found {
      Span span;
      std::string_view type;  // the entry's
      std::uint32_t entry;
    };
    // Ends of the companies that the name begins with, of a place's the bridge that it is at.
    std::set<std::uint32_t> parents;
    for (const MentionId inner : work_.Inner(id)) {
      const WorkMention& parent = work_.mention(inner);
      const bool at = mention.type == "Place" && parent.type == "Project";
      if ((parent.type == "Company" || at) && parent.span.begin == mention.span.begin) {
        parents.insert(parent.span.size());
      }
    }
    const bool branch =
        mention.type == "Company" &&
        (text.ends_with("局") || text.ends_with("分公司") || text.ends_with("分行"));
    std::vector<Found> found;
    for (const GazetteerMatch& match : gazetteer_->FindAll(text)) {
      if (match.span.size() >= text.size()) continue;
      // 国铁南宁局, 中车唐山机车公司: a branch by its word, or behind whose it is.
      const bool first = match.span.begin == 0 || EndsWithAt(text, match.span.begin, "(") ||
                         EndsWithAt(text, match.span.begin, "（") || branch ||
                         (parents.count(match.span.begin) > 0 && match.span.end + 6 < text.size());
      if ((mention.type == "Company" || mention.type == "Place") && !first) continue;
      std::vector<Found> senses;
      for (const Sense& sense : match.senses) {
        const GazetteerEntry& entry = gazetteer_->entries()[sense.entry];
        const bool division =
            entry.type == "Province" || entry.type == "City" || entry.type == "County";
        // 深圳至中山通道: what is one end of a line is a town, whatever else the word may be.
        const bool end_of_line =
            mention.type == "Project" && division &&
            (EndsWithAt(text, match.span.begin, "至") || StartsWithAt(text, match.span.end, "至"));
        if ((sense.weak && !end_of_line) || entry.abolished) continue;
        // 驻乙国大使馆
        const bool seat = EndsWithAt(text, match.span.begin, "驻") && IsForeignCountry(entry);
        const bool place = entry.type == "Place" && (match.span.begin == 0 || seat) &&
                           (mention.type != "Company" || IsForeignCountry(entry) ||
                            (IsAbroad(entry) && HasForm(text)));
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
      const Span at{mention.span.begin + each.span.begin, mention.span.begin + each.span.end};
      const bool there = std::any_of(marked.begin(), marked.end(), [&](Span other) {
        return other.begin < at.end && at.begin < other.end;
      });
      if (there) continue;
      end = each.span.end;
      WorkMention region;
      region.sentence = mention.sentence;
      region.span = at;
      region.type = each.type;
      region.rule = "gazetteer";
      region.confidence = 0.8;
      region.entries = {each.entry};
      region.nested = true;
      work_.Add(std::move(region));
    }
  }

  Workspace& work_;
  const WordList& suffixes_;
  const Gazetteer* gazetteer_;
  Ladder ladder_;
};

}  // namespace

void MarkRegionsInNames(StructureContext& context) { RegionMarks(context).Run(); }

}  // namespace tupu::extract
