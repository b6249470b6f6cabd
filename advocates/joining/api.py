"""Nominations over REST (API-2, IDN-2)."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import Collate
from rest_framework import serializers

from advocacy.rest.serializers import Body, RowSerializer
from advocacy.tenancy.models import Membership
from advocates.models import Advocate, Nomination, NominationWish


class NominationSerializer(RowSerializer):
    """A person is proposed for the program, by a colleague or by themselves (IDN-2)."""

    advocate = serializers.PrimaryKeyRelatedField(
        queryset=Advocate.objects.select_related("account")
    )
    wishes = serializers.SerializerMethodField(
        help_text="Codes of the activity types somebody who offered to help would enjoy."
    )

    def get_wishes(self, nomination: Nomination) -> list[str]:
        """Codes, sorted."""
        return sorted(wish.activity_type.code for wish in nomination.wishes.all())

    @classmethod
    def json_expressions(cls, _viewer: Membership, /) -> dict[str, Any]:
        wishes = NominationWish.objects.filter(nomination=OuterRef("pk"))
        codes = wishes.order_by(Collate("activity_type__code", "C")).values("activity_type__code")
        return {"wishes": ArraySubquery(codes)}

    class Meta:
        model = Nomination
        fields = (
            "id",
            "advocate",
            "origin",
            "reasons",
            "wishes",
            "state",
            "criteria",
            "override_reason",
            "return_reason",
            "nominated_by",
            "decided_by",
            "decided_at",
            "created_at",
        )
        read_only_fields = tuple(name for name in fields if name not in ("advocate", "reasons"))


class AcceptBody(Body):
    """Why all the same, where a criterion is not met."""

    override_reason = serializers.CharField(max_length=2000, required=False, allow_blank=True)
