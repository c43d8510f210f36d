// Shares, areas and capacities: 51%, 占地约540亩, 装机容量120万千瓦, 年产5万吨, 储能200兆瓦时.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "extract/norm/bound.h"
#include "extract/norm/chars.h"
#include "graph/base/span.h"

namespace tupu::extract {

enum class QuantityKind : std::uint8_t { kShare, kArea, kPower, kEnergy, kMass, kVolume, kLength };

struct Quantity {
  double value = 0;  // of the low end for a range; in `unit`
  double high = 0;   // of the high end; equal to `value` if no range
  QuantityKind kind = QuantityKind::kShare;
  std::string_view unit;  // "1" (a share of the whole), "m2", "kW", "kWh", "t", "m3", "km"; static
  Bound bound = Bound::kExact;
  bool yearly = false;  // 年产, 年处理: the value is of one year
  bool is_range() const { return high != value; }
};

struct QuantityMatch {
  Span span;  // from the bound word (or the numeral) to the end of the unit
  Quantity quantity;
};

// Numerals as for amounts; units metric and Chinese (亩, 公顷, 吉瓦, 千瓦时, 度电 …), converted to
// the one unit of their kind. 百分之五十 and 百分点 too: points are no share and are left out.
std::vector<QuantityMatch> FindQuantities(std::string_view text);
std::vector<QuantityMatch> FindQuantities(const Chars& chars);

// "360000 m2", "50000 t/a"; a share as "51 %". At most six decimals.
std::string ToString(const Quantity& quantity);

}  // namespace tupu::extract
