// Who took part in an event: the people named before 出席, 参加, 主持, 致辞, and the event that the
// sentence or the one before it is about.
#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "extract/facts/structure.h"
#include "extract/facts/terms.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::size_t kAttendanceMaxSentence = 8000;
// Bytes between two things that are read as one statement: an event and its 举行, the verb and the
// 的 and 还有 of 出席会议的还有, a speaker and his verb, an event and the end of its clause.
constexpr std::uint32_t kMaxHeld = 30;
constexpr std::string_view kJoints[] = {"、", "和", "与", "及", "以及", "，", ","};

class Attendance {
 public:
  explicit Attendance(StructureContext& context)
      : work_(*context.work),
        verbs_(WordsOf(*context.sets, "attend_verb")),
        speaks_(WordsOf(*context.sets, "speak_verb")),
        nouns_(WordsOf(*context.sets, "event_noun")),
        breaks_(WordsOf(*context.sets, "attend_break")),
        spoken_of_(WordsOf(*context.sets, "attend_spoken_of")),
        held_(WordsOf(*context.sets, "take_place")),
        wins_(WordsOf(*context.sets, "win_verb")),
        guests_(WordsOf(*context.sets, "guest_class")) {}

  void Run() {
    JoinCeremonies();
    for (const Proposal& proposal : work_.proposals()) {
      if (proposal.type == "HOLDS_POSITION") employers_.insert(proposal.to);
    }
    // The event that the article is about: the first one that is said to be held, else named.
    MentionId main = kNoMention;
    std::uint32_t article = static_cast<std::uint32_t>(-1);
    for (std::uint32_t s = 0; s < work_.sentences().size(); ++s) {
      const WorkSentence& sent = work_.sentence(s);
      if (sent.place.article != article) {
        article = sent.place.article;
        main = kNoMention;
      }
      Sentence(s, main);
      for (const MentionId id : sent.mentions) {
        // A congress of the party is what one speaks of, not where one is.
        if (work_.mention(id).type != "Event" || work_.mention(id).nested ||
            work_.mention(id).antecedent != kNoMention || work_.Text(id).substr(0, 6) == "党的" ||
            IsPast(id)) {
          continue;
        }
        if (main == kNoMention || (!IsHeld(main) && IsHeld(id)) || IsHeldBy(main, id)) main = id;
      }
    }
  }

 private:
  // 竹产业大会开幕式 is where those of 竹产业大会 are.
  void JoinCeremonies() {
    std::map<std::pair<std::uint32_t, std::string_view>, MentionId> events;
    std::vector<std::pair<MentionId, std::string_view>> ceremonies;
    for (MentionId id = 0; id < work_.size(); ++id) {
      const WorkMention& mention = work_.mention(id);
      if (mention.type != "Event" || mention.antecedent != kNoMention || mention.ignored) continue;
      const std::string_view name = work_.Text(id);
      bool ceremony = false;
      for (const std::string_view tail : {"开幕式", "闭幕式", "开班式"}) {
        if (!name.ends_with(tail)) continue;
        ceremonies.emplace_back(id, name.substr(0, name.size() - tail.size()));
        ceremony = true;
      }
      if (!ceremony && !mention.nested) events.try_emplace({work_.Article(id), name}, id);
    }
    for (const auto& [id, name] : ceremonies) {
      const auto whole = events.find({work_.Article(id), name});
      if (whole != events.end()) work_.mention(id).antecedent = whole->second;
    }
  }

  // 举行第二次会议, 座谈会在京举行.
  bool IsHeld(MentionId event) const {
    const WorkMention& mention = work_.mention(event);
    const std::string_view text = work_.sentence(mention.sentence).text;
    const std::uint32_t begin = ClauseBegin(text, mention.span.begin);
    const std::uint32_t end = ClauseEnd(text, mention.span.end);
    const std::string_view before = text.substr(begin, mention.span.begin - begin);
    const std::string_view after = text.substr(mention.span.end, end - mention.span.end);
    for (const std::string_view verb : {"举行", "召开", "举办", "开幕", "闭幕"}) {
      const std::size_t at = before.rfind(verb);
      if (at != std::string_view::npos && before.size() - at <= 30) return true;
      if (after.find(verb) < kMaxHeld && GoesOn(after)) return true;
    }
    return false;
  }

