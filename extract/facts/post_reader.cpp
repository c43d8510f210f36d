#include "extract/facts/post_reader.h"

#include <algorithm>

#include "extract/facts/terms.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::uint32_t kPositionsMaxBack = 200;  // sentences that a bare post may look back
constexpr std::size_t kMinFirm = 4;  // characters of a company's name behind its region

std::uint32_t SkipSpacesBack(std::string_view text, std::uint32_t pos) {
  while (pos > 0 && (EndsWithAt(text, pos, " ") || EndsWithAt(text, pos, "　"))) {
    pos -= DecodeBefore(text, pos).size;
  }
  return pos;
}

std::string_view Trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ')) text.remove_suffix(1);
  for (const std::string_view mark : {"」", "』", "”", "的"}) {
    if (text.starts_with(mark)) text.remove_prefix(mark.size());
  }
  return text;
}

// 竹业集团(ZYJT)董事长: what a bracket behind the body's name says.
std::string_view WithoutBracket(std::string_view title) {
  for (const std::string_view open : {"(", "（"}) {
    if (!title.starts_with(open)) continue;
    const std::string_view mark = open == "(" ? ")" : "）";
    const std::size_t close = title.find(mark);
    if (close != std::string_view::npos) return title.substr(close + mark.size());
  }
  return title;
}

std::uint32_t Joined(std::string_view text, std::uint32_t pos) {
  for (const std::string_view word : {"、", "兼", "和", "，", "，兼", "及"}) {
    if (EndsWithAt(text, pos, word)) return static_cast<std::uint32_t>(word.size());
  }
  return 0;
}

std::vector<std::string_view> Pieces(std::string_view title) {
  std::vector<std::string_view> pieces;
  while (true) {
    std::size_t at = std::string_view::npos, size = 0;
    for (const std::string_view word : {"、", "兼"}) {
      const std::size_t found = title.find(word);
      if (found < at) {
        at = found;
        size = word.size();
      }
    }
    pieces.push_back(title.substr(0, at));
    if (at == std::string_view::npos) break;
    title.remove_prefix(at + size);
  }
  return pieces;
}

// 院士、空间技术专家: a calling after the posts is none.
std::string_view WithoutCalling(std::string_view title) {
  // 国家主席 is nobody's post but the country's.
  if (title.ends_with("、国家主席")) title.remove_suffix(15);
  const std::size_t at = title.rfind("、");
  if (at == std::string_view::npos) return title;
  const std::string_view last = title.substr(at + 3);
  return last.ends_with("家") ? title.substr(0, at) : title;
}

}  // namespace

PostReader::PostReader(StructureContext& context)
    : work_(*context.work),
      sets_(*context.sets),
      heads_(WordsOf(*context.sets, "post_head")),
      starts_(WordsOf(*context.sets, "post_start")),
      regional_(WordsOf(*context.sets, "post_regional")),
      organs_(WordsOf(*context.sets, "post_organ")),
      departments_(WordsOf(*context.sets, "post_department")),
      managers_(WordsOf(*context.sets, "post_of_company")),
      bodies_(WordsOf(*context.sets, "post_of_body")),
      alone_(WordsOf(*context.sets, "post_of_one")),
      gazetteer_(context.gazetteer) {}

