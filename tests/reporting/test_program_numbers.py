"""The program's own numbers against a second computation in plain Python, at their borders, and
under odd questions (MET-1, MET-6, GOAL-1, REP-1).
"""

import csv
import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import StringIO
from itertools import cycle
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from activities.activities.models import Activity
from advocacy.tenancy.models import Membership, Tenant
from advocates.models import Advocate, Participation, ProgramInvitation
from benefits.thanks.models import ThankYou
from reporting.metrics import program as numbers
from reporting.metrics.frame import Frame
from reporting.metrics.registry import METRICS
from requests.models import Ask, Request
from tests.factories.activities import ActivityFactory
from tests.factories.advocates import (
    AccountFactory,
    AdvocateFactory,
    ParticipationFactory,
    ProgramInvitationFactory,
    open_wide,
)
from tests.factories.benefits import ThankYouFactory
from tests.factories.measuring import GoalFactory
from tests.factories.requests import AskFactory, RequestFactory
from tests.support.program import make_program
from tests.support.rest import api_for
from tests.support.time import Clock

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2025, 3, 1), date(2025, 5, 31)


def moments(zone: ZoneInfo) -> list[datetime]:
    """Within, without, and a hair's breadth from either end of the period, where the tenant is."""
    start = datetime(2025, 3, 1, tzinfo=zone).astimezone(UTC)
    end = datetime(2025, 6, 1, tzinfo=zone).astimezone(UTC)
    hair = timedelta(microseconds=1)
    inside = [start + timedelta(days=days) for days in (3, 20, 30, 60, 80)]
    return [*inside, start, start - hair, end, end - hair, start - timedelta(days=40)]


def history(dice: random.Random, zone: ZoneInfo) -> None:
    """What happened to people of a program, much of it on the borders."""
    when = moments(zone)
    account = AccountFactory()
    people = [
        AdvocateFactory(
            account=account,
            status=dice.choice(["active", "active", "paused", "candidate", "alumni"]),
            enrolled_at=dice.choice([None, *when]),
        )
        for _number in range(45)
    ]
    by_turns = cycle(people)  # so that nobody has more than their year holds
    for _number in range(45):
        who, at = next(by_turns), dice.choice(when)
        row = AskFactory(state="sent", advocate=who)
        state = dice.choice(["accepted", "declined", "later", "expired", "filled", "cancelled"])
        answered = state in ("accepted", "declined", "later") or (
            state == "cancelled" and dice.random() < 0.5
        )
        Ask.objects.filter(pk=row.pk).update(
            state=state, sent_at=at, answered_at=at if answered else None
        )
    for _number in range(40):
        who, at, done = next(by_turns), dice.choice(when), dice.choice(when)
        is_done = dice.random() < 0.6
        unit = ParticipationFactory(
            advocate=who,
            taken_at=at,
            **({"completed": True, "completed_at": done} if is_done else {}),
        )
        values = {"happened_at": done, "completed_at": done} if is_done else {}
        row = ActivityFactory(
            advocate=who,
            activity_type=unit.activity_type,
            participation=unit,
            state="completed" if is_done else dice.choice(["accepted", "cancelled", "no_show"]),
            **values,
        )
        Activity.objects.filter(pk=row.pk).update(accepted_at=dice.choice([None, at]))
    for who in people:
        state = dice.choice(["accepted", "declined", "withdrawn", "sent"])
        at = dice.choice(when)
        answered = None if state == "sent" else at
        ProgramInvitationFactory(advocate=who, state=state, answered_at=answered, sent_at=at)
    for activity in Activity.objects.filter(state="completed")[:20]:
        due = dice.choice(when)
        row = ThankYouFactory(activity=activity)
        values = dice.choice(
            [
                {"state": "done", "done_at": due},
                {"state": "done", "done_at": due + timedelta(microseconds=1)},
                {"state": "voided"},
                {},
            ]
        )
        ThankYou.objects.filter(pk=row.pk).update(due_at=due, **values)
    for _number in range(20):
        at = dice.choice(when)
        row = RequestFactory()
        Request.objects.filter(pk=row.pk).update(
            submitted_at=at - timedelta(minutes=dice.randrange(9_000)),
            confirmed_at=dice.choice([None, at]),
        )


