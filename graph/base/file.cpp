#include "graph/base/file.h"

#include <fstream>
#include <system_error>

namespace tupu {

Result<std::string> ReadFile(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return Error{ErrorCode::kIo, "cannot open the file", file.string()};
  std::error_code unknown;  // a pipe has no size: then pieces are small, no more
  const std::uintmax_t size = std::filesystem::file_size(file, unknown);
  const std::size_t piece = unknown ? 4096 : static_cast<std::size_t>(size) + 1;
  std::string out;
  while (in) {
    const std::size_t have = out.size();
    out.resize(have + piece);
    in.read(out.data() + have, static_cast<std::streamsize>(piece));
    out.resize(have + static_cast<std::size_t>(in.gcount()));
  }
  if (in.bad()) return Error{ErrorCode::kIo, "cannot read the file", file.string()};
  return out;
}

}  // namespace tupu
