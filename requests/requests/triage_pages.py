"""What manager and requester say about a request: one page or button per move (REQ-2)."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy import clock
from advocacy.web.views import AboutPress
from requests.models import Request
from requests.pages import RequestFormPage, RequestMixin
from requests.requests import forms, services, triage
from requests.requests.choices import RequestState
from requests.requests.filters import managers


class Submit(RequestMixin, AboutPress):
    """Hand a draft in."""

    permission = "requests.submit"
    service = services.submit_request
    success_message = gettext_lazy("Submitted.")


class TakeUp(RequestMixin, AboutPress):
    """A manager starts to look for somebody."""

    permission = "requests.triage"
    service = triage.start_review
    success_message = gettext_lazy("It is yours. Find somebody who fits.")


class Reopen(RequestFormPage):
    """Take up what was declined, or what nobody was found for."""

    permission = "requests.triage"
    service = triage.start_review
    form_class = forms.ReopenForm
    title = gettext_lazy("Try again")
    submit_label = gettext_lazy("Take it up again")
    success_message = gettext_lazy("It is open again.")

    def get_initial(self) -> dict[str, Any]:
        """Its day, if that is still to come."""
        day = self.row.needed_by
        return {"needed_by": day if day >= clock.today(self.tenant.zone) else None}


class NeedsInfo(RequestFormPage):
    """Ask the requester."""

    permission = "requests.triage"
    service = triage.ask_for_info
    form_class = forms.QuestionForm
    title = gettext_lazy("Ask the requester")
    submit_label = gettext_lazy("Ask")
    success_message = gettext_lazy("Asked. The clock stands still until the answer.")


class GiveInfo(RequestFormPage):
    """The requester answers."""

    service = triage.give_info
    form_class = forms.AnswerForm
    title = gettext_lazy("Answer the question")
    submit_label = gettext_lazy("Answer")
    success_message = gettext_lazy("Thank you. The clock goes on.")

    def get_context(self) -> dict[str, Any]:
        """The question stands above."""
        return {**super().get_context(), "page_subtitle": self.row.state_reason}


class Decline(RequestFormPage):
    """Say no."""

    permission = "requests.triage"
    service = triage.decline_request
    form_class = forms.ReasonForm
    title = gettext_lazy("Decline the request")
    submit_label = gettext_lazy("Decline")
    success_message = gettext_lazy("Declined; the requester hears why.")


class Cancel(RequestFormPage):
    """It is not needed any more."""

    service = triage.cancel_request
    form_class = forms.ReasonForm
    title = gettext_lazy("Cancel the request")
    submit_label = gettext_lazy("Cancel the request")
    success_message = gettext_lazy("Cancelled. Whoever was asked is told kindly.")


class AcceptFewer(RequestMixin, AboutPress):
    """Those who said yes so far are enough."""

    permission = "requests.view"
    service = triage.accept_fewer

    def get_success_message(self, result: Request) -> str:
        """What it is now."""
        return _("%(request)s is confirmed.") % {"request": result.reference}


class Close(RequestFormPage):
    """How the deal ended, if that is known."""

    service = triage.close_request
    form_class = forms.CloseForm
    title = gettext_lazy("How did the deal end?")
    submit_label = gettext_lazy("Close the request")
    success_message = gettext_lazy("Closed. Thank you.")

    def get_form(self) -> forms.CloseForm:
        """Without a deal there is nothing to ask."""
        form: forms.CloseForm = super().get_form()
        if self.row.opportunity is None:
            form.fields.clear()
        return form

    def get_title(self) -> str:
        """The question, or the step."""
        if self.row.opportunity is None:
            return _("Close the request")
        return super().get_title()


class Assign(RequestFormPage):
    """Give it to a colleague."""

    permission = "requests.triage"
    service = services.assign_manager
    form_class = forms.ManagerForm
    title = gettext_lazy("Who takes it?")
    submit_label = gettext_lazy("Hand it over")
    success_message = gettext_lazy("Handed over.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Who may."""
        return {**super().get_form_kwargs(), "choices": managers(self.request)}

    def get_initial(self) -> dict[str, Any]:
        """Who has it."""
        return {"manager": self.row.manager_id}


#: States in which details may still be changed.
EDITABLE = frozenset(
    {
        RequestState.DRAFT,
        RequestState.SUBMITTED,
        RequestState.IN_REVIEW,
        RequestState.NEEDS_INFO,
    }
)
