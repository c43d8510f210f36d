// Folders are walked with a list of what is left to visit, kept in reverse order of names; files
// are read as their extension says.
#include "extract/ingest/reader.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <istream>
#include <set>
#include <system_error>
#include <utility>

#include "extract/ingest/byte_source.h"
#include "extract/ingest/json_document.h"
#include "extract/ingest/json_elements.h"
#include "extract/ingest/lines.h"
#include "graph/base/hash.h"
#include "graph/base/unicode.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxReasonBytes = 300;

enum class FileKind : std::uint8_t { kText, kHtml, kJson, kJsonLines, kOther };

FileKind KindOf(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return FileKind::kOther;
  std::string extension(name.substr(dot + 1));
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  if (extension == "txt") return FileKind::kText;
  if (extension == "html" || extension == "htm") return FileKind::kHtml;
  if (extension == "json") return FileKind::kJson;
  if (extension == "jsonl") return FileKind::kJsonLines;
  return FileKind::kOther;
}

std::string WithoutExtension(std::string_view name) {
  const std::size_t slash = name.rfind('/');
  const std::size_t first = slash == std::string_view::npos ? 0 : slash + 1;
  const std::size_t dot = name.rfind('.');
  return std::string(dot == std::string_view::npos || dot <= first ? name : name.substr(0, dot));
}

// Bytes of unknown origin as one line of text: what is broken or a control as \xNN.
std::string Printable(std::string_view text) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::string_view rest = text.substr(i);
    const std::size_t good = std::min(FindInvalidUtf8(rest.substr(0, 64)), rest.size());
    const auto byte = static_cast<unsigned char>(rest[0]);
    if (byte < 0x20 || byte == 0x7f || (byte >= 0x80 && good == 0)) {
      out += {'\\', 'x', kDigits[byte >> 4], kDigits[byte & 15]};
      ++i;
    } else {
      const std::size_t size = byte < 0x80 ? 1 : DecodeAt(rest, 0).size;
      out += rest.substr(0, size);
      i += size;
    }
  }
  return out;
}

std::string Shortened(std::string text) {
  if (text.size() <= kMaxReasonBytes) return text;
  std::size_t cut = kMaxReasonBytes;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xc0) == 0x80) --cut;
  return text.substr(0, cut) + "…";
}

class Reader {
 public:
  Reader(const ReadLimits& limits, const OriginSink& sink) : limits_(limits), sink_(sink) {}

  void ReadPath(const std::string& path);
  void ReadStandardInput(std::istream& in);
  bool stopped() const { return stopped_; }
  ReadReport& report() { return report_; }

 private:
  // A folder's identity, which links cannot disguise.
  using FolderId = std::pair<dev_t, ino_t>;
  struct Place {
    std::string path;
    std::string id;  // below the folder named
    int depth;
  };

  void Walk(const std::string& root);
  void ListFolder(const Place& folder, std::vector<Place>& left);
  void ReadFile(const std::string& path, const std::string& id, FileKind kind);
  void ReadWhole(ByteSource& source, const std::string& where, std::string id, FileKind kind);
  void ReadJsonLines(ByteSource& source, const std::string& where, const std::string& id);
  void ReadJson(ByteSource& source, const std::string& where, const std::string& id);
  // An empty `id` stands for the hash of the text.
  void TakeJson(std::string_view json, const ByteSource& source, const std::string& where,
                const std::string& id);
  void Deliver(graph::Document doc, bool decoded, const ByteSource& source,
               const std::string& where);
  void Reject(const std::string& where, std::string reason);
  std::uint64_t MaxJsonBytes() const {
    // \uXXXX takes twice what the character takes in UTF-8.
    return limits_.max_document_bytes * 2 + limits_.max_field_bytes * 8;
  }

  const ReadLimits& limits_;
  const OriginSink& sink_;
  ReadReport report_;
  bool stopped_ = false;
};

void Reader::Reject(const std::string& where, std::string reason) {
  ++report_.rejected;
  if (report_.rejections.size() < limits_.max_rejections) {
    report_.rejections.push_back({Printable(where), Printable(Shortened(std::move(reason)))});
  }
}

void Reader::Deliver(graph::Document doc, bool decoded, const ByteSource& source,
                     const std::string& where) {
  if (FindInvalidUtf8(doc.id) != std::string_view::npos) {
    Reject(where, "the file's name is not UTF-8 and would be the document's id");
    return;
  }
  ++report_.documents;
  if (!sink_(std::move(doc), Origin{decoded, report_.bytes + source.taken()})) stopped_ = true;
}

