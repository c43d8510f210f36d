#include "app/schema_dir.h"

#include <cstdlib>
#include <system_error>
#include <vector>

namespace tupu::app {
namespace fs = std::filesystem;
namespace {

bool HasOntology(const fs::path& dir) {
  std::error_code error;
  return fs::is_regular_file(dir / "ontology.json", error);
}

}  // namespace

Result<fs::path> FindSchemaDir(const std::string& given) {
  if (!given.empty()) {
    if (HasOntology(given)) return fs::path(given);
    return Error(ErrorCode::kSchema, "no ontology.json there; expected a folder of schemas", given);
  }
  if (const char* from_env = std::getenv("TUPU_SCHEMA"); from_env != nullptr && *from_env != 0) {
    if (HasOntology(from_env)) return fs::path(from_env);
    return Error(ErrorCode::kSchema,
                 "no ontology.json there; TUPU_SCHEMA has to name a folder of schemas", from_env);
  }
  std::error_code error;
  const fs::path bin = fs::read_symlink("/proc/self/exe", error).parent_path();
  std::vector<fs::path> places;
  if (!error) {
    places.push_back(bin.parent_path() / "share" / "tupu" / "schemas");
    // build/release/tupu and build/release/tests/… both lie a few steps below the tree.
    fs::path above = bin;
    for (int step = 0; step < 4 && above.has_relative_path(); ++step) {
      places.push_back(above / "schemas");
      above = above.parent_path();
    }
  }
  std::string tried;
  for (const fs::path& place : places) {
    if (HasOntology(place)) return place;
    tried += (tried.empty() ? "" : ", ") + place.string();
  }
  return Error(ErrorCode::kSchema, "no schemas found (tried " + tried +
                                       "); name their folder with --schema or TUPU_SCHEMA");
}

}  // namespace tupu::app
