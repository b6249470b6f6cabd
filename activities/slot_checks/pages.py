"""The question in the browser, for who is asked and for the program (ACT-4)."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.feedback.models import Feedback
from activities.slot_checks.lifecycle import Says
from activities.slot_checks.models import SlotCheck
from activities.slot_checks.ways import REQUESTER, way_to_another_time
from activities.slot_checks.words import choices_for, said_lines
from advocacy.records.pages import MoveForm, RecordPage
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse


class AnswerForm(forms.Form):
    """What became of it."""

    says = forms.ChoiceField(
        label=gettext_lazy("What became of it?"), choices=Says.choices, widget=forms.RadioSelect
    )


class SlotCheckPage(RecordPage):
    """One slot: who says what, and for the requester one press each."""

    abstract = True
    template_name = "activities/slot_check.html"
    panel_template = "activities/slot_check_panel.html"

    def get_title(self) -> str:
        return _("Did it happen? %(what)s") % {"what": self.row}

    def get_context(self) -> dict[str, Any]:
        found = super().get_context()
        answer = next((url for move, url in found["moves"] if move.name == "answer"), "")
        shown = self.membership.can("activities.view")
        activity = tenant_reverse(self.request, "activities:detail", self.row.activity_id)
        return {
            **found,
            "facts": [*found["facts"], *said_lines(self.row, self.membership)],
            "moves": [],
            "answer_url": answer,
            "choices": choices_for(REQUESTER),
            "said": self.row.requester_says,
            "activity_url": activity if shown else "",
        }


class Answer(MoveForm):
    """Say what became of it; then on to how it was, or to another time."""

    abstract = True
    form_class = AnswerForm

    def get_success_url(self, result: SlotCheck) -> str:
        if result.came_out == Says.MOVED:
            way = way_to_another_time(result.activity, REQUESTER)
            return way or self.url("detail", result.pk)
        own = Feedback.objects.filter(activity=result.activity_id, side=REQUESTER).first()  # type: ignore[attr-defined]
        if result.requester_says == Says.HAPPENED and own is not None:
            return tenant_reverse(self.request, "feedback:detail", own.pk)
        return self.url("detail", result.pk)


class SlotCheckTable(Table):
    """Which slot, what each says, what came out."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "activity",
            gettext_lazy("What"),
            value=str,
            url=lambda row, request: tenant_reverse(request, "slot-checks:detail", row.pk),
        ),
        Column("starts_at", gettext_lazy("Booked for"), sort="starts_at"),
        Column(
            "advocate_says", gettext_lazy("The advocate says"), value="get_advocate_says_display"
        ),
        Column(
            "requester_says",
            gettext_lazy("The requester says"),
            value="get_requester_says_display",
        ),
        Column("came_out", gettext_lazy("Came out"), value="get_came_out_display"),
        Column(
            "state", gettext_lazy("State"), sort="state", template="components/cells/state.html"
        ),
    )
    default_sort: ClassVar[str] = "-starts_at"


def facts_of(check: SlotCheck) -> list[tuple[Any, Any]]:
    """Names and values."""
    facts: list[tuple[Any, Any]] = [
        (_("Booked for"), check.starts_at),
        (_("Asked"), check.asked_at),
    ]
    if check.settled_at:
        facts += [
            (_("Came out"), check.get_came_out_display() or _("Called off")),
            (_("Settled"), check.settled_at),
        ]
    return facts
