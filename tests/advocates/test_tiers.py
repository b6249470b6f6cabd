"""Tiers as a person in the program sees them (TIER-1 to TIER-4, TIER-6, TIER-7)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from advocacy.events.models import Event
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.joining import enrolment
from advocates.models import Tier, TierChange, TierStanding
from advocates.program.catalogue.choices import TierCredit
from advocates.program.ledger import services as ledger
from advocates.program.tiers.services import recalculate_tiers
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
    versions,
    void,
)
from tests.factories.advocates import SYSTEM, EnrolledFactory, catalogued, did
from tests.support.policy import change_policy
from tests.support.time import Clock


@pytest.mark.parametrize(
    ("history", "tier"),
    [
        ([], "community"),
        (["testimonial"], "silver"),
        (["testimonial", "testimonial"], "gold"),
        (["testimonial"] * 3, "gold"),
        (["testimonial"] * 4, "gold"),
        (["testimonial"] * 3 + ["speaking"], "platinum"),
        (["review"] * 5, "community"),
        (["survey", "social_share", "referral", "logo_use"], "community"),
        (["advisory_board"], "silver"),
        (["reference_list"], "silver"),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, list) else value,
)
def test_the_highest_tier_whose_minimums_are_met(
    scope: Tenant, clock: Clock, history: list[str], tier: str
) -> None:
    """TIER-1: by number and high effort, of the types that count."""
    assert tier_of(EnrolledFactory(history=history)) == tier


def test_only_the_enrolled_hold_a_tier(scope: Tenant, clock: Clock) -> None:
    """TIER-1.c: pausing keeps the tier, leaving ends it."""
    ada = EnrolledFactory(history=GOLD)
    enrolment.pause_advocate(actor=SYSTEM, advocate=ada)
    clock.advance(days=1)
    nightly()
    assert tier_of(ada) == "gold"
    clock.advance(hours=1)
    enrolment.retire_advocate(actor=SYSTEM, advocate=ada, reason="Changed jobs")
    assert tier_of(ada) is None
    assert last_change(ada) == ("gold", None, "left")
    nightly()
    assert standing(ada).earned_tier is None


def test_a_referral_counts_once_it_is_qualified(scope: Tenant, clock: Clock) -> None:
    """TIER-1: "when qualified" is not when completed."""
    ada = EnrolledFactory()
    unit = complete(ada, "referral")
    assert tier_of(ada) == "community"
    ledger.grant_tier_credit(participation=unit)
    nightly()
    assert tier_of(ada) == "silver"


def test_completing_promotes_at_once(scope: Tenant, clock: Clock) -> None:
    """TIER-3, TIER-6.a, TIER-6.b: in the same transaction, with its history and its event."""
    ada = EnrolledFactory()
    assert last_change(ada) == (None, "community", "enrolled")
    clock.advance(hours=1)
    complete(ada, "testimonial")
    assert tier_of(ada) == "silver"
    assert last_change(ada) == ("community", "silver", "earned")
    event = Event.objects.filter(verb="tier.changed").order_by("-at", "-pk").first()
    assert event is not None
    assert event.payload["to"] == "silver"
    assert event.subjects.filter(subject_id=ada.pk).exists()


# --- seats ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        pytest.param(
            [
                ("case_study", 9, 1),
                ("speaking", 8, 1),
                ("testimonial", 7, 1),
                ("testimonial", 7, 1),
            ],
            [("case_study", 1, 900)] + [("testimonial", 1, 900)] * 4,
            id="more-high-effort",
        ),
        pytest.param(
            [("case_study", 9, 100)] + [("testimonial", 9, 10)] * 3,
            [("case_study", 1, 100)] + [("testimonial", 1, 9)] * 3,
            id="then-more-minutes",
        ),
        pytest.param(
            # A case study of unknown length is taken for 180 minutes, a testimonial for 22.
            [("case_study", 9, None)] + [("testimonial", 9, 22)] * 3,
            [("case_study", 1, 179)] + [("testimonial", 1, None)] * 3,
            id="unknown-minutes-are-the-midpoint",
        ),
        pytest.param(
            [("case_study", 9, 100)] + [("testimonial", 1, 10)] * 3,
            [("case_study", 2, 100)] + [("testimonial", 2, 10)] * 3,
            id="then-more-recent",
        ),
    ],
)
def test_the_order_of_new_entrants(
    scope: Tenant,
    clock: Clock,
    better: list[tuple[str, int, int | None]],
    worse: list[tuple[str, int, int | None]],
) -> None:
    """TIER-2.b: high effort, then minutes, then the last completion decide the last seat."""
    crowd(2)
    # The worse enrols first and has the smaller id: neither may decide.
    second = EnrolledFactory()
    first = EnrolledFactory()
    for advocate, history in ((first, better), (second, worse)):
        for code, days_ago, minutes in history:
            did(advocate, code, days_ago=days_ago, minutes=minutes)
    nightly()
    assert (tier_of(first), tier_of(second)) == ("platinum", "gold")


def test_ties_go_to_the_earlier_enrolment_then_to_the_id(scope: Tenant, clock: Clock) -> None:
    """TIER-2.b, TIER-2.c: the order is total, so that a second run changes nothing."""
    early = EnrolledFactory()
    clock.advance(seconds=1)
    late, later = EnrolledFactory(), EnrolledFactory()
    seats(50)  # 2 of 3
    for code in PLATINUM:
        for advocate in (later, late, early):
            did(advocate, code, days_ago=1)
    nightly()
    assert [tier_of(a) for a in (early, late, later)] == ["platinum", "platinum", "gold"]
    assert nightly() == 0


def test_who_finds_no_seat_takes_the_next_tier_and_waits(scope: Tenant, clock: Clock) -> None:
    """TIER-2.d, TIER-2.f: visibly; and the seat goes to who waits as soon as it is free."""
    crowd(3)
    holder = EnrolledFactory(history=PLATINUM)
    waiting = EnrolledFactory(history=[*PLATINUM, "speaking", "speaking"])
    assert tier_of(holder) == "platinum"
    row = standing(waiting)
    assert (row.tier.code, row.earned_tier.code, row.waiting_for.code) == (
        "gold",
        "platinum",
        "platinum",
    )
    clock.advance(days=1)
    enrolment.retire_advocate(actor=SYSTEM, advocate=holder, reason="Moved abroad")
    assert tier_of(waiting) == "platinum"
    assert last_change(waiting) == ("gold", "platinum", "seat")
    assert standing(waiting).waiting_for is None


def test_a_holder_is_never_displaced_by_a_better_one(scope: Tenant, clock: Clock) -> None:
    """TIER-2.a: who holds a seat keeps it while the minimums are met."""
    crowd(5)
    holder = EnrolledFactory(history=PLATINUM)
    better = EnrolledFactory(history=PLATINUM * 3)
    nightly()
    assert (tier_of(holder), tier_of(better)) == ("platinum", "gold")


def test_seats_are_a_share_of_the_enrolled_rounded_up(scope: Tenant, clock: Clock) -> None:
    """TIER-2: 5 % of 20 are one seat, of 21 two; joining can give the next seat away."""
    crowd(18)
    first, second = EnrolledFactory(history=PLATINUM), EnrolledFactory(history=PLATINUM)
    assert (tier_of(first), tier_of(second)) == ("platinum", "gold")
    crowd(1)
    assert tier_of(second) == "platinum"


def test_two_limited_tiers_pass_down_one_after_the_other(scope: Tenant, clock: Clock) -> None:
    """TIER-2.d, TIER-2.f: who finds no seat on platinum competes for gold, and waits for
    platinum.
    """
    seats(10)
    seats(10, "gold")
    first, second, third = (EnrolledFactory(history=PLATINUM) for _ in range(3))
    assert [tier_of(a) for a in (first, second, third)] == ["platinum", "gold", "silver"]
    for waiting in (second, third):
        row = standing(waiting)
        assert row.waiting_for.code == "platinum"
    enrolment.retire_advocate(actor=SYSTEM, advocate=first, reason="Left")
    assert [tier_of(a) for a in (second, third)] == ["platinum", "gold"]
    assert nightly() == 0


def test_fewer_seats_put_the_last_in_the_order_into_grace(scope: Tenant, clock: Clock) -> None:
    """TIER-2.e, TIER-4.a: the seat is kept in grace, then lost; more seats end the grace."""
    seats(100)
    best = EnrolledFactory(history=[*PLATINUM, "speaking"])
    last = EnrolledFactory(history=PLATINUM)
    assert {tier_of(best), tier_of(last)} == {"platinum"}
    seats(50)
    nightly()
    assert (standing(best).grace_until, standing(last).grace_until) == (None, date(2026, 5, 31))
    assert tier_of(last) == "platinum"

    seats(100)
    nightly()
    assert standing(last).grace_until is None

    seats(50)
    nightly()
    clock.advance(days=89)
    assert nightly() == 0
    clock.advance(days=1)
    assert nightly() == 1
    row = standing(last)
    assert (row.tier.code, row.waiting_for.code, row.grace_until) == ("gold", "platinum", None)
    assert nightly() == 0


def test_someone_else_completing_leaves_the_grace_of_too_many_alone(
    scope: Tenant, clock: Clock
) -> None:
    """TIER-2.e: only a full run can say who is the last; a promotion elsewhere says nothing."""
    seats(100)
    EnrolledFactory(history=[*PLATINUM, "speaking"])
    last = EnrolledFactory(history=PLATINUM)
    seats(50)
    nightly()
    before = standing(last).grace_until
    clock.advance(days=3)
    complete(last, "testimonial")
    assert standing(last).grace_until == before
    complete(EnrolledFactory(), "testimonial")
    assert standing(last).grace_until == before


# --- grace ---------------------------------------------------------------------------------------


def test_falling_short_starts_grace_with_the_seat_kept(scope: Tenant, clock: Clock) -> None:
    """TIER-4.a, TIER-4.b: 90 days from the day the completion dropped out; then the tier earned
    that day.
    """
    ada = EnrolledFactory()
    complete(ada, "testimonial")
    clock.advance(days=200)
    complete(ada, "testimonial")
    assert tier_of(ada) == "gold"
    clock.advance(days=164)
    assert nightly() == 0
    assert standing(ada).grace_until is None
    clock.advance(days=1)
    assert nightly() == 0
    fallen = date(2027, 3, 2)
    assert standing(ada).grace_until == fallen + timedelta(days=90)
    assert tier_of(ada) == "gold"
    clock.advance(days=89)
    assert nightly() == 0
    clock.advance(days=1)
    assert nightly() == 1
    assert last_change(ada) == ("gold", "silver", "shortfall")
    assert standing(ada).grace_until is None
    assert nightly() == 0


def test_the_tier_after_grace_is_the_one_earned_on_that_day(scope: Tenant, clock: Clock) -> None:
    """TIER-4.b: everything dropped out meanwhile, so it is the lowest, in one step."""
    ada = EnrolledFactory()
    complete(ada, "testimonial")
    clock.advance(days=30)
    complete(ada, "testimonial")
    clock.advance(days=335)
    nightly()
    assert standing(ada).grace_until is not None
    clock.advance(days=90)
    assert nightly() == 1
    assert last_change(ada) == ("gold", "community", "shortfall")


def test_recovering_ends_the_grace_at_once(scope: Tenant, clock: Clock) -> None:
    """TIER-4.a: one more completion and nothing has happened."""
    ada = EnrolledFactory(history=GOLD)
    clock.advance(days=364)
    nightly()
    assert standing(ada).grace_until is not None
    complete(ada, "testimonial")
    complete(ada, "testimonial")
    row = standing(ada)
    assert (row.tier.code, row.grace_until) == ("gold", None)


def test_grace_counts_from_the_day_even_when_nobody_calculated(scope: Tenant, clock: Clock) -> None:
    """TIER-4.a: the program was down for a month; the shortfall arose when it arose."""
    ada = EnrolledFactory()
    complete(ada, "testimonial")
    complete(ada, "testimonial")
    clock.advance(days=360)
    nightly()
    clock.advance(days=30)
    assert nightly() == 0
    assert standing(ada).grace_until == date(2027, 3, 2) + timedelta(days=90)
    clock.advance(days=200)
    assert nightly() == 1
    assert tier_of(ada) == "community"


def test_a_long_silence_cannot_skip_the_tier_of_today(scope: Tenant, clock: Clock) -> None:
    """TIER-4.b: when the grace is over before anybody looked, the earned tier is taken at once."""
    ada = EnrolledFactory(history=GOLD)
    clock.advance(days=500)
    assert nightly() == 1
    assert tier_of(ada) == "community"


def test_raised_minimums_give_the_full_grace_from_the_next_run(scope: Tenant, clock: Clock) -> None:
    """TIER-4.a: nobody's completion dropped out; the shortfall arose when the rule changed."""
    ada = EnrolledFactory(history=GOLD)
    clock.advance(days=100)
    nightly()
    Tier.objects.filter(code="gold").update(min_activities=3)
    nightly()
    assert standing(ada).grace_until == date(2026, 6, 10) + timedelta(days=90)


