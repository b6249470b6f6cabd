"""The rows behind the simulator's numbers (SIM-1.a)."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from advocacy.web.filters import FilterSet
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocates.accounts.choices import Segment
from advocates.models import Participation
from reporting.simulator.changes import CAUSES
from reporting.simulator.outcome import Outcome
from reporting.simulator.replay import Verdict
from reporting.simulator.rows import AskRow
from reporting.simulator.sentences import RULES
from requests.models import Request

#: Which asks can be listed, by the word in the address.
ASKS: dict[str, str | Promise] = {
    "refused": _("Asks that would have been refused"),
    "reason": _("Asks past a warning, with a reason"),
    "warned": _("Asks that would have taken a reason"),
    **{
        code: format_lazy(_("Sent, and refused by today's settings: {cause}"), cause=cause)
        for code, cause in CAUSES.items()
    },
    "all": _("Asks that were sent"),
}
#: In addresses: a company whose size nobody knows.
UNKNOWN_SIZE = "unknown"
SIZES: list[tuple[str, Any]] = [*Segment.choices, (UNKNOWN_SIZE, _("Size not known"))]
#: Which requests.
REQUESTS: dict[str, str | Promise] = {
    "lost": _("Requests that would lack somebody"),
    "free": _("Requests for which somebody would have had room"),
    "gained": _("Requests that new people could have taken"),
    "kept": _("Requests that new people could take over"),
    "late": _("Requests that would not have waited as long"),
    "filled": _("Requests that were filled"),
    "content": _("Requests that content answered"),
    "all": _("Requests that came to an end"),
}


def asks_of(
    outcome: Outcome, *, show: str = "", rule: str = "", stage: str = "", of_size: str = ""
) -> list[Verdict]:
    """Some of the asks, in the order in which they were sent."""
    pick: dict[str, Callable[[], Collection[Verdict]]] = {
        "refused": lambda: outcome.refused,
        "reason": lambda: outcome.with_reason,
        "warned": lambda: outcome.warned,
    }
    if show in CAUSES:
        found = [e for e in outcome.verdicts if outcome.unexplained.get(e.unit.id) == show]
    else:
        found = list(pick[show]() if show in pick else outcome.verdicts)
    if rule:
        found = [each for each in found if each.refused_by == rule]
    if stage:
        found = [each for each in found if outcome.deals_of([each], stage).count]
    if of_size:
        size = "" if of_size == UNKNOWN_SIZE else of_size
        found = [each for each in found if outcome.history.size_of(each.unit) == size]
    return found


def requests_of(outcome: Outcome, *, show: str) -> Collection[UUID]:
    """Some of the requests."""
    helped = outcome.helped
    start, end = outcome.history.frame.moments
    ended = [
        row
        for row in outcome.history.requests.values()
        if start <= row.submitted_at < end and (row.is_filled or row.found_nobody)
    ]
    pick: dict[str, Callable[[], Collection[UUID]]] = {
        "lost": lambda: outcome.lost,
        "free": lambda: outcome.newly_free,
        "gained": lambda: helped.unfilled,
        "kept": lambda: helped.lost,
        "late": lambda: helped.late,
        "content": lambda: outcome.by_content,
        "filled": lambda: [row.id for row in ended if row.is_filled],
        "all": lambda: [row.id for row in ended],
    }
    return pick.get(show, pick["all"])()


class AskFilter(FilterSet):
    """Which of the asks; the page picks them."""

    search_fields = ("advocate__last_name", "advocate__first_name", "account__name")

    show = django_filters.ChoiceFilter(
        label=_("Asks"), choices=list(ASKS.items()), method="untouched"
    )
    rule = django_filters.ChoiceFilter(
        label=_("Refused because"), choices=list(RULES.items()), method="untouched"
    )
    stage = django_filters.ChoiceFilter(
        label=_("Deal"),
        choices=[("won", _("Won")), ("lost", _("Lost")), ("open", _("Still open"))],
        method="untouched",
    )
    of_size = django_filters.ChoiceFilter(
        label=_("Size of company"), choices=SIZES, method="untouched"
    )

    class Meta:
        model = Participation
        fields: list[str] = []

    def untouched(self, queryset: QuerySet[Any], _name: str, _value: Any) -> QuerySet[Any]:
        """As it is."""
        return queryset


class RequestFilter(FilterSet):
    """Which of the requests; the page picks them."""

    search_fields = ("prospect", "industry")

    show = django_filters.ChoiceFilter(
        label=_("Requests"), choices=list(REQUESTS.items()), method="untouched"
    )

    class Meta:
        model = Request
        fields: list[str] = []

    def untouched(self, queryset: QuerySet[Any], _name: str, _value: Any) -> QuerySet[Any]:
        """As it is."""
        return queryset


def _to(name: str, action: str, key: Callable[[Any], Any]) -> Any:
    def url(row: Any, request: HttpRequest) -> str | None:
        member: Any = request.membership  # type: ignore[attr-defined]
        found = key(row)
        if found is None or not member.can(action):
            return None
        return tenant_reverse(request, name, found)

    return url


class AskTable(Table):
    """Asks, with what the rules say to each; the page gives ``verdicts`` and ``asks``, by unit."""

    verdicts: Mapping[UUID, Verdict]
    asks: Mapping[UUID, AskRow]

    columns = (
        Column(
            "advocate",
            _("Advocate"),
            value="advocate.name",
            sort=("advocate__last_name", "advocate__first_name"),
            url=_to("advocates:detail", "advocates.view", lambda row: row.advocate_id),
        ),
        Column("account", _("Company"), value="account.name", sort="account__name"),
        Column("type", _("Asked for"), value="activity_type.name", sort="activity_type__name"),
        Column("why", _("What speaks against it"), value="why"),
        Column(
            "request",
            _("Request"),
            value="asked_for.reference",
            url=_to(
                "requests:detail",
                "requests.view",
                lambda row: row.asked_for.pk if row.asked_for else None,
            ),
        ),
        Column(
            "deal",
            _("Deal"),
            value="asked_for.opportunity.name",
            url=_to(
                "opportunities:detail",
                "opportunities.view",
                lambda row: row.asked_for.opportunity_id if row.asked_for else None,
            ),
        ),
        Column("stage", _("Stage"), value="asked_for.opportunity.get_stage_display", phone=False),
        Column("taken_at", _("Sent"), sort="taken_at"),
    )
    default_sort = "-taken_at"

    def title(self, row: Any) -> str:
        """Whose ask it is."""
        return str(row.advocate.name)

    def prepare(self, rows: Sequence[Any]) -> Sequence[Any]:
        """Each with its request and what speaks against it; one statement."""
        keys = {row.pk: self.asks[row.pk].request for row in rows if row.pk in self.asks}
        found = Request.objects.select_related("opportunity").in_bulk(list(set(keys.values())))
        for row in rows:
            row.asked_for = found.get(keys.get(row.pk))
            row.why = _why(self.verdicts[row.pk])
        return rows


def _why(verdict: Verdict) -> str:
    said = verdict.judgement
    return str(capfirst(", ".join(str(RULES[code]) for code in (*said.refuses, *said.warns))))


class RequestTable(Table):
    """Requests."""

    columns = (
        Column(
            "reference",
            _("Request"),
            sort="number",
            url=_to("requests:detail", "requests.view", lambda row: row.pk),
        ),
        Column("what", _("What is needed")),
        Column("segment", _("Size"), value="get_segment_display", phone=False),
        Column("industry", _("Industry"), phone=False),
        Column(
            "deal",
            _("Deal"),
            value="opportunity.name",
            url=_to("opportunities:detail", "opportunities.view", lambda row: row.opportunity_id),
        ),
        Column("stage", _("Stage"), value="opportunity.get_stage_display", phone=False),
        Column("state", _("State"), value="get_state_display", sort="state"),
        Column("submitted_at", _("Submitted"), sort="submitted_at"),
    )
    default_sort = "-submitted_at"
