#include "graph/eval/standoff.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <tuple>

#include "graph/base/utf8.h"
#include "graph/eval/score.h"

namespace tupu::graph {
namespace {

constexpr std::string_view kName = "name";
constexpr std::string_view kAlias = "alias";
constexpr std::string_view kPart = "part";
constexpr std::string_view kHomonym = "homonym";

struct NameForms {
  std::string name;
  std::vector<std::string> aliases;  // sorted
};

// What an entity is called whose spans have these texts, in the order of the document.
NameForms ChooseName(const std::vector<std::string>& forms, const std::vector<std::string>& added,
                     std::string name) {
  std::size_t longest = 0;
  if (name.empty()) {
    for (const std::string& form : forms) {
      const std::size_t length = CountCodePoints(form);
      if (length > longest) name = form;
      longest = std::max(longest, length);
    }
  }
  std::set<std::string> others(forms.begin(), forms.end());
  others.insert(added.begin(), added.end());
  others.erase(name);
  return {std::move(name), {others.begin(), others.end()}};
}

// Amounts in another currency than yuan are written with it: "USD 3000000".
void AppendProperties(Note& note, const Properties& properties) {
  const auto currency = properties.find("currency");
  for (const auto& [key, value] : properties) {
    if (key == "currency") continue;
    if (key == "amount" && currency != properties.end()) {
      note.emplace_back(key, currency->second.as_string() + " " + ToJson(value));
    } else {
      note.emplace_back(key, value);
    }
  }
}

class Exporter {
 public:
  Exporter(const Document& doc, const Claims& claims) : doc_(doc), claims_(claims) {
    out_.id = doc.id;
    if (!doc.title.empty()) {
      out_.text = doc.title + "\n";
      shift_ = static_cast<std::uint32_t>(out_.text.size());
    }
    out_.text += doc.text;
  }

  Standoff Run() {
    for (std::uint32_t i = 0; i < claims_.entities.size(); ++i) AddSpans(i);
    MarkHomonyms();
    for (const LocalRelation& relation : claims_.relations) {
      if (relation.status == ClaimStatus::kDenied) continue;
      StandoffArrow arrow{relation.type,
                          span_at_.at({relation.from, relation.from_mention}),
                          span_at_.at({relation.to, relation.to_mention}),
                          {},
                          {}};
      AppendProperties(arrow.note, relation.properties);
      out_.arrows.push_back(std::move(arrow));
    }
    return std::move(out_);
  }

 private:
  Span Shifted(FieldSpan at) const {
    const std::uint32_t by = at.field == Field::kText ? shift_ : 0;
    return {at.span.begin + by, at.span.end + by};
  }

  // The parts of a span between line ends, since tools that read by lines allow none inside.
  std::vector<Span> Fragments(Span span) const {
    std::vector<Span> out;
    std::uint32_t begin = span.begin;
    for (std::uint32_t pos = span.begin; pos < span.end;) {
      const CodePoint c = DecodeAt(out_.text, pos);
      if (EndsLine(c.value)) {
        if (begin < pos) out.push_back({begin, pos});
        begin = pos + c.size;
      }
      pos += c.size;
    }
    if (begin < span.end) out.push_back({begin, span.end});
    return out;
  }

  void AddSpans(std::uint32_t number) {
    const LocalEntity& entity = claims_.entities[number];
    std::vector<std::size_t> group;
    std::vector<std::string> forms;
    std::set<std::pair<std::string, std::string>> places;
    std::vector<const Mention*> mentions;
    for (const Mention& mention : entity.mentions) mentions.push_back(&mention);
    std::sort(mentions.begin(), mentions.end(),
              [&](const Mention* a, const Mention* b) { return Shifted(a->at) < Shifted(b->at); });
    for (const Mention* mention : mentions) {
      StandoffSpan span{entity.type, Fragments(Shifted(mention->at)), {}, {}};
      if (!span_at_.emplace(std::pair(number, mention->at), out_.spans.size()).second) continue;
      forms.push_back(graph::TextOf(out_, span));
      group.push_back(out_.spans.size());
      keys_[{entity.type, FoldForm(forms.back())}].insert(number);
      out_.spans.push_back(std::move(span));
    }
    WriteName(entity, group, forms);
    groups_.push_back(group);
    if (group.size() > 1) out_.joined.push_back(std::move(group));
  }

