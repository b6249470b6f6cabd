"""The manifest of absences."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from advocacy.identity.absences import pages, selectors, services
from advocacy.identity.absences.lifecycle import ABSENCE
from advocacy.records.resource import Resource
from advocacy.tenancy.absences import Absence
from advocacy.web.status_styles import StatusStyle

ABSENCES = Resource(
    name="absences",
    model=Absence,
    subject="absence",
    title=_("Absences"),
    answer=ngettext_lazy("%(count)s absence", "%(count)s absences", "n"),
    new_label=_("Record an absence"),
    icon="beach",
    nav_item="settings",
    view="absences.view",
    edit="absences.edit",
    listed=selectors.listed_absences,
    table=pages.AbsenceTable,
    search=("member__user__name", "delegate__user__name"),
    form=pages.AbsenceForm,
    facts=pages.facts_of,
    pages={
        "list": pages.Absences,
        "new": pages.AbsenceRecordForm,
        "edit": pages.AbsenceRecordForm,
    },
    empty_text=_("Going away? Name who stands in, and nothing is left lying."),
    create=services.record_absence,
    update=services.update_absence,
    lifecycle=ABSENCE,
    services={"call_off": services.call_off_absence},
    permit=services.permit_absence,
    permit_edit=services.permit_change,
    verbs={
        "absence.recorded": (_("named who stands in during an absence"), "beach", "neutral"),
        "absence.changed": (_("changed an absence"), "pencil", "neutral"),
    },
    styles={
        "standing": StatusStyle("info", "calendar-event"),
        "called_off": StatusStyle("neutral", "calendar-off"),
    },
    api_fields=("id", "member", "delegate", "starts_on", "ends_on", "state", "created_at"),
    api_filters=("member", "delegate", "state"),
    api_ordering=("-starts_on", "created_at"),
    named_by=("member__user",),
)
