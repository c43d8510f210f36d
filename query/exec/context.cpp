#include "query/exec/context.h"

#include <algorithm>

#include "graph/model/temporal_calc.h"
#include "query/cypher/diagnostic.h"
#include "query/exec/batch.h"

namespace tupu::query {
namespace {

// Powers of two. Caches begin small, for most queries read little, and making and dropping a large
// one takes longer than reading a node.
constexpr std::size_t kCachedFirst = 8;
constexpr std::size_t kCachedNodes = 1024;
constexpr std::size_t kCachedEdges = 256;
constexpr std::size_t kCachedTold = 4 * kBatchRows;  // several seeks fill their batches first
constexpr std::size_t kToldPlaces = 4;               // that one node may have
constexpr std::size_t kCachedRegexes = 64;

std::size_t Place(std::uint64_t id, std::size_t size) {
  return static_cast<std::size_t>((id * 0x9e3779b97f4a7c15ULL) >> 32) & (size - 1);
}

// The place of an element that is not in a cache, which grows once it has taken in as many as it
// has places; it is empty then.
template <class Cached>
Cached& PlaceFor(std::uint64_t id, std::vector<Cached>& cache, std::size_t& taken,
                 std::size_t most) {
  if (taken++ >= cache.size() && cache.size() < most) {
    const std::size_t size = cache.empty() ? kCachedFirst : std::min(most, cache.size() * 8);
    cache.clear();
    cache.resize(size);
    taken = 1;
  }
  return cache[Place(id, cache.size())];
}

}  // namespace

void Batch::Keep(const std::vector<std::uint32_t>& rows, const std::vector<Slot>& slots) {
  for (const Slot slot : slots) {
    Column& column = columns_[slot];
    if (column.kind == SlotKind::kValue) {
      for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i != rows[i]) column.values[i] = std::move(column.values[rows[i]]);
      }
      column.values.resize(rows.size());
    } else {
      for (std::size_t i = 0; i < rows.size(); ++i) column.ids[i] = column.ids[rows[i]];
      column.ids.resize(rows.size());
    }
  }
  rows_ = rows.size();
}

void Batch::Slice(std::size_t begin, std::size_t count, const std::vector<Slot>& slots) {
  std::vector<std::uint32_t> rows;
  for (std::size_t i = begin; i < rows_ && i < begin + count; ++i) {
    rows.push_back(static_cast<std::uint32_t>(i));
  }
  Keep(rows, slots);
}

ExecContext::ExecContext(const graph::View& view, const QueryLimits& limits,
                         const Parameters& parameters, const std::vector<SlotInfo>& slots,
                         std::uint32_t locals, graph::Transaction* transaction)
    : view_(view),
      limits_(limits),
      parameters_(parameters),
      slots_(slots),
      locals_(locals),
      transaction_(transaction),
      deadline_(std::chrono::steady_clock::now() +
                std::chrono::milliseconds(limits.max_milliseconds)),
      statement_time_(RealTime()) {}

graph::Temporal ExecContext::RealTime() const {
  const std::int64_t nanos =
      limits_.clock != nullptr
          ? limits_.clock()
          : std::chrono::nanoseconds(std::chrono::system_clock::now().time_since_epoch()).count();
  // 64 bits of nanoseconds are some centuries around 1970.
  return *graph::FromEpoch(0, nanos);
}

const graph::Value& ExecContext::Parameter(const std::string& name) const {
  const auto found = parameters_.find(name);
  TUPU_INVARIANT(found != parameters_.end());
  return found->second;
}

bool ExecContext::Fail(Error error) {
  if (!error_) error_ = std::move(error);
  return false;
}

Error ExecContext::TakeError() {
  TUPU_INVARIANT(error_.has_value());
  Error error = std::move(*error_);
  error_.reset();
  return error;
}

bool ExecContext::Charge(std::size_t bytes) {
  memory_ += static_cast<std::int64_t>(std::min<std::size_t>(bytes, std::size_t{1} << 60));
  if (limits_.max_memory_bytes == 0 ||
      memory_ <= static_cast<std::int64_t>(
                     std::min<std::uint64_t>(limits_.max_memory_bytes, std::uint64_t{1} << 62))) {
    return true;
  }
  return Fail(Error(ErrorCode::kLimit, "the query needs more than " +
                                           std::to_string(limits_.max_memory_bytes) +
                                           " bytes of memory"));
}

bool ExecContext::CheckTime() {
  if (limits_.interrupted != nullptr && limits_.interrupted()) {
    return Fail(Error(ErrorCode::kLimit, "interrupted"));
  }
  if (limits_.max_milliseconds == 0 || std::chrono::steady_clock::now() < deadline_) return true;
  return Fail(Error(
      ErrorCode::kLimit,
      "the query takes more than " + std::to_string(limits_.max_milliseconds) + " milliseconds"));
}

const graph::NodeRecord* ExecContext::Node(NodeId node) {
  CachedNode* cached = nodes_.empty() ? nullptr : &nodes_[Place(node.value, nodes_.size())];
  if (cached == nullptr || cached->id != node.value || cached->version != version_) {
    cached = &PlaceFor(node.value, nodes_, nodes_taken_, kCachedNodes);
    cached->id = kNullId;
    if (transaction_ && transaction_->IsDeleted(node)) {
      Fail(ValueError(kNoPos, "this node is deleted", detail::kDeletedAccess));
      return nullptr;
    }
    Hit();
    auto record = view_.Node(node);
    if (!record.ok()) {
      Fail(std::move(record).error());
      return nullptr;
    }
    cached->record = std::move(record).value();
    cached->id = node.value;
    cached->version = version_;
  }
  return &cached->record;
}

