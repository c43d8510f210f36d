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

#include "extract/ingest/dates.h"
#include "extract/ingest/page_words.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

using namespace std::string_view_literals;
using graph::Date;
using Role = Byline::Role;

constexpr std::size_t kNone = static_cast<std::size_t>(-1);
constexpr std::size_t kWindow = 160;      // code points looked at
constexpr std::size_t kMaxMarkerAt = 45;  // where 讯, 电 … must have come
constexpr std::size_t kMaxOutletPoints = 16;
constexpr std::uint32_t kMaxBylineLinePoints = 120;

// Code points of a stretch of text with their byte offsets.
struct Window {
  std::u32string chars;
  std::vector<std::uint32_t> at;  // one more than chars

  Window(std::string_view text, Span span, std::size_t limit) {
    std::uint32_t pos = span.begin;
    while (pos < span.end && chars.size() < limit) {
      const CodePoint c = DecodeAt(text, pos);
      chars += c.value;
      at.push_back(pos);
      pos += c.size;
    }
    at.push_back(pos);
  }
  std::size_t size() const { return chars.size(); }
  char32_t operator[](std::size_t i) const { return i < chars.size() ? chars[i] : 0; }
  std::u32string_view Part(std::size_t begin, std::size_t end) const {
    return std::u32string_view(chars).substr(begin, end - begin);
  }
  Span Bytes(std::size_t begin, std::size_t end) const { return Span{at[begin], at[end]}; }
  bool StartsAt(std::size_t pos, std::u32string_view word) const {
    return std::u32string_view(chars).substr(std::min(pos, chars.size())).starts_with(word);
  }
};

graph::FieldSpan InText(Span span) { return {graph::Field::kText, span}; }

bool IsOpenBracket(char32_t c) { return c == U'（' || c == U'('; }
bool IsCloseBracket(char32_t c) { return c == U'）' || c == U')'; }
bool IsColon(char32_t c) { return c == U'：' || c == U':'; }

// The bracket that closes the one at `open`, or kNone.
std::size_t CloseOf(const Window& w, std::size_t open) {
  for (std::size_t i = open + 1; i < w.size(); ++i) {
    if (IsCloseBracket(w[i])) return i;
    if (IsOpenBracket(w[i])) return kNone;
  }
  return kNone;
}

struct RoleWord {
  std::u32string_view word;
  Role role;
};
// Longer words first where one begins another.
constexpr std::array kRoleWords = {
    RoleWord{U"责任编辑"sv, Role::kEditor},     RoleWord{U"责编"sv, Role::kEditor},
    RoleWord{U"编辑"sv, Role::kEditor},         RoleWord{U"校对"sv, Role::kEditor},
    RoleWord{U"审核"sv, Role::kEditor},         RoleWord{U"统筹"sv, Role::kEditor},
    RoleWord{U"监制"sv, Role::kEditor},         RoleWord{U"编审"sv, Role::kEditor},
    RoleWord{U"见习记者"sv, Role::kReporter},   RoleWord{U"实习记者"sv, Role::kReporter},
    RoleWord{U"特约记者"sv, Role::kReporter},   RoleWord{U"全媒体记者"sv, Role::kReporter},
    RoleWord{U"本报记者"sv, Role::kReporter},   RoleWord{U"记者"sv, Role::kReporter},
    RoleWord{U"特约通讯员"sv, Role::kReporter}, RoleWord{U"通讯员"sv, Role::kReporter},
    RoleWord{U"实习生"sv, Role::kReporter},     RoleWord{U"作者"sv, Role::kReporter},
    RoleWord{U"撰稿"sv, Role::kReporter},       RoleWord{U"采写"sv, Role::kReporter}};

const RoleWord* RoleAt(const Window& w, std::size_t pos, std::size_t end) {
  for (const RoleWord& role : kRoleWords) {
    if (pos + role.word.size() <= end && w.StartsAt(pos, role.word)) return &role;
  }
  return nullptr;
}

bool IsNameSeparator(char32_t c) {
  constexpr std::u32string_view kSeparators = U"、，,;；：:/|";
  return IsBlank(c) || kSeparators.find(c) != std::u32string_view::npos;
}

// Names in [begin, end) under the role words among them. `roles`: whether any role word stood
// there; `clean`: nothing else did; `surnames`: how many begin with a family name.
struct NameList {
  std::vector<Byline> names;
  bool roles = false;
  bool editors = false;
  bool clean = true;
  std::size_t surnames = 0;
};

