"""What is done with several people of a list at once (ENR-1)."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.records.pages import OfMove
from advocacy.web.views import EachRow
from advocates.joining import enrolment
from advocates.people.lifecycle import ENROLMENT
from advocates.people.pages.lists import AdvocateList, CandidateList


class _Each(EachRow):
    """One service for each person."""

    abstract: ClassVar[bool] = True
    list_page = AdvocateList
    home = "advocates:list"
    subject_name = "advocate"


class PauseMany(OfMove, _Each):
    """They are asked for nothing for a while."""

    move = ENROLMENT["pause"]
    service = enrolment.pause_advocate


class ResumeMany(OfMove, _Each):
    """They are back."""

    move = ENROLMENT["resume"]
    service = enrolment.resume_advocate
    undo = "advocates:pause-many"


class EnrolMany(_Each):
    """They become members of the program."""

    permission: ClassVar[str] = "advocates.enrol"
    list_page = CandidateList
    label = gettext_lazy("Enrol in the program")
    # Seats of the tiers are locked by account.
    order = ("account_id", "pk")

    def perform_one(self, row: Any, **said: Any) -> None:
        reason = _("Enrolled together from the list.")
        enrolment.enrol_advocate(actor=self.actor, advocate=row, reason=reason)
