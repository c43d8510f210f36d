// For unordered containers of short names (ids, types, sets of words) that are asked for all the
// time: quicker than the library's hash, which is a call; by views, too.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace tupu {

struct NameHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view name) const {
    constexpr std::uint64_t kFactor = 0x9e3779b97f4a7c15u;
    std::uint64_t hash = name.size() * kFactor;
    const char* at = name.data();
    std::size_t left = name.size();
    const auto mix = [&](std::uint64_t bytes) {
      hash = (hash ^ bytes) * kFactor;
      hash ^= hash >> 32;
    };
    for (; left >= 8; left -= 8, at += 8) mix(Read<std::uint64_t>(at));
    if (left >= 4) {
      mix(std::uint64_t{Read<std::uint32_t>(at)} << 32 | Read<std::uint32_t>(at + left - 4));
    } else if (left > 0) {
      const auto byte = [&](std::size_t i) {
        return std::uint64_t{static_cast<unsigned char>(at[i])};
      };
      mix(byte(0) << 16 | byte(left / 2) << 8 | byte(left - 1));
    }
    return static_cast<std::size_t>(hash);
  }

 private:
  template <class Word>
  static Word Read(const char* at) {
    Word word;
    std::memcpy(&word, at, sizeof word);
    return word;
  }
};

}  // namespace tupu