  // 全国代表大会二次会议举行预备会议: those that come are at the latter. 第一次全体会议 is the
  // former.
  bool IsHeldBy(MentionId whole, MentionId part) const {
    const WorkMention& first = work_.mention(whole);
    const WorkMention& second = work_.mention(part);
    if (first.sentence != second.sentence || second.span.begin <= first.span.end) return false;
    if (work_.Text(part).ends_with("全体会议")) return false;
    const std::string_view text = work_.sentence(first.sentence).text;
    const std::string_view between =
        text.substr(first.span.end, second.span.begin - first.span.end);
    return between.find("，") == std::string_view::npos &&
           (between.ends_with("举行") || between.ends_with("召开"));
  }

  // What follows the name of an event that is the subject: 大会主席团举行… speaks of another.
  static bool GoesOn(std::string_view after) {
    for (const std::string_view word :
         {"举",   "召",   "今",   "昨",   "日前", "近日", "在", "于", "将",
          "隆重", "正式", "成功", "圆满", "如期", "同时", "”",  "1",  "2",
          "3",    "4",    "5",    "6",    "7",    "8",    "9"}) {
      if (StartsWithAt(after, 0, word)) return true;
    }
    return false;
  }

  void Sentence(std::uint32_t s, MentionId last) {
    const WorkSentence& sent = work_.sentence(s);
    if (sent.place.kind == SentenceKind::kByline || sent.text.size() > kAttendanceMaxSentence)
      return;
    const bool anyone = std::any_of(sent.mentions.begin(), sent.mentions.end(), [&](MentionId id) {
      return work_.Is(id, "Person") || work_.Is(id, "Organisation");
    });
    if (!anyone) return;
    const std::string_view text = sent.text;
    std::uint32_t floor = 0;
    for (std::uint32_t at = 0; at < text.size();) {
      if (const std::uint32_t verb = LongestAt(text, at, verbs_); verb > 0) {
        // 重要讲话精神 is no speech held here, 工作的 no report.
        if (EndsWithAt(text, at, "重要") || StartsWithAt(text, at + verb, "精神") ||
            StartsWithAt(text, at, "列席代表") || IsWork(text, at) ||
            IsClassOfGuests(text, at, at + verb) || IsDenied(text, at)) {
          at += verb;
          continue;
        }
        const MentionId event = EventOf(s, at, at + verb, last);
        if (event != kNoMention) {
          const std::string_view word = text.substr(at, verb);
          const bool bodies = word.starts_with("出席") || word.starts_with("参加") ||
                              word.starts_with("应邀") || word == "发言";
          Attend(s, floor, at, event, bodies);
          if (bodies) Behind(s, at + verb, event);
          floor = at + verb;
        }
        at += verb;
      } else if (const std::uint32_t said = LongestAt(text, at, speaks_); said > 0) {
        // 在…吹风会上，某某解读称; 举行新闻发布会，某某介绍: the event is named before in the
        // sentence.
        const MentionId event = EventBefore(s, at);
        if (event != kNoMention) {
          Attend(s, work_.mention(event).span.end, at, event, false);
        } else if (last != kNoMention && IsPress(last) && text.substr(at, said) != "发布") {
          Speak(s, at, last);
        }
        at += said;
      } else if (StartsWithAt(text, at, "举行")) {
        const auto end = static_cast<std::uint32_t>(at + std::string_view("举行").size());
        if (const MentionId event = MetAt(s, at, end); event != kNoMention) {
          Attend(s, floor, at, event, false);
        }
        at = end;
      } else if (const std::uint32_t won = LongestAt(text, at, wins_);
                 won > 0 && last != kNoMention && IsContest(last)) {
        Attend(s, std::max(floor, ClauseBegin(text, at)), at, last, false);
        at += won;
      } else {
        at += DecodeAt(text, at).size;
      }
    }
  }

