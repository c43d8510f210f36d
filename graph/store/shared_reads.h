// What readers of one state of the store share: things computed from it that cost much to make
// (compressed adjacency, columns of properties). A commit leaves them to those who still read the
// state before it.
//
// Making something is worth it once readers have spent as much without it (as in renting or buying
// skis): Spend counts that. For any number of threads.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

namespace tupu::graph {

class SharedReads {
 public:
  // Tells states of one process apart.
  std::uint64_t number() const { return number_; }

  // Null where nobody has made it. One name always stands for one type.
  template <class T>
  std::shared_ptr<const T> Find(std::string_view name) const {
    const std::lock_guard lock(mutex_);
    const auto found = made_.find(name);
    return found == made_.end() ? nullptr : std::static_pointer_cast<const T>(found->second);
  }
  // Whether the caller is to make it: nobody has tried, and there is room for `bytes` more. Who
  // fails to make it leaves it: it is not tried again for this state.
  bool Claim(std::string_view name, std::size_t bytes) {
    const std::lock_guard lock(mutex_);
    if (bytes > kMostBytes || bytes_ > kMostBytes - bytes) return false;
    if (!claimed_.emplace(name).second) return false;
    bytes_ += bytes;
    return true;
  }
  void Keep(std::string_view name, std::shared_ptr<const void> made) {
    const std::lock_guard lock(mutex_);
    made_.emplace(name, std::move(made));
  }
  // Adds to what was spent without it, and returns the sum.
  std::uint64_t Spend(std::string_view name, std::uint64_t more) {
    const std::lock_guard lock(mutex_);
    const auto at = spent_.find(name);
    if (at == spent_.end()) return spent_.emplace(name, more).first->second;
    return at->second += more;
  }

 private:
  static constexpr std::size_t kMostBytes = std::size_t{4} << 30;

  static std::uint64_t NextNumber() {
    static std::atomic<std::uint64_t> next{1};
    return next++;
  }

  const std::uint64_t number_ = NextNumber();
  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const void>, std::less<>> made_;
  std::set<std::string, std::less<>> claimed_;
  std::map<std::string, std::uint64_t, std::less<>> spent_;
  std::size_t bytes_ = 0;
};

}  // namespace tupu::graph
