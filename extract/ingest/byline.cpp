// Datelines are read by their grammar: [outlet][place][date][place] 讯|电|消息|报道, then perhaps a
// bracket of names. Everything looked at is a bounded window at one end of a line.
#include "extract/ingest/byline.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <string>
#include <tuple>
#include <utility>

#include "extract/ingest/byline_names.h"
#include "extract/ingest/page_words.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

using namespace byline;
using namespace std::string_view_literals;
using Role = Byline::Role;

constexpr std::size_t kMaxMarkerAt = 45;  // where 讯, 电 … must have come

// The bracket that closes the one at `open`, or kNone.
std::size_t CloseOf(const Window& w, std::size_t open) {
  for (std::size_t i = open + 1; i < w.size(); ++i) {
    if (IsCloseBracket(w[i])) return i;
    if (IsOpenBracket(w[i])) return kNone;
  }
  return kNone;
}

std::pair<std::size_t, std::size_t> TrimWindow(const Window& w, std::size_t begin,
                                               std::size_t end) {
  while (begin < end && IsBlank(w[begin])) ++begin;
  while (end > begin && IsBlank(w[end - 1])) --end;
  return {begin, end};
}

// Takes the outlet out of what stands before the date: 新华社北京 → 新华社. False if there is none
// that could be one.
bool AddOutlet(std::string_view text, const Window& w, std::size_t begin, std::size_t end,
               bool dated, std::vector<Byline>& names) {
  std::tie(begin, end) = TrimWindow(w, begin, end);
  if (begin == end) return true;
  if (end - begin > kMaxOutletPoints) return false;
  for (std::size_t i = begin; i < end; ++i) {
    const char32_t c = w[i];
    const bool word = IsHan(c) || (c < 0x80 && (std::isalnum(static_cast<int>(c)) != 0)) ||
                      c == U'·' || c == U' ' || c == U'-' || c == U'.';
    if (!word) return false;
  }
  const std::u32string_view whole = w.Part(begin, end);
  for (std::u32string_view word :
       {U"据"sv, U"从"sv, U"记者"sv, U"有"sv, U"另"sv, U"北京时间"sv, U"当地时间"sv}) {
    if (whole.starts_with(word)) return false;
  }
  for (std::u32string_view word :
       {U"今天"sv, U"昨天"sv, U"日前"sv, U"近日"sv, U"上午"sv, U"下午"sv}) {
    if (whole.find(word) != std::u32string_view::npos) return false;
  }
  if (whole.starts_with(U"本报") || whole.starts_with(U"本网") || whole.starts_with(U"本刊")) {
    return true;  // says who without a name
  }
  std::size_t stop = end;
  if (dated && !IsOutletName(Slice(text, w.Bytes(begin, end)))) {
    for (std::size_t i = begin + 1; i < end; ++i) {
      if (IsOutletName(Slice(text, w.Bytes(begin, i + 1)))) {
        stop = i + 1;
        break;
      }
    }
  }
  if (stop - begin < 2) return false;
  names.push_back({Role::kOutlet, InText(w.Bytes(begin, stop))});
  return true;
}

// Skips what joins a dateline to its first sentence.
std::size_t SkipJoint(const Window& w, std::size_t pos) {
  while (pos < w.size() && (IsBlank(w[pos]) || IsColon(w[pos]) || w[pos] == U'，' ||
                            w[pos] == U',' || w[pos] == U'丨' || w[pos] == U'|')) {
    ++pos;
  }
  return pos;
}

// Brackets after the marker: names, or the programme (新闻联播).
std::size_t ReadBrackets(const Window& w, std::size_t pos, std::vector<Byline>& names) {
  while (true) {
    std::size_t open = pos;
    while (open < w.size() && IsBlank(w[open])) ++open;
    if (!IsOpenBracket(w[open])) return pos;
    const std::size_t close = CloseOf(w, open);
    if (close == kNone) return pos;
    NameList list = ReadNames(w, open + 1, close, Role::kReporter);
    if (ReadsAsNames(list)) {
      names.insert(names.end(), list.names.begin(), list.names.end());
    } else if (close - open > 12) {
      return pos;
    }
    pos = close + 1;
  }
}

