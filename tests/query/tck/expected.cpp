#include "tests/query/tck/expected.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace tupu::query::tck {
namespace {

using graph::Value;
using graph::ValueKind;

class ValueParser {
 public:
  explicit ValueParser(std::string_view text) : text_(text) {}

  Result<Expected> Whole() {
    TUPU_ASSIGN(Expected out, One());
    Blanks();
    if (pos_ != text_.size()) return Wrong("more text than a value");
    return out;
  }

 private:
  Error Wrong(const std::string& what) const {
    return Error(ErrorCode::kInvalidInput, what + " in " + std::string(text_), {}, pos_);
  }
  void Blanks() {
    while (pos_ < text_.size() && text_[pos_] == ' ') ++pos_;
  }
  bool At(std::string_view piece) {
    Blanks();
    return text_.substr(pos_).starts_with(piece);
  }
  bool Take(std::string_view piece) {
    if (!At(piece)) return false;
    pos_ += piece.size();
    return true;
  }
  Status Need(std::string_view piece) {
    if (Take(piece)) return {};
    return Wrong("expected " + std::string(piece));
  }
  std::string Word() {
    Blanks();
    const std::size_t begin = pos_;
    if (Take("`")) {
      const std::size_t end = std::min(text_.find('`', pos_), text_.size());
      std::string quoted(text_.substr(pos_, end - pos_));
      pos_ = std::min(end + 1, text_.size());
      return quoted;
    }
    while (pos_ < text_.size() && text_.find_first_of(" :{}()[],|<>-'", pos_) != pos_) ++pos_;
    return std::string(text_.substr(begin, pos_ - begin));
  }

  Result<Expected> One() {
    if (At("[:")) return Edge();
    if (At("[")) return List();
    if (At("{")) return Map();
    if (At("(")) return Node();
    if (At("<")) return Path();
    if (At("'")) return String();
    return Atom();
  }

  Result<Expected> String() {
    TUPU_TRY(Need("'"));
    std::string out;
    while (pos_ < text_.size() && text_[pos_] != '\'') {
      const bool escaped = text_[pos_] == '\\' && pos_ + 1 < text_.size();
      if (escaped) ++pos_;
      out += escaped && text_[pos_] == 'n' ? '\n' : text_[pos_];
      ++pos_;
    }
    TUPU_TRY(Need("'"));
    Expected expected;
    expected.plain = Value(std::move(out));
    return expected;
  }

  Result<Expected> Atom() {
    Blanks();
    const std::size_t begin = pos_;
    while (pos_ < text_.size() && text_.find_first_of(" ,]}", pos_) != pos_) ++pos_;
    const std::string_view word = text_.substr(begin, pos_ - begin);
    Expected out;
    if (word == "null") return out;
    if (word == "true" || word == "false") {
      out.plain = Value(word == "true");
      return out;
    }
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    if (word == "NaN" || word == "Inf" || word == "-Inf") {
      out.plain = Value(word == "NaN" ? std::nan("") : word == "Inf" ? kInfinity : -kInfinity);
      return out;
    }
    const char* end = word.data() + word.size();
    std::int64_t integer = 0;
    const auto read = std::from_chars(word.data(), end, integer);
    if (read.ec == std::errc() && read.ptr == end) {
      out.plain = Value(integer);
      return out;
    }
    double real = 0;
    const auto read_real = std::from_chars(word.data(), end, real);
    if (read_real.ec != std::errc() || read_real.ptr != end) return Wrong("no value");
    out.plain = Value(real);
    return out;
  }

  Result<Expected> List() {
    TUPU_TRY(Need("["));
    Expected out;
    out.kind = Expected::Kind::kList;
    while (!Take("]")) {
      if (!out.elements.empty()) TUPU_TRY(Need(","));
      TUPU_ASSIGN(Expected element, One());
      out.elements.push_back(std::move(element));
    }
    return out;
  }

  Status Pairs(std::vector<std::string>& names, std::vector<Expected>& values) {
    TUPU_TRY(Need("{"));
    while (!Take("}")) {
      if (!names.empty()) TUPU_TRY(Need(","));
      names.push_back(Word());
      TUPU_TRY(Need(":"));
      TUPU_ASSIGN(Expected value, One());
      values.push_back(std::move(value));
    }
    return {};
  }

  Result<Expected> Map() {
    Expected out;
    out.kind = Expected::Kind::kMap;
    TUPU_TRY(Pairs(out.names, out.values));
    return out;
  }

  Result<Expected> Node() {
    TUPU_TRY(Need("("));
    Expected out;
    out.kind = Expected::Kind::kNode;
    while (Take(":")) out.names.push_back(Word());
    std::sort(out.names.begin(), out.names.end());
    if (At("{")) TUPU_TRY(Pairs(out.keys, out.values));
    TUPU_TRY(Need(")"));
    return out;
  }

  Result<Expected> Edge() {
    TUPU_TRY(Need("[:"));
    Expected out;
    out.kind = Expected::Kind::kEdge;
    out.names.push_back(Word());
    if (At("{")) TUPU_TRY(Pairs(out.keys, out.values));
    TUPU_TRY(Need("]"));
    return out;
  }

