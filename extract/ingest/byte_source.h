// Bytes in order from a regular file or a stream, in bounded memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "graph/base/error.h"

namespace tupu::extract {

class ByteSource {
 public:
  // Opens a regular file; never blocks on anything else. kNotFound, kIo or kInvalidInput.
  static Result<ByteSource> Open(const std::string& path);
  static ByteSource FromStream(std::istream& in);

  ByteSource(ByteSource&&) noexcept;
  ByteSource& operator=(ByteSource&&) noexcept;
  ~ByteSource();

  // The next byte, or -1 at the end or after a failure to read.
  int Next() {
    if (pos_ < end_) return static_cast<unsigned char>(buffer_[pos_++]);
    return Refill() ? static_cast<unsigned char>(buffer_[pos_++]) : -1;
  }
  // The same without taking it.
  int Peek() {
    if (pos_ < end_ || Refill()) return static_cast<unsigned char>(buffer_[pos_]);
    return -1;
  }
  // What is buffered and not yet taken; empty at the end. Take it with Skip.
  std::string_view Buffered() {
    if (pos_ == end_ && !Refill()) return {};
    return std::string_view(buffer_.get() + pos_, end_ - pos_);
  }
  void Skip(std::size_t count) { pos_ += count; }
  // Takes U+FEFF if it comes next.
  void SkipByteOrderMark();

  std::uint64_t taken() const { return before_ + pos_; }
  std::uint64_t size() const { return size_; }      // of a file when it was opened; 0 for streams
  const Status& status() const { return status_; }  // of reading so far

  // The rest, if it is at most `limit` bytes; else kLimit, having read no more than that.
  Result<std::string> ReadAll(std::uint64_t limit);

 private:
  ByteSource();
  bool Refill();

  int descriptor_ = -1;
  std::istream* stream_ = nullptr;
  std::unique_ptr<char[]> buffer_;
  std::size_t pos_ = 0, end_ = 0;
  std::uint64_t before_ = 0;  // bytes before the buffer
  std::uint64_t size_ = 0;
  Status status_;
};

}  // namespace tupu::extract