// 记者 谭小峰 发自… · 每经记者 曾立 …: a role word, a blank, a name and a blank.
std::size_t ReadLeadingReporter(const Window& w, std::size_t pos, std::vector<Byline>& names) {
  while (true) {
    std::size_t word = pos;
    while (word < w.size() && IsBlank(w[word])) ++word;
    std::size_t role_end = kNone;
    for (std::size_t i = word; i <= word + 4 && i < w.size(); ++i) {
      if (w.StartsAt(i, U"记者") || w.StartsAt(i, U"编辑")) {
        role_end = i + 2;
        break;
      }
      if (!IsHan(w[i])) break;
    }
    if (role_end == kNone || !(IsBlank(w[role_end]) || IsColon(w[role_end]))) return pos;
    const bool editor = w.StartsAt(role_end - 2, U"编辑");
    std::size_t begin = role_end;
    while (begin < w.size() && (IsBlank(w[begin]) || IsColon(w[begin]))) ++begin;
    std::size_t end = begin;
    while (end < w.size() && !IsNameSeparator(w[end])) ++end;
    if (end == w.size() || !ShapeOfName(w.Part(begin, end)).surname) return pos;
    names.push_back({editor ? Role::kEditor : Role::kReporter, InText(w.Bytes(begin, end))});
    pos = end;
    while (pos < w.size() && IsBlank(w[pos])) ++pos;
    if (w.StartsAt(pos, U"报道") && !IsHan(w[pos + 2])) pos += 2;
  }
}

constexpr std::array kMarkers = {U"消息"sv, U"报道"sv, U"讯"sv, U"电"sv};

// 【某某网讯】
std::optional<BylinePart> ParseBracketedDateline(std::string_view text, const Window& w) {
  std::size_t close = 1;
  while (close < w.size() && close < 24 && w[close] != U'】' && w[close] != U']') ++close;
  if (w[close] != U'】' && w[close] != U']') return std::nullopt;
  std::size_t end = close;
  bool marked = false;
  for (std::u32string_view marker : kMarkers) {
    if (w.Part(1, close).ends_with(marker)) {
      end = close - marker.size();
      marked = true;
      break;
    }
  }
  if (!marked) return std::nullopt;
  BylinePart part;
  const DateAt date = FindDate(text, w, 1, end);
  part.date = date.date;
  if (!AddOutlet(text, w, 1, date.begin == kNone ? end : date.begin, date.begin != kNone,
                 part.names)) {
    return std::nullopt;
  }
  std::size_t stop = ReadBrackets(w, close + 1, part.names);
  stop = SkipJoint(w, stop);
  part.span = Span{w.at[0], w.at[stop]};
  return part;
}

}  // namespace

