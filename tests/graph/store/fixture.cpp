#include "tests/graph/store/fixture.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <map>

#include "graph/base/unicode.h"

namespace tupu::graph {
namespace {

constexpr std::string_view kSchema = R"({
  "entity_types": [
    {"name": "Organisation", "abstract": true, "label": {"zh": "组织", "en": "organisation"}},
    {"name": "Ministry", "parent": "Organisation", "label": {"zh": "部委", "en": "ministry"}},
    {"name": "Company", "parent": "Organisation", "label": {"zh": "企业", "en": "company"}},
    {"name": "Person", "label": {"zh": "人物", "en": "person"}},
    {"name": "Official", "parent": "Person", "key_type": "Person",
     "label": {"zh": "官员", "en": "official"}},
    {"name": "Policy", "label": {"zh": "政策", "en": "policy"},
     "properties": [{"name": "date", "kind": "date", "label": {"zh": "日期", "en": "date"}}]},
    {"name": "Project", "label": {"zh": "项目", "en": "project"},
     "properties": [{"name": "amount", "kind": "amount", "label": {"zh": "投资", "en": "amount"}}]}
  ],
  "relation_types": [
    {"name": "ISSUED", "from": ["Organisation"], "to": ["Policy"],
     "label": {"zh": "发布", "en": "issued"},
     "properties": [{"name": "date", "kind": "date", "label": {"zh": "日期", "en": "date"}}]},
    {"name": "INVESTS", "from": ["Organisation"], "to": ["Project"],
     "label": {"zh": "投资", "en": "invests"},
     "properties": [{"name": "amount", "kind": "amount", "label": {"zh": "金额", "en": "amount"}}]},
    {"name": "HOLDS_POSITION", "from": ["Person"], "to": ["Organisation"], "one_per": "title",
     "label": {"zh": "任职", "en": "holds position"},
     "properties": [{"name": "title", "kind": "string", "label": {"zh": "职务", "en": "title"}}]}
  ]
})";

template <class T>
const T& Pick(std::mt19937& random, const std::vector<T>& from) {
  return from[random() % from.size()];
}

std::string PropertiesText(const Properties& properties) {
  return ToJson(Value(Map(properties.begin(), properties.end())));
}

}  // namespace

const Schema& TestSchema() {
  static const Schema schema = [] {
    Result<Schema> out = Schema::Parse(kSchema, "test schema");
    REQUIRE_MESSAGE(out.ok(), (out.ok() ? "" : out.error().ToString()));
    return std::move(out).value();
  }();
  return schema;
}

TempDir::TempDir() {
  static std::atomic<int> count{0};
  path_ = std::filesystem::temp_directory_path() /
          ("tupu-test-" + std::to_string(::getpid()) + "-" + std::to_string(count++));
  std::filesystem::create_directories(path_);
}

TempDir::~TempDir() {
  std::error_code code;
  std::filesystem::remove_all(path_, code);
}

DocumentMaker::DocumentMaker(std::string id, std::string date) {
  doc_.document.id = id;
  doc_.document.date = std::move(date);
  doc_.claims.document_id = std::move(id);
}

std::uint32_t DocumentMaker::Entity(std::string type, std::string name,
                                    std::vector<std::string> forms, Properties properties,
                                    std::string context) {
  if (forms.empty()) forms.push_back(name);
  LocalEntity ent;
  ent.key = {std::string(TestSchema().KeyType(type)), FoldName(name), std::move(context)};
  ent.type = std::move(type);
  ent.name = forms.front();
  ent.canonical_name = std::move(name);
  ent.properties = std::move(properties);
  ent.rule = "test";
  std::string& text = doc_.document.text;
  for (const std::string& form : forms) {
    const auto begin = static_cast<std::uint32_t>(text.size());
    text += form;
    Mention mention;
    mention.at.span = {begin, static_cast<std::uint32_t>(text.size())};
    ent.mentions.push_back(std::move(mention));
    ent.aliases.push_back(form);
    text += "、";
  }
  doc_.claims.entities.push_back(std::move(ent));
  return static_cast<std::uint32_t>(doc_.claims.entities.size() - 1);
}

