// Extraction as the commands run it: the built-in extractor, and a program of the user's beside it.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "extract/external/external_extractor.h"
#include "extract/extractor.h"
#include "graph/base/error.h"

namespace tupu::app {

struct ExternalOptions {
  std::string command;  // empty: none
  double timeout_seconds = 30;
};
// --extractor and --extractor-timeout.
void AddExternalOptions(CLI::App& command, ExternalOptions& options);

// Safe for several threads.
class Extraction {
 public:
  static Result<Extraction> Load(const std::filesystem::path& schema_dir,
                                 const ExternalOptions& external);

  const graph::Schema& schema() const { return extractor_->schema(); }
  // Of all that decides what is claimed: the schemas, the model, the program's command.
  const std::string& version() const { return version_; }
  std::vector<std::string> RunExamples() const { return extractor_->RunExamples(); }
  // The claims of one document. A failure of the program is one of the document: what is half
  // extracted is not kept, so that the next run tries again. Never throws InternalError.
  Result<graph::Claims> Extract(const graph::Document& doc, std::string* explain = nullptr) const;

 private:
  explicit Extraction(extract::Extractor extractor);

  std::unique_ptr<extract::Extractor> extractor_;  // stable address: the program knows its schema
  std::optional<extract::ExternalExtractor> external_;
  std::string version_;
};

}  // namespace tupu::app
