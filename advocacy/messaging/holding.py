"""Mails of a colleague's press wait in the outbox until it can no longer be taken back.

    @transaction.atomic
    @undoable("request.decline", "request", about=lambda request: request.about)
    def decline_request(*, actor, request, reason):
        …                                           # moves, events, mails: as ever

Everything ``queue_mail`` writes in there is due when the time is over. ``undo`` takes the press
back; what it does beyond moves of a lifecycle says ``records.undoing.also_takes_back``, with what
the service told to ``keep``. Who acts must be a colleague: what an advocate or the program itself
does is no slip of anybody's. A press inside another belongs to the outer one, and one that sends
nothing is offered back only where its service says so (``always``).
"""

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.db import models

from advocacy import clock
from advocacy.messaging.models import UndoWindow
from advocacy.messaging.numbers import Undoing
from advocacy.records.undoing import journal
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.ids import uuid7
from advocacy.tenant_settings.reading import current
from advocacy.web.undoing import offer

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(slots=True)
class Press:
    """One press while its service runs."""

    until: datetime
    id: UUID = field(default_factory=uuid7)
    kept: dict[str, Any] = field(default_factory=dict)
    about: list[models.Model] = field(default_factory=list)
    sends: bool = False


_press: ContextVar[Press | None] = ContextVar("press", default=None)


def open_press() -> Press | None:
    """The press whose mails are being written, if they are held."""
    return _press.get()


def keep(**values: Any) -> None:
    """Have taking the running press back know of these values, which JSON can hold."""
    press = _press.get()
    if press is not None:
        press.kept.update(values)


def keep_also(**values: Any) -> None:
    """As :func:`keep`, for what a press does several times: each name is a list."""
    press = _press.get()
    for name, value in values.items() if press is not None else ():
        press.kept.setdefault(name, []).append(value)  # type: ignore[union-attr]


def tell_also(*records: models.Model) -> None:
    """Taking the running press back stands on the timelines of these records, too."""
    press = _press.get()
    if press is not None:
        press.about += records


def undoable(
    key: str,
    subject: str,
    *,
    about: Callable[[Any], Iterable[models.Model]] = lambda _row: (),
    always: bool = False,
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Hold what a service sends for as long as the tenant says.

    ``subject`` is what the service calls the row that is pressed; ``about`` are the records on
    whose timelines the taking back stands. A move declares the key with ``Move.undo``, anything
    else with ``records.undoing.declare_undo``. ``always`` offers it also where nobody is
    written to: what was recorded or ended by a slip is one all the same.
    """

    def decorate(service: Callable[P, R]) -> Callable[P, R]:
        @wraps(service)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            actor, row = kwargs.get("actor"), kwargs.get(subject)
            held = isinstance(actor, Actor) and actor.membership is not None
            seconds = current(Undoing).undo_seconds if held and _press.get() is None else 0
            if not seconds or not isinstance(row, models.Model):
                return service(*args, **kwargs)
            press = Press(until=clock.now() + timedelta(seconds=seconds))
            token = _press.set(press)
            try:
                with journal() as found:
                    result = service(*args, **kwargs)
            finally:
                _press.reset(token)
            words = {name: it for name, it in kwargs.items() if isinstance(it, str)}
            press.kept.setdefault("typed", words)
            if press.sends or always:
                steps = [asdict(step) for step in found.steps]
                _open_window(press, key, actor, steps, [row, *about(row), *press.about])  # type: ignore[arg-type]
            return result

        return run

    return decorate


def _open_window(
    press: Press, key: str, actor: Actor, steps: list[dict[str, Any]], about: list[models.Model]
) -> None:
    row = about[0]
    UndoWindow(
        id=press.id,
        key=key,
        member=actor.membership,
        subject_type=row._meta.label_lower,
        subject_id=row.pk,
        journal={
            "steps": steps,
            "kept": press.kept,
            "about": [[each._meta.label_lower, str(each.pk)] for each in about],
        },
        until=press.until,
    ).save(force_insert=True)
    offer(press.id, press.until)
