"""Narrowing people by who is to be in touch with them; for the list and REST (MSG-3, SPN-1)."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.tenant_settings.reading import current
from advocates.sponsors.numbers import Care
from advocates.sponsors.selectors import SPONSORED, with_sponsor_due, without_sponsor
from advocates.touches.check_ins import here, with_check_in
from advocates.touches.quiet import not_in_peace

CHECK_IN = (("due", _("Due soon or overdue")), ("overdue", _("Overdue")))
SPONSOR = (
    ("some", _("Has one")),
    ("none", _("Ought to have one")),
    ("late", _("Theirs is late")),
)


def by_check_in(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    """Of some people those whom their tier wants a check-in with by now, or soon."""
    tenant = here()
    today = clock.today(tenant.zone)
    found = with_check_in(not_in_peace(rows, today), tenant)
    if value == "overdue":
        return found.filter(check_in_on__lt=today)
    return found.filter(check_in_on__lte=today + timedelta(days=current(Care).ahead_days))


def by_sponsor(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    """Of some people those who have a sponsor, ought to have one, or wait for theirs."""
    if value == "some":
        return rows.filter(SPONSORED)
    if value == "none":
        return without_sponsor(rows)
    tenant = here()
    today = clock.today(tenant.zone)
    found = with_sponsor_due(not_in_peace(rows, today), tenant)
    return found.filter(sponsor_on__lt=today)
