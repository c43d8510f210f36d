#include "graph/store/layered_kv.h"

#include <doctest/doctest.h>

namespace tupu::graph {
namespace {

std::string Read(const LayeredKv& layer, std::string_view key) {
  const auto value = layer.Get(Space::kGraph, key);
  REQUIRE(value.ok());
  return value->value_or("-");
}

std::string ReadMany(const LayeredKv& layer, const std::vector<std::string>& keys) {
  std::vector<std::optional<std::string>> values;
  REQUIRE(layer.MultiGet(Space::kGraph, keys, values).ok());
  REQUIRE(values.size() == keys.size());
  std::string out;
  for (const auto& value : values) out += value.value_or("-");
  return out;
}

TEST_CASE("what is fetched is what stands there, with the changes on top") {
  const auto kv = OpenMemKv();
  KvBatch batch;
  for (const char* key : {"a", "b", "c", "d"}) batch.Put(Space::kGraph, key, key);
  REQUIRE(kv->Write(batch, false).ok());
  LayeredKv layer(kv->Snapshot());
  layer.Put(Space::kGraph, "b", "B");
  layer.Delete(Space::kGraph, "c");
  layer.Put(Space::kGraph, "x", "X");
  const std::vector<std::string> keys = {"d", "x", "c", "b", "a", "z", "b"};
  CHECK(ReadMany(layer, keys) == "dX-Ba-B");
  REQUIRE(layer.Fetch(Space::kGraph, keys).ok());
  CHECK(ReadMany(layer, keys) == "dX-Ba-B");
  CHECK(Read(layer, "a") == "a");
  CHECK(Read(layer, "b") == "B");
  CHECK(Read(layer, "c") == "-");
  CHECK(Read(layer, "z") == "-");
  // Behind what was fetched come further changes, and what was not.
  layer.Put(Space::kGraph, "a", "A");
  layer.Put(Space::kGraph, "z", "Z");
  layer.Delete(Space::kGraph, "d");
  CHECK(ReadMany(layer, keys) == "-X-BAZB");
  REQUIRE(layer.Fetch(Space::kGraph, {"q"}).ok());
  CHECK(Read(layer, "a") == "A");
  CHECK(Read(layer, "d") == "-");
  CHECK(Read(layer, "q") == "-");
  // Spaces are apart.
  REQUIRE(layer.Fetch(Space::kIndex, {"a"}).ok());
  CHECK(*layer.Get(Space::kIndex, "a") == std::nullopt);
  CHECK(Read(layer, "a") == "A");
}

TEST_CASE("counters are read together as one by one") {
  const auto kv = OpenMemKv();
  KvBatch batch;
  batch.Add(Space::kCounters, "a", 2);
  REQUIRE(kv->Write(batch, false).ok());
  LayeredKv layer(kv->Snapshot());
  layer.Add("a", 3);
  layer.Add("b", 1);
  std::vector<std::optional<std::string>> values;
  REQUIRE(layer.MultiGet(Space::kCounters, std::vector<std::string>{"b", "a", "c"}, values).ok());
  CHECK(values ==
        std::vector<std::optional<std::string>>{EncodeCounter(1), EncodeCounter(5), std::nullopt});
}

}  // namespace
}  // namespace tupu::graph
