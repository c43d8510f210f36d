#include "graph/exchange/csv_reader.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace tupu::graph {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 20;

}  // namespace

// Bytes of the file, unpacked if need be.
class CsvReader::Source {
 public:
  Source(std::string path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;
  ~Source() {
    if (packed_) inflateEnd(&stream_);
    ::close(descriptor_);
  }

  Status Start() {
    unsigned char magic[2] = {0, 0};
    if (::pread(descriptor_, magic, 2, 0) == 2 && magic[0] == 0x1f && magic[1] == 0x8b) {
      constexpr int kGzip = 16 + MAX_WBITS;
      if (inflateInit2(&stream_, kGzip) != Z_OK) {
        return Error{ErrorCode::kIo, "cannot unpack", path_};
      }
      packed_ = true;
      input_.resize(kPiece);
    }
    return {};
  }

  // Fills at most `size` bytes; 0 at the end.
  Result<std::size_t> Read(char* out, std::size_t size) {
    return packed_ ? ReadPacked(out, size) : ReadFile(out, size);
  }
  std::uint64_t taken() const { return taken_; }

 private:
  Result<std::size_t> ReadFile(char* out, std::size_t size) {
    while (true) {
      const ssize_t got = ::read(descriptor_, out, size);
      if (got >= 0) {
        taken_ += static_cast<std::uint64_t>(got);
        return static_cast<std::size_t>(got);
      }
      if (errno != EINTR) return Error{ErrorCode::kIo, std::strerror(errno), path_};
    }
  }

  // A file may be several packed ones end to end.
  Result<std::size_t> ReadPacked(char* out, std::size_t size) {
    stream_.next_out = reinterpret_cast<Bytef*>(out);
    stream_.avail_out = static_cast<uInt>(size);
    while (stream_.avail_out == size) {
      if (stream_.avail_in == 0) {
        TUPU_ASSIGN(const std::size_t got, ReadFile(input_.data(), input_.size()));
        if (got == 0) {
          if (!between_) return Error{ErrorCode::kInvalidInput, "the gzip data is cut off", path_};
          return std::size_t{0};
        }
        stream_.next_in = reinterpret_cast<Bytef*>(input_.data());
        stream_.avail_in = static_cast<uInt>(got);
      }
      if (between_) {
        if (inflateReset(&stream_) != Z_OK) return Error{ErrorCode::kIo, "cannot unpack", path_};
        between_ = false;
      }
      const int status = inflate(&stream_, Z_NO_FLUSH);
      if (status == Z_STREAM_END) {
        between_ = true;
      } else if (status != Z_OK && status != Z_BUF_ERROR) {
        return Error{ErrorCode::kInvalidInput, "the gzip data is damaged", path_};
      }
    }
    return size - stream_.avail_out;
  }

  const std::string path_;
  const int descriptor_;
  bool packed_ = false;
  bool between_ = false;  // behind one packed file
  z_stream stream_{};
  std::vector<char> input_;
  std::uint64_t taken_ = 0;
};

CsvReader::CsvReader(std::string path, const CsvOptions& options, std::unique_ptr<Source> source)
    : path_(std::move(path)), options_(options), source_(std::move(source)) {}
CsvReader::CsvReader(CsvReader&&) noexcept = default;
CsvReader& CsvReader::operator=(CsvReader&&) noexcept = default;
CsvReader::~CsvReader() = default;

Result<CsvReader> CsvReader::Open(const std::string& path, const CsvOptions& options) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) {
    return Error{errno == ENOENT ? ErrorCode::kNotFound : ErrorCode::kIo,
                 errno == ENOENT ? "there is no such file" : std::strerror(errno), path};
  }
  auto source = std::make_unique<Source>(path, descriptor);
  struct stat info {};
  if (::fstat(descriptor, &info) != 0 || !S_ISREG(info.st_mode)) {
    return Error{ErrorCode::kInvalidInput, "this is not a file", path};
  }
  TUPU_TRY(source->Start());
  CsvReader reader(path, options, std::move(source));
  TUPU_ASSIGN(const std::size_t first, reader.FindLineEnd(0));
  static_cast<void>(first);
  constexpr std::string_view kMark = "\xef\xbb\xbf";
  if (std::string_view(reader.buffer_.data(), reader.end_).starts_with(kMark)) {
    reader.pos_ = kMark.size();
  }
  return reader;
}

std::uint64_t CsvReader::taken() const { return source_->taken(); }

Error CsvReader::Bad(std::string message) const {
  return {ErrorCode::kInvalidInput, std::move(message), path_ + ":" + std::to_string(line_)};
}

