"""What somebody gave and got, on their own page (PRT-1.b, BEN-9.b)."""

from typing import Any

from django.test import Client

from advocacy.tenant_settings.services import change_settings
from benefits.grants import services
from benefits.models import Grant
from benefits.settings import APPRECIATION
from benefits.thanks.models import ThankYou
from tests.factories.advocates import AdvocateFactory, open_wide
from tests.factories.giving import BenefitFactory
from tests.factories.requests import AskFactory
from tests.support.database import fingerprint
from tests.support.program import Program
from tests.support.time import Clock


def given(program: Program, clock: Clock, name: str, **values: Any) -> Grant:
    """Something that has arrived."""
    who = values.pop("advocate", program.advocate)
    grant = services.give_benefit(
        actor=program.actor,
        advocate=who,
        benefit=BenefitFactory(name=name, category="charity", value=45),
        due_on=clock.now.date(),
        **values,
    )
    return services.deliver_grant(actor=program.actor, grant=grant)


def test_both_sides(program: Program, clock: Clock, browser: Client, home: str) -> None:
    """PRT-1.b: asks, what they did and what came, thanks; as a page, on paper and as a file; a
    confidential prospect and a colleague's words stay out, and so does everybody else.
    """
    open_wide()
    call = program.completed("reference_call", minutes=40)
    secret = program.completed("testimonial", detail="Hiring", purpose="Hidden Corp", minutes=20)
    AskFactory(
        advocate=program.advocate,
        activity=secret,
        state="accepted",
        request__is_confidential=True,
    )
    AskFactory(advocate=program.advocate, state="declined")
    ThankYou.objects.filter(activity=call).update(
        state="done", channel="email", personal_line="You saved us.", done_at=clock.now,
        done_by=program.manager,
    )  # fmt: skip
    given(program, clock, "Donation", activities=[call], occasion="To calm them down")
    services.give_benefit(
        actor=program.actor,
        advocate=program.advocate,
        benefit=BenefitFactory(name="A surprise", category="charity"),
        due_on=clock.now.date(),
    )
    other = AdvocateFactory(first_name="Olga", last_name="Other")
    program.completed("reference_call", advocate=other, purpose="Olga's prospect")
    given(program, clock, "Olga's donation", advocate=other)

    url = home.replace("/home/", "/exchange/")
    assert url in browser.get(home).text
    before = fingerprint(program.advocate.tenant)
    page = browser.get(url)
    document = browser.get(f"{url}file/")
    assert fingerprint(program.advocate.tenant) == before
    assert document["Content-Disposition"].startswith("attachment")
    for words in ("Reference call", "Isdom", "Donation", "You saved us.", "60 minutes"):
        assert words in page.text, words
    assert "You said no, and that was fine." in page.text
    file = document.json()
    assert [each["what"] for each in file["got"]] == ["Donation"]
    assert file["got"][0]["for"] == "Reference call"
    assert (file["times"], file["minutes"], len(file["gave"])) == (2, 60, 2)
    for text in (page.text, document.content.decode()):
        for hidden in ("Hidden Corp", "calm them down", "A surprise", "Olga", "€"):
            assert hidden not in text, hidden
    change_settings(actor=program.actor, family=APPRECIATION, values={"shows_money": True})
    assert "€45" in browser.get(url).text
    assert browser.get(f"{url}file/").json()["got"][0]["worth"] == "€45"


def test_one_tap_says_whether_it_was_liked(
    program: Program, clock: Clock, browser: Client, home: str, client_for: Any
) -> None:
    """BEN-9.b: from the first page, changed and taken back; staff see it with the grant and the
    person. Nobody says it for another.
    """
    grant = given(program, clock, "Donation")
    url = home.replace("/home/", "/exchange/")
    assert "Did you like it?" in browser.get(home).text
    other = AdvocateFactory(email="olga@quantum.example")
    foreign = given(program, clock, "Olga's donation", advocate=other)
    for said, liked in (("yes", True), ("no", False), ("", None), ("no", False)):
        answer = browser.post(url, {"got": str(grant.pk), "liked": said})
        assert answer.status_code == 302
        assert grant.reload().liked is liked
    assert "Did you like it?" not in browser.get(home).text
    assert browser.post(url, {"got": str(grant.pk), "liked": "maybe"}).status_code == 302
    assert grant.reload().liked is False
    for wrong in (str(foreign.pk), "x", ""):
        assert browser.post(url, {"got": wrong, "liked": "yes"}).status_code == 404
    assert foreign.reload().liked is None
    staff = client_for(program.csm)
    home_page = f"/t/{program.csm.tenant.slug}"
    for page in (f"/grants/{grant.pk}/", f"/advocates/{program.advocate.pk}/"):
        assert "did not like it" in staff.get(f"{home_page}{page}").content.decode()
    services.return_grant(actor=program.actor, grant=grant, reason="Moved")
    browser.post(url, {"got": str(grant.pk), "liked": "yes"})
    assert grant.reload().liked is False


def test_nothing_yet(program: Program, browser: Client, home: str) -> None:
    """PRT-1.b: an empty page says what belongs there, and where to say what one likes."""
    page = browser.get(home.replace("/home/", "/exchange/")).text
    assert "it begins with the first thing you do" in page
    assert "Say what you like to get back" in page
