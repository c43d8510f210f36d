// Decisions drawn from bytes: the same bytes make the same decisions. Behind the last byte every
// decision is the first of those there are, so whatever is made of them comes to an end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>

namespace tupu::fuzz {

class Choices {
 public:
  explicit Choices(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  // A number below `n`, which is at most 256.
  std::uint32_t Below(std::uint32_t n) {
    const std::uint8_t byte = next_ < bytes_.size() ? bytes_[next_++] : 0;
    return byte % n;
  }
  bool OneIn(std::uint32_t n) { return Below(n) == n - 1; }
  std::string Pick(std::initializer_list<const char*> from) {
    return *(from.begin() + Below(static_cast<std::uint32_t>(from.size())));
  }

 private:
  std::span<const std::uint8_t> bytes_;
  std::size_t next_ = 0;
};

}  // namespace tupu::fuzz
