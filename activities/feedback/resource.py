"""The manifest of feedback. It is asked for by what happens (FUL-3.a)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from activities.feedback import api, pages, selectors, services
from activities.feedback.lifecycle import FEEDBACK
from activities.feedback.models import Feedback
from activities.feedback.work import WORK
from advocacy.records.resource import Resource
from advocacy.web.status_styles import StatusStyle

FEEDBACKS = Resource(
    name="feedback",
    model=Feedback,
    subject="feedback",
    title=_("Feedback"),
    answer=ngettext_lazy("%(count)s was asked how it was", "%(count)s were asked how it was", "n"),
    new_label=_("Feedback"),
    icon="message-star",
    nav_item="activities",
    view="feedback.view",
    edit="feedback.give",
    listed=selectors.listed_feedback,
    table=pages.FeedbackTable,
    form=pages.GiveForm,
    facts=pages.facts_of,
    pages={"detail": pages.FeedbackPage, "give": pages.Give},
    empty_text=_("Once something took place, both sides are asked on a link how it was."),
    lifecycle=FEEDBACK,
    services={"give": services.give_feedback, "handle": services.handle_feedback},
    permit=services.permit_feedback,
    styles={
        "given": StatusStyle("success", "message-star"),
        "handled": StatusStyle("neutral", "eye-check"),
    },
    serializer=api.FeedbackSerializer,
    bodies={"give": api.GiveBody},
    api_fields=api.FeedbackSerializer.Meta.fields,
    api_filters=("state", "side", "activity", "member"),
    api_ordering=("-asked_at", "id"),
    work=WORK,
    tab=False,
    named_by=("activity__activity_type",),
)
