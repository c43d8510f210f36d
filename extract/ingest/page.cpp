// A page is read as lines. Each line is first told apart by itself (navigation, byline, list
// header, text); then the title is sought, the place where the main article ends, and what follows
// it; then a main article that is really a string of short items is taken apart. Each step looks at
// every line a bounded number of times.
#include "extract/ingest/page.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extract/ingest/byline.h"
#include "extract/ingest/dates.h"
#include "extract/ingest/lines.h"
#include "extract/ingest/page_items.h"
#include "extract/ingest/page_words.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

using graph::Date;
using graph::Field;
using graph::FieldSpan;

constexpr std::size_t kHeadLines = 40;       // within which a copy of the title may stand
constexpr std::size_t kTitleCopyLines = 6;   // over which it may be broken
constexpr std::uint32_t kChannelPoints = 6;  // 产经, 要闻: a channel's name above the title
constexpr std::uint32_t kBreadcrumbPoints = 24;
constexpr std::size_t kDatelineLines = 8;
constexpr std::uint32_t kParagraphPoints = 45;  // what is longer is no title of a teaser

// An article before its sentences are cut.
struct Draft {
  FieldSpan title;
  std::size_t title_line = kNoLine;  // where the title stands in the text
  std::vector<std::size_t> lines;    // bylines and text, in order
  bool teaser = false;
  bool item = false;  // of a collective page
};

class PageReader {
 public:
  explicit PageReader(const graph::Document& doc) : doc_(doc), text_(doc.text) {}

  Page Read() {
    Classify();
    FindTitle();
    const std::size_t main_end = EndOfMain();
    ReadMain(main_end);
    ReadTeasers(main_end);
    if (drafts_.empty()) drafts_.emplace_back();
    for (Draft& draft : drafts_) Write(draft);
    SettleDates();
    return std::move(page_);
  }

 private:
  void Classify();
  void MarkLabelTable();
  void FindTitle();
  bool MarkTitleCopies(std::string_view squeezed_title);
  void SplitSiteOffTitle();
  void ChooseTitleFromText();
  std::size_t EndOfMain() const;
  void ReadMain(std::size_t end);
  void ReadTeasers(std::size_t begin);
  void Write(const Draft& draft);
  void WriteTitle(const Draft& draft, ArticleAnatomy& anatomy);
  void WriteLine(const PageLine& line, bool heading, bool& dateline_open, ArticleAnatomy& anatomy);
  void AddSentence(FieldSpan at, SentenceKind kind);
  void AddByline(BylinePart part, ArticleAnatomy& anatomy);
  void SettleDates();
  bool BreaksOff(const Draft& draft, std::size_t last_text) const;
  std::optional<Span> OriginalTitle(Span line) const;
  Span WholeTitle() const { return Span{0, static_cast<std::uint32_t>(doc_.title.size())}; }

  const graph::Document& doc_;
  const std::string_view text_;
  std::vector<PageLine> lines_;
  FieldSpan title_;
  std::size_t title_line_ = kNoLine;
  std::optional<Span> site_in_title_;
  std::string squeezed_title_;
  std::vector<Draft> drafts_;

  // Of the article being written.
  std::uint32_t article_ = 0;
  std::uint32_t paragraph_ = 0;
  std::vector<ArticleDates> dates_;  // one an article
  Page page_;
};

// ---- what each line is ------------------------------------------------------------------------

void PageReader::Classify() {
  const auto lines = SplitLines(text_, Span{0, static_cast<std::uint32_t>(text_.size())});
  lines_.reserve(lines.size());
  bool head = true;
  for (const Line& line : lines) {
    PageLine& out = lines_.emplace_back();
    out.line = line;
    if (IsNavigation(text_, line)) {
      out.kind = LineKind::kDropped;
    } else if (IsListHeader(text_, line)) {
      out.kind = LineKind::kListHeader;
    } else if (auto part = ParseBylineLine(text_, line, head)) {
      out.kind = LineKind::kByline;
      out.byline = std::move(*part);
    } else if (line.points > 50 || EndsStopped(line)) {
      head = false;
    }
  }
  MarkLabelTable();
}

