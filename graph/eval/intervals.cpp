// Counts over many documents, and how far chance may have moved them.
#include <algorithm>
#include <functional>

#include "graph/eval/score.h"

namespace tupu::graph {
namespace {

constexpr std::size_t kResamples = 1000;
constexpr std::uint64_t kSeed = 20260225;
constexpr double kTail = 0.025;

// SplitMix64 (Steele, Lea and Flood, 2014): the same everywhere, unlike the library's
// distributions.
class Generator {
 public:
  explicit Generator(std::uint64_t seed) : state_(seed) {}
  std::uint64_t Next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  // Below `limit`, which is far below 2^32: the bias cannot be seen.
  std::size_t Below(std::size_t limit) {
    return static_cast<std::size_t>(((Next() >> 32) * limit) >> 32);
  }

 private:
  std::uint64_t state_;
};

using Draws = std::vector<std::vector<std::uint32_t>>;  // a resample: how often each document

Draws Resample(std::size_t documents) {
  Generator generator(kSeed);
  Draws draws(kResamples, std::vector<std::uint32_t>(documents));
  for (auto& draw : draws) {
    for (std::size_t i = 0; i < documents; ++i) ++draw[generator.Below(documents)];
  }
  return draws;
}

Interval Middle(std::vector<double>& figures) {
  std::sort(figures.begin(), figures.end());
  const auto cut = static_cast<std::size_t>(kTail * static_cast<double>(figures.size()));
  return {figures[cut], figures[figures.size() - 1 - cut]};
}

using CountOf = std::function<Matches(const DocumentScore&)>;

ScoreRow MakeRow(const std::vector<DocumentScore>& scores, const Draws& draws,
                 const CountOf& count_of) {
  ScoreRow row;
  std::vector<Matches> counts;
  for (const DocumentScore& score : scores) {
    counts.push_back(count_of(score));
    row.count += counts.back();
  }
  std::vector<double> precision, recall, f1;
  for (const auto& draw : draws) {
    Matches sum;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      sum += {draw[i] * counts[i].tp, draw[i] * counts[i].fp, draw[i] * counts[i].fn};
    }
    precision.push_back(sum.precision());
    recall.push_back(sum.recall());
    f1.push_back(sum.f1());
  }
  row.precision = Middle(precision);
  row.recall = Middle(recall);
  row.f1 = Middle(f1);
  return row;
}

using ByType = std::map<std::string, Matches> DocumentScore::*;

std::map<std::string, ScoreRow> MakeRows(const std::vector<DocumentScore>& scores,
                                         const Draws& draws, ByType by_type) {
  std::map<std::string, ScoreRow> rows;
  for (const DocumentScore& score : scores) {
    for (const auto& [type, count] : score.*by_type) rows[type];
  }
  for (auto& [type, row] : rows) {
    row = MakeRow(scores, draws, [&, &wanted = type](const DocumentScore& score) {
      const auto found = (score.*by_type).find(wanted);
      return found == (score.*by_type).end() ? Matches{} : found->second;
    });
  }
  return rows;
}

double Ratio(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

double Matches::precision() const { return Ratio(tp, tp + fp); }
double Matches::recall() const { return Ratio(tp, tp + fn); }
double Matches::f1() const {
  const double p = precision(), r = recall();
  return p + r > 0 ? 2 * p * r / (p + r) : 0.0;
}

Matches& Matches::operator+=(const Matches& other) {
  tp += other.tp;
  fp += other.fp;
  fn += other.fn;
  return *this;
}

Evaluation Evaluate(const std::vector<DocumentScore>& scores) {
  Evaluation out;
  out.documents = scores.size();
  const Draws draws = Resample(scores.size());
  out.entity = MakeRow(scores, draws, [](const auto& score) { return score.entity; });
  out.entity_any_type =
      MakeRow(scores, draws, [](const auto& score) { return score.entity_any_type; });
  out.relation = MakeRow(scores, draws, [](const auto& score) { return score.relation; });
  out.core = MakeRow(scores, draws, [](const auto& score) { return score.core; });
  out.entity_by_type = MakeRows(scores, draws, &DocumentScore::entity_by_type);
  out.relation_by_type = MakeRows(scores, draws, &DocumentScore::relation_by_type);
  for (const DocumentScore& score : scores) {
    if (score.missing) out.missing_documents.push_back(score.id);
    for (const auto& [name, share] : score.properties) {
      out.properties[name].right += share.right;
      out.properties[name].of += share.of;
    }
  }
  return out;
}

}  // namespace tupu::graph
