#include "graph/base/regex.h"

#include <unicode/regex.h>
#include <unicode/unistr.h>

#include <string>

#include "graph/base/icu_text.h"

namespace tupu {
namespace {

// ICU counts steps of its engine in units of about a millisecond.
constexpr int32_t kTimeLimit = 500;
constexpr int32_t kStackLimit = 8 << 20;

}  // namespace

struct Regex::Impl {
  std::unique_ptr<icu::RegexPattern> pattern;
  std::unique_ptr<icu::RegexMatcher> matcher;
};

Regex::Regex(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Regex::Regex(Regex&&) noexcept = default;
Regex& Regex::operator=(Regex&&) noexcept = default;
Regex::~Regex() = default;

Result<Regex> Regex::Compile(std::string_view pattern) {
  UErrorCode code = U_ZERO_ERROR;
  UParseError at{};
  auto impl = std::make_unique<Impl>();
  impl->pattern.reset(icu::RegexPattern::compile(FromUtf8(pattern), 0, at, code));
  if (U_FAILURE(code)) {
    return Error(ErrorCode::kInvalidInput, "\"" + std::string(pattern) +
                                               "\" is no regular expression: wrong at character " +
                                               std::to_string(at.offset));
  }
  impl->matcher.reset(impl->pattern->matcher(code));
  if (U_SUCCESS(code)) impl->matcher->setTimeLimit(kTimeLimit, code);
  if (U_SUCCESS(code)) impl->matcher->setStackLimit(kStackLimit, code);
  if (U_FAILURE(code)) {
    return Error(ErrorCode::kInternal, std::string("ICU: ") + u_errorName(code));
  }
  return Regex(std::move(impl));
}

Result<bool> Regex::MatchesAll(std::string_view text) {
  UErrorCode code = U_ZERO_ERROR;
  const icu::UnicodeString input = FromUtf8(text);
  impl_->matcher->reset(input);
  const bool matches = impl_->matcher->matches(code);
  if (code == U_REGEX_TIME_OUT || code == U_REGEX_STACK_OVERFLOW) {
    return Error(ErrorCode::kLimit, "the regular expression takes too long on this text");
  }
  if (U_FAILURE(code)) {
    return Error(ErrorCode::kInternal, std::string("ICU: ") + u_errorName(code));
  }
  return matches;
}

}  // namespace tupu
