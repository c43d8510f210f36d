// graph_bench --store S DATA: the questions of the graph benchmark, in this process, through the
// whole path from query text to rows, on one thread. Prints medians as JSON.
//
// S was made of DATA's nodes.csv and rels.csv with `tupu import`. Answers are compared with DATA's
// expected_*.csv; `mismatches` counts those that differ. What it writes it takes away again.
// Exit status 0: all answers are right; 1: not so, or something failed; 2: wrong usage.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <optional>
#include <random>
#include <sstream>

#include "graph/base/error.h"
#include "query/session.h"

namespace {

using namespace tupu;
using graph::Value;
using query::Parameters;
using query::QueryResult;
using Clock = std::chrono::steady_clock;
using Table = std::vector<std::vector<std::int64_t>>;

constexpr std::size_t kWarmUp = 50;
constexpr std::size_t kUpsertRows = 1000;

double MillisecondsSince(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

// A file of numbers with a header line; an empty table where it cannot be read.
Table ReadNumbers(const std::filesystem::path& file, std::size_t columns) {
  Table out;
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::vector<std::int64_t> row;
    const char* at = line.c_str();
    while (row.size() < columns) {
      char* end = nullptr;
      row.push_back(std::strtoll(at, &end, 10));
      if (end == at) break;
      at = *end == ',' ? end + 1 : end;
    }
    if (row.size() == columns) out.push_back(std::move(row));
  }
  return out;
}

struct Figures {
  std::vector<double> times;  // milliseconds
  std::size_t mismatches = 0;
  std::string error;
};

// The benchmark's questions over one store. Figures are printed as they come.
class Bench {
 public:
  Bench(graph::Store& store, std::filesystem::path data)
      : session_(store), data_(std::move(data)) {}

  using Check = std::function<bool(const QueryResult&, std::size_t)>;

  bool ok() const { return ok_; }

  // Each parameter set once, after warming up.
  void Ask(const std::string& name, const std::string& text,
           const std::vector<Parameters>& parameters, const Check& check) {
    if (!Wanted(name)) return;
    Figures figures;
    for (std::size_t i = 0; i < std::min(kWarmUp, parameters.size()); ++i) {
      if (!Run(text, parameters[i], figures)) break;
    }
    for (std::size_t i = 0; i < parameters.size() && figures.error.empty(); ++i) {
      const auto begin = Clock::now();
      const auto result = Run(text, parameters[i], figures);
      figures.times.push_back(MillisecondsSince(begin));
      if (result && !check(*result, i)) ++figures.mismatches;
    }
    Print(name, figures, text);
  }

  // Statements that write; `undo` runs behind each, outside the time taken.
  void Write(const std::string& name, const std::string& text,
             const std::vector<Parameters>& parameters, const std::string& undo) {
    if (!Wanted(name)) return;
    Figures figures;
    for (const Parameters& each : parameters) {
      const auto begin = Clock::now();
      if (!Run(text, each, figures)) break;
      figures.times.push_back(MillisecondsSince(begin));
      if (!undo.empty() && !Run(undo, each, figures)) break;
    }
    Print(name, figures, text);
  }

  std::optional<QueryResult> Run(const std::string& text, const Parameters& parameters,
                                 Figures& figures) {
    auto result = session_.Run(text, parameters);
    if (!result.ok()) {
      figures.error = query::FormatQueryError(text, result.error());
      return std::nullopt;
    }
    return std::move(result).value();
  }

  void Print(const std::string& name, Figures& figures, const std::string& text) {
    if (!figures.error.empty() || figures.mismatches > 0) ok_ = false;
    std::ostringstream out;
    out << ",\n \"" << name << "\": {";
    if (!figures.error.empty()) {
      out << "\"error\": " << graph::ToJson(Value(figures.error)) << ", ";
    } else if (!figures.times.empty()) {
      std::vector<double>& times = figures.times;
      std::sort(times.begin(), times.end());
      double total = 0;
      for (const double time : times) total += time;
      out << "\"n\": " << times.size() << ", \"median\": " << times[times.size() / 2]
          << ", \"p99\": " << times[std::min(times.size() - 1, times.size() * 99 / 100)]
          << ", \"max\": " << times.back() << ", \"total_s\": " << total / 1000
          << ", \"unit\": \"ms\", ";
    }
    out << "\"mismatches\": " << figures.mismatches
        << ", \"cypher\": " << graph::ToJson(Value(text)) << "}";
    std::cout << out.str() << std::flush;
    std::cerr << out.str().substr(3) << "\n";
  }

