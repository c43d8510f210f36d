// Sorted lists of pairs of numbers, packed into blocks, as FORMAT.md has them ("Packed lists"): the
// edges of a node, the nodes of a value. A list is named by the key that it begins with, its
// *root*; none is the beginning of another. A short list is read with one Get; a list of any length
// is written to at the cost of a block.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/coding.h"
#include "graph/store/kv.h"
#include "graph/store/layered_kv.h"

namespace tupu::graph {

struct PackedEntry {
  std::uint64_t first = 0, second = 0;
  auto operator<=>(const PackedEntry&) const = default;
};

// What a block's key adds to the root.
inline constexpr std::size_t kPackedBound = 16;
// Blocks are cut where they grow past this many bytes.
inline constexpr std::size_t kPackedBlock = 8 << 10;

// What the key of a block adds that ends with this entry.
std::string PackedBound(PackedEntry entry);

inline Error DamagedList() { return Damaged("a packed list is unreadable"); }

// Calls visit(entry) for the entries of a root or block, in order. False on anything malformed,
// perhaps after some were visited. `split`: the root says that blocks follow.
template <class Visit>
bool VisitPacked(std::string_view in, bool& split, Visit&& visit) {
  std::uint64_t size = 0;
  if (!GetVarint(in, size) || size > in.size()) return false;
  split = size == 0;
  PackedEntry entry;
  for (std::uint64_t i = 0; i < size; ++i) {
    std::uint64_t first = 0, second = 0;
    if (!GetVarint(in, first) || !GetVarint(in, second)) return false;
    const PackedEntry before = entry;
    entry.first += first;
    entry.second += static_cast<std::uint64_t>(UnZigZag(second));
    if (i > 0 && !(before < entry)) return false;
    visit(entry);
  }
  return in.empty();
}

// The same of a whole list; nothing where there is none. kCorruption on anything malformed.
template <class Visit>
Status ReadPacked(const KvSnapshot& kv, Space space, std::string_view root, Visit&& visit) {
  TUPU_ASSIGN(const std::optional<std::string> bytes, kv.Get(space, root));
  if (!bytes) return {};
  bool split = false;
  if (!VisitPacked(*bytes, split, visit)) return DamagedList();
  if (!split) return {};
  const auto cursor = kv.Scan(space, root);
  for (; cursor->Valid(); cursor->Next()) {
    if (cursor->key().size() == root.size()) continue;
    if (!VisitPacked(cursor->value(), split, visit) || split) return DamagedList();
  }
  return cursor->status();
}

// The second numbers of the entries with this first one, appended; reads no other blocks.
Status FindPacked(const KvSnapshot& kv, Space space, std::string_view root, std::uint64_t first,
                  std::vector<std::uint64_t>& out);

// Whether an entry is there, at the cost of a block however long the list is.
Result<bool> HasPacked(const KvSnapshot& kv, Space space, std::string_view root, PackedEntry entry);

// Adds or takes away an entry; one that is there already, or not there, changes nothing.
Status InsertPacked(LayeredKv& kv, Space space, std::string_view root, PackedEntry entry);
Status ErasePacked(LayeredKv& kv, Space space, std::string_view root, PackedEntry entry);

// Writes lists, in order of their roots, with their entries in order. Keys come out ascending;
// memory is that of two blocks.
class PackedWriter {
 public:
  using Put = std::function<Status(std::string_view key, std::string_view value)>;
  explicit PackedWriter(Put put) : put_(std::move(put)) {}

  // Ends the list before it.
  Status Begin(std::string_view root);
  // The same, but what is added goes among what the list has that is stored; none of it may be
  // there. Only blocks that change are written. The snapshot must outlive the list's end.
  Status Merge(const KvSnapshot& kv, Space space, std::string_view root);
  Status Add(PackedEntry entry);
  Status Finish();

 private:
  Status Append(PackedEntry entry);
  Status LoadBlock(PackedEntry entry);  // that of the stored list where the entry goes
  Status EndBlock();
  Status PutBlock(std::string_view bound);

  Put put_;
  std::string root_, body_, key_, value_;
  std::uint64_t size_ = 0;  // of the block in the making
  PackedEntry last_;
  bool split_ = false;
  // What is stored and not yet written anew, of the list or, where it is split, of one block.
  std::vector<PackedEntry> stored_;
  std::size_t next_ = 0;
  const KvSnapshot* kv_ = nullptr;  // of a list that is split
  Space space_{};
  std::string bound_;  // of the block; empty before the first
};

}  // namespace tupu::graph
