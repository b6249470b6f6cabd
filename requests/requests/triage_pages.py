"""What manager and requester say about a request: one page or button per move (REQ-2)."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy import clock
from advocacy.records.pages import OfMove
from advocacy.web.views import AboutPress
from requests.models import Request
from requests.pages import RequestFormPage, RequestMixin
from requests.requests import services, triage
from requests.requests import triage_forms as forms
from requests.requests.filters import managers
from requests.requests.lifecycle import REQUEST


class _Press(OfMove, RequestMixin, AboutPress):
    """One press."""

    abstract = True


class _Form(OfMove, RequestFormPage):
    """A question."""

    abstract = True


class Submit(_Press):
    """Hand a draft in."""

    move = REQUEST["submit"]
    service = services.submit_request


class Review(_Press):
    """A manager starts to look for somebody."""

    move = REQUEST["review"]
    service = triage.start_review


class Reopen(_Form):
    """Take up what was declined, or what nobody was found for."""

    move = REQUEST["reopen"]
    service = triage.start_review
    form_class = forms.ReopenForm
    submit_label = gettext_lazy("Take it up again")

    def get_initial(self) -> dict[str, Any]:
        """Its day, if that is still to come."""
        day = self.row.needed_by
        return {"needed_by": day if day >= clock.today(self.tenant.zone) else None}


class AskForInfo(_Form):
    """Ask the requester."""

    move = REQUEST["ask_for_info"]
    service = triage.ask_for_info
    form_class = forms.QuestionForm
    submit_label = gettext_lazy("Ask")


class GiveInfo(_Form):
    """The requester answers."""

    move = REQUEST["give_info"]
    service = triage.give_info
    form_class = forms.AnswerForm
    submit_label = gettext_lazy("Answer")

    def get_context(self) -> dict[str, Any]:
        return {**super().get_context(), "page_subtitle": self.row.state_reason}


class Decline(_Form):
    """Say no."""

    move = REQUEST["decline"]
    service = triage.decline_request
    form_class = forms.ReasonForm
    title = gettext_lazy("Decline the request")


class Cancel(_Form):
    """It is not needed any more."""

    move = REQUEST["cancel"]
    service = triage.cancel_request
    form_class = forms.ReasonForm


class AcceptFewer(_Press):
    """Those who said yes so far are enough."""

    move = REQUEST["accept_fewer"]
    service = triage.accept_fewer

    def get_success_message(self, result: Request) -> str:
        return _("%(request)s is confirmed.") % {"request": result.reference}


class Close(_Form):
    """How the deal ended, if that is known."""

    move = REQUEST["close"]
    service = triage.close_request
    form_class = forms.CloseForm

    def get_form(self) -> forms.CloseForm:
        form: forms.CloseForm = super().get_form()
        if self.row.opportunity is None:
            form.fields.clear()
        return form

    def get_title(self) -> str:
        """The question, or the step."""
        if self.row.opportunity is None:
            return super().get_title()
        return _("How did the deal end?")


class Assign(RequestFormPage):
    """Give it to a colleague."""

    permission = "requests.triage"
    service = services.assign_manager
    form_class = forms.ManagerForm
    edits = True
    title = gettext_lazy("Who takes it?")
    submit_label = gettext_lazy("Hand it over")
    success_message = gettext_lazy("Handed over.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "choices": managers(self.request)}

    def get_initial(self) -> dict[str, Any]:
        return {"manager": self.row.manager_id}
