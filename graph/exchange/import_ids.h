// Which node an id of the files means, by id space. Held in memory: a few bytes a node for dense
// integers, 16 and the id's own for the rest.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tupu::graph {

class ImportIds {
 public:
  static constexpr std::uint32_t kNone = 0xffffffffu;

  // False if the id is known already. `node` is below kNone.
  bool Add(std::int64_t id, std::uint32_t node);
  bool Add(std::string_view id, std::uint32_t node);
  // kNone if nobody has it.
  std::uint32_t Find(std::int64_t id) const;
  std::uint32_t Find(std::string_view id) const;

 private:
  struct Slot {
    std::uint64_t offset = 0;
    std::uint32_t size = 0;
    std::uint32_t node = kNone;
  };
  std::size_t PlaceOf(std::string_view id) const;
  void Grow();

  std::vector<std::uint32_t> dense_;  // by integer, while they are about as many as they are great
  std::unordered_map<std::int64_t, std::uint32_t> sparse_;
  std::size_t integers_ = 0;
  std::vector<Slot> slots_;  // open addressing; a power of two
  std::size_t texts_ = 0;
  std::string bytes_;
};

inline std::uint32_t ImportIds::Find(std::int64_t id) const {
  if (id >= 0 && static_cast<std::uint64_t>(id) < dense_.size() &&
      dense_[static_cast<std::size_t>(id)] != kNone) {
    return dense_[static_cast<std::size_t>(id)];
  }
  if (sparse_.empty()) return kNone;
  const auto found = sparse_.find(id);
  return found == sparse_.end() ? kNone : found->second;
}

}  // namespace tupu::graph
