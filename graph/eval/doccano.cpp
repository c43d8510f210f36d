#include "graph/eval/doccano.h"

#include <map>

#include "graph/base/utf8.h"
#include "graph/eval/json_input.h"

namespace tupu::graph {
namespace {

constexpr const char* kEquiv = "Equiv";

// How notes name what they belong to: the places of spans, and a relation's type.
std::string KeyOf(const std::string& type, const Json& spans) { return type + spans.dump(); }

class DoccanoWriter {
 public:
  explicit DoccanoWriter(const Standoff& standoff) : in_(standoff), index_(standoff.text) {}

  std::string Run() {
    Json entities = Json::array(), relations = Json::array();
    for (std::size_t i = 0; i < in_.spans.size(); ++i) {
      const StandoffSpan& span = in_.spans[i];
      const Json place = Place(span);
      entities.push_back(
          {{"id", i}, {"label", span.type}, {"start_offset", place[0]}, {"end_offset", place[1]}});
      AddNote("", Json::array({place}), span.note);
    }
    const auto relate = [&](const std::string& type, std::size_t from, std::size_t to) {
      relations.push_back(
          {{"id", relations.size()}, {"type", type}, {"from_id", from}, {"to_id", to}});
    };
    for (const StandoffArrow& arrow : in_.arrows) {
      relate(arrow.type, arrow.from, arrow.to);
      AddNote(arrow.type, Json::array({Place(in_.spans[arrow.from]), Place(in_.spans[arrow.to])}),
              arrow.note);
    }
    for (const auto& group : in_.joined) {
      for (std::size_t i = 1; i < group.size(); ++i) relate(kEquiv, group[0], group[i]);
    }
    return Json{{"document_id", in_.id},
                {"text", in_.text},
                {"entities", entities},
                {"relations", relations},
                {"notes", Notes()}}
        .dump();
  }

 private:
  // doccano's spans have no fragments: from the first to the last.
  Json Place(const StandoffSpan& span) const {
    return Json::array({index_.ToCodePoints(span.fragments.front().begin),
                        index_.ToCodePoints(span.fragments.back().end), span.type});
  }

  void AddNote(const std::string& type, Json spans, const Note& note) {
    Json one = {{"spans", std::move(spans)}, {"note", FormatNote(note)}};
    if (!type.empty()) one["type"] = type;
    notes_[KeyOf(type, one["spans"])].push_back(std::move(one));
  }

  // Several at one place are told apart by their order, so then the empty ones count too.
  Json Notes() const {
    Json out = Json::array();
    for (const auto& [key, notes] : notes_) {
      for (const Json& one : notes) {
        if (notes.size() > 1 || one["note"] != "") out.push_back(one);
      }
    }
    return out;
  }

  const Standoff& in_;
  CodePointIndex index_;
  std::map<std::string, std::vector<Json>> notes_;  // by KeyOf
};

class DoccanoReader {
 public:
  explicit DoccanoReader(const JsonObject& top) : top_(top) {}

  Result<Standoff> Run() {
    TUPU_ASSIGN(out_.id, top_.TextOrNumber(top_.Find("document_id") ? "document_id" : "id"));
    TUPU_ASSIGN(out_.text, top_.Text("text"));
    TUPU_TRY(ReadSpans());
    TUPU_TRY(ReadRelations());
    TUPU_TRY(ReadNotes());
    return std::move(out_);
  }

