#include "extract/facts/rules.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <tuple>

#include "extract/facts/names.h"
#include "extract/facts/terms.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::size_t kRulesMaxSentence = 16 << 10;  // longer "sentences" are tables and the like

// Before the names that stand right before `pos` or are joined to what stands there: 在江苏常州,
// 与甲、乙 speak of all of them.
std::uint32_t BeforeList(const Workspace& work, const WorkSentence& sent, std::uint32_t pos) {
  for (auto it = sent.mentions.rbegin(); it != sent.mentions.rend(); ++it) {
    const WorkMention& mention = work.mention(*it);
    if (mention.span.end > pos || mention.nested) continue;
    const bool region = RegionDepth(work, *it) >= 0;
    if (!region && !work.Is(*it, "Organisation")) continue;
    const std::string_view between = sent.text.substr(mention.span.end, pos - mention.span.end);
    if (between == "、" || (between.empty() && region)) pos = mention.span.begin;
  }
  return pos;
}

// Whether one of the words stands in the span, but not in a title or an event's name there: what a
// name says, nobody does. 印发《关于落实甲事的通知》, 召开支持竹业发展座谈会.
bool HoldsOutsideTitles(const Workspace& work, const WorkSentence& sent, Span span,
                        const WordList& words) {
  if (!HoldsAny(Slice(sent.text, span), words)) return false;
  std::uint32_t from = span.begin;
  for (const MentionId id : sent.mentions) {
    const WorkMention& mention = work.mention(id);
    const bool named = mention.type == "Event" || (mention.type == "Policy" &&
                                                   EndsWithAt(sent.text, mention.span.begin, "《"));
    if (!named || mention.nested || mention.span.begin < from) continue;
    if (mention.span.end > span.end) continue;
    // What kind of event it is, its last word says.
    if (mention.type == "Event" && LongestBefore(sent.text, mention.span.end, words) > 0)
      return true;
    if (HoldsAny(Slice(sent.text, {from, mention.span.begin}), words)) return true;
    from = mention.span.end;
  }
  return HoldsAny(Slice(sent.text, {from, span.end}), words);
}

bool Hindered(const RuleLimits& unless, const Workspace& work, const WorkSentence& sent,
              const PatternMatch& match) {
  const std::string_view text = sent.text;
  const Span span = match.span;
  if (LongestBefore(text, span.begin, unless.before) > 0) return true;
  // 甲集团…，在常州投资建设: the place before a clause that takes over its subject is no part of a
  // list that goes on.
  const bool taken_over = !match.bindings.empty() && match.bindings.front().taken_over;
  if (!unless.before.empty() && !taken_over &&
      LongestBefore(text, BeforeList(work, sent, span.begin), unless.before) > 0) {
    return true;
  }
  if (LongestAt(text, span.end, unless.after) > 0) return true;
  if (HoldsOutsideTitles(work, sent, span, unless.inside)) return true;
  if (unless.clause.empty()) return false;
  const Span clause{ClauseBegin(text, span.begin), ClauseEnd(text, span.end)};
  return HoldsAny(Slice(text, clause), unless.clause);
}

// Readings of one rule that bind the same ends: the one that says most.
void KeepFullest(std::vector<Proposal>& proposals, std::size_t from) {
  if (proposals.size() < from + 2) return;
  const auto begin = proposals.begin() + static_cast<std::ptrdiff_t>(from);
  std::stable_sort(begin, proposals.end(), [](const Proposal& a, const Proposal& b) {
    return std::tuple(a.from, a.to, b.properties.size()) <
           std::tuple(b.from, b.to, a.properties.size());
  });
  proposals.erase(std::unique(begin, proposals.end(),
                              [](const Proposal& a, const Proposal& b) {
                                return a.from == b.from && a.to == b.to;
                              }),
                  proposals.end());
}

// Where what `match` says begins: at its subject, also where that stands in an earlier clause.
std::uint32_t SubjectBegin(const PatternMatch& match, const Workspace& work,
                           std::uint32_t sentence) {
  std::uint32_t begin = match.span.begin;
  for (const Binding& binding : match.bindings) {
    if (!binding.taken_over || binding.mentions.empty()) continue;
    const WorkMention& subject = work.mention(binding.mentions.front());
    if (subject.sentence == sentence) begin = std::min(begin, subject.span.begin);
  }
  return begin;
}

