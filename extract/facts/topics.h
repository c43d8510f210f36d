// What sentences go on to speak of.
#pragma once

#include "extract/facts/pattern.h"
#include "extract/facts/workspace.h"

namespace tupu::extract {

// The policy or event that `mention` is or stands for, if what follows may say whom and what it
// addresses; kNoMention for a report, for one that others only carry out or join
// (全面落实《甲办法》, 加入乙协定) and for a meeting that is about no field. Needs the sets
// report_name, object_passing, title_passing and those of IsAboutField.
MentionId TopicOf(const Workspace& work, const WordSets& sets, MentionId mention);

// Whether the clause before the document's name speaks of what others do with it:
// 落实省政府《甲计划》, but not by a word in the name of another (《甲实施方案》和《乙办法》).
// Needs the set title_passing.
bool IsCarriedOut(const Workspace& work, const WordSets& sets, MentionId mention);

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
