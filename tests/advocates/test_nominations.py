"""Nominations: from a colleague's proposal to what became of it (IDN-1, IDN-2)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from advocacy.events.models import Event
from advocacy.messaging.models import OutgoingMail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenant_settings.services import change_settings
from advocates.joining.criteria import criteria_of, needs_override
from advocates.joining.enrolment import advance_advocate, enrol_advocate
from advocates.joining.meeting import criteria_counted, with_criteria_met
from advocates.joining.selectors import (
    my_returned_nominations,
    nominable_people,
    open_nominations,
)
from advocates.joining.services import (
    accept_nomination,
    acknowledge_nomination,
    nominate_advocate,
    return_nomination,
    withdraw_nomination,
)
from advocates.joining.settings import RECRUITING
from advocates.models import Account, Advocate, Nomination
from advocates.scoring.services import evaluate_scores
from tests.factories.advocates import (
    AccountFactory,
    AdvocateFactory,
    NominationFactory,
    OutcomeFactory,
    set_up,
)
from tests.factories.tenancy import MembershipFactory
from tests.support.time import Clock

TODAY = date(2026, 3, 2)


@pytest.fixture
def manager(scope: Tenant, clock: Clock) -> Membership:
    set_up()
    made: Membership = MembershipFactory.create(role="program_manager", user__name="Priya Nair")
    return made


@pytest.fixture
def csm(manager: Membership) -> Membership:
    made: Membership = MembershipFactory.create(role="csm", user__name="Cleo")
    return made


def candidate(owner: Membership | None = None, **kwargs: Any) -> Advocate:
    """Somebody who meets every criterion, unless told otherwise."""
    account = {
        name.removeprefix("account__"): kwargs.pop(name)
        for name in list(kwargs)
        if name.startswith("account__")
    }
    values = {"status": "candidate", "enrolled_at": None, "nps": 10, "nps_on": date(2026, 1, 5)}
    advocate: Advocate = AdvocateFactory.create(
        account=AccountFactory.create(owner=owner, **account), **(values | kwargs)
    )
    OutcomeFactory(advocate=advocate)
    return advocate


def nominated(csm: Membership, **kwargs: Any) -> Nomination:
    return nominate_advocate(
        actor=Actor.member(csm), advocate=candidate(csm, **kwargs), reasons="Loves to help."
    )


def answers(advocate: Advocate) -> dict[str, str]:
    return {criterion.code: criterion.answer for criterion in criteria_of(advocate)}


def test_a_candidate_is_nominated(csm: Membership) -> None:
    """IDN-2.a, ENR-1.a: the person's status follows, the criteria are kept as codes, the log has no
    words.
    """
    nomination = nominated(csm)
    assert (nomination.state, nomination.nominated_by) == ("submitted", csm)
    assert nomination.advocate.reload().status == "nominated"
    assert nomination.criteria == {
        "health": True,
        "tenure": True,
        "nps": True,
        "outcome": True,
        "policy": True,
        "fit": None,
    }
    event = Event.objects.get(verb="nomination.submitted")
    assert event.payload == {"before": "candidate", "after": "nominated"}
    assert list(open_nominations()) == [nomination]


@pytest.mark.parametrize(
    ("changes", "code", "answer"),
    [
        ({"account__health": 80}, "health", "met"),
        ({"account__health": 79}, "health", "not_met"),
        ({"account__health": None}, "health", "unknown"),
        ({"account__customer_since": date(2025, 3, 2)}, "tenure", "met"),
        ({"account__customer_since": date(2025, 3, 3)}, "tenure", "not_met"),
        ({"account__customer_since": None}, "tenure", "unknown"),
        ({"nps": 9, "nps_on": date(2025, 3, 2)}, "nps", "met"),
        ({"nps": 8}, "nps", "not_met"),
        ({"nps": 10, "nps_on": date(2025, 3, 1)}, "nps", "unknown"),
        ({"nps": None, "account__nps": 9, "account__nps_on": date(2026, 2, 1)}, "nps", "met"),
        ({"nps": 8, "account__nps": 10, "account__nps_on": date(2026, 2, 1)}, "nps", "not_met"),
        ({"nps": 10, "nps_on": None}, "nps", "unknown"),
        ({"nps": None}, "nps", "unknown"),
        ({"account__advocacy_allowed": False}, "policy", "not_met"),
        ({"account__advocacy_allowed": None}, "policy", "unknown"),
    ],
)
def test_criteria(csm: Membership, changes: dict[str, Any], code: str, answer: str) -> None:
    """IDN-1: met, not met, or needs data; never a guess. One's own answer goes before the
    company's, unless it is too old.
    """
    person = candidate(csm, **changes)
    assert answers(person)[code] == answer
    short = [criterion.code for criterion in needs_override(criteria_of(person))]
    assert short == ([] if answer == "met" else [code])
    assert met_of(person) == criteria_counted() - len(short)


def met_of(person: Advocate) -> int:
    """How many, as the list of candidates counts it."""
    counted: int = with_criteria_met(Advocate.objects.filter(pk=person.pk)).get().met
    return counted


def test_candidates_are_people_at_customers_the_best_first(
    csm: Membership, manager: Membership, client_for: Callable[..., Client]
) -> None:
    """IDN-1.a, IDN-1.e: "meets 4 of 5", and of six where an ideal customer is described; the same
    as the criteria of one person say.
    """
    little = candidate(csm, last_name="Little", account__health=70, account__advocacy_allowed=None)
    much = candidate(csm, last_name="Much")
    candidate(csm, last_name="Former", account__lifecycle="former")
    evaluate_scores()
    address = "/t/acme/advocates/candidates/"

    def shown() -> str:
        return client_for(manager).get(address).content.decode()

    page = shown()
    assert page.index("Much") < page.index("Little")
    assert "meets 5 of 5" in page and "meets 3 of 5" in page and "Former" not in page
    Account.objects.filter(pk=much.account_id).update(industry="Energy")
    change_settings(
        actor=Actor.member(manager), family=RECRUITING, values={"profile_industries": ["energy"]}
    )
    assert "meets 6 of 6" in shown() and "meets 3 of 6" in shown()
    for person in (little.reload(), much.reload()):
        person.refresh_from_db()
        assert met_of(person) == sum(each.met is True for each in criteria_of(person))


def test_without_a_result_or_profile(csm: Membership) -> None:
    """IDN-1: no result is missing data; the fit cannot be told before a profile is set, and
    nobody has to explain that away.
    """
    person = candidate(csm)
    person.outcomes.all().delete()
    assert (answers(person)["outcome"], answers(person)["fit"]) == ("unknown", "unknown")
    assert [criterion.code for criterion in needs_override(criteria_of(person))] == ["outcome"]


def test_accepting_tells_the_nominator(csm: Membership, manager: Membership) -> None:
    """IDN-2.a, IDN-2.c, ENR-1.a: accepted → qualified; the CSM gets a mail."""
    nomination = nominated(csm)
    accept_nomination(actor=Actor.member(manager), nomination=nomination)
    assert (nomination.reload().state, nomination.decided_by) == ("accepted", manager)
    assert nomination.advocate.reload().status == "qualified"
    mail = OutgoingMail.objects.get(subject_id=nomination.pk)
    assert (mail.to_email, mail.sender) == (csm.email, manager)
    assert nomination.advocate.name in mail.subject
    assert "Priya Nair" in mail.text


def test_unmet_criteria_need_a_written_override(csm: Membership, manager: Membership) -> None:
    """IDN-2.b: an unmet criterion is no wall, but somebody has to write why."""
    nomination = nominated(csm, account__health=70)
    with pytest.raises(DomainError) as refused:
        accept_nomination(actor=Actor.member(manager), nomination=nomination, override_reason=" ")
    assert "override_reason" in refused.value.fields
    assert nomination.reload().state == "submitted"
    accept_nomination(
        actor=Actor.member(manager), nomination=nomination, override_reason="Fixed last week."
    )
    assert nomination.reload().override_reason == "Fixed last week."
    event = Event.objects.get(verb="nomination.accepted")
    assert event.payload["overridden"] == ["health"]
    assert "Fixed" not in str(event.payload)


def test_the_criteria_of_the_decision_count(csm: Membership, manager: Membership) -> None:
    """IDN-2.b: what was missing at the nomination and came in since needs no override."""
    nomination = nominated(csm, account__health=None)
    Account.objects.filter(pk=nomination.advocate.account_id).update(health=90)
    nomination = open_nominations().get()
    accept_nomination(actor=Actor.member(manager), nomination=nomination)
    assert nomination.reload().criteria["health"] is True


def test_returning_needs_a_reason_and_reaches_the_nominator(
    csm: Membership, manager: Membership
) -> None:
    """IDN-2.a, IDN-2.c: returned → candidate again; it waits in the nominator's queue until they
    look.
    """
    nomination = nominated(csm)
    with pytest.raises(DomainError) as refused:
        return_nomination(actor=Actor.member(manager), nomination=nomination, reason="  ")
    assert refused.value.fields
    return_nomination(
        actor=Actor.member(manager), nomination=nomination, reason="After the renewal, please."
    )
    assert nomination.advocate.reload().status == "candidate"
    assert "After the renewal" in OutgoingMail.objects.get(subject_id=nomination.pk).text
    assert list(my_returned_nominations(csm)) == [nomination]
    assert not my_returned_nominations(manager)
    acknowledge_nomination(actor=Actor.member(csm), nomination=nomination)
    assert not my_returned_nominations(csm)
    again = nominate_advocate(
        actor=Actor.member(csm), advocate=nomination.advocate, reasons="Renewed."
    )
    assert again.pk != nomination.pk


def test_a_nomination_is_decided_once(csm: Membership, manager: Membership) -> None:
    """IDN-2.a: two who decide at the same time do not both win."""
    nomination = nominated(csm)
    stale = Nomination.objects.select_related("advocate__account").get(pk=nomination.pk)
    return_nomination(actor=Actor.member(manager), nomination=nomination, reason="Later.")
    with pytest.raises(Conflict):
        accept_nomination(actor=Actor.member(manager), nomination=stale)
    with pytest.raises(Conflict):
        withdraw_nomination(actor=Actor.member(csm), nomination=stale)
    assert nomination.reload().state == "returned"
    assert nomination.advocate.reload().status == "candidate"


def test_one_open_nomination_a_person(csm: Membership) -> None:
    """IDN-2: the service says so in a sentence, and the database refuses it."""
    nomination = nominated(csm)
    with pytest.raises(Conflict):
        nominate_advocate(
            actor=Actor.member(csm), advocate=nomination.advocate.reload(), reasons="Again."
        )
    with pytest.raises(IntegrityError, match="nomination_open_once"), transaction.atomic():
        NominationFactory(advocate=nomination.advocate)


def test_withdrawing(csm: Membership, manager: Membership) -> None:
    """IDN-2: taken back by the nominator; nobody is written to."""
    nomination = nominated(csm)
    colleague = MembershipFactory.create(role="csm")
    with pytest.raises(NotAllowed):
        withdraw_nomination(actor=Actor.member(colleague), nomination=nomination)
    withdraw_nomination(actor=Actor.member(csm), nomination=nomination)
    assert nomination.reload().state == "withdrawn"
    assert nomination.advocate.reload().status == "candidate"
    assert not OutgoingMail.objects.exists()


def test_who_may(csm: Membership, manager: Membership) -> None:
    """IDN-2.a, ID-2.a: a CSM at own accounts, marketing anywhere, sales never; the program
    decides.
    """
    theirs = candidate(MembershipFactory.create(role="csm"))
    for role, allowed in {
        "csm": False,
        "sales": False,
        "executive": False,
        "marketing": True,
    }.items():
        actor = Actor.member(csm if role == "csm" else MembershipFactory.create(role=role))
        if allowed:
            nominate_advocate(actor=actor, advocate=theirs, reasons="Everybody knows her.")
        else:
            with pytest.raises(NotAllowed):
                nominate_advocate(actor=actor, advocate=theirs, reasons="Everybody knows her.")
    nomination = open_nominations().get()
    for member in (csm, MembershipFactory.create(role="marketing")):
        with pytest.raises(NotAllowed):
            accept_nomination(actor=Actor.member(member), nomination=nomination)
        with pytest.raises(NotAllowed):
            return_nomination(actor=Actor.member(member), nomination=nomination, reason="No.")


def test_a_csm_cannot_decide_by_another_door(csm: Membership) -> None:
    """IDN-2, ID-2.a: moving the status by hand decides a nomination too, so it takes the same
    right.
    """
    nomination = nominated(csm)
    with pytest.raises(NotAllowed):
        advance_advocate(actor=Actor.member(csm), advocate=nomination.advocate, to="qualified")


def test_somebody_enrolled_by_hand_leaves_no_open_nomination(
    csm: Membership, manager: Membership
) -> None:
    """IDN-2.c: the nominator hears of it as of any other acceptance."""
    nomination = nominated(csm)
    enrol_advocate(
        actor=Actor.member(manager), advocate=nomination.advocate, reason="Agreed on stage."
    )
    assert (nomination.reload().state, nomination.decided_by) == ("accepted", manager)
    assert OutgoingMail.objects.filter(subject_id=nomination.pk).count() == 1


def test_a_decline_is_final_for_180_days(csm: Membership, clock: Clock) -> None:
    """ENR-1, IDN-2: nobody is nominated back into an answer they gave."""
    person = candidate(csm, status="invited")
    advance_advocate(actor=Actor.system("tests"), advocate=person, to="declined")
    assert nominable_people(csm) == []
    with pytest.raises(Conflict, match="declined"):
        nominate_advocate(actor=Actor.member(csm), advocate=person, reasons="Try again.")
    with pytest.raises(Conflict):
        advance_advocate(actor=Actor.system("tests"), advocate=person, to="candidate")
    clock.advance(timedelta(days=180, minutes=1))
    assert nominable_people(csm) == [person]
    nominate_advocate(actor=Actor.member(csm), advocate=person.reload(), reasons="New job.")
    assert person.reload().status == "nominated"


def page(tenant: Tenant, path: str) -> str:
    return f"/t/{tenant.slug}/nominations/{path}"


def test_nominating_from_the_browser(
    csm: Membership, tenant: Tenant, client_for: Callable[[Membership | None], Client]
) -> None:
    """IDN-2.a, IDN-2.b: the contact is chosen already, the facts stand beside it, an error keeps
    the text.
    """
    person = candidate(csm, account__health=None)
    client = client_for(csm)
    shown = client.get(page(tenant, f"new/?account={person.account_id}"))
    assert person.name in shown.text
    assert "Nobody has recorded a health score." in shown.text
    assert "needs data" in shown.text
    refused = client.post(page(tenant, "new/"), {"advocate": str(person.pk), "reasons": ""})
    assert refused.status_code == 422
    done = client.post(page(tenant, "new/"), {"advocate": str(person.pk), "reasons": "So kind."})
    nomination = Nomination.objects.get()
    assert done["Location"] == page(tenant, f"{nomination.pk}/")
    assert "So kind." in client.get(done["Location"]).text


def test_what_the_nominator_sees(
    csm: Membership,
    manager: Membership,
    tenant: Tenant,
    client_for: Callable[[Membership | None], Client],
) -> None:
    """IDN-2.b, IDN-2.c: the CSM reads why it came back; a colleague from marketing sees nothing of
    it.
    """
    nomination = nominated(csm, account__health=70)
    program = client_for(manager)
    assert nomination.advocate.name in program.get(page(tenant, "to-decide/")).text
    refused = program.post(page(tenant, f"{nomination.pk}/accept/"), {"override_reason": ""})
    assert refused.status_code == 422
    program.post(page(tenant, f"{nomination.pk}/return/"), {"reason": "Wait for the renewal."})
    mine = client_for(csm)
    assert "Wait for the renewal." in mine.get(page(tenant, f"{nomination.pk}/")).text
    assert nomination.advocate.name in mine.get(page(tenant, "")).text
    stranger = client_for(MembershipFactory.create(role="marketing"))
    assert stranger.get(page(tenant, f"{nomination.pk}/")).status_code == 404


def test_from_the_list_and_back_to_it(
    csm: Membership,
    manager: Membership,
    tenant: Tenant,
    client_for: Callable[[Membership | None], Client],
) -> None:
    """IDN-2.a: a candidate's row nominates, at own accounts only, and one stays where one was."""
    own, other = candidate(csm), candidate(MembershipFactory.create(role="csm"))
    client = client_for(csm)
    listed = "/t/acme/advocates/candidates/?owner="
    shown = client.get(listed).text
    assert f"new/?advocate={own.pk}&amp;next=" in shown
    assert f"new/?advocate={other.pk}" not in shown
    form = client.get(page(tenant, f"new/?advocate={own.pk}&next={listed}"))
    assert "autofocus" in form.text.split('name="reasons"')[1].split(">")[0]
    done = client.post(
        page(tenant, f"new/?advocate={own.pk}"),
        {"advocate": str(own.pk), "reasons": "So kind.", "next": listed},
    )
    assert done["Location"] == listed
    assert f"new/?advocate={own.pk}" not in client.get(listed).text
