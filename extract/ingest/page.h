// A page's anatomy: which articles it holds, where each begins and ends, and its sentences.
//
// A scraped portal page is one main article (title, outlet, dateline, reporters, sections, editor)
// and perhaps teasers: short articles of their own, often cut off. Navigation and footers belong to
// none. Offsets are bytes into the document's text or title.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/span.h"
#include "graph/model/claims.h"
#include "graph/model/document.h"

namespace tupu::extract {

enum class SentenceKind : std::uint8_t {
  kTitle,    // an article's title
  kHeading,  // of a section; stands alone on a line, no full stop
  kBody,
  kByline,  // outlet, date, reporters, editor
};

struct Sentence {
  graph::FieldSpan at;  // trimmed of spaces; within one line
  std::uint32_t article = 0;
  std::uint32_t paragraph = 0;  // counted within the article
  SentenceKind kind = SentenceKind::kBody;
};

// Bylines as spans, since they are mentions too: （记者 张三 通讯员 李四）, 【责任编辑:王五】,
// 来源：新华社.
struct Byline {
  enum class Role : std::uint8_t { kOutlet, kReporter, kEditor };
  Role role;
  graph::FieldSpan at;  // the name alone
};

struct ArticleAnatomy {
  graph::Article article;
  std::vector<Byline> bylines;
};

struct Page {
  std::vector<ArticleAnatomy> articles;  // in order of place, numbered from 0; the main one first
  std::vector<Sentence> sentences;       // in order: by article, title first, then place
  std::string date;                      // of the document, or inferred from the text
  bool date_inferred = false;
};

// Never fails: a text of any shape is at least one article. Linear in the text's size.
Page SplitPage(const graph::Document& doc);

// No sentence is longer; text without any stop is cut at a comma, a blank or a code point.
inline constexpr std::uint32_t kMaxSentenceBytes = 3000;

// Sentences end at 。！？； … and line ends, not inside 《》“”（）; a closing quote or bracket
// belongs to the sentence before it. A quotation of more than a hundred characters is split inside.
// Exposed for tests.
std::vector<Span> SplitSentences(std::string_view text, Span within);

}  // namespace tupu::extract
