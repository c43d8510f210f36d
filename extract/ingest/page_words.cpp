#include "extract/ingest/page_words.h"

#include <algorithm>
#include <array>
#include <string>

#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

using namespace std::string_view_literals;

// Squeezed; sorted by no rule but kind, since each is looked at once a short line.
constexpr std::array kNavigation = {"首页"sv,
                                    "返回"sv,
                                    "顶部"sv,
                                    "返回顶部"sv,
                                    "回到顶部"sv,
                                    "返回首页"sv,
                                    "新闻"sv,
                                    "要闻"sv,
                                    "资讯"sv,
                                    "分享"sv,
                                    "分享到"sv,
                                    "分享到:"sv,
                                    "QQ空间"sv,
                                    "新浪微博"sv,
                                    "腾讯微博"sv,
                                    "人人网"sv,
                                    "开心网"sv,
                                    "微信"sv,
                                    "微博"sv,
                                    "朋友圈"sv,
                                    "更多"sv,
                                    "更多>>"sv,
                                    "更多»"sv,
                                    "打印"sv,
                                    "打印本页"sv,
                                    "关闭"sv,
                                    "关闭窗口"sv,
                                    "收藏"sv,
                                    "收藏本站"sv,
                                    "设为首页"sv,
                                    "加入收藏"sv,
                                    "网站地图"sv,
                                    "隐私安全"sv,
                                    "隐私政策"sv,
                                    "隐私声明"sv,
                                    "站外导航"sv,
                                    "网站声明"sv,
                                    "版权所有"sv,
                                    "版权声明"sv,
                                    "法律声明"sv,
                                    "免责声明"sv,
                                    "常见问题"sv,
                                    "联系方式"sv,
                                    "联系我们"sv,
                                    "关于我们"sv,
                                    "广告服务"sv,
                                    "人才招聘"sv,
                                    "友情链接"sv,
                                    "意见反馈"sv,
                                    "登录"sv,
                                    "注册"sv,
                                    "搜索"sv,
                                    "上一篇"sv,
                                    "下一篇"sv,
                                    "上一页"sv,
                                    "下一页"sv,
                                    "尾页"sv,
                                    "末页"sv,
                                    "点赞"sv,
                                    "评论"sv,
                                    "我要评论"sv,
                                    "举报"sv,
                                    "扫一扫"sv,
                                    "手机版"sv,
                                    "客户端下载"sv,
                                    "无障碍"sv,
                                    "大"sv,
                                    "中"sv,
                                    "小"sv,
                                    "纠错"sv,
                                    "阅读全文"sv,
                                    "查看更多"sv,
                                    "点击查看更多"sv,
                                    "加载更多"sv,
                                    "English"sv,
                                    "|"sv,
                                    ">"sv,
                                    "-"sv,
                                    "·"sv,
                                    "/"sv};

constexpr std::array kFooterParts = {
    "Copyright"sv,         "©"sv,           "ICP备"sv,       "公网安备"sv,
    "AllRightsReserved"sv, "字体:大中小"sv, "字号:大中小"sv, "扫一扫在手机"sv,
    "扫描二维码"sv,        "网站标识码"sv,  "许可证编号"sv};

constexpr std::array kBreadcrumbs = {"当前位置"sv, "您的位置"sv, "您现在的位置"sv,
                                     "您当前的位置"sv};

constexpr std::array kListHeaders = {
    "相关报道"sv, "相关新闻"sv, "相关阅读"sv, "相关文章"sv, "相关链接"sv, "相关推荐"sv,
    "相关资讯"sv, "推荐阅读"sv, "延伸阅读"sv, "新闻推荐"sv, "最新新闻"sv, "最新资讯"sv,
    "最新文章"sv, "热点新闻"sv, "热门新闻"sv, "热门文章"sv, "热点推荐"sv, "猜你喜欢"sv,
    "精彩推荐"sv, "编辑推荐"sv, "图片新闻"sv, "更多新闻"sv, "今日热点"sv, "热门推荐"sv,
    "头条推荐"sv, "频道推荐"sv, "新闻排行"sv, "热门排行"sv, "点击排行"sv, "为您推荐"sv};

constexpr std::array kCollective = {
    "快讯"sv, "简讯"sv, "快报"sv,     "要闻速览"sv, "速览"sv,     "速递"sv,     "早报"sv, "晚报"sv,
    "短讯"sv, "集锦"sv, "要闻汇总"sv, "新闻汇总"sv, "一周要闻"sv, "今日要闻"sv, "播报"sv};

constexpr std::array kOutletEnds = {"社"sv,   "网"sv,     "报"sv,   "台"sv,   "时报"sv,
                                    "日报"sv, "晚报"sv,   "周刊"sv, "杂志"sv, "新闻"sv,
                                    "在线"sv, "客户端"sv, "频道"sv, "资讯"sv, "观察"sv,
                                    "传媒"sv, "周报"sv,   "联播"sv, "财经"sv};

