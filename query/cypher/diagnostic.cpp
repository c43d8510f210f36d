#include "query/cypher/diagnostic.h"

#include <algorithm>

#include "graph/base/utf8.h"

namespace tupu::query {
namespace {

Error MakeDiagnostic(ErrorCode code, std::size_t pos, std::string message, std::string_view name) {
  Error error(code, std::move(message), {}, pos);
  error.detail = name;
  return error;
}

char32_t LowerOf(char32_t c) { return c >= U'A' && c <= U'Z' ? c + 32 : c; }

// Levenshtein with neighbours swapped counting once, over code points.
std::size_t Distance(const std::u32string& a, const std::u32string& b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = LowerOf(a[i - 1]) == LowerOf(b[j - 1]);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
      if (i > 1 && j > 1 && LowerOf(a[i - 1]) == LowerOf(b[j - 2]) &&
          LowerOf(a[i - 2]) == LowerOf(b[j - 1])) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
    before.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

}  // namespace

Error SyntaxError(std::size_t pos, std::string message, std::string_view name) {
  return MakeDiagnostic(ErrorCode::kSyntax, pos, std::move(message), name);
}

Error SemanticError(std::size_t pos, std::string message, std::string_view name) {
  return MakeDiagnostic(ErrorCode::kSemantic, pos, std::move(message), name);
}

Error ValueError(std::size_t pos, std::string message, std::string_view name) {
  return MakeDiagnostic(ErrorCode::kInvalidInput, pos, std::move(message), name);
}

std::string_view NearestWord(std::string_view word, const std::vector<std::string_view>& words) {
  constexpr std::size_t kLongestWord = 64;
  if (word.size() > kLongestWord) return {};
  const std::u32string wanted = ToUtf32(word);
  // Short words are near to too many others; of those only the case may differ.
  const std::size_t size = wanted.size();
  std::size_t limit = size < 3 ? 0 : size < 6 ? 1 : size / 3;
  std::string_view nearest;
  for (std::string_view candidate : words) {
    if (candidate.size() > kLongestWord) continue;
    const std::size_t distance = Distance(wanted, ToUtf32(candidate));
    if (distance > limit || (distance == limit && !nearest.empty())) continue;
    limit = distance;
    nearest = candidate;
  }
  return nearest;
}

std::string DidYouMean(std::string_view word, const std::vector<std::string_view>& words) {
  const std::string_view nearest = NearestWord(word, words);
  return nearest.empty() ? std::string() : "; did you mean " + std::string(nearest) + "?";
}

}  // namespace tupu::query