  bool Wanted(const std::string& name) const {
    return only_.empty() || name.find(only_) != std::string::npos;
  }
  void set_only(std::string only) { only_ = std::move(only); }

  const std::filesystem::path& data() const { return data_; }

 private:
  query::Session session_;
  std::filesystem::path data_;
  std::string only_;
  bool ok_ = true;
};

std::vector<Parameters> Ids(const Table& table, std::size_t count = ~std::size_t{0}) {
  std::vector<Parameters> out;
  for (std::size_t i = 0; i < std::min(count, table.size()); ++i) {
    out.push_back({{"id", Value(table[i][0])}});
  }
  return out;
}

bool IsNumber(const QueryResult& result, std::int64_t expected) {
  return result.rows.size() == 1 && result.rows[0].size() == 1 &&
         result.rows[0][0] == Value(expected);
}

void AskHops(Bench& bench) {
  const Table hops = ReadNumbers(bench.data() / "expected_hops.csv", 7);
  const std::vector<Parameters> starts = Ids(hops);
  const std::string one = "MATCH (a:Entity {id:$id})-[:LINK]->(b:Entity)";
  const std::string two = one + "-[:LINK]->(c:Entity)";
  const std::string three = two + "-[:LINK]->(d:Entity)";
  const auto column = [&](std::size_t number) {
    return [&hops, number](const QueryResult& result, std::size_t i) {
      return IsNumber(result, hops[i][number]);
    };
  };
  bench.Ask("hop1", one + " RETURN count(*)", starts, column(1));
  bench.Ask("hop2_paths", two + " RETURN count(*)", starts, column(2));
  bench.Ask("hop3_paths", three + " RETURN count(*)", starts, column(5));
  bench.Ask("hop2_distinct", two + " RETURN count(DISTINCT c.id)", starts, column(3));
  bench.Ask("hop3_distinct", three + " RETURN count(DISTINCT d.id)", starts, column(6));
}

void AskLookups(Bench& bench) {
  const Table look = ReadNumbers(bench.data() / "lookups.csv", 1);
  const auto one_row = [](const QueryResult& result, std::size_t) {
    return result.rows.size() == 1;
  };
  bench.Ask("lookup_by_key", "MATCH (a:Entity {id:$id}) RETURN a.name, a.kind", Ids(look), one_row);
  std::vector<Parameters> names;
  Figures figures;
  for (const Parameters& each : Ids(look, 20)) {
    const auto result = bench.Run("MATCH (a:Entity {id:$id}) RETURN a.name", each, figures);
    if (result && result->rows.size() == 1) names.push_back({{"name", result->rows[0][0]}});
  }
  bench.Ask("lookup_by_name_noindex", "MATCH (a:Entity) WHERE a.name = $name RETURN a.id", names,
            one_row);
}

void AskWhole(Bench& bench) {
  const Table top = ReadNumbers(bench.data() / "expected_top10.csv", 2);
  const std::vector<Parameters> ten(10);
  bench.Ask("top10_outdegree",
            "MATCH (a:Entity)-[:LINK]->(b:Entity) RETURN a.id AS id, count(*) AS d "
            "ORDER BY d DESC, id LIMIT 10",
            ten, [&](const QueryResult& result, std::size_t) {
              for (std::size_t i = 0; i < result.rows.size(); ++i) {
                if (i >= top.size() || result.rows[i][0] != Value(top[i][0]) ||
                    result.rows[i][1] != Value(top[i][1])) {
                  return false;
                }
              }
              return result.rows.size() == 10;
            });
  bench.Ask("group_by_kind",
            "MATCH (a:Entity) RETURN a.kind AS kind, count(*) AS n, avg(a.score) AS s "
            "ORDER BY kind",
            ten, [](const QueryResult& result, std::size_t) { return result.rows.size() == 8; });
}

void AskPaths(Bench& bench) {
  const Table pairs = ReadNumbers(bench.data() / "expected_shortest.csv", 3);
  std::vector<Parameters> parameters;
  for (const auto& pair : pairs) {
    parameters.push_back({{"s", Value(pair[0])}, {"t", Value(pair[1])}});
  }
  bench.Ask(
      "shortest_path",
      "MATCH (a:Entity {id:$s}), (b:Entity {id:$t}), p = shortestPath((a)-[:LINK*1..15]->(b)) "
      "RETURN length(p) AS l",
      parameters, [&](const QueryResult& result, std::size_t i) {
        const std::int64_t length = result.rows.empty() ? -1 : result.rows[0][0].as_int();
        return length == pairs[i][2];
      });
}

// Neighbours in order, by hand: what the engine's triangles are compared with.
class PlainGraph {
 public:
  explicit PlainGraph(const std::filesystem::path& file) {
    Table edges = ReadNumbers(file, 2);
    std::int64_t greatest = 0;
    for (const auto& edge : edges) greatest = std::max({greatest, edge[0], edge[1]});
    Fill(edges, 0, static_cast<std::size_t>(greatest) + 1, out_, out_begin_);
    Fill(edges, 1, static_cast<std::size_t>(greatest) + 1, in_, in_begin_);
  }

