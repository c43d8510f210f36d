// Opening a store: what can be in the way, and readers beside a writer.
#include <doctest/doctest.h>
#include <rocksdb/db.h>

#include <atomic>
#include <fstream>
#include <random>
#include <thread>

#include "graph/base/coding.h"
#include "graph/store/keys.h"
#include "tests/graph/store/fixture.h"

namespace tupu::graph {
namespace {

namespace fs = std::filesystem;

void WriteFile(const fs::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

ErrorCode CodeOf(const fs::path& dir, OpenMode mode) {
  const auto store = Store::Open(dir, mode, TestSchema());
  REQUIRE(!store.ok());
  CHECK(store.error().where == dir.string());
  CHECK(!store.error().message.empty());
  return store.error().code;
}

std::vector<DocumentClaims> SomeDocuments(int count, std::uint32_t seed = 1) {
  std::mt19937 random(seed);
  std::vector<DocumentClaims> out;
  for (int i = 0; i < count; ++i) out.push_back(RandomDocument(random, "文" + std::to_string(i)));
  return out;
}

TEST_CASE("a path that holds no store") {
  const TempDir dir;
  CHECK(CodeOf(dir / "none", OpenMode::kReadOnly) == ErrorCode::kNotFound);
  CHECK(CodeOf(dir / "none", OpenMode::kReadWrite) == ErrorCode::kNotFound);
  CHECK(!fs::exists(dir / "none"));
  WriteFile(dir / "file", "文件");
  for (OpenMode mode : {OpenMode::kCreate, OpenMode::kReadWrite, OpenMode::kReadOnly}) {
    CHECK(CodeOf(dir / "file", mode) == ErrorCode::kInvalidInput);
    CHECK(CodeOf(dir.path(), mode) == ErrorCode::kInvalidInput);
  }
  CHECK(fs::file_size(dir / "file") == 6);
  CHECK(Store::Open(dir / "deep/er", OpenMode::kCreate, TestSchema()).ok());
}

TEST_CASE("a folder whose first commit never happened is an empty store") {
  const TempDir dir;
  fs::create_directories(dir / "empty");
  fs::create_directories(dir / "interrupted");
  WriteFile(dir / "interrupted/LOCK", "");
  WriteFile(dir / "interrupted/MANIFEST-000001", "half");
  OpenStore(StoreKind::kRocks, dir / "opened").reset();
  for (const char* name : {"empty", "interrupted", "opened"}) {
    CAPTURE(name);
    const auto reader = OpenStore(StoreKind::kRocks, dir / name, OpenMode::kReadOnly);
    CHECK(reader->Snapshot().Counts()->documents == 0);
    CHECK(reader->Check()->empty());
    const auto documents = SomeDocuments(1);
    const auto applied = reader->Apply(documents, "v");
    REQUIRE(!applied.ok());
    CHECK(applied.error().code == ErrorCode::kInvalidInput);
    const auto writer = OpenStore(StoreKind::kRocks, dir / name, OpenMode::kReadWrite);
    CHECK(writer->Apply(documents, "v").ok());
    CHECK(writer->Check()->empty());
  }
}

TEST_CASE("what was committed is there after closing") {
  const TempDir dir;
  std::string dump;
  {
    const auto store = OpenStore(StoreKind::kRocks, dir / "s");
    REQUIRE(store->Apply(SomeDocuments(10), "v").ok());
    dump = Dump(store->Snapshot());
  }
  for (OpenMode mode : {OpenMode::kReadOnly, OpenMode::kReadWrite, OpenMode::kCreate}) {
    const auto store = OpenStore(StoreKind::kRocks, dir / "s", mode);
    CHECK(Dump(store->Snapshot()) == dump);
    CHECK(store->Check()->empty());
  }
}

TEST_CASE("a second writer is refused, readers are not, and they see the last commit") {
  const TempDir dir;
  const auto writer = OpenStore(StoreKind::kRocks, dir / "s");
  const auto documents = SomeDocuments(12);
  for (std::size_t i = 0; i < documents.size(); ++i) {
    CHECK(CodeOf(dir / "s", OpenMode::kReadWrite) == ErrorCode::kConflict);
    CHECK(CodeOf(dir / "s", OpenMode::kCreate) == ErrorCode::kConflict);
    REQUIRE(writer->Apply(std::span(documents).subspan(i, 1), "v").ok());
    const auto reader = OpenStore(StoreKind::kRocks, dir / "s", OpenMode::kReadOnly);
    CHECK(Dump(reader->Snapshot()) == Dump(writer->Snapshot()));
  }
  const auto reader = OpenStore(StoreKind::kRocks, dir / "s", OpenMode::kReadOnly);
  const std::string before = Dump(reader->Snapshot());
  REQUIRE(writer->Remove(std::vector<std::string>{"文0"}, nullptr).ok());
  CHECK(Dump(reader->Snapshot()) == before);  // as of its opening
}

TEST_CASE("readers come and go while a writer works: each sees whole commits") {
  const TempDir dir;
  const auto writer = OpenStore(StoreKind::kRocks, dir / "s");
  std::atomic<bool> done{false};
  std::thread writing([&] {
    std::mt19937 random(3);
    for (int i = 0; i < 150; ++i) {
      std::vector<DocumentClaims> batch;
      for (int j = 0; j < 3; ++j) {
        batch.push_back(RandomDocument(random, "文" + std::to_string(i * 3 + j)));
      }
      if (!writer->Apply(batch, "v").ok()) break;
    }
    done = true;
  });
  int opened = 0;
  std::uint64_t last = 0;
  do {
    const auto reader = Store::Open(dir / "s", OpenMode::kReadOnly, TestSchema());
    REQUIRE_MESSAGE(reader.ok(), (reader.ok() ? "" : reader.error().ToString()));
    const auto findings = (*reader)->Check();
    REQUIRE(findings.ok());
    CHECK(*findings == std::vector<std::string>{});
    const std::uint64_t documents = (*reader)->Snapshot().Counts()->documents;
    CHECK(documents % 3 == 0);
    CHECK(documents >= last);
    last = documents;
    ++opened;
  } while (!done);
  writing.join();
  CHECK(opened > 0);
  CHECK(writer->Snapshot().Counts()->documents == 450);
}

TEST_CASE("damaged files are reported, not read past") {
  const TempDir dir;
  {
    const auto store = OpenStore(StoreKind::kRocks, dir / "s");
    REQUIRE(store->Apply(SomeDocuments(30), "v").ok());
  }
  // Reopening writes the log into tables.
  OpenStore(StoreKind::kRocks, dir / "s", OpenMode::kReadWrite).reset();
  const auto spoil = [&](const char* name, const auto& how) {
    fs::remove_all(dir / name);
    fs::copy(dir / "s", dir / name, fs::copy_options::recursive);
    for (const auto& entry : fs::directory_iterator(dir / name)) how(entry.path());
  };
  const auto starts = [](const fs::path& path, std::string_view with) {
    return path.filename().string().starts_with(with);
  };
  spoil("manifest", [&](const fs::path& path) {
    if (starts(path, "MANIFEST")) WriteFile(path, "这不是清单");
  });
  CHECK(CodeOf(dir / "manifest", OpenMode::kReadWrite) == ErrorCode::kCorruption);
  CHECK(CodeOf(dir / "manifest", OpenMode::kReadOnly) == ErrorCode::kCorruption);

  int tables = 0;
  spoil("missing", [&](const fs::path& path) {
    if (path.extension() == ".sst") tables += static_cast<int>(fs::remove(path));
  });
  REQUIRE(tables > 0);
  CHECK(CodeOf(dir / "missing", OpenMode::kReadWrite) == ErrorCode::kCorruption);
  CHECK(!Store::Open(dir / "missing", OpenMode::kReadOnly, TestSchema()).ok());

  spoil("bits", [&](const fs::path& path) {
    if (path.extension() != ".sst") return;
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    for (std::uintmax_t pos = 20; pos < fs::file_size(path) / 2; pos += 40) {
      file.seekp(static_cast<std::streamoff>(pos));
      file.put('\x5a');
    }
  });
  const auto store = Store::Open(dir / "bits", OpenMode::kReadOnly, TestSchema());
  if (store.ok()) {
    const auto findings = (*store)->Check();
    CHECK((!findings.ok() || !findings->empty()));
    if (!findings.ok()) CHECK(findings.error().code == ErrorCode::kCorruption);
  } else {
    CHECK(store.error().code == ErrorCode::kCorruption);
  }
}

TEST_CASE("a table that is cut off or gone is told, whatever stands in the log behind it") {
  const TempDir dir;
  const auto documents = SomeDocuments(12);
  {
    const auto store = OpenStore(StoreKind::kRocks, dir / "s");
    REQUIRE(store->Apply(std::span(documents).first(10), "v").ok());
    REQUIRE(store->Compact().ok());
  }
  {
    const auto store = OpenStore(StoreKind::kRocks, dir / "s", OpenMode::kReadWrite);
    REQUIRE(store->Apply(std::span(documents).last(2), "v").ok());
  }
  int tables = 0;
  for (const auto& entry : fs::directory_iterator(dir / "s")) {
    if (entry.path().extension() != ".sst") continue;
    ++tables;
    CAPTURE(entry.path().filename().string());
    fs::remove_all(dir / "hurt");
    fs::copy(dir / "s", dir / "hurt", fs::copy_options::recursive);
    const fs::path table = (dir / "hurt") / entry.path().filename();
    fs::resize_file(table, fs::file_size(table) / 2);
    CHECK(CodeOf(dir / "hurt", OpenMode::kReadOnly) == ErrorCode::kCorruption);
    fs::remove(table);
    CHECK_FALSE(Store::Open(dir / "hurt", OpenMode::kReadOnly, TestSchema()).ok());
  }
  CHECK(tables >= kSpaces - 1);
}

TEST_CASE("after much writing the log is left short, so that opening is quick") {
  const TempDir dir;
  {
    auto kv = OpenRocksKv(dir / "s", OpenMode::kCreate);
    REQUIRE(kv.ok());
    for (int i = 0; i < 6; ++i) {
      KvBatch batch;
      batch.Put(Space::kText, "k" + std::to_string(i), std::string(1 << 20, 'x'));
      REQUIRE((*kv)->Write(batch, false).ok());
    }
  }
  std::uintmax_t logs = 0;
  for (const auto& entry : fs::directory_iterator(dir / "s")) {
    if (entry.path().extension() == ".log") logs += entry.file_size();
  }
  CHECK(logs < 100000);
  auto kv = OpenRocksKv(dir / "s", OpenMode::kReadOnly);
  REQUIRE(kv.ok());
  CHECK((*kv)->Snapshot()->Get(Space::kText, "k5").value()->size() == 1 << 20);
}

TEST_CASE("a store of another format is refused by its version; another database too") {
  const TempDir dir;
  const auto write = [&](const char* name, const std::string& key, std::string_view value) {
    auto kv = OpenRocksKv(dir / name, OpenMode::kCreate);
    REQUIRE(kv.ok());
    KvBatch batch;
    batch.Put(Space::kMeta, key, value);
    REQUIRE((*kv)->Write(batch, true).ok());
  };
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* other = nullptr;
  REQUIRE(rocksdb::DB::Open(options, (dir / "other").string(), &other).ok());
  REQUIRE(other->Put(rocksdb::WriteOptions(), "k", "v").ok());
  delete other;
  for (OpenMode mode : {OpenMode::kCreate, OpenMode::kReadWrite, OpenMode::kReadOnly}) {
    CHECK(CodeOf(dir / "other", mode) == ErrorCode::kInvalidInput);
  }
  std::vector<std::string> families;
  REQUIRE(rocksdb::DB::ListColumnFamilies(options, (dir / "other").string(), &families).ok());
  CHECK(families == std::vector<std::string>{"default"});  // left as it was

  std::string later;
  PutVarint(later, 7);
  write("later", FormatKey(), later);
  write("broken", FormatKey(), "\xff");
  write("foreign", "somebody's key", "x");
  CHECK(CodeOf(dir / "later", OpenMode::kReadOnly) == ErrorCode::kInvalidInput);
  CHECK(Store::Open(dir / "later", OpenMode::kReadOnly, TestSchema())
            .error()
            .message.find("version 7") != std::string::npos);
  CHECK(CodeOf(dir / "broken", OpenMode::kReadWrite) == ErrorCode::kCorruption);
  CHECK(CodeOf(dir / "foreign", OpenMode::kReadWrite) == ErrorCode::kInvalidInput);
}

}  // namespace
}  // namespace tupu::graph
