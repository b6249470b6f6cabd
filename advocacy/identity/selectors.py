"""Reading members and invitations."""

import uuid
from collections.abc import Collection, Mapping

from django.db.models import QuerySet
from django.http import Http404

from advocacy import clock
from advocacy.identity.models import Invitation
from advocacy.tenancy.models import Holiday, Membership, User


def members() -> QuerySet[Membership]:
    """Everybody who is or was a member, by name."""
    return Membership.objects.select_related("user", "tenant").order_by("user__name", "pk")


def get_member(pk: uuid.UUID) -> Membership:
    """One member; raises ``Http404``."""
    member: Membership | None = members().filter(pk=pk).first()
    if member is None:
        raise Http404
    return member


def member_names(ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, str]:
    """Names by membership."""
    return {member.pk: member.name for member in members().filter(pk__in=ids)}


def pending_invitations() -> QuerySet[Invitation]:
    """Neither accepted nor withdrawn; expired ones too, since they can be sent again."""
    return Invitation.objects.filter(
        accepted_at__isnull=True, revoked_at__isnull=True
    ).select_related("invited_by__user")


def get_invitation(pk: uuid.UUID) -> Invitation:
    """One invitation; raises ``Http404``."""
    found: Invitation | None = (
        Invitation.objects.filter(pk=pk).select_related("invited_by__user").first()
    )
    if found is None:
        raise Http404
    return found


def invitation_names(ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, str]:
    """Addresses by invitation."""
    return dict(Invitation.objects.filter(pk__in=ids).values_list("pk", "email"))


def account_exists(email: str) -> bool:
    """Whether somebody can sign in with an address."""
    return User.objects.filter(email=email.strip().lower()).exists()


def coming_holidays() -> QuerySet[Holiday]:
    """Holidays that are not over in every time zone, earliest first."""
    return Holiday.objects.filter(day__gte=clock.now().date()).order_by("day")


def all_holidays() -> QuerySet[Holiday]:
    """Every holiday, past ones included, the earliest first."""
    return Holiday.objects.order_by("day")


def get_holiday(pk: uuid.UUID) -> Holiday:
    """One holiday; raises ``Http404``."""
    found: Holiday | None = Holiday.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
