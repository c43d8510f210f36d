// Segmentation is the shortest path over the words' costs (negative log frequencies): known names
// cost as much as a middling word whatever their length, so they win against the words they are
// made of, and a long name wins against the short ones inside it.
#include "extract/ner/sentence.h"

#include <algorithm>

#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::int32_t kUnknownCost = 1700;
constexpr std::int32_t kNameCost = 1050;
constexpr std::int32_t kWeakNameCost = 1500;
constexpr std::int32_t kRunCost = 700;

bool IsRunChar(char32_t c) {
  return (c >= U'0' && c <= U'9') || (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z') ||
         (c >= U'０' && c <= U'９') || (c >= U'Ａ' && c <= U'Ｚ') || (c >= U'ａ' && c <= U'ｚ');
}
bool JoinsRun(char32_t c) {
  return c == U'.' || c == U'%' || c == U'+' || c == U'-' || c == U'/' || c == U'&';
}

struct Edge {
  std::uint32_t begin, end;
  std::int32_t cost;
  std::uint32_t word, match;
};

struct Step {
  std::int64_t cost = 0;
  std::uint32_t from = 0;
  std::uint32_t edge = kNothing;
};

char32_t Closing(char32_t c) {
  switch (c) {
    case U'（':
      return U'）';
    case U'(':
      return U')';
    case U'“':
      return U'”';
    case U'《':
      return U'》';
    case U'〈':
      return U'〉';
    case U'「':
      return U'」';
    case U'【':
      return U'】';
    case U'〔':
      return U'〕';
    case U'‘':
      return U'’';
    default:
      return 0;
  }
}

void PairBrackets(const Chars& chars, std::vector<std::uint32_t>& mate) {
  std::vector<std::uint32_t> open;
  for (std::uint32_t i = 0; i < chars.size(); ++i) {
    char32_t c = chars[i];
    if (Closing(c) != 0) {
      open.push_back(i);
      continue;
    }
    bool closes = c == U'）' || c == U')' || c == U'”' || c == U'》' || c == U'〉' || c == U'」' ||
                  c == U'】' || c == U'〕' || c == U'’';
    if (!closes) continue;
    // An opening mark without a partner is passed over, a few deep.
    for (std::size_t back = 1; back <= open.size() && back <= 4; ++back) {
      std::uint32_t at = open[open.size() - back];
      char32_t wanted = Closing(chars[at]);
      bool fits =
          wanted == c || (chars[at] == U'（' && c == U')') || (chars[at] == U'(' && c == U'）');
      if (!fits) continue;
      mate[at] = i;
      mate[i] = at;
      open.resize(open.size() - back);
      break;
    }
  }
}

}  // namespace

bool IsHanAt(const AnalysedSentence& sent, std::size_t pos) { return IsHan(sent.chars[pos]); }