constexpr std::u32string_view kNotInNames = U"的了与是就对被把第各";
constexpr std::array kNotNames = {
    U"报道"sv, U"整理"sv, U"综合"sv, U"图片"sv, U"供图"sv, U"资料"sv, U"本报"sv, U"本网"sv,
    U"新闻"sv, U"联播"sv, U"下称"sv, U"简称"sv, U"完"sv,   U"摄影"sv, U"文字"sv, U"试行"sv,
    U"草案"sv, U"修订"sv, U"节选"sv, U"记者"sv, U"来源"sv, U"暂行"sv, U"以下"sv, U"有限"sv,
    U"发自"sv, U"佚名"sv, U"公司"sv, U"单位"sv, U"部门"sv, U"意见"sv, U"排名"sv, U"集团"sv};

// The hundred and some family names that nearly everybody bears.
constexpr std::u32string_view kSurnames =
    U"王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏"
    U"魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵"
    U"万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝"
    U"包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟"
    U"艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞"
    U"姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕"
    U"楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉仝闫";
constexpr std::array kDoubleSurnames = {U"欧阳"sv, U"上官"sv, U"司马"sv, U"诸葛"sv,
                                        U"东方"sv, U"皇甫"sv, U"尉迟"sv, U"令狐"sv};

bool IsNavigationWord(std::string_view squeezed) {
  return std::find(kNavigation.begin(), kNavigation.end(), squeezed) != kNavigation.end();
}

// 关于我们|联系我们|网站地图: links between bars.
bool IsLinkBar(std::string_view squeezed) {
  std::size_t bars = 0, odd = 0, words = 0;
  for (std::size_t begin = 0; begin <= squeezed.size();) {
    const std::size_t end = std::min(squeezed.find('|', begin), squeezed.size());
    const std::string_view word = squeezed.substr(begin, end - begin);
    if (!word.empty()) {
      ++words;
      if (!IsNavigationWord(word)) ++odd;
    }
    if (end == squeezed.size()) break;
    ++bars;
    begin = end + 1;
  }
  return bars > 0 && (odd == 0 || (bars >= 3 && odd * 2 <= words));
}

}  // namespace

bool IsNavigation(std::string_view text, const Line& line) {
  if (line.points > 120 || line.inner_stop) return false;
  if (line.last == U'。' || (EndsStopped(line) && line.points > 24)) return false;
  const std::string squeezed = Squeeze(Slice(text, line.span));
  if (IsNavigationWord(squeezed)) return true;
  for (std::string_view word : kBreadcrumbs) {
    if (squeezed.starts_with(word)) return true;
  }
  if (line.points <= 60 && squeezed.starts_with("首页") &&
      squeezed.find_first_of(">|/") != std::string::npos) {
    return true;
  }
  for (std::string_view part : kFooterParts) {
    if (squeezed.find(part) != std::string::npos) return true;
  }
  for (std::string_view word : {"上一篇:"sv, "下一篇:"sv, "版权所有"sv}) {
    if (squeezed.starts_with(word)) return true;
  }
  return IsLinkBar(squeezed);
}

bool IsListHeader(std::string_view text, const Line& line) {
  if (line.points > 12) return false;
  std::string squeezed = Squeeze(Slice(text, line.span));
  while (!squeezed.empty() && (squeezed.back() == ':' || squeezed.back() == '>')) {
    squeezed.pop_back();
  }
  for (std::string_view mark : {"【"sv, "■"sv, "["sv}) {
    if (squeezed.starts_with(mark)) squeezed.erase(0, mark.size());
  }
  for (std::string_view mark : {"】"sv, "]"sv}) {
    if (squeezed.ends_with(mark)) squeezed.erase(squeezed.size() - mark.size());
  }
  return std::find(kListHeaders.begin(), kListHeaders.end(), squeezed) != kListHeaders.end();
}

bool IsCollectiveTitle(std::string_view title) {
  const std::string squeezed = Squeeze(title);
  if (CountCodePoints(squeezed) > 16) return false;
  return std::any_of(kCollective.begin(), kCollective.end(),
                     [&](std::string_view word) { return squeezed.ends_with(word); });
}

bool IsOutletName(std::string_view name) {
  return std::any_of(kOutletEnds.begin(), kOutletEnds.end(), [&](std::string_view end) {
    return name.size() > end.size() && name.ends_with(end);
  });
}

NameShape ShapeOfName(std::u32string_view name) {
  NameShape shape;
  if (name.empty() || name.size() > 12) return shape;
  const bool foreign = name.find(U'·') != std::u32string_view::npos;  // 玉苏甫·麦提
  if (!foreign && (name.size() < 2 || name.size() > 4)) return shape;
  for (char32_t c : name) {
    if (c != U'·' && !IsHan(c)) return shape;
    if (kNotInNames.find(c) != std::u32string_view::npos) return shape;
  }
  for (std::u32string_view word : kNotNames) {
    if (name.find(word) != std::u32string_view::npos) return shape;
  }
  shape.possible = true;
  const bool pair = std::any_of(kDoubleSurnames.begin(), kDoubleSurnames.end(),
                                [&](std::u32string_view word) { return name.starts_with(word); });
  shape.surname =
      foreign || pair || (name.size() <= 3 && kSurnames.find(name[0]) != std::u32string_view::npos);
  return shape;
}

}  // namespace tupu::extract
