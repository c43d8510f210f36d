#include "graph/store/rocks_options.h"

#include <rocksdb/cache.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/merge_operator.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>
#include <unistd.h>

#include <algorithm>
#include <memory>

#include "graph/base/slab_allocator.h"
#include "graph/store/asserted.h"
#include "graph/store/edge_pages.h"

namespace tupu::graph {
namespace {

constexpr std::size_t kMiB = std::size_t{1} << 20;

// Sums 8-byte signed counters. Anything else under a counter's key is corruption.
class CounterSum final : public rocksdb::AssociativeMergeOperator {
 public:
  bool Merge(const rocksdb::Slice& /*key*/, const rocksdb::Slice* existing,
             const rocksdb::Slice& value, std::string* out,
             rocksdb::Logger* /*log*/) const override {
    std::int64_t sum = 0, delta = 0;
    if (existing != nullptr && !DecodeCounter({existing->data(), existing->size()}, sum)) {
      return false;
    }
    if (!DecodeCounter({value.data(), value.size()}, delta)) return false;
    *out = EncodeCounter(sum + delta);
    return true;
  }
  const char* Name() const override { return "tupu.counter-sum"; }  // stored; never change
};

// RocksDB's own log is for debugging RocksDB; a reader must not write into the folder at all.
class NoLog final : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char* /*format*/, va_list /*arguments*/) override {}
};

// A quarter of the machine's memory, within bounds. It fills only as far as blocks are read. Where
// it is smaller than what is read at random, filters and blocks push each other out, and a look-up
// costs a hundred times as much.
std::size_t CacheBytes() {
  const long pages = sysconf(_SC_PHYS_PAGES);
  const long page = sysconf(_SC_PAGE_SIZE);
  if (pages <= 0 || page <= 0) return 128 * kMiB;
  const std::size_t memory = static_cast<std::size_t>(pages) * static_cast<std::size_t>(page);
  return std::clamp(memory / 4, 128 * kMiB, 2048 * kMiB);
}

// Blocks that are read for the first time are most of what small reads cost, and a good part of
// that is new memory.
class CacheMemory final : public rocksdb::MemoryAllocator {
 public:
  const char* Name() const override { return "tupu.slabs"; }
  void* Allocate(std::size_t size) override { return slabs_.Allocate(size); }
  void Deallocate(void* block) override { slabs_.Deallocate(block); }
  std::size_t UsableSize(void* block, std::size_t /*size*/) const override {
    return SlabAllocator::UsableSize(block);
  }

 private:
  SlabAllocator slabs_;
};

rocksdb::ColumnFamilyOptions FamilyOptions(Space space,
                                           const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::ColumnFamilyOptions options;
  options.compression = rocksdb::kLZ4Compression;  // costs less time than the bytes it saves
  // Levels sized from the last one: at most a tenth of the store is stale copies.
  options.level_compaction_dynamic_level_bytes = true;

  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.format_version = 5;
  table.cache_index_and_filter_blocks = true;  // memory stays within the cache's limit …
  table.cache_index_and_filter_blocks_with_high_priority = true;
  // … and those of open tables are at hand: two look-ups in the cache less for each key.
  table.metadata_cache_options.unpartitioned_pinning = rocksdb::PinningTier::kAll;
  table.block_size = 8 << 10;

  switch (space) {
    case Space::kMeta:
    case Space::kCounters:
      options.write_buffer_size = 1 * kMiB;  // a few hundred keys in all
      options.merge_operator = std::make_shared<CounterSum>();
      break;
    case Space::kText:
      // Chinese news: ZSTD halves what LZ4 leaves, and texts are read one at a time and rarely.
      options.compression = rocksdb::kZSTD;
      table.block_size = 32 << 10;  // several articles, so that the compressor sees some context
      options.write_buffer_size = 32 * kMiB;
      break;
    case Space::kStatements:
      table.block_size = 16 << 10;  // a block of statements is 1 to 4 KiB
      options.write_buffer_size = 32 * kMiB;
      table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));  // "is this document new?"
      break;
    case Space::kGraph:
    case Space::kIndex:
      // Most keys by far, written in random order: large buffers mean fewer rewrites. Most look-ups
      // of a build ask for what is not there yet: 10 bits a key answer 99 of 100 without a read,
      // and 2 % of the buffer as a bloom does the same for what is not on disk yet.
      options.write_buffer_size = 64 * kMiB;
      options.max_write_buffer_number = 3;
      options.memtable_prefix_bloom_size_ratio = 0.02;
      options.memtable_whole_key_filtering = true;
      table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
      // Batches come sorted; behind each other's place in the buffer keys are found at once.
      options.memtable_insert_with_hint_prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(1));
      options.prefix_extractor.reset(rocksdb::NewCappedPrefixTransform(BloomPrefix(space)));
      // One list, record or entry is read at a time, anywhere: smaller blocks are unpacked sooner.
      table.block_size = 4 << 10;
      // What does not change any more. Names repeat in the index, and ZSTD sees it; what a hop
      // reads is numbers, of which little can be saved, and LZ4 unpacks them three times as fast.
      if (space == Space::kIndex) options.bottommost_compression = rocksdb::kZSTD;
      break;
  }
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

}  // namespace

