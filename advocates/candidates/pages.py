"""Pages about candidates: the parts of a score, several at once, who was put aside (IDN-1)."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.web.forms import TenantModelForm
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import DetailPage, EachRowForm
from advocates.access import may_change
from advocates.candidates.panels import score_card
from advocates.candidates.services import dismiss_candidate
from advocates.forms import PersonPicker
from advocates.joining.selectors import may_nominate
from advocates.joining.services import nominate_advocate
from advocates.models import Advocate, Dismissal
from advocates.pages import NAV_ITEM, crumb
from advocates.people import selectors as people
from advocates.people.pages.lists import CandidateList
from advocates.scoring.parts import change_words


class CandidateScore(DetailPage):
    """The parts of one candidate's score, on a page or beside the list."""

    permission: ClassVar[str] = "advocates.view"
    nav_item: ClassVar[str] = NAV_ITEM
    template_name = "advocates/candidates/score.html"
    panel_template = "advocates/candidates/score_panel.html"
    object: Advocate

    def get_object(self) -> Advocate:
        return people.get_advocate(self.kwargs["pk"])

    def get_title(self) -> str:
        return self.object.name

    def get_context(self) -> dict[str, Any]:
        person = self.object
        return {
            "crumbs": [crumb(self.request, "advocates:candidates", _("Candidates"))],
            "page_subtitle": person.account.name,
            "panel": score_card(person, self.membership),
            "may_nominate": may_nominate(person)
            and may_change(self.membership, "nominations.submit", person.account),
        }


class _OnCandidates(EachRowForm):
    """One service for each ticked candidate, asked once for all."""

    abstract: ClassVar[bool] = True
    nav_item: ClassVar[str] = NAV_ITEM
    list_page = CandidateList
    home = "advocates:candidates"
    subject_name = "advocate"
    order = ("account_id", "pk")


class DismissForm(TenantModelForm):
    """Whom, and why."""

    class Meta:
        model = Dismissal
        fields = ("advocate", "reason")
        field_classes: ClassVar[dict[str, Any]] = {"advocate": PersonPicker}


class ReasonForm(forms.Form):
    """Why all of them are put aside."""

    reason = forms.CharField(label=gettext_lazy("Why not"), max_length=300)


class ReasonsForm(forms.Form):
    """Why all of them are nominated."""

    reasons = forms.CharField(
        label=gettext_lazy("Why they would be good advocates"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class DismissMany(_OnCandidates):
    """They stay away until something changes."""

    permission: ClassVar[str] = "candidates.dismiss"
    label = gettext_lazy("Put aside")
    submit_label = gettext_lazy("Put aside")
    subtitle = gettext_lazy("They come back by themselves when something about them changes.")
    form_class = ReasonForm
    service = dismiss_candidate


class NominateMany(_OnCandidates):
    """The program decides on each."""

    permission: ClassVar[str] = "nominations.submit"
    label = gettext_lazy("Nominate")
    submit_label = gettext_lazy("Nominate")
    subtitle = gettext_lazy("The program looks at each of them, and you hear what becomes of it.")
    form_class = ReasonsForm
    service = nominate_advocate


class DismissalTable(Table):
    """Who, why, by whom, since when, and what changed."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "advocate",
            gettext_lazy("Who"),
            value="advocate.name",
            sort=("advocate__last_name", "advocate__first_name"),
            url=lambda row, request: tenant_reverse(request, "dismissals:detail", row.pk),
        ),
        Column("account", gettext_lazy("Account"), value="advocate.account.name"),
        Column("reason", gettext_lazy("Why not")),
        Column(
            "by",
            gettext_lazy("By whom"),
            value=lambda row: row.dismissed_by.name if row.dismissed_by else "",
            phone=False,
        ),
        Column(
            "created_at",
            gettext_lazy("When"),
            sort="created_at",
            template="components/cells/since.html",
        ),
        Column(
            "state", gettext_lazy("State"), sort="state", template="components/cells/state.html"
        ),
    )
    default_sort: ClassVar[str] = "-created_at"


def facts_of(dismissal: Dismissal) -> list[tuple[Any, Any]]:
    """Names and values."""
    facts: list[tuple[Any, Any]] = [
        (_("Who"), dismissal.advocate.name),
        (_("Account"), dismissal.advocate.account.name),
        (_("Why not"), dismissal.reason),
        (_("Score then"), dismissal.score),
        (_("By whom"), dismissal.dismissed_by.name if dismissal.dismissed_by else ""),
        (_("When"), dismissal.created_at),
    ]
    if dismissal.ended_at:
        facts.append((_("Until"), dismissal.ended_at))
    if dismissal.because:
        facts.append((_("What changed"), change_words(dismissal.because)))
    return facts
