#include "extract/extractor.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "extract/facts/claim_scorer.h"
#include "extract/facts/facts.h"
#include "extract/facts/name_fields.h"
#include "extract/facts/rules.h"
#include "extract/facts/schema_tests.h"
#include "extract/ingest/page.h"
#include "extract/ner/recogniser.h"
#include "graph/base/file.h"
#include "graph/base/hash.h"

namespace tupu::extract {
namespace {

constexpr std::size_t kMaxTextBytes = 16u << 20;

// Hash over every file that extraction may read, by path and content.
Result<std::string> HashFiles(const std::filesystem::path& dir) {
  namespace fs = std::filesystem;
  std::vector<std::pair<std::string, fs::path>> files;
  std::error_code failed;
  fs::recursive_directory_iterator it(dir, failed), end;
  for (; !failed && it != end; it.increment(failed)) {
    if (!it->is_regular_file(failed) || it->path().extension() == ".md") continue;
    files.emplace_back(it->path().lexically_relative(dir).generic_string(), it->path());
  }
  if (failed) return Error{ErrorCode::kIo, "cannot be read: " + failed.message(), dir.string()};
  std::sort(files.begin(), files.end());
  std::vector<std::string> fields;
  for (const auto& [name, path] : files) {
    TUPU_ASSIGN(const std::string content, ReadFile(path));
    fields.push_back(name);
    fields.push_back(HashFields({content}).ToHex());
  }
  const std::vector<std::string_view> views(fields.begin(), fields.end());
  return HashFields(std::span<const std::string_view>(views)).ToHex();
}

Status CheckSize(const graph::Document& doc) {
  if (doc.text.size() > kMaxTextBytes || doc.title.size() > kMaxTextBytes) {
    return Error{ErrorCode::kLimit,
                 "a text of " + std::to_string(std::max(doc.text.size(), doc.title.size())) +
                     " bytes; expected at most " + std::to_string(kMaxTextBytes),
                 doc.id};
  }
  return {};
}

}  // namespace

struct Extractor::Impl {
  NameFields::Words Words() const {
    return [this](std::string_view text, std::vector<WordClue>& out) {
      recogniser.WordsOf(text, out);
    };
  }

  // On the heap, since rules and recogniser keep pointers to it.
  std::unique_ptr<graph::Schema> schema;
  RuleBook rules;
  Recogniser recogniser;
  std::string version;
  std::optional<NameFields> fields;
  std::optional<ClaimScorer> scorer;
};

Extractor::Extractor(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Extractor::Extractor(Extractor&&) noexcept = default;
Extractor& Extractor::operator=(Extractor&&) noexcept = default;
Extractor::~Extractor() = default;

Result<Extractor> Extractor::Load(const std::filesystem::path& schema_dir,
                                  const std::filesystem::path& cache_dir, Models models) {
  const bool taggers = models != Models::kNone;
  TUPU_ASSIGN(graph::Schema loaded, graph::Schema::Load(schema_dir));
  auto schema = std::make_unique<graph::Schema>(std::move(loaded));
  TUPU_ASSIGN(RuleBook rules, RuleBook::Load(schema_dir, *schema));
  TUPU_ASSIGN(Recogniser recogniser, Recogniser::Load(schema_dir, *schema, cache_dir, taggers));
  TUPU_ASSIGN(std::string version, HashFiles(schema_dir));
  std::unique_ptr<Impl> impl(new Impl{
      std::move(schema), std::move(rules), std::move(recogniser), std::move(version), {}, {}});
  if (taggers) {
    TUPU_ASSIGN(impl->fields,
                NameFields::Load(schema_dir / "tagger" / "fields.bin", impl->Words()));
  }
  if (models == Models::kAll) {
    TUPU_ASSIGN(impl->scorer, ClaimScorer::Load(schema_dir / "scorer" / "claims.bin"));
  }
  return Extractor(std::move(impl));
}

const graph::Schema& Extractor::schema() const { return *impl_->schema; }
const std::string& Extractor::version() const { return impl_->version; }

std::vector<std::string> Extractor::RunExamples() const {
  return RunRuleExamples(impl_->rules, *impl_->schema);
}

Result<graph::Claims> Extractor::Extract(const graph::Document& doc, std::string* explain) const {
  TUPU_TRY(CheckSize(doc));
  const Page page = SplitPage(doc);
  const std::vector<SentenceMentions> found = impl_->recogniser.Recognise(doc, page);
  return FindFacts(doc, page, found, *impl_->schema, impl_->rules, &impl_->recogniser.gazetteer(),
                   impl_->fields ? &*impl_->fields : nullptr,
                   impl_->scorer ? &*impl_->scorer : nullptr, explain);
}

Status Extractor::ForEachName(const graph::Document& doc, const NameVisitor& visitor) const {
  TUPU_TRY(CheckSize(doc));
  const Page page = SplitPage(doc);
  const std::vector<SentenceMentions> found = impl_->recogniser.Recognise(doc, page);
  const NameFields fields(impl_->Words(), visitor);
  TUPU_TRY(FindFacts(doc, page, found, *impl_->schema, impl_->rules, &impl_->recogniser.gazetteer(),
                     &fields));
  return {};
}

}  // namespace tupu::extract
