#include "extract/external/claims_reader.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "extract/facts/entity_key.h"
#include "graph/base/unicode.h"
#include "graph/base/utf8.h"
#include "graph/model/date.h"

namespace tupu::extract {
namespace {

using Json = nlohmann::json;
using graph::Claims;
using graph::FieldSpan;
using graph::LocalEntity;
using graph::LocalRelation;
using graph::Mention;

constexpr std::size_t kClaimsReaderMaxItems = 20'000;  // entities of an answer, and relations
constexpr std::size_t kMaxFoundPlaces = 200;           // of a form that came without places

// A JSON value with the path that leads to it.
class Node {
 public:
  Node(const Json& json, std::string path) : json_(&json), path_(std::move(path)) {}

  Error Wrong(const std::string& expected) const {
    return {ErrorCode::kInvalidInput,
            "at " + (path_.empty() ? "/" : path_) + ": expected " + expected};
  }
  bool Has(const char* key) const { return json_->is_object() && json_->contains(key); }
  // `key` must be there.
  Node At(const char* key) const { return {(*json_)[key], path_ + "/" + key}; }

  Result<std::string> Text(const char* key, bool needed) const {
    if (!Has(key)) {
      if (needed) return Wrong(std::string("an object with \"") + key + "\"");
      return std::string();
    }
    const Json& value = (*json_)[key];
    if (!value.is_string()) return At(key).Wrong("a text");
    std::string text = value.get<std::string>();
    if (needed && text.empty()) return At(key).Wrong("a text that is not empty");
    return text;
  }

  // The elements of a list; none where `key` is not there.
  Result<std::vector<Node>> List(const char* key) const {
    std::vector<Node> out;
    if (!Has(key)) return out;
    const Json& list = (*json_)[key];
    if (!list.is_array()) return At(key).Wrong("a list");
    for (std::size_t i = 0; i < list.size(); ++i) {
      out.emplace_back(list[i], path_ + "/" + key + "/" + std::to_string(i));
    }
    return out;
  }

  Result<double> Confidence() const {
    if (!Has("confidence")) return 1.0;
    const Json& value = (*json_)["confidence"];
    const bool good = value.is_number() && value.get<double>() > 0 && value.get<double>() <= 1;
    if (!good) return At("confidence").Wrong("a number above 0 and at most 1");
    return value.get<double>();
  }

  const Json& json() const { return *json_; }

 private:
  const Json* json_;
  std::string path_;
};

class Reader {
 public:
  Reader(const graph::Document& doc, const graph::Schema& schema, const std::string& rule,
         Claims& claims)
      : doc_(doc),
        schema_(schema),
        rule_(rule),
        claims_(claims),
        text_(doc.text),
        title_(doc.title) {
    for (std::uint32_t i = 0; i < claims_.entities.size(); ++i) Register(claims_.entities[i], i);
    for (std::size_t i = 0; i < claims_.relations.size(); ++i) {
      relations_.try_emplace(KeyOfRelation(claims_.relations[i]), i);
    }
  }

  Status Run(const Json& json) {
    const Node root(json, "");
    TUPU_ASSIGN(const std::string id, root.Text("id", true));
    if (id != doc_.id) return root.At("id").Wrong("\"" + doc_.id + "\", the document's id");
    TUPU_ASSIGN(const std::vector<Node> entities, root.List("entities"));
    TUPU_ASSIGN(const std::vector<Node> relations, root.List("relations"));
    for (const std::vector<Node>* list : {&entities, &relations}) {
      if (list->size() <= kClaimsReaderMaxItems) continue;
      return Error(ErrorCode::kLimit, "the answer has " + std::to_string(list->size()) +
                                          " items in one list; expected at most " +
                                          std::to_string(kClaimsReaderMaxItems));
    }
    for (const Node& node : entities) TUPU_TRY(AddEntity(node));
    for (const Node& node : relations) TUPU_TRY(AddRelation(node));
    // Only now is known what tells homonyms apart.
    for (LocalEntity& ent : claims_.entities) {
      if (ent.rule == rule_) ent.key = KeyOf(ent, claims_, schema_);
    }
    return {};
  }

