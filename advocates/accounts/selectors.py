"""Reading accounts (ACC-1, ACC-2)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from advocacy.records.merging import merged_into
from advocacy.tenancy.models import Membership
from advocacy.web import formatting as words
from advocates.changes import tenant_today
from advocates.external_ids import known_by
from advocates.models import (
    Account,
    AccountHold,
    AccountIdentifier,
    AccountTag,
    Advocate,
    ProgramPolicy,
)
from advocates.people.choices import ENROLLED


def active_holds(today: date | None = None) -> QuerySet[AccountHold]:
    """Holds that are on today (ACC-2)."""
    today = today or tenant_today()
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


def resting_accounts(today: date) -> QuerySet[Account]:
    """Accounts that are on hold today, or held by their health (ACC-2); part of one statement."""
    limit = Subquery(ProgramPolicy.objects.values("health_hold_below")[:1])
    return Account.objects.filter(
        Exists(active_holds(today).filter(account=OuterRef("pk"))) | Q(health__lt=limit)
    )


def get_account(pk: UUID) -> Account:
    """One account with its owner, by the id of a record that became part of it too; ``Http404``
    when there is none.
    """
    accounts = Account.objects.select_related("owner__user", "tenant")
    account = accounts.filter(pk=pk).first()
    if account is None and (into := merged_into(Account, pk)):
        account = accounts.filter(pk=into.into_id).first()
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


def reasons_to_rest(account: Account) -> list[str]:
    """Why nobody there is asked today: a hold, too poor a health (ACC-2); in sentences."""
    return [text for text, _until in rests(account, health_limits())]


def rests(account: Account, limits: "HealthLimits") -> list[tuple[str, date | None]]:
    """:func:`reasons_to_rest`, each with the first day on which it is over, if that is known."""
    found: list[tuple[str, date | None]] = []
    hold = active_holds().filter(account=account).order_by("starts_on", "id").first()
    if hold is not None:
        until = _(" until %(day)s") % {"day": words.day(hold.ends_on)} if hold.ends_on else ""
        text = _("%(account)s is on hold%(until)s: %(reason)s") % {
            "account": account,
            "until": until,
            "reason": hold.reason,
        }
        found.append((text, hold.ends_on + timedelta(days=1) if hold.ends_on else None))
    if limits.band(account.health) == "hold":
        text = _("The health of %(account)s is %(health)s, too low to ask for anything.") % {
            "account": account,
            "health": account.health,
        }
        found.append((text, None))
    return found


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
    """Accounts with their external ids, in the order they came, and their tags."""
    return Account.objects.prefetch_related(
        Prefetch("identifiers", AccountIdentifier.objects.order_by("pk")),
        Prefetch("account_tags", AccountTag.objects.select_related("tag")),
    )


def get_identifier(account: UUID, pk: UUID) -> AccountIdentifier:
    """One of an account's ids in other systems; 404 when it has no such one."""
    return get_object_or_404(
        AccountIdentifier.objects.select_related("account"), account=account, pk=pk
    )


def account_by_identifier(*, source: str, external_id: str) -> Account | None:
    """The account with an id in another system, if there is one (API-4)."""
    rows = AccountIdentifier.objects.select_related("account").filter(source=source)
    identifier = known_by(rows, external_id).first()
    return identifier.account if identifier else None
