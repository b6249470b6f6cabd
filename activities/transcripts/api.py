"""Transcripts over REST (TRN-1): ``transcripts/``, their lines, ``transcript-proposals/``."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from activities.activities.models import Activity
from activities.transcripts import intake, speaking
from activities.transcripts.access import EDIT, VIEW
from activities.transcripts.choices import Language, Side
from activities.transcripts.models import (
    Transcript,
    TranscriptLine,
    TranscriptProposal,
    TranscriptSpeaker,
)
from activities.transcripts.reading import MOST_SPEAKERS
from advocacy.rest.manifests import OfManifest
from advocacy.rest.pagination import KeysetPagination
from advocacy.rest.resources import command
from advocacy.rest.serializers import Body, RowSerializer
from advocates.models import Account, Advocate


class SpeakerSerializer(RowSerializer):
    """A voice in a transcript, and whose it is. ``position`` counts from 0."""

    class Meta:
        model = TranscriptSpeaker
        fields = ("position", "label", "side", "advocate", "is_guess")
        read_only_fields = fields


class TranscriptSerializer(RowSerializer):
    """A transcript. ``text`` is what was said, as WebVTT, SubRip or lines like “Name: …”; it is
    given once, and read again line by line.
    """

    account = serializers.PrimaryKeyRelatedField(queryset=Account.objects.all(), required=False)
    activity = serializers.PrimaryKeyRelatedField(
        queryset=Activity.objects.select_related("activity_type", "advocate__account"),
        required=False,
        allow_null=True,
    )
    language = serializers.ChoiceField(choices=Language.choices, required=False)
    speakers = SpeakerSerializer(many=True, read_only=True)
    text = serializers.CharField(
        write_only=True, required=False, allow_blank=True, trim_whitespace=False
    )

    #: What a transcript shows.
    SHOWN: ClassVar[tuple[str, ...]] = (
        *("id", "account", "activity", "title", "held_on", "language", "format", "consent_note"),
        *("line_count", "speakers", "added_by", "created_at"),
    )

    class Meta:
        model = Transcript
        fields = (
            *("id", "account", "activity", "title", "held_on", "language", "format"),
            *("consent_note", "line_count", "speakers", "added_by", "created_at", "text"),
        )
        read_only_fields = ("id", "format", "line_count", "added_by", "created_at")
        extra_kwargs: ClassVar[dict[str, Any]] = {"title": {"required": False}}


class TranscriptLineSerializer(RowSerializer):
    """One line; times in milliseconds since the beginning, where the transcript has any."""

    speaker = serializers.IntegerField(source="speaker.position")

    class Meta:
        model = TranscriptLine
        fields = ("id", "number", "start_ms", "end_ms", "speaker", "text")
        read_only_fields = fields


class VoiceBody(Body):
    """Whose voice a speaker is; ``advocate`` for somebody at the customer."""

    position = serializers.IntegerField(min_value=0, max_value=MOST_SPEAKERS)
    side = serializers.ChoiceField(choices=Side.choices)
    advocate = serializers.PrimaryKeyRelatedField(
        queryset=Advocate.objects.select_related("account"), required=False, allow_null=True
    )


class AssignVoicesBody(Body):
    """Whose voices they are; who is left out stays."""

    speakers = VoiceBody(  # type: ignore[call-arg]
        many=True, allow_empty=False, max_length=MOST_SPEAKERS
    )


class TranscriptApi(OfManifest):
    """With its lines, who speaks, and the way to take it away."""

    queryset = Transcript.objects.none()
    permissions: ClassVar[dict[str, str]] = {"lines": VIEW, "assign": EDIT, "remove": EDIT}

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().prefetch_related("speakers")

    @extend_schema(responses=TranscriptLineSerializer(many=True), filters=False)
    @action(
        detail=True,
        methods=["get"],
        pagination_class=KeysetPagination,
        filter_backends=[],
        ordering_fields=("number",),
        ordering="number",
    )
    def lines(self, request: Request, pk: str) -> Response:
        """What was said, line by line."""
        self._refuse_unknown_parameters()
        rows = TranscriptLine.objects.filter(transcript=self.get_object()).select_related("speaker")
        found = TranscriptLineSerializer(self.paginate_queryset(rows), many=True).data
        return self.get_paginated_response(found)

    @command(AssignVoicesBody)
    def assign(self, row: Transcript, *, speakers: list[dict[str, Any]]) -> None:
        """Say who speaks; the proposals are found anew."""
        voices = {each["position"]: (each["side"], each.get("advocate")) for each in speakers}
        speaking.assign_speakers(actor=self.actor, transcript=row, voices=voices)

    @command(gives_away=True)
    def remove(self, row: Transcript) -> None:
        """Take it away with everything in it; drafts that were begun from it stay."""
        intake.remove_transcript(actor=self.actor, transcript=row)


class ProposalSerializer(RowSerializer):
    """A sentence worth quoting, word for word: ``start`` is the character of the line ``number``
    at which it begins, ``asset`` the draft that was made of it.
    """

    number = serializers.IntegerField(source="line.number", help_text="Of its line.")

    class Meta:
        model = TranscriptProposal
        fields = (
            *("id", "transcript", "number", "start", "start_ms", "text", "reasons", "score"),
            *("before", "after", "state", "asset"),
        )
        read_only_fields = fields
