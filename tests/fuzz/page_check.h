// What every page must be, whatever bytes it came from; traps where it is not.
#pragma once

#include <cstdint>
#include <cstdlib>

#include "extract/ingest/page.h"
#include "graph/base/unicode.h"
#include "graph/base/utf8.h"

namespace tupu::extract {

inline void Demand(bool condition) {
  if (!condition) std::abort();
}

inline void CheckPage(const graph::Document& doc) {
  Demand(CheckText(doc.text).ok() && CheckText(doc.title).ok());
  const Page page = SplitPage(doc);
  Demand(!page.articles.empty());
  std::uint32_t article = 0, end = 0;
  for (const Sentence& sent : page.sentences) {
    const std::string& text = graph::TextOf(doc, sent.at.field);
    const Span span = sent.at.span;
    Demand(span.begin < span.end && span.end <= text.size());
    Demand(FindInvalidUtf8(Slice(text, span)) == std::string_view::npos);
    Demand(sent.article >= article && sent.article < page.articles.size());
    if (sent.article != article) end = 0;
    article = sent.article;
    if (sent.kind == SentenceKind::kTitle || sent.at.field == graph::Field::kTitle) continue;
    Demand(page.articles[article].article.body.Contains(span));
    Demand(span.begin >= end);
    end = span.end;
  }
}

}  // namespace tupu::extract
