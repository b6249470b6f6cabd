"""Points over REST (BEN-7)."""

from typing import Any, ClassVar

import django_filters
from django.db.models import F
from rest_framework import serializers

from advocacy.rest.filters import FilterSet
from advocacy.rest.manifests import OfManifest
from advocacy.rest.resources import command
from advocacy.rest.serializers import MemberField, Reason, RowSerializer
from advocacy.tenancy.models import Membership
from advocates.models import Advocate
from benefits.points.models import PointBalance, PointEntry
from benefits.points.services import reverse_points


class Why(serializers.CharField):
    """Words that stand beside the ledger."""

    def get_attribute(self, instance: Any) -> str:
        """As the list read them."""
        text: str = instance.why
        return text


class PointEntrySerializer(RowSerializer):
    """A row of the ledger. ``source_id`` is the activity, badge or grant it follows from; redeemed
    and taken back are below zero; ``reverses`` is the row that it undoes. Writing one gives points
    by hand.
    """

    advocate = serializers.PrimaryKeyRelatedField(queryset=Advocate.objects.all())
    points = serializers.IntegerField()
    reason = Why(max_length=500)
    by = MemberField(read_only=True, allow_null=True)
    is_undone = serializers.BooleanField(read_only=True, help_text="Whether it was taken back.")

    class Meta:
        model = PointEntry
        fields = (
            "id",
            "advocate",
            "points",
            "reason",
            "source",
            "source_id",
            "milestone",
            "reverses",
            "is_undone",
            "by",
            "at",
        )
        read_only_fields = fields[4:]

    @classmethod
    def json_expressions(cls, _viewer: Membership, /) -> dict[str, Any]:
        return {"reason": F("why"), "is_undone": F("is_undone")}


class PointApi(OfManifest):
    """With the one thing that undoes a row."""

    permissions: ClassVar[dict[str, str]] = {"take_back": "points.edit"}

    @command(Reason)
    def take_back(self, entry: PointEntry, *, reason: str) -> None:
        """Take back what somebody earned, and why, once."""
        reverse_points(actor=self.actor, entry=entry, reason=reason)


class PointBalanceSerializer(RowSerializer):
    """Where somebody stands: ``lifetime`` was earned and not taken back and makes the level,
    ``can_spend`` is left to redeem, ``owes`` is paid from what they earn next.
    """

    can_spend = serializers.IntegerField(read_only=True)
    owes = serializers.IntegerField(read_only=True)

    class Meta:
        model = PointBalance
        fields = ("id", "advocate", "lifetime", "redeemed", "can_spend", "owes", "on_board")
        read_only_fields = fields

    @classmethod
    def json_expressions(cls, _viewer: Membership, /) -> dict[str, Any]:
        return {"can_spend": F("can_spend"), "owes": F("owes")}


class BalanceFilter(FilterSet):
    """By person, account, and the groups of a board."""

    advocate = django_filters.UUIDFilter(field_name="advocate_id")
    account = django_filters.UUIDFilter(field_name="advocate__account_id")

    class Meta:
        model = PointBalance
        fields = ("on_board",)


class BalanceApi(OfManifest):
    """Only read."""

    filterset_class = BalanceFilter