// 研发及检测中心 was cut at a coordinator, but is one name: a part without a head of its own
// belongs to the next.
std::vector<Span> Whole(const std::vector<Span>& parts, std::string_view type,
                        std::string_view text, const WordSets& sets) {
  const WordList* heads = FreeHeads(sets, type);
  if (heads == nullptr) return parts;
  std::vector<Span> names;
  bool open = false;
  for (const Span part : parts) {
    if (open) {
      names.back().end = part.end;
    } else {
      names.push_back(part);
    }
    open = LongestBefore(text, part.end, *heads) == 0;
  }
  return names;
}

// The article's own words for a mention: a name with its marks, for trimming what stands around.
std::vector<MentionId> EndsOf(const Binding& binding, Workspace& work, const WordSets& sets,
                              std::uint32_t sentence, const Rule& rule) {
  const std::string_view text = work.sentence(sentence).text;
  if (binding.free_type.empty()) return binding.mentions;
  std::vector<MentionId> ends;
  const std::vector<Span> texts = binding.free_type == "Industry"
                                      ? binding.texts
                                      : Whole(binding.texts, binding.free_type, text, sets);
  for (const Span span : texts) {
    const MentionId id =
        TermMention(work, sets, sentence, span, binding.free_type, rule.id, rule.confidence,
                    rule.relation == "INVESTS" ? TermBorder::kWhole : TermBorder::kLoose);
    if (id != kNoMention) ends.push_back(id);
  }
  return ends;
}

}  // namespace

void RuleBook::IndexTriggers() {
  std::map<std::string_view, std::uint32_t> numbers;
  std::vector<std::string> words;
  for (std::uint32_t r = 0; r < rules_.size(); ++r) {
    for (std::uint32_t p = 0; p < rules_[r].patterns.size(); ++p) {
      const auto id = static_cast<std::uint32_t>(patterns_.size());
      patterns_.push_back({r, p});
      gate_.Add(rules_[r].patterns[p]);
      const std::vector<std::string>& triggers = rules_[r].patterns[p].triggers;
      if (triggers.empty()) untriggered_.push_back(id);
      for (const std::string& word : triggers) {
        const auto [it, added] = numbers.emplace(word, static_cast<std::uint32_t>(numbers.size()));
        if (added) {
          words.push_back(word);
          triggered_by_.emplace_back();
        }
        triggered_by_[it->second].push_back(id);
      }
    }
  }
  triggers_ = Automaton(words);
}

void RuleBook::Apply(Workspace& work, std::uint32_t sentence, const Rule* only) const {
  const std::string_view text = work.sentence(sentence).text;
  if (text.size() > kRulesMaxSentence) return;
  // Kept from one sentence to the next. Of the patterns a bit each, so that they come in order.
  thread_local std::vector<std::uint64_t> wanted;
  thread_local GatedSentence gated;
  wanted.assign(patterns_.size() / 64 + 1, 0);
  const auto want = [&](const std::vector<std::uint32_t>& patterns) {
    for (const std::uint32_t id : patterns) wanted[id / 64] |= std::uint64_t{1} << (id % 64);
  };
  want(untriggered_);
  triggers_.ForEach(text, [&](std::uint32_t word, Span) { want(triggered_by_[word]); });
  gated.Open(gate_, work, sentence);
  std::uint32_t last = static_cast<std::uint32_t>(rules_.size());
  std::size_t before = work.proposals().size();
  std::vector<PatternMatch> matches;
  for (std::size_t block = 0; block < wanted.size(); ++block) {
    for (std::uint64_t left = wanted[block]; left != 0; left &= left - 1) {
      const auto id = static_cast<std::uint32_t>(block * 64) +
                      static_cast<std::uint32_t>(std::countr_zero(left));
      const std::uint32_t number = patterns_[id].rule;
      const Rule& rule = rules_[number];
      if ((only != nullptr && &rule != only) || !gated.Lets(id)) continue;
      if (number != last) {
        KeepFullest(work.proposals(), before);
        before = work.proposals().size();
        last = number;
      }
      matches.clear();
      MatchPattern(rule.patterns[patterns_[id].pattern], work, sentence,
                   [&](const PatternMatch& match) { matches.push_back(match); });
      for (const PatternMatch& match : matches) {
        if (!Hindered(rule.unless, work, work.sentence(sentence), match))
          Fire(rule, match, work, sentence);
      }
    }
  }
  KeepFullest(work.proposals(), before);
}

