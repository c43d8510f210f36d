// Lines of labelled fields: 来源：某报 责任编辑：某某 2026-03-05.
#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "extract/ingest/byline.h"
#include "extract/ingest/byline_names.h"
#include "extract/ingest/page_words.h"

namespace tupu::extract {
namespace {

using namespace byline;
using namespace std::string_view_literals;
using Role = Byline::Role;

constexpr std::uint32_t kMaxBylineLinePoints = 120;

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
