#include "graph/exchange/import_ids.h"

#include <algorithm>

namespace tupu::graph {

bool ImportIds::Add(std::int64_t id, std::uint32_t node) {
  if (Find(id) != kNone) return false;
  const bool first = run_ == 0 && integers_ == 0;
  if (first) {
    first_id_ = static_cast<std::uint64_t>(id);
    first_node_ = node;
  }
  if (first || (static_cast<std::uint64_t>(id) - first_id_ == run_ && node - first_node_ == run_)) {
    ++run_;
    return true;
  }
  ++integers_;
  // A table of four times as many places as there are ids is still smaller than a hash table.
  const std::size_t limit = 4 * integers_ + (std::size_t{1} << 16);
  if (id >= 0 && static_cast<std::uint64_t>(id) < limit) {
    const auto place = static_cast<std::size_t>(id);
    if (place >= dense_.size()) {
      dense_.resize(std::max(place + 1, std::min(limit, 2 * dense_.size())), kNone);
    }
    dense_[place] = node;
  } else {
    sparse_.emplace(id, node);
  }
  return true;
}

std::size_t ImportIds::PlaceOf(std::string_view id) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = std::hash<std::string_view>()(id) & mask;
  while (slots_[at].node != kNone &&
         std::string_view(bytes_).substr(slots_[at].offset, slots_[at].size) != id) {
    at = (at + 1) & mask;
  }
  return at;
}

void ImportIds::Grow() {
  std::vector<Slot> old(std::max<std::size_t>(1024, 2 * slots_.size()));
  old.swap(slots_);
  for (const Slot& slot : old) {
    if (slot.node == kNone) continue;
    slots_[PlaceOf(std::string_view(bytes_).substr(slot.offset, slot.size))] = slot;
  }
}

bool ImportIds::Add(std::string_view id, std::uint32_t node) {
  if (2 * texts_ >= slots_.size()) Grow();
  Slot& slot = slots_[PlaceOf(id)];
  if (slot.node != kNone) return false;
  slot = {bytes_.size(), static_cast<std::uint32_t>(id.size()), node};
  bytes_ += id;
  ++texts_;
  return true;
}

std::uint32_t ImportIds::Find(std::string_view id) const {
  return slots_.empty() ? kNone : slots_[PlaceOf(id)].node;
}

}  // namespace tupu::graph