void DocumentMaker::Relation(std::string type, std::uint32_t from, std::uint32_t to,
                             Properties properties, ClaimStatus status) {
  LocalRelation rel;
  rel.type = std::move(type);
  rel.from = from;
  rel.to = to;
  rel.properties = std::move(properties);
  rel.status = status;
  rel.from_mention = doc_.claims.entities[from].mentions.front().at;
  rel.to_mention = doc_.claims.entities[to].mentions.front().at;
  rel.rule = "test.relation";
  rel.confidence = 0.5;
  doc_.claims.relations.push_back(std::move(rel));
}

DocumentClaims DocumentMaker::Done() {
  if (doc_.document.text.empty()) doc_.document.text = "（无正文）";
  const auto size = static_cast<std::uint32_t>(doc_.document.text.size());
  Article article;
  article.body = {0, size};
  article.date = doc_.document.date;
  doc_.claims.articles.assign(1, article);
  for (LocalRelation& rel : doc_.claims.relations) rel.evidence.at = {Field::kText, {0, size}};
  const Status status = Normalise(doc_.document, doc_.claims);
  REQUIRE_MESSAGE(status.ok(), (status.ok() ? "" : status.error().ToString()));
  return doc_;
}

const std::vector<std::string> kCompanies = {"海右重工", "海右重工有限公司", "海右重工股份有限公司",
                                             "云岭储能科技", "云岭储能科技有限责任公司"};

DocumentClaims RandomDocument(std::mt19937& random, const std::string& id) {
  static const std::vector<std::string> kDates = {"",        "2025",       "2025-07",
                                                  "2026-01", "2026-01-05", "2026-02-25"};
  static const std::vector<std::string> kMinistries = {"临江市工信局", "云岭省发改委",
                                                       "海州商务局"};
  static const std::vector<std::string> kPeople = {"周明远", "沈若兰"};
  static const std::vector<std::string> kPolicies = {"园区提升方案", "绿色工厂办法", "稳岗措施"};
  static const std::vector<std::string> kProjects = {"临江光伏电站", "云岭铁路"};
  static const std::vector<std::string> kTitles = {"局长", "副局长", ""};
  static const std::vector<ClaimStatus> kStatuses = {ClaimStatus::kDenied, ClaimStatus::kProposed,
                                                     ClaimStatus::kPlanned, ClaimStatus::kDone};

  DocumentMaker maker(id, Pick(random, kDates));
  const auto amount = [&] {
    Properties out;
    if (random() % 2 == 0)
      out["amount"] = Value(static_cast<std::int64_t>(random() % 3) * 100000000);
    if (random() % 4 == 0) out["amount"] = Value(static_cast<double>(random() % 2) * 100000000);
    if (random() % 3 == 0) out["currency"] = Value("USD");
    return out;
  };
  std::vector<std::uint32_t> bodies, people, policies, projects;
  const auto forms = [&](const std::string& name) {
    std::vector<std::string> out = {name};
    if (random() % 2 == 0) out.push_back("“" + name + "”");
    if (random() % 3 == 0) out.push_back("该" + name.substr(0, 6));
    if (random() % 3 == 0) std::reverse(out.begin(), out.end());
    return out;
  };
  for (const std::string& name : kMinistries) {
    if (random() % 2 == 0) {
      bodies.push_back(maker.Entity(random() % 3 == 0 ? "Company" : "Ministry", name, forms(name)));
    }
  }
  // Short and full names: joined by a rule, while there is one full name.
  for (const std::string& name : kCompanies) {
    if (random() % 3 == 0) bodies.push_back(maker.Entity("Company", name, forms(name)));
  }
  for (const std::string& name : kPeople) {
    // Two entities of one document can have one key: an official and a person.
    for (unsigned i = 0; i < random() % 3; ++i) {
      people.push_back(maker.Entity(random() % 2 == 0 ? "Official" : "Person", name, forms(name)));
    }
  }
  for (std::string name : kPolicies) {
    if (random() % 2 == 0) continue;
    if (random() % 2 == 0) name = "“" + name.substr(0, 6) + "”" + name.substr(6);  // the same key
    Properties properties;
    if (random() % 2 == 0) properties["date"] = Value(Pick(random, kDates));
    policies.push_back(maker.Entity("Policy", name, forms(name), properties));
  }
  for (const std::string& name : kProjects) {
    if (random() % 2 == 0) projects.push_back(maker.Entity("Project", name, forms(name), amount()));
  }
  const auto relate = [&](const char* type, const std::vector<std::uint32_t>& from,
                          const std::vector<std::uint32_t>& to, const auto& properties) {
    if (from.empty() || to.empty()) return;
    for (unsigned i = 0; i < random() % 4; ++i) {
      maker.Relation(type, Pick(random, from), Pick(random, to), properties(),
                     Pick(random, kStatuses));
    }
  };
  relate("ISSUED", bodies, policies, [&] {
    Properties out;
    if (random() % 2 == 0) out["date"] = Value(Pick(random, kDates));
    return out;
  });
  relate("INVESTS", bodies, projects, amount);
  relate("INVESTS", bodies, bodies, amount);  // loops too
  relate("HOLDS_POSITION", people, bodies, [&] {
    Properties out;
    if (const std::string& title = Pick(random, kTitles); !title.empty()) {
      out["title"] = Value(title);
    }
    return out;
  });
  return maker.Done();
}

