#include "extract/ingest/dates.h"

#include <cstdint>
#include <cstdlib>

#include "extract/ingest/lines.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

using graph::Date;

bool IsDigit(std::string_view text, std::size_t pos) {
  return pos < text.size() && text[pos] >= '0' && text[pos] <= '9';
}

// Up to `max` digits at `pos`, moving it; -1 where none stands.
int ReadDigits(std::string_view text, std::size_t& pos, int max) {
  int value = -1;
  for (int i = 0; i < max && IsDigit(text, pos); ++i, ++pos) {
    value = (value < 0 ? 0 : value * 10) + (text[pos] - '0');
  }
  return value;
}

bool Skip(std::string_view text, std::size_t& pos, std::string_view word) {
  if (text.substr(pos, word.size()) != word) return false;
  pos += word.size();
  return true;
}

bool IsReal(int year, int month, int day) {
  return year >= 1900 && year <= 2099 && month >= 1 && month <= 12 && day >= 1 &&
         day <= graph::DaysInMonth(year, month);
}

Date Make(int year, int month, int day) {
  return Date{static_cast<std::int16_t>(year), static_cast<std::int8_t>(month),
              static_cast<std::int8_t>(day)};
}

// A full date at `pos`, moving it past.
std::optional<Date> ReadFullDate(std::string_view text, std::size_t& pos) {
  std::size_t at = pos;
  const int year = ReadDigits(text, at, 4);
  if (at - pos != 4) return std::nullopt;
  int month = 0, day = 0;
  if (Skip(text, at, "年")) {
    month = ReadDigits(text, at, 2);
    if (!Skip(text, at, "月")) return std::nullopt;
    day = ReadDigits(text, at, 2);
    if (!Skip(text, at, "日")) Skip(text, at, "号");
  } else {
    if (at >= text.size()) return std::nullopt;
    const char separator = text[at];
    if (separator != '-' && separator != '/' && separator != '.') return std::nullopt;
    ++at;
    month = ReadDigits(text, at, 2);
    if (at >= text.size() || text[at] != separator) return std::nullopt;
    ++at;
    day = ReadDigits(text, at, 2);
    if (IsDigit(text, at)) return std::nullopt;
  }
  if (!IsReal(year, month, day)) return std::nullopt;
  pos = at;
  return Make(year, month, day);
}

bool IsPlanned(std::string_view before, std::string_view after) {
  for (const char* word : {"到", "预计", "计划", "力争", "将于", "拟于", "不晚于"}) {
    if (before.ends_with(word)) return true;
  }
  for (const char* word : {"前", "之前", "以前"}) {
    if (after.starts_with(word)) return true;
  }
  return false;
}

}  // namespace

std::vector<FullDate> FindFullDates(std::string_view text, Span within) {
  std::vector<FullDate> out;
  const std::string_view part = Slice(text, within);
  for (std::size_t pos = 0; pos < part.size();) {
    if (!IsDigit(part, pos)) {
      ++pos;
      continue;
    }
    const std::size_t begin = pos;
    if (const auto date = ReadFullDate(part, pos)) {
      out.push_back({Span{within.begin + static_cast<std::uint32_t>(begin),
                          within.begin + static_cast<std::uint32_t>(pos)},
                     *date, IsPlanned(part.substr(0, begin), part.substr(pos))});
    } else {
      while (IsDigit(part, pos)) ++pos;
    }
  }
  return out;
}

std::optional<Date> MonthDayAt(std::string_view text, Span within, std::uint32_t pos,
                               std::uint32_t& end) {
  const std::string_view part = text.substr(0, within.end);
  std::size_t at = pos;
  const int month = ReadDigits(part, at, 2);
  if (!Skip(part, at, "月")) return std::nullopt;
  const int day = ReadDigits(part, at, 2);
  if (!Skip(part, at, "日") || !IsReal(2000, month, day)) return std::nullopt;
  end = static_cast<std::uint32_t>(at);
  return Make(0, month, day);
}

