#include "app/console.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "graph/base/unicode.h"
#include "graph/base/utf8.h"

namespace tupu::app {
namespace {

constexpr std::size_t kBufferBytes = 64 << 10;

bool MovesCursor(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0x2028 || c == 0x2029;
}

// 0, or the errno of the failure.
int WriteAll(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

}  // namespace

bool Output::Write(std::string_view text) {
  if (errno_ != 0) return false;
  buffer_ += text;
  return buffer_.size() < kBufferBytes || Flush();
}

bool Output::Flush() {
  if (errno_ == 0) errno_ = WriteAll(descriptor_, buffer_);
  buffer_.clear();
  return errno_ == 0;
}

Status Output::Finish() {
  if (Flush() || errno_ == EPIPE) return {};
  return Error(ErrorCode::kIo, std::strerror(errno_), "standard output");
}

void PrintMessage(std::string_view text) { PrintError("tupu: " + Printable(text) + "\n"); }

void PrintError(std::string_view text) { WriteAll(2, text); }

bool IsTerminal(int descriptor) { return ::isatty(descriptor) == 1; }

bool ColourWanted() {
  const char* refused = std::getenv("NO_COLOR");
  return IsTerminal(1) && (refused == nullptr || *refused == 0);
}

std::size_t TerminalWidth(int descriptor) {
  if (!IsTerminal(descriptor)) return 0;
  winsize size{};
  if (::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 80;
}

std::string Printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  // Messages may quote broken input; only then are bytes escaped one by one.
  const bool valid = FindInvalidUtf8(text) == std::string_view::npos;
  for (std::size_t pos = 0; pos < text.size();) {
    const CodePoint c =
        valid ? DecodeAt(text, pos) : CodePoint{static_cast<unsigned char>(text[pos]), 1};
    if (c.value == '\n') {
      out += "\\n";
    } else if (c.value == '\t') {
      out += "\\t";
    } else if (MovesCursor(c.value) || (!valid && c.value >= 0x80)) {
      char escape[16];
      std::snprintf(escape, sizeof escape, valid ? "\\u{%X}" : "\\x%02X",
                    static_cast<unsigned>(c.value));
      out += escape;
    } else {
      out += text.substr(pos, c.size);
    }
    pos += c.size;
  }
  return out;
}

std::string CountText(std::uint64_t number, std::string_view noun) {
  return std::to_string(number) + " " + std::string(noun) + (number == 1 ? "" : "s");
}

std::string Clip(std::string_view text, std::size_t width) {
  if (DisplayWidth(text) <= width) return std::string(text);
  std::size_t used = 0;
  std::size_t pos = 0;
  while (pos < text.size()) {
    const CodePoint c = DecodeAt(text, pos);
    const std::size_t columns = DisplayWidth(c.value);
    if (used + columns + 1 > width) break;
    used += columns;
    pos += c.size;
  }
  return std::string(text.substr(0, pos)) + "…";
}

}  // namespace tupu::app