def test_the_missing_high_effort_activity_alone_is_a_shortfall(scope: Tenant, clock: Clock) -> None:
    """TIER-4.a, TIER-4.b: four activities are left, none of them high-effort; the seat is kept in
    grace.
    """
    ada = EnrolledFactory()
    complete(ada, "case_study")
    clock.advance(days=100)
    for _ in range(4):
        complete(ada, "testimonial")
    assert tier_of(ada) == "platinum"
    clock.advance(days=265)
    nightly()
    row = standing(ada)
    assert (row.tier.code, row.earned_tier.code) == ("platinum", "gold")
    assert row.grace_until == date(2027, 3, 2) + timedelta(days=90)
    waiting = EnrolledFactory(history=PLATINUM)
    assert standing(waiting).waiting_for.code == "platinum"
    clock.advance(days=90)
    nightly()
    assert (tier_of(ada), tier_of(waiting)) == ("gold", "platinum")
    assert last_change(waiting)[2] == "seat"


def test_the_tenant_sets_the_length_of_grace(scope: Tenant, clock: Clock) -> None:
    """TIER-4: none at all, if so wished."""
    ada = EnrolledFactory(history=["testimonial"])
    change_policy(grace_days=0)
    clock.advance(days=364)
    assert nightly() == 1
    assert tier_of(ada) == "community"


