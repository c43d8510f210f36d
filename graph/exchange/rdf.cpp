// RDF as Turtle, N-Triples or JSON-LD, all from the same triples.
//
// Entities have the schema's type and its public class (rdf_class), schema:name and
// schema:alternateName. A relation is a triple of our own vocabulary and, under its own name, an
// rdf:Statement with its properties and the document that it was derived from (PROV-O), with the
// sentence. Subjects come in the order documents, entities, relations, each by id.
#include <array>
#include <string_view>
#include <utility>

#include "graph/exchange/formats.h"

namespace tupu::graph {
namespace {

struct Namespace {
  std::string_view prefix;
  std::string_view iri;
};
// The first that fits gives an IRI its short form.
constexpr std::array kNamespaces{
    Namespace{"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
    Namespace{"xsd", "http://www.w3.org/2001/XMLSchema#"},
    Namespace{"prov", "http://www.w3.org/ns/prov#"},
    Namespace{"schema", "https://schema.org/"},
    Namespace{"tupu", "urn:tupu:vocabulary:"},
};

std::string Iri(std::string_view prefix, std::string_view name) {
  for (const Namespace& one : kNamespaces) {
    if (one.prefix == prefix) return std::string(one.iri) + std::string(name);
  }
  ThrowInternal("contract", "a known prefix", __FILE__, __LINE__);
}

// What an IRI cannot hold, and what would end one, as RFC 3987 escapes it; other scripts stay.
std::string Escaped(std::string_view text) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  static constexpr std::string_view kBad = "<>\"{}|^`\\%#?/:@ ";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte == 0x7F || kBad.find(c) != std::string_view::npos) {
      out += std::string("%") + kHex[byte >> 4] + kHex[byte & 15];
    } else {
      out += c;
    }
  }
  return out;
}

struct Term {
  std::string value;
  std::string datatype;  // of a literal; "@zh" stands for the language; empty: an IRI
};

Term IriTerm(std::string iri) { return {std::move(iri), ""}; }
Term Chinese(std::string text) { return {std::move(text), "@zh"}; }
Term Text(std::string text) { return {std::move(text), Iri("xsd", "string")}; }
Term Typed(std::string text, std::string_view type) { return {std::move(text), Iri("xsd", type)}; }

Term DateTerm(const std::string& date) {
  if (date.size() == 4) return Typed(date, "gYear");
  if (date.size() == 7) return Typed(date, "gYearMonth");
  return Typed(date, date.size() == 10 ? "date" : "string");
}

// XML's times have seconds, and no names of zones: the offset says the same moment.
Term TimeTerm(Temporal value) {
  value.zone = {};
  std::string text = ToString(value);
  const std::size_t hour = HasDate(value.kind) ? text.find('T') + 1 : 0;
  const std::size_t seconds = hour + 5;  // behind hh:mm
  if (seconds >= text.size() || text[seconds] != ':') text.insert(seconds, ":00");
  return Typed(std::move(text), HasDate(value.kind) ? "dateTime" : "time");
}

Term ValueTerm(const Value& value, std::string_view kind) {
  switch (value.kind()) {
    case ValueKind::kInt:
      return Typed(ToJson(value), "integer");
    case ValueKind::kDouble:
      return Typed(ToJson(value), "double");
    case ValueKind::kBool:
      return Typed(ToJson(value), "boolean");
    case ValueKind::kString:
      return kind == "date" ? DateTerm(value.as_string()) : Text(value.as_string());
    case ValueKind::kDate:
      return Typed(ToString(value.as_temporal()), "date");
    case ValueKind::kDuration:
      return Text(ToString(value.as_duration()));  // XML's durations have one sign only
    case ValueKind::kDateTime:
    case ValueKind::kLocalDateTime:
    case ValueKind::kTime:
    case ValueKind::kLocalTime:
      return TimeTerm(value.as_temporal());
    default:
      return Text(ToJson(value));
  }
}

struct Description {
  std::string subject;
  std::vector<std::pair<std::string, Term>> facts;  // predicate and object

  void Add(std::string_view prefix, std::string_view name, Term object) {
    facts.emplace_back(Iri(prefix, name), std::move(object));
  }
};

std::string_view KindOf(const std::vector<PropertyDef>& defs, const std::string& name) {
  for (const PropertyDef& def : defs) {
    if (def.name == name) return def.kind;
  }
  return {};
}

void AddProperties(Description& out, const Properties& properties,
                   const std::vector<PropertyDef>& defs) {
  for (const auto& [name, value] : properties) {
    if (!value.is_null()) {
      out.Add("tupu", Escaped(name), ValueTerm(value, KindOf(defs, name)));
    }
  }
}