  // What the spans alone would not tell.
  void WriteName(const LocalEntity& entity, const std::vector<std::size_t>& group,
                 std::vector<std::string>& forms) {
    const auto is_form = [&](const std::string& form) {
      return form == entity.name ||
             std::find(entity.aliases.begin(), entity.aliases.end(), form) != entity.aliases.end();
    };
    for (std::size_t i = 0; i < group.size(); ++i) {
      if (!is_form(forms[i])) out_.spans[group[i]].note.emplace_back(kPart, true);
    }
    std::erase_if(forms, [&](const std::string& form) { return !is_form(form); });
    Note& note = out_.spans[group.front()].note;
    if (ChooseName(forms, {}, {}).name != entity.name) note.emplace_back(kName, entity.name);
    for (const std::string& alias : entity.aliases) {
      if (std::find(forms.begin(), forms.end(), alias) == forms.end()) {
        note.emplace_back(kAlias, alias);
      }
    }
    AppendProperties(note, entity.properties);
  }

  // Entities of which a span equals one of another are numbered, on every span.
  void MarkHomonyms() {
    std::set<std::uint32_t> marked;
    for (const auto& [key, entities] : keys_) {
      if (entities.size() > 1) marked.insert(entities.begin(), entities.end());
    }
    std::int64_t number = 0;
    for (const std::uint32_t entity : marked) {
      ++number;
      for (const std::size_t span : groups_[entity]) {
        out_.spans[span].note.emplace_back(kHomonym, number);
      }
    }
  }

  const Document& doc_;
  const Claims& claims_;
  Standoff out_;
  std::uint32_t shift_ = 0;
  std::map<std::pair<std::uint32_t, FieldSpan>, std::size_t> span_at_;  // by entity and mention
  std::map<std::pair<std::string, std::string>, std::set<std::uint32_t>> keys_;
  std::vector<std::vector<std::size_t>> groups_;  // of each entity
};

class Importer {
 public:
  Importer(const Standoff& standoff, std::string_view where, const Schema* schema)
      : in_(standoff), where_(where), schema_(schema), root_(standoff.spans.size()) {
    std::iota(root_.begin(), root_.end(), std::size_t{0});
  }

  Result<AnnotatedDocument> Run() {
    TUPU_TRY(Join());
    doc_.id = in_.id;
    doc_.text = in_.text;
    MakeEntities();
    TUPU_TRY(MakeRelations());
    return std::move(doc_);
  }

 private:
  Error Wrong(const std::string& place, const std::string& what) const {
    return Error{ErrorCode::kInvalidInput, (place.empty() ? "" : place + ": ") + what,
                 std::string(where_)};
  }

  std::size_t Root(std::size_t i) {
    while (root_[i] != i) i = root_[i] = root_[root_[i]];
    return i;
  }
  void Unite(std::size_t a, std::size_t b) {
    a = Root(a);
    b = Root(b);
    root_[std::max(a, b)] = std::min(a, b);
  }

