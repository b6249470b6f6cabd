"""Proposals as they are kept: found anew whenever it is said who speaks (TRN-1.b)."""

from activities.transcripts.lifecycle import ProposalState
from activities.transcripts.models import Transcript, TranscriptLine, TranscriptProposal
from activities.transcripts.proposing import propose
from activities.transcripts.selectors import product_names, turns_of


def find_proposals(transcript: Transcript) -> int:
    """Propose anew, and say how many; what was chosen stays. Needs a transaction and, for a
    transcript that others see already, its lock.
    """
    rows = TranscriptProposal.objects.filter(transcript=transcript)
    rows.filter(state=ProposalState.PROPOSED).delete()
    chosen = set(rows.values_list("line__number", "start"))
    found = [
        each
        for each in propose(turns_of(transcript), transcript.language, product_names())
        if (each.sentence.number, each.sentence.start) not in chosen
    ]
    numbers = {each.sentence.number for each in found}
    lines = {
        line.number: line
        for line in TranscriptLine.objects.filter(transcript=transcript, number__in=numbers)
    }
    TranscriptProposal.objects.bulk_create(
        [
            TranscriptProposal(
                transcript=transcript,
                line=lines[each.sentence.number],
                start=each.sentence.start,
                start_ms=lines[each.sentence.number].start_ms,
                text=each.sentence.text,
                reasons=[str(reason) for reason in each.reasons],
                score=each.score,
                before=each.before,
                after=each.after,
            )
            for each in found
        ]
    )
    return len(found)