  // The 作 of 工作的, 合作了, 工作报告.
  static bool IsWork(std::string_view text, std::uint32_t at) {
    return StartsWithAt(text, at, "作") &&
           (EndsWithAt(text, at, "工") || EndsWithAt(text, at, "合"));
  }

  // 出席会议的还有甲、乙, 出席座谈会的党外人士还有丙: those behind, as far as the list goes.
  void Behind(std::uint32_t s, std::uint32_t verb, MentionId event) {
    const std::string_view text = work_.sentence(s).text;
    const std::uint32_t clause = ClauseEnd(text, verb);
    const std::string_view object = text.substr(verb, clause - verb);
    const std::size_t of = object.find("的");
    if (of == std::string_view::npos || of > kMaxHeld) return;
    std::size_t list = std::string_view::npos;
    for (const std::string_view word : {"还有", "包括", "有"}) {
      std::size_t at = object.find(word, of);
      while (at != std::string_view::npos && IsOtherWord(object, static_cast<std::uint32_t>(at))) {
        at = object.find(word, at + word.size());
      }
      if (at != std::string_view::npos) list = std::min(list, at + word.size());
    }
    if (list == std::string_view::npos || list > of + kMaxHeld) return;
    std::uint32_t end = verb + static_cast<std::uint32_t>(list);
    if (StartsWithAt(text, end, "："))
      end += static_cast<std::uint32_t>(std::string_view("：").size());
    bool first = true;
    for (const MentionId id : std::vector<MentionId>(work_.sentence(s).mentions)) {
      const WorkMention& mention = work_.mention(id);
      const Span name = mention.span;
      if (mention.nested || name.begin < end || !work_.Is(id, "Person")) continue;
      if (IsAbsent(text, name) || IsMet(text, name.begin) || IsSpokenOf(text, name.begin)) {
        continue;
      }
      const Span between{end, name.begin};
      if (!(first ? ClauseEnd(text, end) >= name.begin : GoesOnTo(s, between))) return;
      first = false;
      end = name.end;
      ProposeGuest(s, id, event, "attended.behind", 0.9);
    }
  }

  // The 有 of 有关, 所有, 没有.
  static bool IsOtherWord(std::string_view text, std::uint32_t at) {
    return StartsWithAt(text, at, "有关") ||
           (StartsWithAt(text, at, "有") &&
            (EndsWithAt(text, at, "所") || EndsWithAt(text, at, "没")));
  }

  // Whether a list of names goes on between two of them: a joint, and the post of the second.
  // Behind a comma another statement may begin (，会议学习了), so that nothing but names and titles
  // stands there.
  bool GoesOnTo(std::uint32_t s, Span between) const {
    const std::string_view text = work_.sentence(s).text;
    std::uint32_t at = between.begin;
    if (StartsWithAt(text, at, "（")) {
      const std::size_t close = text.substr(0, between.end).find("）", at);
      if (close == std::string_view::npos) return false;
      at = static_cast<std::uint32_t>(close + std::string_view("）").size());
    }
    std::uint32_t joint = 0;
    for (const std::string_view word : kJoints) {
      if (!StartsWithAt(text, at, word)) continue;
      joint = std::max(joint, static_cast<std::uint32_t>(word.size()));
    }
    if (joint == 0) return false;
    const bool comma = StartsWithAt(text, at, "，") || StartsWithAt(text, at, ",");
    at += joint;
    if (!comma) return ClauseEnd(text, at) >= between.end;
    while (at < between.end) {
      const std::uint32_t end = EndOfNameAt(s, at);
      if (end == at || end > between.end) return false;
      at = end;
    }
    return true;
  }

  // Where the name or the title that begins at `at` ends, or `at`.
  std::uint32_t EndOfNameAt(std::uint32_t s, std::uint32_t at) const {
    const WorkSentence& sent = work_.sentence(s);
    std::uint32_t end = at;
    for (const MentionId id : sent.mentions) {
      if (work_.mention(id).span.begin == at) end = std::max(end, work_.mention(id).span.end);
    }
    for (const WorkTitle& title : sent.titles) {
      if (title.span.begin == at) end = std::max(end, title.span.end);
    }
    return end;
  }

