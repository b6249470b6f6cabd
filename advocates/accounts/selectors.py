"""Reading accounts (ACC-1, ACC-2)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404

from advocacy.tenancy.models import Membership
from advocates.changes import tenant_today
from advocates.models import (
    Account,
    AccountHold,
    AccountIdentifier,
    AccountTag,
    Advocate,
    ProgramPolicy,
)
from advocates.people.choices import ENROLLED


def active_holds() -> QuerySet[AccountHold]:
    """Holds that are on today (ACC-2)."""
    today = tenant_today()
    return AccountHold.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today), lifted_at=None, starts_on__lte=today
    )


def _people(**conditions: Any) -> Coalesce:
    counted = (
        Advocate.objects.filter(account=OuterRef("pk"), **conditions)
        .order_by()
        .values("account")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return Coalesce(Subquery(counted), Value(0))


def listed_accounts() -> QuerySet[Account]:
    """Accounts with owner, number of people and of enrolled ones, and whether they are held."""
    return Account.objects.select_related("owner__user").annotate(
        people=_people(),
        enrolled=_people(status__in=sorted(ENROLLED)),
        held=Exists(active_holds().filter(account=OuterRef("pk"))),
    )


def held_accounts() -> QuerySet[Account]:
    """Accounts that are on hold today (ACC-2)."""
    return Account.objects.filter(Exists(active_holds().filter(account=OuterRef("pk"))))


def get_account(pk: UUID) -> Account:
    """One account with its owner; ``Http404`` when there is none."""
    account = Account.objects.select_related("owner__user", "tenant").filter(pk=pk).first()
    if account is None:
        raise Http404
    return account


def hold_of(account: Account) -> AccountHold | None:
    """The hold that is on, or comes first (ACC-2)."""
    return (
        AccountHold.objects.filter(account=account, lifted_at=None)
        .exclude(ends_on__lt=tenant_today())
        .select_related("placed_by__user")
        .order_by("starts_on", "id")
        .first()
    )


@dataclass(frozen=True, slots=True)
class HealthLimits:
    """Below which health scores an account holds by itself, and warns (ACC-2)."""

    hold: int
    warn: int

    def band(self, health: int | None) -> str:
        """``unknown``, ``hold``, ``warn`` or ``good``."""
        if health is None:
            return "unknown"
        if health < self.hold:
            return "hold"
        return "warn" if health < self.warn else "good"

    def condition(self, band: str) -> Q:
        """Accounts of one band."""
        return {
            "unknown": Q(health__isnull=True),
            "hold": Q(health__lt=self.hold),
            "warn": Q(health__gte=self.hold, health__lt=self.warn),
            "good": Q(health__gte=self.warn),
        }[band]


def health_limits() -> HealthLimits:
    """The tenant's limits, else the usual ones."""
    policy = ProgramPolicy.objects.first() or ProgramPolicy()
    return HealthLimits(policy.health_hold_below, policy.health_warn_below)


def industries() -> list[tuple[str, str]]:
    """Industries that occur, as choices."""
    names = Account.objects.exclude(industry="").order_by("industry").values_list("industry")
    return [(name, name) for (name,) in names.distinct()]


def owners() -> list[tuple[str, str]]:
    """Colleagues who own an account, as choices."""
    found = (
        Membership.objects.filter(Exists(Account.objects.filter(owner=OuterRef("pk"))))
        .order_by("user__name")
        .annotate(called=F("user__name"))
        .values_list("pk", "called")
    )
    return [(str(pk), name) for pk, name in found]


def people_at(account: Account) -> QuerySet[Advocate]:
    """People at an account, the enrolled first, with their tiers."""
    return (
        Advocate.objects.filter(account=account)
        .annotate(
            tier_code=F("standings__tier__code"),
            tier_name=F("standings__tier__name"),
            tier_rank=F("standings__tier__rank"),
        )
        .order_by(F("tier_rank").desc(nulls_last=True), "last_name", "first_name", "pk")
    )


def tag_names(account: Account, kind: str) -> list[str]:
    """Names of an account's tags of one kind."""
    links = account.account_tags.filter(tag__kind=kind).order_by("tag__name")
    return [str(name) for name in links.values_list("tag__name", flat=True)]


def account_names(ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Names by id, for timelines."""
    return dict(Account.objects.filter(pk__in=ids).values_list("pk", "name"))


def rest_accounts() -> QuerySet[Account]:
    """Accounts with their external ids as ``shown_identifiers``, their tags as ``shown_tags``."""
    return Account.objects.prefetch_related(
        Prefetch("identifiers", AccountIdentifier.objects.all(), to_attr="shown_identifiers"),
        Prefetch("account_tags", AccountTag.objects.select_related("tag"), to_attr="shown_tags"),
    )


def get_identifier(account: UUID, pk: UUID) -> AccountIdentifier:
    """One of an account's ids in other systems; 404 when it has no such one."""
    return get_object_or_404(
        AccountIdentifier.objects.select_related("account"), account=account, pk=pk
    )


def account_by_identifier(*, source: str, external_id: str) -> Account | None:
    """The account with an id in another system, if there is one (API-4)."""
    return Account.objects.filter(
        identifiers__source=source, identifiers__external_id=external_id
    ).first()
