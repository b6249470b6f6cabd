"""Export and erasure of everything held about one person (GDPR-1)."""

import re
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.services import record
from advocacy.records.export import counts_of, export_of
from advocacy.records.forgetting import forget
from advocacy.records.held import rows_about
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.text import has_words, one_line
from advocates import locks
from advocates.access import require_change
from advocates.erasure_requests.farewell import farewell_to, send_farewell
from advocates.joining.enrolment import move_status, tell_status
from advocates.models import Advocate, Capacity, Erasure, TierChange
from advocates.people.choices import ENROLLED
from advocates.people.traces import traces_of
from advocates.program.tiers.services import evaluate_tiers

_LONGEST_REASON = 300


@transaction.atomic
def export_advocate(*, actor: Actor, advocate: Advocate) -> dict[str, Any]:
    """Everything held about somebody, for a colleague who may, or for themselves.

    Their own copy leaves out texts about others in which they are named. That it was made is on
    the record; what it said is not.
    """
    own = (actor.kind, actor.id) == ("advocate", advocate.pk)
    if not own:
        require_change(actor, "advocates.export", advocate.account)
    document = export_of(advocate, traces_of(advocate), with_mentions=not own)
    record("advocate.exported", advocate, actor=actor, about=[advocate.account])
    return document


def held_about(advocate: Advocate) -> list[tuple[str, int]]:
    """How many rows of each kind there are about somebody, the most first."""
    return counts_of(advocate, traces_of(advocate))


def permit_erasure(actor: Actor, advocate: Advocate) -> None:
    """Raise ``NotAllowed`` unless the actor runs the program."""
    require_change(actor, "advocates.erase", advocate.account)


@transaction.atomic
def erase_advocate(*, actor: Actor, advocate: Advocate, name: str, reason: str) -> Advocate:
    """Take everything personal away, everywhere; there is no way back (GDPR-1).

    What was asked, given, thanked and cost stays as numbers that are nobody's. Who is in the
    program leaves it first: open asks are withdrawn, booked activities called off, links end.
    ``name`` is the person's, typed by whoever does it. Who asked for it gets one last mail, of
    which nothing is kept once it has left. Erased before: nothing happens. All or
    nothing: one transaction. Locks what ``advocates.locks`` was told, then capacity.

    Raises ``DomainError`` at ``name`` or ``reason``, ``Conflict`` while a file is being read that
    may hold the person.
    """
    permit_erasure(actor, advocate)
    locks.lock_above(advocate.pk)
    list(Capacity.objects.select_for_update().filter(advocate=advocate))
    advocate = (
        Advocate.objects.select_for_update(of=("self",))
        .select_related("account", "tenant")
        .get(pk=advocate.pk)
    )
    if advocate.erased_at is not None:
        return advocate
    traces, farewell = traces_of(advocate), farewell_to(advocate)
    reason = _checked(advocate, name, reason)
    before = advocate.status
    if advocate.status in ENROLLED:
        move_status(advocate, "retire")
        tell_status("advocate.retired", advocate, actor, before, reason)
    move_status(advocate, "erase")
    record(
        "advocate.erased",
        advocate,
        actor=actor,
        payload={"before": before},
        about=[advocate.account],
    )
    evaluate_tiers(advocate_ids=[advocate.pk], why=TierChange.Why.LEFT, actor=actor)
    forget(advocate, traces, rows_about(advocate, traces))
    if farewell is not None:
        send_farewell(farewell)
    now = clock.now()
    Erasure.objects.create(advocate=advocate, reason=reason, erased_by=actor.membership, at=now)
    Advocate.objects.filter(pk=advocate.pk).update(erased_at=now, updated_at=now)
    return advocate.reload()


def _checked(advocate: Advocate, name: str, reason: str) -> str:
    """The reason, once both are as they must be."""
    problems: dict[str, str] = {}
    if one_line(name).casefold() != one_line(advocate.name).casefold():
        problems["name"] = _("Type the name exactly as it stands here: %(name)s.") % {
            "name": advocate.name
        }
    kept = one_line(reason)
    if not has_words(kept):
        problems["reason"] = _("Say why, for whoever asks later.")
    elif len(kept) > _LONGEST_REASON:
        problems["reason"] = _("Keep the reason under 300 characters.")
    elif _names(advocate, kept):
        problems["reason"] = _("The reason is kept; leave the person's name and address out of it.")
    if problems:
        raise DomainError(_("Nothing was erased."), code="not_confirmed", fields=problems)
    return kept


def _names(advocate: Advocate, text: str) -> bool:
    """Whether a text says who it is."""
    known = (advocate.first_name, advocate.last_name, advocate.email, advocate.phone)
    words = "|".join(re.escape(word) for word in known if word)
    return bool(re.search(rf"(?<!\w)(?:{words})(?!\w)", text, re.IGNORECASE))
