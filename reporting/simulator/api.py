"""The simulator over REST: the same question in the address, the same answer (SIM-1.a)."""

from collections.abc import Sequence
from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from advocacy.rest.plain import PlainView
from advocacy.tenancy.errors import DomainError
from advocates.accounts.choices import Region, Segment
from advocates.program.ledger.choices import GuardMode
from reporting.simulator import sentences
from reporting.simulator.lists import ASKS, REQUESTS, SIZES, asks_of, requests_of
from reporting.simulator.outcome import STAGES, Outcome
from reporting.simulator.scenario import NAMES, PERIODS, ScenarioForm
from reporting.simulator.serializers import (
    SimulatedAsksSerializer,
    SimulatedRequestsSerializer,
    SimulationSerializer,
)
from reporting.simulator.simulate import simulate

RIGHT = "simulations.view"
#: Rows of one answer.
PAGE = 500


def _question() -> list[OpenApiParameter]:
    known: dict[str, tuple[Any, Sequence[str] | None, str]] = {
        "days": (str, list(PERIODS), "How far to look back."),
        "recruits": (int, None, "People who would have been there from the first day on."),
        "tier": (str, None, "Code of the tier whose rewards they get."),
        "segment": (str, Segment.values, "Size of their companies."),
        "region": (str, Region.values, "Of their companies."),
        "industry": (str, None, "Of their companies."),
        "recruit_cost": (
            str,
            None,
            "What winning one costs; else costs of acquisition.",
        ),
        "reward_cost": (str, None, "What one gets a year; else as you give now."),
        "activity": (str, None, "Code of an activity with limits of its own."),
        "activity_per_year": (int, None, "At most so many a year for each advocate."),
        "activity_at_once": (int, None, "At most so many at a time."),
        "activity_gap_days": (int, None, "Days between two."),
        "counts_free_types": (str, ["yes", "no"], "As in the settings."),
    }
    found = []
    for name in NAMES:
        modes = GuardMode.values if name.endswith("_mode") else None
        kind, enum, text = known.get(name, (str if modes else int, modes, "As in the settings."))
        found.append(OpenApiParameter(name, kind, enum=enum, description=text))
    return found


_QUESTION = _question()
_OFFSET = OpenApiParameter("offset", int, description=f"Rows to skip; {PAGE} are given at once.")


