#include "extract/external/external_extractor.h"

#include <mutex>
#include <utility>
#include <vector>

#include "extract/external/claims_reader.h"
#include "extract/external/process.h"
#include "graph/model/value.h"

namespace tupu::extract {
namespace {

// Ample for the claims of the longest page, and an end to babbling.
constexpr std::size_t kMaxAnswerBytes = std::size_t{16} << 20;

std::string Request(const graph::Document& doc) {
  return ToJson(graph::Map{{"id", doc.id},
                           {"title", doc.title},
                           {"source", doc.source},
                           {"url", doc.url},
                           {"date", doc.date},
                           {"text", doc.text}});
}

std::string RuleOf(const std::string& command) {
  const std::size_t begin = command.find_first_not_of(" \t");
  if (begin == std::string::npos) return "extractor";
  std::string word = command.substr(begin, command.find_first_of(" \t", begin) - begin);
  word.erase(0, word.find_last_of('/') + 1);
  return "extractor:" + word;
}

}  // namespace

struct ExternalExtractor::Impl {
  std::string command;
  std::chrono::milliseconds timeout;
  const graph::Schema& schema;
  std::string rule;
  std::mutex mutex;
  std::vector<std::unique_ptr<Process>> idle;

  // A program that waits for its next document; null where there is none.
  std::unique_ptr<Process> TakeIdle() {
    const std::lock_guard lock(mutex);
    if (idle.empty()) return nullptr;
    std::unique_ptr<Process> process = std::move(idle.back());
    idle.pop_back();
    return process;
  }

  void GiveBack(std::unique_ptr<Process> process) {
    const std::lock_guard lock(mutex);
    idle.push_back(std::move(process));
  }

  // What an earlier document has left behind (an end, a line too many) is no fault of this one: it
  // counts only what a fresh program makes of it. One that takes too long is not asked twice.
  Status Extend(const graph::Document& doc, graph::Claims& claims) {
    if (std::unique_ptr<Process> used = TakeIdle()) {
      const Status status = ExtendBy(std::move(used), doc, claims);
      if (status.ok() || status.error().code == ErrorCode::kLimit) return status;
    }
    TUPU_ASSIGN(std::unique_ptr<Process> fresh, Process::Start(command));
    return ExtendBy(std::move(fresh), doc, claims);
  }

  Status ExtendBy(std::unique_ptr<Process> process, const graph::Document& doc,
                  graph::Claims& claims) {
    TUPU_ASSIGN(const std::string answer, process->Ask(Request(doc), timeout, kMaxAnswerBytes));
    graph::Claims extended = claims;
    TUPU_TRY(AddClaims(doc, schema, answer, rule, extended));
    TUPU_TRY(graph::Normalise(doc, extended));
    claims = std::move(extended);
    GiveBack(std::move(process));
    return {};
  }
};

ExternalExtractor::ExternalExtractor(std::string command, std::chrono::milliseconds timeout,
                                     const graph::Schema& schema)
    : impl_(new Impl{std::move(command), timeout, schema, {}, {}, {}}) {
  impl_->rule = RuleOf(impl_->command);
}
ExternalExtractor::ExternalExtractor(ExternalExtractor&&) noexcept = default;
ExternalExtractor::~ExternalExtractor() = default;

const std::string& ExternalExtractor::command() const { return impl_->command; }

Status ExternalExtractor::Extend(const graph::Document& doc, graph::Claims& claims) const {
  const Status status = impl_->Extend(doc, claims);
  if (status.ok()) return {};
  return Error(status.error().code, "extractor " + impl_->command + ": " + status.error().message,
               doc.id);
}

}  // namespace tupu::extract
