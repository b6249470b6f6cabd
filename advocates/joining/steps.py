"""The steps of the way into the program that are no letter: qualify, be in touch, not yet, a no on
the phone, another chance (ENR-1). Each has its time, its actor and its event.
"""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.events.services import record
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.reading import current
from advocates.changes import tenant_today
from advocates.joining.enrolment import (
    advance_advocate,
    move_status,
    permit_status_move,
    tell_status,
)
from advocates.joining.numbers import Recruiting
from advocates.joining.services import accept_nomination, nominate_advocate
from advocates.joining.volunteer_status import open_nomination_of
from advocates.models import Advocate
from advocates.people.choices import AdvocateStatus
from advocates.people.lifecycle import ENROLMENT
from advocates.touches.models import CULTIVATING
from advocates.touches.services import record_touch


@transaction.atomic
def qualify_advocate(
    *, actor: Actor, advocate: Advocate, reasons: str = "", override_reason: str = ""
) -> Advocate:
    """Candidate or nominated → qualified, with the criteria looked at (ENR-1.a, IDN-2.b).

    The open nomination is accepted; of a candidate nobody nominated the program's own ``reasons``
    are kept as one. Raises as nominating and accepting do.
    """
    permit_status_move(actor, advocate, "qualify")
    nomination = open_nomination_of(advocate)
    if nomination is None:
        if advocate.status != AdvocateStatus.CANDIDATE:
            move_status(advocate, "qualify")  # nominated without a nomination: nothing to accept
            tell_status("advocate.advanced", advocate, actor, AdvocateStatus.NOMINATED, "")
            return advocate
        try:
            nomination = nominate_advocate(actor=actor, advocate=advocate, reasons=reasons)
        except Conflict:
            # Somebody was faster: said of what was pressed, not of a part of it.
            ENROLMENT.require(advocate, "qualify")
            raise
    accept_nomination(actor=actor, nomination=nomination, override_reason=override_reason)
    return advocate.reload()


@transaction.atomic
def cultivate_advocate(
    *,
    actor: Actor,
    advocate: Advocate,
    touch: str,
    note: str = "",
    happened_on: date | None = None,
    by: Membership | None = None,
) -> Advocate:
    """Record the first touch of somebody who qualified: qualified → cultivating (ENR-1.b).

    Raises ``DomainError`` at ``touch`` for what is none and at ``happened_on`` for the future and
    for a day too long ago to count,
    ``Conflict`` from another state, ``NotAllowed`` for a CSM at a colleague's account.
    """
    permit_status_move(actor, advocate, "cultivate")
    if touch not in CULTIVATING:
        problem = _("Choose what was done.")
        raise DomainError(problem, fields={"touch": problem})
    day, days = happened_on or tenant_today(), current(Recruiting).touch_days
    if day < tenant_today() - timedelta(days=days):
        problem = _("A touch counts for %(days)d days; be in touch first, and enter that day.") % {
            "days": days
        }
        raise DomainError(problem, code="invalid_time", fields={"happened_on": problem})
    before = move_status(advocate, "cultivate")
    values: dict[str, Any] = {"kind": touch, "happened_on": day, "by": by, "note": note}
    record_touch(actor=actor, advocate=advocate, **values)
    record(
        "advocate.cultivated",
        advocate,
        actor=actor,
        payload={"before": before, "after": str(advocate.status), "reason": str(touch)},
        about=[advocate.account],
    )
    return advocate


@transaction.atomic
def set_back_advocate(*, actor: Actor, advocate: Advocate, reason: str = "") -> Advocate:
    """Qualified or cultivating → candidate: not ready to join yet. Nobody is written to."""
    permit_status_move(actor, advocate, "set_back")
    before = move_status(advocate, "set_back")
    tell_status("advocate.set_back", advocate, actor, before, reason)
    return advocate


@transaction.atomic
def record_decline(*, actor: Actor, advocate: Advocate, reason: str = "") -> Advocate:
    """The invited person said no to a colleague; as final as a no on the link (ENR-1.f)."""
    permit_status_move(actor, advocate, "decline")
    return advance_advocate(actor=actor, advocate=advocate, to="declined", reason=reason)


@transaction.atomic
def reconsider_advocate(*, actor: Actor, advocate: Advocate) -> Advocate:
    """Declined → candidate, once the days are over for which a no is final (ENR-1.f).

    ``Conflict`` before that, with the day.
    """
    permit_status_move(actor, advocate, "reconsider")
    return advance_advocate(actor=actor, advocate=advocate, to="candidate")