NameList ReadNames(const Window& w, std::size_t begin, std::size_t end, Role role) {
  NameList list;
  std::size_t pos = begin;
  while (pos < end) {
    if (IsNameSeparator(w[pos])) {
      ++pos;
      continue;
    }
    if (const RoleWord* found = RoleAt(w, pos, end)) {
      role = found->role;
      list.roles = true;
      list.editors |= role == Role::kEditor;
      pos += found->word.size();
      continue;
    }
    std::size_t stop = pos;
    while (stop < end && !IsNameSeparator(w[stop])) ++stop;
    const std::u32string_view token = w.Part(pos, stop);
    if (token.ends_with(U"记者") || token.ends_with(U"编辑")) {  // 某报北京记者 张三
      role = token.ends_with(U"编辑") ? Role::kEditor : Role::kReporter;
      list.roles = true;
      list.editors |= role == Role::kEditor;
    } else if (token == U"文" || token == U"图" || token == U"摄" || token == U"文图") {
      list.roles = true;
    } else {
      // 张 三: a name of two characters spread to the width of three.
      if (token.size() == 1 && IsHan(token[0]) && stop + 1 < end && IsBlank(w[stop])) {
        std::size_t next = stop;
        while (next < end && IsBlank(w[next])) ++next;
        if (next + 1 == end || (next < end && IsNameSeparator(w[next + 1]))) {
          if (IsHan(w[next]) && ShapeOfName(std::u32string{token[0], w[next]}).surname) {
            list.names.push_back({role, InText(w.Bytes(pos, next + 1))});
            ++list.surnames;
            pos = next + 1;
            continue;
          }
        }
      }
      const NameShape shape = ShapeOfName(token);
      if (shape.possible && (shape.surname || !IsOutletName(ToUtf8(token)))) {
        list.names.push_back({role, InText(w.Bytes(pos, stop))});
        if (shape.surname) ++list.surnames;
      } else {
        list.clean = false;
      }
    }
    pos = stop;
  }
  return list;
}

// Names in brackets: under a role word, or by their looks alone (褚小川 雨禾).
bool ReadsAsNames(const NameList& list) {
  if (list.names.empty()) return false;
  return list.roles || (list.clean && list.surnames > 0 && list.names.size() <= 6);
}

bool StartsDigit(char32_t c) { return c >= U'0' && c <= U'9'; }

// The date in [begin, end), with its place among the code points.
struct DateAt {
  std::size_t begin = kNone;
  std::size_t end = 0;
  Date date;
};

