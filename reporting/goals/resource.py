"""The manifest of goals (GOAL-1)."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from advocacy.records.resource import Resource
from advocacy.web.status_styles import StatusStyle
from reporting.goals import api, pages, selectors, services
from reporting.goals.lifecycle import GOAL
from reporting.goals.models import Goal

GOALS = Resource(
    name="goals",
    model=Goal,
    subject="goal",
    title=_("Goals"),
    answer=ngettext_lazy("%(count)s goal", "%(count)s goals", "n"),
    new_label=_("Set a goal"),
    icon="target",
    nav_item="impact",
    view="goals.view",
    edit="goals.edit",
    listed=selectors.listed_goals,
    table=pages.GoalTable,
    form=pages.GoalForm,
    about=pages.whom,
    facts=pages.facts_of,
    pages={"list": pages.GoalList, "detail": pages.GoalPage},
    more_urls=[
        path("starting-ambitions/", pages.StartingAmbitions.as_view(), name="ambitions"),
    ],
    empty_text=_(
        "Say what a number is to be by when; how it stands and where it is heading is counted"
        " for you. The starting ambitions below are a beginning."
    ),
    create=services.set_goal,
    update=services.update_goal,
    lifecycle=GOAL,
    services={"drop": services.drop_goal, "take_up": services.take_up_goal},
    permit=services.permit_goal,
    verbs={
        "goal.set": (_("set a goal"), "target", "info"),
        "goal.changed": (_("changed a goal"), "pencil", "neutral"),
    },
    styles={
        "pursued": StatusStyle("info", "target"),
        "given_up": StatusStyle("neutral", "x"),
    },
    serializer=api.GoalSerializer,
    api=api.GoalApi,
    api_fields=api.GoalSerializer.Meta.fields,
    api_filters=("metric", "segment", "region", "state"),
    api_ordering=("-ends_on", "created_at"),
)
