#include "extract/ner/recogniser.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace tupu;
using namespace tupu::extract;

namespace {

const Recogniser& Shared() {
  static const Recogniser recogniser = [] {
    std::filesystem::path schemas = std::filesystem::path(TUPU_SOURCE_DIR) / "schemas";
    auto schema = graph::Schema::Load(schemas);
    REQUIRE(schema.ok());
    auto loaded = Recogniser::Load(schemas, *schema);
    if (!loaded.ok()) FAIL(loaded.error().ToString());
    return std::move(loaded).value();
  }();
  return recogniser;
}

struct Reading {
  graph::Document doc;
  Page page;
  std::vector<SentenceMentions> mentions;
};

Reading Read(const std::string& text, const std::string& date = "2026-03-01") {
  Reading out;
  out.doc.id = "d";
  out.doc.date = date;
  out.doc.text = text;
  out.page = SplitPage(out.doc);
  out.mentions = Shared().Recognise(out.doc, out.page);
  REQUIRE(out.mentions.size() == out.page.sentences.size());
  return out;
}

// "Type:form" of every mention but industries, nested ones with a "+" in front.
std::vector<std::string> Found(const std::string& text) {
  Reading reading = Read(text);
  std::vector<std::string> out;
  for (std::size_t i = 0; i < reading.mentions.size(); ++i) {
    const std::string& field = graph::TextOf(reading.doc, reading.page.sentences[i].at.field);
    for (const EntityMention& mention : reading.mentions[i].entities) {
      if (mention.type == "Industry") continue;
      out.push_back((mention.nested ? "+" : "") + mention.type + ":" +
                    std::string(Slice(field, mention.span)));
    }
  }
  return out;
}

std::string Joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += part + " ";
  return out;
}

struct Case {
  const char* text;
  std::vector<std::string> has;
  std::vector<std::string> lacks;  // parts of what must not be found
};

void Check(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    std::vector<std::string> found = Found(c.text);
    CAPTURE(c.text);
    CAPTURE(Joined(found));
    for (const std::string& wanted : c.has) {
      CAPTURE(wanted);
      CHECK(std::find(found.begin(), found.end(), wanted) != found.end());
    }
    for (const std::string& unwanted : c.lacks) {
      CAPTURE(unwanted);
      CHECK(std::none_of(found.begin(), found.end(), [&](const std::string& one) {
        return one.find(unwanted) != std::string::npos;
      }));
    }
  }
}

}  // namespace

TEST_CASE("no names in plain words") {
  Check({
      {"", {}, {":"}},
      {"有关部门表示，各地企业要加快转型。", {}, {":"}},
      {"会议指出，这项工作取得了积极进展。", {}, {"Event", "Person"}},
      {"全市共有12个重点项目集中开工。", {}, {"Project"}},
      {"该公司的子公司停产整顿。", {}, {"Company"}},
      {"沪上多家上市公司和一家空壳公司退市，母公司亏损。", {}, {"Company"}},
      {"青山就是金山银山。", {}, {"Place"}},
      {"各国家级高新区和省级开发区要带头。", {}, {"Zone"}},
      {"他们高兴地看到，村民收入增加了。", {}, {"Person"}},
  });
}

TEST_CASE("regions, also inside longer names") {
  Check({
      {"湖南省岳阳市平江县今天下雨。", {"Province:湖南省", "City:岳阳市", "County:平江县"}, {}},
      {"上海市财政局昨日发文。", {"LocalGovernment:上海市财政局", "+Province:上海市"}, {}},
      {"全市和平发展，环境朝阳向上。", {}, {"County"}},
      {"天津滨海新区港口繁忙。", {"Zone:天津滨海新区"}, {}},
      {"德国代表团参观了苏州工业园区。", {"+Place:德国", "Zone:苏州工业园区", "+City:苏州"}, {}},
  });
}

TEST_CASE("doubtful short forms of companies are believed where something bears them out") {
  Check({
      {"南京医药产业座谈会召开，东风科技园投用。", {}, {"Company"}},
      {"南京医药(600713)公告，利润增长。", {"Company:南京医药"}, {}},
      {"销量靠前的有国药集团(70亿元)、南京医药(66亿元)和九州通。", {"Company:南京医药"}, {}},
      {"南京医药公告，建新库。南京医药表示，新库年底投用。投资者看好南京医药。",
       {"Company:南京医药"},
       {}},
  });
}

