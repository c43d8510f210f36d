// Which node an id of the files means, by id space. Held in memory: nothing for integers that count
// up as their nodes do, a few bytes a node for other dense ones, 16 and the id's own for the rest.
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

  // The ids from `first_id_` on, `run_` of them, are those of the nodes from `first_node_` on.
  std::uint64_t first_id_ = 0, run_ = 0;
  std::uint32_t first_node_ = 0;
  std::vector<std::uint32_t> dense_;  // by integer, while they are about as many as they are great
  std::unordered_map<std::int64_t, std::uint32_t> sparse_;
  std::size_t integers_ = 0;
  std::vector<Slot> slots_;  // open addressing; a power of two
  std::size_t texts_ = 0;
  std::string bytes_;
};

inline std::uint32_t ImportIds::Find(std::int64_t id) const {
  const std::uint64_t place = static_cast<std::uint64_t>(id) - first_id_;
  if (place < run_) return first_node_ + static_cast<std::uint32_t>(place);
  if (id >= 0 && static_cast<std::uint64_t>(id) < dense_.size() &&
      dense_[static_cast<std::size_t>(id)] != kNone) {
    return dense_[static_cast<std::size_t>(id)];
  }
  if (sparse_.empty()) return kNone;
  const auto found = sparse_.find(id);
  return found == sparse_.end() ? kNone : found->second;
}

}  // namespace tupu::graph