  // Closed walks a→b→c→a of three different edges.
  std::int64_t Triangles() const {
    std::int64_t count = 0;
    for (std::size_t a = 0; a + 1 < out_begin_.size(); ++a) {
      for (std::size_t at = out_begin_[a]; at < out_begin_[a + 1]; ++at) {
        const std::size_t b = out_[at];
        std::size_t i = out_begin_[b], j = in_begin_[a];
        while (i < out_begin_[b + 1] && j < in_begin_[a + 1]) {
          if (out_[i] == in_[j]) {
            const bool loop = a == b && out_[i] == a;
            count += loop ? 0 : 1;
            ++i;
            ++j;
          } else if (out_[i] < in_[j]) {
            ++i;
          } else {
            ++j;
          }
        }
      }
    }
    return count;
  }

 private:
  static void Fill(Table& edges, std::size_t from, std::size_t nodes,
                   std::vector<std::uint32_t>& ends, std::vector<std::size_t>& begin) {
    std::sort(edges.begin(), edges.end(), [&](const auto& a, const auto& b) {
      return std::pair(a[from], a[1 - from]) < std::pair(b[from], b[1 - from]);
    });
    begin.assign(nodes + 1, 0);
    for (const auto& edge : edges) {
      ++begin[static_cast<std::size_t>(edge[from]) + 1];
      ends.push_back(static_cast<std::uint32_t>(edge[1 - from]));
    }
    for (std::size_t i = 0; i < nodes; ++i) begin[i + 1] += begin[i];
  }

  std::vector<std::uint32_t> out_, in_;
  std::vector<std::size_t> out_begin_, in_begin_;
};

void AskTriangles(Bench& bench) {
  if (!bench.Wanted("triangles")) return;
  std::int64_t expected = 0;
  {
    const PlainGraph plain(bench.data() / "rels.csv");
    Figures figures;
    for (int i = 0; i < 3; ++i) {
      const auto begin = Clock::now();
      expected = plain.Triangles();
      figures.times.push_back(MillisecondsSince(begin));
    }
    bench.Print("triangles_by_hand", figures, "");
  }
  bench.Ask("triangles", "MATCH (a)-[:LINK]->(b)-[:LINK]->(c)-[:LINK]->(a) RETURN count(*)",
            std::vector<Parameters>(3),
            [&](const QueryResult& result, std::size_t) { return IsNumber(result, expected); });
}

std::vector<Parameters> UpsertBatches(std::int64_t nodes, std::uint32_t seed) {
  std::mt19937 random(seed);
  const auto any = [&] {
    return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(nodes));
  };
  std::vector<Parameters> out;
  for (int batch = 0; batch < 7; ++batch) {
    graph::List rows;
    for (std::size_t i = 0; i < kUpsertRows; ++i) {
      rows.emplace_back(graph::Map{{"a", Value(any())}, {"b", Value(any())}});
    }
    out.push_back({{"rows", Value(std::move(rows))}});
  }
  return out;
}

