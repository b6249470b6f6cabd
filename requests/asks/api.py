"""Asks over REST (API-2, ASK-1), with who was asked only as disclosure allows (VIS-1)."""

from typing import Any

import django_filters
from django.db.models import Case, F, QuerySet, Value, When
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from advocacy.rest.filters import FilterSet
from advocacy.rest.manifests import moves_of
from advocacy.rest.resources import Resource, command
from advocacy.rest.serializers import RowSerializer
from advocacy.tenancy.models import Membership
from advocates.people.disclosure import sees_everybody
from advocates.people.selectors import full_name
from requests.asks import answers, disclosure, saying, taking_back
from requests.asks import selectors as interface
from requests.asks.bodies import (
    AnswerBody,
    ChooseBody,
    KeepBackBody,
    OfferBody,
    PutOffBody,
    TimeBody,
)
from requests.asks.disclosure import identities, is_named_to
from requests.asks.lifecycle import ASK
from requests.models import Ask, AskSlot
from requests.scheduling import choosing, renewing, undo
from requests.scheduling import services as scheduling

_UUID = {"type": ["string", "null"], "format": "uuid"}
_TEXT = {"type": ["string", "null"]}


class SlotSerializer(serializers.ModelSerializer):
    """A time proposed with an ask."""

    class Meta:
        model = AskSlot
        fields = ("id", "starts_at", "ends_at", "offered", "picked")
        read_only_fields = fields


class AskSerializer(RowSerializer):
    """One question to one advocate.

    To whom advocates are not open, ``advocate`` and ``name`` are null until disclosure allows
    them and they were revealed; what would betray them (the text, the answer's words) is null.
    Role, industry, size, region and fit are always there.
    """

    advocate = serializers.SerializerMethodField()
    name = serializers.SerializerMethodField()
    job_title = serializers.CharField(source="advocate.job_title", read_only=True)
    seniority = serializers.CharField(source="advocate.seniority", read_only=True)
    industry = serializers.CharField(source="advocate.account.industry", read_only=True)
    segment = serializers.CharField(source="advocate.account.segment", read_only=True)
    region = serializers.CharField(source="advocate.account.region", read_only=True)
    slots = SlotSerializer(many=True, read_only=True)
    detail = serializers.CharField(
        source="participation.detail", read_only=True, help_text="The topic or site it carries."
    )

    #: Written by or about the person; only for whom advocates are open.
    INSIDE = (
        "activity",
        "subject",
        "message",
        "override_reason",
        "decline_reason",
        "suggested_name",
        "suggested_email",
        "time_note",
        # Whose account it is says which.
        "say_of",
        "say_because",
        "said_by",
        "say_note",
    )

    class Meta:
        model = Ask
        fields = (
            "id",
            "request",
            "advocate",
            "name",
            "detail",
            "job_title",
            "seniority",
            "industry",
            "segment",
            "region",
            "score",
            "state",
            "sender",
            "activity",
            "subject",
            "message",
            "override_reason",
            "is_sent",
            "sent_at",
            "expires_at",
            "proposed_at",
            "say_of",
            "say_until",
            "say_because",
            "said",
            "said_at",
            "said_by",
            "say_note",
            "not_before",
            "answered_at",
            "answered_by",
            "decline_reason",
            "later_on",
            "suggested_name",
            "suggested_email",
            "time_note",
            "language",
            "times_asked_at",
            "time_wish",
            "time_wished_at",
            "slots",
        )
        read_only_fields = fields

    def get_fields(self) -> dict[str, serializers.Field]:
        """What is only for some may be null, whatever the row has."""
        fields: dict[str, serializers.Field] = super().get_fields()
        for name in self.INSIDE:
            fields[name].allow_null = True
        return fields

    def _is_named(self, ask: Ask) -> bool:
        return bool(self.context["identities"][ask.pk].is_named)

    @extend_schema_field(_UUID)
    def get_advocate(self, ask: Ask) -> str | None:
        """Who, as disclosure allows."""
        return str(ask.advocate_id) if self._is_named(ask) else None

    @extend_schema_field(_TEXT)
    def get_name(self, ask: Ask) -> str | None:
        """Who in words, as disclosure allows."""
        return ask.advocate.name if self._is_named(ask) else None

    def to_representation(self, instance: Ask) -> dict[str, Any]:
        shown: dict[str, Any] = super().to_representation(instance)
        if not self.context["open"]:
            shown |= dict.fromkeys(self.INSIDE)
        return shown

    @classmethod
    def json_expressions(cls, viewer: Membership, /) -> dict[str, Any]:
        if sees_everybody(viewer):
            return {"advocate": F("advocate_id"), "name": full_name("advocate__")}
        named = is_named_to(viewer)
        return {
            "advocate": Case(When(named, then=F("advocate_id"))),
            "name": Case(When(named, then=full_name("advocate__"))),
            **dict.fromkeys(cls.INSIDE, Value(None)),
        }