std::vector<Post> PostReader::Before(std::uint32_t s, std::uint32_t floor, std::uint32_t cut,
                                     MentionId before, const std::vector<Post>& posts_before) {
  const std::string_view text = Text(s);
  std::vector<Post> posts;
  for (int i = 0; i < 5; ++i) {
    cut = SkipSpacesBack(text, cut);
    if (EndsWithAt(text, cut, "的") && text.substr(0, cut).find("任") != std::string_view::npos) {
      cut -= 3;
    }
    const MentionId holder = EmployerBefore(s, floor, cut);
    const std::uint32_t from = holder == kNoMention ? floor : work_.mention(holder).span.end;
    std::string_view title = Trim(WithoutBracket(text.substr(from, cut - from)));
    if (holder != kNoMention && Envoy(s, floor, cut, holder, posts)) break;
    // 德国财政部长: 部 stands in the body's name and in the post's.
    std::string whole;
    if (holder != kNoMention && StartsWithAt(title, 0, "长")) {
      const std::string_view name = work_.Text(holder);
      if (name.size() >= 3 && from == work_.mention(holder).span.end) {
        whole = std::string(name.substr(name.size() - 3)) + std::string(title);
        title = whole;
      }
    }
    // 甲院、乙院院士: of both.
    if (title.empty() && holder != kNoMention && !posts.empty() &&
        posts.back().title.ends_with("院士")) {
      posts.push_back({holder, posts.back().title});
      cut = work_.mention(holder).span.begin;
      const std::uint32_t joint = Joined(text, cut);
      if (joint == 0) break;
      cut -= joint;
      continue;
    }
    const bool near = holder != kNoMention && IsTitle(title);
    if (posts.empty() && PostOfBody(s, floor, cut, posts)) break;
    if (!near) {
      if (posts.empty()) BarePosts(s, floor, cut, before, posts_before, posts);
      break;
    }
    const MentionId country = CountryBefore(s, floor, holder);
    if (country != kNoMention) {
      const std::uint32_t begin = work_.mention(country).span.end;
      posts.push_back({country, std::string(text.substr(begin, cut - begin))});
      break;
    }
    AddPosts(s, holder, WithoutCalling(title), posts);
    cut = work_.mention(holder).span.begin;
    const std::uint32_t joined = Joined(text, cut);
    if (joined == 0) break;
    cut -= joined;
    // 市委书记、市人大常委会主任张三: what stands before the 、 may be a bare post.
    if (HolderBefore(s, floor, cut) == kNoMention) {
      BarePosts(s, floor, cut, kNoMention, {}, posts);
      break;
    }
  }
  return posts;
}

std::vector<Post> PostReader::Around(std::uint32_t s, std::uint32_t floor, Span name,
                                     std::string_view title) {
  std::vector<Post> posts;
  const MentionId holder = HolderBefore(s, floor, name.begin);
  if (holder == kNoMention || !IsTitle(title) || RegionDepth(work_, holder) >= 0) return posts;
  // An honour and a calling are no posts: 院士, 专家.
  if (title.ends_with("院士") || title.ends_with("专家")) return posts;
  const std::uint32_t end = work_.mention(holder).span.end;
  const std::string_view between = Trim(Text(s).substr(end, name.begin - end));
  if (between.empty()) {
    AddPosts(s, holder, title, posts);
    return posts;
  }
  const auto size = static_cast<std::uint32_t>(between.size());
  if (LongestBefore(between, size, departments_) == 0) return posts;
  const std::string said = std::string(between) + std::string(title);
  std::string_view rest = said;
  const MentionId department = Department(s, holder, rest);
  if (department != kNoMention) posts.push_back({department, std::string(rest)});
  return posts;
}

// 瑞士前主席兼财政部长甲: the bare ministry is the country's, whose post stands before it.
MentionId PostReader::CountryBefore(std::uint32_t s, std::uint32_t floor, MentionId body) const {
  if (work_.mention(body).type != "Ministry") return kNoMention;
  const std::string_view text = Text(s);
  std::uint32_t cut = work_.mention(body).span.begin;
  const std::uint32_t joined = Joined(text, cut);
  if (joined == 0) return kNoMention;
  cut -= joined;
  const MentionId country = HolderBefore(s, floor, cut);
  if (country == kNoMention || work_.mention(country).type != "Place") return kNoMention;
  const std::uint32_t end = work_.mention(country).span.end;
  return IsTitle(Trim(text.substr(end, cut - end))) ? country : kNoMention;
}

// 甲国驻乙国大使, 甲国常驻某组织代表: of those who sent him.
bool PostReader::Envoy(std::uint32_t s, std::uint32_t floor, std::uint32_t cut, MentionId host,
                       std::vector<Post>& posts) const {
  const std::string_view text = Text(s);
  std::uint32_t begin = work_.mention(host).span.begin;
  if (!EndsWithAt(text, begin, "驻")) return false;
  begin -= 3;
  for (const std::string_view word : {"常", "前", "新任"}) {
    if (EndsWithAt(text, begin, word)) begin -= static_cast<std::uint32_t>(word.size());
  }
  if (!IsTitle(Trim(text.substr(begin, cut - begin)))) return false;
  const MentionId sender = HolderBefore(s, floor, begin);
  if (sender == kNoMention || work_.mention(sender).span.end != begin) return true;
  posts.push_back({sender, std::string(text.substr(begin, cut - begin))});
  return true;
}

