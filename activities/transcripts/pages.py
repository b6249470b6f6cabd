"""Transcripts in the browser: a list, one with its lines and proposals, who speaks (TRN-1)."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.activities.models import Activity
from activities.activities.presentation import headline_of
from activities.transcripts import intake, selectors, speaking
from activities.transcripts.access import may_edit, permit_edit
from activities.transcripts.choices import Side
from activities.transcripts.forms import SpeakersForm, spoken_by
from activities.transcripts.lifecycle import ProposalState
from activities.transcripts.models import Transcript, TranscriptProposal
from activities.transcripts.presentation import (
    ShownProposal,
    named,
    shown_lines,
    time_code,
    why,
)
from activities.transcripts.proposal_pages import outcome_url, place_url
from advocacy.records.pages import RecordForm, RecordPage
from advocacy.records.tabs import TabbedList
from advocacy.web.http import key_of
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import ActionView, FormPage
from advocates.access import may_change
from advocates.models import Advocate

_BESIDE, _PEOPLE = 30, 300
#: Bytes of a file that are looked at: one more than the highest limit a tenant may set.
_READ = 4096 * 1024 + 1


class TranscriptTable(Table):
    """Of whom, when, how long."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "title",
            gettext_lazy("Title"),
            sort="title",
            url=lambda row, request: tenant_reverse(request, "transcripts:detail", row.pk),
        ),
        Column("account", gettext_lazy("Account"), value="account.name", sort="account__name"),
        Column("held_on", gettext_lazy("Day of the call"), sort="held_on", phone=False),
        Column("language", gettext_lazy("Language"), value="get_language_display", hidden=True),
        Column("line_count", gettext_lazy("Lines"), sort="line_count", align="end", phone=False),
        Column("created_at", gettext_lazy("Added"), sort="created_at"),
    )
    default_sort: ClassVar[str] = "-created_at"


class TranscriptList(TabbedList):
    """Every transcript."""

    abstract: ClassVar[bool] = True
    subtitle = gettext_lazy("What customers said in calls, and what of it is worth quoting.")


class AddTranscript(RecordForm):
    """Add one, or change what stands beside it."""

    abstract: ClassVar[bool] = True

    def get_context(self) -> dict[str, Any]:
        found = super().get_context()
        if key := key_of(self.request.GET.get("activity", "")):
            rows = Activity.objects.select_related("activity_type", "advocate__account")
            activity = rows.filter(pk=key).first()
            found["page_subtitle"] = headline_of(activity) if activity else ""
        return found

    def perform(self, form: Any) -> Any:
        if "pk" in self.kwargs:
            return super().perform(form)
        values = {**form.cleaned_data}
        file = values.pop("file", None)
        return intake.add_transcript(
            actor=self.actor, file=file.read(_READ) if file is not None else None, **values
        )

    def get_success_url(self, result: Any) -> str:
        if "pk" not in self.kwargs and any(
            each.side == Side.UNKNOWN for each in selectors.speakers_of(result)
        ):
            return self.url("speakers", result.pk)
        return super().get_success_url(result)


