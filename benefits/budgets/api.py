"""Budgets over REST, with what is left of each (BEN-5.b)."""

from typing import Any

from django.db.models import DecimalField, F, TextField
from django.db.models.functions import Cast
from rest_framework import serializers

from advocacy.rest.serializers import RowSerializer
from advocacy.tenancy.models import Membership
from benefits.budgets.models import Budget


def _total(text: str) -> Any:
    return serializers.DecimalField(max_digits=14, decimal_places=2, read_only=True, help_text=text)


class BudgetSerializer(RowSerializer):
    """What may be spent on benefits in a period; amounts in the tenant's currency."""

    spent = _total("Cost of what was delivered.")
    committed = _total("Cost of what is approved and on its way.")
    left = _total("Below zero where more was approved than there is.")

    class Meta:
        model = Budget
        fields = (
            "id",
            "name",
            "segment",
            "starts_on",
            "ends_on",
            "amount",
            "spent",
            "committed",
            "left",
            "created_at",
        )
        read_only_fields = ("id", "created_at")

    @classmethod
    def json_expressions(cls, _viewer: Membership, /) -> dict[str, Any]:
        money = DecimalField(max_digits=14, decimal_places=2)
        return {
            name: Cast(Cast(F(name), money), TextField()) for name in ("spent", "committed", "left")
        }
