// The file of judgements that goes with a store, and what people type to name things in it.
//
// The file is the truth: whoever opens it puts what it says into the store. It lies beside the
// store (graph.db.judgements for graph.db), so that it outlives a store that is deleted to be built
// anew.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/command.h"
#include "graph/base/error.h"
#include "graph/model/schema.h"
#include "graph/resolve/judgements.h"
#include "graph/store/store.h"

namespace tupu::app {

// --judgements FILE.
void AddJudgementsOption(CLI::App& command, std::string& file);

// From now on what statements reject in the store (DELETE) is added to `file`, or the one beside
// the store, before it counts; without applying what else the file says.
void KeepJudgements(graph::Store& store, const std::string& store_path, const std::string& file);

class JudgementFile {
 public:
  // Reads `file`, or the one beside the store if it is empty, and brings the store to what it says.
  // Where there is none, the store's own judgements stand; kNotFound if it was named and
  // `must_exist`. `store` must outlive it.
  static Result<JudgementFile> Open(graph::Store& store, const std::string& store_path,
                                    const std::string& file, bool must_exist);

  const graph::Judgements& judgements() const { return judgements_; }
  const std::filesystem::path& path() const { return path_; }

  // Adds and removes, first in the file, then in the store. Remarks (lines with #) stay, at the
  // top. kInvalidInput, and nothing happens, where judgements would contradict each other.
  Status Change(std::span<const graph::Judgement> added, std::span<const graph::Judgement> removed);

 private:
  friend void KeepJudgements(graph::Store& store, const std::string& store_path,
                             const std::string& file);
  JudgementFile(graph::Store& store, std::filesystem::path path)
      : store_(&store), path_(std::move(path)) {}

  // What the file says, or where there is none, the store; whether there is one.
  Result<bool> Read();
  // Changes the file alone.
  Status Write(std::span<const graph::Judgement> added, std::span<const graph::Judgement> removed);

  graph::Store* store_;
  std::filesystem::path path_;
  std::string remarks_;
  graph::Judgements judgements_;
};

// The keys that `text` names: a key as judgements have it, whether it is there or not; else those
// of the nodes with this name, alias or id, and of several in a node the one that is called so
// where there is one. kNotFound where there is none.
Result<std::vector<graph::EntityKey>> KeysNamed(const graph::View& view,
                                                const graph::Schema& schema, std::string_view text);
// The one that `text` names; where it names several, kInvalidInput with all of them in the message,
// unless they are one entity and `any_of_one` is set.
Result<graph::EntityKey> KeyNamed(const graph::View& view, const graph::Schema& schema,
                                  std::string_view text, bool any_of_one);

}  // namespace tupu::app
