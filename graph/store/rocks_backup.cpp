#include "graph/store/rocks_backup.h"

#include <rocksdb/db.h>
#include <rocksdb/utilities/backup_engine.h>

#include <memory>
#include <string>
#include <system_error>

#include "graph/store/rocks_options.h"

namespace tupu::graph {
namespace {

namespace fs = std::filesystem;

Error BackupError(const rocksdb::Status& status, const fs::path& dir) {
  if (status.IsCorruption() || status.IsNotFound()) {
    return {ErrorCode::kCorruption, "the backup is damaged (" + status.ToString() + ")",
            dir.string()};
  }
  return RocksError(status, dir.string());
}

Result<bool> IsEmptyOrMissing(const fs::path& dir) {
  std::error_code code;
  if (!fs::exists(dir, code) && !code) return true;
  if (!code && !fs::is_directory(dir, code)) {
    return Error{ErrorCode::kInvalidInput, "expected a folder", dir.string()};
  }
  const bool empty = !code && fs::is_empty(dir, code);
  if (code) return Error{ErrorCode::kIo, code.message(), dir.string()};
  return empty;
}

// Only ever in a folder of backups: the engine writes its own files into whatever it is given.
Status CheckIsBackup(const fs::path& dir) {
  std::error_code code;
  if (!fs::exists(dir, code)) {
    return Error{ErrorCode::kNotFound, "there is no backup here", dir.string()};
  }
  for (const char* part : {"meta", "private", "shared_checksum"}) {
    if (!fs::is_directory(dir / part, code)) {
      return Error{ErrorCode::kInvalidInput,
                   "the folder holds no backups: expected one that `backup` made, or for a new "
                   "one an empty folder or none",
                   dir.string()};
    }
  }
  return {};
}

// An engine with the log that it writes to, which must outlive it.
template <class Kind>
struct Opened {
  std::shared_ptr<rocksdb::Logger> log;
  std::unique_ptr<Kind> engine;
};

template <class Kind>
Result<Opened<Kind>> OpenEngine(const fs::path& dir) {
  Opened<Kind> out;
  out.log = RocksOptions(true).info_log;
  rocksdb::BackupEngineOptions options(dir.string());
  options.info_log = out.log.get();
  options.share_table_files = true;
  options.share_files_with_checksum = true;  // files of another store are never taken for ours
  options.sync = true;
  Kind* engine = nullptr;
  const rocksdb::Status status = Kind::Open(options, rocksdb::Env::Default(), &engine);
  if (!status.ok()) return BackupError(status, dir);
  out.engine.reset(engine);
  return out;
}

BackupInfo ToInfo(const rocksdb::BackupInfo& info) {
  return {info.backup_id, info.timestamp, info.size};
}

}  // namespace

Result<BackupInfo> BackUpRocks(rocksdb::DB& db, const fs::path& dir, std::uint32_t keep) {
  TUPU_ASSIGN(const bool fresh, IsEmptyOrMissing(dir));
  if (!fresh) TUPU_TRY(CheckIsBackup(dir));
  std::error_code code;
  fs::create_directories(dir, code);
  if (code)
    return Error{ErrorCode::kIo, "cannot create the folder: " + code.message(), dir.string()};
  TUPU_ASSIGN(const auto opened, OpenEngine<rocksdb::BackupEngine>(dir));
  rocksdb::CreateBackupOptions how;
  how.flush_before_backup = true;  // then no log is needed, and all families are of one commit
  rocksdb::BackupID number = 0;
  rocksdb::Status status = opened.engine->CreateNewBackup(how, &db, &number);
  if (status.ok() && keep > 0) status = opened.engine->PurgeOldBackups(keep);
  if (!status.ok()) return BackupError(status, dir);
  rocksdb::BackupInfo info;
  status = opened.engine->GetBackupInfo(number, &info);
  if (!status.ok()) return BackupError(status, dir);
  return ToInfo(info);
}

Result<std::vector<BackupInfo>> ListBackups(const fs::path& dir) {
  TUPU_TRY(CheckIsBackup(dir));
  TUPU_ASSIGN(const auto opened, OpenEngine<rocksdb::BackupEngineReadOnly>(dir));
  std::vector<rocksdb::BackupInfo> found;
  opened.engine->GetBackupInfo(&found);
  std::vector<BackupInfo> out;
  for (const rocksdb::BackupInfo& info : found) out.push_back(ToInfo(info));
  return out;
}

Result<BackupInfo> RestoreBackup(const fs::path& dir, std::uint32_t number, const fs::path& to) {
  TUPU_ASSIGN(const std::vector<BackupInfo> backups, ListBackups(dir));
  const BackupInfo* chosen = nullptr;
  for (const BackupInfo& backup : backups) {
    if (number == 0 || backup.number == number) chosen = &backup;
  }
  if (chosen == nullptr) {
    return Error{ErrorCode::kNotFound,
                 number == 0 ? "there is no whole backup here"
                             : "there is no whole backup " + std::to_string(number),
                 dir.string()};
  }
  TUPU_ASSIGN(const bool free, IsEmptyOrMissing(to));
  if (!free) {
    return Error{ErrorCode::kInvalidInput,
                 "something is there already: expected an empty folder or none", to.string()};
  }
  TUPU_ASSIGN(const auto opened, OpenEngine<rocksdb::BackupEngineReadOnly>(dir));
  rocksdb::Status status = opened.engine->VerifyBackup(chosen->number, true);
  if (!status.ok()) return BackupError(status, dir);
  // Beside its place first, so that what is interrupted is not taken for a store.
  std::string name = fs::absolute(to).lexically_normal().string();
  while (name.size() > 1 && name.back() == '/') name.pop_back();
  const fs::path half = name + ".restoring";
  std::error_code code;
  fs::remove_all(half, code);
  if (!code) fs::create_directories(half, code);
  if (code)
    return Error{ErrorCode::kIo, "cannot create the folder: " + code.message(), half.string()};
  status = opened.engine->RestoreDBFromBackup(chosen->number, half.string(), half.string());
  if (status.ok()) {
    fs::rename(half, name, code);
    if (!code) return *chosen;
  }
  std::error_code ignored;
  fs::remove_all(half, ignored);
  if (!status.ok()) return BackupError(status, dir);
  return Error{ErrorCode::kIo, "cannot put the store in its place: " + code.message(), name};
}

}  // namespace tupu::graph
