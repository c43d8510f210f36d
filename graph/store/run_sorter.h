// Sorts more than memory holds: sorted runs in temporary files, merged at the end. For records of
// one size (RecordSorter), with bytes behind them (PayloadSorter), and for keys with values
// (KeySorter).
//
// Runs are read by the process that wrote them: bytes stand in them as they stand in memory.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "graph/base/error.h"

namespace tupu::graph {

// A temporary file that nobody sees, gone with the process. One run a file.
class RunFile {
 public:
  // kIo if the folder for temporary files is missing or full.
  static Result<RunFile> Create();
  Status Write(const void* bytes, std::size_t size);
  Status Rewind();
  // False at the end of the run.
  Result<bool> Read(void* bytes, std::size_t size);

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  explicit RunFile(std::FILE* file) : file_(file) {}
  std::unique_ptr<std::FILE, Close> file_;
};

// Sorts the two halves of what is held side by side, if that is worth it, and hands over all of it
// in order: calls Status visit(const Record&, std::size_t i), i being where it stands.
template <class Record, class Visit>
Status VisitSorted(std::vector<Record>& records, Visit&& visit) {
  constexpr std::size_t kWorthIt = std::size_t{1} << 16;
  const std::size_t middle = records.size() < kWorthIt ? 0 : records.size() / 2;
  const auto half = records.begin() + static_cast<std::ptrdiff_t>(middle);
  {
    std::future<void> other;
    if (middle > 0) {
      other = std::async(std::launch::async, [&] { std::sort(records.begin(), half); });
    }
    std::sort(half, records.end());
    if (middle > 0) other.get();
  }
  std::size_t first = 0, second = middle;
  while (first < middle || second < records.size()) {
    const bool from_first =
        first < middle && (second == records.size() || !(records[second] < records[first]));
    const std::size_t at = from_first ? first++ : second++;
    TUPU_TRY(visit(records[at], at));
  }
  return {};
}

template <class Record>
class RecordSorter {
  static_assert(std::is_trivially_copyable_v<Record>);

 public:
  explicit RecordSorter(std::size_t memory_bytes) : most_(memory_bytes / sizeof(Record)) {}

  Status Add(const Record& record) {
    held_.push_back(record);
    return held_.size() < most_ ? Status() : Spill();
  }
  bool empty() const { return held_.empty() && runs_.empty(); }

  // Calls Status visit(const Record&) for all of them in order, and empties the sorter.
  template <class Visit>
  Status Drain(Visit&& visit) {
    if (runs_.empty()) {
      TUPU_TRY(
          VisitSorted(held_, [&](const Record& record, std::size_t) { return visit(record); }));
    } else {
      std::sort(held_.begin(), held_.end());
      TUPU_TRY(Merge(visit));
    }
    held_ = {};
    runs_.clear();
    return {};
  }

 private:
  Status Spill() {
    std::sort(held_.begin(), held_.end());
    TUPU_ASSIGN(RunFile run, RunFile::Create());
    TUPU_TRY(run.Write(held_.data(), held_.size() * sizeof(Record)));
    TUPU_TRY(run.Rewind());
    runs_.push_back(std::move(run));
    held_.clear();
    return {};
  }

  // A heap of the runs' next records; what is held is one run more.
  template <class Visit>
  Status Merge(Visit& visit) {
    struct Next {
      Record record;
      std::size_t run;
      bool operator<(const Next& other) const { return other.record < record; }
    };
    std::vector<Next> heap;
    std::size_t held = 0;
    const auto advance = [&](std::size_t run) -> Status {
      Next next{{}, run};
      if (run == runs_.size()) {
        if (held == held_.size()) return {};
        next.record = held_[held++];
      } else {
        TUPU_ASSIGN(const bool there, runs_[run].Read(&next.record, sizeof(Record)));
        if (!there) return {};
      }
      heap.push_back(next);
      std::push_heap(heap.begin(), heap.end());
      return {};
    };
    for (std::size_t run = 0; run <= runs_.size(); ++run) TUPU_TRY(advance(run));
    while (!heap.empty()) {
      std::pop_heap(heap.begin(), heap.end());
      const Next next = heap.back();
      heap.pop_back();
      TUPU_TRY(visit(next.record));
      TUPU_TRY(advance(next.run));
    }
    return {};
  }

  std::size_t most_;
  std::vector<Record> held_;
  std::vector<RunFile> runs_;
};

// Records of one size with bytes of any length behind them; equal records keep their order.
template <class Record>
class PayloadSorter {
  static_assert(std::is_trivially_copyable_v<Record>);

 public:
  explicit PayloadSorter(std::size_t memory_bytes) : most_(memory_bytes) {}

  Status Add(const Record& record, std::string_view payload) {
    held_.push_back({record, static_cast<std::uint32_t>(payload.size()), bytes_.size()});
    bytes_ += payload;
    return bytes_.size() + held_.size() * sizeof(Entry) < most_ ? Status() : Spill();
  }

