"""Reading nominations and invitations (IDN-2, ENR-1)."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from advocacy.tenancy.delegation import answers_for
from advocacy.tenancy.models import Membership
from advocates.access import changeable, may_change
from advocates.joining.choices import InvitationState, NominationOrigin, NominationState
from advocates.joining.lifecycle import INVITATION
from advocates.models import (
    Account,
    Advocate,
    Nomination,
    ProgramInvitation,
)
from advocates.people.choices import AdvocateStatus
from advocates.people.lifecycle import ENROLMENT

#: From here somebody can be nominated; a decline must have run its time.
NOMINABLE = (*ENROLMENT["nominate"].source, *ENROLMENT["reconsider"].source)
#: A list to pick from holds no more; a person's own page nominates anybody.
MOST_PEOPLE = 200
#: From here somebody can be invited (ENR-1).
INVITABLE = ENROLMENT["invite"].source


def listed_nominations() -> QuerySet[Nomination]:
    """Every nomination with the people in it, newest first."""
    return Nomination.objects.select_related(
        "advocate__account", "nominated_by__user", "decided_by__user"
    )


def open_nominations() -> QuerySet[Nomination]:
    """To be decided, the longest waiting first: for the queue of those who decide."""
    return listed_nominations().filter(state=NominationState.SUBMITTED).order_by("created_at", "id")


def my_nominations(membership: Membership) -> QuerySet[Nomination]:
    """A member's own nominations, and what people at their accounts offered (IDN-2)."""
    mine = answers_for(membership)
    return listed_nominations().filter(
        Q(nominated_by__in=mine)
        | Q(origin=NominationOrigin.SELF, advocate__account__owner__in=mine)
    )


def my_returned_nominations(membership: Membership) -> QuerySet[Nomination]:
    """Nominations of a member that came back and that they have not looked at yet."""
    return (
        listed_nominations()
        .filter(nominated_by=membership, state=NominationState.RETURNED, seen_at=None)
        .order_by("decided_at", "id")
    )


def my_accepted_nominations(membership: Membership) -> QuerySet[Nomination]:
    """Nominations of a member that were accepted and that they have not looked at yet."""
    return (
        listed_nominations()
        .filter(nominated_by=membership, state=NominationState.ACCEPTED, seen_at=None)
        .order_by("decided_at", "id")
    )


def visible_nominations(viewer: Membership) -> QuerySet[Nomination]:
    """All to who decides; to others their own and those at their accounts (IDN-2)."""
    rows = Nomination.objects.select_related(
        "advocate__account__owner__user",
        "advocate__tenant",
        "nominated_by__user",
        "decided_by__user",
        "tenant",
    ).prefetch_related("wishes__activity_type")
    if viewer.can("nominations.decide"):
        return rows
    mine = answers_for(viewer)
    return rows.filter(Q(nominated_by__in=mine) | Q(advocate__account__owner__in=mine))


def get_nomination(pk: UUID, membership: Membership) -> Nomination:
    """One nomination that a member may see; else ``Http404``."""
    found = visible_nominations(membership).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def earlier_nominations(nomination: Nomination) -> list[Nomination]:
    """What became of the same person's nominations before, the newest first."""
    return list(
        listed_nominations()
        .filter(advocate=nomination.advocate_id, created_at__lt=nomination.created_at)
        .exclude(pk=nomination.pk)[:5]
    )


def nomination_of(advocate: Advocate) -> Nomination | None:
    """The newest nomination of a person."""
    return listed_nominations().filter(advocate=advocate).first()


def invitation_of(advocate: Advocate) -> ProgramInvitation | None:
    """The newest invitation of a person."""
    return (
        ProgramInvitation.objects.select_related("sender__user").filter(advocate=advocate).first()
    )


def invitation_names(ids: Collection[UUID]) -> dict[UUID, str]:
    """Who is invited, for timelines."""
    rows = ProgramInvitation.objects.filter(pk__in=ids).select_related("advocate")
    return {row.pk: row.advocate.name for row in rows}


def way_in(advocate: Advocate, membership: Membership) -> dict[str, Any] | None:
    """What the card about nomination and invitation shows; ``None`` when there is nothing."""
    nomination, invitation = nomination_of(advocate), invitation_of(advocate)
    may = may_change(membership, "advocates.invite", advocate.account)
    may_invite = may and advocate.status in INVITABLE
    if nomination is None and invitation is None and not may_invite:
        return None
    is_open = invitation is not None and invitation.state == InvitationState.SENT
    return {
        "advocate": advocate,
        "nomination": nomination,
        "invitation": invitation,
        "may_invite": may_invite,
        "may_cultivate": may and advocate.status == AdvocateStatus.QUALIFIED,
        "may_set_back": may and advocate.status in ENROLMENT["set_back"].source,
        "may_decline": may and advocate.status in ENROLMENT["decline"].source,
        "withdraw": INVITATION["withdraw"] if may and is_open else None,
    }


def may_nominate(advocate: Advocate) -> bool:
    """Whether a person is in a state in which a nomination makes sense."""
    return advocate.status in NOMINABLE and advocate.decline_final_until is None


def nominable_people(
    membership: Membership, *, account: Account | None = None, limit: int = MOST_PEOPLE
) -> Sequence[Advocate]:
    """People a member may nominate: at one account, else at own accounts first.

    A CSM sees own accounts and those without an owner.
    """
    people = Advocate.objects.select_related("account", "tenant").filter(status__in=NOMINABLE)
    if account is not None:
        people = people.filter(account=account)
    people = people.filter(changeable(membership, "account"))
    people = people.order_by("account__name", "last_name", "first_name", "id")[:limit]
    return [person for person in people if may_nominate(person)]


def get_nominable(pk: UUID) -> Advocate | None:
    """A person with what the criteria read; ``None`` for nobody."""
    return Advocate.objects.select_related("account__owner__user", "tenant").filter(pk=pk).first()
