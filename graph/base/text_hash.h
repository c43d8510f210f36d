// For unordered containers of texts that are asked for by views, without making a text of them:
// std::unordered_map<std::string, T, TextHash, std::equal_to<>>.
#pragma once

#include <functional>
#include <string_view>

namespace tupu {

struct TextHash : std::hash<std::string_view> {
  using is_transparent = void;
};

}  // namespace tupu
