"""Nominations, and the steps of the way in, over REST (API-2, IDN-2, ENR-1)."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import Collate
from rest_framework import serializers

from advocacy.rest.serializers import Body, MemberField, OptionalReason, RowSerializer
from advocacy.tenancy.models import Membership
from advocates.joining import invitations, steps
from advocates.models import Advocate, Nomination, NominationWish
from advocates.touches.models import CULTIVATING

#: What somebody is won by.
TOUCHES = [(str(kind), kind.label) for kind in CULTIVATING]


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


class QualifyBody(AcceptBody):
    """Why this candidate, unless somebody nominated them; why all the same."""

    reasons = serializers.CharField(max_length=2000, required=False, allow_blank=True)


class CultivateBody(Body):
    """The first touch, which is kept as one."""

    touch = serializers.ChoiceField(choices=TOUCHES)
    happened_on = serializers.DateField(required=False, help_text="Today, where it is not said.")
    by = MemberField(required=False, allow_null=True, help_text="You, where it is not said.")
    note = serializers.CharField(max_length=2000, required=False, allow_blank=True)


class InviteBody(Body):
    """Who writes, and the three parts of the letter."""

    sender = MemberField()
    personal_line = serializers.CharField(max_length=1000, help_text="Why them.")
    asked = serializers.CharField(
        max_length=1000,
        required=False,
        allow_blank=True,
        help_text="What is asked of them; the usual words, where it is not said.",
    )
    gives = serializers.CharField(
        max_length=1000,
        required=False,
        allow_blank=True,
        help_text="What they get; the usual words, where it is not said.",
    )
    reason = serializers.CharField(
        max_length=500,
        required=False,
        allow_blank=True,
        help_text="Needed where no touch is on record.",
    )
    level_reason = serializers.CharField(
        max_length=500,
        required=False,
        allow_blank=True,
        help_text="Needed where the sender is of another level than the score asks for.",
    )


#: The moves of the way in: their services and bodies.
WAY_IN = {
    "qualify": steps.qualify_advocate,
    "cultivate": steps.cultivate_advocate,
    "set_back": steps.set_back_advocate,
    "invite": invitations.invite_advocate,
    "withdraw_invitation": invitations.withdraw_open_invitation,
    "decline": steps.record_decline,
    "reconsider": steps.reconsider_advocate,
}
WAY_IN_BODIES = {
    "qualify": QualifyBody,
    "cultivate": CultivateBody,
    "set_back": OptionalReason,
    "invite": InviteBody,
    "decline": OptionalReason,
}
