#include "extract/norm/quantity.h"

#include <array>
#include <cmath>
#include <cstdio>

#include "extract/norm/numeral.h"

namespace tupu::extract {
namespace {

struct UnitWord {
  std::u32string_view word;
  QuantityKind kind;
  double factor;  // to the unit of the kind
};

constexpr double kMu = 10'000.0 / 15;  // square metres of one 亩

// Where one begins another, the longer comes first.
constexpr std::array kUnits = {
    UnitWord{U"%", QuantityKind::kShare, 0.01},
    UnitWord{U"％", QuantityKind::kShare, 0.01},
    UnitWord{U"平方公里", QuantityKind::kArea, 1e6},
    UnitWord{U"平方千米", QuantityKind::kArea, 1e6},
    UnitWord{U"平方米", QuantityKind::kArea, 1},
    UnitWord{U"平米", QuantityKind::kArea, 1},
    UnitWord{U"㎡", QuantityKind::kArea, 1},
    UnitWord{U"公顷", QuantityKind::kArea, 1e4},
    UnitWord{U"亩", QuantityKind::kArea, kMu},
    UnitWord{U"千瓦时", QuantityKind::kEnergy, 1},
    UnitWord{U"兆瓦时", QuantityKind::kEnergy, 1e3},
    UnitWord{U"吉瓦时", QuantityKind::kEnergy, 1e6},
    UnitWord{U"度电", QuantityKind::kEnergy, 1},
    UnitWord{U"kWh", QuantityKind::kEnergy, 1},
    UnitWord{U"MWh", QuantityKind::kEnergy, 1e3},
    UnitWord{U"GWh", QuantityKind::kEnergy, 1e6},
    UnitWord{U"千瓦", QuantityKind::kPower, 1},
    UnitWord{U"兆瓦", QuantityKind::kPower, 1e3},
    UnitWord{U"吉瓦", QuantityKind::kPower, 1e6},
    UnitWord{U"kW", QuantityKind::kPower, 1},
    UnitWord{U"MW", QuantityKind::kPower, 1e3},
    UnitWord{U"GW", QuantityKind::kPower, 1e6},
    UnitWord{U"立方米", QuantityKind::kVolume, 1},
    UnitWord{U"方米", QuantityKind::kVolume, 1},
    UnitWord{U"公里", QuantityKind::kLength, 1},
    UnitWord{U"千米", QuantityKind::kLength, 1},
    UnitWord{U"吨", QuantityKind::kMass, 1},
    UnitWord{U"公斤", QuantityKind::kMass, 1e-3},
    UnitWord{U"千克", QuantityKind::kMass, 1e-3},
};

// 千瓦 and 千米 begin with a scale that a numeral takes for its own (5千 + 瓦): these are read
// with the numeral's last 千 put back.
const UnitWord* UnitAt(const Chars& chars, std::size_t& pos) {
  const std::size_t starts[] = {pos, pos > 0 && chars[pos - 1] == U'千' ? pos - 1 : pos};
  for (const std::size_t start : {starts[1], starts[0]}) {
    std::size_t at = start;
    if (chars[at] == U' ') ++at;
    for (const UnitWord& unit : kUnits) {
      if (!chars.StartsAt(at, unit.word)) continue;
      pos = start;
      return &unit;
    }
  }
  return nullptr;
}

std::size_t UnitEnd(const Chars& chars, std::size_t pos, const UnitWord& unit) {
  return pos + (chars[pos] == U' ' ? 1 : 0) + unit.word.size();
}

std::string_view NameOf(QuantityKind kind) {
  switch (kind) {
    case QuantityKind::kShare:
      return "1";
    case QuantityKind::kArea:
      return "m2";
    case QuantityKind::kPower:
      return "kW";
    case QuantityKind::kEnergy:
      return "kWh";
    case QuantityKind::kMass:
      return "t";
    case QuantityKind::kVolume:
      return "m3";
    case QuantityKind::kLength:
      return "km";
  }
  return "";
}

// A numeral and its unit at `pos`.
struct Measured {
  std::size_t end = 0;  // 0: none; else past the unit, or past the numeral where `unit` is null
  double value = 0;     // in the numeral's own unit
  const UnitWord* unit = nullptr;
  Numeral numeral;
};

Measured MeasuredAt(const Chars& chars, std::size_t pos) {
  Measured out;
  out.numeral = ReadNumeral(chars, pos);
  if (!out.numeral) return out;
  out.value = out.numeral.value;
  out.end = out.numeral.end;
  std::size_t at = out.end;
  if (chars[at] == U'多' || chars[at] == U'余') ++at;  // 5万多亩
  std::size_t unit_at = at;
  out.unit = UnitAt(chars, unit_at);
  if (out.unit == nullptr) return out;
  if (unit_at < at) out.value /= 1000;
  out.end = UnitEnd(chars, unit_at, *out.unit);
  return out;
}

// 百分之五十
bool PercentInWords(const Chars& chars, std::size_t pos, Measured& out) {
  static constexpr std::u32string_view kWord = U"百分之";
  static constexpr UnitWord kPercent{kWord, QuantityKind::kShare, 0.01};
  if (!chars.StartsAt(pos, kWord)) return false;
  out.numeral = ReadNumeral(chars, pos + kWord.size());
  if (!out.numeral) return false;
  out.value = out.numeral.value;
  out.end = out.numeral.end;
  out.unit = &kPercent;
  return true;
}

bool YearlyBefore(const Chars& chars, std::size_t begin) {
  // Up to eight characters between: 年产, 年处理垃圾, 年吞吐量达.
  constexpr std::size_t kReach = 8;
  static constexpr std::u32string_view kStops = U"，。；、（）";
  for (std::size_t back = 1; back <= kReach && back <= begin; ++back) {
    const char32_t c = chars[begin - back];
    if (kStops.find(c) != std::u32string_view::npos || DigitOf(c) >= 0) return false;
    if (c != U'年') continue;
    const char32_t before = begin > back ? chars[begin - back - 1] : 0;
    // 2025年, 今年, 每年增长: other years.
    return DigitOf(before) < 0 && ChineseDigitOf(before) < 0 && before != U'今' &&
           before != U'去' && before != U'明';
  }
  return false;
}

}  // namespace

std::vector<QuantityMatch> FindQuantities(std::string_view text) {
  return FindQuantities(Chars(text));
}

std::vector<QuantityMatch> FindQuantities(const Chars& chars) {
  std::vector<QuantityMatch> out;
  for (std::size_t pos = 0; pos < chars.size();) {
    const char32_t c = chars[pos];
    const bool starts = DigitOf(c) >= 0 || ChineseDigitOf(c) >= 0 || c == U'十' || c == U'百';
    Measured first;
    if (!starts ||
        (!PercentInWords(chars, pos, first) && !(first = MeasuredAt(chars, pos)).numeral)) {
      ++pos;
      continue;
    }
    const std::size_t begin = pos;
    pos = first.numeral.end;
    const char32_t before = begin > 0 ? chars[begin - 1] : 0;
    if (before == U'第' || before == U'数' || before == U'几') continue;
    Measured last = first;
    std::size_t after = 0;
    if (IsRangeSign(chars, first.end, after)) {
      Measured second;
      if (!PercentInWords(chars, after, second)) second = MeasuredAt(chars, after);
      const bool joins =
          second.unit != nullptr && (first.unit == nullptr || first.unit == second.unit);
      // 3—5万吨: the scale of the second is the first's, too.
      double low = first.value;
      if (joins && first.unit == nullptr && !first.numeral.has_scale && second.numeral.has_scale) {
        low *= second.value / (second.numeral.value / second.numeral.last_scale);
      }
      if (joins && low < second.value) {
        first.value = low;
        last = second;
      }
    }
    if (last.unit == nullptr) continue;
    if (last.unit->kind == QuantityKind::kShare && chars[last.end] == U'点') continue;  // 百分点
    Quantity quantity;
    quantity.kind = last.unit->kind;
    quantity.unit = NameOf(quantity.kind);
    quantity.value = first.value * last.unit->factor;
    quantity.high = last.value * last.unit->factor;
    quantity.bound = last.numeral.more ? Bound::kAtLeast : Bound::kExact;
    const std::size_t start = BoundBefore(chars, begin, quantity.bound);
    BoundAfter(chars, last.end, quantity.bound);
    quantity.yearly = quantity.kind != QuantityKind::kShare && YearlyBefore(chars, start);
    out.push_back({chars.Bytes(start, last.end), quantity});
    pos = last.end;
  }
  return out;
}

std::string ToString(const Quantity& quantity) {
  const bool share = quantity.kind == QuantityKind::kShare;
  const auto number = [&](double value) {
    char buffer[64];
    const int length = std::snprintf(buffer, sizeof buffer, "%.6f", share ? value * 100 : value);
    std::string text(buffer, static_cast<std::size_t>(length));
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text;
  };
  std::string out = number(quantity.value);
  if (quantity.is_range()) out += "–" + number(quantity.high);
  out += share ? " %" : " " + std::string(quantity.unit);
  if (quantity.yearly) out += "/a";
  return out;
}

}  // namespace tupu::extract
