"""A timeline with a line for each press (UI-1)."""

from datetime import timedelta

from advocacy import clock as time
from advocacy.events import presentation
from advocacy.events.happened import presses
from advocacy.events.models import Event
from advocacy.tenancy.ids import uuid7

NOW = time.now()
ANA, BEN = uuid7(), uuid7()


def event(verb: str, seconds: float, actor: object = ANA, kind: str = "member") -> Event:
    subject = uuid7()
    return Event(
        verb=verb,
        at=NOW + timedelta(seconds=seconds),
        actor_kind=kind,
        actor_id=actor,
        subject_type="requests.ask",
        subject_id=subject,
    )


def shown(*events: Event) -> list[tuple[str, int]]:
    newest_first = sorted(events, key=lambda each: each.at, reverse=True)
    rows = [
        presentation.TimelineRow(each.at, each.verb, "", "point", "neutral", "")
        for each in newest_first
    ]
    return [(press.text, len(press.steps)) for press in presses(newest_first, rows)]


def test_one_press_is_one_line() -> None:
    """UI-1: what follows is folded under what somebody did, also what the program did at once."""
    assert shown(
        event("request.outreach_started", 0.1),
        event("ask.sent", 0.2),
        event("tier.changed", 0.3, None, "system"),
    ) == [("ask.sent", 3)]


def test_two_presses_stay_two_lines() -> None:
    """UI-1: of two people, or of one a while later."""
    found = shown(event("ask.sent", 0), event("ask.sent", 1, BEN), event("ask.sent", 60, BEN))
    assert found == [("ask.sent", 0)] * 3


def test_what_only_follows_leads_where_it_stands_alone() -> None:
    """UI-1: nothing is hidden."""
    assert shown(event("tier.changed", 0, None, "system")) == [("tier.changed", 0)]
