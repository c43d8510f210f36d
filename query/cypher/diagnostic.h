// Errors of queries. Each carries a byte offset into the query and, where openCypher has a name for
// the mistake, that name (Error::detail), so that drivers and the compatibility kit can tell them
// apart without reading the message.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/error.h"

namespace tupu::query {

namespace detail {
// Found while compiling.
inline constexpr std::string_view kUnexpectedSyntax = "SyntaxError: UnexpectedSyntax";
inline constexpr std::string_view kInvalidNumberLiteral = "SyntaxError: InvalidNumberLiteral";
inline constexpr std::string_view kIntegerOverflow = "SyntaxError: IntegerOverflow";
inline constexpr std::string_view kFloatingPointOverflow = "SyntaxError: FloatingPointOverflow";
inline constexpr std::string_view kInvalidUnicodeLiteral = "SyntaxError: InvalidUnicodeLiteral";
inline constexpr std::string_view kInvalidUnicodeCharacter = "SyntaxError: InvalidUnicodeCharacter";
inline constexpr std::string_view kUndefinedVariable = "SyntaxError: UndefinedVariable";
inline constexpr std::string_view kVariableAlreadyBound = "SyntaxError: VariableAlreadyBound";
inline constexpr std::string_view kVariableTypeConflict = "SyntaxError: VariableTypeConflict";
inline constexpr std::string_view kRelationshipUniqueness =
    "SyntaxError: RelationshipUniquenessViolation";
inline constexpr std::string_view kInvalidRelationshipPattern =
    "SyntaxError: InvalidRelationshipPattern";
inline constexpr std::string_view kInvalidParameterUse = "SyntaxError: InvalidParameterUse";
inline constexpr std::string_view kInvalidArgumentType = "SyntaxError: InvalidArgumentType";
inline constexpr std::string_view kInvalidNumberOfArguments =
    "SyntaxError: InvalidNumberOfArguments";
inline constexpr std::string_view kUnknownFunction = "SyntaxError: UnknownFunction";
inline constexpr std::string_view kInvalidAggregation = "SyntaxError: InvalidAggregation";
inline constexpr std::string_view kNestedAggregation = "SyntaxError: NestedAggregation";
inline constexpr std::string_view kAmbiguousAggregation =
    "SyntaxError: AmbiguousAggregationExpression";
inline constexpr std::string_view kNonConstantExpression = "SyntaxError: NonConstantExpression";
inline constexpr std::string_view kNegativeIntegerArgument = "SyntaxError: NegativeIntegerArgument";
inline constexpr std::string_view kNoExpressionAlias = "SyntaxError: NoExpressionAlias";
inline constexpr std::string_view kNoVariablesInScope = "SyntaxError: NoVariablesInScope";
inline constexpr std::string_view kColumnNameConflict = "SyntaxError: ColumnNameConflict";
inline constexpr std::string_view kDifferentColumnsInUnion = "SyntaxError: DifferentColumnsInUnion";
inline constexpr std::string_view kInvalidClauseComposition =
    "SyntaxError: InvalidClauseComposition";
inline constexpr std::string_view kNoSingleRelationshipType =
    "SyntaxError: NoSingleRelationshipType";
inline constexpr std::string_view kRequiresDirected = "SyntaxError: RequiresDirectedRelationship";
inline constexpr std::string_view kCreatingVarLength = "SyntaxError: CreatingVarLength";
inline constexpr std::string_view kInvalidDelete = "SyntaxError: InvalidDelete";
inline constexpr std::string_view kInvalidArgumentPassing =
    "SyntaxError: InvalidArgumentPassingMode";
inline constexpr std::string_view kProcedureNotFound = "ProcedureError: ProcedureNotFound";
inline constexpr std::string_view kMissingParameter = "ParameterMissing: MissingParameter";
// Found while running.
inline constexpr std::string_view kArgumentType = "TypeError: InvalidArgumentType";
inline constexpr std::string_view kArgumentValue = "TypeError: InvalidArgumentValue";
inline constexpr std::string_view kTemporalValue = "ArgumentError: InvalidArgumentValue";
inline constexpr std::string_view kMapElementAccess = "TypeError: MapElementAccessByNonString";
inline constexpr std::string_view kListElementAccess = "TypeError: ListElementAccessByNonInteger";
inline constexpr std::string_view kNumberOutOfRange = "ArgumentError: NumberOutOfRange";
inline constexpr std::string_view kDivisionByZero = "ArithmeticError: DivisionByZero";
inline constexpr std::string_view kPropertyType = "TypeError: InvalidPropertyType";
inline constexpr std::string_view kDeletedAccess = "EntityNotFound: DeletedEntityAccess";
inline constexpr std::string_view kDeleteConnected =
    "ConstraintVerificationFailed: DeleteConnectedNode";
inline constexpr std::string_view kMergeNull = "SemanticError: MergeReadOwnWrites";
inline constexpr std::string_view kNumericOverflow = "ArithmeticError: IntegerOverflow";
}  // namespace detail

// Text that does not parse.
Error SyntaxError(std::size_t pos, std::string message,
                  std::string_view name = detail::kUnexpectedSyntax);
// Text that parses but cannot mean anything.
Error SemanticError(std::size_t pos, std::string message, std::string_view name);
// Values that an expression cannot take, found while running.
Error ValueError(std::size_t pos, std::string message, std::string_view name);

// The candidate nearest to `word` (case aside), if it is near enough to be meant; else empty.
std::string_view NearestWord(std::string_view word, const std::vector<std::string_view>& words);
// "; did you mean count?", or nothing.
std::string DidYouMean(std::string_view word, const std::vector<std::string_view>& words);

}  // namespace tupu::query
