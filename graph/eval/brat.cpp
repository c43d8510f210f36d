#include "graph/eval/brat.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include "graph/base/unicode.h"
#include "graph/base/utf8.h"

namespace tupu::graph {
namespace {

constexpr std::size_t kMaxFileName = 240;  // of 255, leaving room for extensions

bool IsBratName(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  });
}

const PropertyDef* FindListedProperty(const Schema& schema, std::string_view type,
                                      const std::string& key) {
  for (const std::string& name : schema.Lineage(type)) {
    for (const PropertyDef& def : schema.FindEntityType(name)->properties) {
      if (def.name == key && !def.values.empty()) return &def;
    }
  }
  return nullptr;
}

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> out;
  while (true) {
    const std::size_t cut = text.find(separator);
    out.push_back(text.substr(0, cut));
    if (cut == std::string_view::npos) return out;
    text.remove_prefix(cut + 1);
  }
}

class BratWriter {
 public:
  BratWriter(const Standoff& standoff, const Schema& schema)
      : in_(standoff), schema_(schema), index_(standoff.text) {}

  std::string Run() {
    for (std::size_t i = 0; i < in_.spans.size(); ++i) {
      const StandoffSpan& span = in_.spans[i];
      WriteSpan(SpanId(i), span);
    }
    for (const auto& group : in_.joined) {
      out_ += "*\tEquiv";
      for (const std::size_t span : group) out_ += " " + SpanId(span);
      out_ += "\n";
    }
    for (std::size_t i = 0; i < in_.arrows.size(); ++i) {
      const StandoffArrow& arrow = in_.arrows[i];
      const std::string id = "R" + std::to_string(i + 1);
      out_ += id + "\t" + arrow.type + " Arg1:" + SpanId(arrow.from) + " Arg2:" + SpanId(arrow.to) +
              "\n";
      WriteNote(id, arrow.note);
    }
    return std::move(out_);
  }

 private:
  static std::string SpanId(std::size_t span) { return "T" + std::to_string(span + 1); }

  void WriteSpan(const std::string& id, const StandoffSpan& span) {
    std::string offsets, text;
    for (const Span fragment : span.fragments) {
      if (!offsets.empty()) {
        offsets += ";";
        text += " ";
      }
      offsets += std::to_string(index_.ToCodePoints(fragment.begin)) + " " +
                 std::to_string(index_.ToCodePoints(fragment.end));
      text += Slice(in_.text, fragment);
    }
    out_ += id + "\t" + span.type + " " + offsets + "\t" + text + "\n";
    Note note;
    for (const auto& [key, value] : span.note) {
      const PropertyDef* def = FindListedProperty(schema_, span.type, key);
      if (def != nullptr && value.kind() == ValueKind::kString && IsListed(*def, value)) {
        out_ += "A" + std::to_string(++attributes_) + "\t" + key + " " + id + " " +
                value.as_string() + "\n";
      } else {
        note.emplace_back(key, value);
      }
    }
    WriteNote(id, note);
  }

  static bool IsListed(const PropertyDef& def, const Value& value) {
    return std::find(def.values.begin(), def.values.end(), value.as_string()) != def.values.end() &&
           value.as_string().find(' ') == std::string::npos;
  }

  void WriteNote(const std::string& id, const Note& note) {
    if (note.empty()) return;
    out_ +=
        "#" + std::to_string(++notes_) + "\tAnnotatorNotes " + id + "\t" + FormatNote(note) + "\n";
  }

  const Standoff& in_;
  const Schema& schema_;
  CodePointIndex index_;
  std::string out_;
  std::size_t attributes_ = 0, notes_ = 0;
};

class BratReader {
 public:
  BratReader(std::string id, std::string text, std::string_view where)
      : where_(where), points_(static_cast<std::uint32_t>(CountCodePoints(text))), index_(text) {
    out_.id = std::move(id);
    out_.text = std::move(text);
  }

