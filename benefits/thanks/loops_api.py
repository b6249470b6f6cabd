"""What advocates are to be told came of it, over REST (API-2, AST-3)."""

from functools import cached_property
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from rest_framework import serializers

from activities.loops.models import LoopDuty
from activities.loops.services import close_loop
from advocacy import clock
from advocacy.rest.filters import BooleanFilter, FilterSet
from advocacy.rest.resources import Resource, command
from advocacy.rest.serializers import Body, RowSerializer
from advocacy.tenancy.models import Membership
from advocates.people.drafted import LONGEST_MESSAGE, LONGEST_SUBJECT
from benefits.thanks import selectors
from benefits.thanks.drafts import Draft, loop_draft_of
from benefits.thanks.news import send_news


class LoopSerializer(RowSerializer):
    """The duty to tell an advocate what came of an activity, or of a piece by itself."""

    class Meta:
        model = LoopDuty
        fields = ("id", "activity", "asset", "owner", "came_out", "news", "opened_at", "due_at")
        read_only_fields = fields


class DraftedLoopSerializer(LoopSerializer):
    """One of them, with the letter that is drafted in the advocate's language."""

    advocate = serializers.UUIDField(source="advocate.pk", read_only=True)
    subject = serializers.SerializerMethodField(help_text="Of the letter that is drafted.")
    message = serializers.SerializerMethodField(help_text="The letter that is drafted.")

    class Meta(LoopSerializer.Meta):
        fields: Any = (*LoopSerializer.Meta.fields, "advocate", "subject", "message")
        read_only_fields: Any = fields

    def get_subject(self, row: LoopDuty) -> str:
        return self._draft.subject

    def get_message(self, row: LoopDuty) -> str:
        return self._draft.letter("").strip()

    @cached_property
    def _draft(self) -> Draft:
        sender: Membership = self.context["request"].auth.owner
        return loop_draft_of(self.instance, sender=sender)  # type: ignore[arg-type]


class LoopFilter(FilterSet):
    """By person, activity, piece, whose it is, what came out and whether it is late."""

    advocate = django_filters.UUIDFilter(field_name="activity__advocate_id", method="by_advocate")
    activity = django_filters.UUIDFilter(field_name="activity_id")
    asset = django_filters.UUIDFilter(field_name="asset_id")
    owner = django_filters.UUIDFilter(field_name="owner_id")
    is_late = BooleanFilter(method="by_late")

    class Meta:
        model = LoopDuty
        fields = ("came_out",)

    def by_advocate(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """Whatever they did."""
        return rows.filter(Q(activity__advocate=value) | Q(asset__advocate=value))

    def by_late(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Whether the days are over in which they were to hear of it."""
        late = Q(due_at__lt=clock.now())
        return rows.filter(late) if value else rows.exclude(late)


class TellBody(Body):
    """The letter; what is left out is the draft's."""

    subject = serializers.CharField(max_length=LONGEST_SUBJECT, required=False)
    message = serializers.CharField(max_length=LONGEST_MESSAGE, required=False)


class ToldBody(Body):
    """What they were told, otherwise than by our mail."""

    note = serializers.CharField(max_length=500)


class LoopResource(Resource):
    """Whom to tell what came of it, until when, until it is done: everybody's to the program, to
    others their own and their accounts' (AST-3).
    """

    resource = "loops"
    permissions = {
        "list": "thanks.view",
        "retrieve": "thanks.view",
        "tell": "thanks.send",
        "told": "thanks.send",
    }
    queryset = LoopDuty.objects.none()  # for the schema, which is made for nobody in particular
    serializer_class = LoopSerializer
    filterset_class = LoopFilter
    ordering_fields = ("due_at", "id")
    ordering = "due_at"

    def get_queryset(self) -> QuerySet[LoopDuty]:
        return selectors.visible_duties(self.membership)

    def get_serializer_class(self) -> type[LoopSerializer]:
        """A list holds no letters."""
        return LoopSerializer if self.action == "list" else DraftedLoopSerializer

    @command(TellBody)
    def tell(self, row: LoopDuty, *, subject: str = "", message: str = "") -> None:
        """Send the letter; with it the duty is done."""
        draft = loop_draft_of(row, sender=self.membership)
        send_news(
            actor=self.actor,
            duty=row,
            subject=subject or draft.subject,
            message=message or draft.letter("").strip(),
        )

    @command(ToldBody)
    def told(self, row: LoopDuty, *, note: str) -> None:
        """Say that they know: they were called, or told otherwise."""
        close_loop(actor=self.actor, duty=row, note=note)
