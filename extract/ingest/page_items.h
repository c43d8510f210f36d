// How the lines of a page fall into articles, and the articles' dates: the decisions of SplitPage
// that need nothing but the lines.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "extract/ingest/byline.h"
#include "extract/ingest/lines.h"
#include "graph/base/span.h"
#include "graph/model/date.h"
#include "graph/model/document.h"

namespace tupu::extract {

inline constexpr std::size_t kNoLine = static_cast<std::size_t>(-1);

enum class LineKind : std::uint8_t {
  kText,
  kByline,
  kTitle,       // an article's title
  kListHeader,  // 相关报道
  kDropped,     // navigation, footer, a copy of the title
};

struct PageLine {
  Line line;
  LineKind kind = LineKind::kText;
  BylinePart byline;  // kByline
};

// The first line of a tail of teasers that nothing announces: title and paragraph in turn, several
// paragraphs cut off in the middle. The number of lines if there is none.
std::size_t BeginOfCutTeasers(const std::vector<PageLine>& lines);

// The title lines of the items that the lines before `end` consist of, where they are a string of
// short articles (heading, paragraphs, heading, paragraphs …) and not one article with sections.
// `collective`: the page's title says so (国内联播快讯). Where it does not, each heading must be
// the headline of what stands below it, and that must open as news. Empty: one article.
std::vector<std::size_t> StartsOfItems(std::string_view text, const std::vector<PageLine>& lines,
                                       std::size_t end, bool collective);

// Without the mark that leads an entry of a list: ·某地出台办法.
Span WithoutBullet(std::string_view text, Span span);

// Sentences of a stretch that must not be cut at stops: pieces of at most kMaxSentenceBytes.
std::vector<Span> CutLong(std::string_view text, Span span);

// The first month and day without a year that opens a sentence near the beginning of a body; empty
// if there is none.
graph::Date FirstMonthDay(std::string_view text, Span body);

// What the parts of an article say of its date.
struct ArticleDates {
  graph::Date written;         // in full, in a byline or dateline
  graph::Date month_day;       // of a dateline; year 0
  graph::Date text_month_day;  // first one in the body; year 0
  graph::Date latest;          // of the full dates in the body that are not plans
  bool teaser = false;
  bool item = false;
};

struct SettledDate {
  graph::Date date;
  bool inferred = false;
};

// One an article, the main one first. A year that is not written is taken from evidence only: full
// dates of the same article; for teasers, which a page lists while they are new, also those of
// their siblings and the document's own date. Without evidence the date stays empty.
std::vector<SettledDate> SettleArticleDates(const graph::Document& doc,
                                            const std::vector<ArticleDates>& articles);

}  // namespace tupu::extract
