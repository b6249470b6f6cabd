"""States of a request and its legal moves (REQ-2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RequestState(models.TextChoices):
    """Life of a request (REQ-2)."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    IN_REVIEW = "in_review", _("In review")
    NEEDS_INFO = "needs_info", _("Needs information")
    OUTREACH = "outreach", _("Asking")
    CONFIRMED = "confirmed", _("Confirmed")
    SCHEDULED = "scheduled", _("Scheduled")
    COMPLETED = "completed", _("Completed")
    CLOSED = "closed", _("Closed")
    DECLINED = "declined", _("Declined")
    CANCELLED = "cancelled", _("Cancelled")
    UNFILLED = "unfilled", _("Unfilled")


_S = RequestState

_STOP = {_S.DECLINED, _S.CANCELLED, _S.UNFILLED}

REQUEST_MOVES: dict[str, frozenset[str]] = {
    _S.DRAFT: frozenset({_S.SUBMITTED, _S.CANCELLED}),
    _S.SUBMITTED: frozenset({_S.IN_REVIEW, _S.NEEDS_INFO, _S.OUTREACH, *_STOP}),
    _S.IN_REVIEW: frozenset({_S.NEEDS_INFO, _S.OUTREACH, *_STOP}),
    _S.NEEDS_INFO: frozenset({_S.SUBMITTED, _S.IN_REVIEW, *_STOP}),
    _S.OUTREACH: frozenset({_S.CONFIRMED, _S.IN_REVIEW, _S.NEEDS_INFO, *_STOP}),
    _S.CONFIRMED: frozenset({_S.SCHEDULED, _S.COMPLETED, _S.OUTREACH, _S.CANCELLED}),
    _S.SCHEDULED: frozenset({_S.COMPLETED, _S.CONFIRMED, _S.OUTREACH, _S.CANCELLED}),
    # Back when the completion turns out to have been recorded in error (TIER-7).
    _S.COMPLETED: frozenset({_S.CLOSED, _S.OUTREACH, _S.UNFILLED}),
    _S.CLOSED: frozenset(),
    _S.DECLINED: frozenset({_S.IN_REVIEW}),
    _S.CANCELLED: frozenset(),
    _S.UNFILLED: frozenset({_S.IN_REVIEW, _S.CANCELLED}),
}

#: Somebody still has work to do.
REQUEST_OPEN = frozenset(
    {
        _S.SUBMITTED,
        _S.IN_REVIEW,
        _S.NEEDS_INFO,
        _S.OUTREACH,
        _S.CONFIRMED,
        _S.SCHEDULED,
    }
)

#: States in which an ask may go out.
REQUEST_ASKABLE = frozenset({_S.SUBMITTED, _S.IN_REVIEW, _S.OUTREACH})


class MeetingFormat(models.TextChoices):
    """How the prospect would like to talk."""

    VIDEO = "video", _("Video call")
    PHONE = "phone", _("Phone call")
    IN_PERSON = "in_person", _("In person")
    WRITTEN = "written", _("In writing")
