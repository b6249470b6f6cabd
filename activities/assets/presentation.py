"""What the pages of a piece say (AST-1, AST-2.d, AST-2.f)."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.assets.checking import wanted_of
from activities.assets.choices import FULFILLED, SECTIONS, Finding
from activities.assets.leave import missing_of
from activities.assets.lifecycle import AssetState
from activities.assets.models import Asset
from activities.assets.naming import title_tells
from activities.assets.numbers import ContentNumbers
from activities.assets.selectors import sees_workshop
from activities.assets.times import is_fresh, is_unpublished
from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.reading import current
from advocacy.web.formatting import day


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing the check looked for, and what it says of it."""

    is_met: bool
    words: str


def check_of(asset: Asset) -> list[Checked]:
    """Every finding in words; nothing for a kind that is not checked."""
    found = []
    for finding in wanted_of(asset.kind):
        if finding not in asset.misses:
            found.append(Checked(True, str(FULFILLED[finding])))
            continue
        words = str(Finding(finding).label)
        if finding == Finding.COMPLETE:
            empty = [str(label) for name, label in SECTIONS.items() if not getattr(asset, name)]
            words = _("Still to write: %(parts)s.") % {"parts": ", ".join(empty)}
        found.append(Checked(False, words))
    return found


def check_words(asset: Asset) -> str:
    """The same in a cell."""
    if not wanted_of(asset.kind):
        return ""
    if asset.is_good:
        return _("nothing missing")
    names = {
        Finding.SPECIFIC: _("specific"),
        Finding.QUANTIFIED: _("number"),
        Finding.NAMED: _("name"),
        Finding.CONTEXT: _("context"),
        Finding.COMPLETE: _("parts"),
        Finding.RESULT: _("measured result"),
        Finding.CUSTOMER: _("customer's name"),
    }
    lacks = ", ".join(names[Finding(code)] for code in asset.misses)
    return _("lacks: %(what)s") % {"what": lacks}


def fresh_words(asset: Asset) -> str:
    """Whether the advocate's approval is young enough, and of which day it is (AST-2.d)."""
    if asset.confirmed_at is None:
        return ""
    words = {"day": day(asset.confirmed_at)}
    if is_fresh(asset):
        return _("fresh, approved by the advocate on %(day)s") % words
    return _("no longer fresh: approved by the advocate on %(day)s") % words


def used_words(asset: Asset) -> str:
    """How often, and when last; of a piece from ``listed_assets``."""
    count = asset.use_count  # type: ignore[attr-defined]
    if not count:
        return _("never")
    last = asset.last_used_at  # type: ignore[attr-defined]
    return ngettext("%(n)s time, on %(day)s", "%(n)s times, last on %(day)s", count) % {
        "n": count,
        "day": day(last),
    }


def facts_for(asset: Asset, member: Membership) -> list[tuple[Any, Any]]:
    """Names and values; whose it is and who made it only to who may open advocates (VIS-1)."""
    facts: list[tuple[Any, Any]] = [
        (_("Kind"), asset.get_kind_display()),
        (_("Who speaks"), asset.attribution),
        (_("Topic"), asset.topic),
        (_("Link"), asset.url),
        (_("Freshness"), fresh_words(asset)),
    ]
    if asset.state == AssetState.PUBLISHED:
        facts += [(_("Published"), asset.published_at), (_("Where"), asset.published_url)]
        facts.append((_("Used"), used_words(asset)))
    if sees_workshop(member):
        company = asset.advocate.account
        facts += [
            (_("Advocate"), f"{asset.advocate.name}, {company.name}"),
            (_("Came of"), str(asset.activity) if asset.activity else ""),
            (_("Who sees to it"), asset.owner.name if asset.owner else ""),
            (_("Version"), asset.number),
            (_("Confirmed"), asset.confirmed_how),
        ]
        if asset.state == AssetState.RETIRED:
            facts.append((_("Why retired"), asset.reason))
    return [(label, value) for label, value in facts if value not in ("", None)]


def notes_of(asset: Asset) -> list[tuple[str, str, str]]:
    """What somebody should see first: tone, title, text."""
    found = []
    if asset.state == AssetState.DRAFT and asset.reason:
        found.append(("warning", _("Sent back"), asset.reason))
    if asset.remark:
        title = _("%(name)s adds") % {"name": asset.advocate.name}
        found.append(("info", title, asset.remark))
    rests = asset.state in (AssetState.APPROVALS, AssetState.APPROVED, AssetState.PUBLISHED)
    if rests and (missing := missing_of(asset)):
        title = (
            _("Out of the library until it is renewed")
            if asset.state == AssetState.PUBLISHED
            else _("It cannot be published yet")
        )
        found.append(("danger", title, " ".join(missing)))
    if asset.state != AssetState.RETIRED and title_tells(asset):
        text = _("Nobody is named as speaking: change the title before it is published.")
        found.append(("warning", _("The title says who it is"), text))
    if is_unpublished(asset):
        days = {"days": current(ContentNumbers).unpublished_days}
        text = _("It was collected more than %(days)d days ago, and is not published.") % days
        found.append(("warning", _("Still not published"), text))
    return found


def answers_of(asset: Asset) -> list[tuple[str, str]]:
    """Questions with their answers; nothing while nobody has answered."""
    if not any(asset.answers):
        return []
    return list(zip(asset.questions, asset.answers, strict=False))