std::string EntityIri(const std::string& id) { return "urn:tupu:entity:" + Escaped(id); }
std::string DocumentIri(const std::string& id) { return "urn:tupu:document:" + Escaped(id); }

Description Describe(const DocumentHeader& header) {
  Description out{DocumentIri(header.id), {}};
  out.Add("rdf", "type", IriTerm(Iri("schema", "NewsArticle")));
  out.Add("rdf", "type", IriTerm(Iri("prov", "Entity")));
  out.Add("schema", "identifier", Text(header.id));
  if (!header.title.empty()) out.Add("schema", "headline", Chinese(header.title));
  if (!header.source.empty()) out.Add("schema", "publisher", Chinese(header.source));
  if (!header.url.empty()) out.Add("schema", "url", Text(header.url));
  if (!header.date.empty()) out.Add("schema", "datePublished", DateTerm(header.date));
  return out;
}

Description Describe(const Schema& schema, const EntityRow& row) {
  Description out{EntityIri(row.id), {}};
  const EntityTypeDef* type = schema.FindEntityType(row.type);
  out.Add("rdf", "type", IriTerm(Iri("tupu", Escaped(row.type))));
  if (type != nullptr && !type->rdf_class.empty()) {
    out.Add("rdf", "type", IriTerm(type->rdf_class));
  }
  if (!row.name.empty()) out.Add("schema", "name", Chinese(row.name));
  for (const std::string& alias : row.aliases) {
    out.Add("schema", "alternateName", Chinese(alias));
  }
  AddProperties(out, row.properties,
                type == nullptr ? std::vector<PropertyDef>() : type->properties);
  return out;
}

// The plain triple, and the statement of it.
std::array<Description, 2> Describe(const Schema& schema, const RelationRow& row) {
  const std::string predicate = Iri("tupu", Escaped(row.type));
  const std::string from = EntityIri(row.from.id);
  Description plain{from, {}};
  plain.facts.emplace_back(predicate, IriTerm(EntityIri(row.to.id)));
  Description out{"urn:tupu:relation:" + Escaped(row.id), {}};
  out.Add("rdf", "type", IriTerm(Iri("rdf", "Statement")));
  out.Add("rdf", "subject", IriTerm(from));
  out.Add("rdf", "predicate", IriTerm(predicate));
  out.Add("rdf", "object", IriTerm(EntityIri(row.to.id)));
  const RelationTypeDef* type = schema.FindRelationType(row.type);
  AddProperties(out, row.properties,
                type == nullptr ? std::vector<PropertyDef>() : type->properties);
  if (!row.status.empty()) out.Add("tupu", "status", Text(row.status));
  if (row.evidence) {
    out.Add("prov", "wasDerivedFrom", IriTerm(DocumentIri(row.evidence->document)));
    out.Add("prov", "value", Chinese(row.evidence->sentence));
    out.Add("tupu", "rule", Text(row.evidence->rule));
    out.Add("tupu", "confidence", Typed(DoubleToString(row.evidence->confidence), "double"));
  }
  return {std::move(plain), std::move(out)};
}

// A literal's text between quotes, for N-Triples and Turtle.
std::string QuotedLiteral(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default: {
        static constexpr std::string_view kHex = "0123456789ABCDEF";
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7F) {
          out += std::string("\\u00") + kHex[byte >> 4] + kHex[byte & 15];
        } else {
          out += c;
        }
      }
    }
  }
  return out + "\"";
}

// prefix:name where the rest is plain letters and digits, else empty.
std::string Short(std::string_view iri) {
  for (const Namespace& one : kNamespaces) {
    if (!iri.starts_with(one.iri)) continue;
    const std::string_view name = iri.substr(one.iri.size());
    const bool plain = !name.empty() && name.find_first_not_of(
                                            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                            "0123456789_") == std::string_view::npos;
    if (plain) return std::string(one.prefix) + ":" + std::string(name);
  }
  return {};
}

class Writer {
 public:
  virtual ~Writer() = default;
  virtual std::string Head() const { return {}; }
  virtual std::string Block(const Description& description) const = 0;
  virtual std::string Between() const { return {}; }
  virtual std::string Tail() const { return {}; }
};

class NtriplesWriter : public Writer {
 public:
  std::string Block(const Description& description) const override {
    std::string out;
    for (const auto& [predicate, object] : description.facts) {
      out += "<" + description.subject + "> <" + predicate + "> " + Object(object) + " .\n";
    }
    return out;
  }

