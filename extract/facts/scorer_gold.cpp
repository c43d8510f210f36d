#include "extract/facts/scorer_gold.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>

#include "graph/base/unicode.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

using Json = nlohmann::json;

std::string TextAt(const Json& object, const char* key) {
  const auto it = object.find(key);
  return it != object.end() && it->is_string() ? it->get<std::string>() : std::string();
}

Result<GoldDocument> ParseGold(const std::filesystem::path& file) {
  const auto wrong = [&](const std::string& what) {
    return Error(ErrorCode::kInvalidInput, what, file.string());
  };
  std::ifstream in(file, std::ios::binary);
  if (!in) return Error(ErrorCode::kIo, "cannot be opened", file.string());
  const Json json = Json::parse(in, nullptr, false);
  if (!json.is_object() || !json.contains("entities") || !json["entities"].is_array() ||
      !json.contains("relations") || !json["relations"].is_array()) {
    return wrong("expected a JSON object with \"entities\" and \"relations\"");
  }
  GoldDocument gold;
  gold.id = TextAt(json, "id");
  if (gold.id.empty()) gold.id = file.stem().string();
  std::map<std::string, std::size_t> by_id;
  for (const Json& item : json["entities"]) {
    const std::string name = item.is_object() ? TextAt(item, "name") : std::string();
    if (name.empty()) return wrong("an entity without a \"name\"");
    std::vector<std::string> aliases;
    if (const auto it = item.find("aliases"); it != item.end() && it->is_array()) {
      for (const Json& alias : *it) {
        if (alias.is_string()) aliases.push_back(alias.get<std::string>());
      }
    }
    by_id.emplace(TextAt(item, "id"), gold.things.size());
    gold.things.push_back(MakeNamed(TextAt(item, "type"), name, aliases));
  }
  for (const Json& item : json["relations"]) {
    if (!item.is_object()) return wrong("a relation that is no object");
    const auto from = by_id.find(TextAt(item, "from")), to = by_id.find(TextAt(item, "to"));
    if (from == by_id.end() || to == by_id.end()) {
      return wrong("a relation " + TextAt(item, "type") + " whose ends are not among the entities");
    }
    gold.relations.push_back({TextAt(item, "type"), from->second, to->second});
  }
  return gold;
}

bool Descriptive(std::string_view type) {
  return type == "Industry" || type == "Project" || type == "Event" || type == "Policy";
}

// One form holds the other and is not much longer.
bool Agree(const NamedThing& a, const NamedThing& b) {
  for (const std::string& x : a.forms) {
    for (const std::string& y : b.forms) {
      const std::string& small = x.size() <= y.size() ? x : y;
      const std::string& large = x.size() <= y.size() ? y : x;
      if (large.find(small) == std::string::npos) continue;
      const std::size_t n = CountCodePoints(small), m = CountCodePoints(large);
      if (n >= 2 && n * 10 >= m * 6) return true;
    }
  }
  return false;
}

bool SharesForm(const NamedThing& a, const NamedThing& b) {
  return std::any_of(a.forms.begin(), a.forms.end(), [&](const std::string& form) {
    return std::find(b.forms.begin(), b.forms.end(), form) != b.forms.end();
  });
}

