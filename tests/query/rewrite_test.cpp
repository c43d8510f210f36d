// Rewritten and plain plans give the same rows, whatever the pattern.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "tests/query/graph.h"

namespace tupu::query {
namespace {

std::string Sorted(const Answer& answer) {
  std::vector<std::string> rows = answer.rows;
  std::sort(rows.begin(), rows.end());
  return answer.error + "\n" + Join(rows);
}

TEST_CASE("chosen queries") {
  for (const char* text : {
           "MATCH (n) RETURN count(*)",
           "MATCH (n:Policy) RETURN count(DISTINCT n)",
           "MATCH ()-[r:INVESTS]->() RETURN count(r)",
           "MATCH ()-[r]-() RETURN count(r)",
           "MATCH (a)-[r]->(b) WHERE a.name = '远山科技' OR b.name = '云港智算中心' RETURN r",
           "MATCH (a)-->(b {name: '蓝湾重工'}) RETURN a.name",
           "MATCH (a)-[r1]-(b)-[r2]-(c)-[r3]-(a) RETURN a, r1, b, r2, c, r3",
           "MATCH (a)-[r1:INVESTS]->(b), (c)-[r2:INVESTS]->(b) RETURN a, b, c",
           "MATCH p = (a:Company)-[*1..3]-(b:Project) WHERE a.name <> b.name RETURN p",
           "MATCH (a:Official)-->(b) OPTIONAL MATCH (b)-[r]->(c {date: '2024-11'}) RETURN b, r, c",
           "MATCH (a) WHERE NOT (a)-[:INVESTS]->(:Project) RETURN a.name ORDER BY a.name LIMIT 4",
           "MATCH (a:Company), (b:Company) WHERE a.name < b.name RETURN a.name, b.name",
           "MATCH (a)-[r]->(a) RETURN a",
           "UNWIND ['蓝湾重工', '蓝湾', 1, null] AS k MATCH (n {name: k})-[r]-(m) RETURN k, m.name",
           "MATCH (a:Company)-[r]->(b) WITH r, a MATCH (x)-[r]-(y)-->(z) RETURN x, y, z",
       }) {
    CAPTURE(text);
    const Answer rewritten = Ask(text);
    CHECK(rewritten.error == "");
    CHECK(Sorted(rewritten) == Sorted(Ask(text, {}, PlannerOptions{false})));
  }
}

// Patterns at random: up to four relationships between a few variables, labels, types, lengths and
// conditions thrown in.
class Patterns {
 public:
  explicit Patterns(unsigned seed) : random_(seed) {}

  std::string Query() {
    std::string text = "MATCH " + Path();
    if (Chance(3)) text += ", " + Path();
    if (Chance(2)) text += " WHERE " + Condition();
    if (Chance(4)) text += " OPTIONAL MATCH " + Path() + (Chance(2) ? " WHERE " + Condition() : "");
    if (Chance(6)) return text + " RETURN count(*)";
    return text + " RETURN " + (used_.empty() ? "1" : Join(used_, ", "));
  }

 private:
  bool Chance(unsigned n) { return random_() % n == 0; }
  const char* Pick(std::initializer_list<const char*> from) {
    return *(from.begin() + random_() % from.size());
  }
  static std::string Join(const std::vector<std::string>& names, const char* by) {
    std::string out;
    for (const std::string& name : names) out += (out.empty() ? "" : by) + name;
    return out;
  }

  std::string Node() {
    std::string out = "(";
    if (!Chance(4)) {
      const std::string name = Pick({"a", "b", "c"});
      out += name;
      if (std::find(used_.begin(), used_.end(), name) == used_.end()) used_.push_back(name);
    }
    if (Chance(3)) out += Pick({":Company", ":Ministry", ":Policy", ":Project", ":Organisation"});
    if (Chance(8)) out += Pick({" {name: '蓝湾重工'}", " {name: '商务部'}", " {date: '2024-11'}"});
    return out + ")";
  }

  std::string Path() {
    std::string out = Node();
    for (auto i = random_() % 3; i > 0; --i) {
      const bool left = Chance(3);
      const bool right = !left && !Chance(3);
      out += left ? "<-[" : "-[";
      if (Chance(3)) out += Pick({":INVESTS", ":ISSUED", ":HOLDS_POSITION", ":INVESTS|ISSUED"});
      if (Chance(5)) out += Pick({"*1..2", "*0..1", "*2"});
      out += right ? "]->" : "]-";
      out += Node();
    }
    return out;
  }

  std::string Condition() {
    if (used_.empty()) return "true";
    const std::string x = used_[random_() % used_.size()];
    const std::string y = used_[random_() % used_.size()];
    switch (random_() % 6) {
      case 0:
        return x + ".name = '远山科技'";
      case 1:
        return x + ".name < " + y + ".name";
      case 2:
        return "NOT (" + x + ")-->()";
      case 3:
        return x + ":Company OR " + y + ":Policy";
      case 4:
        return x + ".date IS NULL AND " + y + ".name = '云港智算中心'";
      default:
        return x + " <> " + y;
    }
  }

  std::mt19937 random_;
  std::vector<std::string> used_;
};

TEST_CASE("random patterns") {
  for (unsigned seed = 0; seed < 400; ++seed) {
    const std::string text = Patterns(seed).Query();
    CAPTURE(text);
    CHECK(Sorted(Ask(text)) == Sorted(Ask(text, {}, PlannerOptions{false})));
  }
}

}  // namespace
}  // namespace tupu::query