Error RocksError(const rocksdb::Status& status, const std::string& dir) {
  const std::string text = status.ToString();
  if (status.IsCorruption()) {
    return {ErrorCode::kCorruption, "the store is damaged (" + text + ")", dir};
  }
  if (status.IsIOError() && (text.find("lock file") != std::string::npos ||
                             text.find("lock hold") != std::string::npos)) {
    return {ErrorCode::kConflict, "another process is writing to this store", dir};
  }
  if (status.IsNoSpace()) return {ErrorCode::kIo, "no space left to write the store", dir};
  if (status.IsIOError()) return {ErrorCode::kIo, "cannot read or write the store: " + text, dir};
  if (status.IsInvalidArgument()) {
    return {ErrorCode::kInvalidInput, "this is not a store of tupu (" + text + ")", dir};
  }
  if (status.IsTryAgain() || status.IsBusy()) return {ErrorCode::kConflict, text, dir};
  return {ErrorCode::kIo, text, dir};
}

std::string_view SpaceName(Space space) {
  switch (space) {
    case Space::kMeta:
      return "default";  // RocksDB insists on a family of this name
    case Space::kText:
      return "text";
    case Space::kStatements:
      return "statements";
    case Space::kCounters:
      return "counters";
    case Space::kGraph:
      return "graph";
    case Space::kIndex:
      return "index";
  }
  return "default";
}

// Letter and number of a node or edge: the adjacency of a node, the supports of a node or edge.
std::size_t BloomPrefix(Space space) {
  return space == Space::kGraph || space == Space::kIndex ? 9 : 0;
}

void TuneTable(Space space, std::string_view first, rocksdb::Options& options) {
  if (space == Space::kIndex && first.starts_with(ValuePrefix())) {
    // Nodes by value are where queries begin: to unpack a block of ZSTD was half of a hop.
    options.bottommost_compression = rocksdb::kDisableCompressionOption;
  }
  if (space == Space::kGraph && first.starts_with(EdgePagePrefix())) {
    // What is on edges is read less often than where they lead, or all of it in a row; larger
    // blocks save here what LZ4 does not save above.
    auto table = *options.table_factory->GetOptions<rocksdb::BlockBasedTableOptions>();
    table.block_size = 16 << 10;
    options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  }
}

rocksdb::DBOptions RocksOptions(bool read_only) {
  rocksdb::DBOptions options;
  // Compaction by one thread, tables of what is in memory by two: at the end of a build that is all
  // there is left to do.
  options.max_background_compactions = 1;
  options.max_background_flushes = 2;
  options.allow_concurrent_memtable_write = false;  // one writer; insertion by hint insists
  // The write-ahead logs are kept for the buffer that is flushed least; beyond this it is flushed.
  options.max_total_wal_size = 256 * kMiB;
  options.db_write_buffer_size = 256 * kMiB;
  options.bytes_per_sync = 1 * kMiB;  // spreads the writing of large files
  options.info_log = std::make_shared<NoLog>();
  // A reader keeps every file open, so that those the writer drops stay readable. The writer
  // stays within the usual limit of 1024 descriptors.
  options.max_open_files = read_only ? -1 : 500;
  options.skip_stats_update_on_db_open = true;  // opening does not read every file
  options.max_file_opening_threads = 2;         // all are started, however few files there are
  return options;
}

std::vector<rocksdb::ColumnFamilyDescriptor> RocksFamilies() {
  rocksdb::LRUCacheOptions blocks;
  blocks.capacity = CacheBytes();
  blocks.memory_allocator = std::make_shared<CacheMemory>();
  const std::shared_ptr<rocksdb::Cache> cache = rocksdb::NewLRUCache(blocks);
  std::vector<rocksdb::ColumnFamilyDescriptor> out;
  for (int i = 0; i < kSpaces; ++i) {
    const auto space = static_cast<Space>(i);
    out.emplace_back(std::string(SpaceName(space)), FamilyOptions(space, cache));
  }
  return out;
}

}  // namespace tupu::graph
