"""Invented rows, forms and queues for ``/dev/styleguide/``."""

from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import HttpRequest

from advocacy import clock
from advocacy.web.counting import Count
from advocacy.web.filters import Chip
from advocacy.web.tables import Column, Table
from advocacy.web.views.base import PageAction
from advocacy.web.views.list_state import BulkButton, ListState, ShownPage


@dataclass
class Sample:
    """An invented advocate."""

    pk: str
    name: str
    email: str
    company: str
    tier: str
    status: str
    asked: Any
    score: int

    def get_tier_display(self) -> str:
        """The tier's word."""
        return self.tier.capitalize()

    def get_status_display(self) -> str:
        """The state's word."""
        return self.status.capitalize()


class SampleTable(Table):
    """Advocates that do not exist."""

    columns = (
        Column(
            "name",
            "Advocate",
            sort="name",
            template="components/cells/person.html",
            url=lambda *_: "#",
        ),
        Column("company", "Account", sort="company"),
        Column("tier", "Tier", sort="tier", template="components/cells/tier.html"),
        Column("status", "State", sort="status", template="components/cells/status.html"),
        Column("asked", "Last asked", sort="asked", template="components/cells/since.html"),
        Column("score", "Relationship", sort="score", align="end", phone=False),
    )
    default_sort = "name"


class SampleForm(forms.Form):
    """Every kind of field."""

    name = forms.CharField(label="What is it called?", max_length=80)
    email = forms.EmailField(label="E-mail", help_text="Answers go there.")
    minutes = forms.IntegerField(label="Minutes", required=False, min_value=5)
    needed_by = forms.DateField(
        label="Needed by", widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    industry = forms.ChoiceField(
        label="Industry", choices=[("", "Choose one"), ("health", "Healthcare"), ("it", "Software")]
    )
    kind = forms.ChoiceField(
        label="What would help?",
        choices=[("call", "A reference call"), ("quote", "A quote"), ("visit", "A site visit")],
        widget=forms.RadioSelect,
    )
    topics = forms.MultipleChoiceField(
        label="Topics",
        choices=[("data", "Data approval"), ("rollout", "Roll-out"), ("price", "Price")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Tick as many as matter.",
    )
    note = forms.CharField(label="Note", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    attachment = forms.FileField(label="Attachment", required=False)
    quiet = forms.BooleanField(label="Keep the company's name out of it", required=False)


class SampleFilter(forms.Form):
    """Filters of a list."""

    q = forms.CharField(
        label="Search",
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Search…"}),
    )
    tier = forms.ChoiceField(
        label="Tier", choices=[("", "Tier: any"), ("gold", "Gold")], required=False
    )
    state = forms.ChoiceField(
        label="State", choices=[("", "State: any"), ("active", "Active")], required=False
    )


def _row(key: str, icon: str, tone: str, title: str, why: str, due: Any, label: str) -> Any:
    return SimpleNamespace(
        id=key,
        icon=icon,
        tone=tone,
        title=title,
        why=why,
        due=due,
        url="/dev/styleguide/panel/",
        panel=True,
        action=(label, "/dev/styleguide/panel/", "panel"),
        primary=key == "1",
        snooze_url="/dev/styleguide/panel/",
    )


def groups() -> list[tuple[str, list[Any]]]:
    """What is due: one row of each tone."""
    now = clock.now()
    today = now.date()
    soon = now + timedelta(hours=1)
    return [
        (
            "overdue",
            [
                _row(
                    "1",
                    "heart-handshake",
                    "danger",
                    "Thank Una Field for the reference call",
                    "Example Textiles · 35 min · rated 5 of 5 · draft ready for your own line",
                    now - timedelta(minutes=40),
                    "Review & send",
                ),
            ],
        ),
        (
            "today",
            [
                _row(
                    "2",
                    "git-pull-request",
                    "info",
                    "Find a reference for Sample Clinics · €450k · healthcare, Germany",
                    "Theo Quill waits 3 h · needed by Friday · 9 fit, best 91",
                    soon,
                    "Match",
                ),
                _row(
                    "3",
                    "git-pull-request",
                    "info",
                    "Did the call with Invented AG happen?",
                    "Yesterday 15:00 · nobody has said",
                    today,
                    "Yes / no",
                ),
            ],
        ),
        (
            "week",
            [
                _row(
                    "4",
                    "file-text",
                    "success",
                    "Publish “5 hours a week back at Mockup Ltd”",
                    "Case study · legal, customer and advocate approved the same text",
                    today + timedelta(days=3),
                    "Publish",
                ),
            ],
        ),
    ]


def sample_list(request: HttpRequest, kind: str = "full") -> ListState:
    """A list: full, ``empty``, or with filters that nothing matches (``nomatch``)."""
    now = clock.now()
    rows = [
        Sample(
            "a1",
            "Ana Sample",
            "ana@example.com",
            "Hospital Example",
            "gold",
            "active",
            now - timedelta(days=120),
            91,
        ),
        Sample(
            "a2", "Jo Placeholder", "jo@example.com", "Clinic Mockup", "silver", "paused", None, 86
        ),
        Sample(
            "a3",
            "Ruth Invented",
            "ruth@example.com",
            "Made-up Industries",
            "platinum",
            "active",
            now - timedelta(days=3),
            84,
        ),
        Sample(
            "a4",
            "Omar Fiction",
            "omar@example.com",
            "Fictive Foods",
            "community",
            "invited",
            now - timedelta(hours=5),
            52,
        ),
    ]
    table = SampleTable(params=request.GET, request=request)
    shown = rows if kind == "full" else []
    page = ShownPage(51, 54, Count(1000, more=True), size=50, before="b", after="a")
    filter_form = SampleFilter({"tier": "gold"} if kind != "empty" else None, prefix=kind)
    return ListState(
        id=f"list-{kind}",
        caption=f"Advocates, {kind}",
        table=table,
        rows=table.lines(shown),
        page=page,
        sizes=(25, 50, 100),
        filter_fields=list(filter_form),
        more_fields=[],
        more_open=False,
        chips=[Chip("Tier", "Gold", "?")] if kind != "empty" else [],
        filtered=kind == "nomatch",
        clear_url="?",
        kept=[],
        kept_for_columns=[],
        column_choice=table.choices,
        export_url="?export=csv",
        xlsx_url="?export=xlsx",
        bulk_actions=[
            BulkButton("Pause", "#", "player-pause", "", danger=False),
            BulkButton(
                "Leave the program",
                "#",
                "door-exit",
                "They are asked nothing any more.",
                danger=True,
            ),
        ],
        empty_title="No advocates yet",
        empty_text="Import your customers or nominate the first one; it takes a minute.",
        empty_icon="users",
        empty_action=PageAction("Nominate someone", "#", primary=True),
        no_match_title="Nothing matches these filters",
        no_match_text="Remove one of the filters above, or clear them all.",
    )
