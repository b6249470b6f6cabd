"""Advocates over REST, with what they allow, reached and agreed to (API-2, API-4, ADV-1 ff.)."""

from typing import Any

import django_filters
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from advocacy.rest.filters import UpdatedSince
from advocacy.rest.manifests import moves_of
from advocacy.rest.resources import Creates, ExternalIds, Resource, Updates, command
from advocacy.rest.serializers import (
    IdentifierSerializer,
    MemberField,
    OptionalReason,
    Reason,
    RowSerializer,
    TagNames,
)
from advocacy.rest.versions import IF_MATCH, require_version, versioned, wants_version
from advocacy.tenancy.models import Membership
from advocates.accounts.choices import TagKind
from advocates.joining import enrolment
from advocates.joining.api import WAY_IN, WAY_IN_BODIES
from advocates.models import Account, Advocate, Consent
from advocates.onboarding.api import FirstStepActions
from advocates.people import consents, outcomes
from advocates.people import selectors as interface
from advocates.people import services as people
from advocates.people.about_api import (
    ConsentSerializer,
    EraseBody,
    ExportBody,
    MergePersonBody,
    OutcomeSerializer,
    PreferencesSerializer,
    WithdrawBody,
)
from advocates.people.choices import AdvocateStatus
from advocates.people.lifecycle import ENROLMENT
from advocates.people.merging import merge_advocates
from advocates.people.preferences import preferences_key, save_preferences
from advocates.people.privacy import erase_advocate, export_advocate
from advocates.people.services import ADVOCATE_FIELDS
from advocates.pool.api import offer_action
from advocates.segments.narrowing import people_in_segment
from advocates.sponsors.filters import CHECK_IN, SPONSOR, by_check_in, by_sponsor

#: Columns that follow from what is done, and are not written over.
_KEPT = (
    *("status", "status_since", "enrolled_at", "last_asked_at"),
    *("erased_at", "created_at", "updated_at"),
)


def _part(method: Any) -> Any:
    """A part of one person's record, shown whole.

    A decorator of its own for each: what describes one would describe all that share it.
    """
    return action(detail=True, methods=["get"], pagination_class=None, filter_backends=[])(method)


class AdvocateSerializer(RowSerializer):
    """A person at an account (ADV-1)."""

    account = serializers.PrimaryKeyRelatedField(queryset=Account.objects.all())
    executive_sponsor = MemberField(required=False, allow_null=True)
    name = serializers.CharField(read_only=True)
    identifiers = IdentifierSerializer(many=True, read_only=True)
    topics = TagNames(links="advocate_tags", kind=TagKind.TOPIC)
    tier = serializers.CharField(
        source="tier_code",
        read_only=True,
        allow_null=True,
        help_text="Code of the tier; null when not enrolled.",
    )

    class Meta:
        model = Advocate
        fields = (
            "id",
            "name",
            *ADVOCATE_FIELDS,
            "topics",
            "identifiers",
            "tier",
            *_KEPT,
        )
        read_only_fields = ("id", *_KEPT)

    @classmethod
    def json_expressions(cls, _viewer: Membership, /) -> dict[str, Any]:
        return {"name": interface.full_name(), "tier": interface.tier_code()}


