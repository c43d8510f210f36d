// tupu search: full text over documents and entities.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>

#include "app/command.h"
#include "app/console.h"
#include "app/row_writer.h"
#include "app/why.h"
#include "graph/base/utf8.h"
#include "graph/exchange/records.h"

namespace tupu::app {
namespace {

using graph::SearchKind;
using graph::Value;

struct SearchOptions {
  StoreOptions store;
  std::string query;
  std::string format = "text";
  bool documents = false, entities = false;
  std::size_t limit = 10;
};

constexpr std::size_t kBefore = 90, kBehind = 240;  // bytes of a snippet around its first mark

// The part of a text around the first place, within its line; the places shifted to fit.
struct Snippet {
  std::string text;
  std::vector<Span> marks;
};
Snippet CutSnippet(std::string_view text, const std::vector<Span>& places) {
  const std::size_t at = places.empty() ? 0 : places.front().begin;
  std::size_t begin = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  begin = begin == std::string_view::npos ? 0 : begin + 1;
  std::size_t end = std::min(text.find('\n', at), text.size());
  const auto boundary = [&](std::size_t pos) {
    while (pos < text.size() && (static_cast<unsigned char>(text[pos]) & 0xc0) == 0x80) ++pos;
    return pos;
  };
  const bool cut_before = at - begin > kBefore;
  if (cut_before) begin = boundary(at - kBefore);
  const bool cut_behind = end - at > kBehind;
  if (cut_behind) end = boundary(at + kBehind);
  Snippet out;
  out.text = (cut_before ? "…" : "") + std::string(text.substr(begin, end - begin)) +
             (cut_behind ? "…" : "");
  const auto shift = static_cast<std::uint32_t>(begin) -
                     static_cast<std::uint32_t>(cut_before ? std::string_view("…").size() : 0);
  for (const Span place : places) {
    if (place.begin >= begin && place.end <= end) {
      out.marks.push_back({place.begin - shift, place.end - shift});
    }
  }
  return out;
}

class Results {
 public:
  Results(const graph::View& view, const graph::Schema& schema, const graph::SearchQuery& query,
          const SearchOptions& options)
      : view_(view), reader_(view, schema), query_(query), options_(options) {
    if (const auto format = FindRowFormat(options.format)) {
      rows_ = MakeRowWriter(*format, out_);
      rows_->Columns({"kind", "score", "id", "name", "about", "snippet"});
    }
  }

  Status Add(SearchKind kind) {
    TUPU_ASSIGN(const auto hits, view_.Search(kind, query_, options_.limit));
    for (const graph::SearchHit& hit : hits) {
      if (kind == SearchKind::kDocuments) {
        TUPU_ASSIGN(const graph::DocumentTexts* doc, reader_.Document(hit.document));
        const graph::DocumentHeader& header = doc->header;
        // The title is shown anyway.
        TUPU_TRY(Show("document", hit.score, header.id, header.title, header.date,
                      graph::FindPieces(query_, doc->text), doc->text));
      } else {
        TUPU_ASSIGN(const graph::EntityRow row, reader_.Entity(hit.node));
        std::string names = row.name;
        for (const std::string& alias : row.aliases) {
          if (alias != row.name) names += "、" + alias;
        }
        TUPU_TRY(Show("entity", hit.score, row.id, row.name, row.type,
                      graph::FindPieces(query_, names), names));
      }
    }
    return {};
  }

  Status Finish() {
    if (rows_) rows_->Finish();
    if (!rows_ && shown_ == 0) out_.Write("nothing matches\n");
    return out_.Finish();
  }

 private:
  Status Show(const std::string& kind, double score, const std::string& id, const std::string& name,
              const std::string& about, const std::vector<Span>& places, std::string_view text) {
    Snippet snippet = CutSnippet(text, places);
    ++shown_;
    if (rows_) {
      const std::string marked = MarkSpans(snippet.text, std::move(snippet.marks), false);
      TUPU_ASSIGN(const bool more, rows_->Row(view_, {Value(kind), Value(score), Value(id),
                                                      Value(name), Value(about), Value(marked)}));
      (void)more;
      return {};
    }
    char number[32];
    std::snprintf(number, sizeof number, "%.2f", score);
    std::string head = std::to_string(shown_) + ". " + kind + " " + Printable(id);
    if (!name.empty()) head += " · " + Printable(name);
    if (!about.empty()) head += " · " + Printable(about);
    out_.Write(head + " · " + number + "\n   " +
               MarkSpans(snippet.text, std::move(snippet.marks), ColourWanted()) + "\n");
    return {};
  }

  const graph::View& view_;
  graph::RecordReader reader_;
  const graph::SearchQuery& query_;
  const SearchOptions& options_;
  Output out_;
  std::unique_ptr<RowWriter> rows_;
  std::size_t shown_ = 0;
};

Result<ExitStatus> Run(const SearchOptions& options) {
  TUPU_ASSIGN(const graph::SearchQuery query, graph::ParseSearch(options.query));
  TUPU_ASSIGN(OpenedStore opened, OpenStore(options.store, graph::OpenMode::kReadOnly));
  TUPU_ASSIGN(const bool current, opened.store->Snapshot().SearchIsCurrent());
  if (!current) {
    // Who may write brings the index up to date; who may not, or not now, reads the texts instead.
    Result<OpenedStore> writable = OpenStore(options.store, graph::OpenMode::kReadWrite);
    if (writable.ok()) {
      TUPU_TRY(writable->store->UpdateSearch());
      opened = std::move(*writable);
    } else if (writable.error().code != ErrorCode::kConflict &&
               writable.error().code != ErrorCode::kIo) {
      return writable.error();
    }
  }
  const graph::View view = opened.store->Snapshot();
  Results results(view, *opened.schema, query, options);
  if (!options.documents) TUPU_TRY(results.Add(SearchKind::kEntities));
  if (!options.entities) TUPU_TRY(results.Add(SearchKind::kDocuments));
  TUPU_TRY(results.Finish());
  return ExitStatus::kDone;
}

}  // namespace

void AddSearch(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("search", "Search names and texts");
  auto options = std::make_shared<SearchOptions>();
  AddStoreOptions(*command, options->store);
  CLI::Option* documents =
      command->add_flag("--documents", options->documents, "Only documents (title and text)");
  command->add_flag("--entities", options->entities, "Only entities (names and other forms)")
      ->excludes(documents);
  command->add_option("--limit", options->limit, "Of each kind at most; 0: all (default: 10)")
      ->type_name("N");
  command
      ->add_option("--format", options->format, "text, table, csv, json or jsonl (default: text)")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"text", "table", "csv", "json", "jsonl"}));
  command->add_option("QUERY", options->query, "Pieces between white space: all must match")
      ->required();
  command->footer(
      "\"…\" is found just so, in a row; word* finds what begins so. The best match comes first "
      "(BM25).\n"
      "The first search in a store makes its index, later ones add what is new.\n"
      "Examples:\n"
      "  tupu search --store graph.db '储能 电站'\n"
      "  tupu search --store graph.db --documents --limit 3 '\"低空经济\"'");
  command->callback([options, &action] { action = [options] { return Run(*options); }; });
}

}  // namespace tupu::app
