#include "graph/base/slab_allocator.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <random>
#include <thread>
#include <vector>

namespace tupu {
namespace {

// A block filled with one byte, which nobody else may have written over when it goes.
struct Held {
  unsigned char* block;
  std::size_t size;
  unsigned char fill;
};

Held Take(SlabAllocator& slabs, std::size_t size, unsigned char fill) {
  auto* const block = static_cast<unsigned char*>(slabs.Allocate(size));
  CHECK(reinterpret_cast<std::uintptr_t>(block) % alignof(std::max_align_t) == 0);
  CHECK(SlabAllocator::UsableSize(block) >= size);
  std::memset(block, fill, SlabAllocator::UsableSize(block));
  return {block, SlabAllocator::UsableSize(block), fill};
}

void Give(SlabAllocator& slabs, const Held& held) {
  CHECK(std::all_of(held.block, held.block + held.size,
                    [&](unsigned char byte) { return byte == held.fill; }));
  slabs.Deallocate(held.block);
}

void TakeAndGive(SlabAllocator& slabs, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<Held> held;
  for (int i = 0; i < 6000; ++i) {
    if (held.size() < 2000 && random() % 5 != 0) {
      constexpr std::size_t kSizes[] = {0, 1, 255, 4000, 4096, 4097, 8192, 8193, 40960, 40961};
      const std::size_t size = i % 2 == 0 ? kSizes[random() % std::size(kSizes)] : random() % 5000;
      held.push_back(Take(slabs, size, static_cast<unsigned char>(random())));
    } else if (!held.empty()) {
      std::swap(held[random() % held.size()], held.back());
      Give(slabs, held.back());
      held.pop_back();
    }
  }
  for (const Held& one : held) Give(slabs, one);
}

TEST_CASE("blocks of any size are apart, and hold what is put into them") {
  SlabAllocator slabs;
  for (const unsigned seed : {1u, 2u}) TakeAndGive(slabs, seed);
  slabs.Deallocate(nullptr);
}

TEST_CASE("several threads share slabs") {
  SlabAllocator slabs;
  std::vector<std::thread> threads;
  for (unsigned seed = 1; seed <= 4; ++seed) {
    threads.emplace_back([&slabs, seed] { TakeAndGive(slabs, seed); });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST_CASE("little use takes no slab; what is not needed any more goes") {
  SlabAllocator slabs;
  std::vector<Held> held;
  for (std::size_t size = 100; size < 50000; size += 200) held.push_back(Take(slabs, size, 7));
  CHECK(slabs.slabs() == 0);
  for (const Held& one : held) Give(slabs, one);
  held.clear();
  for (int i = 0; i < 5000; ++i) held.push_back(Take(slabs, 4096, 3));
  CHECK(slabs.slabs() >= 10);
  CHECK(slabs.slabs() <= 11);
  for (const Held& one : held) Give(slabs, one);
  CHECK(slabs.slabs() == 1);
  // What was given back is used again.
  held.clear();
  for (int i = 0; i < 400; ++i) held.push_back(Take(slabs, 4096, 5));
  CHECK(slabs.slabs() == 1);
  for (const Held& one : held) Give(slabs, one);
}

}  // namespace
}  // namespace tupu