Judgements RandomJudgements(std::mt19937& random) {
  static const std::vector<EntityKey> kKeys = {
      {"Ministry", "临江市工信局", ""}, {"Ministry", "云岭省发改委", ""},
      {"Ministry", "海州商务局", ""},   {"Company", "海州商务局", ""},
      {"Company", "海右重工", ""},      {"Company", "海右重工有限公司", ""},
      {"Company", "云岭储能科技", ""},  {"Company", "云岭储能科技有限责任公司", ""},
      {"Person", "周明远", ""},         {"Person", "沈若兰", ""},
      {"Project", "临江光伏电站", ""},  {"Project", "云岭铁路", ""},
      {"Policy", "园区提升方案", ""},   {"Company", "没有人提过", ""}};
  std::vector<Judgement> chosen;
  for (unsigned i = 0; i < random() % 8; ++i) {
    Judgement one;
    one.a = Pick(random, kKeys);
    one.b = Pick(random, kKeys);
    switch (random() % 5) {
      case 4:
        one.kind = JudgementKind::kRejectEntity;
        one.any_document = random() % 2 == 0;
        if (!one.any_document) one.document = "文" + std::to_string(random() % 8);
        break;
      case 0:
        one.kind = JudgementKind::kSplit;
        break;
      case 1:
        one.kind = random() % 4 == 0 ? JudgementKind::kConfirm : JudgementKind::kReject;
        one.type = Pick(random, std::vector<std::string>{"INVESTS", "ISSUED", "HOLDS_POSITION"});
        one.any_document = random() % 2 == 0;
        if (!one.any_document) one.document = "文" + std::to_string(random() % 8);
        one.any_title = random() % 2 == 0;
        if (!one.any_title && one.type == "HOLDS_POSITION") one.title = "局长";
        break;
      default:
        break;
    }
    if (one.about_keys() && one.a == one.b) continue;
    chosen.push_back(one);
    if (!Judgements::Make(chosen).ok()) chosen.pop_back();
  }
  Result<Judgements> out = Judgements::Make(chosen);
  REQUIRE(out.ok());
  return std::move(*out);
}

