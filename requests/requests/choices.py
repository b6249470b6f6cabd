"""States of a request (REQ-2); its moves are in ``lifecycle``."""

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

#: What is asked may still be changed: nobody was asked because of it.
REQUEST_EDITABLE = frozenset({_S.DRAFT, _S.SUBMITTED, _S.IN_REVIEW, _S.NEEDS_INFO})


class MeetingFormat(models.TextChoices):
    """How the prospect would like to talk."""

    VIDEO = "video", _("Video call")
    PHONE = "phone", _("Phone call")
    IN_PERSON = "in_person", _("In person")
    WRITTEN = "written", _("In writing")
