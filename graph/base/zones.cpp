#include "graph/base/zones.h"

#include <unicode/basictz.h>
#include <unicode/timezone.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "graph/base/error.h"
#include "graph/base/icu_text.h"

namespace tupu {
namespace {

constexpr std::size_t kMaxZones = 8192;
constexpr std::size_t kMaxNameBytes = 64;

struct Zone {
  std::string name;
  std::unique_ptr<icu::TimeZone> owner;
  const icu::BasicTimeZone* rules = nullptr;  // null: only the name is known
};

class Zones {
 public:
  static Zones& Instance() {
    static Zones zones;
    return zones;
  }

  const Zone& At(ZoneId id) const {
    TUPU_CONTRACT(!id.empty() && id.value < kMaxZones);
    const Zone* zone = zones_[id.value].load(std::memory_order_acquire);
    TUPU_CONTRACT(zone != nullptr);
    return *zone;
  }

  std::optional<ZoneId> Get(std::string_view name, bool also_unknown) {
    if (!LooksLikeName(name)) return std::nullopt;
    const std::lock_guard lock(mutex_);
    const auto known = ids_.find(name);
    if (known != ids_.end()) {
      const Zone& zone = *zones_[known->second.value].load(std::memory_order_relaxed);
      return zone.rules || also_unknown ? std::optional(known->second) : std::nullopt;
    }
    auto zone = std::make_unique<Zone>();
    zone->name = name;
    const auto id = FromUtf8(name);
    icu::UnicodeString canonical;
    UBool is_system = 0;
    UErrorCode code = U_ZERO_ERROR;
    icu::TimeZone::getCanonicalID(id, canonical, is_system, code);
    if (U_SUCCESS(code) && is_system) {
      zone->owner.reset(icu::TimeZone::createTimeZone(id));
      zone->rules = dynamic_cast<const icu::BasicTimeZone*>(zone->owner.get());
    }
    if ((!zone->rules && !also_unknown) || size_ >= kMaxZones) return std::nullopt;
    const ZoneId out{static_cast<std::uint16_t>(size_++)};
    ids_.emplace(zone->name, out);
    zones_[out.value].store(zone.get(), std::memory_order_release);
    owned_.push_back(std::move(zone));
    return out;
  }

 private:
  static bool LooksLikeName(std::string_view name) {
    const auto fits = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
             c == '/' || c == '_' || c == '-' || c == '+' || c == '.';
    };
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    return !name.empty() && name.size() <= kMaxNameBytes && letter(name.front()) &&
           std::all_of(name.begin(), name.end(), fits);
  }

  std::mutex mutex_;
  std::map<std::string, ZoneId, std::less<>> ids_;
  std::vector<std::unique_ptr<Zone>> owned_;
  std::size_t size_ = 1;
  std::array<std::atomic<const Zone*>, kMaxZones> zones_{};
};

constexpr double kMillis = 1000.0;

// ICU's calendar has its own limits. The Gregorian calendar repeats itself every 400 years, and so
// do rules; before there were any, local mean time held for all the past.
std::int64_t WithinRules(std::int64_t seconds) {
  constexpr std::int64_t kCycle = std::int64_t{146097} * 86400;  // 400 years
  constexpr std::int64_t kEarliest = -8'520'336'000;             // 1700
  constexpr std::int64_t kLatest = 16'725'225'600;               // 2500
  if (seconds < kEarliest) return kEarliest;
  if (seconds < kLatest) return seconds;
  return kLatest - kCycle + (seconds - kLatest) % kCycle;
}

}  // namespace

std::optional<ZoneId> FindZone(std::string_view name) { return Zones::Instance().Get(name, false); }

std::optional<ZoneId> InternZone(std::string_view name) {
  return Zones::Instance().Get(name, true);
}

std::string_view ZoneName(ZoneId zone) { return Zones::Instance().At(zone).name; }

std::int32_t ZoneOffset(ZoneId zone, std::int64_t epoch_seconds, std::int32_t otherwise) {
  const icu::BasicTimeZone* rules = Zones::Instance().At(zone).rules;
  if (!rules) return otherwise;
  std::int32_t raw = 0, saving = 0;
  UErrorCode code = U_ZERO_ERROR;
  rules->getOffset(static_cast<double>(WithinRules(epoch_seconds)) * kMillis, 0, raw, saving, code);
  TUPU_INVARIANT(U_SUCCESS(code));
  return (raw + saving) / 1000;
}

LocalOffsets ZoneOffsets(ZoneId zone, std::int64_t local_seconds, std::int32_t otherwise) {
  const icu::BasicTimeZone* rules = Zones::Instance().At(zone).rules;
  if (!rules) return {otherwise, otherwise};
  const double local = static_cast<double>(WithinRules(local_seconds)) * kMillis;
  const auto offset = [&](UTimeZoneLocalOption option) {
    std::int32_t raw = 0, saving = 0;
    UErrorCode code = U_ZERO_ERROR;
    rules->getOffsetFromLocal(local, option, option, raw, saving, code);
    TUPU_INVARIANT(U_SUCCESS(code));
    return (raw + saving) / 1000;
  };
  return {offset(UCAL_TZ_LOCAL_FORMER), offset(UCAL_TZ_LOCAL_LATTER)};
}

}  // namespace tupu
