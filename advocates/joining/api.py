"""Nominations over REST (API-2, IDN-2)."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers

from advocacy.rest.filters import FilterSet
from advocacy.rest.resources import Creates, Resource, command
from advocacy.rest.serializers import Body, Reason, RowSerializer
from advocates.joining import selectors as interface
from advocates.joining import services as nominations
from advocates.models import Advocate, Nomination


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


class NominationFilter(FilterSet):
    """By person and what became of it."""

    advocate = django_filters.UUIDFilter(field_name="advocate_id")
    nominated_by = django_filters.UUIDFilter(field_name="nominated_by_id")

    class Meta:
        model = Nomination
        fields = ("state", "origin")


class AcceptBody(Body):
    """Why all the same, where a criterion is not met."""

    override_reason = serializers.CharField(max_length=2000, required=False, allow_blank=True)


class NominationResource(Creates, Resource):
    """Nominations: all to who decides, to others their own and those at their accounts."""

    resource = "nominations"
    permissions = {
        "list": "nominations.submit",
        "retrieve": "nominations.submit",
        "create": "nominations.submit",
        "withdraw": "nominations.submit",
        "accept": "nominations.decide",
        "send_back": "nominations.decide",
    }
    queryset = Nomination.objects.none()  # for the schema, made for nobody in particular
    serializer_class = NominationSerializer
    filterset_class = NominationFilter
    ordering_fields = ("created_at", "id")
    ordering = "-created_at"

    def get_queryset(self) -> QuerySet[Nomination]:
        """As far as they are visible."""
        return interface.rest_nominations(self.membership)

    def create_row(self, **values: Any) -> Nomination:
        """Nominate somebody."""
        return nominations.nominate_advocate(actor=self.actor, **values)

    @command(AcceptBody)
    def accept(self, nomination: Nomination, **values: Any) -> None:
        """Take the person on the way into the program (IDN-2)."""
        nominations.accept_nomination(actor=self.actor, nomination=nomination, **values)

    @command(Reason, path="return")
    def send_back(self, nomination: Nomination, *, reason: str) -> None:
        """Not now, with a reason the nominator reads (IDN-2)."""
        nominations.return_nomination(actor=self.actor, nomination=nomination, reason=reason)

    @command()
    def withdraw(self, nomination: Nomination) -> None:
        """Take it back."""
        nominations.withdraw_nomination(actor=self.actor, nomination=nomination)
