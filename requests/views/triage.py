"""What manager and requester say about a request: one page or button per move (REQ-2)."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy import clock
from advocacy.web.views import ActionView
from requests import forms, services
from requests.filters import managers
from requests.models import Request
from requests.states import RequestState
from requests.views.base import RequestFormPage, RequestMixin


class Submit(RequestMixin, ActionView):
    """Hand a draft in."""

    permission = "requests.submit"
    success_message = gettext_lazy("Submitted.")

    def perform(self) -> Request:
        """Submit it."""
        return services.submit_request(actor=self.actor, request=self.wanted)


class TakeUp(RequestMixin, ActionView):
    """A manager starts to look for somebody."""

    permission = "requests.triage"
    success_message = gettext_lazy("It is yours. Find somebody who fits.")

    def perform(self) -> Request:
        """Start the review."""
        return services.start_review(actor=self.actor, request=self.wanted)


class Reopen(RequestFormPage):
    """Take up what was declined, or what nobody was found for."""

    permission = "requests.triage"
    form_class = forms.ReopenForm
    title = gettext_lazy("Try again")
    submit_label = gettext_lazy("Take it up again")
    success_message = gettext_lazy("It is open again.")

    def get_initial(self) -> dict[str, Any]:
        """Its day, if that is still to come."""
        day = self.wanted.needed_by
        return {"needed_by": day if day >= clock.today(self.tenant.zone) else None}

    def perform(self, form: forms.ReopenForm) -> Request:
        """Start the review again."""
        return services.start_review(
            actor=self.actor, request=self.wanted, needed_by=form.cleaned_data["needed_by"]
        )


class NeedsInfo(RequestFormPage):
    """Ask the requester."""

    permission = "requests.triage"
    form_class = forms.QuestionForm
    title = gettext_lazy("Ask the requester")
    submit_label = gettext_lazy("Ask")
    success_message = gettext_lazy("Asked. The clock stands still until the answer.")

    def perform(self, form: forms.QuestionForm) -> Request:
        """Ask."""
        return services.ask_for_info(
            actor=self.actor, request=self.wanted, question=form.cleaned_data["question"]
        )


class GiveInfo(RequestFormPage):
    """The requester answers."""

    form_class = forms.AnswerForm
    title = gettext_lazy("Answer the question")
    submit_label = gettext_lazy("Answer")
    success_message = gettext_lazy("Thank you. The clock goes on.")

    def get_context(self) -> dict[str, Any]:
        """The question stands above."""
        return {**super().get_context(), "page_subtitle": self.wanted.state_reason}

    def perform(self, form: forms.AnswerForm) -> Request:
        """Answer."""
        return services.give_info(
            actor=self.actor, request=self.wanted, answer=form.cleaned_data["answer"]
        )


class Decline(RequestFormPage):
    """Say no."""

    permission = "requests.triage"
    form_class = forms.ReasonForm
    title = gettext_lazy("Decline the request")
    submit_label = gettext_lazy("Decline")
    success_message = gettext_lazy("Declined; the requester hears why.")

    def perform(self, form: forms.ReasonForm) -> Request:
        """Decline."""
        return services.decline_request(
            actor=self.actor, request=self.wanted, reason=form.cleaned_data["reason"]
        )


class Cancel(RequestFormPage):
    """It is not needed any more."""

    form_class = forms.ReasonForm
    title = gettext_lazy("Cancel the request")
    submit_label = gettext_lazy("Cancel the request")
    success_message = gettext_lazy("Cancelled. Whoever was asked is told kindly.")

    def perform(self, form: forms.ReasonForm) -> Request:
        """Cancel."""
        return services.cancel_request(
            actor=self.actor, request=self.wanted, reason=form.cleaned_data["reason"]
        )


class AcceptFewer(RequestMixin, ActionView):
    """Those who said yes so far are enough."""

    permission = "requests.view"

    def perform(self) -> Request:
        """Accept."""
        return services.accept_fewer(actor=self.actor, request=self.wanted)

    def get_success_message(self, result: Request) -> str:
        """What it is now."""
        return _("%(request)s is confirmed.") % {"request": result.reference}


class Close(RequestFormPage):
    """How the deal ended, if that is known."""

    form_class = forms.CloseForm
    title = gettext_lazy("How did the deal end?")
    submit_label = gettext_lazy("Close the request")
    success_message = gettext_lazy("Closed. Thank you.")

    def get_form(self) -> forms.CloseForm:
        """Without a deal there is nothing to ask."""
        form: forms.CloseForm = super().get_form()
        if self.wanted.opportunity is None:
            form.fields.clear()
        return form

    def get_title(self) -> str:
        """The question, or the step."""
        if self.wanted.opportunity is None:
            return _("Close the request")
        return super().get_title()

    def perform(self, form: forms.CloseForm) -> Request:
        """Close."""
        said = form.cleaned_data
        return services.close_request(
            actor=self.actor,
            request=self.wanted,
            outcome=said.get("outcome", ""),
            amount=said.get("amount"),
            closed_on=said.get("closed_on"),
        )


class Assign(RequestFormPage):
    """Give it to a colleague."""

    permission = "requests.triage"
    form_class = forms.ManagerForm
    title = gettext_lazy("Who takes it?")
    submit_label = gettext_lazy("Hand it over")
    success_message = gettext_lazy("Handed over.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Who may."""
        return {**super().get_form_kwargs(), "choices": managers(self.request)}

    def get_initial(self) -> dict[str, Any]:
        """Who has it."""
        return {"manager": self.wanted.manager_id}

    def perform(self, form: forms.ManagerForm) -> Request:
        """Assign."""
        return services.assign_manager(
            actor=self.actor, request=self.wanted, manager=form.cleaned_data["manager"]
        )


#: States in which details may still be changed.
EDITABLE = frozenset(
    {
        RequestState.DRAFT,
        RequestState.SUBMITTED,
        RequestState.IN_REVIEW,
        RequestState.NEEDS_INFO,
    }
)
