#include "graph/store/packed_list.h"

#include <algorithm>

namespace tupu::graph {
namespace {

// Of a list's last block.
const std::string& NoBound() {
  static const std::string bound(kPackedBound, '\xff');
  return bound;
}

void PutEntry(std::string& out, PackedEntry before, PackedEntry entry) {
  PutVarint(out, entry.first - before.first);
  PutVarint(out, ZigZag(static_cast<std::int64_t>(entry.second - before.second)));
}

std::string Encode(const PackedEntry* begin, const PackedEntry* end) {
  std::string out;
  constexpr std::size_t kLikely = 6;  // bytes of an entry
  out.reserve(kLikely * static_cast<std::size_t>(end - begin) + kLikely);
  PutVarint(out, static_cast<std::uint64_t>(end - begin));
  PackedEntry before;
  for (const PackedEntry* entry = begin; entry != end; before = *entry++) {
    PutEntry(out, before, *entry);
  }
  return out;
}

// The root or the block where an entry stands or would stand.
struct Place {
  std::string key;
  std::vector<PackedEntry> entries;
  bool is_root = true;
};

Result<Place> FindPlace(const KvSnapshot& kv, Space space, std::string_view root,
                        PackedEntry entry) {
  Place out;
  out.key = root;
  TUPU_ASSIGN(const std::optional<std::string> bytes, kv.Get(space, root));
  if (!bytes) return out;
  const auto keep = [&](PackedEntry one) { out.entries.push_back(one); };
  out.entries.reserve(bytes->size() / 2 + 1);  // an entry takes two bytes or more
  bool split = false;
  if (!VisitPacked(*bytes, split, keep)) return DamagedList();
  if (!split) return out;
  out.is_root = false;
  const auto cursor = kv.Scan(space, root, out.key + PackedBound(entry));
  TUPU_TRY(cursor->status());
  out.key += NoBound();
  if (!cursor->Valid()) return out;
  out.key = cursor->key();
  if (!VisitPacked(cursor->value(), split, keep) || split) return DamagedList();
  return out;
}

Result<bool> HasBlocks(const KvSnapshot& kv, Space space, std::string_view root) {
  const auto cursor = kv.Scan(space, root);
  while (cursor->Valid() && cursor->key().size() == root.size()) cursor->Next();
  TUPU_TRY(cursor->status());
  return cursor->Valid();
}

}  // namespace

std::string PackedBound(PackedEntry entry) {
  std::string out;
  PutFixed64(out, entry.first);
  PutFixed64(out, entry.second);
  return out;
}

Status FindPacked(const KvSnapshot& kv, Space space, std::string_view root, std::uint64_t first,
                  std::vector<std::uint64_t>& out) {
  bool behind = false;
  const auto visit = [&](PackedEntry entry) {
    if (entry.first == first) out.push_back(entry.second);
    behind = behind || entry.first > first;
  };
  TUPU_ASSIGN(const std::optional<std::string> bytes, kv.Get(space, root));
  if (!bytes) return {};
  bool split = false;
  if (!VisitPacked(*bytes, split, visit)) return DamagedList();
  if (!split) return {};
  const auto cursor = kv.Scan(space, root, std::string(root) + PackedBound({first, 0}));
  for (; !behind && cursor->Valid(); cursor->Next()) {
    if (cursor->key().size() == root.size()) continue;
    if (!VisitPacked(cursor->value(), split, visit) || split) return DamagedList();
  }
  return cursor->status();
}

Result<bool> HasPacked(const KvSnapshot& kv, Space space, std::string_view root,
                       PackedEntry entry) {
  TUPU_ASSIGN(const Place place, FindPlace(kv, space, root, entry));
  return std::binary_search(place.entries.begin(), place.entries.end(), entry);
}

Status InsertPacked(LayeredKv& kv, Space space, std::string_view root, PackedEntry entry) {
  TUPU_ASSIGN(Place place, FindPlace(kv, space, root, entry));
  std::vector<PackedEntry>& entries = place.entries;
  const auto at = std::lower_bound(entries.begin(), entries.end(), entry);
  if (at != entries.end() && *at == entry) return {};
  entries.insert(at, entry);
  const PackedEntry* const begin = entries.data();
  const PackedEntry* const end = begin + entries.size();
  std::string block = Encode(begin, end);
  if (block.size() <= kPackedBlock) {
    kv.Put(space, place.key, block);
    return {};
  }
  // What is added at the end fills blocks, what comes in between makes them halves.
  const PackedEntry* const middle =
      entries.back() == entry ? end - 1 : begin + static_cast<std::ptrdiff_t>(entries.size() / 2);
  if (place.is_root) {
    kv.Put(space, root, std::string(1, '\0'));
    place.key += NoBound();
  }
  kv.Put(space, std::string(root) + PackedBound(*(middle - 1)), Encode(begin, middle));
  kv.Put(space, place.key, Encode(middle, end));
  return {};
}

Status ErasePacked(LayeredKv& kv, Space space, std::string_view root, PackedEntry entry) {
  TUPU_ASSIGN(Place place, FindPlace(kv, space, root, entry));
  std::vector<PackedEntry>& entries = place.entries;
  const auto at = std::lower_bound(entries.begin(), entries.end(), entry);
  if (at == entries.end() || *at != entry) return {};
  entries.erase(at);
  if (!entries.empty()) {
    kv.Put(space, place.key, Encode(entries.data(), entries.data() + entries.size()));
    return {};
  }
  kv.Delete(space, place.key);
  if (place.is_root) return {};
  TUPU_ASSIGN(const bool more, HasBlocks(kv, space, root));
  if (!more) kv.Delete(space, root);
  return {};
}

Status PackedWriter::Begin(std::string_view root) {
  TUPU_TRY(Finish());
  root_ = root;
  return {};
}

Status PackedWriter::Merge(const KvSnapshot& kv, Space space, std::string_view root) {
  TUPU_TRY(Begin(root));
  TUPU_ASSIGN(const std::optional<std::string> bytes, kv.Get(space, root));
  if (!bytes) return {};
  if (!VisitPacked(*bytes, split_, [&](PackedEntry entry) { stored_.push_back(entry); })) {
    return DamagedList();
  }
  if (!split_) return {};
  kv_ = &kv;
  space_ = space;
  return {};
}

Status PackedWriter::LoadBlock(PackedEntry entry) {
  const auto cursor = kv_->Scan(space_, root_, root_ + PackedBound(entry));
  TUPU_TRY(cursor->status());
  bound_ = NoBound();
  if (!cursor->Valid()) return {};
  bound_ = cursor->key().substr(root_.size());
  bool split = false;
  const auto keep = [&](PackedEntry one) { stored_.push_back(one); };
  return VisitPacked(cursor->value(), split, keep) && !split ? Status() : DamagedList();
}

// Under the bound that it had, so that no block is left behind.
Status PackedWriter::EndBlock() {
  while (next_ < stored_.size()) TUPU_TRY(Append(stored_[next_++]));
  stored_.clear();
  next_ = 0;
  return size_ == 0 ? Status() : PutBlock(bound_);
}

Status PackedWriter::Add(PackedEntry entry) {
  if (kv_ != nullptr && (bound_.empty() || bound_ < PackedBound(entry))) {
    TUPU_TRY(EndBlock());
    TUPU_TRY(LoadBlock(entry));
  }
  while (next_ < stored_.size() && stored_[next_] < entry) TUPU_TRY(Append(stored_[next_++]));
  return Append(entry);
}

Status PackedWriter::Append(PackedEntry entry) {
  if (body_.size() >= kPackedBlock) {
    if (!split_) TUPU_TRY(put_(root_, std::string_view("\0", 1)));
    split_ = true;
    TUPU_TRY(PutBlock(PackedBound(last_)));
  }
  PutEntry(body_, size_ == 0 ? PackedEntry() : last_, entry);
  last_ = entry;
  ++size_;
  return {};
}

Status PackedWriter::PutBlock(std::string_view bound) {
  key_ = root_;
  key_ += bound;
  value_.clear();
  PutVarint(value_, size_);
  value_ += body_;
  body_.clear();
  size_ = 0;
  return put_(key_, value_);
}

Status PackedWriter::Finish() {
  while (next_ < stored_.size()) TUPU_TRY(Append(stored_[next_++]));
  if (kv_ == nullptr && split_) bound_ = NoBound();
  TUPU_TRY(EndBlock());
  split_ = false;
  kv_ = nullptr;
  root_.clear();
  bound_.clear();
  return {};
}

}  // namespace tupu::graph
