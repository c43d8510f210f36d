#include "app/exit_status.h"

#include <array>

namespace tupu::app {
namespace {

struct Line {
  ErrorCode code;
  ExitStatus exit;
};

// Wrong usage is what the command line alone shows to be wrong; a query that does not parse is
// data, and has failed.
constexpr std::array kTable{
    Line{ErrorCode::kInvalidInput, ExitStatus::kFailed},
    Line{ErrorCode::kNotFound, ExitStatus::kFailed},
    Line{ErrorCode::kIo, ExitStatus::kFailed},
    Line{ErrorCode::kCorruption, ExitStatus::kFailed},
    Line{ErrorCode::kSchema, ExitStatus::kFailed},
    Line{ErrorCode::kSyntax, ExitStatus::kFailed},
    Line{ErrorCode::kSemantic, ExitStatus::kFailed},
    Line{ErrorCode::kLimit, ExitStatus::kFailed},
    Line{ErrorCode::kConflict, ExitStatus::kFailed},
    Line{ErrorCode::kInternal, ExitStatus::kFailed},
};

}  // namespace

ExitStatus ExitStatusOf(ErrorCode code) {
  for (const Line& line : kTable) {
    if (line.code == code) return line.exit;
  }
  return ExitStatus::kFailed;
}

}  // namespace tupu::app