// 全国政协委员周远航: a post that names its body, which is a mention of its own.
bool PostReader::PostOfBody(std::uint32_t s, std::uint32_t floor, std::uint32_t cut,
                            std::vector<Post>& posts) {
  for (const std::string& entry : bodies_) {
    const std::size_t colon = entry.find(':');
    if (colon == std::string::npos) continue;
    const std::string body = entry.substr(0, colon);
    const std::string title = entry.substr(colon + 1);
    if (cut < floor + body.size() + title.size() || !EndsWithAt(Text(s), cut, body + title)) {
      continue;
    }
    const auto end = static_cast<std::uint32_t>(cut - title.size());
    const Span span{end - static_cast<std::uint32_t>(body.size()), end};
    MentionId id = work_.Find(s, span);
    if (id == kNoMention) {
      WorkMention mention;
      mention.sentence = s;
      mention.span = span;
      mention.type = "Ministry";
      mention.rule = "position.organ";
      mention.confidence = 0.9;
      if (gazetteer_ != nullptr) {
        for (const Sense& sense : gazetteer_->Lookup(body)) {
          if (!sense.weak) mention.entries.push_back(sense.entry);
        }
      }
      id = work_.Add(std::move(mention));
    }
    posts.push_back({id, title});
    return true;
  }
  return false;
}

// The organisation or region that ends last before `pos`, after `floor`.
MentionId PostReader::HolderBefore(std::uint32_t s, std::uint32_t floor, std::uint32_t pos) const {
  MentionId best = kNoMention;
  for (const MentionId id : work_.sentence(s).mentions) {
    const WorkMention& mention = work_.mention(id);
    if (mention.span.begin >= pos) break;
    if (mention.nested || mention.span.end > pos || mention.span.begin < floor) continue;
    if (!work_.Is(id, "Organisation") && RegionDepth(work_, id) < 0) continue;
    if (best == kNoMention || mention.span.end > work_.mention(best).span.end) best = id;
  }
  return best;
}

// 远山化工亚太业务副总裁: no region has a 总裁; the company before it has, or the one whose name
// begins with the region's.
MentionId PostReader::EmployerBefore(std::uint32_t s, std::uint32_t floor, std::uint32_t cut) {
  const MentionId holder = HolderBefore(s, floor, cut);
  if (holder == kNoMention || RegionDepth(work_, holder) < 0) return holder;
  const Span region = work_.mention(holder).span;
  const std::string_view title = Text(s).substr(region.end, cut - region.end);
  // 苏州远帆纸业有限公司技师: no post of the region's either.
  const bool of_firm = title.find("有限公司") != std::string_view::npos ||
                       title.find("合作社") != std::string_view::npos;
  // 乙国国家情报总监: the state's.
  if (title.starts_with("国家")) return holder;
  if (!of_firm && LongestBefore(title, static_cast<std::uint32_t>(title.size()), managers_) == 0) {
    return holder;
  }
  const MentionId company = HolderBefore(s, floor, region.begin);
  if (company != kNoMention && work_.mention(company).type == "Company") {
    const std::uint32_t end = work_.mention(company).span.end;
    const std::string_view whole = Text(s).substr(end, cut - end);
    if (IsTitle(whole) && whole.find("的", 3) == std::string_view::npos) return company;
  }
  return Firm(s, holder, title);
}

// 苏州 + 远帆纸业有限公司总经理: a company or association that only its post gave away, from the
// region's name on.
MentionId PostReader::Firm(std::uint32_t s, MentionId region, std::string_view title) {
  std::uint32_t end = 0;
  bool company = true;
  for (const std::string_view tail :
       {"公司", "集团", "合作社", "协会", "公会", "学会", "商会", "联合会", "研究所", "检验所"}) {
    const std::size_t at = title.find(tail);
    if (at == std::string_view::npos || at + tail.size() <= end) continue;
    end = static_cast<std::uint32_t>(at + tail.size());
    company = tail == "公司" || tail == "集团" || tail == "合作社";
  }
  const std::string_view name = title.substr(0, end);
  if (CountCodePoints(name) < kMinFirm || !IsTitle(title) || !IsTitle(title.substr(end))) {
    return kNoMention;
  }
  for (const std::string_view mark :
       {"的", "、", " ", ")", "）", "”", "是", "某", "家", "子公司"}) {
    if (name.find(mark) != std::string_view::npos) return kNoMention;
  }
  WorkMention firm;
  firm.sentence = s;
  firm.span = {work_.mention(region).span.begin, work_.mention(region).span.end + end};
  firm.type = company ? "Company" : "Institution";
  firm.rule = "position.company";
  firm.confidence = 0.85;
  const MentionId id = work_.Add(std::move(firm));
  work_.mention(region).nested = true;
  const WordList& home = WordsOf(sets_, "home_country");
  const bool national = std::find(home.begin(), home.end(), work_.Text(region)) != home.end();
  if (!national) Locate(id, region);
  return id;
}

