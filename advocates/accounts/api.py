"""Accounts over REST (API-2, API-4, ACC-1, ACC-2)."""

from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from advocacy.rest.filters import BooleanFilter, UpdatedSince
from advocacy.rest.resources import Creates, ExternalIds, Resource, Updates, command
from advocacy.rest.serializers import (
    Body,
    Day,
    IdentifierSerializer,
    MemberField,
    RowSerializer,
    TagNames,
)
from advocacy.tenancy.errors import Conflict, DomainError
from advocates.accounts import holds, identifiers
from advocates.accounts import selectors as interface
from advocates.accounts import services as accounts
from advocates.accounts.choices import TagKind
from advocates.accounts.merging import merge_accounts
from advocates.accounts.selectors import hold_of
from advocates.accounts.services import ACCOUNT_FIELDS
from advocates.models import Account, RevenueEvent
from advocates.segments.narrowing import accounts_in_segment


class AccountSerializer(RowSerializer):
    """An account (ACC-1). Blank segment and region follow from employees and country."""

    identifiers = IdentifierSerializer(many=True, read_only=True)
    owner = MemberField(required=False, allow_null=True)
    country = serializers.CharField(
        max_length=60, required=False, allow_blank=True, help_text="Two-letter code, or the name."
    )
    products = TagNames(links="account_tags", kind=TagKind.PRODUCT)
    use_cases = TagNames(links="account_tags", kind=TagKind.USE_CASE)

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

    strategic = BooleanFilter(field_name="strategic_on", lookup_expr="isnull", exclude=True)
    in_segment = accounts_in_segment()

    class Meta:
        model = Account
        fields = ("lifecycle", "segment", "region", "industry", "country", "domain", "owner")


class RevenueSerializer(RowSerializer):
    """A dated renewal, expansion or churn with its amount (ACC-1)."""

    class Meta:
        model = RevenueEvent
        fields = ("id", "kind", "on", "amount", "currency")
        read_only_fields = ("id",)


class IdentifierBody(Body):
    """An id in another system."""

    source = serializers.CharField(max_length=50)  # type: ignore[assignment]
    external_id = serializers.CharField(max_length=200)


class HoldBody(Body):
    """Why and until when."""

    reason = serializers.CharField(max_length=300)
    starts_on = Day(required=False, allow_null=True)
    ends_on = Day(required=False, allow_null=True)


class MergeAccountBody(Body):
    """The record that goes, and the fields that are taken from it."""

    other = serializers.PrimaryKeyRelatedField(queryset=Account.objects.all())
    take = serializers.ListField(
        child=serializers.ChoiceField(choices=accounts.ACCOUNT_FIELDS),
        required=False,
        default=list,
        max_length=40,
    )


#: What hangs on an account, at an address of its own.
_part = action(detail=True, methods=["get"], pagination_class=None, filter_backends=[])


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
        "revenue": "accounts.view",
        "record_revenue": "accounts.edit",
        "add_identifier": "accounts.edit",
        "remove_identifier": "accounts.edit",
        "hold": "accounts.edit",
        "lift_hold": "accounts.edit",
        "merge": "records.merge",
    }
    serializer_class = AccountSerializer
    filterset_class = AccountFilter
    search_kind = "account"
    ordering_fields = ("name", "created_at", "updated_at", "id")
    ordering = "name"

    def get_queryset(self) -> QuerySet[Account]:
        return interface.rest_accounts()

    def create_row(self, **values: Any) -> Account:
        return accounts.create_account(actor=self.actor, **values)

    def update_row(self, row: Account, **values: Any) -> Account:
        return accounts.update_account(actor=self.actor, account=row, **values)

    def find_row(self, *, source: str, external_id: str) -> Account | None:
        return interface.account_by_identifier(source=source, external_id=external_id)

    def upsert_row(self, *, source: str, external_id: str, **values: Any) -> tuple[Model, str]:
        return accounts.upsert_account(
            actor=self.actor, source=source, external_id=external_id, **values
        )

    @extend_schema(
        description="Dated renewals, expansions and churn, the newest first (ACC-1).",
        responses=RevenueSerializer(many=True),
    )
    @_part
    def revenue(self, request: Request, pk: str) -> Response:
        """Show them."""
        rows = self.get_object().revenue_events.all()
        return Response(RevenueSerializer(rows, many=True).data)

    @extend_schema(
        description="Record a renewal, an expansion or churn (ACC-1).",
        request=RevenueSerializer,
        responses={201: RevenueSerializer},
    )
    @revenue.mapping.post
    def record_revenue(self, request: Request, pk: str) -> Response:
        """Record one."""
        account = self.get_object()
        values = self.read(RevenueSerializer)
        row = holds.record_revenue(actor=self.actor, account=account, **values)
        return Response(RevenueSerializer(row).data, status=201)

    @command(IdentifierBody)
    def add_identifier(self, account: Account, **values: Any) -> None:
        """Write down by which id another system knows the account (ACC-1)."""
        identifiers.add_identifier(actor=self.actor, account=account, **values)

    @command(IdentifierBody)
    def remove_identifier(self, account: Account, *, source: str, external_id: str) -> None:
        """Take away an id that was written down in error (ACC-1)."""
        row = account.identifiers.filter(source=source, external_id=external_id).first()
        if row is None:
            text = _("The account has no such id.")
            raise DomainError(text, fields={"external_id": text})
        identifiers.remove_identifier(actor=self.actor, identifier=row)

    @command(HoldBody)
    def hold(self, account: Account, **values: Any) -> None:
        """Nobody at the account is asked until the hold ends (ACC-2)."""
        holds.hold_account(actor=self.actor, account=account, **values)

    @command()
    def lift_hold(self, account: Account) -> None:
        """Asking may go on (ACC-2); 409 when no hold is on."""
        hold = hold_of(account)
        if hold is None:
            raise Conflict(_("No hold is on."), code="not_on_hold")
        holds.lift_hold(actor=self.actor, hold=hold)

    @command(MergeAccountBody)
    def merge(self, account: Account, *, other: Account, take: list[str]) -> None:
        """Another record becomes part of this one; its id answers 410 from then on (ADV-1)."""
        merge_accounts(actor=self.actor, kept=account, gone=other, take=take)
