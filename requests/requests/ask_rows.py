"""The asks of a request as one member sees them, each with what they may do about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from activities.access import MOVE, permit_move
from activities.activities.choices import ActivityState
from advocacy import clock
from advocacy.records.lifecycle import Move
from advocacy.tenancy.models import Membership
from requests.access import may_ask, permit_ask
from requests.asks.choices import AskState
from requests.asks.disclosure import Identity
from requests.asks.lifecycle import ASK
from requests.asks.owners_say import waits_words
from requests.asks.presentation import ask_tone
from requests.models import Ask, AskSlot, Request
from requests.requests.afterwards import Afterwards
from requests.requests.choices import MeetingFormat
from requests.requests.whereabouts import prospect_zone
from requests.scheduling.services import usual_place
from requests.scheduling.slots import Slot, slot_words, time_elsewhere


@dataclass(frozen=True, slots=True)
class AskRow:
    """An ask as one member sees it."""

    ask: Ask
    tone: str
    name: str
    described: str
    contact: Sequence[tuple[str, str]]
    can_reveal: bool
    #: The times that may be picked: in one's own words, and on the others' clocks.
    slots: Sequence[tuple[AskSlot, str, str]]
    booked: str
    booked_elsewhere: str
    #: What the advocate wrote about the time, or that they wrote something.
    time_note: str
    is_over: bool
    may_manage: bool
    may_answer: bool
    withdraw: Move | None
    #: For what a proposed one waits, and whether this member says it.
    waits: str
    may_say: bool
    may_complete: bool
    may_pick: bool
    #: A press books: where it takes place is known. Else the form asks.
    has_place: bool
    #: What was said once it was over, and where this member says it.
    after: Afterwards | None = None
    #: The one thing to do on this page is here: say how it went, or pick a time.
    leads: bool = False


def led(rows: list[AskRow], acts: bool) -> list[AskRow]:
    """The first ask of which to say how it went, else to pick a time for, leads."""
    over = (n for n, row in enumerate(rows) if row.booked and row.is_over and row.may_complete)
    times = (n for n, row in enumerate(rows) if acts and row.may_pick and not row.booked)
    lead = next(over, next((n for n in times if not rows[n].ask.times_asked_at), None))
    return [replace(row, leads=n == lead) for n, row in enumerate(rows)]


class AskRows:
    """Draws them for one member: ``own`` is the requester, or who stands in; ``runs`` the program.
    ``free`` are the times that may still be picked, by ask.
    """

    def __init__(
        self,
        request: Request,
        viewer: Membership,
        free: Mapping[Any, Sequence[AskSlot]],
        *,
        own: bool,
        runs: bool,
    ) -> None:
        self._request, self._viewer, self._free = request, viewer, free
        self._own, self._runs = own, runs

    def row(self, ask: Ask, identity: Identity) -> AskRow:
        """One of them; ``identity`` says whether the member may know who it is (VIS-1)."""
        advocate, company = ask.advocate, ask.advocate.account
        zone = timezone.get_current_timezone()
        described = [
            advocate.job_title,
            company.name if identity.is_named else company.industry,
            company.get_segment_display() if not identity.is_named else "",
            company.get_region_display() if not identity.is_named else "",
        ]
        activity = ask.activity
        booked = booked_elsewhere = ""
        if activity is not None and activity.starts_at and activity.ends_at:
            when = Slot(activity.starts_at, activity.ends_at)
            booked, booked_elsewhere = slot_words(when, zone), self._elsewhere(when, ask)
        waits = activity is not None and activity.state in (
            ActivityState.ACCEPTED,
            ActivityState.SCHEDULED,
        )
        moves = {move.name: move for move in ASK.offered(ask, self._viewer, permit_ask)}
        return AskRow(
            ask=ask,
            tone=ask_tone(ask),
            name=advocate.name if identity.is_named else "",
            described=" · ".join(str(part) for part in described if part),
            contact=_contact(ask) if identity.is_named and ask.state == AskState.ACCEPTED else (),
            can_reveal=identity.can_reveal and self._own,
            slots=[
                (slot, slot_words(slot, zone), self._elsewhere(slot, ask))  # type: ignore[arg-type]
                for slot in self._free.get(ask.pk, ())
            ],
            booked=booked,
            booked_elsewhere=booked_elsewhere,
            time_note=_time_note(ask, identity.is_named),
            is_over=bool(
                activity and (not activity.starts_at or activity.starts_at <= clock.now())
            ),
            may_manage=may_ask(self._viewer, advocate),
            may_answer="accept" in moves,
            withdraw=moves.get("withdraw"),
            waits=waits_words(ask, is_named=identity.is_named)
            if ask.state == AskState.PROPOSED
            else "",
            may_say="go" in moves,
            may_complete=activity is not None and permit_move(self._viewer, MOVE, activity),
            may_pick=(self._own or self._runs) and waits and self._request.people_meet,
            has_place=self._has_place,
        )

    def _elsewhere(self, times: Any, ask: Ask) -> str:
        """The same moment on the clocks of advocate and prospect, where they differ from one's
        own.
        """
        zone = timezone.get_current_timezone()
        clocks = (
            (_("%(time)s for the advocate"), ask.advocate.zone),
            (_("%(time)s for the prospect"), self._prospect_zone),
        )
        found = [(text, time_elsewhere(times, zone, other)) for text, other in clocks]
        return " · ".join(text % {"time": there} for text, there in found if there)

    @cached_property
    def _prospect_zone(self) -> ZoneInfo | None:
        return prospect_zone(self._request)

    @cached_property
    def _has_place(self) -> bool:
        video = self._request.meeting_format == MeetingFormat.VIDEO
        return not video or bool(usual_place(self._request))


def _time_note(ask: Ask, is_named: bool) -> str:
    """The advocate's own words may say who they are, so they are for whom that is known (VIS-1)."""
    if not ask.time_note:
        return ""
    if is_named:
        return _("about the time: “%(note)s”") % {"note": ask.time_note}
    return _("They wrote about the time; whoever runs the request passes it on.")


def _contact(ask: Ask) -> list[tuple[str, str]]:
    found = [(_("E-mail"), ask.advocate.email), (_("Phone"), ask.advocate.phone)]
    return [(label, value) for label, value in found if value]
