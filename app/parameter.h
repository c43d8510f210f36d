// --param name=value: a query's parameters from the command line.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "graph/base/error.h"
#include "graph/model/value.h"

namespace tupu::app {

// `text` as JSON if it is that, else as the text it is: 3 is a number, [1,2] a list, 上海 a text,
// "3" in quotes a text too. kLimit where lists and maps nest too deep.
Result<graph::Value> ParseParameterValue(std::string_view text);

// "name=value"; kInvalidInput if there is no = or no name before it.
Result<std::pair<std::string, graph::Value>> ParseParameter(std::string_view text);

}  // namespace tupu::app