double Ratio(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

NamedThing MakeNamed(const std::string& type, const std::string& name,
                     const std::vector<std::string>& aliases) {
  NamedThing thing{type, {FoldName(name)}};
  for (const std::string& alias : aliases) {
    std::string form = FoldName(alias);
    if (!form.empty()) thing.forms.push_back(std::move(form));
  }
  std::sort(thing.forms.begin() + 1, thing.forms.end());
  return thing;
}

Result<std::vector<GoldDocument>> ReadGold(const std::filesystem::path& dir) {
  std::vector<std::filesystem::path> files;
  std::error_code failed;
  for (std::filesystem::directory_iterator it(dir, failed), end; !failed && it != end;
       it.increment(failed)) {
    if (it->path().extension() == ".json") files.push_back(it->path());
  }
  if (failed) return Error(ErrorCode::kIo, "cannot be read: " + failed.message(), dir.string());
  std::sort(files.begin(), files.end());
  std::vector<GoldDocument> documents;
  for (const auto& file : files) {
    TUPU_ASSIGN(GoldDocument gold, ParseGold(file));
    documents.push_back(std::move(gold));
  }
  return documents;
}

std::vector<std::size_t> AlignThings(const std::vector<NamedThing>& gold,
                                     const std::vector<NamedThing>& found,
                                     const graph::Schema& schema, bool any_type) {
  std::vector<std::size_t> order(found.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::tie(found[a].type, found[a].forms) < std::tie(found[b].type, found[b].forms);
  });
  std::vector<std::size_t> aligned(found.size(), kUnaligned);
  std::vector<bool> used(gold.size(), false);
  const auto pass = [&](bool typed, const auto& test) {
    for (const std::size_t o : order) {
      if (aligned[o] != kUnaligned) continue;
      for (std::size_t g = 0; g < gold.size(); ++g) {
        if (used[g] || !test(found[o], gold[g])) continue;
        if (typed && schema.KeyType(found[o].type) != schema.KeyType(gold[g].type)) continue;
        aligned[o] = g;
        used[g] = true;
        break;
      }
    }
  };
  const auto all = [&](bool typed) {
    pass(typed, [](const NamedThing& a, const NamedThing& b) { return a.forms[0] == b.forms[0]; });
    pass(typed, SharesForm);
    pass(typed, [](const NamedThing& a, const NamedThing& b) {
      return Descriptive(a.type) && Descriptive(b.type) && Agree(a, b);
    });
  };
  all(true);
  if (any_type) all(false);
  return aligned;
}

double Agreement::precision() const { return Ratio(right, given); }
double Agreement::recall() const { return Ratio(right, wanted); }
double Agreement::f1() const { return Ratio(2 * right, given + wanted); }
void Agreement::Add(const Agreement& other) {
  right += other.right;
  given += other.given;
  wanted += other.wanted;
}

Agreement ClaimsAgreement::all() const {
  Agreement sum;
  for (const auto& [type, agreement] : relations) sum.Add(agreement);
  return sum;
}
void ClaimsAgreement::Add(const ClaimsAgreement& other) {
  entities.Add(other.entities);
  for (const auto& [type, agreement] : other.relations) relations[type].Add(agreement);
}

ClaimsAgreement Compare(const graph::Claims& claims, const GoldDocument& gold,
                        const graph::Schema& schema) {
  std::vector<NamedThing> found;
  for (const graph::LocalEntity& ent : claims.entities) {
    found.push_back(MakeNamed(ent.type, ent.name, ent.aliases));
  }
  ClaimsAgreement out;
  const std::vector<std::size_t> typed = AlignThings(gold.things, found, schema, false);
  const std::vector<std::size_t> ends = AlignThings(gold.things, found, schema, true);
  out.entities.given = found.size();
  out.entities.wanted = gold.things.size();
  for (const std::size_t thing : typed) out.entities.right += thing != kUnaligned ? 1 : 0;
  std::multiset<std::tuple<std::string, std::size_t, std::size_t>> wanted;
  for (const GoldRelation& rel : gold.relations) {
    wanted.emplace(rel.type, rel.from, rel.to);
    ++out.relations[rel.type].wanted;
  }
  for (const graph::LocalRelation& rel : claims.relations) {
    Agreement& agreement = out.relations[rel.type];
    ++agreement.given;
    const auto it = wanted.find({rel.type, ends[rel.from], ends[rel.to]});
    if (it == wanted.end()) continue;
    ++agreement.right;
    wanted.erase(it);
  }
  return out;
}

}  // namespace tupu::extract
