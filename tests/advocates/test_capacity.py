"""Each rule of the guard by itself: what it refuses, what it says, and until when."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from advocacy.tenancy.models import Tenant
from advocates.models import Advocate, Capacity, Participation, ProgramPolicy
from advocates.program import services as program
from advocates.program.ledger import services as ledger
from advocates.program.ledger.capacity import advocate_capacity, guard_status
from advocates.program.ledger.services import CapacityRefused
from advocates.program.settings import CAPACITY
from tests.factories.advocates import (
    EnrolledFactory,
    catalogued,
    did,
    open_wide,
)
from tests.support.policy import change_policy
from tests.support.time import Clock

TODAY = date(2026, 3, 2)


def ask(advocate: Advocate, code: str = "beta_test", detail: str = "") -> Participation:
    return ledger.take_unit(advocate=advocate, activity_type=catalogued(code), detail=detail)


def refusal(advocate: Advocate, code: str = "beta_test", detail: str = "") -> CapacityRefused:
    with pytest.raises(CapacityRefused) as caught:
        ask(advocate, code, detail)
    return caught.value


def test_the_seventh_unit_of_a_year_is_refused(scope: Tenant, clock: Clock) -> None:
    """CAP-1.a: open and completed ones together; the day the oldest drops out is named."""
    open_wide()
    catalogued("beta_test", at_once=None)
    ada = EnrolledFactory(first_name="Ada", last_name="Lovelace")
    first = ask(ada)
    ledger.complete_unit(participation=first, at=clock.now)
    for _ in range(5):
        ask(ada)
    refused = refusal(ada)
    assert refused.code == "capacity_yearly"
    assert refused.until == date(2027, 3, 2)
    assert "Ada Lovelace" in refused.message
    assert "6 of 6" in refused.message
    assert "2027" in refused.message
    clock.set(clock.now.replace(year=2027))
    ask(ada)


@pytest.mark.parametrize(
    "reason", ["declined", "expired", "later", "someone_else", "filled", "cancelled"]
)
def test_what_comes_to_nothing_gives_the_unit_back(
    scope: Tenant, clock: Clock, reason: str
) -> None:
    """CAP-1.b: decline, expiry and cancellation return it."""
    open_wide()
    ada = EnrolledFactory(cap=1)
    unit = ask(ada)
    assert refusal(ada).code == "capacity_yearly"
    ledger.release_unit(participation=unit, reason=reason)
    ask(ada)


def test_volunteering_takes_nothing_and_is_never_refused(scope: Tenant, clock: Clock) -> None:
    """CAP-1: what is offered is no ask."""
    ada = EnrolledFactory(cap=0)
    unit = ledger.plan_volunteered(advocate=ada, activity_type=catalogued("speaking"))
    assert (unit.units, unit.state) == (0, "open")
    assert refusal(ada, "testimonial").code == "capacity_yearly"


def test_an_ask_for_what_takes_no_units_is_not_held_by_the_cap(scope: Tenant, clock: Clock) -> None:
    """CAP-1: units 0 of section 5."""
    open_wide()
    assert ask(EnrolledFactory(cap=0), "survey").units == 0


def test_limits_of_the_type(scope: Tenant, clock: Clock) -> None:
    """CAP-2.a: a number a year, once per topic, some at a time, days between two."""
    open_wide()
    ada = EnrolledFactory(cap=50)
    for topic in ("security", "support"):
        did(ada, "testimonial", days_ago=100, detail=topic)
    refused = refusal(ada, "testimonial", "security")
    assert (refused.code, refused.until) == ("capacity_type_detail", date(2026, 11, 22))
    unit = ask(ada, "testimonial", "speed")
    refused = refusal(ada, "testimonial", "price")
    assert (refused.code, refused.until) == ("capacity_type_year", date(2026, 11, 22))
    ledger.release_unit(participation=unit, reason="declined")
    ask(ada, "testimonial", "price")

    ask(ada)
    ask(ada)
    assert refusal(ada).code == "capacity_type_at_once"

    catalogued("survey", gap_days=30)
    did(ada, "survey", days_ago=10)
    refused = refusal(ada, "survey")
    assert (refused.code, refused.until) == ("capacity_type_gap", date(2026, 3, 22))


def test_the_stated_frequency_covers_both_kinds_of_reference_calls(
    scope: Tenant, clock: Clock
) -> None:
    """CAP-2.a, ADV-2.b: 91 days after one of either type, an open one included."""
    open_wide()
    ada = EnrolledFactory()
    unit = ask(ada, "reference_call")
    refused = refusal(ada, "executive_reference_call")
    assert (refused.code, refused.until) == ("capacity_reference_gap", date(2026, 6, 1))
    ledger.complete_unit(participation=unit, at=clock.now)
    clock.advance(days=91, seconds=-1)
    assert refusal(ada, "reference_call").code == "capacity_reference_gap"
    clock.advance(seconds=1)
    ask(ada, "reference_call")


def test_recovery_after_a_high_effort_activity(scope: Tenant, clock: Clock) -> None:
    """CAP-3.a: 14 days nothing, 45 days only what is low effort."""
    open_wide()
    ProgramPolicy.objects.update(recovery_mode="block")
    ada = EnrolledFactory(history=["case_study"])
    refused = refusal(ada, "survey")
    assert (refused.code, refused.until) == ("capacity_recovery", date(2026, 3, 15))
    assert refusal(ada).until == date(2026, 4, 15)
    clock.advance(days=13)
    ask(ada, "survey")
    assert refusal(ada).code == "capacity_recovery"
    clock.advance(days=31)
    ask(ada)


def test_pacing(scope: Tenant, clock: Clock) -> None:
    """CAP-7.a: 21 days between asks, two in 90 days, twelve a year, whatever the answers."""
    ada = EnrolledFactory(cap=50)
    kind = "survey"
    catalogued(kind, per_year=None)
    ledger.release_unit(participation=ask(ada, kind), reason="later")
    refused = refusal(ada, kind)
    assert (refused.code, refused.until) == ("capacity_pacing", date(2026, 3, 23))
    clock.advance(days=21)
    ledger.release_unit(participation=ask(ada, kind), reason="later")
    clock.advance(days=21)
    refused = refusal(ada, kind)
    assert (refused.code, refused.until) == ("capacity_pacing", date(2026, 5, 31))
    clock.advance(days=48)
    ledger.release_unit(participation=ask(ada, kind), reason="later")

    ProgramPolicy.objects.update(asks_per_90_days=99, days_between_asks=0)
    for _ in range(9):
        ledger.release_unit(participation=ask(ada, kind), reason="later")
    refused = refusal(ada, kind)
    assert (refused.code, refused.until) == ("capacity_pacing", date(2027, 3, 2))


def test_cooling_down_after_two_misses_in_a_row(scope: Tenant, clock: Clock) -> None:
    """CAP-7.c: 60 days after two declined or expired; one answered in between starts anew."""
    ada = EnrolledFactory()
    ProgramPolicy.objects.update(asks_per_90_days=99, days_between_asks=0)
    for reason in ("declined", "later", "expired"):
        ledger.release_unit(participation=ask(ada, "survey"), reason=reason)
        clock.advance(days=1)
    ledger.release_unit(participation=ask(ada, "survey"), reason="declined")
    refused = refusal(ada, "survey")
    assert (refused.code, refused.until) == ("capacity_cooling", date(2026, 5, 4))
    clock.advance(days=60)
    ask(ada, "survey")


def test_the_whole_company_is_paced(scope: Tenant, clock: Clock) -> None:
    """CAP-7.d: 3 open at a time and 12 units a year over all its people."""
    people = [EnrolledFactory()]
    people += [EnrolledFactory(account=people[0].account) for _ in range(14)]
    units = [ask(person, "testimonial") for person in people[:3]]
    refused = refusal(people[3], "survey")
    assert refused.code == "capacity_account"
    for unit in units:
        ledger.complete_unit(participation=unit, at=clock.now)
    for person in people[3:12]:
        ledger.complete_unit(participation=ask(person, "testimonial"), at=clock.now)
    assert refusal(people[12], "testimonial").code == "capacity_account"
    ask(people[12], "survey")
    ask(EnrolledFactory(), "testimonial")


def test_what_was_asked_of_somebody_is_counted_whatever_it_took(
    scope: Tenant, clock: Clock
) -> None:
    """CAP-7.b: six a year of any type, those of no unit included, open and completed; a tenant may
    leave the latter out.
    """
    ada = EnrolledFactory(cap=50)
    ProgramPolicy.objects.update(
        asks_per_90_days=99, asks_per_year=99, days_between_asks=0, account_open=99
    )
    catalogued("survey", per_year=None)
    ledger.plan_volunteered(advocate=ada, activity_type=catalogued("survey"))
    ledger.release_unit(participation=ask(ada, "survey"), reason="later")
    for _ in range(3):
        ledger.complete_unit(participation=ask(ada, "survey"), at=clock.now)
    for detail in ("speed", "support", "price"):
        did(ada, "testimonial", detail=detail)
        unit = ask(ada, "survey")
    refused = refusal(ada, "social_share")
    assert (refused.code, refused.until) == ("capacity_asked", date(2027, 3, 2))
    assert "6 of 6" in refused.message
    change_policy(counts_free_types=False)
    ask(ada, "social_share")
    ledger.complete_unit(participation=unit, at=clock.now)
    change_policy(asked_per_year=1)
    ledger.complete_unit(participation=ask(ada, "short_reference_call"), at=clock.now)
    assert refusal(ada, "beta_test").code == "capacity_asked"
    ask(ada, "product_feedback")
    change_policy(asked_per_year=2)
    ask(ada, "beta_test")


#: Rule → its mode, what somebody has done, and what is asked of them then.
MODES = {
    "capacity_type_year": ("limits_mode", "video_testimonial", "video_testimonial"),
    "capacity_reference_gap": ("frequency_mode", "reference_call", "short_reference_call"),
    "capacity_recovery": ("recovery_mode", "case_study", "beta_test"),
    "capacity_account": ("pacing_mode", "testimonial", "survey"),
    "variety": ("variety_mode", "", "survey"),
    "ladder": ("ladder_mode", "testimonial", "speaking"),
}


@pytest.mark.parametrize("rule", MODES)
def test_every_guardrail_blocks_or_warns(scope: Tenant, clock: Clock, rule: str) -> None:
    """CAP-5.a, CAP-2.a, CAP-3.b, CAP-4.a: the guard in the database keeps what blocks and lets
    pass what warns; the yearly cap has no mode.
    """
    mode, before, code = MODES[rule]
    ada = EnrolledFactory()
    if before:
        did(ada, before, days_ago=1)
    change_policy(
        **{**dict.fromkeys((m for m, _before, _code in MODES.values()), "warn"), mode: "block"},
        account_open=0 if mode == "pacing_mode" else 3,
        days_between_asks=0,
    )
    if rule == "variety":
        ledger.release_unit(participation=ask(ada, code), reason="later")
    assert refusal(ada, code).code == rule
    change_policy(**{mode: "warn"})
    status = guard_status(activity_type=catalogued(code), advocate_ids=[ada.pk])[ada.pk]
    assert rule in {reason.code for reason in status.warnings}
    unit = ledger.take_unit(
        advocate=ada, activity_type=catalogued(code), override_reason="She offered it."
    )
    assert unit.reload().override_reason == "She offered it."
    with pytest.raises(IntegrityError), transaction.atomic():
        Participation.objects.filter(pk=unit.pk).update(override_reason="No, she did not.")


def test_what_blocks_and_what_warns_at_first(scope: Tenant) -> None:
    """CAP-5.a: CAP-1, CAP-2, CAP-3's recovery and CAP-7 block, the others warn."""
    values = CAPACITY.load()
    assert {name: mode for name, mode in values.items() if name.endswith("_mode")} == {
        "limits_mode": "block",
        "frequency_mode": "block",
        "recovery_mode": "block",
        "pacing_mode": "block",
        "variety_mode": "warn",
        "ladder_mode": "warn",
    }
    assert CAPACITY.settings["yearly_cap"].blocks == ""


