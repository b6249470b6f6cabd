"""A proposed sentence, and that it was chosen (TRN-1.d)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.records.lifecycle import Lifecycle, Move


class ProposalState(models.TextChoices):
    """Whether somebody made a draft of it."""

    PROPOSED = "proposed", _("Proposed")
    CHOSEN = "chosen", _("A draft quote")


PROPOSAL = Lifecycle(
    "transcript proposal",
    ProposalState,
    Move(
        name="choose",
        verb="transcript_proposal.chosen",
        words=_("chose a sentence of a transcript as a draft quote"),
        source=("proposed",),
        to="chosen",
        may="assets.edit",
        label=_("Begin a quote"),
        icon="quote",
        tone="info",
        primary=True,
        many=False,
        done=_("A draft quote, word for word. Send it to the advocate when it is ready."),
        undo=_("took the draft quote back"),
    ),
)
