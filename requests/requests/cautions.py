"""What somebody who asks should know at once, and may disregard: said while the form is filled in,
and beside a request over REST (REQ-1).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.assets.models import Asset
from advocacy import clock
from advocacy.tenancy.models import Membership
from advocacy.web.formatting import day
from advocates.models import ActivityType
from requests.approvals.checking import needed_words
from requests.gates.checking import gate_words
from requests.gates.owed import feedback_owed
from requests.gates.unused import lying_unused
from requests.models import Opportunity, Request
from requests.requests.choices import REQUEST_OPEN, RequestState
from requests.requests.presentation import title_of
from requests.requests.selectors import visible_requests

#: So many running requests of one deal are named.
_MOST = 3


@dataclass(frozen=True, slots=True)
class Caution:
    """One of them; ``request`` is the running one and ``assets`` the pieces, for who may open
    them.
    """

    code: Literal["owed", "gate", "approval", "unpublished", "running", "after_close", "past"]
    text: str
    request: Request | None = None
    assets: Collection[Asset] = ()


def cautions_about(
    viewer: Membership,
    *,
    opportunity: Opportunity | None,
    needed_by: date | None,
    activity_type: ActivityType | None = None,
    but: Request | None = None,
) -> list[Caution]:
    """Of a request for this deal by this day; ``but`` is that request itself, if it exists."""
    found = _owed(viewer, but)
    if activity_type and (but is None or but.state == RequestState.DRAFT):
        short = gate_words(activity_type, opportunity)
        found += [Caution("gate", short)] if short else []
        first = needed_words(activity_type, opportunity)
        found += [Caution("approval", first)] if first else []
        found += _unpublished(viewer, activity_type)
    if needed_by is not None and needed_by < clock.today(viewer.tenant.zone):
        found.append(Caution("past", _("This day is past; choose a later one.")))
    if opportunity is None:
        return found
    found += _running(viewer, opportunity, but)
    closes = opportunity.closes_on
    if needed_by is not None and closes is not None and closes < needed_by:
        late = (needed_by - closes).days
        text = ngettext(
            "The deal closes on %(closes)s, %(late)d day before the day you chose.",
            "The deal closes on %(closes)s, %(late)d days before the day you chose.",
            late,
        )
        found.append(Caution("after_close", text % {"closes": day(closes), "late": late}))
    return found


def _owed(viewer: Membership, but: Request | None) -> list[Caution]:
    """What the requester has not said of earlier ones, until this one is handed in (REQ-5)."""
    if but is not None and but.state != RequestState.DRAFT:
        return []
    requester = but.requester if but is not None else viewer
    own = requester.pk == viewer.pk
    owed = feedback_owed(requester)
    open_to = set(
        visible_requests(viewer)
        .filter(pk__in=[row.pk for row in owed])
        .values_list("pk", flat=True)
        if owed and not own
        else [row.pk for row in owed]
    )
    return [
        Caution("owed", _owed_words(row, own=own), row if row.pk in open_to else None)
        for row in owed
    ]


def _unpublished(viewer: Membership, kind: ActivityType) -> list[Caution]:
    """More of what already lies there unused; how much to everybody, which to who may see it."""
    lying = lying_unused(viewer, kind)
    if lying is None:
        return []
    text = ngettext(
        "%(count)d piece of “%(type)s” was collected long ago and is not published yet. Ask for"
        " more only if it will be used.",
        "%(count)d pieces of “%(type)s” were collected long ago and are not published yet. Ask for"
        " more only if they will be used.",
        lying.count,
    )
    words = {"count": lying.count, "type": kind}
    return [Caution("unpublished", text % words, assets=lying.named)]


def _running(viewer: Membership, opportunity: Opportunity, but: Request | None) -> list[Caution]:
    """Also a colleague's that this member may not open: two askings for one deal help nobody, and
    who asked is no advocate's name (VIS-1).
    """
    rows = Request.objects.filter(opportunity=opportunity, state__in=REQUEST_OPEN)
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    rows = rows.select_related("activity_type", "requester__user").order_by("needed_by", "number")
    running = list(rows[:_MOST])
    if not running:
        return []
    ids = [row.pk for row in running]
    open_to = set(visible_requests(viewer).filter(pk__in=ids).values_list("pk", flat=True))
    return [
        Caution("running", _asked_already(row, viewer), row if row.pk in open_to else None)
        for row in running
    ]


def _asked_already(row: Request, viewer: Membership) -> str:
    text = (
        _("You have asked for this deal already: %(type)s by %(day)s, %(state)s.")
        if row.requester_id == viewer.pk
        else _("%(name)s has asked for this deal already: %(type)s by %(day)s, %(state)s.")
    )
    return text % {
        "name": row.requester.name,
        "type": row.activity_type.name.lower(),
        "day": day(row.needed_by),
        "state": row.get_state_display().lower(),
    }


def _owed_words(request: Request, *, own: bool) -> str:
    """What is owed, to the requester or to whoever looks after the request."""
    text = (
        _("“%(what)s” was over on %(day)s. Say how it went first, or close the request.")
        if own
        else _("%(name)s has not said how “%(what)s” went, which was over on %(day)s.")
    )
    return text % {
        "what": title_of(request),
        "day": day(request.completed_at) if request.completed_at else "",
        "name": request.requester.name,
    }
