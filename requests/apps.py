"""The requests app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from advocacy.events import bus


class RequestsConfig(AppConfig):
    """Opportunities, requests, matching and asks."""

    name = "requests"

    def ready(self) -> None:
        """Declare what happens here, and follow what happens to activities."""
        from activities.locks import register_locker
        from advocacy.events import presentation
        from advocacy.messaging.links import register_purpose
        from advocacy.tenancy import stuck
        from advocacy.tenancy.sweeps import register_sweep
        from advocacy.web import navigation, settings_cards, status_styles
        from advocates import locks as advocates_locks
        from requests.asks import leaving
        from requests.asks.ending import EXPIRY, REMINDER, SWEEP
        from requests.asks.sweeping import sweep_asks, sweep_requests
        from requests.models import Opportunity, Request
        from requests.opportunities import pages as stages
        from requests.opportunities import panels
        from requests.opportunities.services import VERBS
        from requests.requests import reactions
        from requests.requests.moves import (
            ENDING,
            lock_request_of_activity,
            lock_requests_of_advocate,
        )
        from requests.requests.selectors import count_needing

        panels.register()
        stages.register()
        presentation.name_subjects(
            "requests.request",
            presentation.own_names(Request),
            url_name="requests:detail",
            action="requests.view",
        )
        presentation.name_subjects("requests.opportunity", presentation.own_names(Opportunity))
        bus.declare(VERBS)
        bus.declare(
            {
                "request.created": _("wrote down a request"),
                "request.changed": _("changed what is asked"),
                "request.submitted": _("submitted the request"),
                "request.assigned": _("gave the request to a colleague"),
                "request.review_started": _("took the request up"),
                "request.info_asked": _("asked the requester something"),
                "request.info_given": _("got the answer"),
                "request.outreach_started": _("began to ask advocates"),
                "request.declined": _("declined the request"),
                "request.cancelled": _("cancelled the request"),
                "request.fewer_accepted": _("is content with fewer advocates"),
                "request.confirmed": _("confirmed the request"),
                "request.slot_picked": _("picked a time"),
                "request.scheduled": _("scheduled the request"),
                "request.reopened": _("has to find somebody else"),
                "request.completed": _("completed the request"),
                "request.closed": _("closed the request"),
                "request.doubted": _("was fulfilled by something recorded in error"),
                "request.unfilled": _("could not fill the request"),
                "ask.sent": _("sent an ask"),
                "ask.reminded": _("sent a reminder of an ask"),
                "ask.accepted": _("said yes"),
                "ask.declined": _("said no"),
                "ask.postponed": _("asked for another time"),
                "ask.passed_on": _("suggested a colleague"),
                "ask.expired": _("let an ask expire"),
                "ask.filled": _("released an ask, since enough said yes"),
                "ask.cancelled": _("withdrew an ask"),
                "ask.revealed": _("showed an advocate's name to the requester"),
                "opportunity.touched": _("added a touchpoint to the deal"),
                "opportunity.untouched": _("took a touchpoint back from the deal"),
                "opportunity.outcome_recorded": _("recorded how the deal ended"),
                "matching_weights.changed": _("changed the weights of matching"),
                "matching_weights.reset": _("put the weights of a type back"),
            }
        )
        register_purpose("ask", "ask/")
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
        settings_cards.register(
            settings_cards.Card(
                "matching",
                _("Matching"),
                _("What makes an advocate fit a request, and how much it counts."),
                "arrows-join",
                "requests:weights",
                "settings.rules",
            )
        )
        status_styles.register(
            {
                "outreach": status_styles.StatusStyle("info", "mail-forward"),
                "unfilled": status_styles.StatusStyle("danger", "mood-sad"),
                "closed": status_styles.StatusStyle("neutral", "archive"),
                "later": status_styles.StatusStyle("neutral", "clock"),
                "someone_else": status_styles.StatusStyle("neutral", "users"),
                "filled": status_styles.StatusStyle("neutral", "user-check"),
            }
        )
        register_locker(lock_request_of_activity)
        advocates_locks.register_locker(lock_requests_of_advocate)
        stuck.name_work(EXPIRY, _("End of an ask nobody answered"))
        stuck.name_work(REMINDER, _("Reminder of an ask"))
        stuck.name_work(ENDING, _("End of a request that cannot be filled"))
        register_sweep(
            "asks",
            "tenants_with_due_asks",
            sweep_asks,
            why="asks are reminded of and expire",
        )
        register_sweep(
            SWEEP,
            "tenants_with_due_requests",
            sweep_requests,
            why="requests nobody could be found for end",
        )
        bus.subscribe(
            "activity.completed",
            reactions.on_completed,
            order=50,
            why="the request is completed, the deal gets a touchpoint",
        )
        bus.subscribe(
            "activity.scheduled",
            reactions.on_scheduled,
            order=50,
            why="both sides are invited, the request is scheduled (FUL-1)",
        )
        for verb in ("activity.cancelled", "activity.declined", "activity.no_show"):
            bus.subscribe(
                verb,
                reactions.on_fell_through,
                order=50,
                why="the request needs somebody else",
            )
        bus.subscribe(
            "activity.voided",
            reactions.on_voided,
            order=50,
            why="what followed on the request from a wrong completion is undone (TIER-7)",
        )
        for verb in ("advocate.paused", "advocate.retired"):
            bus.subscribe(
                verb,
                leaving.on_left,
                order=50,
                why="who is not asked any more has no open ask left",
            )
        for verb in ("advocate.updated", "advocate.moved"):
            bus.subscribe(
                verb,
                leaving.on_changed,
                order=50,
                why="who is never to be asked has no open ask left",
            )
        bus.subscribe(
            "tenant.created",
            reactions.on_tenant_created,
            order=60,
            why="matching starts with the usual weights",
        )
