"""Cards of transcripts on the pages of accounts and activities, and where a quote was said."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from activities.activities.models import Activity
from activities.assets.models import Asset
from activities.transcripts.access import EDIT, VIEW
from activities.transcripts.models import TranscriptProposal
from activities.transcripts.selectors import newest_of
from advocacy.tenancy.models import Membership
from advocacy.web.urls import tenant_reverse
from advocates import panels
from advocates.access import may_change
from advocates.models import Account

_TEMPLATE = "activities/transcripts/card.html"


def of_account(account: Account, member: Membership) -> dict[str, Any] | None:
    """The newest, and the way to add one; no card where there is neither."""
    rows = newest_of(account=account.pk)
    return _card(rows, f"account={account.pk}", may=may_change(member, EDIT, account), of=member)


def of_activity(activity: Activity, member: Membership) -> dict[str, Any] | None:
    """The same of one call."""
    rows = newest_of(activity=activity.pk)
    may = may_change(member, EDIT, activity.advocate.account)
    return _card(rows, f"activity={activity.pk}", may=may, of=member)


def _card(rows: list[Any], query: str, *, may: bool, of: Membership) -> dict[str, Any] | None:
    if not rows and not may:
        return None
    url = f"{tenant_reverse(of.tenant, 'transcripts:new')}?{query}" if may else ""
    return {"transcripts": rows, "new_url": url}


def said_in(asset: Asset, member: Membership) -> TranscriptProposal | None:
    """The sentence a draft was begun with, for who may read transcripts."""
    if not asset.is_excerpt or not member.can(VIEW):
        return None
    rows = TranscriptProposal.objects.select_related("transcript", "line")
    return rows.filter(asset=asset).first()


def register() -> None:
    """Called once, when the application is ready."""
    panels.register(
        panels.Panel("account", "transcripts", _("Transcripts"), _TEMPLATE, of_account, VIEW, 60)
    )
    panels.register(
        panels.Panel("activity", "transcripts", _("Transcripts"), _TEMPLATE, of_activity, VIEW, 60)
    )
