#include "graph/store/keys.h"

#include <algorithm>
#include <cstring>

#include "graph/base/coding.h"
#include "graph/store/key_parts.h"

namespace tupu::graph {
namespace {

constexpr std::size_t kTitleHash = 16;

std::string Letter(char letter) { return std::string(1, letter); }

void PutTerminated(std::string& out, std::string_view text) {
  PutEscaped(out, text);
  out += '\0';
  out += '\x01';
}

bool GetTerminated(std::string_view& in, std::string& text) {
  text.clear();
  for (std::size_t pos = 0; pos + 1 < in.size(); ++pos) {
    if (in[pos] != '\0') {
      text += in[pos];
    } else if (in[pos + 1] == '\xff') {
      text += '\0';
      ++pos;
    } else if (in[pos + 1] == '\x01') {
      in.remove_prefix(pos + 2);
      return true;
    } else {
      return false;
    }
  }
  return false;
}

}  // namespace

std::string FormatKey() { return "F"; }
std::string SequenceKey(char kind) { return std::string("Q") + kind; }
std::string EdgeSequenceKey(TypeId type) { return "Q" + Letter32('e', type.value); }
std::string NamePrefix(NameKind kind) { return std::string("N") + static_cast<char>(kind); }
std::string NameKey(NameKind kind, std::uint32_t number) {
  return "N" + Letter32(static_cast<char>(kind), number);
}
bool DecodeNameKey(std::string_view key, NameKind kind, std::uint32_t& number) {
  return TakeLetter(key, 'N') && TakeLetter(key, static_cast<char>(kind)) &&
         GetFixed32(key, number) && key.empty();
}
std::string JudgementKey(std::string_view line) { return JudgementPrefix().append(line); }
std::string JudgementPrefix() { return Letter('J'); }
std::string RulesKey() { return Letter('R'); }

std::string TextKey(DocumentId doc) { return EncodeNumber(doc.value); }
std::string HeaderKey(std::string_view id) { return Letter('D').append(id); }
std::string HeaderPrefix() { return Letter('D'); }
std::string BlockKey(DocumentId doc) { return Letter64('B', doc.value); }
std::string BlockPrefix() { return Letter('B'); }

std::string DocumentsKey() { return Letter('d'); }
std::string StatementsKey() { return Letter('s'); }
std::string NodesKey(LabelId type) { return Letter32('n', type.value); }
std::string EdgesKey(TypeId type) { return Letter32('e', type.value); }

std::string NodeKey(NodeId node) { return Letter64('n', node.value); }
std::string NodePrefix() { return Letter('n'); }
bool DecodeNodeKey(std::string_view key, NodeId& node) {
  return TakeLetter(key, 'n') && GetFixed64(key, node.value) && key.empty();
}
std::string EdgeKey(EdgeId edge) { return Letter64('e', edge.value); }
std::string EdgePrefix() { return Letter('e'); }
std::string EdgePrefix(TypeId type) {
  std::string out = EdgeKey(MakeEdgeId(type, 0));
  out.resize(1 + (64 - kEdgeSequenceBits) / 8);
  return out;
}
bool DecodeEdgeKey(std::string_view key, EdgeId& edge) {
  return TakeLetter(key, 'e') && GetFixed64(key, edge.value) && key.empty();
}

std::string AdjacencyPrefix() { return Letter('a'); }
std::string AdjacencyPrefix(NodeId node, Direction direction) {
  std::string out = Letter64('a', node.value);
  out += static_cast<char>(direction);
  return out;
}
std::string AdjacencyPrefix(NodeId node, Direction direction, TypeId type) {
  std::string out = AdjacencyPrefix(node, direction);
  PutFixed32(out, type.value);
  return out;
}
std::string AdjacencyKey(NodeId node, Direction direction, TypeId type, NodeId neighbour,
                         std::string_view title) {
  std::string out = AdjacencyPrefix(node, direction, type);
  PutFixed64(out, neighbour.value);
  out += title;
  return out;
}
bool DecodeAdjacencyKey(std::string_view key, Adjacency& out) {
  if (!TakeLetter(key, 'a') || !GetFixed64(key, out.node.value) || key.empty()) return false;
  const char direction = key.front();
  key.remove_prefix(1);
  if (direction != 0 && direction != 1) return false;
  out.direction = static_cast<Direction>(direction);
  if (!GetFixed32(key, out.type.value) || !GetFixed64(key, out.neighbour.value)) return false;
  out.title = key;
  return key.empty() || key.size() == kTitleHash;
}

void PutHash(std::string& out, const Hash128& hash) {
  out.append(reinterpret_cast<const char*>(hash.bytes.data()), hash.bytes.size());
}
bool GetHash(std::string_view& in, Hash128& hash) {
  if (in.size() < hash.bytes.size()) return false;
  std::copy_n(in.begin(), hash.bytes.size(), reinterpret_cast<char*>(hash.bytes.data()));
  in.remove_prefix(hash.bytes.size());
  return true;
}

std::string IdKey(const Hash128& key) {
  std::string out = Letter('k');
  PutHash(out, key);
  return out;
}
std::string IdPrefix() { return Letter('k'); }
std::string LabelPrefix() { return Letter('l'); }
std::string LabelPrefix(LabelId type) { return Letter32('l', type.value); }
std::string LabelKey(LabelId type, NodeId node) {
  std::string out = LabelPrefix(type);
  PutFixed64(out, node.value);
  return out;
}
bool DecodeLabelKey(std::string_view key, LabelId& type, NodeId& node) {
  return TakeLetter(key, 'l') && GetFixed32(key, type.value) && GetFixed64(key, node.value) &&
         key.empty();
}

std::string NameIndexPrefix() { return Letter('w'); }
std::string NameIndexPrefix(std::string_view folded) {
  std::string out = Letter('w');
  PutEscaped(out, folded);
  return out;
}
std::string NameIndexExactPrefix(std::string_view folded) {
  std::string out = Letter('w');
  PutTerminated(out, folded);
  return out;
}
std::string NameIndexKey(std::string_view folded, std::string_view surface, NodeId node) {
  std::string out = NameIndexExactPrefix(folded);
  PutTerminated(out, surface);
  PutFixed64(out, node.value);
  return out;
}
std::string NameIndexBehind(std::string_view folded, std::string_view surface) {
  std::string out = NameIndexExactPrefix(folded);
  PutTerminated(out, surface);
  out.back() = '\x02';
  return out;
}
bool DecodeNameIndexKey(std::string_view key, NameEntry& out) {
  return TakeLetter(key, 'w') && GetTerminated(key, out.folded) &&
         GetTerminated(key, out.surface) && GetFixed64(key, out.node.value) && key.empty();
}

std::string SupportPrefix(SupportKind kind) { return Letter(static_cast<char>(kind)); }
std::string SupportPrefix(SupportKind kind, std::uint64_t number) {
  return Letter64(static_cast<char>(kind), number);
}
std::string SupportStart(SupportKind kind, std::uint64_t number, DateNumber date) {
  std::string out = SupportPrefix(kind, number);
  PutFixed32(out, ~date);
  return out;
}
std::string SupportKey(SupportKind kind, std::uint64_t number, DateNumber date, DocumentId doc) {
  std::string out = SupportStart(kind, number, date);
  PutFixed64(out, doc.value);
  return out;
}
bool DecodeSupportKey(std::string_view key, std::uint64_t& number, DateNumber& date,
                      DocumentId& doc) {
  if (!TakeLetter(key, static_cast<char>(SupportKind::kNode)) &&
      !TakeLetter(key, static_cast<char>(SupportKind::kEdge))) {
    return false;
  }
  if (!GetFixed64(key, number) || !GetFixed32(key, date) || !GetFixed64(key, doc.value)) {
    return false;
  }
  date = ~date;
  return key.empty();
}

std::string RejectedPrefix() { return Letter('R'); }
std::string RejectedPrefix(const Hash128& key) {
  std::string out = RejectedPrefix();
  PutHash(out, key);
  return out;
}
std::string RejectedKey(const Hash128& key, DateNumber date, DocumentId doc) {
  std::string out = RejectedPrefix(key);
  PutFixed32(out, ~date);
  PutFixed64(out, doc.value);
  return out;
}
bool DecodeRejectedKey(std::string_view key, Hash128& entity, DateNumber& date, DocumentId& doc) {
  if (!TakeLetter(key, 'R') || !GetHash(key, entity) || !GetFixed32(key, date) ||
      !GetFixed64(key, doc.value)) {
    return false;
  }
  date = ~date;
  return key.empty();
}

std::string EncodeNumber(std::uint64_t number) {
  std::string out;
  PutFixed64(out, number);
  return out;
}
bool DecodeNumber(std::string_view bytes, std::uint64_t& number) {
  return GetFixed64(bytes, number) && bytes.empty();
}

}  // namespace tupu::graph
