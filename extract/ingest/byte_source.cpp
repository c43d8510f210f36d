#include "extract/ingest/byte_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

namespace tupu::extract {
namespace {

constexpr std::size_t kBufferBytes = 64 << 10;

Error SystemError(int number) {
  return Error{number == ENOENT || number == ENOTDIR ? ErrorCode::kNotFound : ErrorCode::kIo,
               std::generic_category().message(number)};
}

}  // namespace

ByteSource::ByteSource() : buffer_(std::make_unique<char[]>(kBufferBytes)) {}

ByteSource::ByteSource(ByteSource&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      stream_(other.stream_),
      buffer_(std::move(other.buffer_)),
      pos_(other.pos_),
      end_(other.end_),
      before_(other.before_),
      size_(other.size_),
      status_(std::move(other.status_)) {}

ByteSource& ByteSource::operator=(ByteSource&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(stream_, other.stream_);
  std::swap(buffer_, other.buffer_);
  std::swap(pos_, other.pos_);
  std::swap(end_, other.end_);
  std::swap(before_, other.before_);
  std::swap(size_, other.size_);
  std::swap(status_, other.status_);
  return *this;
}

ByteSource::~ByteSource() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<ByteSource> ByteSource::Open(const std::string& path) {
  // O_NONBLOCK: what was a file a moment ago may be a pipe now.
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (descriptor < 0) return SystemError(errno);
  ByteSource source;
  source.descriptor_ = descriptor;
  struct stat info {};
  if (::fstat(descriptor, &info) != 0) return SystemError(errno);
  if (!S_ISREG(info.st_mode)) return Error{ErrorCode::kInvalidInput, "not a regular file"};
  source.size_ = static_cast<std::uint64_t>(info.st_size);
  return source;
}

ByteSource ByteSource::FromStream(std::istream& in) {
  ByteSource source;
  source.stream_ = &in;
  return source;
}

bool ByteSource::Refill() {
  before_ += end_;
  pos_ = end_ = 0;
  if (!status_.ok()) return false;
  if (stream_ != nullptr) {
    if (!stream_->good()) return false;
    stream_->read(buffer_.get(), kBufferBytes);
    end_ = static_cast<std::size_t>(stream_->gcount());
    if (stream_->bad()) status_ = Error{ErrorCode::kIo, "cannot read"};
    return end_ > 0;
  }
  while (true) {
    const ssize_t count = ::read(descriptor_, buffer_.get(), kBufferBytes);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) status_ = SystemError(errno);
    if (count > 0) end_ = static_cast<std::size_t>(count);
    return count > 0;
  }
}

void ByteSource::SkipByteOrderMark() {
  if (Buffered().starts_with("\xef\xbb\xbf")) Skip(3);
}

Result<std::string> ByteSource::ReadAll(std::uint64_t limit) {
  const auto too_long = [&](const std::string& size) {
    return Error{ErrorCode::kLimit, size + " bytes; the limit is " + std::to_string(limit)};
  };
  if (size_ > limit) return too_long(std::to_string(size_));
  std::string all;
  all.reserve(size_);
  while (true) {
    const std::string_view part = Buffered();
    if (part.empty()) break;
    if (all.size() + part.size() > limit) return too_long("more than " + std::to_string(limit));
    all += part;
    Skip(part.size());
  }
  TUPU_TRY(status_);
  return all;
}

}  // namespace tupu::extract
