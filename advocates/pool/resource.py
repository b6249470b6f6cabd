"""The manifest of the community pool."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from advocacy.records.resource import Resource
from advocacy.web.status_styles import StatusStyle
from advocates.models import PoolMembership
from advocates.pool import pages, selectors, services
from advocates.pool.api import AgreeBody, PoolApi
from advocates.pool.lifecycle import POOL

POOL_PLACES = Resource(
    name="pool",
    model=PoolMembership,
    subject="place",
    title=_("Community pool"),
    new_label=_("Record an agreement"),
    icon="user-heart",
    nav_item="advocates",
    view="pool.view",
    edit="pool.edit",
    listed=selectors.listed_places,
    table=pages.PoolTable,
    search=("advocate__first_name", "advocate__last_name", "advocate__account__name"),
    form=pages.AgreementForm,
    about=lambda place: place.advocate.account.name,
    facts=pages.facts_of,
    pages={"list": pages.PoolList, "detail": pages.PoolPlace, "new": pages.NewAgreement},
    more_urls=(
        path("<uuid:pk>/invite/", pages.Invite.as_view(), name="invite"),
        path("offer/<uuid:pk>/", pages.Offer.as_view(), name="offer"),
    ),
    empty_text=_(
        "Who thinks well of us and is not ready to join can hear from us all the same: no"
        " reference, no match, a small thing now and then."
    ),
    create=services.record_agreement,
    lifecycle=POOL,
    services={"agree": services.agree, "refuse": services.refuse, "leave": services.leave},
    permit=services.permit_place,
    verbs={
        "pool.offered": (_("was offered the community pool"), "user-heart", "info"),
        "pool.invited": (_("invited to something small"), "mail", "info"),
    },
    styles={
        "offered": StatusStyle("info", "mail"),
        "member": StatusStyle("success", "user-heart"),
        "said_no": StatusStyle("neutral", "user-x"),
        "left": StatusStyle("neutral", "door-exit"),
        "joined": StatusStyle("success", "user-check"),
    },
    api=PoolApi,
    bodies={"agree": AgreeBody},
    api_fields=(
        "id",
        "advocate",
        "state",
        "source",
        "agreed_on",
        "evidence",
        "recorded_by",
        "created_at",
        "ended_at",
    ),
    api_filters=("state", "source", "advocate"),
    api_ordering=("-created_at",),
    named_by=("advocate",),
)