std::optional<BylinePart> ParseDateline(std::string_view text, const Line& line) {
  const Window w(text, line.span, kWindow);
  if (w[0] == U'【' || w[0] == U'[') return ParseBracketedDateline(text, w);

  BylinePart part;
  std::size_t aside = kNone;  // a bracket between outlet and date: 某界（ID：abc）4月21日消息
  std::size_t aside_end = 0;
  std::size_t marker_at = kNone, marker_end = 0;
  for (std::size_t i = 0; i < w.size() && i <= kMaxMarkerAt; ++i) {
    const char32_t c = w[i];
    constexpr std::u32string_view kEnds = U"。！？；：:，,《“\"";
    if (kEnds.find(c) != std::u32string_view::npos) break;
    if (IsOpenBracket(c)) {
      const std::size_t close = CloseOf(w, i);
      if (aside != kNone || close == kNone || i == 0) break;
      aside = i;
      aside_end = close + 1;
      i = close;
      continue;
    }
    for (std::u32string_view marker : kMarkers) {
      if (!w.StartsAt(i, marker)) continue;
      const char32_t next = w[i + marker.size()];
      const bool ends = next == 0 || IsColon(next) || IsOpenBracket(next) || next == U'【' ||
                        IsBlank(next) || next == U'，' || next == U',' || next == U'丨' ||
                        next == U'|';
      DateAt date = FindDate(text, w, 0, i);
      if (aside != kNone && date.begin != kNone && date.begin > aside && date.begin < aside_end) {
        date = {};  // 今天（3月3日）印发…
      }
      const bool after_date = date.begin != kNone && i == date.end;
      // 财讯, 资讯 are ends of names, not markers.
      if (marker == U"讯" && i > 0 && IsOpenBracket(next) &&
          std::u32string_view(U"财资通快").find(w[i - 1]) != std::u32string_view::npos) {
        marker_at = marker_end = i + 1;
        break;
      }
      const std::string_view before =
          Slice(text, w.Bytes(0, std::min(i, aside == kNone ? i : aside)));
      if (!ends && !(marker == U"电" && after_date)) continue;
      if (date.begin == kNone && !IsOutletName(before) &&
          !(marker == U"讯" && IsOpenBracket(next)) &&
          !(marker == U"讯" && (before == "本报" || before == "本网"))) {
        continue;
      }
      marker_at = i;
      marker_end = i + marker.size();
      break;
    }
    // 某汇6月10日丨…
    if (marker_at == kNone && (c == U'丨' || c == U'|') && i > 2 && w[i - 1] == U'日') {
      marker_at = i;
      marker_end = i;
    }
    if (marker_at != kNone) break;
  }
  if (marker_at != kNone) {
    const DateAt date = FindDate(text, w, aside == kNone ? 0 : aside_end, marker_at);
    const DateAt early = date.begin != kNone ? date : FindDate(text, w, 0, marker_at);
    part.date = early.date;
    const std::size_t outlet_end =
        std::min({marker_at, early.begin, aside});  // kNone is the greatest
    if (AddOutlet(text, w, 0, outlet_end, early.begin != kNone, part.names)) {
      std::size_t stop = ReadBrackets(w, marker_end, part.names);
      stop = ReadLeadingReporter(w, SkipJoint(w, stop), part.names);
      part.span = Span{w.at[0], w.at[SkipJoint(w, stop)]};
      return part;
    }
    part = {};
  }
  const std::size_t stop = ReadLeadingReporter(w, 0, part.names);
  if (stop == 0) return std::nullopt;
  part.span = Span{w.at[0], w.at[SkipJoint(w, stop)]};
  return part;
}

std::optional<BylinePart> ParseTrailingByline(std::string_view text, const Line& line) {
  constexpr std::u32string_view kEnds = U"）)】]";
  if (kEnds.find(DecodeBefore(text, line.span.end).value) == std::u32string_view::npos) {
    return std::nullopt;
  }
  // The last bracket of the line, within its last code points.
  std::uint32_t begin = line.span.end;
  for (std::size_t i = 0; i < kWindow && begin > line.span.begin; ++i) {
    begin -= DecodeBefore(text, begin).size;
  }
  const Window w(text, Span{begin, line.span.end}, kWindow);
  if (w.size() < 4) return std::nullopt;
  std::size_t open = w.size() - 1;
  while (open > 0) {
    --open;
    const char32_t c = w[open];
    if (IsOpenBracket(c) || c == U'【' || c == U'[') break;
    if (IsStop(c) && c != U';' && c != U'；') return std::nullopt;
  }
  if (open == 0) return std::nullopt;
  std::size_t before = open;
  while (before > 0 && IsBlank(w[before - 1])) --before;
  if (before == 0 || !(IsStop(w[before - 1]) || IsCloser(w[before - 1]))) return std::nullopt;
  NameList list = ReadNames(w, open + 1, w.size() - 1, Role::kReporter);
  if (!ReadsAsNames(list) || (!list.roles && list.surnames != list.names.size())) {
    return std::nullopt;
  }
  BylinePart part;
  part.names = std::move(list.names);
  part.editor = list.editors;
  part.span = w.Bytes(open, w.size());
  return part;
}

}  // namespace tupu::extract
