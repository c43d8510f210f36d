// People by their names and posts.
#include <doctest/doctest.h>

#include "tests/extract/ner/recognised.h"

using namespace tupu;
using namespace tupu::extract;

TEST_CASE("people by lists, brackets and appointments") {
  Check({
      {"刘海楼、方光林、梁远松、苏广和、王新华等14位代表发言。",
       {"Official:刘海楼", "Official:方光林", "Official:梁远松", "Official:苏广和"},
       {}},
      {"食品、服装、家电、汽车等行业回暖。", {}, {"Official", "Person"}},
      {"副组长：吴竹声（省档案馆副馆长）左绍松（省图书馆馆长）",
       {"Official:吴竹声", "Official:左绍松"},
       {}},
      {"免去周远航的检察院检察长职务，任命吴竹声为检察长。",
       {"Official:周远航", "Official:吴竹声"},
       {}},
      {"任命专家为顾问。", {}, {"Official"}},
  });
}

TEST_CASE("people") {
  Check({
      {"省长赵小海在会上强调安全。", {"Official:赵小海"}, {}},
      {"副市长孙大川、钱文秀、周立出席。",
       {"Official:孙大川", "Official:钱文秀", "Official:周立"},
       {}},
      {"秘书长吴际说，明年更好。", {"Official:吴际"}, {}},
      {"公司总经理郑全与客户签约。", {"Person:郑全"}, {}},
      {"王一鸣表示，项目进展顺利。", {"Person:王一鸣"}, {}},
      {"法国总统普尔在12日的讲话中表示欢迎。", {"Official:普尔"}, {"Official:普尔在"}},
      {"该国将担任轮值主席国并主办峰会。", {}, {"Official"}},
      {"副主席阿不都拉·艾山到会。", {"Official:阿不都拉·艾山"}, {}},
      {"卓越工程师培养改革启动。", {}, {"Person", "Official"}},
      {"学者研究习近平新时代中国特色社会主义思想多年。", {}, {"Official"}},
  });
}

TEST_CASE("who is given a post, and lists of members with their posts in brackets") {
  Check({
      {"会议决定任命孙立言为水利部副部长。", {"Official:孙立言"}, {}},
      {"免去钱文秀、周立的副局长职务。", {"Official:钱文秀", "Official:周立"}, {}},
      {"免去钱文秀第十四届全国政协委员资格。", {"Official:钱文秀"}, {"Official:钱文秀第"}},
      {"成员：孙立言（县教育局副局长）钱文秀（县水利局局长）。",
       {"Official:孙立言", "Official:钱文秀"},
       {}},
      {"任命决定和选举方案一并公布。", {}, {"Official", "Person"}},
      {"方便群众（详见附件一）。", {}, {"Official", "Person"}},
  });
}

TEST_CASE("names of single characters, and what stands before a name") {
  Check({
      {"位于怒江上游的拉旺水电站今天开工。", {"Project:拉旺水电站"}, {}},
      {"省里决定对湖南岳阳市永盛煤矿挂牌督办。", {"Project:湖南岳阳市永盛煤矿"}, {}},
      {"当地在建水电站、已建水电站都要检查。", {}, {"Project"}},
      {"常德经益阳至岳阳高速铁路试运行。", {"Project:常德经益阳至岳阳高速铁路"}, {}},
      {"昨天（8月20日）拉旺水电站投产。", {"Project:拉旺水电站"}, {"8月20日"}},
      {"湖南岳阳庄上村修路。", {"Place:庄上村"}, {"Place:岳阳庄上村"}},
      {"9.5亿PPP项目签约。", {}, {"Project:9.5亿"}},
  });
}

