// The elements of a JSON file, one at a time: the object it is, or those of the array it is. Cuts
// by brackets and strings only; whether an element is right is its parser's business.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "extract/ingest/byte_source.h"
#include "graph/base/error.h"

namespace tupu::extract {

class JsonElements {
 public:
  // The source must live as long. An element of more than `max_bytes` is skipped and reported.
  JsonElements(ByteSource& source, std::uint64_t max_bytes)
      : source_(source), max_bytes_(max_bytes) {}

  // The next element, nothing after the last. An error stands for one element, unless at_end().
  Result<std::optional<std::string>> Next();
  std::uint64_t number() const { return number_; }  // of the element last returned, from 1
  bool in_array() const { return in_array_; }
  bool at_end() const { return state_ == State::kDone; }

 private:
  enum class State : std::uint8_t { kStart, kFirst, kBetween, kAfter, kDone };

  int NextNonBlank();
  Result<std::optional<std::string>> Finish();
  Result<std::optional<std::string>> Read(int first);
  Error Broken(int found, const char* expected);

  ByteSource& source_;
  std::uint64_t max_bytes_;
  std::uint64_t number_ = 0;
  bool in_array_ = false;
  State state_ = State::kStart;
};

}  // namespace tupu::extract
