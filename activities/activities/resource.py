"""The manifest of activities. They are logged on a page of their own, not added to a list."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from activities.access import require_move
from activities.activities import api, booking, completion, pages, selectors, services
from activities.activities.filters import ActivityFilter
from activities.activities.forms import LogForm
from activities.activities.lifecycle import ACTIVITY
from activities.activities.models import Activity
from activities.activities.presentation import headline_of
from activities.activities.tables import ActivityTable
from activities.activities.waiting_page import TellWaiting
from advocacy.records.resource import Resource

ACTIVITIES = Resource(
    name="activities",
    model=Activity,
    subject="activity",
    title=_("Activities"),
    answer=ngettext_lazy(
        "%(count)s activity, done or planned", "%(count)s activities, done or planned", "n"
    ),
    new_label=_("Log something that happened"),
    icon="calendar-event",
    nav_item="activities",
    view="activities.view",
    edit="activities.log",
    listed=selectors.listed_activities,
    table=ActivityTable,
    filters=ActivityFilter,
    form=LogForm,
    about=headline_of,
    empty_text=_(
        "Activities appear here when an advocate accepts an ask. What happened before, or without"
        " being asked, can be logged; it counts as well."
    ),
    lifecycle=ACTIVITY,
    services={
        "accept": services.accept_activity,
        "schedule": booking.schedule_activity,
        "complete": completion.complete_activity,
        "no_show": services.mark_no_show,
        "decline": services.decline_activity,
        "cancel": services.cancel_activity,
        "qualify": completion.qualify_activity,
        "come_out": completion.note_out,
        "void": completion.void_activity,
    },
    permit=require_move,
    # Each frees or takes a unit: capacity is locked by advocate.
    order=("advocate_id", "pk"),
    pages={
        "list": pages.ActivityList,
        "detail": pages.ActivityDetail,
        "schedule": pages.Schedule,
        "complete": pages.Complete,
        "no_show": pages.NoShow,
        "decline": pages.Decline,
        "cancel": pages.Cancel,
        "come_out": pages.ComeOut,
        "void": pages.Void,
    },
    more_urls=[
        path("log/", pages.LogActivity.as_view(), name="log"),
        path("<uuid:pk>/tell-waiting/", TellWaiting.as_view(), name="tell-waiting"),
        path("offer/", pages.PlanOffered.as_view(), name="offer"),
    ],
    verbs={
        "activity.planned": (_("planned the activity"), "calendar", "info"),
        "activity.waiting_told": (_("told them that a time is being found"), "send", "info"),
        "activity.questioned": (_("asks whether it still takes place"), "help-circle", "warning"),
        "loop.due": (_("noted what came of it"), "news", "info"),
        "loop.reopened": (_("waits again for what came of it"), "news", "neutral"),
        "loop.closed": (_("told the advocate what came of it"), "message-heart", "success"),
    },
    serializer=api.ActivitySerializer,
    api=api.ActivityApi,
    api_fields=api.ActivitySerializer.Meta.fields,
    api_ordering=("-planned_at", "id"),
    bodies=api.BODIES,
    named_by=("activity_type",),
)
