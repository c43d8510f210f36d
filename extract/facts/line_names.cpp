#include "extract/facts/line_names.h"

#include <string>

#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

struct LineWord {
  std::string_view written;
  std::string_view kind;
};

// The longest first.
constexpr LineWord kLineWords[] = {{"高速铁路", "高铁"}, {"城际铁路", "城际"}, {"高速公路", "高速"},
                                   {"客运专线", "高铁"}, {"高铁", "高铁"},     {"铁路", "铁路"},
                                   {"高速", "高速"},     {"城际", "城际"}};

// What regions and cities are called by one character that is not in their name.
struct OneLetter {
  std::string_view letter;
  std::string_view name;
};

constexpr OneLetter kLetters[] = {
    {"渝", "重庆"}, {"沪", "上海"}, {"蓉", "成都"}, {"穗", "广州"}, {"甬", "宁波"}, {"邕", "南宁"},
    {"榕", "福州"}, {"宁", "南京"}, {"鲁", "山东"}, {"豫", "河南"}, {"冀", "河北"}, {"晋", "山西"},
    {"湘", "湖南"}, {"赣", "江西"}, {"闽", "福建"}, {"粤", "广东"}, {"桂", "广西"}, {"黔", "贵州"},
    {"滇", "云南"}, {"陇", "甘肃"}, {"皖", "安徽"}, {"鄂", "湖北"}, {"川", "四川"}, {"蒙", "内蒙"},
    {"藏", "西藏"}, {"疆", "新疆"}, {"深", "深圳"}, {"港", "香港"}};

// What stands before the word of a line, its kind, and what stands behind it; no kind where the
// name has no such word.
struct Parts {
  std::string_view before, kind, behind;
};

Parts Take(std::string_view name) {
  std::size_t best = std::string_view::npos;
  Parts parts;
  for (const LineWord& word : kLineWords) {
    const std::size_t at = name.find(word.written);
    if (at >= best || at == std::string_view::npos) continue;
    best = at;
    parts = {name.substr(0, at), word.kind, name.substr(at + word.written.size())};
  }
  return parts;
}

bool StandsFor(std::string_view letter, std::string_view place) {
  if (place.find(letter) != std::string_view::npos) return true;
  for (const OneLetter& each : kLetters) {
    if (each.letter == letter && place.find(each.name) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

bool NamesSameLine(std::string_view letters, std::string_view ends) {
  const Parts one = Take(letters);
  const Parts other = Take(ends);
  constexpr std::size_t kChar = 3;  // bytes
  if (one.kind.empty() || one.kind != other.kind || one.behind != other.behind) return false;
  if (one.before.size() != 2 * kChar && one.before.size() != 3 * kChar) return false;
  const std::size_t to = other.before.find("至");
  if (to == std::string_view::npos || one.before.find("至") != std::string_view::npos) return false;
  return StandsFor(one.before.substr(0, kChar), other.before.substr(0, to)) &&
         StandsFor(one.before.substr(one.before.size() - kChar), other.before.substr(to + kChar));
}

}  // namespace tupu::extract
