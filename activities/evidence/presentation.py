"""How a hit reads (EVD-1.b)."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from activities.assets.presentation import fresh_words
from activities.assets.selectors import sees_workshop
from activities.evidence.hits import Hit
from advocacy.tenancy.models import Membership
from advocacy.web.formatting import day
from advocacy.web.urls import tenant_reverse


def freshness_of(hit: Hit) -> str:
    """Since when it is as it is, and whether that is too long ago."""
    if hit.asset is not None:
        return fresh_words(hit.asset)
    assert hit.outcome is not None  # noqa: S101 - it is one of the two
    text = _("recorded on %(day)s") if hit.is_fresh else _("no longer fresh: recorded on %(day)s")
    return text % {"day": day(hit.outcome.created_at)}


def shown(request: HttpRequest, member: Membership, hit: Hit) -> dict[str, Any]:
    """A hit with where it leads; an outcome leads to whose it is, for who may open them."""
    url = ""
    if hit.asset is not None:
        url = tenant_reverse(request, "assets:detail", hit.asset.pk)
    elif hit.outcome is not None and sees_workshop(member):
        url = tenant_reverse(request, "advocates:detail", hit.outcome.advocate_id)  # type: ignore[attr-defined]
    return {"hit": hit, "url": url, "freshness": freshness_of(hit)}
