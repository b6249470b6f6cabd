"""Pilot feedback (PIL-1), and the months of a program (ACT-3)."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from advocacy.messaging.links import secret_of
from advocacy.messaging.models import OutgoingMail, PersonalLink
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.models import Participation, PilotVoice
from advocates.pilot import services
from advocates.pilot.pages import AskForm
from advocates.pilot.selectors import pilot_advocates, resting
from advocates.program.ledger.capacity import guard_status
from advocates.program.ledger.facts import note_question
from advocates.responsibilities.selectors import program as the_program
from tests.factories.advocates import AdvocateFactory
from tests.factories.set_up import AnsweredVoiceFactory, PilotVoiceFactory
from tests.support.program import Program, make_program
from tests.support.rest import api_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(alice: Membership, scope: Tenant) -> Program:
    made = make_program(manager=alice, email="frank@quantum.example")
    made.completed()
    return made


def test_everybody_of_the_pilot_is_asked_once(program: Program) -> None:
    """PIL-1.a: who took part and colleagues involved get a link of their own, from a person."""
    assert list(pilot_advocates()) == [program.advocate]
    voices = services.ask_pilot(
        actor=program.actor, advocates=[program.advocate], members=[program.csm]
    )
    assert len(voices) == 2
    again = services.ask_pilot(actor=program.actor, advocates=[program.advocate])
    assert again == []
    assert not pilot_advocates()
    mails = OutgoingMail.objects.filter(kind=services.MAIL)
    assert {mail.to_email for mail in mails} == {"frank@quantum.example", program.csm.email}
    assert {mail.sender for mail in mails} == {program.manager}
    for wrong in ({}, {"advocates": [AdvocateFactory(status="candidate")]}):
        with pytest.raises(DomainError):
            services.ask_pilot(actor=program.actor, **wrong)
    with pytest.raises(NotAllowed):
        services.ask_pilot(actor=Actor.member(program.csm), members=[program.manager])


def test_a_question_is_one_of_the_asks_somebody_gets(program: Program) -> None:
    """CAP-7.a: takes nothing, keeps the next ask waiting; who was asked lately is not ticked."""
    person, call = program.advocate, program.type("reference_call")
    assert resting([person]) == {}
    services.ask_pilot(actor=program.actor, advocates=[person])
    unit = Participation.objects.get(advocate=person, activity_type__code="survey")
    assert (unit.units, unit.state, person.reload().last_asked_at) == (0, "released", unit.taken_at)
    status = guard_status(activity_type=call, advocate_ids=[person.pk])[person.pk]
    assert "capacity_pacing" in [reason.code for reason in status.reasons]
    assert "asked lately; better from" in resting([person])[person.pk]
    other = AdvocateFactory()
    program.completed(advocate=other)
    form = AskForm()
    assert form.fields["advocates"].initial == [other.pk]
    note_question(advocate=other, activity_type=call)
    form = AskForm()
    assert form.fields["advocates"].initial == []
    assert "asked lately" in str(form["advocates"])


def test_the_answer_takes_one_page_and_no_sign_in(program: Program, client: Client) -> None:
    """PIL-1.a: what worked, what did not, what to change; kept when wrong, open until decided."""
    (voice,) = services.ask_pilot(actor=program.actor, advocates=[program.advocate])
    link = PersonalLink.objects.get(subject_id=voice.pk)
    url = reverse("portal-pilot", args=(secret_of(link),))
    page = client.get(url).content.decode()
    assert "Frank, how was the beginning?" in page
    assert voice.reload().state == "asked"
    refused = client.post(url, {"worked": " ", "change": ""})
    assert refused.status_code == 422
    assert "Write a line" in refused.content.decode()
    too_long = client.post(url, {"worked": "x" * 2001, "change": "Less mail"})
    assert too_long.status_code == 422
    assert "Less mail" in too_long.content.decode()
    assert client.post(url, {"change": "The questions earlier"}).status_code == 302
    assert client.post(url, {"change": "Questions a week earlier"}).status_code == 302
    assert voice.reload().change == "Questions a week earlier"
    services.decide_voice(
        actor=program.actor, voice=voice, decision="change", owner=program.manager
    )
    assert client.post(url, {"change": "No"}).status_code == 409
    assert "something came of it" in client.get(url).content.decode()


def test_answers_become_a_list_with_decisions(
    program: Program, client_for: Callable[..., Client]
) -> None:
    """PIL-1.b: change, keep or later with an owner, in the browser and over REST."""
    slug, client = program.manager.tenant.slug, client_for(program.manager)
    voice = AnsweredVoiceFactory(advocate=program.advocate)
    listed = client.get(reverse("pilot-voices:list", args=(slug,))).content.decode()
    assert "Tell us the questions earlier." in listed
    url = reverse("pilot-voices:decide", args=(slug, voice.pk))
    assert client.post(url, {"decision": "change"}).status_code == 422
    assert client.post(url, {"decision": "party", "owner": program.csm.pk}).status_code == 422
    sent = {"decision": "change", "owner": program.csm.pk, "note": "From March on"}
    assert client.post(url, sent).status_code == 302
    assert voice.reload().owner == program.csm
    api = api_for(program.manager)
    other = AnsweredVoiceFactory(advocate=AdvocateFactory())
    path = f"pilot-voices/{other.pk}/decide/"
    assert api.post(path, {"decision": "later"}).status_code in {400, 422}
    done = api.post(path, {"decision": "later", "owner": str(program.csm.pk)})
    assert done.json()["state"] == "decided"
    asked = api.post("pilot-voices/ask/", {"members": [str(program.csm.pk)]})
    assert asked.json() == {"asked": 1}
    assert len(api.get("pilot-voices/?state=decided").json()["results"]) == 2
    waiting = PilotVoiceFactory(advocate=AdvocateFactory())
    assert (
        api.post(
            f"pilot-voices/{waiting.pk}/decide/",
            {"decision": "keep", "owner": str(program.csm.pk)},
        ).status_code
        == 409
    )


def test_the_form_ticks_who_was_part(
    program: Program, client_for: Callable[..., Client], other_tenant: Tenant
) -> None:
    """PIL-1.a: advocates who took part and who looks after them; nobody foreign."""
    with tenant_scope(other_tenant):
        foreign = AdvocateFactory()
    client, slug = client_for(program.manager), program.manager.tenant.slug
    url = reverse("pilot-voices:ask", args=(slug,))
    page = client.get(url).content.decode()
    assert f'value="{program.advocate.pk}"' in page
    assert page.count(" checked") == 2
    assert client.post(url, {"advocates": [foreign.pk]}).status_code == 422
    assert client.post(url, {"advocates": [program.advocate.pk]}).status_code == 302
    assert PilotVoice.objects.count() == 1


def test_the_third_month_with_open_decisions_warns(
    program: Program, client_for: Callable[..., Client]
) -> None:
    """PIL-1.b: nobody asked, or an answer without a decision."""
    actor = program.actor
    with pytest.raises(Conflict):
        services.go_on(actor=actor, month=3)
    services.go_on(actor=actor, month=2)
    with pytest.raises(Conflict, match="Nobody was asked"):
        services.go_on(actor=actor, month=3)
    voice = AnsweredVoiceFactory(advocate=program.advocate)
    client = client_for(program.manager)
    url = reverse("setup-go-on", args=(program.manager.tenant.slug,))
    assert "1 answer waits for a decision." in client.get(url).content.decode()
    assert client.post(url, {}).status_code == 409
    assert the_program().month == 2
    api = api_for(program.manager)
    refused = api.post("settings/setup/go-on/", {"month": 3})
    assert refused.status_code == 409
    assert "1 answer waits" in refused.json()["errors"]["anyway"][0]
    services.decide_voice(actor=actor, voice=voice, decision="keep", owner=program.manager)
    assert client.post(url, {}).status_code == 302
    assert the_program().month == 3
    assert client.get(url).status_code == 404


def test_knowingly_one_goes_on(program: Program) -> None:
    """PIL-1.b: the warning is one that can be passed."""
    services.go_on(actor=program.actor, month=2)
    services.go_on(actor=program.actor, month=3, anyway=True)
    assert the_program().month == 3