// 发文机关：
// 国务院
void PageReader::MarkLabelTable() {
  const auto labels = std::count_if(lines_.begin(), lines_.end(), [&](const PageLine& line) {
    return line.kind == LineKind::kByline && IsBareLabel(text_, line.line);
  });
  if (labels < 2) return;  // 发布人： with nobody behind it
  for (std::size_t i = 0; i + 1 < lines_.size(); ++i) {
    if (lines_[i].kind != LineKind::kByline || !IsBareLabel(text_, lines_[i].line)) continue;
    PageLine& value = lines_[i + 1];
    if (value.kind != LineKind::kText || value.line.points > 80 || EndsStopped(value.line))
      continue;
    value.kind = LineKind::kByline;
    value.byline = BylinePart{};
    value.byline.span = value.line.span;
    const auto dates = FindFullDates(text_, value.line.span);
    if (!dates.empty()) value.byline.date = dates.front().date;
  }
}

// ---- the title --------------------------------------------------------------------------------

void PageReader::FindTitle() {
  const Span whole = TrimBlanks(doc_.title, WholeTitle());
  if (whole.empty()) {
    ChooseTitleFromText();
    return;
  }
  title_ = {Field::kTitle, whole};
  squeezed_title_ = Squeeze(Slice(doc_.title, whole));
  if (MarkTitleCopies(squeezed_title_)) return;
  SplitSiteOffTitle();
}

// Marks the lines at the page's head that repeat the title, and what stands above the last of
// them. False where there is none.
bool PageReader::MarkTitleCopies(std::string_view title) {
  const std::size_t end = std::min(lines_.size(), kHeadLines);
  std::size_t last = kNoLine;
  for (std::size_t i = 0; i < end; ++i) {
    std::string joined;
    for (std::size_t k = i; k < std::min(lines_.size(), i + kTitleCopyLines); ++k) {
      if (lines_[k].line.span.size() > title.size() * 3 + 200) break;
      joined += Squeeze(Slice(text_, lines_[k].line.span));
      if (joined == title) {
        for (std::size_t m = i; m <= k; ++m) {
          lines_[m].kind = LineKind::kDropped;
        }
        last = k;
        break;
      }
      if (k == i && joined.size() > title.size() && joined.starts_with(title)) {
        // 标题- 某网: the browser's title; its end is the site.
        const std::size_t mark = joined.find_first_not_of("-_|", title.size());
        const std::string_view line = Slice(text_, lines_[k].line.span);
        const std::size_t cut = line.find_last_of("-_|");
        if (mark > title.size() && mark != std::string::npos && cut != std::string_view::npos) {
          const auto begin = lines_[k].line.span.begin + static_cast<std::uint32_t>(cut) + 1;
          const Span site = TrimBlanks(text_, Span{begin, lines_[k].line.span.end});
          if (!site.empty() && CountCodePoints(Slice(text_, site)) <= 20) {
            lines_[k].kind = LineKind::kByline;
            lines_[k].byline = BylinePart{};
            lines_[k].byline.span = site;
            lines_[k].byline.names = {{Byline::Role::kOutlet, {Field::kText, site}}};
          }
        }
      }
      if (joined.size() >= title.size() || !title.starts_with(joined)) break;
    }
    if (last == kNoLine && lines_[i].kind == LineKind::kText) {
      // The title is where the text breaks off, not a name of its own.
      const PageLine& first = lines_[i];
      if (first.line.points >= 15 && joined.size() > title.size() && joined.starts_with(title) &&
          title.size() >= 45) {
        title_ = {};
        return true;
      }
      if (first.line.points > 50 || EndsStopped(first.line)) break;
    }
  }
  if (last == kNoLine) return false;
  for (std::size_t i = 0; i < last; ++i) {
    PageLine& above = lines_[i];
    if (above.kind == LineKind::kText && above.line.points <= kBreadcrumbPoints &&
        !EndsStopped(above.line) && !ParseDateline(text_, above.line)) {
      above.kind = LineKind::kDropped;
    }
  }
  return true;
}

