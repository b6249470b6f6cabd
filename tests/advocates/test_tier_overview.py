"""The page of all tiers, a profile's history, and the nightly run (TIER-3, TIER-6, TIER-8)."""

import re
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from advocacy.messaging.models import OutgoingMail
from advocacy.tenancy import sweeps
from advocacy.tenancy.models import Membership, Tenant
from advocates.joining import enrolment
from advocates.models import TierRun
from advocates.program.tiers.selectors import standing_of, tier_history, tier_overview
from tests.advocates.tiers import GOLD, PLATINUM, complete, crowd, nightly, seats
from tests.factories.advocates import SYSTEM, AdvocateFactory, EnrolledFactory, did
from tests.support.policy import change_policy
from tests.support.time import Clock


def test_counts_without_judging_while_small(scope: Tenant, clock: Clock) -> None:
    """TIER-8.b, TIER-2.d: below 100 enrolled a share says nothing."""
    crowd(2)
    EnrolledFactory(history=GOLD)
    EnrolledFactory(history=PLATINUM)
    EnrolledFactory(history=PLATINUM)
    overview = tier_overview()
    assert (overview.enrolled, overview.judged) == (5, False)
    assert [
        (row.tier.code, row.people, str(row.share), row.seats, row.free, row.waiting, row.verdict)
        for row in overview.tiers
    ] == [
        ("platinum", 1, "20.0", 1, 0, 1, ""),
        ("gold", 2, "40.0", None, None, 0, ""),
        ("silver", 0, "0.0", None, None, 0, ""),
        ("community", 2, "40.0", None, None, 0, ""),
    ]
    assert [row.waiting_for.code for row in overview.waiting if row.waiting_for] == ["platinum"]


def test_the_share_is_judged_against_the_guide(scope: Tenant, clock: Clock) -> None:
    """TIER-8.a: too many platinum, and exclusivity is lost."""
    change_policy(judged_from=10)
    seats(100)
    crowd(4)
    for history in ([PLATINUM] * 2, [GOLD] * 2, [["testimonial"]] * 2):
        for each in history:
            EnrolledFactory(history=each)
    verdicts = {row.tier.code: row.verdict for row in tier_overview().tiers}
    assert "exclusive" in verdicts["platinum"]
    assert verdicts["gold"] == "Within the guide."
    assert verdicts["silver"].startswith("Fewer")
    assert verdicts["community"] == ""


def test_an_empty_program_has_a_page_too(scope: Tenant, clock: Clock) -> None:
    """TIER-8.a: nobody enrolled, nothing divided by zero."""
    assert tier_overview().tiers == []
    seats(5)
    overview = tier_overview()
    assert (overview.enrolled, [row.seats for row in overview.tiers]) == (0, [0, None, None, None])


def test_who_drifts_out_in_the_next_90_days(scope: Tenant, clock: Clock) -> None:
    """TIER-8.c, TIER-4.d: with the day, in time to offer a fitting activity; then in grace."""
    soon, later, spare = EnrolledFactory(), EnrolledFactory(), EnrolledFactory()
    did(soon, "testimonial", days_ago=300)
    did(soon, "testimonial", days_ago=10)
    did(later, "testimonial", days_ago=200)
    for days_ago in (340, 20, 10):
        did(spare, "testimonial", days_ago=days_ago)
    nightly()
    overview = tier_overview()
    falls_on = date(2026, 3, 2) + timedelta(days=65)
    assert [(drift.standing.advocate, drift.falls_on) for drift in overview.drifting] == [
        (soon, falls_on),
        # A third activity drops out on the 27th, but gold needs only two.
    ]
    assert overview.drifting_count == 1

    clock.advance(days=64)
    nightly()
    assert not tier_overview().in_grace
    clock.advance(days=1)
    nightly()
    overview = tier_overview()
    assert [(row.advocate, row.grace_until) for row in overview.in_grace] == [
        (soon, falls_on + timedelta(days=90))
    ]
    assert soon not in [drift.standing.advocate for drift in overview.drifting]
    assert {row.tier.code: row.in_grace for row in overview.tiers}["gold"] == 1


