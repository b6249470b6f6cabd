"""What an advocate finds on their own page (PRT-1)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from activities.loops.models import LoopDuty
from advocacy import clock as product_clock
from advocacy.messaging.links import create_link, link_url
from advocacy.tenancy.models import Tenant
from advocates.models import ActivityType, Preference, Tier
from benefits.thanks.models import ThankYou
from tests.factories.advocates import (
    AdvocateFactory,
    TierStandingFactory,
    open_wide,
)
from tests.factories.requests import AskFactory
from tests.support.database import fingerprint
from tests.support.program import Program
from tests.support.time import Clock


def test_given_and_what_came_of_it(program: Program, browser: Client, home: str) -> None:
    """PRT-1, AST-3: what was done, for whom, and the news somebody has told."""
    activity = program.completed("testimonial", hours_ago=30, minutes=25)
    LoopDuty.objects.filter(activity=activity).update(
        news="They bought after reading it", closed_at=product_clock.now()
    )
    shown = browser.get(home).text
    for words in ("Testimonial", "Isdom", "25 minutes", "They bought after reading it", "Once in"):
        assert words in shown


def test_news_nobody_has_told_yet_is_not_told_by_the_page(
    program: Program, browser: Client, home: str
) -> None:
    """AST-3: a person tells; the page repeats."""
    activity = program.completed("testimonial", hours_ago=30)
    LoopDuty.objects.filter(activity=activity).update(news="They bought")
    assert "They bought" not in browser.get(home).text


def test_a_confidential_prospect_stays_unnamed(
    program: Program, browser: Client, home: str
) -> None:
    """VIS-1.c: the prospect's name is withheld from the advocate the same way."""
    activity = program.completed("reference_call", hours_ago=30)
    AskFactory.create(
        advocate=program.advocate,
        activity=activity,
        state="accepted",
        request__is_confidential=True,
    )
    shown = browser.get(home).text
    assert "Reference call" in shown
    assert "Isdom" not in shown


def test_thanks_received(program: Program, browser: Client, home: str) -> None:
    """PRT-1: the words that were mailed; a colleague's note about a call stays theirs."""
    for number, (channel, words) in enumerate(
        (("email", "You made her day."), ("call", "Reached her after three tries."))
    ):
        activity = program.completed("testimonial", hours_ago=30 + number)
        ThankYou.objects.filter(activity=activity).update(
            state="done",
            channel=channel,
            personal_line=words,
            done_at=product_clock.now(),
            done_by=program.manager,
        )
    shown = browser.get(home).text
    assert "You made her day." in shown
    assert "three tries" not in shown
    assert shown.count("Alice, ") == 2


def test_open_asks_lead_to_their_answer(program: Program, browser: Client, home: str) -> None:
    """PRT-1, ASK-1: a question that waits is one tap away; a finished one is told kindly."""
    open_wide()
    waiting = AskFactory.create(
        advocate=program.advocate,
        subject="Would you talk to a peer?",
        expires_at=product_clock.now() + timedelta(days=2),
    )
    link = create_link(
        purpose="ask", subject_id=waiting.pk, expires_at=product_clock.now() + timedelta(days=2)
    )
    AskFactory.create(advocate=program.advocate, state="declined")
    AskFactory.create(subject="A question for somebody else")
    shown = browser.get(home).text
    assert "Would you talk to a peer?" in shown
    assert link_url(link).split("/p/")[1] in shown
    assert "You said no, and that was fine." in shown
    assert "A question for somebody else" not in shown


@pytest.mark.parametrize("code", ["platinum", "gold", "silver", "community"])
def test_a_tier_is_a_word_of_recognition(
    program: Program, browser: Client, home: str, code: str
) -> None:
    """PRT-1, TIER-4.c: no rank, no grace, no demotion is shown to anybody."""
    TierStandingFactory.create(
        advocate=program.advocate,
        tier=Tier.objects.get(code=code),
        grace_until=product_clock.now().date() + timedelta(days=9),
    )
    shown = browser.get(home).text.lower()
    assert code not in shown
    assert "grace" not in shown


def test_looking_changes_nothing(
    program: Program, browser: Client, tenant: Tenant, home: str
) -> None:
    """ID-3.c: mail scanners follow links."""
    before = fingerprint(tenant)
    for page in ("home", "preferences"):
        assert browser.get(home.replace("/home/", f"/{page}/")).status_code == 200
    assert browser.get(home.replace("/home/", "/pause/")).status_code == 405
    assert fingerprint(tenant) == before


@pytest.mark.usefixtures("every_language_spoken")
def test_a_page_in_the_advocates_language(program: Program, browser: Client, home: str) -> None:
    """UI-4: the page says which language it speaks, the advocate's own."""
    type(program.advocate).objects.filter(pk=program.advocate.pk).update(language="de")
    assert '<html lang="de">' in browser.get(home).text


def test_a_pause_by_one_tap_and_back(
    program: Program, browser: Client, home: str, clock: Clock
) -> None:
    """ADV-2.d: not before a day; undone by another tap, to what it was."""
    pause = home.replace("/home/", "/pause/")

    def until() -> str:
        return str(Preference.objects.get(advocate=program.advocate).snoozed_until)

    went = browser.post(pause, {"until": "2026-04-01"})
    assert until() == "2026-04-01"
    assert "We ask you nothing before 1 April 2026" in browser.get(went["Location"]).text
    went = browser.post(pause, {"until": "2026-06-01"})
    undo = browser.get(went["Location"]).text
    assert 'name="until" value="2026-04-01"' in undo
    browser.post(pause, {"until": "2026-04-01"})
    assert until() == "2026-04-01"
    browser.post(pause, {"until": ""})
    assert until() == "None"


@pytest.mark.parametrize("day", ["2026-03-02", "2020-01-01", "2039-01-01", "soon", "2026-02-31"])
def test_a_pause_needs_a_day_to_come(
    program: Program, browser: Client, home: str, day: str
) -> None:
    """BAD-1.a: said in words, and nothing is saved."""
    answer = browser.post(home.replace("/home/", "/pause/"), {"until": day}, follow=True)
    assert "Choose a day" in answer.text
    assert not Preference.objects.filter(snoozed_until__isnull=False).exists()


def test_somebody_elses_page_shows_nothing_of_mine(
    program: Program, browser: Client, home: str
) -> None:
    """ID-3.a: a link opens one person's page."""
    other = AdvocateFactory.create(first_name="Zoe")
    AskFactory.create(advocate=other, subject="For Zoe alone")
    assert "For Zoe alone" not in browser.get(home).text


def test_a_long_history_takes_no_more_queries(program: Program, browser: Client, home: str) -> None:
    """UI-1: as many queries with much given as with little."""

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(home).status_code == 200
        return len(captured)

    program.completed("testimonial", hours_ago=30)
    AskFactory.create(advocate=program.advocate, state="declined")
    browser.get(home)
    few = queries()
    for days in range(2, 6):
        program.completed("testimonial", hours_ago=24 * days)
    assert queries() == few


def test_where_to_begin(program: Program, browser: Client, home: str) -> None:
    """CAP-4.b: who has done nothing yet is offered a short call or a testimonial, with the page
    that says what is involved; nobody else is.
    """
    codes = ("short_reference_call", "testimonial")
    ActivityType.objects.filter(code__in=codes).update(is_on=True)
    shown = browser.get(home).text
    for code in codes:
        assert f"/involved/acme/{code}/" in shown
    program.completed("testimonial", hours_ago=30)
    assert "/involved/acme/" not in browser.get(home).text