# --- voiding -------------------------------------------------------------------------------------


def test_voiding_demotes_at_once(scope: Tenant, clock: Clock) -> None:
    """TIER-7.b: it was never earned, so there is no grace."""
    ada = EnrolledFactory(history=["testimonial"])
    unit = complete(ada, "testimonial")
    assert tier_of(ada) == "gold"
    clock.advance(hours=1)
    void(unit)
    assert last_change(ada) == ("gold", "silver", "voided")
    assert standing(ada).grace_until is None
    assert nightly() == 0


def test_voiding_frees_the_seat_for_who_waits(scope: Tenant, clock: Clock) -> None:
    """TIER-7.b, TIER-2.d: in the same transaction."""
    crowd(3)
    ada = EnrolledFactory(history=PLATINUM[1:])
    unit = complete(ada, "case_study")
    waiting = EnrolledFactory(history=PLATINUM)
    assert (tier_of(ada), tier_of(waiting)) == ("platinum", "gold")
    void(unit)
    assert (tier_of(ada), tier_of(waiting)) == ("gold", "platinum")


def test_voiding_leaves_the_grace_that_others_earned(scope: Tenant, clock: Clock) -> None:
    """TIER-7.b: gold was truly earned and fell short; a third, wrong completion changes nothing."""
    ada = EnrolledFactory()
    complete(ada, "testimonial")
    complete(ada, "testimonial")
    clock.advance(days=300)
    unit = complete(ada, "testimonial")
    clock.advance(days=65)
    nightly()
    assert standing(ada).grace_until == date(2027, 3, 2) + timedelta(days=90)
    void(unit)
    row = standing(ada)
    assert (row.tier.code, row.grace_until) == ("gold", date(2027, 3, 2) + timedelta(days=90))


