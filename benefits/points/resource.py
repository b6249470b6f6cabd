"""The manifests of the ledger and of who has how many (BEN-7.a)."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from advocacy.records.resource import Resource
from benefits.points import api, pages, selectors, services
from benefits.points.models import PointBalance, PointEntry
from benefits.tabs import BenefitsList

_EMPTY = _(
    "Nobody has points yet. They are earned once they are switched on under Settings, Points and"
    " rewards."
)

POINTS = Resource(
    name="points",
    model=PointEntry,
    subject="entry",
    title=_("Points"),
    answer=ngettext_lazy("%(count)s time points moved", "%(count)s times points moved", "n"),
    new_label=_("Give points"),
    icon="coin",
    nav_item="benefits",
    view="points.view",
    edit="points.edit",
    listed=selectors.listed_entries,
    table=pages.PointTable,
    filters=pages.PointFilter,
    form=pages.GiveForm,
    about=lambda entry: f"{entry.advocate.name}, {entry.advocate.account.name}",
    facts=pages.facts_of,
    pages={"list": BenefitsList, "detail": pages.PointPage, "new": pages.GivePoints},
    more_urls=(path("<uuid:pk>/reverse/", pages.Reverse.as_view(), name="reverse"),),
    empty_text=_EMPTY,
    create=services.give_points,
    verbs={
        "points.earned": (_("earned points"), "coin", "info"),
        "points.given": (_("gave points"), "coin", "info"),
        "points.redeemed": (_("redeemed points"), "shopping-bag", "info"),
        "points.reversed": (_("points were taken or given back"), "arrow-back-up", "neutral"),
        "badge.won": (_("won a badge"), "award", "success"),
    },
    serializer=api.PointEntrySerializer,
    api=api.PointApi,
    api_fields=api.PointEntrySerializer.Meta.fields,
    api_filters=("advocate", "source"),
    api_ordering=("-at", "id"),
)

BALANCES = Resource(
    name="point-balances",
    model=PointBalance,
    subject="balance",
    title=_("Who has how many"),
    answer=ngettext_lazy("%(count)s person with points", "%(count)s people with points", "n"),
    new_label=_("Give points"),
    icon="chart-bar",
    nav_item="benefits",
    view="points.view",
    edit="points.edit",
    listed=selectors.listed_balances,
    table=pages.BalanceTable,
    filters=pages.BalanceFilter,
    form=pages.BalanceForm,
    about=lambda balance: balance.advocate.account.name,
    facts=pages.balance_facts,
    pages={"list": BenefitsList},
    empty_text=_EMPTY,
    verbs={
        "board.joined": (_("chose to be on the leaderboard"), "trophy", "info"),
        "board.left": (_("left the leaderboard"), "trophy-off", "neutral"),
    },
    serializer=api.PointBalanceSerializer,
    api=api.BalanceApi,
    api_fields=api.PointBalanceSerializer.Meta.fields,
    api_ordering=("-lifetime", "id"),
    named_by=("advocate",),
)
