#include "extract/ingest/page_items.h"

#include <algorithm>
#include <string>
#include <unordered_set>

#include "extract/ingest/dates.h"
#include "extract/ingest/page.h"
#include "extract/ingest/page_words.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

using graph::Date;

constexpr std::size_t kMinCutTeasers = 3;
constexpr std::uint32_t kMinCutPoints = 50;
constexpr std::size_t kMinItems = 3;
constexpr std::size_t kMinCollectiveItems = 2;

// 一、… (二)… 第三章 … 1. …: numbered headings are sections.
bool IsNumbered(std::string_view text, Span span) {
  std::u32string head;
  for (std::uint32_t pos = span.begin; pos < span.end && head.size() < 6;) {
    const CodePoint c = DecodeAt(text, pos);
    head += c.value;
    pos += c.size;
  }
  constexpr std::u32string_view kNumerals = U"一二三四五六七八九十0123456789１２３４５６７８９０";
  const bool ordinal = !head.empty() && head[0] == U'第';  // 第三章, but not 17条举措
  const bool bracket = !head.empty() && (head[0] == U'（' || head[0] == U'(');
  std::size_t i = ordinal || bracket ? 1 : 0;
  const std::size_t digits = i;
  while (i < head.size() && kNumerals.find(head[i]) != std::u32string_view::npos) ++i;
  if (i == digits || i >= head.size()) return false;
  if (ordinal) return std::u32string_view(U"章节条款").find(head[i]) != std::u32string_view::npos;
  if (std::u32string_view(U"、.．)）").find(head[i]) == std::u32string_view::npos) return false;
  // 54.76亿元 is an amount.
  return i + 1 >= head.size() || kNumerals.find(head[i + 1]) == std::u32string_view::npos;
}

// The share of the heading's pairs of characters that come again in the text below it: high for a
// news item under its headline, low for a section under its heading.
bool IsHeadlineOf(std::string_view text, Span heading, Span below) {
  const auto pairs = [&](Span span, std::uint32_t limit) {
    std::unordered_set<std::uint64_t> set;
    char32_t previous = 0;
    std::uint32_t end = std::min(span.end, span.begin + limit);
    for (std::uint32_t pos = span.begin; pos < end;) {
      const CodePoint c = DecodeAt(text, pos);
      if (!IsBlank(c.value)) {
        if (previous != 0) set.insert(static_cast<std::uint64_t>(previous) << 32 | c.value);
        previous = c.value;
      }
      pos += c.size;
    }
    return set;
  };
  const auto wanted = pairs(heading, 1000);
  if (wanted.empty()) return false;
  const auto there = pairs(below, 6000);
  const auto found = static_cast<std::size_t>(std::count_if(
      wanted.begin(), wanted.end(), [&](std::uint64_t pair) { return there.count(pair) != 0; }));
  return found * 20 >= wanted.size() * 9;
}

// Whether a paragraph opens as news does: today, the other day, 3月5日, 记者从….
bool OpensAsNews(std::string_view text, Span paragraph) {
  std::uint32_t limit = std::min(paragraph.end, paragraph.begin + 120);
  while (limit < paragraph.end && (static_cast<unsigned char>(text[limit]) & 0xc0) == 0x80) ++limit;
  const std::string_view head = Slice(text, Span{paragraph.begin, limit});
  for (const char* word : {"今天", "昨天", "今日", "昨日", "日前", "近日", "记者", "当地时间"}) {
    if (head.find(word) != std::string_view::npos) return true;
  }
  return FirstMonthDay(text, Span{paragraph.begin, limit}).month != 0;
}

bool IsSubtitle(std::string_view text, Span span) { return Slice(text, span).starts_with("—"); }

}  // namespace

std::size_t BeginOfCutTeasers(const std::vector<PageLine>& lines) {
  std::size_t begin = lines.size();
  std::size_t cut = 0;
  std::size_t paragraph = kNoLine;  // the one whose title is sought
  for (std::size_t i = lines.size(); i > 0;) {
    --i;
    if (lines[i].kind == LineKind::kDropped) continue;
    if (lines[i].kind != LineKind::kText) break;
    const Line& line = lines[i].line;
    const bool body = line.points >= kMinCutPoints || EndsStopped(line);
    if (paragraph == kNoLine) {
      if (!body) break;
      paragraph = i;
      continue;
    }
    if (body || !IsHeadingLike(line)) break;
    if (!EndsStopped(lines[paragraph].line)) {
      ++cut;
      begin = i;  // whole ones above the first that is cut may be sections of the main article
    }
    paragraph = kNoLine;
  }
  return cut >= kMinCutTeasers ? begin : lines.size();
}