  Result<Standoff> Run(std::string_view annotations) {
    // A line may name what comes after it, so spans are read first, notes last.
    using Read = Status (BratReader::*)(std::string_view);
    const std::pair<std::string_view, Read> passes[] = {{"T", &BratReader::ReadSpan},
                                                        {"R", &BratReader::ReadRelation},
                                                        {"*", &BratReader::ReadEquivalence},
                                                        {"AM", &BratReader::ReadAttribute},
                                                        {"#", &BratReader::ReadNote}};
    for (const auto& [letters, read] : passes) {
      line_ = 0;
      for (std::string_view line : Split(annotations, '\n')) {
        ++line_;
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty() || line.front() == 'N') continue;
        if (std::string_view("TR*AM#").find(line.front()) == std::string_view::npos) {
          return Wrong("expected a line that begins with T, R, *, A, M, N or #");
        }
        if (letters.find(line.front()) != std::string_view::npos) TUPU_TRY((this->*read)(line));
      }
    }
    return std::move(out_);
  }

 private:
  Error Wrong(const std::string& what) const {
    return Error{ErrorCode::kInvalidInput, what, std::string(where_) + ":" + std::to_string(line_)};
  }

  static std::optional<std::uint32_t> Number(std::string_view text) {
    std::uint32_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size()) {
      return std::nullopt;
    }
    return number;
  }

  // T1⇥City 0 2;4 6⇥text
  Status ReadSpan(std::string_view line) {
    auto fields = Split(line, '\t');
    // A text may hold tabs of its own.
    const bool whole = fields.size() >= 3;
    if (whole) {
      fields[2] = line.substr(fields[0].size() + fields[1].size() + 2);
    }
    const std::size_t space = whole ? fields[1].find(' ') : std::string_view::npos;
    if (space == std::string_view::npos) {
      return Wrong("expected an id, a type with offsets, and a text, parted by tabs");
    }
    StandoffSpan span{std::string(fields[1].substr(0, space)), {}, {}, std::string(fields[0])};
    std::string text;
    std::uint32_t last = 0;
    for (const std::string_view range : Split(fields[1].substr(space + 1), ';')) {
      const auto ends = Split(range, ' ');
      const auto begin = Number(ends.front());
      const auto end = ends.size() == 2 ? Number(ends.back()) : std::nullopt;
      if (!begin || !end || *begin >= *end || *end > points_ || *begin < last) {
        return Wrong("offsets " + std::string(range) +
                     ": expected a range of code points in order, in a text of " +
                     std::to_string(points_));
      }
      last = *end;
      span.fragments.push_back({index_.ToBytes(*begin), index_.ToBytes(*end)});
      text += (text.empty() ? "" : " ") + std::string(Slice(out_.text, span.fragments.back()));
    }
    // brat writes a space for the line end inside a span.
    std::replace(text.begin(), text.end(), '\n', ' ');
    if (text != fields[2]) {
      return Wrong("there stands “" + text + "”, not “" + std::string(fields[2]) + "”");
    }
    if (!spans_.emplace(fields[0], out_.spans.size()).second) {
      return Wrong("the id " + std::string(fields[0]) + " stands twice");
    }
    out_.spans.push_back(std::move(span));
    return {};
  }

  Result<std::size_t> FindSpan(std::string_view id) const {
    const auto found = spans_.find(id);
    if (found == spans_.end()) return Wrong("no span has the id " + std::string(id));
    return found->second;
  }

  // R1⇥ISSUED Arg1:T1 Arg2:T2
  Status ReadRelation(std::string_view line) {
    const auto fields = Split(line, '\t');
    const auto words = Split(fields.size() > 1 ? fields[1] : "", ' ');
    const std::size_t from = words.size() == 3 ? words[1].find(':') : std::string_view::npos;
    const std::size_t to = words.size() == 3 ? words[2].find(':') : std::string_view::npos;
    if (from == std::string_view::npos || to == std::string_view::npos) {
      return Wrong("expected an id, a tab, and “TYPE Arg1:T1 Arg2:T2”");
    }
    StandoffArrow arrow{std::string(words[0]), 0, 0, {}, std::string(fields[0])};
    TUPU_ASSIGN(arrow.from, FindSpan(words[1].substr(from + 1)));
    TUPU_ASSIGN(arrow.to, FindSpan(words[2].substr(to + 1)));
    if (!arrows_.emplace(fields[0], out_.arrows.size()).second) {
      return Wrong("the id " + std::string(fields[0]) + " stands twice");
    }
    out_.arrows.push_back(std::move(arrow));
    return {};
  }

  // *⇥Equiv T1 T2
  Status ReadEquivalence(std::string_view line) {
    const auto fields = Split(line, '\t');
    const auto words = Split(fields.size() > 1 ? fields[1] : "", ' ');
    if (fields[0] != "*" || words.size() < 3 || words[0] != "Equiv") {
      return Wrong("expected “*”, a tab, and “Equiv T1 T2 …”");
    }
    std::vector<std::size_t> group;
    for (std::size_t i = 1; i < words.size(); ++i) {
      TUPU_ASSIGN(const std::size_t span, FindSpan(words[i]));
      group.push_back(span);
    }
    out_.joined.push_back(std::move(group));
    return {};
  }

  Result<Note*> FindNote(std::string_view id) {
    if (const auto span = spans_.find(id); span != spans_.end()) {
      return &out_.spans[span->second].note;
    }
    const auto arrow = arrows_.find(id);
    if (arrow == arrows_.end()) return Wrong("no annotation has the id " + std::string(id));
    return &out_.arrows[arrow->second].note;
  }

  // A1⇥stage T1 开工
  Status ReadAttribute(std::string_view line) {
    const auto fields = Split(line, '\t');
    const auto words = Split(fields.size() > 1 ? fields[1] : "", ' ');
    if (words.size() != 2 && words.size() != 3) {
      return Wrong("expected an id, a tab, and “NAME ID VALUE”");
    }
    TUPU_ASSIGN(Note * note, FindNote(words[1]));
    note->emplace_back(words[0], words.size() == 3 ? Value(words[2]) : Value(true));
    return {};
  }

  // #1⇥AnnotatorNotes T1⇥title=主任
  Status ReadNote(std::string_view line) {
    const auto fields = Split(line, '\t');
    const auto words = Split(fields.size() > 1 ? fields[1] : "", ' ');
    if (words.size() != 2 || fields.size() != 3) {
      return Wrong("expected an id, “AnnotatorNotes ID” and a text, parted by tabs");
    }
    if (words[0] != "AnnotatorNotes") return {};
    TUPU_ASSIGN(Note * note, FindNote(words[1]));
    for (auto& item : ParseNote(fields[2])) note->push_back(std::move(item));
    return {};
  }

  std::string_view where_;
  std::uint32_t points_;
  CodePointIndex index_;
  std::size_t line_ = 0;
  Standoff out_;
  std::map<std::string, std::size_t, std::less<>> spans_, arrows_;
};