TEST_CASE("transliterated names end where a verb or a time begins") {
  Check({
      {"国家主席习近平致电米洛·多兰科维奇表示祝贺。",
       {"Official:习近平", "Person:米洛·多兰科维奇"},
       {"致电"}},
      {"该国总统佩尔特加感谢各方。", {"Official:佩尔特加"}, {}},
      {"谈判负责人莫茨费尔德同意。", {"Person:莫茨费尔德"}, {}},
      {"加纳总统巴多马通电话时说明了情况。", {"Official:巴多马"}, {"Official:巴多马通"}},
      {"加纳总统巴多比18日表示欢迎。", {"Official:巴多比"}, {}},
      {"加纳财长塔马什日前表示欢迎。", {"Official:塔马什"}, {}},
      {"老挝选手巴多西娃夺得金牌。", {"Person:巴多西娃"}, {}},
      {"会上，同巴多西马总统交换意见。", {"Official:巴多西马"}, {}},
      {"会上，同塞尔维亚总统交换意见。", {}, {"Official"}},
      {"加纳总统巴多马当天表示欢迎。", {"Official:巴多马"}, {"Official:巴多马当天"}},
  });
}

TEST_CASE("names of several transliterated parts, and letters in them that are words elsewhere") {
  Check({
      {"该国议长布朗-皮埃尔说，双方都有责任。", {"Official:布朗-皮埃尔"}, {}},
      {"该国外长让-马克·迪朗到访。", {"Official:让-马克·迪朗"}, {}},
      {"法国第一副总理别洛索夫当天表示欢迎。", {"Official:别洛索夫"}, {}},
      {"该国总统奥比昂当天表示欢迎。", {"Official:奥比昂"}, {}},
      {"该国总统因凡迪诺当天表示欢迎。", {"Official:因凡迪诺"}, {}},
      {"法官卡琳·因默特裁定无效。", {"Official:卡琳·因默特"}, {}},
      {"法国国防部长洛佩尔说，演习开始。", {"Official:洛佩尔"}, {}},
      {"首席财务官尾崎清(Kiyoshi Ozaki)说。", {"Person:尾崎清"}, {}},
      {"马赛-里昂铁路通车。", {}, {"Person", "Official"}},
  });
}

TEST_CASE("people with Latin names stand behind their posts") {
  Check({
      {"总裁Nora Feld说，市场回暖。", {"Person:Nora Feld"}, {}},
      {"营销总监NoraFeld补充道。", {"Person:NoraFeld"}, {}},
      {"联合创始人Nora Feld和Tim de Ross离开。", {"Person:Nora Feld", "Person:Tim de Ross"}, {}},
      {"会长Nora表示欢迎。", {"Official:Nora"}, {}},
      {"总裁助理使用Office软件。", {}, {"Person"}},
      {"首席执行官IBM时代结束。", {}, {"Person"}},
      {"负责人VIP通道开放。", {}, {"Person"}},
  });
}

TEST_CASE("rosters set with gaps") {
  Check({
      {"组　长：孙立言　　省水利局局长", {"Official:孙立言"}, {}},
      {"李　山　　省林业局副局长", {"Official:李　山"}, {}},
      {"孙立言　　电话　　地址", {}, {"Official", "Person"}},
  });
}

TEST_CASE("a surname before a form of address names nobody") {
  Check({
      {"负责人李先生说，市场回暖。", {}, {"Person", "Official"}},
      {"实际控制人王校长承诺回购。", {}, {"Person", "Official"}},
      {"建立航空摄影成果共享机制，报送航空摄影成果。", {}, {"Person", "Official"}},
      {"由专家库中抽取五人。", {}, {"Person", "Official"}},
      {"民众在首相官邸前抗议。", {}, {"Person", "Official"}},
      {"外延并购CMO公司、投资布局。", {}, {"Person", "Official"}},
  });
}