std::string Dump(const View& view) {
  std::string out;
  const auto fine = [](const Status& status) {
    REQUIRE_MESSAGE(status.ok(), (status.ok() ? "" : status.error().ToString()));
  };
  const auto ids = [](const std::vector<Statement>& statements) {
    std::string text;
    for (const Statement& stmt : statements) text += " " + stmt.ComputeId().ToHex();
    return text;
  };
  std::vector<std::string> lines;
  fine(view.ForEachDocument([&](const DocumentHeader& header) {
    lines.push_back("document " + header.id + "|" + header.title + "|" + header.date + "|" +
                    header.text_hash.ToHex() + "|" + header.version + "|" +
                    view.DocumentText(header.id).value());
    std::vector<Statement> statements;
    fine(view.ForEachStatement(header.id, [&](const Statement& stmt) {
      statements.push_back(stmt);
      return true;
    }));
    CHECK(statements.size() == header.statements);
    lines.back() += ids(statements);
    return true;
  }));

  std::map<NodeId, std::string> node_ids;
  std::vector<NodeId> nodes;
  fine(view.ForEachNode(std::nullopt, [&](NodeId node) {
    nodes.push_back(node);
    return true;
  }));
  CHECK(std::is_sorted(nodes.begin(), nodes.end()));
  for (NodeId node : nodes) {
    const NodeRecord record = view.Node(node).value();
    const std::string id = record.properties.at("id").as_string();
    CHECK(view.FindNodeById(id).value() == node);
    node_ids[node] = id;
    std::string line = "node " + id;
    for (const std::string& label : record.labels) {
      line += ":" + label;
      CHECK(view.HasLabel(node, *view.FindLabel(label)).value());
    }
    const std::vector<EntityKey> keys = view.NodeKeys(node).value();
    for (const EntityKey& key : keys) {
      line += " " + key.ToString();
      CHECK(view.FindNodeById(key.Hash().ToHex()).value() == node);
    }
    const std::vector<KeyLink> links = view.NodeLinks(node).value();
    CHECK((keys.size() == 1) == links.empty());
    for (const KeyLink& link : links) {
      line += " " + link.a.ToString() + "=" + link.b.ToString() + "(" + link.reason + ")";
    }
    lines.push_back(line + PropertiesText(record.properties) +
                    ids(view.NodeStatements(node).value()));
  }
  const auto edge_text = [&](EdgeId edge) {
    const EdgeRecord record = view.Edge(edge).value();
    return record.type + " " + node_ids.at(record.from) + " " + node_ids.at(record.to) + " " +
           PropertiesText(record.properties);
  };
  fine(view.ForEachEdge(std::nullopt, [&](EdgeId edge, TypeId type, NodeId from, NodeId to) {
    const EdgeRecord record = view.Edge(edge).value();
    CHECK(record.from == from);
    CHECK(record.to == to);
    CHECK(record.type == view.TypeName(type));
    lines.push_back("edge " + edge_text(edge) + ids(view.EdgeStatements(edge).value()));
    return true;
  }));
  for (NodeId node : nodes) {
    for (Direction direction : {Direction::kOut, Direction::kIn}) {
      std::vector<Neighbour> neighbours;
      fine(view.Expand(node, direction, {}, neighbours));
      for (const Neighbour& neighbour : neighbours) {
        lines.push_back("hop " + node_ids.at(node) +
                        (direction == Direction::kOut ? " > " : " < ") +
                        node_ids.at(neighbour.node) + " " + edge_text(neighbour.edge));
      }
    }
  }
  std::sort(lines.begin(), lines.end());
  for (const std::string& line : lines) out += line + "\n";

  const StoreCounts counts = view.Counts().value();
  CHECK(counts.nodes == nodes.size());
  out += "counts " + std::to_string(counts.documents) + " " + std::to_string(counts.statements) +
         " " + std::to_string(counts.nodes) + " " + std::to_string(counts.edges);
  for (const auto& [label, count] : counts.nodes_by_label) {
    out += " " + label + "=" + std::to_string(count);
    std::uint64_t seen = 0;
    fine(view.ForEachNode(view.FindLabel(label), [&](NodeId) { return ++seen > 0; }));
    CHECK(seen == count);
  }
  for (const auto& [type, count] : counts.edges_by_type) {
    out += " " + type + "=" + std::to_string(count);
    std::uint64_t seen = 0;
    fine(view.ForEachEdge(view.FindType(type),
                          [&](EdgeId, TypeId, NodeId, NodeId) { return ++seen > 0; }));
    CHECK(seen == count);
  }
  out += "\n" + view.StoredJudgements().value()->ToText() + "names";
  const std::vector<std::string> names = view.CompleteName("", 1000000).value();
  for (const std::string& name : names) out += " " + name;
  return out + "\n";
}

std::unique_ptr<Store> OpenStore(StoreKind kind, const std::filesystem::path& dir, OpenMode mode) {
  Result<std::unique_ptr<Store>> store = kind == StoreKind::kMemory
                                             ? Store::OpenInMemory(TestSchema())
                                             : Store::Open(dir, mode, TestSchema());
  REQUIRE_MESSAGE(store.ok(), (store.ok() ? "" : store.error().ToString()));
  return std::move(store).value();
}

void Ok(const Status& status) {
  REQUIRE_MESSAGE(status.ok(), (status.ok() ? "" : status.error().ToString()));
}

std::string Findings(const Store& store) {
  const auto found = store.Check();
  if (!found.ok()) return found.error().ToString();
  std::string out;
  for (const std::string& line : *found) out += line + "\n";
  return out;
}

}  // namespace tupu::graph
