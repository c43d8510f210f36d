// Bodies that are counted instead of named: 五部门联合印发《…》, 两部委同日发文, in the article
// that names them: 甲部、乙部、丙委等五部门.
//
// A list of bodies answers a count where as many are named or where the count stands behind them
// (甲部等五部门). Where the article has two such lists of different members, nobody is meant.
#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "extract/facts/structure.h"
#include "extract/facts/terms.h"
#include "extract/norm/numeral.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::size_t kCountedGroupsMaxSentence =
    6000;  // bytes; longer ones are tables and the like
constexpr std::size_t kCountedGroupsMaxMembers = 40;
constexpr std::size_t kMaxLists = 200;  // of an article

class CountedGroups {
 public:
  explicit CountedGroups(StructureContext& context)
      : work_(*context.work), units_(WordsOf(*context.sets, "counted_body")) {}

  void Run() {
    const std::uint32_t count = static_cast<std::uint32_t>(work_.sentences().size());
    for (std::uint32_t first = 0, last = 0; first < count; first = last) {
      const std::uint32_t article = work_.sentence(first).place.article;
      lists_.clear();
      counts_.clear();
      for (last = first; last < count && work_.sentence(last).place.article == article; ++last) {
        ReadCounts(last);
      }
      if (counts_.empty()) continue;
      for (std::uint32_t s = first; s < last; ++s) ReadLists(s);
      for (const Count& counted : counts_) Resolve(counted);
    }
  }

 private:
  struct List {
    std::vector<MentionId> members;
    std::vector<std::string> names;  // or numbers of entries; in order, each once
    std::uint64_t size = 0;          // as counted behind it, else as many as it names
  };
  // 五部门 that nobody is named before.
  struct Count {
    std::uint32_t sentence = 0;
    std::uint32_t end = 0;
    std::uint64_t size = 0;
  };

  void ReadCounts(std::uint32_t s) {
    const WorkSentence& sent = work_.sentence(s);
    if (sent.text.size() > kCountedGroupsMaxSentence) return;
    for (std::uint32_t at = 0; at < sent.text.size();) {
      const auto counted = CountAt(sent.text, at);
      if (counted && StandsAlone(sent, at)) counts_.push_back({s, counted->end, counted->size});
      at = counted ? counted->end : at + DecodeAt(sent.text, at).size;
    }
  }

  // Neither in a name nor behind the bodies that are counted.
  bool StandsAlone(const WorkSentence& sent, std::uint32_t at) const {
    if (EndsWithAt(sent.text, at, "等")) return false;
    return std::none_of(sent.mentions.begin(), sent.mentions.end(), [&](MentionId id) {
      const Span span = work_.mention(id).span;
      if (span.begin <= at && at < span.end) return true;
      return span.begin < at && work_.Is(id, "Organisation") &&
             SkipRemark(sent.text, span.end) == at;
    });
  }

  void ReadLists(std::uint32_t s) {
    const WorkSentence& sent = work_.sentence(s);
    if (sent.text.size() > kCountedGroupsMaxSentence) return;
    for (std::size_t i = 0; i < sent.mentions.size() && lists_.size() < kMaxLists;) {
      List list;
      std::uint32_t end = 0;
      for (; i < sent.mentions.size() && list.members.size() < kCountedGroupsMaxMembers; ++i) {
        const MentionId id = sent.mentions[i];
        const WorkMention& mention = work_.mention(id);
        if (mention.nested) continue;
        if (!work_.Is(id, "Organisation") || mention.antecedent != kNoMention) {
          ++i;
          break;
        }
        if (!list.members.empty() && end + CoordinatorAt(sent.text, end) != mention.span.begin) {
          break;
        }
        if (!list.members.empty() && mention.span.begin == end) break;
        list.members.push_back(id);
        end = SkipRemark(sent.text, mention.span.end);
      }
      if (list.members.empty()) continue;
      std::uint32_t at = end;
      const bool open = StartsWithAt(sent.text, at, "等");
      if (open) at += 3;
      list.size = list.members.size();
      if (const auto counted = CountAt(sent.text, at)) {
        // 甲部、乙部三部门: the count is another's.
        if (counted->size != list.size && (!open || counted->size < list.size)) continue;
        list.size = counted->size;
      } else if (open || list.size < 2) {
        continue;
      }
      for (const MentionId id : list.members) {
        const std::vector<std::uint32_t>& entries = work_.mention(id).entries;
        list.names.push_back(entries.empty() ? std::string(work_.Text(id))
                                             : "#" + std::to_string(entries.front()));
      }
      std::sort(list.names.begin(), list.names.end());
      list.names.erase(std::unique(list.names.begin(), list.names.end()), list.names.end());
      lists_.push_back(std::move(list));
    }
  }

