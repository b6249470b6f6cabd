"""The few functions through which every app writes to the one ledger of participation.

They record no events: the caller's own event (an ask sent, an activity completed) tells the
story. The guard is the trigger of migration 0002; here its refusals become sentences.

Locks: a take changes the account's row, then the advocate's, and holds both until the
transaction ends. Whoever takes for several people in one transaction takes in the order of
:func:`lock_order`, or two such transactions may wait for each other. The global order is
request → capacity → tier seats → budgets.
"""

import uuid
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.messaging.holding import keep_also, open_press
from advocacy.records.undoing import note
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.text import has_words
from advocacy.tenancy.violations import violated
from advocates.models import AccountCapacity, ActivityType, Advocate, Participation
from advocates.people.choices import AdvocateStatus
from advocates.program.catalogue.choices import TierCredit
from advocates.program.ledger.capacity import (
    CODES,
    GuardReason,
    GuardStatus,
    guard_status,
    refusal_text,
)
from advocates.program.ledger.capacity.statement import as_kept
from advocates.program.ledger.choices import Origin, ReleaseReason, UnitState

#: Clocks of two machines are never the same; the guard allows as much.
_TOLERANCE = timedelta(minutes=5)


class CapacityRefused(DomainError):
    """The guard refused a take. ``code`` is the rule's name (``capacity_yearly`` …).

    ``until`` is the day from which it may be possible, where that can be computed.
    """

    def __init__(self, reason: GuardReason, name: str) -> None:
        text = refusal_text(reason, name)
        super().__init__(text, code=reason.code)
        self.reason = reason
        self.until = reason.until


def lock_order(advocate: Advocate) -> tuple[uuid.UUID, uuid.UUID]:
    """Sort key for taking units from several advocates in one transaction."""
    return advocate.account_id, advocate.pk


def ask_guard(
    *, advocates: Collection[Advocate], activity_type: ActivityType, detail: str = ""
) -> dict[uuid.UUID, GuardStatus]:
    """What the guard would say of each, asked before anything else is looked at or locked.

    Raises :class:`CapacityRefused` for the first, in the order of the locks, whom it would refuse.
    Who is paused or not in the program passes: of them there is more to say. Whether a take
    succeeds is still the trigger's word alone, since others take meanwhile.
    """
    found = guard_status(
        activity_type=activity_type,
        advocate_ids=[advocate.pk for advocate in advocates],
        detail=detail,
    )
    for advocate in sorted(advocates, key=lock_order):
        status = found.get(advocate.pk)
        if status is not None and status.reasons and advocate.status == AdvocateStatus.ACTIVE:
            raise CapacityRefused(status.reasons[0], advocate.name)
    return found


def hold_takes(advocates: Collection[Advocate]) -> None:
    """Keep everybody else from taking a unit at these people's accounts until the transaction ends.

    Every take changes its account's row first; held in the order of the locks.
    """
    accounts = {advocate.account_id for advocate in advocates}
    rows = AccountCapacity.objects.filter(account_id__in=accounts).order_by("account_id")
    list(rows.select_for_update(no_key=True).values_list("pk"))


def take_unit(
    *,
    advocate: Advocate,
    activity_type: ActivityType,
    detail: str = "",
    override_reason: str = "",
) -> Participation:
    """Open a unit because somebody asks: an ask goes out or an activity is planned (CAP-1).

    The row says what the type is today, so that editing the catalogue never rewrites history. A
    place on a reference list takes its unit only when it is called. ``override_reason`` is kept:
    it says why a guardrail that only warns was passed (CAP-5). Raises :class:`CapacityRefused`
    when a rule of CAP-1, CAP-2, CAP-3, CAP-4 or CAP-7 is reached that blocks; the
    transaction around it stays usable. Raises ``Conflict`` when the advocate's status is no longer
    the one the caller saw.
    """
    held = activity_type.tier_credit == TierCredit.CALLED
    unit = unit_row(
        advocate,
        activity_type,
        origin=Origin.ASKED,
        units=0 if held else activity_type.units,
        detail=detail,
    )
    unit.override_reason = override_reason
    try:
        with transaction.atomic():
            unit.save(force_insert=True)
    except IntegrityError as error:
        constraint, _table = violated(error)
        if constraint not in CODES:
            raise
        raise CapacityRefused(
            _reason(constraint, advocate, activity_type, detail), advocate.name
        ) from None
    # For lists and rotation. Whoever left the program in this very moment is not asked any more:
    # either their leaving is seen here, or it waits for this row and then finds the unit.
    asked = Advocate.objects.filter(pk=advocate.pk, status=advocate.status)
    if not asked.update(last_asked_at=unit.taken_at):
        raise Conflict(
            _("Somebody else has just changed the status of %(name)s.") % {"name": advocate.name}
        )
    return unit


def plan_volunteered(
    *, advocate: Advocate, activity_type: ActivityType, detail: str = ""
) -> Participation:
    """Open a unit because the advocate offered: it takes nothing and no rule refuses it (CAP-1)."""
    unit = unit_row(advocate, activity_type, origin=Origin.VOLUNTEERED, units=0, detail=detail)
    unit.save(force_insert=True)
    return unit


