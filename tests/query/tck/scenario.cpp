#include "tests/query/tck/scenario.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "query/cypher/printer.h"
#include "query/procedures.h"
#include "query/session.h"
#include "tests/query/tck/expected.h"

namespace tupu::query::tck {
namespace {

using graph::Value;

bool Take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

// All that writing can change. The difference of two is the side effects of what lay between.
struct Picture {
  std::set<std::string> nodes, edges, labels, properties;

  static Result<Picture> Take(const graph::View& view) {
    Picture out;
    Status failed;
    const auto add = [&](const std::string& id, const graph::Properties& properties) {
      for (const auto& [name, value] : properties) {
        out.properties.insert(id + "." + name + "=" + PrintValue(value));
      }
    };
    TUPU_TRY(view.ForEachNode(std::nullopt, [&](NodeId id) {
      const auto node = view.Node(id);
      if (!node.ok()) {
        failed = node.error();
        return false;
      }
      out.nodes.insert(std::to_string(id.value));
      out.labels.insert(node->labels.begin(), node->labels.end());
      add("n" + std::to_string(id.value), node->properties);
      return true;
    }));
    TUPU_TRY(view.ForEachEdge(std::nullopt, [&](EdgeId id, TypeId, NodeId, NodeId) {
      const auto edge = view.Edge(id);
      if (!edge.ok()) {
        failed = edge.error();
        return false;
      }
      out.edges.insert(std::to_string(id.value));
      add("e" + std::to_string(id.value), edge->properties);
      return true;
    }));
    if (!failed.ok()) return failed.error();
    return out;
  }

  // "+nodes 1 -labels 2", in one order; what is 0 is left out.
  static std::string Difference(const Picture& before, const Picture& after) {
    std::string out;
    const auto count = [&](const char* name, const std::set<std::string>& a,
                           const std::set<std::string>& b) {
      std::vector<std::string> only;
      std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(only));
      if (!only.empty()) out += std::string(name) + " " + std::to_string(only.size()) + " ";
    };
    count("+nodes", after.nodes, before.nodes);
    count("-nodes", before.nodes, after.nodes);
    count("+relationships", after.edges, before.edges);
    count("-relationships", before.edges, after.edges);
    count("+labels", after.labels, before.labels);
    count("-labels", before.labels, after.labels);
    count("+properties", after.properties, before.properties);
    count("-properties", before.properties, after.properties);
    return out;
  }
};

class Runner {
 public:
  explicit Runner(const Setting& setting)
      : setting_(setting), session_(setting.store, {}, procedures_) {}

  Status Do(const Step& step) {
    std::string_view text = step.text;
    if (text == "an empty graph" || text == "any graph") return {};
    if (Take(text, "the ") && text.ends_with(" graph")) {
      return NamedGraph(std::string(text.substr(0, text.size() - 6)));
    }
    text = step.text;
    if (text.starts_with("having executed")) return SetUp(step.doc_string);
    if (text.starts_with("parameters are")) return SetParameters(step);
    if (Take(text, "there exists a procedure ")) return AddProcedure(text, step);
    if (text.starts_with("executing query") || text.starts_with("executing control query")) {
      return Execute(step.doc_string);
    }
    if (text.starts_with("no side effects")) return SideEffects({});
    if (text.starts_with("the side effects should be")) return SideEffects(step.table);
    if (text.starts_with("the result should be")) return CheckRows(step);
    if (text.find(" should be raised at ") != std::string_view::npos) return CheckError(step.text);
    return Wrong("no such step: " + step.text);
  }

  // An error that no step has asked about.
  Status End() const { return checked_ || !error_ ? Status() : Status(Unexpected()); }

 private:
  static Error Wrong(std::string message) {
    return Error(ErrorCode::kInvalidInput, std::move(message));
  }
  Error Unexpected() const {
    return Wrong("failed: " + std::string(error_->detail) + " " + FormatQueryError(text_, *error_));
  }

  Status SetUp(const std::string& text) {
    const auto result = session_.Run(text, {});
    if (result.ok()) return {};
    return Wrong("set-up failed: " + FormatQueryError(text, result.error()));
  }