# --- the set -------------------------------------------------------------------------------------


def test_a_second_run_writes_nothing(scope: Tenant, clock: Clock) -> None:
    """TIER-7.a, TIER-2.c: not one row of a standing moves, not even to the same values."""
    seats(10)
    for history in ([], ["testimonial"], GOLD, PLATINUM, PLATINUM, [*PLATINUM, "speaking"]):
        EnrolledFactory(history=history)
    clock.advance(days=364)
    nightly()
    before, changes = versions(), TierChange.objects.count()
    assert before
    nightly()
    clock.advance(hours=3)
    nightly()
    assert versions() == before
    assert TierChange.objects.count() == changes


def test_a_run_says_what_it_changed(scope: Tenant, clock: Clock) -> None:
    """TIER-6.a: by which run; and people whose rows are missing get them."""
    ada = EnrolledFactory()
    did(ada, "testimonial")
    TierStanding.objects.filter(advocate=EnrolledFactory()).delete()
    run = recalculate_tiers(reason="tiers edited")
    assert run.changed == 2
    assert set(run.changes.values_list("why", flat=True)) == {"earned", "enrolled"}


def test_another_tenants_people_are_left_alone(
    scope: Tenant, other_tenant: Tenant, clock: Clock
) -> None:
    """TIER-7.a, TEN-1.a: a run looks at one tenant."""
    with tenant_scope(other_tenant):
        stranger = EnrolledFactory()
        did(stranger, "testimonial")
    EnrolledFactory()
    nightly()
    with tenant_scope(other_tenant):
        assert tier_of(stranger) == "community"