const graph::EdgeRecord* ExecContext::Edge(EdgeId edge) {
  CachedEdge* cached = edges_.empty() ? nullptr : &edges_[Place(edge.value, edges_.size())];
  if (cached == nullptr || cached->id != edge.value || cached->version != version_) {
    cached = &PlaceFor(edge.value, edges_, edges_taken_, kCachedEdges);
    cached->id = kNullId;
    if (transaction_ && transaction_->IsDeleted(edge)) {
      Fail(ValueError(kNoPos, "this relationship is deleted", detail::kDeletedAccess));
      return nullptr;
    }
    Hit();
    auto record = view_.Edge(edge);
    if (!record.ok()) {
      Fail(std::move(record).error());
      return nullptr;
    }
    cached->record = std::move(record).value();
    cached->id = edge.value;
    cached->version = version_;
  }
  return &cached->record;
}

// What was told of the node before, or longest ago of others that share its places. What a batch of
// rows tells is asked for soon, all of it: so growing loses nothing.
ExecContext::ToldProperty& ExecContext::PlaceToTell(std::uint64_t node) {
  if (told_taken_ * 2 >= told_.size() && told_.size() < kCachedTold) {
    std::vector<ToldProperty> before(told_.empty() ? kCachedFirst
                                                   : std::min(kCachedTold, told_.size() * 8));
    before.swap(told_);
    for (ToldProperty& one : before) {
      if (one.id != kNullId) PlaceToTell(one.id) = std::move(one);
    }
  }
  ToldProperty* const first = &told_[Place(node, told_.size()) & ~(kToldPlaces - 1)];
  ToldProperty* oldest = first;
  for (ToldProperty* one = first; one != first + kToldPlaces; ++one) {
    if (one->id == node) return *one;
    if (one->told < oldest->told) oldest = one;
  }
  return *oldest;
}

void ExecContext::Tell(NodeId node, const std::string& property, const graph::Value& value) {
  ToldProperty& told = PlaceToTell(node.value);
  told.told = ++told_taken_;
  told.id = node.value;
  told.version = version_;
  told.property = &property;
  told.value = value;
}

const graph::Value* ExecContext::Told(NodeId node, const std::string& property) const {
  if (told_.empty()) return nullptr;
  const ToldProperty* const first = &told_[Place(node.value, told_.size()) & ~(kToldPlaces - 1)];
  for (const ToldProperty* told = first; told != first + kToldPlaces; ++told) {
    if (told->id != node.value) continue;
    const bool known = told->version == version_ && *told->property == property;
    return known ? &told->value : nullptr;
  }
  return nullptr;
}

void ExecContext::Changed() {
  ++version_;
  labels_.clear();
}

std::optional<LabelId> ExecContext::Label(const std::string& name) {
  const auto known = labels_.find(name);
  if (known != labels_.end()) return known->second;
  return labels_[name] = view_.FindLabel(name);
}

std::vector<TypeId> ExecContext::Types(const std::vector<std::string>& names, bool& none) const {
  std::vector<TypeId> out;
  for (const std::string& name : names) {
    if (const auto type = view_.FindType(name)) out.push_back(*type);
  }
  none = out.empty() && !names.empty();
  return out;
}

Regex* ExecContext::CompiledRegex(const std::string& pattern, std::uint32_t pos) {
  const auto known = regexes_.find(pattern);
  if (known != regexes_.end()) return &known->second;
  if (regexes_.size() >= kCachedRegexes) regexes_.clear();
  auto compiled = Regex::Compile(pattern);
  if (!compiled.ok()) {
    Fail(ValueError(pos, compiled.error().message, detail::kArgumentValue));
    return nullptr;
  }
  return &regexes_.emplace(pattern, std::move(compiled).value()).first->second;
}

const std::string* ExecContext::DocumentText(const std::string& id) {
  if (!document_text_ || document_id_ != id) {
    auto text = view_.DocumentText(id);
    if (!text.ok()) {
      Fail(std::move(text).error());
      return nullptr;
    }
    document_id_ = id;
    document_text_ = std::move(text).value();
  }
  return &*document_text_;
}

std::size_t HeapBytes(const graph::Value& value) {
  switch (value.kind()) {
    case graph::ValueKind::kString:
      return value.as_string().size() > 15 ? value.as_string().size() : 0;
    case graph::ValueKind::kList: {
      // Elements that are lists themselves are shared, and were counted where they were made.
      return value.as_list().size() * sizeof(graph::Value) + 48;
    }
    case graph::ValueKind::kMap:
      return value.as_map().size() * (sizeof(graph::Value) + 80) + 48;
    case graph::ValueKind::kPath:
      return value.as_path().nodes.size() * 16 + 64;
    default:
      return 0;
  }
}

bool WithinDepth(const graph::Value& value, int limit) {
  if (value.kind() == graph::ValueKind::kList) {
    return limit > 0 && std::all_of(value.as_list().begin(), value.as_list().end(),
                                    [&](const graph::Value& element) {
                                      return WithinDepth(element, limit - 1);
                                    });
  }
  if (value.kind() == graph::ValueKind::kMap) {
    return limit > 0 &&
           std::all_of(value.as_map().begin(), value.as_map().end(),
                       [&](const auto& entry) { return WithinDepth(entry.second, limit - 1); });
  }
  return true;
}

}  // namespace tupu::query
