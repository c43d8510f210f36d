// The contract of kv.h, over both implementations.
#include "graph/store/kv.h"

#include <doctest/doctest.h>

#include <map>
#include <random>
#include <string>
#include <thread>

#include "tests/graph/store/fixture.h"

namespace tupu::graph {
namespace {

struct Opened {
  TempDir dir;
  std::unique_ptr<KvStore> kv;
};

std::unique_ptr<Opened> Open(StoreKind kind) {
  auto out = std::make_unique<Opened>();
  if (kind == StoreKind::kMemory) {
    out->kv = OpenMemKv();
  } else {
    auto kv = OpenRocksKv(out->dir / "kv", OpenMode::kCreate);
    REQUIRE_MESSAGE(kv.ok(), (kv.ok() ? "" : kv.error().ToString()));
    out->kv = std::move(kv).value();
  }
  return out;
}

void ForBoth(void (*test)(KvStore&)) {
  for (StoreKind kind : {StoreKind::kMemory, StoreKind::kRocks}) {
    CAPTURE(static_cast<int>(kind));
    test(*Open(kind)->kv);
  }
}

using Pairs = std::vector<std::pair<std::string, std::string>>;

Pairs ScanAll(const KvSnapshot& kv, Space space, std::string_view prefix,
              std::string_view start = {}) {
  Pairs out;
  const auto cursor = kv.Scan(space, prefix, start);
  for (; cursor->Valid(); cursor->Next()) out.emplace_back(cursor->key(), cursor->value());
  CHECK(cursor->status().ok());
  return out;
}

std::string StoredAt(const KvSnapshot& kv, Space space, std::string_view key) {
  const auto found = kv.Get(space, key);
  REQUIRE(found.ok());
  return found->value_or("(none)");
}

std::int64_t GetCounter(const KvSnapshot& kv, std::string_view key) {
  const auto found = kv.Get(Space::kCounters, key);
  REQUIRE(found.ok());
  std::int64_t out = 0;
  if (*found) CHECK(DecodeCounter(**found, out));
  return out;
}

TEST_CASE("kv: what a batch must not hold") {
  KvBatch batch;
  CHECK_THROWS_AS(batch.Put(Space::kMeta, "", "x"), InternalError);
  CHECK_THROWS_AS(batch.Put(Space::kCounters, "k", "x"), InternalError);
  CHECK_THROWS_AS(batch.Add(Space::kGraph, "k", 1), InternalError);
  CHECK(batch.empty());
}

TEST_CASE("kv: put, get, delete; the last write of a batch stands") {
  ForBoth([](KvStore& kv) {
    CHECK(StoredAt(*kv.Snapshot(), Space::kGraph, "a") == "(none)");
    KvBatch batch;
    batch.Put(Space::kGraph, "a", "1");
    batch.Put(Space::kIndex, "a", "other space");
    batch.Put(Space::kGraph, "b", "");
    batch.Delete(Space::kGraph, "c");
    batch.Put(Space::kGraph, "d", "old");
    batch.Delete(Space::kGraph, "d");
    batch.Delete(Space::kGraph, "e");
    batch.Put(Space::kGraph, "e", "new");
    batch.Put(Space::kGraph, "e", "newer");
    batch.Put(Space::kGraph, std::string("\0\xff", 2), std::string("\0", 1));
    REQUIRE(kv.Write(batch, true).ok());
    const auto snapshot = kv.Snapshot();
    CHECK(StoredAt(*snapshot, Space::kGraph, "a") == "1");
    CHECK(StoredAt(*snapshot, Space::kIndex, "a") == "other space");
    CHECK(StoredAt(*snapshot, Space::kGraph, "b") == "");
    CHECK(StoredAt(*snapshot, Space::kGraph, "c") == "(none)");
    CHECK(StoredAt(*snapshot, Space::kGraph, "d") == "(none)");
    CHECK(StoredAt(*snapshot, Space::kGraph, "e") == "newer");
    CHECK(StoredAt(*snapshot, Space::kGraph, std::string_view("\0\xff", 2)) ==
          std::string("\0", 1));
    CHECK(StoredAt(*snapshot, Space::kText, "a") == "(none)");
  });
}

TEST_CASE("kv: many keys at once, in the order asked, repeated and missing ones too") {
  ForBoth([](KvStore& kv) {
    KvBatch batch;
    std::vector<std::string> keys;
    for (int i = 0; i < 100; ++i) {
      const std::string key = "k" + std::to_string(i * 37 % 100);
      if (i % 3 != 0) batch.Put(Space::kIndex, key, "v" + key);
      keys.push_back(key);
      if (i % 10 == 0) keys.push_back(key);
    }
    REQUIRE(kv.Write(batch, false).ok());
    const auto snapshot = kv.Snapshot();
    std::vector<std::optional<std::string>> values = {"left over"};
    REQUIRE(snapshot->MultiGet(Space::kIndex, keys, values).ok());
    REQUIRE(values.size() == keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
      CHECK(values[i].value_or("(none)") == StoredAt(*snapshot, Space::kIndex, keys[i]));
    }
    REQUIRE(snapshot->MultiGet(Space::kIndex, {}, values).ok());
    CHECK(values.empty());
  });
}

TEST_CASE("kv: scans are in byte order, within a prefix, from a start") {
  ForBoth([](KvStore& kv) {
    KvBatch batch;
    const std::string high = "\xff\xff";
    for (const std::string& key :
         {std::string("b"), std::string("a"), std::string("ab"), std::string("a\0c", 3),
          std::string("a\xff"), std::string("longer than any bloom prefix 1"),
          std::string("longer than any bloom prefix 2"), std::string("longer than"), high,
          high + "x"}) {
      batch.Put(Space::kGraph, key, key);
      batch.Put(Space::kIndex, key, key);
      batch.Put(Space::kStatements, key, key);
    }
    REQUIRE(kv.Write(batch, false).ok());
    const auto snapshot = kv.Snapshot();
    const auto keys = [&](Space space, std::string_view prefix, std::string_view start = {}) {
      std::vector<std::string> out;
      for (auto& [key, value] : ScanAll(*snapshot, space, prefix, start)) {
        CHECK(key == value);
        out.push_back(key);
      }
      return out;
    };
    using Keys = std::vector<std::string>;
    for (Space space : {Space::kGraph, Space::kIndex, Space::kStatements}) {
      CAPTURE(static_cast<int>(space));
      CHECK(keys(space, "").size() == 10);
      CHECK(keys(space, "").front() == "a");
      CHECK(keys(space, "").back() == high + "x");
      CHECK(keys(space, "a") == Keys{"a", std::string("a\0c", 3), "ab", "a\xff"});
      CHECK(keys(space, "a", "ab") == Keys{"ab", "a\xff"});
      CHECK(keys(space, "a", "aa") == Keys{"ab", "a\xff"});
      CHECK(keys(space, "a", "A") == keys(space, "a"));
      CHECK(keys(space, "a", "b") == Keys{});
      CHECK(keys(space, "a", "a\xff\xff") == Keys{});
      CHECK(keys(space, "c") == Keys{});
      CHECK(keys(space, high) == Keys{high, high + "x"});
      CHECK(keys(space, "longer than any bloom prefix") ==
            Keys{"longer than any bloom prefix 1", "longer than any bloom prefix 2"});
      CHECK(keys(space, "longer than any bloom prefix", "longer than any bloom prefix 2") ==
            Keys{"longer than any bloom prefix 2"});
      CHECK(keys(space, "longer than").size() == 3);
      CHECK(keys(space, "", "b").front() == "b");
    }
    CHECK(keys(Space::kText, "") == Keys{});
  });
}

TEST_CASE("kv: counters add up and are absent at 0") {
  ForBoth([](KvStore& kv) {
    KvBatch batch;
    batch.Add(Space::kCounters, "n", 5);
    batch.Add(Space::kCounters, "n", -2);
    batch.Add(Space::kCounters, "zero", 3);
    batch.Add(Space::kCounters, "zero", -3);
    batch.Add(Space::kCounters, "never", 0);
    batch.Add(Space::kCounters, "minus", -1);
    REQUIRE(kv.Write(batch, false).ok());
    const auto before = kv.Snapshot();
    CHECK(GetCounter(*before, "n") == 3);
    CHECK(GetCounter(*before, "minus") == -1);
    CHECK(ScanAll(*before, Space::kCounters, "") ==
          Pairs{{"minus", EncodeCounter(-1)}, {"n", EncodeCounter(3)}});
    CHECK(StoredAt(*before, Space::kCounters, "zero") == "(none)");
    std::vector<std::optional<std::string>> values;
    const std::vector<std::string> keys = {"zero", "n"};
    REQUIRE(before->MultiGet(Space::kCounters, keys, values).ok());
    CHECK(!values[0]);
    CHECK(values[1]);

    batch.Clear();
    batch.Add(Space::kCounters, "n", -3);
    batch.Add(Space::kCounters, "minus", INT64_MAX);
    REQUIRE(kv.Write(batch, false).ok());
    CHECK(StoredAt(*kv.Snapshot(), Space::kCounters, "n") == "(none)");
    CHECK(GetCounter(*kv.Snapshot(), "minus") == INT64_MAX - 1);
    batch.Clear();
    batch.Delete(Space::kCounters, "minus");
    batch.Add(Space::kCounters, "minus", 4);
    REQUIRE(kv.Write(batch, false).ok());
    CHECK(GetCounter(*kv.Snapshot(), "minus") == 4);
  });
}

TEST_CASE("kv: a snapshot stands still, outlives the store and serves several threads") {
  for (StoreKind kind : {StoreKind::kMemory, StoreKind::kRocks}) {
    auto opened = Open(kind);
    KvBatch batch;
    for (int i = 0; i < 200; ++i) batch.Put(Space::kGraph, "k" + std::to_string(i), "old");
    REQUIRE(opened->kv->Write(batch, false).ok());
    auto snapshot = opened->kv->Snapshot();
    auto cursor = snapshot->Scan(Space::kGraph, "");
    batch.Clear();
    for (int i = 0; i < 200; ++i) {
      if (i % 2 == 0) batch.Delete(Space::kGraph, "k" + std::to_string(i));
      if (i % 2 == 1) batch.Put(Space::kGraph, "k" + std::to_string(i), "new");
      batch.Put(Space::kGraph, "l" + std::to_string(i), "new");
    }
    REQUIRE(opened->kv->Write(batch, false).ok());
    CHECK(ScanAll(*opened->kv->Snapshot(), Space::kGraph, "").size() == 300);
    opened->kv.reset();

    int seen = 0;
    for (; cursor->Valid(); cursor->Next()) seen += cursor->value() == "old" ? 1 : 1000;
    CHECK(seen == 200);
    cursor.reset();
    std::vector<std::thread> threads;
    std::vector<std::size_t> sizes(4);
    for (std::size_t t = 0; t < sizes.size(); ++t) {
      threads.emplace_back([&, t] {
        const auto own = snapshot->Scan(Space::kGraph, "k");
        for (; own->Valid(); own->Next()) sizes[t] += own->value() == "old" ? 1 : 1000;
      });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(sizes == std::vector<std::size_t>(4, 200));
    snapshot.reset();
  }
}

TEST_CASE("kv: a bulk comes in at one stroke; one that is given up leaves nothing") {
  ForBoth([](KvStore& kv) {
    constexpr int kKeys = 20000;
    const auto key = [](char run, int i) { return run + std::to_string(kKeys + i); };
    const auto value = [](int i) { return std::string(100, 'v') + std::to_string(i); };
    const auto fill = [&](KvBulk& bulk) {  // two runs in turn, each of some MiB
      KvRun& a = bulk.NewRun(Space::kGraph);
      KvRun& b = bulk.NewRun(Space::kGraph);
      for (int i = 0; i < kKeys; ++i) {
        REQUIRE(a.Put(key('a', i), value(i)).ok());
        REQUIRE(b.Put(key('b', i), value(-i)).ok());
      }
      REQUIRE(a.Finish().ok());
    };
    {
      auto bulk = kv.BeginBulk();
      REQUIRE(bulk.ok());
      fill(**bulk);
    }
    CHECK(ScanAll(*kv.Snapshot(), Space::kGraph, "a").empty());
    auto bulk = kv.BeginBulk();
    REQUIRE(bulk.ok());
    fill(**bulk);
    CHECK(ScanAll(*kv.Snapshot(), Space::kGraph, "a").empty());
    KvBatch batch;
    batch.Put(Space::kMeta, "m", "1");
    batch.Add(Space::kCounters, "n", kKeys);
    REQUIRE((*bulk)->Commit(batch).ok());
    const auto snapshot = kv.Snapshot();
    for (const char run : {'a', 'b'}) {
      const Pairs pairs = ScanAll(*snapshot, Space::kGraph, std::string(1, run));
      REQUIRE(pairs.size() == kKeys);
      int wrong = 0;
      for (int i = 0; i < kKeys; ++i) {
        const auto& pair = pairs[static_cast<std::size_t>(i)];
        wrong += pair.first == key(run, i) && pair.second == value(run == 'a' ? i : -i) ? 0 : 1;
      }
      CHECK(wrong == 0);
    }
    CHECK(StoredAt(*snapshot, Space::kMeta, "m") == "1");
    CHECK(GetCounter(*snapshot, "n") == kKeys);
  });
}

TEST_CASE("kv: keys of a run that do not ascend are an error, at the latest when it ends") {
  const auto opened = Open(StoreKind::kRocks);
  auto bulk = opened->kv->BeginBulk();
  REQUIRE(bulk.ok());
  KvRun& run = (*bulk)->NewRun(Space::kGraph);
  Status status;
  for (int i = 0; i < 20000 && status.ok(); ++i) {
    status = run.Put("k" + std::to_string(2000 + i % 7000), std::string(100, 'v'));
  }
  if (status.ok()) status = run.Finish();
  CHECK_FALSE(status.ok());
}

TEST_CASE("kv: random writes against a plain map") {
  for (StoreKind kind : {StoreKind::kMemory, StoreKind::kRocks}) {
    const auto opened = Open(kind);
    std::mt19937 random(20260225);
    std::map<std::string, std::string> model;
    std::vector<std::pair<std::shared_ptr<const KvSnapshot>, Pairs>> snapshots;
    for (int round = 0; round < 60; ++round) {
      KvBatch batch;
      for (unsigned i = 0; i < random() % 40; ++i) {
        std::string key;
        for (unsigned j = 0; j < 1 + random() % 12; ++j) {
          key += static_cast<char>(random() % 3 == 0 ? 0xff : random() % 3);
        }
        if (random() % 3 == 0) {
          batch.Delete(Space::kIndex, key);
          model.erase(key);
        } else {
          batch.Put(Space::kIndex, key, std::to_string(round));
          model[key] = std::to_string(round);
        }
      }
      REQUIRE(opened->kv->Write(batch, false).ok());
      snapshots.emplace_back(opened->kv->Snapshot(), Pairs(model.begin(), model.end()));
    }
    for (const auto& [snapshot, expected] : snapshots) {
      CHECK(ScanAll(*snapshot, Space::kIndex, "") == expected);
    }
  }
}

}  // namespace
}  // namespace tupu::graph
