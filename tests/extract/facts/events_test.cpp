// Who takes part in what, and when two names are one event.
#include <doctest/doctest.h>

#include "tests/extract/facts/marked_document.h"

using namespace tupu;
using namespace tupu::extract;

TEST_CASE_FIXTURE(FactsFixture, "a committee that only the name of its meeting tells holds it") {
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::vector<Case> cases = {
      {"[Event:青山竹艺合作委员会第二次会议]闭幕。",
       {"青山竹艺合作委员会 > 青山竹艺合作委员会第二次会议"}},
      {"[Event:青山竹艺工作委员会2031年年会]闭幕。",
       {"青山竹艺工作委员会 > 青山竹艺工作委员会2031年年会 date=2031"}},
      // Another's, one that is not counted, a body that is known.
      {"[Event:青山竹艺合作委员会成立大会]闭幕。", {}},
      {"[Event:竹艺委员会第二次会议]闭幕。", {}},
      {"[Event:[Ministry:林业局]竹艺工作委员会第二次会议]闭幕。",
       {"林业局 > 林业局竹艺工作委员会第二次会议"}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(Relations(c.text, "HELD") == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "plenums of one term share its number") {
  const auto names = [&](std::string_view text) {
    std::string all;
    for (const graph::LocalEntity& ent : Find(text).entities) all += ent.name + " ";
    return all;
  };
  CHECK(names("贯彻五届二中、三中、四中全会精神。") == "五届二中全会 五届三中全会 五届四中全会 ");
  CHECK(names("贯彻五届二中全会精神。") == "");
  CHECK(names("贯彻各届二中、三中精神。") == "");
}

TEST_CASE_FIXTURE(FactsFixture, "who took part") {
  CHECK(Relations("[Event:竹产业大会]开幕，[Ministry:林草局]副局长[Official:周远航]、[Institution:"
                  "竹业协会]代表出席会议。",
                  "ATTENDED") == Lines{"周远航 > 竹产业大会", "竹业协会 > 竹产业大会"});
  CHECK(Relations("[Event:竹产业大会]开幕。[Official:周远航]表示，前景好。", "ATTENDED").empty());
  CHECK(Relations("[Official:周远航]到[City:宜昌]调研，并主持召开[Event:竹产业座谈会]。",
                  "ATTENDED") == Lines{"周远航 > 竹产业座谈会"});
  CHECK(Relations("[Official:周远航]将不出席[Event:竹产业大会]。", "ATTENDED").empty());
  CHECK(Relations("[Ministry:水利部]召开[Event:支持竹业发展座谈会]。", "HELD") ==
        Lines{"水利部 > 支持竹业发展座谈会"});
  CHECK(Relations("[Ministry:水利部]支持举办[Event:竹业发展座谈会]。", "HELD").empty());
  CHECK(Relations("[Event:五届人大二次会议]4日举行[Event:预备会议]。[Official:周远航]主持会议。",
                  "ATTENDED") == Lines{"周远航 > 预备会议"});
  CHECK(Relations("在[Event:竹产业大会]上，[Official:周远航]表示，前景好。", "ATTENDED") ==
        Lines{"周远航 > 竹产业大会"});
}

TEST_CASE_FIXTURE(FactsFixture, "who took part is told in many ways") {
  const std::vector<std::pair<std::string, Lines>> cases = {
      // Named behind the verb.
      {"[Event:竹乡座谈会]召开。\n出席座谈会的竹农还有[Person:程砚秋]、[Person:王木]等。",
       {"王木 > 竹乡座谈会", "程砚秋 > 竹乡座谈会"}},
      {"[Event:竹乡座谈会]召开。\n出席座谈会的竹农住在山里，[Person:程砚秋]也是竹农。", {}},
      {"[Event:竹乡座谈会]召开。\n出席座谈会的有[Ministry:林草局][@title:局长][Official:李青山]、"
       "[@title:副局长][Official:吴竹声]，[Institution:竹业协会][@title:会长][Person:王木]。",
       {"吴竹声 > 竹乡座谈会", "李青山 > 竹乡座谈会", "王木 > 竹乡座谈会"}},
      {"[Event:竹乡座谈会]召开。\n出席座谈会的还有：[Person:程砚秋]、[Person:王木]。",
       {"王木 > 竹乡座谈会", "程砚秋 > 竹乡座谈会"}},
      // What only holds the word, what the sentence goes on to, who only wrote.
      {"[Event:竹乡座谈会]召开。\n出席座谈会的有关负责人看望[Person:程砚秋]。", {}},
      {"[Event:竹乡座谈会]召开。\n出席座谈会的所有竹农感谢[Person:程砚秋]。", {}},
      {"[Event:竹乡座谈会]召开。\n出席座谈会的还有[Person:程砚秋]、[Person:王木]，"
       "会议学习了[Official:周远航]的讲话。",
       {"王木 > 竹乡座谈会", "程砚秋 > 竹乡座谈会"}},
      {"[Event:竹乡座谈会]召开。\n出席座谈会的还有宣读[Official:周远航]贺信的[Person:王木]。",
       {"王木 > 竹乡座谈会"}},
      {"[Event:竹乡座谈会]召开。\n出席座谈会的还有[Person:王木]，会议听取了[Person:程砚秋]的汇报。",
       {"王木 > 竹乡座谈会"}},
      // Met there.
      {"[Official:周远航]同[Official:李青山]、[Person:王木]举行[Event:竹农对话会]。",
       {"周远航 > 竹农对话会", "李青山 > 竹农对话会", "王木 > 竹农对话会"}},
      {"[Official:周远航]表示，将择日举行[Event:竹农对话会]。", {}},
      // The event was gone to by others.
      {"[Official:周远航]出席[Event:竹乡教育年开幕式]。\n[Official:李青山]、[Person:王木]等参加。",
       {"周远航 > 竹乡教育年开幕式", "李青山 > 竹乡教育年开幕式", "王木 > 竹乡教育年开幕式"}},
      {"[Event:竹业大会]开幕。\n[Official:周远航]出席活动。", {"周远航 > 竹业大会"}},
      {"[Event:竹业大会]开幕。\n[Official:周远航]参加上述活动。", {}},
      {"[Event:竹业大会]开幕。\n[Official:周远航]在会上宣读了领导小组的通报。",
       {"周远航 > 竹业大会"}},
      {"[Event:竹业大会]开幕。\n[Official:周远航]在致辞中表示，竹业有前景。",
       {"周远航 > 竹业大会"}},
      {"[Event:竹业大会]2日在台州开幕。\n[Official:周远航]出席。", {"周远航 > 竹业大会"}},
      {"[Event:竹业大会]开幕。\n[Official:周远航]在总结讲话中指出，竹业有前景。",
       {"周远航 > 竹业大会"}},
      // What was before is not what the article is about.
      {"[Event:第八次代表会]以来，竹业发展。\n[Event:竹业大会]召开。\n[Official:周远航]出席会议。",
       {"周远航 > 竹业大会"}},
      // Bodies themselves, and not where it is or who holds it.
      {"[Event:竹业大会]开幕，[Ministry:水利部]、[Ministry:财政部]有关部门负责人出席会议。", {}},
      {"[Event:竹业大会]开幕，[Official:周远航]在[Institution:台州学院]出席大会。",
       {"周远航 > 竹业大会"}},
      {"[Event:竹业大会]由[Institution:竹业协会]和[Institution:台州学院]合办，各界来宾出席大会。",
       {}},
      // Bodies that speak.
      {"[Event:竹业协商座谈会]召开。\n[Ministry:水利部]、[Ministry:财政部]负责同志介绍有关情况。",
       {"水利部 > 竹业协商座谈会", "财政部 > 竹业协商座谈会"}},
      // Contests.
      {"[Event:竹乡运动会]开赛。\n[Person:程砚秋]战胜对手。", {"程砚秋 > 竹乡运动会"}},
  };
  for (const auto& [text, expected] : cases) {
    CAPTURE(text);
    CHECK(Relations(text, "ATTENDED") == expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "a meeting whose name begins with a body is that body's") {
  const std::vector<std::pair<std::string, Lines>> cases = {
      {"[Event:2031年[Ministry:水利部]竹业工作会议]开幕。",
       {"水利部 > 2031年水利部竹业工作会议 date=2031"}},
      {"[Event:五届[Ministry:全国人大]三次会议]开幕。", {"全国人大 > 五届全国人大三次会议"}},
      {"[Event:第五届[Ministry:全国人大]第三次会议]开幕。",
       {"全国人大 > 第五届全国人大第三次会议"}},
      {"[Event:五届[Ministry:全国人大常委会]第11次会议]开幕。",
       {"全国人大常委会 > 五届全国人大常委会第11次会议"}},
      {"[Event:[Ministry:五届全国人大常委会]第12次会议]开幕。",
       {"五届全国人大常委会 > 五届全国人大常委会第12次会议"}},
      {"[Event:五届[Ministry:全国人大]三次会议主席团第二次会议]举行。", {}},
      {"[Event:五届[Company:竹山集团]杯邀请赛]开幕。", {}},
  };
  for (const auto& [text, expected] : cases) {
    CAPTURE(text);
    CHECK(Relations(text, "HELD") == expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture,
                  "who took part: lists without an object, lecturers, those who convene") {
  const std::vector<std::pair<std::string, Lines>> cases = {
      {"[Event:竹产业大会]2日召开。\n[Official:周远航]、[Official:吴竹声]等出席。",
       {"吴竹声 > 竹产业大会", "周远航 > 竹产业大会"}},
      // Where nothing says that the event is held, they took part in something else.
      {"[Official:周远航]在[Event:竹产业大会]期间会见客商。\n[Official:吴竹声]等参加。", {}},
      {"[Ministry:林草局]举行[Event:竹产业学习会]。\n[Person:吴竹声]进行讲解。",
       {"吴竹声 > 竹产业学习会"}},
      {"[Official:周远航]召开[Event:竹农座谈会]。", {"周远航 > 竹农座谈会"}},
      // Who only wrote, invited, or was met; another meeting; who is named as somebody's body.
      {"[Official:周远航]出席[Event:竹产业大会]，宣读[Official:吴竹声]主席贺信并致辞。",
       {"周远航 > 竹产业大会"}},
      {"[Official:周远航]会见出席[Event:竹产业大会]的代表。", {}},
      {"会见[Official:吴竹声]、[Official:林晚]，出席[Event:竹产业大会]。", {}},
      {"[Event:竹产业大会]2日召开。\n[Official:周远航]主持召开座谈会。", {}},
      {"[Event:五届全国人大二次会议]2日召开。\n[Official:周远航]在参加乙省代表团审议时发言。",
       {"周远航 > 五届全国人大二次会议"}},
      {"[Event:竹产业大会]2日召开。\n[Official:周远航]在参加乙省代表团审议时提出建议。", {}},
      {"[Event:竹产业大会]2日召开。\n[Institution:竹业协会]成员参加会议。", {}},
      {"[Event:竹产业大会]2日召开。\n[Official:周远航]出席[Event:竹产业大会开幕式]并致辞。",
       {"周远航 > 竹产业大会"}},
      {"[Institution:台州学院]代表应邀出席[Event:竹农座谈会]。", {"台州学院 > 竹农座谈会"}},
  };
  for (const auto& [text, expected] : cases) {
    CAPTURE(text);
    CHECK(Relations(text, "ATTENDED") == expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "a session has a long and a short name") {
  const auto names = [&](const std::string& text) {
    Lines out;
    for (const graph::LocalEntity& ent : Find(text).entities) {
      if (ent.type == "Event") out.push_back(ent.name);
    }
    return out;
  };
  CHECK(names("[Event:政协第五届全国委员会常务委员会第三次会议]闭幕。\n"
              "[Event:全国政协五届常委会第三次会议]审议了报告。")
            .size() == 1);
  CHECK(names("[Event:政协第五届全国委员会常务委员会第三次会议]闭幕。\n"
              "[Event:全国政协五届常委会第四次会议]审议了报告。")
            .size() == 2);
  CHECK(names("[Event:五届全国人大常委会第二十九次委员长会议]闭幕。\n"
              "[Event:五届全国人大常委会第29次委员长会议]审议了报告。")
            .size() == 1);
  CHECK(names("[Event:五届全国人大常委会第十一次会议]闭幕。\n"
              "[Event:五届全国人大常委会第10次会议]审议了报告。")
            .size() == 2);
  CHECK(names("[Event:全国政协主席会议]举行。\n"
              "[Event:政协第五届全国委员会第十七次主席会议]审议了报告。")
            .size() == 1);
  CHECK(names("[Event:全国政协主席会议]举行。\n"
              "[Event:政协第五届全国委员会第十七次主席会议]审议了报告。\n"
              "[Event:政协第五届全国委员会第十六次主席会议]审议了报告。")
            .size() == 3);
  CHECK(names("[Event:第5届全国人大第3次会议]闭幕。\n"
              "[Event:第5届全国人大第4次会议]审议了报告。")
            .size() == 2);
  CHECK(names("[Event:五届全国人大一次会议主席团第二次会议]闭幕。\n"
              "[Event:五届全国人大三次会议主席团第二次会议]审议了报告。")
            .size() == 2);
  CHECK(names("[Event:五届全国人大三次会议]闭幕。\n"
              "[Event:全国政协五届三次会议]审议了报告。")
            .size() == 2);
  CHECK(names("[Event:“竹海-31”联合演习]开始。\n[Event:“竹海—31”联合演习]结束。").size() == 1);
}
