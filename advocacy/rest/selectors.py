"""Reading API tokens."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from advocacy import clock
from advocacy.rest.models import ApiToken
from advocacy.tenancy.models import Membership


def tokens() -> QuerySet[ApiToken]:
    """All of the tenant's, those that work and those that did."""
    return ApiToken.objects.select_related("owner__user")


def get_token(pk: UUID) -> ApiToken:
    """One token; ``Http404`` when there is none."""
    found = tokens().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def usable_token(digest: str) -> ApiToken | None:
    """The token of a secret while it works: not revoked, not expired, its owner active (API-3)."""
    return (
        ApiToken.objects.select_related("owner__user", "owner__tenant")
        .filter(
            digest=digest,
            revoked_at=None,
            expires_at__gt=clock.now(),
            owner__is_active=True,
            owner__user__is_active=True,
        )
        .first()
    )


def possible_owners() -> QuerySet[Membership]:
    """Colleagues a token may act as."""
    return Membership.objects.filter(is_active=True).select_related("user").order_by("user__name")


def token_names(ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Names by id, for timelines."""
    return dict(ApiToken.objects.filter(pk__in=ids).values_list("pk", "name"))
