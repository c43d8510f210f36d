// What rocks_kv.cpp needs of rocks_backup.cpp.
#pragma once

#include <filesystem>

#include "graph/store/backup.h"

namespace rocksdb {
class DB;
}

namespace tupu::graph {

// Adds the state of `db`, all of it flushed, as a new backup and drops all but the last `keep` (0:
// drops none).
Result<BackupInfo> BackUpRocks(rocksdb::DB& db, const std::filesystem::path& dir,
                               std::uint32_t keep);

}  // namespace tupu::graph
