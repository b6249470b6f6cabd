"""Saying who speaks (TRN-1.b): only customers' sentences are proposed."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from activities.transcripts.access import permit_edit
from activities.transcripts.choices import Side
from activities.transcripts.finding import find_proposals
from activities.transcripts.intake import lock_transcript
from activities.transcripts.lifecycle import ProposalState
from activities.transcripts.models import Transcript, TranscriptProposal, TranscriptSpeaker
from advocacy.events.services import record
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocates.models import Advocate
from advocates.people.traces import require_not_erased

#: A speaker's position → whose voice it is, and who of the customer's people.
Voices = Mapping[int, tuple[str, Advocate | None]]


@transaction.atomic
def assign_speakers(*, actor: Actor, transcript: Transcript, voices: Voices) -> Transcript:
    """Say whose voices they are; speakers nobody spoke of stay. Sentences are proposed anew.

    Raises ``DomainError`` at a position that is none, for somebody of another account or a
    customer without a name; ``Conflict`` where a sentence of theirs was chosen already.
    """
    permit_edit(actor, transcript)
    locked = lock_transcript(transcript)
    speakers = {each.position: each for each in TranscriptSpeaker.objects.filter(transcript=locked)}
    changed = []
    for position, (side, chosen) in voices.items():
        speaker = speakers.get(position)
        if speaker is None:
            raise _problem(_("There is no speaker number %(position)d.") % {"position": position})
        kept = chosen.pk if chosen else None
        if (side, kept) == (speaker.side, speaker.advocate_id):  # type: ignore[attr-defined]
            # Also of somebody who has left the company since.
            TranscriptSpeaker.objects.filter(pk=speaker.pk).update(is_guess=False)
            continue
        advocate = _checked(locked, speaker, side, chosen)
        if kept != speaker.advocate_id:  # type: ignore[attr-defined]
            _require_none_chosen(speaker)
        changed.append(position)
        speaker.side, speaker.advocate, speaker.is_guess = side, advocate, False
        speaker.save(update_fields=["side", "advocate", "is_guess"])
    if changed:
        found = find_proposals(locked)
        record(
            "transcript.speakers_assigned",
            locked,
            actor=actor,
            payload={"speakers": sorted(changed), "proposals": found},
            about=locked.about,
        )
    return locked


def _checked(
    transcript: Transcript, speaker: TranscriptSpeaker, side: str, advocate: Advocate | None
) -> Advocate | None:
    if side not in Side.values:
        raise _problem(_("Choose who “%(label)s” is.") % {"label": speaker.label})
    if side != Side.ADVOCATE:
        if advocate is not None:
            raise _problem(
                _("“%(label)s”: a name goes with somebody at the customer only.")
                % {"label": speaker.label}
            )
        return None
    if advocate is None:
        raise _problem(_("Choose who at the customer “%(label)s” is.") % {"label": speaker.label})
    if advocate.account_id != transcript.account_id:  # type: ignore[attr-defined]
        raise _problem(
            _("%(name)s is not at %(account)s.")
            % {"name": advocate.name, "account": transcript.account}
        )
    require_not_erased(advocate)
    return advocate


def _problem(text: str) -> DomainError:
    return DomainError(text, fields={"speakers": text})


def _require_none_chosen(speaker: TranscriptSpeaker) -> None:
    rows = TranscriptProposal.objects.filter(line__speaker=speaker, state=ProposalState.CHOSEN)
    if rows.exists():
        raise Conflict(
            _(
                "A draft quote was begun from what “%(label)s” says. Retire the draft and add the"
                " transcript again, if it is somebody else."
            )
            % {"label": speaker.label}
        )
