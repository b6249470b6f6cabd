"""Strength of a relationship and a candidate's score (REL-1, IDN-1)."""

import random
from datetime import date, timedelta
from typing import Any, ClassVar

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from advocacy import clock as product_clock
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Tenant
from advocacy.tenant_settings.families import family_of
from advocacy.tenant_settings.services import change_settings
from advocates.accounts.services import update_account
from advocates.candidates.private import private_fit
from advocates.candidates.resource import DISMISSALS
from advocates.candidates.services import dismiss_candidate
from advocates.models import ActivityType, Advocate, AdvocateScore, Dismissal, TierStanding
from advocates.people.services import update_advocate
from advocates.program.tiers.services import recalculate_tiers
from advocates.scoring.parts import missing, score_parts
from advocates.scoring.services import evaluate_nightly, evaluate_scores, parameters
from advocates.scoring.statement import SCORE, STRENGTH
from advocates.signals.services import record_signal
from advocates.touches.resource import TOUCHES
from advocates.touches.services import record_touch
from reporting.queue import everything, rows_of
from tests.advocates import scorer
from tests.factories.advocates import (
    SYSTEM,
    AccountFactory,
    AdvocateFactory,
    EnrolledFactory,
    OutcomeFactory,
    ParticipationFactory,
    PreferenceFactory,
    set_up,
    today,
)
from tests.factories.requests import AskFactory
from tests.factories.signals import SignalFactory
from tests.factories.tenancy import MembershipFactory
from tests.factories.touches import CandidateFactory, DismissalFactory, TouchFactory
from tests.kit.resource import ResourceCase
from tests.support.rest import api_for
from tests.support.time import Clock

WORKED_OUT = ("strength", *STRENGTH, "asks_since", "last_check_in", "one_sided", "score", *SCORE,
              "incomplete")  # fmt: skip


def known(person: Advocate) -> AdvocateScore:
    evaluate_scores(advocate_ids=[person.pk])
    return AdvocateScore.objects.get(advocate=person)


def perhaps(dice: random.Random, value: Any) -> Any:
    return value if dice.random() < 0.7 else None


def a_person(dice: random.Random, day: date) -> tuple[Advocate, scorer.Facts]:
    """Somebody random in the database, and the same as plain facts."""

    def ago(most: int = 500) -> date:
        return day - timedelta(days=dice.randrange(most))

    facts = scorer.Facts(
        today=day,
        health=perhaps(dice, dice.randrange(101)),
        own_nps=perhaps(dice, (dice.randrange(11), ago())),
        account_nps=perhaps(dice, (dice.randrange(11), ago())),
        customer_since=perhaps(dice, ago(900)),
        has_outcome=dice.random() < 0.4,
        adoption=perhaps(dice, dice.randrange(101)),
        industry=dice.choice(["", "Software", "Retail"]),
        segment=dice.choice(["", "enterprise", "smb"]),
        region=dice.choice(["", "emea", "amer"]),
        communication=perhaps(dice, dice.randrange(1, 6)),
        presentation=perhaps(dice, dice.randrange(1, 6)),
        comforts=dice.sample(["private_call", "logo", "public_stage"], dice.randrange(3)),
        touches=[
            (dice.choice(["check_in", "feedback", "executive", "note"]), ago(), dice.random() < 0.3)
            for _each in range(dice.randrange(6))
        ],
        answers=[
            (perhaps(dice, dice.randrange(24 * 20)), dice.random() < 0.5)
            for _each in range(dice.randrange(4))
        ],
        unasked_on=[ago() for _each in range(dice.randrange(4))],
    )
    own, theirs = facts.own_nps or (None, None), facts.account_nps or (None, None)
    account = AccountFactory(
        health=facts.health, nps=theirs[0], nps_on=theirs[1], adoption=facts.adoption,
        customer_since=facts.customer_since, industry=facts.industry, segment=facts.segment,
        region=facts.region,
    )  # fmt: skip
    person = AdvocateFactory(
        account=account, nps=own[0], nps_on=own[1], communication_skill=facts.communication,
        presentation_skill=facts.presentation,
    )  # fmt: skip
    PreferenceFactory(advocate=person, comforts=facts.comforts)
    if facts.has_outcome:
        OutcomeFactory(advocate=person)
    for kind, on, about_ask in facts.touches:
        TouchFactory(advocate=person, kind=kind, happened_on=on, about_ask=about_ask)
    for on in facts.unasked_on:
        SignalFactory(advocate=person, seen_on=on)
    for hours, accepted in facts.answers:
        sent = product_clock.now() - timedelta(days=30)
        AskFactory(
            advocate=person,
            participation=ParticipationFactory(
                advocate=person, origin="outside", units=0, completed=True
            ),
            sent_at=sent,
            answered_at=None if hours is None else sent + timedelta(hours=hours, minutes=20),
            state="expired" if hours is None else "accepted" if accepted else "declined",
        )
    facts.answers = [(hours, accepted and hours is not None) for hours, accepted in facts.answers]
    return person, facts


