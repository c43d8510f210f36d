#include "extract/facts/sessions.h"

#include <algorithm>

#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

// 十四, 二十九 and 14, 29 in one form: digits. Empty for what is neither.
std::string NumberOf(std::string_view numeral) {
  static constexpr std::u32string_view kOnes = U"零一二三四五六七八九";
  std::uint32_t whole = 0, ones = 0;
  bool digits = false;
  for (std::size_t at = 0; at < numeral.size();) {
    const CodePoint c = DecodeAt(numeral, at);
    at += c.size;
    if (c.value >= U'0' && c.value <= U'9') {
      ones = ones * 10 + (c.value - U'0');
      digits = true;
    } else if (c.value == U'百' || c.value == U'十') {
      whole += std::max(ones, 1U) * (c.value == U'百' ? 100 : 10);
      ones = 0;
    } else if (const std::size_t one = kOnes.find(c.value); one != std::u32string_view::npos) {
      if (digits) return {};
      ones = static_cast<std::uint32_t>(one);
    }
    if (ones > 100000) return {};
  }
  return numeral.empty() ? std::string() : std::to_string(whole + ones);
}

// The numeral that ends at `end`, in Chinese or in digits.
std::string_view NumeralBefore(std::string_view name, std::size_t end) {
  constexpr std::u32string_view kNumerals = U"一二三四五六七八九十百0123456789";
  std::size_t begin = end;
  while (begin > 0) {
    const CodePoint c = DecodeBefore(name, begin);
    if (kNumerals.find(c.value) == std::u32string_view::npos) break;
    begin -= c.size;
  }
  return name.substr(begin, end - begin);
}

}  // namespace

std::string SessionOf(std::string_view name) {
  const std::size_t term = name.find("届");
  const std::size_t last = name.rfind("次");
  if (term == std::string_view::npos || last == std::string_view::npos || last < term) return {};
  const std::string_view kind = name.substr(last + 3);
  if (kind != "会议" && kind != "主席会议" && kind != "委员长会议") return {};
  const auto holds = [&](std::string_view word) {
    return name.find(word) != std::string_view::npos;
  };
  const bool advisers = holds("政协") || holds("政治协商会议");
  if (!holds("全国") || (!advisers && !holds("人大") && !holds("人民代表大会"))) return {};
  // 农业与农村委员会, 选举委员会: bodies of their own.
  std::string_view rest = name;
  for (const std::string_view known : {"全国委员会", "常务委员会"}) {
    const std::size_t at = rest.find(known);
    if (at != std::string_view::npos) rest = rest.substr(at + known.size());
  }
  if (rest.find("委员会") != std::string_view::npos) return {};
  std::string out(advisers ? "政协" : "人大");
  // The chairpersons are the committee's.
  const bool chairs = holds("主席会议") || holds("委员长会议");
  if (!chairs && (holds("常委会") || holds("常务委员会"))) out += "常委会";
  for (const std::string_view word : {"主席团", "主席会议", "委员长会议"}) {
    if (holds(word)) out += word;
  }
  // 一次会议主席团第二次会议: of two numbers, both.
  const std::string of_term = NumberOf(NumeralBefore(name, term));
  const std::size_t first = name.find("次", term);
  const std::string number = NumberOf(NumeralBefore(name, last));
  if (of_term.empty() || number.empty()) return {};
  out += of_term + "届";
  if (first < last) out += NumberOf(NumeralBefore(name, first)) + "次";
  return out + number;
}

}  // namespace tupu::extract
