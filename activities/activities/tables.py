"""The activity list's columns."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse


def _url(row: Any, request: HttpRequest) -> str:
    return tenant_reverse(request, "activities:detail", row.pk)


class ActivityTable(Table):
    """What happened, newest first."""

    columns = (
        Column(
            "what",
            _("Activity"),
            value=lambda row: row.activity_type.name,
            sort=("activity_type__position", "activity_type__name"),
            template="activities/cells/activity.html",
            url=_url,
        ),
        Column(
            "advocate",
            _("Advocate"),
            value="advocate.name",
            sort=("advocate__last_name", "advocate__first_name"),
            template="activities/cells/advocate.html",
        ),
        Column("account", _("Account"), value="advocate.account.name", hidden=True),
        Column("purpose", _("For"), sort="purpose", hidden=True),
        Column("at", _("When"), sort="at", template="activities/cells/when.html"),
        Column("state", _("State"), sort="state", template="activities/cells/state.html"),
        Column("minutes", _("Minutes"), sort="minutes", align="end", phone=False),
        Column(
            "advocate_rating",
            _("Rated"),
            sort="advocate_rating",
            align="end",
            template="activities/cells/rating.html",
            phone=False,
        ),
        Column("owner", _("Owner"), value="owner.name", sort="owner__user__name", phone=False),
        Column("is_outside", _("Outside the program"), sort="is_outside", hidden=True),
    )
    default_sort = "-at"

    def title(self, row: Any) -> str:
        return f"{row.activity_type.name}, {row.advocate.name}"
