"""A sentence becomes a draft quote, word for word (TRN-1.d)."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from activities.assets.choices import AssetKind
from activities.assets.lifecycle import AssetState
from activities.assets.models import Asset
from activities.assets.services import begin_asset
from activities.assets.times import owners_turn
from activities.transcripts.access import permit_proposal
from activities.transcripts.intake import lock_transcript
from activities.transcripts.lifecycle import PROPOSAL, ProposalState
from activities.transcripts.models import TranscriptProposal
from advocacy.events.services import record
from advocacy.messaging.holding import keep, undoable
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict
from advocacy.tenancy.text import cut
from advocates.models import Advocate
from advocates.people.choices import ConsentUse
from advocates.people.leave import leave_of

_TITLE = 80


@transaction.atomic
def choose_proposal(*, actor: Actor, proposal: TranscriptProposal) -> TranscriptProposal:
    """Begin a draft quote with exactly this sentence; the same draft however often it is chosen.

    It is published like any other: after the advocate's own review, with the approvals and the
    leave that are needed. Raises ``NotAllowed`` for a CSM at a colleague's account, ``Conflict``
    where nobody at the customer is known to have said it.
    """
    permit_proposal(actor, proposal, "choose")
    # Who said it is settled on the transcript.
    lock_transcript(proposal.transcript)
    locked = _lock(proposal.pk)
    if locked.state == ProposalState.CHOSEN:
        return locked
    return _choose(actor=actor, proposal=locked)


@undoable(
    "transcript_proposal.choose",
    "proposal",
    about=lambda proposal: [proposal.transcript, *proposal.transcript.about],
    always=True,
)
def _choose(*, actor: Actor, proposal: TranscriptProposal) -> TranscriptProposal:
    advocate, transcript = proposal.line.speaker.advocate, proposal.transcript
    if advocate is None:
        raise Conflict(_("Say first who at the customer said it."))
    activity = transcript.activity
    asset = begin_asset(
        actor=actor,
        kind=AssetKind.QUOTE,
        advocate=advocate,
        # The leave an employer gives is for kinds of activities (ADV-4).
        activity=activity if activity and activity.advocate_id == advocate.pk else None,
        title=f"“{cut(proposal.text, _TITLE)}”",
        body=proposal.text,
        attribution=_attribution(advocate),
        language=transcript.language,
        is_excerpt=True,
    )
    Asset.objects.filter(pk=asset.pk).update(due_at=owners_turn(asset))
    keep(asset=str(asset.pk))
    PROPOSAL.move(proposal, "choose", asset=asset)
    record(
        "transcript_proposal.chosen",
        proposal,
        actor=actor,
        payload={"asset": str(asset.pk)},
        about=[asset, transcript, *transcript.about],
    )
    return proposal


def take_draft_back(actor: Actor, row_id: UUID, kept: dict[str, Any]) -> Collection[UUID]:
    """Taking the press back: the draft goes with everything about it, unless somebody has worked on
    it since, and the sentence is proposed as before.
    """
    # In the order in which an erasure takes them.
    asset = Asset.objects.select_for_update().filter(pk=kept["asset"]).first()
    proposal = _lock(row_id)
    if asset is None or proposal.asset_id != asset.pk:  # type: ignore[attr-defined]
        raise _gone_on(proposal)
    if (asset.state, asset.number, asset.questions) != (AssetState.DRAFT, 1, []):
        raise _gone_on(asset)
    TranscriptProposal.objects.filter(pk=row_id).update(state=ProposalState.PROPOSED, asset=None)
    asset.delete()
    # Its step is done here: the draft cannot go before the sentence has let go of it.
    return [row_id]


def _gone_on(row: object) -> Conflict:
    text = _("“%(what)s” has gone on since; it cannot be taken back any more.")
    return Conflict(text % {"what": row}, code="gone_on")


def _lock(pk: UUID) -> TranscriptProposal:
    return (
        TranscriptProposal.objects.select_for_update(no_key=True, of=("self",))
        .select_related(
            "line__speaker__advocate__account",
            "line__speaker__advocate__tenant",
            "transcript__account",
            "transcript__activity__activity_type",
            "transcript__activity__advocate",
            "asset",
        )
        .get(pk=pk)
    )


def _attribution(advocate: Advocate) -> str:
    """Name, role and company where their leave for quotes is on record; else nobody is named."""
    if not leave_of(advocate).given(ConsentUse.QUOTE):
        return ""
    parts = (advocate.name, advocate.job_title, advocate.account.name)
    return ", ".join(part for part in parts if part)[:200]