class AdvocateFilter(UpdatedSince):
    """By the fields one searches a person by."""

    status = django_filters.ChoiceFilter(choices=AdvocateStatus.choices)
    tier = django_filters.CharFilter(field_name="standings__tier__code")
    account = django_filters.UUIDFilter(field_name="account_id")
    executive_sponsor = django_filters.UUIDFilter(field_name="executive_sponsor_id")
    in_segment = people_in_segment()
    check_in = django_filters.ChoiceFilter(
        choices=CHECK_IN, method="by_check_in", help_text="What their tier wants (MSG-3)."
    )
    sponsor = django_filters.ChoiceFilter(
        choices=SPONSOR, method="by_sponsor", help_text="What their tier wants (SPN-1)."
    )

    def by_check_in(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Due or overdue."""
        return by_check_in(rows, value)

    def by_sponsor(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Has one, ought to have one, waits for theirs."""
        return by_sponsor(rows, value)

    class Meta:
        model = Advocate
        fields = ("status", "readiness", "seniority", "email", "tier", "account")


_Moves: Any = moves_of(
    ENROLMENT,
    subject="advocate",
    services={
        "retire": enrolment.retire_advocate,
        "pause": enrolment.pause_advocate,
        "resume": enrolment.resume_advocate,
        "enrol": enrolment.enrol_advocate,
        **WAY_IN,
    },
    bodies={
        "retire": Reason,
        "pause": OptionalReason,
        "resume": OptionalReason,
        "enrol": OptionalReason,
        **WAY_IN_BODIES,
    },
    undo="advocates.invite",
)


class AdvocateResource(_Moves, FirstStepActions, ExternalIds, Creates, Updates, Resource):
    """People at customers, in the program or on the way into it (ADV-1, ENR-1)."""

    resource = "advocates"
    permissions = {
        "list": "advocates.view",
        "retrieve": "advocates.view",
        "by_external_id": "advocates.view",
        "create": "advocates.edit",
        "partial_update": "advocates.edit",
        "upsert": "advocates.edit",
        "preferences": "advocates.view",
        "save_preferences": "advocates.edit",
        "outcomes": "advocates.view",
        "add_outcome": "advocates.edit",
        "consents": "advocates.view",
        "record_consent": "advocates.edit",
        "withdraw_consent": "advocates.edit",
        "export": "advocates.export",
        "erase": "advocates.erase",
        "merge": "records.merge",
        "offer_pool_place": "pool.edit",
    }
    serializer_class = AdvocateSerializer
    filterset_class = AdvocateFilter
    search_kind = "advocate"
    ordering_fields = ("last_name", "created_at", "updated_at", "id")
    ordering = "last_name"

    def get_queryset(self) -> QuerySet[Advocate]:
        return interface.rest_advocates()

    def create_row(self, **values: Any) -> Advocate:
        return people.create_advocate(actor=self.actor, **values)

    def update_row(self, row: Advocate, **values: Any) -> Advocate:
        return people.update_advocate(actor=self.actor, advocate=row, **values)

    def find_row(self, *, source: str, external_id: str) -> Advocate | None:
        return interface.advocate_by_identifier(source=source, external_id=external_id)

    def upsert_row(self, *, source: str, external_id: str, **values: Any) -> tuple[Model, str]:
        return people.upsert_advocate(
            actor=self.actor, source=source, external_id=external_id, **values
        )

    @extend_schema(description="What the advocate allows (ADV-2).", responses=PreferencesSerializer)
    @_part
    def preferences(self, request: Request, pk: str) -> Response:
        """Show them."""
        return versioned(interface.rest_preferences(self.get_object()))

    @extend_schema(
        description="Save preferences on the advocate's behalf; what is not given stays (ADV-2).",
        parameters=[IF_MATCH],
        request=PreferencesSerializer,
        responses=PreferencesSerializer,
    )
    @preferences.mapping.patch
    def save_preferences(self, request: Request, pk: str) -> Response:
        """Save them."""
        wanted = wants_version(request, preferences_key(pk))
        advocate = self.get_object()
        if wanted:
            require_version(request, interface.rest_preferences(advocate))
        changes = self.read(PreferencesSerializer)
        save_preferences(actor=self.actor, advocate=advocate, **changes)
        return versioned(interface.rest_preferences(advocate.reload()))

    @extend_schema(
        description="Results the customer reached, the newest first (ADV-3).",
        responses=OutcomeSerializer(many=True),
    )
    @_part
    def outcomes(self, request: Request, pk: str) -> Response:
        """Show them."""
        return Response(
            OutcomeSerializer(interface.rest_outcomes(self.get_object()), many=True).data
        )

    @extend_schema(
        description="Add a result (ADV-3).",
        request=OutcomeSerializer,
        responses={201: OutcomeSerializer},
    )
    @outcomes.mapping.post
    def add_outcome(self, request: Request, pk: str) -> Response:
        """Add one."""
        advocate = self.get_object()
        values = self.read(OutcomeSerializer)
        values["use_case"] = values["use_case"]["name"]
        outcome = outcomes.add_outcome(actor=self.actor, advocate=advocate, **values)
        return Response(OutcomeSerializer(outcome).data, status=201)

    @extend_schema(
        description="What was agreed to and by whom, ended consents included (ADV-4).",
        responses=ConsentSerializer(many=True),
    )
    @_part
    def consents(self, request: Request, pk: str) -> Response:
        """Show them."""
        return Response(ConsentSerializer(self.get_object().consents.all(), many=True).data)

    @extend_schema(
        description="Keep a consent or the employer's approval with its evidence (ADV-4).",
        request=ConsentSerializer,
        responses={201: ConsentSerializer},
    )
    @consents.mapping.post
    def record_consent(self, request: Request, pk: str) -> Response:
        """Record one."""
        advocate = self.get_object()
        values = self.read(ConsentSerializer)
        consent = consents.record_consent(actor=self.actor, advocate=advocate, **values)
        return Response(ConsentSerializer(consent).data, status=201)

    @command(WithdrawBody)
    def withdraw_consent(self, advocate: Advocate, *, consent: Consent) -> None:
        """A consent ends today (ADV-4)."""
        if consent.advocate_id != advocate.pk:
            raise ValidationError({"consent": [_("This is somebody else's consent.")]})
        consents.withdraw_consent(actor=self.actor, consent=consent)

    @extend_schema(
        description="Everything held about the person, as one document (GDPR-1). A POST, since it "
        "goes on the record.",
        request=None,
        responses=ExportBody,
    )
    @action(detail=True, methods=["post"], pagination_class=None, filter_backends=[])
    def export(self, request: Request, pk: str) -> Response:
        """Take a copy."""
        self.read(None)
        return Response(export_advocate(actor=self.actor, advocate=self.get_object()))

    @command(EraseBody)
    def erase(self, advocate: Advocate, *, name: str, reason: str) -> None:
        """Everything personal goes, for good; counts and totals stay (GDPR-1)."""
        erase_advocate(actor=self.actor, advocate=advocate, name=name, reason=reason)

    offer_pool_place = offer_action()

    @command(MergePersonBody)
    def merge(self, advocate: Advocate, *, other: Advocate, take: list[str]) -> None:
        """Another record becomes part of this one; its id answers 410 from then on (ADV-1)."""
        merge_advocates(actor=self.actor, kept=advocate, gone=other, take=take)
