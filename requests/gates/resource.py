"""The manifest of gates (REQ-4)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from advocacy.records.resource import Resource
from requests.gates import pages, services
from requests.gates.api import RequestGateSerializer
from requests.models import RequestGate

REQUEST_GATES = Resource(
    name="request-gates",
    model=RequestGate,
    subject="gate",
    title=_("When somebody may be asked"),
    answer=ngettext_lazy("%(count)s type needs a deal", "%(count)s types need a deal", "n"),
    new_label=_("Add a type"),
    icon="lock-open",
    nav_item="settings",
    view="settings.rules",
    edit="settings.rules",
    listed=pages.listed_gates,
    table=pages.GateTable,
    search=("activity_type__name",),
    form=pages.GateForm,
    facts=pages.facts_of,
    pages={"list": pages.Gates},
    empty_text=_("Say how far a deal has to be before an advocate is asked because of it."),
    create=services.create_gate,
    update=services.update_gate,
    verbs={
        "request_gate.written": (_("said what a deal needs"), "lock-open", "neutral"),
        "request_gate.changed": (_("changed what a deal needs"), "pencil", "neutral"),
    },
    serializer=RequestGateSerializer,
    api_fields=RequestGateSerializer.Meta.fields,
    api_filters=("activity_type",),
    api_ordering=("id", "created_at"),
    named_by=("activity_type",),
    tab=False,
)
