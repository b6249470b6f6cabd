"""The reward shop over REST (BEN-7.c)."""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import F
from rest_framework import serializers

from advocacy.rest.manifests import OfManifest
from advocacy.rest.resources import command
from advocacy.rest.serializers import Body, RowSerializer
from advocacy.tenancy.models import Membership
from advocates.models import Advocate
from benefits.catalogue.models import Benefit
from benefits.points.shop.models import ShopItem
from benefits.points.shop.services import redeem


class ShopItemSerializer(RowSerializer):
    """A benefit of the catalogue for points; ``waiting`` were redeemed and wait for an approval."""

    benefit = serializers.PrimaryKeyRelatedField(queryset=Benefit.objects.all())
    waiting = serializers.IntegerField(read_only=True)
    anyway = serializers.BooleanField(
        required=False,
        write_only=True,
        help_text="Offer it although what there is of it is promised (409 over_committed).",
    )

    class Meta:
        model = ShopItem
        fields = ("id", "benefit", "points", "is_on", "anyway", "waiting", "created_at")
        read_only_fields = ("id", "waiting", "created_at")

    #: Without what is only written.
    SHOWN: ClassVar[tuple[str, ...]] = tuple(name for name in Meta.fields if name != "anyway")

    @classmethod
    def json_expressions(cls, _viewer: Membership, /) -> dict[str, Any]:
        return {"waiting": F("waiting")}


class RedeemBody(Body):
    """For whom. ``key`` is yours to choose: the same one again is the same redemption."""

    advocate = serializers.PrimaryKeyRelatedField(
        queryset=Advocate.objects.select_related(
            "account__owner__user", "account__tenant", "tenant"
        )
    )
    key = serializers.UUIDField()
    anyway = serializers.BooleanField(
        required=False,
        default=False,
        help_text="Take it although it is promised to others (409 over_committed).",
    )


class ShopApi(OfManifest):
    """With redeeming on somebody's behalf; the grant that follows is among the grants."""

    permissions: ClassVar[dict[str, str]] = {"redeem": "grants.edit"}

    @command(RedeemBody)
    def redeem(
        self, item: ShopItem, *, advocate: Advocate, key: UUID, anyway: bool = False
    ) -> None:
        """Redeem a reward for somebody who asked for it."""
        redeem(actor=self.actor, advocate=advocate, item=item, key=key, anyway=anyway)
