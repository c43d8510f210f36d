#include "extract/ingest/byline_names.h"

#include <array>

#include "extract/ingest/dates.h"
#include "extract/ingest/lines.h"
#include "extract/ingest/page_words.h"

namespace tupu::extract::byline {
namespace {

using namespace std::string_view_literals;
using Role = Byline::Role;

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

bool StartsDigit(char32_t c) { return c >= U'0' && c <= U'9'; }

}  // namespace

bool IsNameSeparator(char32_t c) {
  constexpr std::u32string_view kSeparators = U"、，,;；：:/|";
  return IsBlank(c) || kSeparators.find(c) != std::u32string_view::npos;
}

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

bool ReadsAsNames(const NameList& list) {
  if (list.names.empty()) return false;
  return list.roles || (list.clean && list.surnames > 0 && list.names.size() <= 6);
}

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

}  // namespace tupu::extract::byline