@pytest.mark.parametrize("zone", ["America/Sao_Paulo", "Asia/Jakarta"])
def test_a_second_computation_agrees(scope: Tenant, clock: Clock, zone: str) -> None:
    """MET-1.c, MET-1.d, MET-1.e, MET-1.f, MET-1.g, MET-1.h, MET-1.i, MET-6.c: on a random history,
    days begin and end where the tenant is; a yes whose call was cancelled later was a yes.
    """
    clock.set(datetime(2025, 8, 1, tzinfo=UTC))
    Tenant.objects.filter(pk=scope.pk).update(time_zone=zone)
    scope.refresh_from_db()
    open_wide()
    history(random.Random(7), ZoneInfo(zone))
    frame = Frame(scope, FIRST, LAST)

    def inside(at: datetime | None) -> bool:
        return at is not None and FIRST <= at.astimezone(ZoneInfo(zone)).date() <= LAST

    def read(metric: Any) -> tuple[Any, Any]:
        found = metric.read(frame)
        rows = list(metric.behind(frame))
        assert sum(row.part for row in rows) == found.numerator
        assert len(rows) == found.denominator
        return found.numerator, found.denominator

    asks = [row for row in Ask.objects.all() if inside(row.sent_at)]
    yes = [row for row in asks if row.state in ("accepted", "cancelled") and row.answered_at]
    others = [row for row in asks if row.state in ("declined", "later", "expired")]
    assert any(row.state == "cancelled" for row in yes)
    assert read(numbers.ASK_ACCEPTANCE) == (len(yes), len(yes) + len(others))

    sent = [row for row in ProgramInvitation.objects.all() if inside(row.sent_at)]
    sent = [row for row in sent if row.state != "withdrawn"]
    accepted = sum(row.state == "accepted" for row in sent)
    assert read(numbers.RECRUITING) == (accepted, len(sent))

    taken = [row for row in Activity.objects.all() if inside(row.accepted_at)]
    done = sum(row.state == "completed" for row in taken)
    assert read(numbers.COMPLETION) == (done, len(taken))

    gave = {
        row.advocate_id: row.completed_at
        for row in Participation.objects.filter(state="completed")
        if inside(row.completed_at)
    }
    people = list(Advocate.objects.all())
    enrolled = [
        row
        for row in people
        if row.status in ("active", "paused")
        and (row.enrolled_at is None or row.enrolled_at < frame.end)
    ]
    engaged = sum(row.pk in gave for row in enrolled)
    assert read(numbers.ENGAGEMENT) == (engaged, len(enrolled))

    due = [row for row in ThankYou.objects.exclude(state="voided") if inside(row.due_at)]
    in_time = sum(row.state == "done" and row.done_at <= row.due_at for row in due)
    assert read(numbers.THANKED_IN_TIME) == (in_time, len(due))

    took = [
        (row.confirmed_at - row.submitted_at) / timedelta(hours=1)
        for row in Request.objects.exclude(confirmed_at=None)
        if inside(row.confirmed_at)
    ]
    assert numbers.TIME_TO_FILL.read(frame).value == pytest.approx(median(took))

    waited = []
    for row in people:
        firsts = [
            unit.completed_at
            for unit in Participation.objects.filter(advocate=row, state="completed")
            if row.enrolled_at and unit.completed_at >= row.enrolled_at
        ]
        if inside(row.enrolled_at) and firsts:
            waited.append((min(firsts) - row.enrolled_at) / timedelta(days=1))
    assert waited
    assert numbers.FIRST_ACTIVITY.read(frame).value == pytest.approx(median(waited))

    asked = [row for row in Participation.objects.filter(origin="asked") if inside(row.taken_at)]
    found = numbers.BUSIEST_TENTH.read(frame)
    assert (found.denominator, len(asked) > 5) == (len(asked), True)


def test_rows_say_days_where_the_number_does(
    scope: Tenant, clock: Clock, alice: Membership, client_for: Callable[..., Client]
) -> None:
    """REP-1.b, MET-6.a: what a row gives has the unit of its number: over REST and in the file the
    middle of the rows is the number.
    """
    clock.set(datetime(2026, 6, 1, 12, tzinfo=UTC))
    joined = datetime(2026, 5, 1, 12, tzinfo=UTC)
    for days in (2, 5, 9):
        person = AdvocateFactory(status="active", enrolled_at=joined)
        ParticipationFactory(
            advocate=person, completed=True, completed_at=joined + timedelta(days=days)
        )
    row = RequestFactory()
    Request.objects.filter(pk=row.pk).update(
        submitted_at=joined, confirmed_at=joined + timedelta(days=2)
    )
    api, client = api_for(alice), client_for(alice)
    for code, value in (("first_activity", 5), ("time_to_fill", 48)):
        assert api.get(f"metrics/{code}/").json()["value"] == value
        rows = api.get(f"metrics/{code}/rows/").json()["results"]
        parts = [row["part"] for row in rows if row["part"] is not None]
        assert median(parts) == value
        answer: Any = client.get(f"/t/acme/metrics/{code}/?export=csv")
        lines = list(csv.reader(StringIO(answer.getvalue().decode("utf-8-sig"))))[1:]
        assert median(float(line[-1]) for line in lines if line[-1]) == value


_ODD = (
    *("period=xx", "period=-1", "period=0", "period=" + "9" * 30, "period=%00", "since=x"),
    *("since=0001-01-01", "until=9999-12-31", "until=0001-01-01", "since=2026-02-30"),
    *("since=2026-05-01&until=2026-01-01", "since=2099-12-31", "until=2000-01-01", "team=x"),
    *("segment=%00", "region=x", "type=%00", "type=%ED%A0%80", "type=" + "x" * 3000, "page=-1"),
    *("page=x", "page=" + "9" * 30, "board=x", "show=x", "sort=x", "sort=-x", "after=x"),
    *("since=2000-01-01&until=2099-12-31", "period=30&since=2026-01-01&period=90", "q=%00"),
)