 private:
  static std::string Object(const Term& term) {
    if (term.datatype.empty()) return "<" + term.value + ">";
    if (term.datatype.starts_with("@")) return QuotedLiteral(term.value) + term.datatype;
    if (term.datatype == Iri("xsd", "string")) return QuotedLiteral(term.value);
    return QuotedLiteral(term.value) + "^^<" + term.datatype + ">";
  }
};

class TurtleWriter : public Writer {
 public:
  std::string Head() const override {
    std::string out;
    for (const Namespace& one : kNamespaces) {
      out += "@prefix " + std::string(one.prefix) + ": <" + std::string(one.iri) + "> .\n";
    }
    return out + "\n";
  }
  std::string Block(const Description& description) const override {
    std::string out = "<" + description.subject + ">";
    std::string last;
    for (const auto& [predicate, object] : description.facts) {
      if (predicate == last) {
        out += " ,";
      } else {
        if (!last.empty()) out += " ;\n   ";
        out += " " + (predicate == Iri("rdf", "type") ? std::string("a") : Resource(predicate));
        last = predicate;
      }
      out += " " + Object(object);
    }
    return out + " .\n";
  }

 private:
  static std::string Resource(const std::string& iri) {
    const std::string name = Short(iri);
    return name.empty() ? "<" + iri + ">" : name;
  }
  static std::string Object(const Term& term) {
    if (term.datatype.empty()) return Resource(term.value);
    if (term.datatype.starts_with("@")) return QuotedLiteral(term.value) + term.datatype;
    if (term.datatype == Iri("xsd", "string")) return QuotedLiteral(term.value);
    return QuotedLiteral(term.value) + "^^" + Resource(term.datatype);
  }
};

class JsonldWriter : public Writer {
 public:
  std::string Head() const override {
    Map context;
    for (const Namespace& one : kNamespaces) context[std::string(one.prefix)] = Value(one.iri);
    return "{\"@context\":" + ToJson(Value(std::move(context))) + ",\"@graph\":[\n";
  }
  std::string Block(const Description& description) const override {
    std::map<std::string, List> facts;
    for (const auto& [predicate, object] : description.facts) {
      if (predicate == Iri("rdf", "type")) {
        facts["@type"].emplace_back(Compact(object.value));
      } else {
        facts[Compact(predicate)].push_back(Object(object));
      }
    }
    Map out{{"@id", description.subject}};
    for (auto& [name, values] : facts) {
      out[name] = values.size() == 1 ? values.front() : Value(std::move(values));
    }
    return ToJson(Value(std::move(out)));
  }
  std::string Between() const override { return ",\n"; }
  std::string Tail() const override { return "\n]}\n"; }

 private:
  static std::string Compact(const std::string& iri) {
    std::string name = Short(iri);
    return name.empty() ? iri : name;
  }
  static Value Object(const Term& term) {
    if (term.datatype.empty()) return Map{{"@id", term.value}};
    if (term.datatype == "@zh") return Map{{"@value", term.value}, {"@language", "zh"}};
    if (term.datatype == Iri("xsd", "string")) return Value(term.value);
    return Map{{"@value", term.value}, {"@type", Compact(term.datatype)}};
  }
};

std::unique_ptr<Writer> MakeWriter(ExportFormat format) {
  if (format == ExportFormat::kTurtle) return std::make_unique<TurtleWriter>();
  if (format == ExportFormat::kJsonld) return std::make_unique<JsonldWriter>();
  return std::make_unique<NtriplesWriter>();
}

}  // namespace

Status ExportRdf(Rows& rows, ExportFormat format, const ExportSink& sink) {
  const std::unique_ptr<Writer> writer = MakeWriter(format);
  const std::string head = writer->Head();
  if (!head.empty() && !sink("", head)) return {};
  bool first = true;
  const Rows::Write write = [&](std::string_view text) {
    const std::string between = first ? std::string() : writer->Between();
    first = false;
    return (between.empty() || sink("", between)) && sink("", text);
  };

  bool wanted = true;
  TUPU_TRY(rows.view().ForEachDocument([&](const DocumentHeader& header) {
    wanted = write(writer->Block(Describe(header)));
    return wanted;
  }));
  if (!wanted) return {};
  TUPU_ASSIGN(wanted,
              rows.EntityLines(
                  [&](const EntityRow& row) { return writer->Block(Describe(rows.schema(), row)); },
                  write));
  if (!wanted) return {};
  TUPU_ASSIGN(wanted, rows.RelationLines(
                          true,
                          [&](const RelationRow& row) {
                            const auto [plain, stmt] = Describe(rows.schema(), row);
                            return writer->Block(plain) + writer->Between() + writer->Block(stmt);
                          },
                          write));
  const std::string tail = writer->Tail();
  if (wanted && !tail.empty()) sink("", tail);
  return {};
}

}  // namespace tupu::graph
