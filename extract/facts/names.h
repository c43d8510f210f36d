// The names of one document: which mentions are the same thing.
//
// Mentions are joined by equal names, by gazetteer entry, and by what the text itself introduces
// （以下简称《指引》）. Short forms and bare department names (《通知》, 市财政局) live within one
// article; equal full names are one thing in the whole document.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "extract/facts/pattern.h"
#include "extract/facts/workspace.h"
#include "extract/ner/gazetteer.h"

namespace tupu::extract {

using GroupId = std::uint32_t;
inline constexpr GroupId kNoGroup = static_cast<GroupId>(-1);

struct NameGroup {
  std::string type;
  std::string name;                  // the fullest form
  std::vector<std::string> aliases;  // all others, sorted
  std::vector<MentionId> mentions;   // in order; without those that stand for another
  std::string canonical_name;
  std::string canonical_id;
  bool elided = false;  // a bare department name (市财政局): `name` lacks its region
  std::string rule;
  double confidence = 0;
};

class Names {
 public:
  // `gazetteer` may be null. Needs the word sets org_suffix and region_suffix.
  static Names Group(Workspace& work, const Gazetteer* gazetteer, const WordSets& sets);

  const std::vector<NameGroup>& groups() const { return groups_; }
  NameGroup& group(GroupId id) { return groups_[id]; }
  // The group of a mention; of its antecedent where it stands for another.
  GroupId Of(MentionId id) const { return of_[id]; }
  // The group's mention in an article that is nearest to a sentence, or kNoMention.
  MentionId MentionIn(const Workspace& work, GroupId id, std::uint32_t article,
                      std::uint32_t sentence) const;

 private:
  std::vector<NameGroup> groups_;
  std::vector<GroupId> of_;
};

// How deep in the ladder of regions a mention stands: country 0, Province 1, City 2, County 3,
// Zone and other places 4; -1 for what is no region.
int RegionDepth(const Workspace& work, MentionId id);

// The word that a bare name of a department or committee begins with: 省, 市, 县, 区 … empty where
// it is not bare.
std::string_view BarePrefix(std::string_view name);

// The region that a bare 市, 省, 县 or 区 at `sentence` means: the nearest one of that kind named
// before in the article, else after. kNoMention where there is none.
MentionId ContextRegion(const Workspace& work, std::uint32_t sentence, std::uint32_t pos,
                        std::string_view word);

}  // namespace tupu::extract
