"""Where the app shows: the navigation, settings, states and events; and what it listens to."""

from django.utils.translation import gettext_lazy as _

from activities.duties.services import register_requester
from activities.locks import register_locker
from activities.slot_checks.ways import register_way
from advocacy.events import bus, presentation
from advocacy.messaging.links import register_purpose
from advocacy.messaging.wording import kinds
from advocacy.records.resource import declare_verbs
from advocacy.records.resource import register as register_resource
from advocacy.records.undoing import also_takes_back, declare_undo, leads_back
from advocacy.search.palette import Deed, Findable, register_deeds, register_findables
from advocacy.tenancy import stuck
from advocacy.tenancy.sweeps import register_sweep
from advocacy.tenant_settings import families
from advocacy.web import navigation, status_styles
from advocacy.web.queue import register_work
from advocacy.web.status_styles import StatusStyle
from advocates import locks as advocates_locks
from advocates.accounts.holds import HOLDING
from requests import cards
from requests.approvals import services as approvals
from requests.approvals.mails import PURPOSE as APPROVAL_PURPOSE
from requests.approvals.resource import APPROVAL_RULES, APPROVALS
from requests.asks import beside, relations, say_work
from requests.asks import work as ask_work
from requests.asks.ending import EXPIRY, REMINDER, SAY, SWEEP, on_changed, on_left, on_merged
from requests.asks.holding import on_held
from requests.asks.kinds import KINDS
from requests.asks.lifecycle import ASK, SAYS
from requests.asks.saying import unsay
from requests.asks.settings import ASKS
from requests.asks.sweeping import sweep_asks, sweep_requests
from requests.asks.taking_back import ask_again, unanswer, unsend_asks
from requests.evidence.services import want_somebody_after_all
from requests.gates.resource import REQUEST_GATES
from requests.mails import BOOKING_PURPOSE, INFO_PURPOSE, PURPOSE, SAY_PURPOSE
from requests.models import Request
from requests.opportunities import outcomes, panels
from requests.opportunities import pages as stages
from requests.opportunities.resource import OPPORTUNITIES
from requests.opportunities.services import register_watcher
from requests.replies import registration as replies
from requests.requests import reactions
from requests.requests import work as request_work
from requests.requests.lifecycle import REQUEST
from requests.requests.locks import (
    ENDING,
    lock_request_of_activity,
    lock_requests_of_advocate,
)
from requests.requests.presentation import title_of
from requests.requests.selectors import count_needing, visible_requests
from requests.requests.settings import REQUESTS
from requests.requests.triage import want_it_after_all
from requests.routing.resource import ROUTING_RULES
from requests.scheduling import work as call_work
from requests.scheduling.renewing import other_time_path
from requests.shares import panel as sharing
from requests.shares.resource import SHARES
from requests.shares.services import PURPOSE as SHARE_PURPOSE
from requests.verbs import ASK_VERBS, OTHER_VERBS, REQUEST_VERBS


def register() -> None:
    """Called once, when the application is ready."""
    show()
    keep_time()
    listen()
    replies.register()


def show() -> None:
    """What people see of it elsewhere."""
    declare_verbs(REQUEST, REQUEST_VERBS)
    declare_verbs(ASK, ASK_VERBS)
    declare_verbs(None, OTHER_VERBS)
    presentation.name_consequences("request.", "opportunity.touched", "opportunity.untouched")
    declare_undo("ask.send", _("took an ask back before it left"))
    also_takes_back("ask.send", unsend_asks)
    also_takes_back("ask.withdraw", ask_again)
    declare_undo("ask.answer", _("took back what was recorded for somebody"))
    also_takes_back("ask.answer", unanswer)
    for name in SAYS:
        also_takes_back(ASK.key_of(name), unsay)
    also_takes_back(REQUEST.key_of("answered_by_content"), want_somebody_after_all)
    for move in ("decline", "cancel"):
        also_takes_back(REQUEST.key_of(move), want_it_after_all)
    leads_back("ask.answer", "requests:answer-for")
    leads_back("ask.send", "requests:draft")
    for move in ("ask_for_info", "give_info", "decline", "cancel"):
        leads_back(REQUEST.key_of(move), f"requests:{move.replace('_', '-')}")
    presentation.name_subjects(
        "requests.request",
        presentation.own_names(Request),
        url_name="requests:detail",
        action="requests.view",
    )
    register_findables(
        Findable(
            "request",
            _("Requests"),
            "git-pull-request",
            "requests.view",
            "requests:detail",
            lambda member: (
                visible_requests(member)
                .select_related("opportunity__account", "activity_type")
                .order_by("-number")
            ),
            title=title_of,
            detail=lambda row: f"{row} · {row.get_state_display()}",
        ),
        Findable(
            "opportunity",
            _("Deals"),
            "briefcase",
            OPPORTUNITIES.view,
            "opportunities:detail",
            lambda member: OPPORTUNITIES.listed(member).order_by("name", "id"),
            title=str,
            detail=lambda deal: deal.account.name if deal.account else deal.prospect_name,
        ),
    )
    register_deeds(
        Deed(_("New request"), "plus", "requests:new", "requests.submit"),
        Deed(_("Who could help"), "user-search", "requests:browse", "references.browse"),
        Deed(
            _("Who could tell the next case study"),
            "user-star",
            "requests:case-subjects",
            "assets.edit",
        ),
        Deed(
            _("Deals without support"),
            "help-circle",
            "opportunities:untouched",
            "opportunities.view",
        ),
        Deed(_("Supply and demand"), "chart-grid-dots", "requests:supply", "supply.view"),
        Deed(_("How likely a yes is"), "chart-histogram", "requests:forecasts", "requests.triage"),
        Deed(_("Share content with a deal"), "share", "shares:new", "shares.edit"),
        Deed(_("Approvals"), "writing-sign", "approvals:list", "approvals.view"),
    )
    register_resource(OPPORTUNITIES)
    register_resource(ROUTING_RULES)
    register_resource(REQUEST_GATES)
    register_resource(APPROVAL_RULES)
    register_resource(APPROVALS)
    register_resource(SHARES)
    sharing.register()
    declare_undo("share.make", _("took back what was shared"))
    navigation.register(
        navigation.NavItem(
            "requests",
            _("Requests"),
            "git-pull-request",
            "requests:list",
            "requests.view",
            badge=lambda request: count_needing(request.membership),  # type: ignore[attr-defined]
        )
    )
    cards.register()
    status_styles.register(
        {
            "outreach": StatusStyle("info", "mail-forward"),
            "unfilled": StatusStyle("danger", "mood-sad"),
            "closed": StatusStyle("neutral", "archive"),
            "proposed": StatusStyle("warning", "user-question"),
            "not_asked": StatusStyle("neutral", "user-x"),
            "later": StatusStyle("neutral", "clock"),
            "someone_else": StatusStyle("neutral", "users"),
            "filled": StatusStyle("neutral", "user-check"),
        }
    )
    families.register(REQUESTS, ASKS)
    register_work(*request_work.WORK, say_work.WORK, *ask_work.WORK, *call_work.WORK)
    beside.register()
    panels.register()
    stages.register()


