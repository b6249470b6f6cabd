"""What the palette looks through: kinds of rows and things to do (UI-3). Apps announce theirs in
``AppConfig.ready()``; each is shown to those who may open it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, get_args
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events import presentation
from advocacy.events.models import Event
from advocacy.search.folding import words_of
from advocacy.search.selectors import matching
from advocacy.tenancy.models import Membership
from advocacy.web import navigation
from advocacy.web.urls import quiet_reverse, tenant_reverse

#: Hits of one kind; things worked on lately, and how long ago that is.
MOST, LATELY, LATELY_DAYS = 6, 5, 30


@dataclass(frozen=True, slots=True)
class Findable:
    """A kind of rows. ``rows`` are those a member may see, in the order in which they are shown."""

    kind: str
    label: str | Promise
    icon: str
    permission: str
    url_name: str
    rows: Callable[[Membership], QuerySet[Any]]
    title: Callable[[Any], str]
    detail: Callable[[Any], str] = lambda _row: ""


@dataclass(frozen=True, slots=True)
class Deed:
    """Something to do: a page that begins it, and the permission that takes."""

    label: str | Promise
    icon: str
    url_name: str
    permission: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A page that looks for the same words in its own way, at its ``?q=``. ``label`` holds
    ``%(text)s``.
    """

    label: str | Promise
    icon: str
    url_name: str
    permission: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the palette."""

    title: str
    url: str
    icon: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one kind; ``is_further``: searches elsewhere, which finds nothing yet."""

    label: str
    hits: list[Hit]
    is_further: bool = False


_findables: dict[str, Findable] = {}
_deeds: dict[str, Deed] = {}
_elsewhere: dict[str, Elsewhere] = {}


def register_findables(*findables: Findable) -> None:
    """Let the palette find rows."""
    _findables.update((each.kind, each) for each in findables)


def register_deeds(*deeds: Deed) -> None:
    """Let the palette begin something."""
    _deeds.update((each.url_name, each) for each in deeds)


def register_elsewhere(*pages: Elsewhere) -> None:
    """Let the palette lead to a search of its own."""
    _elsewhere.update((each.url_name, each) for each in pages)


def look_up(request: HttpRequest, text: str) -> list[Group]:
    """What a search finds for who asks; without a word what they did last, and what they can do."""
    member: Membership = request.membership  # type: ignore[attr-defined]
    words = [word.casefold() for word in words_of(text)]
    to_do = text.lstrip().startswith(">")
    groups = [Group(_("Lately"), _lately(member, request))] if not words and not to_do else []
    if words and not to_do:
        groups += [_found(each, member, text, request) for each in _findables.values()]
    groups.append(Group(_("Do"), list(_deeds_of(request, member, words))))
    groups.append(Group(_("Go to"), list(_pages(request, words))))
    if words and not to_do:
        further = list(_further(request, member, text.strip()))
        groups.append(Group(_("Search further"), further, is_further=True))
    return [group for group in groups if group.hits]


def _found(each: Findable, member: Membership, text: str, request: HttpRequest) -> Group:
    if not member.can(each.permission):
        return Group("", [])
    rows = matching(each.rows(member), each.kind, text)[:MOST]
    hits = [
        Hit(
            each.title(row),
            tenant_reverse(request, each.url_name, row.pk),
            each.icon,
            each.detail(row),
        )
        for row in rows
    ]
    return Group(str(each.label), hits)


def _further(request: HttpRequest, member: Membership, text: str) -> Iterable[Hit]:
    for each in _elsewhere.values():
        url = quiet_reverse(request, each.url_name)
        if url and member.can(each.permission):
            label = str(each.label) % {"text": text}
            yield Hit(label, f"{url}?{urlencode({'q': text})}", each.icon)


def _deeds_of(request: HttpRequest, member: Membership, words: list[str]) -> Iterable[Hit]:
    for deed in _deeds.values():
        url = quiet_reverse(request, deed.url_name)
        if url and member.can(deed.permission) and _named(str(deed.label), words):
            yield Hit(str(deed.label), url, deed.icon)


def _pages(request: HttpRequest, words: list[str]) -> Iterable[Hit]:
    entries = [
        entry
        for where in get_args(navigation.Where)
        for entry in navigation.entries(request, where)
    ]
    for entry in entries:
        if _named(str(entry.item.label), words):
            yield Hit(str(entry.item.label), entry.url, entry.item.icon)


def _named(label: str, words: list[str]) -> bool:
    parts = label.casefold().split()
    return all(any(part.startswith(word) for part in parts) for word in words)


def _lately(member: Membership, request: HttpRequest) -> list[Hit]:
    """What the member worked on last, each once, as far as it still has a page they may open."""
    since = clock.now() - timedelta(days=LATELY_DAYS)
    events = list(Event.objects.filter(actor=member, at__gte=since).order_by("-at", "-id")[:40])
    subjects = presentation.subjects_of(events)
    icons = {each.url_name: each.icon for each in _findables.values()}
    hits: dict[str, Hit] = {}
    for event in events:
        subject = subjects[event.subject_id]
        if subject.url_name in icons and member.can(subject.action):
            url = tenant_reverse(request, subject.url_name, subject.id)
            hits.setdefault(url, Hit(subject.name, url, icons[subject.url_name], subject.kind))
    return list(hits.values())[:LATELY]
