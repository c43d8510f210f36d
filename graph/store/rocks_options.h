// How RocksDB is set up: one place for every number, each with its reason.
#pragma once

#include <rocksdb/db.h>

#include <string>
#include <string_view>
#include <vector>

#include "graph/store/kv.h"

namespace tupu::graph {

inline rocksdb::Slice ToSlice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }
inline std::string_view ToView(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

// `dir` is where it happened.
Error RocksError(const rocksdb::Status& status, const std::string& dir);

// The column family of a space.
std::string_view SpaceName(Space space);

rocksdb::DBOptions RocksOptions(bool read_only);
// Changes the options of a table that a bulk load writes, by the first key that goes into it, where
// it is read in another way than most of its space. Once compacted it is as the others are.
void TuneTable(Space space, std::string_view first, rocksdb::Options& options);

// One descriptor a space, in the order of Space. They share one block cache.
std::vector<rocksdb::ColumnFamilyDescriptor> RocksFamilies();

// Length of the prefixes that blooms are kept for in a space; 0: none.
std::size_t BloomPrefix(Space space);

}  // namespace tupu::graph
