// What keys are put together from: a letter that tells their kind, numbers in their order, and text
// in which zero bytes cannot be taken for its end.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tupu::graph {

std::string Letter32(char letter, std::uint32_t number);
std::string Letter64(char letter, std::uint64_t number);

// Takes the letter from the front of `in`; false if another stands there, or none.
bool TakeLetter(std::string_view& in, char letter);

// Each zero byte is followed by 0xff, so that 0 and another byte may end the text in its order.
void PutEscaped(std::string& out, std::string_view text);

// The first key behind all that begin with `prefix`; empty: there is none.
std::string FirstBehind(std::string_view prefix);

}  // namespace tupu::graph
