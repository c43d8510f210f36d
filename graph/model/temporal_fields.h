// Points in time and durations from maps of fields, as date({year: 2015, month: 7}) gives them, on
// top of other values, and from one kind into another.
//
// Fields `date`, `time` and `datetime` are other points in time, whose parts stand for the fields
// that are not given. Names' case does not matter. A field that is null makes the whole null. All
// fail with kInvalidInput naming the field that is missing, unknown, of the wrong kind or out of
// range, or what contradicts it; with kLimit beyond the years that there are.
#pragma once

#include "graph/base/error.h"
#include "graph/model/temporal.h"
#include "graph/model/value.h"

namespace tupu::graph {

// `now`: seconds from the epoch, for the offset that a named zone lends to a time of day.
Result<Value> TemporalFromFields(TemporalKind kind, const Map& fields, std::int64_t now);
// {months: 1, days: 1.5, …}: any of years, quarters, months, weeks, days, hours, minutes, seconds,
// milliseconds, microseconds, nanoseconds.
Result<Value> DurationFromFields(const Map& fields);

// Another point in time as one of `kind`: a time that it lacks is midnight, a zone UTC. Fails where
// it has nothing of `kind`.
Result<Temporal> ConvertTemporal(TemporalKind kind, const Temporal& value);
// Truncates, takes that over into `kind`, then sets fields on top; null fields: none.
Result<Value> TruncateTo(TemporalKind kind, std::string_view unit, const Temporal& value,
                         const Map* fields, std::int64_t now);

// A zone by name, or an offset: "Asia/Shanghai", "+08:00".
struct ZoneOrOffset {
  ZoneId zone;
  std::int32_t offset = 0;  // where `zone` is empty
};
Result<ZoneOrOffset> ParseZone(std::string_view text);

}  // namespace tupu::graph
