// A folder of its own for a test: cases run in parallel processes.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <stdexcept>
#include <string>

namespace tupu {

// New and empty. The caller removes it.
inline std::filesystem::path MakeTempFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "tupu-test-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder: " + name);
  return name;
}

}  // namespace tupu