def test_a_rule_set_to_warn_warns(scope: Tenant, clock: Clock) -> None:
    """CAP-5: pacing and recovery can be made warnings; the cap cannot."""
    ada = EnrolledFactory(history=["case_study"])
    change_policy(pacing_mode="warn", recovery_mode="warn")
    ask(ada, "survey")
    status = guard_status(activity_type=catalogued("beta_test"), advocate_ids=[ada.pk])[ada.pk]
    assert status.may
    assert [reason.code for reason in status.warnings] == ["capacity_recovery", "capacity_pacing"]


def test_a_second_case_study_within_two_years_is_a_warning(scope: Tenant, clock: Clock) -> None:
    """CAP-2.a, CAP-5: section 5, "warn under 24 months"."""
    open_wide()
    ada = EnrolledFactory()
    did(ada, "case_study", days_ago=500)
    status = guard_status(activity_type=catalogued("case_study"), advocate_ids=[ada.pk])[ada.pk]
    assert status.may
    assert [(reason.code, reason.until) for reason in status.warnings] == [
        ("type_warn_gap", date(2026, 10, 18))
    ]


def test_facts_may_exceed_and_block_further_asks(scope: Tenant, clock: Clock) -> None:
    """CAP-1.f, CAP-8.a: recording is never refused; it is shown as over and blocks."""
    open_wide()
    ada = EnrolledFactory(cap=2)
    for days_ago in range(1, 5):
        did(ada, "reference_call", days_ago=days_ago)
    status = guard_status(activity_type=catalogued("testimonial"), advocate_ids=[ada.pk])[ada.pk]
    assert (status.used, status.allowance, status.over, status.left) == (4, 2, 2, 0)
    assert refusal(ada, "testimonial").code == "capacity_yearly"


