"""Taking back what a press did, while nothing of it has reached anybody.

A service writes down in a journal what it moved, simply by moving it: each step of a
:class:`~advocacy.records.lifecycle.Lifecycle` notes what it changed, and ``step_back`` puts that
back by the same compare-and-set. What else a press did (a unit taken, a link made), its app says
with :func:`also_takes_back`. Mails are held and called back by ``advocacy.messaging.undo``.
"""

import uuid
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from advocacy.events import bus, presentation
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict

Text = str | Promise


@dataclass(slots=True)
class Step:
    """What a press changed in one row: ``{column: [before, after]}``, as JSON holds it."""

    model: str
    pk: str
    columns: dict[str, list[Any]]


@dataclass(slots=True)
class Journal:
    """What one press has done so far, row by row."""

    steps: list[Step] = field(default_factory=list)

    def note(self, row: models.Model, changes: Mapping[str, Any]) -> None:
        """A row is about to get other values; twice the same row is one step."""
        label, pk = row._meta.label_lower, str(row.pk)
        found = {name: _column(row, name) for name in changes}
        columns = {
            column.attname: [
                _plain(column, getattr(row, column.attname)),
                _plain(column, changes[name]),
            ]
            for name, column in found.items()
        }
        for step in self.steps:
            if (step.model, step.pk) == (label, pk):
                for name, (before, after) in columns.items():
                    step.columns[name] = [step.columns.get(name, [before])[0], after]
                return
        self.steps.append(Step(label, pk, columns))


_journal: ContextVar[Journal | None] = ContextVar("journal", default=None)


@contextmanager
def journal() -> Iterator[Journal]:
    """Note what is moved in this block."""
    made = Journal()
    token = _journal.set(made)
    try:
        yield made
    finally:
        _journal.reset(token)


def note(row: models.Model, changes: Mapping[str, Any]) -> None:
    """Write down that a row is about to get other values, where its press keeps a journal."""
    kept = _journal.get()
    if kept is not None:
        kept.note(row, changes)


def made(row: models.Model, **ends: Any) -> None:
    """A row was made by this press; taken back, it stays and ends like this: a link revoked."""
    kept = _journal.get()
    if kept is not None:
        now = {name: getattr(row, name) for name in ends}
        for name, value in ends.items():
            setattr(row, name, value)
        kept.note(row, now)
        for name, value in now.items():
            setattr(row, name, value)


def step_back(step: Step) -> None:
    """Put a row back as it was. ``Conflict`` when it has gone on since."""
    model = apps.get_model(step.model)
    fields: dict[str, Any] = {
        found.attname: found
        for found in model._meta.concrete_fields
        if found.attname in step.columns
    }
    before = {name: fields[name].to_python(pair[0]) for name, pair in step.columns.items()}
    after = {name: fields[name].to_python(pair[1]) for name, pair in step.columns.items()}
    # As this press left it, in everything it changed: a later press may have led to the same state,
    # and a colleague's words beside it are not ours to take.
    if not model._default_manager.filter(pk=step.pk, **after).update(**before):
        row = model._default_manager.filter(pk=step.pk).first()
        raise Conflict(
            _("%(what)s has gone on since; it cannot be taken back any more.")
            % {"what": row or model._meta.verbose_name},
            code="gone_on",
        )


def _column(row: models.Model, name: str) -> Any:
    return row._meta.get_field(name)


def _plain(column: Any, value: Any) -> Any:
    if isinstance(value, models.Model):
        value = value.pk
    if value is None or isinstance(value, bool | int | str | list | dict):
        # A choice is a str of a class of its own.
        return str(value) if isinstance(value, str) else value
    return (
        str(value)
        if isinstance(value, uuid.UUID)
        else column.value_to_string(_Holder(column, value))
    )


class _Holder:
    """A row of one column, for ``value_to_string``."""

    def __init__(self, column: Any, value: Any) -> None:
        setattr(self, column.attname, value)


# -- what an app declares ------------------------------------------------------------------------

#: Takes back what is not a step, before the steps are: locks what the press locked, in its order.
#: Gives the rows that stay as they are, since somebody else's later press stands on them.
TakeBack = Callable[[Actor, uuid.UUID, dict[str, Any]], Collection[uuid.UUID]]

_keys: set[str] = set()
_take_backs: dict[str, TakeBack] = {}


def declare_undo(key: str, words: Text) -> None:
    """Say that a press can be taken back, and how a timeline tells it: ``ask.send``.

    A move of a lifecycle declares itself with ``Move.undo``: ``thank_you.send``.
    """
    _keys.add(key)
    bus.declare({undone(key): words})
    presentation.declare_verb_styles({undone(key): ("arrow-back-up", "neutral")})


def also_takes_back(key: str, take_back: TakeBack) -> None:
    """Say what taking a press back does beyond its steps: ``take_back(actor, row_id, kept)``, which
    gives the rows whose steps stay.

    It may refuse with a ``Conflict`` that says why.
    """
    _take_backs[key] = take_back


_forms: dict[str, str] = {}


def leads_back(key: str, url_name: str) -> None:
    """Say at which form a press is made, by the URL name that takes the row's key: whoever takes it
    back finds it there as they had typed it.
    """
    _forms[key] = url_name


def form_of(key: str) -> str:
    """The URL name of the form at which a press is made; nothing where there is none."""
    return _forms.get(key, "")


def declared() -> set[str]:
    """Every press that can be taken back."""
    return set(_keys)


def require(key: str) -> None:
    """Raise ``LookupError`` for a press nobody declared."""
    if key not in _keys:
        raise LookupError(f"nobody declared how {key!r} is taken back")


def undone(key: str) -> str:
    """The verb under which the log knows that a press was taken back."""
    return f"{key}_undone"


def take_back(
    key: str, actor: Actor, row_id: uuid.UUID, kept: dict[str, Any]
) -> Collection[uuid.UUID]:
    """What the app declared beside the steps; gives the rows whose steps stay."""
    require(key)
    return _take_backs[key](actor, row_id, kept) if key in _take_backs else ()
