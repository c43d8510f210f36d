// Runs a fuzz target for builds without libFuzzer: over the files of its corpus, or
// (`--seconds N [--seed S] [--size BYTES]`) over what random edits make of them, or, where none are
// named, over random bytes. Bytes that the target aborts on, or runs on for more than a minute, are
// written to crash-SEED-RUN here. Fails where there is nothing to run, so that a lost corpus is
// noticed.
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

using Bytes = std::vector<std::uint8_t>;

Bytes Read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

class Inputs {
 public:
  Inputs(std::uint64_t seed, std::size_t most, const std::vector<std::filesystem::path>& files)
      : random_(seed), most_(most) {
    for (const auto& path : files) corpus_.push_back(Read(path));
  }

  Bytes Next() {
    if (corpus_.empty()) return Random(most_ / 4 + Below(most_ - most_ / 4 + 1));
    Bytes out = corpus_[Below(corpus_.size())];
    for (std::size_t edits = 1 + Below(6); edits > 0; --edits) Edit(out);
    out.resize(std::min(out.size(), most_));
    return out;
  }

 private:
  std::size_t Below(std::size_t bound) { return bound == 0 ? 0 : random_() % bound; }
  Bytes Random(std::size_t size) {
    Bytes out(size);
    for (std::uint8_t& byte : out) byte = static_cast<std::uint8_t>(random_());
    return out;
  }
  // A stretch, mostly a short one: words and signs are moved more often than halves.
  Bytes Stretch(const Bytes& from) {
    const std::size_t begin = Below(from.size());
    const std::size_t most = Below(4) == 0 ? from.size() : 12;
    const std::size_t size = std::min(from.size() - begin, 1 + Below(most));
    return {from.begin() + static_cast<std::ptrdiff_t>(begin),
            from.begin() + static_cast<std::ptrdiff_t>(begin + size)};
  }
  // Takes a stretch out, puts one in, or one in the place of another: of this input, of another one
  // or of nowhere.
  void Edit(Bytes& bytes) {
    const std::size_t at = Below(bytes.size() + 1);
    const std::size_t kind = Below(3);
    if (kind != 0) {
      const std::size_t size = std::min(bytes.size() - at, 1 + Below(Below(4) == 0 ? 200 : 12));
      const auto begin = bytes.begin() + static_cast<std::ptrdiff_t>(at);
      bytes.erase(begin, begin + static_cast<std::ptrdiff_t>(size));
    }
    if (kind == 1) return;
    const std::size_t source = Below(8);
    const Bytes added = source == 0  ? Random(1 + Below(3))
                        : source < 4 ? Stretch(bytes)
                                     : Stretch(corpus_[Below(corpus_.size())]);
    bytes.insert(bytes.begin() + static_cast<std::ptrdiff_t>(at), added.begin(), added.end());
  }

  std::mt19937_64 random_;
  const std::size_t most_;
  std::vector<Bytes> corpus_;
};

int RunRandom(std::uint64_t seconds, std::uint64_t seed, std::size_t most,
              const std::vector<std::filesystem::path>& files) {
  for (const int number : {SIGABRT, SIGSEGV, SIGALRM}) std::signal(number, SaveRunning);
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  Inputs inputs(seed, most, files);
  std::uint64_t run = 0;
  for (; std::chrono::steady_clock::now() < end; ++run) {
    running = inputs.Next();
    crash_name = "crash-" + std::to_string(seed) + "-" + std::to_string(run);
    ::alarm(kMostSeconds);
    LLVMFuzzerTestOneInput(running.data(), running.size());
  }
  ::alarm(0);
  std::printf("%llu runs\n", static_cast<unsigned long long>(run));
  return 0;
}

int Replay(const std::vector<std::filesystem::path>& files) {
  for (const auto& path : files) {
    const Bytes bytes = Read(path);
    std::printf("%s\n", path.filename().c_str());
    std::fflush(stdout);
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
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
  std::sort(files.begin(), files.end());
  return seconds > 0 ? RunRandom(seconds, seed, size, files) : Replay(files);
}
