// Amounts of money: 37.83亿元, 超5万亿元, 近三十亿美元, 1.2亿至1.5亿元.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extract/norm/bound.h"
#include "extract/norm/chars.h"
#include "graph/base/span.h"
#include "graph/model/value.h"

namespace tupu::extract {

struct Amount {
  double value = 0;      // of the low end for a range; in units of the currency
  double high = 0;       // of the high end; equal to `value` if no range
  std::string currency;  // ISO 4217: "CNY", "USD"
  Bound bound = Bound::kExact;
  bool is_range() const { return high != value; }
};

struct AmountMatch {
  Span span;  // with the bound word, without what follows the unit
  Amount amount;
};

// Arabic (half and full width, with thousands separators) and Chinese numerals (三十七亿八千万),
// units 百 千 万 亿 and their products, currencies by name. Bare 亿 counts as yuan only where a
// word before it (总投资, 投资, 融资, 签约额 …) says that money is meant, or the item before it in
// the list is an amount (一期10亿元、二期5亿), whose currency it takes; 分别投资3、5、8亿元 are
// three amounts. Percentages, areas and counts are no amounts.
std::vector<AmountMatch> FindAmounts(std::string_view text);
std::vector<AmountMatch> FindAmounts(const Chars& chars);

// A numeral alone: "三十七", "1,234.5", "３０万". Returns the value, or nothing.
std::optional<double> ParseNumeral(std::string_view text);

}  // namespace tupu::extract
