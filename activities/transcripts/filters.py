"""Filters of the sentences worth quoting (TRN-1)."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from activities.transcripts.lifecycle import ProposalState
from activities.transcripts.models import Transcript, TranscriptProposal
from advocacy.web.filters import FilterSet


def _transcripts(request: Any) -> QuerySet[Transcript]:
    return Transcript.objects.all()


class ProposalFilter(FilterSet):
    """Whether a draft was begun; of one transcript where a link says so."""

    state = django_filters.ChoiceFilter(choices=ProposalState.choices, label=_("State"))
    transcript = django_filters.ModelChoiceFilter(
        queryset=_transcripts, label=_("Transcript"), widget=forms.HiddenInput()
    )

    search_fields = ("text", "transcript__title")

    class Meta:
        model = TranscriptProposal
        fields: ClassVar[list[str]] = []
