#include "graph/model/temporal_fields.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "graph/model/temporal_calc.h"

namespace tupu::graph {
namespace {

Error WrongField(std::string message) {
  return Error(ErrorCode::kInvalidInput, std::move(message));
}

// What a field is about, so that only kinds take it that have such a part.
enum class Part : std::uint8_t { kDate, kTime, kZone, kBase, kEpoch };
struct Field {
  std::string_view name;
  Part part;
};
constexpr Field kFields[] = {
    {"year", Part::kDate},          {"quarter", Part::kDate},      {"month", Part::kDate},
    {"week", Part::kDate},          {"day", Part::kDate},          {"ordinalDay", Part::kDate},
    {"dayOfWeek", Part::kDate},     {"dayOfQuarter", Part::kDate}, {"hour", Part::kTime},
    {"minute", Part::kTime},        {"second", Part::kTime},       {"millisecond", Part::kTime},
    {"microsecond", Part::kTime},   {"nanosecond", Part::kTime},   {"timezone", Part::kZone},
    {"date", Part::kBase},          {"time", Part::kBase},         {"datetime", Part::kBase},
    {"epochSeconds", Part::kEpoch}, {"epochMillis", Part::kEpoch}};

bool SameWord(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

class Fields {
 public:
  static Result<Fields> Read(TemporalKind kind, const Map& map) {
    Fields out;
    for (const auto& entry : map) {
      const std::string& name = entry.first;  // a lambda takes no structured binding under clang 14
      const Value& value = entry.second;
      const auto field = std::find_if(std::begin(kFields), std::end(kFields),
                                      [&](const Field& one) { return SameWord(one.name, name); });
      if (field == std::end(kFields) || !Takes(kind, *field)) {
        return WrongField("a " + std::string(KindName(kind)) + " has no field " + name);
      }
      out.has_null_ = out.has_null_ || value.is_null();
      out.map_[field->name] = &value;
    }
    return out;
  }

  bool has_null() const { return has_null_; }
  bool Has(std::string_view name) const { return map_.contains(name); }
  const Value* Find(std::string_view name) const {
    const auto found = map_.find(name);
    return found == map_.end() ? nullptr : found->second;
  }
  // The integer of this name, or else `otherwise`.
  Result<std::int64_t> Int(std::string_view name, std::int64_t otherwise, std::int64_t least,
                           std::int64_t greatest) const {
    const Value* value = Find(name);
    if (!value) return otherwise;
    if (value->kind() != ValueKind::kInt) {
      return WrongField("the field " + std::string(name) + " needs an integer");
    }
    if (value->as_int() < least || value->as_int() > greatest) {
      return WrongField(std::string(name) + " lies between " + std::to_string(least) + " and " +
                        std::to_string(greatest) + " here, this is " +
                        std::to_string(value->as_int()));
    }
    return value->as_int();
  }
  // The point in time of this name; null where there is none.
  Result<const Temporal*> Base(std::string_view name) const {
    const Value* value = Find(name);
    if (!value) return nullptr;
    if (!value->is_temporal()) {
      return WrongField("the field " + std::string(name) + " needs a date, a time or both");
    }
    return &value->as_temporal();
  }
  // A smaller part means nothing without the larger one.
  Status Needs(std::string_view name, std::string_view larger) const {
    if (!Has(name) || Has(larger)) return {};
    return WrongField("the field " + std::string(name) + " needs the field " + std::string(larger) +
                      " beside it");
  }

 private:
  static bool Takes(TemporalKind kind, const Field& field) {
    switch (field.part) {
      case Part::kDate:
        return HasDate(kind);
      case Part::kTime:
        return HasTime(kind);
      case Part::kZone:
        return HasZone(kind);
      case Part::kEpoch:
        return kind == TemporalKind::kDateTime;
      case Part::kBase:
        return field.name == "datetime" || (field.name == "date" ? HasDate(kind) : HasTime(kind));
    }
    return false;
  }

  std::map<std::string_view, const Value*> map_;
  bool has_null_ = false;
};

// The four ways to say a day, of which one is taken.
Status CheckOneWay(const Fields& fields) {
  std::string_view first;
  const std::array<std::array<std::string_view, 2>, 4> ways = {
      {{"month", "day"}, {"week", "dayOfWeek"}, {"ordinalDay", ""}, {"quarter", "dayOfQuarter"}}};
  for (const auto& way : ways) {
    std::string_view here;
    for (const std::string_view name : way) {
      if (here.empty() && fields.Has(name)) here = name;
    }
    if (here.empty()) continue;
    if (!first.empty()) {
      return WrongField("the fields " + std::string(first) + " and " + std::string(here) +
                        " are two ways to say the day");
    }
    first = here;
  }
  return {};
}

Result<std::int64_t> DayOf(const Fields& fields, const Temporal* base) {
  TUPU_TRY(CheckOneWay(fields));
  if (!base) {
    if (!fields.Has("year")) return WrongField("a date needs the field year");
    TUPU_TRY(fields.Needs("day", "month"));
    TUPU_TRY(fields.Needs("dayOfWeek", "week"));
    TUPU_TRY(fields.Needs("dayOfQuarter", "quarter"));
  }
  const CivilDate known = base ? CivilFromDays(base->days) : CivilDate();
  const WeekDate known_week = base ? WeekOf(base->days) : WeekDate();
  const bool by_week = fields.Has("week") || fields.Has("dayOfWeek");
  TUPU_ASSIGN(const std::int64_t year,
              fields.Int("year", by_week ? known_week.year : known.year, -kMaxYear, kMaxYear));
  if (by_week) {
    const std::int32_t weeks = WeeksOfYear(year);
    TUPU_ASSIGN(const std::int64_t week,
                fields.Int("week", std::min(known_week.week, weeks), 1, weeks));
    TUPU_ASSIGN(const std::int64_t day,
                fields.Int("dayOfWeek", base ? DayOfWeek(base->days) : 1, 1, 7));
    return DaysFromWeek({year, static_cast<std::int32_t>(week)}) + day - 1;
  }
  if (fields.Has("ordinalDay")) {
    TUPU_ASSIGN(const std::int64_t day, fields.Int("ordinalDay", 1, 1, LengthOfYear(year)));
    return DaysFromCivil({year, 1, 1}) + day - 1;
  }
  if (fields.Has("quarter") || fields.Has("dayOfQuarter")) {
    const std::int32_t known_quarter = (known.month + 2) / 3;
    TUPU_ASSIGN(const std::int64_t number, fields.Int("quarter", known_quarter, 1, 4));
    const auto quarter = static_cast<std::int32_t>(number);
    const std::int32_t length = LengthOfQuarter(year, quarter);
    const std::int64_t known_day =
        base ? base->days - DaysFromCivil({known.year, known_quarter * 3 - 2, 1}) + 1 : 1;
    TUPU_ASSIGN(const std::int64_t day,
                fields.Int("dayOfQuarter", std::min<std::int64_t>(known_day, length), 1, length));
    return DaysFromCivil({year, quarter * 3 - 2, 1}) + day - 1;
  }
  TUPU_ASSIGN(const std::int64_t number, fields.Int("month", known.month, 1, 12));
  const auto month = static_cast<std::int32_t>(number);
  const std::int32_t length = LengthOfMonth(year, month);
  TUPU_ASSIGN(const std::int64_t day, fields.Int("day", std::min(known.day, length), 1, length));
  return DaysFromCivil({year, month, static_cast<std::int32_t>(day)});
}

// Milliseconds, microseconds and nanoseconds add up; a larger one beside it limits a smaller.
Result<std::int64_t> FractionOf(const Fields& fields, std::int64_t otherwise) {
  const bool milli = fields.Has("millisecond"), micro = fields.Has("microsecond");
  if (!milli && !micro && !fields.Has("nanosecond")) return otherwise;
  TUPU_ASSIGN(const std::int64_t millis, fields.Int("millisecond", 0, 0, 999));
  TUPU_ASSIGN(const std::int64_t micros, fields.Int("microsecond", 0, 0, milli ? 999 : 999'999));
  TUPU_ASSIGN(const std::int64_t nanos, fields.Int("nanosecond", 0, 0,
                                                   micro   ? 999
                                                   : milli ? 999'999
                                                           : 999'999'999));
  return millis * 1'000'000 + micros * 1'000 + nanos;
}

Result<std::int64_t> TimeOf(const Fields& fields, const Temporal* base) {
  if (!base) {
    TUPU_TRY(fields.Needs("minute", "hour"));
    TUPU_TRY(fields.Needs("second", "minute"));
    for (const std::string_view part : {"millisecond", "microsecond", "nanosecond"}) {
      TUPU_TRY(fields.Needs(part, "second"));
    }
  }
  const std::int64_t known = base ? base->nanos : 0;
  const std::int64_t seconds = known / kNanosPerSecond;
  TUPU_ASSIGN(const std::int64_t hour, fields.Int("hour", seconds / 3600, 0, 23));
  TUPU_ASSIGN(const std::int64_t minute, fields.Int("minute", seconds / 60 % 60, 0, 59));
  TUPU_ASSIGN(const std::int64_t second, fields.Int("second", seconds % 60, 0, 59));
  TUPU_ASSIGN(const std::int64_t fraction, FractionOf(fields, known % kNanosPerSecond));
  return ((hour * 60 + minute) * 60 + second) * kNanosPerSecond + fraction;
}

// The values that the fields stand on.
struct Bases {
  const Temporal* date = nullptr;
  const Temporal* time = nullptr;
  std::optional<Temporal> moment;  // what a field has made of itself
};

Result<Bases> BasesOf(const Fields& fields) {
  Bases out;
  TUPU_ASSIGN(const Temporal* both, fields.Base("datetime"));
  TUPU_ASSIGN(out.date, fields.Base("date"));
  TUPU_ASSIGN(out.time, fields.Base("time"));
  const int given = (both ? 2 : 0) + (out.date || out.time ? 2 : 0) +
                    (fields.Has("epochSeconds") ? 2 : 0) + (fields.Has("epochMillis") ? 2 : 0);
  if (given > 2) {
    return WrongField("datetime, date and time, epochSeconds and epochMillis exclude each other");
  }
  for (const std::string_view name : {"epochSeconds", "epochMillis"}) {
    if (!fields.Has(name)) continue;
    TUPU_ASSIGN(const std::int64_t count, fields.Int(name, 0, INT64_MIN, INT64_MAX));
    const bool millis = name == "epochMillis";
    TUPU_ASSIGN(out.moment,
                FromEpoch(millis ? 0 : count, millis ? static_cast<Int128>(count) * 1'000'000 : 0));
  }
  if (both) out.date = out.time = both;
  if (out.date && !HasDate(out.date->kind)) {
    return WrongField("a " + std::string(KindName(out.date->kind)) + " has no date to take");
  }
  if (out.time && !HasTime(out.time->kind)) {
    return WrongField("a date has no time to take");
  }
  return out;
}

// The offset that a named zone lends to a time of day: on the day that it comes from, or today.
std::int32_t OffsetFor(const ZoneOrOffset& wanted, const Temporal* from, std::int64_t now) {
  if (wanted.zone.empty()) return wanted.offset;
  return ZoneOffset(wanted.zone,
                    from && from->kind == TemporalKind::kDateTime ? EpochSeconds(*from) : now);
}

}  // namespace

Result<ZoneOrOffset> ParseZone(std::string_view text) {
  ZoneOrOffset out;
  if (ParseOffset(text, out.offset)) return out;
  const auto zone = FindZone(text);
  if (!zone) return WrongField("there is no time zone " + std::string(text));
  out.zone = *zone;
  return out;
}

Result<Temporal> ConvertTemporal(TemporalKind kind, const Temporal& value) {
  const bool fits = HasDate(kind) ? HasDate(value.kind) : HasTime(value.kind);
  if (!fits) {
    return WrongField("a " + std::string(KindName(value.kind)) + " has no " +
                      (HasDate(kind) ? "date" : "time") + " to take");
  }
  Temporal out;
  out.kind = kind;
  if (HasDate(kind)) out.days = value.days;
  if (HasTime(kind) && HasTime(value.kind)) out.nanos = value.nanos;
  if (HasZone(kind) && HasZone(value.kind)) {
    out.offset = value.offset;
    if (kind == TemporalKind::kDateTime) out.zone = value.zone;
  }
  return out;
}

Result<Value> TemporalFromFields(TemporalKind kind, const Map& map, std::int64_t now) {
  TUPU_ASSIGN(const Fields fields, Fields::Read(kind, map));
  if (fields.has_null()) return Value();
  TUPU_ASSIGN(Bases bases, BasesOf(fields));
  if (bases.moment) bases.date = bases.time = &*bases.moment;
  ZoneOrOffset wanted;
  const Value* zone = fields.Find("timezone");
  if (zone) {
    if (zone->kind() != ValueKind::kString) return WrongField("the field timezone needs a string");
    TUPU_ASSIGN(wanted, ParseZone(zone->as_string()));
  }

  // All fields first, by the clock of the zone that the time comes with; then the zone asked for.
  Temporal out;
  out.kind = kind;
  if (HasDate(kind)) {
    TUPU_ASSIGN(out.days, DayOf(fields, bases.date));
  }
  if (HasTime(kind)) {
    if (!bases.time && !HasDate(kind) && !fields.Has("hour")) {
      return WrongField("a time needs the field hour");
    }
    TUPU_ASSIGN(out.nanos, TimeOf(fields, bases.time));
  }
  if (!IsDayInRange(out.days)) {
    return Error(ErrorCode::kLimit, "years go from -999999999 to 999999999, this is beyond");
  }
  if (!HasZone(kind)) return Value(out);
  const bool zoned = bases.time && HasZone(bases.time->kind);
  if (zoned) {
    out.offset = bases.time->offset;
    if (kind == TemporalKind::kDateTime) out.zone = bases.time->zone;
    SettleOffset(out);
  }
  if (!zone) return Value(out);
  const ZoneId named = kind == TemporalKind::kDateTime ? wanted.zone : ZoneId();
  const std::int32_t offset =
      kind == TemporalKind::kDateTime ? wanted.offset : OffsetFor(wanted, bases.time, now);
  if (zoned) {
    TUPU_ASSIGN(out, InZone(out, named, offset));
  } else {
    out.zone = named;
    out.offset = offset;
    SettleOffset(out);
  }
  return Value(out);
}

Result<Value> TruncateTo(TemporalKind kind, std::string_view unit, const Temporal& value,
                         const Map* fields, std::int64_t now) {
  // A date has a midnight, where what is asked for has a time.
  Temporal whole = value;
  if (value.kind == TemporalKind::kDate && HasDate(kind) && HasTime(kind)) {
    whole.kind = TemporalKind::kLocalDateTime;
  }
  TUPU_ASSIGN(Temporal cut, Truncate(whole, unit));
  if (kind == TemporalKind::kDate && HasTime(cut.kind) && cut.nanos != 0) {
    return WrongField("a date has no unit as small as " + std::string(unit));
  }
  SettleOffset(cut);
  TUPU_ASSIGN(cut, ConvertTemporal(kind, cut));
  if (!fields || fields->empty()) return Value(cut);
  Map on_top = *fields;
  const auto given = [&](std::string_view name) {
    return std::any_of(fields->begin(), fields->end(),
                       [&](const auto& entry) { return SameWord(entry.first, name); });
  };
  // The local time stays what it is, whatever zone is asked for.
  if (HasZone(kind) && given("timezone")) {
    cut.kind =
        kind == TemporalKind::kTime ? TemporalKind::kLocalTime : TemporalKind::kLocalDateTime;
    cut.offset = 0;
    cut.zone = {};
  }
  // A smaller part is set below those that are left, instead of all of them.
  const std::int64_t part = cut.nanos % kNanosPerSecond;
  const bool smaller = given("microsecond") || given("nanosecond");
  if (HasTime(kind) && part != 0 && smaller && !given("millisecond")) {
    on_top["millisecond"] = Value(part / 1'000'000);
    if (part / 1'000 % 1'000 != 0 && !given("microsecond")) {
      on_top["microsecond"] = Value(part / 1'000 % 1'000);
    }
  }
  if (HasDate(kind)) on_top["date"] = Value(cut);
  if (HasTime(kind)) on_top["time"] = Value(cut);
  return TemporalFromFields(kind, on_top, now);
}

Result<Value> DurationFromFields(const Map& map) {
  struct Unit {
    std::string_view name;
    int part;  // 0 months, 1 days, 2 seconds, 3 nanoseconds
    std::int64_t size;
  };
  static constexpr Unit kUnits[] = {{"years", 0, 12},
                                    {"quarters", 0, 3},
                                    {"months", 0, 1},
                                    {"weeks", 1, 7},
                                    {"days", 1, 1},
                                    {"hours", 2, 3600},
                                    {"minutes", 2, 60},
                                    {"seconds", 2, 1},
                                    {"milliseconds", 3, 1'000'000},
                                    {"microseconds", 3, 1'000},
                                    {"nanoseconds", 3, 1}};
  Int128 whole[4] = {};
  double parts[4] = {};
  bool fractions = false, null = false;
  std::size_t known = 0;
  for (const auto& [name, value] : map) {
    const std::string& field = name;
    const auto unit = std::find_if(std::begin(kUnits), std::end(kUnits),
                                   [&](const Unit& one) { return SameWord(one.name, field); });
    if (unit == std::end(kUnits)) return WrongField("a duration has no field " + name);
    ++known;
    if (value.is_null()) {
      null = true;
    } else if (value.kind() == ValueKind::kInt) {
      whole[unit->part] += static_cast<Int128>(value.as_int()) * unit->size;
    } else if (value.kind() == ValueKind::kDouble) {
      fractions = true;
      parts[unit->part] += value.as_double() * static_cast<double>(unit->size);
    } else {
      return WrongField("the field " + name + " needs a number");
    }
  }
  if (null) return Value();
  if (known == 0) return WrongField("a duration needs at least one field, such as days or seconds");
  Duration approximate;
  if (fractions) {
    TUPU_ASSIGN(approximate, ApproximateDuration(parts[0], parts[1], parts[2], parts[3]));
  }
  TUPU_ASSIGN(const Duration out,
              MakeDuration(whole[0] + approximate.months, whole[1] + approximate.days,
                           whole[2] + approximate.seconds, whole[3] + approximate.nanos));
  return Value(out);
}

}  // namespace tupu::graph