TEST_CASE("bodies of foreign countries, newspapers, legal names") {
  Check({
      {"加纳渔业与海洋资源部说，禁渔期延长。",
       {"Institution:加纳渔业与海洋资源部", "+Place:加纳"},
       {}},
      {"加纳渔业与海洋资源部长到访。", {"Institution:加纳渔业与海洋资源部"}, {}},
      {"加纳全部渔船与渔民回港，加纳当局松了口气。", {"Place:加纳"}, {"Institution"}},
      {"《加纳渔业报》刊文，公司《半年报》也已公布。",
       {"Institution:加纳渔业报"},
       {"Institution:半年报"}},
      {"他收购了德国电子设备制造商云梦泽电脑公司。",
       {"Company:云梦泽电脑公司"},
       {"Company:德国电子设备制造商云梦泽电脑公司"}},
      {"六安北方竹业有限公司增产。", {"Company:六安北方竹业有限公司", "+City:六安"}, {}},
      {"他与湖北禾和竹艺设计有限公司签约。",
       {"Company:湖北禾和竹艺设计有限公司", "+Province:湖北"},
       {}},
      {"六安浩淼先再生纸业有限公司扩建。", {"Company:六安浩淼先再生纸业有限公司"}, {}},
      {"湖北和浩淼竹业有限公司签约，六安拟与浩淼竹业有限公司签约。",
       {"Company:浩淼竹业有限公司"},
       {"Company:湖北和浩淼竹业有限公司", "Company:六安拟与浩淼竹业有限公司"}},
      {"湖北收购浩淼竹业有限公司。",
       {"Company:浩淼竹业有限公司"},
       {"Company:湖北收购浩淼竹业有限公司"}},
      {"能科技（六安）有限公司。", {}, {"Company:六安）有限公司"}},
      {"浩淼竹业(4.000,-0.07,-1.72%)集团有限公司(下称浩淼)签约。",
       {"Company:浩淼竹业(4.000,-0.07,-1.72%)集团有限公司"},
       {}},
      {"浩淼竹业(行情609999,诊股)股份有限公司签约。",
       {"Company:浩淼竹业(行情609999,诊股)股份有限公司"},
       {}},
      {"韩财政部公布预算，美教育部裁员。",
       {"Institution:韩财政部", "Institution:美教育部"},
       {"Ministry:财政部", "Ministry:教育部"}},
      {"9日财政部公布预算，可以财政部公告为准。", {"Ministry:财政部"}, {"Institution"}},
      {"加纳渔民代表大会闭会。", {"Institution:加纳渔民代表大会"}, {"Event"}},
      {"加纳反政府武装撤退。", {"Place:加纳"}, {"LocalGovernment", "Institution"}},
  });
}

TEST_CASE("what is counted, owed or done in every region has no name of its own") {
  Check({
      {"一场竹编首展活动和30周年座谈会接连登场。", {}, {"Event"}},
      {"举办者取消大型赏竹活动的，退还票款。", {}, {"Event"}},
      {"《垂钓办法》已经渔业局第九次局务会议通过。",
       {"Policy:垂钓办法"},
       {"Event:《垂钓办法》已经渔业局第九次局务会议"}},
      {"申办2030年第九届亚洲竹文化节。", {"Event:2030年第九届亚洲竹文化节"}, {}},
      {"制定竹林防火工作方案，采取林火扑救措施。", {}, {"Policy"}},
      {"渔业技术推广法规制度和渔业技术推广法有关条款。",
       {"Policy:渔业技术推广法"},
       {"Policy:渔业技术推广法规"}},
      {"各设区市林业局、各市教育局做好准备。", {}, {"LocalGovernment"}},
      {"昆明市安宁市局地有雷雨，昆明市安宁市林业局巡山。",
       {"LocalGovernment:昆明市安宁市林业局"},
       {"LocalGovernment:昆明市安宁市局"}},
      {"申报湘潭市科技计划项目和湘潭市食堂采购项目。", {"City:湘潭市"}, {"Project"}},
  });
}

TEST_CASE("a known name does not take in the words before it") {
  Check({
      {"政策助推粤港澳大湾区发展。", {"Place:粤港澳大湾区"}, {"助推"}},
      {"团队重塑雄安新区形象。", {"Zone:雄安新区"}, {"重塑"}},
      {"代表在滨城会见清华大学师生。", {"Institution:清华大学"}, {"会见"}},
      {"中国（湖北）自由贸易试验区扩容。", {"Zone:中国（湖北）自由贸易试验区"}, {}},
  });
}

TEST_CASE("a name read from its place is the known one") {
  Reading reading = Read("央视网消息：河面封冻。");
  REQUIRE(!reading.mentions.empty());
  REQUIRE(!reading.mentions[0].entities.empty());
  CHECK(reading.mentions[0].entities[0].entries.size() == 1);
}

TEST_CASE("embassies, partnerships, and trades that are no company") {
  Check({
      {"美国驻丹麦大使馆外有人聚集。", {"Institution:美国驻丹麦大使馆"}, {"Event"}},
      {"深圳远山并购股权投资基金合伙企业（有限合伙）入股。",
       {"Company:深圳远山并购股权投资基金合伙企业（有限合伙）"},
       {}},
      {"中国电信设备制造商增产。", {}, {"Company"}},
      {"中国电信公布业绩。", {"Company:中国电信"}, {}},
      {"全军后勤工作会议召开，全球智慧妇女峰会闭幕。",
       {"Event:全军后勤工作会议", "Event:全球智慧妇女峰会"},
       {}},
  });
}

TEST_CASE("parks and areas") {
  Check({
      {"园中有园：现代物流产业园、绿色建材产业园。",
       {"Zone:现代物流产业园", "Zone:绿色建材产业园"},
       {}},
      {"阿尔金山国家级自然保护区下了雪。", {"Zone:阿尔金山国家级自然保护区"}, {}},
      {"安徽省省级自然保护区名单公布。", {}, {"Zone"}},
      {"铁路直达连接长沙高新区。", {"Zone:长沙高新区"}, {"连接"}},
      {"我国中东部降温。", {"Place:中东部"}, {}},
  });
}

