// The keys of the store, as FORMAT.md has them. Encoders give the whole key or, where they are
// named Prefix, the beginning that all keys of a kind share. Decoders return false on anything that
// is not exactly such a key.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "graph/base/ids.h"
#include "graph/resolve/tally.h"
#include "graph/store/store.h"

namespace tupu::graph {

// A document's internal number.
using DocumentId = Id<struct DocumentTag>;

// What is interned.
enum class NameKind : char { kLabel = 'l', kType = 't', kProperty = 'p' };

// An edge's number: its type above, a sequence of that type below.
inline constexpr int kEdgeSequenceBits = 40;
constexpr EdgeId MakeEdgeId(TypeId type, std::uint64_t sequence) {
  return EdgeId{std::uint64_t{type.value} << kEdgeSequenceBits | sequence};
}
constexpr TypeId TypeOf(EdgeId edge) {
  return TypeId{static_cast<std::uint32_t>(edge.value >> kEdgeSequenceBits)};
}

// meta
std::string FormatKey();
std::string SequenceKey(char kind);        // 'd' documents, 'n' nodes
std::string EdgeSequenceKey(TypeId type);  // of one type
std::string NameKey(NameKind kind, std::uint32_t number);
std::string NamePrefix(NameKind kind);
bool DecodeNameKey(std::string_view key, NameKind kind, std::uint32_t& number);
std::string JudgementKey(std::string_view line);
std::string JudgementPrefix();
std::string RulesKey();

// text, statements
std::string TextKey(DocumentId doc);
std::string HeaderKey(std::string_view id);
std::string HeaderPrefix();
std::string BlockKey(DocumentId doc);
std::string BlockPrefix();

// counters
std::string DocumentsKey();
std::string StatementsKey();
std::string NodesKey(LabelId type);
std::string EdgesKey(TypeId type);

// graph
std::string NodeKey(NodeId node);
std::string NodePrefix();
bool DecodeNodeKey(std::string_view key, NodeId& node);
std::string EdgeKey(EdgeId edge);
std::string EdgePrefix();
std::string EdgePrefix(TypeId type);  // of one type
bool DecodeEdgeKey(std::string_view key, EdgeId& edge);

// Of computed edges; those of asserted ones are packed (edge_pages.h).
struct Adjacency {
  NodeId node;
  Direction direction = Direction::kOut;
  TypeId type;
  NodeId neighbour;
  std::string title;  // hash of the title, or empty
};
std::string AdjacencyKey(NodeId node, Direction direction, TypeId type, NodeId neighbour,
                         std::string_view title);
std::string AdjacencyPrefix();
std::string AdjacencyPrefix(NodeId node, Direction direction);
std::string AdjacencyPrefix(NodeId node, Direction direction, TypeId type);
bool DecodeAdjacencyKey(std::string_view key, Adjacency& out);

// index
std::string IdKey(const Hash128& key);
std::string IdPrefix();
std::string LabelKey(LabelId type, NodeId node);
std::string LabelPrefix();
std::string LabelPrefix(LabelId type);
bool DecodeLabelKey(std::string_view key, LabelId& type, NodeId& node);

struct NameEntry {
  std::string folded;
  std::string surface;
  NodeId node;
};
std::string NameIndexKey(std::string_view folded, std::string_view surface, NodeId node);
std::string NameIndexPrefix();
std::string NameIndexPrefix(std::string_view folded);       // names that begin so
std::string NameIndexExactPrefix(std::string_view folded);  // names that are so
// Behind all entries of (folded, surface), before the next.
std::string NameIndexBehind(std::string_view folded, std::string_view surface);
bool DecodeNameIndexKey(std::string_view key, NameEntry& out);

// Whether supports are of a node or an edge.
enum class SupportKind : char { kNode = 'N', kEdge = 'E' };
std::string SupportKey(SupportKind kind, std::uint64_t number, DateNumber date, DocumentId doc);
std::string SupportPrefix(SupportKind kind);
std::string SupportPrefix(SupportKind kind, std::uint64_t number);
// The first support of `number` that is of `date` or before it.
std::string SupportStart(SupportKind kind, std::uint64_t number, DateNumber date);
bool DecodeSupportKey(std::string_view key, std::uint64_t& number, DateNumber& date,
                      DocumentId& doc);

// The documents that name a key and in which it is rejected.
std::string RejectedPrefix();
std::string RejectedPrefix(const Hash128& key);
std::string RejectedKey(const Hash128& key, DateNumber date, DocumentId doc);
bool DecodeRejectedKey(std::string_view key, Hash128& entity, DateNumber& date, DocumentId& doc);

// Hashes within keys.
void PutHash(std::string& out, const Hash128& hash);
bool GetHash(std::string_view& in, Hash128& hash);

// A u64 as a value.
std::string EncodeNumber(std::uint64_t number);
bool DecodeNumber(std::string_view bytes, std::uint64_t& number);

}  // namespace tupu::graph