  Result<Expected> Path() {
    TUPU_TRY(Need("<"));
    Expected out;
    out.kind = Expected::Kind::kPath;
    TUPU_ASSIGN(Expected first, Node());
    out.elements.push_back(std::move(first));
    while (!Take(">")) {
      const bool backwards = Take("<-");
      if (!backwards) TUPU_TRY(Need("-"));
      TUPU_ASSIGN(Expected edge, Edge());
      edge.backwards = backwards;
      TUPU_TRY(Need(backwards ? "-" : "->"));
      TUPU_ASSIGN(Expected node, Node());
      out.elements.push_back(std::move(edge));
      out.elements.push_back(std::move(node));
    }
    return out;
  }

  std::string_view text_;
  std::size_t pos_ = 0;
};

class Matcher {
 public:
  Matcher(const graph::View& view, bool any_list_order)
      : view_(view), any_list_order_(any_list_order) {}

  Result<bool> Run(const Expected& expected, const Value& actual) const {
    switch (expected.kind) {
      case Expected::Kind::kPlain:
        return Plain(expected.plain, actual);
      case Expected::Kind::kList:
        if (actual.kind() != ValueKind::kList) return false;
        return List(expected.elements, actual.as_list());
      case Expected::Kind::kMap:
        if (actual.kind() != ValueKind::kMap) return false;
        return Pairs(expected.names, expected.values, actual.as_map());
      case Expected::Kind::kNode:
        if (actual.kind() != ValueKind::kNode) return false;
        return Node(expected, actual.as_node());
      case Expected::Kind::kEdge:
        if (actual.kind() != ValueKind::kEdge) return false;
        return Edge(expected, actual.as_edge());
      default:
        if (actual.kind() != ValueKind::kPath) return false;
        return Path(expected, actual.as_path());
    }
  }

 private:
  static bool Plain(const Value& expected, const Value& actual) {
    // The kit writes points in time and durations as their text.
    if (expected.kind() == ValueKind::kString && actual.is_temporal()) {
      return expected.as_string() == ToString(actual.as_temporal());
    }
    if (expected.kind() == ValueKind::kString && actual.kind() == ValueKind::kDuration) {
      return expected.as_string() == ToString(actual.as_duration());
    }
    return expected.kind() == actual.kind() && expected == actual;
  }

  Result<bool> List(const std::vector<Expected>& expected, const graph::List& actual) const {
    if (expected.size() != actual.size()) return false;
    std::vector<bool> used(actual.size(), false);
    for (std::size_t i = 0; i < expected.size(); ++i) {
      bool found = false;
      for (std::size_t j = any_list_order_ ? 0 : i; j < actual.size() && !found; ++j) {
        if (used[j]) continue;
        TUPU_ASSIGN(found, Run(expected[i], actual[j]));
        used[j] = found;
        if (!any_list_order_) break;
      }
      if (!found) return false;
    }
    return true;
  }

  Result<bool> Pairs(const std::vector<std::string>& names, const std::vector<Expected>& values,
                     const graph::Map& actual) const {
    if (names.size() != actual.size()) return false;
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto found = actual.find(names[i]);
      if (found == actual.end()) return false;
      TUPU_ASSIGN(const bool same, Run(values[i], found->second));
      if (!same) return false;
    }
    return true;
  }

  Result<bool> Node(const Expected& expected, NodeId id) const {
    TUPU_ASSIGN(const graph::NodeRecord node, view_.Node(id));
    if (node.labels != expected.names) return false;
    return Pairs(expected.keys, expected.values, node.properties);
  }

  Result<bool> Edge(const Expected& expected, EdgeId id) const {
    TUPU_ASSIGN(const graph::EdgeRecord edge, view_.Edge(id));
    if (edge.type != expected.names[0]) return false;
    return Pairs(expected.keys, expected.values, edge.properties);
  }

  Result<bool> Path(const Expected& expected, const graph::Path& path) const {
    if (expected.elements.size() != path.nodes.size() + path.edges.size()) return false;
    for (std::size_t i = 0; i < path.nodes.size(); ++i) {
      TUPU_ASSIGN(const bool same, Node(expected.elements[2 * i], path.nodes[i]));
      if (!same) return false;
    }
    for (std::size_t i = 0; i < path.edges.size(); ++i) {
      const Expected& wanted = expected.elements[2 * i + 1];
      TUPU_ASSIGN(const bool same, Edge(wanted, path.edges[i]));
      TUPU_ASSIGN(const graph::EdgeRecord edge, view_.Edge(path.edges[i]));
      if (!same || edge.from != path.nodes[wanted.backwards ? i + 1 : i]) return false;
    }
    return true;
  }

  const graph::View& view_;
  bool any_list_order_;
};

}  // namespace

Result<Expected> ParseExpected(std::string_view text) { return ValueParser(text).Whole(); }

Result<Value> ToValue(const Expected& expected) {
  switch (expected.kind) {
    case Expected::Kind::kPlain:
      return expected.plain;
    case Expected::Kind::kList: {
      graph::List list;
      for (const Expected& element : expected.elements) {
        TUPU_ASSIGN(Value value, ToValue(element));
        list.push_back(std::move(value));
      }
      return Value(std::move(list));
    }
    case Expected::Kind::kMap: {
      graph::Map map;
      for (std::size_t i = 0; i < expected.names.size(); ++i) {
        TUPU_ASSIGN(map[expected.names[i]], ToValue(expected.values[i]));
      }
      return Value(std::move(map));
    }
    default:
      return Error(ErrorCode::kInvalidInput, "nodes, edges and paths can only be results");
  }
}

Result<bool> Matches(const graph::View& view, const Expected& expected, const Value& actual,
                     bool any_list_order) {
  return Matcher(view, any_list_order).Run(expected, actual);
}

}  // namespace tupu::query::tck
