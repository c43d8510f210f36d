#include "extract/facts/terms.h"

#include <algorithm>
#include <array>

#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::size_t kMaxCharacters = 16;
constexpr std::size_t kMinCompany = 3;     // characters; what is shorter is no name
constexpr std::uint32_t kMinModifier = 9;  // bytes of a described name before its head

bool IsSpaceOrMark(char32_t c) {
  constexpr std::u32string_view kMarks = U" 　\t“”‘’\"、，。；：·…—-－–";
  return kMarks.find(c) != std::u32string_view::npos;
}

}  // namespace

const WordList& WordsOf(const WordSets& sets, std::string_view name) {
  const auto it = sets.find(name);
  TUPU_CONTRACT(it != sets.end());
  return it->second;
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
      no_company_(WordsOf(sets, "company_stop")) {}

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
    for (const std::string_view word : {"一座", "一个", "一条", "首个", "首座", "全国最大的"}) {
      if (StartsWithAt(text, span.begin, word)) {
        span.begin += static_cast<std::uint32_t>(word.size());
        again = true;
      }
    }
  }
  if (span.empty()) return std::nullopt;
  const std::string_view name = Slice(text, span);
  if (StartsWithAt(name, 0, "及") || StartsWithAt(name, 0, "和")) return std::nullopt;
  const std::size_t length = CountCodePoints(name);
  if (length < 4 || length > 40) return std::nullopt;
  const std::uint32_t head = heads == nullptr ? 0 : LongestBefore(text, span.end, *heads);
  if (head > 0 && span.size() < head + kMinModifier) return std::nullopt;
  for (const std::string& stop : stops_) {
    if (name.find(stop) != std::string_view::npos) return std::nullopt;
  }
  for (const std::string_view stop :
       {"个", "该", "等", "一批", "大量", "重大", "重点", "这", "、", "建设", "启动"}) {
    if (name.find(stop) != std::string_view::npos) return std::nullopt;
  }
  return span;
}

std::optional<Span> Terms::CleanCompany(std::string_view text, Span span) const {
  for (const std::string_view parent : {"子公司", "旗下", "旗下的", "公司及", "股东"}) {
    const std::size_t at = Slice(text, span).rfind(parent);
    if (at != std::string_view::npos && at > 0) {
      span.begin += static_cast<std::uint32_t>(at + parent.size());
    }
  }
  for (bool again = true; again && !span.empty();) {
    again = false;
    const CodePoint first = DecodeAt(text, span.begin);
    if (!IsSpaceOrMark(first.value) && first.value != U'由') break;
    span.begin += first.size;
    again = true;
  }
  // 甲资本（领投）; an adviser invests nothing.
  if (EndsWithAt(text, span.end, "）")) {
    const std::size_t open = Slice(text, span).rfind("（");
    const std::string_view whole = Slice(text, span);
    if (open == std::string_view::npos || whole.substr(open).find("顾问") != whole.npos) {
      return std::nullopt;
    }
    span.end = span.begin + static_cast<std::uint32_t>(open);
  }
  while (!span.empty() && IsSpaceOrMark(DecodeBefore(text, span.end).value)) {
    span.end -= DecodeBefore(text, span.end).size;
  }
  const std::string_view name = Slice(text, span);
  const std::size_t length = CountCodePoints(name);
  if (length < kMinCompany || length > kMaxCharacters || no_company_.StandsIn(name)) {
    return std::nullopt;
  }
  return span;
}

std::optional<Span> Terms::Clean(std::string_view text, Span span) const {
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
    if (tail > 0 && span.begin + tail + 4 <= span.end) {
      span.end -= tail;
      again = true;
    }
  }
  const std::string_view term = Slice(text, span);
  const std::size_t length = CountCodePoints(term);
  if (length < 2 || length > kMaxCharacters) return std::nullopt;
  if (std::find(wholes_.begin(), wholes_.end(), term) != wholes_.end()) return std::nullopt;
  for (const std::string& stop : stops_) {
    if (term.find(stop) != std::string_view::npos) return std::nullopt;
  }
  // An unmatched quotation mark or bracket: the cut went through a name.
  constexpr std::array<std::array<std::string_view, 2>, 6> kPairs = {
      {{"“", "”"}, {"（", "）"}, {"《", "》"}, {"(", ")"}, {"〈", "〉"}, {"〔", "〕"}}};
  for (const auto& [open, close] : kPairs) {
    if ((term.find(open) == std::string_view::npos) !=
        (term.find(close) == std::string_view::npos)) {
      return std::nullopt;
    }
  }
  return span;
}

}  // namespace tupu::extract
