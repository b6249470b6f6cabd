"""What is done with one person: in and out of the program, preferences, outcomes, consents."""

from typing import Any, ClassVar

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy import clock
from advocacy.messaging.models import OutgoingMail
from advocacy.records.pages import OfMove
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import ActionView, FormPage
from advocates.access import require_change
from advocates.joining import enrolment
from advocates.language import language_of
from advocates.languages import language_name
from advocates.models import Advocate, Consent, Outcome
from advocates.pages import NAV_ITEM
from advocates.people import consents, outcomes, selectors
from advocates.people.contact import how_instead
from advocates.people.forms import (
    ConsentForm,
    OptionalReasonForm,
    OutcomeForm,
    ReasonForm,
    WriteForm,
)
from advocates.people.lifecycle import ENROLMENT
from advocates.people.preference_forms import PreferencesForm
from advocates.people.preferences import preferences_key, save_preferences
from advocates.people.writing import write_to_person


class _AboutPerson(FormPage):
    """A form about one person."""

    abstract: ClassVar[bool] = True
    permission: ClassVar[str] = "advocates.edit"
    nav_item: ClassVar[str] = NAV_ITEM
    object: Any

    def get_form_kwargs(self) -> dict[str, Any]:
        self.object = selectors.get_advocate(self.kwargs["pk"])
        require_change(self.actor, self.permission, self.object.account)
        return super().get_form_kwargs()

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "advocates:detail", self.kwargs["pk"])

    def get_cancel_url(self) -> str:
        return self.get_success_url(None)


class Enrol(OfMove, _AboutPerson):
    """Make somebody a member of the program (ENR-1)."""

    move = ENROLMENT["enrol"]

    def get_form(self) -> Any:
        """A reason is needed where nobody cultivated the relationship."""
        kwargs = self.get_form_kwargs()
        early = enrolment.skips_cultivation(self.object)
        form = ReasonForm(**kwargs) if early else OptionalReasonForm(**kwargs)
        form.fields["reason"].help_text = (
            _("Nobody has cultivated this relationship yet; say why that is skipped.")
            if early
            else ""
        )
        return form

    def get_title(self) -> str:
        return _("Enrol %(name)s in the program") % {"name": self.object.name}

    def perform(self, form: Any) -> Advocate:
        return enrolment.enrol_advocate(
            actor=self.actor, advocate=self.object, reason=form.cleaned_data["reason"]
        )


class Retire(OfMove, _AboutPerson):
    """Let somebody leave the program; their past stays (TIER-2)."""

    move = ENROLMENT["retire"]
    form_class = ReasonForm
    submit_label = gettext_lazy("Let them leave the program")
    subtitle = gettext_lazy(
        "Open asks are withdrawn with a kind word. Whoever is in charge of something booked is"
        " asked whether it still takes place."
    )

    def get_title(self) -> str:
        return _("%(name)s leaves the program") % {"name": self.object.name}

    def perform(self, form: Any) -> Advocate:
        return enrolment.retire_advocate(
            actor=self.actor, advocate=self.object, reason=form.cleaned_data["reason"]
        )


class _Press(ActionView):
    """One press."""

    abstract: ClassVar[bool] = True

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "advocates:detail", self.kwargs["pk"])


class Pause(OfMove, _Press):
    """Nothing is asked for a while; tier and past stay (TIER-1)."""

    move = ENROLMENT["pause"]

    def perform(self) -> Advocate:
        advocate = selectors.get_advocate(self.kwargs["pk"])
        return enrolment.pause_advocate(actor=self.actor, advocate=advocate)


class Resume(OfMove, _Press):
    """Back from a pause."""

    move = ENROLMENT["resume"]

    def perform(self) -> Advocate:
        advocate = selectors.get_advocate(self.kwargs["pk"])
        return enrolment.resume_advocate(actor=self.actor, advocate=advocate)


