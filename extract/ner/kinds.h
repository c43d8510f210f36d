// The entity types that the recognisers know of their own, as small numbers. Gazetteers may bring
// further types; those get numbers behind these.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tupu::extract {

enum Kind : std::uint8_t {
  kMinistry,
  kLocalGovernment,
  kCompany,
  kInstitution,
  kProvince,
  kCity,
  kCounty,
  kZone,
  kPlace,
  kOfficial,
  kPerson,
  kPolicy,
  kProject,
  kIndustry,
  kEvent,
  kKinds,
  kNoKind = 255,
};

// In the order of Kind; the names are those of the schema.
inline constexpr std::array<std::string_view, kKinds> kKindNames = {
    "Ministry", "LocalGovernment", "Company", "Institution", "Province",
    "City",     "County",          "Zone",    "Place",       "Official",
    "Person",   "Policy",          "Project", "Industry",    "Event"};

inline bool IsOrganisation(Kind kind) { return kind <= kInstitution; }
inline bool IsRegion(Kind kind) { return kind >= kProvince && kind <= kPlace; }
inline bool IsDivision(Kind kind) { return kind >= kProvince && kind <= kCounty; }
inline bool IsPerson(Kind kind) { return kind == kOfficial || kind == kPerson; }
// Names whose borders are descriptions: they may hold other names that mean something.
inline bool IsDescriptive(Kind kind) {
  return kind == kPolicy || kind == kProject || kind == kEvent || kind == kIndustry;
}

}  // namespace tupu::extract
