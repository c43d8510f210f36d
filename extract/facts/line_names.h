// The short name of a line and its full one: 西渝高铁 and 西安至重庆高速铁路.
#pragma once

#include <string_view>

namespace tupu::extract {

// Whether `letters` (西渝高铁康渝段) says with a character for each end what `ends` (西安至重庆高铁
// 康渝段) says in full.
bool NamesSameLine(std::string_view letters, std::string_view ends);

}  // namespace tupu::extract
