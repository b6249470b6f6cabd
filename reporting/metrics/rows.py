"""How the rows behind a number are listed: by what they are (REP-1.b)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from activities.activities.models import Activity
from activities.assets.models import Asset
from advocacy.tenancy.models import Membership, Tenant
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocates.models import Advocate, Participation, ProgramInvitation
from benefits.grants.models import Grant
from benefits.thanks.models import ThankYou
from reporting.costs.models import Cost
from reporting.metrics.definitions import Metric
from reporting.metrics.words import in_unit, part_words
from requests.models import Ask, Opportunity, Request, Touchpoint


@dataclass(frozen=True, slots=True)
class Kind:
    """Rows of one model: their columns, what these read, and in which order they stand."""

    columns: Sequence[Column]
    related: Sequence[str]
    order: str


def _to(url_name: str, action: str, key: str = "pk") -> Callable[[Any, HttpRequest], str | None]:
    """A link to a row's page, for who may open it."""

    def url(row: Any, request: HttpRequest) -> str | None:
        member: Any = request.membership  # type: ignore[attr-defined]
        found = getattr(row, key)
        if found is None or not member.can(action):
            return None
        return tenant_reverse(request, url_name, found)

    return url


_DEAL = _to("opportunities:detail", "opportunities.view", "opportunity_id")
_PERSON = _to("advocates:detail", "advocates.view", "advocate_id")


def _who(sort: str = "advocate__last_name") -> Column:
    return Column("advocate", _("Advocate"), value="advocate.name", sort=sort, url=_PERSON)


def _touch(row: Any) -> str:
    return str(row.activity.activity_type if row.activity else row.get_kind_display())


