#include "extract/facts/terms.h"

#include <algorithm>
#include <array>

#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::size_t kMaxCompany = 16;      // characters
constexpr std::size_t kMinCompany = 3;       // characters; what is shorter is no name
constexpr std::size_t kMaxLatin = 32;        // characters of a name in several Latin words
constexpr std::uint32_t kMinBehindKind = 6;  // bytes of a name behind 制造商
constexpr std::uint32_t kMinModifier = 9;    // bytes of a described name before its head

bool IsSpaceOrMark(char32_t c) {
  constexpr std::u32string_view kMarks = U" 　\t“”‘’\"、，。；：·…—-－–";
  return kMarks.find(c) != std::u32string_view::npos;
}

// Blue Ridge Partners is a name, 甲资本 领投 is none.
bool SpacesPartLatin(std::string_view name) {
  const auto latin = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '&' ||
           c == '.' || c == ',';
  };
  for (std::size_t at = name.find(' '); at != std::string_view::npos; at = name.find(' ', at + 1)) {
    if (at == 0 || at + 1 >= name.size() || !latin(name[at - 1]) || !latin(name[at + 1])) {
      return false;
    }
  }
  return true;
}

bool IsAsciiFrom(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  return begin < end && std::all_of(text.begin() + begin, text.begin() + end,
                                    [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// An unmatched quotation mark or bracket: the cut went through a name.
bool HasWholePairs(std::string_view text) {
  constexpr std::array<std::array<std::string_view, 2>, 6> kPairs = {
      {{"“", "”"}, {"（", "）"}, {"《", "》"}, {"(", ")"}, {"〈", "〉"}, {"〔", "〕"}}};
  return std::none_of(kPairs.begin(), kPairs.end(), [&](const auto& pair) {
    return (text.find(pair[0]) == std::string_view::npos) !=
           (text.find(pair[1]) == std::string_view::npos);
  });
}

}  // namespace

const WordList& WordsOf(const WordSets& sets, std::string_view name) {
  const auto it = sets.find(name);
  TUPU_CONTRACT(it != sets.end());
  return it->second;
}

bool EndsInJoint(std::string_view text, std::uint32_t pos) {
  constexpr std::array<std::string_view, 5> kWords = {"普及", "惠及", "参与", "饱和", "缓和"};
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return EndsWithAt(text, pos, word); });
}

bool IsReport(std::string_view name, const WordSets& sets) {
  for (bool again = true; again && !name.empty();) {
    again = false;
    for (const auto& [open, close] : {std::pair{"（", "）"}, {"(", ")"}, {"〔", "〕"}}) {
      const std::size_t at = name.rfind(open);
      if (!name.ends_with(close) || at == std::string_view::npos || at == 0) continue;
      name = name.substr(0, at);
      again = true;
    }
    const bool year = name.back() >= '0' && name.back() <= '9';
    const bool draft = name.ends_with("草案");
    if (year || draft || name.ends_with("”")) {
      name.remove_suffix(year ? 1 : draft ? 6 : 3);
      again = true;
    }
  }
  const auto end = static_cast<std::uint32_t>(name.size());
  return LongestBefore(name, end, WordsOf(sets, "report_name")) > 0 &&
         !name.ends_with("政府工作报告");
}

Terms::Terms(const WordSets& sets)
    : heads_(WordsOf(sets, "term_head")),
      tails_(WordsOf(sets, "term_tail")),
      stops_(WordsOf(sets, "term_stop")),
      wholes_(WordsOf(sets, "term_whole")),
      no_company_(WordsOf(sets, "company_stop")),
      company_kinds_(WordsOf(sets, "company_kind")),
      units_(WordsOf(sets, "unit_tail")),
      parts_(WordsOf(sets, "term_part")) {}

const WordList* FreeHeads(const WordSets& sets, std::string_view type) {
  std::string name = "free_";
  for (const char c : type) name += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  const auto it = sets.find(name);
  return it == sets.end() ? nullptr : &it->second;
}

