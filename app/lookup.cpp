#include "app/lookup.h"

#include <algorithm>
#include <utility>

#include "graph/base/unicode.h"
#include "graph/base/utf8.h"
#include "graph/exchange/records.h"

namespace tupu::app {
namespace {

constexpr std::size_t kMaxNodesRead = 200'000;

// Pairs of neighbouring characters, with one mark at either end so that one-character names have
// some too; sorted.
std::vector<std::u32string> Pairs(std::string_view name) {
  const std::u32string text = U"\x01" + ToUtf32(FoldName(name)) + U"\x02";
  std::vector<std::u32string> pairs;
  for (std::size_t i = 0; i + 1 < text.size(); ++i) pairs.push_back(text.substr(i, 2));
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

double Likeness(const std::vector<std::u32string>& a, const std::vector<std::u32string>& b) {
  std::size_t common = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) {
      ++common, ++i, ++j;
    } else {
      a[i] < b[j] ? ++i : ++j;
    }
  }
  return 2.0 * static_cast<double>(common) / static_cast<double>(a.size() + b.size());
}

}  // namespace

Result<std::vector<NodeId>> FindNodes(const graph::View& view, std::string_view name) {
  if (FindInvalidUtf8(name) != std::string_view::npos) {
    return Error(ErrorCode::kInvalidInput, "the name is not UTF-8");
  }
  TUPU_ASSIGN(const auto by_id, view.FindNodeById(name));
  if (by_id) return std::vector{*by_id};
  TUPU_ASSIGN(std::vector<NodeId> nodes, view.FindNodesByName(name));
  if (!nodes.empty()) return nodes;
  TUPU_ASSIGN(const auto rejected, RejectedKeysNamed(view, name, true));
  if (!rejected.empty()) {
    return Error(ErrorCode::kNotFound,
                 "\"" + std::string(name) +
                     "\" is rejected by a judgement: " + graph::KeyToField(rejected.front()));
  }
  std::string message = "nothing here is called \"" + std::string(name) + "\"";
  TUPU_ASSIGN(const auto near, NearNames(view, name, 5));
  for (std::size_t i = 0; i < near.size(); ++i) {
    message += (i == 0 ? "; near it: " : ", ") + near[i];
  }
  return Error(ErrorCode::kNotFound, std::move(message));
}

Result<std::vector<graph::EntityKey>> RejectedKeysNamed(const graph::View& view,
                                                        std::string_view text, bool as_said) {
  TUPU_ASSIGN(const auto judgements, view.StoredJudgements());
  std::vector<graph::EntityKey> all, out;
  for (const auto& [line, one] : judgements->lines()) {
    if (one.kind == graph::JudgementKind::kRejectEntity) all.push_back(one.a);
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  const std::string folded = FoldName(text);
  for (const graph::EntityKey& key : all) {
    if (graph::KeyToField(key) == text || key.Hash().ToHex() == text || key.name == folded) {
      out.push_back(key);
    }
  }
  if (!out.empty() || !as_said) return out;
  for (const graph::EntityKey& key : all) {
    TUPU_ASSIGN(const auto statements, view.RejectedStatements(key));
    const bool called =
        std::any_of(statements.begin(), statements.end(), [&](const graph::Statement& stmt) {
          const bool names = stmt.kind == graph::StatementKind::kEntity || stmt.property == "name";
          return names && stmt.value.kind() == graph::ValueKind::kString &&
                 FoldName(stmt.value.as_string()) == folded;
        });
    if (called) out.push_back(key);
  }
  return out;
}

Result<std::vector<std::string>> NearNames(const graph::View& view, std::string_view name,
                                           std::size_t limit) {
  constexpr double kLeastLikeness = 0.25;
  const auto wanted = Pairs(name);
  std::vector<std::pair<double, std::string>> found;
  const auto consider = [&](const std::string& candidate) {
    const double likeness = Likeness(wanted, Pairs(candidate));
    if (likeness >= kLeastLikeness) found.emplace_back(-likeness, candidate);
  };
  std::size_t read = 0;
  Status failed;
  TUPU_TRY(view.ForEachNode(std::nullopt, [&](NodeId node) {
    const auto record = view.Node(node);
    if (!record.ok()) {
      failed = record.error();
      return false;
    }
    consider(graph::PropertyText(record->properties, "name"));
    return ++read < kMaxNodesRead;
  }));
  TUPU_TRY(failed);
  // Beyond what was read, names that go on as this one does are still found.
  TUPU_ASSIGN(const auto longer, view.CompleteName(name, limit));
  for (const std::string& candidate : longer) consider(candidate);

  std::sort(found.begin(), found.end());
  std::vector<std::string> names;
  for (auto& [likeness, candidate] : found) {
    if (names.size() == limit) break;
    if (std::find(names.begin(), names.end(), candidate) == names.end()) {
      names.push_back(std::move(candidate));
    }
  }
  return names;
}

}  // namespace tupu::app
