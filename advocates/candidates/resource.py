"""The manifest of dismissals."""

from django.utils.translation import gettext_lazy as _

from advocacy.records.resource import Resource
from advocacy.web.status_styles import StatusStyle
from advocates.candidates import pages, selectors, services
from advocates.candidates.lifecycle import DISMISSAL
from advocates.models import Dismissal
from advocates.pages import RecordListWithTabs

DISMISSALS = Resource(
    name="dismissals",
    model=Dismissal,
    subject="dismissal",
    title=_("Put aside"),
    new_label=_("Put a candidate aside"),
    icon="user-off",
    nav_item="advocates",
    view="advocates.view",
    edit="candidates.dismiss",
    listed=selectors.listed_dismissals,
    table=pages.DismissalTable,
    search=("advocate__first_name", "advocate__last_name", "advocate__account__name", "reason"),
    form=pages.DismissForm,
    about=lambda dismissal: dismissal.advocate.account.name,
    facts=pages.facts_of,
    pages={"list": RecordListWithTabs},
    empty_text=_("Candidates you decide against wait here until something about them changes."),
    create=services.dismiss_candidate,
    lifecycle=DISMISSAL,
    services={"restore": services.restore_candidate},
    permit=services.permit_dismissal,
    verbs={"dismissal.made": (_("put the candidate aside"), "user-off", "neutral")},
    styles={
        "away": StatusStyle("neutral", "user-off"),
        "restored": StatusStyle("info", "arrow-back-up"),
    },
    api_fields=(
        "id",
        "advocate",
        "reason",
        "state",
        "score",
        "because",
        "dismissed_by",
        "created_at",
        "ended_at",
    ),
    api_filters=("state", "advocate"),
    api_ordering=("-created_at",),
    named_by=("advocate",),
)
