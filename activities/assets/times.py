"""By when somebody does the next thing, and how long a piece is fresh (AST-2.d)."""

import calendar
from datetime import datetime, timedelta

from activities.assets.lifecycle import WORKED_ON
from activities.assets.models import Asset
from activities.assets.numbers import ContentNumbers
from advocacy import clock
from advocacy.messaging.links import create_link, revoke_links
from advocacy.messaging.models import PersonalLink
from advocacy.tenancy.calendar import calendar_of
from advocacy.tenant_settings.reading import current


def owners_turn(asset: Asset) -> datetime:
    """By when its owner goes on with it."""
    return calendar_of(asset.tenant).add_days(clock.now(), current(ContentNumbers).own_days)


def fresh_since() -> datetime:
    """What an advocate approved before is not fresh any more."""
    return _months_ago(current(ContentNumbers).fresh_months)


def unused_since() -> datetime:
    """What was used before and not since counts as unused (AST-2.c)."""
    return _months_ago(current(ContentNumbers).unused_months)


def _months_ago(months: int) -> datetime:
    now = clock.now()
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    day = min(now.day, calendar.monthrange(year, month + 1)[1])
    return now.replace(year=year, month=month + 1, day=day)


def collected(asset: Asset) -> dict[str, datetime]:
    """What keeps when the advocate first gave words; nothing where that is kept (AST-3.a)."""
    return {} if asset.collected_at else {"collected_at": clock.now()}


def collected_before() -> datetime:
    """What was collected before and is not published is flagged (AST-3.a)."""
    return clock.now() - timedelta(days=current(ContentNumbers).unpublished_days)


def is_unpublished(asset: Asset) -> bool:
    """Whether it was collected long ago and is still not published."""
    long_ago = asset.collected_at is not None and asset.collected_at < collected_before()
    return long_ago and asset.state in WORKED_ON


def is_fresh(asset: Asset) -> bool:
    """Whether the advocate approved it lately enough."""
    return asset.confirmed_at is not None and asset.confirmed_at >= fresh_since()


def renew_link(subject: object, purpose: str) -> PersonalLink:
    """A new link to a piece or an approval; those to it before end."""
    pk = subject.pk  # type: ignore[attr-defined]
    revoke_links(subject_id=pk, purpose=purpose)
    lives = timedelta(days=current(ContentNumbers).link_days)
    return create_link(purpose=purpose, subject_id=pk, expires_at=clock.now() + lives)