  // 甲同乙、丙举行对话会: somebody's name stands right before the verb, the event behind it.
  MentionId MetAt(std::uint32_t s, std::uint32_t verb, std::uint32_t end) const {
    const WorkSentence& sent = work_.sentence(s);
    bool beside = false;
    for (const MentionId id : sent.mentions) {
      const WorkMention& mention = work_.mention(id);
      if (mention.nested) continue;
      if (mention.span.end == verb && work_.Is(id, "Person")) beside = true;
      if (mention.span.begin < end) continue;
      const bool event = mention.type == "Event" && mention.span.begin <= end + kMaxHeld / 2;
      return beside && event && mention.antecedent == kNoMention ? id : kNoMention;
    }
    return kNoMention;
  }

  // 将不出席, 拒绝参加
  static bool IsDenied(std::string_view text, std::uint32_t at) {
    for (const std::string_view word : {"不", "未", "没有", "拒绝", "无法", "未能", "是否"}) {
      if (EndsWithAt(text, at, word)) return true;
    }
    return false;
  }

  // 参会企业代表, 到场的嘉宾: whoever they are.
  bool IsClassOfGuests(std::string_view text, std::uint32_t at, std::uint32_t end) const {
    if (!EndsWithAt(text, end, "会") && !EndsWithAt(text, end, "场")) return false;
    if (!StartsWithAt(text, at, "参会") && !StartsWithAt(text, at, "到场")) return false;
    return LongestAt(text, end, guests_) > 0;
  }

  // 锦标赛, 运动会: who wins there was there.
  bool IsContest(MentionId event) const {
    const std::string_view name = work_.Text(event);
    return name.ends_with("赛") || name.ends_with("运会") || name.ends_with("沙会") ||
           name.ends_with("运动会") || name.ends_with("杯") || name.ends_with("奥会");
  }

  // 新闻发布会, 吹风会: who speaks in the report speaks there.
  bool IsPress(MentionId event) const {
    const std::string_view name = work_.Text(event);
    return name.ends_with("发布会") || name.ends_with("吹风会") || name.ends_with("协商座谈会");
  }

  // 财政部副部长甲介绍，…: the people in the clause; 财政部、民政部负责人表示，…: the bodies at its
  // start.
  void Speak(std::uint32_t s, std::uint32_t verb, MentionId event) {
    const WorkSentence& sent = work_.sentence(s);
    const std::uint32_t begin = ClauseBegin(sent.text, verb);
    MentionId speaker = kNoMention;
    std::vector<MentionId> bodies;
    std::uint32_t end = begin;
    for (const MentionId id : sent.mentions) {
      const WorkMention& mention = work_.mention(id);
      if (mention.nested || mention.span.begin < begin || mention.span.end > verb) continue;
      if (work_.Is(id, "Person")) {
        if (mention.span.end + kMaxHeld >= verb) speaker = id;
      } else if (mention.type == "Ministry" || mention.type == "LocalGovernment") {
        const bool next = bodies.empty() ? mention.span.begin == begin
                                         : IsJoint(sent.text, end, mention.span.begin);
        if (!next) continue;
        bodies.push_back(id);
        end = mention.span.end;
      }
    }
    if (speaker != kNoMention) {
      ProposeGuest(s, speaker, event, "attended.press", 0.7);
      return;
    }
    const std::string_view rest = sent.text.substr(end, verb - end);
    if (!rest.empty() && (end + kMaxHeld < verb || rest.find("负责") == std::string_view::npos)) {
      return;
    }
    for (const MentionId id : bodies) ProposeGuest(s, id, event, "attended.press", 0.7);
  }

  static bool IsJoint(std::string_view text, std::uint32_t begin, std::uint32_t end) {
    const std::string_view joint = text.substr(begin, end - begin);
    return std::any_of(std::begin(kJoints), std::end(kJoints),
                       [&](std::string_view word) { return joint == word; });
  }