class TranscriptPage(RecordPage):
    """One: its lines, a page at a time, and beside them the sentences worth quoting."""

    abstract: ClassVar[bool] = True
    template_name: ClassVar[str] = "activities/transcripts/detail.html"
    panel_template: ClassVar[str] = "activities/transcripts/panel.html"

    def get_context(self) -> dict[str, Any]:
        transcript = self.row
        marked = self._marked()
        asked = self.request.GET.get("line", "")
        number = marked.line.number if marked else int(asked) if _is_number(asked) else 1
        number = max(1, min(number, transcript.line_count))
        lines = selectors.page_of(transcript, number)
        first = (number - 1) // selectors.PAGE * selectors.PAGE + 1
        last = min(first + selectors.PAGE - 1, transcript.line_count)
        speakers = selectors.speakers_of(transcript)
        best = selectors.best_of(transcript, _BESIDE + 1)
        may = may_edit(self.membership, transcript)
        everything = tenant_reverse(self.request, "transcript-proposals:list")
        return {
            **super().get_context(),
            "account_url": tenant_reverse(self.request, "accounts:detail", transcript.account_id),
            "lines": shown_lines(lines, marked),
            "span": (first, last),
            "before": max(1, first - selectors.PAGE) if first > 1 else None,
            "after": last + 1 if last < transcript.line_count else None,
            "speakers": [(named(each), each) for each in speakers],
            "nobody_known": not any(each.side == Side.ADVOCATE for each in speakers),
            "speakers_url": self.url("speakers", transcript.pk) if may else "",
            "remove_url": self.url("remove", transcript.pk) if may else "",
            "proposals": [self._shown(each) for each in best[:_BESIDE]],
            "all_url": f"{everything}?transcript={transcript.pk}" if len(best) > _BESIDE else "",
        }

    def _marked(self) -> TranscriptProposal | None:
        key = key_of(self.request.GET.get("sentence", ""))
        rows = TranscriptProposal.objects.filter(transcript=self.row).select_related("line")
        return rows.filter(pk=key).first() if key else None

    def _shown(self, proposal: TranscriptProposal) -> ShownProposal:
        advocate = proposal.line.speaker.advocate
        transcript, request = self.row, self.request
        chooses = may_change(self.membership, "assets.edit", transcript.account)
        is_new = proposal.state == ProposalState.PROPOSED and advocate is not None
        choose = tenant_reverse(request, "transcript-proposals:choose", proposal.pk)
        return ShownProposal(
            proposal,
            time_code(proposal.start_ms),
            named(proposal.line.speaker),
            why(proposal),
            place_url(request, proposal),
            outcome_url(request, self.membership, proposal, advocate),
            choose if chooses and is_new else "",
        )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 9


class _OfTranscript:
    """The transcript in the address, of who may change it."""

    request: Any
    membership: Any
    kwargs: dict[str, Any]
    actor: Any

    @cached_property
    def transcript(self) -> Transcript:
        """The row, once it is sure that this member may change it."""
        rows = selectors.listed_transcripts(self.membership)
        found = rows.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        permit_edit(self.actor, found)
        return found

    def get_success_url(self, result: Any) -> str:
        """Back to it."""
        return tenant_reverse(self.request, "transcripts:detail", self.kwargs["pk"])


class Speakers(_OfTranscript, FormPage):
    """Who speaks: somebody at the customer, one of us, somebody else."""

    permission: ClassVar[str] = "transcripts.edit"
    nav_item: ClassVar[str] = "content"
    form_class: ClassVar[Any] = SpeakersForm
    edits = True
    title = gettext_lazy("Who speaks?")
    subtitle = gettext_lazy(
        "Only what people at the customer say is proposed as a quote. Somebody is missing? Add them"
        " to the account first."
    )
    success_message = gettext_lazy("Saved. The proposals are found anew.")

    def get_form_kwargs(self) -> dict[str, Any]:
        speakers = selectors.speakers_of(self.transcript)
        rows = Advocate.objects.filter(account=self.transcript.account, erased_at=None)
        people = {each.pk: each for each in rows.order_by("last_name", "first_name")[:_PEOPLE]}
        people |= {each.advocate.pk: each.advocate for each in speakers if each.advocate}
        kwargs = super().get_form_kwargs()
        initial = {**spoken_by(speakers), **kwargs["initial"]}
        return {**kwargs, "speakers": speakers, "people": list(people.values()), "initial": initial}

    def get_saved(self, form: Any) -> dict[str, Any]:
        return spoken_by(form.speakers)

    def get_context(self) -> dict[str, Any]:
        crumbs = [
            (tenant_reverse(self.request, "transcripts:list"), _("Transcripts")),
            (self.get_success_url(None), self.transcript.title),
        ]
        return {"crumbs": crumbs}

    def perform(self, form: Any) -> Transcript:
        return speaking.assign_speakers(
            actor=self.actor, transcript=self.transcript, voices=form.voices()
        )

    def get_cancel_url(self) -> str:
        return self.get_success_url(None)


class Remove(_OfTranscript, ActionView):
    """Take it away with everything in it."""

    permission: ClassVar[str] = "transcripts.edit"
    success_message = gettext_lazy("Removed. Drafts that were begun from it stay.")

    def perform(self) -> None:
        intake.remove_transcript(actor=self.actor, transcript=self.transcript)

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "transcripts:list")
