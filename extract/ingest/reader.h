// From files, folders and standard input to documents.
//
// .txt and .html hold one document a file; .json one object or an array of them; .jsonl one object
// a line: {"id","title","source","url","date","text"}, only "text" needed. Every mistake is
// reported and skipped; the rest goes on.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "graph/base/error.h"
#include "graph/model/document.h"

namespace tupu::extract {

struct ReadLimits {
  std::uint64_t max_document_bytes = 16u << 20;  // of one text, decoded or not
  int max_folder_depth = 64;
};

// What was not read: which input (path, with ":line" for JSON Lines), why, and where in it.
struct Rejection {
  std::string where;
  std::string reason;
};

struct ReadReport {
  std::uint64_t files = 0;
  std::uint64_t documents = 0;
  std::uint64_t bytes = 0;  // of input
  std::vector<Rejection> rejections;
};

// Called once a document, in the order of the paths given and of names within a folder (so the
// order is the same everywhere). Returning false stops the reading.
using DocumentSink = std::function<bool(graph::Document doc)>;

// Reads `paths` ("-" is `standard_input`: JSON Lines if its first non-blank byte is '{', else one
// plain text whose id is the hash of its text). Folders are walked, links that lead back are not
// followed; files of other kinds inside folders are skipped, named outright they are rejected.
// Document ids: the "id" key; else the path below the folder named, without extension; else the
// file's stem. In a .jsonl without ids, "#" and the line number follow. Memory: one document and
// one line at a time. Fails only where nothing can go on (no such path is a rejection, not a
// failure).
Result<ReadReport> ReadDocuments(const std::vector<std::string>& paths, const ReadLimits& limits,
                                 std::istream& standard_input, const DocumentSink& sink);

// The visible text of an HTML page: scripts, styles, menus gone, one line a block; its <title>.
struct HtmlText {
  std::string title;
  std::string text;
};
HtmlText HtmlToText(std::string_view html);

}  // namespace tupu::extract