void RuleBook::Fire(const Rule& rule, const PatternMatch& match, Workspace& work,
                    std::uint32_t sentence) const {
  const WorkSentence& sent = work.sentence(sentence);
  Proposal proposal;
  proposal.type = rule.relation;
  proposal.evidence = sentence;
  proposal.rule = rule.id;
  proposal.confidence = rule.confidence;
  const Span clause{ClauseBegin(sent.text, SubjectBegin(match, work, sentence)), match.span.end};
  if (rule.status == "planned") {
    proposal.status = graph::ClaimStatus::kPlanned;
  } else if (rule.status == "proposed") {
    proposal.status = graph::ClaimStatus::kProposed;
  } else if (rule.status == "denied") {
    proposal.status = graph::ClaimStatus::kDenied;
  } else if (rule.status == "auto") {
    // Not the words inside names: 《条例（征求意见稿）》 is published, not proposed.
    proposal.status = StatusOf(work.OutsideNames(sentence, clause), *sets_);
  }
  if (!rule.amount.empty()) {
    const Binding* binding = match.Find(rule.amount);
    if (binding != nullptr && binding->amount) {
      const Amount& amount = sent.amounts[*binding->amount].amount;
      if (!amount.is_range()) {
        proposal.properties["amount"] = AmountValue(amount);
        if (amount.currency != "CNY") proposal.properties["currency"] = amount.currency;
      }
    }
  }
  if (!rule.title.empty()) {
    const Binding* binding = match.Find(rule.title);
    if (binding != nullptr && !binding->texts.empty()) {
      proposal.properties["title"] = Slice(sent.text, binding->texts.front());
    }
  }
  if (!rule.date.empty()) {
    graph::Date date;
    if (rule.date == "*") {
      date = DateBefore(work, sent, match.span, rule.relation == "HELD");
    } else if (const Binding* binding = match.Find(rule.date);
               binding != nullptr && binding->date) {
      const ResolvedDate& resolved = sent.dates[*binding->date].date;
      if (!resolved.vague) date = resolved.from;
    }
    if (!date.empty()) proposal.properties["date"] = date.ToString();
  }
  const auto propose = [&](MentionId from, MentionId to) {
    if (from == to) return;
    proposal.from = from;
    proposal.to = to;
    work.Propose(proposal);
  };
  if (!rule.each.empty()) {
    const Binding* binding = match.Find(rule.each);
    if (binding == nullptr) return;
    const std::vector<MentionId> members = EndsOf(*binding, work, *sets_, sentence, rule);
    for (std::size_t i = 0; i < members.size(); ++i) {
      for (std::size_t j = i + 1; j < members.size(); ++j) propose(members[i], members[j]);
    }
    return;
  }
  const Binding* from = match.Find(rule.from);
  const Binding* to = match.Find(rule.to);
  if (from == nullptr || to == nullptr) return;
  const std::vector<MentionId> from_ends = EndsOf(*from, work, *sets_, sentence, rule);
  const std::vector<MentionId> to_ends = EndsOf(*to, work, *sets_, sentence, rule);
  // One sum for several targets says nothing of each.
  if (to_ends.size() > 1) proposal.properties.erase("amount");
  for (const MentionId a : from_ends) {
    for (const MentionId b : to_ends) propose(a, b);
  }
}

graph::ClaimStatus StatusOf(std::string_view words, const WordSets& sets) {
  if (HoldsAny(words, WordsOf(sets, "status_denied"))) return graph::ClaimStatus::kDenied;
  if (HoldsAny(words, WordsOf(sets, "status_proposed"))) return graph::ClaimStatus::kProposed;
  if (HoldsAny(words, WordsOf(sets, "status_planned"))) return graph::ClaimStatus::kPlanned;
  return graph::ClaimStatus::kDone;
}

bool IsDeadline(const WorkSentence& sent, Span span) {
  for (const std::string_view word :
       {"自", "从", "截至", "截止", "至", "早在", "比", "较", "力争"}) {
    if (EndsWithAt(sent.text, span.begin, word)) return true;
  }
  for (const std::string_view word : {"起", "前", "底前", "后", "末", "间", "以来"}) {
    if (StartsWithAt(sent.text, span.end, word)) return true;
  }
  return EndsWithAt(sent.text, span.begin, "到") && StartsWithAt(sent.text, span.end, "，");
}

