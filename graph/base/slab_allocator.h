// Memory for very many blocks of a few KiB that come and go, such as a cache of them: blocks of
// about one size are cut from slabs of 2 MiB (Bonwick 1994), which are asked for in huge pages. So
// taking one costs no fault of a page, and who reads all over them misses the processor's table of
// pages less often. A slab whose blocks are all gone is given back.
//
// The first blocks of a size, and large ones, come from malloc: little use takes no whole slab.
// For any number of threads.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>

namespace tupu {

class SlabAllocator {
 public:
  SlabAllocator() = default;
  SlabAllocator(const SlabAllocator&) = delete;
  SlabAllocator& operator=(const SlabAllocator&) = delete;
  // All blocks must have been given back.
  ~SlabAllocator();

  // A block of at least so many bytes, fit for any type. Throws std::bad_alloc.
  void* Allocate(std::size_t bytes);
  void Deallocate(void* block);
  // What the block has room for.
  static std::size_t UsableSize(const void* block);

  std::size_t slabs() const;  // held now

 private:
  struct Slab;
  struct Header;
  // Blocks of one size. Slabs with room for more are in a ring through `rooms`.
  struct Class {
    mutable std::mutex mutex;
    std::size_t blocks = 0;  // in use, from malloc or not
    std::size_t slabs = 0;
    Slab* rooms = nullptr;
  };
  static constexpr std::size_t kFineStep = 256, kFineEnd = 8 << 10;
  static constexpr std::size_t kCoarseStep = 4 << 10, kCoarseEnd = 40 << 10;
  static constexpr std::size_t kFine = kFineEnd / kFineStep;
  static constexpr std::size_t kClasses = kFine + (kCoarseEnd - kFineEnd) / kCoarseStep;

  static std::size_t ClassOf(std::size_t bytes);  // kClasses: too large
  static std::size_t SizeOf(std::size_t number);
  static Header* FromMalloc(std::size_t number, std::size_t bytes);
  static void Link(Class& of, Slab& slab);
  static void Unlink(Class& of, Slab& slab);
  static void Release(Class& of, Slab& slab);

  std::array<Class, kClasses> classes_;
};

}  // namespace tupu
