"""Sentences worth quoting in the browser (TRN-1.b, TRN-1.c, TRN-1.d)."""

from collections.abc import Sequence
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.transcripts.models import TranscriptProposal
from activities.transcripts.presentation import time_code, why
from advocacy.records.pages import MovePress, RecordList, RecordPage
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocates.access import may_change
from advocates.models import Advocate


def place_url(request: Any, proposal: TranscriptProposal) -> str:
    """Where a sentence stands in its transcript, marked."""
    url = tenant_reverse(request, "transcripts:detail", proposal.transcript_id)  # type: ignore[attr-defined]
    query = urlencode({"line": proposal.line.number, "sentence": str(proposal.pk)})
    return f"{url}?{query}#line-{proposal.line.number}"


def outcome_url(
    request: Any, member: Any, proposal: TranscriptProposal, advocate: Advocate | None
) -> str:
    """The form of an outcome with what was said filled in, for who may add one (ADV-3)."""
    if advocate is None or not proposal.after:
        return ""
    if not may_change(member, "advocates.edit", advocate.account):
        return ""
    said = {"before": proposal.before, "after": proposal.after, "narrative": proposal.text}
    return f"{tenant_reverse(request, 'advocates:outcome-new', advocate.pk)}?{urlencode(said)}"


class ProposalTable(Table):
    """The sentence, who says it, why."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "text",
            gettext_lazy("Sentence"),
            url=lambda row, request: tenant_reverse(request, "transcript-proposals:detail", row.pk),
        ),
        Column("who", gettext_lazy("Who says it"), value="line.speaker.who", phone=False),
        Column("at", gettext_lazy("At"), value=lambda row: time_code(row.start_ms), phone=False),
        Column("why", gettext_lazy("Why"), value=why, phone=False),
        Column("score", gettext_lazy("Score"), sort="score", align="end"),
        Column(
            "state", gettext_lazy("State"), sort="state", template="components/cells/state.html"
        ),
    )
    default_sort: ClassVar[str] = "-score"


class ProposalList(RecordList):
    """The sentences worth quoting, the best first."""

    abstract: ClassVar[bool] = True

    def get_context(self) -> dict[str, Any]:
        url = tenant_reverse(self.request, "transcripts:list")
        return {**super().get_context(), "crumbs": [(url, _("Transcripts"))]}


class ProposalPage(RecordPage):
    """One sentence, why it is proposed, and the way to its place."""

    abstract: ClassVar[bool] = True
    template_name: ClassVar[str] = "activities/transcripts/proposal.html"
    panel_template: ClassVar[str] = "activities/transcripts/proposal_panel.html"

    def get_context(self) -> dict[str, Any]:
        proposal = self.row
        advocate = proposal.line.speaker.advocate
        url = tenant_reverse(self.request, "transcripts:detail", proposal.transcript_id)
        return {
            **super().get_context(),
            "crumbs": [
                (tenant_reverse(self.request, "transcripts:list"), _("Transcripts")),
                (url, proposal.transcript.title),
            ],
            "place_url": place_url(self.request, proposal),
            "outcome_url": outcome_url(self.request, self.membership, proposal, advocate),
        }


class Choose(MovePress):
    """Begin the draft, and go on where it is written."""

    abstract: ClassVar[bool] = True

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "assets:detail", result.asset_id)
