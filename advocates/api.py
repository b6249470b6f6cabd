"""Accounts, advocates, activity types and tiers over REST (API-1, API-2, API-4)."""

from typing import Any

import django_filters
from django.db.models import Model, QuerySet
from rest_framework import serializers

from advocacy.rest.filters import FilterSet, UpdatedSince
from advocacy.rest.resources import Creates, ExternalIds, Resource, Updates, command
from advocacy.rest.serializers import (
    Body,
    Day,
    IdentifierSerializer,
    MemberField,
    OptionalReason,
    Reason,
    RowSerializer,
    TagNames,
)
from advocates.models import Account, ActivityType, Advocate, Nomination, Tier
from advocates.selectors import interface
from advocates.services import accounts, advocates, enrolment, nominations
from advocates.services.accounts import ACCOUNT_FIELDS
from advocates.services.advocates import ADVOCATE_FIELDS
from advocates.services.catalogue import update_activity_type
from advocates.states import AdvocateStatus, TagKind


class TypeField(serializers.SlugRelatedField):
    """An activity type, by code."""

    def __init__(self, **kwargs: Any) -> None:
        if not kwargs.get("read_only"):
            kwargs.setdefault("queryset", ActivityType.objects.all())
        super().__init__(slug_field="code", **kwargs)


class AccountSerializer(RowSerializer):
    """An account (ACC-1). Blank segment and region follow from employees and country."""

    identifiers = IdentifierSerializer(many=True, read_only=True, source="shown_identifiers")
    owner = MemberField(required=False, allow_null=True)
    country = serializers.CharField(
        max_length=60, required=False, allow_blank=True, help_text="Two-letter code, or the name."
    )
    products = TagNames(links="shown_tags", kind=TagKind.PRODUCT)
    use_cases = TagNames(links="shown_tags", kind=TagKind.USE_CASE)

    class Meta:
        model = Account
        fields = (
            "id",
            *ACCOUNT_FIELDS,
            "products",
            "use_cases",
            "identifiers",
            "segment_is_set",
            "created_at",
            "updated_at",
        )
        read_only_fields = ("id", "segment_is_set", "created_at", "updated_at")


class AccountFilter(UpdatedSince):
    """By the fields one searches a company by."""

    class Meta:
        model = Account
        fields = ("lifecycle", "segment", "region", "industry", "country", "domain", "owner")


class HoldBody(Body):
    """Why and until when."""

    reason = serializers.CharField(max_length=300)
    starts_on = Day(required=False, allow_null=True)
    ends_on = Day(required=False, allow_null=True)


class AccountResource(ExternalIds, Creates, Updates, Resource):
    """Customer companies and prospects (ACC-1)."""

    resource = "accounts"
    permissions = {
        "list": "accounts.view",
        "retrieve": "accounts.view",
        "by_external_id": "accounts.view",
        "create": "accounts.edit",
        "partial_update": "accounts.edit",
        "upsert": "accounts.edit",
        "hold": "accounts.edit",
    }
    serializer_class = AccountSerializer
    filterset_class = AccountFilter
    search_fields = ("name", "domain")
    ordering_fields = ("name", "created_at", "updated_at", "id")
    ordering = "name"

    def get_queryset(self) -> QuerySet[Account]:
        """All of them."""
        return interface.shown_accounts()

    def create_row(self, **values: Any) -> Account:
        """Make an account."""
        return accounts.create_account(actor=self.actor, **values)

    def update_row(self, row: Account, **values: Any) -> Account:
        """Change an account."""
        return accounts.update_account(actor=self.actor, account=row, **values)

    def find_row(self, *, source: str, external_id: str) -> Account | None:
        """By external id."""
        return interface.account_by_identifier(source=source, external_id=external_id)

    def upsert_row(self, *, source: str, external_id: str, **values: Any) -> tuple[Model, str]:
        """Make or change it."""
        return accounts.upsert_account(
            actor=self.actor, source=source, external_id=external_id, **values
        )

    @command(HoldBody)
    def hold(self, account: Account, **values: Any) -> None:
        """Nobody at the account is asked until the hold ends (ACC-2)."""
        accounts.hold_account(actor=self.actor, account=account, **values)


class AdvocateSerializer(RowSerializer):
    """A person at an account (ADV-1)."""

    account = serializers.PrimaryKeyRelatedField(queryset=Account.objects.all())
    executive_sponsor = MemberField(required=False, allow_null=True)
    name = serializers.CharField(read_only=True)
    identifiers = IdentifierSerializer(many=True, read_only=True, source="shown_identifiers")
    topics = TagNames(links="shown_tags", kind=TagKind.TOPIC)
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
            "status",
            "tier",
            "enrolled_at",
            "last_asked_at",
            "created_at",
            "updated_at",
        )
        read_only_fields = (
            "id",
            "status",
            "enrolled_at",
            "last_asked_at",
            "created_at",
            "updated_at",
        )


class AdvocateFilter(UpdatedSince):
    """By the fields one searches a person by."""

    status = django_filters.ChoiceFilter(choices=AdvocateStatus.choices)
    tier = django_filters.CharFilter(field_name="standings__tier__code")
    account = django_filters.UUIDFilter(field_name="account_id")

    class Meta:
        model = Advocate
        fields = ("status", "readiness", "seniority", "email", "tier", "account")