def seek(numbers: dict[str, Any]) -> None:
    """The ideal customer of these tests."""
    actor = Actor.member(MembershipFactory(role="admin"))
    family = family_of("recruiting")
    assert family
    change_settings(actor=actor, family=family, values=numbers)


@pytest.mark.parametrize("seed", range(3))
def test_the_statement_says_what_the_scorer_says(scope: Tenant, clock: Clock, seed: int) -> None:
    """IDN-1.b, IDN-1.c, REL-1.a: every part of random people, with and without a profile."""
    dice = random.Random(seed)
    if seed:
        seek({"profile_industries": ("software",), "profile_sizes": ("enterprise",)})
    day = today()
    people = [a_person(dice, day) for _each in range(25)]
    evaluate_scores()
    numbers = parameters()
    found = {row.advocate_id: row for row in AdvocateScore.objects.all()}
    for person, facts in people:
        is_now = {name: getattr(found[person.pk], name) for name in WORKED_OUT}
        assert is_now == scorer.score(facts, numbers), facts


def test_a_second_run_writes_nothing(scope: Tenant, clock: Clock) -> None:
    """IDN-1.f: one statement for everybody, and a row that stays is not written."""
    person, _facts = a_person(random.Random(7), today())
    evaluate_nightly(scope.pk)
    before = AdvocateScore.objects.get(advocate=person)
    clock.advance(hours=1)
    with CaptureQueriesContext(connection) as asked:
        evaluate_scores()
    assert sum("advocates_advocatescore" in each["sql"] for each in asked) == 1
    assert AdvocateScore.objects.get(advocate=person).changed_at == before.changed_at


def test_the_parts_of_a_perfect_candidate(scope: Tenant, clock: Clock) -> None:
    """IDN-1.b: health counts in full from 90, and the parts add up to 100."""
    seek({"profile_industries": ("healthcare",)})
    account = AccountFactory(nps=10, nps_on=today())
    person = AdvocateFactory(account=account, communication_skill=5, presentation_skill=5)
    PreferenceFactory(advocate=person, comforts=["public_stage"])
    OutcomeFactory(advocate=person)
    SignalFactory.create_batch(2, advocate=person)
    for kind, times in (("check_in", 4), ("feedback", 2), ("executive", 2)):
        TouchFactory.create_batch(times, advocate=person, kind=kind)
    row = known(person)
    assert (row.health, row.nps, row.tenure, row.outcome) == (20, 15, 10, 20)
    assert (row.company, row.voice, row.enthusiasm) == (12, 8, 5)
    # Never asked: neither answers nor speed are known, and both need data.
    assert (row.strength, row.relationship, row.responsiveness) == (60, 3, None)
    assert row.score == 93
    assert not row.incomplete


def test_what_is_missing_is_named_never_guessed(scope: Tenant, clock: Clock) -> None:
    """IDN-1.e: no points, and each part that needs data says where it is brought."""
    account = AccountFactory(health=None, customer_since=None, industry="")
    row = known(AdvocateFactory(account=account))
    assert row.score == 0
    assert row.incomplete
    assert len(missing(row)) == 7
    parts = {part.code: part for part in score_parts(row.advocate, row, [])}
    assert parts["health"].points is None
    assert parts["health"].bring == "accounts:edit"


