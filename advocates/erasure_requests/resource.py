"""The manifest of erasure requests."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from advocacy.records.resource import Resource
from advocacy.web.status_styles import StatusStyle
from advocates.erasure_requests import pages, selectors, services
from advocates.erasure_requests.lifecycle import ERASURE
from advocates.erasure_requests.work import WORK
from advocates.models import ErasureRequest
from advocates.pages import RecordListWithTabs

ERASURE_REQUESTS = Resource(
    name="erasure-requests",
    model=ErasureRequest,
    subject="erasure_request",
    title=_("Erasure requests"),
    answer=ngettext_lazy(
        "%(count)s person asked to be erased", "%(count)s people asked to be erased", "n"
    ),
    new_label=_("Record an erasure request"),
    icon="eraser",
    nav_item="advocates",
    view="advocates.erase",
    edit="advocates.erase",
    listed=selectors.listed_requests,
    table=pages.ErasureRequestTable,
    search=("advocate__last_name",),
    form=pages.ErasureRequestForm,
    about=lambda row: row.advocate.account.name,
    facts=pages.facts_of,
    pages={"list": RecordListWithTabs, "detail": pages.ErasureRequestPage},
    empty_text=_(
        "Who asks on their own page to be erased stands here, with the day by which they hear."
    ),
    create=services.request_erasure,
    lifecycle=ERASURE,
    services={"keep": services.keep_data},
    permit=services.permit,
    verbs={"erasure_request.made": (_("asked to be erased"), "eraser", "warning")},
    styles={
        "erased": StatusStyle("neutral", "eraser"),
        "kept": StatusStyle("info", "lock"),
    },
    api_fields=(
        *("id", "advocate", "words", "state", "due_at", "reason", "decided_by", "decided_at"),
        "created_at",
    ),
    api_filters=("state", "advocate"),
    api_ordering=("-created_at", "due_at"),
    work=(WORK,),
)