  struct Counted {
    std::uint64_t size = 0;
    std::uint32_t end = 0;
  };

  // A numeral, a measure or none, and a word such as 部门: 五部门, 两部委, 12家单位.
  std::optional<Counted> CountAt(std::string_view text, std::uint32_t at) const {
    if (at >= text.size() || !IsNumeral(DecodeAt(text, at).value)) return std::nullopt;
    // Inside a longer numeral nothing begins.
    std::uint32_t before = at;
    while (before > 0 && (static_cast<unsigned char>(text[--before]) & 0xC0U) == 0x80U) {
    }
    if (before < at && IsNumeral(DecodeAt(text, before).value)) return std::nullopt;
    // Most numerals count something else, which is told by the first sign behind them.
    std::uint32_t stop = at;
    for (int i = 0; i < 5 && stop < text.size(); ++i) {
      const CodePoint c = DecodeAt(text, stop);
      if (!IsNumeral(c.value)) break;
      stop += c.size;
    }
    if (LongestAt(text, SkipMeasure(text, stop), units_) == 0) return std::nullopt;
    const Chars chars(text.substr(at, stop - at));
    const Numeral numeral = ReadNumeral(chars, 0);
    if (!numeral || numeral.value < 2 || numeral.value > kCountedGroupsMaxMembers)
      return std::nullopt;
    const auto size = static_cast<std::uint64_t>(numeral.value);
    if (static_cast<double>(size) != numeral.value) return std::nullopt;
    const std::uint32_t end = SkipMeasure(text, at + chars.ByteAt(numeral.end));
    const std::uint32_t unit = LongestAt(text, end, units_);
    if (unit == 0) return std::nullopt;
    return Counted{size, end + unit};
  }

  static std::uint32_t SkipMeasure(std::string_view text, std::uint32_t pos) {
    for (const std::string_view measure : {"个", "家", "大"}) {
      if (StartsWithAt(text, pos, measure)) return pos + 3;
    }
    return pos;
  }

  static bool IsNumeral(char32_t c) {
    return (c >= U'0' && c <= U'9') || c == U'.' || ChineseDigitOf(c) >= 0 || c == U'十' ||
           c == U'百' || c == U'千' || c == U'万';
  }

  void Resolve(const Count& counted) {
    const List* meant = nullptr;
    for (const List& list : lists_) {
      if (list.size != counted.size) continue;
      // The same bodies once more, or some of them by a shorter list.
      if (meant == nullptr || std::includes(list.names.begin(), list.names.end(),
                                            meant->names.begin(), meant->names.end())) {
        meant = &list;
      } else if (!std::includes(meant->names.begin(), meant->names.end(), list.names.begin(),
                                list.names.end())) {
        return;
      }
    }
    if (meant != nullptr) work_.TakeOver(counted.sentence, counted.end, meant->members);
  }

  Workspace& work_;
  const WordList& units_;
  std::vector<List> lists_;
  std::vector<Count> counts_;
};

}  // namespace

void FindCountedGroups(StructureContext& context) { CountedGroups(context).Run(); }

}  // namespace tupu::extract
