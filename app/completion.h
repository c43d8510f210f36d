// What Tab offers in the shell.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/error.h"
#include "graph/model/schema.h"
#include "graph/store/store.h"

namespace tupu::app {

struct Completions {
  std::size_t replace = 0;  // bytes before the cursor that a candidate stands for
  std::vector<std::string> candidates;
};

// What can stand at the end of `before`, the text from the start of the line to the cursor: inside
// quotes names of entities; after a colon labels, or relation types within […]; after a dot
// properties; after $ parameters; a first word with a colon commands of the shell; else keywords
// and functions, small letters or capitals.
class Completer {
 public:
  Completer(const graph::Schema& schema, std::vector<std::string> commands)
      : schema_(schema), commands_(std::move(commands)) {}

  Completions Complete(const graph::View& view, std::string_view before,
                       const std::vector<std::string>& parameters) const;

 private:
  const graph::Schema& schema_;
  std::vector<std::string> commands_;
};

// The longest text that all begin with; whole code points.
std::string CommonPrefix(const std::vector<std::string>& texts);

}  // namespace tupu::app