// ---- folders ----------------------------------------------------------------------------------

void Reader::ReadPath(const std::string& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) {
    Reject(path, std::generic_category().message(errno));
  } else if (S_ISDIR(info.st_mode)) {
    Walk(path);
  } else if (!S_ISREG(info.st_mode)) {
    Reject(path, "neither a file nor a folder");
  } else if (const FileKind kind = KindOf(path); kind == FileKind::kOther) {
    Reject(path, "unknown kind of file; expected .txt, .html, .htm, .json or .jsonl");
  } else {
    ReadFile(path, WithoutExtension(path.substr(path.rfind('/') + 1)), kind);
  }
}

void Reader::Walk(const std::string& root) {
  std::set<FolderId> entered;
  std::vector<Place> left = {{root, "", 0}};
  while (!left.empty() && !stopped_) {
    const Place place = std::move(left.back());
    left.pop_back();
    struct stat info {};
    if (::stat(place.path.c_str(), &info) != 0) {
      Reject(place.path, std::generic_category().message(errno));
    } else if (S_ISDIR(info.st_mode)) {
      if (!entered.emplace(info.st_dev, info.st_ino).second) continue;
      if (place.depth > limits_.max_folder_depth) {
        Reject(place.path,
               "more than " + std::to_string(limits_.max_folder_depth) + " folders deep");
        continue;
      }
      ListFolder(place, left);
    } else if (S_ISREG(info.st_mode)) {
      if (const FileKind kind = KindOf(place.path); kind != FileKind::kOther) {
        ReadFile(place.path, WithoutExtension(place.id), kind);
      }
    }
  }
}

void Reader::ListFolder(const Place& folder, std::vector<Place>& left) {
  std::error_code problem;
  std::vector<std::string> names;
  for (fs::directory_iterator it(folder.path, problem), end; !problem && it != end;
       it.increment(problem)) {
    const std::string name = it->path().filename().string();
    if (!name.starts_with(".")) names.push_back(name);
  }
  if (problem) Reject(folder.path, problem.message());
  std::sort(names.begin(), names.end(), std::greater<>());
  const std::string below = folder.path.ends_with('/') ? folder.path : folder.path + "/";
  for (const std::string& name : names) {
    left.push_back(
        {below + name, folder.id.empty() ? name : folder.id + "/" + name, folder.depth + 1});
  }
}

// ---- files ------------------------------------------------------------------------------------

void Reader::ReadFile(const std::string& path, const std::string& id, FileKind kind) {
  auto source = ByteSource::Open(path);
  if (!source.ok()) {
    Reject(path, source.error().message);
    return;
  }
  ++report_.files;
  switch (kind) {
    case FileKind::kJsonLines:
      ReadJsonLines(*source, path, id);
      break;
    case FileKind::kJson:
      ReadJson(*source, path, id);
      break;
    default:
      ReadWhole(*source, path, id, kind);
  }
  report_.bytes += source->taken();
}

// A plain text or a page of HTML; "" for the id of a text that is to be named by its hash.
void Reader::ReadWhole(ByteSource& source, const std::string& where, std::string id,
                       FileKind kind) {
  auto bytes = source.ReadAll(limits_.max_document_bytes);
  if (!bytes.ok()) {
    Reject(where, bytes.error().message);
    return;
  }
  const bool utf8 = FindInvalidUtf8(*bytes) == std::string_view::npos;
  const std::string charset =
      kind == FileKind::kHtml && !utf8 ? DeclaredCharset(*bytes) : std::string();
  const bool declared = !charset.empty() && FoldName(charset) != "utf-8" &&
                        !bytes->starts_with("\xff\xfe") && !bytes->starts_with("\xfe\xff");
  auto decoded = declared ? DecodeTextAs(*bytes, charset) : DecodeText(*bytes);
  if (!decoded.ok()) {
    Reject(where, decoded.error().message);
    return;
  }
  graph::Document doc;
  doc.text = std::move(decoded->text);
  if (kind == FileKind::kHtml) {
    HtmlText page = HtmlToText(doc.text);
    if (page.title.size() > limits_.max_field_bytes) {
      Reject(where, "<title> of " + std::to_string(page.title.size()) + " bytes; the limit is " +
                        std::to_string(limits_.max_field_bytes));
      return;
    }
    doc.title = std::move(page.title);
    doc.source = std::move(page.source);
    doc.date = std::move(page.date);
    doc.text = std::move(page.text);
  }
  if (doc.text.size() > limits_.max_document_bytes) {
    Reject(where, "a text of " + std::to_string(doc.text.size()) +
                      " bytes once decoded; the limit is " +
                      std::to_string(limits_.max_document_bytes));
    return;
  }
  const auto size = static_cast<std::uint32_t>(doc.text.size());
  if (TrimBlanks(doc.text, Span{0, size}).empty()) {
    Reject(where,
           doc.text.empty() ? "empty; expected text" : "nothing but white space; expected text");
    return;
  }
  doc.id = id.empty() ? HashFields({doc.text}).ToHex() : std::move(id);
  Deliver(std::move(doc), true, source, where);
}