def test_a_press_and_rest_bring_what_is_missing(scope: Tenant, clock: Clock, alice: Any) -> None:
    """IDN-1.e, IDN-1.f: the score follows at once, without waiting for the night."""
    person = AdvocateFactory(status="candidate", account__health=None)
    api = api_for(alice)
    api.patch(f"accounts/{person.account_id}/", {"health": 90})
    api.patch(f"advocates/{person.pk}/", {"communication_skill": 5})
    api.post(f"advocates/{person.pk}/outcomes/", {"metric": "Time saved", "use_case": {"name": ""}})
    (row,) = api.get(f"candidates/?advocate={person.pk}").json()["results"]
    assert (row["health"], row["voice"]) == (20, 3)


def test_thanks_and_notes_are_no_check_ins(scope: Tenant, clock: Clock) -> None:
    """REL-1.b: neither is what was about an ask."""
    person = AdvocateFactory()
    record_touch(actor=SYSTEM, advocate=person, kind="note", happened_on=today())
    record_touch(
        actor=SYSTEM, advocate=person, kind="check_in", happened_on=today(), about_ask=True
    )
    assert known(person).check_ins == 0
    record_touch(actor=SYSTEM, advocate=person, kind="check_in", happened_on=today())
    assert AdvocateScore.objects.get(advocate=person).check_ins == 6


def test_two_asks_since_the_last_check_in_are_one_sided(
    scope: Tenant, clock: Clock, membership: Any, client_for: Any
) -> None:
    """REL-1.c: on the person's page, in the list, on the owner's Today, until somebody calls."""
    owner = membership("csm")
    last = product_clock.now() - timedelta(days=29)
    person = AdvocateFactory(status="active", account__owner=owner, last_asked_at=last)
    for days in (70, 30):
        ParticipationFactory(
            advocate=person, taken_at=product_clock.now() - timedelta(days=days), state="released",
            released_at=product_clock.now() - timedelta(days=days - 1), release_reason="declined",
        )  # fmt: skip
    assert known(person).one_sided
    client, home = client_for(owner), f"/t/{scope.slug}/advocates/"
    assert b"One-sided." in client.get(f"{home}{person.pk}/").content
    assert person.last_name.encode() in client.get(f"{home}?one_sided=yes").content
    (row,) = rows_of(
        owner, [each for each in everything(owner) if each.work.code == "relationship"]
    )
    assert "2 asks" in row.why
    record_touch(actor=SYSTEM, advocate=person, kind="check_in", happened_on=today())
    assert not AdvocateScore.objects.get(advocate=person).one_sided
    assert not [each for each in everything(owner) if each.work.code == "relationship"]


def test_a_dismissed_candidate_comes_back_when_something_changes(
    scope: Tenant, clock: Clock, membership: Any, client_for: Any
) -> None:
    """IDN-1.g: away from the list with who, when, why; back with what changed, and remembered."""
    manager = membership("program_manager")
    person = AdvocateFactory(status="candidate", account__health=50)
    dismiss_candidate(actor=Actor.member(manager), advocate=person, reason="Too early")
    client, page = client_for(manager), f"/t/{scope.slug}/advocates/candidates/"
    assert person.last_name.encode() not in client.get(page).content
    update_account(actor=SYSTEM, account=person.account, health=52)
    evaluate_nightly(scope.pk)
    assert Dismissal.objects.get().state == "away"
    update_account(actor=SYSTEM, account=person.account, health=90)
    back = Dismissal.objects.get()
    assert (back.state, back.because) == ("returned", "health")
    assert (back.reason, back.dismissed_by) == ("Too early", manager)
    assert person.last_name.encode() in client.get(page).content
    told = client.get(f"/t/{scope.slug}/advocates/{person.pk}/score/").content.decode()
    assert "Too early" in told
    assert "Back because something changed: Health." in told


def test_another_company_is_a_change(scope: Tenant, clock: Clock) -> None:
    """IDN-1.g."""
    person = AdvocateFactory(status="candidate")
    dismiss_candidate(actor=SYSTEM, advocate=person, reason="Wrong company")
    update_advocate(actor=SYSTEM, advocate=person, account=AccountFactory())
    assert Dismissal.objects.get().because == "moved"


