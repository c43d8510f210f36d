#include "extract/ner/overlap.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>

namespace tupu::extract {
namespace {

bool IsGazetteer(const Candidate& candidate) { return !candidate.entries.empty(); }

// The country of a foreign country or of a place in one, not 中国; nothing for rivers, seas and
// quarters of the compass.
std::string_view ForeignCountryOf(const Knowledge& know, const Candidate& candidate) {
  if (candidate.kind != kPlace || candidate.entries.empty()) return {};
  const GazetteerEntry& entry = know.gazetteer.entries()[candidate.entries.front()];
  const std::string& id = entry.id.starts_with("country/") ? entry.id : entry.parent_id;
  return id.starts_with("country/") && id != "country/中国" ? std::string_view(id)
                                                            : std::string_view();
}

bool NamesForeignCountry(const Knowledge& know, const Candidate& candidate) {
  return !candidate.entries.empty() &&
         know.gazetteer.entries()[candidate.entries.front()].id.starts_with("country/") &&
         !ForeignCountryOf(know, candidate).empty();
}

bool MayNest(const Knowledge& know, const Candidate& outer, const Candidate& inner) {
  if (outer.kind >= kKinds) return false;
  auto out = static_cast<Kind>(outer.kind);
  if (inner.kind >= kKinds) return IsDescriptive(out);
  auto in = static_cast<Kind>(inner.kind);
  bool prefix = inner.begin == outer.begin;
  if (IsPerson(out)) return false;
  std::string_view rule = outer.rule;
  if (rule.substr(0, 6) == "outlet" || rule.substr(0, 6) == "byline") return IsDivision(in);
  // A shorter form of the same: 国务院新闻办 in 国务院新闻办公室.
  if (IsGazetteer(outer) && outer.entries == inner.entries) return false;
  // 甲大桥丙口岸 is at the bridge.
  if (out == kPlace && in == kProject) return prefix && IsGazetteer(inner);
  // Two names of the gazetteer: only what the parents say, but for regions in organisations.
  if (IsGazetteer(outer) && IsGazetteer(inner) && !(IsOrganisation(out) && IsDivision(in)) &&
      !(prefix && out == in && (in == kMinistry || in == kLocalGovernment)) &&
      !IsDescriptive(out)) {
    const auto& entries = know.gazetteer.entries();
    return std::any_of(inner.entries.begin(), inner.entries.end(), [&](std::uint32_t entry) {
      return know.gazetteer.IsWithin(entries[outer.entries.front()].id, entries[entry].id);
    });
  }
  if (IsOrganisation(out)) {
    if (outer.national && IsDivision(in)) return false;  // 上海合作组织
    if (IsDivision(in) || in == kZone) return true;
    // A company may be called after any town: 波士顿科学.
    if (in == kPlace) {
      return out == kInstitution ? !ForeignCountryOf(know, inner).empty()
                                 : NamesForeignCountry(know, inner);
    }
    // 苏宁电器集团 is 苏宁电器 itself.
    if (rule == "company.unit" && in == kCompany) return prefix;
    if (in == kCompany && (inner.national || outer.size() < inner.size() + 4)) return false;
    return IsOrganisation(in) && prefix;
  }
  if (IsDivision(out)) return false;
  if (IsPerson(in)) return false;
  if (out == kZone || out == kPlace) {
    // 长滩 of 长滩县 is another place.
    if (in == kPlace && rule == "place.foreign") return false;
    if (in == out) return prefix && IsGazetteer(inner);
    return IsDivision(in) || in == kZone || in == kPlace ||
           (IsOrganisation(in) && prefix && inner.rule != std::string_view("company.brand"));
  }
  // Descriptions.
  if (in == kPolicy || in == kEvent) return out != in && out != kIndustry;
  if (in == kProject) return out == kEvent || out == kPolicy || (out == kProject && prefix);
  return out != kIndustry || IsDivision(in);
}

}  // namespace

std::vector<Standing> Resolve(const Knowledge& know, std::vector<Candidate> candidates) {
  auto order = [](const Candidate& candidate) {
    int first = candidate.tier >= kTierPerson ? -candidate.tier : 0;
    if (candidate.kind == kIndustry) first = 1;  // a class gives way to any name
    return std::make_tuple(first, -static_cast<std::int64_t>(candidate.size()), -candidate.tier,
                           candidate.begin, candidate.kind);
  };
  std::stable_sort(candidates.begin(), candidates.end(),
                   [&](const Candidate& a, const Candidate& b) { return order(a) < order(b); });

  std::vector<Standing> out;
  for (Candidate& candidate : candidates) {
    const Candidate* around = nullptr;
    bool fits = true;
    for (Standing& standing : out) {
      Candidate& other = standing.candidate;
      if (candidate.end <= other.begin || other.end <= candidate.begin) continue;
      bool inside = other.begin <= candidate.begin && candidate.end <= other.end &&
                    candidate.size() < other.size();
      if (!inside) {
        // Read by its surroundings and known besides: 央视网 of a dateline.
        bool same = other.begin == candidate.begin && other.end == candidate.end;
        if (same && other.kind == candidate.kind && other.entries.empty()) {
          other.entries = std::move(candidate.entries);
        }
        fits = false;
        break;
      }
      if (!around || other.size() < around->size()) around = &other;
    }
    if (!fits || (around && !MayNest(know, *around, candidate))) continue;
    bool nested = around != nullptr;
    out.push_back({std::move(candidate), nested});
  }
  std::sort(out.begin(), out.end(), [](const Standing& a, const Standing& b) {
    return a.candidate.begin != b.candidate.begin ? a.candidate.begin < b.candidate.begin
                                                  : a.candidate.end > b.candidate.end;
  });
  return out;
}

}  // namespace tupu::extract
