// Annotated documents, and how far claims agree with them: the names of the two aligned by form,
// relations by their aligned ends.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/error.h"
#include "graph/model/claims.h"
#include "graph/model/schema.h"

namespace tupu::extract {

// A thing with its folded forms; the first is its name.
struct NamedThing {
  std::string type;
  std::vector<std::string> forms;
};

struct GoldRelation {
  std::string type;
  std::size_t from = 0;  // indexes into the document's things
  std::size_t to = 0;
};

struct GoldDocument {
  std::string id;
  std::vector<NamedThing> things;
  std::vector<GoldRelation> relations;
};

// Every *.json of a folder, in order of name: {"id", "entities", "relations"}. Errors name the file
// and what was expected (kInvalidInput, kIo).
Result<std::vector<GoldDocument>> ReadGold(const std::filesystem::path& dir);

NamedThing MakeNamed(const std::string& type, const std::string& name,
                     const std::vector<std::string>& aliases);

inline constexpr std::size_t kUnaligned = static_cast<std::size_t>(-1);

// For each of `found` the thing of `gold` that it is, or kUnaligned; one to one. Equal names first,
// then any shared form, then long names of which one holds the other. Things of one kind first;
// with `any_type`, what is left also across kinds.
std::vector<std::size_t> AlignThings(const std::vector<NamedThing>& gold,
                                     const std::vector<NamedThing>& found,
                                     const graph::Schema& schema, bool any_type);

struct Agreement {
  std::uint64_t right = 0;
  std::uint64_t given = 0;
  std::uint64_t wanted = 0;
  double precision() const;
  double recall() const;
  double f1() const;
  void Add(const Agreement& other);
};

struct ClaimsAgreement {
  Agreement entities;
  std::map<std::string, Agreement> relations;  // by type
  Agreement all() const;                       // relations
  void Add(const ClaimsAgreement& other);
};

ClaimsAgreement Compare(const graph::Claims& claims, const GoldDocument& gold,
                        const graph::Schema& schema);

}  // namespace tupu::extract
