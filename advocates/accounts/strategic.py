"""Strategic accounts, known to everybody inside the company with what their people give (ACC-1)."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import current_tenant_id
from advocacy.web.views.base import ANY_MEMBER, MemberView
from advocates.models import Account, Participation
from advocates.program.ledger.choices import UnitState

#: Everybody may know them, so there are few.
SHOWN = 100


@dataclass(frozen=True, slots=True)
class Strategic:
    """An account and what its people gave within a year, by kind; names nobody (VIS-1)."""

    account: Account
    given: list[tuple[str, int]]


def strategic_accounts() -> list[Strategic]:
    """The latest designation first."""
    accounts = list(_designated()[:SHOWN])
    since = clock.year_start(Tenant.objects.get(pk=current_tenant_id()).zone)
    counted = (
        Participation.objects.filter(
            account__in=accounts, state=UnitState.COMPLETED, completed_at__gte=since
        )
        .order_by()
        .values_list("account", "activity_type__name")
        .annotate(n=Count("pk"))
        .order_by("-n", "activity_type__name")
    )
    given: dict[Any, list[tuple[str, int]]] = {}
    for account, name, count in counted:
        given.setdefault(account, []).append((name, count))
    return [Strategic(account, given.get(account.pk, [])) for account in accounts]


def _designated() -> QuerySet[Account]:
    return Account.objects.filter(strategic_on__isnull=False).order_by("-strategic_on", "name")


class StrategicAccounts(MemberView):
    """For every colleague, whatever the role."""

    permission: ClassVar[str] = ANY_MEMBER
    nav_item: ClassVar[str] = "advocates"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page."""
        context = {
            "page_title": _("Strategic accounts"),
            "accounts": strategic_accounts(),
            "may_open": self.membership.can("accounts.view"),
        }
        return render(request, "accounts/strategic.html", context)
