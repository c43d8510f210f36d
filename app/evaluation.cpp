#include "app/evaluation.h"

#include <cstdio>

#include "app/table.h"
#include "graph/model/value.h"

namespace tupu::app {
namespace {

using graph::Evaluation;
using graph::Interval;
using graph::ScoreRow;

std::string Format(const char* format, double number) {
  char text[32];
  std::snprintf(text, sizeof text, format, number);
  return text;
}

std::string WithInterval(double figure, const Interval& interval) {
  return Format("%.3f", figure) + " [" + Format("%.3f", interval.low) + ", " +
         Format("%.3f", interval.high) + "]";
}

void AddRow(TableWriter& table, const std::string& name, const ScoreRow& row) {
  const graph::Matches& count = row.count;
  table.Row({name, WithInterval(count.precision(), row.precision),
             WithInterval(count.recall(), row.recall), WithInterval(count.f1(), row.f1),
             std::to_string(count.tp), std::to_string(count.fp), std::to_string(count.fn)},
            {false, false, false, false, true, true, true});
}

void AppendFigure(std::string& out, const char* name, double figure, const Interval& interval) {
  out += "\"" + std::string(name) + "\":" + Format("%.4f", figure) + ",\"" + name +
         "_interval\":[" + Format("%.4f", interval.low) + "," + Format("%.4f", interval.high) +
         "],";
}

std::string RowJson(const ScoreRow& row) {
  std::string out = "{";
  AppendFigure(out, "precision", row.count.precision(), row.precision);
  AppendFigure(out, "recall", row.count.recall(), row.recall);
  AppendFigure(out, "f1", row.count.f1(), row.f1);
  return out + "\"tp\":" + std::to_string(row.count.tp) +
         ",\"fp\":" + std::to_string(row.count.fp) + ",\"fn\":" + std::to_string(row.count.fn) +
         "}";
}

std::string RowsJson(const std::map<std::string, ScoreRow>& rows) {
  std::string out = "{";
  for (const auto& [type, row] : rows) {
    if (out.size() > 1) out += ',';
    graph::AppendJsonString(out, type);
    out += ":" + RowJson(row);
  }
  return out + "}";
}

// What would break a line of the table of errors becomes a space.
std::string Cell(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  return out;
}

}  // namespace

std::string EvaluationText(const Evaluation& evaluation) {
  std::string out = "documents " + std::to_string(evaluation.documents) + ", without output " +
                    std::to_string(evaluation.missing_documents.size()) + "\n";
  TableWriter table({}, [&](std::string_view text) {
    out += text;
    return true;
  });
  table.Columns({"", "precision", "recall", "F1", "tp", "fp", "fn"});
  AddRow(table, "entities", evaluation.entity);
  AddRow(table, "entities of any type", evaluation.entity_any_type);
  AddRow(table, "relations", evaluation.relation);
  AddRow(table, "ISSUED, TARGETS, INVESTS", evaluation.core);
  for (const auto& [type, row] : evaluation.entity_by_type) AddRow(table, type, row);
  for (const auto& [type, row] : evaluation.relation_by_type) AddRow(table, type, row);
  table.Finish();
  out += "in brackets: 95 % intervals\n";
  if (evaluation.properties.empty()) return out;
  out += "properties right in matched relations:";
  for (const auto& [name, share] : evaluation.properties) {
    out += " " + name + " " + std::to_string(share.right) + "/" + std::to_string(share.of);
  }
  return out + "\n";
}

std::string EvaluationJson(const Evaluation& evaluation) {
  std::string out = "{\"documents\":" + std::to_string(evaluation.documents);
  out += ",\"missing_documents\":[";
  for (const std::string& id : evaluation.missing_documents) {
    if (out.back() != '[') out += ',';
    graph::AppendJsonString(out, id);
  }
  out += "],\"entity\":" + RowJson(evaluation.entity);
  out += ",\"entity_any_type\":" + RowJson(evaluation.entity_any_type);
  out += ",\"relation\":" + RowJson(evaluation.relation);
  out += ",\"core\":" + RowJson(evaluation.core);
  out += ",\"entity_by_type\":" + RowsJson(evaluation.entity_by_type);
  out += ",\"relation_by_type\":" + RowsJson(evaluation.relation_by_type);
  out += ",\"props\":{";
  for (const auto& [name, share] : evaluation.properties) {
    if (out.back() != '{') out += ',';
    graph::AppendJsonString(out, name);
    out +=
        ":{\"right\":" + std::to_string(share.right) + ",\"of\":" + std::to_string(share.of) + "}";
  }
  return out + "}}";
}

std::string ErrorsText(const std::vector<graph::DocumentScore>& scores) {
  std::string out = "document\tkind\terror\ttype\tforms\tsentence\n";
  for (const graph::DocumentScore& score : scores) {
    for (const graph::ScoringError& error : score.errors) {
      out += Cell(score.id);
      out += error.relation ? "\trelation" : "\tentity";
      out += error.missed ? "\tmissed\t" : "\tspurious\t";
      out += Cell(error.type) + "\t";
      for (std::size_t i = 0; i < error.forms.size(); ++i) {
        if (i > 0) out += error.relation ? " -> " : " | ";
        out += Cell(error.forms[i]);
      }
      out += "\t" + Cell(error.sentence) + "\n";
    }
  }
  return out;
}

}  // namespace tupu::app
