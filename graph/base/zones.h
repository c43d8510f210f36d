// Named time zones ("Asia/Shanghai") and their rules, as ICU has them: its data travel with the
// library, while a machine's own tzdata may be missing, and they follow the zones' history back to
// local mean time. All functions may be called from several threads.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tupu {

// Stands for a zone's name within this run: small enough for values that are copied often. Never
// stored or shown; 0 is no zone.
struct ZoneId {
  std::uint16_t value = 0;
  bool empty() const { return value == 0; }
  bool operator==(const ZoneId&) const = default;
};

// The zone of this name, which has rules here; case matters.
std::optional<ZoneId> FindZone(std::string_view name);
// The same, also for a zone that another machine knew: it has a name and no rules. Nothing for what
// is no name of a zone at all, and once there are some thousand unknown ones.
std::optional<ZoneId> InternZone(std::string_view name);
std::string_view ZoneName(ZoneId zone);

// Seconds east of Greenwich at a moment, given in seconds from 1970-01-01 in Greenwich. Without
// rules: `otherwise`. Any moment will do; rules go on as they are at their end.
std::int32_t ZoneOffset(ZoneId zone, std::int64_t epoch_seconds, std::int32_t otherwise = 0);

// What a zone's clock may be set to at a local time, given as if it stood in Greenwich. The two
// differ where the clock is changed: a time that occurs twice has `first` at its earlier moment;
// one that is skipped never shows, `first` is the offset before the gap.
struct LocalOffsets {
  std::int32_t first = 0;
  std::int32_t last = 0;
};
LocalOffsets ZoneOffsets(ZoneId zone, std::int64_t local_seconds, std::int32_t otherwise = 0);

}  // namespace tupu