  MentionId EventBefore(std::uint32_t s, std::uint32_t pos) const {
    const WorkSentence& sent = work_.sentence(s);
    MentionId event = kNoMention;
    for (const MentionId id : sent.mentions) {
      const WorkMention& mention = work_.mention(id);
      if (mention.span.end > pos) break;
      if (mention.type == "Event" && !mention.nested) event = id;
    }
    if (event == kNoMention) return event;
    // 发布会上, 发布会，: where one is, not what one speaks of.
    std::uint32_t end = work_.mention(event).span.end;
    if (const std::uint32_t clause = ClauseEnd(sent.text, end);
        clause <= end + kMaxHeld && LongestBefore(sent.text, clause, held_) > 0) {
      end = clause;  // 两会近日闭幕，
    }
    for (const std::string_view mark : {"”", "》", " "}) {
      if (StartsWithAt(sent.text, end, mark)) end += static_cast<std::uint32_t>(mark.size());
    }
    for (const std::string_view mark : {"上", "中", "，", ","}) {
      if (StartsWithAt(sent.text, end, mark)) return event;
    }
    return kNoMention;
  }

  // The event that follows the verb in its clause, or is meant by 会议, 仪式 there; for verbs
  // without an object (致辞) the one named before.
  MentionId EventOf(std::uint32_t s, std::uint32_t begin, std::uint32_t end, MentionId last) const {
    const WorkSentence& sent = work_.sentence(s);
    const std::uint32_t clause = ClauseEnd(sent.text, end);
    MentionId before = kNoMention;
    for (const MentionId id : sent.mentions) {
      const WorkMention& mention = work_.mention(id);
      if (mention.type != "Event" || mention.nested) continue;
      if (mention.span.begin >= end && mention.span.begin <= clause) return id;
      if (mention.span.end <= begin && !IsPast(id)) before = id;
    }
    const MentionId known = before != kNoMention ? before : last;
    if (known == kNoMention) return kNoMention;
    const std::string_view object = sent.text.substr(end, clause - end);
    const bool meant = std::any_of(nouns_.begin(), nouns_.end(), [&](const std::string& noun) {
      if (object.find(noun) == std::string_view::npos) return false;
      // 主持座谈会: no session.
      if (IsKindOfMeeting(noun) && !work_.Text(known).ends_with(noun)) return false;
      // 参加有关活动: hardly the forum.
      return noun != "活动" || work_.Text(known).find(noun) != std::string_view::npos;
    });
    const std::string_view verb = sent.text.substr(begin, end - begin);
    const bool plain =
        verb.find("出席") == std::string_view::npos && verb.find("参加") == std::string_view::npos;
    const bool of_event = verb.starts_with("致") || EndsWithAt(sent.text, begin, "总结");
    const bool speech = of_event && (object.starts_with("中") || object.starts_with("时"));
    const bool alone =
        object.size() < 6 || object.substr(0, 3) == "并" || speech || IsThere(sent.text, begin);
    const bool report = verb == "作的" || verb == "作了" || verb.starts_with("会上");
    // 甲、乙等出席。 甲出席活动。
    const bool bare = !plain && before == kNoMention &&
                      (object.empty() ? IsHeld(last) || IsGoneTo(last) : object == "活动");
    return meant || report || IsSitting(object, known) || bare || (plain && alone) ||
                   before != kNoMention
               ? known
               : kNoMention;
  }

  // 在会上宣读, 在开幕式上作
  static bool IsThere(std::string_view text, std::uint32_t verb) {
    for (const std::string_view word : {"会上", "式上", "论坛上"}) {
      if (EndsWithAt(text, verb, word)) return true;
    }
    return false;
  }

  // 出席甲大会: who is named without it goes there too.
  bool IsGoneTo(MentionId event) const {
    const WorkMention& mention = work_.mention(event);
    const std::string_view text = work_.sentence(mention.sentence).text;
    const std::uint32_t begin = ClauseBegin(text, mention.span.begin);
    const std::string_view before = text.substr(begin, mention.span.begin - begin);
    return before.find("出席") != std::string_view::npos ||
           before.find("参加") != std::string_view::npos;
  }