Result<std::size_t> CsvReader::FindLineEnd(std::size_t from) {
  while (true) {
    if (from < end_) {
      const void* found = std::memchr(buffer_.data() + from, '\n', end_ - from);
      if (found != nullptr) {
        return static_cast<std::size_t>(static_cast<const char*>(found) - buffer_.data());
      }
    }
    from = end_;
    if (pos_ > 0) {  // what is left goes to the front
      std::memmove(buffer_.data(), buffer_.data() + pos_, end_ - pos_);
      from -= pos_;
      end_ -= pos_;
      pos_ = 0;
    }
    if (end_ > options_.limit) {
      return Error{ErrorCode::kLimit,
                   "a record of more than " + std::to_string(options_.limit >> 20) + " MiB",
                   path_ + ":" + std::to_string(next_line_)};
    }
    if (buffer_.size() - end_ < kPiece) buffer_.resize(std::max(2 * end_, end_ + kPiece));
    TUPU_ASSIGN(const std::size_t got, source_->Read(buffer_.data() + end_, buffer_.size() - end_));
    if (got == 0) return end_;
    end_ += got;
  }
}

Result<bool> CsvReader::Next(std::vector<CsvField>& fields) {
  fields.clear();
  while (true) {
    // Bytes move to the front while a line end is looked for; from here on they stay.
    TUPU_ASSIGN(const std::size_t end, FindLineEnd(pos_));
    if (pos_ == end_ && end == end_) return false;
    line_ = next_line_++;
    std::string_view line(buffer_.data() + pos_, end - pos_);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) {
      pos_ = std::min(end + 1, end_);
      continue;
    }
    if (std::memchr(line.data(), options_.quote, line.size()) != nullptr) {
      TUPU_TRY(SplitQuoted(end, fields));
    } else {
      SplitPlain(line, fields);
      pos_ = std::min(end + 1, end_);
    }
    return true;
  }
}

void CsvReader::SplitPlain(std::string_view line, std::vector<CsvField>& fields) const {
  while (true) {
    const std::size_t at = line.find(options_.delimiter);
    fields.push_back({line.substr(0, at), false});
    if (at == std::string_view::npos) return;
    line.remove_prefix(at + 1);
  }
}

// Quoted fields are freed of their quotes in place. Offsets are kept until the record is whole,
// because looking for more lines moves the bytes.
Status CsvReader::SplitQuoted(std::size_t end, std::vector<CsvField>& fields) {
  struct Place {
    std::size_t begin, size;  // from pos_
    bool quoted;
  };
  std::vector<Place> places;
  std::size_t at = 0;  // from pos_
  const auto byte = [&](std::size_t offset) { return buffer_[pos_ + offset]; };
  std::size_t stop = end - pos_;  // the line feed, or the end
  const auto fail = [&](std::string message) -> Status {
    pos_ = std::min(pos_ + stop + 1, end_);
    fields.clear();
    return Bad(std::move(message));
  };
  const auto line_stop = [&] { return stop > at && byte(stop - 1) == '\r' ? stop - 1 : stop; };
  while (true) {
    if (at < stop && byte(at) == options_.quote) {
      const std::size_t begin = ++at;
      std::size_t write = begin;
      while (true) {
        if (at >= stop) {
          if (!options_.multiline) return fail("a quoted field is not closed on its line");
          if (pos_ + stop >= end_) return fail("a quoted field is never closed");
          TUPU_ASSIGN(const std::size_t next, FindLineEnd(pos_ + stop + 1));
          stop = next - pos_;
          ++next_line_;
        }
        const char c = byte(at++);
        if (c == options_.quote) {
          if (at >= stop || byte(at) != options_.quote) break;
          ++at;
        }
        buffer_[pos_ + write++] = c;
      }
      places.push_back({begin, write - begin, true});
      if (at < line_stop() && byte(at) != options_.delimiter) {
        return fail("text behind a closing quote; expected a delimiter");
      }
    } else {
      const std::size_t begin = at, last = line_stop();
      while (at < last && byte(at) != options_.delimiter) ++at;
      places.push_back({begin, at - begin, false});
    }
    if (at >= line_stop()) break;
    ++at;  // the delimiter
  }
  for (const Place& place : places) {
    fields.push_back({{buffer_.data() + pos_ + place.begin, place.size}, place.quoted});
  }
  pos_ = std::min(pos_ + stop + 1, end_);
  return {};
}

}  // namespace tupu::graph
