#include "extract/norm/bound.h"

#include <array>
#include <string_view>

namespace tupu::extract {
namespace {

struct BoundWord {
  std::u32string_view word;
  Bound bound;
};
constexpr std::array kBefore = {
    BoundWord{U"不低于", Bound::kAtLeast}, BoundWord{U"不少于", Bound::kAtLeast},
    BoundWord{U"不小于", Bound::kAtLeast}, BoundWord{U"超过", Bound::kAtLeast},
    BoundWord{U"突破", Bound::kAtLeast},   BoundWord{U"至少", Bound::kAtLeast},
    BoundWord{U"高达", Bound::kExact},     BoundWord{U"不超过", Bound::kAtMost},
    BoundWord{U"不高于", Bound::kAtMost},  BoundWord{U"不足", Bound::kAtMost},
    BoundWord{U"低于", Bound::kAtMost},    BoundWord{U"少于", Bound::kAtMost},
    BoundWord{U"最高", Bound::kAtMost},    BoundWord{U"至多", Bound::kAtMost},
    BoundWord{U"将近", Bound::kAbout},     BoundWord{U"接近", Bound::kAbout},
    BoundWord{U"大约", Bound::kAbout},     BoundWord{U"约为", Bound::kAbout},
    BoundWord{U"约合", Bound::kAbout},     BoundWord{U"大概", Bound::kAbout},
    BoundWord{U"约", Bound::kAbout},       BoundWord{U"近", Bound::kAbout},
    BoundWord{U"超", Bound::kAtLeast},     BoundWord{U"逾", Bound::kAtLeast},
    BoundWord{U"破", Bound::kAtLeast},     BoundWord{U"达", Bound::kExact}};
constexpr std::array kAfter = {
    BoundWord{U"以上", Bound::kAtLeast}, BoundWord{U"以下", Bound::kAtMost},
    BoundWord{U"以内", Bound::kAtMost}, BoundWord{U"左右", Bound::kAbout},
    BoundWord{U"上下", Bound::kAbout}};

}  // namespace

std::size_t BoundBefore(const Chars& chars, std::size_t begin, Bound& bound) {
  for (const BoundWord& word : kBefore) {
    if (!chars.EndsAt(begin, word.word)) continue;
    if (word.bound == Bound::kExact) return begin;
    bound = word.bound;
    return begin - word.word.size();
  }
  return begin;
}

void BoundAfter(const Chars& chars, std::size_t end, Bound& bound) {
  for (const BoundWord& word : kAfter) {
    if (chars.StartsAt(end, word.word)) bound = word.bound;
  }
}

bool IsRangeSign(const Chars& chars, std::size_t pos, std::size_t& after) {
  static constexpr std::u32string_view kSigns = U"至到-－—–~～";
  if (kSigns.find(chars[pos]) == std::u32string_view::npos || chars[pos] == 0) return false;
  after = pos + 1;
  if (chars[pos] == U'—' && chars[after] == U'—') return false;  // a dash, no range
  return true;
}

}  // namespace tupu::extract
