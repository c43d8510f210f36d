// The one table from errors to exit statuses.
#pragma once

#include "graph/base/error.h"

namespace tupu::app {

enum class ExitStatus : int {
  kDone = 0,
  kFailed = 1,       // also: something was rejected, the rest is done
  kUsage = 2,        // the command line makes no sense
  kInterrupted = 3,  // never seen outside: main dies of the signal instead, as shells expect
};

ExitStatus ExitStatusOf(ErrorCode code);

}  // namespace tupu::app