  // Calls Status visit(const Record&, std::string_view) for all of them in order, and empties the
  // sorter.
  template <class Visit>
  Status Drain(Visit&& visit) {
    if (runs_.empty()) {
      // The payloads lie in the order in which they came: anywhere. Fetched ahead, they are at
      // hand.
      constexpr std::size_t kAhead = 16;
      const auto one = [&](const Entry& entry, std::size_t at) -> Status {
        if (at + kAhead < held_.size()) {
          __builtin_prefetch(bytes_.data() + held_[at + kAhead].offset);
        }
        return visit(entry.record, PayloadOf(entry));
      };
      TUPU_TRY(VisitSorted(held_, one));
    } else {
      std::sort(held_.begin(), held_.end());
      TUPU_TRY(Merge(visit));
    }
    held_ = {};
    bytes_ = {};
    runs_.clear();
    return {};
  }

 private:
  struct Entry {
    Record record;
    std::uint32_t size;
    std::uint64_t offset;
    bool operator<(const Entry& other) const {
      if (record < other.record) return true;
      if (other.record < record) return false;
      return offset != other.offset ? offset < other.offset : size < other.size;
    }
  };
  std::string_view PayloadOf(const Entry& entry) const {
    return std::string_view(bytes_).substr(entry.offset, entry.size);
  }

  Status Spill() {
    std::sort(held_.begin(), held_.end());
    TUPU_ASSIGN(RunFile run, RunFile::Create());
    for (const Entry& entry : held_) {
      TUPU_TRY(run.Write(&entry.record, sizeof(Record)));
      TUPU_TRY(run.Write(&entry.size, sizeof entry.size));
      TUPU_TRY(run.Write(bytes_.data() + entry.offset, entry.size));
    }
    TUPU_TRY(run.Rewind());
    runs_.push_back(std::move(run));
    held_.clear();
    bytes_.clear();
    return {};
  }

  // A heap of the runs' next records; what is held is the last run. Of equal records that of the
  // earlier run comes first.
  template <class Visit>
  Status Merge(Visit& visit) {
    struct Next {
      Record record;
      std::size_t run;
      std::string payload;
      bool operator<(const Next& other) const {
        if (other.record < record) return true;
        if (record < other.record) return false;
        return other.run < run;
      }
    };
    std::vector<Next> heap;
    std::size_t held = 0;
    const auto advance = [&](std::size_t run) -> Status {
      Next next{{}, run, {}};
      if (run == runs_.size()) {
        if (held == held_.size()) return {};
        next.record = held_[held].record;
        next.payload = PayloadOf(held_[held++]);
      } else {
        std::uint32_t size = 0;
        TUPU_ASSIGN(const bool there, runs_[run].Read(&next.record, sizeof(Record)));
        if (!there) return {};
        TUPU_ASSIGN(bool whole, runs_[run].Read(&size, sizeof size));
        next.payload.resize(size);
        if (whole) {
          TUPU_ASSIGN(whole, runs_[run].Read(next.payload.data(), size));
        }
        if (!whole) return Error{ErrorCode::kIo, "cut off", "temporary file for sorting"};
      }
      heap.push_back(std::move(next));
      std::push_heap(heap.begin(), heap.end());
      return {};
    };
    for (std::size_t run = 0; run <= runs_.size(); ++run) TUPU_TRY(advance(run));
    while (!heap.empty()) {
      std::pop_heap(heap.begin(), heap.end());
      const Next next = std::move(heap.back());
      heap.pop_back();
      TUPU_TRY(visit(next.record, std::string_view(next.payload)));
      TUPU_TRY(advance(next.run));
    }
    return {};
  }

  std::size_t most_;
  std::string bytes_;
  std::vector<Entry> held_;
  std::vector<RunFile> runs_;
};

// Keys come out in byte order, equal ones in any.
class KeySorter {
 public:
  using Visit = std::function<Status(std::string_view key, std::string_view value)>;

  explicit KeySorter(std::size_t memory_bytes) : most_(memory_bytes) {}
  Status Add(std::string_view key, std::string_view value);
  bool empty() const { return held_.empty() && runs_.empty(); }
  Status Drain(const Visit& visit);

 private:
  struct Entry {
    std::uint64_t head;  // the key's first 8 bytes as a number
    std::uint64_t offset;
    std::uint32_t key_size, value_size;
  };
  void Sort();
  Status Spill();
  Status Merge(const Visit& visit);
  std::string_view KeyOf(const Entry& entry) const {
    return std::string_view(bytes_).substr(entry.offset, entry.key_size);
  }
  std::string_view ValueOf(const Entry& entry) const {
    return std::string_view(bytes_).substr(entry.offset + entry.key_size, entry.value_size);
  }

  std::size_t most_;
  std::string bytes_;
  std::vector<Entry> held_;
  std::vector<RunFile> runs_;
};

}  // namespace tupu::graph
