// What the functions of the catalogue do.
#pragma once

#include <vector>

#include "query/exec/context.h"
#include "query/plan/functions.h"

namespace tupu::query {

// Arithmetic on two values that are not null; op is + - * / % or ^.
bool Arithmetic(ExecContext& context, Operator op, const graph::Value& a, const graph::Value& b,
                std::uint32_t pos, graph::Value& out);

// Calls a function that is no aggregate. Arguments that may not be null are not. False on an
// error, which the context has then; `pos` is for its caret.
bool CallFunction(ExecContext& context, Function function, std::vector<graph::Value>& arguments,
                  std::uint32_t pos, graph::Value& out);

// The functions by what they are about.
bool CallStringFunction(ExecContext& context, Function function,
                        std::vector<graph::Value>& arguments, std::uint32_t pos, graph::Value& out);
bool CallMathFunction(ExecContext& context, Function function, std::vector<graph::Value>& arguments,
                      std::uint32_t pos, graph::Value& out);
bool CallGraphFunction(ExecContext& context, Function function,
                       std::vector<graph::Value>& arguments, std::uint32_t pos, graph::Value& out);

// evidence: of a node or an edge.
bool CallEvidence(ExecContext& context, const graph::Value& value, graph::Value& out);

// Those that have come after openCypher 9.
bool CallLaterFunction(ExecContext& context, Function function,
                       std::vector<graph::Value>& arguments, std::uint32_t pos, graph::Value& out);
// kToString, kToInteger, kToFloat, kToBoolean of a value that is not null.
bool Convert(ExecContext& context, Function function, const graph::Value& value, std::uint32_t pos,
             graph::Value& out);
bool CallTemporalFunction(ExecContext& context, Function function,
                          std::vector<graph::Value>& arguments, std::uint32_t pos,
                          graph::Value& out);
// + - * / of which one side at least is a duration, or the left a point in time. `known` is false
// where such two do not go together.
bool TemporalArithmetic(ExecContext& context, Operator op, const graph::Value& a,
                        const graph::Value& b, std::uint32_t pos, bool& known, graph::Value& out);
// .year, .epochMillis, .minutesOfHour of a point in time or duration.
bool TemporalComponent(ExecContext& context, const graph::Value& value, const std::string& name,
                       std::uint32_t pos, graph::Value& out);

// "length needs a path, this is a node".
bool WrongType(ExecContext& context, Function function, const graph::Value& value,
               std::uint32_t pos);

// The property `id` where it is a text; else nothing.
std::string EntityIdOf(const graph::NodeRecord& node);

}  // namespace tupu::query
