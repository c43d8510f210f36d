// Files as a whole.
#pragma once

#include <filesystem>
#include <string>

#include "graph/base/error.h"

namespace tupu {

// All bytes of a file. kIo, naming the file, where it cannot be opened or read.
Result<std::string> ReadFile(const std::filesystem::path& file);

}  // namespace tupu