@pytest.mark.parametrize(
    ("zone", "today"),
    [
        # Clocks go forward or back in the night before, of or after these days.
        ("Europe/Berlin", date(2026, 3, 29)),
        ("Europe/Berlin", date(2026, 10, 25)),
        ("Europe/Berlin", date(2027, 3, 28)),
        ("America/Sao_Paulo", date(2018, 11, 4)),  # midnight itself was skipped
        ("America/Sao_Paulo", date(2019, 2, 17)),
        ("America/Sao_Paulo", date(2019, 11, 3)),  # 364 days before: midnight was skipped
        ("Pacific/Auckland", date(2026, 4, 5)),
        ("Pacific/Auckland", date(2026, 9, 27)),
        ("Pacific/Auckland", date(2027, 9, 26)),
    ],
    ids=str,
)
def test_the_year_is_right_when_the_clocks_change(
    scope: Tenant, clock: Clock, zone: str, today: date
) -> None:
    """TIER-7.a: a completion counts from local midnight to local midnight, 365 dates."""
    Tenant.objects.filter(pk=scope.pk).update(time_zone=zone)
    here = ZoneInfo(zone)
    for moment in (
        datetime.combine(today, datetime.min.time(), here),
        datetime.combine(today, datetime.min.time(), here) + timedelta(hours=12),
        datetime.combine(today, datetime.max.time(), here),
    ):
        first = today - timedelta(days=364)
        start = datetime.combine(first, datetime.min.time(), here).astimezone(UTC)
        clock.set(start + timedelta(minutes=1))
        inside, outside = EnrolledFactory(), EnrolledFactory()
        complete(inside, "testimonial", days_ago=60 / 86400)
        complete(outside, "testimonial", days_ago=61 / 86400)
        clock.set(moment)
        nightly()
        assert standing(inside).grace_until is None, moment
        assert standing(outside).grace_until is not None, moment
        clock.set(moment + timedelta(days=1))
        nightly()
        assert standing(inside).grace_until == today + timedelta(days=1 + 90), moment
        TierStanding.objects.all().delete()
        enrolment.retire_advocate(actor=SYSTEM, advocate=inside, reason="x")
        enrolment.retire_advocate(actor=SYSTEM, advocate=outside, reason="x")


def test_a_tier_credit_of_the_catalogue_can_be_changed_for_the_future(
    scope: Tenant, clock: Clock
) -> None:
    """TIER-1: editing the catalogue never rewrites what was done."""
    ada = EnrolledFactory(history=["testimonial"])
    catalogued("testimonial", tier_credit=TierCredit.NO)
    complete(ada, "testimonial")
    nightly()
    assert tier_of(ada) == "silver"
