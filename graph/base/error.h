// What can go wrong, as a value.
//
// Anything that input, disk or a user can cause is returned as an Error in a Result<T>; libraries
// never print, exit or throw for it. Two macros mark programming errors instead: they throw
// InternalError, which is caught once per document, per request and in main.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace tupu {

enum class ErrorCode : std::uint8_t {
  kInvalidInput,  // a document, file or parameter that is not what it should be
  kNotFound,      // a named thing that does not exist
  kIo,            // the operating system refused to read or write
  kCorruption,    // stored bytes that contradict themselves; stops the run
  kSchema,        // a mistake in schemas/
  kSyntax,        // query text that does not parse
  kSemantic,      // query text that parses but cannot mean anything
  kLimit,         // a limit on size, time, rows or memory was exceeded
  kConflict,      // somebody else holds the lock, or has written in between; may be retried
  kInternal,      // our own mistake
};

inline constexpr std::size_t kNoPos = static_cast<std::size_t>(-1);

// The stable word for a code, e.g. "invalid input".
std::string_view ErrorCodeName(ErrorCode code);

struct Error {
  Error(ErrorCode error_code, std::string text, std::string place = {}, std::size_t offset = kNoPos)
      : code(error_code), message(std::move(text)), where(std::move(place)), pos(offset) {}

  ErrorCode code;
  std::string message;  // names the value and what was expected
  std::string where;    // file, document or query the error is about; may be empty
  std::size_t pos;      // byte offset within `where`'s text, where one is known
  // A standard's name for the mistake, where it has one (static text): openCypher's
  // "SyntaxError: UndefinedVariable".
  std::string_view detail;

  // "where: message", as printed after "tupu: ".
  std::string ToString() const;
};

// Thrown by the macros below only.
class InternalError : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

// A value or the Error that stood in its way. Reading the wrong one is a broken contract.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT: implicit
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& value() & { return Get(); }
  const T& value() const& { return const_cast<Result*>(this)->Get(); }
  T&& value() && { return std::move(Get()); }
  T& operator*() & { return Get(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(Get()); }
  T* operator->() { return &Get(); }
  const T* operator->() const { return &value(); }

  const Error& error() const& { return GetError(); }
  Error&& error() && { return std::move(const_cast<Error&>(GetError())); }

 private:
  T& Get() {
    if (!ok()) throw InternalError("value of a failed Result: " + std::get<1>(state_).ToString());
    return std::get<0>(state_);
  }
  const Error& GetError() const {
    if (ok()) throw InternalError("error of a Result that holds a value");
    return std::get<1>(state_);
  }
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}  // NOLINT: implicit

  bool ok() const { return !error_.has_value(); }
  explicit operator bool() const { return ok(); }
  const Error& error() const& {
    if (ok()) throw InternalError("error of a Result that succeeded");
    return *error_;
  }
  Error&& error() && { return std::move(const_cast<Error&>(std::as_const(*this).error())); }

 private:
  std::optional<Error> error_;
};

using Status = Result<void>;

[[noreturn]] void ThrowInternal(const char* kind, const char* condition, const char* file,
                                int line);

}  // namespace tupu

// The caller broke the documented contract.
#define TUPU_CONTRACT(condition) \
  (static_cast<bool>(condition)  \
       ? void(0)                 \
       : ::tupu::ThrowInternal("contract", #condition, __FILE__, __LINE__))
// We made a mistake.
#define TUPU_INVARIANT(condition) \
  (static_cast<bool>(condition)   \
       ? void(0)                  \
       : ::tupu::ThrowInternal("invariant", #condition, __FILE__, __LINE__))

#define TUPU_CONCAT_INNER(a, b) a##b
#define TUPU_CONCAT(a, b) TUPU_CONCAT_INNER(a, b)

// Returns the error of `expression` (a Status or Result) from the enclosing function, if any.
#define TUPU_TRY(expression)                                      \
  do {                                                            \
    auto tupu_status = (expression);                              \
    if (!tupu_status.ok()) return std::move(tupu_status).error(); \
  } while (false)

// TUPU_ASSIGN(auto x, Compute()); binds the value or returns the error.
#define TUPU_ASSIGN(declaration, expression) \
  TUPU_ASSIGN_INNER(TUPU_CONCAT(tupu_result_, __LINE__), declaration, expression)
#define TUPU_ASSIGN_INNER(name, declaration, expression) \
  auto name = (expression);                              \
  if (!name.ok()) return std::move(name).error();        \
  declaration = std::move(name).value()