std::optional<Span> Terms::CleanName(std::string_view text, Span span,
                                     const WordList* heads) const {
  for (bool again = true; again && !span.empty();) {
    again = false;
    const CodePoint first = DecodeAt(text, span.begin);
    if (IsSpaceOrMark(first.value) || first.value == U'的' || first.value == U'了') {
      span.begin += first.size;
      again = true;
    }
    for (const std::string_view word : {"一座", "一个", "一条", "一家", "一套", "一处", "首个",
                                        "首座", "全国最大的", "推动", "推进", "加快"}) {
      if (StartsWithAt(text, span.begin, word)) {
        span.begin += static_cast<std::uint32_t>(word.size());
        again = true;
      }
    }
  }
  if (span.empty()) return std::nullopt;
  const std::string_view name = Slice(text, span);
  for (const std::string_view word : {"及", "和", "于", "在", "其"}) {
    if (StartsWithAt(name, 0, word)) return std::nullopt;
  }
  const std::size_t length = CountCodePoints(name);
  if (length < 4 || length > 40) return std::nullopt;
  const std::uint32_t head = heads == nullptr ? 0 : LongestBefore(text, span.end, *heads);
  if (head > 0 && span.size() < head + kMinModifier) return std::nullopt;
  for (const std::string& stop : stops_) {
    if (name.find(stop) != std::string_view::npos) return std::nullopt;
  }
  for (const std::string_view stop :
       {"个", "该", "等", "一批", "大量", "重大", "重点", "这", "、", "启动"}) {
    if (name.find(stop) != std::string_view::npos) return std::nullopt;
  }
  // 快速路建设工程 is a name, 加快建设快速路 none.
  std::string_view named = name;
  for (const std::string_view tail : {"建设项目", "建设工程"}) {
    if (named.ends_with(tail)) named.remove_suffix(tail.size());
  }
  if (named.find("建设") != std::string_view::npos) return std::nullopt;
  return span;
}

std::optional<Span> Terms::CleanCompany(std::string_view text, Span span) const {
  for (const std::string_view parent : {"子公司", "旗下基金", "旗下", "旗下的", "公司及", "股东"}) {
    const std::size_t at = Slice(text, span).rfind(parent);
    if (at != std::string_view::npos && at > 0) {
      span.begin += static_cast<std::uint32_t>(at + parent.size());
    }
  }
  for (bool again = true; again && !span.empty();) {
    again = false;
    const CodePoint first = DecodeAt(text, span.begin);
    const bool from = StartsWithAt(text, span.begin, "来自");
    if (!from && !IsSpaceOrMark(first.value) && first.value != U'由') break;
    span.begin += from ? 2 * first.size : first.size;
    again = true;
  }
  const std::uint32_t unstripped = span.begin;
  span.begin = PastKind(text, span);
  const bool behind_kind = span.begin > unstripped;
  while (span.begin < span.end && text[span.begin] == ' ') ++span.begin;
  // 甲资本（领投）; an adviser invests nothing.
  for (const auto& [mark, other] : {std::pair{"（", "）"}, {"(", ")"}}) {
    if (!EndsWithAt(text, span.end, other)) continue;
    const std::size_t open = Slice(text, span).rfind(mark);
    const std::string_view whole = Slice(text, span);
    if (open != std::string_view::npos) {
      if (whole.substr(open).find("顾问") != whole.npos) return std::nullopt;
      span.end = span.begin + static_cast<std::uint32_t>(open);
    }
  }
  for (bool again = true; again && !span.empty();) {
    again = false;
    std::uint32_t size = 0;
    if (const CodePoint last = DecodeBefore(text, span.end); IsSpaceOrMark(last.value)) {
      size = last.size;
    }
    // （简称青禾）宣布: the bracket began before the name.
    if (!HasWholePairs(Slice(text, span))) {
      for (const std::string_view close : {"）", ")", "”"}) {
        if (EndsWithAt(text, span.end, close)) size = static_cast<std::uint32_t>(close.size());
      }
    }
    for (const std::string_view adverb :
         {"近日", "日前", "最近", "近期", "正式", "顺利", "于近日", "于日前"}) {
      if (EndsWithAt(text, span.end, adverb)) size = static_cast<std::uint32_t>(adverb.size());
    }
    if (size == 0 || size > span.size()) break;
    span.end -= size;
    again = true;
  }
  const std::string_view name = Slice(text, span);
  const std::size_t length = CountCodePoints(name);
  const std::size_t most = name.find(' ') == std::string_view::npos ? kMaxCompany : kMaxLatin;
  // “腾达”, 制造商腾达: two characters where something says that a name begins.
  const bool begins = behind_kind || EndsWithAt(text, span.begin, "“");
  const std::size_t least = begins ? kMinCompany - 1 : kMinCompany;
  if (name.starts_with("（") || name.starts_with("(")) return std::nullopt;
  // 三家公司共同: no name.
  if (length < kMinCompany && std::find(wholes_.begin(), wholes_.end(), name) != wholes_.end()) {
    return std::nullopt;
  }
  if (length < least || length > most || no_company_.StandsIn(name) || !SpacesPartLatin(name) ||
      !HasWholePairs(name)) {
    return std::nullopt;
  }
  return span;
}

