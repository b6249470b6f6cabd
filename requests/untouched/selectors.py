"""Qualified deals that the program has not helped yet, and what would fit each (ADO-1.b)."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
    When,
)
from django.db.models.functions import Coalesce, NullIf

from activities.assets.models import Asset
from activities.assets.selectors import in_library
from requests.models import Opportunity, Request, Touchpoint
from requests.opportunities.choices import Stage
from requests.requests.choices import REQUEST_OPEN

_NUMBER = IntegerField()
_NOBODY = UUID(int=0)
#: In addresses: the seller of deals that have none.
NOBODY = "nobody"


def qualified_open() -> QuerySet[Opportunity]:
    """Qualified deals that are not over."""
    return Opportunity.objects.filter(stage=Stage.QUALIFIED)


def untouched_deals() -> QuerySet[Opportunity]:
    """Those of them without any touchpoint: no reference, no piece that was opened, no event."""
    touched = Touchpoint.objects.filter(opportunity=OuterRef("pk"))
    rows = qualified_open().select_related("account", "owner__user")
    return rows.filter(~Exists(touched))


def _said_of(name: str) -> Coalesce:
    """What the company says of itself, else what the last request for the deal says of it."""
    asked = Request.objects.filter(opportunity=OuterRef("pk")).exclude(**{name: ""})
    last = asked.order_by("-created_at", "-pk").values(name)[:1]
    return Coalesce(NullIf(f"account__{name}", Value("")), Subquery(last), Value(""))


def with_what_fits(deals: QuerySet[Opportunity]) -> QuerySet[Opportunity]:
    """Deals with ``piece_id`` and ``piece_title`` of the library's freshest piece of a customer of
    the same industry, else of the same size of company, and ``is_alike``, which of the two it is
    (``industry`` 2, ``segment`` 1); all None where nothing fits. The account's own pieces do
    not count. ``is_asked``: a request for the deal is running. For the few that are shown: it looks
    the library up deal by deal.
    """
    same_industry = Q(advocate__account__industry__iexact=OuterRef("deal_industry")) & ~Q(
        advocate__account__industry=""
    )
    same_segment = Q(advocate__account__segment=OuterRef("deal_segment")) & ~Q(
        advocate__account__segment=""
    )
    alike = Case(
        When(same_industry, then=Value(2)),
        When(same_segment, then=Value(1)),
        output_field=_NUMBER,
    )
    # Compared with no account at all, every piece would be left out.
    own = Coalesce(OuterRef("account"), Value(_NOBODY), output_field=UUIDField())
    pieces = (
        Asset.objects.filter(in_library())
        .annotate(alike=alike)
        .filter(~Q(advocate__account=own), alike__isnull=False)
        .order_by("-alike", F("confirmed_at").desc(nulls_last=True), "pk")
    )
    running = Request.objects.filter(opportunity=OuterRef("pk"), state__in=REQUEST_OPEN)
    return deals.annotate(
        deal_industry=_said_of("industry"), deal_segment=_said_of("segment")
    ).annotate(
        piece_id=Subquery(pieces.values("pk")[:1]),
        piece_title=Subquery(pieces.values("title")[:1]),
        is_alike=Subquery(pieces.values("alike")[:1]),
        is_asked=Exists(running),
    )


def by_seller(**wanted: Any) -> dict[UUID | None, tuple[int, int]]:
    """By seller (None: deals of nobody): qualified deals without a touchpoint, and all qualified
    ones that are not over; of deals that a filter wants.
    """

    def counted(rows: QuerySet[Opportunity]) -> Counter[UUID | None]:
        found = rows.filter(**wanted).order_by().values_list("owner").annotate(n=Count("pk"))
        return Counter(dict(found))

    without, all_ = counted(untouched_deals()), counted(qualified_open())
    return {owner: (without[owner], n) for owner, n in all_.items()}
