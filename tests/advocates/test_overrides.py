"""Tiers set by hand (TIER-5)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.test import Client

from advocacy.events.models import Event
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.joining.enrolment import enrol_advocate, retire_advocate
from advocates.models import Advocate, Tier, TierOverride, TierStanding
from advocates.overrides.nightly import recalculate_nightly
from advocates.overrides.resource import OVERRIDES
from advocates.overrides.services import lift_override, set_override, update_override
from tests.advocates.test_tier_races import THREE_OF_FOUR, together
from tests.advocates.tiers import (
    GOLD,
    PLATINUM,
    complete,
    crowd,
    last_change,
    nightly,
    seats,
    standing,
    tier_of,
)
from tests.factories.advocates import (
    SYSTEM,
    AdvocateFactory,
    EnrolledFactory,
    TierFactory,
    today,
)
from tests.factories.overrides import TierOverrideFactory
from tests.factories.tenancy import TenantsFactory
from tests.kit.resource import ResourceCase
from tests.support.time import Clock


class TestOverrides(ResourceCase):
    """TIER-5.a: tier, reason and until, by hand and over REST."""

    resource, factory = OVERRIDES, TierOverrideFactory
    viewers = "program_manager admin csm marketing executive"
    editors = "program_manager admin"
    new: ClassVar[dict[str, Any]] = {
        "advocate": EnrolledFactory,
        "tier": TierFactory,
        "reason": "Speaks for us at the summit",
        "until": "2199-01-05",
    }
    changed: ClassVar[dict[str, Any]] = {"until": "2199-02-05"}
    wrong: ClassVar[dict[str, Any]] = {"until": "2020-01-01"}
    moves: ClassVar[dict[str, Any]] = {"lift": (editors, {}, "lifted")}


def by_hand(advocate: Advocate, code: str = "platinum", days: int = 30) -> TierOverride:
    """Set a tier."""
    return set_override(
        actor=SYSTEM,
        advocate=advocate,
        tier=Tier.objects.get(code=code),
        reason="Speaks for us",
        until=today() + timedelta(days=days),
    )


def test_it_ends_with_the_membership(scope: Tenant, clock: Clock) -> None:
    """TIER-5.a, TIER-1: who comes back stands where they earned it; what ended is not changed, and
    says so.
    """
    advocate = EnrolledFactory(history=GOLD)
    override = by_hand(advocate)
    retire_advocate(actor=SYSTEM, advocate=advocate, reason="Moved on")
    assert override.reload().state == "over"
    with pytest.raises(Conflict, match="is not changed any more"):
        update_override(actor=SYSTEM, override=override, reason="Other words")
    enrol_advocate(actor=SYSTEM, advocate=advocate.reload(), reason="Came back")
    assert tier_of(advocate) == "gold"


def test_it_wins_until_it_ends(scope: Tenant, clock: Clock) -> None:
    """TIER-5.a: at once, over whatever is earned, also after nights; then the earned tier."""
    advocate = EnrolledFactory(history=GOLD)
    clock.advance(minutes=1)
    by_hand(advocate, days=10)
    assert tier_of(advocate) == "platinum"
    assert last_change(advocate) == ("gold", "platinum", "override")
    assert standing(advocate).earned_tier.code == "gold"
    assert standing(advocate).grace_until is None
    complete(advocate, "testimonial")
    assert nightly() == 0
    assert tier_of(advocate) == "platinum"
    clock.advance(days=10)
    assert nightly() == 0  # its last day
    clock.advance(days=1)
    recalculate_nightly(scope.pk)
    assert tier_of(advocate) == "gold"
    assert last_change(advocate) == ("platinum", "gold", "lifted")
    assert standing(advocate).grace_until is None
    assert TierOverride.objects.get().state == "over"
    assert Event.objects.filter(verb="tier_override.ended").count() == 1
    assert nightly() == 0


def test_a_lower_tier_by_hand(scope: Tenant, clock: Clock) -> None:
    """TIER-5.a: it wins downwards as well, frees the seat, and what was earned comes back."""
    seats(5)
    holder, waits = EnrolledFactory(history=PLATINUM), EnrolledFactory(history=PLATINUM)
    assert (tier_of(holder), tier_of(waits)) == ("platinum", "gold")
    override = by_hand(holder, "silver")
    assert (tier_of(holder), tier_of(waits)) == ("silver", "platinum")
    lift_override(actor=SYSTEM, override=override)
    assert tier_of(holder) == "gold"
    assert standing(holder).waiting_for.code == "platinum"
    assert nightly() == 0


def test_it_takes_a_seat_and_displaces_nobody(scope: Tenant, clock: Clock) -> None:
    """TIER-5.b: one more than there are where none is free; a free one is taken; who holds one
    keeps it, whatever is recalculated; and lifting gives back what was taken.
    """
    seats(5)
    holder, chosen = EnrolledFactory(history=PLATINUM), EnrolledFactory()
    override = by_hand(chosen)
    late = EnrolledFactory(history=PLATINUM)
    assert nightly() == 0
    found = [tier_of(each) for each in (holder, chosen, late)]
    assert found == ["platinum", "platinum", "gold"]
    assert not TierStanding.objects.filter(grace_until__isnull=False).exists()
    lift_override(actor=SYSTEM, override=override)
    found = [tier_of(each) for each in (holder, chosen, late)]
    assert found == ["platinum", "community", "gold"]
    assert nightly() == 0


def test_the_seat_it_took_is_free_for_who_waits(scope: Tenant, clock: Clock) -> None:
    """TIER-5.b: and who held it before and still earns it comes first."""
    seats(5)
    chosen = EnrolledFactory()
    override = by_hand(chosen)
    waits = EnrolledFactory(history=PLATINUM)
    assert tier_of(waits) == "gold"
    lift_override(actor=SYSTEM, override=override)
    assert (tier_of(chosen), tier_of(waits)) == ("community", "platinum")
    again = by_hand(waits)
    better = EnrolledFactory(history=["case_study", *PLATINUM])
    assert tier_of(better) == "gold"
    lift_override(actor=SYSTEM, override=again)
    assert (tier_of(waits), tier_of(better)) == ("platinum", "gold")
    assert nightly() == 0


def test_grace_that_was_earned_counts_on_below_it(scope: Tenant, clock: Clock) -> None:
    """TIER-5.a, TIER-4.a: the end is no shortfall, and hides none that completions explain."""
    advocate = EnrolledFactory(history=PLATINUM)
    clock.advance(days=364)
    assert nightly() == 0
    clock.advance(days=4)
    assert nightly() == 0
    grace = standing(advocate).grace_until
    assert grace is not None
    override = by_hand(advocate)
    assert standing(advocate).grace_until is None
    lift_override(actor=SYSTEM, override=override)
    assert (tier_of(advocate), standing(advocate).grace_until) == ("platinum", grace)


@pytest.mark.parametrize("attempt", range(2))
def test_racing_for_the_last_seat(transactional_db: None, clock: Clock, attempt: int) -> None:
    """TIER-5.b: somebody completes what earns the last seat at the moment in which it is given by
    hand: the one set by hand stands there, the other stands or waits, and nobody is displaced.
    """
    tenant = TenantsFactory()
    with tenant_scope(tenant):
        seats(5)
        rising, chosen = EnrolledFactory(history=THREE_OF_FOUR), EnrolledFactory()

    def rise() -> None:
        with tenant_scope(tenant):
            complete(rising, "testimonial")

    def choose() -> None:
        with tenant_scope(tenant):
            by_hand(chosen)

    together(rise, choose)
    with tenant_scope(tenant):
        assert tier_of(chosen) == "platinum"
        row = standing(rising)
        assert row.tier.code == "platinum" or row.waiting_for.code == "platinum"
        assert nightly() == 0


def test_two_set_at_once_are_one(transactional_db: None, clock: Clock) -> None:
    """TIER-5.a: the second is told, and nothing of it is kept."""
    tenant = TenantsFactory()
    with tenant_scope(tenant):
        crowd(2)
        chosen = EnrolledFactory()

    def choose() -> str:
        from django.db import IntegrityError

        try:
            with tenant_scope(tenant):
                by_hand(chosen)
        except (DomainError, IntegrityError):
            return "refused"
        return "set"

    assert sorted(together(choose, choose)) == ["refused", "set"]
    with tenant_scope(tenant):
        assert TierOverride.objects.count() == 1
        assert tier_of(chosen) == "platinum"


def test_what_is_refused(scope: Tenant, clock: Clock) -> None:
    """TIER-5.a, BAD-1: who is not in the program, somebody else's, a day that is over."""
    crowd(1)
    with pytest.raises(DomainError, match="is not in the program"):
        by_hand(AdvocateFactory(status="candidate"))
    override = by_hand(EnrolledFactory())
    with pytest.raises(DomainError, match="Whose tier it is stays"):
        update_override(actor=SYSTEM, override=override, advocate=EnrolledFactory())
    with pytest.raises(DomainError, match="That day is over"):
        by_hand(EnrolledFactory(), days=-1)
    # One that nobody ended yet stands in nobody's way.
    clock.advance(days=40)
    by_hand(override.advocate)
    assert TierOverride.objects.filter(state="standing").count() == 1


def test_where_it_is_seen(
    tenant: Tenant, alice: Membership, client_for: Callable[[Membership], Client], clock: Clock
) -> None:
    """TIER-5.a: on the person's page and on the tiers', with until and why."""
    with tenant_scope(tenant):
        override = by_hand(EnrolledFactory(first_name="Jane", last_name="Roe"))
    client = client_for(alice)
    page = client.get(f"/t/acme/advocates/{override.advocate_id}/").content.decode()
    assert "set by hand until" in page
    assert "Set by hand" in page  # why the tier changed
    tiers = client.get("/t/acme/tiers/").content.decode()
    assert "Jane Roe" in tiers
    assert "Speaks for us" in tiers
    assert "Tiers set by hand" not in tiers  # no tab of its own