def test_a_lowered_cap_shows_as_over(scope: Tenant, clock: Clock) -> None:
    """CAP-1.f: there is no override except the policy, and lowering it takes nothing back."""
    open_wide()
    catalogued("beta_test", at_once=None)
    ada = EnrolledFactory()
    units = [ask(ada) for _ in range(4)]
    change_policy(yearly_cap=3)
    status = guard_status(activity_type=catalogued("beta_test"), advocate_ids=[ada.pk])[ada.pk]
    assert (status.over, status.may) == (1, False)
    ledger.complete_unit(participation=units[0], at=clock.now)  # what was agreed still happens
    change_policy(yearly_cap=5)
    ask(ada)


def test_somebody_without_an_allowance_is_not_asked(scope: Tenant, clock: Clock) -> None:
    """CAP-1.d: no row to take from."""
    ada = EnrolledFactory()
    Capacity.objects.filter(advocate=ada).delete()
    assert refusal(ada).code == "capacity_row"
    assert advocate_capacity(ada) is None


def test_the_profile_says_where_the_year_stands(scope: Tenant, clock: Clock) -> None:
    """CAP-1, CAP-2: in one sentence."""
    open_wide()
    ada = EnrolledFactory()
    capacity = advocate_capacity(ada)
    assert capacity is not None
    assert capacity.sentence == "0 of 6 used; a reference call is possible now."
    did(ada, "reference_call")
    ask(ada, "testimonial")
    capacity = advocate_capacity(ada)
    assert capacity is not None
    assert (capacity.used, capacity.left, capacity.open_now) == (2, 4, 1)
    assert capacity.next_reference_on == date(2026, 6, 1)
    assert "2 of 6 used" in capacity.sentence


