#include "graph/store/layered_kv.h"

#include <algorithm>

namespace tupu::graph {

// Two ordered sequences merged; of two entries with one key the changed one counts.
class LayeredKv::Cursor : public KvCursor {
 public:
  Cursor(std::unique_ptr<KvCursor> base, Changes::const_iterator begin, Changes::const_iterator end,
         std::string_view prefix)
      : base_(std::move(base)), change_(begin), end_(end), prefix_(prefix) {
    Settle();
  }

  bool Valid() const override { return valid_; }
  void Next() override {
    if (from_change_) {
      if (base_->Valid() && base_->key() == change_->first) base_->Next();
      ++change_;
    } else {
      base_->Next();
    }
    Settle();
  }
  std::string_view key() const override {
    return from_change_ ? std::string_view(change_->first) : base_->key();
  }
  std::string_view value() const override {
    return from_change_ ? std::string_view(*change_->second) : base_->value();
  }
  Status status() const override { return base_->status(); }

 private:
  // To the next entry that is there, at or after both places.
  void Settle() {
    while (true) {
      const bool have_base = base_->Valid();
      if (change_ != end_ && !change_->first.starts_with(prefix_)) change_ = end_;
      if (!base_->status().ok() || (!have_base && change_ == end_)) {
        valid_ = false;
        return;
      }
      from_change_ = change_ != end_ && (!have_base || change_->first <= base_->key());
      if (!from_change_ || change_->second) {
        valid_ = true;
        return;
      }
      if (have_base && base_->key() == change_->first) base_->Next();
      ++change_;
    }
  }

  std::unique_ptr<KvCursor> base_;
  Changes::const_iterator change_, end_;
  std::string prefix_;
  bool from_change_ = false;
  bool valid_ = false;
};

void LayeredKv::Put(Space space, std::string_view key, std::string_view value) {
  TUPU_CONTRACT(space != Space::kCounters);
  changes_[static_cast<std::size_t>(space)].insert_or_assign(std::string(key), std::string(value));
}

void LayeredKv::Delete(Space space, std::string_view key) {
  TUPU_CONTRACT(space != Space::kCounters);
  changes_[static_cast<std::size_t>(space)].insert_or_assign(std::string(key), std::nullopt);
}

void LayeredKv::Add(std::string_view counter, std::int64_t delta) {
  counters_[std::string(counter)] += delta;
}

Result<std::optional<std::string>> LayeredKv::Get(Space space, std::string_view key) const {
  if (space != Space::kCounters) {
    const Changes& changes = changes_[static_cast<std::size_t>(space)];
    const auto found = changes.find(key);
    if (found != changes.end()) return found->second;
    if (const auto* fetched = FindFetched(space, key)) return *fetched;
    return base_->Get(space, key);
  }
  const auto delta = counters_.find(key);
  if (delta == counters_.end()) return base_->Get(space, key);
  TUPU_ASSIGN(const std::optional<std::string> bytes, base_->Get(space, key));
  std::int64_t count = 0;
  if (bytes && !DecodeCounter(*bytes, count)) {
    return Damaged("a counter is none");
  }
  count += delta->second;
  if (count == 0) return std::optional<std::string>();
  return std::optional<std::string>(EncodeCounter(count));
}

const std::optional<std::string>* LayeredKv::FindFetched(Space space, std::string_view key) const {
  const Fetched& fetched = fetched_[static_cast<std::size_t>(space)];
  if (fetched.empty()) return nullptr;
  const auto found = fetched.find(key);
  return found == fetched.end() ? nullptr : &found->second;
}

Status LayeredKv::Fetch(Space space, std::vector<std::string> keys) {
  TUPU_CONTRACT(space != Space::kCounters);
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  Fetched& fetched = fetched_[static_cast<std::size_t>(space)];
  fetched.clear();
  std::vector<std::optional<std::string>> values;
  TUPU_TRY(base_->MultiGet(space, keys, values));
  for (std::size_t i = 0; i < keys.size(); ++i) {
    fetched.emplace(std::move(keys[i]), std::move(values[i]));
  }
  return {};
}

Status LayeredKv::MultiGet(Space space, std::span<const std::string> keys,
                           std::vector<std::optional<std::string>>& values) const {
  if (space == Space::kCounters) {
    values.clear();
    for (const std::string& key : keys) {
      TUPU_ASSIGN(std::optional<std::string> value, Get(space, key));
      values.push_back(std::move(value));
    }
    return {};
  }
  TUPU_TRY(base_->MultiGet(space, keys, values));
  const Changes& changes = changes_[static_cast<std::size_t>(space)];
  for (std::size_t i = 0; i < keys.size() && !changes.empty(); ++i) {
    const auto found = changes.find(keys[i]);
    if (found != changes.end()) values[i] = found->second;
  }
  return {};
}

std::unique_ptr<KvCursor> LayeredKv::Scan(Space space, std::string_view prefix,
                                          std::string_view start) const {
  TUPU_CONTRACT(space != Space::kCounters);
  const Changes& changes = changes_[static_cast<std::size_t>(space)];
  return std::make_unique<Cursor>(base_->Scan(space, prefix, start),
                                  changes.lower_bound(std::max(prefix, start)), changes.end(),
                                  prefix);
}

bool LayeredKv::changed() const {
  return !counters_.empty() || std::any_of(changes_.begin(), changes_.end(),
                                           [](const Changes& one) { return !one.empty(); });
}

KvBatch LayeredKv::ToBatch() const {
  KvBatch batch;
  for (int space = 0; space < kSpaces; ++space) {
    for (const auto& [key, value] : changes_[static_cast<std::size_t>(space)]) {
      if (value) {
        batch.Put(static_cast<Space>(space), key, *value);
      } else {
        batch.Delete(static_cast<Space>(space), key);
      }
    }
  }
  for (const auto& [key, delta] : counters_) {
    if (delta != 0) batch.Add(Space::kCounters, key, delta);
  }
  return batch;
}

}  // namespace tupu::graph
