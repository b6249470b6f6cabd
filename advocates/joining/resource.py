"""The manifest of nominations."""

from django.utils.translation import gettext_lazy as _

from advocacy.records.resource import Resource
from advocacy.rest.serializers import Reason
from advocates.joining import selectors, services
from advocates.joining.api import AcceptBody, NominationSerializer
from advocates.joining.forms import NominationForm
from advocates.joining.lifecycle import NOMINATION
from advocates.joining.pages import decide, lists, propose
from advocates.joining.urls import urlpatterns
from advocates.joining.work import WORK
from advocates.models import Nomination
from advocates.pages import NAV_ITEM

NOMINATIONS = Resource(
    name="nominations",
    model=Nomination,
    subject="nomination",
    title=_("Nominations"),
    new_label=_("Nominate"),
    icon="user-up",
    nav_item=NAV_ITEM,
    view="nominations.submit",
    edit="nominations.submit",
    listed=selectors.visible_nominations,
    table=lists.NominationTable,
    form=NominationForm,
    create=services.nominate_advocate,
    lifecycle=NOMINATION,
    services={
        "withdraw": services.withdraw_nomination,
        "return": services.return_nomination,
        "accept": services.accept_nomination,
    },
    permit=services.permit_nomination,
    pages={
        "list": lists.MyNominations,
        "new": propose.Nominate,
        "detail": decide.NominationDetail,
        "return": decide.Return,
        "accept": decide.Accept,
        "return-many": decide.ReturnMany,
        "accept-many": decide.AcceptMany,
    },
    more_urls=urlpatterns,
    verbs={
        "nomination.submitted": (_("nominated the person"), "user-up", "info"),
        "nomination.volunteered": (_("offered to help"), "user-heart", "success"),
    },
    serializer=NominationSerializer,
    bodies={"accept": AcceptBody, "return": Reason},
    api_fields=NominationSerializer.Meta.fields,
    api_filters=("state", "origin", "advocate", "nominated_by"),
    api_ordering=("-created_at", "id"),
    work=WORK,
    named_by=("advocate",),
)
