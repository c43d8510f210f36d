#include "app/extraction.h"

#include <chrono>
#include <cstdlib>
#include <utility>

#include "graph/base/hash.h"

namespace tupu::app {
namespace {

// Where what may be lost is kept: $TUPU_CACHE (empty: nowhere), else tupu in the user's cache
// folder.
std::filesystem::path CacheFolder() {
  const auto variable = [](const char* name) -> std::optional<std::filesystem::path> {
    const char* value = std::getenv(name);
    if (value == nullptr) return std::nullopt;
    return value;
  };
  if (const auto own = variable("TUPU_CACHE")) return *own;
  if (const auto caches = variable("XDG_CACHE_HOME"); caches && caches->is_absolute()) {
    return *caches / "tupu";
  }
  if (const auto home = variable("HOME"); home && home->is_absolute()) {
    return *home / ".cache" / "tupu";
  }
  return {};
}

}  // namespace

void AddExternalOptions(CLI::App& command, ExternalOptions& options) {
  command
      .add_option("--extractor", options.command,
                  "A program of your own, run by sh: gets documents as JSON Lines, answers each "
                  "with a line of claims as tupu extract writes them")
      ->type_name("CMD");
  command
      .add_option("--extractor-timeout", options.timeout_seconds,
                  "Seconds that it may take for one document")
      ->type_name("SECONDS")
      ->check(CLI::Range(0.001, 86400.0))
      ->capture_default_str();
}

Extraction::Extraction(extract::Extractor extractor)
    : extractor_(std::make_unique<extract::Extractor>(std::move(extractor))),
      version_(extractor_->version()) {}

Result<Extraction> Extraction::Load(const std::filesystem::path& schema_dir,
                                    const ExternalOptions& external) {
  TUPU_ASSIGN(extract::Extractor extractor, extract::Extractor::Load(schema_dir, CacheFolder()));
  Extraction out(std::move(extractor));
  if (!external.command.empty()) {
    const auto timeout = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::duration<double>(external.timeout_seconds));
    out.external_.emplace(external.command, timeout, out.schema());
    out.version_ = HashFields({out.version_, external.command}).ToHex();
  }
  return out;
}

Result<graph::Claims> Extraction::Extract(const graph::Document& doc, std::string* explain) const {
  try {
    TUPU_ASSIGN(graph::Claims claims, extractor_->Extract(doc, explain));
    if (external_) TUPU_TRY(external_->Extend(doc, claims));
    return claims;
  } catch (const InternalError& error) {
    return Error(ErrorCode::kInternal,
                 std::string("skipped, since this is a bug (please report it): ") + error.what(),
                 doc.id);
  }
}

}  // namespace tupu::app
