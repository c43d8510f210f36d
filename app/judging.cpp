#include "app/judging.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <system_error>
#include <utility>

#include "app/lookup.h"
#include "app/output_file.h"
#include "graph/base/file.h"
#include "graph/base/unicode.h"

namespace tupu::app {
namespace {

namespace fs = std::filesystem;
using graph::EntityKey;
using graph::Judgement;
using graph::Judgements;

fs::path BesideStore(const std::string& store) {
  fs::path path = fs::path(store).lexically_normal();
  if (!path.has_filename()) path = path.parent_path();
  path += ".judgements";
  return path;
}

std::string RemarksOf(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    if (line.starts_with('#')) out += std::string(line) + "\n";
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

Result<Judgements> Altered(const Judgements& judgements, std::span<const Judgement> added,
                           std::span<const Judgement> removed) {
  std::map<std::string, Judgement> lines = judgements.lines();
  for (const Judgement& one : removed) lines.erase(one.ToLine());
  for (const Judgement& one : added) {
    // Of two opposite words about one fact the later stands.
    if (one.about_fact()) {
      Judgement opposite = one;
      opposite.kind = one.kind == graph::JudgementKind::kReject ? graph::JudgementKind::kConfirm
                                                                : graph::JudgementKind::kReject;
      lines.erase(opposite.ToLine());
    }
    lines.emplace(one.ToLine(), one);
  }
  std::vector<Judgement> all;
  for (auto& [line, one] : lines) all.push_back(std::move(one));
  return Judgements::Make(all);
}

}  // namespace

void AddJudgementsOption(CLI::App& command, std::string& file) {
  command
      .add_option("--judgements", file,
                  "File of judgements (default: the one beside the store, DIR.judgements)")
      ->type_name("FILE");
}

Result<JudgementFile> JudgementFile::Open(graph::Store& store, const std::string& store_path,
                                          const std::string& file, bool must_exist) {
  JudgementFile out(store, file.empty() ? BesideStore(store_path) : fs::path(file));
  TUPU_ASSIGN(const bool exists, out.Read());
  if (!exists && must_exist && !file.empty()) {
    return Error(ErrorCode::kNotFound, "there is no such file of judgements", file);
  }
  if (exists) TUPU_TRY(store.Judge(out.judgements_));
  return out;
}

Result<bool> JudgementFile::Read() {
  std::error_code error;
  if (!fs::exists(path_, error)) {
    if (error) return Error(ErrorCode::kIo, error.message(), path_.string());
    TUPU_ASSIGN(const auto stored, store_->Snapshot().StoredJudgements());
    TUPU_ASSIGN(judgements_, Altered(*stored, {}, {}));
    return false;
  }
  TUPU_ASSIGN(const std::string text, ReadFile(path_));
  TUPU_ASSIGN(judgements_, Judgements::Parse(text, path_.string()));
  remarks_ = RemarksOf(text);
  return true;
}

Status JudgementFile::Write(std::span<const Judgement> added, std::span<const Judgement> removed) {
  TUPU_ASSIGN(Judgements changed, Altered(judgements_, added, removed));
  TUPU_ASSIGN(OutputFile file, OutputFile::Create(path_));
  file.Write(remarks_);
  file.Write(changed.ToText());
  TUPU_TRY(file.Commit());
  judgements_ = std::move(changed);
  return {};
}

// The file first: what a crash keeps from the store is put there when the file is opened next.
Status JudgementFile::Change(std::span<const Judgement> added, std::span<const Judgement> removed) {
  TUPU_TRY(Write(added, removed));
  return store_->Judge(judgements_);
}

void KeepJudgements(graph::Store& store, const std::string& store_path, const std::string& file) {
  const fs::path path = file.empty() ? BesideStore(store_path) : fs::path(file);
  store.KeepJudgements([&store, path](std::span<const Judgement> added) -> Status {
    JudgementFile judgements(store, path);
    TUPU_ASSIGN([[maybe_unused]] const bool exists, judgements.Read());
    return judgements.Write(added, {});
  });
}

Result<std::vector<EntityKey>> KeysNamed(const graph::View& view, const graph::Schema& schema,
                                         std::string_view text) {
  if (auto key = graph::KeyFromField(text); key.ok() && schema.FindEntityType(key->type)) {
    key->type = schema.KeyType(key->type);
    key->name = FoldName(key->name);
    if (!key->name.empty()) return std::vector{std::move(*key)};
  }
  TUPU_ASSIGN(const std::vector<NodeId> nodes, FindNodes(view, text));
  const std::string folded = FoldName(text);
  std::vector<EntityKey> out;
  for (const NodeId node : nodes) {
    TUPU_ASSIGN(std::vector<EntityKey> keys, view.NodeKeys(node));
    const bool called = std::any_of(keys.begin(), keys.end(),
                                    [&](const EntityKey& key) { return key.name == folded; });
    for (EntityKey& key : keys) {
      if (!called || key.name == folded) out.push_back(std::move(key));
    }
  }
  if (out.empty()) {
    return Error(ErrorCode::kInvalidInput, "\"" + std::string(text) +
                                               "\" was written by hand; judgements are about what "
                                               "documents say");
  }
  std::sort(out.begin(), out.end());
  return out;
}

Result<EntityKey> KeyNamed(const graph::View& view, const graph::Schema& schema,
                           std::string_view text, bool any_of_one) {
  TUPU_ASSIGN(const std::vector<EntityKey> keys, KeysNamed(view, schema, text));
  if (keys.size() == 1) return keys.front();
  if (any_of_one) {
    TUPU_ASSIGN(const auto first, view.FindNodeById(keys.front().Hash().ToHex()));
    bool one = true;
    for (const EntityKey& key : keys) {
      TUPU_ASSIGN(const auto node, view.FindNodeById(key.Hash().ToHex()));
      one = one && node == first;
    }
    if (one) return keys.front();
  }
  std::string message = "\"" + std::string(text) + "\" can be";
  constexpr std::size_t kShown = 8;
  for (std::size_t i = 0; i < std::min(keys.size(), kShown); ++i) {
    message += (i == 0 ? " " : ", ") + graph::KeyToField(keys[i]);
  }
  if (keys.size() > kShown) message += " and " + std::to_string(keys.size() - kShown) + " more";
  return Error(ErrorCode::kInvalidInput, message + "; say which");
}

}  // namespace tupu::app
