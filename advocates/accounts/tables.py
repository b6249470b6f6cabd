"""Columns of the list of accounts."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocates.countries import country_name


def account_url(row: Any, request: HttpRequest) -> str:
    """An account's page."""
    return tenant_reverse(request, "accounts:detail", row.pk)


def _owner(account: Any) -> str:
    return account.owner.name if account.owner else ""


class AccountTable(Table):
    """Accounts."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "name",
            gettext_lazy("Account"),
            sort="name",
            template="advocates/cells/account.html",
            url=account_url,
        ),
        Column(
            "lifecycle",
            gettext_lazy("Lifecycle"),
            value=lambda row: row.get_lifecycle_display(),
            sort="lifecycle",
        ),
        Column("industry", gettext_lazy("Industry"), sort="industry"),
        Column(
            "segment",
            gettext_lazy("Segment"),
            value=lambda row: row.get_segment_display(),
            sort=("employees", "segment"),
        ),
        Column(
            "health",
            gettext_lazy("Health"),
            sort="health",
            template="advocates/cells/health.html",
        ),
        Column(
            "people",
            gettext_lazy("People"),
            sort=("enrolled", "people"),
            template="advocates/cells/people.html",
            export=lambda row: row.people,
        ),
        Column("owner", gettext_lazy("Owner"), value=_owner, sort="owner__user__name", phone=False),
        Column(
            "region",
            gettext_lazy("Region"),
            value=lambda row: row.get_region_display(),
            sort="region",
            hidden=True,
        ),
        Column(
            "country",
            gettext_lazy("Country"),
            value=lambda row: country_name(row.country),
            sort="country",
            hidden=True,
        ),
        Column("employees", gettext_lazy("Employees"), sort="employees", align="end", hidden=True),
        Column("domain", gettext_lazy("Web domain"), sort="domain", hidden=True),
        Column("renewal_on", gettext_lazy("Renewal"), sort="renewal_on", hidden=True),
        Column(
            "customer_since", gettext_lazy("Customer since"), sort="customer_since", hidden=True
        ),
        Column(
            "enrolled", gettext_lazy("In the program"), sort="enrolled", align="end", hidden=True
        ),
    )
    default_sort: ClassVar[str] = "name"
