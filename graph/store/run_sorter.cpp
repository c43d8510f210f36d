#include "graph/store/run_sorter.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace tupu::graph {
namespace {

Error TemporaryError() {
  return {ErrorCode::kIo, std::strerror(errno), "temporary file for sorting"};
}

std::uint64_t HeadOf(std::string_view key) {
  std::uint64_t head = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    head = head << 8 | (i < key.size() ? static_cast<std::uint8_t>(key[i]) : 0u);
  }
  return head;
}

}  // namespace

Result<RunFile> RunFile::Create() {
  std::error_code error;
  std::string name = (std::filesystem::temp_directory_path(error) / "tupu-run-XXXXXX").string();
  if (error) return Error(ErrorCode::kIo, error.message(), "folder for temporary files");
  const int descriptor = ::mkstemp(name.data());
  if (descriptor < 0) return TemporaryError();
  ::unlink(name.c_str());
  std::FILE* file = ::fdopen(descriptor, "w+b");
  if (file == nullptr) {
    ::close(descriptor);
    return TemporaryError();
  }
  constexpr std::size_t kBuffer = std::size_t{256} << 10;  // many runs are read in turn
  std::setvbuf(file, nullptr, _IOFBF, kBuffer);
  return RunFile(file);
}

Status RunFile::Write(const void* bytes, std::size_t size) {
  if (size != 0 && std::fwrite(bytes, 1, size, file_.get()) != size) return TemporaryError();
  return {};
}

Status RunFile::Rewind() {
  if (std::fflush(file_.get()) != 0) return TemporaryError();
  std::rewind(file_.get());
  return {};
}

Result<bool> RunFile::Read(void* bytes, std::size_t size) {
  if (size == 0) return true;
  const std::size_t got = std::fread(bytes, 1, size, file_.get());
  if (got == size) return true;
  if (got == 0 && std::ferror(file_.get()) == 0) return false;
  return TemporaryError();
}

Status KeySorter::Add(std::string_view key, std::string_view value) {
  held_.push_back({HeadOf(key), bytes_.size(), static_cast<std::uint32_t>(key.size()),
                   static_cast<std::uint32_t>(value.size())});
  bytes_ += key;
  bytes_ += value;
  return bytes_.size() + held_.size() * sizeof(Entry) < most_ ? Status() : Spill();
}

void KeySorter::Sort() {
  std::sort(held_.begin(), held_.end(), [&](const Entry& a, const Entry& b) {
    return a.head != b.head ? a.head < b.head : KeyOf(a) < KeyOf(b);
  });
}

Status KeySorter::Spill() {
  Sort();
  TUPU_ASSIGN(RunFile run, RunFile::Create());
  for (const Entry& entry : held_) {
    const std::array<std::uint32_t, 2> sizes{entry.key_size, entry.value_size};
    TUPU_TRY(run.Write(sizes.data(), sizeof sizes));
    TUPU_TRY(run.Write(bytes_.data() + entry.offset, entry.key_size + entry.value_size));
  }
  TUPU_TRY(run.Rewind());
  runs_.push_back(std::move(run));
  held_.clear();
  bytes_.clear();
  return {};
}

Status KeySorter::Drain(const Visit& visit) {
  if (!runs_.empty()) {
    if (!held_.empty()) TUPU_TRY(Spill());
    TUPU_TRY(Merge(visit));
  } else {
    Sort();
    for (const Entry& entry : held_) TUPU_TRY(visit(KeyOf(entry), ValueOf(entry)));
  }
  held_ = {};
  bytes_ = {};
  runs_.clear();
  return {};
}

Status KeySorter::Merge(const Visit& visit) {
  struct Next {
    std::string key, value;
    std::size_t run;
    bool operator<(const Next& other) const { return other.key < key; }
  };
  std::vector<Next> heap;
  const auto advance = [&](std::size_t run) -> Status {
    std::array<std::uint32_t, 2> sizes{};
    TUPU_ASSIGN(const bool there, runs_[run].Read(sizes.data(), sizeof sizes));
    if (!there) return {};
    Next next{std::string(sizes[0], '\0'), std::string(sizes[1], '\0'), run};
    TUPU_ASSIGN(const bool key, runs_[run].Read(next.key.data(), sizes[0]));
    TUPU_ASSIGN(const bool value, runs_[run].Read(next.value.data(), sizes[1]));
    if (!key || !value) return Error{ErrorCode::kIo, "cut off", "temporary file for sorting"};
    heap.push_back(std::move(next));
    std::push_heap(heap.begin(), heap.end());
    return {};
  };
  for (std::size_t run = 0; run < runs_.size(); ++run) TUPU_TRY(advance(run));
  while (!heap.empty()) {
    std::pop_heap(heap.begin(), heap.end());
    const Next next = std::move(heap.back());
    heap.pop_back();
    TUPU_TRY(visit(next.key, next.value));
    TUPU_TRY(advance(next.run));
  }
  return {};
}

}  // namespace tupu::graph