// Every piece ends in a word for a post and holds nothing that cannot stand in one.
bool PostReader::IsTitle(std::string_view title) const {
  if (title.empty() || CountCodePoints(title) > 26) return false;
  for (const std::string_view mark :
       {"，",   "。",   "；",   "：",   "《",   "》",   "（",   "(",    "！",    "？",
        ",",    "在",   "对",   "由",   "据",   "会见", "会谈", "出席", "访问",  "致电",
        "完成", "融资", "宣布", "发布", "批准", "报请", "旗下", "亿",   "事务的"}) {
    if (title.find(mark) != std::string_view::npos) return false;
  }
  for (const std::string_view piece : Pieces(WithoutCalling(title))) {
    if (LongestBefore(piece, static_cast<std::uint32_t>(piece.size()), heads_) == 0) return false;
  }
  return true;
}

// 浙江省 + 委书记: the committee, a mention of its own from the region's name on.
MentionId PostReader::Organ(std::uint32_t s, MentionId region, std::string_view& title) {
  const std::uint32_t size = LongestAt(title, 0, organs_);
  if (size == 0 || size >= title.size()) return kNoMention;
  WorkMention organ;
  organ.sentence = s;
  organ.span = work_.mention(region).span;
  const std::uint32_t end = organ.span.end + size;
  // Spaces may stand between.
  if (Text(s).substr(organ.span.end, size) != title.substr(0, size)) return kNoMention;
  organ.span.end = end;
  organ.type = "LocalGovernment";
  organ.rule = "position.organ";
  organ.confidence = 0.9;
  title.remove_prefix(size);
  const MentionId id = work_.Add(std::move(organ));
  work_.mention(region).nested = true;
  Locate(id, region);
  return id;
}

// 中国汽车工业协会 + 行业发展部副主任: the department, a mention of its own that begins with the
// name of the body. kNoMention where the post follows the body's name directly.
MentionId PostReader::Department(std::uint32_t s, MentionId body, std::string_view& title) {
  if (!work_.Is(body, "Ministry") && !work_.Is(body, "Institution")) return kNoMention;
  const std::size_t first = std::min(title.find("、"), title.size());
  for (std::uint32_t end = static_cast<std::uint32_t>(first); end > 0;
       end -= DecodeBefore(title, end).size) {
    const std::string_view name = title.substr(0, end);
    // A university's 学术委员会 is the university.
    if (LongestBefore(name, end, departments_) == 0 || name.ends_with("学术委员会")) continue;
    const std::string_view post = title.substr(end);
    if (CountCodePoints(name) < 3 || LongestAt(name, 0, heads_) > 0 || post.empty() ||
        !IsTitle(post)) {
      continue;
    }
    const Span span = work_.mention(body).span;
    if (Text(s).substr(span.end, end) != name) return kNoMention;
    WorkMention department;
    department.sentence = s;
    department.span = {span.begin, span.end + end};
    department.type = "Institution";
    department.rule = "position.department";
    department.confidence = 0.9;
    title.remove_prefix(end);
    const MentionId id = work_.Add(std::move(department));
    work_.mention(body).nested = true;
    Proposal proposal;
    proposal.type = "PART_OF";
    proposal.from = id;
    proposal.to = body;
    proposal.evidence = s;
    proposal.rule = "parent.in_name";
    proposal.confidence = 0.9;
    work_.Propose(std::move(proposal));
    return id;
  }
  return kNoMention;
}

void PostReader::Locate(MentionId organ, MentionId region) {
  Proposal proposal;
  proposal.type = "LOCATED_IN";
  proposal.from = organ;
  proposal.to = region;
  proposal.evidence = work_.mention(organ).sentence;
  proposal.rule = "place.in_name";
  proposal.confidence = 0.95;
  work_.Propose(std::move(proposal));
}

