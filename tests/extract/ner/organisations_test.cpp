// Companies, institutions and bodies of the state by their names.
#include <doctest/doctest.h>

#include "tests/extract/ner/recognised.h"

using namespace tupu;
using namespace tupu::extract;

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
      {"他们购买湖北和浩淼竹业有限公司股权。", {"Company:湖北和浩淼竹业有限公司"}, {}},
      {"股东六安京东浩淼企业管理有限公司签约。", {"Company:六安京东浩淼企业管理有限公司"}, {}},
      {"股东湖北浩淼投资中心（有限合伙）签约。", {"Company:湖北浩淼投资中心（有限合伙）"}, {}},
      {"六安浩淼能源科技有限公司签约。", {"Company:六安浩淼能源科技有限公司"}, {}},
      {"能科技（六安）有限公司。", {}, {"Company:六安）有限公司"}},
      {"他参观六安市展望食品有限公司。", {"Company:六安市展望食品有限公司"}, {}},
      {"他参观六安市于和竹业有限公司。", {"Company:六安市于和竹业有限公司"}, {}},
      {"六安拟与真明浩淼竹业有限公司签约。", {"Company:真明浩淼竹业有限公司"}, {}},
      {"六安市企业发展服务中心搬迁。", {"Institution:六安市企业发展服务中心"}, {}},
      {"财政部、国资委、药监局发文。", {"Ministry:国资委", "Ministry:药监局"}, {}},
      {"省国资委、国资委发文，六安市药监局、财政部到会。",
       {"Ministry:财政部"},
       {"Ministry:国资委", "Ministry:药监局"}},
      {"六安市中级人民法院和六安市统计局在此。",
       {"LocalGovernment:六安市中级人民法院", "LocalGovernment:六安市统计局"},
       {}},
      {"加纳第三大食品公司和加纳教育科技公司Bambu签约，六安代表团到访。",
       {"Place:加纳"},
       {"Company:加纳", "Institution"}},
      {"云梦空军基地扩建。", {}, {"空军"}},
      {"近日收到中易浩淼竹业有限公司的信。", {"Company:中易浩淼竹业有限公司"}, {}},
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

TEST_CASE("who holds a company and what is done with its shares is no part of its name") {
  Check({
      {"格力电器控股股东格力集团表态。", {"Company:格力电器"}, {"Company:格力电器控股"}},
      {"格力电器增持公司股份。",
       {"Company:格力电器"},
       {"Company:增持公司", "Company:增持公司股份"}},
      {"格力电器拟参设教育产业投资基金。", {"Company:格力电器"}, {"Company:参设教育产业投资基金"}},
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

TEST_CASE("companies that only the post of their people gives away") {
  Check({
      {"云芽喵创始人周远航说，市场回暖。", {"Company:云芽喵", "Person:周远航"}, {}},
      {"“小山岗”CEO李青山说，市场回暖。", {"Company:小山岗"}, {}},
      {"NORDA总裁Nora Feld说，市场回暖。", {"Company:NORDA"}, {}},
      {"Nord Fjord分析师诺拉·费尔德预计，市场回暖。", {"Company:Nord Fjord"}, {}},
      {"云芽喵分析师周远航预计，市场回暖。", {}, {"Company:云芽喵"}},
      {"松谷黄金投资集团投资总监周远航预计，市场回暖。", {"Company:松谷黄金投资集团"}, {}},
      {"竹灯笼总裁李青山说，市场回暖。", {"Company:竹灯笼"}, {}},
      {"日前竹灯笼总裁李青山说，市场回暖。", {}, {"Company:日前竹灯笼"}},
      {"海外业务总裁李青山说，市场回暖。", {}, {"Company"}},
      {"云芽喵负责人李青山说，市场回暖。", {}, {"Company:云芽喵"}},
      {"团队邀请多位创始人。", {}, {"Company"}},
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
      {"地址：常州市竹溪路47号科技大厦1203室。", {"Place:竹溪路", "Place:科技大厦"}, {}},
      {"中国（福建）自由贸易试验区厦门片区扩容。", {"Zone:中国（福建）自由贸易试验区厦门片区"}, {}},
      {"他们共同主持中俄竹业合作委员会第十次会议。", {"Event:中俄竹业合作委员会第十次会议"}, {}},
      {"材料报河北省教育厅德育处。", {"LocalGovernment:河北省教育厅德育处"}, {}},
      {"申报单位担责，各市、区科技局是主管单位。", {}, {"区科技局"}},
      {"移交县（市、区）档案馆。", {}, {"档案馆"}},
      {"在英国剑桥大学任教。", {"Institution:英国剑桥大学"}, {"Place:剑桥 "}},
      {"原平市沙河公园开园。", {"Place:沙河公园"}, {}},
      {"石家庄鹿泉市寺家庄村修路。", {"Place:寺家庄村"}, {}},
      {"位于常州苏兴大厦十楼。", {"Place:苏兴大厦"}, {"兴大厦 "}},
      {"西安至重庆高铁康渝段贯通。", {"Project:西安至重庆高铁康渝段"}, {}},
      {"甘肃至浙江±800千伏特高压直流输电工程开工。",
       {"Project:甘肃至浙江±800千伏特高压直流输电工程"},
       {}},
      {"持有杭州竹云网络科技有限公司股份。", {"Company:杭州竹云网络科技有限公司"}, {}},
  });
}

TEST_CASE("offices of bodies") {
  Check({
      {"中国烹饪协会统计中心发布数据。", {"Institution:中国烹饪协会统计中心"}, {}},
      {"世界贸易组织上海中心揭牌。", {"Institution:世界贸易组织上海中心"}, {}},
      {"他考入复旦大学经济系。", {"Institution:复旦大学经济系"}, {}},
      {"中国烹饪协会公共关系良好。", {}, {"Institution:中国烹饪协会公共关系"}},
  });
}

TEST_CASE("companies that only what is said beside them gives away") {
  Check({
      {"7.云芽竹语获A轮数千万元融资。", {"Company:云芽竹语"}, {}},
      {"竹器品牌浩淼轩近日宣布完成千万元天使轮融资。", {"Company:浩淼轩"}, {}},
      {"浩淼资本担任独家财务顾问。", {"Company:浩淼资本"}, {}},
      {"浩淼竹语(行情600000,诊股)涨停。", {"Company:浩淼竹语"}, {}},
      {"本月它收购浩淼竹艺，子公司六安浩淼于近日开工。",
       {"Company:浩淼竹艺", "Company:六安浩淼"},
       {}},
      {"子公司对外担保余额上升，它收购了加纳电动汽车。", {}, {"Company"}},
      {"签约的有六安浩淼竹业有限公司、云淼资本等。", {"Company:云淼资本"}, {}},
      {"竹器制造商Nord Fjord和高端品牌——Nordfjord签约，公司CEO到场。",
       {"Company:Nord Fjord", "Company:Nordfjord"},
       {"Company:CEO"}},
      {"公司完成A轮融资，该平台获得战略投资。", {}, {"Company"}},
  });
}