  Status NamedGraph(const std::string& name) {
    const std::filesystem::path file = setting_.graphs / name / (name + ".cypher");
    std::ifstream in(file);
    if (!in) return Wrong("there is no " + file.string());
    return SetUp(std::string{std::istreambuf_iterator<char>(in), {}});
  }

  Status SetParameters(const Step& step) {
    for (const Cells& row : step.table) {
      TUPU_ASSIGN(const Expected value, ParseExpected(row.at(1)));
      TUPU_ASSIGN(parameters_[row.at(0)], ToValue(value));
    }
    return {};
  }

  // NAME(in :: TYPE, …) :: (out :: TYPE, …):, and a table of what comes out for what goes in.
  Status AddProcedure(std::string_view text, const Step& step) {
    Procedure procedure;
    procedure.name = text.substr(0, text.find('('));
    const auto fields = [&]() -> Result<std::vector<ProcedureField>> {
      std::vector<ProcedureField> out;
      text.remove_prefix(text.find('(') + 1);
      std::string_view inside = text.substr(0, text.find(')'));
      while (!inside.empty()) {
        std::string_view one = inside.substr(0, inside.find(','));
        inside.remove_prefix(std::min(inside.size(), one.size() + 1));
        while (one.starts_with(' ')) one.remove_prefix(1);
        const std::size_t colons = one.find(" :: ");
        if (colons == std::string_view::npos) return Wrong("no field: " + std::string(one));
        std::string_view type = one.substr(colons + 4);
        if (type.ends_with('?')) type.remove_suffix(1);
        static const std::map<std::string_view, TypeSet> kTypes = {{"STRING", kStringType},
                                                                   {"INTEGER", kIntType},
                                                                   {"FLOAT", kNumberType},
                                                                   {"NUMBER", kNumberType},
                                                                   {"BOOLEAN", kBoolType}};
        const auto found = kTypes.find(type);
        if (found == kTypes.end()) return Wrong("no type: " + std::string(type));
        out.push_back({std::string(one.substr(0, colons)), found->second});
      }
      return out;
    };
    TUPU_ASSIGN(procedure.inputs, fields());
    TUPU_ASSIGN(procedure.outputs, fields());
    std::vector<Row> rows;
    for (std::size_t i = 1; i < step.table.size(); ++i) {
      Row& row = rows.emplace_back();
      for (const std::string& cell : step.table[i]) {
        TUPU_ASSIGN(const Expected value, ParseExpected(cell));
        TUPU_ASSIGN(Value plain, ToValue(value));
        row.push_back(std::move(plain));
      }
    }
    procedure.run = [rows = std::move(rows)](const graph::View&, const Row& arguments,
                                             const std::function<bool(Row)>& visit) -> Status {
      const auto inputs = static_cast<std::ptrdiff_t>(arguments.size());
      for (const Row& row : rows) {
        if (!std::equal(arguments.begin(), arguments.end(), row.begin())) continue;
        if (!visit(Row(row.begin() + inputs, row.end()))) break;
      }
      return {};
    };
    procedures_.Add(std::move(procedure));
    return {};
  }

  Status Execute(const std::string& text) {
    TUPU_TRY(End());
    TUPU_ASSIGN(before_, Picture::Take(setting_.store.Snapshot()));
    text_ = text;
    rows_.clear();
    columns_.clear();
    error_.reset();
    compiled_ = checked_ = false;
    const Status status = session_.Stream(
        text, parameters_,
        [&](const std::vector<std::string>& columns) {
          columns_ = columns;
          compiled_ = true;
        },
        [&](const Row& row) {
          rows_.push_back(row);
          return true;
        });
    if (!status.ok()) error_ = status.error();
    return {};
  }

  Status SideEffects(const std::vector<Cells>& table) {
    TUPU_TRY(End());
    TUPU_ASSIGN(const Picture after, Picture::Take(setting_.store.Snapshot()));
    const std::string found = Picture::Difference(before_, after);
    std::string wanted;
    for (const char* name : {"+nodes", "-nodes", "+relationships", "-relationships", "+labels",
                             "-labels", "+properties", "-properties"}) {
      for (const Cells& row : table) {
        if (row.at(0) == name && row.at(1) != "0") wanted += row[0] + " " + row[1] + " ";
      }
    }
    if (found == wanted) return {};
    return Wrong("side effects: expected " + wanted + "found " + found);
  }

