"""The card on a person's page: who sponsors them, and when they are next in touch (SPN-1)."""

from typing import Any

from django.db.models import F

from advocacy import clock
from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.reading import current
from advocates.access import may_change
from advocates.models import Advocate
from advocates.people.choices import ENROLLED
from advocates.presences.lifecycle import PresenceState
from advocates.sponsors.numbers import Care
from advocates.sponsors.selectors import with_sponsor_due


def sponsor_card(advocate: Advocate, membership: Membership) -> dict[str, Any] | None:
    """The sponsor, or that there ought to be one; where they will meet."""
    if advocate.status not in ENROLLED:
        return None
    rows = Advocate.objects.filter(pk=advocate.pk)
    known = (
        with_sponsor_due(rows, membership.tenant)
        .annotate(tier_code=F("standings__tier__code"))
        .get()
    )
    sponsor = advocate.executive_sponsor
    today = clock.today(membership.tenant.zone)
    due = known.sponsor_on  # type: ignore[attr-defined]
    is_gone = sponsor is not None and not sponsor.is_active
    wants_one = known.tier_code in current(Care).by_tier  # type: ignore[attr-defined]
    coming = advocate.presences.filter(state=PresenceState.PLANNED).select_related("by__user")
    return {
        "advocate": advocate,
        "sponsor": sponsor,
        "is_gone": is_gone,
        "last": known.sponsor_last,  # type: ignore[attr-defined]
        "every": known.sponsor_every,  # type: ignore[attr-defined]
        "due": due,
        "late": due is not None and due < today,
        "missing": wants_one and (sponsor is None or is_gone),
        "coming": list(coming.order_by("on", "id")[:3]),
        "may_name": may_change(membership, "advocates.edit", advocate.account),
        "may_record": may_change(membership, "touches.edit", advocate.account),
    }
