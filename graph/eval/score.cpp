#include "graph/eval/score.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <set>
#include <span>
#include <tuple>
#include <utility>

#include "graph/base/unicode.h"
#include "graph/base/utf8.h"

namespace tupu::graph {
namespace {

constexpr double kOverlap = 0.6;
constexpr std::string_view kDescriptive[] = {"Industry", "Project", "Event", "Policy"};
constexpr std::string_view kCore[] = {"ISSUED", "TARGETS", "INVESTS"};
constexpr std::string_view kComparedProperties[] = {"amount", "date", "title"};

bool IsOneOf(std::string_view name, std::span<const std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// The post is in HOLDS_POSITION, so the two types of people are one.
std::string KindOf(const AnnotatedEntity& entity) {
  return entity.type == "Person" ? "Official" : entity.type;
}

struct Folded {
  const AnnotatedEntity* entity;
  std::size_t place;  // in its document
  std::string kind;
  std::string name;
  std::set<std::string> forms;
  bool descriptive;
};

std::vector<Folded> FoldAll(const std::vector<AnnotatedEntity>& entities) {
  std::vector<Folded> out;
  for (const AnnotatedEntity& entity : entities) {
    Folded folded{&entity,
                  out.size(),
                  KindOf(entity),
                  FoldForm(entity.name),
                  {},
                  IsOneOf(entity.type, kDescriptive)};
    folded.forms.insert(folded.name);
    for (const std::string& alias : entity.aliases) folded.forms.insert(FoldForm(alias));
    folded.forms.erase("");
    out.push_back(std::move(folded));
  }
  return out;
}

bool ShareForm(const Folded& a, const Folded& b) {
  return std::any_of(a.forms.begin(), a.forms.end(),
                     [&](const std::string& form) { return b.forms.contains(form); });
}

// One form holds the other and is not much longer.
bool HoldsForm(const Folded& a, const Folded& b) {
  for (const std::string& x : a.forms) {
    for (const std::string& y : b.forms) {
      const std::string& longer = x.size() >= y.size() ? x : y;
      const std::string& shorter = x.size() >= y.size() ? y : x;
      if (longer.find(shorter) == std::string::npos) continue;
      const auto length = static_cast<double>(CountCodePoints(shorter));
      if (length >= 2 && length >= kOverlap * static_cast<double>(CountCodePoints(longer))) {
        return true;
      }
    }
  }
  return false;
}

using Alignment = std::vector<std::optional<std::size_t>>;  // output's place → gold's place

// Greedy and one to one: equal names first, then any shared form, then containment.
Alignment Align(const std::vector<Folded>& gold, std::vector<const Folded*> output, bool typed) {
  Alignment pairs(output.size());
  std::stable_sort(output.begin(), output.end(), [](const Folded* a, const Folded* b) {
    return std::tie(a->entity->type, a->name, a->forms) <
           std::tie(b->entity->type, b->name, b->forms);
  });
  using Test = bool (*)(const Folded&, const Folded&);
  const Test tests[] = {[](const Folded& o, const Folded& g) { return o.name == g.name; },
                        ShareForm,
                        [](const Folded& o, const Folded& g) {
                          return o.descriptive && g.descriptive && HoldsForm(o, g);
                        }};
  std::vector<bool> used(gold.size());
  for (const Test test : tests) {
    for (const Folded* out : output) {
      if (pairs[out->place]) continue;
      for (const Folded& g : gold) {
        if (used[g.place] || (typed && g.kind != out->kind) || !test(*out, g)) continue;
        pairs[out->place] = g.place;
        used[g.place] = true;
        break;
      }
    }
  }
  return pairs;
}

std::string AsText(const Value& value) {
  return value.kind() == ValueKind::kString ? value.as_string() : ToJson(value);
}

std::optional<double> AsNumber(const Value& value) {
  if (value.is_number()) return value.as_number();
  if (value.kind() != ValueKind::kString) return std::nullopt;
  std::string_view text = value.as_string();
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  if (text.starts_with('+')) text.remove_prefix(1);
  double number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

bool SameValue(const Value& a, const Value& b) {
  if (a.is_null() || b.is_null()) return false;
  const auto x = AsNumber(a), y = AsNumber(b);
  if (x && y) return std::abs(*x - *y) <= 1e-6 * std::max(1.0, std::abs(*x));
  return FoldForm(AsText(a)) == FoldForm(AsText(b));
}

class DocumentScorer {
 public:
  DocumentScorer(const AnnotatedDocument& gold, const AnnotatedDocument& output,
                 std::string_view text)
      : gold_(gold), output_(output), text_(text) {}

  DocumentScore Run() {
    const std::vector<Folded> gold = FoldAll(gold_.entities), output = FoldAll(output_.entities);
    std::vector<const Folded*> pointers;
    for (const Folded& folded : output) pointers.push_back(&folded);
    const Alignment typed = Align(gold, pointers, true);
    const Alignment untyped = Align(gold, pointers, false);
    const auto matched = static_cast<std::uint64_t>(std::count_if(
        untyped.begin(), untyped.end(), [](const auto& to) { return to.has_value(); }));
    score_.entity_any_type = {matched, output.size() - matched, gold.size() - matched};
    Entities(gold, output, typed);
    // Ends of relations match by form, whatever the type; an end of the right type is preferred.
    Alignment ends = untyped;
    for (std::size_t i = 0; i < ends.size(); ++i) {
      if (typed[i]) ends[i] = typed[i];
    }
    Relations(ends);
    return std::move(score_);
  }

 private:
  void Entities(const std::vector<Folded>& gold, const std::vector<Folded>& output,
                const Alignment& typed) {
    std::vector<bool> hit(gold.size());
    for (const Folded& out : output) {
      const bool right = typed[out.place].has_value();
      if (right) hit[*typed[out.place]] = true;
      Add(score_.entity, score_.entity_by_type[out.kind],
          right ? Matches{1, 0, 0} : Matches{0, 1, 0});
      if (!right) EntityError(*out.entity, output_, false);
    }
    for (const Folded& g : gold) {
      if (hit[g.place]) continue;
      Add(score_.entity, score_.entity_by_type[g.kind], Matches{0, 0, 1});
      EntityError(*g.entity, gold_, true);
    }
  }

  void Relations(const Alignment& ends) {
    std::vector<bool> taken(gold_.relations.size());
    for (const AnnotatedRelation& out : output_.relations) {
      const AnnotatedRelation* match = nullptr;
      for (std::size_t i = 0; i < taken.size() && match == nullptr; ++i) {
        const AnnotatedRelation& g = gold_.relations[i];
        if (taken[i] || g.type != out.type || ends[out.from] != g.from || ends[out.to] != g.to) {
          continue;
        }
        taken[i] = true;
        match = &g;
      }
      score_.relation_right.push_back(match != nullptr);
      AddRelation(out.type, match != nullptr ? Matches{1, 0, 0} : Matches{0, 1, 0});
      if (match != nullptr) {
        CompareProperties(match->properties, out.properties);
      } else {
        RelationError(out, output_, false);
      }
    }
    for (std::size_t i = 0; i < taken.size(); ++i) {
      if (taken[i]) continue;
      AddRelation(gold_.relations[i].type, Matches{0, 0, 1});
      RelationError(gold_.relations[i], gold_, true);
    }
  }

  void CompareProperties(const Properties& gold, const Properties& output) {
    for (const std::string_view name : kComparedProperties) {
      const std::string key(name);
      if (output.contains(key) && !gold.contains(key)) ++score_.properties[key + "_spurious"].of;
    }
    for (const auto& [key, value] : gold) {
      Share& share = score_.properties[key];
      ++share.of;
      const auto found = output.find(key);
      if (found != output.end() && SameValue(value, found->second)) ++share.right;
    }
  }

  static void Add(Matches& all, Matches& of_type, const Matches& count) {
    all += count;
    of_type += count;
  }

  void AddRelation(const std::string& type, const Matches& count) {
    Add(score_.relation, score_.relation_by_type[type], count);
    if (IsOneOf(type, kCore)) score_.core += count;
  }

  // Where the text is at hand, the sentence of the form's first place; else that of a relation.
  std::string SentenceOf(const AnnotatedEntity& entity, const AnnotatedDocument& doc) const {
    std::vector<std::string_view> forms = {entity.name};
    forms.insert(forms.end(), entity.aliases.begin(), entity.aliases.end());
    for (const std::string_view form : forms) {
      const std::size_t at = form.empty() ? std::string_view::npos : text_.find(form);
      if (at != std::string_view::npos) {
        return std::string(SentenceAround(text_, at, at + form.size()));
      }
    }
    for (const AnnotatedRelation& relation : doc.relations) {
      const bool takes_part =
          &doc.entities[relation.from] == &entity || &doc.entities[relation.to] == &entity;
      if (takes_part && !relation.evidence.empty()) return relation.evidence;
    }
    return {};
  }

  void EntityError(const AnnotatedEntity& entity, const AnnotatedDocument& doc, bool missed) {
    ScoringError error{false, missed, entity.type, {entity.name}, SentenceOf(entity, doc)};
    error.forms.insert(error.forms.end(), entity.aliases.begin(), entity.aliases.end());
    score_.errors.push_back(std::move(error));
  }

  void RelationError(const AnnotatedRelation& relation, const AnnotatedDocument& doc, bool missed) {
    score_.errors.push_back({true,
                             missed,
                             relation.type,
                             {doc.entities[relation.from].name, doc.entities[relation.to].name},
                             relation.evidence});
  }

  const AnnotatedDocument& gold_;
  const AnnotatedDocument& output_;
  std::string_view text_;
  DocumentScore score_;
};

}  // namespace

std::string FoldForm(std::string_view form) {
  static constexpr std::u32string_view kDropped = U"\"'“”‘’「」『』《》〈〉 \t\r\n\u3000\u00a0·•";
  std::string kept;
  const std::string normal = ToNfkc(form);
  for (std::size_t pos = 0; pos < normal.size();) {
    const CodePoint c = DecodeAt(normal, pos);
    if (kDropped.find(c.value) == std::u32string_view::npos) kept.append(normal, pos, c.size);
    pos += c.size;
  }
  return ToLower(kept);
}

DocumentScore ScoreDocument(const AnnotatedDocument& gold, const AnnotatedDocument* output,
                            std::string_view text) {
  static const AnnotatedDocument kNothing;
  DocumentScore score = DocumentScorer(gold, output != nullptr ? *output : kNothing, text).Run();
  score.id = gold.id;
  score.missing = output == nullptr;
  return score;
}

std::string_view SentenceAround(std::string_view text, std::size_t begin, std::size_t end) {
  static constexpr std::u32string_view kStops = U"。！？；!?;";
  static constexpr std::u32string_view kClosers = U"”’」』）)";
  static constexpr std::u32string_view kLineEnds = U"\n\r\u0085\u2028\u2029";
  const auto is = [](std::u32string_view set, char32_t c) {
    return set.find(c) != std::u32string_view::npos;
  };
  std::size_t from = begin;
  while (from > 0) {
    const CodePoint c = DecodeBefore(text, from);
    if (is(kStops, c.value) || is(kLineEnds, c.value)) break;
    from -= c.size;
  }
  while (from < begin) {  // what closes the sentence before
    const CodePoint c = DecodeAt(text, from);
    if (!is(kClosers, c.value) && c.value != U' ' && c.value != U'\u3000') break;
    from += c.size;
  }
  std::size_t to = end;
  bool stopped = false;
  while (to < text.size()) {
    const CodePoint c = DecodeAt(text, to);
    if (is(kLineEnds, c.value) || (stopped && !is(kStops, c.value) && !is(kClosers, c.value))) {
      break;
    }
    stopped = stopped || is(kStops, c.value);
    to += c.size;
  }
  return text.substr(from, to - from);
}

}  // namespace tupu::graph
