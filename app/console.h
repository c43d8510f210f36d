// The program's face to the terminal: standard output that notices when nobody reads it any more,
// messages on standard error, and text made safe to show.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "graph/base/error.h"

namespace tupu::app {

// Standard output, buffered. Once a write fails, all later ones are ignored; Finish tells.
class Output {
 public:
  explicit Output(int descriptor = 1) : descriptor_(descriptor) {}
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output() { Flush(); }

  // False once nothing more can be written: the producer may stop.
  bool Write(std::string_view text);
  bool Flush();
  // Forgets what has not been flushed.
  void Discard() { buffer_.clear(); }
  // Flushes. A reader that has gone (`tupu export … | head`) is no failure; a full disk is.
  Status Finish();

 private:
  int descriptor_;
  int errno_ = 0;
  std::string buffer_;
};

// "tupu: text" and a line feed on standard error, control characters escaped.
void PrintMessage(std::string_view text);
// Text as it is on standard error.
void PrintError(std::string_view text);

bool IsTerminal(int descriptor);
// Whether standard output is a terminal and NO_COLOR is not set.
bool ColourWanted();
// Columns of the terminal behind `descriptor`; 0 if it is none.
std::size_t TerminalWidth(int descriptor);

// Text in which nothing moves the cursor: line feeds and tabs as \n and \t, other control
// characters (C1 and bidirectional overrides too) as \u{…}.
std::string Printable(std::string_view text);

// "1 document", "2 documents".
std::string CountText(std::uint64_t number, std::string_view noun);

// `text` cut to at most `width` columns, with … at the end where something was cut.
std::string Clip(std::string_view text, std::size_t width);

}  // namespace tupu::app
