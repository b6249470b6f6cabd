"""Limits per topic and per site count what the ask carries (CAP-2, REQ-1)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.models import Advocate
from advocates.people.asking import can_ask
from advocates.program.ledger import services as ledger
from requests.asks.answers import AskAnswer, answer_ask
from requests.asks.drafting import AskDraft, draft_ask
from requests.asks.services import send_asks
from requests.matching.ranking import match, why_not
from requests.models import Ask, Request
from tests.factories.advocates import catalogued, did, open_wide
from tests.factories.requests import ReadyFactory
from tests.requests.asking import MakeRequest
from tests.support.rest import api_for
from tests.support.time import Clock


@pytest.fixture
def ana(program: Tenant) -> Advocate:
    """Somebody whom only the limits of a type stand in the way of asking."""
    open_wide()
    made: Advocate = ReadyFactory(first_name="Ana", last_name="Lima")
    return made


@pytest.fixture
def ask(alice: Membership, ana: Advocate) -> Callable[[Request], Ask]:
    def go(request: Request) -> Ask:
        draft = AskDraft(ana, "A few words?", "Would you?", override_reason="Agreed")
        (sent,) = send_asks(actor=Actor.member(alice), request=request, drafts=[draft])
        return sent

    return go


@pytest.mark.parametrize(
    ("code", "first", "second", "again"),
    [
        ("testimonial", "Security", "Time to value", " security "),
        ("review", "G2", "Capterra", "g2"),
    ],
)
def test_another_topic_or_site_of_the_same_year(
    make_request: MakeRequest, ana: Advocate, code: str, first: str, second: str, again: str
) -> None:
    """CAP-2.b: one a topic, one a site; spelling makes no other one of it."""
    did(ana, code, days_ago=100, detail=first)
    other = make_request(code=code, detail=second)
    assert why_not(other, ana).can_be_asked
    assert match(other).excluded == {}
    same = make_request(code=code, detail=again)
    (reason,) = why_not(same, ana).blocks
    assert reason.code == "capacity_type_detail"
    assert f"for “{again.strip()}”" in reason.text
    assert match(same).excluded == {"capacity_type_detail": 1}


def test_the_ask_and_what_comes_of_it_carry_it(
    make_request: MakeRequest, ana: Advocate, ask: Callable[[Request], Ask], alice: Membership
) -> None:
    """CAP-2.b: the database counts the topic of the unit, whoever asks next; ASK-1: the letter."""
    request = make_request(code="testimonial", detail="Security")
    letter = draft_ask(request, ana, sender=alice)
    assert "Testimonial about Security" in letter.message
    sent = ask(request)
    sent = answer_ask(actor=Actor.advocate(ana.pk), ask=sent, answer=AskAnswer("accept"))
    assert sent.activity is not None
    assert sent.activity.detail == sent.participation.detail == "Security"
    kind = catalogued("testimonial")
    with pytest.raises(ledger.CapacityRefused) as refused:
        ledger.take_unit(advocate=ana, activity_type=kind, detail="SECURITY")
    assert refused.value.code == "capacity_type_detail"
    assert "“SECURITY”" in refused.value.message
    ask(make_request(code="testimonial", detail="Support"))
    ask(make_request(code="testimonial", detail="Ease of use"))
    with pytest.raises(DomainError) as full:
        ask(make_request(code="testimonial", detail="Return on investment"))
    assert full.value.code == "capacity_type_year"


def test_a_no_frees_the_topic(
    make_request: MakeRequest, ana: Advocate, ask: Callable[[Request], Ask]
) -> None:
    """CAP-2.b, CAP-1.b: what was not given does not count."""
    sent = ask(make_request(code="review", detail="G2"))
    request = make_request(code="review", detail="G2")
    assert not why_not(request, ana).can_be_asked
    answer_ask(actor=Actor.advocate(ana.pk), ask=sent, answer=AskAnswer("decline"))
    assert why_not(request, ana).can_be_asked


def test_the_profile_says_what_was_given(program: Tenant, ana: Advocate) -> None:
    """CAP-2.b, MAT-2: other topics remain, those that are taken are named."""
    did(ana, "testimonial", days_ago=100, detail="Security")
    did(ana, "testimonial", days_ago=200)
    did(ana, "testimonial", days_ago=500, detail="Support")
    answer = next(each for each in can_ask(ana).types if each.activity_type.code == "testimonial")
    assert answer.may
    assert answer.warnings == ["Not again this year for: Security."]


def test_a_request_says_which(
    ana: Advocate, tenant: Tenant, bob: Membership, client_for: Callable[..., Client], clock: Clock
) -> None:
    """REQ-1.c, CAP-2.b, BAD-1: asked for at its field; what was typed stays."""
    kind = catalogued("review")
    form = {
        "activity_type": str(kind.pk),
        "needed_count": "1",
        "needed_by": (clock.now.date() + timedelta(days=20)).isoformat(),
        "prospect": "Isdom",
        "meeting_format": "written",
    }
    client = client_for(bob)
    refused = client.post("/t/acme/requests/new/", form)
    assert refused.status_code == 422
    assert "Say on which site" in refused.text
    assert 'value="Isdom"' in refused.text
    with tenant_scope(tenant):
        assert not Request.objects.exists()
    page = client.post("/t/acme/requests/new/", {**form, "detail": "G2"}, follow=True)
    assert "Review on G2" in page.text
    with tenant_scope(tenant):
        assert Request.objects.get().detail == "G2"


def test_over_rest(ana: Advocate, alice: Membership, bob: Membership, clock: Clock) -> None:
    """CAP-2.b: the request takes it, ask and activity show it; a second of the site is refused."""
    api, program = api_for(bob), api_for(alice)
    details: dict[str, Any] = {
        "activity_type": "review",
        "needed_by": (clock.now.date() + timedelta(days=20)).isoformat(),
        "prospect": "Isdom",
        "meeting_format": "written",
    }
    draft = api.post("requests/", details).json()
    missing = api.post(f"requests/{draft['id']}/submit/")
    assert (missing.status_code, list(missing.json()["errors"])) == (422, ["detail"])
    changed = api.patch(f"requests/{draft['id']}/", {"detail": "G2"})
    assert changed.json()["detail"] == "G2"
    assert api.post(f"requests/{draft['id']}/submit/").status_code == 200
    body = {"asks": [{"advocate": str(ana.pk), "override_reason": "Agreed"}]}
    (sent,) = program.post(f"requests/{draft['id']}/asks/", body).json()
    assert sent["detail"] == "G2"
    assert program.post(f"asks/{sent['id']}/answer/", {"kind": "accept"}).status_code == 200
    (activity,) = program.get("activities/").json()["results"]
    assert activity["detail"] == "G2"
    second = api.post("requests/", {**details, "detail": "g2"}).json()
    api.post(f"requests/{second['id']}/submit/")
    refused = program.post(f"requests/{second['id']}/asks/", body)
    assert (refused.status_code, refused.json()["code"]) == (422, "capacity_type_detail")
    assert "“g2”" in refused.json()["detail"]


@pytest.mark.parametrize(
    ("code", "carries"),
    [
        ("testimonial", True),
        ("guest_article", True),
        ("review", True),
        ("reference_call", False),
        ("case_study", False),
    ],
)
def test_which_requests_carry_one(make_request: MakeRequest, code: str, carries: bool) -> None:
    """REQ-1.c: a testimonial, a guest article and a review do; nothing else has to."""
    catalogued(code, is_on=True)
    if carries:
        with pytest.raises(DomainError) as refused:
            make_request(code=code, detail=" ")
        assert list(refused.value.fields) == ["detail"]
    else:
        assert make_request(code=code, detail="").state == "submitted"
