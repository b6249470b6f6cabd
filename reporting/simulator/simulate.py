"""The past replayed under a scenario: asks, requests, load and cost, now and then (SIM-1.a)."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from math import ceil
from statistics import median
from uuid import UUID

from advocacy import clock
from advocacy.tenancy.models import Tenant
from advocates.program.ledger.capacity.past import Unit
from reporting.metrics.frame import Frame
from reporting.simulator.changes import changes_since
from reporting.simulator.history import History, read_history
from reporting.simulator.ledger import refuse_too_many
from reporting.simulator.outcome import Fill, Helped, Load, Outcome, SegmentLine
from reporting.simulator.recruiting import price_of, taken_by
from reporting.simulator.replay import Replayed, Verdict, replay
from reporting.simulator.rows import RequestRow
from reporting.simulator.scenario import Scenario


def simulate(tenant: Tenant, scenario: Scenario) -> Outcome:
    """Replay the tenant's past under a scenario, and under today's settings beside it.

    A dozen statements, however long the past; nothing is written. Raises ``DomainError`` at
    ``days`` where the past is too long to be replayed while somebody waits.
    """
    history = read_history(Frame.of_last(tenant, scenario.days), clock.now())
    refuse_too_many(history)
    today = replay(history, scenario.today)
    same = scenario.rules == scenario.today and not scenario.limits
    under = today if same else replay(history, scenario.rules, scenario.limits)
    changes = changes_since(history)
    unexplained = {each.unit.id: changes.cause(each) for each in today.refused}
    counted = [row for row in _within(history) if row.is_filled or row.found_nobody]
    lost = _lost(history, counted, under, unexplained)
    free = tuple(
        row.id
        for row in counted
        if row.found_nobody and under.free.get(row.id) and not today.free.get(row.id)
    )
    filled = sum(row.is_filled for row in counted)
    helped = _helped(history, scenario, under, lost, free)
    answered = [ask for ask in history.asks.values() if ask.is_answered]
    kept = [each for each in under.verdicts if not each.refused_by]
    return Outcome(
        scenario=scenario,
        history=history,
        verdicts=under.verdicts,
        unexplained=unexplained,
        fill=Fill(len(counted), filled),
        then=Fill(len(counted), filled - len(lost) + len(free)),
        lost=lost,
        newly_free=free,
        by_content=tuple(row.id for row in _within(history) if row.by_content),
        stand_ins=_stood_in(history, under, lost),
        load=_load(history, under.verdicts),
        load_then=_load(history, kept),
        segments=_segments(history, under),
        helped=helped,
        price=price_of(history, scenario.recruits) if scenario.recruits.count else None,
        answered=len(answered),
        yes=sum(ask.said_yes for ask in answered),
        rules=Counter(each.refused_by for each in under.refused),
    )


def _within(history: History) -> list[RequestRow]:
    start, end = history.frame.moments
    return [row for row in history.requests.values() if start <= row.submitted_at < end]


def _yes_kept(history: History, under: Replayed) -> Counter[UUID]:
    """Of each request the yeses that stay."""
    kept: Counter[UUID] = Counter()
    refused = {each.unit.id for each in under.refused}
    for unit, ask in history.asks.items():
        kept[ask.request] += ask.said_yes and unit not in refused
    return kept


def _lost(
    history: History,
    rows: Iterable[RequestRow],
    under: Replayed,
    unexplained: dict[UUID, str],
) -> tuple[UUID, ...]:
    """Requests that were filled and would lack somebody; not for an ask that went out although
    today's settings refuse it as well.
    """
    gone: Counter[UUID] = Counter()
    for each in under.refused:
        ask = history.asks.get(each.unit.id)
        if ask is not None and ask.said_yes and each.unit.id not in unexplained:
            gone[ask.request] += 1
    kept = _yes_kept(history, under)
    return tuple(
        row.id for row in rows if row.is_filled and gone[row.id] and kept[row.id] < row.needed
    )


def _stood_in(history: History, under: Replayed, lost: tuple[UUID, ...]) -> int:
    """Of the requests that are lost, those for which somebody else who fits had room."""
    found = {
        ask.request
        for unit, has in under.stand_in.items()
        if has and (ask := history.asks.get(unit)) is not None
    }
    return len(found & set(lost))


def _helped(
    history: History,
    scenario: Scenario,
    under: Replayed,
    lost: tuple[UUID, ...],
    free: tuple[UUID, ...],
) -> Helped:
    """What the new people could have taken, everything in the order in which it came."""
    if not scenario.recruits.count:
        return Helped()
    kept = _yes_kept(history, under)
    rows = {row.id: row for row in _within(history)}
    unfilled = {pk for pk, row in rows.items() if row.found_nobody} - set(free)
    late = {pk for pk, row in rows.items() if row.is_late} - set(lost)
    wanted = [
        (rows[pk], 1 if pk in late else max(1, rows[pk].needed - kept[pk]))
        for pk in unfilled | set(lost) | late
    ]
    taken, load = taken_by(history, scenario, wanted)
    return Helped(
        unfilled=tuple(pk for pk in taken if pk in unfilled),
        lost=tuple(pk for pk in taken if pk in lost),
        late=tuple(pk for pk in taken if pk in late),
        load=tuple(sorted(load, reverse=True)),
    )


def _given(unit: Unit, at: datetime) -> int:
    """Units it took: of what was done, and of what is still open."""
    if unit.is_open(at):
        return unit.reserved
    return unit.units if unit.is_completed(at) else 0


def _load(history: History, verdicts: Iterable[Verdict]) -> Load:
    """Over everybody who was asked in the period, so that now and then have the same people."""
    units: dict[UUID, int] = {unit.advocate: 0 for unit in history.units if history.asked(unit)}
    for each in verdicts:
        units[each.unit.advocate] += _given(each.unit, history.now)
    most = sorted(units.values(), reverse=True)
    if not most:
        return Load(0, 0, 0, 0)
    tenth = most[: ceil(len(most) / 10)]
    return Load(len(most), sum(most), median(most), sum(tenth) / len(tenth))


def _segments(history: History, under: Replayed) -> list[SegmentLine]:
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for each in under.verdicts:
        line = found[history.size_of(each.unit)]
        units = _given(each.unit, history.now)
        line[0] += 1
        line[1] += bool(each.refused_by)
        line[2] += units
        line[3] += 0 if each.refused_by else units
    ordered = sorted(found.items(), key=lambda each: (-each[1][0], each[0]))
    return [SegmentLine(segment, *line) for segment, line in ordered]