KINDS: dict[type[Model], Kind] = {
    Opportunity: Kind(
        (
            Column(
                "name",
                _("Deal"),
                sort="name",
                url=_to("opportunities:detail", "opportunities.view"),
            ),
            Column("prospect", _("Prospect"), phone=False),
            Column("stage", _("Stage"), value="get_stage_display", sort="stage"),
            Column("opened_on", _("Opened"), sort="opened_on", phone=False),
            Column("closes_on", _("Closed"), sort="closes_on"),
            Column("amount", _("Amount"), sort="amount", align="end", hidden=True),
            Column("currency", _("Currency"), hidden=True),
        ),
        ("account",),
        "-closes_on",
    ),
    Touchpoint: Kind(
        (
            Column("deal", _("Deal"), value="opportunity.name", url=_DEAL),
            Column("what", _("What touched it"), value=_touch),
            Column("at", _("On"), sort="at"),
        ),
        ("opportunity", "activity__activity_type"),
        "-at",
    ),
    Request: Kind(
        (
            Column(
                "reference",
                _("Request"),
                sort="number",
                url=_to("requests:detail", "requests.view"),
            ),
            Column("prospect", _("Prospect"), sort="prospect"),
            Column("submitted_at", _("Submitted"), sort="submitted_at", phone=False),
            Column("confirmed_at", _("Confirmed"), sort="confirmed_at"),
        ),
        (),
        "-confirmed_at",
    ),
    Ask: Kind(
        (
            _who(),
            Column("request", _("Request"), value="request.reference"),
            Column("state", _("State"), value="get_state_display", sort="state"),
            Column("sent_at", _("Sent"), sort="sent_at"),
        ),
        ("advocate", "request"),
        "-sent_at",
    ),
    Participation: Kind(
        (
            _who(),
            Column("type", _("Asked for"), value="activity_type.name"),
            Column("segment", _("Segment"), value="account.get_segment_display"),
            Column("taken_at", _("Asked"), sort="taken_at"),
        ),
        ("advocate", "activity_type", "account"),
        "-taken_at",
    ),
    Activity: Kind(
        (
            Column(
                "activity",
                _("Activity"),
                value="__str__",
                url=_to("activities:detail", "activities.view"),
            ),
            _who(),
            Column("state", _("State"), value="get_state_display", sort="state"),
            Column("accepted_at", _("Accepted"), sort="accepted_at", hidden=True),
            Column("happened_at", _("Happened"), sort="happened_at"),
        ),
        ("advocate", "activity_type"),
        "-happened_at",
    ),
    Advocate: Kind(
        (
            Column(
                "name",
                _("Advocate"),
                sort="last_name",
                url=_to("advocates:detail", "advocates.view"),
            ),
            Column("account", _("Account"), value="account.name", sort="account__name"),
            Column("status", _("Status"), value="get_status_display", sort="status", phone=False),
            Column("enrolled_at", _("Joined"), sort="enrolled_at"),
        ),
        ("account",),
        "name",
    ),
    ProgramInvitation: Kind(
        (
            _who(),
            Column("state", _("State"), value="get_state_display", sort="state"),
            Column("sent_at", _("Sent"), sort="sent_at"),
        ),
        ("advocate",),
        "-sent_at",
    ),
    Asset: Kind(
        (
            Column("title", _("Title"), sort="title", url=_to("assets:detail", "assets.view")),
            Column("kind", _("Kind"), value="get_kind_display", sort="kind"),
            Column("published_at", _("Published"), sort="published_at"),
        ),
        (),
        "-published_at",
    ),
    Membership: Kind(
        (
            Column("name", _("Seller"), sort="user__name"),
            Column("role", _("Team"), value="get_role_display", sort="role"),
        ),
        ("user",),
        "name",
    ),
    ThankYou: Kind(
        (
            _who(),
            Column("kind", _("What"), value="get_kind_display"),
            Column("due_at", _("Due"), sort="due_at"),
            Column("done_at", _("Thanked"), sort="done_at"),
        ),
        ("advocate",),
        "-due_at",
    ),
    Cost: Kind(
        (
            Column("name", _("Cost"), sort="name", url=_to("costs:detail", "costs.view")),
            Column("kind", _("Kind"), value="get_kind_display", sort="kind"),
            Column("starts_on", _("From"), sort="starts_on"),
            Column("ends_on", _("Until"), sort="ends_on", phone=False),
            Column("amount", _("Amount"), sort="amount", align="end", phone=False),
            Column("currency", _("Currency"), phone=False),
            Column("lead_source", _("Lead source"), hidden=True),
        ),
        (),
        "-starts_on",
    ),
    Grant: Kind(
        (
            Column(
                "benefit",
                _("Benefit"),
                value="benefit.name",
                sort="benefit__name",
                url=_to("grants:detail", "grants.view"),
            ),
            _who(),
            Column("delivered_at", _("Delivered"), sort="delivered_at"),
            Column("budget", _("Budget"), value="budget.name", hidden=True),
        ),
        ("benefit", "advocate", "budget"),
        "-delivered_at",
    ),
}
_PART = {
    "share": _("Counts as yes"),
    "money": _("In the base currency"),
    "hours": _("Took"),
    "days": _("Took"),
    "business_days": _("Took"),
    "difference": _("Compared"),
    "count": _("Counts"),
    "return": _("Counts"),
}


def table_of(metric: Metric, model: type[Model], tenant: Tenant) -> type[Table]:
    """The columns of a metric's rows, what each gives to the number last."""
    kind = KINDS[model]

    def part(row: Any) -> str:
        return part_words(metric, row, tenant)

    def bare(row: Any) -> Any:
        return in_unit(row.part, metric.unit, tenant)

    last = Column("part", _PART[metric.unit], value=part, align="end", export=bare)
    touched = Column("touched", _("Side"), value="touched", hidden=True)
    more = (touched, last) if metric.unit == "difference" else (last,)
    attrs = {"columns": (*kind.columns, *more), "default_sort": kind.order}
    return type(f"{model.__name__}Rows", (Table,), attrs)


def related_of(model: type[Model]) -> Sequence[str]:
    """What the columns read beside a row."""
    return KINDS[model].related
