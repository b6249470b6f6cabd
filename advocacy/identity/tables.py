"""Tables and filters of members and events."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar
from uuid import UUID

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advocacy.events import bus, presentation
from advocacy.events.models import Event
from advocacy.identity.selectors import members
from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import Role
from advocacy.web.filters import FilterSet
from advocacy.web.tables import Column, Table
from advocacy.web.urls import quiet_reverse, tenant_reverse


def _person_url(row: Membership, request: HttpRequest) -> str:
    return tenant_reverse(request, "person", row.pk)


class PeopleTable(Table):
    """Members with role and state."""

    columns = (
        Column("name", _("Name"), sort="user__name", url=_person_url),
        Column("email", _("E-mail"), sort="user__email", phone=False),
        Column("role", _("Role"), value="get_role_display", sort="role"),
        Column(
            "state",
            _("State"),
            value=lambda row: _("active") if row.is_active else _("deactivated"),
            sort="is_active",
            template="identity/cell_state.html",
        ),
        Column(
            "last_login",
            _("Last signed in"),
            value="user.last_login",
            sort="user__last_login",
            template="components/cells/since.html",
            phone=False,
        ),
        Column("created_at", _("Member since"), sort="created_at", hidden=True),
    )
    default_sort = "name"


class PeopleFilter(FilterSet):
    """By name, role and state."""

    search_fields: ClassVar[tuple[str, ...]] = ("user__name", "user__email")
    role = django_filters.ChoiceFilter(label=_("Role"), choices=Role.choices)
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[("active", _("Active")), ("deactivated", _("Deactivated"))],
        method="by_state",
    )

    class Meta:
        model = Membership
        fields: ClassVar[list[str]] = []

    def by_state(
        self, queryset: QuerySet[Membership], name: str, value: str
    ) -> QuerySet[Membership]:
        """Active or not."""
        return queryset.filter(is_active=value == "active")


class AuditTable(Table):
    """Events, newest first. Rows are :class:`Event` with ``about`` and ``who`` attached."""

    columns = (
        Column("at", _("When"), sort=("at", "pk")),
        Column("who", _("Who"), sort=("actor__user__name", "-at")),
        Column("what", _("What"), sort=("verb", "-at")),
        Column(
            "about",
            _("About"),
            template="identity/cell_subject.html",
            export=lambda row: row.about.name or f"{row.about.kind} {row.about.id}",
        ),
        Column("detail", _("Details"), phone=False),
        Column("verb", _("Code"), hidden=True),
    )
    default_sort = "-at"

    def prepare(self, rows: Sequence[Any]) -> Sequence[Any]:
        attach_words(list(rows), self.request)
        return rows

    def title(self, row: Event) -> str:
        return str(row.verb)


def _verbs() -> list[tuple[str, str]]:
    named = [(verb, bus.words(verb)) for verb in bus.listing()]
    return sorted(
        ((verb, text[:1].upper() + text[1:]) for verb, text in named), key=lambda pair: pair[1]
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _people(request: HttpRequest) -> QuerySet[Membership]:
    return members()


class AuditFilter(FilterSet):
    """By what, who, when and the record it is about."""

    primary = 2
    verb = django_filters.ChoiceFilter(label=_("What"), choices=_verbs)
    actor = django_filters.ModelChoiceFilter(label=_("Who"), queryset=_people)
    since = django_filters.DateFilter(
        label=_("From"), method="from_day", widget=forms.DateInput(attrs={"type": "date"})
    )
    until = django_filters.DateFilter(
        label=_("Until"), method="until_day", widget=forms.DateInput(attrs={"type": "date"})
    )
    record = django_filters.UUIDFilter(label=_("Record (id)"), method="about_record")

    class Meta:
        model = Event
        fields: ClassVar[list[str]] = []

    def from_day(self, queryset: QuerySet[Event], name: str, value: date) -> QuerySet[Event]:
        """From the reader's midnight on."""
        return queryset.filter(at__gte=_midnight(value))

    def until_day(self, queryset: QuerySet[Event], name: str, value: date) -> QuerySet[Event]:
        """That day included."""
        return queryset.filter(at__lt=_midnight(value + timedelta(days=1)))

    def about_record(self, queryset: QuerySet[Event], name: str, value: UUID) -> QuerySet[Event]:
        """Everything on the record's timeline."""
        return queryset.filter(subjects__subject_id=value)


def attach_words(events: list[Any], request: HttpRequest) -> None:
    """Give each event what the table shows, with few queries for all of them."""
    about = presentation.subjects_of(events)
    membership: Membership = request.membership  # type: ignore[attr-defined]
    for event, row in zip(events, presentation.rows(events), strict=True):
        event.who, event.what, event.detail = row.who, row.text, row.detail
        subject = about[event.subject_id]
        may_follow = not subject.action or membership.can(subject.action)
        event.about = subject
        event.about_url = (
            quiet_reverse(request, subject.url_name, subject.id)
            if subject.url_name and may_follow
            else None
        )
