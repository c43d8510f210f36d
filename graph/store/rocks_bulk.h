// Bulk writes to RocksDB: sorted tables written beside the database and taken in at one stroke.
#pragma once

#include <rocksdb/db.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "graph/store/kv.h"

namespace tupu::graph {

// The folder below the database's in which such tables come to be; what is in it when nobody is
// loading is rubbish.
std::string BulkDir(const std::string& dir);

struct RocksBulkHost {
  std::shared_ptr<void> owner;  // keeps the database open
  rocksdb::DB* db = nullptr;
  std::string dir;
  std::vector<rocksdb::ColumnFamilyHandle*> families;  // by space
  std::string stamp;                                   // of the state with the bulk in it
  std::function<Status()> done;                        // once it is in
};
Result<std::unique_ptr<KvBulk>> BeginRocksBulk(RocksBulkHost host);

}  // namespace tupu::graph
