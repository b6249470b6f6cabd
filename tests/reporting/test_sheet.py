"""The account sheet for business reviews (REP-1.f)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.test import Client

from activities.models import Asset
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.models import Consent
from advocates.people.services import update_advocate
from benefits.grants.models import GrantActivity
from benefits.grants.services import deliver_grant
from tests.factories.activities import ActivityFactory
from tests.factories.advocates import AccountFactory, EnrolledFactory
from tests.factories.assets import AssetFactory
from tests.factories.benefits import ThankYouFactory
from tests.factories.giving import BenefitFactory, GrantFactory
from tests.factories.measuring import GoalFactory
from tests.factories.tenancy import MembershipFactory
from tests.support.rest import api_for
from tests.support.time import Clock

pytestmark = pytest.mark.django_db
Clients = Callable[[Membership | None], Client]


def test_what_an_account_gave_and_got(
    tenant: Tenant, alice: Membership, clock: Clock, client_for: Clients
) -> None:
    """REP-1.f, VIS-1: contributions by type with their dates; named only with leave; gifts by kind
    and never to whom; nothing confidential; open promises, goals; as a tagged PDF; a CSM reads own
    accounts, sales none.
    """
    clock.set(datetime(2026, 3, 2, 12, tzinfo=UTC))
    with tenant_scope(tenant):
        owner, other = MembershipFactory(role="csm"), MembershipFactory(role="csm")
        sam = MembershipFactory(role="sales")
        account = AccountFactory(name="Betasoloin", owner=owner, segment="smb")
        named = EnrolledFactory(account=account, first_name="Nadia", last_name="Named")
        quiet = EnrolledFactory(account=account, first_name="Quentin", last_name="Quiet")
        Consent.objects.create(advocate=named, use="recognition", given_on=clock.now.date())
        then = clock.now - timedelta(days=20)
        for person in (named, quiet):
            ActivityFactory(
                advocate=person,
                participation__account=account,
                completed=True,
                happened_at=then,
                purpose="Call for Secretdeal",
                advocate_comment="Secretword",
            )
        third, fourth = EnrolledFactory(account=account), EnrolledFactory(account=account)
        coming = ActivityFactory(advocate=third, participation__account=account, state="accepted")
        thought_of = ActivityFactory(advocate__account=account)
        gift = BenefitFactory(name="Hamper")
        GrantFactory(advocate=quiet, benefit=gift, state="delivered", delivered_at=then)
        GrantFactory(advocate=named, benefit=gift, state="approved")
        ThankYouFactory(activity=ActivityFactory(advocate=fourth, completed=True))
        piece = AssetFactory(advocate=named)
        Consent.objects.create(advocate=named, use="quote", given_on=then.date())
        Asset.objects.filter(pk=piece.pk).update(
            state="published",
            published_at=then,
            approved_at=then,
            number=1,
            approved_number=1,
            confirmed_number=1,
            published_number=1,
        )
        GoalFactory(metric="engagement", segment="smb", target=60)
        GoalFactory(metric="completion", segment="enterprise", target=60)
        url = f"/t/acme/accounts/{account.pk}/sheet/"
        title = Asset.objects.get(pk=piece.pk).title
    client = client_for(owner)
    assert url in client.get(f"/t/acme/accounts/{account.pk}/").text
    page = unescape(client.get(url).text)
    main = page[page.index("<main") :]
    for words in (
        "people at Betasoloin gave",
        "Nadia Named",
        "somebody who is not named",
        "Hamper: 1",
        "Hamper, promised for",
        "1 thank-you is due",
        f"Agreed with them: {coming.activity_type.name}",
        "Engaged advocates:",
        title,
    ):
        assert words in main, words
    for words in ("Quentin", "Secretdeal", "Secretword", "Activities completed:"):
        assert words not in main, words
    assert str(thought_of.activity_type.name) not in main, "nobody said yes to it yet"
    pdf = client.get(f"{url}?as=pdf&period=365")
    assert pdf.content.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in pdf.content and b"pdfuaid" in pdf.content
    empty = client.get(f"{url}?since=2020-01-01&until=2020-02-01").text
    assert "Betasoloin gave nothing in this period" in empty
    found = api_for(owner).get(f"accounts/{account.pk}/sheet/").json()
    assert sorted(each["who"] for each in found["recognise"])[:2] != ["Quentin Quiet"]
    assert found["received"][-1] == "Hamper: 1"
    assert found["contributions"] == sum(each["count"] for each in found["given"])
    assert client_for(other).get(url).status_code == 403
    assert api_for(other).get(f"accounts/{account.pk}/sheet/").status_code == 403
    assert client_for(sam).get(url).status_code == 403
    assert client_for(alice).get(url).status_code == 200


def test_what_somebody_got_stays_with_their_company_of_then(
    tenant: Tenant, alice: Membership, clock: Clock
) -> None:
    """REP-1.f: a gift is on the sheet of the company somebody worked for when they got it, also
    after they moved; what is promised is on that of today.
    """
    actor = Actor.member(alice)
    with tenant_scope(tenant):
        first, second = AccountFactory(gifts_allowed=True), AccountFactory(gifts_allowed=True)
        person = EnrolledFactory(account=first)
        hamper, mug, card = (BenefitFactory(name=name) for name in ("Hamper", "Mug", "Card"))
        deliver_grant(
            actor=actor, grant=GrantFactory(advocate=person, benefit=hamper, state="ordered")
        )
        # From before the company was kept: where they did what they got it for.
        call = ActivityFactory(advocate=person, participation__account=first, completed=True)
        old = GrantFactory(advocate=person, benefit=mug, state="delivered", delivered_at=clock.now)
        GrantActivity.objects.create(grant=old, activity=call)
        GrantFactory(advocate=person, benefit=card, state="approved")
        update_advocate(actor=actor, advocate=person, account=second)
    sheets = [api_for(alice).get(f"accounts/{each.pk}/sheet/").json() for each in (first, second)]
    assert [sheet["received"] for sheet in sheets] == [["Hamper: 1", "Mug: 1"], []]
    assert [len([p for p in sheet["promises"] if "Card" in p]) for sheet in sheets] == [0, 1]
