"""Transcripts, who speaks in them, and what of it is worth quoting."""

import factory

from activities.transcripts.models import (
    Transcript,
    TranscriptLine,
    TranscriptProposal,
    TranscriptSpeaker,
)
from tests.factories.advocates import AccountFactory, AdvocateFactory
from tests.factories.base import TenantFactory

SENTENCE = "We went from six weeks to nine days."


class TranscriptFactory(TenantFactory):
    """A transcript of one line."""

    class Meta:
        model = Transcript

    account = factory.SubFactory(AccountFactory)
    title = "Review of the year"
    line_count = 1


class TranscriptSpeakerFactory(TenantFactory):
    """Somebody at the account."""

    class Meta:
        model = TranscriptSpeaker

    transcript = factory.SubFactory(TranscriptFactory)
    position = factory.Sequence(lambda number: number)
    label = "Ana Ruiz"
    side = "advocate"
    advocate = factory.SubFactory(
        AdvocateFactory, account=factory.SelfAttribute("..transcript.account")
    )


class TranscriptLineFactory(TenantFactory):
    """What they say."""

    class Meta:
        model = TranscriptLine

    speaker = factory.SubFactory(TranscriptSpeakerFactory)
    transcript = factory.SelfAttribute("speaker.transcript")
    number = factory.Sequence(lambda number: number + 1)
    start_ms = 62_000
    text = f"{SENTENCE} It was worth it."


class TranscriptProposalFactory(TenantFactory):
    """The sentence of it that is proposed."""

    class Meta:
        model = TranscriptProposal

    line = factory.SubFactory(TranscriptLineFactory)
    transcript = factory.SelfAttribute("line.transcript")
    start = 0
    start_ms = 62_000
    text = SENTENCE
    reasons = ("outcome", "number")
    score = 8
    before = "six weeks"
    after = "nine days"
