#include "graph/base/error.h"

namespace tupu {

std::string_view ErrorCodeName(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalidInput:
      return "invalid input";
    case ErrorCode::kNotFound:
      return "not found";
    case ErrorCode::kIo:
      return "input/output";
    case ErrorCode::kCorruption:
      return "corruption";
    case ErrorCode::kSchema:
      return "schema";
    case ErrorCode::kSyntax:
      return "syntax";
    case ErrorCode::kSemantic:
      return "semantic";
    case ErrorCode::kLimit:
      return "limit";
    case ErrorCode::kConflict:
      return "conflict";
    case ErrorCode::kInternal:
      return "internal";
  }
  return "internal";
}

std::string Error::ToString() const { return where.empty() ? message : where + ": " + message; }

void ThrowInternal(const char* kind, const char* condition, const char* file, int line) {
  throw InternalError(std::string(kind) + " broken: " + condition + " at " + file + ":" +
                      std::to_string(line));
}

}  // namespace tupu
