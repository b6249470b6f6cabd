"""Who stands in for whom while somebody is away (ID-1.c)."""

from datetime import timedelta
from typing import Any, ClassVar

import pytest

from advocacy import clock
from advocacy.events.models import Event
from advocacy.identity.absences.resource import ABSENCES
from advocacy.identity.absences.services import call_off_absence, record_absence, update_absence
from advocacy.messaging.models import OutgoingMail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.delegation import (
    answers_for,
    forget,
    may_stand_in,
    stands_in_for,
    who_acts_for,
)
from advocacy.tenancy.errors import DomainError, NotAllowed
from advocacy.tenancy.models import Absence, Membership
from advocacy.tenancy.roles import Role
from advocates.access import may_change
from reporting.queue import everything, rows_of, waiting_count
from requests.access import is_own
from requests.asks.selectors import rest_asks
from requests.mails import mail_member
from requests.models import Request
from requests.requests.choices import RequestState
from requests.requests.selectors import mine, rest_requests, visible_requests
from tests.factories.activities import DutyFactory
from tests.factories.advocates import AccountFactory, AdvocateFactory
from tests.factories.benefits import ThankYouFactory
from tests.factories.moments import MomentFactory
from tests.factories.requests import AskFactory, RequestFactory
from tests.factories.tenancy import AbsenceFactory, MembershipFactory
from tests.kit.resource import ResourceCase
from tests.support.cases import Cases
from tests.support.rest import api_for

EVERYBODY = "admin program_manager sales csm marketing executive approver product"


class TestAbsences(ResourceCase):
    """ID-1.c: a member names a delegate, from and until; also over REST; an admin for all."""

    resource, factory = ABSENCES, AbsenceFactory
    viewers = editors = EVERYBODY
    new: ClassVar[dict[str, Any]] = {
        "member": MembershipFactory,
        "delegate": MembershipFactory,
        "starts_on": "2199-01-05",
        "ends_on": "2199-01-09",
    }
    changed: ClassVar[dict[str, Any]] = {"ends_on": "2199-01-12"}
    wrong: ClassVar[dict[str, Any]] = {"ends_on": "2020-01-01"}
    owned_by = "member"
    moves: ClassVar[dict[str, Any]] = {"call_off": (EVERYBODY, {}, "called_off")}


def days(first: int, last: int) -> dict[str, Any]:
    """From and until, in days from today."""
    today = clock.now().date()
    return {
        "starts_on": today + timedelta(days=first),
        "ends_on": today + timedelta(days=last),
    }


def away(member: Membership, delegate: Membership, first: int = 0, last: int = 7) -> Absence:
    """Somebody names who stands in."""
    actor = Actor.member(member)
    return record_absence(actor=actor, delegate=delegate, **days(first, last))


def test_what_falls_due_meanwhile_is_on_the_delegates_today(scope: Any, membership: Any) -> None:
    """ID-1.c: with whose it is and until when; what is due after the return stays; afterwards
    everything is the owner's again.
    """
    priya, tom = membership("csm"), membership("csm")
    now_due = MomentFactory(account=AccountFactory(owner=priya))
    for_later = MomentFactory(
        account=now_due.account, happened_on=clock.now().date(), kind="renewal"
    )

    def due(member: Membership) -> set[Any]:
        return {item.pk for item in everything(member)}

    assert due(priya) == {now_due.pk, for_later.pk}
    absence = away(priya, tom, 0, 6)
    assert due(tom) == {now_due.pk}
    assert due(priya) == {for_later.pk}
    assert str(waiting_count(tom)) == "1"
    (row,) = rows_of(tom, everything(tom))
    assert row.whose.startswith(f"for {priya.name}, away until ")
    call_off_absence(actor=Actor.member(priya), absence=absence)
    assert due(priya) == {now_due.pk, for_later.pk}
    assert due(tom) == set()


def test_what_is_everybodys_is_there_once(scope: Any, membership: Any) -> None:
    """ID-1.c: a request nobody looks after is the delegate's own already."""
    priya, tom = membership(), membership()
    RequestFactory(state=RequestState.SUBMITTED, manager=None)
    away(priya, tom)
    (item,) = everything(tom)
    assert item.whose == tom
    assert str(waiting_count(tom)) == "1"