class AskFilter(FilterSet):
    """By request and state. Not by advocate: a filter would name who is not to be named."""

    request = django_filters.UUIDFilter(field_name="request_id")

    class Meta:
        model = Ask
        fields = ("state",)


class ShowsAsks:
    """Hands the serializer what a member may see of each ask, in one query for all of them."""

    def ask_context(self: Any, rows: list[Ask]) -> dict[str, Any]:
        """For :class:`AskSerializer`."""
        return {
            **self.get_serializer_context(),
            "identities": identities(self.membership, rows),
            "open": sees_everybody(self.membership),
        }


_Moves = moves_of(
    ASK,
    subject="ask",
    services={
        "withdraw": taking_back.withdraw_ask,
        "go": saying.agree_to_ask,
        "not_before": saying.put_ask_off,
        "rather_not": saying.ask_somebody_else,
    },
    bodies={"not_before": PutOffBody, "rather_not": KeepBackBody},
    undo="asks.answer_for",
)


class AskResource(_Moves, ShowsAsks, Resource):  # type: ignore[valid-type, misc]
    """Asks of the requests the token's owner may see; they are sent through the request."""

    resource = "asks"
    permissions = {
        "list": "requests.view",
        "retrieve": "requests.view",
        "answer": "asks.answer_for",
        "schedule": "requests.view",
        "undo_booking": "requests.view",
        "let_them_choose": "requests.view",
        "ask_for_times": "requests.view",
        "offer_times": "asks.answer_for",
        "reveal": "requests.view",
    }
    queryset = Ask.objects.none()  # for the schema, which is made for nobody in particular
    serializer_class = AskSerializer
    filterset_class = AskFilter
    ordering_fields = ("sent_at", "id")
    ordering = "-sent_at"

    def get_queryset(self) -> QuerySet[Ask]:
        return interface.rest_asks(self.membership)

    def get_serializer(self, *args: Any, **kwargs: Any) -> Any:
        if args:
            rows = list(args[0]) if kwargs.get("many") else [args[0]]
            kwargs["context"] = self.ask_context(rows)
        return super().get_serializer(*args, **kwargs)

    @command(AnswerBody)
    def answer(self, ask: Ask, **values: Any) -> None:
        """Record the advocate's answer on their behalf, once (ASK-1)."""
        answer = answers.AskAnswer(**values)
        answers.answer_ask(actor=self.actor, ask=ask, answer=answer)

    @command(TimeBody)
    def schedule(self, ask: Ask, **values: Any) -> None:
        """Book a time agreed otherwise, once the advocate has said yes (FUL-1)."""
        scheduling.schedule_call(actor=self.actor, ask=ask, **values)

    @command()
    def undo_booking(self, ask: Ask) -> None:
        """Take a booking back while its invitations wait in the outbox (FUL-1)."""
        undo.undo_booking(actor=self.actor, ask=ask)

    @command(ChooseBody)
    def let_them_choose(self, ask: Ask, **values: Any) -> None:
        """Send the prospect's people a link on which they pick a time (FUL-1)."""
        choosing.let_them_choose(actor=self.actor, ask=ask, **values)

    @command()
    def ask_for_times(self, ask: Ask) -> None:
        """Ask the advocate for other times than those offered (FUL-1)."""
        renewing.ask_for_times(actor=self.actor, ask=ask)

    @command(OfferBody)
    def offer_times(self, ask: Ask, **values: Any) -> None:
        """Record the other times an advocate offers, on their behalf (FUL-1)."""
        renewing.offer_times(actor=self.actor, ask=ask, **values)

    @command()
    def reveal(self, ask: Ask) -> None:
        """Show who it is, where disclosure allows; every reveal is recorded (VIS-1)."""
        disclosure.reveal_advocate(actor=self.actor, ask=ask)
