// Full text over documents (title and text) and entities (names and other forms): BM25 (Robertson
// and Zaragoza 2009, k1 1.2, b 0.75) over words and, for Chinese, pairs of neighbouring characters.
//
// A query is pieces between white space; what matches has all of them:
//   数字经济      all pairs of neighbouring characters, wherever they stand; words in it weigh more
//   "数字经济"    just so, in a row; may have white space within
//   low*          a word that begins so; of two Chinese characters or more: that stand in a row
// Case, width, compatibility forms and traditional for simplified characters do not matter. Scores
// and order are functions of the documents and judgements, whatever of them is indexed already.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/error.h"
#include "graph/base/ids.h"
#include "graph/base/span.h"

namespace tupu::graph {

// Stored (FORMAT.md); never renumber.
enum class SearchKind : char { kDocuments = 'd', kEntities = 'n' };

struct SearchPiece {
  std::u32string text;  // as FoldForSearch leaves it; never empty
  bool phrase = false;
  bool prefix = false;
};

struct SearchQuery {
  std::vector<SearchPiece> pieces;
};

// kInvalidInput for a quotation mark without its fellow, no piece at all, or too many.
Result<SearchQuery> ParseSearch(std::string_view query);

struct SearchHit {
  double score = 0;
  std::string document;  // of kDocuments: its id
  NodeId node;           // of kEntities
};

// Where pieces of the query stand in a text: byte ranges, sorted, for showing.
std::vector<Span> FindPieces(const SearchQuery& query, std::string_view text);

}  // namespace tupu::graph
