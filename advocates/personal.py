"""Which columns of this app hold personal data (GDPR-1)."""

from django.utils.translation import gettext as _

from advocacy.tenancy.classification import Columns


def nobody() -> str:
    """What stands in the place of a name that is gone."""
    return _("Erased person")


COLUMNS = {
    "Tag": Columns(plain="kind name"),
    # A company is no person; what colleagues wrote about it may name some.
    "Account": Columns(
        personal="policy_notes notes strategic_reason",
        plain="name lifecycle domain industry employees segment segment_is_set city state country"
        " region language customer_since renewal_on annual_value currency health health_on adoption"
        " adoption_on nps nps_on advocacy_allowed gifts_allowed gift_maximum gift_maximum_year"
        " public_mention_allowed speaking_needs_approval disclosure strategic_on created_at"
        " updated_at",
    ),
    "AccountIdentifier": Columns(plain="source external_id"),
    "AccountTag": Columns(twice="drop"),
    "AccountHold": Columns(personal="reason", plain="starts_on ends_on lifted_at created_at"),
    "RevenueEvent": Columns(plain="kind on amount currency"),
    "Moment": Columns(
        personal="note said reason", plain="kind happened_on state decided_at created_at"
    ),
    "Advocate": Columns(
        personal="first_name last_name email phone job_title seniority function language time_zone"
        " nps nps_on communication_skill presentation_skill travels interests notes",
        plain="status status_since readiness sponsored_since sponsor_days disclosure enrolled_at"
        " last_asked_at declined_at erased_at created_at updated_at",
        erased={"last_name": nobody},
    ),
    # The service takes no reason that names the person.
    "Erasure": Columns(plain="reason at", twice="drop"),
    # Of two open ones one is enough: it is the same wish.
    "ErasureRequest": Columns(
        twice="drop",
        personal="words reason snoozed_before",
        plain="state due_at decided_at created_at",
    ),
    "AdvocateIdentifier": Columns(personal="external_id", plain="source", goes=True),
    "AdvocateTag": Columns(twice="drop", goes=True),
    "Outcome": Columns(
        personal="metric before after period narrative", plain="may_be_quoted created_at"
    ),
    "Consent": Columns(
        personal="given_by evidence", plain="use scope given_on expires_on withdrawn_on reminded_at"
    ),
    # A search box may hold somebody's name.
    "SavedSegment": Columns(personal="name query", plain="of shared state created_at"),
    "Signal": Columns(personal="source note", plain="kind seen_on created_at"),
    "Touch": Columns(personal="note", plain="kind happened_on about_ask created_at"),
    "Presence": Columns(
        personal="occasion note reason", plain="kind on state decided_at created_at"
    ),
    # Worked out of the others: it goes with the person, and is made anew of two that become one.
    "AdvocateScore": Columns(
        twice="drop",
        goes=True,
        personal="nps voice",
        plain="strength check_ins response acceptance feedback executive asks_since last_check_in"
        " one_sided score health tenure outcome relationship responsiveness enthusiasm company"
        " incomplete changed_at",
    ),
    "Dismissal": Columns(
        twice="drop",
        personal="reason parts",
        plain="state score because created_at ended_at",
        erased={"parts": dict},
    ),
    "Preference": Columns(
        twice="drop",
        personal="comforts reference_frequency yearly_cap snoozed_until appreciation channel",
        plain="updated_at",
        goes=True,
    ),
    "TypePreference": Columns(twice="drop", personal="accepted", goes=True),
    "Blackout": Columns(personal="starts_on ends_on", goes=True),
    "BlockedCompany": Columns(twice="drop", personal="name", goes=True),
    "Nomination": Columns(
        twice="settle",
        personal="reasons override_reason return_reason",
        plain="origin state criteria decided_at seen_at created_at decide_by",
    ),
    "NominationWish": Columns(goes=True),
    "ProgramInvitation": Columns(
        twice="settle",
        personal="personal_line asked gives skip_reason level_reason decline_reason",
        plain="state sent_at expires_at answered_at",
    ),
    "PoolMembership": Columns(
        twice="drop",
        personal="evidence",
        plain="state source agreed_on ended_at created_at version",
    ),
    "PoolInvitation": Columns(personal="message", plain="sent_at"),
    "RecruitmentTemplate": Columns(
        plain="together outcome project effort benefit no_pressure signed updated_at"
    ),
    "RecruitmentMessage": Columns(
        personal="together outcome project effort benefit no_pressure signed",
        plain="without sent_at",
    ),
    "OnboardingMark": Columns(twice="drop", plain="step at"),
    "ActivityType": Columns(
        plain="code name description steps gives_back importance effort minutes_low minutes_high"
        " units reach tier_credit rewards per_year per_detail_per_year at_once gap_days"
        " warn_gap_days"
        " is_reference needs_comfort default_approvals produces is_on position"
    ),
    "ProgramPolicy": Columns(
        plain="yearly_cap asks_per_year asks_per_90_days days_between_asks cooling_days"
        " account_units_per_year account_open recovery_days recovery_low_days asked_per_year"
        " counts_free_types pool_per_year pool_gap_days pacing_mode recovery_mode limits_mode"
        " frequency_mode variety_mode ladder_mode grace_days health_hold_below health_warn_below"
    ),
    "Capacity": Columns(twice="drop", plain="allowance reference_gap_days version"),
    "AccountCapacity": Columns(twice="drop", plain="version"),
    "Participation": Columns(
        personal="override_reason void_reason",
        plain="origin state units effort counts_for_tier is_reference detail minutes taken_at"
        " completed_at released_at reopened_at release_reason voided_at",
    ),
    "Tier": Columns(
        plain="code name rank min_activities min_high_effort expected_max seats_percent guide_low"
        " guide_high touch_model touch_days entitlements version"
    ),
    "TierStanding": Columns(
        twice="drop",
        plain="since grace_until activities high_effort minutes last_completed_at overridden",
    ),
    "TierOverride": Columns(twice="drop", personal="reason", plain="until state created_at"),
    "TierRun": Columns(plain="started_at reason changed"),
    "TierChange": Columns(plain="why at activities high_effort"),
    "ResponsibleRole": Columns(plain="step role"),
    "Program": Columns(plain="name month month_since types_chosen_at"),
    "WorkingShare": Columns(plain="percent"),
    # What the program is for; whoever writes it may name people.
    "StrategySheet": Columns(
        personal="goals ideal_advocate portfolio value_exchange measures", plain="number created_at"
    ),
    "PilotVoice": Columns(
        twice="drop",
        personal="worked did_not change note",
        plain="state asked_at answered_at decision decided_at",
    ),
    # Written for colleagues about nobody in particular.
    "Material": Columns(plain="audience title body code version position changed_at"),
    "MaterialVersion": Columns(plain="number title body created_at"),
    "MaterialReading": Columns(plain="version at"),
}
