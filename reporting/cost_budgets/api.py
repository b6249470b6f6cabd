"""Budgets of costs over REST, with what is left of each (COST-1.c)."""

from typing import Any

from django.db.models import DecimalField, F, IntegerField, TextField
from django.db.models.functions import Cast
from rest_framework import serializers

from advocacy.rest.serializers import RowSerializer
from advocacy.tenancy.models import Membership
from reporting.cost_budgets.models import CostBudget

_MADE = ("spent", "committed", "left")


def _total(text: str) -> Any:
    return serializers.DecimalField(max_digits=14, decimal_places=2, read_only=True, help_text=text)


class CostBudgetSerializer(RowSerializer):
    """What may be spent on a kind of cost in a period; amounts in the base currency."""

    spent = _total("Costs of the period up to today.")
    committed = _total("Costs of the period that are written for days to come.")
    left = _total("Below zero where more is spent and committed than there is.")
    unrated = serializers.IntegerField(
        read_only=True, help_text="Costs in neither, for want of an exchange rate."
    )

    class Meta:
        model = CostBudget
        fields = ("id", "kind", "starts_on", "ends_on", "amount", *_MADE, "unrated", "created_at")
        read_only_fields = ("id", "created_at")

    @classmethod
    def json_expressions(cls, _viewer: Membership, /) -> dict[str, Any]:
        money = DecimalField(max_digits=14, decimal_places=2)
        made: dict[str, Any] = {name: Cast(Cast(F(name), money), TextField()) for name in _MADE}
        return {**made, "unrated": Cast(F("unrated"), IntegerField())}