def test_odd_questions_are_passed_over_or_said(
    scope: Tenant, alice: Membership, client_for: Callable[..., Client]
) -> None:
    """REP-1.c, BAD-1: a page passes over what makes no sense, REST names it; neither breaks."""
    make_program(manager=alice).completed()
    client, api = client_for(alice), api_for(alice)
    for query in _ODD:
        for page in ("impact", "metrics/first_activity", "metrics/influenced_revenue"):
            answer = client.get(f"/t/acme/{page}/?{query}")
            assert answer.status_code in (200, 302, 400), (page, query)
        answer = client.get(f"/t/acme/impact/?{query}&export=csv")
        assert answer.status_code in (200, 400), query
        for path in ("metrics/", "metrics/breakdowns/", "metrics/engagement/rows/"):
            answer = api.get(f"{path}?{query}")
            assert answer.status_code in (200, 400), (path, query)
    for code in METRICS:
        assert client.get(f"/t/acme/metrics/{code}/?show=undated&sort=part").status_code == 200


def test_a_goals_rows_are_those_of_its_number(
    scope: Tenant, clock: Clock, alice: Membership, client_for: Callable[..., Client]
) -> None:
    """GOAL-1.a, REP-1.b: a goal that runs leads to the rows up to today, one that has not begun to
    its first day.
    """
    clock.set(datetime(2026, 4, 10, 12, tzinfo=UTC))
    client = client_for(alice)
    for starts, ends, said in (
        (date(2026, 1, 1), date(2026, 12, 31), "since=2026-01-01&amp;until=2026-04-10"),
        (date(2025, 1, 1), date(2025, 12, 31), "since=2025-01-01&amp;until=2025-12-31"),
        (date(2027, 1, 1), date(2027, 12, 31), "since=2027-01-01&amp;until=2027-01-01"),
    ):
        goal = GoalFactory(starts_on=starts, ends_on=ends)
        assert said in client.get(f"/t/acme/goals/{goal.pk}/").content.decode()


def test_wrong_goals_and_rates_are_said(
    scope: Tenant, alice: Membership, client_for: Callable[..., Client]
) -> None:
    """GOAL-1.a, MET-6.b, BAD-1: days the wrong way round, numbers that are none, wrong types: each
    is refused at its field, over REST and from a file.
    """
    api = api_for(alice)
    goal = {"metric": "engagement", "target": "60", "starts_on": "2026-01-01"}
    goal["ends_on"] = "2026-06-30"
    made = api.post("goals/", goal).json()["id"]
    odd: list[Any] = [
        None,
        True,
        [],
        {},
        "",
        "NaN",
        "Infinity",
        "-Infinity",
        "1e400",
        10**30,
        "\x00",
    ]
    for name in (*goal, "segment", "region"):
        for value in odd:
            for answer in (
                api.post("goals/", {**goal, name: value}),
                api.patch(f"goals/{made}/", {name: value}),
            ):
                assert answer.status_code < 500, (name, value)
                taken = value == "" and name in ("segment", "region")
                assert answer.status_code in (400, 422) or taken, (name, value)
    for name, value in (
        ("ends_on", "2025-01-01"),
        ("starts_on", "2026-12-01"),
        ("target", "101"),
        ("target", "-1"),
        ("ends_on", "9999-12-31"),
    ):
        answer = api.patch(f"goals/{made}/", {name: value})
        assert answer.status_code in (400, 422), (name, value)
    rate = {"currency": "USD", "on": "2026-01-05", "rate": "0.9"}
    kept = api.post("rates/", rate).json()["id"]
    for value in (*odd, "0", "-1", "0.0000000001", "10000000000"):
        assert api.post("rates/", {**rate, "on": "2026-02-01", "rate": value}).status_code in (
            400,
            422,
        )
        assert api.patch(f"rates/{kept}/", {"rate": value}).status_code in (400, 422), value
    for name, value in (("on", "0001-01-01"), ("on", "9999-12-31"), ("currency", "usdx")):
        assert api.post("rates/", {**rate, name: value}).status_code in (400, 422), value
    client = client_for(alice)
    for line in (
        *("2026-01-05,USD,NaN", "2026-01-05,USD,Infinity", "2026-01-05,USD,0", "2026-01-05,USD,-1"),
        *("0001-01-01,USD,1", "9999-12-31,USD,1", "2026-01-05,US\x00,1", "2026-01-05,USD,1e400"),
        *("2026-01-05,USD,1e-400", "2026-01-05,USD,sNaN", "2026-01-05,=1+1,1", "2026-01-05"),
    ):
        file = SimpleUploadedFile("r.csv", f"on,currency,rate\n{line}\n".encode())
        answer = client.post("/t/acme/rates/import/", {"file": file})
        assert answer.status_code == 422, line
    assert Decimal(api.get(f"rates/{kept}/").json()["rate"]) == Decimal("0.9")
