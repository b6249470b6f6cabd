"""The community pool over REST (TIER-9)."""

from typing import Any

from rest_framework import serializers

from advocacy.rest.manifests import OfManifest
from advocacy.rest.resources import command
from advocacy.rest.serializers import Body
from advocates.models import ActivityType, Advocate, PoolMembership
from advocates.pool.inviting import invite_pool_member
from advocates.pool.services import offer_pool


class AgreeBody(Body):
    """When they agreed, and what they said or where."""

    agreed_on = serializers.DateField()
    evidence = serializers.CharField(max_length=300)


class PoolInviteBody(Body):
    """Something small, in one's own words."""

    activity_type = serializers.SlugRelatedField(
        slug_field="code", queryset=ActivityType.objects.all(), help_text="The type's code."
    )
    message = serializers.CharField(max_length=2000)


class PoolApi(OfManifest):
    """With the one thing beside its moves."""

    permissions = {"invite": "pool.edit"}

    @command(PoolInviteBody)
    def invite(self, place: PoolMembership, *, activity_type: ActivityType, message: str) -> None:
        """Invite one member of the pool to something of low effort; at most twice a year, 91 days
        apart, or as the tenant says.
        """
        invite_pool_member(
            actor=self.actor, place=place, activity_type=activity_type, message=message
        )


def offer_action() -> Any:
    """An advocate's action: ask them by mail whether they would like to hear from us."""

    def offer_pool_place(self: Any, advocate: Advocate) -> None:
        """Ask a promoter who is not enrolled whether they would like to hear from us (TIER-9)."""
        offer_pool(actor=self.actor, advocate=advocate)

    return command(path="offer-pool")(offer_pool_place)
