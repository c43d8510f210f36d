// Runs a fuzz target for builds without libFuzzer: over the files of its corpus, or
// (`--seconds N [--seed S] [--size BYTES]`) over random bytes. Bytes that the target aborts on, or
// runs on for more than a minute, are written to crash-SEED-RUN here. Fails where there is nothing
// to run, so that a lost corpus is noticed.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr unsigned kMostSeconds = 60;  // of one run

// What the handler of a signal needs, put there before the run.
std::vector<std::uint8_t> running;
std::string crash_name;

void SaveRunning(int number) {
  const int file = ::open(crash_name.c_str(), O_CREAT | O_WRONLY | O_TRUNC, 0644);
  if (file >= 0 && ::write(file, running.data(), running.size()) >= 0) {
    constexpr std::string_view kSaved = "saved as ";
    if (::write(2, kSaved.data(), kSaved.size()) < 0 ||
        ::write(2, crash_name.data(), crash_name.size()) < 0 || ::write(2, "\n", 1) < 0) {
      ::_exit(1);
    }
  }
  std::signal(number, SIG_DFL);
  std::raise(number);
}

int RunRandom(std::uint64_t seconds, std::uint64_t seed, std::size_t most) {
  for (const int number : {SIGABRT, SIGSEGV, SIGALRM}) std::signal(number, SaveRunning);
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  std::mt19937_64 random(seed);
  std::uint64_t run = 0;
  for (; std::chrono::steady_clock::now() < end; ++run) {
    running.resize(most / 4 + random() % (most - most / 4 + 1));
    for (std::uint8_t& byte : running) byte = static_cast<std::uint8_t>(random());
    crash_name = "crash-" + std::to_string(seed) + "-" + std::to_string(run);
    ::alarm(kMostSeconds);
    LLVMFuzzerTestOneInput(running.data(), running.size());
  }
  ::alarm(0);
  std::printf("%llu runs\n", static_cast<unsigned long long>(run));
  return 0;
}

int Replay(std::vector<std::filesystem::path> files) {
  std::sort(files.begin(), files.end());
  for (const auto& path : files) {
    std::ifstream in(path, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    std::printf("%s\n", path.filename().c_str());
    std::fflush(stdout);
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  }
  return files.empty() ? 1 : 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::filesystem::path> files;
  std::uint64_t seconds = 0, seed = 1, size = 800;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    std::uint64_t* const number = argument == "--seconds" ? &seconds
                                  : argument == "--seed"  ? &seed
                                  : argument == "--size"  ? &size
                                                          : nullptr;
    if (number) {
      if (++i == argc) return 2;
      *number = std::strtoull(argv[i], nullptr, 10);
    } else if (std::filesystem::is_directory(argv[i])) {
      for (const auto& entry : std::filesystem::directory_iterator(argv[i])) {
        if (entry.is_regular_file()) files.push_back(entry.path());
      }
    } else {
      files.push_back(argv[i]);
    }
  }
  return seconds > 0 ? RunRandom(seconds, seed, size) : Replay(std::move(files));
}
