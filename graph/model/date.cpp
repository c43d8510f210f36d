#include "graph/model/date.h"

#include <chrono>

#include "graph/base/error.h"

namespace tupu::graph {
namespace {

void AppendPadded(std::string& out, int value, int width) {
  const std::string digits = std::to_string(value);
  out.append(static_cast<std::size_t>(width) > digits.size()
                 ? static_cast<std::size_t>(width) - digits.size()
                 : 0,
             '0');
  out += digits;
}

std::optional<int> ParseDigits(std::string_view text) {
  int value = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::string Date::ToString() const {
  std::string out;
  if (empty()) return out;
  AppendPadded(out, year, 4);
  if (month == 0) return out;
  out += '-';
  AppendPadded(out, month, 2);
  if (day == 0) return out;
  out += '-';
  AppendPadded(out, day, 2);
  return out;
}

std::optional<Date> ParseDate(std::string_view text) {
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return std::nullopt;
  Date date;
  const auto year = ParseDigits(text.substr(0, 4));
  if (!year || *year == 0) return std::nullopt;
  date.year = static_cast<std::int16_t>(*year);
  if (text.size() >= 7) {
    const auto month = ParseDigits(text.substr(5, 2));
    if (text[4] != '-' || !month || *month < 1 || *month > 12) return std::nullopt;
    date.month = static_cast<std::int8_t>(*month);
  }
  if (text.size() == 10) {
    const auto day = ParseDigits(text.substr(8, 2));
    if (text[7] != '-' || !day || *day < 1 || *day > DaysInMonth(date.year, date.month)) {
      return std::nullopt;
    }
    date.day = static_cast<std::int8_t>(*day);
  }
  return date;
}

int DaysInMonth(int year, int month) {
  using namespace std::chrono;
  const auto last = std::chrono::year{year} / std::chrono::month{static_cast<unsigned>(month)} /
                    std::chrono::last;
  return static_cast<int>(static_cast<unsigned>(last.day()));
}

std::int64_t ToDays(Date date) {
  TUPU_CONTRACT(date.day != 0);
  using namespace std::chrono;
  return sys_days{std::chrono::year{date.year} /
                  std::chrono::month{static_cast<unsigned>(date.month)} /
                  std::chrono::day{static_cast<unsigned>(date.day)}}
      .time_since_epoch()
      .count();
}

Date FromDays(std::int64_t days) {
  using namespace std::chrono;
  const year_month_day ymd{sys_days{std::chrono::days{days}}};
  return {static_cast<std::int16_t>(static_cast<int>(ymd.year())),
          static_cast<std::int8_t>(static_cast<unsigned>(ymd.month())),
          static_cast<std::int8_t>(static_cast<unsigned>(ymd.day()))};
}

}  // namespace tupu::graph