DateAt FindDate(std::string_view text, const Window& w, std::size_t begin, std::size_t end) {
  DateAt found;
  const auto position = [&](std::uint32_t byte) {
    return static_cast<std::size_t>(std::lower_bound(w.at.begin(), w.at.end(), byte) -
                                    w.at.begin());
  };
  const auto full = FindFullDates(text, w.Bytes(begin, end));
  if (!full.empty()) {
    found.begin = position(full.front().span.begin);
    found.end = position(full.front().span.end);
    found.date = full.front().date;
    return found;
  }
  for (std::size_t i = begin; i < end; ++i) {
    if (!StartsDigit(w[i]) || (i > begin && StartsDigit(w[i - 1]))) continue;
    std::uint32_t stop = 0;
    if (const auto date = MonthDayAt(text, w.Bytes(begin, end), w.at[i], stop)) {
      found.begin = i;
      found.end = position(stop);
      found.date = *date;
      return found;
    }
  }
  return found;
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

namespace {

enum class Field : std::uint8_t { kOutlet, kReporter, kEditor, kDate, kPublisher, kTitle, kOther };
struct LabelWord {
  std::u32string_view word;
  Field field;
};
// Longer words first where one ends or begins another.
constexpr std::array kLabels = {
    LabelWord{U"图片来源"sv, Field::kOther},  LabelWord{U"图源"sv, Field::kOther},
    LabelWord{U"文章来源"sv, Field::kOutlet}, LabelWord{U"信息来源"sv, Field::kOutlet},
    LabelWord{U"新闻来源"sv, Field::kOutlet}, LabelWord{U"稿件来源"sv, Field::kOutlet},
    LabelWord{U"本文来源"sv, Field::kOutlet}, LabelWord{U"来源"sv, Field::kOutlet},
    LabelWord{U"稿源"sv, Field::kOutlet},     LabelWord{U"责任编辑"sv, Field::kEditor},
    LabelWord{U"责编"sv, Field::kEditor},     LabelWord{U"编辑"sv, Field::kEditor},
    LabelWord{U"校对"sv, Field::kEditor},     LabelWord{U"审核"sv, Field::kEditor},
    LabelWord{U"监制"sv, Field::kEditor},     LabelWord{U"统筹"sv, Field::kEditor},
    LabelWord{U"作者"sv, Field::kReporter},   LabelWord{U"本报记者"sv, Field::kReporter},
    LabelWord{U"记者"sv, Field::kReporter},   LabelWord{U"通讯员"sv, Field::kReporter},
    LabelWord{U"撰稿"sv, Field::kReporter},   LabelWord{U"发布时间"sv, Field::kDate},
    LabelWord{U"发布日期"sv, Field::kDate},   LabelWord{U"发稿时间"sv, Field::kDate},
    LabelWord{U"发表时间"sv, Field::kDate},   LabelWord{U"更新时间"sv, Field::kDate},
    LabelWord{U"成文日期"sv, Field::kDate},   LabelWord{U"日期"sv, Field::kDate},
    LabelWord{U"时间"sv, Field::kDate},       LabelWord{U"发布人"sv, Field::kPublisher},
    LabelWord{U"发布机构"sv, Field::kOther},  LabelWord{U"发文机关"sv, Field::kOther},
    LabelWord{U"发文字号"sv, Field::kOther},  LabelWord{U"索引号"sv, Field::kOther},
    LabelWord{U"主题分类"sv, Field::kOther},  LabelWord{U"主题词"sv, Field::kOther},
    LabelWord{U"关键词"sv, Field::kOther},    LabelWord{U"标题"sv, Field::kTitle},
    LabelWord{U"原标题"sv, Field::kTitle},    LabelWord{U"浏览次数"sv, Field::kOther},
    LabelWord{U"阅读量"sv, Field::kOther},    LabelWord{U"阅读"sv, Field::kOther},
    LabelWord{U"点击数"sv, Field::kOther},    LabelWord{U"点击"sv, Field::kOther},
    LabelWord{U"浏览"sv, Field::kOther},      LabelWord{U"字体"sv, Field::kOther},
    LabelWord{U"字号"sv, Field::kOther}};

struct LabelAt {
  std::size_t begin, value;  // of the label; of what follows its colon
  Field field;
};

// A label with its colon at `pos`; blanks may spread it (索 引 号：).
std::optional<LabelAt> MatchLabel(const Window& w, std::size_t pos) {
  for (const LabelWord& label : kLabels) {
    std::size_t i = pos;
    bool match = true;
    for (char32_t c : label.word) {
      while (i > pos && IsBlank(w[i]) && i < pos + 16) ++i;
      if (w[i] != c) {
        match = false;
        break;
      }
      ++i;
    }
    if (!match) continue;
    while (i < w.size() && IsBlank(w[i])) ++i;
    if (IsColon(w[i]) || (w[i] == U'/' && label.field != Field::kOther)) {
      return LabelAt{pos, i + 1, label.field};
    }
  }
  return std::nullopt;
}

std::vector<LabelAt> FindLabels(const Window& w) {
  std::vector<LabelAt> labels;
  // Most lines have no colon or slash, and so no label.
  if (w.chars.find_first_of(U"：:/") == std::u32string::npos) return labels;
  for (std::size_t i = 0; i < w.size();) {
    if (auto label = MatchLabel(w, i)) {
      labels.push_back(*label);
      i = label->value;
    } else {
      ++i;
    }
  }
  return labels;
}

// The outlets in a field's value, up to a blank or the end: "-某某报" → 某某报, "某网-某报" → both.
// Addresses are none, nor is what stands for not knowing.
void AddOutletValue(const Window& w, std::size_t begin, std::size_t end,
                    std::vector<Byline>& names) {
  const auto ends = [](char32_t c) {
    return IsBlank(c) || c == U'】' || c == U']' || c == U'|' || IsCloseBracket(c) ||
           IsOpenBracket(c);
  };
  while (begin < end && (IsBlank(w[begin]) || w[begin] == U'-' || w[begin] == U'—')) ++begin;
  while (begin < end && !ends(w[begin])) {
    std::size_t stop = begin;
    bool han = false;
    while (stop < end && !ends(w[stop]) && w[stop] != U'-' && w[stop] != U'—') {
      han |= IsHan(w[stop]);
      ++stop;
    }
    const std::u32string_view name = w.Part(begin, stop);
    constexpr std::array kUnknown = {U"综合"sv,     U"综合媒体"sv, U"网络"sv, U"互联网"sv,
                                     U"本站"sv,     U"本网"sv,     U"转载"sv, U"未知"sv,
                                     U"本站原创"sv, U"原创"sv,     U"佚名"sv, U"北京时间"sv};
    if (han && name.size() >= 2 && name.size() <= kMaxOutletPoints &&
        std::find(kUnknown.begin(), kUnknown.end(), name) == kUnknown.end()) {
      names.push_back({Role::kOutlet, InText(w.Bytes(begin, stop))});
    }
    begin = stop;
    while (begin < end && (w[begin] == U'-' || w[begin] == U'—')) ++begin;
  }
}

}  // namespace

bool IsBareLabel(std::string_view text, const Line& line) {
  if (line.points > 16) return false;
  const Window w(text, line.span, kWindow);
  const auto label = MatchLabel(w, 0);
  return label && label->value == w.size();
}

std::optional<BylinePart> ParseBylineLine(std::string_view text, const Line& line, bool head) {
  if (line.points > kMaxBylineLinePoints || line.inner_stop) return std::nullopt;
  if (DecodeBefore(text, line.span.end).value == U'。') return std::nullopt;  // a sentence
  const Window w(text, line.span, kWindow);
  BylinePart part;
  part.span = line.span;
  std::size_t begin = 0, end = w.size();
  const auto bracket = [](char32_t c) {
    return c == U'【' || c == U'[' || c == U'〔' || IsOpenBracket(c);
  };
  const bool bracketed = bracket(w[0]) && IsCloser(w[end - 1]);
  if (bracketed) {
    ++begin;
    --end;
  }
  const std::vector<LabelAt> labels = FindLabels(w);
  const DateAt date = FindDate(text, w, 0, w.size());
  const bool full_date = date.begin != kNone && date.date.year != 0;

  // What must be true of the line's beginning, for it to be byline throughout.
  std::size_t first = begin;
  while (first < end && IsBlank(w[first])) ++first;
  const bool label_first = !labels.empty() && labels.front().begin <= first;
  const bool date_first = full_date && date.begin <= first + 1;
  const bool dated_end =  // nothing but a time of day after the date
      full_date && std::none_of(w.chars.begin() + static_cast<std::ptrdiff_t>(date.end),
                                w.chars.end(), [](char32_t c) { return IsHan(c); });
  const bool date_alone = date_first && dated_end && date.end + 12 >= end && !EndsStopped(line);
  const bool short_head = head && dated_end && date.begin <= 20 && !EndsStopped(line);
  const bool address_first = full_date && w.StartsAt(first, U"http");
  if (!address_first && !label_first && !date_alone && !(date_first && !labels.empty()) &&
      !short_head) {
    // （记者 张三 李四） alone on its line.
    if (!bracketed || EndsStopped(line)) return std::nullopt;
    NameList list = ReadNames(w, begin, end, Role::kReporter);
    if (!ReadsAsNames(list) || (!list.roles && list.surnames != list.names.size())) {
      return std::nullopt;
    }
    part.names = std::move(list.names);
    part.editor = list.editors;
    return part;
  }
  // 记者：… may open a dialogue and 时间：… a notice: a sentence is no byline.
  if (EndsStopped(line) && !bracketed) return std::nullopt;
  if (full_date) part.date = date.date;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const std::size_t value = labels[i].value;
    const std::size_t stop = std::min(end, i + 1 < labels.size() ? labels[i + 1].begin : end);
    switch (labels[i].field) {
      case Field::kOutlet:
        AddOutletValue(w, value, stop, part.names);
        break;
      case Field::kEditor:
      case Field::kReporter: {
        const Role role = labels[i].field == Field::kEditor ? Role::kEditor : Role::kReporter;
        NameList list = ReadNames(w, value, stop, role);
        part.names.insert(part.names.end(), list.names.begin(), list.names.end());
        part.editor |= role == Role::kEditor;
        break;
      }
      case Field::kPublisher: {
        const NameShape shape = ShapeOfName(w.Part(value, stop));
        if (shape.surname) {
          part.names.push_back({Role::kReporter, InText(w.Bytes(value, stop))});
        } else if (w[value] == U'-' || IsOutletName(Slice(text, w.Bytes(value, stop)))) {
          AddOutletValue(w, value, stop, part.names);
        }
        break;
      }
      case Field::kTitle:
        part.page_title = true;
        break;
      case Field::kDate:
      case Field::kOther:
        break;
    }
  }
  if (labels.empty() && !date_alone) {  // 某氪 陈雅 2020-12-31 09:48
    std::size_t pos = 0;
    while (pos < date.begin) {
      while (pos < date.begin && IsBlank(w[pos])) ++pos;
      std::size_t stop = pos;
      while (stop < date.begin && !IsBlank(w[stop]) && !IsOpenBracket(w[stop]) && w[stop] != U'?') {
        ++stop;
      }
      if (stop == pos) break;
      if (IsOutletName(Slice(text, w.Bytes(pos, stop)))) {
        part.names.push_back({Role::kOutlet, InText(w.Bytes(pos, stop))});
      } else if (ShapeOfName(w.Part(pos, stop)).surname) {
        part.names.push_back({Role::kReporter, InText(w.Bytes(pos, stop))});
      }
      pos = stop;
    }
  }
  return part;
}

}  // namespace tupu::extract
