// CREATE, MERGE, SET, REMOVE, DELETE, and CALL.
#include "query/cypher/diagnostic.h"
#include "query/cypher/parser_impl.h"

namespace tupu::query {

Result<bool> Parser::WritingClause(Clause& clause) {
  if (TakeWord("CREATE")) {
    TUPU_ASSIGN(clause.body, Create());
  } else if (TakeWord("MERGE")) {
    TUPU_ASSIGN(clause.body, Merge());
  } else if (TakeWord("SET")) {
    UpdateClause update;
    TUPU_ASSIGN(update.items, SetItems());
    clause.body = std::move(update);
  } else if (TakeWord("REMOVE")) {
    TUPU_ASSIGN(clause.body, Remove());
  } else if (AtWord("DELETE") || AtWord("DETACH")) {
    TUPU_ASSIGN(clause.body, Delete());
  } else if (TakeWord("FOREACH")) {
    TUPU_ASSIGN(clause.body, ForEach());
  } else {
    return false;
  }
  return true;
}

// What has been written is read again only behind a WITH, so that it is clear what sees what.
Status Parser::CheckComposition(const SingleQuery& query, const Clause& clause) const {
  const auto is_call = [](const Clause& of) {
    const auto* call = std::get_if<SubqueryClause>(&of.body);
    return call != nullptr && !call->for_each;
  };
  if (query.clauses.empty() || !IsUpdating(query.clauses.back()) || is_call(query.clauses.back())) {
    return {};
  }
  const bool reads = std::holds_alternative<MatchClause>(clause.body) ||
                     std::holds_alternative<UnwindClause>(clause.body) ||
                     std::holds_alternative<CallClause>(clause.body) || is_call(clause);
  if (!reads) return {};
  return SyntaxError(clause.at.begin, "WITH has to stand between writing and reading",
                     detail::kInvalidClauseComposition);
}

Result<SubqueryClause> Parser::ForEach() {
  const Nesting nesting(depth_);
  TUPU_TRY(CheckDepth());
  SubqueryClause out;
  out.for_each = out.has_imports = out.import_all = true;
  SingleQuery body;
  const std::size_t start = begin();
  TUPU_TRY(Expect(TokenKind::kLeftParen, "("));
  UnwindClause unwind;
  TUPU_ASSIGN(unwind.variable, VariableName("a variable"));
  TUPU_TRY(ExpectWord("IN"));
  {
    const Restored bars(bar_ends_, true);
    TUPU_ASSIGN(unwind.list, Expression());
  }
  Clause& each = body.clauses.emplace_back();
  each.at = From(start);
  each.body = std::move(unwind);
  TUPU_TRY(Expect(TokenKind::kBar, "| and what to write"));
  do {
    if (body.clauses.size() >= kMaxClauses) {
      return Error(ErrorCode::kLimit,
                   "FOREACH has more than " + std::to_string(kMaxClauses) + " clauses", {},
                   begin());
    }
    const std::size_t clause_start = begin();
    Clause clause;
    TUPU_ASSIGN(const bool found, WritingClause(clause));
    if (!found) return Unexpected("CREATE, MERGE, SET, REMOVE, DELETE or FOREACH");
    clause.at = From(clause_start);
    body.clauses.push_back(std::move(clause));
  } while (!Take(TokenKind::kRightParen));
  body.at = From(start);
  out.query = std::make_unique<Query>();
  out.query->parts.push_back(std::move(body));
  return out;
}

Result<CreateClause> Parser::Create() {
  CreateClause create;
  do {
    TUPU_ASSIGN(PathPattern path, NamedPath());
    create.paths.push_back(std::move(path));
  } while (Take(TokenKind::kComma));
  return create;
}

Result<MergeClause> Parser::Merge() {
  MergeClause merge;
  TUPU_ASSIGN(merge.path, NamedPath());
  while (TakeWord("ON")) {
    const bool create = AtWord("CREATE");
    if (!create && !AtWord("MATCH")) return Unexpected("CREATE or MATCH");
    ++next_;
    TUPU_TRY(ExpectWord("SET"));
    TUPU_ASSIGN(std::vector<UpdateItem> items, SetItems());
    std::vector<UpdateItem>& to = create ? merge.on_create : merge.on_match;
    for (UpdateItem& item : items) to.push_back(std::move(item));
  }
  return merge;
}

Result<std::vector<UpdateItem>> Parser::SetItems() {
  std::vector<UpdateItem> items;
  do {
    TUPU_ASSIGN(UpdateItem item, SetItem());
    items.push_back(std::move(item));
  } while (Take(TokenKind::kComma));
  return items;
}

namespace {

Status PlainLabels(const Expr& test) {
  if (test.ops.empty()) return {};
  return SyntaxError(test.anchor, "labels are set and removed one by one, as in n:A:B");
}

}  // namespace

Result<UpdateItem> Parser::SetItem() {
  UpdateItem item;
  TUPU_ASSIGN(item.target, Postfix());
  if (item.target->kind == ExprKind::kHasLabels) {
    TUPU_TRY(PlainLabels(*item.target));
    item.kind = UpdateKind::kAddLabels;
    item.labels = item.target->names;
    ExprPtr node = std::move(item.target->children[0]);
    item.target = std::move(node);
    return item;
  }
  const bool property = item.target->kind == ExprKind::kProperty;
  if (property) {
    item.kind = UpdateKind::kSetProperty;
    TUPU_TRY(Expect(TokenKind::kEqual, "= and a value"));
  } else if (item.target->kind == ExprKind::kVariable) {
    item.kind = Take(TokenKind::kPlus) ? UpdateKind::kAdd : UpdateKind::kReplace;
    TUPU_TRY(Expect(TokenKind::kEqual, "=, += or a label"));
  } else {
    return SyntaxError(item.target->at.begin,
                       "SET takes a property, as in n.name = …, a variable or a label");
  }
  TUPU_ASSIGN(item.value, Expression());
  return item;
}

Result<UpdateClause> Parser::Remove() {
  UpdateClause remove;
  do {
    UpdateItem item;
    TUPU_ASSIGN(item.target, Postfix());
    if (item.target->kind == ExprKind::kHasLabels) {
      TUPU_TRY(PlainLabels(*item.target));
      item.kind = UpdateKind::kRemoveLabels;
      item.labels = item.target->names;
      ExprPtr node = std::move(item.target->children[0]);
      item.target = std::move(node);
    } else if (item.target->kind == ExprKind::kProperty) {
      item.kind = UpdateKind::kRemoveProperty;
    } else {
      return SyntaxError(item.target->at.begin,
                         "REMOVE takes a property, as in n.name, or a label, as in n:Label");
    }
    remove.items.push_back(std::move(item));
  } while (Take(TokenKind::kComma));
  return remove;
}

Result<DeleteClause> Parser::Delete() {
  DeleteClause out;
  out.detach = TakeWord("DETACH");
  TUPU_TRY(ExpectWord("DELETE"));
  do {
    TUPU_ASSIGN(ExprPtr expr, Expression());
    out.exprs.push_back(std::move(expr));
  } while (Take(TokenKind::kComma));
  return out;
}

Result<CallClause> Parser::CallProcedure() {
  CallClause call;
  const std::size_t start = begin();
  do {
    TUPU_ASSIGN(const Name part, SchemaName("a procedure's name"));
    call.name.text += (call.name.text.empty() ? "" : ".") + part.text;
  } while (Take(TokenKind::kDot));
  call.name.at = From(start);
  call.has_arguments = Take(TokenKind::kLeftParen);
  if (call.has_arguments && !Take(TokenKind::kRightParen)) {
    do {
      TUPU_ASSIGN(ExprPtr argument, Expression());
      call.arguments.push_back(std::move(argument));
    } while (Take(TokenKind::kComma));
    TUPU_TRY(Expect(TokenKind::kRightParen, ") or a comma"));
  }
  TUPU_TRY(Yield(call));
  return call;
}

Status Parser::Yield(CallClause& call) {
  if (!TakeWord("YIELD")) return {};
  call.has_yield = true;
  if (Take(TokenKind::kStar)) {
    call.yield_all = true;
  } else if (!Take(TokenKind::kMinus)) {
    do {
      YieldItem item;
      TUPU_ASSIGN(item.field, SchemaName("a column of the procedure"));
      item.variable = item.field;
      if (TakeWord("AS")) {
        TUPU_ASSIGN(item.variable, VariableName("a variable"));
      }
      call.yields.push_back(std::move(item));
    } while (Take(TokenKind::kComma));
  }
  if (TakeWord("WHERE")) {
    TUPU_ASSIGN(call.where, Expression());
  }
  return {};
}

}  // namespace tupu::query
