// How news of rounds of funding is cut into clauses and names; for rounds.cpp alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "extract/norm/amount.h"
#include "graph/base/span.h"

namespace tupu::extract::round_text {

// The start and the end of the clause at `pos`, of which remarks in brackets are part. In a
// headline a space ends a clause, too.
std::uint32_t ClauseBeginOutside(std::string_view text, std::uint32_t pos);
std::uint32_t ClauseEndOutside(std::string_view text, std::uint32_t pos);
// Bytes of the remark that ends the span, 0 where its bracket opens before it.
std::uint32_t RemarkBefore(std::string_view text, Span span);
// 3 of 今年3月, whose 月 is gone.
bool NumberIsDate(std::string_view text, Span span);
// Anything but digits.
bool HoldsLetters(std::string_view name);
// 等, 等老股东, 等多家知名机构: whatever stands behind it is no name.
bool EndsAsList(std::string_view rest);
// 1亿元, 天使轮, 第五轮
bool IsSum(std::string_view name);

// 近亿元, 千万元: a sum without a number within the span, which 数千万元 is not.
std::optional<Amount> BareSum(std::string_view text, Span span);
// No part of a longer word in Latin letters.
bool IsApart(std::string_view text, Span span);

}  // namespace tupu::extract::round_text
