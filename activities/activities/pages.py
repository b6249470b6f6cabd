"""Pages about activities: the log, one activity, and every move of it that asks something."""

from datetime import timedelta
from functools import cached_property
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.activities import completion, forms, offering, selectors
from activities.activities.models import Activity
from activities.activities.presentation import (
    facts_of,
    feedback_of,
    headline_of,
    question_of,
    steps_for,
)
from activities.activities.waiting_page import waiting_url
from activities.duties.checklist import checklist_card
from activities.duties.selectors import lines_of
from activities.feedback.lifecycle import Side
from activities.feedback.selectors import feedback_on
from activities.loops import selectors as loops
from activities.set_up.card import set_up_card
from activities.slot_checks.selectors import check_of
from activities.slot_checks.words import said_lines
from advocacy import clock
from advocacy.events.happened import happened
from advocacy.records.lifecycle import Move
from advocacy.records.pages import MoveForm, RecordList, RecordPage
from advocacy.web.urls import quiet_reverse, tenant_reverse
from advocacy.web.views import FormPage, PageAction
from advocates.panels import panels_for


class ActivityList(RecordList):
    """Everything advocates do and did."""

    abstract = True
    empty_title = gettext_lazy("No activity yet")

    def get_header_actions(self) -> list[PageAction]:
        found = [
            PageAction(title, tenant_reverse(self.request, address), icon=icon)
            for title, address, icon, action in (
                (_("Feedback"), "feedback:list", "message-star", "feedback.view"),
                (_("Did it happen?"), "slot-checks:list", "calendar-question", "slot_checks.view"),
            )
            if self.membership.can(action)
        ]
        if not self.membership.can(self.resource.edit):
            return found
        return [
            *found,
            PageAction(_("Plan what somebody offered"), self.url("offer"), icon="heart-handshake"),
            PageAction(self.resource.new_label, self.url("log"), icon="notebook", primary=True),
        ]


class ActivityDetail(RecordPage):
    """One activity: facts, feedback, what happened to it, and what can be done next."""

    abstract = True
    template_name = "activities/detail.html"
    panel_template = "activities/panel.html"

    @cached_property
    def row(self) -> Activity:
        return selectors.get_activity(self.membership, self.kwargs["pk"])

    def get_title(self) -> str:
        """What, and for whom."""
        return headline_of(self.row)

    def get_context(self) -> dict[str, Any]:
        """Facts, feedback, timeline and next steps."""
        activity = self.row
        check = check_of(activity)
        return {
            "crumbs": self.where()["crumbs"],
            "facts": facts_of(activity),
            "moves": self.get_moves(),
            "question": question_of(activity),
            "feedback": feedback_of(activity, self._again(activity)),
            "check": check,
            "check_lines": said_lines(check, self.membership) if check else [],
            "happened": happened(activity, named=self.membership.can("advocates.view")).presses,
            **checklist_card(self.request, self.membership, activity),
            **set_up_card(self.request, self.membership, activity),
            "waiting_url": waiting_url(self.membership, activity),
            "duties": lines_of([activity]).get(activity.pk, []),
            "duty": loops.duty_of(activity),
            "advocate_url": self._advocate_url(activity),
            "panels": panels_for("activity", activity, self.membership),
        }

    def get_moves(self) -> list[tuple[Move, str]]:
        offered = self.resource.offered(self.row, self.membership)
        return [
            (move, self.move_url(move)) for move in steps_for(self.row, offered, now=clock.now())
        ]

    @staticmethod
    def _again(activity: Activity) -> str:
        own = feedback_on([activity.pk]).get(activity.pk, {}).get(Side.ADVOCATE)
        return own.get_again_display() if own else ""

    def _advocate_url(self, activity: Activity) -> str | None:
        if not self.membership.can("advocates.view"):
            return None
        return quiet_reverse(self.request, "advocates:detail", activity.advocate_id)


class ActivityMove(MoveForm):
    """A move of an activity that asks something first."""

    abstract = True
    heading: ClassVar[str | Promise] = ""

    def get_title(self) -> str:
        """What is about to be said, and about whom."""
        return str(self.heading) % {"advocate": self.row.advocate.name}

    def get_context(self) -> dict[str, Any]:
        found = self.where()
        found["crumbs"].append((self.get_cancel_url(), headline_of(self.row)))
        return found


