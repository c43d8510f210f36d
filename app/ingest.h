// From paths to a committed graph: read → (unchanged? skip) → extract → commit.
//
// Reading is one thread, extraction many, committing the calling one, in the order of reading. The
// graph is a function of the set of documents: threads and batches do not show in it.
#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "app/extraction.h"
#include "extract/ingest/reader.h"
#include "graph/base/error.h"
#include "graph/store/store.h"

namespace tupu::app {

struct IngestProgress {
  std::uint64_t documents = 0;
  std::uint64_t text_bytes = 0;   // of those documents
  std::uint64_t input_bytes = 0;  // that they came from
};

struct IngestOptions {
  unsigned threads = 1;
  extract::ReadLimits limits;
  std::uint64_t batch_bytes = 4u << 20;       // of text, in one commit
  std::uint64_t in_flight_bytes = 64u << 20;  // read and not yet committed or dropped
  // Every commit reaches the disk before the next document is taken, not only the last.
  bool sync = false;
  // Called from the calling thread now and then; returning false stops: what is extracted by then
  // is committed, the rest left out.
  std::function<bool(const IngestProgress&)> progress;
};

struct IngestReport {
  graph::ApplyReport applied;
  std::uint64_t files = 0;
  std::uint64_t documents = 0;                 // read, whatever became of them
  std::uint64_t text_bytes = 0;                // of those
  std::uint64_t repeated = 0;                  // the same document again in one run: harmless
  std::uint64_t reextracted = 0;               // stored ones that other schemas had extracted
  std::uint64_t rejected = 0;                  // all of them
  std::vector<extract::Rejection> rejections;  // at most twice limits.max_rejections
  bool stopped = false;
};

// Of documents with one id in one run the one with the greater (date, text hash) stands; the other
// is a rejection. A document that cannot be extracted is one too. Stored documents that another
// version of the schemas extracted are extracted again. Fails only where the store does, or reading
// as a whole; what was committed before stays.
Result<IngestReport> Ingest(graph::Store& store, const Extraction& extractor,
                            const std::vector<std::string>& paths, std::istream& standard_input,
                            const IngestOptions& options);

}  // namespace tupu::app
