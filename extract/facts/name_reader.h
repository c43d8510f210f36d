// Reads the name of a policy or an event: what it begins with (who issued it, 第三届, 2026年, where
// it holds), what kind of thing its last words say it is, and the objects that are left between.
//   广东省|关于促进|竹编产业|发展的|若干措施        第三届|中国|竹制家具|博览会
// The words are word sets of schemas/rules (title_…, term_…).
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "extract/facts/pattern.h"
#include "extract/facts/workspace.h"

namespace tupu::extract {

// A mention inside the name, or (kNoMention) text that names a class.
struct NameObject {
  MentionId mention = kNoMention;
  Span term;
  bool exact = false;  // the class is all of the text, whatever known ones stand in it
};

// Not thread-safe. Spans are in the sentence of the name. The workspace and the sets must outlive
// it.
class NameReader {
 public:
  NameReader(Workspace& work, const WordSets& sets);

  // What the last calls found, in the order of the name; regions that were passed first.
  std::vector<NameObject> found;
  // Whether classes of two characters say enough (names of laws and fairs).
  bool takes_short = false;

  void AddMention(MentionId id) { found.push_back({id, {}}); }

  // Past the organisations that the name begins with, and 第三届, 2026年, 全国.
  Span SkipIssuers(MentionId id, Span core) const;
  // The same, and past regions, which are found.
  Span SkipRegions(MentionId id, Span core);
  // Without the words at the end that say what kind of thing it is (`tails`); a known class is
  // never cut (政府采购).
  Span StripTail(MentionId id, Span core, const WordList& tails) const;
  // Finds what the verbs in `core` have for objects; all of it where it begins with none.
  void Objects(MentionId id, Span core);

  // The longest region, or class that recognition found, inside the name that begins at `pos`;
  // kNoMention without one.
  MentionId RegionAt(MentionId id, std::uint32_t pos) const;
  MentionId IndustryAt(MentionId id, std::uint32_t pos) const;

 private:
  std::string_view Text(MentionId id) const {
    return work_.sentence(work_.mention(id).sentence).text;
  }
  std::uint32_t SkipLead(std::string_view text, std::uint32_t pos) const;
  bool QuotesClass(MentionId id, std::uint32_t pos) const;
  bool IsClassOfBodies(MentionId body) const;
  MentionId CutClass(MentionId id, Span term, std::uint32_t end) const;
  std::uint32_t PastRegion(std::string_view text, std::uint32_t pos) const;
  bool CutsIndustry(MentionId id, std::uint32_t end, std::uint32_t tail) const;
  std::uint32_t VerbAt(MentionId id, std::string_view text, std::uint32_t pos) const;
  std::uint32_t IndustryEnd(MentionId id, std::uint32_t pos) const;
  std::uint32_t SkipAdverbs(std::string_view text, std::uint32_t pos) const;
  MentionId InnerAt(MentionId id, std::uint32_t pos) const;
  std::vector<Span> Parts(MentionId id, Span span) const;
  void Object(MentionId id, Span span);
  bool StatusZone(MentionId id, Span part);
  bool IsListed(MentionId id, Span part) const;
  bool Chain(MentionId id, Span part);
  std::uint32_t BeforeQuotation(std::string_view text, Span part) const;
  Span Actor(MentionId id, Span part) const;
  void Class(MentionId id, Span part);

  Workspace& work_;
  const WordSets& sets_;
  const WordList& event_tails_;
  const WordList& verbs_;
  const WordList& adverbs_;
  const WordList& leads_;
  const WordList& bound_;
  const WordList& wholes_;
  const WordList& status_zones_;
  const WordList& numbers_;
  const WordList& actors_;
  const WordList& goes_on_;
  const WordList& acts_;
  const WordList& bodies_;
  const WordList& done_with_;
};

}  // namespace tupu::extract