TEST_CASE("a zone is named with its city, not with the province before that") {
  Check({
      {"湖南岳阳云溪经济开发区扩容。",
       {"Zone:岳阳云溪经济开发区", "Province:湖南"},
       {"Zone:湖南岳阳"}},
      {"湖南云溪经济开发区扩容。", {"Zone:湖南云溪经济开发区"}, {}},
  });
}

TEST_CASE("towns and villages right behind their county") {
  Check({
      {"松阳县大东坝镇茶农忙。", {"Place:大东坝镇"}, {}},
      {"思南县塘头镇青杠坝村修了路。", {"Place:塘头镇", "Place:青杠坝村"}, {}},
      {"记者来到浙江丽水岙头村采访。", {"Place:岙头村"}, {}},
      {"地址：丽水市合篾路81号竹艺大厦", {"Place:合篾路"}, {"Place:丽水市合篾路"}},
      {"大家走过道路，3号车间开工。", {}, {"Place"}},
      {"新建高速公路2号标段开工。", {}, {"Place"}},
      {"全县乡村都通了车，松阳县农村也不例外。", {}, {"Place"}},
      {"丽水有两个社区，丽水人的茶乡梦。", {}, {"Place"}},
      {"松阳县镇级财政好转，松阳县村民高兴。", {}, {"Place"}},
  });
}

TEST_CASE("who holds a company and what is done with its shares is no part of its name") {
  Check({
      {"格力电器控股股东格力集团表态。", {"Company:格力电器"}, {"Company:格力电器控股"}},
      {"格力电器增持公司股份。",
       {"Company:格力电器"},
       {"Company:增持公司", "Company:增持公司股份"}},
      {"格力电器拟参设教育产业投资基金。", {"Company:格力电器"}, {"Company:参设教育产业投资基金"}},
  });
}

TEST_CASE("what is done with an event is no part of its name") {
  Check({
      {"周远航祝贺第三届全球茶业论坛开幕。",
       {"Event:第三届全球茶业论坛"},
       {"Event:祝贺第三届全球茶业论坛"}},
      {"周远航参观“茶山十年”主题成就展。",
       {"Event:“茶山十年”主题成就展"},
       {"Event:参观“茶山十年”主题成就展"}},
      {"周远航致信中国茶叶学会第九次全国会员代表大会。",
       {"Event:中国茶叶学会第九次全国会员代表大会"},
       {}},
      {"委员长会议决定十四届全国人大常委会第七次会议于十月举行。",
       {},
       {"Event:决定十四届全国人大常委会第七次会议"}},
      {"云州将办好第三届全球茶业论坛。", {"Event:第三届全球茶业论坛"}, {"Event:办好"}},
      {"七月，全国茶叶业商务活动指数回升。", {}, {"Event"}},
      {"周远航巡视博览会。", {}, {"Event:周远航巡视博览会", "Event:巡视博览会"}},
  });
}

TEST_CASE("events by what is done with them") {
  Check({
      {"2031竹艺优品荟萃之都大会今天在云州开幕。", {"Event:2031竹艺优品荟萃之都大会"}, {}},
      {"今天（3月2日），2031进篾优品交易会在云州开幕。", {"Event:2031进篾优品交易会"}, {}},
      {"由云州学院组织开展的“青年编舞扶持计划第二季”昨晚在山东开幕。",
       {"Event:青年编舞扶持计划第二季"},
       {}},
      {"以“竹海”为主题的第五届篾艺视听周在山东举行。", {"Event:第五届篾艺视听周"}, {}},
      {"周远航主持召开国有林场改革发展座谈会。", {"Event:国有林场改革发展座谈会"}, {}},
      {"周远航在新时代推动林区全面振兴座谈会上讲话。", {"Event:新时代推动林区全面振兴座谈会"}, {}},
      {"活动包括展播、第三届青年篾匠创作营、对话等。", {"Event:第三届青年篾匠创作营"}, {}},
      {"2031年“竹要素”首场竹材、篾器供需对接会今天在云州举行。",
       {"Event:2031年“竹要素”首场竹材、篾器供需对接会"},
       {}},
      {"3月2日林业工作会议精神", {}, {"Event:3月2日林业工作会议"}},
      {"农业农村部召开关于纠正竹价不公的高级别会议。", {"Event:关于纠正竹价不公的高级别会议"}, {}},
      {"周远航在第46届全国新特篾器交易会上表示欢迎。", {"Event:第46届全国新特篾器交易会"}, {}},
      {"出席第十届竹业发展论坛和林业合作委员会第九次会议。",
       {"Event:第十届竹业发展论坛"},
       {"Event:第十届竹业发展论坛和"}},
      {"学习竹海精神和中央林业工作会议部署。", {"Event:中央林业工作会议"}, {"Event:竹海精神"}},
      {"云州发起“竹海护林”公益活动。", {"Event:“竹海护林”公益活动"}, {"Event:发起"}},
      {"水利部召开2031年上半年竹材形势分析座谈会。", {"Event:2031年上半年竹材形势分析座谈会"}, {}},
      {"水利部在成都召开新时代全国高等学校本科教育工作会议。",
       {"Event:新时代全国高等学校本科教育工作会议"},
       {}},
      {"国务院举行宪法宣誓仪式。", {"Event:宪法宣誓仪式"}, {}},
      {"水利部举办竹林主题活动暨“同一个家园”青年竹编展演。",
       {"Event:竹林主题活动暨“同一个家园”青年竹编展演"},
       {}},
      {"水利部举办竹海成立80周年青年竹编展演。", {"Event:竹海成立80周年青年竹编展演"}, {}},
      {"列席第三届全球茶业论坛。", {"Event:第三届全球茶业论坛"}, {"Event:列席"}},
      {"有关部门部署开展为期2个月的“清朗·竹市标识整治”专项行动。",
       {"Event:“清朗·竹市标识整治”专项行动"},
       {}},
      // Bodies, counts and what says no more than the kind.
      {"第三届竹艺协会理事会成立。", {}, {"Event"}},
      {"第五届委员会委员发言。", {}, {"Event"}},
      {"全省举办三场招聘会，召开专题座谈会，举行文艺活动。", {}, {"Event"}},
      {"大家参加社会实践活动和志愿服务。", {}, {"Event"}},
  });
}

