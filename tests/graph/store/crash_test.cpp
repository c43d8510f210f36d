// A writer that is killed at any moment leaves its last commit.
#include <doctest/doctest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <random>
#include <thread>

#include "tests/graph/store/fixture.h"

extern char** environ;

namespace tupu::graph {
namespace {

constexpr const char* kFolder = "TUPU_TEST_CRASH_FOLDER";

// Not a test of its own: what the killed process runs.
TEST_CASE("crash child" * doctest::skip()) {
  const char* folder = std::getenv(kFolder);
  if (folder == nullptr) return;
  const auto store = OpenStore(StoreKind::kRocks, folder);
  std::mt19937 random(8);
  while (true) {
    std::vector<DocumentClaims> batch;
    for (int i = 0; i < 4; ++i) {
      batch.push_back(
          RandomDocument(random, "文" + std::to_string(i) + "." + std::to_string(random() % 10)));
    }
    if (!store->Apply(batch, "v").ok()) std::abort();
  }
}

TEST_CASE("a writer killed at any moment leaves its last commit") {
  const TempDir dir;
  std::uint64_t documents = 0;
  for (int milliseconds : {5, 40, 80, 150, 300}) {
    CAPTURE(milliseconds);
    ::setenv(kFolder, (dir / "s").c_str(), 1);
    const char* const arguments[] = {"store_tests", "--no-skip", "--test-case=crash child",
                                     nullptr};
    pid_t child = 0;
    REQUIRE(::posix_spawn(&child, "/proc/self/exe", nullptr, nullptr,
                          const_cast<char* const*>(arguments), environ) == 0);
    ::unsetenv(kFolder);
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
    REQUIRE(::kill(child, SIGKILL) == 0);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));
    if (!std::filesystem::exists(dir / "s")) continue;
    for (OpenMode mode : {OpenMode::kReadOnly, OpenMode::kReadWrite}) {
      const auto store = OpenStore(StoreKind::kRocks, dir / "s", mode);
      const auto findings = store->Check();
      REQUIRE_MESSAGE(findings.ok(), (findings.ok() ? "" : findings.error().ToString()));
      CHECK(*findings == std::vector<std::string>{});
      CHECK(store->Snapshot().Counts()->documents >= documents);
      documents = store->Snapshot().Counts()->documents;
    }
  }
  CHECK(documents > 0);
}

}  // namespace
}  // namespace tupu::graph