  // 参加甲省代表团审议, 参加医卫界小组讨论: a part of the session that the article is about.
  bool IsSitting(std::string_view object, MentionId session) const {
    const std::string_view name = work_.Text(session);
    if (!name.ends_with("次会议") || (name.find("人大") == std::string_view::npos &&
                                      name.find("政协") == std::string_view::npos)) {
      return false;
    }
    for (const std::string_view word :
         {"代表团审议", "代表团全体", "小组讨论", "小组会", "联组", "分组讨论", "协商会议"}) {
      if (object.find(word) != std::string_view::npos) return true;
    }
    return false;
  }

  static bool IsKindOfMeeting(std::string_view noun) {
    for (const std::string_view kind :
         {"座谈会", "研讨会", "吹风会", "推介会", "培训班", "讲座", "洽谈会", "听证会", "发布会"}) {
      if (noun == kind) return true;
    }
    return false;
  }

  // 党的十八大以来: when, not where.
  bool IsPast(MentionId event) const {
    const WorkMention& mention = work_.mention(event);
    const std::string_view text = work_.sentence(mention.sentence).text;
    return StartsWithAt(text, mention.span.end, "以来") ||
           StartsWithAt(text, mention.span.end, "精神") ||
           StartsWithAt(text, mention.span.end, "报告");
  }

  // 宣读甲主席贺信, 应乙总统邀请, 丙主席特别代表丁: somebody who is not there himself.
  bool IsAbsent(std::string_view text, Span name) const {
    std::uint32_t at = name.end;
    for (int i = 0; i < 5 && at < text.size(); ++i) {
      for (const std::string_view word :
           {"贺信", "贺电", "的贺", "致贺信", "邀请", "特别代表", "重要指示", "夫人", "复信"}) {
        if (StartsWithAt(text, at, word)) return word != "夫人" || at > name.end;
      }
      if (LongestAt(text, at, breaks_) > 0 || StartsWithAt(text, at, "、")) return false;
      at += DecodeAt(text, at).size;
    }
    return false;
  }

  // 学习贯彻某某的讲话, 学习了某某的讲话: of whom one speaks.
  bool IsSpokenOf(std::string_view text, std::uint32_t name) const {
    constexpr std::string_view kDone = "了";
    if (EndsWithAt(text, name, kDone)) name -= static_cast<std::uint32_t>(kDone.size());
    return LongestBefore(text, name, spoken_of_) > 0;
  }

  // 会见甲、乙，出席…: those whom somebody met before.
  static bool IsMet(std::string_view text, std::uint32_t name) {
    const std::uint32_t begin = ClauseBegin(text, name);
    return text.substr(begin, name - begin).find("会见") != std::string_view::npos;
  }

  // 甲、乙等单位负责人出席, 甲应邀参加: the bodies themselves, not 甲有关部门, nor where it is, nor
  // who holds the event.
  bool IsSent(const WorkSentence& sent, MentionId body, std::uint32_t verb) const {
    const std::string_view text = sent.text;
    for (const std::string_view word : {"在", "到", "由", "于", "赴"}) {
      if (EndsWithAt(text, work_.mention(body).span.begin, word)) return false;
    }
    std::uint32_t end = work_.mention(body).span.end;
    for (const MentionId id : sent.mentions) {
      const WorkMention& mention = work_.mention(id);
      if (mention.nested || mention.span.begin <= end || mention.span.end > verb) continue;
      if (!IsJoint(text, end, mention.span.begin)) break;
      end = mention.span.end;
    }
    if (end == verb) return true;
    for (const std::string_view word :
         {"等", "代表", "负责", "有关负责", "相关负责", "主要负责", "领导", "党政主要负责",
          "党组成员", "应邀", "也", "均", "分别", "组团", "派"}) {
      if (StartsWithAt(text, end, word)) return true;
    }
    return false;
  }

