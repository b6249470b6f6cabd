"""Which columns of this app hold personal data (GDPR-1)."""

from advocacy.tenancy.classification import Columns

COLUMNS = {
    "StageMapping": Columns(plain="crm_stage stage"),
    "Opportunity": Columns(
        # Some call a deal after the person they talk to.
        personal="name gate_lifted_because",
        plain="source external_id prospect_name crm_stage stage amount currency probability kind"
        " lead_source opened_on closes_on gate_lifted_at created_at updated_at",
    ),
    "Touchpoint": Columns(plain="kind at"),
    "Request": Columns(
        # Some call a prospect after the person they talk to.
        personal="rush_reason contacts questions intended_use notes state_reason prospect"
        " competitor",
        plain="number detail needed_count needed_by industry segment employees country"
        " region language persona_function persona_seniority meeting_format time_zone"
        " is_confidential state accepted_count forecast_likeness forecast_asks forecast_yes"
        " forecast_minutes created_at submitted_at answer_due_at answered_at"
        " confirm_due_at paused_at approval_since check_at confirmed_at completed_at ended_at",
    ),
    "ApprovalRule": Columns(
        plain="min_amount currency on_policy approver_role is_on position created_at"
    ),
    "Approval": Columns(
        # Some write about the person they decide about.
        personal="reason",
        plain="amount currency state opened_at due_at decided_at",
    ),
    "RequestTag": Columns(),
    # What was read of somebody fits several companies, and still it is of them.
    "Introduction": Columns(personal="described", plain="created_at"),
    # Of a deal and who was meant at the prospect, not of whose words were shared: their data leaves
    # without it. An open says nothing of who it was: a keyed hash of one day.
    "Share": Columns(
        apart=True,
        personal="recipient",
        plain="way state expires_at opens first_opened_at last_opened_at created_at ended_at",
    ),
    "ShareOpen": Columns(apart=True, plain="day at", hidden="person"),
    "ContentAnswer": Columns(plain="saved at"),
    "RequestGate": Columns(plain="min_stage min_probability min_amount created_at"),
    "RoutingRule": Columns(plain="position segment region state created_at"),
    "RoutingTurn": Columns(plain="last_turn"),
    "Ask": Columns(
        twice="is_merged",
        personal="override_reason subject message decline_reason suggested_name suggested_email"
        " time_note time_wish say_note",
        plain="state score language times_asked_at time_wished_at sent_at remind_at reminded_at"
        " expires_at answered_at answered_by later_on is_merged proposed_at say_until say_because"
        " said said_at not_before is_sent",
    ),
    "AskReply": Columns(
        personal="text whole from_name from_address message_id",
        plain="received_at state created_at",
        goes=True,
    ),
    "AskSlot": Columns(plain="starts_at ends_at offered picked"),
    "Briefing": Columns(
        personal="why questions points dos donts note",
        plain="side edited_at send_at sent_at",
    ),
    "MatchingWeights": Columns(plain="industry use_case size persona region relationship rotation"),
}