class SimulationView(PlainView):
    """What the past would have been. Everything is in the address; nothing is kept."""

    resource = "metrics"
    operations = "simulation"
    permissions = dict.fromkeys(("retrieve", "asks", "requests"), RIGHT)

    @extend_schema(
        operation_id="simulations_retrieve",
        description="The tenant's own past replayed ask by ask under other guardrails, or with more"
        " people; what the address does not say is as it is today (SIM-1).",
        parameters=_QUESTION,
        responses=SimulationSerializer,
    )
    def retrieve(self, request: Request) -> Response:
        """The answer."""
        return Response(dict(SimulationSerializer(self._said(self._outcome(request))).data))

    @extend_schema(
        operation_id="simulations_asks",
        parameters=[
            *_QUESTION,
            OpenApiParameter("show", str, enum=list(ASKS), description="Which; all without."),
            OpenApiParameter("rule", str, enum=list(sentences.RULES)),
            OpenApiParameter("stage", str, enum=list(STAGES), description="Of their deal."),
            OpenApiParameter("of_size", str, enum=list(dict(SIZES)), description="Of the company."),
            _OFFSET,
        ],
        responses=SimulatedAsksSerializer,
    )
    def asks(self, request: Request) -> Response:
        """The asks behind a number."""
        outcome = self._outcome(request, "show", "rule", "stage", "of_size", "offset")
        show = self._one_of(request, "show", ASKS, "all")
        rule = self._one_of(request, "rule", sentences.RULES, "")
        stage = self._one_of(request, "stage", STAGES, "")
        size = self._one_of(request, "of_size", dict(SIZES), "")
        found = asks_of(outcome, show=show, rule=rule, stage=stage, of_size=size)
        results = []
        for each in self._page(request, found):
            unit, ask = each.unit, outcome.history.asks.get(each.unit.id)
            results.append(
                {
                    "id": ask.id if ask else None,
                    "participation": unit.id,
                    "advocate": unit.advocate,
                    "request": ask.request if ask else None,
                    "sent_at": unit.taken_at,
                    "refused_by": each.refused_by,
                    "refuses": list(each.judgement.refuses),
                    "warns": list(each.judgement.warns),
                    "cause": outcome.unexplained.get(unit.id, ""),
                }
            )
        said = {"count": len(found), "results": results}
        return Response(dict(SimulatedAsksSerializer(said).data))

    @extend_schema(
        operation_id="simulations_requests",
        parameters=[
            *_QUESTION,
            OpenApiParameter("show", str, enum=list(REQUESTS), description="Which; all without."),
            _OFFSET,
        ],
        responses=SimulatedRequestsSerializer,
    )
    def requests(self, request: Request) -> Response:
        """The requests behind a number, by their keys."""
        outcome = self._outcome(request, "show", "offset")
        found = sorted(requests_of(outcome, show=self._one_of(request, "show", REQUESTS, "all")))
        said = {"count": len(found), "results": self._page(request, found)}
        return Response(dict(SimulatedRequestsSerializer(said).data))

    def _outcome(self, request: Request, *more: str) -> Outcome:
        asked = request.query_params.dict()
        if unknown := sorted(asked.keys() - set(NAMES) - set(more)):
            text = _("There is no such parameter; there are: %(names)s.")
            text %= {"names": ", ".join(sorted({*NAMES, *more}))}
            raise ValidationError({name: [text] for name in unknown})
        form = ScenarioForm({name: asked[name] for name in NAMES if name in asked})
        try:
            return simulate(self.membership.tenant, form.scenario())
        except DomainError as error:
            raise ValidationError({name: [text] for name, text in error.fields.items()}) from None

    def _one_of(self, request: Request, name: str, known: Any, usual: str) -> str:
        asked = request.query_params.get(name, "")
        if asked and asked not in known:
            text = _("Choose one of: %(known)s.") % {"known": ", ".join(known)}
            raise ValidationError({name: [text]})
        return asked or usual

    def _page(self, request: Request, rows: Sequence[Any]) -> list[Any]:
        asked = request.query_params.get("offset", "0")
        if not (asked.isascii() and asked.isdigit() and len(asked) < 9):
            raise ValidationError({"offset": [_("Enter a whole number from 0.")]})
        return list(rows[int(asked) : int(asked) + PAGE])

    def _said(self, outcome: Outcome) -> dict[str, Any]:
        frame, helped, price = outcome.history.frame, outcome.helped, outcome.price
        deals = []
        for stage in STAGES:
            behind = outcome.deals_of(outcome.refused, stage)
            deals.append(
                {
                    "stage": stage,
                    "asks": outcome.asks_of(outcome.refused, stage),
                    "deals": behind.count,
                    "amount": behind.amount,
                    "unknown": behind.unknown,
                }
            )
        notes = (
            sentences.too_little(outcome),
            sentences.reproduced(outcome),
            sentences.chance(outcome),
        )
        return {
            "text": sentences.headline(outcome),
            "notes": [each for each in notes if each],
            "since": frame.first,
            "until": frame.last,
            "currency": self.membership.tenant.currency,
            "too_little": outcome.too_little,
            "asks": len(outcome.verdicts),
            "refused": len(outcome.refused),
            "refused_anew": len(outcome.refused_anew),
            "warned": len(outcome.warned),
            "with_reason": len(outcome.with_reason),
            "rules": dict(outcome.rules),
            "unexplained": dict(outcome.causes),
            "deals": deals,
            "lost": len(outcome.lost),
            "stand_ins": outcome.stand_ins,
            "newly_free": len(outcome.newly_free),
            "by_content": len(outcome.by_content),
            "fill_now": outcome.fill,
            "fill_then": outcome.projected,
            "load_now": outcome.load,
            "load_then": outcome.load_then,
            "segments": outcome.segments,
            "recruits": {
                "gained": len(helped.unfilled),
                "kept": len(helped.lost),
                "late": len(helped.late),
                "chance": outcome.chance,
                "winning": price.winning,
                "rewards": price.rewards,
            }
            if price is not None
            else None,
        }


def urlpatterns() -> list[URLPattern]:
    """The addresses."""
    return [
        path("simulations/", SimulationView.as_view({"get": "retrieve"}), name="simulations"),
        path("simulations/asks/", SimulationView.as_view({"get": "asks"}), name="simulations-asks"),
        path(
            "simulations/requests/",
            SimulationView.as_view({"get": "requests"}),
            name="simulations-requests",
        ),
    ]
