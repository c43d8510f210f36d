// What sentences go on to speak of.
#pragma once

#include "extract/facts/pattern.h"
#include "extract/facts/workspace.h"

namespace tupu::extract {

// Whether one of the `words` (根据, 落实) stands before the name that begins at byte `begin`, or
// before the list of titles between 《》 that it stands in.
bool IsPassing(std::string_view text, std::uint32_t begin, const WordList& words);

// Whether the clause in which a name begins at `begin` cites all that it names: 根据甲规划安排和
// 《乙办法》要求.
bool IsCitedByClause(std::string_view text, std::uint32_t begin);

// The policy or event that `mention` is or stands for, if what follows may say whom and what it
// addresses; kNoMention for a report, for one that others only carry out or join
// (全面落实《甲办法》, 加入乙协定) and for a meeting that is about no field. Needs the sets
// report_name, object_passing, title_passing and those of IsAboutField.
MentionId TopicOf(const Workspace& work, const WordSets& sets, MentionId mention);

// Whether an event of this name may be about a field: a fair, a forum, a drive. Needs the sets
// fair_tail, field_event, drive_event and fieldless_event.
bool IsAboutField(std::string_view event, const WordSets& sets);

// Whether the mention is a leader's essay between 《》 (重要文章《甲》): a journal issued it, but
// what it says of many things addresses nobody.
bool IsEssay(const Workspace& work, MentionId mention);

// Whether the policy that `mention` is or stands for is a programme that no title names
// (竹业振兴行动): of such a one little is said beyond the next clause. Needs the set
// topic_programme.
bool IsUntitledProgramme(const Workspace& work, const WordSets& sets, MentionId mention);

// Whether a sentence speaks of the programme that `mention` is: it begins a clause, or is the
// object of a verb of carrying out (set topic_led), and is no example (等).
bool IsLed(const Workspace& work, const WordSets& sets, MentionId mention);

}  // namespace tupu::extract
