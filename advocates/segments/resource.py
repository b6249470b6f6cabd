"""The manifest of segments."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from advocacy.records.resource import Resource
from advocates.models import SavedSegment
from advocates.segments import pages, selectors, services
from advocates.segments.lifecycle import SEGMENT

SEGMENTS = Resource(
    name="segments",
    model=SavedSegment,
    subject="segment",
    title=_("Segments"),
    answer=ngettext_lazy("%(count)s segment", "%(count)s segments", "n"),
    new_label=_("Save as a segment"),
    icon="filter",
    nav_item="advocates",
    view="segments.view",
    edit="segments.edit",
    listed=selectors.listed_segments,
    table=pages.SegmentTable,
    search=("name",),
    form=pages.SegmentForm,
    facts=pages.facts_of,
    pages={
        "list": pages.SegmentList,
        "detail": pages.SegmentPage,
        "new": pages.SegmentRecordForm,
        "edit": pages.SegmentRecordForm,
    },
    empty_text=_("Narrow a list of people or accounts, and press “Save as a segment” above it."),
    create=services.save_segment,
    update=services.update_segment,
    lifecycle=SEGMENT,
    services={"retire": services.retire_segment},
    permit=services.permit_segment,
    permit_edit=services.permit_change,
    verbs={
        "segment.saved": (_("saved a segment"), "filter", "neutral"),
        "segment.changed": (_("changed a segment"), "pencil", "neutral"),
    },
    api_fields=("id", "name", "of", "query", "shared", "owner", "state", "created_at"),
    api_filters=("of", "shared", "state"),
    api_ordering=("name", "created_at"),
)