  // 甲协会会长乙, 丙学部主席团成员: named as somebody's body only.
  bool IsEmployer(const WorkSentence& sent, Span body, std::uint32_t verb) const {
    for (const std::string_view word : {"成员", "主席团", "委员", "主席", "会员"}) {
      if (StartsWithAt(sent.text, body.end, word)) return true;
    }
    for (const MentionId id : sent.mentions) {
      const WorkMention& mention = work_.mention(id);
      if (mention.nested || mention.span.begin < body.end || mention.span.end > verb) continue;
      if (!work_.Is(id, "Person")) continue;
      const std::string_view between = sent.text.substr(body.end, mention.span.begin - body.end);
      return between.size() <= 45 && between.find("，") == std::string_view::npos &&
             between.find("、") == std::string_view::npos;
    }
    return false;
  }

  // All people named between `floor` and the verb; with `bodies`, organisations too, but for those
  // that are named only as somebody's employer.
  void Attend(std::uint32_t s, std::uint32_t floor, std::uint32_t verb, MentionId event,
              bool bodies) {
    const WorkSentence& sent = work_.sentence(s);
    for (const MentionId id : std::vector<MentionId>(sent.mentions)) {
      const WorkMention& mention = work_.mention(id);
      if (mention.nested || mention.span.begin < floor || mention.span.end > verb) continue;
      const bool person = work_.Is(id, "Person");
      if (!person && !(bodies && work_.Is(id, "Organisation") && !employers_.count(id) &&
                       !IsEmployer(sent, mention.span, verb) &&
                       (StartsWithAt(sent.text, verb, "发言") || IsSent(sent, id, verb)))) {
        continue;
      }
      if (person && (IsAbsent(sent.text, mention.span) || IsMet(sent.text, mention.span.begin))) {
        continue;
      }
      const std::string_view between = sent.text.substr(mention.span.end, verb - mention.span.end);
      // 甲到乙县调研，并主持召开…: still he.
      // 甲会见出席论坛的乙
      const std::size_t met = between.rfind("会见");
      if (person && met != std::string_view::npos &&
          between.find("，", met) == std::string_view::npos) {
        continue;
      }
      const bool same = between.ends_with("，并") || between.ends_with("，还");
      const bool broken = std::any_of(breaks_.begin(), breaks_.end(), [&](const std::string& word) {
        return between.find(word) != std::string_view::npos && !(same && word == "调研");
      });
      if (broken || IsSpokenOf(sent.text, mention.span.begin)) continue;
      // 国务院新闻办举行发布会，财政部副部长…出席: the host is before the event.
      if (!person && work_.mention(event).sentence == s &&
          work_.mention(event).span.begin > mention.span.end && HostsIt(id, event)) {
        continue;
      }
      ProposeGuest(s, id, event, person ? "attended.verb" : "attended.body", person ? 0.9 : 0.7);
    }
  }

  void ProposeGuest(std::uint32_t s, MentionId guest, MentionId event, const char* rule,
                    double confidence) {
    Proposal proposal;
    proposal.type = "ATTENDED";
    proposal.from = guest;
    proposal.to = event;
    proposal.evidence = s;
    proposal.rule = rule;
    proposal.confidence = confidence;
    work_.Propose(std::move(proposal));
  }

  bool HostsIt(MentionId body, MentionId event) const {
    const WorkSentence& sent = work_.sentence(work_.mention(event).sentence);
    const std::uint32_t end = work_.mention(body).span.end;
    const std::string_view between = sent.text.substr(end, work_.mention(event).span.begin - end);
    return between.find("举") != std::string_view::npos ||
           between.find("召开") != std::string_view::npos ||
           between.find("主办") != std::string_view::npos ||
           between.find("承办") != std::string_view::npos;
  }

  Workspace& work_;
  const WordList& verbs_;
  const WordList& speaks_;
  std::set<MentionId> employers_;
  const WordList& nouns_;
  const WordList& breaks_;
  const WordList& spoken_of_;
  const WordList& held_;
  const WordList& wins_;
  const WordList& guests_;
};

}  // namespace

void FindAttendance(StructureContext& context) { Attendance(context).Run(); }

}  // namespace tupu::extract
