"""The reward shop in a browser, as colleagues fill it (BEN-7.c)."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.web.formatting import money
from advocacy.web.forms import TenantModelForm
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocates.promises import PromiseForm
from benefits.catalogue.selectors import givable
from benefits.points.shop.models import ShopItem
from benefits.points.shop.selectors import left_of


class ItemForm(PromiseForm, TenantModelForm):
    """What, and for how many points."""

    benefit = forms.ModelChoiceField(
        givable(), label=gettext_lazy("What?"), empty_label=gettext_lazy("Choose one")
    )

    class Meta:
        model = ShopItem
        fields = ("benefit", "points", "is_on")
        labels: ClassVar[dict[str, Any]] = {"points": gettext_lazy("For how many points?")}


def _left(item: Any) -> str:
    left = left_of(item)
    return _("not counted") if left is None else str(left)


class ItemTable(Table):
    """What can be redeemed."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "benefit",
            gettext_lazy("Reward"),
            value="benefit.name",
            sort="benefit__name",
            url=lambda row, request: tenant_reverse(request, "shop-items:detail", row.pk),
        ),
        Column("points", gettext_lazy("Points"), sort="points", align="end"),
        Column("left", gettext_lazy("Left"), value=_left, align="end"),
        Column("waiting", gettext_lazy("Wait for an approval"), align="end", phone=False),
        Column("is_on", gettext_lazy("In the shop"), sort="is_on", phone=False),
    )
    default_sort: ClassVar[str] = "points"


def facts_of(item: Any) -> list[tuple[Any, Any]]:
    """Names and values."""
    return [
        (_("Points"), str(item.points)),
        (_("What it costs us"), money(item.benefit.cost, item.tenant.currency)),
        (_("Left"), _left(item)),
        (_("Wait for an approval"), str(item.waiting)),
        (_("Can be given"), item.benefit.is_on),
        (_("In the shop"), item.is_on),
    ]
