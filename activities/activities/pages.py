"""Pages about activities: the log, one activity, and every move of it."""

from datetime import timedelta
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.access import permit_move, require_move
from activities.activities import completion, forms, selectors, services
from activities.activities.filters import ActivityFilter
from activities.activities.models import Activity
from activities.activities.presentation import (
    Step,
    facts_of,
    feedback_of,
    headline_of,
    question_of,
    steps_for,
    timeline_of,
)
from activities.activities.tables import ActivityTable
from activities.loops import selectors as loops
from advocacy import clock
from advocacy.events.selectors import timeline
from advocacy.web.urls import quiet_reverse, tenant_reverse
from advocacy.web.views import (
    AboutForm,
    AboutMixin,
    AboutPress,
    DetailPage,
    FormPage,
    ListPage,
    PageAction,
)

NAV_ITEM = "activities"


class ActivityList(ListPage):
    """Everything advocates do and did."""

    permission = "activities.view"
    nav_item = NAV_ITEM
    title = gettext_lazy("Activities")
    table = ActivityTable
    filterset = ActivityFilter
    empty_title = gettext_lazy("No activity yet")
    empty_text = gettext_lazy(
        "Activities appear here when an advocate accepts an ask. What happened before, or without"
        " being asked, can be logged; it counts as well."
    )
    empty_icon = "calendar-event"

    def get_queryset(self) -> QuerySet[Activity]:
        """All of the tenant's."""
        return selectors.activities()

    def get_header_actions(self) -> list[PageAction]:
        """Log something."""
        if not self.membership.can("activities.log"):
            return []
        return [
            PageAction(
                _("Log something that happened"),
                tenant_reverse(self.request, "activities:log"),
                icon="notebook",
                primary=True,
            )
        ]


class ActivityDetail(DetailPage):
    """One activity: facts, feedback, what happened to it, and what can be done next."""

    permission = "activities.view"
    nav_item = NAV_ITEM
    template_name = "activities/detail.html"
    panel_template = "activities/panel.html"

    def get_object(self) -> Activity:
        """With everything the page shows."""
        return selectors.get_activity(self.kwargs["pk"])

    def get_title(self) -> str:
        """What, and for whom."""
        return headline_of(self.object)

    def get_context(self) -> dict[str, Any]:
        """Facts, feedback, timeline and next steps."""
        activity: Activity = self.object
        return {
            "crumbs": [(tenant_reverse(self.request, "activities:list"), _("Activities"))],
            "facts": facts_of(activity),
            "question": question_of(activity),
            "feedback": feedback_of(activity),
            "happened": timeline_of(timeline(activity)),
            "duty": loops.duty_of(activity),
            "advocate_url": self._advocate_url(activity),
            "steps": self._steps(activity),
        }

    def _advocate_url(self, activity: Activity) -> str | None:
        if not self.membership.can("advocates.view"):
            return None
        return quiet_reverse(self.request, "advocates:detail", activity.advocate_id)

    def _steps(self, activity: Activity) -> list[tuple[Step, str]]:
        return [
            (step, tenant_reverse(self.request, f"activities:{step.url_name}", activity.pk))
            for step in steps_for(activity, now=clock.now())
            if permit_move(self.membership, step.permission, activity)
        ]


class _About(AboutMixin):
    """The activity in the address, and its page."""

    permission: ClassVar[str] = "activities.complete"
    nav_item: ClassVar[str] = NAV_ITEM
    subject_name = "activity"

    def find(self) -> Activity:
        """With everything a page about it says; refused as the service will refuse it."""
        activity = selectors.get_activity(self.kwargs["pk"])
        require_move(self.actor, self.permission, activity)
        return activity

    def home(self) -> str:
        """Its page."""
        return tenant_reverse(self.request, "activities:detail", self.kwargs["pk"])


class _Move(_About, AboutForm):
    """A move of an activity that asks something first."""

    abstract = True
    heading: ClassVar[str | Promise] = ""

    def get_title(self) -> str:
        """What is about to be said, and about whom."""
        return str(self.heading) % {"advocate": self.subject.advocate.name}

    def get_context(self) -> dict[str, Any]:
        """Where this belongs."""
        return {
            "page_subtitle": headline_of(self.subject),
            "crumbs": [
                (tenant_reverse(self.request, "activities:list"), _("Activities")),
                (self.home(), headline_of(self.subject)),
            ],
        }


class Complete(_Move):
    """It happened."""

    service = completion.complete_activity
    form_class = forms.CompleteForm
    heading = gettext_lazy("How did it go with %(advocate)s?")
    submit_label = gettext_lazy("It happened")
    success_message = gettext_lazy("Recorded. A thank-you is open.")

    def get_initial(self) -> dict[str, Any]:
        """The booked end, if it is over; and the time that was booked."""
        activity = self.subject
        initial: dict[str, Any] = {"happened_at": clock.now()}
        if activity.ends_at and activity.starts_at and activity.ends_at <= clock.now():
            initial["happened_at"] = activity.ends_at
            initial["minutes"] = int((activity.ends_at - activity.starts_at).total_seconds() // 60)
        return initial


class Schedule(_Move):
    """Book a time."""

    service = services.schedule_activity
    form_class = forms.ScheduleForm
    heading = gettext_lazy("Book a time with %(advocate)s")
    submit_label = gettext_lazy("Book it")
    success_message = gettext_lazy("Booked.")

    def get_initial(self) -> dict[str, Any]:
        """The booked time, else tomorrow's next full hour."""
        activity = self.subject
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


class NoShow(_Move):
    """Somebody did not come."""

    service = services.mark_no_show
    form_class = forms.NoShowForm
    heading = gettext_lazy("It did not take place")
    submit_label = gettext_lazy("Record it")
    success_message = gettext_lazy("Recorded.")


class Decline(_Move):
    """The advocate would rather not."""

    service = services.decline_activity
    form_class = forms.ReasonForm
    heading = gettext_lazy("%(advocate)s would rather not")
    submit_label = gettext_lazy("Record the no")
    success_message = gettext_lazy("Recorded. The unit is free again.")


class Cancel(_Move):
    """Call it off."""

    service = services.cancel_activity
    form_class = forms.ReasonForm
    heading = gettext_lazy("Call it off with %(advocate)s?")
    submit_label = gettext_lazy("Call it off")
    success_message = gettext_lazy("Called off. The unit is free again.")


class Void(_Move):
    """Take a completion back."""

    permission = "activities.void"
    service = completion.void_activity
    form_class = forms.ReasonForm
    heading = gettext_lazy("This did not happen after all?")
    submit_label = gettext_lazy("Void the completion")
    success_message = gettext_lazy("Voided. Unit, tier and an unsent thank-you are undone.")


class Accept(_About, AboutPress):
    """The advocate said yes."""

    service = services.accept_activity
    success_message = gettext_lazy("Accepted. Book a time next.")


class LogActivity(FormPage):
    """Log something that happened outside the program; never refused (CAP-8)."""

    permission = "activities.log"
    nav_item = NAV_ITEM
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
        """Where this belongs."""
        return {"crumbs": [(tenant_reverse(self.request, "activities:list"), _("Activities"))]}

    def perform(self, form: forms.LogForm) -> Activity:
        """Log it, with whoever logs it as the one in charge."""
        return completion.log_activity(actor=self.actor, owner=self.membership, **form.cleaned_data)

    def get_success_url(self, result: Activity) -> str:
        """To the new activity."""
        return tenant_reverse(self.request, "activities:detail", result.pk)

    def get_cancel_url(self) -> str:
        """Back to the list."""
        return tenant_reverse(self.request, "activities:list")
