#include "graph/model/claims.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>

#include "graph/model/statement.h"

namespace tupu::graph {
namespace {

const Document kDoc{.id = "甲",
                    .title = "",
                    .source = "",
                    .url = "",
                    .date = "2026-02-25",
                    .text = "北川市财政局印发《扶持办法》。北川市财政局表示，该办法即日施行。"};

FieldSpan Find(std::string_view form, std::size_t from = 0) {
  const auto pos = static_cast<std::uint32_t>(kDoc.text.find(form, from));
  return {Field::kText, {pos, pos + static_cast<std::uint32_t>(form.size())}};
}

Claims Example() {
  Claims claims;
  claims.document_id = kDoc.id;
  claims.articles.push_back(
      {.number = 0, .body = {0, static_cast<std::uint32_t>(kDoc.text.size())}});
  LocalEntity policy{.type = "Policy", .key = {"Policy", "扶持办法", "甲"}, .name = "扶持办法"};
  policy.mentions.push_back({.at = Find("扶持办法")});
  policy.rule = "title-marks";
  policy.properties["date"] = Value("2026-02-25");
  LocalEntity bureau{.type = "LocalGovernment",
                     .key = {"LocalGovernment", "北川市财政局", ""},
                     .name = "北川市财政局"};
  bureau.aliases = {"财政局", "北川市财政局", "财政局"};
  bureau.mentions.push_back({.at = Find("北川市财政局", 40)});
  bureau.mentions.push_back({.at = Find("北川市财政局")});
  bureau.rule = "region-department";
  claims.entities = {policy, bureau};
  LocalRelation issued{.type = "ISSUED", .from = 1, .to = 0};
  issued.evidence.at = {Field::kText, {0, Find("。").span.end}};
  issued.from_mention = Find("北川市财政局");
  issued.to_mention = Find("扶持办法");
  issued.rule = "issued.plain";
  claims.relations = {issued};
  return claims;
}

TEST_CASE("claims that contradict their document are refused") {
  struct Case {
    const char* name;
    std::function<void(Claims&)> spoil;
    const char* message;
  };
  const Case cases[] = {
      {"mention in the middle of a character",
       [](Claims& c) { c.entities[0].mentions[0].at.span.begin += 1; }, "mention off the text"},
      {"mention behind the end", [](Claims& c) { c.entities[0].mentions[0].at.span.end = 100000; },
       "mention off the text"},
      {"mention in the title",
       [](Claims& c) { c.entities[0].mentions[0].at.field = Field::kTitle; },
       "mention off the text"},
      {"no mention", [](Claims& c) { c.entities[0].mentions.clear(); }, "no mention"},
      {"no name", [](Claims& c) { c.entities[0].name.clear(); }, "no name"},
      {"no article", [](Claims& c) { c.entities[0].mentions[0].article = 1; }, "in no article"},
      {"end that is none", [](Claims& c) { c.relations[0].to = 2; }, "no entity"},
      {"end elsewhere", [](Claims& c) { c.relations[0].to_mention = Find("办法", 60); },
       "second end is not mentioned"},
      {"evidence empty",
       [](Claims& c) {
         c.relations[0].evidence.at.span = {3, 3};
       },
       "evidence off the text"},
      {"no confidence", [](Claims& c) { c.relations[0].confidence = 0; }, "bad confidence"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.name);
    Claims claims = Example();
    c.spoil(claims);
    const Status status = Normalise(kDoc, claims);
    REQUIRE_FALSE(status.ok());
    CHECK(status.error().code == ErrorCode::kInternal);
    CAPTURE(status.error().message);
    CHECK(status.error().message.find(c.message) != std::string::npos);
  }
}

TEST_CASE("normal claims do not show the order in which they were found") {
  Claims a = Example();
  REQUIRE(Normalise(kDoc, a).ok());
  CHECK(a.entities[0].name == "北川市财政局");
  CHECK(a.entities[0].aliases == std::vector<std::string>{"财政局"});
  CHECK(a.entities[0].mentions[0].form == "北川市财政局");
  CHECK(a.entities[0].mentions[0].at.span.begin == 0);
  CHECK(a.relations[0].from == 0);
  CHECK(a.relations[0].to == 1);

  Claims b = Example();
  std::swap(b.entities[0], b.entities[1]);
  std::swap(b.relations[0].from, b.relations[0].to);
  REQUIRE(Normalise(kDoc, b).ok());
  const auto stmts_a = ToStatements(a, "v1"), stmts_b = ToStatements(b, "v1");
  REQUIRE(stmts_a.size() == stmts_b.size());
  for (std::size_t i = 0; i < stmts_a.size(); ++i) {
    CHECK(stmts_a[i].ComputeId() == stmts_b[i].ComputeId());
  }
}

TEST_CASE("statements: one a mention, one a property, one a relation; each survives storing") {
  Claims claims = Example();
  REQUIRE(Normalise(kDoc, claims).ok());
  const std::vector<Statement> stmts = ToStatements(claims, "v1");
  CHECK(stmts.size() == 3 + 2 + 1 + 1);  // mentions, names, the date, the relation
  CHECK(std::is_sorted(stmts.begin(), stmts.end(), [](const Statement& a, const Statement& b) {
    return a.ComputeId() < b.ComputeId();
  }));
  for (const Statement& stmt : stmts) {
    std::string bytes;
    EncodeStatement(bytes, stmt);
    Statement back;
    REQUIRE(DecodeStatement(bytes, back));
    CHECK(back.ComputeId() == stmt.ComputeId());
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      CHECK_FALSE(DecodeStatement(std::string_view(bytes).substr(0, size), back));
    }
    CHECK_FALSE(DecodeStatement(bytes + "x", back));
  }
  CHECK(ToStatements(claims, "v2")[0].ComputeId() != stmts[0].ComputeId());
}

TEST_CASE("keys: fields do not run together") {
  const EntityKey a{"Person", "王力", "宏图"}, b{"Person", "王力宏", "图"};
  CHECK(a.Hash() != b.Hash());
  CHECK(a.ToString() == "Person:王力@宏图");
  CHECK(EntityKey{"Place", "长三角", ""}.ToString() == "Place:长三角");
}

}  // namespace
}  // namespace tupu::graph