std::vector<std::size_t> StartsOfItems(std::string_view text, const std::vector<PageLine>& lines,
                                       std::size_t end, bool collective) {
  std::vector<std::size_t> starts;
  std::size_t headlines = 0;  // headings that say what stands below them
  std::size_t openings = 0;   // first paragraphs that open as news
  std::size_t heading = kNoLine;
  Span below;  // the paragraphs under it; empty before any
  const auto close = [&] {
    if (heading == kNoLine || below.empty()) return;
    if (IsHeadlineOf(text, lines[heading].line.span, below)) ++headlines;
    if (OpensAsNews(text, below)) ++openings;
  };
  for (std::size_t i = 0; i < end; ++i) {
    if (lines[i].kind != LineKind::kText) continue;
    const Line& line = lines[i].line;
    if (IsHeadingLike(line) && line.points <= kMinCutPoints && !IsSubtitle(text, line.span)) {
      // The outlet's line above the first item is no heading.
      if (starts.empty() && ParseDateline(text, line)) continue;
      if (!collective && (IsNumbered(text, line.span) || (heading != kNoLine && below.empty()))) {
        return {};
      }
      close();
      starts.push_back(i);
      heading = i;
      below = {};
      continue;
    }
    if (starts.empty()) {
      const auto dateline = ParseDateline(text, line);
      if (!dateline || dateline->span.end < line.span.end) return {};  // opens with its lead
      continue;
    }
    below = below.empty() ? line.span : Span{below.begin, line.span.end};
  }
  if (!collective && below.empty()) return {};
  close();
  if (starts.size() < (collective ? kMinCollectiveItems : kMinItems)) return {};
  if (!collective && (headlines * 3 < starts.size() * 2 || openings * 3 < starts.size() * 2)) {
    return {};
  }
  return starts;
}

Span WithoutBullet(std::string_view text, Span span) {
  constexpr std::u32string_view kBullets = U"·•●○◆◇■□▪★☆►▶※-–—>";
  while (span.begin < span.end) {
    const CodePoint c = DecodeAt(text, span.begin);
    if (!IsBlank(c.value) && kBullets.find(c.value) == std::u32string_view::npos) break;
    span.begin += c.size;
  }
  return span;
}

Date FirstMonthDay(std::string_view text, Span body) {
  const std::uint32_t limit = std::min(body.end, body.begin + 300);
  for (std::uint32_t pos = body.begin; pos < limit; ++pos) {
    const char c = text[pos];
    if (c < '0' || c > '9' || (pos > body.begin && text[pos - 1] >= '0' && text[pos - 1] <= '9')) {
      continue;
    }
    // What opens a sentence is the day of the news; 将于5月18日 is not.
    const Span before = TrimBlanks(text, Span{body.begin, pos});
    if (!before.empty()) {
      const char32_t last = DecodeBefore(text, before.end).value;
      if (!IsStop(last) && !IsCloser(last)) continue;
    }
    std::uint32_t end = 0;
    if (const auto date = MonthDayAt(text, body, pos, end)) return *date;
  }
  return {};
}

std::vector<SettledDate> SettleArticleDates(const graph::Document& doc,
                                            const std::vector<ArticleDates>& articles) {
  const Date stated = graph::ParseDate(doc.date).value_or(Date{});
  Date siblings;
  for (const ArticleDates& article : articles) {
    if (article.teaser) siblings = std::max({siblings, article.latest, article.written});
  }
  if (siblings.empty() && stated.day != 0) siblings = stated;
  std::vector<SettledDate> out;
  for (const ArticleDates& article : articles) {
    SettledDate& settled = out.emplace_back();
    if (article.item) {
      settled = {out.front().date, !out.front().date.empty()};
    } else if (!article.teaser && out.size() == 1 && !stated.empty()) {
      settled.date = stated;
    } else if (!article.written.empty()) {
      settled.date = article.written;
    } else if (!article.teaser && out.size() == 1 && !DateOfUrl(doc.url).empty()) {
      settled = {DateOfUrl(doc.url), true};
    } else {
      const Date evidence = !article.latest.empty() ? article.latest
                            : article.teaser        ? siblings
                                                    : Date{};
      const Date month_day = article.month_day.month != 0 ? article.month_day
                             : article.teaser             ? article.text_month_day
                                                          : Date{};
      if (month_day.month != 0 && !evidence.empty()) {
        settled.date = NearestTo(evidence, month_day);
      } else if (article.teaser) {
        settled.date = article.latest;
      }
      settled.inferred = !settled.date.empty();
    }
  }
  return out;
}

}  // namespace tupu::extract