void AskWrites(Bench& bench) {
  const Table look = ReadNumbers(bench.data() / "lookups.csv", 1);
  std::vector<Parameters> updates, creates;
  Figures figures;
  for (const Parameters& each : Ids(look, 300)) {
    Parameters update = each;
    update["x"] = Value(1.5);
    const auto before = bench.Run("MATCH (a:Entity {id:$id}) RETURN a.score", each, figures);
    if (before && before->rows.size() == 1) update["old"] = before->rows[0][0];
    updates.push_back(std::move(update));
  }
  for (std::int64_t i = 0; i < 300; ++i) {
    creates.push_back({{"id", Value(2000000 + i)}, {"n", Value("new" + std::to_string(i))}});
  }
  bench.Write("single_update_tx", "MATCH (a:Entity {id:$id}) SET a.score = $x", updates,
              "MATCH (a:Entity {id:$id}) SET a.score = $old");
  bench.Write("single_create_tx", "CREATE (:Entity {id:$id, name:$n, kind:'Concept', score:0.0})",
              creates, "MATCH (a:Entity {id:$id}) DELETE a");
  // Edges that came with the data have `since`.
  const std::string undo =
      "UNWIND $rows AS r MATCH (a:Entity {id:r.a})-[l:LINK]->(b:Entity {id:r.b}) "
      "WHERE l.since IS NULL WITH DISTINCT l DELETE l";
  bench.Write("upsert_1000",
              "UNWIND $rows AS r MATCH (a:Entity {id:r.a}) MATCH (b:Entity {id:r.b}) "
              "MERGE (a)-[:LINK]->(b)",
              UpsertBatches(1000000, 1), undo);
  bench.Write("upsert_1000_one_match",
              "UNWIND $rows AS r MATCH (a:Entity {id:r.a}), (b:Entity {id:r.b}) "
              "MERGE (a)-[:LINK]->(b)",
              UpsertBatches(1000000, 2), undo);
}

std::uintmax_t BytesBelow(const std::filesystem::path& folder) {
  std::uintmax_t out = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) out += entry.file_size();
  }
  return out;
}

// Kilobytes of memory at most so far.
std::string PeakMemory() {
  std::ifstream in("/proc/self/status");
  for (std::string line; std::getline(in, line);) {
    if (line.rfind("VmHWM:", 0) == 0) return std::to_string(std::atoll(line.c_str() + 6));
  }
  return "0";
}

// The benchmark's graph has no computed elements, so any schema will do.
const graph::Schema& SmallSchema() {
  static const auto schema = graph::Schema::Parse(
      R"({"entity_types": [{"name": "Thing", "label": {"zh": "物", "en": "thing"}}],
          "relation_types": [{"name": "HAS", "from": ["Thing"], "to": ["Thing"],
                              "label": {"zh": "有", "en": "has"}}]})",
      "small schema");
  return *schema;
}

int Run(const std::string& folder, const std::string& data, const std::string& only) {
  const auto begin = Clock::now();
  auto store = graph::Store::Open(folder, graph::OpenMode::kReadWrite, SmallSchema());
  if (!store.ok()) {
    std::cerr << "graph_bench: " << store.error().ToString() << "\n";
    return 1;
  }
  Bench bench(**store, data);
  bench.set_only(only);
  Figures figures;
  bench.Run("MATCH (a:Entity) RETURN count(*)", {}, figures);
  std::cout << "{\"engine\": \"tupu\", \"threads\": 1, \"reopen_first_query_ms\": "
            << MillisecondsSince(begin) << ", \"disk_bytes\": " << BytesBelow(folder);
  AskHops(bench);
  AskLookups(bench);
  AskWhole(bench);
  AskPaths(bench);
  AskTriangles(bench);
  AskWrites(bench);
  std::cout << ",\n \"peak_rss_total_kib\": " << PeakMemory() << "}\n";
  return bench.ok() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  std::string store, data, only;
  bool wrong = false;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--store" && i + 1 < argc) {
      store = argv[++i];
    } else if (argument == "--only" && i + 1 < argc) {
      only = argv[++i];
    } else if (data.empty() && argument.rfind("--", 0) != 0) {
      data = argument;
    } else {
      wrong = true;
    }
  }
  if (wrong || store.empty() || data.empty()) {
    std::cerr << "usage: graph_bench --store STORE DATA [--only PART-OF-A-NAME]\n";
    return 2;
  }
  if (ReadNumbers(std::filesystem::path(data) / "expected_hops.csv", 7).empty()) {
    std::cerr << "graph_bench: " << data << " has no expected_hops.csv\n";
    return 1;
  }
  try {
    return Run(store, data, only);
  } catch (const std::exception& error) {
    std::cerr << "graph_bench: a mistake of ours: " << error.what() << "\n";
    return 1;
  }
}