void Reader::TakeJson(std::string_view json, const ByteSource& source, const std::string& where,
                      const std::string& id) {
  auto doc = ParseJsonDocument(json, limits_);
  if (!doc.ok()) {
    Reject(where, doc.error().message);
    return;
  }
  if (doc->id.empty()) doc->id = id.empty() ? HashFields({doc->text}).ToHex() : id;
  Deliver(std::move(doc).value(), false, source, where);
}

void Reader::ReadJsonLines(ByteSource& source, const std::string& where, const std::string& id) {
  source.SkipByteOrderMark();
  std::string line;
  for (std::uint64_t number = 1; !stopped_; ++number) {
    line.clear();
    std::uint64_t length = 0;
    bool ended = false;
    while (!ended) {
      const std::string_view part = source.Buffered();
      if (part.empty()) break;
      const std::size_t feed = part.find('\n');
      ended = feed != std::string_view::npos;
      const std::size_t size = ended ? feed : part.size();
      length += size;
      if (length <= MaxJsonBytes()) line += part.substr(0, size);
      source.Skip(ended ? size + 1 : size);
    }
    const std::string at = where + ":" + std::to_string(number);
    if (length > MaxJsonBytes()) {
      Reject(at, "a line of " + std::to_string(length) + " bytes; the limit is " +
                     std::to_string(MaxJsonBytes()));
    } else if (line.find_first_not_of(" \t\r") != std::string::npos) {
      TakeJson(line, source, at, id.empty() ? id : id + "#" + std::to_string(number));
    }
    if (!ended) break;
  }
  if (!source.status().ok()) Reject(where, source.status().error().message);
}

void Reader::ReadJson(ByteSource& source, const std::string& where, const std::string& id) {
  source.SkipByteOrderMark();
  JsonElements elements(source, MaxJsonBytes());
  while (!stopped_) {
    auto element = elements.Next();
    const std::string at =
        elements.in_array() ? where + "#" + std::to_string(elements.number()) : where;
    if (!element.ok()) {
      Reject(at, element.error().message);
      if (elements.at_end()) break;
      continue;
    }
    if (!element->has_value()) break;
    TakeJson(**element, source, at,
             elements.in_array() ? id + "#" + std::to_string(elements.number()) : id);
  }
  if (!source.status().ok()) Reject(where, source.status().error().message);
}

void Reader::ReadStandardInput(std::istream& in) {
  ByteSource source = ByteSource::FromStream(in);
  const std::string where = "standard input";
  ++report_.files;
  // White space before the first object is no reason to take JSON Lines for a text; what is looked
  // at is one buffer, so that the text stays whole.
  std::string_view head = source.Buffered();
  if (head.starts_with("\xef\xbb\xbf")) head.remove_prefix(3);
  const std::size_t first = head.find_first_not_of(" \t\r\n");
  if (first != std::string_view::npos && head[first] == '{') {
    ReadJsonLines(source, where, "");
  } else {
    ReadWhole(source, where, "", FileKind::kText);
  }
  report_.bytes += source.taken();
}

}  // namespace

Result<ReadReport> ReadDocuments(const std::vector<std::string>& paths, const ReadLimits& limits,
                                 std::istream& standard_input, const DocumentSink& sink) {
  return ReadDocuments(
      paths, limits, standard_input,
      OriginSink([&](graph::Document doc, const Origin&) { return sink(std::move(doc)); }));
}

Result<ReadReport> ReadDocuments(const std::vector<std::string>& paths, const ReadLimits& limits,
                                 std::istream& standard_input, const OriginSink& sink) {
  Reader reader(limits, sink);
  for (const std::string& path : paths) {
    if (reader.stopped()) break;
    if (path == "-") {
      reader.ReadStandardInput(standard_input);
    } else {
      reader.ReadPath(path);
    }
  }
  return std::move(reader.report());
}

}  // namespace tupu::extract
