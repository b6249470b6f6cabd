"""A set-up in the browser (FUL-4)."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.activities.forms import LocalDateTimeInput
from activities.activities.presentation import headline_of
from activities.duties.lifecycle import DutyState
from activities.duties.models import Duty, Task
from activities.set_up.checks import may_record, open_points
from activities.set_up.models import SetUp
from advocacy.records.pages import RecordForm, RecordPage
from advocacy.tenancy.text import Line
from advocacy.web.forms import TenantModelForm
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocates.forms import ColleagueField


def about_of(set_up: SetUp) -> str:
    """What it is for."""
    return headline_of(set_up.activity)


class SetUpForm(TenantModelForm):
    """Everything that has to be there, the booking's link among it."""

    location = Line(
        label=gettext_lazy("Meeting link or room"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Another one goes to everybody who has the invitation."),
    )
    tester = ColleagueField(
        label=gettext_lazy("Who tests it"),
        empty_label=gettext_lazy("Whoever runs it"),
    )

    recording_url = forms.URLField(
        label=gettext_lazy("Link to the recording"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("Once it is uploaded; nobody is reminded any more."),
    )

    class Meta:
        model = SetUp
        fields: ClassVar[Sequence[str]] = (
            "location",
            "needs_place",
            "is_recorded",
            "consent",
            "equipment",
            "shared_tool",
            "needs_test",
            "tester",
            "test_by",
            "recording_url",
        )
        widgets: ClassVar[dict[str, Any]] = {"test_by": LocalDateTimeInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["location"] = self.instance.activity.location
        self.fields["test_by"].input_formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]  # type: ignore[attr-defined]
        self.order_fields(self._meta.fields)


class SetUpTable(Table):
    """What, when, whether anything is missing."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "about",
            gettext_lazy("About"),
            value=about_of,
            url=lambda row, request: tenant_reverse(request, "set-ups:detail", row.pk),
        ),
        Column("starts", gettext_lazy("Starts"), value="activity.starts_at", sort="starts"),
        Column(
            "recorded",
            gettext_lazy("Recorded"),
            sort="is_recorded",
            value=lambda row: _("yes") if row.is_recorded else _("no"),
        ),
        Column("place", gettext_lazy("Link or room"), value="activity.location", phone=False),
    )
    default_sort: ClassVar[str] = "-starts"


class SetUpPage(RecordPage):
    """One set-up: what is there, what is missing."""

    abstract = True
    template_name = "activities/set_up.html"
    panel_template = "activities/set_up_panel.html"

    def get_context(self) -> dict[str, Any]:
        activity = self.row.activity
        url = tenant_reverse(self.request, "activities:detail", activity.pk)
        return {
            **super().get_context(),
            "crumbs": [
                (tenant_reverse(self.request, "activities:list"), _("Activities")),
                (url, about_of(self.row)),
            ],
            "missing": missing_of(self.row),
        }


class WriteSetUp(RecordForm):
    """Change it."""

    abstract = True

    def get_title(self) -> str:
        return _("Technical set-up")

    def get_context(self) -> dict[str, Any]:
        return {**super().get_context(), "page_subtitle": about_of(self.row)}

    def get_success_url(self, result: Any) -> str:
        """Back to what it is for."""
        return tenant_reverse(self.request, "activities:detail", self.row.activity_id)


def missing_of(set_up: SetUp) -> list[str]:
    """What is open, as long as it can still be done."""
    duty = _duty(set_up, Task.SET_UP)
    if duty is None or duty.state != DutyState.OPEN:
        return []
    return open_points(set_up.activity, set_up, tested=False)


def _duty(set_up: SetUp, task: str) -> Duty | None:
    rows = Duty.objects.filter(activity=set_up.activity, task=task).select_related(
        "owner__user", "done_by__user"
    )
    return rows.first()


def facts_of(set_up: SetUp) -> list[tuple[Any, Any]]:
    """Names and values; only what was said, and what has to be known."""
    activity = set_up.activity
    test, upload = _duty(set_up, Task.SET_UP), _duty(set_up, Task.UPLOAD)
    facts: list[tuple[Any, Any]] = [
        (_("Link or room"), activity.location or (_("none yet") if set_up.needs_place else "")),
        (_("Recorded"), _recorded(set_up)),
        (_("Equipment"), set_up.equipment),
        (_("Shared tool"), set_up.shared_tool),
    ]
    if set_up.needs_test and test is not None:
        facts += [(_("Who tests it"), test.owner.name if test.owner else "")]
        facts += [(_("Tested"), test.done_at) if test.done_at else (_("By"), test.due_at)]
    if upload is not None and upload.state != DutyState.DROPPED:
        facts += [
            (_("Recording"), set_up.recording_url or (_("uploaded") if upload.done_at else "")),
            (_("Upload by"), None if upload.done_at else upload.due_at),
        ]
    return facts


def _recorded(set_up: SetUp) -> str:
    if not set_up.is_recorded:
        return _("no")
    if set_up.consent:
        return _("yes, agreed: %(how)s") % {"how": set_up.consent}
    if may_record(set_up.activity, set_up):
        return _("yes, their leave for video is on record")
    return _("only if the advocate agrees; not yet")
