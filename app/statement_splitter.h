// Cuts typed or piped text into Cypher statements at the semicolons that end them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tupu::app {

// Fed line by line. Semicolons inside '…', "…", `…`, // comments and /* … */ do not count.
class StatementSplitter {
 public:
  // Adds a line (without its line feed).
  void Feed(std::string_view line);
  // The next complete statement, without its semicolon and the blanks around it; statements of
  // nothing but blanks and comments are left out. Nothing: more text is needed.
  std::optional<std::string> Next();
  // What stands there without a semicolon, and forgets it. Empty if nothing but blanks and
  // comments.
  std::string TakeRest();
  // Whether TakeRest would give something, or a quote or comment stands open.
  bool pending() const;
  // The closing character that is waited for: ', ", `, * or 0.
  char open() const { return open_; }
  void Clear();

 private:
  std::string text_;
  std::size_t start_ = 0;    // of what has not been given out yet
  std::size_t scanned_ = 0;  // how far
  char open_ = 0;
  bool has_content_ = false;  // in text_[start_, scanned_)
};

}  // namespace tupu::app