def test_who_stays_private_is_told_what_fits(scope: Tenant, clock: Clock, alice: Any) -> None:
    """IDN-1.d: not excluded; the page names what fits and the tier that can be expected."""
    set_up()
    person = AdvocateFactory(status="candidate")
    PreferenceFactory(advocate=person, comforts=["private_call"])
    fit = private_fit(person, ["private_call"])
    assert fit
    assert "Reference call" in fit.activities
    assert "Speaking" not in " ".join(fit.activities)
    # A customer advisory board is private, and of high effort.
    assert fit.tier == "Platinum"
    ActivityType.objects.filter(effort="high").update(is_on=False)
    alone = private_fit(person, ["private_call"])
    assert alone
    assert alone.tier == "Gold"
    assert private_fit(person, ["public_stage"]) is None
    evaluate_scores()
    (row,) = api_for(alice).get(f"candidates/?advocate={person.pk}").json()["results"]
    assert row["score"]


def test_several_are_nominated_or_put_aside_at_once(
    scope: Tenant, clock: Clock, membership: Any, client_for: Any
) -> None:
    """IDN-1.a: from criteria, many at a time."""
    client = client_for(membership("program_manager"))
    base = f"/t/{scope.slug}/advocates/candidates/"
    first, second = AdvocateFactory.create_batch(2, status="candidate")
    client.post(f"{base}dismiss/", {"ids": str(first.pk), "answered": "1", "reason": "Not now"})
    client.post(f"{base}nominate/", {"ids": str(second.pk), "answered": "1", "reasons": "Tells it"})
    assert Dismissal.objects.get().advocate == first
    assert second.reload().status == "nominated"


def test_weights_are_settings_and_make_a_hundred(scope: Tenant, clock: Clock, alice: Any) -> None:
    """SET-1.b: a change is refused unless the parts are 100 together, else everybody is scored."""
    person = AdvocateFactory()
    evaluate_scores()
    api = api_for(MembershipFactory(role="admin"))
    refused = api.patch("settings/scores/", {"score_health": 30})
    assert refused.status_code == 422
    api.patch("settings/scores/", {"score_health": 30, "score_nps": 5})
    assert AdvocateScore.objects.get(advocate=person).health == 30


def test_signals_feed_readiness_and_score_never_tiers(scope: Tenant, clock: Clock) -> None:
    """ADV-5.b: who does enough unasked helps unasked; nobody earns or loses a tier by it."""
    person = EnrolledFactory(readiness="potential")
    tier = TierStanding.objects.get(advocate=person).tier_id
    for kind in ("praise", "peer"):
        record_signal(actor=SYSTEM, advocate=person, kind=kind, seen_on=today(), source="LinkedIn")
    assert person.reload().readiness == "active"
    assert AdvocateScore.objects.get(advocate=person).enthusiasm == 5
    recalculate_tiers(reason="test")
    assert TierStanding.objects.get(advocate=person).tier_id == tier
    never = AdvocateFactory(readiness="not_a_fit")
    for _each in range(3):
        record_signal(
            actor=SYSTEM, advocate=never, kind="praise", seen_on=today(), source="LinkedIn"
        )
    assert never.reload().readiness == "not_a_fit"


class TestTouches(ResourceCase):
    """REL-1.a: check-ins, executive contact and notes, by hand or API."""

    resource, factory = TOUCHES, TouchFactory
    viewers = "program_manager admin csm marketing executive"
    editors = "program_manager admin csm executive"
    new: ClassVar[dict[str, Any]] = {
        "advocate": AdvocateFactory,
        "kind": "check_in",
        "happened_on": "2026-01-05",
    }
    changed: ClassVar[dict[str, Any]] = {"note": "Well and busy"}
    wrong: ClassVar[dict[str, Any]] = {"happened_on": "2199-01-01"}
    owned_by = "advocate__account__owner"


class TestDismissals(ResourceCase):
    """IDN-1.g: read, dismissed and restored in the browser and over REST."""

    resource, factory = DISMISSALS, DismissalFactory
    viewers = "program_manager admin csm marketing executive"
    editors = "program_manager admin csm"
    new: ClassVar[dict[str, Any]] = {"advocate": CandidateFactory, "reason": "Too early"}
    wrong: ClassVar[dict[str, Any]] = {"reason": ""}
    owned_by = "advocate__account__owner"
    moves: ClassVar[dict[str, Any]] = {"restore": (editors, {}, "restored")}
