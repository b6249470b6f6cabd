"""By when a step is decided (APR-1.a)."""

from datetime import datetime

from activities.asset_approvals.models import AssetApproval
from activities.assets.numbers import ContentNumbers
from advocacy.tenancy.calendar import calendar_of
from advocacy.tenant_settings.reading import current


def due_of(approval: AssetApproval, since: datetime) -> datetime:
    """Its own business days, else the tenant's."""
    days = approval.days or current(ContentNumbers).approval_days
    return calendar_of(approval.tenant).add_days(since, days)
