// Reading a line from a terminal, with editing, history and completion. Behind it stands libedit;
// no other file includes it.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "app/completion.h"

namespace tupu::app {

class LineEditor {
 public:
  // Gets the line up to the cursor.
  using Complete = std::function<Completions(std::string_view before)>;

  // `history`: a file, kept for this user alone; empty: none. Where it cannot be read or written
  // there is simply no history.
  LineEditor(std::filesystem::path history, Complete complete);
  LineEditor(const LineEditor&) = delete;
  LineEditor& operator=(const LineEditor&) = delete;
  ~LineEditor();

  enum class Outcome { kLine, kEnd, kInterrupted };
  // `line` without its line feed, valid UTF-8. kEnd: Ctrl-D on an empty line, or the terminal is
  // gone. kInterrupted: Ctrl-C.
  Outcome Read(const std::string& prompt, std::string& line);
  // Puts a statement into the history, on one line.
  void Remember(std::string_view stmt);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// $XDG_STATE_HOME/tupu/history, or ~/.local/state/tupu/history; empty where there is no home.
std::filesystem::path DefaultHistoryFile();

}  // namespace tupu::app
