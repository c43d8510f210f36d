// The in-memory twin: one persistent treap a space. A write copies the path to each key it touches
// and shares the rest, so a snapshot is a pointer to a root and readers take no locks.
//
// A treap is a binary search tree by key and a heap by priority; with priorities that are hashes of
// the keys its shape depends on the set of keys only, and its depth is logarithmic.
#include <array>
#include <cstring>
#include <mutex>
#include <utility>

#include "graph/base/hash.h"
#include "graph/store/kv.h"

namespace tupu::graph {
namespace {

struct Node;
using Tree = std::shared_ptr<const Node>;

struct Item {
  std::string key;
  std::string value;
};

struct Node {
  std::shared_ptr<const Item> item;
  std::uint64_t priority;
  Tree left, right;
};

std::uint64_t Priority(std::string_view key) {
  const Hash128 hash = HashFields({key});
  std::uint64_t out = 0;
  std::memcpy(&out, hash.bytes.data(), sizeof out);
  return out;
}

Tree Make(const Node& of, Tree left, Tree right) {
  return std::make_shared<const Node>(
      Node{of.item, of.priority, std::move(left), std::move(right)});
}

// The keys below `key` and those above it; `key` itself goes.
std::pair<Tree, Tree> Split(const Tree& tree, std::string_view key) {
  if (!tree) return {};
  const int order = key.compare(tree->item->key);
  if (order == 0) return {tree->left, tree->right};
  if (order < 0) {
    auto [low, high] = Split(tree->left, key);
    return {std::move(low), Make(*tree, std::move(high), tree->right)};
  }
  auto [low, high] = Split(tree->right, key);
  return {Make(*tree, tree->left, std::move(low)), std::move(high)};
}

// All keys of `low` are below all keys of `high`.
Tree Join(const Tree& low, const Tree& high) {
  if (!low) return high;
  if (!high) return low;
  if (low->priority >= high->priority) return Make(*low, low->left, Join(low->right, high));
  return Make(*high, Join(low, high->left), high->right);
}

Tree Insert(const Tree& tree, const std::shared_ptr<const Item>& item, std::uint64_t priority) {
  if (!tree || (priority > tree->priority && item->key != tree->item->key)) {
    auto [low, high] = Split(tree, item->key);
    return std::make_shared<const Node>(Node{item, priority, std::move(low), std::move(high)});
  }
  const int order = item->key.compare(tree->item->key);
  if (order < 0) return Make(*tree, Insert(tree->left, item, priority), tree->right);
  if (order > 0) return Make(*tree, tree->left, Insert(tree->right, item, priority));
  return std::make_shared<const Node>(Node{item, priority, tree->left, tree->right});
}

Tree Erase(const Tree& tree, std::string_view key) {
  if (!tree) return tree;
  const int order = key.compare(tree->item->key);
  if (order == 0) return Join(tree->left, tree->right);
  if (order < 0) {
    Tree left = Erase(tree->left, key);
    return left == tree->left ? tree : Make(*tree, std::move(left), tree->right);
  }
  Tree right = Erase(tree->right, key);
  return right == tree->right ? tree : Make(*tree, tree->left, std::move(right));
}

const Item* FindItem(const Tree& tree, std::string_view key) {
  for (const Node* at = tree.get(); at != nullptr;) {
    const int order = key.compare(at->item->key);
    if (order == 0) return at->item.get();
    at = (order < 0 ? at->left : at->right).get();
  }
  return nullptr;
}

using Trees = std::array<Tree, kSpaces>;

class MemCursor final : public KvCursor {
 public:
  MemCursor(Tree tree, std::string_view prefix, std::string_view start)
      : tree_(std::move(tree)), prefix_(prefix) {
    const std::string_view from = start.empty() || start < prefix ? prefix : start;
    for (const Node* at = tree_.get(); at != nullptr;) {
      if (at->item->key < from) {
        at = at->right.get();
      } else {
        path_.push_back(at);
        at = at->left.get();
      }
    }
    Stop();
  }

  bool Valid() const override { return !path_.empty(); }
  void Next() override {
    const Node* at = path_.back()->right.get();
    path_.pop_back();
    for (; at != nullptr; at = at->left.get()) path_.push_back(at);
    Stop();
  }
  std::string_view key() const override { return path_.back()->item->key; }
  std::string_view value() const override { return path_.back()->item->value; }
  Status status() const override { return {}; }

 private:
  void Stop() {
    if (!path_.empty() && !key().starts_with(prefix_)) path_.clear();
  }

  Tree tree_;
  std::string prefix_;
  std::vector<const Node*> path_;  // those still to come, the next last
};

class MemSnapshot final : public KvSnapshot {
 public:
  explicit MemSnapshot(Trees trees) : trees_(std::move(trees)) {}

  Result<std::optional<std::string>> Get(Space space, std::string_view key) const override {
    const Item* item = FindItem(trees_[static_cast<std::size_t>(space)], key);
    if (item == nullptr) return std::optional<std::string>();
    return std::optional<std::string>(item->value);
  }

  Status MultiGet(Space space, std::span<const std::string> keys,
                  std::vector<std::optional<std::string>>& values) const override {
    values.clear();
    values.reserve(keys.size());
    for (const std::string& key : keys) {
      const Item* item = FindItem(trees_[static_cast<std::size_t>(space)], key);
      values.push_back(item == nullptr ? std::nullopt : std::optional(item->value));
    }
    return {};
  }

  std::unique_ptr<KvCursor> Scan(Space space, std::string_view prefix,
                                 std::string_view start) const override {
    return std::make_unique<MemCursor>(trees_[static_cast<std::size_t>(space)], prefix, start);
  }

 private:
  Trees trees_;
};

class MemKv final : public KvStore {
 public:
  std::shared_ptr<const KvSnapshot> Snapshot() const override {
    const std::lock_guard lock(mutex_);
    return std::make_shared<MemSnapshot>(trees_);
  }

  Status Write(const KvBatch& batch, bool /*sync*/) override {
    Trees trees;
    {
      const std::lock_guard lock(mutex_);
      trees = trees_;
    }
    batch.ForEach([&](KvBatch::Op op, Space space, std::string_view key, std::string_view value) {
      Tree& tree = trees[static_cast<std::size_t>(space)];
      switch (op) {
        case KvBatch::Op::kPut:
          Put(tree, key, std::string(value));
          break;
        case KvBatch::Op::kDelete:
          tree = Erase(tree, key);
          break;
        case KvBatch::Op::kAdd:
          Add(tree, key, value);
          break;
      }
    });
    const std::lock_guard lock(mutex_);
    trees_.swap(trees);
    return {};
  }

 private:
  static void Put(Tree& tree, std::string_view key, std::string value) {
    tree = Insert(tree, std::make_shared<const Item>(Item{std::string(key), std::move(value)}),
                  Priority(key));
  }

  static void Add(Tree& tree, std::string_view key, std::string_view value) {
    std::int64_t sum = 0, delta = 0;
    if (const Item* item = FindItem(tree, key)) TUPU_INVARIANT(DecodeCounter(item->value, sum));
    TUPU_INVARIANT(DecodeCounter(value, delta));
    sum += delta;
    if (sum == 0) {
      tree = Erase(tree, key);
    } else {
      Put(tree, key, EncodeCounter(sum));
    }
  }

  mutable std::mutex mutex_;
  Trees trees_;
};

}  // namespace

std::unique_ptr<KvStore> OpenMemKv() { return std::make_unique<MemKv>(); }

}  // namespace tupu::graph
