#include "graph/store/packed_list.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <map>
#include <random>
#include <set>

#include "graph/store/edge_pages.h"
#include "tests/graph/store/fixture.h"

namespace tupu::graph {
namespace {

std::vector<PackedEntry> All(const KvSnapshot& kv, std::string_view root) {
  std::vector<PackedEntry> out;
  Ok(ReadPacked(kv, Space::kGraph, root, [&](PackedEntry entry) { out.push_back(entry); }));
  return out;
}

// Roots and blocks of a list; blocks within their bound and no larger than they may be.
std::size_t Keys(const KvSnapshot& kv, std::string_view root) {
  std::size_t out = 0;
  const auto cursor = kv.Scan(Space::kGraph, root);
  for (; cursor->Valid(); cursor->Next(), ++out) {
    CHECK(cursor->value().size() <= kPackedBlock + 32);
    PackedEntry last;
    bool split = false;
    REQUIRE(VisitPacked(cursor->value(), split, [&](PackedEntry entry) { last = entry; }));
    if (cursor->key().size() > root.size()) {
      CHECK(!split);
      CHECK(PackedBound(last) <= cursor->key().substr(root.size()));
    }
  }
  return out;
}

}  // namespace

TEST_CASE("a packed list holds what a set holds, whatever is put in and taken out") {
  // Neighbours from a small and from a large range: many parallel edges, and wide gaps.
  for (const std::uint64_t range : {std::uint64_t{50}, std::uint64_t{1} << 40}) {
    for (const bool ascending : {false, true}) {
      CAPTURE(range);
      CAPTURE(ascending);
      std::mt19937_64 random(range + ascending);
      const auto kv = OpenMemKv();
      LayeredKv layer(kv->Snapshot());
      // The list that comes next is left alone.
      const std::string root = "list-one-root", other = "list-one-roou";
      Ok(InsertPacked(layer, Space::kGraph, other, {1, 2}));
      std::set<PackedEntry> expected;
      const auto compare = [&] {
        CHECK(All(layer, root) == std::vector<PackedEntry>(expected.begin(), expected.end()));
        Keys(layer, root);
      };
      for (std::uint64_t i = 0; i < 6000; ++i) {
        const PackedEntry entry{ascending ? i : random() % range, random() % 100000};
        expected.insert(entry);
        Ok(InsertPacked(layer, Space::kGraph, root, entry));
        if (i % 16 == 0) Ok(InsertPacked(layer, Space::kGraph, root, entry));
        if (i % 1500 == 0) compare();
      }
      compare();
      CHECK(Keys(layer, root) > 3);
      std::map<std::uint64_t, std::vector<std::uint64_t>> by_first;
      for (const PackedEntry& entry : expected) by_first[entry.first].push_back(entry.second);
      for (int i = 0; i < 300; ++i) {
        const std::uint64_t first =
            i % 2 == 0 ? random() % range : std::next(expected.begin(), i)->first;
        std::vector<std::uint64_t> found;
        Ok(FindPacked(layer, Space::kGraph, root, first, found));
        CHECK(found == by_first[first]);
        for (const std::uint64_t second :
             {std::uint64_t{0}, random() % 100000, found.empty() ? 7 : found.back()}) {
          const auto has = HasPacked(layer, Space::kGraph, root, {first, second});
          REQUIRE(has.ok());
          CHECK(*has == expected.contains({first, second}));
        }
      }
      std::vector<PackedEntry> order(expected.begin(), expected.end());
      std::shuffle(order.begin(), order.end(), random);
      for (std::size_t i = 0; i < order.size(); ++i) {
        Ok(ErasePacked(layer, Space::kGraph, root, order[i]));
        expected.erase(order[i]);
        if (i % 1500 == 0) compare();
        // Where blocks went, entries still find a place.
        if (i % 1000 == 0) {
          Ok(InsertPacked(layer, Space::kGraph, root, {range * 2, i}));
          Ok(ErasePacked(layer, Space::kGraph, root, {range * 2, i}));
        }
      }
      CHECK(All(layer, root).empty());
      CHECK(All(layer, other).size() == 1);
      CHECK(!layer.Get(Space::kGraph, root)->has_value());
    }
  }
}

TEST_CASE("lists written at once are those written one by one, and take in what comes later") {
  for (const std::size_t size : {1u, 100u, 5000u, 20000u}) {
    // Between what is there, behind it, before it, and a little here and there.
    for (const int where : {0, 1, 2, 3}) {
      CAPTURE(size);
      CAPTURE(where);
      const auto kv = OpenMemKv();
      const std::string root = "list-two-root";
      std::mt19937_64 random(size);
      std::set<PackedEntry> all;
      for (int round = 0; round < 3; ++round) {
        const std::uint64_t base = where == 1 ? static_cast<std::uint64_t>(round) * 2000000
                                   : where == 2
                                       ? 9000000 - static_cast<std::uint64_t>(round) * 2000000
                                       : 0;
        const std::size_t wanted = where == 3 && round > 0 ? 3 : size;
        std::set<PackedEntry> entries;
        while (entries.size() < wanted) {
          const PackedEntry entry{base + random() % 1000000, random() % 1000000};
          if (all.insert(entry).second) entries.insert(entry);
        }
        KvBatch batch;
        std::string before;
        const auto snapshot = kv->Snapshot();
        PackedWriter writer([&](std::string_view key, std::string_view value) {
          CHECK(before < key);
          before = key;
          batch.Put(Space::kGraph, key, value);
          return Status();
        });
        Ok(round == 0 ? writer.Begin(root) : writer.Merge(*snapshot, Space::kGraph, root));
        for (const PackedEntry& entry : entries) Ok(writer.Add(entry));
        // Another list, of which nothing is stored, behind it.
        const std::string other = "list-two-roou" + std::to_string(round);
        Ok(writer.Merge(*snapshot, Space::kGraph, other));
        Ok(writer.Add({1, 2}));
        Ok(writer.Finish());
        // Three blocks or fewer, each of which may become two.
        if (where == 3 && round > 0) CHECK(batch.size() <= 3 * 2 + 1 + 1);
        Ok(kv->Write(batch, false));
        CHECK(All(*kv->Snapshot(), root) == std::vector<PackedEntry>(all.begin(), all.end()));
        CHECK(All(*kv->Snapshot(), other).size() == 1);
        Keys(*kv->Snapshot(), root);
      }
    }
  }
}

TEST_CASE("damaged lists and pages are told") {
  std::string list;
  {
    const auto kv = OpenMemKv();
    LayeredKv layer(kv->Snapshot());
    for (std::uint64_t i = 0; i < 20; ++i) {
      Ok(InsertPacked(layer, Space::kGraph, "root", {i * 300, 1000 - i}));
    }
    list = *layer.Get(Space::kGraph, "root").value();
  }
  bool split = false;
  const auto ignore = [](PackedEntry) {};
  CHECK(VisitPacked(list, split, ignore));
  for (std::size_t size = 0; size < list.size(); ++size) {
    CHECK(!VisitPacked(std::string_view(list).substr(0, size), split, ignore));
  }
  CHECK(!VisitPacked(list + "x", split, ignore));
  CHECK(!VisitPacked(std::string("\x02\x05\x02\x00\x00", 5), split, ignore));  // one entry twice

  EdgePageBuilder builder;
  for (const std::uint64_t slot : {0u, 3u, 31u}) {
    builder.Add({slot, NodeId{7}, NodeId{kFirstAssertedNode + slot}, OriginId{slot / 8}, slot == 3,
                 slot == 3 ? "" : "abc"});
  }
  const std::string page = builder.page();
  std::vector<std::uint64_t> slots;
  CHECK(VisitEdgePage(page, [&](const PagedEdge& edge) {
    slots.push_back(edge.slot);
    CHECK(edge.from == NodeId{7});
    CHECK(edge.to == NodeId{kFirstAssertedNode + edge.slot});
    CHECK(edge.origin == OriginId{edge.slot / 8});
    CHECK(edge.apart == (edge.slot == 3));
    CHECK(edge.properties == (edge.slot == 3 ? "" : "abc"));
  }));
  CHECK(slots == std::vector<std::uint64_t>{0, 3, 31});
  for (std::size_t size = 0; size < page.size(); ++size) {
    CHECK(!VisitEdgePage(std::string_view(page).substr(0, size), [](const PagedEdge&) {}));
  }
  CHECK(!VisitEdgePage(page + "x", [](const PagedEdge&) {}));
}

TEST_CASE("a page that is gone on with is the page made in one go") {
  const std::vector<std::uint64_t> slots = {0, 1, 2, 3, 8, 9, 17, 30, 31};
  const auto edge = [](std::uint64_t slot) {
    return PagedEdge{
        slot,      NodeId{slot % 3},      NodeId{kFirstAssertedNode + slot}, OriginId{slot / 8},
        slot == 3, slot == 3 ? "" : "abc"};
  };
  EdgePageBuilder whole;
  std::string page;
  for (const std::uint64_t slot : slots) {
    CAPTURE(slot);
    whole.Add(edge(slot));
    EdgePageBuilder next;
    CHECK(next.Continue(page, slot) == !page.empty());
    next.Add(edge(slot));
    page = next.page();
    CHECK(page == whole.page());
  }
  // Neither in between, nor in another's place, nor damaged.
  EdgePageBuilder builder;
  for (const std::uint64_t slot : {0u, 10u, 30u, 31u}) CHECK(!builder.Continue(page, slot));
  EdgePageBuilder first;
  first.Add(edge(4));
  const std::string short_page = first.page();
  for (std::size_t size = 0; size < short_page.size(); ++size) {
    CHECK(!builder.Continue(std::string_view(short_page).substr(0, size), 31));
  }
  CHECK(builder.empty());
  CHECK(builder.Continue(short_page, 5));
}

TEST_CASE("properties of edges come back as they were") {
  const double third = 1.0 / 3;
  const std::vector<Value> values = {
      Value(0.0),           Value(-0.0),      Value(0.1),
      Value(-2.5),          Value(0.7351),    Value(123456.789012),
      Value(999999.999999), Value(1e6),       Value(-1e300),
      Value(5e-324),        Value(third),     Value(std::numeric_limits<double>::infinity()),
      Value(std::nan("")),  Value(0.1 + 0.2), Value(7),
      Value("上海"),        Value(true),      Value(List{Value(0.5), Value(1)})};
  for (std::size_t i = 0; i < values.size(); ++i) {
    CAPTURE(i);
    StoredProperties out;
    std::string bytes;
    EncodeProperties(bytes, {{17, values[i]}, {900, Value("后")}});
    REQUIRE(DecodeProperties(bytes, out));
    REQUIRE(out.size() == 2);
    CHECK(out[0].first == 17);
    CHECK(out[0].second.kind() == values[i].kind());
    if (values[i].kind() == ValueKind::kDouble) {
      CHECK(std::bit_cast<std::uint64_t>(out[0].second.as_double()) ==
            std::bit_cast<std::uint64_t>(values[i].as_double()));
    }
    CHECK(out[0].second == values[i]);
    CHECK(out[1].second == Value("后"));
  }
  std::string bytes;
  EncodeProperties(bytes, {{17, Value(0.7351)}});
  CHECK(bytes.size() <= 5);
}

}  // namespace tupu::graph