  std::string RowsText() const {
    std::string out;
    const graph::View view = session_.view();
    for (const Row& row : rows_) {
      out += "\n    |";
      for (const Value& value : row) {
        const auto shown = ValueToText(view, value);
        out += " " + (shown.ok() ? *shown : "?") + " |";
      }
    }
    return out;
  }

  Status CheckRows(const Step& step) {
    checked_ = true;
    if (error_) return Unexpected();
    if (step.text.find("should be empty") != std::string::npos) {
      return rows_.empty() ? Status() : Status(Wrong("expected no rows, found" + RowsText()));
    }
    if (step.table.empty()) return Wrong("a result without a table");
    if (step.table[0] != columns_) {
      std::string names;
      for (const std::string& name : columns_) names += " " + name;
      return Wrong("other columns:" + names);
    }
    const bool ordered = step.text.find("in order") != std::string::npos;
    const bool any_list_order = step.text.find("ignoring element order") != std::string::npos;
    std::vector<bool> used(rows_.size(), false);
    if (rows_.size() + 1 != step.table.size()) return Wrong("other rows:" + RowsText());
    for (std::size_t i = 1; i < step.table.size(); ++i) {
      bool found = false;
      for (std::size_t j = ordered ? i - 1 : 0; j < rows_.size() && !found; ++j) {
        if (used[j]) continue;
        TUPU_ASSIGN(found, SameRow(step.table[i], rows_[j], any_list_order));
        used[j] = found;
        if (ordered) break;
      }
      if (!found) return Wrong("row " + std::to_string(i) + " is not there; found" + RowsText());
    }
    return {};
  }

  Result<bool> SameRow(const Cells& cells, const Row& row, bool any_list_order) const {
    const graph::View view = session_.view();
    for (std::size_t i = 0; i < cells.size(); ++i) {
      TUPU_ASSIGN(const Expected expected, ParseExpected(cells[i]));
      TUPU_ASSIGN(const bool same, Matches(view, expected, row[i], any_list_order));
      if (!same) return false;
    }
    return true;
  }

  // "a TypeError should be raised at runtime: InvalidArgumentValue"; * is any detail.
  Status CheckError(std::string_view text) {
    checked_ = true;
    if (!error_) return Wrong("expected: " + std::string(text) + "; it succeeded" + RowsText());
    if (!Take(text, "a ")) Take(text, "an ");
    const std::string type(text.substr(0, text.find(' ')));
    const bool compile = text.find("at compile time") != std::string_view::npos;
    const bool any_time = text.find("at any time") != std::string_view::npos;
    const std::string detail(text.substr(text.rfind(": ") + 2));
    const std::string_view found = error_->detail;
    const bool right =
        detail == "*" ? found.starts_with(type + ":") : found == type + ": " + detail;
    if (!right) return Wrong("expected " + type + ": " + detail + "; " + Unexpected().message);
    if (!any_time && compile == compiled_) {
      return Wrong(std::string("the error came at ") + (compiled_ ? "runtime" : "compile time"));
    }
    return {};
  }

  const Setting& setting_;
  Procedures procedures_ = BuiltInProcedures();
  Session session_;
  Parameters parameters_;
  Picture before_;
  std::string text_;
  std::vector<std::string> columns_;
  std::vector<Row> rows_;
  std::optional<Error> error_;
  bool compiled_ = false;  // the query got as far as running
  bool checked_ = true;    // a step has looked at the error
};

}  // namespace

std::optional<std::string> Run(const Scenario& scenario, const Setting& setting) {
  Runner runner(setting);
  for (const Step& step : scenario.steps) {
    if (const Status status = runner.Do(step); !status.ok()) return status.error().message;
  }
  if (const Status status = runner.End(); !status.ok()) return status.error().message;
  return std::nullopt;
}

}  // namespace tupu::query::tck
