"""The manifest of moments."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from advocacy.records.resource import Resource
from advocacy.web.status_styles import StatusStyle
from advocates.models import Moment
from advocates.moments import pages, selectors, services
from advocates.moments.lifecycle import MOMENT
from advocates.moments.work import WORK
from advocates.pages import RecordListWithTabs

MOMENTS = Resource(
    name="moments",
    model=Moment,
    subject="moment",
    title=_("Moments"),
    answer=ngettext_lazy("%(count)s moment went well", "%(count)s moments went well", "n"),
    new_label=_("Record a moment"),
    icon="confetti",
    nav_item="advocates",
    view="moments.view",
    edit="moments.edit",
    listed=selectors.listed_moments,
    table=pages.MomentTable,
    search=("account__name",),
    form=pages.MomentForm,
    about=lambda moment: moment.account.name,
    facts=pages.facts_of,
    pages={"list": RecordListWithTabs, "detail": pages.MomentPage},
    empty_text=_("An outcome, a renewal, a business review: the right time for a word."),
    create=services.record_moment,
    update=services.update_moment,
    permit_edit=services.permit_change,
    lifecycle=MOMENT,
    services={
        "use": services.use_moment,
        "celebrate": services.celebrate_moment,
        "dismiss": services.dismiss_moment,
    },
    permit=services.permit_moment,
    verbs={
        "moment.recorded": (_("recorded a moment"), "confetti", "info"),
        "moment.updated": (_("corrected a moment"), "pencil", "neutral"),
    },
    styles={"dismissed": StatusStyle("neutral", "circle-x")},
    api_fields=(
        "id",
        "account",
        "kind",
        "happened_on",
        "note",
        "state",
        "said",
        "reason",
        "decided_by",
        "decided_at",
        "created_at",
    ),
    api_filters=("kind", "state", "account"),
    api_ordering=("-happened_on", "created_at"),
    work=(WORK,),
)
