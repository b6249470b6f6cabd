"""What asks say at the top of a person's page: ask them, the ask that is out, the deals helped."""

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy import clock
from advocacy.tenancy.models import Membership
from advocacy.web import formatting as words
from advocacy.web.urls import tenant_reverse
from advocates.models import Advocate
from advocates.people import registry
from advocates.people.choices import AdvocateStatus
from advocates.people.registry import Back, Deed, NextStep
from requests.access import may_ask
from requests.asks.choices import AskState
from requests.models import Ask, Opportunity
from requests.requests.presentation import title_of
from requests.requests.selectors import people_meet, visible_requests


def ask(advocate: Advocate, membership: Membership) -> Deed | None:
    """Choose for which request; whether it fits is said there."""
    if advocate.status != AdvocateStatus.ACTIVE or not may_ask(membership, advocate):
        return None
    url = tenant_reverse(membership.tenant, "requests:ask-person", advocate.pk)
    name = advocate.first_name or advocate.name
    return Deed("ask", _("Ask %(name)s…") % {"name": name}, url, "send", panel=True)


def unanswered(advocate: Advocate, membership: Membership) -> NextStep | None:
    """A time to be picked, else the ask that waits for an answer."""
    asks = Ask.objects.filter(
        advocate=advocate, request__in=visible_requests(membership).values("pk")
    ).select_related("request__activity_type", "request__opportunity__account")
    said_yes = asks.filter(
        people_meet("request__"), state=AskState.ACCEPTED, activity__state="accepted"
    )
    if found := said_yes.order_by("answered_at").first():
        return NextStep(
            _("Pick a time for the %(what)s") % {"what": found.request.activity_type.name.lower()},
            _("Said yes to %(request)s.") % {"request": title_of(found.request)},
            "calendar-plus",
            "warning",
            _("Pick a time"),
            tenant_reverse(membership.tenant, "requests:detail", found.request_id) + "#asks",
        )
    if found := asks.filter(state=AskState.SENT).order_by("expires_at").first():
        return NextStep(
            _("Wait for an answer until %(day)s") % {"day": words.moment(found.expires_at)},
            _("Asked %(since)s for: %(request)s")
            % {"since": words.since(found.sent_at), "request": title_of(found.request)},
            "hourglass",
            label=_("Open the request"),
            url=tenant_reverse(membership.tenant, "requests:detail", found.request_id),
            due=found.expires_at,
        )
    return None


def deals(advocate: Advocate, membership: Membership) -> Back:
    """Deals that somebody's help touched: what they gave was worth something."""
    totals = Opportunity.objects.filter(
        touchpoints__activity__advocate=advocate, touchpoints__at__lte=clock.now()
    ).aggregate(
        all=Count("pk", distinct=True),
        won=Count("pk", distinct=True, filter=Q(stage="won")),
    )
    if not totals["all"]:
        return Back()
    text = ngettext("helped with %(count)d deal", "helped with %(count)d deals", totals["all"])
    said = text % {"count": totals["all"]}
    if totals["won"]:
        said += ", " + ngettext("%(count)d won", "%(count)d won", totals["won"]) % {
            "count": totals["won"]
        }
    return Back([said])


def register() -> None:
    """Called once, when the application is ready."""
    registry.register_deed("ask", ask, "asks.send", order=10)
    registry.register_back("deals", deals, "advocates.view", order=20)
    registry.register_next("ask", unanswered, "requests.view", order=20)
