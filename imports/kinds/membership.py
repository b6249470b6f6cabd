"""Who was in the program before it came here (IMP-2, ENR-1)."""

from collections.abc import Iterable
from datetime import datetime, time

from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.tenancy.actors import Actor
from advocates.joining.enrolment import admit_advocate, pause_advocate, retire_advocate
from advocates.models import Advocate
from advocates.people.choices import ENROLLED, AdvocateStatus
from advocates.people.lifecycle import ENROLMENT
from imports import values
from imports.registry import Outcome, Row

#: What a spreadsheet may say; the way towards the program is gone here, not imported.
_KNOWN = (AdvocateStatus.ACTIVE, AdvocateStatus.PAUSED, AdvocateStatus.ALUMNI)


def status(cell: str) -> str:
    """Where somebody stood, by its code or in words."""
    wanted = cell.strip().casefold()
    for each in _KNOWN:
        if wanted in (each.value, str(each.label).casefold()):
            return each.value
    raise values.BadValue(
        _("“%(cell)s” is no status that can be brought along.") % {"cell": cell[:50]},
        _("One of: %(known)s; nothing for who was never in the program.")
        % {"known": ", ".join(each.value for each in _KNOWN)},
    )


def is_asked(row: Row, advocate: Advocate) -> bool:
    """Whether a row brings somebody into the program who is not in it; who is stays as they are,
    since what happened here is newer than the spreadsheet.
    """
    wanted = row.values.get("program_status")
    return (
        wanted is not None
        and advocate.status not in ENROLLED
        and advocate.status != wanted
        and advocate.enrolled_at is None
    )


def bring_in(people: Iterable[tuple[Row, Advocate]], actor: Actor, outcome: Outcome) -> None:
    """Enrol them as of the day that is given; nobody is written to."""
    for row, advocate in people:
        if ENROLMENT["enrol"] not in ENROLMENT.legal(advocate):
            outcome.remark(
                row,
                "program_status",
                _("%(name)s is “%(status)s” here, and stays so.")
                % {"name": advocate.name, "status": advocate.get_status_display()},
            )
            continue
        admit_advocate(actor=actor, advocate=advocate)
        if since := row.values.get("member_since"):
            noon = datetime.combine(since, time(12), advocate.tenant.zone)
            advocate.enrolled_at = min(noon, clock.now())
            advocate.save(update_fields=["enrolled_at"])
        wanted = row.values["program_status"]
        if wanted == AdvocateStatus.PAUSED:
            pause_advocate(actor=actor, advocate=advocate)
        elif wanted == AdvocateStatus.ALUMNI:
            reason = _("Had left the program before it came here.")
            retire_advocate(actor=actor, advocate=advocate, reason=reason)
