"""What is done with several ticked rows at once, list by list (UI-1)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from advocacy import clock
from advocacy.messaging.models import OutgoingMail
from advocacy.rest.models import ApiToken
from advocacy.tenancy.models import Membership, StuckWork, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.accounts.selectors import held_accounts
from advocates.models import Account, Advocate
from benefits.thanks.models import ThankYou
from imports.models import ImportRun
from requests.models import Request
from tests.factories.advocates import AccountFactory, EnrolledFactory
from tests.factories.benefits import ThankYouFactory
from tests.factories.imports import ImportRunFactory
from tests.factories.messaging import OutgoingMailFactory
from tests.factories.requests import RequestFactory
from tests.factories.rest import ApiTokenFactory
from tests.factories.tenancy import StuckWorkFactory

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Membership | None], Client]


class Desk:
    """Somebody of a role, who ticks rows and presses a button."""

    def __init__(self, tenant: Tenant, member: Membership, client_for: ClientFor) -> None:
        self.tenant, self.member, self.client = tenant, member, client_for(member)

    def press(self, name: str, rows: Any, **said: Any) -> str:
        """What is told afterwards."""
        ids = [str(row.pk) for row in rows]
        address = reverse(name, args=(self.tenant.slug,))
        answer = self.client.post(address, {"ids": ids, **said}, follow=True)
        assert answer.status_code == 200
        return answer.content.decode()


@pytest.fixture
def desk(tenant: Tenant, membership: Any, client_for: ClientFor) -> Callable[[str], Desk]:
    """Somebody of a role."""
    return lambda role: Desk(tenant, membership(role), client_for)


def test_people_pause_and_come_back(desk: Any, tenant: Tenant) -> None:
    """UI-1.d, UI-1.h: who is paused already is named; coming back is taken back by one press."""
    with tenant_scope(tenant):
        people = [EnrolledFactory(last_name=name) for name in ("Aoki", "Lima", "Zhou")]
        Advocate.objects.filter(pk=people[2].pk).update(status="paused")
    manager = desk("program_manager")
    told = manager.press("advocates:pause-many", people)
    assert "Pause: 2 done. 1 stays as it was." in told
    assert "Zhou" in told.split("1 stays as it was.")[1][:80]
    told = manager.press("advocates:resume-many", people)
    assert "Resume: 3 done." in told
    toast = told.split("data-undo")[1].split("</form>")[0]
    assert all(str(person.pk) in toast for person in people)
    manager.press("advocates:pause-many", people)
    with tenant_scope(tenant):
        assert set(Advocate.objects.values_list("status", flat=True)) == {"paused"}


def test_accounts_get_an_owner_and_rest(
    desk: Any, tenant: Tenant, membership: Any, client_for: ClientFor
) -> None:
    """UI-1.d, ACC-2.a: an owner or a hold for several accounts, asked for once; a CSM changes no
    colleague's.
    """
    csm = membership("csm")
    with tenant_scope(tenant):
        accounts = [AccountFactory(), AccountFactory()]
        foreign = AccountFactory(name="Ferna", owner=membership("csm"))
    manager = desk("program_manager")
    form = manager.press("accounts:owner-many", accounts)
    assert "Assign owner: 2 rows" in form
    told = manager.press("accounts:owner-many", accounts, owner=str(csm.pk), answered="1")
    assert "Assign owner: 2 done." in told
    wrong = reverse("accounts:hold-many", args=(tenant.slug,))
    ids = [str(row.pk) for row in accounts]
    refused = manager.client.post(wrong, {"ids": ids, "answered": "1", "ends_on": "2999-01-01"})
    assert refused.status_code == 422
    assert "2999-01-01" in refused.content.decode()
    assert ids[1] in refused.content.decode()
    own = Desk(tenant, csm, client_for)
    told = own.press("accounts:hold-many", [*accounts, foreign], reason="Talks", answered="1")
    assert "Put on hold: 2 done. 1 stays as it was." in told
    assert "Ferna belongs to a colleague" in told
    with tenant_scope(tenant):
        assert set(held_accounts()) == set(accounts)
        assert set(Account.objects.filter(owner=csm)) == set(accounts)
    assert "Lift hold: 2 done." in own.press("accounts:lift-many", accounts)
    assert "Lift hold: nothing was changed." in own.press("accounts:lift-many", accounts)
    with tenant_scope(tenant):
        assert not held_accounts()


def test_all_that_match_is_what_the_list_shows(desk: Any, tenant: Tenant, membership: Any) -> None:
    """UI-1.d, REQ-2.a: "all that match" of the requests that need somebody are not all requests;
    a list that is none, or of other rows, counts for nothing.
    """
    now = clock.now()
    manager = desk("program_manager")
    with tenant_scope(tenant):
        mine = RequestFactory(state="submitted", submitted_at=now, manager=manager.member)
        other = RequestFactory(
            state="submitted", submitted_at=now, manager=membership("program_manager")
        )
    told = manager.press("requests:take-up-many", [], all="1", list="requests:list")
    assert "Take up: 1 done." in told
    with tenant_scope(tenant):
        assert Request.objects.get(pk=mine.pk).state == "in_review"
        assert Request.objects.get(pk=other.pk).state == "submitted"
    for name in ("accounts:list", "requests:detail", "nothing", "today"):
        told = manager.press("requests:take-up-many", [other], list=name)
    assert "Take up: nothing was changed." in told
    colleague = membership("program_manager")
    rows = [mine, other]
    assert "2 rows" in manager.press("requests:assign-many", rows)
    told = manager.press("requests:assign-many", rows, manager=str(colleague.pk), answered="1")
    assert "Hand over: 2 done." in told
    with tenant_scope(tenant):
        assert Request.objects.filter(manager=colleague).count() == 2


def test_thank_yous_are_handed_over_and_marked(desk: Any, tenant: Tenant, membership: Any) -> None:
    """UI-1.d, THX-3.b: several were thanked in a call; a colleague takes what is left."""
    manager = desk("program_manager")
    csm = membership("csm")
    with tenant_scope(tenant):
        rows = [ThankYouFactory(owner=manager.member) for _number in range(2)]
        left = ThankYouFactory(owner=manager.member)
    at = timezone_text(clock.now() - timedelta(minutes=1))
    said = {"channel": "call", "at": at, "answered": "1"}
    assert "Mark as thanked: 2 done." in manager.press("thanks:thanked-many", rows, **said)
    told = manager.press("thanks:hand-over-many", [*rows, left], owner=str(csm.pk), answered="1")
    assert "Hand over: 1 done. 2 stay as they were." in told
    with tenant_scope(tenant):
        assert set(ThankYou.objects.filter(state="done")) == set(rows)
        assert list(ThankYou.objects.filter(owner=csm)) == [left]


def timezone_text(at: Any) -> str:
    """As a form sends it, in the tenant's zone."""
    return timezone.localtime(at, ZoneInfo("Europe/Berlin")).strftime("%Y-%m-%dT%H:%M:%S")


