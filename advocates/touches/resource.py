"""The manifest of touches."""

from django.utils.translation import gettext_lazy as _

from advocacy.records.resource import Resource
from advocates.models import Touch
from advocates.pages import RecordListWithTabs
from advocates.touches import pages, selectors, services
from advocates.touches.work import CHECK_IN, WORK

TOUCHES = Resource(
    name="touches",
    model=Touch,
    subject="touch",
    title=_("Touches"),
    new_label=_("Record a touch"),
    icon="message-heart",
    nav_item="advocates",
    view="touches.view",
    edit="touches.edit",
    listed=selectors.listed_touches,
    table=pages.TouchTable,
    search=("advocate__first_name", "advocate__last_name", "advocate__account__name"),
    form=pages.TouchForm,
    about=lambda touch: touch.advocate.name,
    facts=pages.facts_of,
    pages={"list": RecordListWithTabs},
    empty_text=_("A call to hear how somebody is, a word from an executive: no ask, no thanks."),
    create=services.record_touch,
    update=services.update_touch,
    permit_edit=services.permit_change,
    verbs={
        "touch.recorded": (_("was in touch"), "message-heart", "success"),
        "touch.updated": (_("corrected a touch"), "pencil", "neutral"),
    },
    api_fields=(
        "id",
        "advocate",
        "kind",
        "happened_on",
        "by",
        "about_ask",
        "note",
        "recorded_by",
        "created_at",
    ),
    api_filters=("kind", "advocate"),
    api_ordering=("-happened_on", "created_at"),
    work=(WORK, CHECK_IN),
)