class Complete(ActivityMove):
    """It happened."""

    abstract = True
    form_class = forms.CompleteForm
    heading = gettext_lazy("How did it go with %(advocate)s?")
    submit_label = gettext_lazy("It happened")

    def get_initial(self) -> dict[str, Any]:
        """The booked end, if it is over; and the time that was booked."""
        activity = self.row
        said = ("advocate_rating", "advocate_comment", "requester_rating", "requester_comment")
        initial: dict[str, Any] = {"happened_at": clock.now()}
        initial |= {name: getattr(activity, name) for name in said}
        if activity.ends_at and activity.starts_at and activity.ends_at <= clock.now():
            initial["happened_at"] = activity.ends_at
            initial["minutes"] = int((activity.ends_at - activity.starts_at).total_seconds() // 60)
        return initial


class Schedule(ActivityMove):
    """Book a time."""

    abstract = True
    form_class = forms.ScheduleForm
    edits = True
    heading = gettext_lazy("Book a time with %(advocate)s")
    submit_label = gettext_lazy("Book it")

    def get_initial(self) -> dict[str, Any]:
        """The booked time, else tomorrow's next full hour."""
        activity = self.row
        if activity.starts_at:
            return {
                "starts_at": activity.starts_at,
                "ends_at": activity.ends_at,
                "location": activity.location,
            }
        start = (clock.now() + timedelta(days=1, hours=1)).replace(
            minute=0, second=0, microsecond=0
        )
        length = timedelta(minutes=activity.activity_type.minutes_high or 30)
        return {"starts_at": start, "ends_at": start + length}

    def get_saved(self, form: Any) -> dict[str, Any]:
        """What is booked; a suggestion is not."""
        return {name: getattr(self.row, name) for name in form.fields}


class ComeOut(ActivityMove):
    """Since when it is out, and where (AST-3.d)."""

    abstract = True
    form_class = forms.OutForm
    heading = gettext_lazy("It is out")
    submit_label = gettext_lazy("It is out")

    def get_initial(self) -> dict[str, Any]:
        activity = self.row
        today = clock.today(self.tenant.zone)
        return {"out_on": activity.out_on or today, "content_url": activity.content_url}


class NoShow(ActivityMove):
    """Somebody did not come."""

    abstract = True
    form_class = forms.NoShowForm
    heading = gettext_lazy("It did not take place")
    submit_label = gettext_lazy("Record it")


class Decline(ActivityMove):
    """The advocate would rather not."""

    abstract = True
    form_class = forms.ReasonForm
    heading = gettext_lazy("%(advocate)s would rather not")
    submit_label = gettext_lazy("Record the no")


class Cancel(ActivityMove):
    """Call it off."""

    abstract = True
    form_class = forms.ReasonForm
    heading = gettext_lazy("Call it off with %(advocate)s?")
    submit_label = gettext_lazy("Call it off")


class Void(ActivityMove):
    """Take a completion back."""

    abstract = True
    form_class = forms.ReasonForm
    heading = gettext_lazy("This did not happen after all?")
    submit_label = gettext_lazy("Void the completion")


class PlanOffered(FormPage):
    """Plan what an advocate offered unasked; it takes nothing of the allowance (CAP-1)."""

    permission = "activities.log"
    nav_item = "activities"
    form_class = forms.OfferForm
    title = gettext_lazy("Plan what somebody offered")
    subtitle = gettext_lazy(
        "Nobody asked for it, so it takes nothing of what they can still be asked for, and no limit"
        " stands in its way. It is thanked for and counts for the tier like anything else."
    )
    submit_label = gettext_lazy("Plan it")
    success_message = gettext_lazy("Planned. Say so when it has happened.")

    def get_initial(self) -> dict[str, Any]:
        return {"advocate": self.request.GET.get("advocate")}

    def get_context(self) -> dict[str, Any]:
        return {"crumbs": [(tenant_reverse(self.request, "activities:list"), _("Activities"))]}

    def perform(self, form: forms.OfferForm) -> Activity:
        return offering.plan_offered(actor=self.actor, **form.cleaned_data)

    def get_success_url(self, result: Activity) -> str:
        return tenant_reverse(self.request, "activities:detail", result.pk)

    def get_cancel_url(self) -> str:
        return tenant_reverse(self.request, "activities:list")


class LogActivity(FormPage):
    """Log something that happened outside the program; never refused (CAP-8)."""

    permission = "activities.log"
    nav_item = "activities"
    form_class = forms.LogForm
    title = gettext_lazy("Log something that happened")
    subtitle = gettext_lazy(
        "A call somebody arranged directly, a talk you heard about: it counts, and nobody is asked"
        " too soon after it."
    )
    submit_label = gettext_lazy("Log it")
    success_message = gettext_lazy("Logged. It counts, marked as outside the program.")
    form_template = "activities/log_form.html"

    def get_initial(self) -> dict[str, Any]:
        """Now; a link may fill in who."""
        return {"happened_at": clock.now(), "advocate": self.request.GET.get("advocate")}

    def get_context(self) -> dict[str, Any]:
        return {"crumbs": [(tenant_reverse(self.request, "activities:list"), _("Activities"))]}

    def perform(self, form: forms.LogForm) -> Activity:
        """Log it, with whoever logs it as the one in charge."""
        return completion.log_activity(actor=self.actor, owner=self.membership, **form.cleaned_data)

    def get_success_url(self, result: Activity) -> str:
        return tenant_reverse(self.request, "activities:detail", result.pk)

    def get_cancel_url(self) -> str:
        return tenant_reverse(self.request, "activities:list")