// <title> often ends in channel and site: 标题_财经_某网. The text's own heading tells where the
// title ends; else a site's name at the end does.
void PageReader::SplitSiteOffTitle() {
  const std::string_view title = Slice(doc_.title, title_.span);
  std::size_t best = 0;
  std::size_t tries = 0;
  for (std::size_t cut = title.find_first_of("-_|"); cut != std::string_view::npos && tries < 8;
       cut = title.find_first_of("-_|", cut + 1), ++tries) {
    const std::string squeezed = Squeeze(title.substr(0, cut));
    if (CountCodePoints(squeezed) < 6) continue;
    const bool known = MarkTitleCopies(squeezed);
    const std::size_t site = title.find_last_of("-_|");
    if (known || (title[cut] != '-' && IsOutletName(Squeeze(title.substr(site + 1))))) {
      best = cut;
      squeezed_title_ = squeezed;
      break;
    }
  }
  if (best == 0 || title_.span.empty()) return;
  const std::uint32_t begin = title_.span.begin;
  const auto site_begin = begin + static_cast<std::uint32_t>(title.find_last_of("-_|")) + 1;
  const Span site = TrimBlanks(doc_.title, Span{site_begin, title_.span.end});
  title_.span = TrimBlanks(doc_.title, Span{begin, begin + static_cast<std::uint32_t>(best)});
  if (!site.empty() && IsOutletName(Squeeze(Slice(doc_.title, site)))) site_in_title_ = site;
}

void PageReader::ChooseTitleFromText() {
  std::size_t candidate = kNoLine;
  for (std::size_t i = 0; i < std::min(lines_.size(), kHeadLines); ++i) {
    const PageLine& line = lines_[i];
    if (line.kind == LineKind::kDropped || line.kind == LineKind::kByline) continue;
    if (line.kind == LineKind::kListHeader || !IsHeadingLike(line.line)) break;
    if (ParseDateline(text_, line.line)) break;
    if (candidate == kNoLine || lines_[candidate].line.points <= kChannelPoints) {
      candidate = i;
      continue;
    }
    break;
  }
  if (candidate == kNoLine) return;
  // A heading over nothing is the text itself.
  const bool heads =
      std::any_of(lines_.begin() + static_cast<std::ptrdiff_t>(candidate) + 1, lines_.end(),
                  [](const PageLine& line) { return line.kind == LineKind::kText; });
  if (!heads) return;
  for (std::size_t i = 0; i < candidate; ++i) {
    if (lines_[i].kind != LineKind::kText) continue;
    lines_[i].kind = LineKind::kDropped;
  }
  title_ = {Field::kText, lines_[candidate].line.span};
  title_line_ = candidate;
  squeezed_title_ = Squeeze(Slice(text_, title_.span));
  lines_[candidate].kind = LineKind::kTitle;
}

// ---- which lines make which article -----------------------------------------------------------

// The line after the main article's last.
std::size_t PageReader::EndOfMain() const {
  bool body = false;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const PageLine& line = lines_[i];
    if (line.kind == LineKind::kListHeader && body) return i;
    if (line.kind == LineKind::kByline && line.byline.editor && body) return i + 1;
    if (line.kind != LineKind::kText) continue;
    if (EndsStopped(line.line) || line.line.points > kParagraphPoints) body = true;
    const auto trailing = ParseTrailingByline(text_, line.line);
    if (trailing && trailing->editor) return i + 1;
  }
  return BeginOfCutTeasers(lines_);
}

void PageReader::ReadMain(std::size_t end) {
  Draft main;
  main.title = title_;
  main.title_line = title_line_;
  const std::string_view title_text =
      title_.field == Field::kTitle ? Slice(doc_.title, title_.span) : Slice(text_, title_.span);
  const std::vector<std::size_t> starts =
      StartsOfItems(text_, lines_, end, IsCollectiveTitle(title_text));
  const std::size_t main_end = starts.empty() ? end : starts.front();
  for (std::size_t i = 0; i < main_end; ++i) {
    const LineKind kind = lines_[i].kind;
    if (kind == LineKind::kText || kind == LineKind::kByline) main.lines.push_back(i);
  }
  if (!main.lines.empty() || !main.title.span.empty()) drafts_.push_back(std::move(main));
  for (std::size_t k = 0; k < starts.size(); ++k) {
    Draft item;
    item.item = true;
    item.title_line = starts[k];
    item.title = {Field::kText, lines_[starts[k]].line.span};
    lines_[starts[k]].kind = LineKind::kTitle;
    const std::size_t stop = k + 1 < starts.size() ? starts[k + 1] : end;
    for (std::size_t i = starts[k] + 1; i < stop; ++i) {
      const LineKind kind = lines_[i].kind;
      if (kind == LineKind::kText || kind == LineKind::kByline) item.lines.push_back(i);
    }
    drafts_.push_back(std::move(item));
  }
}

