// Records of a CSV file, one after the other, in bounded memory; gzip is seen by its first bytes.
//
// Fields stand between delimiters; one that begins with the quote goes on to the closing quote, a
// doubled quote within is one. Lines end in LF or CR LF; empty lines are passed over.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/error.h"

namespace tupu::graph {

struct CsvField {
  std::string_view text;
  bool quoted = false;
};

struct CsvOptions {
  char delimiter = ',';
  char quote = '"';
  bool multiline = false;                     // quoted fields may hold line feeds
  std::size_t limit = std::size_t{64} << 20;  // bytes of one record
};

class CsvReader {
 public:
  // kNotFound or kIo, naming the file.
  static Result<CsvReader> Open(const std::string& path, const CsvOptions& options);
  CsvReader(CsvReader&&) noexcept;
  CsvReader& operator=(CsvReader&&) noexcept;
  ~CsvReader();

  // Reads the next record; false at the end. Fields hold until the next call. Fails with
  // kInvalidInput where a quote is never closed, or closed within a field: reading can go on behind
  // that line. All other failures are the end.
  Result<bool> Next(std::vector<CsvField>& fields);

  std::uint64_t line() const { return line_; }  // where the last record began, from 1
  std::uint64_t taken() const;                  // bytes of the file read so far
  const std::string& path() const { return path_; }

 private:
  class Source;
  CsvReader(std::string path, const CsvOptions& options, std::unique_ptr<Source> source);
  // The offset of the next line feed from `from` on, reading what it needs; the end of all bytes
  // for a last line without one.
  Result<std::size_t> FindLineEnd(std::size_t from);
  Status SplitQuoted(std::size_t end, std::vector<CsvField>& fields);
  void SplitPlain(std::string_view line, std::vector<CsvField>& fields) const;
  Error Bad(std::string message) const;

  std::string path_;
  CsvOptions options_;
  std::unique_ptr<Source> source_;
  std::vector<char> buffer_;
  std::size_t pos_ = 0, end_ = 0;  // what is not yet taken
  std::uint64_t line_ = 0, next_line_ = 1;
};

}  // namespace tupu::graph