  Status Join() {
    std::map<std::tuple<std::string, std::string, std::string>, std::size_t> first;
    for (std::size_t i = 0; i < in_.spans.size(); ++i) {
      const StandoffSpan& span = in_.spans[i];
      if (schema_ != nullptr) {
        const EntityTypeDef* type = schema_->FindEntityType(span.type);
        if (type == nullptr || type->abstract) {
          return Wrong(span.place, "the schema has no type " + span.type + " of entity");
        }
      }
      std::string homonym;
      for (const auto& [key, value] : span.note) {
        if (key == kHomonym) homonym = ToJson(value);
      }
      const auto [place, fresh] =
          first.try_emplace({span.type, FoldForm(graph::TextOf(in_, span)), homonym}, i);
      if (!fresh) Unite(place->second, i);
    }
    for (const auto& group : in_.joined) {
      for (const std::size_t span : group) {
        const StandoffSpan &a = in_.spans[group.front()], &b = in_.spans[span];
        if (a.type != b.type) {
          return Wrong(b.place, "joined with " + a.place + ", but one is a " + a.type +
                                    " and the other a " + b.type);
        }
        Unite(group.front(), span);
      }
    }
    return {};
  }

  void MakeEntities() {
    std::vector<std::size_t> order(in_.spans.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return in_.spans[a].fragments < in_.spans[b].fragments;
    });
    std::vector<std::vector<std::size_t>> groups;
    std::map<std::size_t, std::size_t> group_of_root;
    entity_of_.resize(in_.spans.size());
    for (const std::size_t span : order) {
      const auto [place, fresh] = group_of_root.try_emplace(Root(span), groups.size());
      if (fresh) groups.emplace_back();
      groups[place->second].push_back(span);
      entity_of_[span] = place->second;
    }
    for (const auto& group : groups) AddEntity(group);
  }

  void AddEntity(const std::vector<std::size_t>& group) {
    AnnotatedEntity entity;
    entity.id = "e" + std::to_string(doc_.entities.size() + 1);
    entity.type = in_.spans[group.front()].type;
    std::vector<std::string> forms, added;
    std::string name;
    for (const std::size_t span : group) {
      bool part = false;
      for (const auto& [key, value] : in_.spans[span].note) {
        if (key == kPart) {
          part = true;
        } else if (key == kName) {
          name = Text(value);
        } else if (key == kAlias) {
          added.push_back(Text(value));
        } else if (key != kHomonym) {
          entity.properties[key] = value;
        }
      }
      if (!part) forms.push_back(graph::TextOf(in_, in_.spans[span]));
    }
    if (forms.empty() && name.empty())
      forms.push_back(graph::TextOf(in_, in_.spans[group.front()]));
    NameForms chosen = ChooseName(forms, added, std::move(name));
    entity.name = std::move(chosen.name);
    entity.aliases = std::move(chosen.aliases);
    doc_.entities.push_back(std::move(entity));
  }

  static std::string Text(const Value& value) {
    return value.kind() == ValueKind::kString ? value.as_string() : ToJson(value);
  }

  Status MakeRelations() {
    for (const StandoffArrow& arrow : in_.arrows) {
      if (schema_ != nullptr && schema_->FindRelationType(arrow.type) == nullptr) {
        return Wrong(arrow.place, "the schema has no type " + arrow.type + " of relation");
      }
      AnnotatedRelation relation{
          arrow.type, entity_of_[arrow.from], entity_of_[arrow.to], {}, Evidence(arrow)};
      for (const auto& [key, value] : arrow.note) relation.properties[key] = value;
      // Drawn between other mentions of the same two, it says nothing new.
      const bool again = std::any_of(
          doc_.relations.begin(), doc_.relations.end(), [&](const AnnotatedRelation& other) {
            return std::tie(other.type, other.from, other.to, other.properties) ==
                   std::tie(relation.type, relation.from, relation.to, relation.properties);
          });
      if (!again) doc_.relations.push_back(std::move(relation));
    }
    return {};
  }

  std::string Evidence(const StandoffArrow& arrow) const {
    const std::vector<Span>*first = &in_.spans[arrow.from].fragments,
          *last = &in_.spans[arrow.to].fragments;
    if (*last < *first) std::swap(first, last);
    const std::string_view text = in_.text;
    const std::uint32_t begin = first->front().begin, end = last->back().end;
    for (std::uint32_t pos = begin; pos < end;) {
      const CodePoint c = DecodeAt(text, pos);
      if (EndsLine(c.value)) return std::string(SentenceAround(text, last->front().begin, end));
      pos += c.size;
    }
    return std::string(SentenceAround(text, begin, std::max(end, first->back().end)));
  }