class Write(_AboutPerson):
    """A mail in one's own words."""

    form_class = WriteForm
    submit_label = gettext_lazy("Send")

    def get_title(self) -> str:
        return _("Write to %(name)s") % {"name": self.object.name}

    def get_context(self) -> dict[str, Any]:
        """How they are reached instead, where they do not want mail."""
        said = _("In %(language)s, to %(email)s; the answer comes to you.") % {
            "language": language_name(language_of(self.object)),
            "email": self.object.email,
        }
        return {"page_subtitle": how_instead(self.object, self.membership) or said}

    def perform(self, form: Any) -> OutgoingMail:
        return write_to_person(actor=self.actor, advocate=self.object, **form.cleaned_data)

    def get_success_message(self, result: OutgoingMail) -> str:
        """To whom it goes."""
        return _("On its way to %(name)s.") % {"name": result.to_name}


class Preferences(_AboutPerson):
    """Preferences on somebody's behalf (ADV-2)."""

    edits = True
    form_template = "advocates/form_body.html"
    success_message = gettext_lazy("Saved.")
    subtitle = gettext_lazy("On their behalf: enter what they told you, not what you think.")

    def get_form(self) -> Any:
        kwargs = self.get_form_kwargs()
        return PreferencesForm(advocate=self.object, **kwargs)

    def get_version_key(self) -> str:
        return preferences_key(self.kwargs["pk"])

    def get_title(self) -> str:
        return _("What %(name)s prefers") % {"name": self.object.name}

    def perform(self, form: PreferencesForm) -> Any:
        return save_preferences(actor=self.actor, advocate=self.object, **form.preferences())


class AddOutcome(_AboutPerson):
    """Add a measurable result (ADV-3)."""

    form_class = OutcomeForm
    submit_label = gettext_lazy("Add outcome")
    success_message = gettext_lazy("Added.")

    def get_title(self) -> str:
        return _("What %(name)s achieved") % {"name": self.object.name}

    def get_initial(self) -> dict[str, Any]:
        """A link may say what was measured: what somebody said in a call."""
        asked = self.request.GET
        return {name: asked[name] for name in OutcomeForm.base_fields if name in asked}

    def perform(self, form: Any) -> Outcome:
        return outcomes.add_outcome(actor=self.actor, advocate=self.object, **form.cleaned_data)


class RemoveOutcome(ActionView):
    """Take away an outcome recorded in error (ADV-3)."""

    permission: ClassVar[str] = "advocates.edit"
    success_message = gettext_lazy("Removed.")

    def perform(self) -> Advocate:
        outcome = (
            Outcome.objects.select_related("advocate__account")
            .filter(pk=self.kwargs["outcome"], advocate=self.kwargs["pk"])
            .first()
        )
        if outcome is None:
            raise Http404
        outcomes.remove_outcome(actor=self.actor, outcome=outcome)
        return outcome.advocate

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "advocates:detail", self.kwargs["pk"])


class AddConsent(_AboutPerson):
    """Record a consent or the employer's approval (ADV-4)."""

    form_class = ConsentForm
    submit_label = gettext_lazy("Record consent")
    success_message = gettext_lazy("Recorded.")

    def get_title(self) -> str:
        return _("What %(name)s agreed to") % {"name": self.object.name}

    def get_initial(self) -> dict[str, Any]:
        """Given today, as a rule; a link may say for what."""
        return {"given_on": clock.today(self.tenant.zone), "use": self.request.GET.get("use")}

    def perform(self, form: Any) -> Consent:
        return consents.record_consent(actor=self.actor, advocate=self.object, **form.cleaned_data)


class WithdrawConsent(ActionView):
    """A consent ends today (ADV-4)."""

    permission: ClassVar[str] = "advocates.edit"
    success_message = gettext_lazy("Withdrawn.")

    def perform(self) -> Consent:
        consent = (
            Consent.objects.select_related("advocate__account")
            .filter(pk=self.kwargs["consent"], advocate=self.kwargs["pk"])
            .first()
        )
        if consent is None:
            raise Http404
        return consents.withdraw_consent(actor=self.actor, consent=consent)

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "advocates:detail", self.kwargs["pk"])
