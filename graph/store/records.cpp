#include "graph/store/records.h"

#include <algorithm>

#include "graph/base/coding.h"

namespace tupu::graph {
namespace {

constexpr unsigned kTeaser = 1, kTruncated = 2, kDateInferred = 4;
constexpr std::uint32_t kHandLabels = 0x80000000;  // beside the shown type
constexpr unsigned kHeaderDateInferred = 1, kHeaderTitleGiven = 2, kHeaderDateGiven = 4;

bool GetByte(std::string_view& in, unsigned limit, unsigned& out) {
  if (in.empty()) return false;
  out = static_cast<unsigned char>(in.front());
  in.remove_prefix(1);
  return out <= limit;
}

void PutProfile(std::string& out, const Profile& profile) {
  PutVarint(out, profile.documents);
  PutVarint(out, profile.last_slot);
  std::uint64_t used = 0;
  for (const auto& [property, tally] : profile.tallies) used += tally.empty() ? 0 : 1;
  PutVarint(out, used);
  for (const auto& [property, tally] : profile.tallies) {
    if (tally.empty()) continue;
    PutVarint(out, property);
    const auto& counts = tally.counts();
    PutVarint(out, static_cast<std::uint64_t>(
                       std::count_if(counts.begin(), counts.end(),
                                     [](const auto& e) { return e.second.documents > 0; })));
    for (const auto& [value, count] : counts) {
      if (count.documents == 0) continue;
      EncodeValue(out, value);
      PutVarint(out, count.documents);
      if (IsDated(property)) {
        TUPU_INVARIANT(!count.stale());
        PutVarint(out, count.latest);
        PutVarint(out, count.of_latest);
        PutVarint(out, count.slot);
      }
    }
  }
}

bool GetProfile(std::string_view& in, Profile& profile) {
  std::uint64_t properties = 0;
  profile.tallies.clear();
  if (!GetVarint(in, profile.documents) || !GetUint32(in, profile.last_slot) ||
      !GetVarint(in, properties) || properties > in.size()) {
    return false;
  }
  profile.tallies.reserve(static_cast<std::size_t>(properties));
  for (std::uint64_t i = 0; i < properties; ++i) {
    std::uint32_t property = 0;
    std::uint64_t values = 0;
    if (!GetUint32(in, property) || !GetVarint(in, values) || values > in.size() ||
        (i > 0 && property <= profile.tallies.back().first)) {
      return false;
    }
    Tally::Counts& counts = profile.tallies.emplace_back(property, Tally()).second.counts();
    for (std::uint64_t j = 0; j < values; ++j) {
      Value value;
      Count count;
      if (!DecodeValue(in, value) || !GetVarint(in, count.documents) || count.documents == 0) {
        return false;
      }
      if (IsDated(property)) {
        if (!GetUint32(in, count.latest) || !GetVarint(in, count.of_latest) ||
            !GetUint32(in, count.slot) || count.of_latest == 0 ||
            count.of_latest > count.documents || count.slot == 0 ||
            count.slot > profile.last_slot) {
          return false;
        }
      } else {
        count.of_latest = count.documents;  // all of them have no date
      }
      count.before = count.documents;
      counts.emplace_hint(counts.end(), std::move(value), count);
    }
    if (counts.size() != values) return false;
  }
  return true;
}

}  // namespace

void PutKey(std::string& out, const EntityKey& key) {
  PutLengthPrefixed(out, key.type);
  PutLengthPrefixed(out, key.name);
  PutLengthPrefixed(out, key.context);
}

bool GetKey(std::string_view& in, EntityKey& key) {
  return GetString(in, key.type) && GetString(in, key.name) && GetString(in, key.context);
}

void PutPlace(std::string& out, FieldSpan at) {
  out += static_cast<char>(at.field);
  PutVarint(out, at.span.begin);
  PutVarint(out, at.span.size());
}

bool GetPlace(std::string_view& in, FieldSpan& at) {
  unsigned field = 0;
  std::uint32_t size = 0;
  if (!GetByte(in, 1, field) || !GetUint32(in, at.span.begin) || !GetUint32(in, size) ||
      size > 0xffffffffu - at.span.begin) {
    return false;
  }
  at.field = static_cast<Field>(field);
  at.span.end = at.span.begin + size;
  return true;
}

bool GetString(std::string_view& in, std::string& out) {
  std::string_view text;
  if (!GetLengthPrefixed(in, text)) return false;
  out.assign(text);
  return true;
}

bool GetUint32(std::string_view& in, std::uint32_t& out) {
  std::uint64_t value = 0;
  if (!GetVarint(in, value) || value > 0xffffffffu) return false;
  out = static_cast<std::uint32_t>(value);
  return true;
}

void EncodeHeader(std::string& out, DocumentId number, const DocumentHeader& header) {
  PutVarint(out, number.value);
  PutLengthPrefixed(out, header.title);
  PutLengthPrefixed(out, header.source);
  PutLengthPrefixed(out, header.url);
  PutLengthPrefixed(out, header.date);
  out += static_cast<char>((header.date_inferred ? kHeaderDateInferred : 0) |
                           (header.title_given ? kHeaderTitleGiven : 0) |
                           (header.date_given ? kHeaderDateGiven : 0));
  out.append(reinterpret_cast<const char*>(header.text_hash.bytes.data()),
             header.text_hash.bytes.size());
  PutLengthPrefixed(out, header.version);
  PutVarint(out, header.statements);
  PutVarint(out, header.articles.size());
  for (const Article& article : header.articles) {
    PutVarint(out, article.number);
    out += static_cast<char>((article.teaser ? kTeaser : 0) | (article.truncated ? kTruncated : 0) |
                             (article.date_inferred ? kDateInferred : 0));
    PutPlace(out, article.title);
    PutVarint(out, article.body.begin);
    PutVarint(out, article.body.end);
    PutLengthPrefixed(out, article.date);
  }
}

bool DecodeHeader(std::string_view in, DocumentId& number, DocumentHeader& header) {
  unsigned header_flags = 0;
  std::uint64_t articles = 0;
  if (!GetVarint(in, number.value) || !GetString(in, header.title) ||
      !GetString(in, header.source) || !GetString(in, header.url) || !GetString(in, header.date) ||
      !GetByte(in, kHeaderDateInferred | kHeaderTitleGiven | kHeaderDateGiven, header_flags) ||
      in.size() < header.text_hash.bytes.size()) {
    return false;
  }
  header.date_inferred = (header_flags & kHeaderDateInferred) != 0;
  header.title_given = (header_flags & kHeaderTitleGiven) != 0;
  header.date_given = (header_flags & kHeaderDateGiven) != 0;
  std::copy_n(in.begin(), header.text_hash.bytes.size(),
              reinterpret_cast<char*>(header.text_hash.bytes.data()));
  in.remove_prefix(header.text_hash.bytes.size());
  if (!GetString(in, header.version) || !GetUint32(in, header.statements) ||
      !GetVarint(in, articles) || articles > in.size()) {
    return false;
  }
  header.articles.assign(static_cast<std::size_t>(articles), Article());
  for (Article& article : header.articles) {
    unsigned flags = 0;
    if (!GetUint32(in, article.number) ||
        !GetByte(in, kTeaser | kTruncated | kDateInferred, flags) || !GetPlace(in, article.title) ||
        !GetUint32(in, article.body.begin) || !GetUint32(in, article.body.end) ||
        article.body.begin > article.body.end || !GetString(in, article.date)) {
      return false;
    }
    article.teaser = (flags & kTeaser) != 0;
    article.truncated = (flags & kTruncated) != 0;
    article.date_inferred = (flags & kDateInferred) != 0;
  }
  return in.empty();
}

Tally& Profile::operator[](std::uint32_t property) {
  auto at = tallies.begin();
  while (at != tallies.end() && at->first < property) ++at;
  if (at == tallies.end() || at->first != property) at = tallies.emplace(at, property, Tally());
  return at->second;
}

const Tally* Profile::Find(std::uint32_t property) const {
  for (const auto& [number, tally] : tallies) {
    if (number == property) return &tally;
  }
  return nullptr;
}

NodeMember* StoredNode::FindMember(const EntityKey& key_of_it) {
  for (NodeMember& member : members) {
    if (member.key == key_of_it) return &member;
  }
  return nullptr;
}

bool StoredNode::HasMember(const EntityKey& key_of_it) const {
  return const_cast<StoredNode*>(this)->FindMember(key_of_it) != nullptr;
}

void EncodeNode(std::string& out, const StoredNode& node) {
  PutFixed32(out, node.type.value | (node.labels.empty() ? 0 : kHandLabels));
  if (!node.labels.empty()) {
    PutVarint(out, node.labels.size());
    for (const std::uint32_t label : node.labels) PutVarint(out, label);
  }
  PutKey(out, node.key);
  if (node.members.size() == 1) {
    TUPU_INVARIANT(node.members.front().key == node.key &&
                   node.members.front().documents == node.profile.documents);
    PutProfile(out, node.profile);
    return EncodeProperties(out, node.overlay);
  }
  Profile profile = node.profile;
  Tally::Counts& counts = profile[kKeyProperty].counts();
  for (const NodeMember& member : node.members) {
    const EntityKey& key = member.key;
    counts[Value(List{Value(key.type), Value(key.name), Value(key.context)})].documents =
        member.documents;
  }
  PutProfile(out, profile);
  EncodeProperties(out, node.overlay);
}

bool DecodeNode(std::string_view in, StoredNode& node) {
  if (!GetNodeLabels(in, node.type, node.labels) || !GetKey(in, node.key) ||
      !GetProfile(in, node.profile) || !DecodeProperties(in, node.overlay)) {
    return false;
  }
  node.members.clear();
  auto& tallies = node.profile.tallies;
  const auto keys = std::find_if(tallies.begin(), tallies.end(),
                                 [](const auto& tally) { return tally.first == kKeyProperty; });
  if (keys == tallies.end()) {
    node.members.push_back({node.key, node.profile.documents});
    return true;
  }
  for (const auto& [value, count] : keys->second.counts()) {
    if (value.kind() != ValueKind::kList || value.as_list().size() != 3) return false;
    for (const Value& part : value.as_list()) {
      if (part.kind() != ValueKind::kString) return false;
    }
    const List& parts = value.as_list();
    node.members.push_back(
        {{parts[0].as_string(), parts[1].as_string(), parts[2].as_string()}, count.documents});
  }
  tallies.erase(keys);
  return node.members.size() > 1;
}

bool GetNodeLabels(std::string_view& in, LabelId& type, std::vector<std::uint32_t>& labels) {
  labels.clear();
  if (!GetFixed32(in, type.value)) return false;
  if ((type.value & kHandLabels) == 0) return true;
  type.value &= ~kHandLabels;
  std::uint64_t size = 0;
  if (!GetVarint(in, size) || size == 0 || size > in.size()) return false;
  for (std::uint64_t i = 0; i < size; ++i) {
    std::uint32_t label = 0;
    if (!GetUint32(in, label) || (i > 0 && label <= labels.back())) return false;
    labels.push_back(label);
  }
  return true;
}

void EncodeEdge(std::string& out, const StoredEdge& edge) {
  PutFixed64(out, edge.from.value);
  PutFixed64(out, edge.to.value);
  PutLengthPrefixed(out, edge.title);
  PutProfile(out, edge.profile);
  EncodeProperties(out, edge.overlay);
}

bool DecodeEdge(std::string_view in, StoredEdge& edge) {
  return GetFixed64(in, edge.from.value) && GetFixed64(in, edge.to.value) &&
         GetString(in, edge.title) && (edge.title.empty() || edge.title.size() == 16) &&
         GetProfile(in, edge.profile) && DecodeProperties(in, edge.overlay);
}

bool DecodeEdgeEnds(std::string_view in, NodeId& from, NodeId& to) {
  return GetFixed64(in, from.value) && GetFixed64(in, to.value);
}

}  // namespace tupu::graph