 private:
  Status AddEntity(const Node& node) {
    LocalEntity ent;
    TUPU_ASSIGN(const std::string id, node.Text("id", true));
    if (numbers_.count(id) != 0) return node.At("id").Wrong("an id of its own");
    TUPU_ASSIGN(ent.type, node.Text("type", true));
    const graph::EntityTypeDef* type = schema_.FindEntityType(ent.type);
    if (type == nullptr || type->abstract)
      return node.At("type").Wrong("an entity type of the schema");
    TUPU_ASSIGN(ent.name, node.Text("name", true));
    if (!CheckText(ent.name).ok()) return node.At("name").Wrong("a text without controls");
    TUPU_ASSIGN(const std::vector<Node> aliases, node.List("aliases"));
    for (const Node& alias : aliases) {
      if (!alias.json().is_string()) return alias.Wrong("a text");
      ent.aliases.push_back(alias.json().get<std::string>());
      if (!CheckText(ent.aliases.back()).ok()) return alias.Wrong("a text without controls");
    }
    TUPU_ASSIGN(ent.properties, ReadProperties(node, type->properties));
    TUPU_ASSIGN(ent.confidence, node.Confidence());
    TUPU_TRY(ReadMentions(node, ent));
    ent.canonical_name = ent.name;
    ent.rule = rule_;
    if (FoldName(ent.name).empty()) return node.At("name").Wrong("a name with letters");
    numbers_.emplace(id, Join(std::move(ent)));
    return {};
  }

  // The number of the entity, which may be a built-in one.
  std::uint32_t Join(LocalEntity ent) {
    for (const std::string& form : Forms(ent)) {
      const auto found = by_form_.find({std::string(schema_.KeyType(ent.type)), form});
      if (found == by_form_.end()) continue;
      const std::uint32_t number = found->second;
      Register(ent, number);
      LocalEntity& known = claims_.entities[number];
      known.aliases.push_back(ent.name);
      known.aliases.insert(known.aliases.end(), ent.aliases.begin(), ent.aliases.end());
      known.mentions.insert(known.mentions.end(), ent.mentions.begin(), ent.mentions.end());
      known.properties.insert(ent.properties.begin(), ent.properties.end());
      return number;
    }
    const auto number = static_cast<std::uint32_t>(claims_.entities.size());
    Register(ent, number);
    claims_.entities.push_back(std::move(ent));
    return number;
  }

  static std::vector<std::string> Forms(const LocalEntity& ent) {
    std::vector<std::string> folded{FoldName(ent.name)};
    for (const std::string& alias : ent.aliases) folded.push_back(FoldName(alias));
    return folded;
  }

  // Of entities that share a form the first has it.
  void Register(const LocalEntity& ent, std::uint32_t number) {
    for (std::string& form : Forms(ent)) {
      by_form_.try_emplace({std::string(schema_.KeyType(ent.type)), std::move(form)}, number);
    }
  }

  Result<graph::Properties> ReadProperties(const Node& node,
                                           const std::vector<graph::PropertyDef>& defs) const {
    graph::Properties out;
    if (!node.Has("props")) return out;
    const Node props = node.At("props");
    if (!props.json().is_object()) return props.Wrong("an object");
    for (const auto& [name, value] : props.json().items()) {
      const auto def = std::find_if(defs.begin(), defs.end(),
                                    [&, &key = name](const auto& one) { return one.name == key; });
      const Node at(value, "");
      if (def == defs.end()) return props.Wrong("properties of the schema, found \"" + name + "\"");
      const bool number = def->kind == "number" || def->kind == "amount";
      if (number && value.is_number_integer() && Fits(value)) {
        out[name] = value.template get<std::int64_t>();
      } else if (number && value.is_number()) {
        out[name] = value.template get<double>();
      } else if (value.is_string() && def->kind == "amount") {
        TUPU_TRY(ReadAmount(props, name, value.template get<std::string>(), out));
      } else if (value.is_string() && !number && IsOf(*def, value.template get<std::string>())) {
        out[name] = value.template get<std::string>();
      } else {
        return props.Wrong("\"" + name + "\" of kind " + def->kind + Among(def->values));
      }
    }
    return out;
  }

  static bool Fits(const Json& whole) {
    return !whole.is_number_unsigned() || whole.get<std::uint64_t>() <= INT64_MAX;
  }

  // Whether a text is a value of a property that holds texts.
  static bool IsOf(const graph::PropertyDef& def, const std::string& text) {
    if (text.empty() || !CheckText(text).ok()) return false;
    if (def.kind == "date" && !graph::ParseDate(text)) return false;
    return def.values.empty() ||
           std::find(def.values.begin(), def.values.end(), text) != def.values.end();
  }

  static std::string Among(const std::vector<std::string>& values) {
    std::string out;
    for (const std::string& value : values) out += (out.empty() ? ", one of " : ", ") + value;
    return out;
  }

  // "USD 3000000"
  static Status ReadAmount(const Node& props, const std::string& name, const std::string& text,
                           graph::Properties& out) {
    const bool shaped = text.size() > 4 && text[3] == ' ';
    char* end = nullptr;
    const double value = shaped ? std::strtod(text.c_str() + 4, &end) : 0;
    if (!shaped || *end != '\0')
      return props.Wrong("\"" + name + "\" such as 5000 or \"USD 5000\"");
    out[name] = value;
    out["currency"] = text.substr(0, 3);
    return {};
  }

