// Simplified markup goes through gumbo, the tree is walked with a stack of our own, and each block
// becomes a line.
#include <gumbo.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "extract/ingest/dates.h"
#include "extract/ingest/html_tags.h"
#include "extract/ingest/lines.h"
#include "extract/ingest/reader.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

using namespace std::string_view_literals;

std::string_view Attribute(const GumboElement& element, const char* name) {
  const GumboAttribute* attribute = gumbo_get_attribute(&element.attributes, name);
  return attribute == nullptr ? std::string_view() : attribute->value;
}

// Parts of class and id by which pages mark what is no text of theirs.
bool IsFurniture(std::string_view names) {
  constexpr std::array kFurniture = {"nav"sv,        "navbar"sv,      "menu"sv,    "footer"sv,
                                     "breadcrumb"sv, "breadcrumbs"sv, "crumb"sv,   "crumbs"sv,
                                     "share"sv,      "sharebar"sv,    "toolbar"sv, "copyright"sv,
                                     "pager"sv,      "pagination"sv};
  std::string part;
  for (std::size_t i = 0; i <= names.size(); ++i) {
    const char c = i < names.size() ? names[i] : ' ';
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
      part += static_cast<char>(c | 0x20);
      continue;
    }
    if (std::find(kFurniture.begin(), kFurniture.end(), part) != kFurniture.end()) return true;
    part.clear();
  }
  return false;
}

