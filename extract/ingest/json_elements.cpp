#include "extract/ingest/json_elements.h"

#include <utility>

namespace tupu::extract {

int JsonElements::NextNonBlank() {
  int c = source_.Next();
  while (c == ' ' || c == '\t' || c == '\r' || c == '\n') c = source_.Next();
  return c;
}

Error JsonElements::Broken(int found, const char* expected) {
  state_ = State::kDone;
  std::string what = "the end";
  if (found >= 0) {
    what = "byte " + std::to_string(source_.taken() - 1);
    if (found > 0x20 && found < 0x7f)
      what = std::string("'") + static_cast<char>(found) + "' at " + what;
  }
  return Error{ErrorCode::kInvalidInput, "not JSON: " + what + "; expected " + expected};
}

Result<std::optional<std::string>> JsonElements::Next() {
  switch (state_) {
    case State::kStart: {
      const int c = NextNonBlank();
      if (c < 0) {
        state_ = State::kDone;
        return Error{ErrorCode::kInvalidInput, "empty; expected a JSON object or an array of them"};
      }
      if (c != '[') {
        state_ = State::kAfter;
        if (c != '{') return Broken(c, "an object or an array of objects");
        number_ = 1;
        return Read(c);
      }
      in_array_ = true;
      state_ = State::kFirst;
      return Next();
    }
    case State::kFirst: {
      const int c = NextNonBlank();
      if (c == ']') return Finish();
      ++number_;
      state_ = State::kBetween;
      if (c < 0 || c == ',' || c == '}') return Broken(c, "an element of the array");
      return Read(c);
    }
    case State::kBetween: {
      int c = NextNonBlank();
      if (c == ']') return Finish();
      ++number_;
      if (c != ',') return Broken(c, "',' or ']'");
      c = NextNonBlank();
      if (c < 0 || c == ',' || c == ']' || c == '}') return Broken(c, "an element of the array");
      return Read(c);
    }
    case State::kAfter:
      return Finish();
    case State::kDone:
      break;
  }
  return std::optional<std::string>();
}

// Nothing may follow the value that the file is.
Result<std::optional<std::string>> JsonElements::Finish() {
  state_ = State::kDone;
  if (const int c = NextNonBlank(); c >= 0) return Broken(c, "the end of the file");
  return std::optional<std::string>();
}

// The value that begins with `first`, up to its end: its closing bracket, or what cannot belong to
// a bare word or number.
Result<std::optional<std::string>> JsonElements::Read(int first) {
  std::string out;
  std::uint64_t size = 0;
  std::uint64_t depth = 0;
  bool quoted = false, escaped = false;
  const bool nested = first == '{' || first == '[';
  int c = first;
  while (true) {
    if (++size <= max_bytes_) out += static_cast<char>(c);
    if (escaped) {
      escaped = false;
    } else if (quoted) {
      if (c == '\\') escaped = true;
      if (c == '"') quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if ((c == '}' || c == ']') && depth > 0) {
      --depth;
    }
    if (nested && depth == 0 && !quoted) break;
    if (!nested && !quoted) {
      const int next = source_.Peek();
      if (next < 0 || next == ',' || next == ']' || next == '}') break;
    }
    c = source_.Next();
    if (c < 0) return Broken(c, quoted ? "the end of a string" : "a closing bracket");
  }
  if (size > max_bytes_) {
    return Error{ErrorCode::kLimit, "an object of " + std::to_string(size) +
                                        " bytes; the limit is " + std::to_string(max_bytes_)};
  }
  return std::optional<std::string>(std::move(out));
}

}  // namespace tupu::extract
