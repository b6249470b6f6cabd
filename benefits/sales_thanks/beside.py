"""Thanks from sales on other records: at the request, and among an activity's duties (THX-5)."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from activities.duties.selectors import DutyLine, register_lines
from advocacy.tenancy.models import Membership
from advocacy.web.urls import tenant_reverse
from advocates.responsibilities.steps import Step
from benefits.sales_thanks.lifecycle import SalesThanksState
from benefits.sales_thanks.models import SalesThanks
from benefits.sales_thanks.selectors import thankable
from requests.models import Ask
from requests.requests.afterwards import Further, register_further


def to_write(membership: Membership, asks: Collection[Ask]) -> Mapping[UUID, Further]:
    """The way to add one's own thanks to a call that took place, by ask."""
    if not membership.can("sales_thanks.write"):
        return {}
    done = {ask.activity.pk: ask for ask in asks if ask.activity is not None}
    open_ones = thankable(membership).filter(pk__in=done).values_list("pk", flat=True)
    url = tenant_reverse(membership.tenant, "sales-thanks:new")
    return {
        done[pk].pk: Further(_("Add your thanks"), f"{url}?activity={pk}", "heart-plus")
        for pk in open_ones
    }


def lines(activities: Collection[UUID]) -> dict[UUID, list[DutyLine]]:
    """Who of sales thanked, or is about to."""
    found: dict[UUID, list[DutyLine]] = defaultdict(list)
    rows = SalesThanks.objects.filter(activity__in=activities).exclude(
        state__in=[SalesThanksState.TAKEN_BACK, SalesThanksState.HELD]
    )
    for row in rows.select_related("sender__user"):
        label = _("Thanks from sales")
        line = DutyLine(
            Step.THANK,
            label,
            row.sender.name,
            row.sends_at,
            row.sent_at,
            owner_id=row.sender_id,  # type: ignore[attr-defined]
        )
        found[row.activity_id].append(line)  # type: ignore[attr-defined]
    return found


def register() -> None:
    """Called once, when the application is ready."""
    register_lines(lines)
    register_further(to_write)