TEST_CASE("people by lists, brackets and appointments") {
  Check({
      {"刘海楼、方光林、梁远松、苏广和、王新华等14位代表发言。",
       {"Official:刘海楼", "Official:方光林", "Official:梁远松", "Official:苏广和"},
       {}},
      {"食品、服装、家电、汽车等行业回暖。", {}, {"Official", "Person"}},
      {"副组长：刘印林（省档案馆副馆长）左绍松（省图书馆馆长）",
       {"Official:刘印林", "Official:左绍松"},
       {}},
      {"免去程东林的检察院检察长职务，任命张进松为检察长。",
       {"Official:程东林", "Official:张进松"},
       {}},
      {"任命专家为顾问。", {}, {"Official"}},
  });
}

TEST_CASE("documents") {
  Check({
      {"国务院印发《关于加快湖泊保护的若干意见》。", {"Policy:关于加快湖泊保护的若干意见"}, {}},
      {"商务部发布《二手船舶流通管理办法（试行）》。",
       {"Ministry:商务部", "Policy:二手船舶流通管理办法（试行）"},
       {}},
      {"电影《流浪的海》昨晚首映。", {}, {"Policy"}},
      {"据《海滨晚报》报道，天气转凉。", {"Institution:海滨晚报"}, {"Policy"}},
      {"本文件编号为湘政发〔2024〕12号。", {"Policy:湘政发〔2024〕12号"}, {}},
      {"国务院关于同意设立云台市的批复", {"Policy:国务院关于同意设立云台市的批复"}, {}},
      {"会议审议了湿地修复法草案。", {"Policy:湿地修复法草案"}, {}},
      {"国务院办公厅关于海岛供水建议的复函", {"Policy:国务院办公厅关于海岛供水建议的复函"}, {}},
      // A regulation that is all of its line.
      {"浙江省茶园灌溉用水办法", {"Policy:浙江省茶园灌溉用水办法"}, {}},
      {"浙江省茶园灌溉用水办法（试行）", {"Policy:浙江省茶园灌溉用水办法（试行）"}, {}},
      {"浙江省茶园灌溉用水办法（2031年3月2日省人民政府第9次常务会议通过）",
       {"Policy:浙江省茶园灌溉用水办法"},
       {}},
      {"中华人民共和国茶园保护法", {"Policy:中华人民共和国茶园保护法"}, {}},
      {"浙江出台茶园灌溉用水办法", {}, {"Policy:浙江出台茶园灌溉用水办法"}},
      {"浙江省茶园按照水库的规定用水", {}, {"Policy"}},
      // What a verb of publishing has for its object, up to the end of its clause.
      {"最高检联合发布一批湿地损害与候鸟保护衔接典型案例。",
       {"Policy:湿地损害与候鸟保护衔接典型案例"},
       {}},
      {"云台市启动实施乡村教师能力提升工程，惠及山区。", {"Policy:乡村教师能力提升工程"}, {}},
      {"我国将实施智慧茶园行动，推动采茶机下田。", {"Policy:智慧茶园行动"}, {}},
      {"深入实施竹材核心工艺攻关工程和竹匠培养计划。",
       {"Policy:竹材核心工艺攻关工程", "Policy:竹匠培养计划"},
       {}},
      {"实施好“青篾匠人”计划、“竹海”行动，留住手艺。",
       {"Policy:“青篾匠人”计划", "Policy:“竹海”行动"},
       {"Policy:好“青篾匠人”计划"}},
      {"当地开展竹艺传承“篾光计划”。", {"Policy:竹艺传承“篾光计划”"}, {}},
      {"实施水库改造工程，实施五大行动，实施他们的计划。", {}, {"Policy"}},
      {"当地出台了茶园认养管理制度和候鸟补偿办法。", {"Policy:茶园认养管理制度"}, {}},
      {"海关推出一系列优化鲜茶通关举措。",
       {"Policy:优化鲜茶通关举措"},
       {"Policy:一系列优化鲜茶通关举措"}},
      {"水利部调整山区竹农抚恤补贴政策。", {"Policy:山区竹农抚恤补贴政策"}, {}},
      {"水利部设立5000亿元竹海修复再贷款，惠及山区。",
       {"Policy:竹海修复再贷款"},
       {"Policy:5000亿元竹海修复再贷款"}},
      {"水利部部署开展竹缆管综合应用试点工作。", {"Policy:竹缆管综合应用试点工作"}, {}},
      {"学校开展竹缆管综合应用试点工作。", {}, {"Policy:竹缆管综合应用试点工作"}},
      {"要优化我们的政策。", {}, {"Policy"}},
      {"各国应维护联合国宪章。", {"Policy:联合国宪章"}, {"Policy:维护联合国宪章"}},
      {"会议审议通过竹农增收实施方案。",
       {"Policy:竹农增收实施方案"},
       {"Policy:审议通过竹农增收实施方案"}},
      {"征求对《竹缆管行业规范条件》的意见。", {"Policy:竹缆管行业规范条件"}, {}},
      {"《新时代的中国竹业》白皮书引起关注。", {"Policy:新时代的中国竹业"}, {}},
      {"《竹缆管能效》国家标准引起关注。", {"Policy:竹缆管能效"}, {}},
      {"《竹缆管往事》引起关注。", {}, {"Policy"}},
      // Films and programmes, whatever they end in and however far off the word for them stands.
      {"影片《绿竹书》发布海报。", {}, {"Policy"}},
      {"云州电视台发布《竹影》《山月》《湖光》《茶香》等多部纪录片。", {}, {"Policy"}},
      {"云州发布《竹影》。", {"Policy:竹影"}, {}},
      // A leader's essay.
      {"《山河》杂志发表重要文章《走竹乡振兴之路》。", {"Policy:走竹乡振兴之路"}, {}},
      {"《山河》杂志发表文章《走竹乡振兴之路》。", {}, {"Policy"}},
      {"浙江省林业局2031年3月5日（此件公开发布）浙江省古树巡护行动计划",
       {"Policy:浙江省古树巡护行动计划"},
       {"Policy:2031年3月5日浙江省古树巡护行动计划"}},
      {"各县要制定竹林管护具体实施办法。", {}, {"Policy"}},
      {"当地出台相关配套支持措施。", {}, {"Policy"}},
      {"当地公布候鸟迁徙预警措施通报平台。", {}, {"Policy"}},
      {"当地发布我们满意的措施。", {}, {"Policy"}},
      {"银保部门推出八项惠民措施。", {}, {}},
      {"当地公布2031年“最美茶园”名单。", {"Policy:2031年“最美茶园”名单"}, {}},
      {"当地累计发布215项标准。", {}, {"Policy"}},
      {"公司公布股份扩募预案。", {}, {"Policy"}},
      {"当地实施好山区竹农培训质量提升计划。",
       {"Policy:山区竹农培训质量提升计划"},
       {"Policy:好山区竹农培训质量提升计划"}},
      // A title is one document, whatever programme it names.
      {"林业局发布《关于实施竹林普查便民措施的通知》。",
       {"Policy:关于实施竹林普查便民措施的通知"},
       {"Policy:竹林普查便民措施"}},
      // What is done in it, then what it is.
      {"会议审议通过了加快修复竹海、更好支持竹农增收的实施意见。",
       {"Policy:加快修复竹海、更好支持竹农增收的实施意见"},
       {}},
      {"当地出台支持竹农增收的政策措施，发布要求渔船回港的通知。", {}, {"Policy"}},
      {"会议审议通过了加快修复竹海和更好支持竹农的实施意见。",
       {"Policy:加快修复竹海和更好支持竹农的实施意见"},
       {}},
      // What becomes of a programme; several side by side; measures that are counted.
      {"山区竹艺传承行动近日全面铺开。", {"Policy:山区竹艺传承行动"}, {}},
      {"敌军的地面军事行动持续推进。", {}, {"Policy"}},
      {"实施“青篾健康工程”“竹海校园工程”等项目。",
       {"Policy:“青篾健康工程”", "Policy:“竹海校园工程”"},
       {}},
      {"各县落实茶园安全“八条硬措施”。", {"Policy:茶园安全“八条硬措施”"}, {}},
      {"两部门联合开展2031年助力竹农发展专项行动。", {"Policy:2031年助力竹农发展专项行动"}, {}},
      {"会议表决通过了国务院关于修复竹海的决定。", {"Policy:国务院关于修复竹海的决定"}, {}},
      // What two parties agree on between themselves; a way to do something.
      {"双方签署《竹林收购协议》，公司收到《竹材采购合同》。", {}, {"Policy"}},
      {"各单位提交《丽水市竹匠补助申报书》。", {}, {"Policy"}},
      // Treaties of states; what is sent for approval, not the motion.
      {"审议中国和乌拉圭竹材检验条约、关于修改中国和越南竹材检验条约的议定书。",
       {"Policy:中国和乌拉圭竹材检验条约", "Policy:关于修改中国和越南竹材检验条约的议定书"},
       {}},
      {"中国和越南签署竹材检验协定。", {}, {"Policy"}},
      {"审议国务院关于提请审议竹林保护法草案的议案。", {"Policy:竹林保护法草案"}, {}},
      // A title of a line that passes another one on, or was cut short.
      {"关于转发《竹器检验暂行办法》", {"Policy:关于转发《竹器检验暂行办法》"}, {}},
      {"关于做好2031年竹匠统计工作的...", {"Policy:关于做好2031年竹匠统计工作"}, {}},
      // What is yet to be drawn up.
      {"各乡要制定竹林管护奖补办法。", {}, {"Policy"}},
      {"丽水市出台竹林管护奖补办法。", {"Policy:竹林管护奖补办法"}, {}},
      // A part of a fair.
      {"展馆设山城竹器展区和山城竹业交易会展位。", {}, {"Event"}},
      {"丽水“三项举措”助竹农增收", {}, {"Policy"}},
      {"本次采用典型茶园调查法和现场评估法。", {}, {"Policy"}},
      {"多晶竹行业准入条件公布。", {"Policy:多晶竹行业准入条件"}, {}},
      {"学习党的二十大报告。", {"Policy:党的二十大报告"}, {}},
      {"省长向大会作政府工作报告。", {"Policy:政府工作报告"}, {}},
  });
}