  Status ReadMentions(const Node& node, LocalEntity& ent) const {
    TUPU_ASSIGN(const std::vector<Node> places, node.List("mentions"));
    for (const Node& place : places) {
      TUPU_ASSIGN(const FieldSpan at, ReadPlace(place));
      const std::optional<std::uint32_t> article = ArticleOf(at);
      if (!article) return place.Wrong("a place within an article of the page");
      ent.mentions.push_back({at, {}, *article});
    }
    if (places.empty()) {
      Find(ent.name, ent);
      for (const std::string& alias : ent.aliases) Find(alias, ent);
    }
    if (ent.mentions.empty()) return node.At("name").Wrong("a name that stands in the text");
    return {};
  }

  // Where a form stands in the articles' bodies.
  void Find(const std::string& form, LocalEntity& ent) const {
    if (form.empty()) return;
    std::size_t found = 0;
    for (std::size_t at = doc_.text.find(form); at != std::string::npos && found < kMaxFoundPlaces;
         at = doc_.text.find(form, at + form.size())) {
      const FieldSpan place{
          graph::Field::kText,
          {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + form.size())}};
      if (const std::optional<std::uint32_t> article = ArticleOf(place)) {
        ent.mentions.push_back({place, {}, *article});
        ++found;
      }
    }
  }

  Result<FieldSpan> ReadPlace(const Node& node) const {
    TUPU_ASSIGN(const std::string field, node.Text("field", false));
    if (!field.empty() && field != "text" && field != "title") {
      return node.At("field").Wrong("\"text\" or \"title\"");
    }
    FieldSpan at;
    at.field = field == "title" ? graph::Field::kTitle : graph::Field::kText;
    const CodePointIndex& index = at.field == graph::Field::kText ? text_ : title_;
    const std::string& whole = TextOf(doc_, at.field);
    std::uint32_t ends[2] = {0, 0};
    for (int i = 0; i < 2; ++i) {
      const char* key = i == 0 ? "start" : "end";
      const bool whole_number = node.Has(key) && node.json()[key].is_number_unsigned();
      const std::uint64_t value = whole_number ? node.json()[key].get<std::uint64_t>() : 0;
      if (!whole_number || value > index.ToCodePoints(static_cast<std::uint32_t>(whole.size()))) {
        return node.Wrong(std::string("\"") + key + "\", a place within the " +
                          (at.field == graph::Field::kText ? "text" : "title") + " in code points");
      }
      ends[i] = index.ToBytes(static_cast<std::uint32_t>(value));
    }
    if (ends[0] >= ends[1]) return node.Wrong("\"start\" before \"end\"");
    at.span = {ends[0], ends[1]};
    return at;
  }

  // The article whose body or title holds the place.
  std::optional<std::uint32_t> ArticleOf(FieldSpan at) const {
    for (const graph::Article& article : claims_.articles) {
      const bool body = at.field == graph::Field::kText && article.body.Contains(at.span);
      const bool title = article.title.field == at.field && article.title.span.Contains(at.span);
      if (body || title) return article.number;
    }
    return std::nullopt;
  }

  Status AddRelation(const Node& node) {
    LocalRelation rel;
    TUPU_ASSIGN(rel.type, node.Text("type", true));
    const graph::RelationTypeDef* type = schema_.FindRelationType(rel.type);
    if (type == nullptr) return node.At("type").Wrong("a relation type of the schema");
    for (const auto& [key, end] :
         {std::pair<const char*, std::uint32_t*>{"from", &rel.from}, {"to", &rel.to}}) {
      TUPU_ASSIGN(const std::string id, node.Text(key, true));
      const auto found = numbers_.find(id);
      if (found == numbers_.end()) return node.At(key).Wrong("the id of an entity of this line");
      *end = found->second;
    }
    if (rel.from == rel.to) return node.At("to").Wrong("another entity than \"from\"");
    const std::string& from = claims_.entities[rel.from].type;
    const std::string& to = claims_.entities[rel.to].type;
    if (!schema_.Allows(rel.type, from, to)) {
      return node.Wrong("ends that " + rel.type + " allows, found " + from + " and " + to);
    }
    TUPU_ASSIGN(rel.properties, ReadProperties(node, type->properties));
    TUPU_ASSIGN(rel.confidence, node.Confidence());
    TUPU_TRY(ReadStatus(node, rel));
    TUPU_TRY(ReadEvidence(node, rel));
    rel.rule = rule_;
    AddOrMerge(std::move(rel));
    return {};
  }