class AdvocateResource(ExternalIds, Creates, Updates, Resource):
    """People at customers, in the program or on the way into it (ADV-1, ENR-1)."""

    resource = "advocates"
    permissions = {
        "list": "advocates.view",
        "retrieve": "advocates.view",
        "by_external_id": "advocates.view",
        "create": "advocates.edit",
        "partial_update": "advocates.edit",
        "upsert": "advocates.edit",
        "enrol": "advocates.enrol",
        "pause": "advocates.enrol",
        "resume": "advocates.enrol",
        "retire": "advocates.enrol",
    }
    serializer_class = AdvocateSerializer
    filterset_class = AdvocateFilter
    search_fields = ("first_name", "last_name", "email", "account__name")
    ordering_fields = ("last_name", "created_at", "updated_at", "id")
    ordering = "last_name"

    def get_queryset(self) -> QuerySet[Advocate]:
        """All of them."""
        return interface.shown_advocates()

    def create_row(self, **values: Any) -> Advocate:
        """Make a person."""
        return advocates.create_advocate(actor=self.actor, **values)

    def update_row(self, row: Advocate, **values: Any) -> Advocate:
        """Change a person."""
        return advocates.update_advocate(actor=self.actor, advocate=row, **values)

    def find_row(self, *, source: str, external_id: str) -> Advocate | None:
        """By external id."""
        return interface.advocate_by_identifier(source=source, external_id=external_id)

    def upsert_row(self, *, source: str, external_id: str, **values: Any) -> tuple[Model, str]:
        """Make or change it."""
        return advocates.upsert_advocate(
            actor=self.actor, source=source, external_id=external_id, **values
        )

    @command(OptionalReason)
    def enrol(self, advocate: Advocate, *, reason: str) -> None:
        """Make somebody a member of the program; skipping preparation needs a reason (ENR-1)."""
        enrolment.enrol_advocate(actor=self.actor, advocate=advocate, reason=reason)

    @command(OptionalReason)
    def pause(self, advocate: Advocate, *, reason: str) -> None:
        """Do not ask for a while; the tier stays (TIER-1)."""
        enrolment.pause_advocate(actor=self.actor, advocate=advocate, reason=reason)

    @command(OptionalReason)
    def resume(self, advocate: Advocate, *, reason: str) -> None:
        """Ask again."""
        enrolment.resume_advocate(actor=self.actor, advocate=advocate, reason=reason)

    @command(Reason)
    def retire(self, advocate: Advocate, *, reason: str) -> None:
        """Leave the program; the seat is free at once (TIER-2)."""
        enrolment.retire_advocate(actor=self.actor, advocate=advocate, reason=reason)


class NominationSerializer(RowSerializer):
    """A colleague proposes a person for the program (IDN-2)."""

    advocate = serializers.PrimaryKeyRelatedField(
        queryset=Advocate.objects.select_related("account")
    )

    class Meta:
        model = Nomination
        fields = (
            "id",
            "advocate",
            "reasons",
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
        fields = ("state",)


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
        return interface.shown_nominations(self.membership)

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


class ActivityTypeSerializer(RowSerializer):
    """One kind of activity with its limits (ACT-3)."""

    class Meta:
        model = ActivityType
        fields = (
            "id",
            "code",
            "name",
            "description",
            "importance",
            "effort",
            "minutes_low",
            "minutes_high",
            "units",
            "tier_credit",
            "rewards",
            "per_year",
            "per_detail_per_year",
            "at_once",
            "gap_days",
            "warn_gap_days",
            "is_reference",
            "needs_comfort",
            "is_on",
            "position",
        )
        read_only_fields = ("id", "code", "position")


class ActivityTypeFilter(FilterSet):
    """By code and whether it can be requested."""

    class Meta:
        model = ActivityType
        fields = ("code", "effort", "is_on", "is_reference")


class ActivityTypeResource(Updates, Resource):
    """What may be asked of an advocate (ACT-3). A tenant changes its types and makes none."""

    resource = "activity-types"
    permissions = {
        "list": "settings.view",
        "retrieve": "settings.view",
        "partial_update": "settings.rules",
    }
    serializer_class = ActivityTypeSerializer
    filterset_class = ActivityTypeFilter
    ordering_fields = ("position", "code", "name", "id")
    ordering = "position"

    def get_queryset(self) -> QuerySet[ActivityType]:
        """All of them."""
        return interface.shown_types()

    def update_row(self, row: ActivityType, **values: Any) -> ActivityType:
        """Change a type."""
        return update_activity_type(actor=self.actor, activity_type=row, **values)


class TierSerializer(RowSerializer):
    """One tier with its minimums and seats (TIER-1)."""

    class Meta:
        model = Tier
        fields = (
            "id",
            "code",
            "name",
            "rank",
            "min_activities",
            "min_high_effort",
            "expected_max",
            "seats_percent",
            "guide_low",
            "guide_high",
            "touch_model",
            "touch_days",
            "entitlements",
        )
        read_only_fields = fields


class TierResource(Resource):
    """The tiers (TIER-1). They are edited in the settings."""

    resource = "tiers"
    permissions = {"list": "tiers.view", "retrieve": "tiers.view"}
    serializer_class = TierSerializer
    ordering_fields = ("rank", "code", "id")
    ordering = "-rank"

    def get_queryset(self) -> QuerySet[Tier]:
        """All of them."""
        return interface.shown_tiers()