TEST_CASE("organs, departments and offices") {
  Check({
      {"岳阳市委、湖南省政府联合发文。",
       {"LocalGovernment:岳阳市委", "LocalGovernment:湖南省政府"},
       {}},
      {"市房屋管理局、市教育局参加。",
       {"LocalGovernment:市房屋管理局", "LocalGovernment:市教育局"},
       {}},
      {"工业和信息化部装备工业一司负责人到会。", {"+Ministry:工业和信息化部"}, {}},
      {"青岛海关统计，出口增长。", {"Institution:青岛海关"}, {}},
      {"陕西省政府采购平台上线。", {}, {"LocalGovernment:陕西省政府"}},
      {"陕西省苹果企业协会开年会。", {"Institution:陕西省苹果企业协会"}, {}},
      {"全国政协副主席到会。", {"Ministry:全国政协"}, {}},
      {"教育部财政部人力资源社会保障部", {"Ministry:教育部", "Ministry:财政部"}, {"Institution"}},
      {"园区所在地人民政府负责。", {}, {"LocalGovernment"}},
      {"陕西省学校和县学校放假，省重点实验室不放。", {}, {"Institution"}},
  });
}

TEST_CASE("companies and institutions by their heads") {
  Check({
      {"来到湖北云梦泽生物集团有限公司调研。",
       {"Company:湖北云梦泽生物集团有限公司", "+Province:湖北"},
       {}},
      {"中国湖泊工业协会成立。", {"Institution:中国湖泊工业协会"}, {"Place:中国湖泊"}},
      {"由江南理工大学牵头。", {"Institution:江南理工大学"}, {}},
      {"国际组织和行业协会参加。", {}, {"Institution"}},
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

TEST_CASE("firms and bodies named after a larger one") {
  Check({
      {"中科院空间利用中心交付样品。", {"Institution:中科院空间利用中心"}, {}},
      {"希腊海军和智利空军参加。", {"Institution:希腊海军", "Institution:智利空军"}, {}},
      {"湖南岳阳市平江县湖南远舟集团留云峪煤业有限公司停产。",
       {"Company:湖南远舟集团留云峪煤业有限公司", "County:平江县"},
       {}},
      {"美国公司和北京分公司增产。", {}, {"Company"}},
      {"远澜汽车拟投资45亿元在合肥建设电池工厂", {}, {"Project:合肥建设电池工厂"}},
      {"World Lake Fund与Rural Lake Energy Institute和Blue Capital Forum交流。", {}, {"Company"}},
      {"股东Blue Ridge Harbour Holdings Limited和Oak & Elm Capital增持。",
       {"Company:Blue Ridge Harbour Holdings Limited", "Company:Oak & Elm Capital"},
       {}},
      {"远山集团(Far Hill Group Ltd.)扩产。", {}, {"Far Hill"}},
      {"发布Smart City Plan和Model X Group以外的车型。", {}, {"Company:Smart"}},
      {"格力食品行业研究员认为。", {}, {"Company:格力食品"}},
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

TEST_CASE("companies that only the post of their people gives away") {
  Check({
      {"云芽喵创始人周远航说，市场回暖。", {"Company:云芽喵", "Person:周远航"}, {}},
      {"“小山岗”CEO李青山说，市场回暖。", {"Company:小山岗"}, {}},
      {"NORDA总裁Nora Feld说，市场回暖。", {"Company:NORDA"}, {}},
      {"Nord Fjord分析师诺拉·费尔德预计，市场回暖。", {"Company:Nord Fjord"}, {}},
      {"云芽喵分析师周远航预计，市场回暖。", {}, {"Company:云芽喵"}},
      {"松谷黄金投资集团投资总监周远航预计，市场回暖。", {"Company:松谷黄金投资集团"}, {}},
      {"海外业务总裁李青山说，市场回暖。", {}, {"Company"}},
      {"云芽喵负责人李青山说，市场回暖。", {}, {"Company:云芽喵"}},
      {"团队邀请多位创始人。", {}, {"Company"}},
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

TEST_CASE("projects, events, zones and places") {
  Check({
      {"沪渝蓉高铁加快建设。", {"Project:沪渝蓉高铁"}, {}},
      {"西河至东江高铁开工。", {}, {"Project:东江高铁开工"}},
      {"年产3万吨湖盐精制项目投产。", {"Project:年产3万吨湖盐精制项目"}, {}},
      {"公司拟在安徽合肥投资建设年产2万吨竹纤维项目。",
       {"Project:年产2万吨竹纤维项目"},
       {"Project:安徽合肥投资建设年产2万吨竹纤维项目"}},
      {"第六届长江航运博览会在武汉开幕。", {"Event:第六届长江航运博览会", "City:武汉"}, {}},
      {"国务院新闻办公室举行新闻发布会。", {"Event:新闻发布会"}, {}},
      {"岳阳市君山区钱粮湖工业园扩建。", {"Zone:钱粮湖工业园"}, {}},
      {"长三角和粤港澳大湾区协同发展。", {"Place:长三角", "Place:粤港澳大湾区"}, {}},
  });
}

TEST_CASE("works and their ceremonies") {
  Check({
      // With whom and what they are named by.
      {"武汉湖畔化工公司国产化年产3万吨湖盐项目投产。",
       {"Project:武汉湖畔化工公司国产化年产3万吨湖盐项目"},
       {}},
      {"湖盐生产线和年产3万吨卤水生产线项目投产。",
       {"Project:湖盐生产线和年产3万吨卤水生产线项目"},
       {}},
      {"年产3万吨湖盐项目奠基仪式在宜昌举行。",
       {"Event:年产3万吨湖盐项目奠基仪式", "+Project:年产3万吨湖盐项目"},
       {}},
      // No sum in front of it.
      {"公司中标7.08亿元宜昌湖底隧道工程。", {"Project:宜昌湖底隧道工程"}, {}},
      // The word goes on: no works.
      {"宜昌湖底工程总监和宜昌供水项目经理到场。", {}, {"Project"}},
      {"宜昌出口工程机械，宜昌湖底隧道工程启用。", {"Project:宜昌湖底隧道工程"}, {}},
      // Quoted: all of it. A phrase that only ends like a head is none.
      {"今晚举办“云梦湖春茗暨茶商推介会”。", {"Event:云梦湖春茗暨茶商推介会"}, {}},
      {"主题为“推动湖区茶业发展”。", {}, {"Event"}},
      {"明天举办“云梦湖茶友欢聚会”。", {"Event:云梦湖茶友欢聚会"}, {}},
      {"他常说“茶友欢聚会”。", {}, {"Event"}},
      {"远山公司发行2020年度第一期短期融资券。", {}, {"Project"}},
      // When, how long and what for tell no work apart.
      {"2031年5月宜昌湖底隧道工程通车。", {"Project:宜昌湖底隧道工程"}, {"Project:2031"}},
      {"“十五五”时期宜昌湖底隧道工程通车。", {"Project:宜昌湖底隧道工程"}, {"Project:“十五五"}},
      {"全线20公里特长隧道贯通。", {}, {"Project"}},
      {"宜昌市示范智能工厂补贴项目和宜昌市汇报项目。", {}, {"Project:宜昌市汇报"}},
      {"宜昌至合肥±800千伏特高压直流输电工程开工。",
       {"Project:宜昌至合肥±800千伏特高压直流输电工程"},
       {}},
      // Named after a document, or a document's years.
      {"《湖泊条例》施行20周年座谈会在宜昌召开。",
       {"Event:《湖泊条例》施行20周年座谈会", "+Policy:湖泊条例"},
       {}},
      {"水利部会同公安部开展渔船安全领域专项整治。", {"Event:渔船安全领域专项整治"}, {}},
      {"宜昌市渔船安全整治行动今天启动。", {"Event:宜昌市渔船安全整治行动"}, {}},
      // A meeting without a name, where somebody holds it.
      {"国务院国资委举行第二次会议。", {"Event:第二次会议"}, {}},
      {"这是第二次会议。", {}, {"Event"}},
  });
}

TEST_CASE("what an article introduces is known in the rest of it") {
  Check({
      {"湖北云梦泽科技有限公司（以下简称“梦泽科技”）宣布投产。梦泽科技去年成立。",
       {"Company:湖北云梦泽科技有限公司", "Company:梦泽科技"},
       {}},
      {"董事长冯际海致辞。冯际海还参观了展区。", {"Person:冯际海"}, {}},
  });
  std::vector<std::string> found = Found("董事长冯际海致辞。下午，冯际海参观了展区。");
  CHECK(std::count(found.begin(), found.end(), "Person:冯际海") == 2);
}

TEST_CASE("titles, amounts and dates stand beside the names") {
  Reading reading = Read("昨日，市委副书记、市长林小溪宣布投资12.5亿元建设隧道。");
  REQUIRE(reading.mentions.size() == 1);
  const SentenceMentions& mentions = reading.mentions[0];
  REQUIRE(mentions.titles.size() == 1);
  CHECK(std::string(Slice(reading.doc.text, mentions.titles[0].span)) == "市委副书记、市长");
  REQUIRE(mentions.amounts.size() == 1);
  CHECK(mentions.amounts[0].amount.value == 1250000000.0);
  CHECK(std::string(Slice(reading.doc.text, mentions.amounts[0].span)) == "12.5亿元");
  REQUIRE(mentions.dates.size() == 1);
  CHECK(mentions.dates[0].date.from.ToString() == "2026-02-28");
}

TEST_CASE("mentions are ordered, within the sentence, without crossing") {
  Reading reading = Read(
      "广东省人民政府办公厅、深圳市前海管理局在深圳召开第三届大湾区湖泊论坛，"
      "发布《湖泊治理行动计划（2026—2030年）》。中国石化集团上海湖畔工程有限公司参加。");
  for (std::size_t i = 0; i < reading.mentions.size(); ++i) {
    Span whole = reading.page.sentences[i].at.span;
    const auto& entities = reading.mentions[i].entities;
    for (std::size_t a = 0; a < entities.size(); ++a) {
      CHECK(whole.Contains(entities[a].span));
      CHECK(!entities[a].span.empty());
      if (a > 0) CHECK(entities[a - 1].span.begin <= entities[a].span.begin);
      for (std::size_t b = a + 1; b < entities.size(); ++b) {
        bool apart = !entities[a].span.Overlaps(entities[b].span);
        bool inside = entities[a].span.Contains(entities[b].span) && entities[b].nested;
        CHECK((apart || inside));
      }
    }
  }
}

TEST_CASE("any text is read without harm") {
  for (std::string text :
       {std::string("《《《〈〉》"), std::string("””““’‘））（（"), std::string(3000, '('),
        std::string("第第第十十十亿亿亿月月日日·····"), std::string("、、、、和和和和"),
        std::string("·"), std::string("关于关于关于的的的意见意见"), std::string("a·b·c·")}) {
    CAPTURE(text);
    CHECK_NOTHROW(Read(text));
  }
  std::string long_line;
  for (int i = 0; i < 4000; ++i) long_line += "市长李小明、";
  CHECK_NOTHROW(Read(long_line));
  std::string brackets;
  for (int i = 0; i < 4000; ++i) brackets += "（公司";
  CHECK_NOTHROW(Read(brackets));
  // A sentence without end is read in pieces, each name whole.
  std::string list;
  for (int i = 0; i < 3000; ++i) list += "湖南省、";
  Reading reading = Read(list);
  std::size_t regions = 0;
  for (const SentenceMentions& mentions : reading.mentions) regions += mentions.entities.size();
  CHECK(regions == 3000);
}

TEST_CASE("foreign places by how they are written") {
  Check({
      {"巴西阿尔兰州贝里顿市发生洪水。", {"Place:巴西", "Place:阿尔兰州", "Place:贝里顿市"}, {}},
      {"美国阿肯色州加里兰县杰斯维尔3日起火。",
       {"Place:阿肯色州", "Place:加里兰县", "Place:杰斯维尔"},
       {}},
      {"武装分子袭击了苏丹南卡多凡州首府卡杜里等地。", {"Place:南卡多凡州", "Place:卡杜里"}, {}},
      {"俄罗斯称，在特洛比州击落无人机。", {"Place:特洛比州"}, {}},
      {"巴西加大市场开放。", {"Place:巴西"}, {"加大市"}},
      {"俄军称击退进攻，俄罗斯空军出动。", {"Institution:俄军"}, {}},
      {"美军事基地遇袭。", {}, {"美军"}},
  });
}

TEST_CASE("offices of local bodies") {
  Check({
      {"请报送常州市工信局产业发展处。",
       {"LocalGovernment:常州市工信局产业发展处", "+LocalGovernment:常州市工信局"},
       {}},
      {"材料交省科技厅成果处处长。", {"LocalGovernment:省科技厅成果处"}, {}},
      {"常州市工信局处理投诉。", {"LocalGovernment:常州市工信局"}, {"局处"}},
      {"常州市农民工工作领导小组开会。", {"LocalGovernment:常州市农民工工作领导小组"}, {}},
      {"中共江苏省委印发通知。", {"LocalGovernment:中共江苏省委"}, {}},
      {"国务院事故调查组进驻。", {"Ministry:国务院事故调查组", "+Ministry:国务院"}, {}},
      {"在昨天的市十三届人大常委会会议上，条例通过。", {"+LocalGovernment:市十三届人大常委会"}, {}},
      {"中共江苏省委教育工委印发通知。",
       {"LocalGovernment:中共江苏省委教育工委", "+LocalGovernment:中共江苏省委"},
       {}},
      {"他来到常州市竹埠镇南坊村座谈。", {"Place:竹埠镇", "Place:南坊村"}, {}},
      {"地址：常州市竹溪路58号科技大厦1505室。", {"Place:竹溪路", "Place:科技大厦"}, {}},
      {"中国（福建）自由贸易试验区厦门片区扩容。", {"Zone:中国（福建）自由贸易试验区厦门片区"}, {}},
      {"他们共同主持中俄竹业合作委员会第十次会议。", {"Event:中俄竹业合作委员会第十次会议"}, {}},
      {"材料报河北省教育厅德育处。", {"LocalGovernment:河北省教育厅德育处"}, {}},
      {"申报单位负责，各市、区科技局作为主管部门。", {}, {"区科技局"}},
      {"移交县（市、区）档案馆。", {}, {"档案馆"}},
      {"在英国剑桥大学任教。", {"Institution:英国剑桥大学"}, {"Place:剑桥 "}},
      {"原平市沙河公园开园。", {"Place:沙河公园"}, {}},
      {"石家庄鹿泉市寺家庄村修路。", {"Place:寺家庄村"}, {}},
      {"位于常州苏兴大厦十楼。", {"Place:苏兴大厦"}, {"兴大厦 "}},
      {"西安至重庆高铁康渝段贯通。", {"Project:西安至重庆高铁康渝段"}, {}},
      {"甘肃至浙江±800千伏特高压直流输电工程开工。",
       {"Project:甘肃至浙江±800千伏特高压直流输电工程"},
       {}},
      {"持有杭州遥望网络科技有限公司股份。", {"Company:杭州遥望网络科技有限公司"}, {}},
  });
}