graph::Date DateBefore(const Workspace& work, const WorkSentence& sent, Span match, bool since) {
  const auto in_name = [&](Span span) {
    const std::string_view before = sent.text.substr(0, span.begin);
    const std::size_t open = before.rfind("《");
    const std::size_t close = before.rfind("》");
    if (open != std::string_view::npos && (close == std::string_view::npos || close < open)) {
      return true;
    }
    return std::any_of(sent.mentions.begin(), sent.mentions.end(),
                       [&](MentionId id) { return work.mention(id).span.Contains(span); });
  };
  for (auto it = sent.dates.rbegin(); it != sent.dates.rend(); ++it) {
    if (it->span.end > match.end || in_name(it->span)) continue;
    if (IsDeadline(sent, it->span) && !(since && StartsWithAt(sent.text, it->span.end, "以来"))) {
      continue;
    }
    // 日前, or a day of an unknown year: no date that one could write down.
    if (it->date.vague || it->date.from.empty()) return {};
    return it->date.from;
  }
  // 《办法》今天（8月1日）在京发布: right after what it is about.
  for (const WorkDate& date : sent.dates) {
    if (date.span.begin < match.end || in_name(date.span)) continue;
    if (date.span.begin > match.end + 30 || date.date.vague) break;
    const std::string_view rest = sent.text.substr(date.span.end, 40);
    if (rest.find("起施行") != std::string_view::npos ||
        rest.find("实施") != std::string_view::npos) {
      break;
    }
    bool hindered = false;
    for (const std::string_view word : {"自", "从", "截至", "截止"}) {
      hindered = hindered || EndsWithAt(sent.text, date.span.begin, word);
    }
    if (hindered) break;
    return date.date.from;
  }
  return {};
}

graph::Value AmountValue(const Amount& amount) {
  if (amount.is_range()) return {};
  const double value = amount.value;
  const double whole = std::round(value);
  if (std::abs(value - whole) <= 1e-12 * std::abs(value) && std::abs(whole) < 9e15) {
    return static_cast<std::int64_t>(whole);  // 2.2 times 1e8 is a hair more than 220000000
  }
  return value;
}

namespace {

// What a pattern takes for a company: the one recognised there, else a new one.
MentionId CompanyMention(Workspace& work, const WordSets& sets, std::uint32_t sentence, Span span,
                         std::string_view rule, double confidence) {
  // 腾讯: a short name is one where it is known.
  const MentionId listed = work.Find(sentence, span, "Company");
  if (listed != kNoMention && !work.mention(listed).nested) return listed;
  const std::optional<Span> name = Terms(sets).CleanCompany(work.sentence(sentence).text, span);
  if (!name) return kNoMention;
  for (const MentionId id : work.sentence(sentence).mentions) {
    const WorkMention& other = work.mention(id);
    if (other.nested || !other.span.Overlaps(*name)) continue;
    const bool known = other.type == "Company" || other.type == "Institution";
    if (known && (other.span.Contains(*name) || other.span.end == name->end)) return id;
    if (!name->Contains(other.span) ||
        !(known || other.type == "Industry" || RegionDepth(work, id) >= 0)) {
      return other.span == *name && work.Is(id, "Person") ? id : kNoMention;
    }
  }
  for (const MentionId id : work.sentence(sentence).mentions) {
    if (name->Contains(work.mention(id).span)) work.mention(id).nested = true;
  }
  WorkMention mention;
  mention.sentence = sentence;
  mention.span = *name;
  mention.type = "Company";
  mention.rule = rule;
  mention.confidence = confidence;
  return work.Add(std::move(mention));
}

}  // namespace

// 竹林观测 of 竹林观测环境保护: what stands before a class in a title makes another one of it; but
// not what is done with it (标准提升引领竹业), who does it (竹业系统采购), a list.
static bool Qualifies(const WordSets& sets, std::string_view text) {
  for (const std::string_view word : {"系统", "部门", "和", "及", "投入", "曝光"}) {
    if (text.find(word) != std::string_view::npos) return false;
  }
  return text.size() >= kQualifies && !HoldsAny(text, WordsOf(sets, "title_verb")) &&
         !HoldsAny(text, WordsOf(sets, "object_verb"));
}

