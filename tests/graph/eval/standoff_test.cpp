#include "graph/eval/standoff.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>

#include "graph/base/utf8.h"
#include "graph/eval/brat.h"
#include "graph/eval/doccano.h"

namespace tupu::graph {
namespace {

const Schema& TestSchema() {
  static const Schema schema = [] {
    auto loaded = Schema::Load(TUPU_SOURCE_DIR "/schemas");
    REQUIRE(loaded.ok());
    return std::move(*loaded);
  }();
  return schema;
}

AnnotatedDocument ReadBrat(const std::string& text, const std::string& annotations) {
  const auto standoff = ParseBrat("一", text, annotations, "a.ann");
  if (!standoff.ok()) FAIL(standoff.error().ToString());
  const auto doc = FromStandoff(*standoff, "a.ann", &TestSchema());
  if (!doc.ok()) FAIL(doc.error().ToString());
  return *doc;
}

// A graph with nothing of its order in it.
std::vector<std::string> Canonical(const AnnotatedDocument& doc) {
  const auto entity = [](const AnnotatedEntity& e) {
    std::vector<std::string> aliases = e.aliases;
    std::sort(aliases.begin(), aliases.end());
    return e.type + " " + e.name + " " + ToJson(Value(List(aliases.begin(), aliases.end()))) +
           ToJson(Value(e.properties));
  };
  std::vector<std::string> out;
  for (const AnnotatedEntity& e : doc.entities) out.push_back(entity(e));
  for (const AnnotatedRelation& r : doc.relations) {
    out.push_back(r.type + "(" + entity(doc.entities[r.from]) + ", " + entity(doc.entities[r.to]) +
                  ")" + ToJson(Value(r.properties)));
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

// The graph that the claims are, by the form alone.
AnnotatedDocument GraphOf(const Claims& claims) {
  AnnotatedDocument doc;
  doc.id = claims.document_id;
  for (const LocalEntity& e : claims.entities) {
    doc.entities.push_back({"", e.type, e.name, e.aliases, e.properties});
  }
  for (const LocalRelation& r : claims.relations) {
    if (r.status != ClaimStatus::kDenied) {
      doc.relations.push_back({r.type, r.from, r.to, r.properties, ""});
    }
  }
  return doc;
}

// Random claims over a random text of few and odd characters, so that names are often equal,
// overlap and cross lines.
class RandomClaims {
 public:
  explicit RandomClaims(std::uint32_t seed) : random_(seed) {
    static constexpr const char* kPieces[] = {"甲",   "乙", "丙", "𠮷",     "a", " ", "\n",
                                              "\r\n", "；", "\\", "\u2028", "“", "\t"};
    const auto text = [&](std::size_t length) {
      std::string out;
      for (std::size_t i = 0; i < length; ++i) out += kPieces[Below(std::size(kPieces))];
      return out;
    };
    doc.id = "文/" + std::to_string(seed);
    if (Below(2) == 0) doc.title = text(8);
    doc.text = text(60);
    claims.document_id = doc.id;
    claims.articles.emplace_back();
    claims.articles.back().body = {0, static_cast<std::uint32_t>(doc.text.size())};
    static constexpr const char* kTypes[] = {"City", "Company", "Project"};
    for (std::size_t i = 0; i < 8; ++i) AddEntity(kTypes[Below(3)], i);
    for (std::size_t i = 0; i < 6; ++i) AddRelation();
    const Status fine = Normalise(doc, claims);
    if (!fine.ok()) FAIL(fine.error().ToString());
  }

  Document doc;
  Claims claims;

 private:
  std::size_t Below(std::size_t limit) { return random_() % limit; }

  FieldSpan RandomSpan() {
    const Field field = !doc.title.empty() && Below(4) == 0 ? Field::kTitle : Field::kText;
    const std::string& text = graph::TextOf(doc, field);
    const CodePointIndex index(text);
    const auto count = static_cast<std::uint32_t>(CountCodePoints(text));
    while (true) {
      const auto begin = static_cast<std::uint32_t>(Below(count));
      const std::uint32_t end = std::min(count, begin + 1 + static_cast<std::uint32_t>(Below(4)));
      const Span span{index.ToBytes(begin), index.ToBytes(end)};
      // A name has something in it besides blanks.
      if (Slice(text, span).find_first_not_of(" \t\r\n\xe2\x80\xa8") != std::string_view::npos) {
        return {field, span};
      }
    }
  }

  void AddEntity(const char* type, std::size_t number) {
    LocalEntity entity;
    entity.type = type;
    entity.key = {type, std::to_string(number), ""};
    for (std::size_t i = 0; i <= Below(3); ++i) {
      entity.mentions.emplace_back();
      entity.mentions.back().at = RandomSpan();
    }
    for (const Mention& mention : entity.mentions) {
      entity.aliases.push_back(WithoutLineEnds(std::string(Slice(doc, mention.at))));
    }
    entity.name = Below(4) == 0 ? "全名" + std::to_string(number) : entity.aliases.front();
    if (Below(4) == 0) entity.aliases.push_back("别名; " + std::to_string(number));
    if (Below(4) == 0) entity.aliases.erase(entity.aliases.begin());
    entity.rule = "test";
    if (entity.type == "Project") {
      entity.properties["stage"] = "开工";
      if (Below(2) == 0) entity.properties["amount"] = 1.5e9;
    }
    claims.entities.push_back(std::move(entity));
  }

  static std::string WithoutLineEnds(const std::string& text) {
    std::string out;
    for (std::size_t pos = 0; pos < text.size();) {
      const CodePoint c = DecodeAt(text, pos);
      if (!EndsLine(c.value)) out.append(text, pos, c.size);
      pos += c.size;
    }
    return out;
  }

  void AddRelation() {
    LocalRelation relation;
    relation.type = "COOPERATES_WITH";
    relation.from = static_cast<std::uint32_t>(Below(claims.entities.size()));
    relation.to = static_cast<std::uint32_t>(Below(claims.entities.size()));
    relation.from_mention = claims.entities[relation.from].mentions.front().at;
    relation.to_mention = claims.entities[relation.to].mentions.back().at;
    relation.evidence.at = {Field::kText, claims.articles[0].body};
    static constexpr const char* kDates[] = {"2026", "2026-03", "\"", "true", "甲;\\乙", " x"};
    if (Below(2) == 0) relation.properties["date"] = kDates[Below(std::size(kDates))];
    if (Below(5) == 0) relation.status = ClaimStatus::kDenied;
    relation.rule = "test";
    claims.relations.push_back(std::move(relation));
  }

  std::mt19937 random_;
};

TEST_CASE("what is written for brat is read as the same graph") {
  for (std::uint32_t seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    const RandomClaims random(seed);
    const Standoff standoff = ToStandoff(random.doc, random.claims);
    const AnnotatedDocument doc = ReadBrat(standoff.text, ToBrat(standoff, TestSchema()));
    CHECK(Canonical(doc) == Canonical(GraphOf(random.claims)));
  }
}

TEST_CASE("what is written for doccano is read as the same graph, unless a name crosses lines") {
  int compared = 0;
  for (std::uint32_t seed = 0; seed < 1000; ++seed) {
    CAPTURE(seed);
    const RandomClaims random(seed);
    const Standoff standoff = ToStandoff(random.doc, random.claims);
    // doccano's spans have no fragments.
    const bool whole = std::all_of(standoff.spans.begin(), standoff.spans.end(),
                                   [](const auto& span) { return span.fragments.size() == 1; });
    if (!whole) continue;
    ++compared;
    const auto read = ParseDoccano(ToDoccano(standoff), "a.jsonl:1");
    if (!read.ok()) FAIL(read.error().ToString());
    CHECK(read->id == random.doc.id);
    const auto doc = FromStandoff(*read, "a.jsonl:1", &TestSchema());
    if (!doc.ok()) FAIL(doc.error().ToString());
    CHECK(Canonical(*doc) == Canonical(GraphOf(random.claims)));
  }
  CHECK(compared > 20);
}

TEST_CASE("brat's offsets are code points, and spans hold no line end") {
  Document doc;
  doc.id = "一";
  doc.title = "题𠮷";
  doc.text = "𠮷水\r\n县开会";
  Claims claims;
  claims.articles.emplace_back();
  claims.articles.back().body = {0, static_cast<std::uint32_t>(doc.text.size())};
  LocalEntity entity;
  entity.type = "County";
  entity.name = "𠮷水县";
  entity.mentions.emplace_back();
  entity.mentions.back().at = {Field::kText, {0, 12}};
  claims.entities.push_back(entity);
  REQUIRE(Normalise(doc, claims).ok());
  const Standoff standoff = ToStandoff(doc, claims);
  CHECK(standoff.text == "题𠮷\n𠮷水\r\n县开会");
  CHECK(ToBrat(standoff, TestSchema()) == "T1\tCounty 3 5;7 8\t𠮷水 县\n");
}

TEST_CASE("what annotators write in brat") {
  const std::string text =
      "水务总署（水务署）印发《湖泊保护办法》。\n水务总署署长白露到场，湖泊电站开工。";
  const AnnotatedDocument doc = ReadBrat(text,
                                         "T1\tMinistry 0 4\t水务总署\n"
                                         "T2\tMinistry 5 8\t水务署\n"
                                         "T3\tPolicy 12 18\t湖泊保护办法\n"
                                         "*\tEquiv T1 T2\n"
                                         "R1\tISSUED Arg1:T2 Arg2:T3\t\n"
                                         "#1\tAnnotatorNotes R1\tdate=2026-03\n"
                                         "T4\tMinistry 21 25\t水务总署\n"
                                         "T5\tOfficial 27 29\t白露\n"
                                         "R2\tHOLDS_POSITION Arg1:T5 Arg2:T4\n"
                                         "#2\tAnnotatorNotes R2\t不确定; title=署长\n"
                                         "T6\tProject 32 36\t湖泊电站\n"
                                         "A1\tstage T6 开工\n"
                                         "#3\tAnnotatorNotes T6\talias=电站; amount=1500\n"
                                         "N1\tReference T6 wiki:1\t湖泊电站\n"
                                         "R3\tISSUED Arg1:T1 Arg2:T3\n"
                                         "#4\tAnnotatorNotes R3\tdate=2026-03\n");
  CHECK(Canonical(doc) == std::vector<std::string>{
                              "HOLDS_POSITION(Official 白露 []{}, Ministry 水务总署 "
                              "[\"水务署\"]{}){\"title\":\"署长\"}",
                              "ISSUED(Ministry 水务总署 [\"水务署\"]{}, Policy 湖泊保护办法 "
                              "[]{}){\"date\":\"2026-03\"}",
                              "Ministry 水务总署 [\"水务署\"]{}",
                              "Official 白露 []{}",
                              "Policy 湖泊保护办法 []{}",
                              "Project 湖泊电站 [\"电站\"]{\"amount\":1500,\"stage\":\"开工\"}",
                          });
  REQUIRE(doc.relations.size() == 2);  // the same relation between other mentions counts once
  CHECK(doc.relations[0].evidence == "水务总署（水务署）印发《湖泊保护办法》。");
  CHECK(doc.relations[1].evidence == "水务总署署长白露到场，湖泊电站开工。");
}

TEST_CASE("fragments make coordinated names; homonyms stay apart") {
  const AnnotatedDocument doc = ReadBrat("青岩、白露高新区。市局。市局。",
                                         "T1\tZone 0 2;5 8\t青岩 高新区\n"
                                         "T2\tZone 3 8\t白露高新区\n"
                                         "T3\tLocalGovernment 9 11\t市局\n"
                                         "T4\tLocalGovernment 12 14\t市局\n"
                                         "#1\tAnnotatorNotes T3\thomonym=1; name=青岩市局\n"
                                         "#2\tAnnotatorNotes T4\thomonym=2\n");
  REQUIRE(doc.entities.size() == 4);
  CHECK(doc.entities[0].name == "青岩高新区");
  CHECK(doc.entities[2].name == "青岩市局");
  CHECK(doc.entities[3].name == "市局");
}

TEST_CASE("mistakes in brat's files are named with their line") {
  const std::pair<const char*, const char*> cases[] = {
      {"T1\tCity 0 3\n", "expected an id, a type with offsets, and a text"},
      {"T1\tCity 0 9\t青岩市\n",
       "offsets 0 9: expected a range of code points in order, in a text of 5"},
      {"T1\tCity 3 3\t\n", "offsets 3 3"},
      {"T1\tCity 2 1\t岩\n", "offsets 2 1"},
      {"T1\tCity 0 2;1 3\t青岩\n", "offsets 1 3"},
      {"T1\tCity -1 3\t青岩市\n", "offsets -1 3"},
      {"T1\tCity 0 99999999999\t青岩市\n", "offsets 0 99999999999"},
      {"T1\tCity 0 2\t青岩市\n", "there stands “青岩”, not “青岩市”"},
      {"T1\tCity 0 3\t青岩市\nT1\tCity 0 2\t青岩\n", "the id T1 stands twice"},
      {"R1\tISSUED Arg1:T1 Arg2:T2\n", "no span has the id T1"},
      {"R1\tISSUED T1\n", "expected an id, a tab, and “TYPE Arg1:T1 Arg2:T2”"},
      {"*\tEquiv T1\n", "Equiv"},
      {"A1\tstage\n", "expected an id, a tab, and “NAME ID VALUE”"},
      {"#1\tAnnotatorNotes T9\tx=1\n", "no annotation has the id T9"},
      {"E1\tMove:T1\n", "expected a line that begins with"},
      {"\x01", "control character"},
  };
  for (const auto& [annotations, want] : cases) {
    CAPTURE(std::string(annotations));
    const auto read = ParseBrat("一", "青岩市开会", annotations, "a.ann");
    REQUIRE_FALSE(read.ok());
    CHECK_MESSAGE(read.error().message.find(want) != std::string::npos, read.error().message);
  }
}

TEST_CASE("damaged annotations are an error or a graph") {
  const RandomClaims random(7);
  const Standoff standoff = ToStandoff(random.doc, random.claims);
  const std::string brat = ToBrat(standoff, TestSchema()), doccano = ToDoccano(standoff);
  std::mt19937 chance(11);
  int read = 0;
  for (int round = 0; round < 2000; ++round) {
    std::string damaged = round % 2 == 0 ? brat : doccano;
    for (int i = 0; i < 2; ++i) {
      const std::size_t at = chance() % damaged.size();
      static constexpr std::string_view kBytes = "\t\n 0919;:TRA#*,[]{}\"\x80";
      damaged[at] = kBytes[chance() % kBytes.size()];
    }
    const auto parsed =
        round % 2 == 0 ? ParseBrat("一", standoff.text, damaged, "x") : ParseDoccano(damaged, "x");
    if (!parsed.ok()) {
      CHECK_FALSE(parsed.error().message.empty());
      continue;
    }
    const auto doc = FromStandoff(*parsed, "x", nullptr);
    if (!doc.ok()) continue;
    ++read;
    CHECK(doc->entities.size() <= parsed->spans.size());
  }
  CHECK(read > 0);
}

TEST_CASE("types and joins are checked") {
  const std::pair<const char*, const char*> cases[] = {
      {"T1\tTown 0 3\t青岩市\n", "T1: the schema has no type Town of entity"},
      {"T1\tRegion 0 3\t青岩市\n", "T1: the schema has no type Region"},
      {"T1\tCity 0 3\t青岩市\nR1\tMAKES Arg1:T1 Arg2:T1\n", "R1: the schema has no type MAKES"},
      {"T1\tCity 0 3\t青岩市\nT2\tCounty 0 2\t青岩\n*\tEquiv T1 T2\n",
       "T2: joined with T1, but one is a City and the other a County"},
  };
  for (const auto& [annotations, want] : cases) {
    const auto read = ParseBrat("一", "青岩市开会", annotations, "a.ann");
    REQUIRE(read.ok());
    const auto doc = FromStandoff(*read, "a.ann", &TestSchema());
    REQUIRE_FALSE(doc.ok());
    CHECK_MESSAGE(doc.error().message.find(want) != std::string::npos, doc.error().message);
  }
}

TEST_CASE("what doccano exports is read, its numbers anew") {
  const auto read = ParseDoccano(
      R"({"id":31,"text":"青岩市开会","Comments":[],"entities":[{"id":907,"label":"City","start_offset":0,"end_offset":3},)"
      R"({"id":911,"label":"City","start_offset":0,"end_offset":2}],"relations":[{"id":5,"from_id":911,"to_id":907,"type":"Equiv"}],)"
      R"("notes":[{"spans":[[0,3,"City"]],"note":"alias=青"},{"spans":[[4,5,"City"]],"note":"alias=丢"}]})",
      "x");
  if (!read.ok()) FAIL(read.error().ToString());
  const auto doc = FromStandoff(*read, "x", &TestSchema());
  REQUIRE(doc.ok());
  CHECK(doc->id == "31");
  CHECK(Canonical(*doc) == std::vector<std::string>{"City 青岩市 [\"青\",\"青岩\"]{}"});
  const std::pair<const char*, const char*> cases[] = {
      {R"({"id":1,"text":"青","entities":[{"id":1,"label":"City","start_offset":0,"end_offset":2}]})",
       "at /entities/0: offsets 0 to 2"},
      {R"({"id":1,"text":"青","entities":[{"id":1,"label":"City","start_offset":-1,"end_offset":1}]})",
       "at /entities/0/start_offset: expected a whole number"},
      {R"({"id":1,"text":"青","entities":[],"relations":[{"id":1,"type":"X","from_id":3,"to_id":3}]})",
       "at /relations/0/from_id: no entity has the id 3"},
      {R"({"id":1,"entities":[]})", "at /text: missing"},
      {R"({"text":"青","entities":[]})", "at /id: missing"},
      {R"([])", "expected an object"},
  };
  for (const auto& [json, want] : cases) {
    CAPTURE(std::string(json));
    const auto bad = ParseDoccano(json, "x");
    REQUIRE_FALSE(bad.ok());
    CHECK_MESSAGE(bad.error().message.find(want) != std::string::npos, bad.error().message);
  }
}

TEST_CASE("document ids as file names") {
  const std::pair<const char*, const char*> cases[] = {
      {"储能", "储能"}, {"a/b", "a~2Fb"},   {"..", "~2E."},
      {".x", "~2Ex"},   {"a~2F", "a~7E2F"}, {"a b#c", "a~20b~23c"},
  };
  for (const auto& [id, want] : cases) {
    const auto name = BratFileName(id);
    REQUIRE(name.ok());
    CHECK(*name == want);
    CHECK(BratDocumentId(*name) == id);
  }
  CHECK_FALSE(BratFileName("").ok());
  CHECK_FALSE(BratFileName(std::string(300, 'x')).ok());
}

TEST_CASE("brat's configuration names the schema's types") {
  const auto configuration = BratConfiguration(TestSchema());
  REQUIRE(configuration.ok());
  for (const char* want :
       {"\n!Region\n\tProvince\n", "\nHELD\tArg1:Ministry|LocalGovernment|Company|",
        ", Arg2:Event\n", "stage\tArg:Project, Value:签约|开工|"}) {
    CHECK_MESSAGE(configuration->find(want) != std::string::npos, want);
  }
}

}  // namespace
}  // namespace tupu::graph
