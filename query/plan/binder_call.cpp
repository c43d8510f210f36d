// CALL of a procedure.
#include <algorithm>

#include "query/plan/binder_impl.h"

namespace tupu::query {

Status Binder::BindArguments(const CallClause& clause, const Procedure& procedure, BoundCall& out) {
  const std::uint32_t pos = clause.name.at.begin;
  if (!clause.has_arguments) {
    // Parameters of the inputs' names stand for them.
    for (const ProcedureField& field : procedure.inputs) {
      if (!parameters_.contains(field.name)) {
        return SemanticError(pos, "the parameter $" + field.name + " is not given",
                             detail::kMissingParameter);
      }
      auto argument = std::make_unique<BoundExpr>();
      argument->kind = BoundKind::kParameter;
      argument->name = field.name;
      argument->pos = pos;
      out.arguments.push_back(std::move(argument));
    }
    return {};
  }
  if (clause.arguments.size() != procedure.inputs.size()) {
    return SemanticError(pos,
                         procedure.name + " takes " + std::to_string(procedure.inputs.size()) +
                             " arguments, " + std::to_string(clause.arguments.size()) +
                             " are given",
                         detail::kInvalidNumberOfArguments);
  }
  Context context;
  context.where = "CALL";
  const ContextGuard guard(context_, context);
  for (std::size_t i = 0; i < clause.arguments.size(); ++i) {
    TUPU_ASSIGN(BoundExprPtr argument, BindExpr(*clause.arguments[i]));
    TUPU_TRY(Require(*argument, procedure.inputs[i].types, procedure.inputs[i].name));
    out.arguments.push_back(std::move(argument));
  }
  return {};
}

Result<BoundCall> Binder::BindCall(const CallClause& clause, bool standalone, Scope& scope,
                                   std::vector<Output>& outputs) {
  const std::uint32_t pos = clause.name.at.begin;
  BoundCall out;
  out.procedure = procedures_.Find(clause.name.text);
  out.optional = clause.optional;
  if (!out.procedure) {
    return SemanticError(pos,
                         "there is no procedure " + clause.name.text +
                             DidYouMean(clause.name.text, procedures_.Names()),
                         detail::kProcedureNotFound);
  }
  if (!standalone && !clause.has_arguments) {
    return SemanticError(pos, "within a query a procedure is called with brackets",
                         detail::kInvalidArgumentPassing);
  }
  if (!standalone && clause.yield_all) {
    return SemanticError(pos, "YIELD * can only stand in a CALL alone", detail::kUnexpectedSyntax);
  }
  TUPU_TRY(BindArguments(clause, *out.procedure, out));
  const std::vector<ProcedureField>& fields = out.procedure->outputs;
  std::vector<std::pair<std::size_t, Name>> wanted;
  for (const YieldItem& item : clause.yields) {
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const ProcedureField& field) {
      return field.name == item.field.text;
    });
    if (found == fields.end()) {
      return SemanticError(item.field.at.begin,
                           out.procedure->name + " has no column " + item.field.text,
                           detail::kUndefinedVariable);
    }
    wanted.emplace_back(static_cast<std::size_t>(found - fields.begin()), item.variable);
  }
  if (standalone && (!clause.has_yield || clause.yield_all)) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
      wanted.emplace_back(i, Name{fields[i].name, clause.name.at});
    }
  }
  for (const auto& [index, name] : wanted) {
    if (scope.names.contains(name.text)) {
      return SemanticError(name.at.begin, name.text + " is in use already",
                           detail::kVariableAlreadyBound);
    }
    Symbol symbol;
    TUPU_ASSIGN(symbol.slot, NewSlot(name.text, SlotKind::kValue, name.at.begin));
    symbol.types = fields[index].types;
    scope.names[name.text] = symbol;
    out.yields.emplace_back(index, symbol.slot);
    if (standalone) outputs.push_back({name.text, symbol.slot});
  }
  if (clause.where) TUPU_TRY(BindWhere(*clause.where, out.where));
  return out;
}

}  // namespace tupu::query