MentionId TermMention(Workspace& work, const WordSets& sets, std::uint32_t sentence, Span span,
                      std::string_view type, std::string_view rule, double confidence,
                      TermBorder border) {
  if (type == "Company") return CompanyMention(work, sets, sentence, span, rule, confidence);
  const std::string_view text = work.sentence(sentence).text;
  const bool titled = border == TermBorder::kFirm || border == TermBorder::kExact;
  const std::optional<Span> term = border == TermBorder::kExact ? std::optional(span)
                                   : type == "Industry"
                                       ? Terms(sets).Clean(text, span, titled ? kTitleTerm : kTerm)
                                       : Terms(sets).CleanName(text, span, FreeHeads(sets, type));
  if (!term) return kNoMention;
  if (type != "Industry") {
    WorkMention named;
    named.sentence = sentence;
    named.span = *term;
    named.type = type;
    named.rule = rule;
    named.confidence = confidence;
    for (const MentionId id : work.sentence(sentence).mentions) {
      const WorkMention& other = work.mention(id);
      if (!other.span.Overlaps(*term)) continue;
      if (other.type == "Industry") continue;  // a class gives way to a name
      // What recognition cut short, from 的 or the verb on: the whole.
      const bool part = other.type == type && term->Contains(other.span) &&
                        term->end == other.span.end && other.rule != "gazetteer";
      if (part) continue;
      // 滨海新区污水厂二期工程: the zone that a name begins with says where.
      const bool inside =
          other.type == "Zone" && term->Contains(other.span) && other.span.end < term->end;
      if (other.type == type || (other.type == "Zone" && !inside) || other.type == "Event" ||
          other.type == "Policy" || !term->Contains(other.span)) {
        return other.type == type ? id : kNoMention;
      }
    }
    for (const MentionId id : work.sentence(sentence).mentions) {
      const Span inner = work.mention(id).span;
      if (inner != *term && term->Contains(inner)) work.mention(id).nested = true;
    }
    return work.Add(std::move(named));
  }
  const MentionId known = work.Find(sentence, *term);
  if (known != kNoMention) return RegionDepth(work, known) < 0 ? known : kNoMention;
  // 福建、广东等地 is no class.
  for (const MentionId id : work.sentence(sentence).mentions) {
    if (work.mention(id).span.begin == term->begin && RegionDepth(work, id) >= 0 &&
        (CoordinatorAt(text, work.mention(id).span.end) > 0 ||
         StartsWithAt(text, work.mention(id).span.end, "等"))) {
      return kNoMention;
    }
    // Nor is 丽水、湖州2市抗旱: what begins with a count of regions.
    const std::uint32_t end = work.mention(id).span.end;
    if (work.mention(id).span.begin == term->begin && end < term->end && text[end] >= '0' &&
        text[end] <= '9' && RegionDepth(work, id) >= 0) {
      return kNoMention;
    }
  }
  // A class that was recognised a little longer or shorter is that class (as GUIDELINES compares);
  // one that a list holds sooner than one that only looks like it.
  MentionId near = kNoMention;
  for (const MentionId id : work.sentence(sentence).mentions) {
    if (border == TermBorder::kExact) break;
    const Span other = work.mention(id).span;
    if (work.mention(id).type != "Industry" || !other.Overlaps(*term)) continue;
    if (!other.Contains(*term) && !term->Contains(other)) continue;
    const double shorter = std::min(other.size(), term->size());
    if (shorter < 0.6 * std::max(other.size(), term->size())) continue;
    const bool listed = work.mention(id).rule == "gazetteer";
    // A title says better where a class begins than its looks do (肥行业 of 磷复肥行业).
    if (titled && !listed && other.begin != term->begin) continue;
    if (near == kNoMention || (listed && work.mention(near).rule != "gazetteer")) near = id;
  }
  if (near != kNoMention && work.mention(near).rule == "gazetteer") return near;
  // 养老服务业品牌价值评价 is about 养老服务业: a known class that the term begins or ends with.
  for (const MentionId id : work.sentence(sentence).mentions) {
    const Span other = work.mention(id).span;
    if (work.mention(id).type != "Industry" || work.mention(id).rule != "gazetteer") continue;
    if (other.size() < 9 || !term->Contains(other)) continue;
    // 新能源与节能 is one item of its list, and money for 中药材品种选育 does not go to 中药材.
    if (border == TermBorder::kExact) break;
    const bool more = border == TermBorder::kWhole || CoordinatorAt(text, other.end) > 0;
    const bool other_class =
        titled && Qualifies(sets, text.substr(term->begin, other.begin - term->begin));
    if ((other.begin == term->begin && !more) || (other.end == term->end && !other_class)) {
      return id;
    }
  }
  if (near != kNoMention) return near;
  // A name that crosses the term's border: the term was cut wrongly. What only looks like a class
  // (国家职业 before 职业资格) is no name in a title, which says where its objects begin.
  bool nested = false;
  for (const MentionId id : work.sentence(sentence).mentions) {
    const Span other = work.mention(id).span;
    if (other.begin >= term->end) break;
    if (!other.Overlaps(*term)) continue;
    const bool guess = border != TermBorder::kLoose && work.mention(id).type == "Industry" &&
                       work.mention(id).entries.empty();
    if (other.Contains(*term)) {
      nested = true;
    } else if (!term->Contains(other) && !guess) {
      return kNoMention;
    }
  }
  WorkMention mention;
  mention.sentence = sentence;
  mention.span = *term;
  mention.type = type;
  mention.rule = rule;
  mention.confidence = confidence;
  mention.nested = nested;
  return work.Add(std::move(mention));
}

}  // namespace tupu::extract
