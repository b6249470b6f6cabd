"""What a request's page shows of its briefings (FUL-2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from activities.activities.choices import OPEN
from activities.duties.lifecycle import DutyState
from activities.duties.models import Duty
from advocacy import clock
from advocacy.tenancy.models import Membership
from advocacy.web.urls import tenant_reverse
from requests.briefings.choices import Side
from requests.briefings.selectors import STEP_OF, listed_briefings
from requests.models import Ask

_LABELS: dict[str, str | Promise] = {
    Side.ADVOCATE: _("Briefing of the advocate"),
    Side.REQUESTER: _("Briefing of the prospect"),
}


@dataclass(frozen=True, slots=True)
class BriefingLine:
    """One side's: where it is read, whose it is, whether it is done; ``press`` says so."""

    label: str | Promise
    url: str
    when: datetime | None
    owner: str
    due_at: datetime | None
    done_at: datetime | None
    done_by: str
    press: str


def briefing_lines(
    request: HttpRequest, membership: Membership, asks: Iterable[Ask], *, own: bool
) -> list[BriefingLine]:
    """Those of calls still to come that this member reads."""
    coming = [ask for ask in asks if ask.activity is not None and ask.activity.state in OPEN]
    if not coming:
        return []
    rows = listed_briefings(membership).filter(ask__in=[ask.pk for ask in coming])
    steps = list(STEP_OF.values())
    found = Duty.objects.filter(
        activity__in=[ask.activity for ask in coming], step__in=steps, item=None, task=""
    ).select_related("owner__user", "done_by__user")
    duties = {(duty.activity_id, duty.step): duty for duty in found}  # type: ignore[attr-defined]
    lines = []
    for row in rows.order_by("ask__activity__starts_at", "ask", "-side"):
        activity = row.ask.activity
        duty = duties.get((activity.pk, STEP_OF[Side(row.side)])) if activity else None
        if activity is None or duty is None:
            continue
        begun = activity.starts_at is not None and activity.starts_at <= clock.now()
        may = own and row.side == Side.REQUESTER and duty.state == DutyState.OPEN and not begun
        lines.append(
            BriefingLine(
                _LABELS[row.side],
                tenant_reverse(request, "briefings:detail", row.pk),
                activity.starts_at,
                duty.owner.name if duty.owner else "",
                duty.due_at,
                duty.done_at,
                duty.done_by.name if duty.done_by else "",
                tenant_reverse(request, "briefings:confirm", row.pk) if may else "",
            )
        )
    return lines
