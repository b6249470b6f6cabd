"""Two records of one person become one (ADV-1)."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.services import record
from advocacy.records.merging import merge_rows, refuse_same
from advocacy.records.writes import stored
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocates import locks
from advocates.access import require_change
from advocates.joining.choices import InvitationState, NominationState
from advocates.joining.lifecycle import INVITATION, NOMINATION
from advocates.models import (
    Advocate,
    Capacity,
    Nomination,
    Preference,
    ProgramInvitation,
    TierChange,
    TypePreference,
)
from advocates.people.choices import AdvocateStatus
from advocates.people.preferences import align_allowance
from advocates.people.services import ADVOCATE_FIELDS
from advocates.people.traces import require_not_erased
from advocates.program.tiers.services import evaluate_tiers

#: What a person wishes is taken as a whole from one of the two.
PREFERENCES = "preferences"
#: What can be taken from the record that goes.
CHOICES = (*ADVOCATE_FIELDS, PREFERENCES)

#: Where the one stands whose records stood in different places. What spares them comes first: a
#: pause, and a no that is to be respected.
_STANDS = (
    AdvocateStatus.PAUSED,
    AdvocateStatus.ACTIVE,
    AdvocateStatus.INVITED,
    AdvocateStatus.DECLINED,
    AdvocateStatus.CULTIVATING,
    AdvocateStatus.QUALIFIED,
    AdvocateStatus.NOMINATED,
    AdvocateStatus.ALUMNI,
    AdvocateStatus.CANDIDATE,
)


def status_of_both(kept: Advocate, gone: Advocate) -> AdvocateStatus:
    """The status of the one that lives on."""
    return min((AdvocateStatus(person.status) for person in (kept, gone)), key=_STANDS.index)


def permit_merge(actor: Actor, kept: Advocate, gone: Advocate) -> None:
    """Raise unless the actor may, and these are two records of one tenant."""
    require_change(actor, "records.merge", kept.account)
    refuse_same(kept, gone)


@transaction.atomic
def merge_advocates(
    *, actor: Actor, kept: Advocate, gone: Advocate, take: Collection[str] = ()
) -> Advocate:
    """Make two records one; the history of both stays, and there is no way back (ADV-1).

    ``take`` names the fields (of :data:`CHOICES`) whose value is that of the record that goes;
    the others stay as ``kept`` has them. What is many (ids, topics, consents, absences, companies
    to avoid) comes together. Units given to both are facts: they may come to more than the
    allowance. Whoever asks for the id that goes is led to the one that lives on.

    Locks what ``advocates.locks`` was told, then both capacities, by id; of two merges at once the
    second finds that its record is gone (``Conflict``). Raises ``DomainError`` for a field that is
    none, and for one record given twice.
    """
    permit_merge(actor, kept, gone)
    if unknown := set(take) - set(CHOICES):
        problem = _("There is no such field; there are: %(names)s.") % {"names": ", ".join(CHOICES)}
        raise DomainError(problem, fields={"take": f"{', '.join(sorted(unknown))}: {problem}"})
    kept, gone = _locked(kept, gone)
    status, was = status_of_both(kept, gone), kept.status
    _settle(kept, gone, actor, take)
    values = {name: getattr(gone, name) for name in take if name != PREFERENCES}
    if "executive_sponsor" in take:
        values["sponsored_since"] = gone.sponsored_since
    values |= {
        "status": status,
        "enrolled_at": _first(kept.enrolled_at, gone.enrolled_at),
        "last_asked_at": _last(kept.last_asked_at, gone.last_asked_at),
        "declined_at": _last(kept.declined_at, gone.declined_at),
        "created_at": _first(kept.created_at, gone.created_at),
        "updated_at": clock.now(),
    }
    taken = [name for name in sorted(take) if name == PREFERENCES or _differs(kept, gone, name)]
    company = gone.account
    merge_rows(kept=kept, gone=gone, actor=actor)
    for name, value in values.items():
        setattr(kept, name, value)
    kept.save(update_fields=list(values))
    align_allowance(kept)
    record(
        "advocate.merged",
        kept,
        actor=actor,
        payload={
            "merged": str(gone.pk),
            "taken": taken,
            "status": [str(was), str(status)],
        },
        about={row.pk: row for row in (kept.account, company)}.values(),
    )
    evaluate_tiers(advocate_ids=[kept.pk], why=TierChange.Why.EARNED, actor=actor)
    return kept.reload()


def _locked(kept: Advocate, gone: Advocate) -> tuple[Advocate, Advocate]:
    """Both as they are now, locked against asks, other merges and erasures."""
    ids = sorted((kept.pk, gone.pk))
    for pk in ids:
        locks.lock_above(pk)
    list(Capacity.objects.select_for_update().filter(advocate__in=ids).order_by("advocate_id"))
    rows = Advocate.objects.select_for_update(of=("self",)).select_related("account", "tenant")
    found = {row.pk: row for row in rows.filter(pk__in=ids).order_by("pk")}
    if len(found) < len(ids):
        raise Conflict(
            _("One of the two has just become part of another record. Look at what is there now."),
            code="merged",
        )
    for row in found.values():
        require_not_erased(row)
    return found[kept.pk], found[gone.pk]


def _settle(kept: Advocate, gone: Advocate, actor: Actor, take: Collection[str]) -> None:
    """What both have and one may have once: a wish, an open nomination, an open invitation."""
    if PREFERENCES in take and Preference.objects.filter(advocate=gone).exists():
        Preference.objects.filter(advocate=kept).delete()
        theirs = TypePreference.objects.filter(advocate=gone).values("activity_type")
        TypePreference.objects.filter(advocate=kept, activity_type__in=theirs).delete()
    now = clock.now()
    open_nominations = Nomination.objects.filter(state=NominationState.SUBMITTED)
    if open_nominations.filter(advocate=kept).exists():
        for nomination in open_nominations.filter(advocate=gone):
            NOMINATION.move(nomination, "withdraw", decided_by=actor.membership, decided_at=now)
            record(NOMINATION["withdraw"].verb, nomination, actor=actor, about=[kept])
    open_invitations = ProgramInvitation.objects.filter(state=InvitationState.SENT)
    if open_invitations.filter(advocate=kept).exists():
        for invitation in open_invitations.filter(advocate=gone):
            INVITATION.move(invitation, "withdraw", answered_at=now)
            record(INVITATION["withdraw"].verb, invitation, actor=actor, about=[kept])


def _differs(kept: Advocate, gone: Advocate, name: str) -> bool:
    return bool(stored(kept, name) != stored(gone, name))


def _first(*moments: Any) -> Any:
    return min((moment for moment in moments if moment is not None), default=None)


def _last(*moments: Any) -> Any:
    return max((moment for moment in moments if moment is not None), default=None)
