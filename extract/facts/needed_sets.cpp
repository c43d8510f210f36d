// The word sets that code asks for by name; RuleBook::Load checks that each is somewhere.
#include "extract/facts/structure.h"

namespace tupu::extract {

const std::vector<std::string_view>& NeededSets() {
  static const std::vector<std::string_view> kSets = {
      "adjunct_end",      "adjunct_start",     "anaphor_company",  "anaphor_event",
      "anaphor_pointer",  "anaphor_policy",    "anaphor_project",  "anaphor_zone",
      "attend_break",     "attend_spoken_of",  "attend_verb",      "bare_organ",
      "brand_place",      "clause_lead",       "contract_value",   "event_noun",
      "event_tail",       "facility_head",     "fieldless_event",  "home_country",
      "platform_name",    "in_force",          "in_force_subject", "issue_hindered",
      "issue_publish",    "issue_scene",       "joint_statement",  "line_tail",
      "measure_area",     "measure_capacity",  "measure_length",   "org_suffix",
      "own_event",        "own_plan",          "pace_word",        "plan_states",
      "policy_tail",      "post_department",   "post_head",        "post_organ",
      "post_regional",    "post_shared",       "post_start",       "predicate_start",
      "programme_tail",   "region_suffix",     "report_name",      "shared_site",
      "shared_zone",      "site_tail",         "slogan_tail",      "stage_aim",
      "speak_verb",       "stage_begun",       "stage_building",   "stage_finished",
      "stage_planned",    "stage_running",     "stage_signed",     "status_denied",
      "status_planned",   "status_proposed",   "subject_follow",   "take_place",
      "term_head",        "term_stop",         "term_tail",        "term_whole",
      "title_adverb",     "title_lead",        "title_verb",       "total_investment",
      "town_tail",        "treaty_name",       "unit_tail",        "unplaced_name",
      "village_tail",     "visit_verb",        "win_verb",         "fair_tail",
      "law_tail",         "title_bound",       "event_area",       "signed_paper_name",
      "status_zone",      "adoption_hindered", "topic_break",      "sports_event",
      "company_stop",     "object_verb",       "cover_verb",       "cover_verb_of_event",
      "field_count",      "number_of",         "field_kind",       "object_lead",
      "object_actor",     "object_field",      "object_follow",    "object_goes_on",
      "object_broken",    "object_passing",    "object_support",   "object_develop",
      "counted_body",     "paper_tail",        "paper_announced",  "paper_handed_out",
      "paper_after_date", "meeting_held",      "paper_explained",  "headline_told",
      "aspect_lead",      "aspect_broken",     "company_kind",     "term_part",
      "body_tail",        "object_acts",       "own_meeting",      "own_meeting_broken",
      "company_meeting",  "no_host",           "head_of_state",    "signed_paper",
      "signed_hindered",  "scene_word",        "company_act",      "guest_class",
      "reach_verb",       "title_passing",     "topic_programme",  "topic_led",
      "talks_kind",       "class_body",        "class_body_done",  "field_event",
      "title_actor",      "drive_event",       "actor_broken",     "done_with",
      "post_given",       "post_given_as",     "post_given_end",   "post_served",
      "post_of_founder",  "post_of_one",       "place_called",     "round_noun",
      "list_before",      "list_no_name",      "list_hindered",    "round_no_noun",
      "round_get",        "round_no_get",      "round_adverb",     "round_lead",
      "round_investor",   "round_join",        "round_together",   "round_measure",
      "round_doubt",      "raise_money",       "raise_use",        "raise_hindered",
      "round_holder",     "state_post",        "state_post_lead",  "state_short",
      "member_post",      "member_acts",       "roster_label",     "roster_verb",
      "roster_body",      "own_purpose",       "own_paper",        "topic_says",
      "target_verb",
  };
  return kSets;
}

}  // namespace tupu::extract
