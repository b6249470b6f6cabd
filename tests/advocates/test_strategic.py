"""Strategic accounts (ACC-1)."""

from typing import Any

import pytest

from advocacy.tenancy.models import Membership, Tenant
from advocates.models import Account
from tests.factories.advocates import AccountFactory, EnrolledFactory, did
from tests.factories.requests import OpportunityFactory
from tests.support.forms import controls_of, sent
from tests.support.rest import api_for


def test_everybody_knows_what_strategic_accounts_give(
    scope: Tenant, clock: Any, alice: Membership, membership: Any, client_for: Any
) -> None:
    """ACC-1.g: designated on the form with a reason, dated by itself; every colleague sees the
    account and what its people gave, sales on the deal too, and nobody's name.
    """
    person = EnrolledFactory(last_name="Quorbel", account__name="Isdom")
    did(person, "reference_call", days_ago=20)
    account, plain = person.account, AccountFactory(name="Plain")
    deal = OpportunityFactory(account=account)
    browser, home = client_for(alice), f"/t/{scope.slug}"
    edit = f"{home}/accounts/{account.pk}/edit/"
    typed = sent(controls_of(browser.get(edit).content.decode(), "strategic_reason"))
    saved = browser.post(edit, typed | {"strategic_reason": ["Opens the Nordic market"]})
    assert saved.status_code == 302, saved.content
    account = account.reload()
    assert account.strategic_on is not None
    assert (
        "Opens the Nordic market" in browser.get(f"{home}/accounts/{account.pk}/").content.decode()
    )
    listed = browser.get(f"{home}/accounts/?strategic=yes").content.decode()
    assert "Isdom" in listed
    assert plain.name not in listed
    for role in ("sales", "csm", "approver", "executive", "marketing"):
        page = client_for(membership(role)).get(f"{home}/accounts/strategic/").content.decode()
        assert "Opens the Nordic market" in page
        assert "Reference call: 1" in page
        assert "Quorbel" not in page
        assert "Plain" not in page
    sales = client_for(membership("sales"))
    assert (
        "Opens the Nordic market" in sales.get(f"{home}/opportunities/{deal.pk}/").content.decode()
    )


@pytest.mark.parametrize(
    ("body", "status", "since"),
    [
        ({"strategic_on": "2026-01-05", "strategic_reason": "Large"}, 200, "2026-01-05"),
        ({"strategic_on": "2026-01-05"}, 422, None),
        ({"strategic_on": "someday", "strategic_reason": "Large"}, 422, None),
        ({"strategic_reason": "x" * 301}, 422, None),
    ],
)
def test_designated_over_rest(
    scope: Tenant, alice: Membership, body: dict[str, str], status: int, since: str | None
) -> None:
    """ACC-1.g, BAD-1: date and reason together; what is wrong is said at its field."""
    account, api = AccountFactory(), api_for(alice)
    answer = api.patch(f"accounts/{account.pk}/", body)
    assert answer.status_code == status, answer.content
    if status == 422:
        assert set(answer.json()["errors"]) <= {"strategic_on", "strategic_reason"}
    assert api.get(f"accounts/{account.pk}/").json()["strategic_on"] == since
    found = [row["id"] for row in api.get("accounts/?strategic=true").json()["results"]]
    assert found == ([str(account.pk)] if since else [])


def test_it_ends_with_either(scope: Tenant, alice: Membership) -> None:
    """ACC-1.g: who takes the date or the reason away takes both."""
    api = api_for(alice)
    for gone in ({"strategic_on": None}, {"strategic_reason": ""}):
        account = AccountFactory(strategic_on="2026-01-05", strategic_reason="Large")
        assert api.patch(f"accounts/{account.pk}/", gone).status_code == 200
        account = Account.objects.get(pk=account.pk)
        assert (account.strategic_on, account.strategic_reason) == (None, "")
