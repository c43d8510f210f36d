// Posts of other states, of envoys, of members and of those whom rosters name.
#include <doctest/doctest.h>

#include <algorithm>

#include "extract/ner/gazetteer.h"
#include "tests/extract/facts/marked_document.h"

using namespace tupu;
using namespace tupu::extract;
using Lines = std::vector<std::string>;

namespace {

// Two states and a statesman who is known to be of the first.
class StatesFixture : public FactsFixture {
 public:
  StatesFixture() : gazetteer_(Build()) {}

  Lines Posts(std::string_view lines) const {
    MarkedDocument marked = ParseDocument(lines, schema());
    for (std::size_t s = 0; s < marked.found.size(); ++s) {
      for (EntityMention& mention : marked.found[s].entities) {
        graph::FieldSpan at = marked.page.sentences[s].at;
        at.span = mention.span;
        const std::string_view name = graph::Slice(marked.doc, at);
        for (const Sense& sense : gazetteer_.Lookup(name)) {
          if (gazetteer_.entries()[sense.entry].type == mention.type) {
            mention.entries = {sense.entry};
          }
        }
      }
    }
    auto claims = FindFacts(marked.doc, marked.page, marked.found, schema(), rules(), &gazetteer_);
    REQUIRE(claims.ok());
    Lines shown;
    for (const graph::LocalRelation& rel : claims.value().relations) {
      if (rel.type != "HOLDS_POSITION") continue;
      shown.push_back(claims.value().entities[rel.from].name + " > " +
                      claims.value().entities[rel.to].name + " " +
                      rel.properties.at("title").as_string());
    }
    std::sort(shown.begin(), shown.end());
    return shown;
  }

 private:
  static Gazetteer Build() {
    std::vector<GazetteerEntry> entries(4);
    entries[0].id = "country/法国", entries[0].type = "Place", entries[0].name = "法国";
    entries[1].id = "country/老挝", entries[1].type = "Place", entries[1].name = "老挝";
    entries[2].id = "country/中国", entries[2].type = "Place", entries[2].name = "中国";
    entries[3].id = "person/卡罗维", entries[3].type = "Official", entries[3].name = "卡罗维";
    entries[3].parent_id = "country/法国";
    auto built = Gazetteer::Build(std::move(entries));
    REQUIRE(built.ok());
    return std::move(built).value();
  }

  Gazetteer gazetteer_;
};

}  // namespace

