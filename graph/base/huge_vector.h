// A vector for large tables that are read all over: its memory is asked for in huge pages, so that
// a look-up does not also miss the processor's table of pages. Where the system gives none, it is
// an ordinary vector.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdlib>
#include <new>
#include <vector>

namespace tupu {

template <class T>
struct HugePageAllocator {
  using value_type = T;
  static constexpr std::size_t kPage = std::size_t{2} << 20;

  HugePageAllocator() = default;
  template <class U>
  HugePageAllocator(const HugePageAllocator<U>& /*other*/) {}  // NOLINT: as allocators convert

  T* allocate(std::size_t count) {
    static_assert(alignof(T) <= alignof(std::max_align_t));
    if (count > std::size_t(-1) / 2 / sizeof(T)) throw std::bad_alloc();
    std::size_t bytes = count * sizeof(T);
    void* out = nullptr;
    if (bytes < kPage) {
      out = std::malloc(bytes);
    } else {
      bytes = (bytes + kPage - 1) / kPage * kPage;
      out = std::aligned_alloc(kPage, bytes);
      // A wish only: what it answers changes nothing.
      if (out != nullptr) static_cast<void>(madvise(out, bytes, MADV_HUGEPAGE));
    }
    if (out == nullptr) throw std::bad_alloc();
    return static_cast<T*>(out);
  }
  void deallocate(T* memory, std::size_t /*count*/) { std::free(memory); }

  friend bool operator==(const HugePageAllocator& /*a*/, const HugePageAllocator& /*b*/) {
    return true;
  }
};

template <class T>
using HugeVector = std::vector<T, HugePageAllocator<T>>;

}  // namespace tupu
