"""The manifest of a resource, and where it is announced: once, in its app's ``ready()``.

    SIGNALS = Resource(name="signals", model=Signal, subject="signal", …)
    register(SIGNALS)

Router, scopes, addresses, timeline, audit names, status styles, Today and the contracts' lists
read the manifest. It writes no row: ``create``, ``update`` and ``services`` are the app's own.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from inspect import signature
from typing import Any

from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.db.models import QuerySet
from django.urls import URLPattern
from django.utils.text import capfirst
from django_filters import ChoiceFilter

from advocacy.events import bus, presentation
from advocacy.records.lifecycle import Lifecycle, Move, Permit, Text
from advocacy.records.undoing import declare_undo
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.base import TenantModel
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import MATRIX
from advocacy.web import status_styles
from advocacy.web.filters import FilterSet
from advocacy.web.queue import Work, register_work
from advocacy.web.status_styles import StatusStyle, Tone
from advocacy.web.tables import Table
from advocacy.web.views import MemberView

Service = Callable[..., Any]


@dataclass(frozen=True, kw_only=True)
class Resource:
    """Everything the house needs to know about a resource.

    ``name``      in addresses, scopes and URL names: ``signals``, ``signals:detail``
    ``subject``   what services call the row: ``update_signal(signal=…)``
    ``view``, ``edit``  actions of the permission matrix
    ``listed``    rows a member may see, with what table, page and REST read of them
    ``answer``    what the list's heading says of their number (``ListPage.answer``)
    ``about``     whose a row is, under the heading of its pages
    ``search``    text fields the list's search box looks into; ``filters`` replaces what is made of
                  it and of those ``api_filters`` that have choices
    ``facts``     names and values of one row, for its page
    ``create``, ``update``  services; None: no page and no REST for it
    ``services``  a move's name → its service
    ``permit``    raises unless the actor may make a move with this row; the services call it too
    ``permit_edit``  raises unless the actor may change this row; its page and its form ask before
                  anybody types
    ``order``     in which several rows are taken; what locks more than the row may want another
    ``verbs``     further verbs → timeline words, icon, tone
    ``api_fields``  in order; writable are those of ``form``. ``serializer`` and ``bodies`` (of
                  moves) replace what is made
    ``api``       a viewset of one's own; what one made from ``OfManifest`` says itself stands
    ``pages``     "list", "detail", "new", "edit" or a move's name → a page of one's own
    ``more_urls``  further pages
    ``work``      kinds of work for Today
    ``tab``       whether its navigation item has a tab for the list
    ``named_by``  the rows that ``__str__`` reads, for the audit page
    """

    name: str
    model: type[TenantModel]
    subject: str
    title: Text
    new_label: Text
    icon: str
    nav_item: str
    view: str
    edit: str
    listed: Callable[[Membership], QuerySet[Any]]
    table: type[Table]
    form: type[forms.BaseForm]
    api_fields: Sequence[str]
    about: Callable[[Any], object] = lambda _row: ""
    facts: Callable[[Any], list[tuple[Any, Any]]] | None = None
    filters: type[FilterSet] | None = None
    search: Sequence[str] = ()
    empty_text: Text = ""
    answer: Any = None
    create: Service | None = None
    update: Service | None = None
    lifecycle: Lifecycle | None = None
    services: Mapping[str, Service] = field(default_factory=dict)
    permit: Permit | None = None
    permit_edit: Callable[[Actor, Any], None] | None = None
    order: Sequence[str] = ("pk",)
    verbs: Mapping[str, tuple[Text, str, Tone]] = field(default_factory=dict)
    styles: Mapping[str, StatusStyle] = field(default_factory=dict)
    api_filters: Sequence[str] = ()
    api_ordering: Sequence[str] = ("id",)
    api: Any = None
    serializer: Any = None
    bodies: Mapping[str, Any] = field(default_factory=dict)
    more_urls: Sequence[URLPattern] = ()
    pages: Mapping[str, type[MemberView]] = field(default_factory=dict)
    work: Sequence[Work] = ()
    named_by: Sequence[str] = ()
    tab: bool = True

    def __post_init__(self) -> None:
        moves = {move.name for move in self.moves}
        unknown = {self.view, self.edit} - set(MATRIX)
        if unknown or set(self.services) != moves:
            raise ImproperlyConfigured(
                f"{self.name}: unknown permissions {sorted(unknown)}, moves without a service"
                f" {sorted(moves - set(self.services))}, services without a move"
                f" {sorted(set(self.services) - moves)}"
            )

        for move in self.moves:
            # A wrong name is a TypeError at start, not at somebody's first press.
            given = dict.fromkeys(("actor", self.subject, *move.fields))
            signature(self.services[move.name]).bind(**given)

    @property
    def moves(self) -> list[Move]:
        """Those that people make."""
        return self.lifecycle.manual if self.lifecycle else []

    @property
    def key(self) -> str:
        """The key under which events know its rows."""
        return self.model._meta.label_lower

    def list_filters(self) -> type[FilterSet]:
        """What narrows the list."""
        if self.filters is not None:
            return self.filters
        columns: list[Any] = [self.model._meta.get_field(name) for name in self.api_filters]
        made = {
            column.name: ChoiceFilter(choices=column.choices, label=capfirst(column.verbose_name))
            for column in columns
            if getattr(column, "choices", None)
        }
        meta = type("Meta", (), {"model": self.model, "fields": []})
        attrs = {**made, "search_fields": tuple(self.search), "Meta": meta}
        return type(f"{self.model.__name__}Filter", (FilterSet,), attrs)

    def offered(self, row: Any, member: Membership) -> list[Move]:
        """The moves a member may make with a row now: what its page has buttons for."""
        return self.lifecycle.offered(row, member, self.permit) if self.lifecycle else []

    def is_editable(self, row: Any, member: Membership) -> bool:
        """Whether its page leads a member to the form that changes it."""
        if self.update is None or not member.can(self.edit):
            return False
        try:
            if self.permit_edit is not None:
                self.permit_edit(Actor.member(member), row)
        except DomainError:
            return False
        return True

    def url_patterns(self) -> list[URLPattern]:
        """Its pages, below ``/t/<slug>/<name>/``."""
        from advocacy.records.addresses import (
            patterns,  # pages read manifests; manifests name pages
        )

        return patterns(self)


def declare_verbs(
    lifecycle: Lifecycle | None, verbs: Mapping[str, tuple[Text, str, Tone]] | None = None
) -> None:
    """Make known what can happen: the moves, and further ``verbs``, each with the words, icon and
    tone of a timeline. For a lifecycle without a manifest, its app calls this in ``ready()``.
    """
    moves = {m.verb: (m.words, m.icon, m.tone) for m in lifecycle or () if m.verb}
    for verb, (words, icon, tone) in {**moves, **(verbs or {})}.items():
        bus.declare({verb: words})
        presentation.declare_verb_styles({verb: (icon, tone)})
    for move in lifecycle or ():
        if move.undo:
            declare_undo(lifecycle.key_of(move.name), move.undo)  # type: ignore[union-attr]


_registered: dict[str, Resource] = {}


def register(resource: Resource) -> None:
    """Announce a resource: its verbs, their look, its states' look, its name in the audit."""
    if _registered.setdefault(resource.name, resource) is not resource:
        raise ImproperlyConfigured(f"the resource {resource.name!r} is registered already")
    declare_verbs(resource.lifecycle, resource.verbs)
    status_styles.register(dict(resource.styles))
    register_work(*resource.work)
    presentation.name_subjects(
        resource.key,
        presentation.own_names(resource.model, *resource.named_by),
        url_name=f"{resource.name}:detail",
        action=resource.view,
    )


def registered() -> list[Resource]:
    """Every resource made with the kit."""
    return list(_registered.values())
