// Companies that stand in a list of companies: 远山、青禾、海川电气等厂商.
//
// Two of a list that are known for companies, or one where the words behind 等 say what they all
// are, tell the others, too.
#include <algorithm>
#include <cctype>
#include <optional>
#include <string_view>
#include <vector>

#include "extract/facts/structure.h"
#include "extract/facts/terms.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::uint32_t kListsMaxSentence = 3000;  // bytes
constexpr std::size_t kListsMinItems = 3;
constexpr std::size_t kListsMaxItems = 30;
constexpr std::size_t kListsMaxName = 8;       // characters
constexpr std::uint32_t kListsMaxToKind = 24;  // bytes behind 等

class CompanyLists {
 public:
  explicit CompanyLists(StructureContext& context)
      : work_(*context.work),
        terms_(*context.sets),
        kinds_(WordsOf(*context.sets, "company_kind")),
        before_(WordsOf(*context.sets, "list_before")),
        no_names_(WordsOf(*context.sets, "list_no_name")),
        hindered_(WordsOf(*context.sets, "list_hindered")) {}

  void Run() {
    for (std::uint32_t s = 0; s < work_.sentences().size(); ++s) {
      const WorkSentence& sent = work_.sentence(s);
      if (sent.place.kind == SentenceKind::kByline || sent.text.size() > kListsMaxSentence) {
        continue;
      }
      if (sent.text.find("、") == std::string_view::npos || Companies(s) == 0) continue;
      if (HoldsAny(sent.text, hindered_)) continue;  // cars and phones are called like companies
      for (const Span clause : Clauses(sent.text)) Read(s, clause);
    }
  }

 private:
  std::size_t Companies(std::uint32_t s) const {
    const std::vector<MentionId>& mentions = work_.sentence(s).mentions;
    return static_cast<std::size_t>(std::count_if(mentions.begin(), mentions.end(),
                                                  [&](MentionId id) { return IsCompany(id); }));
  }
  bool IsCompany(MentionId id) const {
    const WorkMention& mention = work_.mention(id);
    return mention.type == "Company" && !mention.nested && !mention.ignored &&
           mention.antecedent == kNoMention;
  }

  // 、 parts no clauses.
  static std::vector<Span> Clauses(std::string_view text) {
    std::vector<Span> clauses;
    for (std::uint32_t at = 0; at < text.size();) {
      const std::uint32_t end = ClauseEnd(text, at);
      if (end > at) clauses.push_back({at, end});
      at = end + std::max(DecodeAt(text, end).size, 1u);
    }
    return clauses;
  }

  void Read(std::uint32_t s, Span clause) {
    const std::string_view text = work_.sentence(s).text;
    if (Slice(text, clause).find("、") == std::string_view::npos) return;
    std::vector<Span> items = SplitCoordinated(text, clause);
    // What stands behind 等 is no part of it; without 等 nothing says where the last one ends.
    const auto last = std::find_if(items.begin(), items.end(), [&](Span item) {
      return Slice(text, item).find("等") != std::string_view::npos;
    });
    const bool closed = last != items.end();
    if (closed) items.erase(last + 1, items.end());
    if (items.size() < kListsMinItems || items.size() > kListsMaxItems) return;
    items.front().begin = FirstBegin(s, items.front());
    const std::uint32_t end = LastEnd(s, items.back());
    const bool told = KindBehind(text, items.back(), end);
    items.back().end = end;
    std::size_t known = 0;
    for (const Span item : items) known += EndsAsCompany(s, item) ? 1 : 0;
    if (known < (told ? 1u : 2u) || 3 * known < items.size()) return;
    if (!closed) items.pop_back();
    for (const Span item : items) {
      if (item.empty() || EndsAsCompany(s, item)) continue;
      if (const std::optional<Span> name = Name(s, item)) Add(s, *name);
    }
  }

  bool EndsAsCompany(std::uint32_t s, Span item) const {
    const std::vector<MentionId>& mentions = work_.sentence(s).mentions;
    return std::any_of(mentions.begin(), mentions.end(), [&](MentionId id) {
      return IsCompany(id) && item.Contains(work_.mention(id).span);
    });
  }

