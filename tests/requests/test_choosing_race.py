"""Two pick the same time at the same moment: one has it, the other reads why (FUL-1.b, FUL-1.d)."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from activities.activities.models import Activity
from advocacy import clock
from advocacy.messaging.links import link_url
from advocacy.messaging.models import OutgoingMail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.models import ActivityType, Advocate
from requests.models import Ask
from requests.scheduling.choosing import let_them_choose
from tests.factories.activities import ActivityFactory
from tests.factories.advocates import catalogued, open_wide
from tests.factories.requests import AskFactory, AskSlotFactory, ReadyFactory, RequestFactory
from tests.factories.tenancy import MembershipFactory, TenantsFactory
from tests.requests.test_ask_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def tenant() -> Tenant:
    return TenantsFactory(name="Acme", slug="acme")  # type: ignore[no-any-return]


def offered(advocate: Advocate, kind: ActivityType, prospect: str) -> str:
    """A yes with two times, the same for every prospect; the address of their page."""
    requester = MembershipFactory(role="sales")
    row = RequestFactory(
        activity_type=kind, requester=requester, prospect=prospect, state="confirmed"
    )
    ask = AskFactory(request=row, advocate=advocate, sender=requester)
    activity = ActivityFactory(
        advocate=advocate,
        activity_type=kind,
        participation=ask.participation,
        state="accepted",
    )
    Ask.objects.filter(pk=ask.pk).update(state="accepted", activity=activity)
    noon = clock.now().replace(hour=12, minute=0, second=0, microsecond=0)
    for days in (5, 6):
        starts_at = noon + timedelta(days=days)
        AskSlotFactory(
            ask=ask, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=45), offered=True
        )
    link = let_them_choose(
        actor=Actor.member(requester),
        ask=Ask.objects.get(pk=ask.pk),
        contacts=f"someone@{prospect.lower()}.example",
    )
    return "/p/" + link_url(link).split("/p/", 1)[1]


def keys(page: str) -> list[str]:
    shown = Client().get(page).content.decode()
    return re.findall(r'name="slot" value="([^"]+)"', shown)


def test_two_prospects_pick_the_same_time_of_one_advocate(tenant: Tenant) -> None:
    """FUL-1.b, FUL-1.d: one is booked; the other reads that it is taken, sees what is left, and
    books that. Nothing tells either of the other.
    """
    with tenant_scope(tenant):
        open_wide(account_units_per_year=1000, account_open=1000)
        kind = catalogued("product_feedback", per_year=None, gap_days=None, is_on=True)
        advocate = ReadyFactory(last_name="Lima")
        pages = [offered(advocate, kind, name) for name in ("Isdom", "Betasoloin")]
    slots = [keys(page) for page in pages]
    assert [len(each) for each in slots] == [2, 2]

    def pick(n: int) -> object:
        answer = Client().post(pages[n], {"slot": slots[n][0]})
        return answer.status_code, answer.content.decode()

    found = at_once(2, tenant, pick)
    answers = [each for each in found if isinstance(each, tuple)]
    assert sorted(status for status, _shown in answers) == [302, 409], found
    (loser,) = [n for n, (status, _shown) in enumerate(answers) if status == 409]
    shown = answers[loser][1]
    assert "has just been taken" in shown
    assert "Lima" not in shown and ("Betasoloin", "Isdom")[loser] not in shown
    left = re.findall(r'name="slot" value="([^"]+)"', shown)
    assert left == slots[loser][1:] == keys(pages[loser])
    assert Client().post(pages[loser], {"slot": left[0]}).status_code == 302
    with tenant_scope(tenant):
        times = Activity.objects.filter(state="scheduled").values_list("starts_at", flat=True)
        assert len(set(times)) == 2


def test_two_of_one_prospect_pick_two_times(tenant: Tenant) -> None:
    """FUL-1.b: whoever is first has the time, the other reads which it is; one call, one round of
    invitations.
    """
    with tenant_scope(tenant):
        page = offered(ReadyFactory(), catalogued("reference_call", is_on=True), "Isdom")
    slots = keys(page)
    found = at_once(
        2, tenant, lambda n: Client().post(page, {"slot": slots[n]}, follow=True).content.decode()
    )
    assert all("It is booked." in str(shown) for shown in found)
    with tenant_scope(tenant):
        assert Activity.objects.filter(state="scheduled").count() == 1
        versions = OutgoingMail.objects.filter(kind="invitation").values_list("unique_key")
        assert {key.split(":")[2] for (key,) in versions} == {"0"}
