"""An approval waits, is given or refused; none is needed after all where a request shrinks."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.records.lifecycle import Lifecycle, Move
from requests.requests.choices import RequestState

_S = RequestState

#: Nobody has said yes yet, or not enough: as long as somebody may still be asked.
UNDECIDED = (_S.SUBMITTED, _S.IN_REVIEW, _S.NEEDS_INFO, _S.OUTREACH)


class ApprovalState(models.TextChoices):
    """What became of it."""

    WAITING = "waiting", _("Waits for approval")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")
    DROPPED = "dropped", _("Not needed any more")


def _is_open(row: models.Model) -> bool:
    """The request is there to be decided about: no draft again, and not over."""
    return row.request.state in UNDECIDED  # type: ignore[attr-defined]


APPROVAL = Lifecycle(
    "approval",
    ApprovalState,
    Move(
        name="approve",
        verb="approval.approved",
        words=_("approved the request"),
        source=("waiting",),
        to="approved",
        may="approvals.decide",
        label=_("Approve"),
        icon="check",
        tone="success",
        primary=True,
        many=False,
        done=_("Approved. Advocates can be asked now."),
        when=_is_open,
    ),
    Move(
        name="refuse",
        verb="approval.refused",
        words=_("refused the request"),
        source=("waiting",),
        to="refused",
        may="approvals.decide",
        label=_("Refuse"),
        icon="x",
        tone="danger",
        needs=("reason",),
        many=False,
        done=_("Refused; the requester hears why."),
        when=_is_open,
    ),
    Move(
        name="drop",
        verb="approval.dropped",
        words=_("no approval is needed any more"),
        source=("waiting",),
        to="dropped",
        icon="circle-minus",
    ),
)