void AppendTypes(std::string& out, const Schema& schema, const std::string& parent,
                 const std::string& indent) {
  for (const EntityTypeDef& type : schema.entity_types()) {
    if (type.parent != parent) continue;
    out += indent + (type.abstract ? "!" : "") + type.name + "\n";
    AppendTypes(out, schema, type.name, indent + "\t");
  }
}

std::string ConcreteTypes(const Schema& schema, const std::vector<std::string>& types) {
  std::string out;
  for (const EntityTypeDef& type : schema.entity_types()) {
    const bool wanted = std::any_of(types.begin(), types.end(), [&](const std::string& ancestor) {
      return schema.IsA(type.name, ancestor);
    });
    if (wanted && !type.abstract) out += (out.empty() ? "" : "|") + type.name;
  }
  return out;
}

}  // namespace

std::string ToBrat(const Standoff& standoff, const Schema& schema) {
  return BratWriter(standoff, schema).Run();
}

Result<std::string> BratConfiguration(const Schema& schema) {
  const auto check = [](const std::string& name) -> Status {
    if (IsBratName(name)) return {};
    return Error{ErrorCode::kSchema,
                 "brat cannot hold the type " + name + "; it takes letters a–z, digits, - and _"};
  };
  std::string out = "[entities]\n", attributes;
  AppendTypes(out, schema, "", "");
  for (const EntityTypeDef& type : schema.entity_types()) {
    TUPU_TRY(check(type.name));
    for (const PropertyDef& property : type.properties) {
      if (property.values.empty()) continue;
      TUPU_TRY(check(property.name));
      attributes += property.name + "\tArg:" + ConcreteTypes(schema, {type.name}) + ", Value:";
      for (const std::string& value : property.values) {
        attributes += (attributes.ends_with(':') ? "" : "|") + value;
      }
      attributes += "\n";
    }
  }
  out += "\n[relations]\n";
  for (const RelationTypeDef& type : schema.relation_types()) {
    TUPU_TRY(check(type.name));
    out += type.name + "\tArg1:" + ConcreteTypes(schema, type.from) +
           ", Arg2:" + ConcreteTypes(schema, type.to) + "\n";
  }
  // Mentions of one entity; and names stand inside names.
  out += "Equiv\tArg1:<ENTITY>, Arg2:<ENTITY>, <REL-TYPE>:symmetric-transitive\n";
  out += "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n";
  return out + "\n[events]\n\n[attributes]\n" + attributes;
}

Result<Standoff> ParseBrat(std::string id, std::string text, std::string_view annotations,
                           std::string_view where) {
  TUPU_TRY(CheckText(text));
  TUPU_TRY(CheckText(annotations));
  return BratReader(std::move(id), std::move(text), where).Run(annotations);
}

Result<std::string> BratFileName(std::string_view id) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  static constexpr std::string_view kReserved = "~/\\:*?\"<>|#%&+ ";
  std::string out;
  for (const char c : id) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f || kReserved.find(c) != std::string_view::npos ||
        (c == '.' && out.empty())) {
      out += {'~', kHex[byte >> 4], kHex[byte & 15]};
    } else {
      out += c;
    }
  }
  if (out.empty() || out.size() > kMaxFileName) {
    return Error{ErrorCode::kInvalidInput,
                 "an id of " + std::to_string(id.size()) + " bytes cannot be a file name",
                 std::string(id.substr(0, 80))};
  }
  return out;
}

std::string BratDocumentId(std::string_view file_name) {
  std::string out;
  for (std::size_t i = 0; i < file_name.size(); ++i) {
    unsigned byte = 0;
    const char* digits = file_name.data() + i + 1;
    if (file_name[i] == '~' && i + 2 < file_name.size()) {
      const auto read = std::from_chars(digits, digits + 2, byte, 16);
      if (read.ec == std::errc() && read.ptr == digits + 2) {
        out += static_cast<char>(byte);
        i += 2;
        continue;
      }
    }
    out += file_name[i];
  }
  return out;
}

}  // namespace tupu::graph
