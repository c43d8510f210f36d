#include "app/pipeline.h"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>

namespace tupu::app {
namespace {

using Numbers = Pipeline<int, int>;

// Items that come early take longest, so that order is not an accident.
int Slow(int item) {
  if (item % 7 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  return item * 2;
}

TEST_CASE("results come in the order of the input at any number of threads") {
  for (const unsigned threads : {1u, 2u, 8u}) {
    CAPTURE(threads);
    std::vector<int> got;
    Numbers(threads, 100'000)
        .Run(
            [](const Numbers::Emit& emit) {
              for (int i = 0; i < 500; ++i) CHECK(emit(i, 10));
            },
            Slow,
            [&](int result) {
              got.push_back(result);
              return true;
            });
    REQUIRE(got.size() == 500);
    for (int i = 0; i < 500; ++i) CHECK(got[static_cast<std::size_t>(i)] == 2 * i);
  }
}

TEST_CASE("no input is no work") {
  int results = 0;
  Numbers(4, 1000).Run([](const Numbers::Emit&) {}, Slow, [&](int) { return ++results > 0; });
  CHECK(results == 0);
}

TEST_CASE("what is in flight stays within the limit, and one item above it still passes") {
  std::atomic<int> in_flight{0};
  std::atomic<int> most{0};
  Numbers(4, 5000).Run(
      [&](const Numbers::Emit& emit) {
        for (int i = 0; i < 200; ++i) {
          // Counted once taken, so the item that waits is not.
          emit(i, i == 100 ? 1'000'000 : 200);
          const int now = ++in_flight;
          int seen = most.load();
          while (now > seen && !most.compare_exchange_weak(seen, now)) {
          }
        }
      },
      Slow,
      [&](int) {
        --in_flight;
        return true;
      });
  // Each is charged its size and one kilobyte: four of 1224 fit; one more may be on its way out.
  CHECK(most.load() <= 6);
}

TEST_CASE("a consumer that has enough ends it") {
  int results = 0;
  std::atomic<bool> refused{false};
  Numbers(3, 10'000).Run(
      [&](const Numbers::Emit& emit) {
        for (int i = 0; i < 1'000'000; ++i) {
          if (!emit(i, 100)) {
            refused = true;
            return;
          }
        }
      },
      Slow, [&](int) { return ++results < 5; });
  CHECK(results == 5);
  CHECK(refused);
}

TEST_CASE("what any part throws is thrown to the caller") {
  const auto produce = [](const Numbers::Emit& emit) {
    for (int i = 0; i < 1000; ++i) {
      if (!emit(i, 10)) return;
    }
  };
  const auto take = [](int) { return true; };
  CHECK_THROWS_AS(Numbers(2, 10'000).Run(
                      [](const Numbers::Emit&) { throw std::runtime_error("read"); }, Slow, take),
                  std::runtime_error);
  CHECK_THROWS_AS(Numbers(2, 10'000).Run(
                      produce,
                      [](int item) -> int {
                        if (item == 50) throw std::runtime_error("work");
                        return item;
                      },
                      take),
                  std::runtime_error);
  CHECK_THROWS_AS(Numbers(2, 10'000).Run(produce, Slow,
                                         [](int) -> bool { throw std::runtime_error("consume"); }),
                  std::runtime_error);
}

}  // namespace
}  // namespace tupu::app
