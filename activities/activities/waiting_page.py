"""Telling who said yes that a time is still being found (AST-3.b)."""

from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.activities import selectors
from activities.activities.choices import ActivityState
from activities.activities.models import Activity
from activities.activities.unscheduled import (
    is_unscheduled,
    may_tell_waiting,
    tell_waiting,
    waiting_draft,
)
from advocacy.tenancy.errors import NotAllowed
from advocacy.tenancy.models import Membership
from advocacy.tenancy.text import Line
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import FormPage
from advocates.people.drafted import LONGEST_MESSAGE, LONGEST_SUBJECT


def waiting_url(member: Membership, activity: Activity) -> str:
    """Where who said yes hears that a time is still being found; empty where none is missing or
    somebody else tells it.
    """
    if activity.state != ActivityState.ACCEPTED or not is_unscheduled(activity):
        return ""
    if not may_tell_waiting(member, activity):
        return ""
    return tenant_reverse(member.tenant, "activities:tell-waiting", activity.pk)


class WaitingForm(forms.Form):
    """The message to who said yes."""

    subject = Line(label=gettext_lazy("Subject"), max_length=LONGEST_SUBJECT)
    message = forms.CharField(
        label=gettext_lazy("What you write"),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy("It goes to them by mail, from you. It stays flagged until booked."),
    )


class TellWaiting(FormPage):
    """A message to who said yes, drafted in their language."""

    permission: ClassVar[str] = "activities.view"
    nav_item: ClassVar[str] = "activities"
    form_class = WaitingForm
    submit_label = gettext_lazy("Send")
    success_message = gettext_lazy("On its way. It stays flagged until a time is booked.")

    @cached_property
    def activity(self) -> Activity:
        """The activity in the address."""
        return selectors.get_activity(self.membership, self.kwargs["pk"])

    def get_title(self) -> str:
        return _("Tell %(name)s that a time is still being found") % {
            "name": self.activity.advocate.name
        }

    def get_context(self) -> dict[str, Any]:
        listed = tenant_reverse(self.request, "activities:list")
        here = (self.get_cancel_url(), str(self.activity.activity_type))
        return {"crumbs": [(listed, _("Activities")), here]}

    def get_form(self) -> Any:
        if self.request.method == "GET" and not may_tell_waiting(self.membership, self.activity):
            raise NotAllowed(_("It is somebody else's to find a time for it."))
        return super().get_form()

    def get_initial(self) -> dict[str, Any]:
        subject, message = waiting_draft(self.activity, self.membership)
        return {"subject": subject, "message": message}

    def get_cancel_url(self) -> str:
        return tenant_reverse(self.request, "activities:detail", self.activity.pk)

    def get_success_url(self, result: Activity) -> str:
        return self.get_cancel_url()

    def perform(self, form: WaitingForm) -> Activity:
        return tell_waiting(actor=self.actor, activity=self.activity, **form.cleaned_data)
