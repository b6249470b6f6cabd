"""The manifest of presences."""

from django.utils.translation import gettext_lazy as _

from advocacy.records.resource import Resource
from advocacy.web.status_styles import StatusStyle
from advocates.models import Presence
from advocates.pages import RecordListWithTabs
from advocates.presences import pages, selectors, services
from advocates.presences.lifecycle import PRESENCE
from advocates.presences.work import WORK

PRESENCES = Resource(
    name="presences",
    model=Presence,
    subject="presence",
    title=_("Executives on site"),
    new_label=_("Plan who is there"),
    icon="calendar-user",
    nav_item="advocates",
    view="touches.view",
    edit="touches.edit",
    listed=selectors.listed_presences,
    table=pages.PresenceTable,
    search=("advocate__first_name", "advocate__last_name", "advocate__account__name", "occasion"),
    form=pages.PresenceForm,
    about=lambda presence: presence.advocate.name,
    facts=pages.facts_of,
    pages={"list": RecordListWithTabs},
    empty_text=_("An executive at a business review, a board or an event: plan it, then say so."),
    create=services.plan_presence,
    update=services.update_presence,
    permit_edit=services.permit_change,
    lifecycle=PRESENCE,
    services={"attend": services.attend_presence, "cancel": services.cancel_presence},
    permit=services.permit_presence,
    verbs={
        "presence.planned": (_("planned that an executive is there"), "calendar-user", "info"),
        "presence.updated": (_("corrected where an executive is"), "pencil", "neutral"),
    },
    styles={
        "attended": StatusStyle("success", "circle-check"),
    },
    api_fields=(
        "id",
        "advocate",
        "by",
        "kind",
        "occasion",
        "on",
        "state",
        "note",
        "reason",
        "touch",
        "decided_by",
        "decided_at",
        "created_at",
    ),
    api_filters=("kind", "state", "advocate", "by"),
    api_ordering=("-on", "created_at"),
    work=(WORK,),
)