TEST_CASE("a part of a transliterated name is none") {
  Check({
      {"卡尔哥罗德州州长说，桥已修好。", {}, {"City"}},
      {"德州扒鸡上市。", {"City:德州"}, {}},
      {"库兰巴赫穆特一带有雨。", {}, {"Person"}},
      {"卡伦·阿德兰医院重开，萨赖特难民营停电。", {}, {"Person"}},
      {"外国专家代表，以及他们的家人来了。", {}, {"Person:代表"}},
      {"会上提请审议水产法修订草案，并审议渔港法草案。",
       {"Policy:水产法修订草案", "Policy:渔港法草案"},
       {"提请", "审议"}},
      {"卡里州、布梅州等多地有雨，罗莫夫斯克、卡里等地转晴。", {}, {"City", "Person"}},
      {"农业部门部署春耕，“华盛顿”号航母靠港。", {}, {"Ministry", "Place"}},
      {"信中指出，双方都有责任。秘书长卡伦·格林当天表示欢迎。",
       {"Official:卡伦·格林"},
       {"信中", "当天"}},
      {"会议召开长江保护法实施座谈会。", {"Event:长江保护法实施座谈会"}, {}},
      {"参赛人员第三届云州茶艺大赛即将开幕。", {"Event:第三届云州茶艺大赛"}, {"参赛"}},
      {"复旦三号卫星入轨，也门政府军后撤。", {}, {"Institution"}},
      {"尼方愿与各方一道努力。", {}, {"Person"}},
  });
}

TEST_CASE("names whose last character is a verb, of foreigners, behind labels") {
  Check({
      {"秘书长吴竹擎认为，行业会整合。", {"Official:吴竹擎"}, {}},
      {"处长吴竹领表示，标准要统一。", {"Official:吴竹领"}, {}},
      {"总裁吴竹曾表示，不会涨价。", {"Person:吴竹"}, {"Person:吴竹曾"}},
      {"老挝总统洛伦索当天发表讲话。", {"Official:洛伦索"}, {}},
      {"老挝国王洛伦六世到访。", {"Official:洛伦六世"}, {}},
      {"联系人：吴竹声，电话：12345678。", {"Person:吴竹声"}, {}},
      {"公司股东吴竹声拟减持股份。", {"Person:吴竹声"}, {}},
      {"老股东高榕跟投。", {}, {"Person"}},
      {"总理候选人尚未公布。", {}, {"Official"}},
      {"老板陈某对此不满。", {}, {"Person"}},
  });
}

TEST_CASE("people behind the name of a body, in addresses, bylines and before numbers") {
  Check({
      {"中国竹业协会李明远秘书长到场。", {"Official:李明远"}, {}},
      {"中国竹业协会吴竹声介绍，产量回升。", {"Person:吴竹声"}, {}},
      {"吴志明先生和林晚女士到场。", {"Person:吴志明", "Person:林晚"}, {}},
      {"吴竹声、林晚委员：", {"Official:吴竹声", "Official:林晚"}, {}},
      {"广大市民代表：", {}, {"Official"}},
      {"竹业网 竹叶青? ?2026-03-05 12:00", {"Person:竹叶青"}, {}},
      {"职业技能鉴定中心李明远010-12345678", {"Person:李明远"}, {}},
      {"高新区 吴竹声 12345678", {"Person:吴竹声"}, {}},
      {"　　吴　竹 12345678", {"Person:吴　竹"}, {}},
      {"县水利局竹业处李明远电话：12345678", {"Person:李明远"}, {}},
      {"联系人：林晚晴、曾竹 电话：12345678", {"Person:林晚晴", "Person:曾竹"}, {}},
      {"值班室 12345678，园区处 12345678", {}, {"Person"}},
      {"游客接到电话：12345678", {}, {"Person"}},
      {"（校对/Nora）", {"Person:Nora"}, {}},
      {"公司法定代表人为吴竹声，", {"Person:吴竹声"}, {}},
      {"公司法定代表人为外国公民。", {}, {"Person"}},
      {"公司创始人之一吴竹声到场。", {"Person:吴竹声"}, {}},
      {"公司董秘何涛，总裁于林表示同意。", {"Person:何涛", "Person:于林"}, {}},
      {"总裁于周六到场。", {}, {"Person"}},
      {"县里工作人员吴竹声告诉记者。", {"Person:吴竹声"}, {}},
      {"公司由Nora Feld和Tim Ross于2031年创立。", {"Person:Nora Feld", "Person:Tim Ross"}, {}},
      {"公司由Nora Feld掌管。", {}, {"Person"}},
      {"作者：Nora Feld", {"Person:Nora Feld"}, {}},
      {"责任编辑：Nora网络有限公司", {}, {"Person"}},
      {"监督热线 12345678，联系电话 010-12345678", {}, {"Person"}},
  });
}
