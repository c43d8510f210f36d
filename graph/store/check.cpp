// Cross-checks the store. What the documents' statements say is counted anew, from nothing; then
// every record is compared with it, every index entry is looked up from what should have made it,
// and what should have made it from every index entry.
// Asserted elements, overlays and what is rejected are checked apart (asserted_check.cpp,
// overlay_check.cpp, reject_check.cpp).
//
// Counting anew needs memory, so it goes by parts: each pass over the documents looks at the nodes
// and edges of one part only.
#include "graph/base/coding.h"
#include "graph/store/asserted.h"
#include "graph/store/checker.h"
#include "graph/store/overlays.h"
#include "graph/store/search_index.h"

namespace tupu::graph {
namespace {

constexpr std::uint64_t kPartSize = 1 << 20;  // nodes and edges counted at a time, about
constexpr std::size_t kMaxFindings = 1000;

}  // namespace

Result<std::vector<std::string>> CheckStore(const KvSnapshot& kv, const Names& names) {
  return Checker(kv, names).Run();
}

Result<std::vector<std::string>> Checker::Run() {
  if (auto judgements = LoadJudgements(kv_); judgements.ok()) {
    judgements_ = std::move(*judgements);
  } else {
    Find("the judgements: " + judgements.error().message);
    judgements_ = std::make_shared<Judgements>();
  }
  TUPU_TRY(CheckRules());
  TUPU_TRY(CheckNodes());
  TUPU_TRY(CheckEdges());
  const std::uint64_t parts = 1 + (nodes_.size() + edges_) / kPartSize;
  for (std::uint64_t part = 0; part < parts; ++part) {
    TUPU_TRY(CountDocuments(part, parts));
    TUPU_TRY(CompareNodes(part, parts));
    TUPU_TRY(CompareEdges(part, parts));
  }
  TUPU_TRY(CheckIndex());
  TUPU_TRY(CheckAdjacency());
  TUPU_TRY(CheckDocumentSpaces());
  TUPU_TRY(CheckCounters());
  TUPU_TRY(CheckSequences());
  TUPU_TRY(CheckAsserted(kv_, names_, findings_));
  TUPU_TRY(CheckOverlays(kv_, names_, findings_));
  TUPU_TRY(CheckRejected(kv_, *judgements_, findings_));
  TUPU_TRY(CheckSearch(kv_, names_, findings_));
  TUPU_TRY(CheckIndexes(kv_, names_, findings_));
  if (dropped_ > 0) findings_.push_back("… and " + std::to_string(dropped_) + " more");
  return std::move(findings_);
}

void Checker::Find(std::string finding) {
  if (findings_.size() < kMaxFindings) {
    findings_.push_back(std::move(finding));
  } else {
    ++dropped_;
  }
}

Result<bool> Checker::Has(Space space, const std::string& key) const {
  TUPU_ASSIGN(const std::optional<std::string> found, kv_.Get(space, key));
  return found.has_value();
}

Status Checker::CheckRules() {
  std::string ours;
  PutVarint(ours, kRulesVersion);
  TUPU_ASSIGN(const std::optional<std::string> format, kv_.Get(Space::kMeta, FormatKey()));
  TUPU_ASSIGN(const std::optional<std::string> rules, kv_.Get(Space::kMeta, RulesKey()));
  if (format && rules != ours) {
    Find("names are joined by the rules of another version of tupu; the next build joins anew");
  }
  return {};
}

std::string Checker::EdgeName(EdgeId edge) const {
  return "edge " + names_.NameOf(NameKind::kType, TypeOf(edge).value) + " " +
         std::to_string(edge.value - MakeEdgeId(TypeOf(edge), 0).value);
}

Status Checker::CheckCounters() {
  TUPU_TRY(Scan(Space::kCounters, {}, [&](std::string_view key, std::string_view value) -> Status {
    if (IsAssertedKey(Space::kCounters, key) || IsOverlayKey(Space::kCounters, key) ||
        key.starts_with('i')) {
      return {};
    }
    std::int64_t count = 0;
    const auto counted = counters_.find(std::string(key));
    const std::int64_t expected = counted == counters_.end() ? 0 : counted->second;
    if (counted != counters_.end()) counters_.erase(counted);
    if (!DecodeCounter(value, count) || count != expected) {
      Find(CounterName(key) + ": the counter says " + std::to_string(count) + ", there are " +
           std::to_string(expected));
    }
    return {};
  }));
  for (const auto& [key, count] : counters_) {
    if (count != 0) {
      Find(CounterName(key) + ": the counter is missing, there are " + std::to_string(count));
    }
  }
  return {};
}

std::string Checker::CounterName(std::string_view key) const {
  if (key == DocumentsKey()) return "documents";
  if (key == StatementsKey()) return "statements";
  std::string_view rest = key;
  rest.remove_prefix(1);
  std::uint32_t number = 0;
  if (GetFixed32(rest, number) && rest.empty()) {
    if (key.front() == 'n') return "nodes " + names_.NameOf(NameKind::kLabel, number);
    if (key.front() == 'e') return "edges " + names_.NameOf(NameKind::kType, number);
  }
  return "a counter that is none";
}

Status Checker::CheckSequences() {
  const auto check = [&](const std::string& key, std::uint64_t used, const std::string& what) {
    return CheckSequence(kv_, key, used, what, findings_);
  };
  TUPU_TRY(check(SequenceKey('d'), last_document_, "documents"));
  TUPU_TRY(check(SequenceKey('n'), last_node_, "nodes"));
  for (const auto& [type, used] : last_edge_) {
    TUPU_TRY(check(EdgeSequenceKey(TypeId{type}), used,
                   names_.NameOf(NameKind::kType, type) + " edges"));
  }
  return {};
}

}  // namespace tupu::graph
