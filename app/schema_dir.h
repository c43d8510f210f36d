// Where the schemas lie.
#pragma once

#include <filesystem>
#include <string>

#include "graph/base/error.h"

namespace tupu::app {

// The folder given with --schema; else the one that TUPU_SCHEMA names; else share/tupu/schemas
// beside the program's bin folder; else a schemas folder above the program (a build tree). Fails
// with kSchema, naming the places tried, where none has an ontology.json.
Result<std::filesystem::path> FindSchemaDir(const std::string& given);

}  // namespace tupu::app
