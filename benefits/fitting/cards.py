"""Suggestions beside what they are for: an activity, a thank-you, a person, a moment (BEN-9.a)."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.activities.models import Activity
from advocacy import clock
from advocacy.tenancy.models import Membership
from advocates.access import may_change
from advocates.models import Advocate, Moment, TierStanding
from advocates.panels import Panel, register
from advocates.people.choices import ENROLLED
from benefits.fitting.selectors import Suggested, suggestions_after, suggestions_for, way_to_give

_TEMPLATE = "benefits/fitting/card.html"
#: So long a tier that was reached is an occasion.
_FRESH = timedelta(days=30)
#: Of the people at an account that has reason to celebrate.
_PEOPLE = 3


def lines_of(
    found: Collection[Suggested],
    membership: Membership,
    advocate: Advocate,
    *,
    activities: Collection[UUID] = (),
    occasion: str = "",
    named: bool = False,
) -> list[dict[str, Any]]:
    """As ``benefits/fitting/lines.html`` draws them; the way to give it for who may."""
    may = may_change(membership, "grants.edit", advocate.account)
    return [
        {
            "name": f"{advocate.name}: {each.kind.name}" if named else each.kind.name,
            "why": each.why,
            "url": way_to_give(
                membership, advocate.pk, each.kind.pk, activities=activities, occasion=occasion
            )
            if may
            else "",
        }
        for each in found
    ]


def after_activity(activity: Activity, membership: Membership) -> dict[str, Any] | None:
    """What fits for it; no card before it happened, nor for a review."""
    found = suggestions_after(activity)
    who = activity.advocate
    lines = lines_of(found, membership, who, activities=[activity.pk])
    return {"lines": lines} if lines else None


def for_person(advocate: Advocate, membership: Membership) -> dict[str, Any] | None:
    """What fits them now; a tier they reached lately is the occasion."""
    if advocate.status not in ENROLLED:
        return None
    occasion = _tier_reached(advocate)
    found = suggestions_for([advocate])[advocate.pk]
    lines = lines_of(found, membership, advocate, occasion=occasion)
    return {"lines": lines, "occasion": occasion} if lines else None


def _tier_reached(advocate: Advocate) -> str:
    fresh = TierStanding.objects.filter(
        advocate=advocate, tier__isnull=False, since__gte=clock.now() - _FRESH
    )
    name = fresh.values_list("tier__name", flat=True).first()
    return _("Reached %(tier)s") % {"tier": name} if name else ""


def for_moment(moment: Moment, membership: Membership) -> dict[str, Any] | None:
    """What fits the people in the program where something went well."""
    rows = Advocate.objects.select_related("account__tenant", "tenant").filter(
        account=moment.account, status__in=sorted(ENROLLED)
    )
    people = list(rows.order_by("-last_asked_at", "pk")[:_PEOPLE])
    occasion = str(moment)
    found = suggestions_for(people, occasion=occasion, most=1)
    lines = [
        line
        for person in people
        for line in lines_of(found[person.pk], membership, person, occasion=occasion, named=True)
    ]
    return {"lines": lines} if lines else None


def register_cards() -> None:
    """Called once, when the application is ready."""
    title = gettext_lazy("What would fit")
    for where, load, order in (
        ("activity", after_activity, 30),
        ("advocate", for_person, 47),
        ("moment", for_moment, 30),
    ):
        register(Panel(where, "fitting", title, _TEMPLATE, load, "grants.view", order=order))  # type: ignore[arg-type]
