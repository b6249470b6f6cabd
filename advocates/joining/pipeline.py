"""The way into the program as a board: who stands where, how long, and what comes next (ENR-1).

A column shows its first cards and counts no farther than any list; who else stands there is in the
list it leads to.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy import clock
from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.reading import current
from advocacy.web import formatting as words
from advocacy.web.counting import Count, counts
from advocates.candidates.selectors import put_aside, with_score
from advocates.changes import tenant_today
from advocates.joining.choices import InvitationState, NominationState
from advocates.joining.numbers import Recruiting
from advocates.models import Advocate, Nomination, ProgramInvitation, Touch
from advocates.people.choices import AdvocateStatus
from advocates.people.selectors import MAY_JOIN
from advocates.touches.models import CULTIVATING

#: Cards of a column; nobody drags through more.
SHOWN = 20
#: Who joined stays on the board for so long.
JOINED_FOR = timedelta(days=90)

_LABELS: dict[str, Promise] = {
    AdvocateStatus.CANDIDATE: gettext_lazy("Candidates"),
    AdvocateStatus.NOMINATED: gettext_lazy("Nominated"),
    AdvocateStatus.QUALIFIED: gettext_lazy("Qualified"),
    AdvocateStatus.CULTIVATING: gettext_lazy("Cultivating"),
    AdvocateStatus.INVITED: gettext_lazy("Invited"),
    AdvocateStatus.ACTIVE: gettext_lazy("Joined lately"),
    AdvocateStatus.DECLINED: gettext_lazy("Said no"),
}
STAGES = tuple(_LABELS)


@dataclass(slots=True)
class Facts:
    """What the cards of all columns need beside the people: a statement each."""

    nominations: dict[UUID, Nomination] = field(default_factory=dict)
    invitations: dict[UUID, ProgramInvitation] = field(default_factory=dict)
    touched: set[UUID] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Standing:
    """One person on the board."""

    person: Any
    nomination: Nomination | None
    invitation: ProgramInvitation | None
    touched: bool

    @property
    def since(self) -> datetime:
        """When they came to this column; who never moved has been there from the start."""
        entered: datetime = self.person.status_since or self.person.created_at
        return entered

    @property
    def next(self) -> str:
        """What comes next, in a few words."""
        return _NEXT[self.person.status](self)

    @property
    def late(self) -> bool:
        """Whether somebody waits too long: a decision is due, or the link ran out."""
        now = clock.now()
        if self.nomination is not None and self.nomination.decide_by is not None:
            return self.nomination.decide_by < now
        return self.invitation is not None and self.invitation.expires_at <= now


@dataclass(frozen=True, slots=True)
class Stage:
    """One column: how many stand there, and the first of them."""

    code: str
    label: str
    count: Count
    people: list[Standing]


def board(viewer: Membership, *, mine: bool) -> list[Stage]:
    """The columns; ``mine``: people at the viewer's own accounts only.

    A statement a column and four beside them, however many people there are.
    """
    columns = {code: _column(code, viewer, mine=mine) for code in STAGES}
    totals = counts(*columns.values())
    shown = {code: list(_ordered(code, rows)[:SHOWN]) for code, rows in columns.items()}
    facts = _facts(shown)
    return [
        Stage(code, str(_LABELS[code]), total, [_standing(each, facts) for each in shown[code]])
        for code, total in zip(columns, totals, strict=True)
    ]


def _column(code: str, viewer: Membership, *, mine: bool) -> QuerySet[Any]:
    people = Advocate.objects.filter(status=code, erased_at=None)
    if mine:
        people = people.filter(account__owner=viewer)
    if code == AdvocateStatus.CANDIDATE:
        return people.filter(MAY_JOIN).exclude(put_aside())
    if code == AdvocateStatus.ACTIVE:
        return people.filter(enrolled_at__gte=clock.now() - JOINED_FOR)
    return people


def _ordered(code: str, people: QuerySet[Any]) -> QuerySet[Any]:
    rows = with_score(people).select_related("account__owner__user", "tenant")
    if code in (AdvocateStatus.CANDIDATE, AdvocateStatus.NOMINATED):
        return rows.order_by("-score", "pk")
    latest = code in (AdvocateStatus.ACTIVE, AdvocateStatus.DECLINED)
    since = F("status_since")
    order = since.desc(nulls_last=True) if latest else since.asc(nulls_first=True)
    return rows.order_by(order, "pk")


def _facts(shown: dict[str, list[Any]]) -> Facts:
    facts = Facts()
    nominated = shown[AdvocateStatus.NOMINATED]
    for nomination in Nomination.objects.filter(
        advocate__in=[each.pk for each in nominated], state=NominationState.SUBMITTED
    ):
        facts.nominations[nomination.advocate_id] = nomination
    for invitation in ProgramInvitation.objects.filter(
        advocate__in=[each.pk for each in shown[AdvocateStatus.INVITED]],
        state=InvitationState.SENT,
    ):
        facts.invitations[invitation.advocate_id] = invitation
    since = tenant_today() - timedelta(days=current(Recruiting).touch_days)
    waiting = [*shown[AdvocateStatus.QUALIFIED], *shown[AdvocateStatus.CULTIVATING]]
    facts.touched = set(
        Touch.objects.filter(
            Q(kind__in=CULTIVATING, about_ask=False, happened_on__gte=since),
            advocate__in=[each.pk for each in waiting],
        ).values_list("advocate_id", flat=True)
    )
    return facts


def _standing(person: Any, facts: Facts) -> Standing:
    return Standing(
        person,
        facts.nominations.get(person.pk),
        facts.invitations.get(person.pk),
        person.pk in facts.touched,
    )


def _decide(standing: Standing) -> str:
    due = standing.nomination.decide_by if standing.nomination else None
    return _("Decide by %(day)s") % {"day": words.day(due)} if due else _("To be decided")


def _invite(standing: Standing) -> str:
    if not standing.touched:
        return _("Be in touch first")
    if standing.person.score >= current(Recruiting).executive_from:
        return _("Invite, from an executive")
    return _("Invite")


def _answer(standing: Standing) -> str:
    invitation = standing.invitation
    if invitation is None:
        return _("Waits for an answer")
    what = _("The link ran out %(when)s") if standing.late else _("The link works until %(when)s")
    when = words.since(invitation.expires_at) if standing.late else words.day(invitation.expires_at)
    return what % {"when": when}


def _rest(standing: Standing) -> str:
    until = standing.person.decline_final_until
    return _("Not before %(day)s") % {"day": words.day(until)} if until else _("May be asked again")


_NEXT: dict[str, Any] = {
    AdvocateStatus.CANDIDATE: lambda _standing: _("Nominate or qualify"),
    AdvocateStatus.NOMINATED: _decide,
    AdvocateStatus.QUALIFIED: _invite,
    AdvocateStatus.CULTIVATING: _invite,
    AdvocateStatus.INVITED: _answer,
    AdvocateStatus.ACTIVE: lambda _standing: _("First steps together"),
    AdvocateStatus.DECLINED: _rest,
}
