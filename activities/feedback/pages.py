"""Feedback in the browser: the requester's own, and what both sides said (FUL-3.a)."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.feedback.lifecycle import Side
from activities.feedback.models import LONGEST, Feedback
from advocacy.records.pages import MoveForm, RecordPage
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocates.people.disclosure import sees_everybody

RATINGS = (
    ("5", gettext_lazy("5 – it could not have been better")),
    ("4", gettext_lazy("4 – good")),
    ("3", gettext_lazy("3 – all right")),
    ("2", gettext_lazy("2 – rather not like this again")),
    ("1", gettext_lazy("1 – it went wrong")),
)


class GiveForm(forms.Form):
    """How it was, and what came of it."""

    rating = forms.TypedChoiceField(
        label=gettext_lazy("How was it?"),
        choices=RATINGS,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label=gettext_lazy("What came of it?"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What the prospect took away; the program reads it."),
    )


class Give(MoveForm):
    """Say how it was, with what was said before."""

    abstract = True
    form_class = GiveForm

    def get_title(self) -> str:
        return _("How was it? %(what)s") % {"what": self.row}

    def get_initial(self) -> dict[str, Any]:
        return {"rating": self.row.rating, "comment": self.row.comment}


class FeedbackPage(RecordPage):
    """What one side said, with the way to the activity for who may open it."""

    abstract = True

    def get_title(self) -> str:
        return _("How it was: %(what)s") % {"what": self.row}

    def get_context(self) -> dict[str, Any]:
        found = super().get_context()
        row = self.row
        if row.side == Side.REQUESTER:
            who = row.member.name if row.member else _("The requester")
        elif sees_everybody(self.membership):
            who = row.activity.advocate.name
        else:
            who = _("The advocate")
        found["facts"].insert(0, (_("Who"), who))
        if self.membership.can("activities.view"):
            url = tenant_reverse(self.request, "activities:detail", row.activity_id)
            found["crumbs"].append((url, str(row.activity)))
        return found


class FeedbackTable(Table):
    """Of what, whose, how it was."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "activity",
            gettext_lazy("What"),
            value=str,
            url=lambda row, request: tenant_reverse(request, "feedback:detail", row.pk),
        ),
        Column("side", gettext_lazy("Whose"), value="get_side_display", sort="side"),
        Column("rating", gettext_lazy("Rating"), value="rating", align="end"),
        Column("again", gettext_lazy("Again"), value="get_again_display"),
        Column("asked_at", gettext_lazy("Asked"), sort="asked_at"),
        Column(
            "state", gettext_lazy("State"), sort="state", template="components/cells/state.html"
        ),
    )
    default_sort: ClassVar[str] = "-asked_at"


def facts_of(feedback: Feedback) -> list[tuple[Any, Any]]:
    """Names and values."""
    facts: list[tuple[Any, Any]] = [(_("Asked"), feedback.asked_at)]
    if feedback.given_at:
        rating = _("%(rating)d of 5") % {"rating": feedback.rating} if feedback.rating else ""
        facts += [(_("Given"), feedback.given_at), (_("How it was"), rating)]
        if feedback.side == Side.ADVOCATE:
            facts += [
                (_("Would do it again"), feedback.get_again_display()),
                (_("What we should know"), feedback.comment),
            ]
        else:
            facts.append((_("What came of it"), feedback.comment))
    facts.append((_("Can be changed until"), feedback.closes_at))
    if feedback.handled_at:
        by = feedback.handled_by.name if feedback.handled_by else ""
        facts += [
            (_("Looked into"), feedback.handled_at),
            (_("By whom"), by),
            (_("What was done"), feedback.note),
        ]
    return facts
