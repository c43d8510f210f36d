// One line of `tupu extract`, written by hand so that keys come in the order of GUIDELINES.
#include "extract/extractor.h"
#include "graph/base/utf8.h"
#include "graph/model/value.h"

namespace tupu::extract {
namespace {

class Writer {
 public:
  Writer(const graph::Document& doc, const graph::Claims& claims)
      : doc_(doc), claims_(claims), text_(doc.text), title_(doc.title) {}

  std::string Run(bool with_text) {
    out_ = "{";
    Member("id", claims_.document_id, true);
    Member("title", claims_.title);
    Member("date", claims_.date);
    if (claims_.date_inferred) out_ += ",\"date_inferred\":true";
    Entities();
    Relations();
    Articles();
    if (with_text) Member("text", doc_.text);
    out_ += "}";
    return std::move(out_);
  }

 private:
  void Key(std::string_view key, bool first = false) {
    if (!first) out_ += ",";
    graph::AppendJsonString(out_, key);
    out_ += ":";
  }

  void Member(std::string_view key, std::string_view value, bool first = false) {
    Key(key, first);
    graph::AppendJsonString(out_, value);
  }

  void Place(graph::FieldSpan at) {
    const CodePointIndex& index = at.field == graph::Field::kText ? text_ : title_;
    Member("field", at.field == graph::Field::kText ? "text" : "title", true);
    out_ += ",\"start\":" + std::to_string(index.ToCodePoints(at.span.begin));
    out_ += ",\"end\":" + std::to_string(index.ToCodePoints(at.span.end));
  }

  // An amount in another currency than yuan is written with it: "USD 3000000".
  void Properties(const graph::Properties& properties) {
    out_ += ",\"props\":{";
    bool first = true;
    const auto currency = properties.find("currency");
    for (const auto& [key, value] : properties) {
      if (key == "currency") continue;
      Key(key, first);
      first = false;
      if (key == "amount" && currency != properties.end()) {
        graph::AppendJsonString(out_, currency->second.as_string() + " " + ToJson(value));
      } else {
        out_ += ToJson(value);
      }
    }
    out_ += "}";
  }

  void Entities() {
    out_ += ",\"entities\":[";
    for (std::size_t i = 0; i < claims_.entities.size(); ++i) {
      const graph::LocalEntity& ent = claims_.entities[i];
      out_ += i == 0 ? "{" : ",{";
      Member("id", "e" + std::to_string(i + 1), true);
      Member("type", ent.type);
      Member("name", ent.name);
      out_ += ",\"aliases\":[";
      for (std::size_t k = 0; k < ent.aliases.size(); ++k) {
        if (k > 0) out_ += ",";
        graph::AppendJsonString(out_, ent.aliases[k]);
      }
      out_ += "]";
      Properties(ent.properties);
      Member("canonical_name", ent.canonical_name);
      if (!ent.canonical_id.empty()) Member("canonical_id", ent.canonical_id);
      out_ += ",\"confidence\":" + graph::DoubleToString(ent.confidence);
      out_ += ",\"mentions\":[";
      for (std::size_t k = 0; k < ent.mentions.size(); ++k) {
        out_ += k == 0 ? "{" : ",{";
        Place(ent.mentions[k].at);
        Member("text", ent.mentions[k].form);
        out_ += "}";
      }
      out_ += "]}";
    }
    out_ += "]";
  }

  void Relations() {
    out_ += ",\"relations\":[";
    bool first = true;
    for (const graph::LocalRelation& rel : claims_.relations) {
      if (rel.status == graph::ClaimStatus::kDenied) continue;
      out_ += first ? "{" : ",{";
      first = false;
      Member("type", rel.type, true);
      Member("from", "e" + std::to_string(rel.from + 1));
      Member("to", "e" + std::to_string(rel.to + 1));
      Properties(rel.properties);
      Member("status", ClaimStatusName(rel.status));
      Member("evidence", graph::Slice(doc_, rel.evidence.at));
      Key("evidence_at");
      out_ += "{";
      Place(rel.evidence.at);
      out_ += "}";
      Member("rule", rel.rule);
      out_ += ",\"confidence\":" + graph::DoubleToString(rel.confidence) + "}";
    }
    out_ += "]";
  }

  void Articles() {
    out_ += ",\"articles\":[";
    for (std::size_t i = 0; i < claims_.articles.size(); ++i) {
      const graph::Article& article = claims_.articles[i];
      out_ += i == 0 ? "{" : ",{";
      out_ += "\"number\":" + std::to_string(article.number);
      Member("title", graph::Slice(doc_, article.title));
      Member("date", article.date);
      if (article.date_inferred) out_ += ",\"date_inferred\":true";
      if (article.teaser) out_ += ",\"teaser\":true";
      if (article.truncated) out_ += ",\"truncated\":true";
      out_ += ",\"start\":" + std::to_string(text_.ToCodePoints(article.body.begin));
      out_ += ",\"end\":" + std::to_string(text_.ToCodePoints(article.body.end)) + "}";
    }
    out_ += "]";
  }

  const graph::Document& doc_;
  const graph::Claims& claims_;
  CodePointIndex text_;
  CodePointIndex title_;
  std::string out_;
};

}  // namespace

std::string ClaimsToJson(const graph::Document& doc, const graph::Claims& claims, bool with_text) {
  return Writer(doc, claims).Run(with_text);
}

}  // namespace tupu::extract