  // Behind 包括, 如 and the like; else the first is known or no name.
  std::uint32_t FirstBegin(std::uint32_t s, Span item) const {
    const std::string_view text = work_.sentence(s).text;
    std::uint32_t begin = item.end;
    for (std::uint32_t at = item.begin; at < item.end; at += DecodeAt(text, at).size) {
      if (const std::uint32_t size = LongestAt(text, at, before_); size > 0) begin = at + size;
    }
    for (const MentionId id : work_.sentence(s).mentions) {
      if (IsCompany(id) && work_.mention(id).span.end == item.end) begin = item.begin;
    }
    return std::min(begin, item.end);
  }

  // Before 等; else the end of the clause.
  std::uint32_t LastEnd(std::uint32_t s, Span item) const {
    const std::string_view text = work_.sentence(s).text;
    const std::size_t etc = Slice(text, item).find("等");
    return etc == std::string_view::npos ? item.end : item.begin + static_cast<std::uint32_t>(etc);
  }

  // Whether the words behind 等 say that these are companies: 等多家国产手机厂商.
  bool KindBehind(std::string_view text, Span item, std::uint32_t end) const {
    if (end == item.end) return false;
    std::uint32_t limit = std::min(item.end, end + 3 + kListsMaxToKind);
    for (std::uint32_t at = end + 3; at < limit; at += DecodeAt(text, at).size) {
      if (LongestAt(text, at, kinds_) > 0) return true;
    }
    return false;
  }

  // All of the item, if nothing in it says otherwise.
  std::optional<Span> Name(std::uint32_t s, Span item) const {
    const std::string_view text = work_.sentence(s).text;
    const std::string_view words = Slice(text, item);
    const std::size_t length = CountCodePoints(words);
    if (length < 2 || length > kListsMaxName || HoldsAny(words, no_names_)) return std::nullopt;
    // 竹业促进会: another kind of body.
    constexpr std::u32string_view kBodies = U"会院所局部委社店馆厅处校";
    if (kBodies.find(DecodeBefore(text, item.end).value) != kBodies.npos) return std::nullopt;
    for (std::uint32_t at = item.begin; at < item.end; at += DecodeAt(text, at).size) {
      const char32_t c = DecodeAt(text, at).value;
      const bool letter = IsHan(c) || (c < 0x80 && std::isalpha(static_cast<int>(c)) != 0);
      if (!letter) return std::nullopt;
    }
    for (const MentionId id : work_.sentence(s).mentions) {
      const WorkMention& mention = work_.mention(id);
      if (!mention.span.Overlaps(item)) continue;
      const bool part = mention.type == "Industry" && mention.span != item;
      const bool like_person =
          work_.Is(id, "Person") && mention.span == item && mention.rule == "person.known";
      const bool region =
          RegionDepth(work_, id) > 0 && mention.span.begin == item.begin && mention.span != item;
      if (!part && !like_person && !region) return std::nullopt;
    }
    if (length == 2) return item;  // CleanCompany wants more where nothing tells of a list
    return terms_.CleanCompany(text, item) == std::optional(item) ? std::optional(item)
                                                                  : std::nullopt;
  }

  void Add(std::uint32_t s, Span span) {
    for (const MentionId id : std::vector<MentionId>(work_.sentence(s).mentions)) {
      WorkMention& mention = work_.mention(id);
      if (!mention.span.Overlaps(span)) continue;
      if (work_.Is(id, "Person")) {
        mention.ignored = true;
      } else {
        mention.nested = true;
      }
    }
    WorkMention mention;
    mention.sentence = s;
    mention.span = span;
    mention.type = "Company";
    mention.rule = "company.listed";
    mention.confidence = 0.6;
    work_.Add(std::move(mention));
  }

  Workspace& work_;
  const Terms terms_;
  const WordList& kinds_;
  const WordList& before_;
  const WordList& no_names_;
  const WordList& hindered_;
};

}  // namespace

void FindCompanyLists(StructureContext& context) { CompanyLists(context).Run(); }

}  // namespace tupu::extract
