"""Reading thanks from sales (THX-5)."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from activities.activities.choices import ActivityState
from activities.activities.models import Activity
from advocacy.tenancy.delegation import answers_for
from advocacy.tenancy.models import Membership
from benefits.sales_thanks.lifecycle import SalesThanksState
from benefits.sales_thanks.models import SalesThanks
from requests.models import Ask


def listed_thanks(membership: Membership) -> QuerySet[SalesThanks]:
    """All for the program; the others read what they wrote, and what stands beside their own."""
    rows = SalesThanks.objects.select_related(
        "activity__activity_type",
        "activity__advocate__account__owner",
        "activity__advocate__tenant",
        "sender__user",
        "sender__tenant",
        "owner__user",
        "mail",
    )
    if membership.can("thanks.manage"):
        return rows
    mine = answers_for(membership)
    return rows.filter(
        Q(sender__in=mine) | Q(owner__in=mine) | Q(activity__advocate__account__owner__in=mine)
    )


def thankable(membership: Membership) -> QuerySet[Activity]:
    """Completed calls this member asked for and has not added their thanks to, the newest first."""
    asked = Ask.objects.filter(
        activity=OuterRef("pk"), request__requester__in=answers_for(membership)
    )
    written = SalesThanks.objects.filter(activity=OuterRef("pk")).exclude(
        state=SalesThanksState.TAKEN_BACK
    )
    return (
        Activity.objects.filter(Exists(asked), ~Exists(written), state=ActivityState.COMPLETED)
        .select_related("activity_type")
        .order_by("-happened_at", "-id")
    )
