"""The manifest of set-ups: made with a booking, changed by who runs it (FUL-4)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from activities.set_up import api, pages, selectors, services
from activities.set_up.models import SetUp
from advocacy.records.resource import Resource

SET_UPS = Resource(
    name="set-ups",
    model=SetUp,
    subject="set_up",
    title=_("Technical set-ups"),
    answer=ngettext_lazy("%(count)s booked activity", "%(count)s booked activities", "n"),
    new_label=_("New set-up"),
    icon="device-desktop",
    nav_item="activities",
    view="activities.view",
    edit="activities.complete",
    listed=selectors.listed_set_ups,
    table=pages.SetUpTable,
    form=pages.SetUpForm,
    about=pages.about_of,
    facts=pages.facts_of,
    search=("activity__purpose", "activity__location"),
    pages={"detail": pages.SetUpPage, "edit": pages.WriteSetUp},
    empty_text=_("What is booked has its set-up here: link, recording, equipment, who tests it."),
    update=services.update_set_up,
    verbs={"set_up.changed": (_("changed the technical set-up"), "device-desktop", "neutral")},
    serializer=api.SetUpSerializer,
    api_fields=api.SetUpSerializer.Meta.fields,
    api_filters=("activity", "is_recorded", "needs_test"),
    api_ordering=("id",),
    tab=False,
)
