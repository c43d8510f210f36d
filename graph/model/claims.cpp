#include "graph/model/claims.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "graph/base/hash.h"

namespace tupu::graph {
namespace {

bool OnBoundaries(const Document& doc, FieldSpan at) {
  const std::string& text = TextOf(doc, at.field);
  const auto boundary = [&](std::uint32_t pos) {
    return pos <= text.size() &&
           (pos == text.size() || (static_cast<unsigned char>(text[pos]) & 0xc0) != 0x80);
  };
  return at.span.begin <= at.span.end && boundary(at.span.begin) && boundary(at.span.end);
}

Error Wrong(const Document& doc, const std::string& what) {
  return Error{ErrorCode::kInternal, "claims: " + what, doc.id};
}

template <class T>
void SortUnique(std::vector<T>& items) {
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
}

Status CheckEntity(const Document& doc, const Claims& claims, const LocalEntity& ent) {
  const std::string who = ent.key.ToString();
  if (ent.name.empty()) return Wrong(doc, who + " has no name");
  if (ent.mentions.empty()) return Wrong(doc, who + " has no mention");
  if (!(ent.confidence > 0 && ent.confidence <= 1)) return Wrong(doc, who + ": bad confidence");
  for (const Mention& mention : ent.mentions) {
    if (mention.article >= claims.articles.size()) {
      return Wrong(doc, who + ": mention in no article");
    }
  }
  return {};
}

Status CheckRelation(const Document& doc, const Claims& claims, const LocalRelation& rel) {
  if (rel.from >= claims.entities.size() || rel.to >= claims.entities.size()) {
    return Wrong(doc, rel.type + " with an end that is no entity");
  }
  const std::string who =
      rel.type + "(" + claims.entities[rel.from].name + ", " + claims.entities[rel.to].name + ")";
  if (!OnBoundaries(doc, rel.evidence.at) || rel.evidence.at.span.empty()) {
    return Wrong(doc, who + ": evidence off the text");
  }
  if (!(rel.confidence > 0 && rel.confidence <= 1)) return Wrong(doc, who + ": bad confidence");
  const auto stands = [&](const LocalEntity& ent, FieldSpan at) {
    return std::any_of(ent.mentions.begin(), ent.mentions.end(), [&](const Mention& mention) {
      return mention.at == at && mention.article == rel.evidence.article;
    });
  };
  if (!stands(claims.entities[rel.from], rel.from_mention)) {
    return Wrong(doc, who + ": the first end is not mentioned in the evidence's article");
  }
  if (!stands(claims.entities[rel.to], rel.to_mention)) {
    return Wrong(doc, who + ": the second end is not mentioned in the evidence's article");
  }
  return {};
}

// Total over content, so that the order of claims says nothing about how they were found.
auto RelationOrder(const LocalRelation& rel) {
  return std::tie(rel.evidence.at, rel.type, rel.from, rel.to, rel.status, rel.from_mention,
                  rel.to_mention, rel.rule);
}

bool RelationLess(const LocalRelation& a, const LocalRelation& b) {
  if (RelationOrder(a) != RelationOrder(b)) return RelationOrder(a) < RelationOrder(b);
  return std::lexicographical_compare(
      a.properties.begin(), a.properties.end(), b.properties.begin(), b.properties.end(),
      [](const auto& p, const auto& q) {
        return p.first != q.first ? p.first < q.first : Value::Order(p.second, q.second) < 0;
      });
}

}  // namespace

std::string_view ClaimStatusName(ClaimStatus status) {
  switch (status) {
    case ClaimStatus::kDenied:
      return "denied";
    case ClaimStatus::kProposed:
      return "proposed";
    case ClaimStatus::kPlanned:
      return "planned";
    case ClaimStatus::kDone:
      return "done";
  }
  return "denied";
}

std::string EntityKey::ToString() const {
  return context.empty() ? type + ":" + name : type + ":" + name + "@" + context;
}

Hash128 EntityKey::Hash() const { return HashFields({type, name, context}); }

Status Normalise(const Document& doc, Claims& claims) {
  for (const Article& article : claims.articles) {
    if (!OnBoundaries(doc, {Field::kText, article.body}) || !OnBoundaries(doc, article.title)) {
      return Wrong(doc, "article " + std::to_string(article.number) + " off the text");
    }
  }
  for (LocalEntity& ent : claims.entities) {
    for (Mention& mention : ent.mentions) {
      if (!OnBoundaries(doc, mention.at) || mention.at.span.empty()) {
        return Wrong(doc, ent.key.ToString() + ": mention off the text");
      }
      mention.form = Slice(doc, mention.at);
    }
    std::sort(ent.mentions.begin(), ent.mentions.end(), [](const Mention& a, const Mention& b) {
      return std::tie(a.article, a.at) < std::tie(b.article, b.at);
    });
    ent.mentions.erase(std::unique(ent.mentions.begin(), ent.mentions.end()), ent.mentions.end());
    std::erase(ent.aliases, ent.name);
    SortUnique(ent.aliases);
    TUPU_TRY(CheckEntity(doc, claims, ent));
  }
  for (const LocalRelation& rel : claims.relations) TUPU_TRY(CheckRelation(doc, claims, rel));

  // Entities by first mention, then key; relations follow the renumbering.
  std::vector<std::uint32_t> order(claims.entities.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const LocalEntity &x = claims.entities[a], &y = claims.entities[b];
    return std::tie(x.mentions.front().article, x.mentions.front().at, x.key, x.type, x.name) <
           std::tie(y.mentions.front().article, y.mentions.front().at, y.key, y.type, y.name);
  });
  std::vector<std::uint32_t> renumbered(order.size());
  std::vector<LocalEntity> sorted;
  sorted.reserve(order.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    renumbered[order[i]] = i;
    sorted.push_back(std::move(claims.entities[order[i]]));
  }
  claims.entities = std::move(sorted);
  for (LocalRelation& rel : claims.relations) {
    rel.from = renumbered[rel.from];
    rel.to = renumbered[rel.to];
  }
  std::sort(claims.relations.begin(), claims.relations.end(), RelationLess);
  return {};
}

}  // namespace tupu::graph