def test_the_delegate_may_do_it(scope: Any, membership: Any) -> None:
    """ID-1.c: at the owner's accounts and with their requests, as long as it lasts."""
    priya, tom = membership("csm"), membership("csm")
    account = AccountFactory(owner=priya)
    request = RequestFactory(requester=priya, state=RequestState.NEEDS_INFO)
    draft = RequestFactory(requester=priya, state=RequestState.DRAFT)
    assert not may_change(tom, "accounts.edit", account)
    assert not is_own(Actor.member(tom), request)
    absence = away(priya, tom)
    assert may_change(tom, "accounts.edit", account)
    assert is_own(Actor.member(tom), request)
    assert request in mine(tom)
    assert draft not in visible_requests(tom)
    call_off_absence(actor=Actor.member(priya), absence=absence)
    assert not may_change(tom, "accounts.edit", account)


def test_what_they_may_do_ends_with_the_absence(
    scope: Any, membership: Any, each: Cases, client_for: Any
) -> None:
    """ID-1.c: a delegate gives neither account, person, thank-you nor duty away for good; the owner
    and the program do, and nobody gives an account to who has left.
    """
    priya, tom, manager = membership("csm"), membership("csm"), membership()
    left = membership("csm", is_active=False)
    account = AccountFactory(owner=priya)
    person = AdvocateFactory(account=account)
    thanks = ThankYouFactory(activity__advocate=person, owner=priya)
    duty = DutyFactory(activity=thanks.activity, owner=priya)
    own = AccountFactory(owner=tom)
    away(priya, tom)
    to_tom = {"owner": str(tom.pk)}
    for call, body, field in (
        (f"accounts/{account.pk}/", to_tom, "owner"),
        (f"advocates/{person.pk}/", {"account": str(own.pk)}, "account"),
        (f"thank-yous/{thanks.pk}/reassign/", to_tom, "owner"),
        (f"duties/{duty.pk}/hand-over/", to_tom, "owner"),
    ):
        with each(call):
            sends = "patch" if call.count("/") == 2 else "post"
            refused = getattr(api_for(tom), sends)(call, body)
            assert (refused.status_code, set(refused.json()["errors"])) == (422, {field})
            assert getattr(api_for(manager), sends)(call, body).status_code == 200
    gone = api_for(manager).patch(f"accounts/{account.pk}/", {"owner": str(left.pk)})
    assert set(gone.json()["errors"]) == {"owner"}
    assert api_for(tom).patch(f"accounts/{account.pk}/", {"notes": "Back soon"}).status_code == 200


def test_given_away_out_of_sight(scope: Any, membership: Any, client_for: Any) -> None:
    """API-2, VIS-1: what is then a colleague's to see is given all the same: 204 over REST, and in
    the browser the list.
    """
    ann, ben = membership("sales"), membership("sales")
    first, second = DutyFactory(owner=ann), DutyFactory(owner=ann)
    given = api_for(ann).post(f"duties/{first.pk}/hand-over/", {"owner": str(ben.pk)})
    assert (given.status_code, given.content) == (204, b"")
    assert first.reload().owner == ben
    page = f"/t/{scope.slug}/duties/"
    went = client_for(ann).post(f"{page}{second.pk}/hand-over/", {"owner": str(ben.pk)})
    assert (went.status_code, went["Location"]) == (302, page)
    assert second.reload().owner == ben


def test_sales_reads_a_colleagues_requests_only_then(scope: Any, membership: Any) -> None:
    """ID-1.c, VIS-1: and no draft of theirs."""
    ann, ben = membership("sales"), membership("sales")
    sent = RequestFactory(requester=ann, state=RequestState.SUBMITTED)
    asked = AskFactory(request=sent)
    RequestFactory(requester=ann, state=RequestState.DRAFT)
    assert not visible_requests(ben).exists()
    away(ann, ben)
    assert [each.pk for each in visible_requests(ben)] == [sent.pk]
    assert [each.pk for each in rest_requests(ben)] == [sent.pk]
    assert list(rest_asks(ben)) == [asked]


