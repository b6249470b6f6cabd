"""The manifest of duties. Nobody adds one: they follow from activities and the matrix (RSP-1)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from activities.duties import api, pages, selectors, services
from activities.duties.filters import DutyFilter
from activities.duties.lifecycle import DUTY
from activities.duties.models import Duty
from activities.duties.work import WORK
from advocacy.records.resource import Resource
from advocacy.web.status_styles import StatusStyle

DUTIES = Resource(
    name="duties",
    model=Duty,
    subject="duty",
    title=_("Duties"),
    answer=ngettext_lazy("%(count)s thing is somebody's", "%(count)s things are somebody's", "n"),
    new_label=_("New duty"),
    icon="clipboard-check",
    nav_item="activities",
    view="duties.view",
    edit="duties.edit",
    listed=selectors.listed_duties,
    table=pages.DutyTable,
    form=pages.HandOverForm,
    about=pages.about_of,
    facts=pages.facts_of,
    filters=DutyFilter,
    pages={"detail": pages.DutyPage, "hand_over": pages.HandOver},
    empty_text=_("Once an advocate has said yes, who prepares, briefs and publishes stands here."),
    lifecycle=DUTY,
    services={
        "finish": services.finish_duty,
        "reopen": services.reopen_duty,
        "hand_over": services.hand_over_duty,
    },
    permit=services.permit_duty,
    styles={"dropped": StatusStyle("neutral", "circle-x")},
    bodies={"hand_over": api.HandOverBody},
    api_fields=(
        "id",
        "activity",
        "step",
        "item",
        "task",
        "text",
        "owner",
        "state",
        "due_at",
        "done_at",
        "done_by",
    ),
    api_filters=("step", "task", "state", "activity", "owner"),
    # Not by due_at, which may be missing: a page behind another would not be found again.
    api_ordering=("id",),
    work=(WORK,),
)