def keep_time() -> None:
    """What comes due by itself, and how it is called where it gets stuck."""
    register_purpose(PURPOSE, "ask/")
    register_purpose(SAY_PURPOSE, "say/")
    register_purpose(INFO_PURPOSE, "answer/")
    register_purpose(BOOKING_PURPOSE, "booking/")
    kinds.register(*KINDS)
    register_purpose(APPROVAL_PURPOSE, "approval/")
    register_purpose(SHARE_PURPOSE, "share/")
    stuck.name_work(EXPIRY, _("End of an ask nobody answered"))
    stuck.name_work(REMINDER, _("Reminder of an ask"))
    stuck.name_work(SAY, _("An ask that waited for an account's owner"))
    stuck.name_work(ENDING, _("End of a request that cannot be filled"))
    register_sweep(
        "asks",
        "tenants_with_due_asks",
        sweep_asks,
        why="asks are sent when an owner says nothing, reminded of, and expire",
    )
    register_sweep(
        SWEEP,
        "tenants_with_due_requests",
        sweep_requests,
        why="requests nobody could be found for end",
    )


def listen() -> None:
    """What happens to activities and advocates, and has consequences here."""
    relations.register()
    register_watcher(approvals.seek_for_deals)
    register_locker(lock_request_of_activity)
    register_requester(reactions.requester_of)
    register_way(other_time_path)
    advocates_locks.register_locker(lock_requests_of_advocate)
    for verbs, handler, why in (
        (
            ["request.submitted", "request.changed", "request.review_started"],
            approvals.on_request_changed,
            "what needs approval waits for it before anybody is asked (REQ-3)",
        ),
        (
            ["activity.completed"],
            reactions.on_completed,
            "the request is completed, the deal gets a touchpoint",
        ),
        (
            ["activity.scheduled"],
            reactions.on_scheduled,
            "both sides are invited, the request is scheduled (FUL-1)",
        ),
        (["activity.postponed"], reactions.on_postponed, "another time is wanted (ACT-4)"),
        (
            ["activity.cancelled", "activity.declined", "activity.no_show"],
            reactions.on_fell_through,
            "the request needs somebody else",
        ),
        (
            ["activity.voided"],
            reactions.on_voided,
            "what followed on the request from a wrong completion is undone (TIER-7)",
        ),
        (
            ["opportunity.outcome_recorded"],
            outcomes.on_outcome,
            "whoever helped with the deal is to hear how it ended (AST-3)",
        ),
        (
            ["opportunity.reopened"],
            outcomes.on_reopened,
            "there is nothing to tell yet after all",
        ),
        (
            ["loop.reopened"],
            outcomes.on_waiting_again,
            "what is out no longer leaves the deal's end to tell (AST-3)",
        ),
        (
            ["advocate.paused", "advocate.retired"],
            on_left,
            "who is not asked any more has no open ask left",
        ),
        (
            HOLDING,
            on_held,
            "unsent asks stop, those that wait are a question to the account's owner (ACC-2)",
        ),
        (
            ["ask.accepted", "ask.declined", "ask.postponed", "ask.passed_on", "ask.expired"],
            relations.on_answered,
            "the relationship's strength follows each answer (REL-1)",
        ),
        (
            ["ask.accepted"],
            reactions.on_accepted,
            "whose it is to prepare, brief and record is said with the yes (RSP-1)",
        ),
        (
            ["advocate.merged"],
            on_merged,
            "one person is asked once for one request (ADV-1)",
        ),
        (
            ["advocate.updated", "advocate.moved"],
            on_changed,
            "who is never to be asked has no open ask left",
        ),
    ):
        for verb in verbs:
            bus.subscribe(verb, handler, order=50, why=why)
    bus.subscribe(
        "tenant.created",
        reactions.on_tenant_created,
        order=60,
        why="matching starts with the usual weights",
    )