bool IsHidden(const GumboElement& element) {
  if (gumbo_get_attribute(&element.attributes, "hidden") != nullptr) return true;
  std::string style(Attribute(element, "style"));
  style.erase(std::remove_if(style.begin(), style.end(), [](char c) { return c == ' '; }),
              style.end());
  std::transform(style.begin(), style.end(), style.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return style.find("display:none") != std::string::npos;
}

bool IsCell(GumboTag tag) { return tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH; }
bool IsInline(GumboTag tag) { return tag == GUMBO_TAG_SPAN || tag == GUMBO_TAG_UNKNOWN; }

// Builds lines from runs of text, folding white space as browsers do; between Chinese characters
// a line end of the source is nothing.
class LineBuilder {
 public:
  // The parser makes no valid text of references that no character has (&#xDEEEEEEEEE;): such bytes
  // are left out.
  void Text(std::string_view text, bool preformatted) {
    for (;;) {
      const std::size_t bad = FindInvalidUtf8(text);
      ValidText(text.substr(0, bad), preformatted);
      if (bad == std::string_view::npos) return;
      text.remove_prefix(bad + 1);
    }
  }
  void EndLine() {
    blank_ = source_line_end_ = cell_ = false;
    if (out_.size() == line_begin_) return;
    const Span line = TrimBlanks(out_, Span{static_cast<std::uint32_t>(line_begin_),
                                            static_cast<std::uint32_t>(out_.size())});
    out_.resize(line.end);
    out_.erase(line_begin_, line.begin - line_begin_);
    if (out_.size() > line_begin_) out_ += '\n';
    line_begin_ = out_.size();
    last_ = 0;
  }
  void EndCell() { cell_ = true; }
  std::string Take() {
    EndLine();
    if (out_.ends_with('\n')) out_.pop_back();
    return std::move(out_);
  }

 private:
  void ValidText(std::string_view text, bool preformatted) {
    for (std::size_t pos = 0; pos < text.size();) {
      const CodePoint c = DecodeAt(text, pos);
      if (preformatted && IsLineEnd(c.value)) {
        EndLine();
      } else if (c.value == U' ' || c.value == U'\t' || IsLineEnd(c.value) || c.value == U'\f') {
        blank_ = true;
        source_line_end_ |= IsLineEnd(c.value);
      } else if (c.value < 0x20 || (c.value >= 0x7f && c.value < 0xa0) || c.value == 0xfffe ||
                 c.value == 0xffff) {
        // &#7; and its like are no text.
      } else {
        Add(text.substr(pos, c.size), c.value);
      }
      pos += c.size;
    }
  }
  void Add(std::string_view bytes, char32_t c) {
    if (out_.size() > line_begin_) {
      if (cell_) {
        out_ += '\t';
      } else if (blank_ && !(source_line_end_ && IsWide(last_) && IsWide(c))) {
        out_ += ' ';
      }
    }
    blank_ = source_line_end_ = cell_ = false;
    out_ += bytes;
    last_ = c;
  }
  static bool IsWide(char32_t c) {
    return IsHan(c) || (c >= 0x3000 && c <= 0x303f) || (c >= 0xff00 && c <= 0xffef) ||
           (c >= 0x2018 && c <= 0x201d);
  }

  std::string out_;
  std::size_t line_begin_ = 0;
  char32_t last_ = 0;
  bool blank_ = false;
  bool source_line_end_ = false;
  bool cell_ = false;
};

struct Visit {
  const GumboNode* node;
  bool leaving;
  bool preformatted;
};

// The text below `root`. `furniture`: whether menus and footers known by their class are kept.
std::string Collect(const GumboNode* root, bool furniture) {
  LineBuilder lines;
  std::vector<Visit> stack = {{root, false, false}};
  while (!stack.empty()) {
    const Visit visit = stack.back();
    stack.pop_back();
    const GumboNode& node = *visit.node;
    if (node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE ||
        node.type == GUMBO_NODE_CDATA) {
      lines.Text(node.v.text.text, visit.preformatted);
      continue;
    }
    if (node.type != GUMBO_NODE_ELEMENT && node.type != GUMBO_NODE_TEMPLATE) continue;
    const GumboElement& element = node.v.element;
    const GumboTag tag = element.tag;
    if (IsCell(tag)) {
      lines.EndCell();
    } else if (!IsInline(tag)) {
      lines.EndLine();
    }
    if (visit.leaving) continue;
    if (tag == GUMBO_TAG_HEAD || tag == GUMBO_TAG_NAV || tag == GUMBO_TAG_FOOTER) continue;
    const bool holds_page = tag == GUMBO_TAG_HTML || tag == GUMBO_TAG_BODY ||
                            tag == GUMBO_TAG_MAIN || tag == GUMBO_TAG_ARTICLE;
    if (!holds_page && (IsHidden(element) || Attribute(element, "role") == "navigation")) continue;
    if (!holds_page && !furniture &&
        (IsFurniture(Attribute(element, "class")) || IsFurniture(Attribute(element, "id")))) {
      continue;
    }
    const bool preformatted = visit.preformatted || tag == GUMBO_TAG_PRE;
    stack.push_back({visit.node, true, preformatted});
    for (unsigned i = element.children.length; i > 0; --i) {
      stack.push_back(
          {static_cast<const GumboNode*>(element.children.data[i - 1]), false, preformatted});
    }
  }
  return lines.Take();
}

std::string OneLine(std::string_view text) {
  LineBuilder lines;
  lines.Text(text, false);
  return lines.Take();
}

// <title> and the <meta> elements by which content systems say date and outlet.
void ReadHead(const GumboNode* root, HtmlText& out) {
  std::vector<const GumboNode*> stack = {root};
  while (!stack.empty()) {
    const GumboNode& node = *stack.back();
    stack.pop_back();
    if (node.type != GUMBO_NODE_ELEMENT) continue;
    const GumboElement& element = node.v.element;
    if (element.tag == GUMBO_TAG_TITLE) {
      if (out.title.empty() && element.children.length > 0) {
        const auto* child = static_cast<const GumboNode*>(element.children.data[0]);
        if (child->type == GUMBO_NODE_TEXT) out.title = OneLine(child->v.text.text);
      }
      continue;
    }
    if (element.tag == GUMBO_TAG_META) {
      std::string name(Attribute(element, "name"));
      if (name.empty()) name = Attribute(element, "property");
      std::transform(name.begin(), name.end(), name.begin(),
                     [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
      const std::string_view content = Attribute(element, "content");
      if (name == "pubdate" || name == "publishdate" || name == "article:published_time") {
        const auto date = ParseLooseDate(content);
        if (date && out.date.empty()) out.date = date->ToString();
      } else if (name == "contentsource" || name == "mediaid") {
        if (out.source.empty()) out.source = OneLine(content);
      }
      continue;
    }
    for (unsigned i = element.children.length; i > 0; --i) {
      stack.push_back(static_cast<const GumboNode*>(element.children.data[i - 1]));
    }
  }
}

}  // namespace

HtmlText HtmlToText(std::string_view html) {
  const std::string markup = SimplifyMarkup(html);
  const auto destroy = [](GumboOutput* output) {
    gumbo_destroy_output(&kGumboDefaultOptions, output);
  };
  const std::unique_ptr<GumboOutput, decltype(destroy)> tree(
      gumbo_parse_with_options(&kGumboDefaultOptions, markup.data(), markup.size()), destroy);
  HtmlText out;
  ReadHead(tree->root, out);
  out.text = Collect(tree->root, false);
  // A class name may lie: class="share-page" around it all.
  const std::string everything = Collect(tree->root, true);
  if (out.text.size() * 2 < everything.size()) out.text = everything;
  return out;
}

std::string DeclaredCharset(std::string_view html) {
  std::string head(html.substr(0, 1024));
  std::transform(head.begin(), head.end(), head.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  for (std::size_t at = head.find("charset"); at != std::string::npos;
       at = head.find("charset", at + 7)) {
    const std::size_t open = head.rfind("<meta", at);
    if (open == std::string::npos || head.find('>', open) < at) continue;
    std::size_t pos = head.find_first_not_of(" \t\r\n", at + 7);
    if (pos == std::string::npos || head[pos] != '=') continue;
    pos = head.find_first_not_of(" \t\r\n\"'", pos + 1);
    if (pos == std::string::npos) continue;
    const std::size_t end = head.find_first_of(" \t\r\n\"';>/", pos);
    return head.substr(pos, std::min(end, head.size()) - pos);
  }
  return "";
}

}  // namespace tupu::extract