TEST_CASE_FIXTURE(StatesFixture, "posts of other states, by the state that the context names") {
  const std::vector<std::pair<std::string, Lines>> cases = {
      {"[Place:老挝]举行阅兵，总统[Official:坎佩]到场。", {"坎佩 > 老挝 总统"}},
      {"[Place:老挝]举行阅兵。\n支持前总理[Official:坎佩]的人也在。", {"坎佩 > 老挝 前总理"}},
      {"会见[Place:老挝]大公[Official:坎佩]、首相[Official:林晚]。",
       {"坎佩 > 老挝 大公", "林晚 > 老挝 首相"}},
      {"同[Official:坎佩]总统会谈，[Place:老挝]方面表示欢迎。", {"坎佩 > 老挝 总统"}},
      // Of two states only his own is known.
      {"[Place:老挝]和[Place:法国]代表到场，同[Official:坎佩]总统会谈。", {}},
      {"[Place:老挝]和[Place:法国]代表到场，同[Official:卡罗维]总统会谈。", {"卡罗维 > 法国 总统"}},
      {"[Place:法国]举行阅兵，据报道，法总统[Official:坎佩]到场。", {"坎佩 > 法国 总统"}},
      // Somebody else's president: no lead stands before the post.
      {"[Place:老挝]举行阅兵，某岛国总统[Official:坎佩]到场。", {}},
      {"[Institution:[Place:法国]财政部]长[Official:坎佩]到访。", {"坎佩 > 法国 财政部长"}},
      {"[Institution:[Place:法国]财政部]长[Official:坎佩]到访。\n[Institution:[Place:法国]财政部]"
       "发表声明。",
       {"坎佩 > 法国财政部 部长"}},
      {"[Institution:[Place:法国]竹业与林业部]长[Official:坎佩]到访。",
       {"坎佩 > 法国竹业与林业部 部长"}},
      {"[Place:法国]总理[Official:坎佩]到访。\n[Institution:[Place:法国]政府]发表声明。",
       {"坎佩 > 法国政府 总理"}},
      {"[Place:中国]驻[Place:老挝]大使[Official:周远航]到机场迎接。", {"周远航 > 中国 驻老挝大使"}},
      {"新任驻[Place:老挝]大使[Official:周远航]到机场迎接。", {}},
  };
  for (const auto& [text, expected] : cases) {
    CAPTURE(text);
    CHECK(Posts(text) == expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "members by what they do, and directors in one list") {
  const std::vector<std::pair<std::string, Lines>> cases = {
      {"[Ministry:全国政协]开会。\n[Official:周远航]常委建议，保护竹海。",
       {"周远航 > 全国政协 title=常委"}},
      {"[Ministry:全国人大]收到建议。\n[Official:周远航]代表：", {"周远航 > 全国人大 title=代表"}},
      {"[Ministry:全国人大]收到建议。\n[Official:周远航]代表公司发言。", {}},
      {"[Company:远山集团]独立董事[Person:周远航]，时任董事[Person:李青山]、[Person:王木]"
       "负有责任。",
       {"周远航 > 远山集团 title=独立董事", "李青山 > 远山集团 title=董事",
        "王木 > 远山集团 title=董事"}},
      {"[Institution:中国竹业协会]地板专业委员会秘书长[Person:周远航]说。",
       {"周远航 > 中国竹业协会地板专业委员会 title=秘书长"}},
      {"[Institution:台州科学院]、[Institution:台州工程院]院士[Person:周远航]说。",
       {"周远航 > 台州科学院 title=院士", "周远航 > 台州工程院 title=院士"}},
      {"[Institution:台州学院]学术委员会主任[Person:周远航]说。",
       {"周远航 > 台州学院 title=学术委员会主任"}},
  };
  for (const auto& [text, expected] : cases) {
    CAPTURE(text);
    Lines sorted = expected;
    std::sort(sorted.begin(), sorted.end());
    CHECK(Relations(text, "HOLDS_POSITION") == sorted);
  }
}

TEST_CASE_FIXTURE(FactsFixture,
                  "posts that a sentence about one person tells, and behind a bracket") {
  const std::vector<std::pair<std::string, Lines>> cases = {
      {"创始人[Person:林晚]毕业于理工科，曾任[Company:远山集团]产品总监，现任[Institution:台州学院]"
       "教授。",
       {"林晚 > 台州学院 title=教授", "林晚 > 远山集团 title=产品总监"}},
      {"[Person:林晚]曾担任[Company:远山集团]副总裁职务。", {"林晚 > 远山集团 title=副总裁"}},
      // Of two people nobody knows whose post it is.
      {"[Person:林晚]会见[Person:吴竹声]，曾任[Company:远山集团]产品总监的人也在。", {}},
      {"[Person:林晚]，曾任职于[Company:远山集团]。", {}},
      {"[Company:远山集团]（YSJT）董事长[Person:林晚]到场。", {"林晚 > 远山集团 title=董事长"}},
      // Never held, and of something else.
      {"[Person:林晚]拒绝出任[Company:远山集团]副总裁。", {}},
      {"[Person:林晚]从未担任[Company:远山集团]副总裁。", {}},
      {"[Person:林晚]未担任[Company:远山集团]副总裁。", {}},
      {"[Person:林晚]介绍了竹椅，是[Company:远山集团]副总裁送的。", {}},
  };
  for (const auto& [text, expected] : cases) {
    CAPTURE(text);
    CHECK(Relations(text, "HOLDS_POSITION") == expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "a post that somebody is to hold is planned") {
  const std::vector<std::pair<std::string, graph::ClaimStatus>> cases = {
      {"[Person:林晚]将出任[Company:远山集团]副总裁。", graph::ClaimStatus::kPlanned},
      {"[Person:林晚]拟担任[Company:远山集团]副总裁。", graph::ClaimStatus::kPlanned},
      {"[Person:林晚]未来将出任[Company:远山集团]副总裁。", graph::ClaimStatus::kPlanned},
      {"[Person:林晚]出任[Company:远山集团]副总裁。", graph::ClaimStatus::kDone},
      {"[Person:林晚]将到场，曾任[Company:远山集团]副总裁。", graph::ClaimStatus::kDone},
      {"[Person:林晚]在[County:将乐县]出任[Company:远山集团]副总裁。", graph::ClaimStatus::kDone},
  };
  for (const auto& [text, expected] : cases) {
    CAPTURE(text);
    const graph::Claims claims = Find(text);
    const auto post = std::find_if(claims.relations.begin(), claims.relations.end(),
                                   [](const auto& r) { return r.type == "HOLDS_POSITION"; });
    REQUIRE(post != claims.relations.end());
    CHECK(post->status == expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "rosters of bodies that a document sets up") {
  const std::string head =
      "关于成立国家竹业发展委员会的通知\n现将国家竹业发展委员会组成人员名单通知如下：\n";
  CHECK(Relations(head + "主　任：[Official:周远航]\n　　　　[Official:李青山]\n委　员：\n"
                         "（一）部门委员\n[Official:王木]\n"
                         "委员会办公室设在水利部，承担委员会的日常工作。\n[Official:吴竹声]",
                  "HOLDS_POSITION") == Lines{"周远航 > 国家竹业发展委员会 title=主任",
                                             "李青山 > 国家竹业发展委员会 title=主任",
                                             "王木 > 国家竹业发展委员会 title=委员"});
  // Nobody is under a label, or the label is another word's end.
  CHECK(Relations(head + "[Official:周远航]\n记者：[Official:李青山]", "HOLDS_POSITION").empty());
  // No body is set up.
  CHECK(Relations("关于竹业发展委员会的通知\n主　任：[Official:周远航]", "HOLDS_POSITION").empty());
}
