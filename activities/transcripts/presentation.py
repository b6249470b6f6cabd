"""What the pages of a transcript say: times, lines with the chosen sentence marked, reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from activities.transcripts.choices import Reason, Side
from activities.transcripts.models import (
    Transcript,
    TranscriptLine,
    TranscriptProposal,
    TranscriptSpeaker,
)


def time_code(milliseconds: int | None) -> str:
    """Since the beginning: 1:02:03, or 02:03 within the first hour; nothing where nobody knows."""
    if milliseconds is None:
        return ""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


def why(proposal: TranscriptProposal) -> str:
    """Why it is proposed, in words."""
    return " ".join(str(Reason(code).label) for code in proposal.reasons)


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line as its page shows it; ``parts`` are ``(text, whether it is marked)``."""

    line: TranscriptLine
    time: str
    who: str
    parts: list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class ShownProposal:
    """A proposal beside the lines."""

    proposal: TranscriptProposal
    time: str
    who: str
    why: str
    place: str
    outcome_url: str = ""
    choose_url: str = ""


def shown_lines(
    lines: Sequence[TranscriptLine], marked: TranscriptProposal | None
) -> list[ShownLine]:
    """Lines of one page; who speaks stands where that changes."""
    spans = spans_of(marked, lines) if marked else {}
    found, before = [], None
    for line in lines:
        speaker: Any = line.speaker
        who = named(speaker) if speaker.pk != before else ""
        before = speaker.pk
        found.append(ShownLine(line, time_code(line.start_ms), who, _parts(line, spans)))
    return found


def spans_of(
    proposal: TranscriptProposal, lines: Sequence[TranscriptLine]
) -> dict[int, tuple[int, int]]:
    """By line number, which characters of it belong to a sentence that begins in one of them."""
    spans: dict[int, tuple[int, int]] = {}
    left, start = len(proposal.text), proposal.start
    for line in lines:
        if line.number < proposal.line.number or left <= 0:
            continue
        end = min(len(line.text), start + left)
        spans[line.number] = (start, end)
        # The blank between two lines is part of the sentence, too.
        left -= end - start + 1
        start = 0
    return spans


def _parts(line: TranscriptLine, spans: dict[int, tuple[int, int]]) -> list[tuple[str, bool]]:
    if line.number not in spans:
        return [(line.text, False)]
    start, end = spans[line.number]
    parts = [(line.text[:start], False), (line.text[start:end], True), (line.text[end:], False)]
    return [part for part in parts if part[0]]


def named(speaker: TranscriptSpeaker) -> str:
    """Who speaks, and whose voice it is."""
    who = speaker.who or _("Somebody without a name")
    if speaker.side in (Side.ADVOCATE, Side.UNKNOWN):
        return who
    return _("%(who)s (%(side)s)") % {"who": who, "side": speaker.get_side_display()}


def facts_of(transcript: Transcript) -> list[tuple[Any, Any]]:
    """Names and values."""
    facts: list[tuple[Any, Any]] = [
        (_("Account"), transcript.account.name),
        (_("Activity"), str(transcript.activity) if transcript.activity else ""),
        (_("Day of the call"), transcript.held_on),
        (_("Language"), transcript.get_language_display()),
        (_("Lines"), transcript.line_count),
        (_("Read as"), transcript.get_format_display()),
        (_("Agreed to being recorded"), transcript.consent_note),
        (_("Added by"), transcript.added_by.name if transcript.added_by else ""),
        (_("Added"), transcript.created_at),
    ]
    return [(label, value) for label, value in facts if value not in ("", None)]


def proposal_facts(proposal: TranscriptProposal) -> list[tuple[Any, Any]]:
    """Names and values; the sentence itself is the page."""
    facts: list[tuple[Any, Any]] = [
        (_("Who says it"), named(proposal.line.speaker)),
        (_("At"), time_code(proposal.start_ms)),
        (_("Why"), why(proposal)),
        (_("Score"), proposal.score),
        (_("Before"), proposal.before),
        (_("After"), proposal.after),
        (_("Transcript"), proposal.transcript.title),
    ]
    return [(label, value) for label, value in facts if value not in ("", None)]
