#include "app/exit_status.h"

#include <array>

namespace tupu::app {
namespace {

struct StatusLine {
  ErrorCode code;
  ExitStatus exit;
};

// Wrong usage is what the command line alone shows to be wrong; a query that does not parse is
// data, and has failed.
constexpr std::array kTable{
    StatusLine{ErrorCode::kInvalidInput, ExitStatus::kFailed},
    StatusLine{ErrorCode::kNotFound, ExitStatus::kFailed},
    StatusLine{ErrorCode::kIo, ExitStatus::kFailed},
    StatusLine{ErrorCode::kCorruption, ExitStatus::kFailed},
    StatusLine{ErrorCode::kSchema, ExitStatus::kFailed},
    StatusLine{ErrorCode::kSyntax, ExitStatus::kFailed},
    StatusLine{ErrorCode::kSemantic, ExitStatus::kFailed},
    StatusLine{ErrorCode::kLimit, ExitStatus::kFailed},
    StatusLine{ErrorCode::kConflict, ExitStatus::kFailed},
    StatusLine{ErrorCode::kInternal, ExitStatus::kFailed},
};

}  // namespace

ExitStatus ExitStatusOf(ErrorCode code) {
  for (const StatusLine& line : kTable) {
    if (line.code == code) return line.exit;
  }
  return ExitStatus::kFailed;
}

}  // namespace tupu::app
