// Backups: what is restored is what was there, and nothing else is touched.
#include <doctest/doctest.h>

#include <fstream>

#include "tests/graph/store/fixture.h"

namespace tupu::graph {
namespace {

namespace fs = std::filesystem;

std::vector<DocumentClaims> DocumentsFrom(int first, int count) {
  std::mt19937 random(static_cast<std::uint32_t>(first + 1));
  std::vector<DocumentClaims> out;
  for (int i = first; i < first + count; ++i) {
    out.push_back(RandomDocument(random, "文" + std::to_string(i)));
  }
  return out;
}

std::string DumpOf(const fs::path& dir) {
  const auto store = OpenStore(StoreKind::kRocks, dir, OpenMode::kReadWrite);
  const auto findings = store->Check();
  REQUIRE(findings.ok());
  CHECK(*findings == std::vector<std::string>{});
  return Dump(store->Snapshot());
}

std::uint64_t BytesBelow(const fs::path& dir) {
  std::uint64_t out = 0;
  for (const auto& entry : fs::recursive_directory_iterator(dir)) {
    if (entry.is_regular_file()) out += entry.file_size();
  }
  return out;
}

TEST_CASE("a backup restores the state it was made of") {
  const TempDir dir;
  std::vector<std::string> dumps;
  {
    const auto store = OpenStore(StoreKind::kRocks, dir / "s");
    for (int round = 0; round < 3; ++round) {
      REQUIRE(store->Apply(DocumentsFrom(round * 20, 30), "v" + std::to_string(round)).ok());
      if (round == 2) {
        const std::vector<std::string> ids = {"文1", "文50"};
        REQUIRE(store->Remove(ids, nullptr).ok());
      }
      const auto made = store->BackUp(dir / "b", 0);
      REQUIRE(made.ok());
      CHECK(made->number == static_cast<std::uint32_t>(round + 1));
      CHECK(made->bytes > 0);
      dumps.push_back(Dump(store->Snapshot()));
    }
  }
  CHECK(ListBackups(dir / "b")->size() == 3);
  for (std::uint32_t number : {1u, 2u, 3u}) {
    const fs::path to = dir / ("r" + std::to_string(number));
    REQUIRE(RestoreBackup(dir / "b", number, to).ok());
    CHECK(DumpOf(to) == dumps[number - 1]);
  }
  fs::create_directory(dir / "last");
  CHECK(RestoreBackup(dir / "b", 0, dir / "last")->number == 3);
  CHECK(DumpOf(dir / "last") == dumps.back());
  // A restored store is built on like any other.
  const auto store = OpenStore(StoreKind::kRocks, dir / "last", OpenMode::kReadWrite);
  CHECK(store->Apply(DocumentsFrom(90, 5), "v").ok());
}

TEST_CASE("a backup copies only what is new, and old ones go") {
  const TempDir dir;
  const auto store = OpenStore(StoreKind::kRocks, dir / "s");
  REQUIRE(store->Apply(DocumentsFrom(0, 200), "v").ok());
  REQUIRE(store->BackUp(dir / "b", 0).ok());
  const std::uint64_t one = BytesBelow(dir / "b");
  REQUIRE(store->BackUp(dir / "b", 0).ok());
  CHECK(BytesBelow(dir / "b") < one + one / 4);
  REQUIRE(store->Apply(DocumentsFrom(200, 1), "v").ok());
  const auto made = store->BackUp(dir / "b", 1);
  REQUIRE(made.ok());
  const auto left = ListBackups(dir / "b");
  REQUIRE(left.ok());
  REQUIRE(left->size() == 1);
  CHECK(left->front().number == made->number);
}

TEST_CASE("what stands in the way of a backup or a restoration is left alone") {
  const TempDir dir;
  const auto store = OpenStore(StoreKind::kRocks, dir / "s");
  REQUIRE(store->Apply(DocumentsFrom(0, 5), "v").ok());
  fs::create_directory(dir / "full");
  std::ofstream(dir / "full/file") << "文件";
  CHECK(store->BackUp(dir / "full", 0).error().code == ErrorCode::kInvalidInput);
  CHECK(store->BackUp(dir / "full/file", 0).error().code == ErrorCode::kInvalidInput);
  CHECK(store->BackUp(dir / "s", 0).error().code == ErrorCode::kInvalidInput);
  CHECK(ListBackups(dir / "none").error().code == ErrorCode::kNotFound);
  CHECK(ListBackups(dir / "full").error().code == ErrorCode::kInvalidInput);
  REQUIRE(store->BackUp(dir / "b", 0).ok());
  CHECK(RestoreBackup(dir / "b", 0, dir / "full").error().code == ErrorCode::kInvalidInput);
  CHECK(RestoreBackup(dir / "b", 9, dir / "new").error().code == ErrorCode::kNotFound);
  CHECK(!fs::exists(dir / "new"));
  CHECK(BytesBelow(dir / "full") == 6);
  CHECK(OpenStore(StoreKind::kMemory, {})->BackUp(dir / "m", 0).error().code ==
        ErrorCode::kInvalidInput);
}

TEST_CASE("a damaged backup is not restored") {
  const TempDir dir;
  {
    const auto store = OpenStore(StoreKind::kRocks, dir / "s");
    REQUIRE(store->Apply(DocumentsFrom(0, 30), "v").ok());
    REQUIRE(store->BackUp(dir / "b", 0).ok());
  }
  fs::path table;
  for (const auto& entry : fs::recursive_directory_iterator(dir / "b")) {
    if (entry.path().extension() == ".sst") table = entry.path();
  }
  REQUIRE(!table.empty());
  std::fstream file(table, std::ios::in | std::ios::out | std::ios::binary);
  file.seekg(100);
  const auto byte = static_cast<char>(file.get());
  file.seekp(100);
  file.put(static_cast<char>(byte ^ 1));
  file.close();
  CHECK(RestoreBackup(dir / "b", 0, dir / "r").error().code == ErrorCode::kCorruption);
  CHECK(!fs::exists(dir / "r"));
  fs::remove(table);
  CHECK(!RestoreBackup(dir / "b", 0, dir / "r").ok());
  CHECK(!fs::exists(dir / "r"));
}

TEST_CASE("compaction keeps the graph and gives room back") {
  const TempDir dir;
  std::string before;
  std::uint64_t bytes = 0;
  {
    const auto store = OpenStore(StoreKind::kRocks, dir / "s");
    REQUIRE(store->Apply(DocumentsFrom(0, 600), "v").ok());
    std::vector<std::string> ids;
    for (int i = 20; i < 600; ++i) ids.push_back("文" + std::to_string(i));
    REQUIRE(store->BackUp(dir / "b", 0).ok());  // flushes, so that there is something to give back
    bytes = BytesBelow(dir / "s");
    REQUIRE(store->Remove(ids, nullptr).ok());
    before = Dump(store->Snapshot());
    REQUIRE(store->Compact().ok());
    CHECK(Dump(store->Snapshot()) == before);
  }
  CHECK(DumpOf(dir / "s") == before);
  CHECK(BytesBelow(dir / "s") < bytes);
}

}  // namespace
}  // namespace tupu::graph