void PageReader::ReadTeasers(std::size_t begin) {
  Draft* current = nullptr;
  bool has_text = false;
  for (std::size_t i = begin; i < lines_.size(); ++i) {
    PageLine& line = lines_[i];
    if (line.kind == LineKind::kDropped) continue;
    if (line.kind == LineKind::kListHeader) {
      current = nullptr;
      continue;
    }
    const bool paragraph = line.line.inner_stop || line.line.points > kParagraphPoints;
    const bool title = line.kind == LineKind::kText && IsHeadingLike(line.line) &&
                       !(paragraph && current != nullptr && !has_text);
    if (title || current == nullptr) {
      current = &drafts_.emplace_back();
      has_text = false;
      current->teaser = title;
      if (title) {
        current->title = {Field::kText, WithoutBullet(text_, line.line.span)};
        current->title_line = i;
        line.kind = LineKind::kTitle;
        continue;
      }
    }
    current->lines.push_back(i);
    has_text |= line.kind == LineKind::kText;
  }
}

// ---- writing ----------------------------------------------------------------------------------

void PageReader::AddSentence(FieldSpan at, SentenceKind kind) {
  if (at.span.empty()) return;
  page_.sentences.push_back({at, article_, paragraph_, kind});
}

void PageReader::AddByline(BylinePart part, ArticleAnatomy& anatomy) {
  anatomy.bylines.insert(anatomy.bylines.end(), part.names.begin(), part.names.end());
  ArticleDates& dates = dates_.back();
  if (part.date.year != 0) {
    if (dates.written.empty()) dates.written = part.date;
  } else if (part.date.month != 0 && dates.month_day.month == 0) {
    dates.month_day = part.date;
  }
}

void PageReader::WriteTitle(const Draft& draft, ArticleAnatomy& anatomy) {
  if (draft.title.span.empty()) return;
  const std::string_view field = draft.title.field == Field::kTitle ? doc_.title : text_;
  for (const Line& line : SplitLines(field, draft.title.span)) {
    for (Span piece : CutLong(field, line.span)) {
      AddSentence({draft.title.field, piece}, SentenceKind::kTitle);
    }
  }
  if (draft.title.field == Field::kTitle && site_in_title_) {
    anatomy.bylines.push_back({Byline::Role::kOutlet, {Field::kTitle, *site_in_title_}});
    AddSentence({Field::kTitle, *site_in_title_}, SentenceKind::kByline);
  }
}

// 原标题：… before the text goes on in the same line.
std::optional<Span> PageReader::OriginalTitle(Span line) const {
  const std::string_view part = Slice(text_, line);
  for (std::string_view label : {"原标题：", "原标题:"}) {
    if (!part.starts_with(label) || squeezed_title_.empty()) continue;
    std::string_view wanted = squeezed_title_;
    std::uint32_t pos = line.begin + static_cast<std::uint32_t>(label.size());
    while (pos < line.end && !wanted.empty()) {
      const CodePoint c = DecodeAt(text_, pos);
      const std::string squeezed = Squeeze(text_.substr(pos, c.size));
      if (!wanted.starts_with(squeezed)) return std::nullopt;
      wanted.remove_prefix(squeezed.size());
      pos += c.size;
    }
    if (wanted.empty()) return Span{line.begin, pos};
  }
  return std::nullopt;
}