def test_settings_lists(desk: Any, tenant: Tenant, membership: Any) -> None:
    """UI-1.d: members leave and come back, tokens end, mails and stuck work are tried again,
    uploads are thrown away; the last admin stays, with the reason.
    """
    admin = desk("admin")
    people = [membership("sales"), membership("csm"), admin.member]
    told = admin.press("people-deactivate-many", people)
    assert "Deactivate: 2 done. 1 stays as it was." in told
    assert "data-undo" in told
    assert "Reactivate: 2 done." in admin.press("people-reactivate-many", people[:2])
    with tenant_scope(tenant):
        tokens = [ApiTokenFactory(), ApiTokenFactory()]
        mails = [OutgoingMailFactory(state="failed"), OutgoingMailFactory(state="sent")]
        stuck = [StuckWorkFactory(), StuckWorkFactory()]
        runs = [
            ImportRunFactory(state="uploaded", phase="check"),
            ImportRunFactory(state="done", phase="import"),
        ]
    assert "Revoke: 2 done." in admin.press("token-revoke-many", tokens)
    assert "Send again: 1 done. 1 stays as it was." in admin.press("mail-retry-many", mails)
    assert "Try again: 2 done." in admin.press("stuck-retry-many", stuck)
    assert "Throw away: 1 done. 1 stays as it was." in admin.press("import-discard-many", runs)
    with tenant_scope(tenant):
        assert not ApiToken.objects.filter(revoked_at=None)
        assert not OutgoingMail.objects.filter(state="failed")
        assert not StuckWork.objects.filter(failed_at__isnull=False)
        assert list(ImportRun.objects.all()) == [runs[1]]


def test_too_many_are_refused(desk: Any, tenant: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    """UI-1.d, BAD-1: how many at most, before anything is done."""
    monkeypatch.setattr("advocates.people.pages.several.PauseMany.limit", 1)
    with tenant_scope(tenant):
        people = [EnrolledFactory(), EnrolledFactory()]
    manager = desk("program_manager")
    ids = [str(person.pk) for person in people]
    address = reverse("advocates:pause-many", args=(tenant.slug,))
    answer = manager.client.post(address, {"ids": ids})
    assert answer.status_code == 422
    assert "At most 1 at a time" in answer.content.decode()
    with tenant_scope(tenant):
        assert set(Advocate.objects.values_list("status", flat=True)) == {"active"}
