// Strong ids: numbers and hashes that cannot be mistaken for one another.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace tupu {

// A number with a meaning. `Tag` only keeps the kinds apart.
template <class Tag, class Int = std::uint64_t>
struct Id {
  Int value = 0;
  auto operator<=>(const Id&) const = default;
};

// Dense internal numbers of a store. They never leave it: not in output, not in exports.
using NodeId = Id<struct NodeTag>;
using EdgeId = Id<struct EdgeTag>;
// Small integers for interned names.
using LabelId = Id<struct LabelTag, std::uint32_t>;
using TypeId = Id<struct TypeTag, std::uint32_t>;
using PropertyId = Id<struct PropertyTag, std::uint32_t>;

// A 128-bit content hash: the same content has the same hash on every machine, for ever.
struct Hash128 {
  std::array<std::uint8_t, 16> bytes{};
  auto operator<=>(const Hash128&) const = default;

  std::string ToHex() const;  // 32 lower-case digits
};

}  // namespace tupu

template <class Tag, class Int>
struct std::hash<tupu::Id<Tag, Int>> {
  std::size_t operator()(tupu::Id<Tag, Int> id) const noexcept {
    return std::hash<Int>{}(id.value);
  }
};

template <>
struct std::hash<tupu::Hash128> {
  std::size_t operator()(const tupu::Hash128& key) const noexcept {
    std::size_t out = 0;
    for (std::size_t i = 0; i < sizeof out; ++i) out = out << 8 | key.bytes[i];
    return out;
  }
};
