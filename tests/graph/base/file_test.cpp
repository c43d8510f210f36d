#include "graph/base/file.h"

#include <doctest/doctest.h>

#include <fstream>

#include "tests/temp_folder.h"

namespace tupu {
namespace {

TEST_CASE("a file is read whole, whatever its size") {
  const std::filesystem::path dir = MakeTempFolder();
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{1}, std::size_t{4096}, std::size_t{100'001}}) {
    CAPTURE(size);
    std::string bytes;
    for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(i * 7);
    std::ofstream(dir / "f", std::ios::binary) << bytes;
    const auto read = ReadFile(dir / "f");
    REQUIRE(read.ok());
    CHECK(*read == bytes);
  }
  std::filesystem::remove_all(dir);
}

TEST_CASE("what cannot be read is named") {
  const std::filesystem::path dir = MakeTempFolder();
  for (const std::filesystem::path& path : {dir / "none", dir}) {
    const auto read = ReadFile(path);
    REQUIRE(!read.ok());
    CHECK(read.error().code == ErrorCode::kIo);
    CHECK(read.error().where == path.string());
  }
  std::filesystem::remove_all(dir);
}

}  // namespace
}  // namespace tupu
