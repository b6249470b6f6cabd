"""Reading transcripts: a list, one page of lines, proposals with their place (TRN-1)."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from uuid import UUID

from django.db.models import QuerySet

from activities.transcripts.choices import Side
from activities.transcripts.models import (
    Transcript,
    TranscriptLine,
    TranscriptProposal,
    TranscriptSpeaker,
)
from activities.transcripts.sentences import Piece
from advocacy.tenancy.models import Membership
from advocates.accounts.choices import TagKind
from advocates.models import Tag

#: Lines on one page, however long the call was.
PAGE = 100


def listed_transcripts(membership: Membership) -> QuerySet[Transcript]:
    """All, with what a row or a page shows; the permission keeps sales away."""
    return Transcript.objects.select_related(
        "account__owner__user",
        "activity__activity_type",
        "activity__advocate__account",
        "added_by__user",
        "tenant",
    )


def listed_proposals(membership: Membership) -> QuerySet[TranscriptProposal]:
    """All, with whose words they are and where they stand."""
    return TranscriptProposal.objects.select_related(
        "transcript__account__owner__user",
        "transcript__activity",
        "line__speaker__advocate",
        "asset",
    )


def speakers_of(transcript: Transcript) -> list[TranscriptSpeaker]:
    """In the order in which they first speak."""
    rows = TranscriptSpeaker.objects.filter(transcript=transcript)
    return list(rows.select_related("advocate__account").order_by("position"))


def lines_of(transcript: Transcript) -> QuerySet[TranscriptLine]:
    """All of them, by number."""
    return TranscriptLine.objects.filter(transcript=transcript).order_by("number")


def page_of(transcript: Transcript, number: int) -> list[TranscriptLine]:
    """The lines of the page on which a line stands."""
    first = (number - 1) // PAGE * PAGE + 1
    rows = lines_of(transcript).select_related("speaker__advocate")
    return list(rows.filter(number__gte=first, number__lt=first + PAGE))


def turns_of(transcript: Transcript) -> Iterator[Sequence[Piece]]:
    """What customers said without being interrupted, turn by turn."""
    rows = lines_of(transcript).values_list("number", "text", "speaker_id", "speaker__side")
    for (_speaker, side), lines in groupby(rows, key=lambda row: row[2:]):
        pieces = [Piece(number, text) for number, text, *_rest in lines if text]
        if side == Side.ADVOCATE and pieces:
            yield pieces


def best_of(transcript: Transcript, most: int) -> list[TranscriptProposal]:
    """The proposals with the most to be said for them."""
    rows = TranscriptProposal.objects.filter(transcript=transcript)
    return list(
        rows.select_related("line__speaker__advocate__account").order_by("-score", "-id")[:most]
    )


def product_names() -> list[str]:
    """The tenant's products, by which it is seen that one is named."""
    return list(Tag.objects.filter(kind=TagKind.PRODUCT).values_list("name", flat=True))


def newest_of(*, account: UUID | None = None, activity: UUID | None = None) -> list[Transcript]:
    """For a card: the newest of an account or an activity."""
    rows = Transcript.objects.all()
    rows = rows.filter(activity=activity) if activity else rows.filter(account=account)
    return list(rows.order_by("-created_at", "-id")[:5])