 private:
  Status ReadSpans() {
    const CodePointIndex index(out_.text);
    const std::size_t points = CountCodePoints(out_.text);
    TUPU_ASSIGN(const auto objects, top_.Objects("entities", true));
    for (const JsonObject& object : objects) {
      TUPU_ASSIGN(const std::uint64_t id, object.Number("id"));
      TUPU_ASSIGN(const std::uint64_t begin, object.Number("start_offset"));
      TUPU_ASSIGN(const std::uint64_t end, object.Number("end_offset"));
      TUPU_ASSIGN(std::string label, object.Text("label"));
      if (begin >= end || end > points) {
        return object.Wrong("", "offsets " + std::to_string(begin) + " to " + std::to_string(end) +
                                    ": expected a range of code points in a text of " +
                                    std::to_string(points));
      }
      if (!spans_.emplace(id, out_.spans.size()).second) {
        return object.Wrong("id", "stands twice: " + std::to_string(id));
      }
      places_.push_back(Json::array({begin, end, label}));
      notes_of_[KeyOf("", Json::array({places_.back()}))].push_back({false, out_.spans.size()});
      const Span span{index.ToBytes(static_cast<std::uint32_t>(begin)),
                      index.ToBytes(static_cast<std::uint32_t>(end))};
      out_.spans.push_back({std::move(label), {span}, {}, object.place()});
    }
    return {};
  }

  Result<std::size_t> FindSpan(const JsonObject& object, const char* key) const {
    TUPU_ASSIGN(const std::uint64_t id, object.Number(key));
    const auto found = spans_.find(id);
    if (found == spans_.end()) {
      return object.Wrong(key, "no entity has the id " + std::to_string(id));
    }
    return found->second;
  }

  Status ReadRelations() {
    TUPU_ASSIGN(const auto objects, top_.Objects("relations", false));
    for (const JsonObject& object : objects) {
      StandoffArrow arrow;
      TUPU_ASSIGN(arrow.type, object.Text("type"));
      TUPU_ASSIGN(arrow.from, FindSpan(object, "from_id"));
      TUPU_ASSIGN(arrow.to, FindSpan(object, "to_id"));
      arrow.place = object.place();
      if (arrow.type == kEquiv) {
        out_.joined.push_back({arrow.from, arrow.to});
        continue;
      }
      notes_of_[KeyOf(arrow.type, Json::array({places_[arrow.from], places_[arrow.to]}))].push_back(
          {true, out_.arrows.size()});
      out_.arrows.push_back(std::move(arrow));
    }
    return {};
  }

  // Two things at one place take their notes in the order in which both were written.
  Status ReadNotes() {
    TUPU_ASSIGN(const auto objects, top_.Objects("notes", false));
    std::map<std::string, std::size_t> taken;
    for (const JsonObject& object : objects) {
      TUPU_ASSIGN(const std::string type, object.TextOr("type", ""));
      TUPU_ASSIGN(const std::string note, object.TextOr("note", ""));
      const Json* spans = object.Find("spans");
      if (spans == nullptr) return object.Wrong("spans", "missing; expected a list of places");
      const std::string key = KeyOf(type, *spans);
      const auto found = notes_of_.find(key);
      if (found == notes_of_.end()) continue;
      std::size_t& next = taken[key];
      if (next == found->second.size()) continue;
      const auto [is_arrow, place] = found->second[next++];
      (is_arrow ? out_.arrows[place].note : out_.spans[place].note) = ParseNote(note);
    }
    return {};
  }

  const JsonObject& top_;
  Standoff out_;
  std::map<std::uint64_t, std::size_t> spans_;                                 // by id
  std::vector<Json> places_;                                                   // of each span
  std::map<std::string, std::vector<std::pair<bool, std::size_t>>> notes_of_;  // arrow?, its index
};

}  // namespace

std::string ToDoccano(const Standoff& standoff) { return DoccanoWriter(standoff).Run(); }

Result<Standoff> ParseDoccano(std::string_view json, std::string_view where) {
  TUPU_ASSIGN(const Json parsed, ParseJson(json, where));
  TUPU_ASSIGN(const JsonObject top, JsonObject::At(parsed, "", where));
  return DoccanoReader(top).Run();
}

bool IsDoccano(std::string_view json) {
  const auto parsed = ParseJson(json, "");
  if (!parsed.ok() || !parsed->is_object()) return false;
  if (parsed->contains("document_id")) return true;
  const auto entities = parsed->find("entities");
  return entities != parsed->end() && entities->is_array() && !entities->empty() &&
         entities->front().is_object() && entities->front().contains("start_offset");
}

}  // namespace tupu::graph
