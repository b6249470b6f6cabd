"""Events as people read them: on a record's timeline and on the audit page.

Payloads hold ids and codes, so apps say here how their subjects are called. Names are looked up
in one query per kind of subject, whatever the number of events.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from advocacy.events import bus
from advocacy.events.models import Event

NamesOf = Callable[[Collection[uuid.UUID]], Mapping[uuid.UUID, str]]


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One line of ``components/timeline.html``."""

    at: datetime
    text: str
    who: str
    icon: str
    tone: str
    detail: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What an event is about; ``url_name`` is its page, for those who may do ``action``."""

    name: str
    kind: str
    id: uuid.UUID
    url_name: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class _Kind:
    names: NamesOf
    url_name: str
    action: str


_kinds: dict[str, _Kind] = {}
_styles: dict[str, tuple[str, str]] = {}
_consequences: set[str] = set()


def name_subjects(
    subject_type: str, names: NamesOf, *, url_name: str = "", action: str = ""
) -> None:
    """Say how subjects of a type (``advocates.advocate``) are called, and where their page is."""
    _kinds[subject_type] = _Kind(names, url_name, action)


def own_names(model: type[models.Model], *related: str) -> NamesOf:
    """Names as the rows call themselves; ``related`` are the rows that ``__str__`` reads."""

    def names(ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, str]:
        rows = model._default_manager.filter(pk__in=ids).select_related(*related)
        return {row.pk: str(row) for row in rows}

    return names


def declare_verb_styles(styles: Mapping[str, tuple[str, str]]) -> None:
    """Give verbs an icon and a tone: ``{"hold.placed": ("player-pause", "warning")}``.

    A key that ends with a dot counts for every verb that starts with it.
    """
    _styles.update(styles)


def name_consequences(*verbs: str) -> None:
    """Say what only follows from something else that is told, so that it never leads a line of a
    timeline on which that stands. A verb that ends with a dot is every verb that starts with it.
    """
    _consequences.update(verbs)


def only_follows(verb: str) -> bool:
    """Whether something is told as a consequence."""
    return verb in _consequences or f"{verb.split('.', maxsplit=1)[0]}." in _consequences


def style_of(verb: str) -> tuple[str, str]:
    """A verb's icon and tone."""
    return (
        _styles.get(verb)
        or _styles.get(verb.split(".", maxsplit=1)[0] + ".")
        or ("point", "neutral")
    )


def who(event: Event) -> str:
    """Who did it, in words. Reads ``event.actor.user``; select it beforehand."""
    if event.actor is not None:
        return str(event.actor.name)
    if event.actor_kind == "advocate":
        return _("the advocate")
    if event.actor_kind == "token":
        return event.actor_label or _("an API client")
    return _("the program")


def detail(event: Event) -> str:
    """What changed, as far as the payload says so in codes: ``from → to``, fields, reason."""
    payload: dict[str, Any] = event.payload
    parts = []
    if "from" in payload and "to" in payload:
        parts.append(f"{_code(payload['from'])} → {_code(payload['to'])}")
    if isinstance(payload.get("fields"), list):
        parts.append(", ".join(_code(field) for field in payload["fields"]))
    if isinstance(payload.get("reason"), str):
        parts.append(_code(payload["reason"]))
    return " · ".join(part for part in parts if part)


def _code(value: object) -> str:
    return "–" if value in (None, "") else str(value).replace("_", " ")


def rows(events: Iterable[Event]) -> list[TimelineRow]:
    """A timeline, in the order given; feed it :func:`advocacy.events.selectors.timeline`."""
    found = []
    for event in events:
        icon, tone = style_of(event.verb)
        text = bus.words(event.verb)
        found.append(
            TimelineRow(
                event.at, text[:1].upper() + text[1:], who(event), icon, tone, detail(event)
            )
        )
    return found


def kind_words(subject_type: str) -> str:
    """What a type of subject is called."""
    try:
        name: str | Promise = apps.get_model(subject_type)._meta.verbose_name or subject_type
    except (LookupError, ValueError):
        return subject_type
    return str(name)


class HasSubject(Protocol):
    """An event, or another row that keeps what it is about by type and id."""

    subject_type: str
    subject_id: uuid.UUID


def subjects_of(events: Iterable[HasSubject]) -> dict[uuid.UUID, Subject]:
    """What each event is about, by the *subject's* id."""
    wanted: dict[str, set[uuid.UUID]] = defaultdict(set)
    for event in events:
        wanted[event.subject_type].add(event.subject_id)
    found: dict[uuid.UUID, Subject] = {}
    for subject_type, ids in wanted.items():
        kind = _kinds.get(subject_type)
        names = kind.names(ids) if kind else {}
        for subject_id in ids:
            known = subject_id in names
            found[subject_id] = Subject(
                names.get(subject_id, ""),
                kind_words(subject_type),
                subject_id,
                kind.url_name if kind and known else "",
                kind.action if kind and known else "",
            )
    return found
