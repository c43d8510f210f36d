// Work on many threads, results in the order of the input, memory bounded.
//
// One thread produces, N work, the calling thread consumes. What is in flight (produced, not yet
// consumed) is charged by size; production waits while more than the limit is, so one slow item
// holds back the reading, not the memory.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace tupu::app {

template <class In, class Out>
class Pipeline {
 public:
  // Hands an item of about `bytes` to the workers; false: stop producing.
  using Emit = std::function<bool(In item, std::size_t bytes)>;

  Pipeline(unsigned threads, std::size_t max_bytes_in_flight)
      : threads_(threads), max_bytes_(max_bytes_in_flight) {}

  // Runs to the end, or until `consume` returns false. What any of the three throws is thrown
  // here, once all threads have ended. One run a pipeline.
  void Run(const std::function<void(const Emit&)>& produce, const std::function<Out(In item)>& work,
           const std::function<bool(Out)>& consume) {
    std::vector<std::thread> threads;
    threads.reserve(threads_ + 1);
    try {
      threads.emplace_back([&] { Guarded([&] { Produce(produce); }); });
      for (unsigned i = 0; i < threads_; ++i) {
        threads.emplace_back([&] { Guarded([&] { Work(work); }); });
      }
      Consume(consume);
    } catch (...) {
      Fail(std::current_exception());
    }
    Stop();
    for (std::thread& thread : threads) thread.join();
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  struct Slot {
    std::size_t bytes;
    std::optional<In> in;    // until a worker takes it
    std::optional<Out> out;  // once the worker is done
  };

  template <class Function>
  void Guarded(const Function& function) {
    try {
      function();
    } catch (...) {
      Fail(std::current_exception());
    }
  }

  void Fail(std::exception_ptr failure) {
    {
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = std::move(failure);
    }
    Stop();
  }

  void Stop() {
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
    }
    room_.notify_all();
    todo_.notify_all();
    done_.notify_all();
  }

  void Produce(const std::function<void(const Emit&)>& produce) {
    produce([this](In item, std::size_t bytes) {
      bytes += kSlotBytes;
      std::unique_lock lock(mutex_);
      room_.wait(lock, [&] { return stopped_ || slots_.empty() || bytes_ + bytes <= max_bytes_; });
      if (stopped_) return false;
      bytes_ += bytes;
      slots_.push_back(std::make_unique<Slot>(Slot{bytes, std::move(item), std::nullopt}));
      waiting_.push_back(slots_.back().get());
      todo_.notify_one();
      return true;
    });
    {
      const std::lock_guard lock(mutex_);
      produced_all_ = true;
    }
    todo_.notify_all();
    done_.notify_all();
  }

  void Work(const std::function<Out(In)>& work) {
    std::unique_lock lock(mutex_);
    while (true) {
      todo_.wait(lock, [&] { return stopped_ || produced_all_ || !waiting_.empty(); });
      if (stopped_ || waiting_.empty()) return;
      Slot& slot = *waiting_.front();
      waiting_.pop_front();
      In item = std::move(*slot.in);
      slot.in.reset();
      lock.unlock();
      Out out = work(std::move(item));
      lock.lock();
      slot.out = std::move(out);
      if (&slot == slots_.front().get()) done_.notify_one();
    }
  }

  void Consume(const std::function<bool(Out)>& consume) {
    std::unique_lock lock(mutex_);
    while (true) {
      done_.wait(lock, [&] {
        return stopped_ || (slots_.empty() ? produced_all_ : slots_.front()->out.has_value());
      });
      if (stopped_ || slots_.empty()) return;
      const std::unique_ptr<Slot> slot = std::move(slots_.front());
      slots_.pop_front();
      lock.unlock();
      const bool more = consume(std::move(*slot->out));
      lock.lock();
      bytes_ -= slot->bytes;
      room_.notify_one();
      if (!more) return;
    }
  }

  static constexpr std::size_t kSlotBytes = 1024;

  const unsigned threads_;
  const std::size_t max_bytes_;
  std::mutex mutex_;
  std::condition_variable room_, todo_, done_;
  std::deque<std::unique_ptr<Slot>> slots_;  // in flight, in order
  std::deque<Slot*> waiting_;                // those that no worker has taken, in order
  std::size_t bytes_ = 0;
  bool produced_all_ = false;
  bool stopped_ = false;
  std::exception_ptr failure_;
};

}  // namespace tupu::app
