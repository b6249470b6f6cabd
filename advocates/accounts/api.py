"""Accounts over REST (API-2, API-4, ACC-1, ACC-2)."""

from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers

from advocacy.rest.filters import UpdatedSince
from advocacy.rest.resources import Creates, ExternalIds, Resource, Updates, command
from advocacy.rest.serializers import (
    Body,
    Day,
    IdentifierSerializer,
    MemberField,
    RowSerializer,
    TagNames,
)
from advocacy.tenancy.errors import Conflict
from advocates.accounts import holds
from advocates.accounts import selectors as interface
from advocates.accounts import services as accounts
from advocates.accounts.choices import TagKind
from advocates.accounts.selectors import hold_of
from advocates.accounts.services import ACCOUNT_FIELDS
from advocates.models import Account


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
        "lift_hold": "accounts.edit",
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
