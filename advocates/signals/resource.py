"""The manifest of signals."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from advocacy.records.resource import Resource
from advocates.models import Signal
from advocates.pages import RecordListWithTabs
from advocates.signals import pages, selectors, services

SIGNALS = Resource(
    name="signals",
    model=Signal,
    subject="signal",
    title=_("Signals"),
    answer=ngettext_lazy(
        "%(count)s thing was done unasked", "%(count)s things were done unasked", "n"
    ),
    new_label=_("Record a signal"),
    icon="speakerphone",
    nav_item="advocates",
    view="signals.view",
    edit="signals.edit",
    listed=selectors.listed_signals,
    table=pages.SignalTable,
    search=("source", "advocate__first_name", "advocate__last_name", "advocate__account__name"),
    form=pages.SignalForm,
    about=lambda signal: signal.advocate.name,
    facts=pages.facts_of,
    pages={"list": RecordListWithTabs},
    empty_text=_("A mention, praise, a word to a peer: what people do for you unasked."),
    create=services.record_signal,
    update=services.update_signal,
    permit_edit=services.permit_change,
    verbs={
        "signal.recorded": (_("spoke for us unasked"), "speakerphone", "success"),
        "signal.updated": (_("corrected a signal"), "pencil", "neutral"),
    },
    api_fields=("id", "advocate", "kind", "seen_on", "source", "note", "recorded_by", "created_at"),
    api_filters=("kind", "advocate"),
    api_ordering=("-seen_on", "created_at"),
)
