#include "graph/store/edge_pages.h"

#include <algorithm>

#include "graph/store/key_parts.h"

namespace tupu::graph {
namespace {

constexpr char kPage = 'P';
constexpr char kApart = 'X';

bool Take64(std::string_view key, char letter, std::uint64_t& number) {
  if (!key.starts_with(letter)) return false;
  key.remove_prefix(1);
  return GetFixed64(key, number) && key.empty();
}
char LetterOf(Direction direction) { return direction == Direction::kOut ? 'o' : 'i'; }

}  // namespace

std::string EdgePageKey(EdgeId edge) { return Letter64(kPage, PageOf(edge).value); }
std::string EdgePagePrefix() { return std::string(1, kPage); }
std::string EdgePagePrefix(TypeId type) {
  std::string out = EdgePageKey(MakeEdgeId(type, 0));
  out.resize(1 + (64 - kEdgeSequenceBits) / 8);
  return out;
}
bool DecodeEdgePageKey(std::string_view key, EdgeId& first) {
  return Take64(key, kPage, first.value) && PageOf(first) == first && IsAsserted(first);
}
std::string ApartKey(EdgeId edge) { return Letter64(kApart, edge.value); }
std::string ApartPrefix() { return std::string(1, kApart); }
bool DecodeApartKey(std::string_view key, EdgeId& edge) {
  return Take64(key, kApart, edge.value) && IsAsserted(edge);
}

std::string EdgeListPrefix(Direction direction) { return std::string(1, LetterOf(direction)); }
std::string EdgeListPrefix(NodeId node, Direction direction) {
  std::string out;
  out += LetterOf(direction);
  PutFixed64(out, node.value);
  return out;
}
std::string EdgeListRoot(NodeId node, Direction direction, TypeId type) {
  std::string out = EdgeListPrefix(node, direction);
  PutFixed32(out, type.value);
  return out;
}
bool DecodeEdgeListKey(std::string_view key, NodeId& node, Direction& direction, TypeId& type,
                       bool& is_block) {
  constexpr std::size_t kBound = 16;
  if (key.starts_with(LetterOf(Direction::kOut))) {
    direction = Direction::kOut;
  } else if (key.starts_with(LetterOf(Direction::kIn))) {
    direction = Direction::kIn;
  } else {
    return false;
  }
  key.remove_prefix(1);
  if (!GetFixed64(key, node.value) || !GetFixed32(key, type.value)) return false;
  is_block = key.size() == kBound;
  return key.empty() || is_block;
}

void EdgePageBuilder::Add(const PagedEdge& edge) {
  const bool first = empty();
  missing_ &= ~(std::uint64_t{1} << edge.slot);
  const std::uint64_t from = NodeCode(edge.from);
  const bool new_origin = first || edge.origin.value != origin_;
  PutVarint(body_, ZigZag(static_cast<std::int64_t>(from - from_)));
  PutVarint(body_, NodeCode(edge.to));
  PutVarint(body_, edge.properties.size() << 2 | (edge.apart ? 2u : 0u) | (new_origin ? 1u : 0u));
  if (new_origin) PutVarint(body_, edge.origin.value);
  body_ += edge.properties;
  from_ = from;
  origin_ = edge.origin.value;
}

bool EdgePageBuilder::Continue(std::string_view page, std::uint64_t slot) {
  std::string_view body = page;
  std::uint64_t missing = 0, from = 0, origin = 0;
  if (!GetVarint(body, missing) || missing >> slot != kAll >> slot) return false;
  const auto last = [&](const PagedEdge& edge) {
    from = NodeCode(edge.from);
    origin = edge.origin.value;
  };
  if (missing == kAll || !VisitEdgePage(page, last)) return false;
  missing_ = missing;
  from_ = from;
  origin_ = origin;
  body_ = body;
  return true;
}

void EdgePageBuilder::Clear() {
  missing_ = kAll;
  from_ = origin_ = 0;
  body_.clear();
}

std::string EdgePageBuilder::page() const {
  std::string out;
  PutVarint(out, missing_);
  return out += body_;
}

Status ForEachAssertedEdge(const KvSnapshot& kv, std::optional<TypeId> type,
                           const std::function<bool(EdgeId, const AssertedEdge&)>& visit) {
  const auto cursor = kv.Scan(Space::kGraph, type ? EdgePagePrefix(*type) : EdgePagePrefix());
  std::vector<PagedEdge> edges;
  for (; cursor->Valid(); cursor->Next()) {
    EdgeId first;
    edges.clear();
    if (!DecodeEdgePageKey(cursor->key(), first) ||
        !VisitEdgePage(cursor->value(), [&](const PagedEdge& one) { edges.push_back(one); })) {
      return Damaged("a page of edges is unreadable");
    }
    for (const PagedEdge& one : edges) {
      const EdgeId id{first.value + one.slot};
      AssertedEdge edge{one.from, one.to, one.origin, {}};
      std::optional<std::string> apart;
      if (one.apart) {
        TUPU_ASSIGN(apart, kv.Get(Space::kGraph, ApartKey(id)));
        if (!apart) return Damaged("a page of edges is unreadable");
      }
      if (!DecodeProperties(apart ? std::string_view(*apart) : one.properties, edge.properties)) {
        return Damaged("a page of edges is unreadable");
      }
      if (!visit(id, edge)) return {};
    }
  }
  return cursor->status();
}

Result<std::optional<AssertedEdge>> FindAssertedEdge(const KvSnapshot& kv, EdgeId edge) {
  TUPU_ASSIGN(const std::optional<std::string> page, kv.Get(Space::kGraph, EdgePageKey(edge)));
  std::optional<AssertedEdge> out;
  if (!page) return out;
  bool apart = false;
  std::string_view properties;
  const bool read = VisitEdgePage(*page, [&](const PagedEdge& one) {
    if (one.slot != edge.value - PageOf(edge).value) return;
    out = AssertedEdge{one.from, one.to, one.origin, {}};
    apart = one.apart;
    properties = one.properties;
  });
  if (!read) return Damaged("a page of edges is unreadable");
  if (!out) return out;
  std::optional<std::string> bytes;
  if (apart) {
    TUPU_ASSIGN(bytes, kv.Get(Space::kGraph, ApartKey(edge)));
    if (!bytes) return Damaged("a page of edges is unreadable");
    properties = *bytes;
  }
  if (!DecodeProperties(properties, out->properties))
    return Damaged("a page of edges is unreadable");
  return out;
}

namespace {

// Rewrites the page of an edge; no `edge` takes it out. Says whether it stood apart.
Status EditPage(LayeredKv& kv, EdgeId id, const PagedEdge* edge, bool& was_apart) {
  const std::string key = EdgePageKey(id);
  const std::uint64_t slot = id.value - PageOf(id).value;
  TUPU_ASSIGN(const std::optional<std::string> before, kv.Get(Space::kGraph, key));
  EdgePageBuilder builder;
  bool done = edge == nullptr;
  was_apart = false;
  // What is created comes behind all that is there.
  if (before && edge && builder.Continue(*before, slot)) {
    builder.Add(*edge);
    kv.Put(Space::kGraph, key, builder.page());
    return {};
  }
  const bool read = !before || VisitEdgePage(*before, [&](const PagedEdge& one) {
    if (one.slot == slot) was_apart = one.apart;
    if (!done && one.slot >= slot) {
      builder.Add(*edge);
      done = true;
    }
    if (one.slot != slot) builder.Add(one);
  });
  if (!read) return Damaged("a page of edges is unreadable");
  if (!done) builder.Add(*edge);
  if (builder.empty()) {
    kv.Delete(Space::kGraph, key);
  } else {
    kv.Put(Space::kGraph, key, builder.page());
  }
  return {};
}

}  // namespace

Status PutAssertedEdge(LayeredKv& kv, EdgeId id, const AssertedEdge& edge) {
  std::string properties;
  EncodeProperties(properties, edge.properties);
  PagedEdge paged{id.value - PageOf(id).value,           edge.from, edge.to, edge.origin,
                  properties.size() > kPropertiesInPage, properties};
  if (paged.apart) paged.properties = {};
  bool was_apart = false;
  TUPU_TRY(EditPage(kv, id, &paged, was_apart));
  if (paged.apart) {
    kv.Put(Space::kGraph, ApartKey(id), properties);
  } else if (was_apart) {
    kv.Delete(Space::kGraph, ApartKey(id));
  }
  return {};
}

Status DeleteAssertedEdge(LayeredKv& kv, EdgeId id) {
  bool was_apart = false;
  TUPU_TRY(EditPage(kv, id, nullptr, was_apart));
  if (was_apart) kv.Delete(Space::kGraph, ApartKey(id));
  return {};
}

}  // namespace tupu::graph
