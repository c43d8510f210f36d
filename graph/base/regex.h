// Regular expressions with a bound on time and stack, so that no pattern hangs the program.
#pragma once

#include <memory>
#include <string_view>

#include "graph/base/error.h"

namespace tupu {

// A compiled pattern in ICU's syntax, which is Java's and so Cypher's. Movable; a match changes
// its state, so not for several threads at once.
class Regex {
 public:
  // kInvalidInput naming the pattern and the offset of what is wrong with it.
  static Result<Regex> Compile(std::string_view pattern);
  Regex(Regex&&) noexcept;
  Regex& operator=(Regex&&) noexcept;
  ~Regex();

  // Whether the whole text matches. kLimit where finding out takes too long.
  Result<bool> MatchesAll(std::string_view text);

 private:
  struct Impl;
  explicit Regex(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace tupu