// Splits a committee's own posts from those of the region (市长), which follow them.
void PostReader::AddPosts(std::uint32_t s, MentionId holder, std::string_view title,
                          std::vector<Post>& posts) {
  const MentionId antecedent = work_.mention(holder).antecedent;
  if (antecedent != kNoMention && RegionDepth(work_, antecedent) >= 0 &&
      work_.mention(holder).rule != "anaphora") {
    // A bare 市委 that stands for its region: the post is 市委书记 of the region.
    std::string_view organ = work_.Text(holder);
    if (StartsWithAt(organ, 0, "自治区")) organ.remove_prefix(9);
    posts.push_back({holder, std::string(organ) + std::string(title)});
    return;
  }
  if (RegionDepth(work_, holder) >= 0) {
    const MentionId organ = Organ(s, holder, title);
    if (organ != kNoMention) holder = organ;
  }
  if (work_.mention(holder).type != "LocalGovernment") {
    const MentionId department = Department(s, holder, title);
    if (department != kNoMention) holder = department;
    posts.push_back({holder, std::string(title)});
    return;
  }
  std::string own, regional;
  for (const std::string_view piece : Pieces(title)) {
    const bool of_region = std::find(regional_.begin(), regional_.end(), piece) != regional_.end();
    std::string& list = of_region ? regional : own;
    if (!list.empty()) list += "、";
    std::string_view said = piece;
    for (const std::string_view body : {"人民政府", "政府", "自治区"}) {
      if (of_region && StartsWithAt(said, 0, body)) said.remove_prefix(body.size());
    }
    list += said;
  }
  if (!own.empty()) posts.push_back({holder, own});
  if (!regional.empty()) {
    const MentionId region = RegionOf(s, holder);
    if (region != kNoMention) posts.push_back({region, regional});
  }
}

// The region whose organ `holder` is.
MentionId PostReader::RegionOf(std::uint32_t s, MentionId holder) const {
  MentionId region = kNoMention;
  for (const MentionId inner : work_.Inner(holder)) {
    if (RegionDepth(work_, inner) >= 0) region = inner;
  }
  if (region != kNoMention) return region;
  const std::string_view word = BarePrefix(work_.Text(holder));
  if (word.empty()) return kNoMention;
  return ContextRegion(work_, s, work_.mention(holder).span.begin, word);
}

// 市长周远航, 县委书记李青山: whose region the context says. 总裁李青山 after
// 远山集团董事长周远航.
void PostReader::BarePosts(std::uint32_t s, std::uint32_t floor, std::uint32_t cut,
                           MentionId before, const std::vector<Post>& posts_before,
                           std::vector<Post>& posts) {
  const std::string_view text = Text(s);
  const std::uint32_t least = cut > 78 ? std::max(floor, cut - 78) : floor;
  std::uint32_t best = cut;
  for (std::uint32_t at = cut; at > least;) {
    at -= DecodeBefore(text, at).size;
    const std::string_view title = text.substr(at, cut - at);
    if (LongestAt(text, at, starts_) > 0 && IsTitle(title)) best = at;
  }
  if (best == cut) return;
  std::string title(text.substr(best, cut - best));
  std::string_view word = BarePrefix(title);
  for (const std::string_view deputy : {"常务副", "副", "代"}) {
    if (word.empty() && title.rfind(deputy, 0) == 0) {
      word = BarePrefix(std::string_view(title).substr(deputy.size()));
    }
  }
  if (title.rfind("部", 0) == 0) {
    const MentionId ministry = LastMinistry(s, best);
    if (ministry == kNoMention) return;
    const bool party = title.rfind("部党组", 0) == 0;
    posts.push_back({ministry, party ? title.substr(3) : title});
    return;
  }
  if (!word.empty()) {
    const MentionId region = ContextRegion(work_, s, best, word);
    if (region == kNoMention) return;
    if (BareOrgan(s, best, word, title, region, posts)) return;
    if (word == "自治区") title = title.substr(word.size());
    posts.push_back({region, title});
    return;
  }
  // 国务委员甲: no other body has the post.
  for (const std::string& entry : alone_) {
    const std::size_t colon = entry.find(':');
    if (title.rfind(std::string_view(entry).substr(0, colon), 0) != 0) continue;
    const MentionId body =
        NamedBody(work_.sentence(s).place.article, std::string_view(entry).substr(colon + 1));
    if (body != kNoMention) posts.push_back({body, title});
    return;
  }
  // The same body's as the person before, in one list.
  if (before == kNoMention || posts_before.empty()) return;
  // 副部长甲主持，副部长乙到场, but not 听取预算室主任乙….
  // 时任董事乙: the time is no part of the post.
  std::uint32_t begin = best;
  for (const std::string_view term : {"时任", "现任", "原", "时"}) {
    if (!EndsWithAt(text, begin, term)) continue;
    begin -= static_cast<std::uint32_t>(term.size());
    break;
  }
  const bool starts = ClauseBegin(text, begin) == begin || EndsWithAt(text, begin, "、") ||
                      EndsWithAt(text, begin, "和") || EndsWithAt(text, begin, "与");
  if (!starts) return;
  for (const Post& post : posts_before) {
    if (post.title != title) continue;
    posts.push_back(post);
    return;
  }
  const std::uint32_t after = work_.mention(before).span.end;
  const std::string_view between = text.substr(after, begin - after);
  if (between != "、" && between != "，" && between != "和" && between != "及") return;
  posts.push_back({posts_before.front().holder, title});
}

