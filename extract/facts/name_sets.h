// Mentions joined into names: which of them are the same thing.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace tupu::extract {

// Disjoint sets over the mentions 0 … size-1. Not thread-safe.
class NameSets {
 public:
  explicit NameSets(std::size_t size);
  std::uint32_t Root(std::uint32_t i);
  // The smaller number stays the root, so the result depends on nothing but the pairs.
  void Join(std::uint32_t a, std::uint32_t b);

 private:
  std::vector<std::uint32_t> parent_;
};

// Whether the characters of `part` stand in `whole` in their order, and both end alike; a remark at
// the end of `whole`, (征求意见稿), is passed over. Both folded.
bool IsShorterForm(std::string_view part, std::string_view whole);

// The same without a look at how they end.
bool IsSubsequence(std::string_view part, std::string_view whole);

}  // namespace tupu::extract