  const Standoff& in_;
  std::string_view where_;
  const Schema* schema_;
  std::vector<std::size_t> root_;
  std::vector<std::size_t> entity_of_;  // of each span
  AnnotatedDocument doc_;
};

// A number or truth value as JSON writes it.
std::optional<Value> ParseLiteral(std::string_view text) {
  if (text == "true" || text == "false") return Value(text == "true");
  if (text == "null") return Value();
  const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
  if (digits.empty() || digits.front() < '0' || digits.front() > '9') return std::nullopt;
  const char *begin = text.data(), *end = begin + text.size();
  std::int64_t whole = 0;
  if (const auto read = std::from_chars(begin, end, whole);
      read.ec == std::errc() && read.ptr == end) {
    return Value(whole);
  }
  double number = 0;
  const auto read = std::from_chars(begin, end, number);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return Value(number);
}

std::string_view Trim(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

void AddItem(Note& note, std::string_view item) {
  const std::size_t equals = item.find('=');
  if (equals == std::string_view::npos) return;
  const std::string_view key = Trim(item.substr(0, equals)), value = Trim(item.substr(equals + 1));
  if (key.empty() || key.find(' ') != std::string_view::npos) return;
  if (const auto literal = ParseLiteral(value)) {
    note.emplace_back(key, *literal);
  } else if (value.size() >= 2 && value.starts_with('"') && value.ends_with('"')) {
    note.emplace_back(key, value.substr(1, value.size() - 2));
  } else {
    note.emplace_back(key, value);
  }
}

}  // namespace

bool EndsLine(char32_t c) {
  return (c >= U'\n' && c <= U'\r') || (c >= 0x1c && c <= 0x1e) || c == 0x85 || c == 0x2028 ||
         c == 0x2029;
}

std::string TextOf(const Standoff& standoff, const StandoffSpan& span) {
  std::string out;
  for (const Span fragment : span.fragments) out += Slice(standoff.text, fragment);
  return out;
}

Standoff ToStandoff(const Document& doc, const Claims& claims) {
  return Exporter(doc, claims).Run();
}

Result<AnnotatedDocument> FromStandoff(const Standoff& standoff, std::string_view where,
                                       const Schema* schema) {
  return Importer(standoff, where, schema).Run();
}

std::string FormatNote(const Note& note) {
  std::string out;
  for (const auto& [key, value] : note) {
    if (!out.empty()) out += "; ";
    out += key + "=";
    if (value.kind() != ValueKind::kString) {
      out += ToJson(value);
      continue;
    }
    const std::string& text = value.as_string();
    const bool quoted =
        ParseLiteral(text).has_value() || Trim(text) != text || text.starts_with('"');
    if (quoted) out += '"';
    for (std::size_t pos = 0; pos < text.size();) {
      const CodePoint c = DecodeAt(text, pos);
      if (c.value == U'\\' || c.value == U';') out += '\\';
      if (EndsLine(c.value) || c.value == U'\t') {
        out += c.value == U'\t' ? "\\t" : "\\n";
      } else {
        out.append(text, pos, c.size);
      }
      pos += c.size;
    }
    if (quoted) out += '"';
  }
  return out;
}

Note ParseNote(std::string_view text) {
  Note note;
  std::string item;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == ';') {
      AddItem(note, item);
      item.clear();
    } else if (c == '\\' && i + 1 < text.size()) {
      const char next = text[++i];
      item += next == 'n' ? '\n' : next == 't' ? '\t' : next;
    } else {
      item += c;
    }
  }
  AddItem(note, item);
  return note;
}

}  // namespace tupu::graph