std::vector<Post> PostReader::OfRegion(std::uint32_t s, std::uint32_t pos,
                                       std::string_view title) const {
  std::string_view level = BarePrefix(title);
  for (const std::string_view deputy : {"常务副", "副", "代"}) {
    if (level.empty() && title.starts_with(deputy)) level = BarePrefix(title.substr(deputy.size()));
  }
  const MentionId region = level.empty() ? kNoMention : ContextRegion(work_, s, pos, level);
  if (region == kNoMention) return {};
  return {{region, std::string(title)}};
}

MentionId PostReader::NamedBody(std::uint32_t article, std::string_view body) {
  // Posts add organisations of their own.
  for (; named_end_ < work_.size(); ++named_end_) {
    if (!work_.Is(named_end_, "Organisation")) continue;
    // 十四届全国人大常委会 is the same body.
    std::string_view name = work_.Text(named_end_);
    constexpr std::string_view kCount = "届";
    const std::size_t term = name.rfind(kCount);
    if (term != std::string_view::npos) name.remove_prefix(term + kCount.size());
    named_.try_emplace({work_.Article(named_end_), name}, named_end_);
  }
  const auto found = named_.find({article, body});
  return found == named_.end() ? kNoMention : found->second;
}

// 部党组成员: of the ministry named last.
MentionId PostReader::LastMinistry(std::uint32_t s, std::uint32_t pos) const {
  const Span range = work_.ArticleSentences(work_.sentence(s).place.article);
  const std::uint32_t first =
      s > range.begin + kPositionsMaxBack ? s - kPositionsMaxBack : range.begin;
  for (std::uint32_t at = s + 1; at > first; --at) {
    const std::vector<MentionId>& mentions = work_.sentence(at - 1).mentions;
    for (auto it = mentions.rbegin(); it != mentions.rend(); ++it) {
      const WorkMention& mention = work_.mention(*it);
      if (at - 1 == s && mention.span.end > pos) continue;
      if (mention.type == "Ministry" && work_.Text(*it).ends_with("部")) return *it;
    }
  }
  return kNoMention;
}

// 区人大常委会主任, 市政协主席: bodies of their own, unlike a bare 市委.
bool PostReader::BareOrgan(std::uint32_t s, std::uint32_t begin, std::string_view word,
                           const std::string& title, MentionId region, std::vector<Post>& posts) {
  for (const std::string_view body : {"人大常委会", "人大", "政协", "纪委", "政府"}) {
    const std::string prefix = std::string(word) + std::string(body);
    if (title.rfind(prefix, 0) != 0 || title.size() <= prefix.size()) continue;
    if (body == "政府") return false;
    WorkMention organ;
    organ.sentence = s;
    organ.span = {begin, begin + static_cast<std::uint32_t>(prefix.size())};
    organ.type = "LocalGovernment";
    organ.rule = "position.organ";
    organ.confidence = 0.85;
    const MentionId id = work_.Add(std::move(organ));
    Locate(id, region);
    posts.push_back({id, title.substr(prefix.size())});
    return true;
  }
  return false;
}

}  // namespace tupu::extract
