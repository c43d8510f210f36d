#include "extract/external/external_extractor.h"

#include <doctest/doctest.h>

#include <thread>
#include <vector>

#include "tests/extract/external/sample.h"

namespace tupu::extract {
namespace {

using namespace sample;
using namespace std::chrono_literals;

// Answers each document with the claim that 青禾集团 builds 沙洲码头.
constexpr const char* kBuilder =
    R"(while IFS= read -r line; do printf '%s\n' '{"id":"page","entities":[)"
    R"({"id":"a","type":"Company","name":"青禾集团"},{"id":"b","type":"Project","name":"沙洲码头"}],)"
    R"("relations":[{"type":"BUILDS","from":"a","to":"b","evidence":"青禾集团投资5亿元建设沙洲码头。"}]}'; done)";

TEST_CASE("a program's claims come with its name, again and again") {
  const graph::Document doc = Page();
  const ExternalExtractor external(kBuilder, 10s, TestSchema());
  for (int i = 0; i < 3; ++i) {
    graph::Claims claims = BuiltIn(doc);
    const Status status = external.Extend(doc, claims);
    if (!status.ok()) FAIL(status.error().ToString());
    REQUIRE(claims.relations.size() == 1);
    CHECK(claims.relations[0].rule == "extractor:while");
  }
}

TEST_CASE("the name is the command's first word without its folder") {
  const graph::Document doc = Page();
  const ExternalExtractor external(
      R"(/bin/sed -u 's/.*/{"id":"page","entities":[{"id":"a","type":"Project","name":"沙洲码头"}]}/')",
      10s, TestSchema());
  graph::Claims claims = BuiltIn(doc);
  REQUIRE(external.Extend(doc, claims).ok());
  REQUIRE(claims.entities.size() == 2);
  CHECK(claims.entities[1].rule == "extractor:sed");
}

TEST_CASE("a program that fails is reported, and the claims are as they were") {
  struct Case {
    const char* command;
    const char* message;
  };
  const Case cases[] = {
      {"exit 3", "ended with status 3 without an answer"},
      {"read line; kill -SEGV $$", "was killed by signal 11"},
      {"/no/such/program 2>/dev/null", "ended with status 127"},
      {"sleep 600", "did not answer within 200 ms"},
      {"cat >/dev/null", "did not answer within 200 ms"},
      {"read line; printf 'hello\\n'; cat >/dev/null", "found: hello"},
      {"read line; printf '{}\\n{}\\n'; cat >/dev/null", "more than one line"},
      {"read line; exec 1>&-; sleep 600", "closed its output without an answer"},
  };
  const graph::Document doc = Page();
  for (const Case& c : cases) {
    CAPTURE(c.command);
    const ExternalExtractor external(c.command, 200ms, TestSchema());
    for (int i = 0; i < 2; ++i) {  // a fresh one is no better
      graph::Claims claims = BuiltIn(doc);
      const Status status = external.Extend(doc, claims);
      REQUIRE_FALSE(status.ok());
      CAPTURE(status.error().message);
      CHECK(status.error().message.find(c.message) != std::string::npos);
      CHECK(claims.entities.size() == 1);
      CHECK(claims.relations.empty());
    }
  }
}

TEST_CASE("an endless line is cut off") {
  const graph::Document doc = Page();
  const ExternalExtractor external("yes abcdefghijklmnopqrstuvwxyz | tr -d '\\n'", 60s,
                                   TestSchema());
  graph::Claims claims = BuiltIn(doc);
  const Status status = external.Extend(doc, claims);
  REQUIRE_FALSE(status.ok());
  CHECK(status.error().code == ErrorCode::kLimit);
}

TEST_CASE("one failure does not show in the next document") {
  // Ends at the document that says so.
  const ExternalExtractor external(
      R"(while IFS= read -r line; do case $line in *停*) exit 1;; esac; printf '{"id":"page"}\n'; done)",
      10s, TestSchema());
  graph::Document good = Page();
  graph::Document bad = Page();
  bad.text += "停";
  for (const auto& [doc, fine] :
       {std::pair<graph::Document*, bool>{&good, true}, {&bad, false}, {&good, true}}) {
    graph::Claims claims = BuiltIn(*doc);
    CHECK(external.Extend(*doc, claims).ok() == fine);
  }
}

TEST_CASE("what a program does after its answer is no fault of the next document") {
  const graph::Document doc = Page();
  for (const char* command : {
           R"(head -n 1 | sed 's/.*/{"id":"page"}/')",                 // ends
           R"(read line; echo '{"id":"page"}'; read line; yes 好的)",  // babbles
       }) {
    CAPTURE(command);
    const ExternalExtractor external(command, 10s, TestSchema());
    for (int i = 0; i < 4; ++i) {
      graph::Claims claims = BuiltIn(doc);
      const Status status = external.Extend(doc, claims);
      if (!status.ok()) FAIL(status.error().ToString());
    }
  }
}

TEST_CASE("a long document and its answer cross without waiting for each other") {
  graph::Document doc = Page();
  for (int i = 0; i < 200'000; ++i) doc.text += "长长的正文。";
  graph::Claims claims = BuiltIn(doc);
  // The document itself is an answer without claims.
  const ExternalExtractor external("cat", 60s, TestSchema());
  const Status status = external.Extend(doc, claims);
  if (!status.ok()) FAIL(status.error().ToString().substr(0, 200));
}

TEST_CASE("several threads have a program each") {
  const ExternalExtractor external(kBuilder, 10s, TestSchema());
  std::vector<std::thread> threads;
  std::vector<int> good(4, 0);
  for (std::size_t t = 0; t < good.size(); ++t) {
    threads.emplace_back([&, t] {
      const graph::Document doc = Page();
      for (int i = 0; i < 5; ++i) {
        graph::Claims claims;
        claims.document_id = doc.id;
        claims.articles.emplace_back();
        claims.articles[0].body = {0, static_cast<std::uint32_t>(doc.text.size())};
        good[t] += external.Extend(doc, claims).ok() && claims.relations.size() == 1 ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(good == std::vector<int>(4, 5));
}

}  // namespace
}  // namespace tupu::extract
