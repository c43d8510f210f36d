#include "graph/store/keys.h"

#include <doctest/doctest.h>

#include <random>
#include <vector>

#include "graph/store/overlays.h"
#include "graph/store/records.h"

namespace tupu::graph {
namespace {

const std::uint64_t kNumbers[] = {0, 1, 255, 256, 0xffffffff, 0x100000000, ~std::uint64_t{0}};

// A decoder takes the whole key and nothing shorter or longer.
template <class Decode>
void CheckWhole(const std::string& key, const Decode& decode) {
  CHECK(!decode(key + "x"));
  for (std::size_t size = 0; size < key.size(); ++size) CHECK(!decode(key.substr(0, size)));
  CHECK(decode(key));
}

TEST_CASE("keys: truncated and lengthened ones are refused, whole ones read back") {
  for (std::uint64_t number : kNumbers) {
    NodeId node;
    CheckWhole(NodeKey(NodeId{number}), [&](std::string_view k) { return DecodeNodeKey(k, node); });
    CHECK(node.value == number);
    EdgeId edge;
    CheckWhole(EdgeKey(EdgeId{number}), [&](std::string_view k) { return DecodeEdgeKey(k, edge); });
    CHECK(edge.value == number);
    LabelId label;
    CheckWhole(LabelKey(LabelId{77}, NodeId{number}),
               [&](std::string_view k) { return DecodeLabelKey(k, label, node); });
    CHECK(label.value == 77);
    CHECK(node.value == number);
    std::uint64_t subject = 0;
    DateNumber date = 0;
    DocumentId doc;
    for (SupportKind kind : {SupportKind::kNode, SupportKind::kEdge}) {
      CheckWhole(SupportKey(kind, number, 20260225, DocumentId{number}),
                 [&](std::string_view k) { return DecodeSupportKey(k, subject, date, doc); });
      CHECK(subject == number);
      CHECK(date == 20260225);
      CHECK(doc.value == number);
    }
    const Hash128 hash = EntityIdOf({"Person", "周明远", std::to_string(number)});
    Hash128 entity;
    CheckWhole(RejectedKey(hash, 20260225, DocumentId{number}),
               [&](std::string_view k) { return DecodeRejectedKey(k, entity, date, doc); });
    CHECK(entity == hash);
    CHECK(date == 20260225);
    CHECK(doc.value == number);
    std::uint32_t by_hand = 0;
    CheckWhole(HandLabelKey(78, NodeId{number}),
               [&](std::string_view k) { return DecodeHandLabelKey(k, by_hand, node); });
    CHECK(by_hand == 78);
    CHECK(node.value == number);
    std::uint64_t value = 0;
    CheckWhole(EncodeNumber(number), [&](std::string_view k) { return DecodeNumber(k, value); });
    CHECK(value == number);
  }
  std::uint32_t name = 0;
  CheckWhole(NameKey(NameKind::kType, 9),
             [&](std::string_view k) { return DecodeNameKey(k, NameKind::kType, name); });
  CHECK(name == 9);
  CHECK(!DecodeNameKey(NameKey(NameKind::kType, 9), NameKind::kLabel, name));
}

TEST_CASE("keys: adjacency") {
  Adjacency out;
  const std::string plain =
      AdjacencyKey(NodeId{7}, Direction::kIn, TypeId{3}, NodeId{1ull << 40}, "");
  CheckWhole(plain, [&](std::string_view k) { return DecodeAdjacencyKey(k, out); });
  CHECK(out.node == NodeId{7});
  CHECK(out.direction == Direction::kIn);
  CHECK(out.type == TypeId{3});
  CHECK(out.neighbour == NodeId{1ull << 40});
  CHECK(out.title.empty());
  const std::string titled = plain + std::string(16, '\0');
  REQUIRE(DecodeAdjacencyKey(titled, out));
  CHECK(out.title == std::string(16, '\0'));
  CHECK(!DecodeAdjacencyKey(titled + "x", out));
  std::string bad = plain;
  bad[9] = '\2';
  CHECK(!DecodeAdjacencyKey(bad, out));
  CHECK(plain.starts_with(AdjacencyPrefix(NodeId{7}, Direction::kIn, TypeId{3})));
  CHECK(plain.starts_with(AdjacencyPrefix(NodeId{7}, Direction::kIn)));
  CHECK(!plain.starts_with(AdjacencyPrefix(NodeId{7}, Direction::kOut)));
}

TEST_CASE("keys: byte order is the order of numbers, dates come the latest first") {
  for (std::size_t i = 1; i < std::size(kNumbers); ++i) {
    CHECK(NodeKey(NodeId{kNumbers[i - 1]}) < NodeKey(NodeId{kNumbers[i]}));
    CHECK(AdjacencyKey(NodeId{kNumbers[i - 1]}, Direction::kIn, TypeId{9}, NodeId{9}, "") <
          AdjacencyKey(NodeId{kNumbers[i]}, Direction::kOut, TypeId{0}, NodeId{0}, ""));
  }
  const auto support = [](DateNumber date, std::uint64_t doc) {
    return SupportKey(SupportKind::kNode, 5, date, DocumentId{doc});
  };
  CHECK(support(2000, 9) < support(1999, 1));
  CHECK(support(1, 9) < support(0, 1));
  CHECK(support(0, 1) < support(0, 2));
  CHECK(SupportStart(SupportKind::kNode, 5, 1999) <= support(1999, 0));
  CHECK(SupportStart(SupportKind::kNode, 5, 1999) > support(2000, ~0ull));
}

TEST_CASE("keys: the edges of a type are one range") {
  const EdgeId edge = MakeEdgeId(TypeId{0x123456}, 42);
  CHECK(TypeOf(edge) == TypeId{0x123456});
  CHECK(EdgeKey(edge).starts_with(EdgePrefix(TypeId{0x123456})));
  CHECK(EdgeKey(MakeEdgeId(TypeId{0x123456}, (1ull << kEdgeSequenceBits) - 1))
            .starts_with(EdgePrefix(TypeId{0x123456})));
  CHECK(!EdgeKey(MakeEdgeId(TypeId{0x123457}, 0)).starts_with(EdgePrefix(TypeId{0x123456})));
}

TEST_CASE("keys: names may hold any bytes, and sort by what they fold to") {
  const std::string nul("a\0b", 3), two("\0\0", 2);
  const std::vector<std::string> texts = {"", "a", nul, two, "a\x01", "a\xff", "北川", "北川市"};
  for (const std::string& folded : texts) {
    for (const std::string& surface : texts) {
      const std::string key = NameIndexKey(folded, surface, NodeId{12});
      NameEntry out;
      CheckWhole(key, [&](std::string_view k) { return DecodeNameIndexKey(k, out); });
      CHECK(out.folded == folded);
      CHECK(out.surface == surface);
      CHECK(out.node == NodeId{12});
      CHECK(key < NameIndexBehind(folded, surface));
      CHECK(NameIndexKey(folded, surface, NodeId{~0ull}) < NameIndexBehind(folded, surface));
      CHECK(NameIndexBehind(folded, surface) < NameIndexKey(folded, surface + "x", NodeId{0}));
      for (const std::string& other : texts) {
        CHECK((NameIndexKey(folded, surface, NodeId{1}) <
               NameIndexKey(other, surface, NodeId{1})) == (folded < other));
        CHECK(key.starts_with(NameIndexPrefix(other)) == folded.starts_with(other));
        CHECK(key.starts_with(NameIndexExactPrefix(other)) == (folded == other));
      }
    }
  }
}

template <class T, class Decode>
void CheckDamage(const std::string& bytes, T& out, const Decode& decode) {
  REQUIRE(decode(bytes, out));
  CHECK(!decode(bytes + "x", out));
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CHECK(!decode(bytes.substr(0, size), out));
  }
  // Any byte may change into any other: refused or read as something, never worse.
  std::mt19937 random(5);
  for (int i = 0; i < 3000; ++i) {
    std::string spoiled = bytes;
    for (unsigned j = 0; j < 1 + random() % 3; ++j) {
      spoiled[random() % spoiled.size()] = static_cast<char>(random());
    }
    T other;
    (void)decode(spoiled, other);
  }
}

TEST_CASE("records: headers") {
  DocumentHeader header;
  header.title = "题目";
  header.source = "北川日报";
  header.url = "https://example.org/1";
  header.date = "2026-02-25";
  header.date_inferred = true;
  header.text_hash.bytes[3] = 200;
  header.version = "v1";
  header.statements = 300;
  Article article;
  article.number = 1;
  article.teaser = true;
  article.date_inferred = true;
  article.title = {Field::kTitle, {0, 6}};
  article.body = {10, 400};
  article.date = "2026-02";
  header.articles = {Article(), article};
  std::string bytes;
  EncodeHeader(bytes, DocumentId{99}, header);
  DocumentId number;
  DocumentHeader out;
  CheckDamage(bytes, out, [&](std::string_view in, DocumentHeader& to) {
    return DecodeHeader(in, number, to);
  });
  REQUIRE(DecodeHeader(bytes, number, out));
  CHECK(number == DocumentId{99});
  std::string again;
  EncodeHeader(again, number, out);
  CHECK(again == bytes);
  CHECK(out.articles[1].title == article.title);
  CHECK(out.articles[1].teaser);
  CHECK(!out.articles[1].truncated);
  CHECK(out.text_hash == header.text_hash);
}

TEST_CASE("records: nodes and edges") {
  StoredNode node;
  node.type = LabelId{4};
  node.key = {"Person", "周明远", "海州商务局"};
  node.profile.documents = 3;
  node.members = {{node.key, 3}};
  for (const char* form : {"周明远", "周局长"}) node.profile[kFormProperty].Add(Value(form), 0);
  for (DateNumber date : {5u, 9u, 9u}) {
    Count& count = node.profile[kNameProperty].Add(Value("周明远"), date);
    count.slot = 1;
  }
  node.profile[20].Add(JoinAmount(Value(1.5), Value("USD")), 2).slot = 2;
  node.profile.last_slot = 2;
  std::string bytes;
  EncodeNode(bytes, node);
  StoredNode out;
  CheckDamage(bytes, out, DecodeNode);
  REQUIRE(DecodeNode(bytes, out));
  std::string again;
  EncodeNode(again, out);
  CHECK(again == bytes);
  CHECK(out.key == node.key);
  CHECK(out.profile.documents == 3);
  const Count& name = out.profile.Find(kNameProperty)->counts().at(Value("周明远"));
  CHECK(name.documents == 3);
  CHECK(name.latest == 9);
  CHECK(name.of_latest == 2);
  LabelId type;
  std::vector<std::uint32_t> labels;
  std::string_view in = bytes;
  CHECK(GetNodeLabels(in, type, labels));
  CHECK(type == LabelId{4});
  CHECK(labels.empty());

  node.labels = {3, 900};
  bytes.clear();
  EncodeNode(bytes, node);
  CheckDamage(bytes, out, DecodeNode);
  REQUIRE(DecodeNode(bytes, out));
  CHECK(out.labels == node.labels);
  in = bytes;
  CHECK(GetNodeLabels(in, type, labels));
  CHECK(type == LabelId{4});
  CHECK(labels == node.labels);

  node.members = {{{"Person", "周明远", "海州"}, 1}, {node.key, 3}};
  bytes.clear();
  EncodeNode(bytes, node);
  CheckDamage(bytes, out, DecodeNode);
  REQUIRE(DecodeNode(bytes, out));
  REQUIRE(out.members.size() == 2);
  CHECK(out.FindMember({"Person", "周明远", "海州"})->documents == 1);
  CHECK(out.FindMember(node.key)->documents == 3);
  CHECK(out.profile.Find(kKeyProperty) == nullptr);

  StoredEdge edge{NodeId{1}, NodeId{2}, std::string(16, 'h'), {}};
  edge.profile.documents = 1;
  edge.profile[kStatusProperty].Add(Value(3), 0);
  bytes.clear();
  EncodeEdge(bytes, edge);
  StoredEdge out_edge;
  CheckDamage(bytes, out_edge, DecodeEdge);
  REQUIRE(DecodeEdge(bytes, out_edge));
  CHECK(out_edge.title == edge.title);
  NodeId from, to;
  REQUIRE(DecodeEdgeEnds(bytes, from, to));
  CHECK(from == NodeId{1});
  CHECK(to == NodeId{2});
}

}  // namespace
}  // namespace tupu::graph
