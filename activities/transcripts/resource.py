"""The manifests of transcripts and of the sentences in them (TRN-1)."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from activities.transcripts import (
    api,
    choosing,
    forms,
    intake,
    pages,
    presentation,
    proposal_pages,
    selectors,
)
from activities.transcripts.access import permit_edit, permit_proposal
from activities.transcripts.filters import ProposalFilter
from activities.transcripts.lifecycle import PROPOSAL
from activities.transcripts.models import Transcript, TranscriptProposal
from advocacy.records.resource import Resource
from advocacy.web.status_styles import StatusStyle

TRANSCRIPTS = Resource(
    name="transcripts",
    model=Transcript,
    subject="transcript",
    title=_("Transcripts"),
    answer=ngettext_lazy("%(count)s transcript", "%(count)s transcripts", "n"),
    new_label=_("Add a transcript"),
    icon="file-description",
    nav_item="content",
    view="transcripts.view",
    edit="transcripts.edit",
    listed=selectors.listed_transcripts,
    table=pages.TranscriptTable,
    form=forms.TranscriptForm,
    about=lambda transcript: transcript.account.name,
    facts=presentation.facts_of,
    search=("title", "account__name"),
    pages={
        "list": pages.TranscriptList,
        "detail": pages.TranscriptPage,
        "new": pages.AddTranscript,
        "edit": pages.AddTranscript,
    },
    more_urls=(
        path("<uuid:pk>/speakers/", pages.Speakers.as_view(), name="speakers"),
        path("<uuid:pk>/remove/", pages.Remove.as_view(), name="remove"),
    ),
    empty_text=_(
        "Add what was said in a call: the sentences worth quoting are found in it, word for word."
    ),
    create=intake.add_transcript,
    update=intake.update_transcript,
    permit_edit=permit_edit,
    verbs={
        "transcript.added": (_("added a transcript"), "file-description", "info"),
        "transcript.changed": (_("changed what stands beside a transcript"), "pencil", "neutral"),
        "transcript.speakers_assigned": (_("said who speaks in a transcript"), "users", "neutral"),
        "transcript.removed": (_("removed a transcript"), "trash", "warning"),
    },
    serializer=api.TranscriptSerializer,
    api=api.TranscriptApi,
    api_fields=api.TranscriptSerializer.SHOWN,
    api_filters=("account", "activity", "language"),
    api_ordering=("-created_at", "title"),
)

PROPOSALS = Resource(
    name="transcript-proposals",
    model=TranscriptProposal,
    subject="proposal",
    title=_("Sentences worth quoting"),
    answer=ngettext_lazy("%(count)s sentence", "%(count)s sentences", "n"),
    new_label=_("Sentences worth quoting"),
    icon="quote",
    nav_item="content",
    view="transcripts.view",
    edit="assets.edit",
    listed=selectors.listed_proposals,
    table=proposal_pages.ProposalTable,
    filters=ProposalFilter,
    form=forms.TranscriptForm,
    about=lambda proposal: proposal.line.speaker.who,
    facts=presentation.proposal_facts,
    pages={
        "list": proposal_pages.ProposalList,
        "detail": proposal_pages.ProposalPage,
        "choose": proposal_pages.Choose,
    },
    empty_text=_(
        "Once it is said who speaks in a transcript, what customers say with a number, an outcome,"
        " a comparison or a reason stands here."
    ),
    lifecycle=PROPOSAL,
    services={"choose": choosing.choose_proposal},
    permit=permit_proposal,
    styles={"chosen": StatusStyle("success", "quote")},
    serializer=api.ProposalSerializer,
    api_fields=api.ProposalSerializer.Meta.fields,
    api_filters=("transcript", "state", "asset"),
    api_ordering=("-score", "id"),
    tab=False,
)