def test_mails_go_to_the_delegate(scope: Any, membership: Any) -> None:
    """ID-1.c: with whom they are for, below the greeting."""
    ann, ben = membership("sales"), membership("sales")
    away(ann, ben)
    request: Request = RequestFactory(requester=ann)
    mail = mail_member(ann, "unfilled", request, key="1", context={"reason": "Nobody fits"})
    assert isinstance(mail, OutgoingMail)
    assert (mail.to_email, mail.to_name) == (ben.email, ben.name)
    text = str(mail.text)
    assert f"You get this for {ann.name}, away until " in text
    assert text.startswith("Hello ")
    assert text.index("\n\nYou get this") < text.index("Nobody fits")


def test_chains_and_circles(scope: Any, membership: Any) -> None:
    """ID-1.c: a delegate who is away hands on; a circle leaves everything with its owners."""
    ann, ben, cid = membership("csm"), membership("csm"), membership("csm")
    away(ann, ben)
    away(ben, cid)
    assert who_acts_for(ann) == who_acts_for(ben) == cid
    assert answers_for(cid) == {ann.pk, ben.pk, cid.pk}
    assert answers_for(ben) == {ben.pk}
    assert set(stands_in_for(cid)) == {ann, ben}
    with pytest.raises(DomainError, match="come back to"):
        away(cid, ann)
    # Two who name each other at the same moment.
    AbsenceFactory(member=cid, delegate=ann)
    for each in (ann, ben, cid):
        assert who_acts_for(each) == each


def test_who_left_or_changed_the_role_stands_in_no_longer(scope: Any, membership: Any) -> None:
    """ID-1.c: things are with nobody who cannot do them."""
    ann, ben = membership("csm"), membership("csm")
    away(ann, ben)
    assert who_acts_for(ann) == ben
    for change in ({"role": Role.SALES}, {"role": Role.CSM, "is_active": False}):
        Membership.objects.filter(pk=ben.pk).update(**change)
        forget()
        assert who_acts_for(ann) == ann


def test_a_role_stands_in_for_what_it_may_itself() -> None:
    """ID-1.c, ID-2: nobody gets a right by it; settings and plans are nobody's work of the day."""
    for role, can in {
        "sales": "program_manager sales csm marketing admin",
        "csm": "program_manager csm admin",
        "marketing": "program_manager csm marketing admin",
        "executive": "program_manager csm executive admin",
        "program_manager": "program_manager admin",
        "admin": "program_manager admin",
        "approver": EVERYBODY,
    }.items():
        assert {each.value for each in Role if may_stand_in(each, role)} == set(can.split()), role


def test_what_is_refused(scope: Any, membership: Any, each: Cases) -> None:
    """ID-1.c, BAD-1: days that overlap or are over, nobody who may, oneself; each at its field."""
    ann, ben, seller = membership("csm"), membership("csm"), membership("sales")
    absence = away(ann, ben, 3, 8)
    wrong: dict[str, tuple[Membership, int, int]] = {
        "starts_on": (ben, 8, 12),
        "ends_on": (ben, 30, 20),
        "delegate": (seller, 20, 30),
    }
    for field, (delegate, first, last) in wrong.items():
        with each(field), pytest.raises(DomainError) as refused:
            away(ann, delegate, first, last)
        assert set(refused.value.fields) == {field}
    with each("over"), pytest.raises(DomainError, match="over already"):
        away(ann, ben, -9, -2)
    with each("oneself"), pytest.raises(DomainError, match="stands in for themselves"):
        away(ann, ann, 20, 30)
    with each("a colleague's"), pytest.raises(NotAllowed):
        update_absence(actor=Actor.member(ben), absence=absence, **days(3, 9))
    with each("beside it"):
        away(ann, ben, 9, 12)
    assert Absence.objects.count() == 1
    assert Event.objects.filter(verb__startswith="absence.").count() == 1


def test_over_rest_one_names_a_delegate_for_oneself(scope: Any, membership: Any) -> None:
    """ID-1.c, API-1."""
    ann, ben = membership("sales"), membership("sales")
    body = {"delegate": str(ben.pk), "starts_on": "2199-01-05", "ends_on": "2199-01-09"}
    made = api_for(ann).post("absences/", body)
    assert made.status_code == 201, made.content
    assert made.json()["member"] == str(ann.pk)
    other = api_for(ann).post("absences/", {**body, "member": str(ben.pk), "delegate": str(ann.pk)})
    assert other.status_code == 403
