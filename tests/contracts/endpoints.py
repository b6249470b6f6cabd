"""What every address of the REST interface answers to whom. One line per URL name (ID-2, API-3).

    "api:accounts-list": endpoint("accounts", get="accounts.view", post="accounts.edit"),

First the resource, which names the scopes; then each method with the action of the permission
matrix the token's owner needs. Parts of the address as in :mod:`tests.contracts.urls`.
``narrowed`` says that the role alone is not enough for the sample row.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from activities.activities.models import Activity
from activities.asset_approvals.models import AssetApproval
from activities.assets.models import Asset, AssetVersion
from activities.duties.models import Duty
from activities.feedback.models import Feedback
from activities.set_up.models import SetUp
from activities.slot_checks.models import SlotCheck
from activities.transcripts.models import Transcript, TranscriptProposal
from advocacy.events.models import Event
from advocacy.files.models import StoredFile
from advocacy.messaging.models import MailTemplate
from advocacy.records.resource import Resource, registered
from advocacy.tenancy.models import Absence, Holiday, Membership
from advocacy.tenant_settings.families import registered as families
from advocates.models import (
    Account,
    ActivityType,
    Advocate,
    Material,
    Nomination,
    PoolMembership,
    SavedSegment,
    Tier,
)
from benefits.points.models import PointEntry
from benefits.points.shop.models import ShopItem
from benefits.sales_thanks.models import SalesThanks
from benefits.thanks.models import ThankYou
from reporting.models import CapacityCheck, ChatConnection, Goal, News
from requests.models import Approval, Ask, AskReply, Briefing, Opportunity, Request, Share
from tests.contracts.samples import sample
from tests.contracts.urls import (
    accepted_activity,
    answered_voice,
    asset_in,
    candidate_person,
    cost_out,
    declined_person,
    done_duty,
    due_duty,
    executive_note,
    goal_given_up,
    held_thanks,
    invited_person,
    low_feedback,
    placement_done,
    planned_approval,
    posted_review,
    promoter,
    qualified_person,
    referral,
    repurposing_dropped,
    rule_off,
    step_left_out,
    text_left_out,
    text_put_back,
    type_code,
    unscheduled_activity,
)
from tests.factories.reporting import NewsFactory
from tests.factories.touches import AdvocateScoreFactory, CandidateFactory


@dataclass(frozen=True)
class Endpoint:
    """One line of :data:`ENDPOINTS`."""

    resource: str
    methods: Mapping[str, str]
    kwargs: dict[str, Any] = field(default_factory=dict)
    narrowed: bool = False
    #: Most queries a GET may ask; None where they follow from what it works out.
    queries: int | None = 7
    #: A list of the same entries for every tenant.
    shared: bool = False


def endpoint(
    resource: str,
    *,
    get: str = "",
    post: str = "",
    put: str = "",
    patch: str = "",
    delete: str = "",
    narrowed: bool = False,
    queries: int | None = 7,
    shared: bool = False,
    **kwargs: Any,
) -> Endpoint:
    """Declare an address; see the top of this file."""
    given = {"get": get, "post": post, "put": put, "patch": patch, "delete": delete}
    methods = {method: action for method, action in given.items() if action}
    return Endpoint(resource, methods, kwargs, narrowed, queries, shared)


def a_candidate() -> UUID:
    """The score of somebody who may join."""
    return AdvocateScoreFactory(advocate=CandidateFactory()).pk  # type: ignore[no-any-return]


def a_request() -> UUID:
    """The key of a request that was handed in, so that the program sees it."""
    request = sample(Request)
    Request.objects.filter(pk=request.pk).update(state="submitted")
    return request.pk


def own_news() -> UUID:
    """The key of news of whoever came last, who is who asks."""
    newest = Membership.objects.order_by("-pk").first()
    news: News = NewsFactory(**({"member": newest} if newest else {}))
    return news.pk


def an_ask() -> UUID:
    """The key of an ask of such a request."""
    ask = sample(Ask)
    Request.objects.filter(asks=ask).update(state="outreach")
    return ask.pk


_KEY = {"source": "crm", "external_id": "0017/X"}

ENDPOINTS: dict[str, Endpoint] = {
    "api:points-take-back": endpoint("points", post="points.edit", pk=PointEntry),
    "api:shop-items-redeem": endpoint("shop-items", post="grants.edit", pk=ShopItem),
    "api:accounts-list": endpoint("accounts", get="accounts.view", post="accounts.edit"),
    "api:accounts-detail": endpoint(
        "accounts", get="accounts.view", patch="accounts.edit", pk=Account
    ),
    "api:accounts-by-external-id": endpoint(
        "accounts", get="accounts.view", put="accounts.edit", **_KEY
    ),
    "api:accounts-revenue": endpoint(
        "accounts", get="accounts.view", post="accounts.edit", pk=Account
    ),
    "api:accounts-add-identifier": endpoint("accounts", post="accounts.edit", pk=Account),
    "api:accounts-remove-identifier": endpoint("accounts", post="accounts.edit", pk=Account),
    "api:accounts-hold": endpoint("accounts", post="accounts.edit", pk=Account),
    "api:accounts-lift-hold": endpoint("accounts", post="accounts.edit", pk=Account),
    "api:advocates-list": endpoint("advocates", get="advocates.view", post="advocates.edit"),
    "api:advocates-detail": endpoint(
        "advocates", get="advocates.view", patch="advocates.edit", pk=Advocate
    ),
    "api:advocates-by-external-id": endpoint(
        "advocates", get="advocates.view", put="advocates.edit", **_KEY
    ),
    "api:advocates-export": endpoint("advocates", post="advocates.export", pk=Advocate),
    "api:advocates-erase": endpoint("advocates", post="advocates.erase", pk=Advocate),
    "api:advocates-merge": endpoint("advocates", post="records.merge", pk=Advocate),
    "api:accounts-merge": endpoint("accounts", post="records.merge", pk=Account),
    "api:advocates-enrol": endpoint("advocates", post="advocates.enrol", pk=Advocate),
    "api:advocates-pause": endpoint("advocates", post="advocates.enrol", pk=Advocate),
    "api:advocates-resume": endpoint("advocates", post="advocates.enrol", pk=Advocate),
    "api:advocates-retire": endpoint("advocates", post="advocates.enrol", pk=Advocate),
    "api:advocates-qualify": endpoint("advocates", post="nominations.decide", pk=candidate_person),
    "api:advocates-cultivate": endpoint("advocates", post="advocates.invite", pk=qualified_person),
    "api:advocates-set-back": endpoint("advocates", post="advocates.invite", pk=qualified_person),
    "api:advocates-invite": endpoint("advocates", post="advocates.invite", pk=qualified_person),
    "api:advocates-withdraw-invitation": endpoint(
        "advocates", post="advocates.invite", pk=invited_person
    ),
    "api:advocates-decline": endpoint("advocates", post="advocates.invite", pk=invited_person),
    "api:advocates-reconsider": endpoint("advocates", post="advocates.invite", pk=declined_person),
    "api:advocates-undo": endpoint("advocates", post="advocates.invite", pk=Advocate),
    "api:advocates-offer-pool": endpoint("advocates", post="pool.edit", pk=promoter),
    "api:pool-invite": endpoint("pool", post="pool.edit", pk=PoolMembership),
    "api:advocates-onboarding": endpoint(
        "advocates", get="advocates.view", pk=Advocate, queries=14
    ),
    "api:advocates-tick-step": endpoint("advocates", post="advocates.edit", pk=Advocate),
    "api:advocates-untick-step": endpoint("advocates", post="advocates.edit", pk=Advocate),
    "api:advocates-preferences": endpoint(
        "advocates",
        get="advocates.view",
        patch="advocates.edit",
        pk=Advocate,
        narrowed=True,
        queries=11,
    ),
    "api:advocates-outcomes": endpoint(
        "advocates", get="advocates.view", post="advocates.edit", pk=Advocate
    ),
    "api:advocates-consents": endpoint(
        "advocates", get="advocates.view", post="advocates.edit", pk=Advocate
    ),
    "api:advocates-withdraw-consent": endpoint("advocates", post="advocates.edit", pk=Advocate),
    "api:nominations-list": endpoint(
        "nominations", get="nominations.submit", post="nominations.submit"
    ),
    "api:nominations-detail": endpoint(
        "nominations", get="nominations.submit", pk=Nomination, narrowed=True
    ),
    "api:nominations-accept": endpoint("nominations", post="nominations.decide", pk=Nomination),
    "api:nominations-return": endpoint("nominations", post="nominations.decide", pk=Nomination),
    "api:nominations-undo": endpoint(
        "nominations", post="nominations.submit", pk=Nomination, narrowed=True
    ),
    "api:nominations-withdraw": endpoint(
        "nominations", post="nominations.submit", pk=Nomination, narrowed=True
    ),
    "api:candidates-list": endpoint("candidates", get="advocates.view"),
    "api:candidates-detail": endpoint("candidates", get="advocates.view", pk=a_candidate),
    "api:tiers-list": endpoint("tiers", get="tiers.view"),
    "api:tiers-detail": endpoint("tiers", get="tiers.view", pk=Tier),
    "api:activity-types-list": endpoint(
        "activity-types", get="settings.view", post="settings.rules"
    ),
    "api:activity-types-detail": endpoint(
        "activity-types", get="settings.view", patch="settings.rules", pk=ActivityType
    ),
    "api:activity-types-recruitment": endpoint(
        "activity-types", get="settings.view", patch="settings.rules", pk=ActivityType
    ),
    "api:activity-types-put-back": endpoint(
        "activity-types", post="settings.rules", pk=ActivityType
    ),
    "api:activity-types-preview": endpoint(
        "activity-types", post="settings.rules", pk=ActivityType
    ),
    "api:activities-list": endpoint("activities", get="activities.view", post="activities.log"),
    "api:activities-detail": endpoint("activities", get="activities.view", pk=Activity),
    "api:activities-accept": endpoint("activities", post="activities.complete", pk=Activity),
    "api:activities-schedule": endpoint(
        "activities", post="activities.complete", pk=accepted_activity
    ),
    "api:activities-complete": endpoint(
        "activities", post="activities.complete", pk=accepted_activity
    ),
    "api:activities-decline": endpoint("activities", post="activities.complete", pk=Activity),
    "api:activities-undo": endpoint(
        "activities", post="activities.view", pk=Activity, narrowed=True
    ),
    "api:activities-cancel": endpoint("activities", post="activities.complete", pk=Activity),
    "api:activities-no-show": endpoint(
        "activities", post="activities.complete", pk=accepted_activity
    ),
    "api:activities-qualify": endpoint("activities", post="activities.complete", pk=referral),
    "api:activities-come-out": endpoint("activities", post="activities.complete", pk=posted_review),
    "api:activities-tell-waiting": endpoint(
        "activities", post="activities.view", pk=unscheduled_activity, narrowed=True
    ),
    "api:activities-duties": endpoint("activities", get="activities.view", pk=Activity),
    "api:assets-duties": endpoint("assets", get="assets.view", pk=Asset, narrowed=True, queries=12),
    "api:requests-duties": endpoint(
        "requests", get="requests.view", pk=Request, narrowed=True, queries=8
    ),
    "api:activities-void": endpoint("activities", post="activities.void", pk=Activity),
    "api:approvals-list": endpoint("approvals", get="approvals.view"),
    "api:approvals-detail": endpoint("approvals", get="approvals.view", pk=Approval, narrowed=True),
    "api:approvals-approve": endpoint(
        "approvals", post="approvals.decide", pk=Approval, narrowed=True
    ),
    "api:approvals-refuse": endpoint(
        "approvals", post="approvals.decide", pk=Approval, narrowed=True
    ),
    "api:assets-detail": endpoint(
        "assets", get="assets.view", patch="assets.edit", pk=Asset, narrowed=True
    ),
    "api:assets-confirm": endpoint("assets", post="assets.edit", pk=asset_in(state="review")),
    "api:assets-take-back": endpoint("assets", post="assets.edit", pk=asset_in(state="review")),
    "api:assets-publish": endpoint("assets", post="assets.edit", pk=asset_in(approved=True)),
    "api:assets-revive": endpoint("assets", post="assets.edit", pk=asset_in(state="retired")),
    "api:assets-leave-gallery": endpoint("assets", post="assets.edit", pk=asset_in(published=True)),
    "api:assets-join-gallery": endpoint(
        "assets", post="assets.edit", pk=asset_in(published=True, in_gallery=False)
    ),
    "api:assets-tell-standing": endpoint(
        "assets", post="assets.edit", pk=asset_in(confirmed=True), narrowed=True
    ),
    "api:assets-files": endpoint(
        "assets", get="assets.view", post="assets.edit", pk=Asset, narrowed=True
    ),
    "api:files-detail": endpoint("assets", get="assets.view", pk=StoredFile, narrowed=True),
    "api:files-content": endpoint(
        "assets", get="assets.view", put="assets.edit", pk=StoredFile, narrowed=True
    ),
    "api:files-remove": endpoint("assets", post="assets.edit", pk=StoredFile, narrowed=True),
    "api:placements-reopen": endpoint("placements", post="assets.edit", pk=placement_done),
    "api:repurposings-reopen": endpoint("repurposings", post="assets.edit", pk=repurposing_dropped),
    "api:transcript-proposals-undo": endpoint(
        "transcript-proposals", post="transcripts.view", pk=TranscriptProposal, narrowed=True
    ),
    "api:transcripts-lines": endpoint("transcripts", get="transcripts.view", pk=Transcript),
    "api:transcripts-assign": endpoint("transcripts", post="transcripts.edit", pk=Transcript),
    "api:transcripts-remove": endpoint("transcripts", post="transcripts.edit", pk=Transcript),
    "api:asset-versions-detail": endpoint(
        "asset-versions", get="assets.view", pk=AssetVersion, narrowed=True
    ),
    "api:asset-approvals-detail": endpoint(
        "asset-approvals",
        get="asset_approvals.view",
        patch="assets.edit",
        pk=planned_approval,
        narrowed=True,
    ),
    **{
        f"api:asset-approvals-{move}": endpoint(
            "asset-approvals", post="asset_approvals.decide", pk=AssetApproval, narrowed=True
        )
        for move in ("approve", "refuse", "hand-over")
    },
    "api:slot-checks-list": endpoint("slot-checks", get="slot_checks.view"),
    "api:slot-checks-detail": endpoint(
        "slot-checks", get="slot_checks.view", pk=SlotCheck, narrowed=True
    ),
    "api:slot-checks-answer": endpoint(
        "slot-checks", post="slot_checks.answer", pk=SlotCheck, narrowed=True
    ),
    "api:feedback-list": endpoint("feedback", get="feedback.view"),
    "api:feedback-detail": endpoint("feedback", get="feedback.view", pk=Feedback, narrowed=True),
    "api:feedback-give": endpoint("feedback", post="feedback.give", pk=Feedback, narrowed=True),
    "api:feedback-handle": endpoint("feedback", post="feedback.handle", pk=low_feedback),
    "api:sales-thanks-list": endpoint(
        "sales-thanks", get="sales_thanks.view", post="sales_thanks.write"
    ),
    "api:sales-thanks-detail": endpoint(
        "sales-thanks", get="sales_thanks.view", pk=SalesThanks, narrowed=True
    ),
    "api:sales-thanks-hold": endpoint(
        "sales-thanks", post="thanks.send", pk=SalesThanks, narrowed=True
    ),
    "api:sales-thanks-let-go": endpoint(
        "sales-thanks", post="thanks.send", pk=held_thanks, narrowed=True
    ),
    "api:sales-thanks-take-back": endpoint(
        "sales-thanks", post="sales_thanks.write", pk=SalesThanks, narrowed=True
    ),
    "api:duties-list": endpoint("duties", get="duties.view"),
    "api:duties-detail": endpoint("duties", get="duties.view", pk=Duty, narrowed=True),
    "api:duties-finish": endpoint("duties", post="duties.edit", pk=Duty, narrowed=True),
    "api:duties-reopen": endpoint("duties", post="duties.edit", pk=done_duty, narrowed=True),
    "api:duties-hand-over": endpoint("duties", post="duties.edit", pk=Duty, narrowed=True),
    "api:enablement-team": endpoint("enablement", get="settings.rules"),
    "api:enablement-complete": endpoint("enablement", post="enablement.view", pk=Material),
    "api:set-ups-detail": endpoint(
        "set-ups", get="activities.view", patch="activities.complete", pk=SetUp, narrowed=True
    ),
    # Whoever shared it, the deal's owner, the program.
    "api:shares-revoke": endpoint("shares", post="shares.edit", pk=Share, narrowed=True),
    "api:shares-undo": endpoint("shares", post="shares.view", pk=Share, narrowed=True),
    "api:briefings-detail": endpoint(
        "briefings", get="requests.view", patch="requests.submit", pk=Briefing, narrowed=True
    ),
    # Why they fit is asked of the matching.
    "api:briefings-sheet": endpoint(
        "briefings", get="requests.view", pk=Briefing, narrowed=True, queries=20
    ),
    "api:briefings-confirm": endpoint(
        "briefings", post="requests.view", pk=Briefing, narrowed=True
    ),
    "api:playbook-steps-take-up": endpoint(
        "playbook-steps", post="settings.rules", pk=step_left_out
    ),
    "api:playbook-texts-take-up": endpoint(
        "playbook-texts", post="settings.rules", pk=text_left_out
    ),
    "api:mail-templates-kinds": endpoint("mail-templates", get="settings.rules"),
    # With what is known of the newest thank-you of its kind.
    "api:mail-templates-preview": endpoint(
        "mail-templates", get="settings.rules", pk=MailTemplate, queries=8
    ),
    "api:mail-templates-use-again": endpoint(
        "mail-templates", post="settings.rules", pk=text_put_back
    ),
    "api:routing-rules-preview": endpoint("routing-rules", post="settings.rules"),
    "api:routing-rules-switch-on": endpoint("routing-rules", post="settings.rules", pk=rule_off),
    "api:ask-replies-forward": endpoint("ask-replies", post="asks.answer_for"),
    "api:pilot-voices-ask": endpoint("pilot-voices", post="settings.rules"),
    "api:pilot-voices-decide": endpoint("pilot-voices", post="settings.rules", pk=answered_voice),
    "api:opportunities-touchpoints": endpoint(
        "opportunities", get="opportunities.view", pk=Opportunity
    ),
    "api:opportunities-timeline": endpoint(
        "opportunities", get="opportunities.view", pk=Opportunity
    ),
    "api:opportunities-untouched": endpoint("opportunities", get="opportunities.view"),
    "api:opportunities-let-through": endpoint(
        "opportunities", post="requests.triage", pk=Opportunity
    ),
    "api:opportunities-list": endpoint(
        "opportunities", get="opportunities.view", post="opportunities.edit"
    ),
    "api:opportunities-detail": endpoint(
        "opportunities", get="opportunities.view", patch="opportunities.edit", pk=Opportunity
    ),
    "api:opportunities-by-external-id": endpoint(
        "opportunities", get="opportunities.view", put="opportunities.edit", **_KEY
    ),
    "api:requests-list": endpoint("requests", get="requests.view", post="requests.submit"),
    "api:requests-detail": endpoint(
        "requests", get="requests.view", patch="requests.submit", pk=a_request, narrowed=True
    ),
    "api:requests-forecast": endpoint("requests", get="requests.submit", code=type_code),
    "api:requests-allocation": endpoint(
        "requests", get="requests.triage", post="requests.triage", queries=None
    ),
    "api:requests-browse": endpoint("requests", get="references.browse", queries=20),
    "api:entitlements-usual": endpoint("entitlements", post="entitlements.edit"),
    "api:grants-commitments": endpoint("grants", get="commitments.view", queries=12),
    "api:grants-promises": endpoint("grants", get="commitments.view", queries=12),
    "api:requests-supply": endpoint("requests", get="supply.view", queries=20),
    "api:requests-case-subjects": endpoint("requests", get="assets.edit", queries=20),
    "api:requests-forecast-accuracy": endpoint("requests", get="requests.triage"),
    "api:requests-submit": endpoint(
        "requests", post="requests.submit", pk=a_request, narrowed=True
    ),
    "api:requests-give-info": endpoint(
        "requests", post="requests.submit", pk=a_request, narrowed=True
    ),
    "api:requests-cancel": endpoint(
        "requests", post="requests.submit", pk=a_request, narrowed=True
    ),
    "api:requests-accept-fewer": endpoint(
        "requests", post="requests.submit", pk=a_request, narrowed=True
    ),
    "api:requests-pick-slot": endpoint(
        "requests", post="requests.submit", pk=a_request, narrowed=True
    ),
    # One's own; the program those for everybody.
    "api:segments-detail": endpoint(
        "segments", get="segments.view", patch="segments.edit", pk=SavedSegment, narrowed=True
    ),
    "api:segments-retire": endpoint(
        "segments", post="segments.edit", pk=SavedSegment, narrowed=True
    ),
    # One's own; an admin everybody's, to part it.
    "api:chats-detail": endpoint("chats", get="profile.edit", pk=ChatConnection, narrowed=True),
    "api:chats-try-again": endpoint("chats", post="profile.edit", pk=ChatConnection, narrowed=True),
    "api:chats-disconnect": endpoint(
        "chats", post="profile.edit", pk=ChatConnection, narrowed=True
    ),
    # One's own; an admin everybody's.
    "api:absences-detail": endpoint(
        "absences", get="absences.view", patch="absences.edit", pk=Absence, narrowed=True
    ),
    "api:absences-call-off": endpoint("absences", post="absences.edit", pk=Absence, narrowed=True),
    "api:requests-answered-by-content": endpoint(
        "requests", post="requests.submit", pk=a_request, narrowed=True
    ),
    "api:evidence": endpoint("assets", get="assets.view", queries=20),
    "api:requests-close": endpoint("requests", post="requests.submit", pk=a_request, narrowed=True),
    "api:requests-review": endpoint("requests", post="requests.triage", pk=a_request),
    "api:requests-ask-for-info": endpoint("requests", post="requests.triage", pk=a_request),
    "api:requests-decline": endpoint("requests", post="requests.triage", pk=a_request),
    "api:requests-undo": endpoint("requests", post="requests.view", pk=a_request, narrowed=True),
    "api:requests-say-time-zone": endpoint(
        "requests", post="requests.submit", pk=a_request, narrowed=True
    ),
    "api:requests-assign": endpoint("requests", post="requests.triage", pk=a_request),
    "api:requests-match": endpoint(
        "requests", get="requests.match", pk=a_request, advocate=Advocate, queries=35
    ),
    "api:requests-draft": endpoint(
        "requests", get="asks.send", pk=a_request, advocate=Advocate, narrowed=True, queries=40
    ),
    "api:requests-matches": endpoint("requests", get="requests.match", pk=a_request, queries=35),
    "api:requests-possible": endpoint(
        "requests", get="requests.view", pk=a_request, narrowed=True, queries=35
    ),
    "api:requests-asks": endpoint("asks", post="asks.send", pk=a_request),
    # A CSM's own accounts.
    "api:ask-replies-detail": endpoint(
        "ask-replies", get="asks.answer_for", pk=AskReply, narrowed=True
    ),
    "api:ask-replies-settle": endpoint(
        "ask-replies", post="asks.answer_for", pk=AskReply, narrowed=True
    ),
    "api:asks-list": endpoint("asks", get="requests.view"),
    "api:asks-detail": endpoint("asks", get="requests.view", pk=an_ask, narrowed=True),
    "api:asks-answer": endpoint("asks", post="asks.answer_for", pk=an_ask, narrowed=True),
    "api:asks-go": endpoint("asks", post="asks.send", pk=an_ask, narrowed=True),
    "api:asks-not-before": endpoint("asks", post="asks.send", pk=an_ask, narrowed=True),
    "api:asks-rather-not": endpoint("asks", post="asks.send", pk=an_ask, narrowed=True),
    "api:asks-withdraw": endpoint("asks", post="asks.send", pk=an_ask, narrowed=True),
    "api:asks-undo": endpoint("asks", post="asks.answer_for", pk=an_ask, narrowed=True),
    "api:asks-schedule": endpoint("asks", post="requests.view", pk=an_ask, narrowed=True),
    "api:asks-undo-booking": endpoint("asks", post="requests.view", pk=an_ask, narrowed=True),
    "api:asks-let-them-choose": endpoint("asks", post="requests.view", pk=an_ask, narrowed=True),
    "api:asks-ask-for-times": endpoint("asks", post="requests.view", pk=an_ask, narrowed=True),
    "api:asks-offer-times": endpoint("asks", post="asks.answer_for", pk=an_ask, narrowed=True),
    "api:asks-reveal": endpoint("asks", post="requests.view", pk=an_ask, narrowed=True),
    "api:loops-list": endpoint("loops", get="thanks.view"),
    "api:loops-detail": endpoint("loops", get="thanks.view", pk=due_duty, narrowed=True, queries=8),
    "api:loops-tell": endpoint("loops", post="thanks.send", pk=due_duty, narrowed=True),
    "api:loops-told": endpoint("loops", post="thanks.send", pk=due_duty, narrowed=True),
    "api:thank-yous-list": endpoint("thank-yous", get="thanks.view"),
    "api:thank-yous-detail": endpoint("thank-yous", get="thanks.view", pk=ThankYou, narrowed=True),
    "api:thank-yous-send": endpoint("thank-yous", post="thanks.send", pk=ThankYou, narrowed=True),
    "api:thank-yous-undo": endpoint("thank-yous", post="thanks.send", pk=ThankYou, narrowed=True),
    "api:thank-yous-prepare": endpoint(
        "thank-yous", post="thanks.send", pk=executive_note, narrowed=True
    ),
    "api:thank-yous-mark-done": endpoint(
        "thank-yous", post="thanks.send", pk=ThankYou, narrowed=True
    ),
    "api:thank-yous-reassign": endpoint(
        "thank-yous", post="thanks.send", pk=ThankYou, narrowed=True
    ),
    # As many as there are metrics, and what each leaves out.
    "api:metrics-list": endpoint("metrics", get="impact.view", queries=90, shared=True),
    "api:advocates-suggested-benefits": endpoint(
        "grants", get="grants.view", pk=Advocate, queries=14
    ),
    "api:metrics-detail": endpoint(
        "metrics", get="impact.view", pk="influenced_revenue", shared=True
    ),
    "api:metrics-rows": endpoint(
        "metrics", get="impact.view", pk="influenced_revenue", shared=True
    ),
    "api:metrics-breakdowns": endpoint("metrics", get="impact.view", queries=30),
    "api:accounts-sheet": endpoint(
        "accounts", get="account_sheets.view", pk=Account, queries=20, narrowed=True
    ),
    "api:report": endpoint("metrics", get="report.view", queries=90),
    "api:report-subscribe": endpoint("metrics", post="report.view"),
    "api:simulations": endpoint("metrics", get="simulations.view", queries=40),
    "api:simulations-asks": endpoint("metrics", get="simulations.view", queries=40),
    "api:simulations-requests": endpoint("metrics", get="simulations.view", queries=40),
    "api:costs-put-back": endpoint("costs", post="costs.edit", pk=cost_out),
    "api:goals-take-up": endpoint("goals", post="goals.edit", pk=goal_given_up),
    "api:goals-progress": endpoint("goals", get="goals.view", pk=Goal),
    "api:goals-headcount": endpoint("goals", get="goals.view"),
    "api:goals-starting-ambitions": endpoint("goals", post="goals.edit"),
    "api:events-list": endpoint("events", get="audit.view"),
    "api:events-detail": endpoint("events", get="audit.view", pk=Event),
    "api:capacity-checks-list": endpoint("capacity-checks", get="metrics.view", queries=10),
    "api:capacity-checks-detail": endpoint(
        "capacity-checks", get="metrics.view", pk=CapacityCheck, queries=10
    ),
    "api:capacity-checks-look": endpoint("capacity-checks", post="requests.triage"),
    "api:capacity-checks-note": endpoint(
        "capacity-checks", post="requests.triage", pk=CapacityCheck
    ),
    "api:news-list": endpoint("news", get="today.view"),
    "api:news-detail": endpoint("news", get="today.view", pk=own_news, narrowed=True),
    "api:news-read": endpoint("news", post="today.view", pk=own_news, narrowed=True),
    "api:news-read-all": endpoint("news", post="today.view"),
}


def endpoints_of(resource: Resource) -> dict[str, Endpoint]:
    """The lines of a resource made with the kit."""
    name, model = resource.name, resource.model
    post = resource.edit if resource.create else ""
    patch = resource.edit if resource.update else ""
    found = {
        "list": endpoint(name, get=resource.view, post=post),
        "detail": endpoint(name, get=resource.view, patch=patch, pk=model),
    }
    for move in resource.moves:
        found[move.name.replace("_", "-")] = endpoint(name, post=move.may, pk=model)
    return {f"api:{name}-{key}": line for key, line in found.items()}


def settings_endpoints() -> dict[str, Endpoint]:
    """The lines of the tenant's settings, a resource for each family (SET-1.j)."""
    rules = "settings.rules"
    found = {
        "api:settings": endpoint("settings", get=rules, queries=12),
        "api:settings-holidays": endpoint("settings", get=rules, post=rules),
        "api:settings-holiday": endpoint("settings", delete=rules, pk=Holiday),
        "api:settings-setup": endpoint("settings", get=rules, queries=20),
        "api:settings-setup-go-on": endpoint("settings", post=rules),
        "api:settings-setup-choose-types": endpoint("settings", post=rules),
        "api:settings-responsibilities": endpoint("settings", get=rules),
        "api:settings-type-responsibilities": endpoint(
            "settings", get=rules, patch=rules, code=type_code
        ),
        "api:settings-program": endpoint("settings", get=rules, patch=rules, queries=8),
        "api:settings-weights": endpoint("settings", get=rules),
        "api:settings-type-weights": endpoint(
            "settings", get=rules, patch=rules, delete=rules, code=type_code
        ),
        "api:settings-type-weights-preview": endpoint("settings", post=rules, code=type_code),
    }
    for family in families():
        name = f"api:settings-{family.key}"
        found[name] = endpoint("settings", get=rules, patch=rules)
        found[f"{name}-preview"] = endpoint("settings", post=rules)
        found[f"{name}-put-back"] = endpoint("settings", post=rules)
    return found


ENDPOINTS |= settings_endpoints()
for _resource in registered():
    # What stands above is an exception and wins.
    ENDPOINTS = endpoints_of(_resource) | ENDPOINTS