def complete_unit(
    *,
    participation: Participation,
    at: datetime,
    minutes: int | None = None,
    counts_for_tier: bool = True,
) -> Participation:
    """Open → completed: the same unit is kept, never counted twice (CAP-1).

    A place on a reference list was called: now it takes its unit and counts. With
    ``counts_for_tier=False`` the unit is kept without credit (a prospect's no-show, ACT-4). Raises
    ``Conflict`` unless the unit is open, ``DomainError`` when ``at`` lies in the future or before
    the unit was taken.
    """
    check_past(at)
    if at < participation.taken_at - _TOLERANCE:
        raise DomainError(
            _("It cannot have happened before it was asked for."), fields={"at": _("Too early.")}
        )
    kind = participation.activity_type
    changes: dict[str, object] = {
        "state": UnitState.COMPLETED,
        "completed_at": at,
        "minutes": minutes,
        "counts_for_tier": counts_for_tier
        and (participation.counts_for_tier or counts_when_completed(kind)),
    }
    if kind.tier_credit == TierCredit.CALLED and participation.origin == Origin.ASKED:
        changes["units"] = kind.units
    return _move(participation, UnitState.OPEN, changes)


def release_unit(*, participation: Participation, reason: str) -> Participation:
    """Open → released: the unit goes back (decline, expiry, cancellation …; CAP-1).

    A press that can be taken back takes this back as well, if the guard allows it then
    (``hold_returns``). Raises ``Conflict`` unless the unit is open.
    """
    changes: dict[str, object] = {
        "state": UnitState.RELEASED,
        "released_at": clock.now(),
        "release_reason": ReleaseReason(reason),
    }
    note(participation, changes)
    keep_also(units=str(participation.pk))
    return _move(participation, UnitState.OPEN, changes)


def unsend_unit(*, participation: Participation) -> Participation:
    """Open → released, as if it had never been taken: what was asked did not leave.

    Pacing counts asks that were sent (CAP-7), so the guard passes over it. A press that can be
    taken back takes this back as well. Raises ``Conflict`` unless the unit is open.
    """
    release_unit(participation=participation, reason=ReleaseReason.UNSENT)
    asked = Participation.objects.filter(
        advocate_id=participation.advocate_id, origin=Origin.ASKED
    ).exclude(release_reason=ReleaseReason.UNSENT)
    last = {"last_asked_at": asked.aggregate(last=Max("taken_at"))["last"]}
    asked_last = Advocate.objects.filter(
        pk=participation.advocate_id, last_asked_at=participation.taken_at
    )
    for advocate in asked_last if open_press() is not None else ():
        note(advocate, last)
    asked_last.update(**last)
    return participation


def void_unit(*, participation: Participation, reason: str) -> Participation:
    """Completed → voided: it was recorded in error and counts nowhere any more (TIER-7).

    Raises ``DomainError`` without a reason, ``Conflict`` unless the unit is completed.
    """
    if not has_words(reason):
        raise DomainError(
            _("Say why the completion is taken back."), fields={"reason": _("Give a reason.")}
        )
    changes = {
        "state": UnitState.VOIDED,
        "voided_at": clock.now(),
        "void_reason": reason.strip()[:300],
    }
    return _move(participation, UnitState.COMPLETED, changes)


def grant_tier_credit(*, participation: Participation) -> Participation:
    """Let a completed referral count for tiers now that it is qualified (spec.md, section 5).

    Idempotent: granting twice, or for what counts already, changes nothing.
    """
    Participation.objects.filter(
        pk=participation.pk, state=UnitState.COMPLETED, counts_for_tier=False
    ).exclude(activity_type__tier_credit=TierCredit.NO).update(counts_for_tier=True)
    participation.refresh_from_db(fields=["counts_for_tier"])
    return participation


def unit_row(
    advocate: Advocate, activity_type: ActivityType, *, origin: Origin, units: int, detail: str
) -> Participation:
    """A unit as it begins, not yet written."""
    return Participation(
        advocate=advocate,
        account_id=advocate.account_id,
        activity_type=activity_type,
        origin=origin,
        units=units,
        effort=activity_type.effort,
        counts_for_tier=activity_type.tier_credit in {TierCredit.YES, TierCredit.TERM},
        is_reference=activity_type.is_reference,
        detail=as_kept(detail),
        taken_at=clock.now(),
    )


def counts_when_completed(kind: ActivityType) -> bool:
    """Whether a completed activity of this type counts for tiers at once (CAT-1)."""
    return kind.tier_credit in {TierCredit.YES, TierCredit.TERM, TierCredit.CALLED}


def check_past(moment: datetime) -> None:
    """Raise ``DomainError`` for what has not happened yet."""
    if moment > clock.now() + _TOLERANCE:
        raise DomainError(
            _("Only what has already happened can be recorded."),
            fields={"at": _("This lies in the future.")},
        )


def _move(
    participation: Participation, old: UnitState, changes: dict[str, object]
) -> Participation:
    moved = Participation.objects.filter(pk=participation.pk, state=old).update(**changes)
    if not moved:
        raise Conflict(_("Somebody else has already settled this."))
    for name, value in changes.items():
        setattr(participation, name, value)
    return participation


def _reason(
    constraint: str, advocate: Advocate, activity_type: ActivityType, detail: str
) -> GuardReason:
    status = guard_status(
        activity_type=activity_type, advocate_ids=[advocate.pk], detail=detail
    ).get(advocate.pk)
    if status is not None:
        for reason in status.reasons:
            if reason.code == constraint:
                return reason
    return GuardReason(constraint, None)
