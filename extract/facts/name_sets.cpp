#include "extract/facts/name_sets.h"

#include <algorithm>
#include <numeric>

#include "graph/base/utf8.h"

namespace tupu::extract {

NameSets::NameSets(std::size_t size) : parent_(size) {
  std::iota(parent_.begin(), parent_.end(), 0u);
}

std::uint32_t NameSets::Root(std::uint32_t i) {
  while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
  return i;
}

void NameSets::Join(std::uint32_t a, std::uint32_t b) {
  a = Root(a);
  b = Root(b);
  if (a != b) parent_[std::max(a, b)] = std::min(a, b);
}

bool IsShorterForm(std::string_view part, std::string_view whole) {
  if (part.size() < 6 || !whole.ends_with(part.substr(part.size() - 6))) {
    const std::size_t remark = whole.rfind("(");  // …规定(征求意见稿)
    if (remark == std::string_view::npos || remark == 0) return false;
    return IsShorterForm(part, whole.substr(0, remark));
  }
  return IsSubsequence(part, whole);
}

bool IsSubsequence(std::string_view part, std::string_view whole) {
  std::size_t at = 0;
  for (std::size_t pos = 0; pos < whole.size() && at < part.size();) {
    const std::uint32_t size = DecodeAt(whole, pos).size;
    if (whole.substr(pos, size) == part.substr(at, DecodeAt(part, at).size)) {
      at += DecodeAt(part, at).size;
    }
    pos += size;
  }
  return at == part.size();
}

}  // namespace tupu::extract