  // Of two claims of one relation the surer stands, as among the built-in ones, and takes from the
  // other what it lacks.
  void AddOrMerge(LocalRelation rel) {
    const auto [at, fresh] = relations_.try_emplace(KeyOfRelation(rel), claims_.relations.size());
    if (fresh) {
      claims_.relations.push_back(std::move(rel));
      return;
    }
    LocalRelation& kept = claims_.relations[at->second];
    if (std::tuple(rel.confidence, rel.status) > std::tuple(kept.confidence, kept.status)) {
      std::swap(kept, rel);
    }
    // A sum of money comes with its currency or not at all.
    if (kept.properties.count("amount") > 0) rel.properties.erase("currency");
    kept.properties.merge(rel.properties);
  }

  // Type, ends, and the title where the schema counts by it.
  using RelationKey = std::tuple<std::string, std::uint32_t, std::uint32_t, std::string>;
  RelationKey KeyOfRelation(const LocalRelation& rel) const {
    const graph::RelationTypeDef* type = schema_.FindRelationType(rel.type);
    const auto title = rel.properties.find("title");
    const bool by_title = type != nullptr && type->one_per_title && title != rel.properties.end();
    return {rel.type, rel.from, rel.to, by_title ? title->second.as_string() : std::string()};
  }

  static Status ReadStatus(const Node& node, LocalRelation& rel) {
    TUPU_ASSIGN(const std::string status, node.Text("status", false));
    if (status.empty()) return {};
    for (const graph::ClaimStatus one : {graph::ClaimStatus::kDenied, graph::ClaimStatus::kProposed,
                                         graph::ClaimStatus::kPlanned, graph::ClaimStatus::kDone}) {
      if (ClaimStatusName(one) != status) continue;
      rel.status = one;
      return {};
    }
    return node.At("status").Wrong("done, planned, proposed or denied");
  }

  // The first place where the evidence stands with a mention of both ends in its article.
  Status ReadEvidence(const Node& node, LocalRelation& rel) const {
    if (node.Has("evidence_at")) {
      TUPU_ASSIGN(const FieldSpan at, ReadPlace(node.At("evidence_at")));
      if (Stands(at, rel)) return {};
      return node.At("evidence_at").Wrong("a place in an article that mentions both ends");
    }
    TUPU_ASSIGN(const std::string evidence, node.Text("evidence", true));
    for (std::size_t at = doc_.text.find(evidence); at != std::string::npos;
         at = doc_.text.find(evidence, at + evidence.size())) {
      const FieldSpan place{
          graph::Field::kText,
          {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + evidence.size())}};
      if (Stands(place, rel)) return {};
    }
    return node.At("evidence")
        .Wrong("a sentence that stands verbatim in an article that mentions both ends");
  }

  bool Stands(FieldSpan at, LocalRelation& rel) const {
    const std::optional<std::uint32_t> article = ArticleOf(at);
    if (!article) return false;
    const Mention* from = MentionFor(rel.from, at, *article);
    const Mention* to = MentionFor(rel.to, at, *article);
    if (from == nullptr || to == nullptr) return false;
    rel.evidence = {at, {}, *article};
    rel.from_mention = from->at;
    rel.to_mention = to->at;
    return true;
  }

  // A mention within the evidence, else the first of its article.
  const Mention* MentionFor(std::uint32_t entity, FieldSpan at, std::uint32_t article) const {
    const Mention* other = nullptr;
    for (const Mention& mention : claims_.entities[entity].mentions) {
      if (mention.article != article) continue;
      if (mention.at.field == at.field && at.span.Contains(mention.at.span)) return &mention;
      if (other == nullptr) other = &mention;
    }
    return other;
  }

  const graph::Document& doc_;
  const graph::Schema& schema_;
  const std::string& rule_;
  Claims& claims_;
  CodePointIndex text_, title_;
  std::map<std::string, std::uint32_t> numbers_;                          // ids of the line
  std::map<std::pair<std::string, std::string>, std::uint32_t> by_form_;  // by key type, folded
  std::map<RelationKey, std::size_t> relations_;
};

}  // namespace

Status AddClaims(const graph::Document& doc, const graph::Schema& schema, std::string_view line,
                 const std::string& rule, graph::Claims& claims) {
  if (FindInvalidUtf8(line) != std::string_view::npos) {
    return Error(ErrorCode::kInvalidInput, "the answer is not UTF-8");
  }
  const Json json = Json::parse(line, nullptr, false);
  if (json.is_discarded() || !json.is_object()) {
    return Error(ErrorCode::kInvalidInput,
                 "expected a JSON object in one line, found: " + std::string(line.substr(0, 80)));
  }
  graph::Claims extended = claims;
  TUPU_TRY(Reader(doc, schema, rule, extended).Run(json));
  claims = std::move(extended);
  return {};
}

}  // namespace tupu::extract
