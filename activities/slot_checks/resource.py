"""The manifest of the question whether a slot took place. The sweep asks it (ACT-4)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from activities.slot_checks import api, pages, selectors, services
from activities.slot_checks.lifecycle import SLOT_CHECK
from activities.slot_checks.models import SlotCheck
from activities.slot_checks.work import WORK
from advocacy.records.resource import Resource
from advocacy.web.status_styles import StatusStyle

SLOT_CHECKS = Resource(
    name="slot-checks",
    model=SlotCheck,
    subject="check",
    title=_("Did it happen?"),
    answer=ngettext_lazy("%(count)s slot was asked about", "%(count)s slots were asked about", "n"),
    new_label=_("Did it happen?"),
    icon="calendar-question",
    nav_item="activities",
    view="slot_checks.view",
    edit="slot_checks.answer",
    listed=selectors.listed_checks,
    table=pages.SlotCheckTable,
    form=pages.AnswerForm,
    facts=pages.facts_of,
    pages={"detail": pages.SlotCheckPage, "answer": pages.Answer},
    empty_text=_("Once a booked slot is over, both sides are asked whether it took place."),
    lifecycle=SLOT_CHECK,
    services={"answer": services.answer_check},
    permit=services.permit_answer,
    verbs={"slot_check.asked": (_("asked whether it took place"), "calendar-question", "neutral")},
    styles={
        "manager": StatusStyle("warning", "user-question"),
        "settled": StatusStyle("success", "check"),
    },
    bodies={"answer": api.SlotAnswerBody},
    serializer=api.SlotCheckSerializer,
    api_fields=api.SlotCheckSerializer.Meta.fields,
    api_filters=("state", "activity", "requester"),
    api_ordering=("-starts_at", "id"),
    work=(WORK,),
    tab=False,
    named_by=("activity__activity_type",),
)