def test_one_statement_for_any_number(
    scope: Tenant, clock: Clock, django_assert_num_queries: Any
) -> None:
    """CAP-1: predicting for everyone costs no more statements than for one."""
    people = [EnrolledFactory() for _ in range(4)]
    kind = catalogued("testimonial")
    with django_assert_num_queries(1):
        assert len(guard_status(activity_type=kind)) == 4
    with django_assert_num_queries(1):
        found = guard_status(activity_type=kind, advocate_ids=[people[0].pk])
    assert set(found) == {people[0].pk}
    assert guard_status(activity_type=kind, advocate_ids=[]) == {}


def test_no_distance_is_no_rule(scope: Tenant) -> None:
    """CAP-2, CAP-7: with the machine's own time, where a row may be newer than its transaction."""
    program.set_up_program()
    change_policy(
        days_between_asks=0,
        asks_per_90_days=99,
        recovery_days=0,
        recovery_low_days=0,
        cooling_days=0,
    )
    catalogued("survey", gap_days=0)
    ada = EnrolledFactory()
    for _ in range(3):
        ledger.release_unit(participation=ask(ada, "survey"), reason="declined")
    did(ada, "case_study")
    assert guard_status(activity_type=catalogued("survey"))[ada.pk].may
    ask(ada, "survey")