AnalysedSentence::AnalysedSentence(std::string_view text, const Lexicon& lexicon,
                                   const Gazetteer& gazetteer)
    : chars(text) {
  auto n = static_cast<std::uint32_t>(chars.size());
  head_end.assign(n + 1, kNothing);
  title_end.assign(n + 1, kNothing);
  mate.assign(n + 1, kNothing);
  PairBrackets(chars, mate);

  // Kept from one sentence to the next.
  thread_local std::vector<std::uint32_t> position, first_edge, by_end, next;
  thread_local std::vector<Edge> edges;
  thread_local std::vector<Automaton::Hit> words;
  thread_local std::vector<Step> best;
  if (position.size() <= text.size()) position.resize(text.size() + 1);  // read at boundaries only
  for (std::uint32_t i = 0; i <= n; ++i) position[chars.ByteAt(i)] = i;

  edges.clear();
  // Words are all over memory, and each is asked for well before it is needed.
  words.clear();
  const auto note_word = [&](std::uint32_t index, Span span) {
    __builtin_prefetch(&lexicon.word(index));
    words.push_back({index, span});
  };
  const std::vector<GazetteerMatch> known =
      gazetteer.FindAllBeside(lexicon.automaton(), note_word, text);
  for (const Automaton::Hit& hit : words) {
    const Word& word = lexicon.word(hit.word);
    std::uint32_t begin = position[hit.span.begin];
    std::uint32_t end = position[hit.span.end];
    if (word.whole) edges.push_back({begin, end, word.cost, hit.word, kNothing});
    // The longest comes first.
    if (word.head >= 0 && head_end[end] == kNothing) {
      head_end[end] = static_cast<std::uint32_t>(word.head);
    }
    if (word.title >= 0 && title_end[end] == kNothing) title_end[end] = begin;
  }
  for (const GazetteerMatch& match : known) {
    std::uint32_t begin = position[match.span.begin];
    std::uint32_t end = position[match.span.end];
    bool strong = false;
    bool industry = true;
    for (const Sense& sense : match.senses) {
      strong = strong || !sense.weak;
      industry = industry && gazetteer.entries()[sense.entry].type == kKindNames[kIndustry];
    }
    // A class is made of common words, which other names need too: “东数西算”工程建设.
    if (industry && end - begin >= 4) {
      matches.push_back({begin, end, match.senses});
      continue;
    }
    edges.push_back({begin, end, strong ? kNameCost : kWeakNameCost, kNothing,
                     static_cast<std::uint32_t>(matches.size())});
    matches.push_back({begin, end, match.senses});
  }
  for (std::uint32_t i = 0; i < n;) {
    if (!IsRunChar(chars[i])) {
      ++i;
      continue;
    }
    std::uint32_t end = i + 1;
    while (end < n &&
           (IsRunChar(chars[end]) || (JoinsRun(chars[end]) && IsRunChar(chars[end + 1])))) {
      ++end;
    }
    if (end < n && chars[end] == U'%') ++end;
    edges.push_back({i, end, kRunCost, kNothing, kNothing});
    i = end;
  }
  // By end, else as they came.
  first_edge.assign(n + 2, 0);
  for (const Edge& one : edges) ++first_edge[one.end + 1];
  for (std::uint32_t end = 0; end <= n; ++end) first_edge[end + 1] += first_edge[end];
  by_end.resize(edges.size());
  next.assign(first_edge.begin(), first_edge.end() - 1);
  for (std::uint32_t i = 0; i < edges.size(); ++i) by_end[next[edges[i].end]++] = i;

  best.resize(n + 1);
  best[0] = {};
  for (std::uint32_t end = 1; end <= n; ++end) {
    best[end] = {best[end - 1].cost + kUnknownCost, end - 1, kNothing};
    for (std::uint32_t at = first_edge[end]; at < first_edge[end + 1]; ++at) {
      const std::uint32_t edge = by_end[at];
      std::int64_t cost = best[edges[edge].begin].cost + edges[edge].cost;
      // A name beats the word of the same letters.
      bool better = cost < best[end].cost ||
                    (edges[edge].match != kNothing && edges[edge].begin == best[end].from &&
                     best[end].edge != kNothing && edges[edge].cost < kWeakNameCost);
      if (better) {
        best[end] = {std::min(cost, better ? cost : best[end].cost), edges[edge].begin, edge};
      }
    }
  }
  for (std::uint32_t end = n; end > 0; end = best[end].from) {
    Token token;
    token.begin = best[end].from;
    token.end = end;
    if (best[end].edge != kNothing) {
      const Edge& taken = edges[best[end].edge];
      token.word = taken.word;
      token.match = taken.match;
    }
    if (token.word != kNothing) {
      token.word_class = lexicon.word(token.word).word_class;
    } else if (token.match != kNothing) {
      token.word_class = WordClass::kName;
      std::uint32_t listed = lexicon.automaton().Lookup(chars.Slice(token.begin, token.end));
      if (listed != Automaton::kNone) token.word = listed;
    } else if (IsRunChar(chars[token.begin])) {
      token.word_class = WordClass::kAscii;
    } else if (!IsHan(chars[token.begin])) {
      token.word_class = WordClass::kMark;
    }
    tokens.push_back(token);
  }
  std::reverse(tokens.begin(), tokens.end());
  token_at.assign(n + 1, static_cast<std::uint32_t>(tokens.size()));
  for (std::uint32_t t = 0; t < tokens.size(); ++t) {
    for (std::uint32_t i = tokens[t].begin; i < tokens[t].end; ++i) token_at[i] = t;
  }
  // Where a weak name and a common word have the same letters, the token knows both.
  for (std::uint32_t m = 0; m < matches.size(); ++m) {
    if (matches[m].end == 0) continue;
    Token& token = tokens[token_at[matches[m].begin]];
    if (token.begin == matches[m].begin && token.end == matches[m].end && token.match == kNothing) {
      token.match = m;
    }
  }
}

}  // namespace tupu::extract
