#include "extract/ingest/html_tags.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <utility>
#include <vector>

namespace tupu::extract {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kMaxOpen = 300;        // elements open at once
constexpr std::size_t kMaxTagBytes = 64;     // of a tag's name
constexpr std::size_t kMaxValueBytes = 400;  // of an attribute's value

// Dropped with all they hold.
constexpr std::array kInvisible = {
    "script"sv, "style"sv, "noscript"sv, "template"sv, "iframe"sv,   "noembed"sv, "noframes"sv,
    "svg"sv,    "math"sv,  "canvas"sv,   "audio"sv,    "video"sv,    "select"sv,  "textarea"sv,
    "object"sv, "map"sv,   "datalist"sv, "xmp"sv,      "plaintext"sv};

// Kept: what makes blocks, lines and cells, and what holds facts about the page.
constexpr std::array kKept = {
    "html"sv,   "head"sv,       "title"sv,   "meta"sv,     "body"sv,       "address"sv, "article"sv,
    "aside"sv,  "blockquote"sv, "br"sv,      "caption"sv,  "center"sv,     "dd"sv,      "details"sv,
    "div"sv,    "dl"sv,         "dt"sv,      "fieldset"sv, "figcaption"sv, "figure"sv,  "footer"sv,
    "form"sv,   "h1"sv,         "h2"sv,      "h3"sv,       "h4"sv,         "h5"sv,      "h6"sv,
    "header"sv, "hr"sv,         "li"sv,      "main"sv,     "nav"sv,        "ol"sv,      "p"sv,
    "pre"sv,    "section"sv,    "summary"sv, "table"sv,    "tbody"sv,      "td"sv,      "tfoot"sv,
    "th"sv,     "thead"sv,      "tr"sv,      "ul"sv,       "span"sv};

constexpr std::array kVoid = {"br"sv, "hr"sv, "meta"sv};

constexpr std::array kAttributes = {"class"sv, "id"sv,   "style"sv,   "hidden"sv,
                                    "role"sv,  "name"sv, "content"sv, "property"sv};

template <std::size_t N>
bool Contains(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

class Simplifier {
 public:
  explicit Simplifier(std::string_view html) : html_(html) { out_.reserve(html.size()); }

  std::string Run() {
    while (pos_ < html_.size()) {
      const std::size_t tag = std::min(html_.find('<', pos_), html_.size());
      out_ += html_.substr(pos_, tag - pos_);
      pos_ = tag;
      if (pos_ < html_.size()) ReadMarkup();
    }
    return std::move(out_);
  }

 private:
  char At(std::size_t pos) const { return pos < html_.size() ? html_[pos] : '\0'; }

  void ReadMarkup() {
    const char next = At(pos_ + 1);
    if (IsLetter(next)) {
      ReadStartTag();
    } else if (next == '/' && IsLetter(At(pos_ + 2))) {
      ReadEndTag();
    } else if (html_.substr(pos_).starts_with("<!--")) {
      SkipPast("-->", 4);
    } else if (next == '!' || next == '?' || next == '/') {
      SkipPast(">", 2);
    } else {
      out_ += "&lt;";  // 5<6
      ++pos_;
    }
  }

  // To behind the mark, or to the end of the page.
  void SkipPast(std::string_view mark, std::size_t from) {
    const std::size_t end = html_.find(mark, pos_ + from);
    pos_ = end == std::string_view::npos ? html_.size() : end + mark.size();
  }

  std::string ReadName() {
    std::string name;
    while (pos_ < html_.size() && !IsSpace(html_[pos_]) && html_[pos_] != '>' &&
           html_[pos_] != '/') {
      if (name.size() < kMaxTagBytes) name += Lower(html_[pos_]);
      ++pos_;
    }
    return name;
  }

  // Up to and with the tag's '>'. Attributes worth keeping are written in `kept`.
  void ReadAttributes(std::string& kept) {
    std::vector<std::string_view> seen;
    while (pos_ < html_.size() && html_[pos_] != '>') {
      if (IsSpace(html_[pos_]) || html_[pos_] == '/' || html_[pos_] == '=') {
        ++pos_;
        continue;
      }
      std::string name;
      while (pos_ < html_.size() && !IsSpace(html_[pos_]) && html_[pos_] != '>' &&
             html_[pos_] != '/' && html_[pos_] != '=') {
        if (name.size() < kMaxTagBytes) name += Lower(html_[pos_]);
        ++pos_;
      }
      std::size_t equals = pos_;
      while (IsSpace(At(equals))) ++equals;
      std::string_view value;
      if (At(equals) == '=') {
        pos_ = equals + 1;
        value = ReadValue();
      }
      const auto* known = std::find(kAttributes.begin(), kAttributes.end(), name);
      if (known == kAttributes.end() || value.size() > kMaxValueBytes ||
          std::find(seen.begin(), seen.end(), *known) != seen.end()) {
        continue;
      }
      seen.push_back(*known);
      const char quote = value.find('"') == std::string_view::npos ? '"' : '\'';
      kept += ' ';
      kept += name;
      kept += '=';
      kept += quote;
      kept += value;
      kept += quote;
    }
    if (pos_ < html_.size()) ++pos_;
  }

  std::string_view ReadValue() {
    while (IsSpace(At(pos_))) ++pos_;
    const char quote = At(pos_);
    if (quote == '"' || quote == '\'') {
      const std::size_t begin = pos_ + 1;
      const std::size_t end = std::min(html_.find(quote, begin), html_.size());
      pos_ = std::min(end + 1, html_.size());
      return html_.substr(begin, end - begin);
    }
    const std::size_t begin = pos_;
    while (pos_ < html_.size() && !IsSpace(html_[pos_]) && html_[pos_] != '>') ++pos_;
    return html_.substr(begin, pos_ - begin);
  }

  void ReadStartTag() {
    ++pos_;
    const std::string name = ReadName();
    std::string kept;
    ReadAttributes(kept);
    if (Contains(kInvisible, name)) {
      SkipInvisible(name);
      return;
    }
    if (name == "title") {
      if (!std::exchange(title_seen_, true)) KeepTitle();
      return;
    }
    if (!Contains(kKept, name)) return;
    if (Contains(kVoid, name)) {
      out_ += "<" + name + (name == "meta" ? kept : "") + ">";
      return;
    }
    // <span> shapes nothing, but may be hidden.
    const bool hides =
        kept.find(" hidden") != std::string::npos || kept.find(" style") != std::string::npos;
    if (open_.size() >= kMaxOpen || (name == "span" && !hides)) {
      ++dropped_[name];
      return;
    }
    open_.push_back(name);
    out_ += "<" + name + kept + ">";
  }

  void ReadEndTag() {
    pos_ += 2;
    const std::string name = ReadName();
    std::string ignored;
    ReadAttributes(ignored);
    if (name == "br" || name == "p") {
      // </br> and a lone </p> make lines.
      if (std::find(open_.begin(), open_.end(), name) == open_.end()) {
        out_ += "<br>";
        return;
      }
    }
    if (auto dropped = dropped_.find(name); dropped != dropped_.end() && dropped->second > 0) {
      --dropped->second;
      return;
    }
    const auto open = std::find(open_.rbegin(), open_.rend(), name);
    if (open == open_.rend()) return;
    open_.erase(std::prev(open.base()), open_.end());
    out_ += "</" + name + ">";
  }

  // Everything up to the end tag; where none follows, the rest of the page for what holds no
  // markup, nothing for the others.
  void SkipInvisible(const std::string& name) {
    if (never_closed_[name]) return;
    for (std::size_t at = html_.find("</", pos_); at != std::string_view::npos;
         at = html_.find("</", at + 2)) {
      std::size_t i = 0;
      while (i < name.size() && Lower(At(at + 2 + i)) == name[i]) ++i;
      const char after = At(at + 2 + i);
      if (i == name.size() && (after == '>' || IsSpace(after) || after == '/' || after == '\0')) {
        pos_ = at;
        SkipPast(">", 2);
        return;
      }
    }
    never_closed_[name] = true;
    if (name == "script" || name == "style") pos_ = html_.size();
  }

  // Text up to </title>, where a tag is text too.
  void KeepTitle() {
    constexpr std::size_t kMaxTitleBytes = 64 << 10;
    std::size_t end = html_.find('<', pos_);
    while (end != std::string_view::npos && end - pos_ < kMaxTitleBytes &&
           !(At(end + 1) == '/' && Lower(At(end + 2)) == 't' && Lower(At(end + 3)) == 'i')) {
      end = html_.find('<', end + 1);
    }
    if (end == std::string_view::npos || end - pos_ >= kMaxTitleBytes) return;  // never closed
    out_ += "<title>";
    out_ += html_.substr(pos_, end - pos_);
    out_ += "</title>";
    pos_ = end;
    SkipPast(">", 1);
  }

  std::string_view html_;
  std::size_t pos_ = 0;
  std::string out_;
  bool title_seen_ = false;
  std::vector<std::string> open_;
  std::map<std::string, std::size_t, std::less<>> dropped_;
  std::map<std::string, bool, std::less<>> never_closed_;
};

}  // namespace

std::string SimplifyMarkup(std::string_view html) { return Simplifier(html).Run(); }

}  // namespace tupu::extract