Date DateOfUrl(std::string_view url) {
  for (std::size_t pos = 0; pos < url.size(); ++pos) {
    if (!IsDigit(url, pos) || (pos > 0 && IsDigit(url, pos - 1))) continue;
    std::size_t at = pos;
    const int year = ReadDigits(url, at, 4);
    if (at - pos != 4) continue;
    const auto separated = [&] {
      if (at >= url.size() || (url[at] != '/' && url[at] != '-' && url[at] != '_')) return false;
      ++at;
      return true;
    };
    const bool first = separated();
    const std::size_t month_at = at;
    const int month = ReadDigits(url, at, 2);
    if (at - month_at != 2) continue;
    const bool second = separated();
    const std::size_t day_at = at;
    const int day = ReadDigits(url, at, 2);
    // 202304 and a page number 17 are no date: six digits on end go with two more.
    if (at - day_at != 2 || (!first && second) || IsDigit(url, at)) continue;
    if (year >= 1990 && IsReal(year, month, day)) return Make(year, month, day);
  }
  return {};
}

std::optional<Date> ParseLooseDate(std::string_view text) {
  const Span trimmed = TrimBlanks(text, Span{0, static_cast<std::uint32_t>(text.size())});
  const std::string_view part = Slice(text, trimmed);
  std::size_t pos = 0;
  const int year = ReadDigits(part, pos, 4);
  if (pos != 4 || year < 1) return std::nullopt;
  const auto separator = [&] {
    return Skip(part, pos, "-") || Skip(part, pos, "/") || Skip(part, pos, ".");
  };
  int month = 0, day = 0;
  const bool compact = IsDigit(part, pos);  // 20260225
  const bool han = !compact && Skip(part, pos, "年");
  if (compact || han || separator()) {
    const std::size_t month_at = pos;
    month = ReadDigits(part, pos, 2);
    if (month < 0 && !han) return std::nullopt;
    if (month >= 0) {
      if (compact && pos - month_at != 2) return std::nullopt;
      const bool more = han ? Skip(part, pos, "月") : compact || separator();
      if (han && !more) return std::nullopt;
      if (more) {
        const std::size_t day_at = pos;
        day = ReadDigits(part, pos, 2);
        if (day < 0 && !han) return std::nullopt;
        if (compact && pos - day_at != 2) return std::nullopt;
        if (han && day >= 0 && !Skip(part, pos, "日") && !Skip(part, pos, "号")) {
          return std::nullopt;
        }
      }
    }
    if (month < 0) month = 0;
    if (day < 0) day = 0;
    if (month == 0 ? pos != part.size() : false) return std::nullopt;
    if (month != 0 && (month > 12 || month < 1)) return std::nullopt;
    if (day != 0 && day > graph::DaysInMonth(year, month)) return std::nullopt;
    if (!han && (month == 0 || (day == 0 && pos < part.size()))) return std::nullopt;
  }
  // A time of day may follow: T08:00:00+08:00, " 08:00", "08时".
  if (pos < part.size()) {
    if (day == 0) return std::nullopt;
    std::size_t at = pos;
    if (part[at] == 'T' || part[at] == 't') {
      ++at;
    } else {
      while (at < part.size() && IsBlank(DecodeAt(part, at).value)) at += DecodeAt(part, at).size;
      if (at == pos && !han) return std::nullopt;
    }
    std::size_t hour_end = at;
    const int hour = ReadDigits(part, hour_end, 2);
    if (hour < 0 || hour > 24) return std::nullopt;
    if (hour_end < part.size() && part[hour_end] != ':' &&
        !part.substr(hour_end).starts_with("：") && !part.substr(hour_end).starts_with("时") &&
        !part.substr(hour_end).starts_with("点")) {
      return std::nullopt;
    }
  }
  return Make(year, month, day);
}

Date NearestTo(Date evidence, Date month_day) {
  TUPU_CONTRACT(evidence.day != 0 && month_day.month != 0 && month_day.day != 0);
  const std::int64_t there = graph::ToDays(evidence);
  Date best;
  std::int64_t best_distance = 0;
  for (int year = evidence.year - 1; year <= evidence.year + 1; ++year) {
    // 29 February belongs to leap years only.
    if (month_day.day > graph::DaysInMonth(year, month_day.month)) continue;
    const Date date = Make(year, month_day.month, month_day.day);
    const std::int64_t distance = std::abs(graph::ToDays(date) - there);
    if (best.empty() || distance < best_distance) {
      best = date;
      best_distance = distance;
    }
  }
  return best;
}

}  // namespace tupu::extract