std::uint32_t Terms::PastKind(std::string_view text, Span span) const {
  std::uint32_t begin = span.begin;
  // 2031年4月云麓软件
  for (std::uint32_t at = begin; at < span.end; at += DecodeAt(text, at).size) {
    const char32_t c = DecodeAt(text, at).value;
    if (c == U'年' || c == U'月' || c == U'日') {
      begin = at + 3;
    } else if (c < U'0' || c > U'9') {
      break;
    }
  }
  if (LongestBefore(text, span.end, units_) > 0) return begin;
  const std::uint32_t first = begin;
  for (std::uint32_t at = begin; at + 2 < span.end;) {
    const std::uint32_t size = LongestAt(text, at, company_kinds_);
    // 独角兽Gojek: two letters are a name.
    const std::uint32_t least = IsAsciiFrom(text, at + size, span.end) ? 2 : kMinBehindKind;
    if (size > 0 && at > first && at + size + least <= span.end) {
      begin = at = at + size;
    } else {
      at += DecodeAt(text, at).size;
    }
  }
  // 丹麦“青篾”
  const std::size_t quote = text.substr(0, span.end).find("“", begin);
  return quote == std::string_view::npos ? begin : static_cast<std::uint32_t>(quote) + 3;
}

std::optional<Span> Terms::Clean(std::string_view text, Span span, std::size_t most) const {
  for (bool again = true; again && !span.empty();) {
    again = false;
    const CodePoint first = DecodeAt(text, span.begin);
    const CodePoint last = DecodeBefore(text, span.end);
    if (IsSpaceOrMark(first.value) || first.value == U'了') {
      span.begin += first.size;
      again = true;
      continue;
    }
    if (IsSpaceOrMark(last.value)) {
      span.end -= last.size;
      again = true;
      continue;
    }
    const std::string_view inside = text.substr(0, span.end);
    const std::uint32_t head = LongestAt(inside, span.begin, heads_);
    if (head > 0 && span.begin + head + 6 <= span.end) {
      span.begin += head;
      again = true;
      continue;
    }
    const std::uint32_t tail = LongestBefore(text, span.end, tails_);
    // 交通运输 and 粮食安全 are fields, 交通 and 粮食 others.
    const bool part = span.size() == 12 && LongestBefore(text, span.end, parts_) > 0;
    if (tail > 0 && !part && !(tail == 3 && EndsInJoint(text, span.end)) &&
        span.begin + tail + 4 <= span.end) {
      span.end -= tail;
      again = true;
    }
  }
  const std::string_view term = Slice(text, span);
  const std::size_t length = CountCodePoints(term);
  if (length < 2 || length > most) return std::nullopt;
  if (std::find(wholes_.begin(), wholes_.end(), term) != wholes_.end()) return std::nullopt;
  for (const std::string& stop : stops_) {
    if (term.find(stop) != std::string_view::npos) return std::nullopt;
  }
  return HasWholePairs(term) ? std::optional(span) : std::nullopt;
}

}  // namespace tupu::extract
