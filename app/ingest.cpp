#include "app/ingest.h"

#include <exception>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "app/pipeline.h"
#include "graph/base/hash.h"

namespace tupu::app {
namespace {

using graph::Document;
using graph::DocumentClaims;

// What one document became on its way through the workers.
struct Extracted {
  Document doc;
  std::uint64_t input_bytes = 0;
  bool unchanged = false;  // stored as it is
  std::optional<graph::Claims> claims;
  std::optional<Error> error;
};

// What decides between two documents of one id. Everything that can differ is in it, so that the
// choice does not depend on their order; date and text hash come first.
struct Rank {
  std::string date;
  Hash128 text_hash;
  Hash128 rest;
  auto operator<=>(const Rank&) const = default;
};

Rank RankOf(const Document& doc) {
  return {doc.date, HashFields({doc.text}), HashFields({doc.title, doc.source, doc.url})};
}

class Committer {
 public:
  Committer(graph::Store& store, const Extraction& extractor, const IngestOptions& options)
      : store_(store), version_(extractor.version()), options_(options) {}

  // False: stop, because of the store (status() tells) or because progress said so.
  bool Take(Extracted item) {
    report.text_bytes += item.doc.text.size();
    if (stored_) {
      ++report.reextracted;
    } else {
      ++report.documents;
    }
    if (item.error) {
      Reject(item.doc.id, item.error->message);
    } else if (stored_ || Stands(item.doc)) {
      if (item.unchanged) {
        ++report.applied.unchanged;
      } else {
        Add({std::move(item.doc), std::move(*item.claims)});
      }
    }
    if (status_.ok() && options_.progress &&
        !options_.progress(
            {report.documents + report.reextracted, report.text_bytes, item.input_bytes})) {
      report.stopped = true;
    }
    return status_.ok() && !report.stopped;
  }

  // The last commit of a run reaches the disk before it returns, and with it all before.
  void Flush(bool sync) {
    if (!status_.ok() || pending_.empty()) return;
    const auto applied = store_.Apply(pending_, version_, sync);
    if (applied.ok()) {
      report.applied.added += applied->added;
      if (!stored_) report.applied.corrected += applied->corrected;
      report.applied.unchanged += applied->unchanged;
      report.applied.removed += applied->removed;
    } else {
      status_ = applied.error();
    }
    pending_.clear();
    pending_place_.clear();
    pending_bytes_ = 0;
  }

  // What comes from now on is stored already, each once.
  void StartStored() { stored_ = true; }

  const Status& status() const { return status_; }
  IngestReport report;

 private:
  // Whether `doc` is the one of its id that stands so far.
  bool Stands(const Document& doc) {
    Rank rank = RankOf(doc);
    const auto [place, first] = seen_.try_emplace(HashFields({doc.id}), rank);
    if (first) return true;
    if (place->second == rank) {
      ++report.repeated;
      return false;
    }
    Reject(doc.id,
           "stands more than once in this run with different content; the one with the later date "
           "stands, or of equal dates the one with the greater hash of its text");
    if (rank < place->second) return false;
    place->second = std::move(rank);
    return true;
  }

  void Reject(const std::string& where, std::string reason) {
    ++report.rejected;
    if (report.rejections.size() < options_.limits.max_rejections) {
      report.rejections.push_back({where, std::move(reason)});
    }
  }

  void Add(DocumentClaims one) {
    const auto found = pending_place_.find(one.document.id);
    if (found != pending_place_.end()) {
      pending_[found->second] = std::move(one);
      return;
    }
    // Flushing before, not after, leaves something for the last commit.
    if (pending_bytes_ >= options_.batch_bytes) Flush(options_.sync);
    pending_bytes_ += one.document.text.size() + 1024;
    pending_place_.emplace(one.document.id, pending_.size());
    pending_.push_back(std::move(one));
  }

  graph::Store& store_;
  const std::string version_;
  const IngestOptions& options_;
  Status status_;
  bool stored_ = false;
  std::unordered_map<Hash128, Rank> seen_;
  std::vector<DocumentClaims> pending_;
  std::unordered_map<std::string, std::size_t> pending_place_;
  std::uint64_t pending_bytes_ = 0;
};

struct ReadDocument {
  Document doc;
  std::uint64_t input_bytes = 0;  // read so far
};
using IngestPipeline = Pipeline<ReadDocument, Extracted>;

void Run(const IngestOptions& options, const Extraction& extractor, Committer& committer,
         const std::function<void(const IngestPipeline::Emit&)>& produce,
         const std::function<Result<bool>(const Document&)>& unchanged) {
  IngestPipeline pipeline(options.threads, options.in_flight_bytes);
  pipeline.Run(
      produce,
      [&](ReadDocument in) {
        Document doc = std::move(in.doc);
        Extracted out;
        out.input_bytes = in.input_bytes;
        const Result<bool> known = unchanged(doc);
        if (!known.ok()) {
          out.error = known.error();
        } else if (*known) {
          out.unchanged = true;
        } else {
          auto claims = extractor.Extract(doc);
          if (claims.ok()) {
            out.claims = std::move(*claims);
          } else {
            out.error = claims.error();
          }
        }
        out.doc = std::move(doc);
        return out;
      },
      [&](Extracted item) { return committer.Take(std::move(item)); });
}

// Other schemas or another model may see other facts in what is stored.
Status ExtractStoredAgain(const graph::View& view, const IngestOptions& options,
                          const Extraction& extractor, Committer& committer) {
  Status failed;
  committer.StartStored();
  Run(
      options, extractor, committer,
      [&](const IngestPipeline::Emit& emit) {
        const Status walked = view.ForEachDocument([&](const graph::DocumentHeader& header) {
          if (header.version == extractor.version()) return true;
          auto text = view.DocumentText(header.id);
          if (!text.ok()) {
            failed = text.error();
            return false;
          }
          const std::size_t bytes = text->size();
          return emit({graph::ToDocument(header, std::move(*text)), 0}, bytes);
        });
        if (failed.ok() && !walked.ok()) failed = walked.error();
      },
      [](const Document&) -> Result<bool> { return false; });
  committer.Flush(true);
  TUPU_TRY(committer.status());
  return failed;
}

}  // namespace

Result<IngestReport> Ingest(graph::Store& store, const Extraction& extractor,
                            const std::vector<std::string>& paths, std::istream& standard_input,
                            const IngestOptions& options) {
  const graph::View before = store.Snapshot();
  Committer committer(store, extractor, options);

  std::optional<Result<extract::ReadReport>> read;
  Run(
      options, extractor, committer,
      [&](const IngestPipeline::Emit& emit) {
        read = extract::ReadDocuments(paths, options.limits, standard_input,
                                      [&](Document doc, const extract::Origin& origin) {
                                        const std::size_t bytes = doc.text.size();
                                        return emit({std::move(doc), origin.bytes}, bytes);
                                      });
      },
      [&](const Document& doc) -> Result<bool> {
        TUPU_ASSIGN(const auto header, before.FindDocument(doc.id));
        return header && graph::IsUnchanged(*header, doc, extractor.version());
      });
  committer.Flush(true);
  TUPU_TRY(committer.status());
  if (read && !read->ok()) return read->error();
  if (!committer.report.stopped) {
    TUPU_TRY(ExtractStoredAgain(store.Snapshot(), options, extractor, committer));
  }
  IngestReport& report = committer.report;
  if (read) {
    report.files = (*read)->files;
    report.rejected += (*read)->rejected;
    report.rejections.insert(report.rejections.begin(), (*read)->rejections.begin(),
                             (*read)->rejections.end());
  }
  return std::move(report);
}

}  // namespace tupu::app
