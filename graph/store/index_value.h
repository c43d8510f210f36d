// Values as the keys of indexes: byte order is the order of values (FORMAT.md, Indexes of users).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "graph/model/value.h"
#include "graph/store/index_info.h"

namespace tupu::graph {

// Whether such values stand in indexes: those that can be stored and are not null.
bool IsIndexable(const Value& value);
// Equal bytes if and only if Cypher's = holds them equal, NaN aside, which has bytes of its own.
// Needs an indexable value.
void PutIndexValue(std::string& out, const Value& value);
bool IsNaNIndexValue(std::string_view bytes);

// All that the range has lies from `first` up to, but without, `end`; a little more may lie there.
struct IndexSpan {
  std::string first, end;
};
// nullopt: nothing can be in the range.
std::optional<IndexSpan> SpanOf(const IndexRange& range);

}  // namespace tupu::graph
