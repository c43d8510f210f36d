// Backups of a store on disk: a folder of numbered states that share the files they have in common,
// so that a new one costs what has changed since the last (RocksDB's BackupEngine).
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "graph/base/error.h"

namespace tupu::graph {

struct BackupInfo {
  std::uint32_t number = 0;  // from 1, rising
  std::int64_t seconds = 0;  // when it was made, since 1970
  std::uint64_t bytes = 0;   // of the state, shared files counted whole
};

// The backups in `dir`, oldest first; those that lack a file are left out. kNotFound where there is
// no such folder, kInvalidInput where it holds something else.
Result<std::vector<BackupInfo>> ListBackups(const std::filesystem::path& dir);

// Makes a store of backup `number` (0: the last) at `to`, which must be missing or an empty folder:
// whole or not at all. Every file is held against its checksum first; a damaged one is kCorruption.
Result<BackupInfo> RestoreBackup(const std::filesystem::path& dir, std::uint32_t number,
                                 const std::filesystem::path& to);

}  // namespace tupu::graph
