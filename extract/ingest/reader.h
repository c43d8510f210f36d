// From files, folders and standard input to documents.
//
// .txt and .html hold one document a file; .json one object or an array of them; .jsonl one object
// a line: {"id","title","source","url","date","text"}, only "text" needed. Every mistake is
// reported and skipped; the rest goes on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/error.h"
#include "graph/model/document.h"

namespace tupu::extract {

struct ReadLimits {
  std::uint64_t max_document_bytes = 16u << 20;  // of one text, decoded or not
  std::uint64_t max_field_bytes = 16u << 10;     // of id, title, source, url
  int max_folder_depth = 64;
  std::size_t max_rejections = 10000;  // kept; all are counted
};

// What was not read: which input (path, with ":line" for JSON Lines), why, and where in it.
struct Rejection {
  std::string where;
  std::string reason;
};

struct ReadReport {
  std::uint64_t files = 0;
  std::uint64_t documents = 0;
  std::uint64_t bytes = 0;            // of input
  std::uint64_t rejected = 0;         // all of them
  std::vector<Rejection> rejections;  // the first max_rejections
};

// Called once a document, in the order of the paths given and of names within a folder (so the
// order is the same everywhere). Returning false stops the reading.
using DocumentSink = std::function<bool(graph::Document doc)>;

// Where a document came from.
struct Origin {
  // The text is no field of the input as it stands: decoded, or taken out of markup.
  bool decoded = false;
  std::uint64_t bytes = 0;  // of input, read so far
};
using OriginSink = std::function<bool(graph::Document doc, const Origin& origin)>;

// Reads `paths` ("-" is `standard_input`: JSON Lines if its first non-blank byte is '{', else one
// plain text whose id is the hash of its text). Folders are walked; each is entered once, so links
// that lead back are not followed; hidden entries and files of other kinds inside folders are
// skipped, named outright they are rejected. Devices and pipes are never opened.
// Document ids: the "id" key; else the path below the folder named, without extension; else the
// file's stem. In a .jsonl or an array without ids, "#" and the number of the line or element
// follow; on standard input the hash of the text. Dates are brought to ISO 8601; one that cannot be
// read rejects its document. Memory: one document and one line or array element at a time. Fails
// only where nothing can go on (no such path is a rejection, not a failure).
Result<ReadReport> ReadDocuments(const std::vector<std::string>& paths, const ReadLimits& limits,
                                 std::istream& standard_input, const DocumentSink& sink);
Result<ReadReport> ReadDocuments(const std::vector<std::string>& paths, const ReadLimits& limits,
                                 std::istream& standard_input, const OriginSink& sink);

// The visible text of an HTML page: scripts, styles, menus gone, one line a block; its <title>;
// what <meta> says of outlet and date. Takes valid UTF-8; any markup, however broken or deep, in
// linear time.
struct HtmlText {
  std::string title;
  std::string text;
  std::string source;  // may be empty
  std::string date;    // ISO 8601 or empty
};
HtmlText HtmlToText(std::string_view html);

// The encoding that a page declares in its first 1,024 bytes (<meta charset=gbk>), or "".
std::string DeclaredCharset(std::string_view html);

}  // namespace tupu::extract
