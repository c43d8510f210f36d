// How the regions that a text names stand above each other: country, province, city, county, town,
// village, site.
#pragma once

#include "extract/facts/pattern.h"
#include "extract/facts/workspace.h"
#include "extract/ner/gazetteer.h"

namespace tupu::extract {

// A country that is not 中国.
bool IsForeignCountry(const GazetteerEntry& entry);

class Ladder {
 public:
  // All must outlive this; `gazetteer` may be null. Needs the sets town_tail, village_tail and
  // site_tail.
  Ladder(const Workspace& work, const WordSets& sets, const Gazetteer* gazetteer);

  // The rung of a region, a greater one lower: country 0, province or foreign state 10, city 20,
  // county 30, other places 40, zones 45, towns 50, villages 60, sites 70; -1 for what is no
  // region.
  int Rung(MentionId id) const;

  // Whether `upper` can hold `lower`: it is on a higher rung, or both are foreign places that the
  // text has side by side, and the gazetteer does not have the lower one elsewhere.
  bool Above(MentionId upper, MentionId lower) const;

  // The gazetteer has `lower` inside `upper`.
  bool Confirmed(MentionId upper, MentionId lower) const;

  bool IsCountry(MentionId id) const;

  // A town, a village or a site: what is too small to be named for anything else.
  bool IsLocal(MentionId id) const { return Rung(id) >= 50; }

  // 文昌南路, which is not in 文昌.
  bool IsStreet(MentionId id) const;

  // 常德 in 常德至长沙铁路云溪隧道: a region of the line that the name of a work on it begins with,
  // which says where the line is, not the work.
  bool OfLine(MentionId whole, MentionId region) const;

 private:
  bool Contradicted(MentionId upper, MentionId lower) const;
  bool IsForeign(MentionId id) const;
  bool IsState(MentionId id) const;
  bool IsSea(MentionId id) const;
  bool IsHome(MentionId id) const;
  bool HoldsRegionBehind(MentionId whole, std::uint32_t pos) const;

  const Workspace& work_;
  const WordList& towns_;
  const WordList& villages_;
  const WordList& sites_;
  const WordList& lines_;
  const Gazetteer* gazetteer_;
};

}  // namespace tupu::extract