void PageReader::WriteLine(const PageLine& line, bool heading, bool& dateline_open,
                           ArticleAnatomy& anatomy) {
  if (line.kind == LineKind::kByline) {
    for (Span piece : CutLong(text_, line.byline.span)) {
      AddSentence({Field::kText, piece}, SentenceKind::kByline);
    }
    AddByline(line.byline, anatomy);
    ++paragraph_;
    return;
  }
  Line rest = line.line;
  if (const auto original = OriginalTitle(rest.span)) {
    AddSentence({Field::kText, *original}, SentenceKind::kByline);
    rest.span = TrimBlanks(text_, Span{original->end, rest.span.end});
  }
  if (dateline_open) {
    if (auto part = ParseDateline(text_, rest)) {
      AddSentence({Field::kText, TrimBlanks(text_, part->span)}, SentenceKind::kByline);
      rest.span = TrimBlanks(text_, Span{part->span.end, rest.span.end});
      AddByline(std::move(*part), anatomy);
      dateline_open = false;
      heading = false;
    }
  }
  auto trailing = ParseTrailingByline(text_, rest);
  const Span body = trailing ? Span{rest.span.begin, trailing->span.begin} : rest.span;
  if (heading) {
    AddSentence({Field::kText, TrimBlanks(text_, body)}, SentenceKind::kHeading);
  } else {
    if (dates_.back().text_month_day.month == 0) {
      dates_.back().text_month_day = FirstMonthDay(text_, body);
    }
    for (const FullDate& date : FindFullDates(text_, body)) {
      if (!date.planned) dates_.back().latest = std::max(dates_.back().latest, date.date);
    }
    for (Span sentence : SplitSentences(text_, body)) {
      AddSentence({Field::kText, sentence}, SentenceKind::kBody);
    }
  }
  if (trailing) {
    AddSentence({Field::kText, TrimBlanks(text_, trailing->span)}, SentenceKind::kByline);
    AddByline(std::move(*trailing), anatomy);
  }
  ++paragraph_;
}

void PageReader::Write(const Draft& draft) {
  ArticleAnatomy anatomy;
  graph::Article& article = anatomy.article;
  article_ = static_cast<std::uint32_t>(page_.articles.size());
  paragraph_ = 0;
  article.number = article_;
  article.teaser = draft.teaser;
  article.title = draft.title;
  ArticleDates& dates = dates_.emplace_back();
  dates.teaser = draft.teaser;
  dates.item = draft.item;
  WriteTitle(draft, anatomy);
  if (draft.lines.empty()) {
    const std::uint32_t at =
        draft.title_line == kNoLine ? 0 : lines_[draft.title_line].line.span.end;
    article.body = Span{at, at};
  } else {
    const PageLine& first = lines_[draft.lines.front()];
    article.body =
        Span{first.kind == LineKind::kByline ? first.byline.span.begin : first.line.span.begin,
             lines_[draft.lines.back()].line.span.end};
  }
  std::size_t last_text = kNoLine;
  for (std::size_t i = 0; i < draft.lines.size(); ++i) {
    if (lines_[draft.lines[i]].kind == LineKind::kText) last_text = i;
  }
  bool dateline_open = true;
  std::size_t texts = 0;
  for (std::size_t i = 0; i < draft.lines.size(); ++i) {
    const PageLine& line = lines_[draft.lines[i]];
    const bool is_text = line.kind == LineKind::kText;
    if (is_text && texts++ == kDatelineLines) dateline_open = false;
    // A heading heads text: 国务院 above the date of a document is its signature.
    const bool heading = is_text && IsHeadingLike(line.line) && i + 1 < draft.lines.size() &&
                         lines_[draft.lines[i + 1]].kind == LineKind::kText;
    WriteLine(line, heading, dateline_open, anatomy);
  }
  article.truncated = BreaksOff(draft, last_text);
  page_.articles.push_back(std::move(anatomy));
}

// Whether the article stops in the middle of a sentence.
bool PageReader::BreaksOff(const Draft& draft, std::size_t last_text) const {
  if (last_text != kNoLine) {
    const Line& line = lines_[draft.lines[last_text]].line;
    return !EndsStopped(line) && !IsCloser(DecodeBefore(text_, line.span.end).value) &&
           (draft.teaser || line.points > kParagraphPoints);
  }
  const std::string_view title = draft.title.field == Field::kText
                                     ? Slice(text_, draft.title.span)
                                     : Slice(doc_.title, draft.title.span);
  return draft.teaser && (title.ends_with("...") || title.ends_with("…"));
}

void PageReader::SettleDates() {
  const std::vector<SettledDate> settled = SettleArticleDates(doc_, dates_);
  for (std::size_t i = 0; i < settled.size(); ++i) {
    page_.articles[i].article.date = settled[i].date.ToString();
    page_.articles[i].article.date_inferred = settled[i].inferred;
  }
  page_.date = doc_.date.empty() ? page_.articles.front().article.date : doc_.date;
  page_.date_inferred = doc_.date.empty() && !page_.date.empty();
}

}  // namespace

Page SplitPage(const graph::Document& doc) { return PageReader(doc).Read(); }

}  // namespace tupu::extract
