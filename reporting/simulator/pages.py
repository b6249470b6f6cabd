"""The simulator in a browser: the question in the address, the answer below it (SIM-1.a)."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.tenancy.errors import DomainError
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import ListPage, MemberView
from advocates.models import Participation
from reporting.simulator import sentences, words
from reporting.simulator.lists import (
    ASKS,
    REQUESTS,
    SIZES,
    UNKNOWN_SIZE,
    AskFilter,
    AskTable,
    RequestFilter,
    RequestTable,
    asks_of,
    requests_of,
)
from reporting.simulator.outcome import Outcome
from reporting.simulator.replay import Verdict
from reporting.simulator.scenario import NAMES, ScenarioForm
from reporting.simulator.simulate import simulate
from requests.models import Request

RIGHT = "simulations.view"


class Simulator(MemberView):
    """The form and, where it makes sense, what the past would have been."""

    permission: ClassVar[str] = RIGHT
    nav_item: ClassVar[str] = "impact"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page; 422 with everything as it was typed where something makes no sense."""
        form = ScenarioForm(request.GET.dict())
        try:
            outcome = simulate(self.tenant, form.scenario())
        except DomainError as error:
            if not form.errors:
                form.add_error("days", error.message)
            context = self._head(form, _("What if?"))
            return render(request, "reporting/simulator/simulator.html", context, status=422)
        context = {**self._head(form, sentences.headline(outcome)), **self._answer(form, outcome)}
        return render(request, "reporting/simulator/simulator.html", context)

    def _head(self, form: ScenarioForm, title: str) -> dict[str, Any]:
        member = self.membership
        return {
            "page_title": title,
            "place": _("Try it on your own past"),
            "subtitle": _(
                "Your own past once more, under other guardrails or with more people. Nothing is"
                " saved; the address of this page is the question."
            ),
            "crumbs": [(tenant_reverse(self.request, "impact"), _("Impact"))],
            "form": form,
            "settings_url": tenant_reverse(self.request, "settings-family", family="capacity")
            if member.can("settings.rules")
            else "",
        }

    def _answer(self, form: ScenarioForm, outcome: Outcome) -> dict[str, Any]:
        query, tenant = form.query(), self.tenant

        def rows(of: str, **more: str) -> str:
            shown = urlencode({**query, **more})
            return f"{tenant_reverse(self.request, f'simulator-{of}')}?{shown}"

        projected, price = outcome.projected, outcome.price
        return {
            "outcome": outcome,
            "asks": len(outcome.verdicts),
            "refused": len(outcome.refused),
            "all_url": rows("asks", show="all"),
            "refused_url": rows("asks", show="refused"),
            "ended_url": rows("requests", show="all"),
            "now": words.rate(outcome.fill),
            "then": words.rate(projected),
            "typical": words.units(outcome.load_then.typical),
            "typical_now": words.units(outcome.load.typical),
            "busiest": words.units(outcome.load_then.busiest),
            "busiest_now": words.units(outcome.load.busiest),
            "cost": words.in_money(price.total, tenant) if price else "",
            "compared": sentences.compared(outcome),
            "also": sentences.also(outcome),
            "too_little": sentences.too_little(outcome),
            "reproduced": sentences.reproduced(outcome),
            "causes": words.causes(outcome, rows),
            "rules": words.rules(outcome, rows),
            "passed": words.passed(outcome, rows),
            "deals": words.deals(outcome, tenant, rows),
            "filled": words.filled(outcome, rows),
            "chance": sentences.chance(outcome),
            "prices": words.price(outcome, tenant),
            "costs_url": tenant_reverse(self.request, "costs:list")
            if self.membership.can("costs.view")
            else "",
            "segments": [
                (dict(SIZES)[size], rows("asks", of_size=size), line)
                for line in outcome.segments
                for size in (line.segment or UNKNOWN_SIZE,)
            ],
        }


class _Rows(ListPage):
    """Some rows behind one of the numbers; the question stays in the address."""

    abstract = True
    permission: ClassVar[str] = RIGHT
    nav_item: ClassVar[str] = "impact"
    kept: ClassVar[Sequence[str]] = NAMES
    template_name: ClassVar[str] = "reporting/simulator/rows.html"
    empty_title = gettext_lazy("None")
    empty_text = gettext_lazy("With this question the number is nought. Ask another one.")
    empty_icon: ClassVar[str] = "test-pipe"

    @cached_property
    def form(self) -> ScenarioForm:
        """The question."""
        return ScenarioForm({name: self.params.get(name, "") for name in NAMES})

    @cached_property
    def outcome(self) -> Outcome:
        """The answer; the replay runs again, as nothing of it is kept."""
        return simulate(self.tenant, self.form.scenario())

    def get_context(self) -> dict[str, Any]:
        query = urlencode(self.form.query())
        back = tenant_reverse(self.request, "simulator") + (f"?{query}" if query else "")
        return {
            "crumbs": [
                (tenant_reverse(self.request, "impact"), _("Impact")),
                (back, _("Try it on your own past")),
            ],
            "question": sentences.question(self.outcome.scenario),
            "compared": sentences.compared(self.outcome),
            "back_url": back,
        }

    def _clear_url(self) -> str:
        """Without filters it is still the same question."""
        return f"?{urlencode(self.form.query())}"

    def file_name(self) -> str:
        return str(self.headline(None))


class SimulatedAsks(_Rows):
    """Asks of the past, with what speaks against each."""

    title = gettext_lazy("Asks of your past")
    table, filterset = AskTable, AskFilter

    @cached_property
    def found(self) -> dict[Any, Verdict]:
        """Those of the address, by unit."""
        params = self.params
        verdicts = asks_of(
            self.outcome,
            show=params.get("show", ""),
            rule=params.get("rule", ""),
            stage=params.get("stage", ""),
            of_size=params.get("of_size", ""),
        )
        return {each.unit.id: each for each in verdicts}

    def get_queryset(self) -> QuerySet[Participation]:
        rows = Participation.objects.filter(pk__in=list(self.found))
        return rows.select_related("advocate", "account", "activity_type")

    def headline(self, total: Any) -> str:
        return str(ASKS.get(self.params.get("show", ""), ASKS["all"]))

    @cached_property
    def shown_table(self) -> AskTable:  # type: ignore[override]
        table = AskTable(params=self.params, request=self.request)
        table.verdicts, table.asks = self.found, self.outcome.history.asks
        return table


class SimulatedRequests(_Rows):
    """Requests of the past."""

    title = gettext_lazy("Requests of your past")
    table, filterset = RequestTable, RequestFilter

    def get_queryset(self) -> QuerySet[Request]:
        keys = list(requests_of(self.outcome, show=self.params.get("show", "all")))
        return Request.objects.filter(pk__in=keys).select_related("activity_type", "opportunity")

    def headline(self, total: Any) -> str:
        return str(REQUESTS.get(self.params.get("show", ""), REQUESTS["all"]))
