"""Sharing in the browser: from a piece, from a deal, and the list of it all (AST-2.b, AST-2.c)."""

from collections.abc import Sequence
from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.assets.models import Asset
from activities.assets.selectors import in_library
from advocacy.messaging.links import UnreadableLink
from advocacy.records.pages import RecordForm, RecordPage
from advocacy.search.selectors import matching
from advocacy.tenancy.models import Membership
from advocacy.web.filters import FilterSet
from advocacy.web.forms import TenantModelForm
from advocacy.web.pickers import PickerField
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from requests.models import Share
from requests.opportunities.selectors import listed_deals
from requests.shares.lifecycle import ShareState
from requests.shares.models import Way
from requests.shares.selectors import standing_of, title_of
from requests.shares.services import url_of


class AssetPicker(PickerField):
    """A piece of the library, by its words."""

    hint: ClassVar[str | Promise] = gettext_lazy("Search by title, topic or who speaks")
    search_fields: ClassVar[Sequence[str]] = ("title", "topic", "attribution", "body")

    def offered(self, membership: Membership) -> QuerySet[Any]:
        """Only what may be shown to anybody outside."""
        return Asset.objects.filter(in_library()).order_by("title", "pk")

    def detail_of(self, row: Any) -> str:
        """What it is, and who speaks."""
        return " · ".join(part for part in (row.get_kind_display(), row.attribution) if part)


class DealPicker(PickerField):
    """A deal, by name, prospect, company or the CRM's number."""

    hint: ClassVar[str | Promise] = gettext_lazy("Search by name, prospect or company")

    def offered(self, membership: Membership) -> QuerySet[Any]:
        """Those this member sees, the next to close first."""
        return listed_deals(membership).order_by("-closes_on", "name", "pk")

    def matching(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return matching(rows, "opportunity", self.words)

    def detail_of(self, row: Any) -> str:
        """For whom, and where it stands."""
        return " · ".join(part for part in (row.prospect, row.get_stage_display()) if part)


class ShareForm(TenantModelForm):
    """What, with which deal, how, for whom."""

    class Meta:
        model = Share
        fields = ("asset", "opportunity", "way", "recipient")
        field_classes: ClassVar[dict[str, Any]] = {"asset": AssetPicker, "opportunity": DealPicker}
        help_texts: ClassVar[dict[str, Any]] = {
            "recipient": gettext_lazy("Optional, for you and your colleagues only."),
        }


class ShareTable(Table):
    """With which deal, what, and what became of it."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "opportunity",
            gettext_lazy("Deal"),
            value="opportunity.name",
            sort="opportunity__name",
            url=lambda row, request: tenant_reverse(request, "shares:detail", row.pk),
        ),
        Column("piece", gettext_lazy("Piece of content"), value=title_of, sort="shown_title"),
        Column("way", gettext_lazy("How"), value="get_way_display", sort="way", hidden=True),
        Column("recipient", gettext_lazy("For whom"), sort="recipient", hidden=True),
        Column(
            "made_by",
            gettext_lazy("Shared by"),
            value="made_by.name",
            sort="made_by__user__name",
            phone=False,
        ),
        Column("opens", gettext_lazy("Opened"), sort="opens", align="end"),
        Column("last_opened_at", gettext_lazy("Last opened"), sort="last_opened_at", phone=False),
        Column("created_at", gettext_lazy("Shared"), sort="created_at", phone=False),
        Column("standing", gettext_lazy("State"), value=lambda row: standing_of(row)[1]),
    )
    default_sort: ClassVar[str] = "-created_at"


class ShareFilter(FilterSet):
    """By what became of it; found by deal and recipient."""

    primary = 2
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=ShareState.choices)
    which = django_filters.ChoiceFilter(
        label=gettext_lazy("Which"),
        choices=(
            ("mine", gettext_lazy("Shared by me")),
            ("opened", gettext_lazy("Opened")),
            ("unopened", gettext_lazy("Not opened yet")),
        ),
        method="narrow",
    )
    way = django_filters.ChoiceFilter(label=gettext_lazy("How"), choices=Way.choices)
    # What a title says must not be found where it is not shown (VIS-1).
    search_fields = ("opportunity__name", "opportunity__prospect_name", "recipient")

    class Meta:
        model = Share
        fields: ClassVar[list[str]] = []

    def narrow(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """One's own, or by whether anybody read it."""
        if value == "mine":
            return rows.filter(made_by=self.request.membership)
        rows = rows.filter(way=Way.LINK)
        return rows.filter(opens__gt=0) if value == "opened" else rows.filter(opens=0)


class NewShare(RecordForm):
    """A piece, a deal, one press."""

    abstract: ClassVar[bool] = True
    submit_label = gettext_lazy("Share")
    subtitle = gettext_lazy(
        "The link shows the piece as it is published, counts who opens it, and stops at once when"
        " the piece leaves the library."
    )

    def get_success_message(self, result: Share) -> str:
        if result.way == Way.DIRECT:
            return _("Noted: it was used in this deal.")
        return _("Shared. Send the link to your prospect.")


def link_for(share: Share) -> str:
    """What to send; nothing once it opens nothing."""
    if share.link is None or standing_of(share)[0] != "active":
        return ""
    try:
        return url_of(share)
    except UnreadableLink:
        return ""


class SharePage(RecordPage):
    """One share: its link, and who opened it."""

    abstract: ClassVar[bool] = True
    template_name: ClassVar[str] = "requests/shares/detail.html"
    panel_template: ClassVar[str] = "requests/shares/share_panel.html"

    def get_context(self) -> dict[str, Any]:
        share = self.row
        code, words = standing_of(share)
        return {
            **super().get_context(),
            "standing": code,
            "standing_words": words,
            "public_link": link_for(share),
            "deal_url": tenant_reverse(self.request, "opportunities:detail", share.opportunity_id),
            "asset_url": tenant_reverse(self.request, "assets:detail", share.asset_id)
            if share.shown_title
            else "",
        }


def facts_of(share: Share) -> list[tuple[Any, Any]]:
    """Names and values."""
    facts: list[tuple[Any, Any]] = [
        (_("Piece of content"), title_of(share)),
        (_("Deal"), share.opportunity.name),
        (_("How"), share.get_way_display()),
        (_("For whom"), share.recipient),
        (_("Shared by"), share.made_by.name if share.made_by else ""),
        (_("Shared"), share.created_at),
        (_("Works until"), share.expires_at),
        (_("Opened"), str(share.opens) if share.way == Way.LINK else ""),
        (_("First opened"), share.first_opened_at),
        (_("Last opened"), share.last_opened_at),
        (_("Taken back"), share.ended_at),
    ]
    return [(label, value) for label, value in facts if value not in ("", None)]
