"""States of opportunities, requests and asks, and their legal moves (OPP-1, REQ-2, ASK-1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """A CRM's stage, mapped per tenant (OPP-1)."""

    OPEN = "open", _("Open")
    QUALIFIED = "qualified", _("Qualified")
    WON = "won", _("Won")
    LOST = "lost", _("Lost")


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


class AskState(models.TextChoices):
    """Life of an ask (ASK-1)."""

    SENT = "sent", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    LATER = "later", _("Another time")
    SOMEONE_ELSE = "someone_else", _("Suggested somebody else")
    EXPIRED = "expired", _("Not answered")
    FILLED = "filled", _("Already filled")
    CANCELLED = "cancelled", _("Withdrawn")


class AnsweredBy(models.TextChoices):
    """Through whom an answer came."""

    ADVOCATE = "advocate", _("The advocate")
    STAFF = "staff", _("A colleague on the advocate's behalf")


class MeetingFormat(models.TextChoices):
    """How the prospect would like to talk."""

    VIDEO = "video", _("Video call")
    PHONE = "phone", _("Phone call")
    IN_PERSON = "in_person", _("In person")
    WRITTEN = "written", _("In writing")