def test_the_only_high_effort_activity_drifts_out_first(scope: Tenant, clock: Clock) -> None:
    """TIER-8.c: platinum needs one; the others are fresh."""
    ada = EnrolledFactory()
    did(ada, "case_study", days_ago=330)
    for _ in range(4):
        complete(ada, "testimonial")
    assert [drift.falls_on for drift in tier_overview().drifting] == [
        date(2026, 3, 2) + timedelta(days=35)
    ]


def test_the_profile_shows_the_history(
    scope: Tenant, clock: Clock, alice: Membership, django_assert_num_queries: Any
) -> None:
    """TIER-6.a: from, to, why, when, by which run; newest first."""
    assert standing_of(AdvocateFactory()) is None
    ada = EnrolledFactory()
    clock.advance(days=1)
    did(ada, "testimonial")
    nightly()
    clock.advance(days=1)
    enrolment.retire_advocate(actor=SYSTEM, advocate=ada, reason="Left the company")
    with django_assert_num_queries(1):
        rows = [
            (
                row.from_tier.code if row.from_tier else None,
                row.to_tier.code if row.to_tier else None,
                row.why,
                row.run.reason if row.run else None,
            )
            for row in tier_history(ada)
        ]
    assert rows == [
        ("silver", None, "left", None),
        ("community", "silver", "earned", "nightly"),
        (None, "community", "enrolled", None),
    ]
    standing = standing_of(ada)
    assert standing is not None
    assert standing.tier is None


def test_everyone_is_recalculated_every_night(scope: Tenant, clock: Clock) -> None:
    """TIER-3.b: once, however many beats there are."""
    ada = EnrolledFactory()
    did(ada, "testimonial")
    for _ in range(2):
        assert sweeps.run_sweep("tiers", scope.pk) == 0
    assert TierRun.objects.get().changed == 1
    standing = standing_of(ada)
    assert standing is not None
    assert standing.tier is not None
    assert standing.tier.code == "silver"


def test_the_pages_name_who_waits_who_is_in_grace_and_what_changed(
    scope: Tenant, clock: Clock, alice: Membership, client_for: Any
) -> None:
    """TIER-2.d, TIER-4.d, TIER-6.a, TIER-8.b, TIER-8.c: as the program manager reads it."""
    crowd(2)
    EnrolledFactory(last_name="Holder", history=PLATINUM)
    waits = EnrolledFactory(last_name="Waiter", history=PLATINUM)
    falls = EnrolledFactory(last_name="Faller")
    did(falls, "testimonial", days_ago=364)
    nightly()
    leaves = EnrolledFactory(last_name="Leaver")
    did(leaves, "testimonial", days_ago=300)
    nightly()
    clock.advance(days=2)
    nightly()
    client = client_for(alice)
    page = client.get("/t/acme/tiers/").text
    _shares, drifting, grace, waiting = re.split("Drifting out|In grace:|Who waits", page)
    assert waits.name in waiting
    assert "for Platinum" in waiting
    assert falls.name in grace
    assert "Mon 1 Jun" in grace
    assert leaves.name in drifting
    assert "What it means" not in page
    history = client.get(f"/t/acme/advocates/{waits.pk}/").text.split("Tiers so far")[1]
    assert "Gold" in history
    assert "Joined the program" in history


def test_nobody_is_told_of_a_demotion(scope: Tenant, clock: Clock) -> None:
    """TIER-4.c: neither when grace begins nor when it ends."""
    ada = EnrolledFactory(history=GOLD)
    for days in (364, 90):
        clock.advance(days=days)
        nightly()
    standing = standing_of(ada)
    assert standing is not None and standing.tier is not None
    assert standing.tier.code == "community"
    assert not OutgoingMail.objects.exists()


def test_everybody_takes_as_many_statements_as_a_few(scope: Tenant, clock: Clock) -> None:
    """TIER-3.b, TIER-7.a: one statement works out all standings, however many there are."""
    counts = []
    for _turn in range(2):
        for _each in range(5):
            did(EnrolledFactory(), "testimonial")
        with CaptureQueriesContext(connection) as queries:
            assert nightly() == 5
        counts.append(
            sum("INSERT INTO advocates_tierstanding" in query["sql"] for query in queries)
        )
        counts.append(len(queries))
    assert counts[0] == 1
    assert counts[:2] == counts[2:]
