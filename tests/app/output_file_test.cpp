#include "app/output_file.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace tupu::app {
namespace {

namespace fs = std::filesystem;

class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "tupu-test-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() { fs::remove_all(path_); }
  const fs::path& path() const { return path_; }
  std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(path_), fs::directory_iterator()));
  }

 private:
  fs::path path_;
};

std::string Read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST_CASE("a file that cannot be is refused, by name") {
  const Folder folder;
  const auto missing = OutputFile::Create(folder.path() / "no" / "file");
  REQUIRE_FALSE(missing.ok());
  CHECK(missing.error().code == ErrorCode::kIo);
  CHECK(missing.error().where.find("no/file") != std::string::npos);
  CHECK_FALSE(OutputFile::Create(folder.path()).ok());
}

TEST_CASE("without Commit nothing remains and the old file stands") {
  const Folder folder;
  const fs::path target = folder.path() / "图.csv";
  std::ofstream(target) << "old";
  {
    auto file = OutputFile::Create(target);
    REQUIRE(file.ok());
    CHECK(file->Write(std::string(1 << 20, 'x')));
  }
  CHECK(Read(target) == "old");
  CHECK(folder.files() == 1);
}

TEST_CASE("Commit replaces the file as a whole") {
  const Folder folder;
  const fs::path target = folder.path() / "图.csv";
  std::ofstream(target) << "old and longer";
  auto file = OutputFile::Create(target);
  REQUIRE(file.ok());
  CHECK(file->Write("新"));
  CHECK(Read(target) == "old and longer");
  CHECK(file->Commit().ok());
  CHECK(Read(target) == "新");
  CHECK(folder.files() == 1);
}

TEST_CASE("a link stays a link") {
  const Folder folder;
  std::ofstream(folder.path() / "real") << "old";
  fs::create_symlink(folder.path() / "real", folder.path() / "link");
  auto file = OutputFile::Create(folder.path() / "link");
  REQUIRE(file.ok());
  CHECK(file->Write("new"));
  CHECK(file->Commit().ok());
  CHECK(fs::is_symlink(folder.path() / "link"));
  CHECK(Read(folder.path() / "real") == "new");
}

TEST_CASE("a device is written directly, and a full one is an error") {
  auto null = OutputFile::Create("/dev/null");
  REQUIRE(null.ok());
  CHECK(null->Write("gone"));
  CHECK(null->Commit().ok());
  auto full = OutputFile::Create("/dev/full");
  REQUIRE(full.ok());
  full->Write("x");
  CHECK_FALSE(full->Commit().ok());
}

}  // namespace
}  // namespace tupu::app
