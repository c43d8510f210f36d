#include "app/statement_splitter.h"

namespace tupu::app {
namespace {

constexpr std::string_view kBlank = " \t\r\n";

std::string Trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(kBlank) + 1 - begin));
}

}  // namespace

void StatementSplitter::Feed(std::string_view line) {
  text_.erase(0, start_);
  scanned_ -= start_;
  start_ = 0;
  text_ += line;
  text_ += '\n';
}

std::optional<std::string> StatementSplitter::Next() {
  while (scanned_ < text_.size()) {
    const char c = text_[scanned_];
    const char next = scanned_ + 1 < text_.size() ? text_[scanned_ + 1] : '\0';
    if (open_ == '*') {
      if (c == '*' && next == '/') {
        open_ = 0;
        ++scanned_;
      }
    } else if (open_ != 0) {
      if (c == '\\' && open_ != '`' && next != '\0') {
        ++scanned_;
      } else if (c == open_) {
        open_ = 0;
      }
    } else if (c == '\'' || c == '"' || c == '`') {
      open_ = c;
      has_content_ = true;
    } else if (c == '/' && next == '/') {
      const std::size_t end = text_.find('\n', scanned_);
      scanned_ = end == std::string::npos ? text_.size() - 1 : end;
    } else if (c == '/' && next == '*') {
      open_ = '*';
      ++scanned_;
    } else if (c == ';') {
      const std::string stmt = Trim(std::string_view(text_).substr(start_, scanned_ - start_));
      const bool content = has_content_;
      start_ = ++scanned_;
      has_content_ = false;
      if (content) return stmt;
      continue;
    } else if (kBlank.find(c) == std::string_view::npos) {
      has_content_ = true;
    }
    ++scanned_;
  }
  return std::nullopt;
}

std::string StatementSplitter::TakeRest() {
  std::string rest = pending() ? Trim(std::string_view(text_).substr(start_)) : std::string();
  Clear();
  return rest;
}

bool StatementSplitter::pending() const { return has_content_ || open_ != 0; }

void StatementSplitter::Clear() {
  text_.clear();
  start_ = 0;
  scanned_ = 0;
  open_ = 0;
  has_content_ = false;
}

}  // namespace tupu::app
