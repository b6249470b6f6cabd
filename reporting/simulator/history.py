"""The past that is replayed: the ledger with its moments, the asks, requests and deals behind it
(SIM-1.a). A dozen statements, however much there is of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import ngettext

from activities.activities.models import Activity
from advocacy.tenancy.errors import DomainError
from advocates.models import (
    ActivityType,
    Advocate,
    Capacity,
    Participation,
    Preference,
    ProgramPolicy,
    TypePreference,
)
from advocates.people.choices import ENROLLED
from advocates.program.catalogue.choices import TierCredit
from advocates.program.ledger.capacity.past import Limits, Rules, Unit
from advocates.program.ledger.choices import Origin
from reporting.metrics.frame import Frame
from reporting.metrics.money import with_base_amount
from reporting.simulator.rows import AskRow, Deal, RequestRow, Somebody, is_take, limits_of
from requests.models import Ask, Opportunity, Request

#: Rows of the ledger that are replayed while somebody waits for the page.
MOST = 100_000


@dataclass(slots=True)
class History:
    """Everything that is replayed. ``units`` in the order in which they came into the ledger."""

    frame: Frame
    now: datetime
    rules: Rules
    units: list[Unit]
    limits: dict[UUID, Limits]
    people: dict[UUID, Somebody]
    asks: dict[UUID, AskRow]
    requests: dict[UUID, RequestRow]
    deals: dict[UUID, Deal]
    kinds: dict[UUID, ActivityType]
    #: Who does not want to be asked for which type.
    unwilling: set[tuple[UUID, UUID]]

    def asked(self, unit: Unit) -> bool:
        """Whether it is one of the asks of the period: sent in it, whatever became of it."""
        if unit.origin != Origin.ASKED or not self.frame.start <= unit.taken_at < self.frame.end:
            return False
        ask = self.asks.get(unit.id)
        return unit.is_sent(self.now) and is_take(unit) and (ask is None or ask.is_sent)

    def asked_for(self) -> dict[UUID, set[UUID]]:
        """Who was asked for which request."""
        found: dict[UUID, set[UUID]] = {}
        for unit in self.units:
            if (ask := self.asks.get(unit.id)) is not None:
                found.setdefault(ask.request, set()).add(unit.advocate)
        return found

    def size_of(self, unit: Unit) -> str:
        """The size of the company at which who was asked works; "" where nobody knows."""
        person = self.people.get(unit.advocate)
        return person.segment if person else ""

    def request_of(self, unit: Unit) -> RequestRow | None:
        """The request it was asked for, if that is known."""
        ask = self.asks.get(unit.id)
        return self.requests.get(ask.request) if ask else None


def read_history(frame: Frame, now: datetime) -> History:
    """The past up to now, of which the frame's days are judged. Raises ``DomainError`` at ``days``
    where it is too much to replay while somebody waits.
    """
    kinds = {kind.pk: kind for kind in ActivityType.objects.all()}
    policy = ProgramPolicy.objects.first() or ProgramPolicy()
    called = {pk for pk, kind in kinds.items() if kind.tier_credit == TierCredit.CALLED}
    asks = dict(_asks(frame))
    requests = {row.id: row for row in _requests(frame)}
    return History(
        frame=frame,
        now=now,
        rules=Rules.of(policy),
        units=_units(called),
        limits={pk: limits_of(kind) for pk, kind in kinds.items()},
        people=_people(),
        asks=asks,
        requests=requests,
        deals=_deals(frame),
        kinds=kinds,
        unwilling=set(
            TypePreference.objects.filter(accepted=False)
            .order_by()
            .values_list("advocate_id", "activity_type_id")
        ),
    )


_UNIT = (
    *("pk", "advocate_id", "account_id", "activity_type_id", "origin", "units", "effort"),
    *("is_reference", "detail", "taken_at", "completed_at", "released_at", "voided_at"),
    *("release_reason", "override_reason"),
)


def _units(called: set[UUID]) -> list[Unit]:
    """The whole ledger, as some rules look at all that ever was (CAP-4)."""
    rows = Participation.objects.order_by().values_list(*_UNIT)
    found = list(rows[: MOST + 1])
    if len(found) > MOST:
        problem = ngettext(
            "Your ledger has more than %(n)d row; that is too much for a page.",
            "Your ledger has more than %(n)d rows; that is too much for a page.",
            MOST,
        ) % {"n": MOST}
        raise DomainError(problem, fields={"days": problem})
    recorded = dict(
        Activity.objects.filter(completed_at__isnull=False)
        .order_by()
        .values_list("participation_id", "completed_at")
    )
    units = [_unit(row, recorded, called) for row in found]
    return sorted(units, key=lambda unit: (unit.known_at, unit.id))


def _unit(row: tuple[Any, ...], recorded: dict[UUID, datetime | None], called: set[UUID]) -> Unit:
    pk, advocate, account, kind, origin, units, effort, reference, detail, taken, done, *rest = row
    released, voided, reason, override = rest
    written = recorded.get(pk) or done
    was_asked = origin in (Origin.ASKED, Origin.VOLUNTEERED)
    return Unit(
        id=pk,
        advocate=advocate,
        account=account,
        kind=kind,
        origin=origin,
        units=units,
        # Named in a tender: it takes its unit when it is called (CAT-1).
        reserved=0 if origin == Origin.ASKED and kind in called else units,
        effort=effort,
        is_reference=reference,
        detail=detail,
        taken_at=taken,
        # A fact is known from the day it was written down: it kept nobody from asking before.
        known_at=taken if was_asked or written is None else max(taken, written),
        settled_at=max(done, written) if done and written else released,
        completed_at=done,
        voided_at=voided,
        release_reason=reason,
        override_reason=override,
    )


def _people() -> dict[UUID, Somebody]:
    own = dict(Preference.objects.order_by().values_list("advocate_id", "yearly_cap"))
    capacity = {
        pk: (allowance, gap)
        for pk, allowance, gap in Capacity.objects.order_by().values_list(
            "advocate_id", "allowance", "reference_gap_days"
        )
    }
    rows = Advocate.objects.order_by().values_list(
        *("pk", "account_id", "account__segment", "account__region", "account__industry"),
        *("enrolled_at", "status"),
    )
    return {
        pk: Somebody(
            account=account,
            allowance=capacity.get(pk, (None, 0))[0],
            own_cap=own.get(pk),
            reference_gap=capacity.get(pk, (None, 0))[1],
            segment=segment,
            region=region,
            industry=industry,
            enrolled_at=enrolled,
            is_enrolled=status in ENROLLED,
        )
        for pk, account, segment, region, industry, enrolled, status in rows
        if pk in capacity or status in ENROLLED
    }


def _asks(frame: Frame) -> Iterator[tuple[UUID, AskRow]]:
    rows = Ask.objects.filter(participation__taken_at__gte=frame.start).order_by()
    for unit, pk, request, state, is_sent, answered in rows.values_list(
        "participation_id", "pk", "request_id", "state", "is_sent", "answered_at"
    ):
        yield unit, AskRow(pk, request, state, is_sent, answered)


_REQUEST = (
    *("pk", "number", "activity_type_id", "detail", "segment", "region", "industry"),
    *("needed", "submitted_at", "confirmed_at", "confirm_due_at", "state", "opportunity_id"),
)


def _requests(frame: Frame) -> Iterator[RequestRow]:
    """Those submitted in the frame, and those asked for in it."""
    asked = Q(asks__participation__taken_at__gte=frame.start)
    submitted = Q(**frame.moments_of("submitted_at"))
    rows = Request.objects.filter(asked | submitted, submitted_at__isnull=False)
    found = rows.order_by().distinct().annotate(needed=Coalesce("accepted_count", "needed_count"))
    for row in found.values_list(*_REQUEST):
        yield RequestRow(*row)


def _deals(frame: Frame) -> dict[UUID, Deal]:
    since = Q(requests__submitted_at__gte=frame.start)
    asked = Q(requests__asks__participation__taken_at__gte=frame.start)
    rows = with_base_amount(Opportunity.objects.filter(since | asked), frame.tenant)
    found = rows.order_by().distinct().values_list("pk", "stage", "part")
    return {pk: Deal(pk, stage, part) for pk, stage, part in found}
