"""The manifest of shares (AST-2.b, AST-2.c)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from advocacy.records.resource import Resource
from advocacy.records.tabs import TabbedList
from requests.models import Share
from requests.shares import api, pages, selectors, services
from requests.shares.lifecycle import SHARE

SHARES = Resource(
    name="shares",
    model=Share,
    subject="share",
    title=_("In deals"),
    answer=ngettext_lazy("used %(count)s time in a deal", "used %(count)s times in deals", "n"),
    new_label=_("Share with a deal"),
    icon="share",
    nav_item="content",
    view="shares.view",
    edit="shares.edit",
    listed=selectors.listed_shares,
    table=pages.ShareTable,
    filters=pages.ShareFilter,
    form=pages.ShareForm,
    about=selectors.title_of,
    facts=pages.facts_of,
    pages={"list": TabbedList, "detail": pages.SharePage, "new": pages.NewShare},
    empty_text=_(
        "Share a piece from its page or from the page of a deal: your prospect gets a link, and you"
        " see whether somebody opened it."
    ),
    create=services.share_asset,
    lifecycle=SHARE,
    services={"revoke": services.revoke_share},
    permit=services.permit_share,
    verbs={
        "share.made": (_("shared a piece of content"), "share", "info"),
        "share.recorded": (_("used a piece of content without a link"), "file-text", "info"),
        "share.opened": (_("what was shared was opened"), "eye", "success"),
    },
    serializer=api.ContentShareSerializer,
    api_fields=api.ContentShareSerializer.Meta.fields,
    api_filters=("asset", "opportunity", "made_by", "state", "way"),
    api_ordering=("-created_at", "id"),
    named_by=("opportunity",),
)
