"""The steps of the way into the program that are no letter, each a form or a press (ENR-1)."""

from typing import Any, ClassVar

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.records.pages import OfMove
from advocacy.web.urls import quiet_reverse, tenant_reverse
from advocacy.web.views import ActionView, FormPage
from advocates.access import require_change
from advocates.changes import tenant_today
from advocates.joining import selectors, steps
from advocates.joining.criteria import criteria_of, needs_override
from advocates.joining.forms import CultivateForm, QualifyForm
from advocates.models import Advocate
from advocates.pages import NAV_ITEM
from advocates.people.forms import OptionalReasonForm
from advocates.people.lifecycle import ENROLMENT


class OnPerson:
    """A page about somebody on the way in; it leads to their page, or where ``next`` says."""

    permission: ClassVar[str]
    kwargs: dict[str, Any]
    actor: Any
    request: Any

    @cached_property
    def person(self) -> Advocate:
        """The person in the address."""
        found = selectors.get_nominable(self.kwargs["pk"])
        if found is None:
            raise Http404
        require_change(self.actor, self.permission, found.account)
        return found

    def get_success_url(self, result: Any) -> str:
        """Their page, for who may see it."""
        return quiet_reverse(self.request, "advocates:detail", self.person.pk) or tenant_reverse(
            self.request, "nominations:list"
        )


class AboutPerson(OnPerson, FormPage):
    """A form about somebody on the way in."""

    abstract: ClassVar[bool] = True
    permission: ClassVar[str] = "advocates.invite"
    nav_item: ClassVar[str] = NAV_ITEM

    def get_cancel_url(self) -> str:
        return self.get_success_url(None)


class Qualify(OfMove, AboutPerson):
    """The program found a good candidate itself (ENR-1.a)."""

    move = ENROLMENT["qualify"]

    def get_title(self) -> str:
        return _("%(name)s qualifies for the program") % {"name": self.person.name}

    def get_form(self) -> Any:
        """A reason for what is not met is asked for only if one is needed."""
        unmet = needs_override(criteria_of(self.person))
        return QualifyForm(unmet=unmet, **self.get_form_kwargs())

    def perform(self, form: Any) -> Advocate:
        return steps.qualify_advocate(actor=self.actor, advocate=self.person, **form.cleaned_data)


class Cultivate(OfMove, AboutPerson):
    """The first touch after somebody qualified (ENR-1.b)."""

    move = ENROLMENT["cultivate"]
    form_class = CultivateForm
    submit_label = gettext_lazy("Record it")
    subtitle = gettext_lazy(
        "Something good before anything is asked: then an invitation feels right."
    )

    def get_title(self) -> str:
        return _("Get to know %(name)s better") % {"name": self.person.name}

    def get_initial(self) -> dict[str, Any]:
        return {"happened_on": tenant_today()}

    def perform(self, form: Any) -> Advocate:
        return steps.cultivate_advocate(actor=self.actor, advocate=self.person, **form.cleaned_data)


class SetBack(OfMove, AboutPerson):
    """Qualified, but not now (ENR-1.a)."""

    move = ENROLMENT["set_back"]
    form_class = OptionalReasonForm
    subtitle = gettext_lazy("They become a candidate again. Nobody is written to.")

    def get_title(self) -> str:
        return _("%(name)s is not ready yet") % {"name": self.person.name}

    def perform(self, form: Any) -> Advocate:
        return steps.set_back_advocate(actor=self.actor, advocate=self.person, **form.cleaned_data)


class Decline(OfMove, AboutPerson):
    """They said no on the phone, or in a reply (ENR-1.f)."""

    move = ENROLMENT["decline"]
    form_class = OptionalReasonForm
    subtitle = gettext_lazy("As final as a no on the link, and it changes nothing between us.")

    def get_title(self) -> str:
        return _("%(name)s would rather not join") % {"name": self.person.name}

    def perform(self, form: Any) -> Advocate:
        return steps.record_decline(actor=self.actor, advocate=self.person, **form.cleaned_data)


class Reconsider(OfMove, OnPerson, ActionView):
    """The time is over for which a no is final (ENR-1.f)."""

    move = ENROLMENT["reconsider"]

    def perform(self) -> Advocate:
        return steps.reconsider_advocate(actor=self.actor, advocate=self.person)
