#include "extract/facts/round_text.h"

#include <algorithm>

#include "extract/facts/pattern.h"
#include "graph/base/utf8.h"

namespace tupu::extract::round_text {
namespace {

// Bytes of the mark between clauses, or of the space that parts a headline.
std::uint32_t MarkAt(std::string_view text, std::uint32_t pos) {
  const std::uint32_t mark = ClauseMarkAt(text, pos);
  if (mark > 0 || pos == 0 || pos >= text.size() || text[pos] != ' ') return mark;
  // 青禾完成新一轮融资 云麓创投领投
  return IsHan(DecodeBefore(text, pos).value) && IsHan(DecodeAt(text, pos + 1).value) ? 1 : 0;
}

}  // namespace

std::uint32_t ClauseBeginOutside(std::string_view text, std::uint32_t pos) {
  std::uint32_t begin = 0;
  for (std::uint32_t at = 0; at < pos;) {
    if (const std::uint32_t past = SkipRemark(text, at); past > at) {
      at = past;
      continue;
    }
    const std::uint32_t mark = MarkAt(text, at);
    at += mark > 0 ? mark : DecodeAt(text, at).size;
    // 快讯|青禾完成
    const bool bar =
        EndsWithAt(text, at, "|") || EndsWithAt(text, at, "｜") || EndsWithAt(text, at, "】");
    if ((mark > 0 || bar) && at <= pos) begin = at;
  }
  return begin;
}

std::uint32_t ClauseEndOutside(std::string_view text, std::uint32_t pos) {
  while (pos < text.size() && MarkAt(text, pos) == 0) {
    const std::uint32_t past = SkipRemark(text, pos);
    pos = past > pos ? past : pos + DecodeAt(text, pos).size;
  }
  return pos;
}

std::uint32_t RemarkBefore(std::string_view text, Span span) {
  const std::string_view inside = Slice(text, span);
  const std::size_t open = std::max(inside.rfind("（") + 1, inside.rfind("(") + 1);
  return open == 0 ? 0 : static_cast<std::uint32_t>(inside.size() - (open - 1));
}

bool NumberIsDate(std::string_view text, Span span) {
  std::uint32_t at = span.end;
  while (StartsWithAt(text, at, " ")) ++at;
  return StartsWithAt(text, at, "年") || StartsWithAt(text, at, "月") ||
         StartsWithAt(text, at, "日");
}

bool HoldsLetters(std::string_view name) {
  return std::any_of(name.begin(), name.end(), [](char c) { return c < '0' || c > '9'; });
}

bool EndsAsList(std::string_view rest) {
  if (rest.empty()) return true;
  for (const std::string_view word :
       {"机构", "股东", "投资", "资本", "基金", "多家", "知名", "众多", "国",   "公司",
        "企业", "一线", "产业", "在内", "老",   "新",   "共",   "多",   "联合", "个人",
        "原",   "全球", "跨国", "行业", "头部", "顶级", "著名", "领先"}) {
    if (rest.starts_with(word)) return true;
  }
  return false;
}

bool IsSum(std::string_view name) {
  if (name.find("轮") != std::string_view::npos || name.find("万") == 0) return true;
  for (const std::string_view unit : {"亿元", "亿美", "亿人民币", "万元", "万美", "万人民币"}) {
    if (name.find(unit) != std::string_view::npos) return true;
  }
  return false;
}

std::optional<Amount> BareSum(std::string_view text, Span span) {
  struct Unit {
    std::string_view written;
    double yuan;
  };
  static constexpr Unit kUnits[] = {{"百万", 1e6}, {"千万", 1e7}, {"亿", 1e8}};
  static constexpr std::u32string_view kNumbers =
      U"数几多上两一二三四五六七八九十百千万余.0123456789";
  for (const Unit& unit : kUnits) {
    const std::size_t at = text.substr(0, span.end).find(unit.written, span.begin);
    if (at == std::string_view::npos || at == 0) continue;
    const char32_t before = DecodeBefore(text, static_cast<std::uint32_t>(at)).value;
    if (kNumbers.find(before) != std::u32string_view::npos) continue;
    const std::string_view rest = text.substr(at + unit.written.size());
    const bool dollars = rest.starts_with("美元") || rest.starts_with("美金");
    if (!dollars && !rest.starts_with("元") && !rest.starts_with("人民币")) continue;
    Amount amount;
    amount.value = amount.high = unit.yuan;
    amount.currency = dollars ? "USD" : "CNY";
    return amount;
  }
  return std::nullopt;
}

bool IsApart(std::string_view text, Span span) {
  const auto latin = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  const bool joined_before =
      span.begin > 0 && latin(text[span.begin - 1]) && latin(text[span.begin]);
  const bool joined_behind =
      span.end < text.size() && latin(text[span.end]) && latin(text[span.end - 1]);
  return !joined_before && !joined_behind;
}

}  // namespace tupu::extract::round_text
