"""How a goal stands, whether that is on pace, and where it is heading (GOAL-1.a)."""

from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Literal, get_args

from django.db.models import F, Sum

from advocacy import clock
from advocacy.tenancy.models import Tenant
from reporting.goals.models import Goal
from reporting.metrics.definitions import Metric, Reading
from reporting.metrics.frame import Frame
from reporting.metrics.intervals import Z
from reporting.metrics.registry import METRICS

#: The own past a goal is compared with.
BASELINE_DAYS = 90
#: What adds up over a period; of all else the value itself is compared with the target.
ADDS_UP = ("count", "money")
Phase = Literal["ahead", "running", "over"]
PHASES: tuple[Phase, ...] = get_args(Phase)


@dataclass(frozen=True, slots=True)
class Forecast:
    """Where it will be on the last day, and within which range in 95 of 100."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Progress:
    """A goal today; values in the metric's unit.

    ``expected`` is what an even pace would have brought by today; ``on_pace`` None where nothing
    was measured. ``baseline`` is the own value of the last 90 days; of what adds up, as much as it
    would be over the goal's whole period.
    """

    metric: Metric
    target: float
    phase: Phase
    reading: Reading
    expected: float | None
    on_pace: bool | None
    forecast: Forecast | None
    baseline: float | None


def target_of(goal: Goal, metric: Metric) -> float:
    """The target in the metric's unit: goals say shares and differences in per cent."""
    target = float(goal.target)
    return target / 100 if metric.unit in ("share", "difference") else target


def frame_of_goal(goal: Goal, tenant: Tenant, last: date) -> Frame:
    """Its period up to a day."""
    return Frame(tenant, goal.starts_on, last, segment=goal.segment, region=goal.region)


def progress_of(goal: Goal, tenant: Tenant) -> Progress:
    """How it stands; as many statements for any goal of the same unit."""
    metric, today = METRICS[goal.metric].of_tenant(), clock.today(tenant.zone)
    target = target_of(goal, metric)
    whole = (goal.ends_on - goal.starts_on).days + 1
    past = Frame.of_last(tenant, BASELINE_DAYS)
    before = metric.read(
        Frame(tenant, past.first, past.last, segment=goal.segment, region=goal.region)
    ).value
    if before is not None and metric.unit in ADDS_UP:
        before = before * whole / BASELINE_DAYS
    if today < goal.starts_on:
        return Progress(metric, target, "ahead", Reading(None, 0), None, None, None, before)
    frame = frame_of_goal(goal, tenant, min(today, goal.ends_on))
    reading = metric.read(frame)
    phase: Phase = "over" if today > goal.ends_on else "running"
    adds_up = metric.unit in ADDS_UP
    expected = target * frame.days / whole if adds_up else target
    value = reading.value if reading.value is not None else (0.0 if adds_up else None)
    return Progress(
        metric,
        target,
        phase,
        reading,
        expected,
        None if value is None else _is_good(metric, value, expected),
        None if value is None else _forecast(metric, frame, reading, value, whole),
        before,
    )


def _is_good(metric: Metric, value: float, target: float) -> bool:
    return value >= target if metric.higher_is_better else value <= target


def _forecast(metric: Metric, frame: Frame, reading: Reading, value: float, whole: int) -> Forecast:
    """What adds up goes on at the pace there was: arrivals of a Poisson process, money a compound
    one, so that few large deals make it as unsure as they are. All else stays as it is, as sure as
    its own interval says.
    """
    if metric.unit not in ADDS_UP:
        return Forecast(value, reading.low, reading.high)
    left = (whole - frame.days) / frame.days
    squares = value
    if metric.unit == "money":
        rows = metric.behind(frame).order_by()
        squares = float(rows.aggregate(all=Sum(F("part") * F("part")))["all"] or 0)
    half = Z * sqrt(squares * left * (1 + left))
    coming = value * left
    return Forecast(value + coming, value + max(0.0, coming - half), value + coming + half)
