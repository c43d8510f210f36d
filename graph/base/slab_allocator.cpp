#include "graph/base/slab_allocator.h"

#include <cstdlib>
#include <memory>
#include <new>

#include "graph/base/huge_vector.h"

namespace tupu {
namespace {

using SlabMemory = HugePageAllocator<std::byte>;
constexpr std::size_t kSlabBytes = SlabMemory::kPage;
constexpr std::size_t kBlocksBefore = 32;  // of a size, before it gets slabs

}  // namespace

// Stands before each block.
struct alignas(std::max_align_t) SlabAllocator::Header {
  Slab* slab = nullptr;  // null: from malloc
  std::uint32_t number = 0;
  std::uint32_t usable = 0;  // of a large one the size, as far as that fits
};

struct SlabAllocator::Slab {
  std::byte* memory = nullptr;
  std::size_t used = 0;  // bytes from which blocks have been cut
  std::size_t blocks = 0;
  void* free = nullptr;  // each free block begins with the next one
  Slab* next = nullptr;
  Slab* before = nullptr;
};

std::size_t SlabAllocator::ClassOf(std::size_t bytes) {
  if (bytes <= kFineEnd) return bytes == 0 ? 0 : (bytes - 1) / kFineStep;
  if (bytes > kCoarseEnd) return kClasses;
  return kFine + (bytes - kFineEnd - 1) / kCoarseStep;
}

std::size_t SlabAllocator::SizeOf(std::size_t number) {
  return number < kFine ? (number + 1) * kFineStep : kFineEnd + (number - kFine + 1) * kCoarseStep;
}

SlabAllocator::~SlabAllocator() {
  for (Class& of : classes_) {
    while (of.rooms != nullptr) Release(of, *of.rooms);
  }
}

SlabAllocator::Header* SlabAllocator::FromMalloc(std::size_t number, std::size_t bytes) {
  void* memory = std::malloc(sizeof(Header) + bytes);
  if (memory == nullptr) throw std::bad_alloc();
  const std::size_t usable = bytes < UINT32_MAX ? bytes : UINT32_MAX;
  return new (memory)
      Header{nullptr, static_cast<std::uint32_t>(number), static_cast<std::uint32_t>(usable)};
}

void SlabAllocator::Link(Class& of, Slab& slab) {
  slab.before = nullptr;
  slab.next = of.rooms;
  if (of.rooms != nullptr) of.rooms->before = &slab;
  of.rooms = &slab;
}

void SlabAllocator::Unlink(Class& of, Slab& slab) {
  (slab.before != nullptr ? slab.before->next : of.rooms) = slab.next;
  if (slab.next != nullptr) slab.next->before = slab.before;
}

void SlabAllocator::Release(Class& of, Slab& slab) {
  Unlink(of, slab);
  SlabMemory().deallocate(slab.memory, kSlabBytes);
  delete &slab;
  --of.slabs;
}

void* SlabAllocator::Allocate(std::size_t bytes) {
  const std::size_t number = ClassOf(bytes);
  if (number == kClasses) return FromMalloc(number, bytes) + 1;
  Class& of = classes_[number];
  const std::size_t size = SizeOf(number), stride = sizeof(Header) + size;
  const std::lock_guard lock(of.mutex);
  if (of.rooms == nullptr) {
    if (of.blocks < kBlocksBefore) {
      Header* const header = FromMalloc(number, size);
      ++of.blocks;
      return header + 1;
    }
    auto slab = std::make_unique<Slab>();
    slab->memory = SlabMemory().allocate(kSlabBytes);
    ++of.slabs;
    Link(of, *slab.release());
  }
  Slab& slab = *of.rooms;
  void* block = slab.free;
  if (block != nullptr) {
    slab.free = *static_cast<void**>(block);
  } else {
    auto* const header = new (slab.memory + slab.used)
        Header{&slab, static_cast<std::uint32_t>(number), static_cast<std::uint32_t>(size)};
    slab.used += stride;
    block = header + 1;
  }
  ++slab.blocks;
  ++of.blocks;
  if (slab.free == nullptr && slab.used + stride > kSlabBytes) Unlink(of, slab);
  return block;
}

void SlabAllocator::Deallocate(void* block) {
  if (block == nullptr) return;
  Header* const header = static_cast<Header*>(block) - 1;
  if (header->number == kClasses) {
    std::free(header);
    return;
  }
  Class& of = classes_[header->number];
  const std::size_t stride = sizeof(Header) + header->usable;
  const std::lock_guard lock(of.mutex);
  --of.blocks;
  if (header->slab == nullptr) {
    std::free(header);
    return;
  }
  Slab& slab = *header->slab;
  const bool was_full = slab.free == nullptr && slab.used + stride > kSlabBytes;
  *static_cast<void**>(block) = slab.free;
  slab.free = block;
  --slab.blocks;
  if (was_full) Link(of, slab);
  // One stays, so that a block that comes and goes does not take a slab with it each time.
  const bool another = slab.next != nullptr || slab.before != nullptr;
  if (slab.blocks == 0 && another) Release(of, slab);
}

std::size_t SlabAllocator::UsableSize(const void* block) {
  return (static_cast<const Header*>(block) - 1)->usable;
}

std::size_t SlabAllocator::slabs() const {
  std::size_t out = 0;
  for (const Class& of : classes_) {
    const std::lock_guard lock(of.mutex);
    out += of.slabs;
  }
  return out;
}

}  // namespace tupu
