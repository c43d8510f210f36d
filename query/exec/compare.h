// Cypher's own equality and order of values, where null means "not known". (Value::Order, which
// sorts and groups, is another thing: there null is a value like any other.)
#pragma once

#include <optional>

#include "graph/model/value.h"
#include "query/cypher/ast.h"

namespace tupu::query {

// nullopt: not known.
using Truth = std::optional<bool>;

inline Truth Not(Truth truth) { return truth ? Truth(!*truth) : truth; }
inline graph::Value ToValue(Truth truth) { return truth ? graph::Value(*truth) : graph::Value(); }

Truth Equal(const graph::Value& a, const graph::Value& b);
// op is one of = <> < <= > >=. Not known between kinds that have no common order.
Truth Compare(Operator op, const graph::Value& a, const graph::Value& b);
Truth IsIn(const graph::Value& element, const graph::Value& list);

}  // namespace tupu::query
