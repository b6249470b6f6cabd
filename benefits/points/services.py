"""Points by hand, and the leaderboard (BEN-7.a, BEN-7.b)."""

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.events.services import record
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.ids import uuid7
from advocacy.tenant_settings.reading import current
from advocates.access import require_change
from advocates.models import Advocate
from advocates.people.traces import require_not_erased
from benefits.catalogue.reviews import require_no_review
from benefits.points.choices import GIVEN, Source
from benefits.points.ledger import enter, require_on, take_back
from benefits.points.models import PointBalance, PointEntry, PointReason
from benefits.points.settings import PointNumbers


@transaction.atomic
def give_points(*, actor: Actor, advocate: Advocate, points: int, reason: str) -> PointEntry:
    """Give points by hand, up to the tenant's limit, and why. Raises ``DomainError`` at a field:
    for a review, ever (BEN-4.a); ``Conflict`` while points are off.
    """
    require_change(actor, "points.edit", advocate.account)
    require_on()
    require_not_erased(advocate)
    most = current(PointNumbers).hand_most
    if not 1 <= points <= most:
        problem = _("Enter a number of points from 1 to %(most)d.") % {"most": most}
        raise DomainError(problem, fields={"points": problem})
    text = _reason(reason)
    entry = enter(
        "points.given",
        actor=actor,
        advocate=advocate,
        source=Source.HAND,
        source_id=uuid7(),
        milestone=GIVEN,
        points=points,
    )
    assert entry is not None  # noqa: S101 - its id is new
    PointReason.objects.create(entry=entry, text=text)
    return entry


@transaction.atomic
def reverse_points(*, actor: Actor, entry: PointEntry, reason: str) -> PointEntry:
    """Take back what somebody earned, and why, once. Nobody falls below zero: what is spent
    already is paid from what they earn next. Returns the row that undoes it.

    Raises ``Conflict`` for a redemption, whose points come back when its benefit is cancelled, and
    for what is undone already.
    """
    permit_reverse(actor, entry)
    text = _reason(reason)
    require_reversible(entry)
    undone = take_back(entry, actor=actor)
    if undone is None:
        raise _undone()
    PointReason.objects.create(entry=undone, text=text)
    return undone


def permit_reverse(actor: Actor, entry: PointEntry) -> None:
    """Raise ``NotAllowed`` unless the actor may."""
    require_change(actor, "points.edit", entry.advocate.account)


def require_reversible(entry: PointEntry) -> None:
    """Raise ``Conflict`` unless a colleague can undo it."""
    if entry.source == Source.REDEMPTION:
        raise Conflict(
            _("Cancel the benefit that was redeemed: its points come back by themselves."),
            code="redemption",
        )
    settled = entry.is_double or entry.reverses is not None
    if settled or PointEntry.objects.filter(reverses=entry.pk).exists():
        raise _undone()


@transaction.atomic
def show_on_board(*, actor: Actor, advocate: Advocate, on_board: bool) -> PointBalance:
    """Whether somebody is on the leaderboard; theirs alone to say (BEN-7.b). Raises ``NotAllowed``
    for everybody else, ``Conflict`` while points are off.
    """
    if actor.kind != "advocate" or actor.id != advocate.pk:
        raise NotAllowed(_("Only they say whether they are on the leaderboard."))
    require_on()
    PointBalance.objects.bulk_create([PointBalance(advocate=advocate)], ignore_conflicts=True)
    rows = PointBalance.objects.filter(advocate=advocate)
    balance = rows.select_for_update(no_key=True).get()
    if balance.on_board != on_board:
        rows.update(on_board=on_board)
        balance.on_board = on_board
        verb = "board.joined" if on_board else "board.left"
        record(verb, balance, actor=actor, about=[advocate, advocate.account])
    return balance


def _reason(reason: str) -> str:
    try:
        checked = writes.clean(PointReason(), {"text": reason}, required=("text",))
    except DomainError as error:
        problem = error.fields["text"]
        raise DomainError(problem, fields={"reason": problem}) from error
    text: str = checked["text"]
    require_no_review(reason=text)
    return text


def _undone() -> Conflict:
    return Conflict(_("It was taken back already."), code="undone")
