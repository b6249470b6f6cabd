"""Pilot feedback in the browser: whom to ask, what they said, what is made of it (PIL-1)."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy.records.pages import MoveForm, RecordList, RecordPage
from advocacy.web.forms import TenantModelForm
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import FormPage
from advocacy.web.views.base import PageAction
from advocates.forms import ColleagueField
from advocates.models import Advocate
from advocates.pilot import selectors, services
from advocates.pilot.lifecycle import VoiceState
from advocates.pilot.models import PilotVoice


class _Several(forms.ModelMultipleChoiceField):
    """Some of a short list, each with where they belong."""

    widget = forms.CheckboxSelectMultiple
    #: Whom a question would come too soon for, with the reason.
    resting: Mapping[UUID, str] = MappingProxyType({})

    def label_from_instance(self, row: Any) -> str:
        """Name and company, or name and role."""
        if isinstance(row, Advocate):
            label = f"{row.name}, {row.account.name}"
            return label if row.pk not in self.resting else f"{label} ({self.resting[row.pk]})"
        return f"{row.name}, {row.get_role_display()}"


class AskForm(forms.Form):
    """Whom to ask; those of the pilot are ticked."""

    advocates = _Several(
        Advocate.objects.none(), label=gettext_lazy("Advocates of the pilot"), required=False
    )
    members = _Several(
        Advocate.objects.none(),
        label=gettext_lazy("Colleagues who were part of it"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people, colleagues = selectors.pilot_advocates(), selectors.colleagues()
        shown = list(people[: selectors.MOST])
        resting = selectors.resting(shown)
        self._offer("advocates", people, [row.pk for row in shown if row.pk not in resting])
        self.fields["advocates"].resting = resting  # type: ignore[attr-defined]
        part = selectors.owners_of([row.pk for row in people[: selectors.MOST]])
        self._offer("members", colleagues, sorted(part))

    def _offer(self, name: str, rows: QuerySet[Any], ticked: Sequence[Any]) -> None:
        field: Any = self.fields[name]
        field.queryset = rows
        field.initial = ticked


class AskPilot(FormPage):
    """Ask everybody of the pilot at once."""

    permission = "settings.rules"
    nav_item = "setup"
    form_class = AskForm
    title = gettext_lazy("Ask how the pilot was")
    subtitle = gettext_lazy(
        "Each gets a mail from you with a link to three questions, two minutes on a phone: what"
        " worked, what did not, what should change."
    )
    submit_label = gettext_lazy("Ask them")

    def get_context(self) -> dict[str, Any]:
        return {
            "crumbs": [
                (tenant_reverse(self.request, "setup"), _("Set-up guide")),
                (tenant_reverse(self.request, "pilot-voices:list"), _("Pilot feedback")),
            ]
        }

    def perform(self, form: AskForm) -> list[PilotVoice]:
        return services.ask_pilot(
            actor=self.actor,
            advocates=list(form.cleaned_data["advocates"]),
            members=list(form.cleaned_data["members"]),
        )

    def get_success_message(self, result: list[PilotVoice]) -> str:
        text = ngettext("%(count)d person is asked.", "%(count)d people are asked.", len(result))
        return text % {"count": len(result)}

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "pilot-voices:list")

    def get_cancel_url(self) -> str:
        return self.get_success_url(None)


class InGuide:
    """Below the set-up guide."""

    def where(self) -> dict[str, Any]:
        """The guide, and the answers above everything else."""
        found: dict[str, Any] = super().where()  # type: ignore[misc]
        guide = (tenant_reverse(self.request, "setup"), _("Set-up guide"))  # type: ignore[attr-defined]
        return {**found, "crumbs": [guide, *found["crumbs"]]}


class Voices(InGuide, RecordList):
    """What was said, and what is made of it."""

    abstract = True

    def get_header_actions(self) -> list[PageAction]:
        if not self.membership.can("settings.rules"):
            return []
        return [PageAction(_("Ask how it was"), self.url("ask"), "send", primary=True)]


class VoicePage(InGuide, RecordPage):
    """One answer."""

    abstract = True


class DecideForm(TenantModelForm):
    """What is made of it, and who sees to it."""

    owner = ColleagueField(label=gettext_lazy("Who sees to it"), required=True)

    class Meta:
        model = PilotVoice
        fields: ClassVar[Sequence[str]] = ("decision", "owner", "note")


class Decide(InGuide, MoveForm):
    """Change, keep, later."""

    abstract = True
    edits = True
    form_class = DecideForm

    def get_title(self) -> str:
        return _("What is made of what %(name)s said?") % {"name": self.row.name}

    def get_context(self) -> dict[str, Any]:
        said = [self.row.did_not, self.row.change]
        found = super().get_context()
        return {**found, "page_subtitle": " · ".join(text for text in said if text)}


class VoiceTable(Table):
    """Who, what should change, what is made of it."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "who",
            gettext_lazy("Who"),
            value="name",
            url=lambda row, request: tenant_reverse(request, "pilot-voices:detail", row.pk),
        ),
        Column(
            "change",
            gettext_lazy("What should change"),
            value=lambda row: row.change or row.did_not or row.worked,
        ),
        Column(
            "state", gettext_lazy("State"), sort="state", template="components/cells/state.html"
        ),
        Column("decision", gettext_lazy("Decision"), value="get_decision_display", sort="decision"),
        Column("owner", gettext_lazy("Who sees to it"), value="owner.name"),
        Column("answered_at", gettext_lazy("Answered"), sort="answered_at", phone=False),
    )
    default_sort: ClassVar[str] = "state"


def facts_of(voice: PilotVoice) -> list[tuple[Any, Any]]:
    """Names and values."""
    where = voice.advocate.account.name if voice.advocate else _("a colleague")
    facts: list[tuple[Any, Any]] = [
        (_("Who"), f"{voice.name}, {where}"),
        (_("Asked"), voice.asked_at),
    ]
    if voice.state == VoiceState.ASKED:
        return facts
    facts += [
        (_("What worked"), voice.worked),
        (_("What did not"), voice.did_not),
        (_("What should change"), voice.change),
    ]
    if voice.state == VoiceState.DECIDED:
        facts += [
            (_("Decision"), voice.get_decision_display()),
            (_("Who sees to it"), voice.owner.name if voice.owner else ""),
            (_("Why"), voice.note),
            (_("Decided by"), voice.decided_by.name if voice.decided_by else ""),
        ]
    return facts
