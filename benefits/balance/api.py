"""Balances over REST, to read (BEN-6.a)."""

import django_filters

from advocacy.rest.filters import FilterSet
from advocacy.rest.manifests import OfManifest
from advocacy.rest.serializers import RowSerializer
from benefits.balance.models import ValueBalance


class ValueBalanceSerializer(RowSerializer):
    """What somebody gave and got within the period of the settings, in the tenant's currency.
    ``percent`` is what came back of ``fair``, which is ``given`` without reviews; 100 where that
    is nothing.
    """

    class Meta:
        model = ValueBalance
        fields = (
            "id",
            "advocate",
            "contributions",
            "minutes",
            "assumed_minutes",
            "given",
            "fair",
            "benefits",
            "got",
            "thanks",
            "percent",
            "is_under",
            "under_since",
            "changed_at",
        )
        read_only_fields = fields


class ValueBalanceFilter(FilterSet):
    """By person, account and owner, and whether too little came back."""

    advocate = django_filters.UUIDFilter(field_name="advocate_id")
    account = django_filters.UUIDFilter(field_name="advocate__account_id")
    owner = django_filters.UUIDFilter(field_name="advocate__account__owner_id")
    percent_until = django_filters.NumberFilter(field_name="percent", lookup_expr="lte")

    class Meta:
        model = ValueBalance
        fields = ("is_under",)


class BalanceApi(OfManifest):
    """With filters of its own."""

    filterset_class = ValueBalanceFilter
