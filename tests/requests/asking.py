"""Asks as the tests send and answer them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from advocacy.tenancy.actors import Actor
from advocates.models import Advocate, Participation
from advocates.program.ledger.choices import UnitState
from requests.asks.answers import AskAnswer, answer_ask
from requests.models import Ask, Request
from requests.scheduling.slots import Slot

MakeRequest = Callable[..., Request]
Send = Callable[..., list[Ask]]
Done = Callable[..., list[Ask]]


def slots() -> tuple[Slot, ...]:
    first = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
    return tuple(
        Slot(first + timedelta(days=n), first + timedelta(days=n, minutes=30)) for n in range(3)
    )


def of(advocate: Advocate) -> Actor:
    return Actor.advocate(advocate.pk)


def accept(ask: Ask, count: int = 1) -> Ask:
    ticked = [slot.pk for slot in ask.slots.all()[:count]]
    return answer_ask(actor=of(ask.advocate), ask=ask, answer=AskAnswer("accept", slots=ticked))


def decline(ask: Ask, reason: str = "") -> Ask:
    return answer_ask(actor=of(ask.advocate), ask=ask, answer=AskAnswer("decline", reason=reason))


def open_units(advocate: Advocate) -> int:
    return Participation.objects.filter(advocate=advocate, state=UnitState.OPEN).count()
