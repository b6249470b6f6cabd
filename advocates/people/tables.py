"""Columns of the lists of people."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.tenancy.models import Membership
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocates.access import may_change
from advocates.accounts.tables import _owner
from advocates.joining.meeting import criteria_counted
from advocates.joining.selectors import may_nominate
from advocates.languages import language_name
from advocates.people.choices import AdvocateStatus


def advocate_url(row: Any, request: HttpRequest) -> str:
    """A person's page."""
    return tenant_reverse(request, "advocates:detail", row.pk)


def _left(row: Any) -> str:
    if row.allowance is None:
        return ""
    return _("%(left)d left of %(allowance)d") % {
        "left": max(row.allowance - row.used, 0),
        "allowance": row.allowance,
    }


def _met(row: Any) -> str:
    return _("meets %(met)d of %(all)d") % {"met": row.met, "all": criteria_counted()}


_NAME = Column(
    "name",
    gettext_lazy("Name"),
    sort=("last_name", "first_name"),
    template="advocates/cells/person.html",
    url=advocate_url,
)

_ACCOUNT = Column(
    "account",
    gettext_lazy("Account"),
    value="account.name",
    sort="account__name",
    url=lambda row, request: tenant_reverse(request, "accounts:detail", row.account_id),
)

_STATUS = Column(
    "status",
    gettext_lazy("Status"),
    sort="status",
    template="advocates/cells/status.html",
    export=lambda row: AdvocateStatus(row.status).label,
)

_MORE = (
    Column(
        "readiness",
        gettext_lazy("Readiness"),
        value=lambda row: row.get_readiness_display(),
        sort="readiness",
        hidden=True,
    ),
    Column("job_title", gettext_lazy("Job title"), sort="job_title", hidden=True),
    Column("email", gettext_lazy("E-mail"), sort="email", hidden=True),
    Column("phone", gettext_lazy("Phone"), hidden=True),
    Column(
        "segment",
        gettext_lazy("Segment"),
        value=lambda row: row.account.get_segment_display(),
        sort=("account__employees", "account__segment"),
        hidden=True,
    ),
    Column(
        "region",
        gettext_lazy("Region"),
        value=lambda row: row.account.get_region_display(),
        sort="account__region",
        hidden=True,
    ),
    Column(
        "language",
        gettext_lazy("Language"),
        value=lambda row: language_name(row.language),
        sort="language",
        hidden=True,
    ),
)

_INDUSTRY = Column(
    "industry",
    gettext_lazy("Industry"),
    value="account.industry",
    sort="account__industry",
    phone=False,
)

_OWNER = Column(
    "owner",
    gettext_lazy("Account owner"),
    value=lambda row: _owner(row.account),
    sort="account__owner__user__name",
    phone=False,
)


class AdvocateTable(Table):
    """People in the program, and everybody."""

    columns: ClassVar[Sequence[Column]] = (
        _NAME,
        _ACCOUNT,
        Column(
            "tier",
            gettext_lazy("Tier"),
            value="tier_name",
            sort="-tier_rank",
            template="advocates/cells/tier.html",
        ),
        _STATUS,
        Column("left", gettext_lazy("Can give"), value=_left, template="advocates/cells/left.html"),
        Column(
            "last_asked",
            gettext_lazy("Last asked"),
            value="last_asked_at",
            sort="last_asked_at",
            template="components/cells/since.html",
        ),
        _INDUSTRY,
        _OWNER,
        *_MORE,
        Column(
            "enrolled_at",
            gettext_lazy("Enrolled"),
            sort="enrolled_at",
            template="components/cells/since.html",
            hidden=True,
        ),
    )
    default_sort: ClassVar[str] = "name"


class CandidateTable(Table):
    """People who may join."""

    columns: ClassVar[Sequence[Column]] = (
        _NAME,
        _ACCOUNT,
        _STATUS,
        Column(
            "score",
            gettext_lazy("Score"),
            sort=("-score", "last_name", "first_name"),
            template="advocates/cells/score.html",
            url=lambda row, request: tenant_reverse(request, "advocates:score", row.pk),
        ),
        Column(
            "met",
            gettext_lazy("Criteria"),
            value=_met,
            sort=("-met", "last_name", "first_name"),
            phone=False,
        ),
        _INDUSTRY,
        Column(
            "health",
            gettext_lazy("Account health"),
            value="account.health",
            sort="account__health",
            align="end",
            hidden=True,
        ),
        _OWNER,
        *_MORE,
    )
    default_sort: ClassVar[str] = "score"
    row_template: ClassVar[str] = "advocates/cells/nominate.html"

    def prepare(self, rows: Sequence[Any]) -> Sequence[Any]:
        """With the address at which a person is nominated, for those who may (IDN-2)."""
        member: Membership = self.request.membership  # type: ignore[attr-defined]
        for person in rows:
            may = may_nominate(person) and may_change(member, "nominations.submit", person.account)
            person.nominate_url = tenant_reverse(self.request, "nominations:new") if may else ""
        return rows
